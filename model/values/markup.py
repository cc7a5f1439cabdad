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
    r"\times": "×",
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


def without_markup(text: str) -> str:
    """The text with symbols written out and everything :func:`has_markup` finds removed, to the hundredth layer."""
    for _ in range(_MOST_LAYERS):
        if not has_markup(text):
            break
        text = _BREAK.sub("\n", text)
        text = _TAG.sub("", text)
        text = _FORMULA.sub(r"\1", text)
        text = _SYMBOL.sub(lambda match: _SYMBOLS[match.group()], text)
        text = _COMMAND.sub("", text)
    return text.strip()
