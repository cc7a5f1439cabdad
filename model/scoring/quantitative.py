"""Quantitative lines: positive and negative targets, strict bounds, zero, targets below 0 (domain.md §6.2, §6.3)."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import assert_never

from model.quantity import Comparator
from model.scoring.comparison import Comparison
from model.scoring.figures import percent, plain_number
from model.scoring.notices import notice
from model.scoring.outcome import Case, Outcome
from model.scoring.results import Notice, Status
from model.settings import NegativeRule

_ALL_OR_NOTHING_NAMES = re.compile("事故|违规|违纪|泄露|泄密")

_POSITIVE_TEXT = "正向指标：达到指标值得满分；未达到时按 实际值÷指标值 计分"
_EQUAL_TEXT = "等值指标：达到指标值得满分，超出不扣分但须核对；不足时按 实际值÷指标值 计分"
_NEGATIVE_TEXTS = {
    NegativeRule.N1: "反向指标：达到界值得满分；超过时按 指标值÷实际值 计分",
    NegativeRule.N2: "反向指标：达到界值得满分；超过时按 2−实际值÷指标值 计分，达两倍不得分",
    NegativeRule.N3: "反向指标：达到界值得满分；超过即不得分",
}
_ORDINAL_TEXT = "等级指标：与指标值一致得满分；不一致时不能按比例计分，由人工给分"
_SIGNS = {1: ">", 0: "=", -1: "<"}


@dataclass(frozen=True, slots=True)
class QuantitativeLine:
    """What is to be scored: ``comparator`` is None when the target was typed without one (then ``=`` counts)."""

    case: Case
    comparator: Comparator | None
    comparison: Comparison

    @property
    def bound(self) -> Comparator:
        """The comparator that counts."""
        return self.comparator or Comparator.EQ

    @property
    def relation(self) -> str:
        """Actual against target in symbols: ``21ms = 0.021秒 < 2秒``."""
        both = self.comparison
        sign = _SIGNS[(both.actual > both.target) - (both.actual < both.target)]
        return f"{both.actual_text} {sign} {both.target_text}"


def score_quantity(line: QuantitativeLine) -> Outcome:
    """The outcome of a quantitative line whose target and actual were brought to one unit."""
    if line.comparison.is_ordinal:
        outcome = _ordinal(line)
    elif line.bound.is_negative:
        outcome = _negative(line)
    else:
        outcome = _positive(line)
    if line.comparator is None:
        outcome = replace(outcome, facts=f"{outcome.facts}（指标值缺少比较符，按“=”计）")
    return replace(outcome, notices=(*line.comparison.notices, *outcome.notices))


def suggests_all_or_nothing(name: str) -> bool:
    """Whether a negative line of this name is one that N3 is meant for (domain.md §6.3)."""
    return _ALL_OR_NOTHING_NAMES.search(name) is not None


def _ordinal(line: QuantitativeLine) -> Outcome:
    if line.comparison.actual == line.comparison.target:
        return Outcome(Status.MET, Fraction(1), f"{line.relation}，达标", _ORDINAL_TEXT)
    return Outcome(Status.MANUAL, None, f"{line.relation}，等级不能按比例计分，请手工给分", _ORDINAL_TEXT)


def _positive(line: QuantitativeLine) -> Outcome:
    target, actual = line.comparison.target, line.comparison.actual
    rule_text = _EQUAL_TEXT if line.bound is Comparator.EQ else _POSITIVE_TEXT
    if _meets(line):
        return _positive_met(line, rule_text)
    if target < 0:
        return Outcome(Status.MANUAL, None, f"{line.relation}，指标值为负，不能按比例计分，请手工给分", rule_text)
    facts = f"{line.relation}，未达标"
    if target == 0:
        return Outcome(Status.UNMET, Fraction(0), f"{facts}；指标值为0，不能按比例计分", rule_text, "{s}")
    if actual < 0:
        return Outcome(Status.UNMET, Fraction(0), f"{facts}；实际值为负", rule_text, "{s}")
    formula = f"{{w}} × {plain_number(actual)} ÷ {plain_number(target)} = {{s}}"
    return Outcome(Status.UNMET, actual / target, facts, rule_text, formula)


def _meets(line: QuantitativeLine) -> bool:
    """Whether a positive target is reached; ``>`` counts as reached when equalled unless the target is 0 (§6.2)."""
    target, actual = line.comparison.target, line.comparison.actual
    if line.bound is Comparator.EQ and target <= 0:
        return actual == target
    if line.bound is Comparator.GT and target == 0:
        return actual > 0
    return actual >= target


def _positive_met(line: QuantitativeLine, rule_text: str) -> Outcome:
    target, actual = line.comparison.target, line.comparison.actual
    if line.bound is Comparator.GT and actual == target:
        return _border(line, rule_text)
    if line.bound is Comparator.EQ and actual > target:
        excess = percent((actual - target) / target)
        doubted = notice("EVL-033", name=line.case.name, p=excess)
        return Outcome(
            Status.OVER,
            Fraction(1),
            f"{line.relation}，超出“=”目标{excess}%",
            rule_text,
            notices=(doubted, *_reason_wanted(line)),
        )
    outcome = Outcome(Status.MET, Fraction(1), f"{line.relation}，达标", rule_text)
    if line.bound is Comparator.EQ or target <= 0 or actual == target:
        return outcome
    over = (actual - target) / target
    thresholds = line.case.thresholds
    wanted = _reason_wanted(line)
    if over * 100 <= Fraction(thresholds.over_achievement_percent):
        return replace(outcome, over_achievement=over, notices=wanted)
    rule = "EVL-034" if over * 100 < Fraction(thresholds.over_achievement_strong_percent) else "EVL-035"
    facts = f"{outcome.facts}，超额{percent(over)}%"
    notices = () if line.case.has_reason else wanted or (notice(rule, p=percent(over)),)
    return replace(outcome, over_achievement=over, facts=facts, notices=notices)


def _reason_wanted(line: QuantitativeLine) -> tuple[Notice, ...]:
    """The error of a line that is exceeded so far that its reason is mandatory by the profile of the year (EVL-056)."""
    limit = line.case.profile.reason_from_percent
    share = line.comparison.actual / line.comparison.target
    if not limit or line.case.has_reason or share <= 1 or share * 100 < Fraction(limit):
        return ()
    return (notice("EVL-056", name=line.case.name, p=percent(share), limit=plain_number(limit)),)


def _border(line: QuantitativeLine, rule_text: str) -> Outcome:
    return Outcome(
        Status.BORDER,
        Fraction(1),
        f"{line.relation}，等于界值（“{line.bound.symbol}”未满足）",
        rule_text,
        notices=(notice("EVL-032", c=line.bound.symbol),),
    )


def _negative(line: QuantitativeLine) -> Outcome:
    target, actual = line.comparison.target, line.comparison.actual
    rule = line.case.negative_rule
    rule_text = _NEGATIVE_TEXTS[rule]
    if rule is not NegativeRule.N3 and suggests_all_or_nothing(line.case.name):
        rule_text += "；安全类指标可在计分方案里改为“未达标即得0分”"
    if actual == target and line.bound is Comparator.LT:
        return _border(line, rule_text)
    if actual <= target:
        return Outcome(Status.MET, Fraction(1), f"{line.relation}，达标", rule_text)
    if target < 0:
        return Outcome(Status.MANUAL, None, f"{line.relation}，指标值为负，不能按比例计分，请手工给分", rule_text)
    facts = f"{line.relation}，未达标"
    if target == 0:
        return Outcome(Status.UNMET, Fraction(0), f"{facts}；指标值为0，超过不得分", rule_text, "{s}")
    share, formula = _missed_share(rule, target, actual)
    return Outcome(Status.UNMET, share, facts, rule_text, formula)


def _missed_share(rule: NegativeRule, target: Fraction, actual: Fraction) -> tuple[Fraction, str]:
    """The share of the points a missed negative target keeps, and its formula (domain.md §6.3)."""
    target_text, actual_text = plain_number(target), plain_number(actual)
    match rule:
        case NegativeRule.N1:
            return target / actual, f"{{w}} × {target_text} ÷ {actual_text} = {{s}}"
        case NegativeRule.N2:
            formula = f"{{w}} × max(0, 2 − {actual_text} ÷ {target_text}) = {{s}}"
            return max(Fraction(0), 2 - actual / target), formula
        case NegativeRule.N3:
            return Fraction(0), "{s}"
        case _:
            assert_never(rule)
