"""The execution line: executed ÷ final budget, its printed rate and its score (domain.md §3.4 and §6.8)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from math import ceil

from model.forms.evaluation import TOTALS
from model.records import Evaluation, Omission
from model.scoring.figures import (
    format_points,
    format_total,
    parse_points,
    plain_number,
    q2,
    rounded,
    valid_points,
    within,
)
from model.scoring.notices import notice
from model.scoring.omissions import omission_facts, omission_of
from model.scoring.results import ExecutionScore, Notice
from model.settings import ExecutionRule, RateRounding, ScoringProfile, Thresholds
from model.values.money import MoneyStyle, format_fen, parse_fen

NO_RATE = "—"
BEFORE_OMISSIONS = "not_applicable"
"""不适用 as stores of earlier versions hold it: nothing is scored, and the total stays graded as one of 100."""

_ZERO = "zero"
EXECUTION_CHOICES = (_ZERO, *(omission.value for omission in Omission), BEFORE_OMISSIONS)
"""What ``execution_choice`` may hold besides nothing."""

_STEPS = ((Fraction(1), Fraction(1)), (Fraction(8, 10), Fraction(7, 10)), (Fraction(6, 10), Fraction(5, 10)))
_ROUNDING_TEXTS = {
    RateRounding.CEILING: "向上进位取两位小数",
    RateRounding.HALF_UP: "四舍五入取两位小数",
}


@dataclass(frozen=True, slots=True)
class _Cells:
    """The cells the execution line is scored by, as typed."""

    budget: str
    executed: str
    points: str
    score: str
    choice: str


@dataclass(frozen=True, slots=True)
class _Amounts:
    """全年预算数 and 全年执行数 in 分."""

    budget: int
    executed: int

    @property
    def rate(self) -> Fraction:
        return Fraction(self.executed, self.budget)

    @property
    def quotient(self) -> str:
        return f"{format_fen(self.executed, MoneyStyle.SHORT)} ÷ {format_fen(self.budget, MoneyStyle.SHORT)}"


def score_execution(evaluation: Evaluation, profile: ScoringProfile, thresholds: Thresholds) -> ExecutionScore:
    """Score the execution line. A printed score that was kept counts while it lies in 0..points (§3.2 no. 9)."""
    cells = _Cells(
        _total(evaluation, "adjusted_total"),
        _total(evaluation, "executed_total"),
        evaluation.execution_points,
        evaluation.execution_score,
        evaluation.execution_choice,
    )
    return _score(cells, profile, thresholds)


def _total(evaluation: Evaluation, name: str) -> str:
    """The text of a total; where it is blank because one of its parts is no amount, one that cannot be read either."""
    text = str(getattr(evaluation, name))
    return NO_RATE if not text.strip() and TOTALS[name].unreadable_in(evaluation) else text


@lru_cache(maxsize=256)  # a keystroke in an indicator line leaves these cells as they are
def _score(cells: _Cells, profile: ScoringProfile, thresholds: Thresholds) -> ExecutionScore:
    points = parse_points(cells.points)
    amounts = _amounts(cells)
    if amounts is None:
        result = _unscored(points, _what_is_missing(cells), is_open=True)
    elif amounts.budget == 0:
        result = _without_budget(cells, points, amounts.executed)
    else:
        result = _scored(amounts, points, profile, thresholds)
    if result.omission is not None:
        return result
    return _with_printed_score(result, cells.score)


def format_rate(rate: Fraction, rounding: RateRounding) -> str:
    """The rate as printed: two decimals, rounded up or half up (domain.md §3.4), ``99.97%``."""
    hundredths = rate * 10_000
    exact = Fraction(ceil(hundredths), 100) if rounding is RateRounding.CEILING else rate * 100
    return f"{rounded(exact, 2):f}%"


def _amounts(cells: _Cells) -> _Amounts | None:
    """Both amounts; a blank budget counts as 0, and so does a blank execution of no budget."""
    budget = parse_fen(cells.budget) if cells.budget.strip() else 0
    executed = parse_fen(cells.executed)
    if budget == 0 and not cells.executed.strip():
        executed = 0
    if budget is None or executed is None or budget < 0 or executed < 0:
        return None
    return _Amounts(budget, executed)


def _what_is_missing(cells: _Cells) -> str:
    if not cells.executed.strip():
        return "待填全年执行数"
    return "全年预算数或全年执行数不是有效金额，执行率无法计算"


def _without_budget(cells: _Cells, points: Decimal | None, executed: int) -> ExecutionScore:
    """Nothing to divide by: an error when money was spent, else a decision of the clerk (EVL-013, EVL-014)."""
    is_blank, choice = not cells.budget.strip(), cells.choice
    if executed > 0 and not is_blank:
        return _unscored(points, "全年预算数为0但有执行数，执行率无法计算", (notice("EVL-013"),), is_open=True)
    if is_blank and (executed > 0 or not choice):  # only a budget typed as 0 asks for a choice
        return _unscored(points, "待填全年预算数", is_open=True)
    if choice == _ZERO:
        scored = _unscored(points, "全年预算数为0，选择“得0分”；得分 = 0.00", is_open=False)
        return replace(scored, computed=Decimal("0.00"), score=Decimal("0.00"))
    omission = omission_of(choice)
    if omission is not None:
        facts = f"全年预算数为0，{omission_facts(omission, points)}"
        return replace(_unscored(points, facts, is_open=False), omission=omission)
    if choice == BEFORE_OMISSIONS:
        return _unscored(points, "全年预算数为0，选择“不适用”，不计分", is_open=False)
    return _unscored(points, "全年预算数为0，请选择“得0分”或“不适用”", (notice("EVL-014"),), is_open=True)


def _unscored(
    points: Decimal | None, explanation: str, notices: tuple[Notice, ...] = (), *, is_open: bool
) -> ExecutionScore:
    return ExecutionScore(points, None, NO_RATE, None, None, explanation, notices, is_open)


def _scored(
    amounts: _Amounts, points: Decimal | None, profile: ScoringProfile, thresholds: Thresholds
) -> ExecutionScore:
    rate_text = format_rate(amounts.rate, profile.rate_rounding)
    facts = f"{amounts.quotient} = {rate_text}"
    if (amounts.rate * 10_000).denominator != 1:
        facts += f"（{_ROUNDING_TEXTS[profile.rate_rounding]}）"
    notices = _rate_notices(amounts.rate, rate_text.removesuffix("%"), thresholds)
    if not valid_points(points):
        explanation = f"{facts}；分值未填或无效，暂不计分"
        return ExecutionScore(points, amounts.rate, rate_text, None, None, explanation, notices, is_open=True)
    share, formula = _share(amounts, profile.execution)
    computed = q2(Fraction(points) * share)
    explanation = f"{facts}；得分 = {formula.format(w=format_points(points), s=format_total(computed))}"
    return ExecutionScore(points, amounts.rate, rate_text, computed, computed, explanation, notices)


def _share(amounts: _Amounts, rule: ExecutionRule) -> tuple[Fraction, str]:
    """The share of the points and its formula, both from the unrounded rate (§6.8)."""
    if rule is ExecutionRule.STEPPED:
        share = next((share for floor, share in _STEPS if amounts.rate >= floor), Fraction(0))
        return share, f"{{w}} × {plain_number(share)} = {{s}}（分档计分）"
    if amounts.rate > 1:
        return Fraction(1), "分值 {w} → {s}（超过100%按满分计）"
    if amounts.rate == 1:
        return Fraction(1), "分值 {w} → {s}"
    return amounts.rate, f"{{w}} × {amounts.quotient} = {{s}}"


def _rate_notices(rate: Fraction, shown: str, thresholds: Thresholds) -> tuple[Notice, ...]:
    if rate > 1:
        return (notice("EVL-012", r=shown),)
    if rate * 100 < Fraction(thresholds.execution_rate_percent):
        return (notice("EVL-016", r=shown),)
    return ()


def _with_printed_score(result: ExecutionScore, text: str) -> ExecutionScore:
    printed = parse_points(text)
    if printed is None or printed < 0 or (result.points is not None and printed > result.points):
        return result
    score = q2(printed) if result.points is None else within(printed, result.points)
    if score == result.computed:
        return result
    explanation = f"{result.explanation}；采用已填得分 {format_total(score)}"
    return replace(result, score=score, explanation=explanation, is_open=False)
