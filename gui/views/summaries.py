"""What the line of a section says of it: names and dates, amounts, the length of goals, how far the indicators are."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from gui.views.cell_field import NO_TOTAL, pretty, why_no_total
from gui.views.form_section import FormSection
from model.findings import Finding, Severity
from model.forms import FORMS, Cell, CellKind
from model.records import Form, Project
from model.scoring import NOT_APPLICABLE, EvaluationScore, format_points, format_total
from model.values.money import parse_fen

_IN_HEADER = {"project_name", "year"}
"""What the line above the sheet says already."""


def summary_of(section: FormSection, project: Project, score: EvaluationScore | None) -> tuple[str, ...]:
    """The facts of a section, each short enough to be shown whole or not at all."""
    kinds = {field.cell.kind for field in section.fields.values()}
    if CellKind.LONG_TEXT in kinds:
        shown = (field.cell for field in section.fields.values() if not field.isHidden())
        return tuple(_length(cell, project, section.form) for cell in shown)
    if CellKind.MONEY in kinds:
        return _amounts(project, section.form, score)
    cells = [field.cell for field in section.fields.values() if field.cell.name not in _IN_HEADER]
    return tuple(f"{cell.label} {text}" for cell in cells if (text := _text(cell, project, section.form)))


def indicators_summary(project: Project, form: Form, score: EvaluationScore | None) -> tuple[str, ...]:
    """How many indicators there are, and of a self-evaluation how many have a score and what their points come to."""
    lines = project.indicators(form)
    count = f"{len(lines)} 条"
    if score is None or not lines or score.line(lines[0].id) is None:
        return (count,)
    scored = sum(line.score is not None for line in score.lines)
    left_out = sum(line.omission is not None for line in score.lines)
    omitted = (f"{NOT_APPLICABLE} {left_out} 条",) if left_out else ()
    return (count, f"已得分 {scored} 条", *omitted, f"分值合计 {format_points(score.total_points)}")


def errors_in(section: FormSection, findings: Iterable[Finding]) -> list[Finding]:
    """The errors in the fields of a section."""
    return [one for one in _within(section, findings) if one.severity is Severity.ERROR]


def warnings_in(section: FormSection, findings: Iterable[Finding]) -> list[Finding]:
    """The warnings in the fields of a section that are not explained."""
    return [one for one in _within(section, findings) if one.severity is Severity.WARNING and not one.is_closed]


def _within(section: FormSection, findings: Iterable[Finding]) -> list[Finding]:
    return [
        finding
        for finding in findings
        if finding.place.form is section.form and not finding.place.indicator_id and section.holds(finding.place.field)
    ]


def below_sections(findings: Iterable[Finding], form: Form, is_in_section: Callable[[str], bool]) -> list[Finding]:
    """What is found in the table of a form: in its lines, levels that have none, what no section has a field for."""
    of_form = (one for one in findings if one.place.form is form)
    return [one for one in of_form if one.place.indicator_id or one.place.level or not is_in_section(one.place.field)]


def other_amounts(project: Project, form: Form) -> tuple[str, ...]:
    """The amounts of a form beside its key figures that are not nought, each after its name."""
    known = {name for name, _label in FORMS[form].figures}
    cells = (cell for cell in FORMS[form].cells if cell.kind is CellKind.MONEY and cell.name not in known)
    texts = ((cell.label, _text(cell, project, form)) for cell in cells)
    return tuple(f"{label} {text}" for label, text in texts if text and parse_fen(text) != 0)


def _amounts(project: Project, form: Form, score: EvaluationScore | None) -> tuple[str, ...]:
    cells = {cell.name: cell for cell in FORMS[form].cells}
    money = [(cells[name], label) for name, label in FORMS[form].figures if cells[name].kind is CellKind.MONEY]
    content = project.form(form)
    texts = (
        (label, NO_TOTAL if why_no_total(content, form, cell.name) else _text(cell, project, form))
        for cell, label in money
    )
    parts = [f"{label} {text}" for label, text in texts if text]
    if score is not None and "execution_rate" in {name for name, _label in FORMS[form].figures}:
        execution = score.execution
        parts.append(f"执行率 {execution.rate_text}")
        if execution.score is not None and execution.points is not None:
            parts.append(f"得分 {format_total(execution.score)} / {format_points(execution.points)}")
    return (*parts, *other_amounts(project, form))


def _length(cell: Cell, project: Project, form: Form) -> str:
    text = _text(cell, project, form)
    return f"{cell.label} {len(text)} 字" if text else f"{cell.label} 未填"


def _text(cell: Cell, project: Project, form: Form) -> str:
    record = project.form(form)
    text = str(getattr(record, cell.name, getattr(project, cell.name, ""))).strip()
    return pretty(cell.kind, text)
