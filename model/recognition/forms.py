"""Which forms a grid shows, and each of them with what could not be placed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from itertools import pairwise
from typing import Any

from model.forms import FORMS
from model.recognition import labels
from model.recognition.figures import as_date
from model.recognition.goals import goals
from model.recognition.grid import Area, Cell, Doubt, Grid, Place, rows_of
from model.recognition.inferences import Inference, SourceText, Span
from model.recognition.labels import FURNITURE, is_list_title, is_one_of, looked_up
from model.recognition.lines import Table, find_table, lines, tell_unknown, totals
from model.recognition.readings import READINGS, Reading, other_title, title_kind
from model.records import Content, Form

_YEAR = re.compile(r"(?<!\d)((?:19|20|21)\d{2})\s*年")
_PLAIN_YEAR = re.compile(r"\s*((?:19|20|21)\d{2})\s*年?度?\s*")
_INLINE = re.compile(r"([^:：]{2,20})[:：]\s*(\S[\s\S]*)")
_UNIT_NOTE = re.compile(r"[(（]?(?:金额)?单位[:：]?(?:人民币)?(?:万)?元[)）]?")
_ANNEX = re.compile(r"附[件表]\s*[\d一二三四五六七八九十-]*[：:]?")
_DRAFT = re.compile(r"[(（]?草稿[)）]?")
NO_PLACE = "没有对应的栏目，没有导入"
_TOLD_ROWS = 50
_HEAD_ROWS = 12
_OPENING_ROWS = 3


@dataclass(frozen=True, slots=True)
class RecognisedForm:
    """A form as read from a grid; its lines have no ids. ``year`` is None when the grid names none.

    ``doubts`` are what a person should see. ``problem`` says why the form must not be taken in, empty when it may be.
    ``without`` are the cells of a line that its table has no column for. ``inferences`` are what the reader decided,
    and ``source`` where it was read. ``rows`` are those of the grid that show the form, ``line_rows`` the row of each
    indicator line; a text has neither. Forms that say the same are equal wherever they were read.
    """

    kind: Form
    year: int | None
    project_name: str
    department: str
    unit: str
    content: Content
    doubts: tuple[Doubt, ...] = ()
    problem: Doubt | None = None
    without: frozenset[str] = frozenset()
    inferences: tuple[Inference, ...] = ()
    source: SourceText | None = field(default=None, compare=False)
    rows: tuple[int, ...] = field(default=(), compare=False)
    line_rows: tuple[int, ...] = field(default=(), compare=False)


def recognise_forms(grid: Grid) -> tuple[RecognisedForm, ...]:
    """The declarations and self-evaluations a grid shows, in their order."""
    rows = rows_of(grid)
    starts = _starts(rows)
    forms: list[RecognisedForm] = []
    for start, end in pairwise([*starts, len(rows)]):
        first = _opening(rows, start) if forms else 0
        last = _opening(rows, end) if end < len(rows) else end
        form = _form(grid, rows[first:last], start - first)
        if form.year is None and forms and forms[-1].year is not None:
            doubt = Doubt(f"没有写明年度，按上一张表的{forms[-1].year}年度导入，请核对")
            form = replace(form, year=forms[-1].year, doubts=(doubt, *form.doubts))
        forms.append(form)
    return tuple(forms)


def why_no_form(grid: Grid) -> str:
    """What a grid without any form is, for a person to know that it was not read; empty for one that needs no word."""
    rows = rows_of(grid)
    opening = [cell.label for _, cells in rows[:4] for cell in cells[:2]]
    if not rows or any(is_list_title(text) for text in opening):
        return ""
    other = next((title for text in opening if (title := other_title(text))), "")
    if other:
        return f"是“{other}”，本程序没有这种表"
    if any(looked_up(cell.label, labels.LINES) == "name" for _, cells in rows for cell in cells):
        return "有指标的栏目，但没有“绩效目标申报表”或“绩效自评表”的标题"
    return "没有申报表或自评表"


def _starts(rows: list[tuple[int, list[Cell]]]) -> list[int]:
    """The places in ``rows`` of the titles; a later one counts only over the name of a project."""
    starts: list[int] = []
    for place, (_, cells) in enumerate(rows):
        if len(cells) > 3 or not any(title_kind(cell.label) for cell in cells):
            continue
        below = rows[place + 1 : place + 1 + _HEAD_ROWS]
        if (not starts and place < _HEAD_ROWS) or any(_names_project(cell.label) for _, one in below for cell in one):
            starts.append(place)
    return starts


def _names_project(text: str) -> bool:
    """Whether a cell is the label of a project's name, alone or with the name behind it."""
    inline = _INLINE.fullmatch(text)
    return "project_name" in (looked_up(text, labels.HEADER), inline and looked_up(inline[1], labels.HEADER))


def _opening(rows: list[tuple[int, list[Cell]]], start: int) -> int:
    """Where the lines over a title begin: 附件 2, or the unit's title line."""
    first = start
    while first and start - first < _OPENING_ROWS and len(rows[first - 1][1]) == 1:
        text = rows[first - 1][1][0].label
        if not (is_list_title(text) or _ANNEX.fullmatch(text.strip())):
            break
        first -= 1
    return first


def _form(grid: Grid, rows: list[tuple[int, list[Cell]]], title_at: int) -> RecognisedForm:
    area = Area(grid, rows)
    kind = next(found for cell in rows[title_at][1] if (found := title_kind(cell.label)))
    reading = READINGS[kind]
    year = _titles(area, title_at)
    table = find_table(area, kind, reading.columns)
    end = table.start if table else rows[-1][0] + 1
    header, year_cell = _header(area, reading.header, end)
    content = _content(area, FORMS[kind].record, reading, header, end, table)
    if table is not None:
        tell_unknown(area, table)
    _pass_over_furniture(area)
    problem = _problem(area, kind, table)
    _tell_unmarked(area)
    _tell_the_rest(area)
    without = frozenset(cell.name for cell in FORMS[kind].columns if table and cell.name not in table.names())
    doubts = tuple(area.doubts)
    return RecognisedForm(
        kind=kind,
        year=year or year_cell,
        project_name=header.get("project_name", ""),
        department=header.get("department", ""),
        unit=header.get("unit", ""),
        content=content,
        doubts=doubts,
        problem=problem,
        without=without,
        source=_source(area),
        rows=tuple(row for row, _ in area.rows),
        line_rows=tuple(area.line_rows),
    )


def _source(area: Area) -> SourceText:
    """The rows of a form as text, a line each, its cells side by side."""
    texts: list[str] = []
    spans: dict[int, Span] = {}
    start = 0
    for row, cells in area.rows:
        text = "\t".join(" ".join(cell.text.split()) for cell in cells)
        texts.append(text)
        spans[row] = Span(start, start + len(text))
        start += len(text) + 1
    return SourceText("\n".join(texts), 0, tuple(spans[row] for row in area.line_rows))


def _titles(area: Area, title_at: int) -> int | None:
    """The year of the title lines, all of which are taken."""
    years: list[int] = []
    for number, (row, cells) in enumerate(area.rows[: title_at + 4]):
        for column, _, text in cells:
            is_title = number <= title_at and (title_kind(text) or is_list_title(text))
            is_year = (
                number > title_at
                and len(cells) <= 2
                and re.fullmatch(r"[（(]?\s*\d{4}\s*年?度?\s*[）)]?", text.strip())
            )
            if is_title or is_year:
                area.take(row, column)
                years += [int(found) for found in _YEAR.findall(text) or _PLAIN_YEAR.findall(text.strip("（）() "))]
    return years[-1] if years else None


def _header(area: Area, words: Mapping[str, str], end: int) -> tuple[dict[str, str], int | None]:
    """The labelled texts over the indicator table, and the year where a label names it."""
    values: dict[str, str] = {}
    year: int | None = None
    places: dict[str, Place] = {}
    for row, cells in area.rows:
        if row >= end:
            break
        for (column, _, text), following in zip(cells, [*cells[1:], None], strict=True):
            name, place, value = looked_up(text, words), None, ""
            inline = _INLINE.fullmatch(text) if name is None else None
            if inline is not None and (name := looked_up(inline[1], words)):
                place, value = (row, column), inline[2].strip()
            elif name is not None and following is not None and not _is_label(following.label, words):
                place = (row, following.column)
                value = as_date(area, *place) if name in ("start_date", "end_date") else following.text
            elif is_one_of(text, labels.YEAR_LABELS) and following and (found := _PLAIN_YEAR.fullmatch(following.text)):
                year = int(found[1])
                area.take(row, column)
                area.take(row, following.column)
            if name is None:
                continue
            area.take(row, column)
            if place is None:
                continue
            area.take(*place)
            if name not in values:
                values[name], places[name] = value, place
            elif values[name].strip() != value.strip():
                area.doubt(f"与另一处的“{values[name].strip()}”不同，没有导入", (row, column), place)
    return values, year


def _is_label(text: str, words: Mapping[str, str]) -> bool:
    return looked_up(text, words) is not None or is_one_of(text, labels.YEAR_LABELS)


def _content(
    area: Area,
    record: type[Content],
    reading: Reading,
    header: Mapping[str, str],
    end: int,
    table: Table | None,
) -> Content:
    own = {spec.name for spec in fields(record)}
    texts: dict[str, Any] = {name: text for name, text in header.items() if name in own}
    texts |= {**reading.amounts(area, end), **goals(area, reading.goals, end)}
    if table is not None:
        texts |= {name: text for name, text in totals(area, table).items() if name in own}
        texts["indicators"] = lines(area, table, record.line)
    return record(**texts)


def _pass_over_furniture(area: Area) -> None:
    for row, cells in area.left_over():
        for column, _, text in cells:
            plain = "".join(text.split())
            if is_one_of(text, FURNITURE) or any(one.fullmatch(plain) for one in (_UNIT_NOTE, _ANNEX, _DRAFT)):
                area.take(row, column)


def _problem(area: Area, kind: Form, table: Table | None) -> Doubt | None:
    """Why a form of this layout would only be half read, or None."""
    if table is None:
        rest = [((row, cell.column), cell.text) for row, cells in area.left_over() for cell in cells]
        what = "没有找到指标的栏目（三级指标、年度指标值等），无法辨认其余的内容"
        return Doubt(what, tuple(rest)) if rest else None
    missing = [label for name, label in READINGS[kind].needed.items() if name not in table.names()]
    if not missing:
        return None
    unknown = tuple((place, area.grid.texts[place]) for place in table.unknown.values())
    if unknown:
        return Doubt(f"没有找到“{'”“'.join(missing)}”一栏，以下栏目不认识，请把栏目改成标准的名称", unknown)
    if area.rows[-1][0] >= table.body:
        area.doubts.append(Doubt(f"没有“{'”“'.join(missing)}”一栏"))
    return None


def _tell_unmarked(area: Area) -> None:
    """A doubt of the texts put into one of our own sheets that could be its words as well as something typed."""
    printed = area.grid.printed
    places = (((row, cell.column), cell.label) for row, cells in area.rows for cell in cells if printed)
    unmarked = [place for place, label in places if place not in printed and labels.is_label(label)]
    if unmarked:
        area.doubt("与表上的栏目名称相同，填报标记又已不在，不能确定是不是填写的内容，请与原表核对", *unmarked)


def _tell_the_rest(area: Area) -> None:
    """A doubt for each row with texts nobody took, and for each cell the reader could not make out."""
    rest = list(area.left_over())
    for row, cells in rest[:_TOLD_ROWS]:
        area.doubt(NO_PLACE, *((row, cell.column) for cell in cells))
    if len(rest) > _TOLD_ROWS:
        others = ((row, cell.column) for row, cells in rest[_TOLD_ROWS:] for cell in cells)
        area.doubt(f"另有{len(rest) - _TOLD_ROWS}行{NO_PLACE}", *others)
    if not area.rows:
        return
    first, last = area.rows[0][0], area.rows[-1][0]
    notes: dict[str, list[Place]] = {}
    for place, note in sorted(area.grid.notes.items()):
        if first <= place[0] <= last:
            notes.setdefault(note, []).append(place)
    for note, places in notes.items():
        area.doubt(note, *places)
