"""The rules of domain.md §9: what is wrong or doubtful in a form, where, and how to mend it.

One function a rule, a file or two a chapter: :mod:`declaration` (DEC), :mod:`funding` (FND), :mod:`structure` and
:mod:`names` (IND), :mod:`values` and :mod:`shared_values` (VAL), :mod:`evaluation`, :mod:`evaluation_funding` and
:mod:`evaluation_lines` (EVL).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TypeVar

from model.fields import FORM_CELLS, INDICATOR_CELLS
from model.findings import Finding, in_order
from model.records import Form, Project
from model.rules import (
    declaration,
    evaluation,
    evaluation_funding,
    evaluation_lines,
    funding,
    names,
    shared_values,
    structure,
    values,
)
from model.rules.context import (
    Context,
    DeclarationView,
    EvaluationView,
    FormView,
    ProjectKey,
    look_at_declaration,
    look_at_evaluation,
    matching_name,
)
from model.rules.registry import Rule, RuleInfo

__all__ = ["RULES", "Context", "ProjectKey", "RuleInfo", "check", "json_path", "matching_name"]

View = TypeVar("View", bound=FormView)

_SHARED_RULES: tuple[Rule[FormView], ...] = (
    *declaration.SHARED_RULES,
    *structure.SHARED_RULES,
    *names.SHARED_RULES,
    *shared_values.SHARED_RULES,
)
_DECLARATION_RULES: tuple[Rule[DeclarationView], ...] = (
    *declaration.RULES,
    *funding.RULES,
    *structure.RULES,
    *names.RULES,
    *values.RULES,
)
_EVALUATION_RULES: tuple[Rule[EvaluationView], ...] = (
    *evaluation.RULES,
    *evaluation_funding.RULES,
    *evaluation_lines.RULES,
)

_CHAPTERS = ("DEC", "FND", "IND", "VAL", "EVL")

RULES: tuple[RuleInfo, ...] = tuple(
    sorted(
        (
            *(rule.info for rule in _SHARED_RULES),
            *(rule.info for rule in _DECLARATION_RULES),
            *(rule.info for rule in _EVALUATION_RULES),
        ),
        key=lambda info: (_CHAPTERS.index(info.id[:3]), info.id),
    )
)
"""Every rule that is checked, in the order of domain.md §9."""


def check(project: Project, context: Context, forms: Iterable[Form] = tuple(Form)) -> tuple[Finding, ...]:
    """Everything the rules find in the given forms of a project, explanations filled in.

    Total: whatever was typed, no text raises. Errors come before warnings before hints, explained ones last, and
    within these the findings follow each form from top to bottom.
    """
    findings: list[Finding] = []
    for form in forms:
        found = _check_form(project, context, form)
        positions = {indicator.id: position for position, indicator in enumerate(project.indicators(form))}
        findings.extend(sorted(found, key=lambda finding: positions.get(finding.place.indicator_id, -1)))
    explained = [
        replace(finding, explanation=project.explanations[finding.key])
        if finding.key in project.explanations
        else finding
        for finding in findings
    ]
    return in_order(explained)


def json_path(finding: Finding, project: Project) -> str:
    """Where a finding is in the project's jixiao-forms/1 document: ``funding.other``, ``indicators[3].value_text``.

    A finding on the table as a whole is at ``indicators``.
    """
    place = finding.place
    cells = INDICATOR_CELLS[place.form] if place.indicator_id else FORM_CELLS[place.form]
    path = next((cell.path for cell in cells if cell.name == place.field), place.field)
    if not place.indicator_id:
        return path or "indicators"
    found = project.find_indicator(place.indicator_id)
    return f"indicators[{found[1]}].{path}" if found else path


def _check_form(project: Project, context: Context, form: Form) -> list[Finding]:
    if form is Form.DECLARATION and project.declaration is not None:
        declared = look_at_declaration(project, project.declaration, context)
        return [*_findings(_SHARED_RULES, declared, form), *_findings(_DECLARATION_RULES, declared, form)]
    if form is Form.EVALUATION and project.evaluation is not None:
        evaluated = look_at_evaluation(project, project.evaluation, context)
        return [*_findings(_SHARED_RULES, evaluated, form), *_findings(_EVALUATION_RULES, evaluated, form)]
    return []


def _findings(rules: Iterable[Rule[View]], view: View, form: Form) -> Iterator[Finding]:
    for rule in rules:
        yield from rule.findings(view, form)
