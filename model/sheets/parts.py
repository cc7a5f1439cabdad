"""The parts both forms have: title lines, the two goal texts side by side, the merged labels of the indicator table."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil

from model.records import Indicator, LineT
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


def add_title(board: Board, title: str, year: int, *, draft: bool, heading: str = "") -> None:
    """The unit's title line (when there is one), the form's title and the year line, over all columns."""
    width = len(board.columns)
    if heading:
        board.add_row(_TITLE_ROW, (0, width, heading, CellStyle.HEADING))
    board.add_row(_TITLE_ROW, (0, width, title + DRAFT_MARK if draft else title, CellStyle.TITLE))
    board.add_row(_ROW, (0, width, f"（{year}年度）", CellStyle.YEAR_LINE))


def add_goals(board: Board, label: str, left: Goal, right: Goal) -> None:
    """The two goal texts side by side under their labels, on one page whenever a smaller type can do that."""
    first = board.add_row(_ROW, *((column, span, name, CellStyle.LABEL) for name, column, span, _ in (left, right)))
    style = _goal_style(board, left, right)
    text_row = board.add_row(_GOAL_ROW, *((column, span, text, style) for _, column, span, text in (left, right)))
    fits_a_page = sum(board.heights[first:]) <= page_room(board.columns, landscape=False)
    board.pages.inseparable.update(range(text_row, board.next_row if fits_a_page else text_row + 1))
    board.add_side_label(first, (0, 1, label, CellStyle.LABEL))


def _goal_style(board: Board, *goals: Goal) -> CellStyle:
    """The largest type in which both texts end on the page they begin on, or else on a page of their own.

    A text longer than a page begins at the top and flows on to the next one.
    """
    page = page_room(board.columns, landscape=False)
    for room in (page - sum(board.heights), page - board.heights[-1]):
        for style in _GOAL_STYLES:
            if all(board.needed_height((column, span, text, style)) <= room for _, column, span, text in goals):
                return style
    return CellStyle.TEXT_FLOWING


def text_cell(column: int, span: int, text: str) -> Placed:
    """A description, in smaller type when it is long."""
    return column, span, text, CellStyle.TEXT if len(text) <= _LONG else CellStyle.TEXT_SMALL


def value_cell(column: int, span: int, text: str) -> Placed:
    """An indicator value: centred like a number, or set like a description when it is one."""
    return (column, span, text, CellStyle.CENTRED) if len(text) <= _SHORT_VALUE else text_cell(column, span, text)


def add_indicators(
    board: Board,
    labels: Sequence[tuple[int, int, str]],
    lines: Sequence[LineT],
    cells_of: Callable[[LineT], Sequence[Placed]],
) -> None:
    """The indicator table: the row of column labels, repeated on each page, and a row for each line.

    ``cells_of`` gives the cells right of the two level columns. First and second level are merged over the lines in a
    row that share them, 绩效指标 over the whole table.
    """
    header = board.add_row(_ROW, *((column, span, label, CellStyle.LABEL) for column, span, label in labels))
    groups = [group for level in (1, 2) for group in _groups(lines, level)]
    least = _least_heights(board, groups)
    rows = [board.add_row(least.get(place, _ROW), *cells_of(line)) for place, line in enumerate(lines)]
    if not lines:
        board.add_row(_ROW, *((column, span, "", CellStyle.TEXT) for column, span, _ in labels))
    board.header_rows = (header, header)
    board.pages.inseparable.update((header + 1, header + 2))
    rows.append(board.next_row)
    for group in groups:
        board.add_side_label(rows[group.start], group.cell, rows[group.stop])
        if group.start:
            (board.pages.chapters if group.level == 1 else board.pages.sections).add(rows[group.start])
    board.add_side_label(header, (0, 1, "绩效指标", CellStyle.LABEL))


@dataclass(frozen=True, slots=True)
class _Group:
    """Lines, from ``start`` to before ``stop``, that share a first or second level."""

    level: int
    start: int
    stop: int
    text: str

    @property
    def cell(self) -> Placed:
        return self.level, 1, self.text, CellStyle.CENTRED


def _groups(lines: Sequence[Indicator], level: int) -> list[_Group]:
    starts = [place for place in range(len(lines)) if place == 0 or _differs(lines[place - 1], lines[place], level)]
    return [
        _Group(level, start, stop, lines[start].level1 if level == 1 else lines[start].level2)
        for start, stop in pairwise([*starts, len(lines)])
    ]


def _differs(above: Indicator, line: Indicator, level: int) -> bool:
    """Whether a line begins a new group of its level. Lines without a label are never taken together."""
    if above.level1 != line.level1 or not (line.level1 if level == 1 else line.level2):
        return True
    return level == 2 and above.level2 != line.level2


def _least_heights(board: Board, groups: Sequence[_Group]) -> dict[int, int]:
    """How high the first line of a group must be at least, for the group to hold its label."""
    least: dict[int, int] = {}
    for group in groups:
        wanted = ceil(board.needed_height(group.cell)) - _ROW * (group.stop - group.start - 1)
        least[group.start] = max(wanted, least.get(group.start, _ROW))
    return least
