"""What a workbook can hold of a text, and the refusal of what it cannot (reliability.md §3.2, by experiment).

openpyxl writes some characters into a file that it cannot open again, cuts long texts without a word, and lets Excel
read ``_x000D_`` as an escape. A character XML has no place for is left out and reported; nothing else is changed.
"""

from __future__ import annotations

import re

from model.errors import UserError
from model.values.excerpts import shortened

MAX_UNITS = 32_767
MAX_LINE_FEEDS = 253

_LOOKS_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_FORMULA_START = frozenset("=+-@\t'")


def escaped(text: str) -> str:
    """The text as it has to stand in the file, so that programs show ``_x000D_`` and the like as typed."""
    return _LOOKS_ESCAPED.sub("_x005F_", text) if "_x" in text else text


def unescaped(text: str) -> str:
    """The text a program shows for what stands in the file; takes :func:`escaped` back."""
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text


def needs_quote_prefix(text: str) -> bool:
    """Whether Excel would take the text for a formula, or swallow its first sign, when somebody edits the cell."""
    return text[0] in _FORMULA_START


def refuse_oversize(text: str, sheet: str, cell: str) -> None:
    """Raise UserError, naming the cell, when Excel cannot hold so long a text; it must never be cut."""
    if len(text) * 2 <= MAX_UNITS and text.count("\n") <= MAX_LINE_FEEDS:
        return
    units = len(text.encode("utf-16-le", "surrogatepass")) // 2
    if units > MAX_UNITS:
        raise UserError(
            f"工作表“{sheet}”单元格{cell}的文字有{units}个字符，超过Excel单元格{MAX_UNITS}个字符的上限，没有导出。\n"
            f"请缩短这段文字后重试：“{shortened(text, 20)}”。"
        )
    if text.count("\n") > MAX_LINE_FEEDS:
        raise UserError(
            f"工作表“{sheet}”单元格{cell}的文字有{text.count(chr(10))}处换行，"
            f"超过Excel单元格{MAX_LINE_FEEDS}处换行的上限，没有导出。\n请减少换行后重试：“{shortened(text, 20)}”。"
        )
