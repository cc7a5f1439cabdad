"""复制上年: projects of one year as the start of another one, seen before they are added (domain.md §8.5)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from model.changes import AddProject, apply_all
from model.edits.replacing import Hit, hits, replace_hits
from model.edits.years_in_texts import moving
from model.forms import FORMS, CellKind
from model.quantity import Comparator, Constraint, Kind, Style, Value, constraint_text, parse, parse_actual
from model.records import Content, Evaluation, Form, Indicator, Project, forms_of
from model.scoring.comparison import Comparison, compare
from model.settings import Settings
from model.values.taxonomy import is_timely
from model.values.units import STANDARD, UnitTable
from model.years import match_lines


class Targets(StrEnum):
    """What a copied line has as its target."""

    KEPT = "kept"
    """The target of its year."""
    REACHED = "reached"
    """What was reached in that year, where that is a quantity; else the target."""
    LEFT_OUT = "left_out"
    """Nothing: only the structure is copied."""


@dataclass(frozen=True, slots=True)
class Moved:
    """A text of a copy in which a year would move on. ``is_sure`` is False for one that has to be looked at first."""

    hit: Hit
    is_sure: bool


def copy_to_year(
    project: Project, year: int, new_id: str, ids: Iterator[str], targets: Targets, settings: Settings
) -> Project:
    """A new project of another year, with dates moved and everything of the past year left behind, amounts too.

    It brings the first of its forms only, from which the others will be started. Its texts are as they were
    (:func:`moved_texts`).
    """
    first = next((content for form in FORMS if (content := project.form(form)) is not None), None)
    copied = None
    if first is not None:
        copied = FORMS[first.form].for_year(first, year - project.year, ids)
        lines = zip(_wanted_targets(project, first, targets, settings), copied.indicators, strict=True)
        copied = replace(copied, indicators=tuple(replace(line, target_text=target) for target, line in lines))
    return Project(new_id, year, project.project_name, project.department, project.unit, forms_of(copied))


def moved_texts(copies: Iterable[Project], year: int) -> tuple[Moved, ...]:
    """The texts of copies in which what was said of ``year`` would be said of theirs, those of sure ones first.

    A cell in which there is something of both kinds comes twice. Dates have moved already.
    """
    found: list[Moved] = []
    for copy in copies:
        for surely in (True, False):
            search = moving(year, copy.year - year, surely=surely)
            found.extend(Moved(hit, surely) for hit in hits([copy], search) if not _is_date(hit))
    return tuple(sorted(found, key=lambda moved: not moved.is_sure))


def add_copies(copies: Sequence[Project], chosen: Iterable[Hit], settings: Settings) -> tuple[AddProject, ...]:
    """Add copies with the years of the chosen texts moved on."""
    by_project: dict[str, list[Hit]] = {}
    for hit in chosen:
        by_project.setdefault(hit.project_id, []).append(hit)
    return tuple(
        AddProject(apply_all(copy, replace_hits(copy, by_project.get(copy.id, ()), settings))) for copy in copies
    )


def _is_date(hit: Hit) -> bool:
    return any(cell.name == hit.field and cell.kind is CellKind.DATE for cell in FORMS[hit.form].cells)


def _wanted_targets(project: Project, content: Content, targets: Targets, settings: Settings) -> Iterator[str]:
    lines = content.indicators
    if targets is Targets.LEFT_OUT:
        yield from ("" for _ in lines)
    elif targets is Targets.KEPT:
        yield from (line.target_text for line in lines)
    else:
        units = STANDARD.with_own(settings.own_units)
        for line, actual in zip(lines, _actuals(project, content), strict=True):
            yield _reached(line, actual, content.form, project.year, units)


def _actuals(project: Project, content: Content) -> Iterator[str]:
    """The 实际完成值 of every line of a form, from the self-evaluation of the project; "" where none is known."""
    if isinstance(content, Evaluation):
        yield from (line.actual_text for line in content.indicators)
        return
    evaluation = project.of(Evaluation) or Evaluation()
    for match in match_lines(content.indicators, evaluation.indicators):
        yield match.same.actual_text if match.same is not None else ""


def _reached(line: Indicator, actual_text: str, form: Form, year: int, units: UnitTable) -> str:
    """The target that says what was reached, in the print of the form; the old one where that cannot be said."""
    timely = is_timely(line.level2)
    target = parse(line.target_text, units, year, timely=timely)
    actual = parse_actual(actual_text, units, year, timely=timely)
    are_quantities = target.kind is Kind.QUANT and actual.kind is Kind.QUANT
    if not are_quantities or target.comparator is None or actual.number is None:
        return line.target_text
    if not isinstance(compare(target, actual, units), Comparison):
        return line.target_text
    return _target_of(actual, actual.number, target, target.comparator, FORMS[form].style)


_WITH_THE_BOUND = {Comparator.LT: Comparator.LE, Comparator.GT: Comparator.GE}


def _target_of(actual: Value, number: Decimal, target: Value, comparator: Comparator, style: Style) -> str:
    """An actual value as a target: what was reached counts itself, so < becomes ≤ and > becomes ≥."""
    sign = _WITH_THE_BOUND.get(comparator, comparator)
    measured = actual if actual.unit is not None or actual.magnitude_text else target
    figure = Constraint(
        sign, number, measured.magnitude, measured.magnitude_text, measured.unit_raw, measured.unit, actual.raw
    )
    return constraint_text(figure, sign, style)
