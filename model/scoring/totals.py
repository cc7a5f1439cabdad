"""The whole self-evaluation: lines, execution, subtotals, total and grade (domain.md §6.9)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from model.records import Evaluation, Indicator, Omission
from model.scoring.execution import BEFORE_OMISSIONS, score_execution
from model.scoring.figures import format_points, format_total, plain_number, q2
from model.scoring.line import score_line
from model.scoring.omissions import total_note
from model.scoring.results import EvaluationScore, ExecutionScore, LevelScore, LineScore
from model.settings import GradeScheme, ScoringProfile, Settings, Thresholds
from model.values.units import STANDARD

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
    lines = tuple(
        score_line(indicator, profile, thresholds, units, year, position)
        for position, indicator in enumerate(evaluation.indicators)
    )
    execution = score_execution(evaluation, profile, thresholds)
    open_lines = sum(line.is_open for line in lines) + execution.is_open
    out_of = _out_of(lines, execution)
    is_begun = not open_lines or execution.score is not None or any(line.score is not None for line in lines)
    total = None if open_lines else out_of.total
    return EvaluationScore(
        lines=lines,
        execution=execution,
        levels=_levels(evaluation.indicators, lines),
        total=total,
        total_text=_total_text(total, open_lines),
        open_lines=open_lines,
        total_points=out_of.points,
        grade=None if total is None else grade(out_of.in_percent(total), profile.grades),
        full_points=out_of.full,
        so_far=out_of.total if is_begun else None,
        note=_note(out_of, total, execution, evaluation.execution_choice),
        short_note=total_note(out_of.full if out_of.left_out else None, is_rescaled=out_of.rescaled > 0),
    )


def grade(total: Decimal | Fraction, scheme: GradeScheme) -> str:
    """The grade of a total of 100 points under one scheme: ``优`` … ``差`` or ``不合格``."""
    return next((name for floor, name in _GRADES[scheme] if total >= Fraction(floor)), _GRADES[scheme][-1][1])


@dataclass(frozen=True, slots=True)
class _OutOf:
    """The points of all lines and of those that do not apply, and the sum of the scores of the rest."""

    points: Decimal
    left_out: Decimal
    rescaled: Decimal
    scores: Decimal

    @property
    def full(self) -> Decimal:
        """What the total is out of."""
        return self.points - self.left_out

    @property
    def counted(self) -> Decimal:
        """The points of the lines that were scored."""
        return self.full - self.rescaled

    @property
    def total(self) -> Decimal | None:
        """The total, scaled up where points were to be made good; None where nothing is left to be scored."""
        if self.counted <= 0 and (self.left_out or self.rescaled):
            return None
        total = Fraction(self.scores)
        if self.rescaled:
            total = total * Fraction(self.full) / Fraction(self.counted)
        return min(_HIGHEST_TOTAL, q2(total))

    def in_percent(self, total: Decimal) -> Fraction:
        """The total as a total of 100 would be, unrounded; only points that were left out change it."""
        return Fraction(total) * 100 / Fraction(self.full) if self.left_out else Fraction(total)


def _out_of(lines: tuple[LineScore, ...], execution: ExecutionScore) -> _OutOf:
    by_omission: dict[Omission | None, Decimal] = {omission: Decimal(0) for omission in (None, *Omission)}
    parts = [(line.omission, line.points) for line in lines]
    for omission, points in (*parts, (execution.omission, execution.points)):
        by_omission[omission] += points or Decimal(0)
    scores = sum((line.score for line in lines if line.score is not None), execution.score or Decimal(0))
    left_out, rescaled = by_omission[Omission.LEFT_OUT], by_omission[Omission.RESCALED]
    return _OutOf(sum(by_omission.values(), Decimal(0)), left_out, rescaled, scores)


def _total_text(total: Decimal | None, open_lines: int) -> str:
    if total is not None:
        return format_total(total)
    return f"—（{open_lines}项待填）" if open_lines else "—（全部不适用）"


def _note(out_of: _OutOf, total: Decimal | None, execution: ExecutionScore, choice: str) -> str:
    """What a person has to know of a total that is not the plain sum of 100 points."""
    parts = []
    if out_of.left_out:
        left_out = f"不适用的{format_points(out_of.left_out)}分不计入总分，满分{format_points(out_of.full)}分"
        graded = f"，折合{plain_number(q2(out_of.in_percent(total)))}分评定等次" if total is not None else ""
        parts.append(left_out + graded)
    if out_of.rescaled:
        share = f"{format_points(out_of.full)} ÷ {format_points(out_of.counted)}"
        others = "另有不适用的" if out_of.left_out else "不适用的"
        parts.append(
            f"{others}{format_points(out_of.rescaled)}分由其余得分折算（{format_total(out_of.scores)} × {share}）"
        )
    if choice == BEFORE_OMISSIONS and execution.score is None and not execution.is_open:
        parts.append(
            f"预算执行率{format_points(execution.points or Decimal(0))}分不适用，没有计分，等次仍按满分100分评定"
        )
    return "；".join(parts)


def _levels(indicators: tuple[Indicator, ...], lines: tuple[LineScore, ...]) -> tuple[LevelScore, ...]:
    """Subtotals in the order the levels first appear, each first level followed by its second levels."""
    groups: dict[str, dict[str, list[LineScore]]] = {}
    for indicator, line in zip(indicators, lines, strict=True):
        groups.setdefault(indicator.level1, {}).setdefault(indicator.level2, []).append(line)
    levels: list[LevelScore] = []
    for level1, by_level2 in groups.items():
        members = [line for group in by_level2.values() for line in group]
        levels.append(_level(level1, None, members))
        levels.extend(_level(level1, level2, group) for level2, group in by_level2.items())
    return tuple(levels)


def _level(level1: str, level2: str | None, lines: list[LineScore]) -> LevelScore:
    scores = [line.score for line in lines if line.score is not None]
    is_open = any(line.is_open for line in lines)
    so_far = None if is_open and not scores else sum(scores, Decimal(0))
    return LevelScore(level1, level2, _sum_points(lines), None if is_open else so_far, so_far)


def _sum_points(lines: Iterable[LineScore]) -> Decimal:
    points = (line.points for line in lines if line.omission is None)
    return sum((one for one in points if one is not None), Decimal(0))
