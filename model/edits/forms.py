"""Whole forms and projects: begun, brought in from a file, copied into another year, removed."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from datetime import date

from model.changes import AddForm, AddProject, Part, ProjectChange, RemoveForm, RemoveProject
from model.edits.gesture import Gesture
from model.findings import keys_about
from model.quantity import Style, printed
from model.records import Declaration, Evaluation, Form, Indicator, Project
from model.settings import Settings
from model.values.characters import printable
from model.values.dates import format_date, parse_date
from model.values.money import MoneyStyle, format_fen, parse_fen
from model.values.taxonomy import is_timely
from model.values.units import STANDARD, UnitTable


def new_project(header: Project, forms: Collection[Form]) -> tuple[AddProject]:
    """A project of its own with these forms begun, from its id, year, name, department and unit."""
    declaration = _declaration_of(header.year) if Form.DECLARATION in forms else None
    evaluation = Evaluation() if Form.EVALUATION in forms else None
    project = replace(
        header,
        project_name=printable(header.project_name),
        department=printable(header.department),
        unit=printable(header.unit),
        declaration=declaration,
        evaluation=evaluation,
    )
    return (AddProject(project),)


def remove_project(project: Project) -> tuple[RemoveProject]:
    """Remove a project with both forms."""
    return (RemoveProject(project),)


def start_declaration(project: Project) -> tuple[ProjectChange, ...]:
    """Start the declaration with the dates of the whole year of the project."""
    if project.declaration is not None:
        return ()
    return bring_form(project, Form.DECLARATION, _declaration_of(project.year), {})


def start_evaluation(project: Project, ids: Iterator[str], settings: Settings) -> tuple[ProjectChange, ...]:
    """Start the self-evaluation from the declaration: its lines with targets in the print style of the evaluation,
    年度总体目标 as 预期目标 and the requested amounts as 年初预算数. Without a declaration it starts empty."""
    if project.evaluation is not None:
        return ()
    declared = project.declaration
    evaluation = Evaluation() if declared is None else _evaluation_of(declared, ids, settings)
    return bring_form(project, Form.EVALUATION, evaluation, {})


def remove_form(project: Project, form: Form) -> tuple[ProjectChange, ...]:
    """Remove one form with its 出错说明; the same form begun again later starts without them."""
    gesture = Gesture(project)
    _remove(gesture, form)
    return gesture.changes


def bring_form(
    project: Project, form: Form, content: Declaration | Evaluation, explanations: Mapping[str, str]
) -> tuple[ProjectChange, ...]:
    """Put a form with its own 出错说明 into a project as it is, in the place of the one that stands there, if any.

    Nothing of the 出错说明 of an earlier form is left: they spoke of other contents.
    """
    gesture = Gesture(project)
    _remove(gesture, form)
    gesture.add(AddForm(project.id, form, content))
    for key, text in explanations.items():
        gesture.set(Part.EXPLANATION, project.id, key, text)
    return gesture.changes


def _remove(gesture: Gesture, form: Form) -> None:
    project = gesture.project
    for key in keys_about(project.explanations, form):
        gesture.set(Part.EXPLANATION, project.id, key, "")
    content = project.form(form)
    if content is not None:
        gesture.add(RemoveForm(project.id, form, content))


def _declaration_of(year: int) -> Declaration:
    return Declaration(start_date=f"{year}-01-01", end_date=f"{year}-12-31")


def _evaluation_of(declared: Declaration, ids: Iterator[str], settings: Settings) -> Evaluation:
    units = STANDARD.with_own(settings.own_units)
    return Evaluation(
        initial_total=_amount(declared.total_requested, MoneyStyle.PLAIN2),
        initial_fiscal_current=_amount(declared.fiscal_current, MoneyStyle.SHORT),
        initial_carried_over=_amount(declared.carried_over, MoneyStyle.SHORT),
        initial_other=_amount(declared.other, MoneyStyle.SHORT),
        expected_goal=declared.annual_goal,
        indicators=tuple(_evaluated(line, next(ids), units) for line in declared.indicators),
    )


def copy_to_year(project: Project, year: int, new_id: str, ids: Iterator[str]) -> AddProject:
    """复制上年: a new project of another year, with dates moved and everything of the past year left behind.

    A project with a declaration brings only that (its self-evaluation will be started from it), without the amounts of
    the year, which are never those of another one. One that has a self-evaluation only brings its lines, targets and
    points; amounts, actual values and scores are dropped.
    """
    declaration, evaluation = project.declaration, None
    if declaration is not None:
        declaration = replace(
            declaration,
            total_requested="",
            fiscal_current="",
            carried_over="",
            other="",
            start_date=_moved(declaration.start_date, year - project.year),
            end_date=_moved(declaration.end_date, year - project.year),
            indicators=tuple(replace(line, id=next(ids)) for line in declaration.indicators),
        )
    elif project.evaluation is not None:
        evaluation = Evaluation(
            execution_points=project.evaluation.execution_points,
            expected_goal=project.evaluation.expected_goal,
            indicators=tuple(_without_results(line, next(ids)) for line in project.evaluation.indicators),
        )
    return AddProject(
        Project(new_id, year, project.project_name, project.department, project.unit, declaration, evaluation)
    )


def _evaluated(line: Indicator, indicator_id: str, units: UnitTable) -> Indicator:
    target = printed(line.target_text, Style.EVALUATION, units, timely=is_timely(line.level2))
    return Indicator(indicator_id, line.level1, line.level2, line.name, target)


def _without_results(line: Indicator, indicator_id: str) -> Indicator:
    return replace(line, id=indicator_id, actual_text="", score="", achievement="", deviation_reason="")


def _amount(text: str, style: MoneyStyle) -> str:
    """An amount in the way the self-evaluation prints it; what is no amount stays as typed."""
    fen = parse_fen(text)
    return text if fen is None else format_fen(fen, style)


def _moved(text: str, years: int) -> str:
    """A date so many years later; the 29th of February becomes the 28th, and what is no date stays as typed."""
    day = parse_date(text)
    if day is None:
        return text
    try:
        return format_date(day.replace(year=day.year + years))
    except ValueError:
        return format_date(date(day.year + years, day.month, day.day - 1)) if day.month == 2 else text
