"""Pre-normalisation of a typed or extracted value (domain.md §5.5), in the order given there."""

from __future__ import annotations

import re

from model.quantity.numerals import NUMERAL, chinese_number
from model.values.characters import folded, with_points
from model.values.markup import with_raised_digits

_LATEX = {
    **dict.fromkeys(("geqslant", "geq", "ge"), "≥"),
    **dict.fromkeys(("leqslant", "leq", "le"), "≤"),
    "gt": ">",
    "lt": "<",
    "times": "×",
}
_LATEX_COMMAND = re.compile(r"\\(?:(geqslant|leqslant|geq|leq|ge|le|gt|lt|times)(?![A-Za-z])|(%))")

_VARIANTS = str.maketrans(
    {
        "≧": "≥",
        "⩾": "≥",
        "≮": "≥",
        "≦": "≤",
        "⩽": "≤",
        "≯": "≤",
        "═": "=",
        "−": "-",
        "∶": ":",
        "∕": "/",
        **dict.fromkeys(
            "\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff"
        ),
    }
)
_DOUBLE_SIGN = re.compile(r"=*([<>≥≤])=+|=+([<>≥≤])|={2,}")
# An input method in Chinese types 》 for > and 《 for <: signs only directly before a number, and no pair of marks.
_BOOK_MARK = re.compile(r"(?P<mark>[《》〈〉])(?P<equal>\s{0,4}=)?(?=\s{0,4}(?:-?[0-9]|百分之))")
_OPENED = re.compile("[《〈]")
_TAG = re.compile(r"</?[A-Za-z][A-Za-z0-9]*(?:\s[^<>]*)?/?>")

_SPACE = re.compile(r"\s+")
_SPACE_IN_TOKEN = re.compile(r"(?<=[≥≤<>=0-9])\s+")
_TOKEN = re.compile(r"[≥≤<>=]|-?[0-9]")
_LONGEST_TOKEN = 80

_PART_OF = re.compile(rf"(?P<whole>[百千万十三四五六七八九]|{NUMERAL})分之\s*(?P<part>[0-9]+(?:\.[0-9]+)?|{NUMERAL})")
_PARTS = {"百": "%", "千": "‰", "万": "/10000"}
_TRAILING = "。;,；， \t\n\r\v\f\x1c\x1d\x1e\x1f\x85\u1680\u2028\u2029"


def clean(text: str) -> str:
    """Steps 1 to 4 and 6: the text with its markup, full-width characters and stray spaces gone.

    Units keep the spelling that was typed (step 5 waits for :func:`percent_signs`), so that they can be printed as
    typed. Only a 百分之 moves behind its number as %, because that is where a unit is looked for.
    """
    if "$" in text or "\\" in text:
        text = _LATEX_COMMAND.sub(_latex_sign, text.replace("$", ""))
    if not text.isascii():
        text = folded(text).translate(_VARIANTS)
    if "<" in text and ">" in text:
        text = _TAG.sub("", with_raised_digits(text))
    if "&" in text:
        text = text.replace("&nbsp;", " ")
    text = text.strip()
    spaces = _SPACE if len(text) <= _LONGEST_TOKEN and _TOKEN.match(text) else _SPACE_IN_TOKEN
    text = spaces.sub("", text)
    if "》" in text or "《" in text or "〉" in text or "〈" in text:
        text = _without_book_marks(text)
    if "=" in text:
        # Belongs to step 2, but `= > 90` shows its sign only now.
        text = _DOUBLE_SIGN.sub(_one_sign, text)
    text = with_points(text)  # belongs to step 2, but `9。 5` shows its point only now
    if "分之" in text:
        text = with_points(_PART_OF.sub(_part_of, text))
    return text.rstrip(_TRAILING)


def normalise(text: str) -> str:
    """All six steps: the text two values are compared by. What was typed is never replaced by it."""
    return percent_signs(clean(text))


def percent_signs(text: str) -> str:
    """Step 5: 百分比 and 百分之 as %."""
    return text.replace("百分比", "%").replace("百分之", "%") if "百分" in text else text


def _latex_sign(match: re.Match[str]) -> str:
    return match[2] or _LATEX[match[1]]


def _one_sign(match: re.Match[str]) -> str:
    sign = match[1] or match[2]
    if not sign:
        return "="
    return sign if sign in "≥≤" else f"{sign}="


def _without_book_marks(text: str) -> str:
    opened = _OPENED.search(text)
    last_closed = max(text.rfind("》"), text.rfind("〉"))

    def sign(match: re.Match[str]) -> str:
        greater = match["mark"] in "》〉"
        is_pair = opened is not None and opened.start() < match.start() if greater else last_closed > match.start()
        if is_pair:
            return match[0]
        return (">" if greater else "<") + ("=" if match["equal"] else "")

    return _BOOK_MARK.sub(sign, text)


def _part_of(match: re.Match[str]) -> str:
    """百分之九十五 as 95%, 三分之二 as 2/3."""
    part = match["part"]
    number = part if part[0].isascii() else chinese_number(part)
    whole = _PARTS.get(match["whole"]) or chinese_number(match["whole"])
    if number is None or whole is None:
        return match[0]
    figure = number if isinstance(number, str) else f"{number:f}"
    return f"{figure}{whole}" if isinstance(whole, str) else f"{figure}/{whole:f}"
