"""What a printed sheet consists of, and the board on which the forms lay out their cells.

Rows and columns count from 0. Column widths are in characters of the body font (Excel's unit, a digit wide), row
heights and font sizes in points.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType

from model.sheets.heights import BODY_SIZE

FONT = "宋体"
"""The one font of the forms; 方正小标宋 and 黑体 are not on every machine, so titles are 宋体 bold."""


SIDE_MARGIN = Decimal("0.4")
"""The left and right margin of a page in inches; the columns of a form fill what is between them."""
TOP_MARGIN = BOTTOM_MARGIN = Decimal("0.75")
"""In inches; page header and footer stand in them."""


class CellStyle(StrEnum):
    """How a cell looks; :data:`STYLES` says what that means."""

    HEADING = "heading"
    TITLE = "title"
    YEAR_LINE = "year_line"
    LABEL = "label"
    LABEL_TOP = "label_top"
    LABEL_LEFT = "label_left"
    LABEL_INDENTED = "label_indented"
    LABEL_BOLD = "label_bold"
    TEXT = "text"
    TEXT_SMALL = "text_small"
    TEXT_TINY = "text_tiny"
    TEXT_FLOWING = "text_flowing"
    CENTRED = "centred"
    AMOUNT = "amount"
    TOTAL = "total"
    LIST_NOTE = "list_note"
    LIST_HEADER = "list_header"
    LIST_TEXT = "list_text"
    LIST_CENTRED = "list_centred"
    LIST_AMOUNT = "list_amount"
    LIST_TOTAL = "list_total"
    LIST_TOTAL_AMOUNT = "list_total_amount"
    LIST_SCORE = "list_score"
    LIST_TOTAL_SCORE = "list_total_score"


@dataclass(frozen=True, slots=True)
class StyleFacts:
    """``size`` in points; ``horizontal`` is left, center or right, ``vertical`` top or center.

    ``indent`` is in characters. Texts wrap, but a cell that shrinks keeps its text on one line. ``decimals`` are those
    of a number in such a cell, ``is_grouped`` whether it has thousands separators. ``typed`` cells hold what a person
    typed or what stands in its place, the others the form's own words.
    """

    size: int = BODY_SIZE
    bold: bool = False
    horizontal: str = "center"
    vertical: str = "center"
    indent: int = 0
    shrink: bool = False
    border: bool = True
    decimals: int = 0
    is_grouped: bool = False
    typed: bool = False


STYLES: Mapping[CellStyle, StyleFacts] = MappingProxyType(
    {
        CellStyle.HEADING: StyleFacts(size=14, bold=True, border=False),
        CellStyle.TITLE: StyleFacts(size=16, bold=True, border=False),
        CellStyle.YEAR_LINE: StyleFacts(border=False),
        CellStyle.LABEL: StyleFacts(),
        CellStyle.LABEL_TOP: StyleFacts(vertical="top"),
        CellStyle.LABEL_LEFT: StyleFacts(horizontal="left"),
        CellStyle.LABEL_INDENTED: StyleFacts(horizontal="left", indent=3),
        CellStyle.LABEL_BOLD: StyleFacts(bold=True),
        CellStyle.TEXT: StyleFacts(horizontal="left", typed=True),
        CellStyle.TEXT_SMALL: StyleFacts(size=9, horizontal="left", typed=True),
        CellStyle.TEXT_TINY: StyleFacts(size=8, horizontal="left", typed=True),
        CellStyle.TEXT_FLOWING: StyleFacts(size=8, horizontal="left", vertical="top", typed=True),
        CellStyle.CENTRED: StyleFacts(typed=True),
        CellStyle.AMOUNT: StyleFacts(horizontal="right", shrink=True, typed=True),
        CellStyle.TOTAL: StyleFacts(bold=True, typed=True),
        CellStyle.LIST_NOTE: StyleFacts(size=9, horizontal="right", border=False),
        CellStyle.LIST_HEADER: StyleFacts(size=9, bold=True),
        CellStyle.LIST_TEXT: StyleFacts(size=9, horizontal="left", typed=True),
        CellStyle.LIST_CENTRED: StyleFacts(size=9),
        CellStyle.LIST_AMOUNT: StyleFacts(size=9, horizontal="right", shrink=True, decimals=2, is_grouped=True),
        CellStyle.LIST_TOTAL: StyleFacts(size=9, bold=True),
        CellStyle.LIST_TOTAL_AMOUNT: StyleFacts(
            size=9, bold=True, horizontal="right", shrink=True, decimals=2, is_grouped=True
        ),
        CellStyle.LIST_SCORE: StyleFacts(size=9, decimals=2),
        CellStyle.LIST_TOTAL_SCORE: StyleFacts(size=9, bold=True, decimals=2),
    }
)


@dataclass(frozen=True, slots=True)
class SheetCell:
    """One printed cell, merged over ``row_span`` rows and ``column_span`` columns. ``text`` is printed as it is.

    With ``number`` a program that calculates gets that number, in the format of the style, and shows it like the text.
    """

    row: int
    column: int
    row_span: int
    column_span: int
    text: str
    style: CellStyle
    number: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of a workbook, ready to be drawn.

    ``columns`` are widths, ``rows`` heights. ``header_rows`` are the first and last row repeated on every page.
    ``page_starts`` are the rows with which a new page begins; a sheet of ``one_page`` may be scaled down a little to
    fit it. A draft prints 草稿 on every page.
    """

    name: str
    title: str
    columns: tuple[Decimal, ...]
    rows: tuple[Decimal, ...]
    cells: tuple[SheetCell, ...]
    header_rows: tuple[int, int]
    page_starts: tuple[int, ...] = ()
    one_page: bool = False
    landscape: bool = False
    draft: bool = False

    def named(self, name: str) -> Sheet:
        """The same sheet under the name it has in a workbook."""
        return replace(self, name=name)
