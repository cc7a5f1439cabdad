"""The indicator table: its headings, in one row or two, and its lines down to the total."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from model.forms import FORMS
from model.recognition import labels
from model.recognition.figures import figure, is_dash
from model.recognition.grid import Area, Cell, Place
from model.recognition.labels import FURNITURE, TOTALS, is_one_of, looked_up, read_level
from model.records import Form, Indicator, LineT
from model.scoring import is_total_note, omission_printed
from model.values.taxonomy import canonical_level1, canonical_level2

_JOINED = ("level1", "level2", "sign", "unit")
_SIGN = re.compile(r"[<>=≤≥≦≧≠＜＞＝═〈〉《》≮≯+-]{1,3}")
_NUMBER = re.compile(r"-?[\d,]+(?:\.\d+)?")
_FRACTION = re.compile(r"0?\.\d+")


@dataclass(slots=True)
class Table:
    """Where an indicator table stands: its first row, the first row of its lines, the field of each column."""

    start: int
    body: int
    columns: dict[int, str]
    unknown: dict[int, Place]

    def names(self) -> set[str]:
        """The fields the table has columns for."""
        return set(self.columns.values())


def find_table(area: Area, form: Form, columns: Mapping[str, str]) -> Table | None:
    """The indicator table of a form, or None when no row has a heading for the names of indicators.

    ``columns`` are the headings only this form has.
    """
    fields = {cell.name for cell in FORMS[form].columns} | {"sign", "unit"}
    words = {word: name for word, name in {**labels.LINES, **columns}.items() if name in fields}
    for position, (row, cells) in enumerate(area.rows):
        names = {looked_up(cell.label, words) for cell in cells}
        if "name" in names and names & {"level1", "level2", "target_text"}:
            return _table(area, words, position, row)
    return None


def _table(area: Area, words: Mapping[str, str], position: int, row: int) -> Table:
    headings = [row]
    if position and _is_heading(area.rows[position - 1], words, row - 1):
        headings.insert(0, row - 1)
    if position + 1 < len(area.rows) and _is_heading(area.rows[position + 1], words, row + 1):
        headings.append(row + 1)
    columns: dict[int, str] = {}
    unknown: dict[int, Place] = {}
    over: set[int] = set()
    for heading in reversed(headings):
        for column, _, text in area.cells(heading).values():
            name = looked_up(text, words)
            covered = area.columns_of(heading, column)
            if heading != headings[-1] and column in columns:
                if name is None or columns[column] in ("sign", "unit", name) or name == "target_text":
                    area.take(heading, column)
                else:
                    area.doubt("上下两行栏目名称的意思不一致，按下面一行导入", (heading, column))
                    area.take(heading, column)
            elif name is not None and name not in columns.values():
                columns[column] = name
                area.take(heading, column)
            elif is_one_of(text, FURNITURE):
                area.take(heading, column)
                over.update(covered)
            else:
                unknown[column] = (heading, column)
    return Table(headings[0], headings[-1] + 1, columns, unknown)


def _is_heading(row: tuple[int, list[Cell]], words: Mapping[str, str], number: int) -> bool:
    """Whether the row beside the one with the names holds headings, too."""
    found = [looked_up(cell.label, words) for cell in row[1]]
    return row[0] == number and sum(name is not None for name in found) * 2 >= len(found) and len(set(found)) > 1


def lines(area: Area, table: Table, kind: type[LineT]) -> tuple[LineT, ...]:
    """The indicator lines of a form; a level that stands once beside several lines counts for each of them."""
    found: list[LineT] = []
    above = Indicator("")
    told = _Told()
    for row, cells in area.rows:
        if row < table.body:
            continue
        if is_total(cells):
            break
        by_field = {table.columns[cell.column]: cell.column for cell in cells if cell.column in table.columns}
        if _repeats_headings(area, row, by_field):
            continue
        if by_field.keys() & {"name", "target_text", "actual_text", "sign"} or _is_own_line(area, row, table):
            line = _line(area, row, by_field, _above(area, row, table, above), told, kind)
            found.append(line)
            area.line_rows.append(row)
            above = Indicator("", line.level1, line.level2)
        elif by_field.keys() & {"level1", "level2"}:
            above = _levels(area, row, by_field, above, told, is_line=False)
        for column, _, text in cells:
            if column not in table.columns and column not in table.unknown and _is_side_label(text, column, table):
                area.take(row, column)
    told.tell(area)
    return tuple(found)


def _is_own_line(area: Area, row: int, table: Table) -> bool:
    """Whether a row is known to be a line, though nothing was typed into its name and its values."""
    return any(name == "name" and area.is_typed_blank(row, column) for column, name in table.columns.items())


def _above(area: Area, row: int, table: Table, above: Indicator) -> Indicator:
    """The levels a row takes over where it has none: not those it is known to have been left without."""
    blank = {name: "" for column, name in table.columns.items() if area.is_typed_blank(row, column)}
    return replace(above, **{name: "" for name in ("level1", "level2") if name in blank})


def _repeats_headings(area: Area, row: int, by_field: Mapping[str, int]) -> bool:
    """Whether a row only says the headings again, as at the head of a page; it is taken then."""
    cells = area.cells(row)
    is_heading = len(by_field) > 2 and all(
        looked_up(cells[column].label, labels.LINES) == name for name, column in by_field.items()
    )
    for column in cells if is_heading else ():
        area.take(row, column)
    return is_heading


def is_total(cells: list[Cell]) -> bool:
    """Whether a row is the one of the totals."""
    first, *others = (cell.label for cell in cells[:2])
    return is_one_of(first, TOTALS) or any(is_one_of(one, TOTALS) and len(cells) < 5 for one in others)


def totals(area: Area, table: Table) -> dict[str, str]:
    """分值合计 and 总分 of the row of totals: in their columns, or in this order where the columns do not agree."""
    row, cells = next(((row, cells) for row, cells in area.rows if row >= table.body and is_total(cells)), (-1, []))
    rest = [cell.column for cell in cells if not is_one_of(cell.label, TOTALS)]
    for column, _, _ in cells:
        if column not in rest:
            area.take(row, column)
    columns = {name: column for column, name in table.columns.items()}
    names = [name for name in ("points", "score") if columns.get(name) in rest]
    placed = {name: columns[name] for name in names}
    if not placed and len(rest) == 2:
        placed = dict(zip(("points", "score"), rest, strict=True))
    values = {f"total_{name}": figure(area, row, column) for name, column in placed.items()}
    for column in rest:
        label = area.cells(row)[column].label
        if is_dash(label) or is_total_note(label):
            area.take(row, column)
    return values


def tell_unknown(area: Area, table: Table) -> None:
    """A doubt for each column with a heading nobody knows, with everything that stands in it."""
    owners = {one: place for place in table.unknown.values() for one in area.columns_of(*place)}
    found: dict[Place, list[Place]] = {place: [] for place in table.unknown.values()}
    for row, cells in area.rows:
        for column, text, _ in cells if row >= table.body else ():
            if column in owners and column not in table.columns and not area.is_taken(row, column) and text.strip():
                found[owners[column]].append((row, column))
    for place, below in found.items():
        for cell in (place, *below):
            area.take(*cell)
        heading = area.grid.texts[place].strip()
        what = "其中的内容没有导入" if below else "栏中没有内容"
        is_repeated = looked_up(heading, labels.LINES) in table.names()
        missing = f"“{heading}”一栏不止一处" if is_repeated else f"本程序的表没有“{heading}”一栏"
        area.doubt(f"{missing}，{what}", place, *below)


class _Told:
    """What is said once for all lines together."""

    def __init__(self) -> None:
        self.points: list[Place] = []
        self.signs: list[Place] = []
        self.units: list[Place] = []
        self.fractions: list[Place] = []

    def tell(self, area: Area) -> None:
        for what, places in (
            ("栏目名称中的分值没有导入，名称已按标准写法导入", self.points),
            ("不是比较符，没有写进指标值", self.signs),
            ("度量单位没有写进指标值", self.units),
            ("度量单位是%，而数值小于1，请核对是否应乘以100", self.fractions),
        ):
            if places:
                area.doubt(what, *places)


def _line(area: Area, row: int, by_field: Mapping[str, int], above: Indicator, told: _Told, kind: type[LineT]) -> LineT:
    levels = _levels(area, row, by_field, above, told, is_line=True)
    values: dict[str, str] = {}
    for name, column in by_field.items():
        if name == "score" and (omission := omission_printed(area.grid.texts[row, column])) is not None:
            area.take(row, column)
            values["achievement"] = omission.value
        elif name in ("points", "score"):
            values[name] = figure(area, row, column)
        elif name not in _JOINED:
            values[name] = area.take(row, column)
    values["target_text"] = _target(area, row, by_field, values.get("target_text", ""), told)
    return kind("", levels.level1, levels.level2, **values)


def _levels(
    area: Area, row: int, by_field: Mapping[str, int], above: Indicator, told: _Told, *, is_line: bool
) -> Indicator:
    """The levels of a row, taken over from above where the row has none."""
    level1, level2 = above.level1, above.level2
    for number, name in ((1, "level1"), (2, "level2")):
        if name not in by_field:
            continue
        text = area.grid.texts[row, by_field[name]]
        is_typed = area.is_typed(row, by_field[name])
        label, points = (text, "") if is_typed else read_level(text, number)
        if not is_line and label != (level1, level2)[number - 1] and not _is_known(label, number):
            continue  # a signature or a note under the table, and no label again after a page break
        area.take(row, by_field[name])
        if points:
            told.points.append((row, by_field[name]))
        if number == 1:
            level2 = level2 if label == level1 else ""
            level1 = label
        else:
            level2 = label
    return Indicator("", level1, level2)


def _is_known(label: str, number: int) -> bool:
    return (canonical_level1(label) if number == 1 else canonical_level2(label)) is not None


@dataclass(frozen=True, slots=True)
class JoinedTarget:
    """A target with its comparator and unit, what of them was left out, and whether it may be a share of one."""

    text: str
    sign_left: bool = False
    unit_left: bool = False
    is_fraction: bool = False


def joined_target(value: str, sign: str, unit: str) -> JoinedTarget:
    """A target whose comparator and unit stood in columns of their own, joined as it would be typed."""
    value, sign, unit = value.strip(), "".join(sign.split()), unit.strip()
    is_sign = _SIGN.fullmatch(sign) is not None
    if is_sign and not value.startswith(sign):
        value = sign + value
    sign_left = bool(sign) and not is_sign and not is_dash(sign)
    if not unit or is_dash(unit) or value.endswith(unit):
        return JoinedTarget(value, sign_left)
    number = value.lstrip("<>=≤≥≦≧≠＜＞＝═〈〉《》≮≯+ ")
    if not _NUMBER.fullmatch(number):
        return JoinedTarget(value, sign_left, unit_left=True)
    is_fraction = unit in ("%", "％") and _FRACTION.fullmatch(number) is not None
    return JoinedTarget(value + unit, sign_left, is_fraction=is_fraction)


def _target(area: Area, row: int, by_field: Mapping[str, int], value: str, told: _Told) -> str:
    """A target, joined where its comparator and unit stand in columns of their own."""
    if "sign" not in by_field and "unit" not in by_field:
        return value
    sign, unit = (area.take(row, by_field[name]) if name in by_field else "" for name in ("sign", "unit"))
    joined = joined_target(value, sign, unit)
    if joined.sign_left:
        told.signs.append((row, by_field["sign"]))
    if joined.unit_left:
        told.units.append((row, by_field["unit"]))
    if joined.is_fraction:
        told.fractions.append((row, by_field["target_text"]))
    return joined.text


def _is_side_label(text: str, column: int, table: Table) -> bool:
    """Whether a text left of the table only says what it is: 绩效指标, or the number of a line."""
    first = min(table.columns, default=0)
    return column < first and (is_one_of(text, FURNITURE) or text.strip().isdigit())
