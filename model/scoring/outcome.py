"""What the three kinds of line have in common before points and a manual score come into it."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from model.records import Achievement, EvaluatedIndicator
from model.scoring.results import Notice, Status
from model.settings import NegativeRule, ScoringProfile, Thresholds

FULL = "分值 {w} → {s}"
"""The formula of a line with full points; ``{w}`` is the 分值 and ``{s}`` the computed score."""


@dataclass(frozen=True, slots=True)
class Case:
    """One line together with the switches it is scored by."""

    indicator: EvaluatedIndicator
    profile: ScoringProfile
    thresholds: Thresholds
    year: int | None
    name: str
    """What messages call the line."""

    @property
    def has_reason(self) -> bool:
        """Whether 偏差原因分析及改进措施 is filled in."""
        return bool(self.indicator.deviation_reason.strip())

    @property
    def level(self) -> Achievement | None:
        """The level of achievement a person chose, or None."""
        return next((level for level in Achievement if level == self.indicator.achievement), None)

    @property
    def negative_rule(self) -> NegativeRule:
        """The line's own rule for a missed negative target, else the unit's (domain.md §6.3)."""
        own = self.indicator.negative_rule
        return next((rule for rule in NegativeRule if rule == own), self.profile.negative)


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a line came out. ``share`` of the points is earned (0…1), None when no formula can say.

    ``facts`` are the converted numbers and the verdict, ``formula`` a template with ``{w}`` and ``{s}``.
    ``question`` is what a person is asked where the program cannot know (domain.md §5.7), "" for nothing.
    ``over_achievement`` is (actual − target) ÷ target of §6.7. ``band`` is the level whose limits a manual score has
    to keep to, ``suggested`` the level suggested to a person who has to judge.
    """

    status: Status
    share: Fraction | None
    facts: str
    rule_text: str
    formula: str = FULL
    notices: tuple[Notice, ...] = ()
    over_achievement: Fraction | None = None
    band: Achievement | None = None
    suggested: Achievement | None = None
    question: str = ""
