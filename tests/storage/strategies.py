"""Random projects and random gestures that fit them."""

from __future__ import annotations

from dataclasses import replace
from itertools import count
from types import MappingProxyType
from typing import Any, TypeVar

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
    apply,
)
from model.forms import FORMS
from model.records import (
    Content,
    Declaration,
    EvaluatedIndicator,
    Evaluation,
    Form,
    Indicator,
    Project,
    forms_of,
    text_cells,
)

# everything UTF-8 can hold, NUL included; SQLite and JSON have no lone surrogates
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)


Record = TypeVar("Record", Declaration, Evaluation, Indicator, EvaluatedIndicator)
Line = TypeVar("Line", Indicator, EvaluatedIndicator)


def _record(kind: type[Record], **more: st.SearchStrategy[Any]) -> st.SearchStrategy[Record]:
    return st.builds(kind, **dict.fromkeys(text_cells(kind), texts), **more)


def _numbered(project: Project) -> Project:
    """The same project with ids no other line of the store has."""
    numbers = count()

    def lines(content: Content) -> tuple[Indicator, ...]:
        return tuple(replace(line, id=f"{project.id}-{next(numbers)}") for line in content.indicators)

    contents = (replace(content, indicators=lines(content)) for content in project.forms.values())
    return replace(project, forms=forms_of(*contents))


def _lines(kind: type[Line]) -> st.SearchStrategy[tuple[Line, ...]]:
    return st.lists(_record(kind, id=st.just("line")), max_size=4).map(tuple)


declarations = _record(Declaration, indicators=_lines(Indicator))
evaluations = _record(Evaluation, indicators=_lines(EvaluatedIndicator))


def projects(project_id: str = "p") -> st.SearchStrategy[Project]:
    return st.builds(
        Project,
        id=st.just(project_id),
        year=st.integers(2000, 2100),
        project_name=texts,
        department=texts,
        unit=texts,
        forms=st.builds(forms_of, st.none() | declarations, st.none() | evaluations),
        explanations=st.dictionaries(texts, texts.filter(bool), max_size=2).map(MappingProxyType),
    ).map(_numbered)


@st.composite
def fitting_changes(draw: st.DrawFn, project: Project, new_id: str) -> ProjectChange:
    """One change that can be made to ``project``; a new line would be called ``new_id``."""
    started = [form for form in FORMS if project.form(form) is not None]
    kinds = ["header", "year", "explain", "start"]
    kinds += ["cell", "insert", "remove form"] if started else []
    with_lines = [form for form in started if project.indicators(form)]
    kinds += ["line", "delete", "move"] if with_lines else []
    kind = draw(st.sampled_from(kinds))
    text = draw(texts)
    if kind == "header":
        field = draw(st.sampled_from(text_cells(Project)))
        return SetField(project.id, Part.PROJECT, project.id, field, getattr(project, field), text)
    if kind == "year":
        return SetField(project.id, Part.PROJECT, project.id, "year", project.year, draw(st.integers(2000, 2100)))
    if kind == "explain":
        key = draw(st.sampled_from(["DEC-015@declaration::annual_goal", *project.explanations]))
        return SetField(project.id, Part.EXPLANATION, project.id, key, project.explanations.get(key, ""), text)
    if kind == "start":
        form = draw(st.sampled_from(tuple(FORMS)))
        started_form = Declaration(annual_goal=text) if form is Form.DECLARATION else Evaluation(expected_goal=text)
        current = project.form(form)
        return AddForm(project.id, form, started_form) if current is None else RemoveForm(project.id, form, current)
    form = draw(st.sampled_from(with_lines if kind in ("line", "delete", "move") else started))
    content = project.form(form)
    lines = project.indicators(form)
    assert content is not None
    if kind == "remove form":
        return RemoveForm(project.id, form, content)
    if kind == "cell":
        field = draw(st.sampled_from(text_cells(type(content))))
        part = Form.DECLARATION if form is Form.DECLARATION else Form.EVALUATION
        return SetField(project.id, part, project.id, field, getattr(content, field), text)
    if kind == "insert":
        return InsertIndicator(project.id, form, draw(st.integers(0, len(lines))), content.line(new_id, name=text))
    position = draw(st.integers(0, len(lines) - 1))
    if kind == "delete":
        return DeleteIndicator(project.id, form, position, lines[position])
    if kind == "move":
        return MoveIndicator(project.id, form, position, draw(st.integers(0, len(lines) - 1)))
    field = draw(st.sampled_from(text_cells(content.line)))
    return SetField(project.id, Part.INDICATOR, lines[position].id, field, getattr(lines[position], field), text)


@st.composite
def gestures(draw: st.DrawFn, project: Project, name: str) -> tuple[tuple[ProjectChange, ...], Project]:
    """One to three changes in a row, and the project after them."""
    changes = []
    for number in range(draw(st.integers(1, 3))):
        change = draw(fitting_changes(project, f"{name}-{number}"))
        project = apply(project, change)
        changes.append(change)
    return tuple(changes), project
