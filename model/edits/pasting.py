"""What a block of texts on the clipboard says: which column holds what, which rows are lines, what is none of both.

A block from Excel, WPS or the official form is known by its headings, else by the 一级 and 二级指标 it holds; only a
block without either is taken by the column the cursor is in.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from model.forms import FORMS
from model.recognition.labels import FURNITURE, LINES, SUMS, folded, is_one_of, looked_up, read_level
from model.recognition.lines import joined_target
from model.records import Form, text_cells
from model.values.characters import printable
from model.values.taxonomy import canonical_level1, canonical_level2, level1_of, level2_of

LEVELS = ("level1", "level2")
NAME = "name"
_TARGET = "target_text"
_BESIDE_TARGET = ("sign", "unit")
"""Columns of their own for the comparator and the unit of a target, as the national form of 2020 prints them."""
UNPRINTED = ("achievement", "negative_rule")
"""Cells of a line that no form prints; they come with lines of this program only, under these names."""
_HEADING_AMONG = 6
_SERIAL = re.compile(r"[(（]?(?P<number>\d+|[一二三四五六七八九十])[)）]?[、.．]?")
_NUMERALS = "一二三四五六七八九十"
_VALUE = re.compile(r"[<>=≤≥≦≧＜＞＝〈〉《》≮≯\d]")
_NUMBERED = re.compile(r"^(?:\d+(?:[.．]\d+)*|[(（]\d+[)）]|[(（][一二三四五六七八九十]+[)）])[、.．]?(?=\D)")

Row = dict[str, str]
"""The texts of a row by field."""


@dataclass(frozen=True, slots=True)
class PastedBlock:
    """The rows of a block by field, from left to right, and sentences about what is in none of them."""

    fields: tuple[str, ...]
    rows: tuple[Row, ...]
    left_out: tuple[str, ...] = ()

    @property
    def has_levels(self) -> bool:
        """Whether its rows say under which level they stand."""
        return bool(set(LEVELS) & set(self.fields))


def read_block(rows: list[list[str]], form: Form, start_field: str, shown: Sequence[str] = ()) -> PastedBlock:
    """Recognise a block that is pasted from a column on.

    Headings and levels say what a column is; only where there are neither, the columns follow each other as ``shown``.
    A row that is shorter than others says nothing of what it does not reach.
    """
    typed = _typed(rows)
    rows = _squared(typed)
    columns = [cell.name for cell in FORMS[form].columns if cell.name not in UNPRINTED]
    headed = _headings(rows, {*columns, *text_cells(FORMS[form].line)})
    if headed is not None:
        at, places = headed
        left_out = [*_above(rows[:at]), *_without_place(rows[at + 1 :], places, rows[at])]
        return _read(typed[at + 1 :], places, left_out)
    levels, rest = _level_columns(rows, len(columns) - len(LEVELS))
    if levels:
        return _fitted(typed, rows, levels, rest, columns[len(LEVELS) :])
    start = NAME if start_field in LEVELS else start_field
    order = [field for field in shown if field in columns] or columns
    following = order[order.index(start) :] if start in order else []
    width = len(rows[0]) if rows else 0
    first = _serials(rows, len(following)) if start == NAME else 0
    places = {first + at: field for at, field in enumerate(following[: width - first])}
    return _read(typed, places, list(_surplus(rows, range(first + len(following), width))))


def _typed(rows: list[list[str]]) -> list[list[str]]:
    """The rows in printable texts, without the blank ones at the end; an empty line among rows of cells has none."""
    filled = [at for at, row in enumerate(rows) if any(text.strip() for text in row)]
    rows = rows[: filled[-1] + 1] if filled else []
    has_columns = any(len(row) > 1 for row in rows)
    return [[] if has_columns and row == [""] else [printable(text) for text in row] for row in rows]


def _squared(rows: list[list[str]]) -> list[list[str]]:
    """The rows all as long as the longest."""
    width = max((len(row) for row in rows), default=0)
    return [[*row, *([""] * (width - len(row)))] for row in rows]


def _headings(rows: list[list[str]], cells: set[str]) -> tuple[int, dict[int, str]] | None:
    """The row of headings, if one of the first is, and the columns it names.

    A row is one that names the indicators and something else, or the first of several that holds nothing else.
    """
    fields = cells | set(_BESIDE_TARGET)
    for at, row in enumerate(rows[:_HEADING_AMONG]):
        places: dict[int, str] = {}
        for column, text in enumerate(row):
            field = text if text in UNPRINTED else looked_up(text, LINES)
            if field in fields and field not in places.values():
                places[column] = field
        if _TARGET not in places.values():
            places = {column: field for column, field in places.items() if field not in _BESIDE_TARGET}
        is_whole = at == 0 and len(rows) > 1 and len(places) == sum(bool(text.strip()) for text in row)
        if places and (is_whole or (NAME in places.values() and len(places) > 1)):
            return at, places
    return None


def _above(rows: list[list[str]]) -> tuple[str, ...]:
    count = sum(any(text.strip() for text in row) for row in rows)
    return (f"表头上面的 {count} 行没有粘贴",) if count else ()


def _without_place(rows: list[list[str]], places: dict[int, str], headings: list[str]) -> tuple[str, ...]:
    """A sentence for each column that holds something under a heading this form has no cell for."""
    return tuple(
        f"“{heading.strip() or '没有标题的一栏'}”没有粘贴"
        for column, heading in enumerate(headings)
        if column not in places and heading not in UNPRINTED and not _is_furniture(rows, column)
    )


def _is_furniture(rows: list[list[str]], column: int) -> bool:
    """Whether a column only divides the form (绩效指标), numbers its rows, or holds nothing."""
    texts = [row[column].strip() for row in rows if row[column].strip() and not is_one_of(row[column], SUMS)]
    return all(is_one_of(text, FURNITURE) for text in texts) or _counts(texts)


def _counts(texts: list[str]) -> bool:
    """Whether texts number the rows: one after the other, or from one on again in each group."""
    found = [_SERIAL.fullmatch(text) for text in texts]
    numbers = [_number(match["number"]) for match in found if match is not None]
    follows = all(after in {before + 1, 1} for before, after in pairwise(numbers))
    return len(numbers) == len(texts) > 1 and follows


def _number(text: str) -> int:
    return int(text) if text.isdigit() else _NUMERALS.index(text) + 1


def _serials(rows: list[list[str]], room: int) -> int:
    """How many columns at the left of a block without levels only number its rows; the names stand beside them.

    Numbers with values beside them are names, unless a line has no ``room`` for so many columns.
    """
    kept = [row for row in rows if row[0].strip() and not is_one_of(row[0], SUMS)]
    texts = [row[0].strip() for row in kept]
    is_wide = bool(rows) and len(rows[0]) > room
    numbers_rows = _counts(texts) or (is_wide and len(texts) == 1 and _SERIAL.fullmatch(texts[0]) is not None)
    if not numbers_rows or len(rows[0]) == 1:
        return 0
    values = sum(_VALUE.match(row[1].strip()) is not None for row in kept)
    return int(is_wide or values * 2 < len(kept))


def _level_columns(rows: list[list[str]], room: int) -> tuple[dict[int, str], list[int]]:
    """The columns of levels at the left of a block, and those right of them; none when there are no levels.

    Right of a 一级指标 a column is the 二级指标, whatever else it says, when it names one, or when more follows than
    the ``room`` of a line takes.
    """
    found: dict[int, str] = {}
    end = max((at + 1 for row in rows for at, text in enumerate(row) if text.strip()), default=0)
    width = len(rows[0]) if rows else 0
    for column in range(width):
        texts = [text for row in rows if (text := row[column].strip()) and not is_one_of(text, SUMS)]
        if texts and not found and all(_known(text, 1) for text in texts):
            found[column] = LEVELS[0]
        elif texts and (_names_level2(texts, is_beside=bool(found)) or (found and end - column > room)):
            found[column] = LEVELS[1]
            return found, list(range(column + 1, width))
        elif found or not _is_furniture(rows, column):
            return found, list(range(column, width))
    return {}, []


def _names_level2(texts: list[str], *, is_beside: bool) -> bool:
    """Whether a column holds 二级指标: ``is_beside`` a 一级指标 one that is known says so, and others are one's own."""
    known = (_known(text, 2) for text in texts)
    return any(known) if is_beside else all(known)


def _known(text: str, number: int) -> bool:
    return _official(_label(text, number), number) is not None


def _official(label: str, number: int) -> str | None:
    return canonical_level1(label) if number == 1 else canonical_level2(label)


def _label(text: str, number: int) -> str:
    """What a level is called: without points beside it, and without its number (1.1 数量指标) if it is a known one."""
    label, _points = read_level(text, number)
    bare = _NUMBERED.sub("", folded(label))
    return label if _official(label, number) is not None or _official(bare, number) is None else bare


def _fitted(
    typed: list[list[str]], rows: list[list[str]], levels: dict[int, str], rest: list[int], fields: list[str]
) -> PastedBlock:
    """Columns right of the levels in the order of the form; blank ones, what merged cells leave, give way."""
    filled = [column for column in rest if any(row[column].strip() for row in rows)]
    end = max(filled, default=-1)
    rest = [column for column in rest if column <= end]
    if len(rest) > len(fields):
        rest = filled
    places = levels | dict(zip(rest, fields, strict=False))
    return _read(typed, places, list(_surplus(rows, rest[len(fields) :])))


def _surplus(rows: list[list[str]], columns: range | list[int]) -> tuple[str, ...]:
    count = sum(any(row[column].strip() for row in rows) for column in columns)
    return (f"右边多出的 {count} 栏没有粘贴",) if count else ()


def _read(rows: list[list[str]], places: dict[int, str], left_out: list[str]) -> PastedBlock:
    """The lines of a block whose columns are known, each with its own levels.

    Only rows of names can be told from blank ones and sums: values fall on the lines beside them, row by row.
    """
    lines: list[Row] = []
    above: Row = {}
    has_levels = bool(set(LEVELS) & set(places.values()))
    names_lines = has_levels or (NAME in places.values() and len(rows) > 1)
    unjoined: dict[str, None] = {}
    for row in rows:
        texts = [text for text in row if text.strip()]
        if names_lines and not texts:
            continue
        if names_lines and any(is_one_of(text, SUMS) for text in texts[:2]):
            left_out.append(f"“{texts[0].strip()}”一行没有粘贴")
            continue
        line = {field: row[column] for column, field in places.items() if column < len(row)}
        unjoined |= dict.fromkeys(_join(line))
        if has_levels:
            above = _levels(line, above)
            line |= above
        if not names_lines or any(text.strip() for field, text in line.items() if field not in LEVELS):
            lines.append(line)
    fields = tuple(field for field in places.values() if field not in (*_BESIDE_TARGET, *UNPRINTED))
    return PastedBlock(fields, tuple(lines), (*left_out, *unjoined))


def _join(line: Row) -> tuple[str, ...]:
    """Write comparator and unit into the target where they have columns of their own; sentences about what is not."""
    sign, unit = (line.pop(field, "") for field in _BESIDE_TARGET)
    if not sign and not unit:
        return ()
    joined = joined_target(line.get(_TARGET, ""), sign, unit)
    line[_TARGET] = joined.text
    faults = (
        (joined.sign_left, f"“{sign.strip()}”不是比较符，没有写进指标值"),
        (joined.unit_left, "度量单位没有写进指标值"),
    )
    fraction = (joined.is_fraction, "度量单位是%，而数值小于1，请核对是否应乘以100")
    return tuple(text for is_so, text in (*faults, fraction) if is_so)


def _levels(line: Row, above: Row) -> Row:
    """The levels of a row in today's names; blank ones, the rest of a merged cell, repeat those above."""
    typed1, typed2 = (_label(line.get(field, ""), number) for number, field in enumerate(LEVELS, start=1))
    level1 = (canonical_level1(typed1) or typed1) if typed1 else above.get(LEVELS[0], "")
    level2 = (canonical_level2(typed2) or typed2) if typed2 else above.get(LEVELS[1], "")
    if typed2 and not typed1 and level1_of(level2):
        level1 = level1_of(level2) or level1
    if typed1 and not typed2 and level2_of(level1) and level2 not in level2_of(level1):
        level2 = level2_of(level1)[0]
    return {LEVELS[0]: level1, LEVELS[1]: level2}
