"""Remains of web pages and formulas in a text that was copied or extracted (domain.md §4.4, §5.5)."""

from __future__ import annotations

import re

_SYMBOLS = {
    r"\geqslant": "≥",
    r"\leqslant": "≤",
    r"\geq": "≥",
    r"\leq": "≤",
    r"\ge": "≥",
    r"\le": "≤",
    r"\lt": "<",
    r"\gt": ">",
    r"\neq": "≠",
    r"\ne": "≠",
    r"\approx": "≈",
    r"\sim": "～",
    r"\pm": "±",
    r"\times": "×",
    r"\div": "÷",
    r"\cdot": "·",
    r"\sqrt": "√",
    r"\%": "%",
    "&nbsp;": " ",
    "&lt;": "<",
    "&gt;": ">",
    "&ge;": "≥",
    "&le;": "≤",
    "&amp;": "&",
}
_BREAK = re.compile(r"<br\s*/?>|</p\s*>", re.IGNORECASE)
_TAG = re.compile(r"</?[a-zA-Z][a-zA-Z0-9]*(\s[^<>]*)?/?>")
_WITHIN = r"(?:<[^<>]{1,99}>|\s){0,4}"
_RAISED = re.compile(
    rf"<(?P<tag>sup|sub)(?:\s[^<>]{{0,99}})?>{_WITHIN}(?P<signs>[0-9+\-]{{1,20}}){_WITHIN}</(?P=tag)>", re.IGNORECASE
)
_LEVELLED = re.compile(r"[0-9+\-]+")
_UP, _DOWN = (str.maketrans("0123456789+-", signs) for signs in ("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻", "₀₁₂₃₄₅₆₇₈₉₊₋"))
_LEVEL = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻₀₁₂₃₄₅₆₇₈₉₊₋", "0123456789+-" * 2)
_FRACTION = re.compile(r"\\[dt]?frac\s{0,4}\{([^{}]*)\}\s{0,4}\{([^{}]*)\}")
_FORMULA = re.compile(r"\$([^$\n]*)\$")
_COMMAND = re.compile(r"\\[a-zA-Z]+|\\[%$]")
_ENTITY = re.compile("|".join(re.escape(symbol) for symbol in _SYMBOLS if symbol.startswith("&")))
_SYMBOL = re.compile(
    "|".join(re.escape(symbol) + (r"(?![a-zA-Z])" if symbol[0] == "\\" else "") for symbol in _SYMBOLS)
)
_MOST_LAYERS = 100
_MARKS = re.compile(r"[<$\\&]")


def has_markup(text: str) -> bool:
    """Whether a tag, an entity, a formula between dollar signs or a TeX command is left in the text."""
    if not _MARKS.search(text):
        return False
    return any(pattern.search(text) for pattern in (_TAG, _FORMULA, _COMMAND, _ENTITY))


def with_raised_digits(text: str) -> str:
    """Digits that a web page raises or lowers as signs of their own: 10<sup>4</sup> without its tags would be 104."""
    return _RAISED.sub(lambda match: raised(match["signs"], is_lowered=match["tag"].lower() == "sub"), text)


def raised(text: str, *, is_lowered: bool = False) -> str:
    """A text that is raised or lowered where it stands: digits as the signs there are for them, letters as they are."""
    return text.translate(_DOWN if is_lowered else _UP) if _LEVELLED.fullmatch(text) else text


def levelled(text: str) -> str:
    """A text as one writes it that cannot raise its digits."""
    return text.translate(_LEVEL)


def without_markup(text: str) -> str:
    """The text with symbols written out and everything :func:`has_markup` finds removed, to the hundredth layer."""
    for _ in range(_MOST_LAYERS):
        if not has_markup(text):
            break
        text = _BREAK.sub("\n", with_raised_digits(text))
        text = _TAG.sub("", text)
        text = _FORMULA.sub(r"\1", text)
        text = _FRACTION.sub(r"\1/\2", text)
        text = _SYMBOL.sub(lambda match: _SYMBOLS[match.group()], text)
        text = _COMMAND.sub("", text)
    return text.strip()
