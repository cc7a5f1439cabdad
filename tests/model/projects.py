"""Projects, lines and random gestures that the tests of changes and edits begin with."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from itertools import count
from types import MappingProxyType
from typing import Any, cast

from hypothesis import strategies as st

from model.changes import (
    AddForm,
    DeleteIndicator,
    InsertIndicator,
    MoveIndicator,
    Part,
    ProjectChange,
    RemoveForm,
    SetField,
    apply_all,
    invert_all,
)
from model.forms import FORMS
from model.records import (
    Declaration,
    EvaluatedIndicator,
    Evaluation,
    Form,
    Indicator,
    LineT,
    Project,
    forms_of,
    text_cells,
)

texts = st.text(max_size=8)


def fresh_ids(prefix: str = "new") -> Iterator[str]:
    return (f"{prefix}-{number}" for number in count(1))


def declaration_of(project: Project | None) -> Declaration:
    """The declaration a project has."""
    assert project is not None
    declaration = project.of(Declaration)
    assert declaration is not None
    return declaration


def evaluation_of(project: Project | None) -> Evaluation:
    """The self-evaluation a project has."""
    assert project is not None
    evaluation = project.of(Evaluation)
    assert evaluation is not None
    return evaluation


def evaluated(*lines: EvaluatedIndicator, **cells: str) -> Project:
    """A 2022 project with a self-evaluation of these lines."""
    return Project("p", 2022, "信息化运维项目", forms=forms_of(Evaluation(indicators=lines, **cells)))


def declared(*lines: Indicator, **cells: str) -> Project:
    """A 2026 project with a declaration of these lines."""
    return Project("p", 2026, "信息化运维项目", forms=forms_of(Declaration(indicators=lines, **cells)))


def line(indicator_id: str, target: str = "", **cells: str) -> Indicator:
    """A line of a declaration."""
    return Indicator(indicator_id, target_text=target, **(_named(indicator_id) | cells))


def evaluated_line(
    indicator_id: str, target: str = "", actual: str = "", points: str = "", **cells: str
) -> EvaluatedIndicator:
    """A line of a self-evaluation."""
    cells = _named(indicator_id) | cells
    return EvaluatedIndicator(indicator_id, target_text=target, actual_text=actual, points=points, **cells)


def _named(indicator_id: str) -> dict[str, str]:
    return {"level1": "产出指标", "level2": "数量指标", "name": f"指标{indicator_id}"}


def after(project: Project, changes: tuple[ProjectChange, ...]) -> Project:
    """The project after an edit, once it is proved that undoing it gives the very same project back."""
    changed = apply_all(project, changes)
    assert apply_all(changed, undo(changes)) == project
    return changed


def undo(changes: tuple[ProjectChange, ...]) -> tuple[ProjectChange, ...]:
    inverse = invert_all(changes)
    assert all(isinstance(change, ProjectChange) for change in inverse)
    return cast("tuple[ProjectChange, ...]", inverse)


def names(project: Project, form: Form = Form.EVALUATION) -> list[str]:
    return [indicator.id for indicator in project.indicators(form)]


@st.composite
def indicators(draw: st.DrawFn, kind: type[LineT], prefix: str) -> tuple[LineT, ...]:
    cells = st.fixed_dictionaries(dict.fromkeys(text_cells(kind), texts))
    return tuple(kind(f"{prefix}{number}", **values) for number, values in enumerate(draw(st.lists(cells, max_size=5))))


@st.composite
def contents(draw: st.DrawFn, kind: type[Declaration] | type[Evaluation], prefix: str) -> Declaration | Evaluation:
    cells = {spec.name: draw(texts) for spec in fields(kind) if spec.name != "indicators"}
    if kind is Declaration:
        return Declaration(indicators=draw(indicators(Indicator, prefix)), **cells)
    return Evaluation(indicators=draw(indicators(EvaluatedIndicator, prefix)), **cells)


@st.composite
def projects(draw: st.DrawFn) -> Project:
    declaration = draw(st.none() | contents(Declaration, "d"))
    evaluation = draw(st.none() | contents(Evaluation, "e"))
    explanations = draw(st.dictionaries(st.sampled_from(["DEC-001@x", "VAL-003@y"]), texts.filter(bool)))
    return Project(
        "p",
        draw(st.integers(2000, 2100)),
        draw(texts),
        draw(texts),
        draw(texts),
        forms_of(declaration, evaluation),
        MappingProxyType(explanations),
    )


@st.composite
def fitting_changes(draw: st.DrawFn, project: Project, new_id: str) -> ProjectChange:
    """One change of any kind that the project as it stands accepts."""
    choices: list[st.SearchStrategy[ProjectChange]] = [
        _project_cells(project),
        *(_form_changes(project, form, new_id) for form in FORMS),
    ]
    return draw(st.one_of(choices))


@st.composite
def _project_cells(draw: st.DrawFn, project: Project) -> ProjectChange:
    field = draw(st.sampled_from(["year", "project_name", "department", "unit", "explanation"]))
    if field == "explanation":
        key = draw(st.sampled_from(["DEC-001@x", "IND-003@z"]))
        return SetField("p", Part.EXPLANATION, "p", key, project.explanations.get(key, ""), draw(texts))
    after: Any = draw(st.integers(2000, 2100) if field == "year" else texts)
    return SetField("p", Part.PROJECT, "p", field, getattr(project, field), after)


@st.composite
def _form_changes(draw: st.DrawFn, project: Project, form: Form, new_id: str) -> ProjectChange:
    kind = Declaration if form is Form.DECLARATION else Evaluation
    content = project.form(form)
    if content is None:
        return AddForm("p", form, draw(contents(kind, new_id)))
    what = draw(st.sampled_from(["cell", "insert", "remove", "line", "delete", "move"]))
    lines = content.indicators
    if what == "remove":
        return RemoveForm("p", form, content)
    if what == "cell":
        field = draw(st.sampled_from([spec.name for spec in fields(kind) if spec.name != "indicators"]))
        return SetField("p", form, "p", field, getattr(content, field), draw(texts))
    if what == "insert" or not lines:
        return InsertIndicator("p", form, draw(st.integers(0, len(lines))), kind.line(new_id, name=draw(texts)))
    position = draw(st.integers(0, len(lines) - 1))
    if what == "delete":
        return DeleteIndicator("p", form, position, lines[position])
    if what == "move":
        return MoveIndicator("p", form, position, draw(st.integers(0, len(lines) - 1)))
    field = draw(st.sampled_from(text_cells(kind.line)))
    chosen = lines[position]
    return SetField("p", Part.INDICATOR, chosen.id, field, getattr(chosen, field), draw(texts))
