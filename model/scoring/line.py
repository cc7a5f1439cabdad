"""The score of one indicator line with its explanation: missing values, formula, manual score (domain.md §6)."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from model.labels import name_of_line
from model.quantity import Kind, Value, figures_in, parse, parse_actual
from model.records import EvaluatedIndicator, Omission
from model.scoring.bounds import score_range, score_ratio
from model.scoring.comparison import Comparison, Incomparable, compare
from model.scoring.figures import format_points, format_total, parse_points, q2, valid_points, within
from model.scoring.levels import level_named, score_level
from model.scoring.notices import notice
from model.scoring.omissions import OMISSION_RULE, ask_what_becomes_of, omission_of, says_not_applicable, score_omitted
from model.scoring.outcome import Case, Outcome
from model.scoring.qualitative import (
    ACHIEVEMENT_LABELS,
    asked_to_judge,
    band_range,
    score_deadline,
    score_rank,
    score_words,
)
from model.scoring.quantitative import QuantitativeLine, score_quantity
from model.scoring.reduction import suggested_reduction
from model.scoring.results import LineScore, Notice, Status
from model.settings import ScoringProfile, Thresholds
from model.values.taxonomy import is_timely
from model.values.units import UnitTable

_QUANTITATIVE_TEXT = "定量指标：实际完成值换算成指标值的单位后比较"


def score_line(
    indicator: EvaluatedIndicator,
    profile: ScoringProfile,
    thresholds: Thresholds,
    units: UnitTable,
    year: int | None = None,
    position: int = 0,
) -> LineScore:
    """Score one line. Total: whatever was typed gives a result, and what cannot be scored says why.

    ``year`` is the form's, for dates written without one; ``position`` that of the line, which is named by it while it
    has no name.
    """
    return _score(indicator, profile, thresholds, units, year, name_of_line(indicator.name, position))


@lru_cache(maxsize=4096)
def _score(
    indicator: EvaluatedIndicator,
    profile: ScoringProfile,
    thresholds: Thresholds,
    units: UnitTable,
    year: int | None,
    name: str,
) -> LineScore:
    """Pure, so that a keystroke costs the line that changed and not all of them."""
    case = Case(indicator, profile, thresholds, year, name)
    points = parse_points(indicator.points)
    omission = omission_of(indicator.achievement)
    if omission is not None:
        return _omitted(case, omission, points)
    outcome = _outcome(case, units)
    unrounded = None
    if valid_points(points) and outcome.share is not None:
        unrounded = Fraction(points) * outcome.share
    computed = q2(unrounded) if unrounded is not None else None
    manual = _manual_score(indicator.score, points)
    score = manual if manual is not None else computed
    notices = (*outcome.notices, *_score_notices(case, outcome, points, computed, score))
    over = outcome.over_achievement
    return LineScore(
        indicator_id=indicator.id,
        status=outcome.status,
        points=points,
        computed=computed,
        score=score,
        is_manual=manual is not None,
        explanation=_explanation(outcome, points, computed, manual),
        rule_text=outcome.rule_text,
        over_achievement=None if over is None else Decimal(over.numerator) / Decimal(over.denominator),
        reduction=_reduction(case, outcome, points),
        suggested_achievement=outcome.suggested,
        notices=notices,
        question=outcome.question if score is None else "",
        facts=outcome.facts,
        formula=_calculation(outcome, points) if points is not None and unrounded is not None else "",
        unrounded=unrounded,
    )


def _omitted(case: Case, omission: Omission, points: Decimal | None) -> LineScore:
    outcome = score_omitted(case, omission, points)
    return LineScore(
        indicator_id=case.indicator.id,
        status=outcome.status,
        points=points,
        computed=None,
        score=None,
        is_manual=False,
        explanation=outcome.facts,
        rule_text=outcome.rule_text,
        notices=outcome.notices,
        omission=omission,
    )


def _outcome(case: Case, units: UnitTable) -> Outcome:
    if says_not_applicable(case.indicator.actual_text) or says_not_applicable(case.indicator.score):
        return _not_applicable(case, units)
    return _compared(case, units)


def _not_applicable(case: Case, units: UnitTable) -> Outcome:
    """不适用 as actual value or score: asked about, unless a level was chosen or the target says the same."""
    if not says_not_applicable(case.indicator.score):
        if case.level is not None:
            return _compared(case, units)
        if says_not_applicable(case.indicator.target_text):
            outcome = _compared(case, units)
            return replace(outcome, notices=(*outcome.notices, notice(f"{OMISSION_RULE} full", name=case.name)))
    return ask_what_becomes_of(case)


def _compared(case: Case, units: UnitTable) -> Outcome:
    timely = is_timely(case.indicator.level2)
    target = parse(case.indicator.target_text, units, case.year, timely=timely)
    actual = parse_actual(case.indicator.actual_text, units, case.year, timely=timely)
    if target.kind is Kind.MISSING or actual.kind is Kind.MISSING:
        return _missing(case, target, actual)
    if target.malformed:
        facts = f"无法识别指标值“{' '.join(target.raw.split())}”，请按“比较符+数值+单位”填写"
        return Outcome(Status.ERROR, None, facts, _QUANTITATIVE_TEXT)
    level = level_named(case.indicator.actual_text)
    if level is not None:
        return score_level(case, level, _is_number(target))
    match target.kind:
        case Kind.QUANT:
            return _quantitative(case, target, actual, units)
        case Kind.RANGE:
            return score_range(case, target, actual, units)
        case Kind.RATIO:
            return score_ratio(case, target, actual)
        case Kind.RANK:
            return score_rank(case, target, actual)
        case Kind.DEADLINE:
            return score_deadline(case, target, actual)
        case _:
            return score_words(case)


def _missing(case: Case, target: Value, actual: Value) -> Outcome:
    notices: tuple[Notice, ...] = ()
    if actual.kind is Kind.MISSING:
        notices = (notice("EVL-024", name=case.name),)
    if target.kind is Kind.MISSING:
        notices = (notice("EVL-023", name=case.name), *notices)
        return Outcome(Status.ERROR, None, "没有年度指标值，无法计分", "请先填写年度指标值", notices=notices)
    return Outcome(Status.PENDING, None, "待填实际完成值", "填写实际完成值后计分", notices=notices)


def _is_number(value: Value) -> bool:
    return value.kind in (Kind.QUANT, Kind.RANGE, Kind.RATIO)


def _quantitative(case: Case, target: Value, actual: Value, units: UnitTable) -> Outcome:
    if actual.is_nothing:
        return _nothing(case, target, actual, units)
    if actual.kind is not Kind.QUANT:
        return _no_number(case, actual, units)
    comparison = compare(target, actual, units)
    if isinstance(comparison, Incomparable):
        return _asked(case, comparison)
    return score_quantity(QuantitativeLine(case, target.comparator, comparison))


def _nothing(case: Case, target: Value, actual: Value, units: UnitTable) -> Outcome:
    """无 is 0 where little or nothing is wanted; where something is wanted it may as well be left undone."""
    shown = actual.text
    is_wanted = not (target.comparator is not None and target.comparator.is_negative) and target.number != 0
    if is_wanted:
        question = "请填写数值：完成了0就写0；没有开展或没有统计的，请在偏差原因中说明"
        facts = f"“{shown}”可能是0，也可能是没有开展，无法计分；{question}"
        asked = notice("EVL-025 none", name=case.name, v=shown)
        return Outcome(Status.ERROR, None, facts, _QUANTITATIVE_TEXT, notices=(asked,), question=question)
    zero = replace(actual, kind=Kind.QUANT, number=Decimal(0), base=Decimal(0), unit=target.unit)
    comparison = compare(target, zero, units)
    assert isinstance(comparison, Comparison), "0 in the unit of the target compares with it"
    read = notice("EVL-027 nothing", v=shown)
    comparison = replace(comparison, actual_text=f"{shown} = {comparison.actual_text}", notices=(read,))
    return score_quantity(QuantitativeLine(case, target.comparator, comparison))


def _no_number(case: Case, actual: Value, units: UnitTable) -> Outcome:
    figures = figures_in(actual, units)
    if len(figures) == 1 and figures[0].is_rough:
        shown = " ".join(actual.raw.split())
        notices = (notice("EVL-025 rough", name=case.name, v=shown),)
        facts, question = f"“{shown}”是约数，无法计分；请填写准确的数值", "请填写准确的数值"
        return Outcome(Status.ERROR, None, facts, _QUANTITATIVE_TEXT, notices=notices, question=question)
    facts = "定量指标的实际完成值应为数值，无法计分"
    return Outcome(Status.ERROR, None, facts, _QUANTITATIVE_TEXT, notices=(notice("EVL-025", name=case.name),))


def _asked(case: Case, why: Incomparable) -> Outcome:
    """What cannot be compared: an error, or a question that a level of achievement may answer, too."""
    if why.may_be_judged:
        return asked_to_judge(case, why.reason, _QUANTITATIVE_TEXT, why.question, notices=why.notices)
    facts = f"{why.reason}，无法计分"
    if why.question and why.question != why.reason:
        facts += f"；{why.question}"
    return Outcome(Status.ERROR, None, facts, _QUANTITATIVE_TEXT, notices=why.notices, question=why.question)


def _manual_score(text: str, points: Decimal | None) -> Decimal | None:
    """The score a person typed, if it counts: between 0 and the points of the line (§6.6)."""
    typed = parse_points(text)
    if typed is None or typed < 0 or (points is not None and typed > points):
        return None
    return q2(typed) if points is None else within(typed, points)


def _score_notices(
    case: Case, outcome: Outcome, points: Decimal | None, computed: Decimal | None, score: Decimal | None
) -> tuple[Notice, ...]:
    if points is None:
        return ()
    notices: list[Notice] = []
    if outcome.status is Status.UNMET and computed == points and outcome.band is None:
        notices.append(notice("EVL-031", name=case.name))
    if case.indicator.score.strip() and not says_not_applicable(case.indicator.score):
        notices.extend(_manual_notices(case, outcome, points, computed))
    if score is not None and score < points and not case.has_reason:
        notices.append(notice("EVL-036", name=case.name))
    return tuple(notices)


def _manual_notices(case: Case, outcome: Outcome, points: Decimal, computed: Decimal | None) -> list[Notice]:
    manual = _manual_score(case.indicator.score, points)
    if manual is None:
        return [notice("EVL-040", w=format_points(points))]
    if outcome.band is not None:
        band = band_range(points, outcome.band, case.profile)
        if band.holds(manual):
            return []
        level = ACHIEVEMENT_LABELS[outcome.band]
        shown = {"s": format_points(manual), "lo": format_points(band.low), "hi": format_points(band.high)}
        return [notice("EVL-039", level=level, **shown)]
    if computed is not None and manual != computed and not case.has_reason:
        return [notice("EVL-041", s=format_points(manual), c=format_points(computed))]
    return []


def _reduction(case: Case, outcome: Outcome, points: Decimal | None) -> Decimal | None:
    if not valid_points(points) or outcome.over_achievement is None:
        return None
    return suggested_reduction(points, outcome.over_achievement, case.profile.reduction, case.thresholds)


def _calculation(outcome: Outcome, points: Decimal) -> str:
    """The formula without what it comes to: ``5 × 30 ÷ 34``; that of full points is the points."""
    figures, _, remark = outcome.formula.partition("{s}")
    figures = figures.removesuffix(" = ").removesuffix(" → ") or "0"
    return figures.format(w=format_points(points)) + remark


def _explanation(outcome: Outcome, points: Decimal | None, computed: Decimal | None, manual: Decimal | None) -> str:
    parts = [outcome.facts]
    if computed is not None and points is not None:
        figures = outcome.formula.format(w=format_points(points), s=format_total(computed))
        parts.append(f"得分 = {figures}")
    elif outcome.share is not None:
        parts.append("分值未填或无效，暂不计分")
    if manual is not None and manual != computed:
        parts.append(f"采用手工得分 {format_total(manual)}")
    return "；".join(parts)
