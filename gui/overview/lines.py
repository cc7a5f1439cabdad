"""What the page of a year or a unit's year says, as plain data counted from the lines of the project list."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal, InvalidOperation
from typing import TYPE_CHECKING

from gui.document.project_list import NO_NAME, Group
from gui.navigator.marks import Awaited, Mark, Progress, mark_of, progress_of
from model.settings import RateRounding

if TYPE_CHECKING:  # it brings sqlalchemy, which the first paint does not wait for
    from storage.store.summaries import ProjectSummary

MARK_NAMES: dict[Mark, str] = {
    Mark.NOT_STARTED: "未填指标",
    Mark.UNDER_WAY: "未填完",
    Mark.ERROR: "有错误",
    Mark.WARNING: "有警告",
    Mark.READY: "可以提交",
}
"""Each mark in a word or two, in the order in which a page counts and sorts them: what is farthest from done first."""

_CENT = Decimal("0.01")
_ROUNDINGS = {RateRounding.CEILING: ROUND_CEILING, RateRounding.HALF_UP: ROUND_HALF_UP}


@dataclass(frozen=True, slots=True)
class Totals:
    """What some projects come to.

    ``fen`` is the sum of 年度资金申请总额 in 分 of those that have one, ``with_amount`` how many those are, and
    ``budget_fen`` and ``with_budget`` the same of 全年预算数. ``rate`` is 预算执行率 in percent to two decimals, of
    those that have both figures together, rounded as the forms of the year print it (docs/domain.md §3.4); None where
    there is no budget; ``with_rate`` is how many have both. ``mean`` is the mean of the 总分 of those that are scored,
    to two decimals, None while none is; ``scored`` is how many are. ``grades`` counts those of each 等次. ``errors``
    are those that are told as such, ``awaited`` those that only say what is not filled in yet (docs/ux.md §5.1).
    """

    count: int
    marks: Mapping[Mark, int]
    fen: int
    with_amount: int
    budget_fen: int
    with_budget: int
    rate: Decimal | None
    with_rate: int
    mean: Decimal | None
    scored: int
    grades: Mapping[str, int]
    errors: int
    awaited: int
    warnings: int


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a page: a project, or all that a unit has of the year.

    ``opens`` is what Enter puts on screen: a project by its id, or a group. ``projects`` are the ids it stands for.
    ``mark`` is how far the project is, of several how far the last one is; ``progress`` how much of one that is under
    way is filled in.
    """

    opens: str | Group
    name: str
    mark: Mark
    projects: tuple[str, ...]
    totals: Totals
    progress: Progress | None = None

    @property
    def fen(self) -> int | None:
        """年度资金申请总额 in 分, None where there is none."""
        return self.totals.fen if self.totals.with_amount else None

    @property
    def budget_fen(self) -> int | None:
        """全年预算数 in 分, None where there is none."""
        return self.totals.budget_fen if self.totals.with_budget else None

    @property
    def grade(self) -> str:
        """The 等次 of a project, "" where there is none."""
        return next(iter(self.totals.grades), "")


def totals_of(
    summaries: Iterable[ProjectSummary],
    rounding: RateRounding = RateRounding.CEILING,
    awaited: Awaited = lambda _id: 0,
) -> Totals:
    """Count and add up; ``rounding`` is that of 执行率."""
    listed = list(summaries)
    amounts = [one.requested_fen for one in listed if one.requested_fen is not None]
    budgets = [one.budget_fen for one in listed if one.budget_fen is not None]
    scores = [score for one in listed if (score := score_of(one)) is not None]
    quiet = sum(min(one.errors, awaited(one.id)) for one in listed)
    mean = (sum(scores, Decimal(0)) / len(scores)).quantize(_CENT, ROUND_HALF_UP) if scores else None
    return Totals(
        count=len(listed),
        marks=Counter(mark_of(one, awaited(one.id)) for one in listed),
        fen=sum(amounts),
        with_amount=len(amounts),
        budget_fen=sum(budgets),
        with_budget=len(budgets),
        rate=_rate(listed, rounding),
        with_rate=sum(one.budget_fen is not None and one.spent_fen is not None for one in listed),
        mean=mean,
        scored=len(scores),
        grades=Counter(one.grade for one in listed if one.grade),
        errors=sum(one.errors for one in listed) - quiet,
        awaited=quiet,
        warnings=sum(one.warnings for one in listed),
    )


def _rate(summaries: Iterable[ProjectSummary], rounding: RateRounding) -> Decimal | None:
    both = [
        (one.budget_fen, one.spent_fen) for one in summaries if one.budget_fen is not None and one.spent_fen is not None
    ]
    budget = sum(budget for budget, _ in both)
    if budget <= 0:
        return None
    return (100 * Decimal(sum(spent for _, spent in both)) / budget).quantize(_CENT, _ROUNDINGS[rounding])


def score_of(summary: ProjectSummary) -> Decimal | None:
    """The 总分 as a number; None where there is none, or where what was printed is no number."""
    try:
        score = Decimal(summary.total_score)
    except InvalidOperation:
        return None
    return score if score.is_finite() else None


def lines_of(
    group: Group,
    summaries: Sequence[ProjectSummary],
    rounding: RateRounding = RateRounding.CEILING,
    awaited: Awaited = lambda _id: 0,
) -> tuple[Line, ...]:
    """A line for each project of a unit's year, or for each unit of a year, in the order of the list."""
    if group.unit is not None:
        listed = ((one, one.project_name.strip() or NO_NAME) for one in summaries)
        return tuple(
            replace(_line(one.id, name, (one,), rounding, awaited), progress=progress_of(one, awaited(one.id)))
            for one, name in listed
        )
    units: dict[Group, list[ProjectSummary]] = {}
    for one in summaries:
        units.setdefault(Group.of(one), []).append(one)
    return tuple(_line(unit, unit.name, projects, rounding, awaited) for unit, projects in units.items())


def _line(
    opens: str | Group, name: str, summaries: Sequence[ProjectSummary], rounding: RateRounding, awaited: Awaited
) -> Line:
    totals = totals_of(summaries, rounding, awaited)
    worst = next(mark for mark in MARK_NAMES if totals.marks.get(mark))
    return Line(opens, name, worst, tuple(one.id for one in summaries), totals)
