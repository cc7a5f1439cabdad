"""Writing ``jixiao-forms/1``: the same keys in the same order as the published files, computed figures filled in."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from model.errors import UserError
from model.forms import FORMS, HEADER_CELLS, Cell, CellKind
from model.records import Content, EvaluatedIndicator, Evaluation, Form, Indicator, Omission, Project, text_cells
from model.scoring import format_points, omission_of, score_evaluation
from model.settings import Settings
from model.values.characters import printable, unprintable
from storage.files.atomic import replacing
from storage.interchange.cell_problems import cell_problem
from storage.interchange.imported import (
    AS_TYPED,
    EXECUTION_CHOICE,
    EXPLANATIONS,
    FORMAT,
    NOT_APPLICABLE,
    UNSAID_LABELS,
)

_LEFT_OUT_WHEN_BLANK = {"project_total", "project_fiscal", "project_other", "achievement"}
_NULL_WHEN_BLANK = {CellKind.MONEY, CellKind.NUMBER, CellKind.COMPUTED}


def to_json(projects: Iterable[Project], settings: Settings, forms: Sequence[Form] | None = None) -> dict[str, Any]:
    """The document that holds every started form of these projects, those of the kinds in ``forms`` (None: all)."""
    started = [(p, form) for p in projects for form in (FORMS if forms is None else forms) if p.form(form) is not None]
    return {"format": FORMAT, "forms": [form_document(p, form, settings) for p, form in started]}


def form_document(project: Project, form: Form, settings: Settings) -> dict[str, Any]:
    """One form as an object of the format. Raises ValueError when the form has not been started.

    Figures nobody typed are written as computed under ``settings``; a figure that waits for a person is null.
    """
    content = project.form(form)
    if content is None:
        raise ValueError(f"the project has no {form}")
    if isinstance(content, Evaluation):
        content = _with_computed(content, settings, project.year)
    document: dict[str, Any] = {"kind": str(form)}
    for cell in FORMS[form].cells:
        _put(document, cell, getattr(project if cell in HEADER_CELLS else content, cell.name))
    if isinstance(content, Evaluation) and content.execution_choice:
        document["funding"][EXECUTION_CHOICE] = printable(content.execution_choice)
    document["indicators"] = [_line(line, form) for line in content.indicators]
    written = {key: document[key] for key in FORMS[form].keys}
    typed = [*_typed_paths(FORMS[form].cells, content, "")]
    for number, line in enumerate(content.indicators):
        typed += _typed_paths(FORMS[form].columns, line, f"indicators[{number}].")
    return written | ({AS_TYPED: typed} if typed else {})


def _typed_paths(cells: Sequence[Cell], record: object, prefix: str) -> Iterator[str]:
    """The cells of a record whose texts the format would not take for what stands there."""
    for cell in cells:
        text = printable(str(getattr(record, cell.name, "")))
        if cell.name == "achievement" and omission_of(text) is not None:
            continue  # said by a key of its own
        if cell_problem(cell, text):
            yield prefix + cell.path


def json_text(projects: Iterable[Project], settings: Settings, forms: Sequence[Form] | None = None) -> str:
    """The document as a text without its last line end."""
    return _text(to_json(projects, settings, forms))


def _text(document: dict[str, Any]) -> str:
    return json.dumps(document, ensure_ascii=False, indent=1)


def write_forms(
    path: Path, projects: Iterable[Project], settings: Settings, forms: Sequence[Form] | None = None
) -> int:
    """Write the document to a file, whole or not at all, and return the number of forms. Raises UserError."""
    document = to_json(projects, settings, forms)
    data = (_text(document) + "\n").encode()
    with replacing(path) as beside:
        beside.write_bytes(data)
        if beside.read_bytes() != data:
            raise UserError(f"写入“{path}”后核对不一致，没有替换原有文件。\n请检查磁盘或U盘，或换一个位置后重试。")
    return len(document["forms"])


def unwritten(projects: Iterable[Project]) -> tuple[str, ...]:
    """What these projects hold that the format has no key for, a sentence each; the file is complete otherwise."""
    sentences = []
    for project in projects:
        lost = []
        if project.explanations:
            lost.append(f"{len(project.explanations)} 条{UNSAID_LABELS[EXPLANATIONS]}")
        evaluation = project.of(Evaluation)
        if evaluation is not None and any(line.negative_rule for line in evaluation.indicators):
            lost.append(UNSAID_LABELS["negative_rule"])
        if lost:
            sentences.append(f"{project.year} {project.project_name}：JSON 格式不含{'、'.join(lost)}，未写入。")
        strange = unprintable("".join(_texts(project)))
        if strange:
            sentences.append(f"{project.year} {project.project_name}：无法显示的字符{'、'.join(strange)}没有写入。")
    return tuple(sentences)


def _texts(project: Project) -> Iterator[str]:
    """Every text of a project that is written."""
    for form in FORMS:
        content = project.form(form)
        if content is not None:
            records: tuple[Project | Content | Indicator, ...] = (project, content, *content.indicators)
            yield from (str(getattr(record, name)) for record in records for name in text_cells(type(record)))


def _line(line: Indicator, form: Form) -> dict[str, Any]:
    document: dict[str, Any] = {}
    omission: Omission | None = None
    if isinstance(line, EvaluatedIndicator) and (omission := omission_of(line.achievement)) is not None:
        line = replace(line, achievement="")
    for cell in FORMS[form].columns:
        _put(document, cell, getattr(line, cell.name))
    return document | ({NOT_APPLICABLE: omission.value} if omission is not None else {})


def _put(document: dict[str, Any], cell: Cell, value: str | int) -> None:
    *folders, last = cell.path.split(".")
    for folder in folders:
        document = document.setdefault(folder, {})
    value = printable(value) if isinstance(value, str) else value
    if value != "":
        document[last] = value
    elif cell.name not in _LEFT_OUT_WHEN_BLANK:
        document[last] = None if cell.kind in _NULL_WHEN_BLANK else ""


def _with_computed(evaluation: Evaluation, settings: Settings, year: int) -> Evaluation:
    """The self-evaluation with every blank figure that can be computed filled in as it prints."""
    computed = score_evaluation(evaluation, settings, year)
    execution = computed.execution
    lines = tuple(
        replace(line, score=format_points(score.computed)) if not line.score and score.computed is not None else line
        for line, score in zip(evaluation.indicators, computed.lines, strict=True)
    )
    printed = {
        "execution_rate": execution.rate_text if execution.rate is not None else "",
        "execution_score": format_points(execution.score) if execution.score is not None else "",
        "total_points": format_points(computed.total_points),
        "total_score": computed.total_text if computed.total is not None else "",
    }
    blank = {name: text for name, text in printed.items() if not getattr(evaluation, name)}
    return replace(evaluation, indicators=lines, **blank)
