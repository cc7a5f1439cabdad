"""The rules of domain.md §9: what is wrong or doubtful in a form, where, and how to mend it.

One function a rule, a file or two a chapter: :mod:`declaration` (DEC), :mod:`funding` (FND), :mod:`structure` and
:mod:`names` (IND), :mod:`values` and :mod:`shared_values` (VAL), :mod:`evaluation`, :mod:`evaluation_funding`,
:mod:`evaluation_lines` and :mod:`evaluation_doubts` (EVL); :mod:`leftovers` (DEC, VAL), :mod:`shares` (VAL),
:mod:`goal_figures` (DEC, EVL), :mod:`agreement` (EVL).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TypeVar

from model.fields import FORM_CELLS, INDICATOR_CELLS
from model.findings import Finding, in_order
from model.records import Form, Project
from model.rules import (
    agreement,
    declaration,
    evaluation,
    evaluation_doubts,
    evaluation_funding,
    evaluation_lines,
    funding,
    goal_figures,
    leftovers,
    names,
    shared_values,
    shares,
    structure,
    values,
)
from model.rules.context import (
    Context,
    DeclarationView,
    EvaluationView,
    FormView,
    Line,
    look_at_declaration,
    look_at_evaluation,
)
from model.rules.neighbours import Neighbours, ProjectKey, matching_name
from model.rules.registry import LineRule, Rule, RuleInfo
from model.scoring import EvaluationScore

__all__ = [
    "RULES",
    "Checked",
    "Context",
    "Neighbours",
    "ProjectKey",
    "RuleInfo",
    "check",
    "examine",
    "json_path",
    "matching_name",
]

View = TypeVar("View", bound=FormView)

_SHARED: tuple[Rule[FormView] | LineRule, ...] = (
    *declaration.SHARED_RULES,
    *structure.SHARED_RULES,
    *names.SHARED_RULES,
    *shared_values.SHARED_RULES,
    *leftovers.SHARED_RULES,
)
_DECLARATION: tuple[Rule[DeclarationView] | LineRule, ...] = (
    *_SHARED,
    *declaration.RULES,
    *funding.RULES,
    *structure.RULES,
    *names.RULES,
    *values.RULES,
    *shares.RULES,
    *goal_figures.RULES,
)
_EVALUATION: tuple[Rule[EvaluationView] | LineRule, ...] = (
    *_SHARED,
    *evaluation.RULES,
    *evaluation_funding.RULES,
    *evaluation_lines.RULES,
    *evaluation_doubts.RULES,
    *goal_figures.EVALUATION_RULES,
    *agreement.RULES,
)

_CHAPTERS = ("DEC", "FND", "IND", "VAL", "EVL")

_ORDER = {
    form: {info.id: place for place, info in enumerate(dict.fromkeys(rule.info for rule in rules))}
    for form, rules in ((Form.DECLARATION, _DECLARATION), (Form.EVALUATION, _EVALUATION))
}
_LINE_RULES = {
    form: tuple(rule for rule in rules if isinstance(rule, LineRule))
    for form, rules in ((Form.DECLARATION, _DECLARATION), (Form.EVALUATION, _EVALUATION))
}

RULES: tuple[RuleInfo, ...] = tuple(
    sorted(
        dict.fromkeys(rule.info for rule in (*_DECLARATION, *_EVALUATION)),
        key=lambda info: (_CHAPTERS.index(info.id[:3]), info.id),
    )
)
"""Every rule that is checked, in the order of domain.md §9."""


@dataclass(frozen=True, slots=True)
class Checked:
    """A project with everything that follows from it. ``score`` is there when the self-evaluation has been started."""

    project: Project
    findings: tuple[Finding, ...] = ()
    score: EvaluationScore | None = None


def examine(project: Project, context: Context) -> Checked:
    """Check and score a whole project, each once. Total, like :func:`check`."""
    views = tuple(_views(project, context, tuple(Form)))
    score = next((view.score for view in views if isinstance(view, EvaluationView)), None)
    return Checked(project, _found(project, views), score)


def check(project: Project, context: Context, forms: Iterable[Form] = tuple(Form)) -> tuple[Finding, ...]:
    """Everything the rules find in the given forms of a project, explanations filled in.

    Total: whatever was typed, no text raises. Errors come before warnings before hints, explained ones last, and
    within these the findings follow each form from top to bottom.
    """
    return _found(project, _views(project, context, forms))


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


def _views(project: Project, context: Context, forms: Iterable[Form]) -> Iterator[DeclarationView | EvaluationView]:
    for form in forms:
        match form:
            case Form.DECLARATION if project.declaration is not None:
                yield look_at_declaration(project, project.declaration, context)
            case Form.EVALUATION if project.evaluation is not None:
                yield look_at_evaluation(project, project.evaluation, context)


def _found(project: Project, views: Iterable[DeclarationView | EvaluationView]) -> tuple[Finding, ...]:
    findings = [finding for view in views for finding in _check(view)]
    explained = [
        replace(finding, explanation=project.explanations[finding.key])
        if finding.key in project.explanations
        else finding
        for finding in findings
    ]
    return in_order(explained)


def _check(view: DeclarationView | EvaluationView) -> list[Finding]:
    """What is found in one form, from top to bottom; in one line in the order of the rules."""
    positions = {line.id: line.position for line in view.lines}
    order = _ORDER[view.form]
    found = [finding for line in view.lines for finding in _found_in_line(line)]
    match view:
        case DeclarationView():
            found.extend(_findings(_DECLARATION, view))
        case EvaluationView():
            found.extend(_findings(_EVALUATION, view))
    return sorted(found, key=lambda finding: (positions.get(finding.place.indicator_id, -1), order[finding.rule]))


def _findings(rules: Iterable[Rule[View] | LineRule], view: View) -> Iterator[Finding]:
    for rule in rules:
        if isinstance(rule, Rule):
            yield from rule.findings(view, view.form)


@lru_cache(maxsize=8192)
def _found_in_line(line: Line) -> tuple[Finding, ...]:
    """Kept as long as the line is the same: a keystroke costs the line that changed."""
    return tuple(finding for rule in _LINE_RULES[line.around.form] for finding in rule.findings(line))
