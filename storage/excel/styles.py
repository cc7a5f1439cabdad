"""The styles of the printed sheets as openpyxl keeps them, made once for a workbook and shared by all its cells."""

from __future__ import annotations

from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, NamedStyle, Side
from openpyxl.styles.cell_style import StyleArray
from openpyxl.utils.indexed_list import IndexedList

from model.sheets import STYLES, CellStyle, StyleFacts
from model.sheets.heights import BODY_SIZE
from model.sheets.layout import FONT
from storage.excel.marks import PRINTED, TYPED

_GB2312 = 134  # the character set Windows knows 宋体 by, on machines of any language
_THIN = Side(style="thin", color="FF000000")
_GRID = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)


class SharedStyles:
    """One style record for each :class:`CellStyle`, with and without the mark of a text that looks like a formula.

    Giving a cell its font, border and alignment one by one costs more than writing it; a shared record costs nothing.
    """

    def __init__(self, workbook: Workbook) -> None:
        _set_default_font(workbook)
        for name in (TYPED, PRINTED):
            workbook.add_named_style(NamedStyle(name, Font(name=FONT, size=BODY_SIZE, charset=_GB2312)))
        scratch = workbook.create_sheet("scratch")
        self._plain = {style: _record(scratch.cell(1, 1), facts) for style, facts in STYLES.items()}
        self._quoted = {style: _record(scratch.cell(1, 1), facts, quoted=True) for style, facts in STYLES.items()}
        workbook.remove(scratch)

    def of(self, style: CellStyle, *, quoted: bool = False) -> StyleArray:
        """The shared record of a style."""
        return (self._quoted if quoted else self._plain)[style]


def number_format(facts: StyleFacts) -> str:
    """How a number in a cell of this style is shown."""
    return ("#,##0" if facts.is_grouped else "0") + ("." + "0" * facts.decimals if facts.decimals else "")


def _set_default_font(workbook: Workbook) -> None:
    """Make the body font the workbook's default: Excel measures column widths in its digits.

    openpyxl has no public way to replace the first font of a new workbook.
    """
    font = Font(name=FONT, size=BODY_SIZE, charset=_GB2312)
    internals: Any = workbook
    internals._fonts = IndexedList([font])
    internals._named_styles["Normal"].font = font


def _record(cell: Any, facts: StyleFacts, *, quoted: bool = False) -> StyleArray:
    cell.style = TYPED if facts.typed else PRINTED
    cell.font = Font(name=FONT, size=facts.size, bold=facts.bold, charset=_GB2312)
    cell.alignment = Alignment(
        horizontal=facts.horizontal,
        vertical=facts.vertical,
        wrap_text=not facts.shrink,
        shrink_to_fit=facts.shrink or None,
        # One step of indent is as wide as three spaces; the layout counts in characters.
        indent=facts.indent // 3,
    )
    cell.border = _GRID if facts.border else Border()
    cell.quotePrefix = quoted
    cell.number_format = number_format(facts) if facts.decimals else "General"
    return StyleArray(cell._style)
