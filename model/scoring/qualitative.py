"""Lines a person judges: words, ranks and deadlines, and the three bands of achievement (domain.md §6.5)."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from types import MappingProxyType
from typing import assert_never

from model.quantity import Kind, Value
from model.records import Achievement
from model.scoring.figures import plain_number, within
from model.scoring.notices import notice
from model.scoring.outcome import FULL, Case, Outcome
from model.scoring.results import Notice, Status
from model.settings import ScoringProfile
from model.values.dates import parse_date
from model.values.excerpts import shortened

ACHIEVEMENT_LABELS: Mapping[Achievement, str] = MappingProxyType(
    {
        Achievement.ACHIEVED: "达成",
        Achievement.PARTLY: "部分达成",
        Achievement.NOT_ACHIEVED: "未达成",
    }
)
"""The levels as short as a cell shows them."""

ACHIEVEMENT_TITLES: Mapping[Achievement, str] = MappingProxyType(
    {
        Achievement.ACHIEVED: "达成年度指标",
        Achievement.PARTLY: "部分达成并具有一定效果",
        Achievement.NOT_ACHIEVED: "未达成且效果较差",
    }
)
"""The levels in the words of 财预〔2020〕10号."""

_DEFAULT_SHARES = {
    Achievement.ACHIEVED: Fraction(1),
    Achievement.PARTLY: Fraction(7, 10),
    Achievement.NOT_ACHIEVED: Fraction(3, 10),
}
_PARTLY_UP_TO_DAYS_LATE = 30
_LONGEST_QUOTE = 24
_RANK_UNITS = ("名", "位", "%")


@dataclass(frozen=True, slots=True)
class Band:
    """The scores one level allows: ``low`` ≤ score < ``high``, and ``high`` itself in the top band."""

    low: Decimal
    high: Decimal
    includes_high: bool

    def holds(self, score: Decimal) -> bool:
        """Whether a score lies in the band."""
        return self.low <= score < self.high or (self.includes_high and score == self.high)


def band_range(points: Decimal, level: Achievement, profile: ScoringProfile) -> Band:
    """The scores a line of these points may have at one level; the limits are settings of the profile."""
    low, high = _limits(level, profile)
    share = Fraction(points)
    return Band(within(share * low, points), within(share * high, points), level is Achievement.ACHIEVED)


def score_words(case: Case) -> Outcome:
    """A target in words: the level chosen, or full points when the actual value is the very same text."""
    target_text, actual_text = case.indicator.target_text, case.indicator.actual_text
    rule_text = f"定性指标：{_bands_text(case.profile)}"
    same = same_words(target_text, actual_text)
    notices = (notice("EVL-038", name=case.name),) if same and not case.has_reason else ()
    if case.level is not None:
        return _judged(case, case.level, _what_was_done(case), rule_text, notices=notices)
    if same:
        facts = f"实际完成值与指标值{_quoted(target_text)}一致，视为达成"
        return Outcome(Status.MET, Fraction(1), facts, rule_text, notices=notices, suggested=Achievement.ACHIEVED)
    return _to_judge(case, f"指标值{_quoted(target_text)}为文字", rule_text)


def score_rank(case: Case, target: Value, actual: Value) -> Outcome:
    """A rank to reach: full points at that rank or better, else a person chooses the level."""
    limit, rank = target.rank_limit, _rank(actual)
    rule_text = f"名次指标：达到名次得满分；否则由人工选择等级，{_bands_text(case.profile)}"
    if not limit or not rank or target.rank_percent != _is_share(actual):
        return _chosen_or_to_judge(case, _what_was_done(case), rule_text)
    reached, wanted = (f"前{rank}%", f"前{limit}%") if target.rank_percent else (f"第{rank}名", f"第{limit}名")
    if rank <= limit:
        return Outcome(Status.MET, Fraction(1), f"{reached}，在{wanted}以内，达标", rule_text)
    share, facts = Fraction(limit, rank), f"{reached}，不在{wanted}以内"
    if case.level is not None:
        low, high = _limits(case.level, case.profile)
        formula = f"{{w}} × {limit} ÷ {rank} = {{s}}"
        by_rank = (share, formula) if low <= share < high else None
        return _judged(case, case.level, facts, rule_text, by_rank)
    suggested = level_of_share(share, case.profile)
    facts += f"，请选择达成等级（建议{ACHIEVEMENT_LABELS[suggested]}，分值 × {limit} ÷ {rank}）"
    return Outcome(Status.JUDGE, None, facts, rule_text, suggested=suggested)


def score_deadline(case: Case, target: Value, actual: Value) -> Outcome:
    """A date to keep: full points in time, else a person chooses the level."""
    due, done, earliest = target.due_date, *_completion_dates(case, actual)
    rule_text = f"时限指标：按期完成得满分；逾期由人工选择等级，{_bands_text(case.profile)}"
    if due is None or done is None:
        return _chosen_or_to_judge(case, _what_was_done(case), rule_text)
    if done <= due:
        facts = f"{done.isoformat()}完成，未超过时限{due.isoformat()}，达标"
        return Outcome(Status.MET, Fraction(1), facts, rule_text)
    if earliest is None or earliest <= due:
        facts = f"“{' '.join(actual.raw.split())}”可能在时限{due.isoformat()}以前，也可能在以后"
        return asked_to_judge(case, facts, rule_text.partition("；")[0], "请写明具体的完成日期，或选择达成等级")
    days = (done - due).days
    suggested = Achievement.PARTLY if days <= _PARTLY_UP_TO_DAYS_LATE else Achievement.NOT_ACHIEVED
    facts = f"{done.isoformat()}完成，超过时限{due.isoformat()}共{days}天"
    return _chosen_or_to_judge(case, facts, rule_text, suggested)


def asked_to_judge(
    case: Case,
    facts: str,
    rule_text: str,
    question: str,
    suggested: Achievement | None = None,
    notices: tuple[Notice, ...] = (),
) -> Outcome:
    """A line whose numbers leave a question: the level a person chose counts, else it is asked for."""
    rule_text = f"{rule_text}；{_bands_text(case.profile)}"
    if case.level is not None:
        return _judged(case, case.level, facts, rule_text, notices=notices)
    notices = (*notices, notice("EVL-037", name=case.name))
    facts = f"{facts}；{question}"
    return Outcome(Status.JUDGE, None, facts, rule_text, notices=notices, suggested=suggested, question=question)


def level_of_share(share: Fraction, profile: ScoringProfile) -> Achievement:
    """The level whose band holds a share of the points."""
    return next(level for level in Achievement if share >= _limits(level, profile)[0])


def same_words(one: str, other: str) -> bool:
    """Whether two texts are the same but for punctuation, spaces and width."""
    return _letters(one) == _letters(other) != ""


def _chosen_or_to_judge(case: Case, facts: str, rule_text: str, suggested: Achievement | None = None) -> Outcome:
    if case.level is not None:
        return _judged(case, case.level, facts, rule_text)
    return _to_judge(case, facts, rule_text, suggested)


def _to_judge(case: Case, facts: str, rule_text: str, suggested: Achievement | None = None) -> Outcome:
    facts += "，请选择达成等级"
    if suggested is not None:
        facts += f"（建议{ACHIEVEMENT_LABELS[suggested]}）"
    notices = (notice("EVL-037", name=case.name),)
    return Outcome(Status.JUDGE, None, facts, rule_text, notices=notices, suggested=suggested)


def _judged(
    case: Case,
    level: Achievement,
    facts: str,
    rule_text: str,
    by_rank: tuple[Fraction, str] | None = None,
    notices: tuple[Notice, ...] = (),
) -> Outcome:
    """A line whose level was chosen: the share of the rank where it fits the band, else the level's usual share."""
    share = _usual_share(level, case.profile)
    formula = FULL if share == 1 else f"{{w}} × {plain_number(share)} = {{s}}"
    if by_rank is not None:
        share, formula = by_rank
    status = Status.MET if level is Achievement.ACHIEVED else Status.UNMET
    facts = f"{facts}，评为“{ACHIEVEMENT_TITLES[level]}”"
    return Outcome(status, share, facts, rule_text, formula, notices, band=level)


def _limits(level: Achievement, profile: ScoringProfile) -> tuple[Fraction, Fraction]:
    achieved, partly = Fraction(profile.band_achieved) / 100, Fraction(profile.band_partly) / 100
    match level:
        case Achievement.ACHIEVED:
            return achieved, Fraction(1)
        case Achievement.PARTLY:
            return partly, achieved
        case Achievement.NOT_ACHIEVED:
            return Fraction(0), partly
        case _:
            assert_never(level)


def _usual_share(level: Achievement, profile: ScoringProfile) -> Fraction:
    """The share suggested for a level (§6.5), or the middle of its band where other limits leave that out."""
    low, high = _limits(level, profile)
    usual = _DEFAULT_SHARES[level]
    return usual if low <= usual < high or level is Achievement.ACHIEVED else (low + high) / 2


def _bands_text(profile: ScoringProfile) -> str:
    achieved, partly = plain_number(profile.band_achieved), plain_number(profile.band_partly)
    return f"达成按分值的{achieved}%–100%、部分达成{partly}%–{achieved}%、未达成0–{partly}%计分"


def _rank(actual: Value) -> int | None:
    """The rank an actual value tells: ``全国第1``, or a bare whole number."""
    if actual.kind is Kind.RANK:
        return actual.rank_limit
    is_bare = actual.magnitude == 1 and (actual.unit is None or actual.unit.name in _RANK_UNITS)
    if actual.number is None or not is_bare or actual.number < 1 or actual.number % 1 != 0:
        return None
    return int(actual.number)


def _is_share(actual: Value) -> bool:
    return actual.rank_percent or (actual.unit is not None and actual.unit.name == "%")


def _completion_dates(case: Case, actual: Value) -> tuple[date | None, date | None]:
    """The last and the first day on which it may have been done; a month may mean any of its days."""
    done = parse_date(case.indicator.actual_text)
    if done is not None or actual.day is None:
        return done, done
    return actual.due_date, actual.day.earliest(case.year)


def _letters(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text)
    return "".join(char for char in plain if unicodedata.category(char)[0] not in "PZC")


def _what_was_done(case: Case) -> str:
    return f"完成情况：{_quoted(case.indicator.actual_text)}"


def _quoted(text: str) -> str:
    """A typed text in quotation marks, on one line and not too long."""
    return f"“{shortened(' '.join(text.split()), _LONGEST_QUOTE)}”"
