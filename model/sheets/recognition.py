"""Finding a form again among the texts of a sheet: the way back from an exported workbook.

Cells are found by their labels, not by their places, so a workbook that was edited, widened or saved by another
program is still read. What a form does not print (达成等级, for one) cannot come back.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import pairwise

from model.fields import INDICATOR_CELLS, MONEY_COLUMNS
from model.money import parse_fen
from model.records import Declaration, Evaluation, Form, Indicator
from model.sheets import declaration, evaluation

Texts = Mapping[tuple[int, int], str]
"""The texts of a sheet by (row, column)."""

_YEAR = re.compile(r"[（(]\s*(\d{4})\s*年度\s*[）)]")
_SPACE = re.compile(r"[\s：:]+")
_TOTAL = "总分"
_HEADER = {"项目名称": "project_name", "主管部门": "department", "实施单位": "unit"}
_DECLARATION = {
    "项目性质": "project_nature",
    "项目类别": "project_category",
    "计划开始日期": "start_date",
    "计划完成日期": "end_date",
}
_LEFT_AMOUNTS = {"项目资金总额": "project_total", "其中财政资金": "project_fiscal", "其他资金": "project_other"}
_RIGHT_AMOUNTS = {
    "年度资金申请总额": "total_requested",
    "其中当年财政拨款": "fiscal_current",
    "上年结转资金": "carried_over",
    "其他资金": "other",
}
_SOURCES = {
    "年度资金总额": "total",
    "其中当年财政拨款": "fiscal_current",
    "上年结转资金": "carried_over",
    "其他资金": "other",
}
_DECLARED_GOALS = {"项目总目标": "overall_goal", "年度总体目标": "annual_goal"}
_EVALUATED_GOALS = {"预期目标": "expected_goal", "实际完成情况": "actual_completion"}


@dataclass(frozen=True, slots=True)
class RecognisedForm:
    """A form as read from a sheet; its lines have no ids. ``year`` is None when the sheet names none."""

    kind: Form
    year: int | None
    project_name: str
    department: str
    unit: str
    content: Declaration | Evaluation


def recognise_form(texts: Texts) -> RecognisedForm | None:
    """The declaration or self-evaluation a sheet shows, or None when it shows neither."""
    rows = _rows(texts)
    titles = [text for cells in rows[:3] for _, text in cells]
    if any(text.startswith(declaration.TITLE) for text in titles):
        return _form(Form.DECLARATION, rows, _declaration(rows))
    if any(text.startswith(evaluation.TITLE) for text in titles):
        return _form(Form.EVALUATION, rows, _evaluation(rows))
    return None


Row = list[tuple[int, str]]


def _rows(texts: Texts) -> list[Row]:
    """The rows that have texts, in order, each with its columns."""
    rows: dict[int, Row] = {}
    for row, column in sorted(texts):
        rows.setdefault(row, []).append((column, texts[row, column]))
    return list(rows.values())


def _form(kind: Form, rows: list[Row], content: Declaration | Evaluation) -> RecognisedForm:
    years = [int(found[1]) for cells in rows[:4] for _, text in cells if (found := _YEAR.search(text))]
    values = _labelled(rows, _HEADER)
    return RecognisedForm(
        kind, years[0] if years else None, **{name: values.get(name, "") for name in _HEADER.values()}, content=content
    )


def _label(text: str) -> str:
    return _SPACE.sub("", text)


def _labelled(rows: list[Row], labels: Mapping[str, str]) -> dict[str, str]:
    """For each label the text right of it in its row, unless that is a label of the header itself."""
    known = {*_HEADER, *_DECLARATION}
    values: dict[str, str] = {}
    for cells in rows:
        for (_, text), following in zip(cells, [*cells[1:], None], strict=True):
            name = labels.get(_label(text))
            if name is not None and name not in values and following is not None and _label(following[1]) not in known:
                values[name] = following[1]
    return values


def _declaration(rows: list[Row]) -> Declaration:
    amounts: dict[str, str] = {}
    start = _row_with(rows, "年度资金申请总额")
    for cells in rows[start : start + 4]:
        right = _amount_label(cells)
        if right is None:
            continue
        place, name = right
        amounts.update(_amount_after(cells[place:], {_label(cells[place][1]): name}))
        amounts.update(_amount_after(cells[:place], _LEFT_AMOUNTS))
    texts = {**_labelled(rows, _DECLARATION), **amounts, **_goals(rows, _DECLARED_GOALS)}
    return Declaration(**texts, indicators=_lines(rows, Form.DECLARATION))


def _amount_label(cells: Row) -> tuple[int, str] | None:
    """The place and the field of the right-hand amount in a funding row: the last label in it."""
    for place in range(len(cells) - 1, -1, -1):
        name = _RIGHT_AMOUNTS.get(_label(cells[place][1]))
        if name is not None:
            return place, name
    return None


def _amount_after(cells: Row, labels: Mapping[str, str]) -> dict[str, str]:
    for (_, text), (_, value) in pairwise(cells):
        name = labels.get(_label(text))
        if name is not None:
            return {name: _plain_amount(value)}
    return {}


def _plain_amount(text: str) -> str:
    """An amount without the separators it was printed with; any other text as it is."""
    return text if parse_fen(text) is None else text.replace(",", "")


def _evaluation(rows: list[Row]) -> Evaluation:
    start = _row_with(rows, "年初预算数")
    header = {_label(text): column for column, text in rows[start]} if start < len(rows) else {}
    values: dict[str, str] = {}
    for cells in rows[start + 1 : start + 5]:
        source = next((_SOURCES[_label(text)] for _, text in cells if _label(text) in _SOURCES), None)
        if source is None:
            break
        by_column = dict(cells)
        for name, label, _ in MONEY_COLUMNS:
            values[f"{name}_{source}"] = _plain_amount(by_column.get(header.get(label, -1), ""))
        if source == "total":
            for name, label in (("points", "分值"), ("rate", "执行率"), ("score", "得分")):
                values[f"execution_{name}"] = by_column.get(header.get(label, -1), "")
    last = next((cells for cells in reversed(rows) if _label(cells[0][1]) == _TOTAL), [])
    for name, (_, text) in zip(("total_points", "total_score"), last[1:], strict=False):
        values[name] = text
    return Evaluation(**values, **_goals(rows, _EVALUATED_GOALS), indicators=_lines(rows, Form.EVALUATION))


def _row_with(rows: list[Row], label: str) -> int:
    return next(
        (place for place, cells in enumerate(rows) if any(_label(text) == label for _, text in cells)), len(rows)
    )


def _goals(rows: list[Row], goals: Mapping[str, str]) -> dict[str, str]:
    """The goal texts: each stands in the row below its label, in the label's column."""
    place = _row_with(rows, next(iter(goals)))
    if place + 1 >= len(rows):
        return {}
    below = dict(rows[place + 1])
    if "一级指标" in map(_label, below.values()):
        return {}
    names = {column: goals[_label(text)] for column, text in rows[place] if _label(text) in goals}
    return {name: below[column] for column, name in names.items() if column in below}


def _lines(rows: list[Row], form: Form) -> tuple[Indicator, ...]:
    """The indicator lines; a level that stands once beside several lines counts for each of them."""
    start = _row_with(rows, "一级指标")
    if start == len(rows):
        return ()
    labels = {_label(cell.label): cell.name for cell in INDICATOR_CELLS[form]} | {"年度(/项目)指标值": "target_text"}
    names = {column: labels[_label(text)] for column, text in rows[start] if _label(text) in labels}
    lines: list[Indicator] = []
    above = Indicator("")
    for cells in rows[start + 1 :]:
        if _label(cells[0][1]) == _TOTAL:
            break
        line = replace(above, **{names[column]: text for column, text in cells if column in names})
        if line.level1 != above.level1 and not any(names.get(column) == "level2" for column, _ in cells):
            line = replace(line, level2="")
        if any((line.name, line.target_text, line.actual_text)):
            lines.append(line)
        above = Indicator("", line.level1, line.level2)
    return tuple(lines)
