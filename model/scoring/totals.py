"""The whole self-evaluation: lines, execution, subtotals, total and grade (domain.md §6.9)."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from functools import lru_cache

from model.records import Evaluation, Indicator
from model.scoring.execution import score_execution
from model.scoring.figures import format_total, q2
from model.scoring.line import score_line
from model.scoring.results import EvaluationScore, LevelScore, LineScore
from model.settings import GradeScheme, ScoringProfile, Settings, Thresholds
from model.units import STANDARD

_MOF = ((Decimal(90), "优"), (Decimal(80), "良"), (Decimal(60), "中"), (Decimal(0), "差"))
_SHANGHAI = ((Decimal(90), "优"), (Decimal(75), "良"), (Decimal(60), "合格"), (Decimal(0), "不合格"))
_PROVINCIAL = ((Decimal(80), "优"), (Decimal(70), "良"), (Decimal(60), "中"), (Decimal(0), "差"))
_GRADES = {GradeScheme.MOF: _MOF, GradeScheme.SHANGHAI: _SHANGHAI, GradeScheme.PROVINCIAL: _PROVINCIAL}

_HIGHEST_TOTAL = Decimal("100.00")


def score_evaluation(evaluation: Evaluation, settings: Settings, year: int) -> EvaluationScore:
    """Score a self-evaluation with the profile of its budget year and the unit's own measuring units."""
    return _score(evaluation, settings.profile(year), settings.thresholds, settings.own_units, year)


@lru_cache(maxsize=64)  # rules, score panel and edits ask for the same evaluation on every keystroke
def _score(
    evaluation: Evaluation, profile: ScoringProfile, thresholds: Thresholds, own_units: tuple[str, ...], year: int
) -> EvaluationScore:
    units = STANDARD.with_own(own_units)
    lines = tuple(score_line(indicator, profile, thresholds, units, year) for indicator in evaluation.indicators)
    execution = score_execution(evaluation, profile, thresholds)
    open_lines = sum(line.score is None for line in lines) + execution.is_open
    total = None
    if not open_lines:
        scores = [line.score for line in lines if line.score is not None]
        total = min(_HIGHEST_TOTAL, q2(sum(scores, execution.score or Decimal(0))))
    return EvaluationScore(
        lines=lines,
        execution=execution,
        levels=_levels(evaluation.indicators, lines),
        total=total,
        total_text=f"—（{open_lines}项待填）" if total is None else format_total(total),
        open_lines=open_lines,
        total_points=_sum_points(lines) + (execution.points or Decimal(0)),
        grade=None if total is None else grade(total, profile.grades),
    )


def grade(total: Decimal, scheme: GradeScheme) -> str:
    """The grade of a total under one scheme: ``优`` … ``差`` or ``不合格``."""
    return next((name for floor, name in _GRADES[scheme] if total >= floor), _GRADES[scheme][-1][1])


def _levels(indicators: tuple[Indicator, ...], lines: tuple[LineScore, ...]) -> tuple[LevelScore, ...]:
    """Subtotals in the order the levels first appear, each first level followed by its second levels."""
    groups: dict[str, dict[str, list[LineScore]]] = {}
    for indicator, line in zip(indicators, lines, strict=True):
        groups.setdefault(indicator.level1, {}).setdefault(indicator.level2, []).append(line)
    levels: list[LevelScore] = []
    for level1, by_level2 in groups.items():
        members = [line for group in by_level2.values() for line in group]
        levels.append(LevelScore(level1, None, _sum_points(members), _sum_scores(members)))
        levels.extend(
            LevelScore(level1, level2, _sum_points(group), _sum_scores(group)) for level2, group in by_level2.items()
        )
    return tuple(levels)


def _sum_points(lines: Iterable[LineScore]) -> Decimal:
    return sum((line.points for line in lines if line.points is not None), Decimal(0))


def _sum_scores(lines: list[LineScore]) -> Decimal | None:
    scores = [line.score for line in lines if line.score is not None]
    return sum(scores, Decimal(0)) if len(scores) == len(lines) else None
