"""What scoring says of a line, of the execution of the budget and of a whole self-evaluation (domain.md §6)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from model.findings import Severity
from model.records import Achievement


class Status(StrEnum):
    """How far a line got (domain.md §6.2-§6.6).

    MET, OVER (an ``=`` target exceeded), BORDER (a strict bound equalled) and UNMET were computed or follow from a
    chosen level; MANUAL asks for a score, JUDGE for a level of achievement, PENDING for an actual value; ERROR means
    target and actual cannot be compared.
    """

    MET = "met"
    OVER = "over"
    BORDER = "border"
    UNMET = "unmet"
    MANUAL = "manual"
    JUDGE = "judge"
    PENDING = "pending"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Notice:
    """One thing the rules have to report: the rule's id, its severity and its finished Chinese message (§9.5)."""

    rule: str
    severity: Severity
    message: str


@dataclass(frozen=True, slots=True)
class LineScore:
    """The score of one indicator line and how it came about.

    ``points`` is the 分值 if it is a number, ``computed`` what the formula gives, ``score`` what counts: the manual
    score when one is typed and lies in 0..points, else the computed one, else None (the line is open). Scores have
    two decimals. ``rule_text`` is the rule in words, ``explanation`` the numbers and the formula in one line.
    ``over_achievement`` is (actual − target) ÷ target where §6.7 asks for it, ``reduction`` the score suggested for
    it, and ``suggested_achievement`` the level suggested for a line a person has to judge. ``question`` is what a
    person is asked where a value can be read in two ways, "" for nothing.
    """

    indicator_id: str
    status: Status
    points: Decimal | None
    computed: Decimal | None
    score: Decimal | None
    is_manual: bool
    explanation: str
    rule_text: str
    over_achievement: Decimal | None = None
    reduction: Decimal | None = None
    suggested_achievement: Achievement | None = None
    notices: tuple[Notice, ...] = ()
    question: str = ""


@dataclass(frozen=True, slots=True)
class ExecutionScore:
    """The execution line (domain.md §6.8). ``rate`` is executed ÷ final budget, unrounded; ``rate_text`` as printed.

    ``is_open`` tells whether the line still waits for amounts or for the decision of EVL-014; a line that was
    declared not applicable has no score and is not open.
    """

    points: Decimal | None
    rate: Fraction | None
    rate_text: str
    computed: Decimal | None
    score: Decimal | None
    explanation: str
    notices: tuple[Notice, ...] = ()
    is_open: bool = False


@dataclass(frozen=True, slots=True)
class LevelScore:
    """Points and score of one first level, or of one second level of it; None while one of its lines is open."""

    level1: str
    level2: str | None
    points: Decimal
    score: Decimal | None


@dataclass(frozen=True, slots=True)
class EvaluationScore:
    """The scores of a whole self-evaluation (domain.md §6.9).

    ``total`` is None while a line is open; ``total_text`` then says how many are (``—（3项待填）``).
    """

    lines: tuple[LineScore, ...]
    execution: ExecutionScore
    levels: tuple[LevelScore, ...]
    total: Decimal | None
    total_text: str
    open_lines: int
    total_points: Decimal
    grade: str | None

    def line(self, indicator_id: str) -> LineScore | None:
        """The score of one line, or None when this evaluation has no such line."""
        return next((line for line in self.lines if line.indicator_id == indicator_id), None)
