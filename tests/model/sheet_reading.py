"""Looking at a printed sheet the way a person does: what stands where, and is every place taken exactly once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from model.records import Declaration, EvaluatedIndicator, Evaluation, Indicator, LineT, Project, forms_of
from model.sheets import Sheet, SheetCell


def grid(sheet: Sheet) -> list[list[str]]:
    """The texts of a sheet row by row; a merged cell shows its text in its first place."""
    rows = [[""] * len(sheet.columns) for _ in sheet.rows]
    for cell in sheet.cells:
        rows[cell.row][cell.column] = cell.text
    return rows


def row_of(sheet: Sheet, text: str) -> int:
    """The row in which a text stands."""
    return cell_of(sheet, text).row


def cell_of(sheet: Sheet, text: str) -> SheetCell:
    """The one cell with this text."""
    (cell,) = [cell for cell in sheet.cells if cell.text == text]
    return cell


def places(sheet: Sheet) -> Counter[tuple[int, int]]:
    """How many cells cover each place of the sheet."""
    return Counter(
        (row, column)
        for cell in sheet.cells
        for row in range(cell.row, cell.row + cell.row_span)
        for column in range(cell.column, cell.column + cell.column_span)
    )


def every_place_once(sheet: Sheet) -> bool:
    """Whether the cells cover the sheet without a gap and without lying over each other."""
    wanted = {(row, column) for row in range(len(sheet.rows)) for column in range(len(sheet.columns))}
    covered = places(sheet)
    return set(covered) == wanted and set(covered.values()) == {1}


def line(level1: str, level2: str, name: str, target: str = "", **cells: str) -> Indicator:
    """A line of a declaration."""
    return Indicator(f"line-{name}", level1, level2, name, target, **cells)


def evaluated_line(level1: str, level2: str, name: str, target: str = "", **cells: str) -> EvaluatedIndicator:
    """A line of a self-evaluation."""
    return EvaluatedIndicator(f"line-{name}", level1, level2, name, target, **cells)


def declared(*lines: Indicator, name: str = "信息化运维项目", **cells: str) -> Project:
    return Project(
        "p",
        2026,
        name,
        "上海市科学技术委员会",
        "上海科学技术交流中心",
        forms_of(Declaration(indicators=lines, **cells)),
    )


def evaluated(*lines: EvaluatedIndicator, name: str = "信息化运维项目", **cells: str) -> Project:
    content = Evaluation(indicators=lines, **cells)
    return Project("p", 2022, name, "上海市科学技术委员会", "上海科学技术交流中心", forms_of(content))


def many_lines(make: Callable[[str, str, str], LineT], levels: Sequence[tuple[str, str, int]]) -> tuple[LineT, ...]:
    """So many lines of each pair of levels, as :func:`line` or :func:`evaluated_line` makes them."""
    return tuple(
        make(level1, level2, f"{level2}{number}") for level1, level2, count in levels for number in range(count)
    )
