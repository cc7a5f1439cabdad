"""The amounts of both forms (domain.md §2.1 and §3.1), whatever their unit of money and the words for them."""

from __future__ import annotations

from collections.abc import Mapping

from model.forms.evaluation import MONEY_COLUMNS, MONEY_SOURCES
from model.recognition import labels
from model.recognition.figures import Amounts, figure, is_dash, rate, unit_named
from model.recognition.grid import Area, Cell, Place
from model.recognition.labels import looked_up
from model.scoring import omission_printed

_COLUMNS = tuple(name for name, _, _ in MONEY_COLUMNS)
_ROWS = 12
_LONGEST_LABEL = 40


def declared_amounts(area: Area, end: int) -> dict[str, str]:
    """The amounts of a declaration: of the year at the right, of the project's whole life at the left of them."""
    found = _first(area, labels.YEAR_AMOUNTS, {"total_requested"}, end)
    if found is None:
        return {}
    start, right = found
    amounts = Amounts(area, _factor(area, end))
    values: dict[str, str] = {}
    for row, cells in _rows(area, start, end):
        known = [
            (column, looked_up(label, labels.YEAR_AMOUNTS if column >= right else labels.LIFE_AMOUNTS))
            for column, _, label in cells
        ]
        for place, (column, name) in enumerate(known):
            if name is None or name in values:
                continue
            area.take(row, column)
            following = known[place + 1] if place + 1 < len(known) else None
            if following is not None and following[1] is None and (column >= right or following[0] < right):
                values[name] = amounts.read(row, following[0])
    amounts.tell()
    _doubt_unit(area, amounts, values)
    return values


def evaluated_amounts(area: Area, end: int) -> dict[str, str]:
    """The amounts of a self-evaluation by column and row, and 分值, 执行率 and 得分 of its first row."""
    found = _header(area, end)
    if found is None:
        return {}
    start, columns = found
    amounts = Amounts(area, _factor(area, end))
    values: dict[str, str] = {}
    for row, cells in _rows(area, start + 1, end):
        named = [(column, name) for column, _, label in cells if (name := looked_up(label, labels.SOURCES))]
        if not named or f"{_COLUMNS[0]}_{named[0][1]}" in values:
            continue
        for column, _ in named:
            area.take(row, column)
        source = named[0][1]
        values |= _row(area, row, columns, source, amounts)
        for column, _, label in cells:
            if is_dash(label):
                area.take(row, column)
    amounts.tell()
    _doubt_unit(area, amounts, values)
    return values


def _rows(area: Area, start: int, end: int) -> list[tuple[int, list[Cell]]]:
    """The rows from ``start`` that may hold amounts, none that only says again beside a merged cell what they are."""
    rows = ((row, cells) for row, cells in area.rows if start <= row < end and not _is_goal_row(cells))
    return [(row, cells) for row, cells in rows if not _is_furniture(cells)][:_ROWS]


def _is_furniture(cells: list[Cell]) -> bool:
    return all(labels.is_one_of(cell.label, labels.FURNITURE) for cell in cells)


def _row(area: Area, row: int, columns: Mapping[str, int], source: str, amounts: Amounts) -> dict[str, str]:
    values = {f"{name}_{source}": amounts.read(row, columns[name]) if name in columns else "" for name in _COLUMNS}
    if source == MONEY_SOURCES[0][0]:
        for name, read in (("points", figure), ("rate", rate), ("score", figure)):
            values[f"execution_{name}"] = read(area, row, columns[name]) if name in columns else ""
        omission = omission_printed(values["execution_score"])
        if omission is not None:
            values |= {"execution_choice": omission.value, "execution_score": ""}
    return values


def _header(area: Area, end: int) -> tuple[int, dict[str, int]] | None:
    """The row of the money columns and where each of them stands."""
    for row, cells in area.rows:
        if row >= end:
            return None
        found: dict[str, int] = {}
        for column, _, label in cells:
            name = looked_up(label, labels.MONEY_COLUMNS)
            if name is not None:
                found.setdefault(name, column)
        if len(found.keys() & set(_COLUMNS)) >= 2:
            for column in found.values():
                area.take(row, column)
            return row, found
    return None


def _first(area: Area, words: Mapping[str, str], names: set[str], end: int) -> tuple[int, int] | None:
    """The place of the first label of one of these fields."""
    return next(
        (
            (row, column)
            for row, cells in area.rows
            if row < end
            for column, _, label in cells
            if looked_up(label, words) in names
        ),
        None,
    )


def _is_goal_row(cells: list[Cell]) -> bool:
    words = labels.EVALUATED_GOALS | labels.DECLARED_GOALS
    return any(looked_up(cell.label, words) for cell in cells)


def _factor(area: Area, end: int) -> int:
    """How many 元 one of the form's figures is, as its labels or else a note say it; 0 when nothing does."""
    said: dict[bool, dict[int, Place]] = {True: {}, False: {}}
    for row, cells in area.rows:
        for column, _, label in cells if row < end else ():
            if len(label) <= _LONGEST_LABEL and (unit := unit_named(label)):
                said[_is_money_label(label)].setdefault(unit, (row, column))
    units = said[False] | said[True]
    factor = next(iter(said[True] or said[False]), 0)
    if len(units) > 1:
        area.doubt(f"表上同时写有元和万元，按{'元' if factor == 1 else '万元'}导入，请核对", *units.values())
    return factor


def _is_money_label(text: str) -> bool:
    words = (labels.MONEY_COLUMNS, labels.SOURCES, labels.YEAR_AMOUNTS, labels.LIFE_AMOUNTS)
    return labels.is_one_of(text, labels.FURNITURE) or any(looked_up(text, one) for one in words)


def _doubt_unit(area: Area, amounts: Amounts, values: Mapping[str, str]) -> None:
    if amounts.factor == 0 and any(
        text.strip("0.") for name, text in values.items() if not name.startswith("execution")
    ):
        area.doubt("表上没有写明金额单位，按元导入，请核对")
