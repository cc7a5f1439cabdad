"""The parts both forms have: title lines, the two goal texts side by side, the merged labels of the indicator table."""

from __future__ import annotations

from collections.abc import Sequence

from model.records import Indicator
from model.sheets.board import Board, Placed
from model.sheets.layout import CellStyle
from model.sheets.pages import page_room

DRAFT_MARK = "（草稿）"

_GOAL_STYLES = (CellStyle.TEXT, CellStyle.TEXT_SMALL, CellStyle.TEXT_TINY)
_GOAL_ROW = 45
_TITLE_ROW = 30
_ROW = 21
_SHORT_VALUE = 16
_LONG = 48

Goal = tuple[str, int, int, str]
"""Label, column, columns covered, text."""


def add_title(board: Board, title: str, year: int | None, *, draft: bool, heading: str = "") -> None:
    """The unit's title line (when there is one), the form's title and the year line, over all columns."""
    width = len(board.columns)
    if heading:
        board.add_row(_TITLE_ROW, (0, width, heading, CellStyle.HEADING))
    board.add_row(_TITLE_ROW, (0, width, title + DRAFT_MARK if draft else title, CellStyle.TITLE))
    if year is not None:
        board.add_row(_ROW, (0, width, f"（{year}年度）", CellStyle.YEAR_LINE))


def add_goals(board: Board, label: str, left: Goal, right: Goal) -> None:
    """The two goal texts side by side under their labels, on one page whenever a smaller type can do that."""
    first = board.add_row(_ROW, *((column, span, name, CellStyle.LABEL) for name, column, span, _ in (left, right)))
    style = _goal_style(board, left, right)
    board.add_row(_GOAL_ROW, *((column, span, text, style) for _, column, span, text in (left, right)))
    board.pages.inseparable.update(range(first + 1, board.next_row))
    board.add_side_label(first, (0, 1, label, CellStyle.LABEL))


def _goal_style(board: Board, *goals: Goal) -> CellStyle:
    """The largest type in which both texts end on the page they begin on, or the normal one when none does."""
    rest = page_room(board.columns, landscape=False) - sum(board.heights)
    for style in _GOAL_STYLES:
        if all(board.needed_height((column, span, text, style)) <= rest for _, column, span, text in goals):
            return style
    return CellStyle.TEXT


def text_cell(column: int, span: int, text: str) -> Placed:
    """A description, in smaller type when it is long."""
    return column, span, text, CellStyle.TEXT if len(text) <= _LONG else CellStyle.TEXT_SMALL


def value_cell(column: int, span: int, text: str) -> Placed:
    """An indicator value: centred like a number, or set like a description when it is one."""
    return (column, span, text, CellStyle.CENTRED) if len(text) <= _SHORT_VALUE else text_cell(column, span, text)


def add_indicator_labels(board: Board, header: int, lines: Sequence[Indicator], rows: Sequence[int]) -> None:
    """Merge 绩效指标, and the first and second level over the lines in a row that share them.

    ``header`` is the row of the column labels, ``rows`` the row of each line. The header row is repeated on each page.
    """
    end = board.next_row
    board.header_rows = (header, header)
    board.pages.inseparable.update((header + 1, header + 2))
    for level, column in ((1, 1), (2, 2)):
        starts = [place for place in range(len(lines)) if place == 0 or _differs(lines, place, level)]
        wanted = board.pages.chapters if level == 1 else board.pages.sections
        for start, stop in zip(starts, [*starts[1:], len(lines)], strict=True):
            text = lines[start].level1 if level == 1 else lines[start].level2
            last = rows[stop] if stop < len(lines) else end
            board.add_side_label(rows[start], (column, 1, text, CellStyle.CENTRED), last)
            if start:
                wanted.add(rows[start])
    board.add_side_label(header, (0, 1, "绩效指标", CellStyle.LABEL))


def _differs(lines: Sequence[Indicator], place: int, level: int) -> bool:
    """Whether a line begins a new group of its level. Lines without a label are never taken together."""
    above, line = lines[place - 1], lines[place]
    if level == 1:
        return above.level1 != line.level1 or not line.level1
    return above.level1 != line.level1 or above.level2 != line.level2 or not line.level2
