"""Levels of achievement written as an actual value, in the words of other systems (domain.md §5.7)."""

from __future__ import annotations

import re
from fractions import Fraction

from model.records import Achievement, EvaluatedIndicator
from model.scoring.figures import valid_points
from model.scoring.notices import notice
from model.scoring.outcome import Case, Outcome
from model.scoring.qualitative import ACHIEVEMENT_LABELS, asked_to_judge, band_range, same_words
from model.scoring.results import LineScore, Status
from model.settings import ScoringProfile

_GOAL = "(?:年度|预期|绩效|全年|既定)?(?:年度|预期|绩效)?(?:指标|目标)值?"
_ENDING = "[。；;.]?"
_NAMED = (
    (
        Achievement.NOT_ACHIEVED,
        re.compile(rf"未(?:能)?(?:达成|达到|完成){_GOAL}(?:[，,]?[且并]?效果(?:较差|差|不明显))?{_ENDING}"),
    ),
    (Achievement.NOT_ACHIEVED, re.compile(rf"未达成(?:[，,]?[且并]?效果较?差)?{_ENDING}")),
    (
        Achievement.PARTLY,
        re.compile(rf"部分(?:达成|达到|完成)(?:{_GOAL})?(?:[，,]?[且并]?(?:具有|有)一定效果)?{_ENDING}"),
    ),
    (Achievement.ACHIEVED, re.compile(rf"(?:已|全部|已全部|基本)?(?:达成|达到){_GOAL}{_ENDING}")),
    (Achievement.ACHIEVED, re.compile(rf"(?:已|全部|已全部)?达成{_ENDING}")),
)
_RULE_TEXT = "定性指标：实际完成值写的是达成等级"


def level_named(text: str) -> Achievement | None:
    """The level an actual value names (达成预期指标, 未达成且效果较差), or None."""
    plain = "".join(text.split())
    return next((level for level, pattern in _NAMED if pattern.fullmatch(plain)), None)


def level_of_score(indicator: EvaluatedIndicator, line: LineScore, profile: ScoringProfile) -> Achievement | None:
    """The level the printed score of a line says that waits for one, None where there is none or the words differ."""
    if line.status is not Status.JUDGE or not line.is_manual or line.score is None or not valid_points(line.points):
        return None
    points, score = line.points, line.score
    level = next((level for level in Achievement if band_range(points, level, profile).holds(score)), None)
    return level if level_named(indicator.actual_text) in (None, level) else None


def score_level(case: Case, level: Achievement, is_number: bool) -> Outcome:
    """A line whose actual value is a level: 达成 settles a line of words, every other one is offered to a person.

    A target in numbers asks for its number, as a warning, and leaves the level to a person as well.
    """
    shown = " ".join(case.indicator.actual_text.split())
    facts = f"实际完成值写的是“{shown}”"
    if is_number:
        notices = (notice("EVL-025 level", name=case.name, v=shown),)
        question = f"请补填数值，或选择达成等级（建议{ACHIEVEMENT_LABELS[level]}）"
        return asked_to_judge(case, f"{facts}，没有数值", _RULE_TEXT, question, level, notices)
    is_settled = level is Achievement.ACHIEVED or same_words(case.indicator.target_text, case.indicator.actual_text)
    if case.level is None and is_settled:
        return Outcome(Status.MET, Fraction(1), f"{facts}，视为达成", _RULE_TEXT, suggested=Achievement.ACHIEVED)
    question = f"请选择达成等级（建议{ACHIEVEMENT_LABELS[level]}）"
    return asked_to_judge(case, facts, _RULE_TEXT, question, level)
