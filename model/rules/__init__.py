"""The rules of domain.md §9: what is wrong or doubtful in a form, where, and how to mend it.

One function a rule, a file or two a chapter: :mod:`declaration` (DEC), :mod:`funding` (FND), :mod:`structure` and
:mod:`names` (IND), :mod:`values` and :mod:`shared_values` (VAL), :mod:`evaluation`, :mod:`evaluation_funding`,
:mod:`evaluation_lines`, :mod:`evaluation_doubts` and :mod:`omissions` (EVL); :mod:`leftovers` (DEC, VAL),
:mod:`shares` (VAL), :mod:`goal_figures` (DEC, EVL), :mod:`agreement` (EVL), :mod:`repeats` (DEC, IND).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TypeVar

from model.findings import Finding, in_order
from model.forms import FORMS
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
    omissions,
    repeats,
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
from model.rules.groups import full_evaluations, grouped, is_once_a_year
from model.rules.neighbours import Neighbours, ProjectKey
from model.rules.registry import LineRule, Rule, RuleInfo, StoreRule
from model.rules.structure import levels_asked_for
from model.scoring import EvaluationScore
from model.values.matching import matching_name

__all__ = [
    "RULES",
    "Checked",
    "Context",
    "Neighbours",
    "ProjectKey",
    "RuleInfo",
    "check",
    "examine",
    "full_evaluations",
    "grouped",
    "is_once_a_year",
    "json_path",
    "levels_asked_for",
    "matching_name",
]

View = TypeVar("View", bound=FormView)

_SHARED: tuple[Rule[FormView] | StoreRule | LineRule, ...] = (
    *declaration.SHARED_RULES,
    *structure.SHARED_RULES,
    *names.SHARED_RULES,
    *shared_values.SHARED_RULES,
    *leftovers.SHARED_RULES,
    *repeats.SHARED_RULES,
)
_DECLARATION: tuple[Rule[DeclarationView] | StoreRule | LineRule, ...] = (
    *_SHARED,
    *declaration.RULES,
    *funding.RULES,
    *structure.RULES,
    *names.RULES,
    *values.RULES,
    *shares.RULES,
    *goal_figures.RULES,
)
_EVALUATION: tuple[Rule[EvaluationView] | StoreRule | LineRule, ...] = (
    *_SHARED,
    *evaluation.RULES,
    *evaluation_funding.RULES,
    *evaluation_lines.RULES,
    *evaluation_doubts.RULES,
    *omissions.RULES,
    *goal_figures.EVALUATION_RULES,
    *agreement.RULES,
)

_CHAPTERS = ("DEC", "FND", "IND", "VAL", "EVL")

_ORDER = {
    form: {info.id: place for place, info in enumerate(dict.fromkeys(rule.info for rule in rules))}
    for form, rules in ((Form.DECLARATION, _DECLARATION), (Form.EVALUATION, _EVALUATION))
}
_STORE_RULES = tuple(rule for rule in _SHARED if isinstance(rule, StoreRule))
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
    views = tuple(_views(project, context, FORMS))
    score = next((view.score for view in views if isinstance(view, EvaluationView)), None)
    return Checked(project, _found(project, context, views), score)


def check(project: Project, context: Context, forms: Iterable[Form] | None = None) -> tuple[Finding, ...]:
    """Everything the rules find in the given forms of a project (None: in all), explanations filled in.

    Total: whatever was typed, no text raises. Errors come before warnings before hints, explained ones last, and
    within these the findings follow each form from top to bottom.
    """
    return _found(project, context, _views(project, context, FORMS if forms is None else forms))


def json_path(finding: Finding, project: Project) -> str:
    """Where a finding is in the project's jixiao-forms/1 document: ``funding.other``, ``indicators[3].value_text``.

    A finding on the table as a whole is at ``indicators``.
    """
    place = finding.place
    cells = FORMS[place.form].columns if place.indicator_id else FORMS[place.form].cells
    path = next((cell.path for cell in cells if cell.name == place.field), place.field)
    if not place.indicator_id:
        return path or "indicators"
    found = project.find_indicator(place.indicator_id)
    return f"indicators[{found[1]}].{path}" if found else path


def _views(project: Project, context: Context, forms: Iterable[Form]) -> Iterator[DeclarationView | EvaluationView]:
    for form in forms:
        match form:
            case Form.DECLARATION:
                view: DeclarationView | EvaluationView | None = look_at_declaration(project, context)
            case Form.EVALUATION:
                view = look_at_evaluation(project, context)
        if view is not None:
            yield view


def _found(
    project: Project, context: Context, views: Iterable[DeclarationView | EvaluationView]
) -> tuple[Finding, ...]:
    findings = [finding for view in views for finding in _check(view, context)]
    explained = [
        replace(finding, explanation=project.explanations[finding.key])
        if finding.key in project.explanations
        else finding
        for finding in findings
    ]
    return in_order(explained)


def _check(view: DeclarationView | EvaluationView, context: Context) -> list[Finding]:
    """What is found in one form, from top to bottom; in one line in the order of the rules."""
    match view:
        case DeclarationView():
            found = [*_found_in_declaration(view)]
        case EvaluationView():
            found = [*_found_alone(view, _EVALUATION)]
    found.extend(finding for rule in _STORE_RULES for finding in rule.findings(view, context))
    positions = {line.id: line.position for line in view.lines}
    order = _ORDER[view.form]
    return sorted(found, key=lambda finding: (positions.get(finding.place.indicator_id, -1), order[finding.rule]))


@lru_cache(maxsize=4)
def _found_in_declaration(view: DeclarationView) -> tuple[Finding, ...]:
    """Kept as long as the declaration is the same: a keystroke in the self-evaluation does not check it anew."""
    return tuple(_found_alone(view, _DECLARATION))


def _found_alone(view: View, rules: Iterable[Rule[View] | StoreRule | LineRule]) -> Iterator[Finding]:
    """What is found without a look at the other projects of the store."""
    for line in view.lines:
        yield from _found_in_line(line)
    for rule in rules:
        if isinstance(rule, Rule):
            yield from rule.findings(view, view.form)


@lru_cache(maxsize=8192)
def _found_in_line(line: Line) -> tuple[Finding, ...]:
    """Kept as long as the line is the same: a keystroke costs the line that changed."""
    return tuple(finding for rule in _LINE_RULES[line.around.form] for finding in rule.findings(line))
