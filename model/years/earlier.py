"""What a project was in an earlier year, and how much one value departs from another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import cached_property

from model.quantity import Kind, Value
from model.records import Declaration, Evaluation, Indicator, Project
from model.scoring.comparison import Comparison, compare
from model.values.money import parse_fen
from model.values.units import UnitTable
from model.years.lines import same_lines


@dataclass(frozen=True)
class Earlier:
    """The project of an earlier year that a project continues; several where they were joined to one."""

    year: int
    projects: Sequence[Project]

    @cached_property
    def lines(self) -> tuple[Indicator, ...]:
        """Its lines with targets and actual values: those of the self-evaluation, then others of the declaration."""
        return tuple(line for project in self.projects for line in _lines_of(project))

    @cached_property
    def requested(self) -> int | None:
        """年度资金申请总额 in 分, or 年初预算数 where there is no declaration; None when one cannot be read."""
        amounts = [_requested(project) for project in self.projects]
        known = [amount for amount in amounts if amount is not None]
        return sum(known) if known and len(known) == len(amounts) else None

    @property
    def name(self) -> str:
        """What it was called; several names with 、 between."""
        return "、".join(project.project_name.strip() or "未命名项目" for project in self.projects)


def change_percent(before: Value, now: Value, units: UnitTable) -> Decimal | None:
    """By how many per cent a quantity is larger (or, negative, smaller) than it was, to one decimal.

    None where that means nothing: words, other dimensions, scales, and what was 0.
    """
    compared = compared_quantities(before, now, units)
    if compared is None or compared.is_ordinal or not compared.target:
        return None
    change = (compared.actual - compared.target) / abs(compared.target) * 100
    return _rounded(change)


def compared_quantities(one: Value, other: Value, units: UnitTable) -> Comparison | None:
    """Two quantities in the unit of the first, as ``target`` and ``actual``; None where they do not compare."""
    if one.kind is not Kind.QUANT or other.kind is not Kind.QUANT:
        return None
    found = compare(one, other, units)
    return found if isinstance(found, Comparison) else None


def _rounded(number: Fraction) -> Decimal:
    return (Decimal(number.numerator) / Decimal(number.denominator)).quantize(Decimal("0.1"), ROUND_HALF_UP)


def _lines_of(project: Project) -> tuple[Indicator, ...]:
    declaration, evaluation = project.of(Declaration), project.of(Evaluation)
    declared = declaration.indicators if declaration is not None else ()
    if evaluation is None:
        return declared
    known = {line.id for line in same_lines(evaluation.indicators, declared).values()}
    return (*evaluation.indicators, *(line for line in declared if line.id not in known))


def _requested(project: Project) -> int | None:
    declaration, evaluation = project.of(Declaration), project.of(Evaluation)
    if declaration is not None and declaration.total_requested.strip():
        return parse_fen(declaration.total_requested)
    return parse_fen(evaluation.initial_total) if evaluation is not None else None
