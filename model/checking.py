"""What the rules say of a project, and its score: every form of it looked at once, by the rules of its kind."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import Any

from model.catalogue import CATALOGUE
from model.findings import Finding, in_order
from model.forms import FORMS
from model.records import Evaluation, Form, Project
from model.rules.context import Context, EvaluationView, FormView, Line
from model.rules.registry import LineRule, Rule, RuleInfo, StoreRule
from model.scoring import EvaluationScore

_CHAPTERS = ("DEC", "FND", "IND", "VAL", "EVL")


def rules_in_order() -> tuple[RuleInfo, ...]:
    """Every rule that is checked, in the order of domain.md §9, those of other chapters behind."""
    infos = dict.fromkeys(rule.info for can in CATALOGUE.values() for rule in can.rules)
    chapters = {chapter: place for place, chapter in enumerate(_CHAPTERS)}
    return tuple(sorted(infos, key=lambda info: (chapters.get(info.id[:3], len(chapters)), info.id)))


@dataclass(frozen=True, slots=True)
class Checked:
    """A project with everything that follows from it. ``score`` is there when the self-evaluation has been started."""

    project: Project
    findings: tuple[Finding, ...] = ()
    score: EvaluationScore | None = None

    @property
    def total_score(self) -> str:
        """The 总分 as it prints: the one that was given, else the computed one; "" while a line is open."""
        evaluation, score = self.project.of(Evaluation), self.score
        if evaluation is None or score is None:
            return ""
        return evaluation.total_score or (score.total_text if score.total is not None else "")


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


def _views(project: Project, context: Context, forms: Iterable[Form]) -> Iterator[FormView]:
    for form in forms:
        view = CATALOGUE[form].look(project, context)
        if view is not None:
            yield view


def _found(project: Project, context: Context, views: Iterable[FormView]) -> tuple[Finding, ...]:
    findings = [finding for view in views for finding in _check(view, context)]
    explained = [
        replace(finding, explanation=project.explanations[finding.key])
        if finding.key in project.explanations
        else finding
        for finding in findings
    ]
    return in_order(explained)


@dataclass(frozen=True, slots=True)
class _Sorted:
    """The rules of a form by what they look at, and the place of each in their order."""

    alone: tuple[Rule[Any], ...]
    store: tuple[StoreRule, ...]
    lines: tuple[LineRule, ...]
    order: dict[str, int]


@cache
def _rules_of(form: Form) -> _Sorted:
    rules = CATALOGUE[form].rules
    return _Sorted(
        tuple(rule for rule in rules if isinstance(rule, Rule)),
        tuple(rule for rule in rules if isinstance(rule, StoreRule)),
        tuple(rule for rule in rules if isinstance(rule, LineRule)),
        {info.id: place for place, info in enumerate(dict.fromkeys(rule.info for rule in rules))},
    )


def _check(view: FormView, context: Context) -> list[Finding]:
    """What is found in one form, from top to bottom; in one line in the order of the rules."""
    rules = _rules_of(view.form)
    found = [*_found_alone(view), *(one for rule in rules.store for one in rule.findings(view, context))]
    positions = {line.id: line.position for line in view.lines}
    return sorted(found, key=lambda one: (positions.get(one.place.indicator_id, -1), rules.order[one.rule]))


@lru_cache(maxsize=8)
def _found_alone(view: FormView) -> tuple[Finding, ...]:
    """What is found without a look at the other projects of the store.

    Kept as long as the view is the same: a keystroke in the self-evaluation does not check the declaration anew.
    """
    in_lines = [finding for line in view.lines for finding in _found_in_line(line)]
    return (*in_lines, *(one for rule in _rules_of(view.form).alone for one in rule.findings(view, view.form)))


@lru_cache(maxsize=8192)
def _found_in_line(line: Line) -> tuple[Finding, ...]:
    """Kept as long as the line is the same: a keystroke costs the line that changed."""
    return tuple(finding for rule in _rules_of(line.around.form).lines for finding in rule.findings(line))
