"""What scoring says of a line, of the execution of the budget and of a whole self-evaluation (domain.md §6)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from model.findings import Severity
from model.records import Achievement, Omission


class Status(StrEnum):
    """How far a line got (domain.md §6.2-§6.6).

    MET, OVER (an ``=`` target exceeded), BORDER (a strict bound equalled) and UNMET were computed or follow from a
    chosen level; OMITTED was marked as not applicable; MANUAL asks for a score, JUDGE for a level of achievement,
    PENDING for an actual value; ERROR means target and actual cannot be compared.
    """

    MET = "met"
    OVER = "over"
    BORDER = "border"
    UNMET = "unmet"
    OMITTED = "omitted"
    MANUAL = "manual"
    JUDGE = "judge"
    PENDING = "pending"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Notice:
    """One thing the rules have to report: the rule's id, its severity and its finished Chinese message (§9.5).

    ``variant`` is the number of its wording among those of the rule.
    """

    rule: str
    severity: Severity
    message: str
    variant: int = 0


@dataclass(frozen=True, slots=True)
class LineScore:
    """The score of one indicator line and how it came about.

    ``points`` is the 分值 if it is a number, ``computed`` what the formula gives, ``score`` what counts: the manual
    score when one is typed and lies in 0..points, else the computed one, else None (the line is open). Scores have
    two decimals. ``rule_text`` is the rule in words, ``explanation`` the numbers and the formula in one line.
    ``over_achievement`` is (actual − target) ÷ target where §6.7 asks for it, ``reduction`` the score suggested for
    it, and ``suggested_achievement`` the level suggested for a line a person has to judge. ``question`` is what a
    person is asked where a value can be read in two ways, "" for nothing. ``omission`` is what becomes of the points of
    a line that does not apply: it has no score and is not open. ``facts`` is the first part of the explanation, the
    converted numbers and the verdict; ``formula`` is the calculation alone, and ``unrounded`` what it gives exactly.
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
    omission: Omission | None = None
    facts: str = ""
    formula: str = ""
    unrounded: Fraction | None = None

    @property
    def is_open(self) -> bool:
        """Whether the line still waits for its score."""
        return self.score is None and self.omission is None


@dataclass(frozen=True, slots=True)
class ExecutionScore:
    """The execution line (domain.md §6.8). ``rate`` is executed ÷ final budget, unrounded; ``rate_text`` as printed.

    ``is_open`` tells whether the line still waits for amounts or for the decision of EVL-014; a line that was
    declared not applicable has no score and is not open; ``omission`` is what becomes of its points.
    """

    points: Decimal | None
    rate: Fraction | None
    rate_text: str
    computed: Decimal | None
    score: Decimal | None
    explanation: str
    notices: tuple[Notice, ...] = ()
    is_open: bool = False
    omission: Omission | None = None


@dataclass(frozen=True, slots=True)
class LevelScore:
    """Points and score of one first level, or of one second level of it; None while one of its lines is open.

    ``so_far`` is what the lines that have a score come to, None while there are none. Lines that do not apply count
    for neither.
    """

    level1: str
    level2: str | None
    points: Decimal
    score: Decimal | None
    so_far: Decimal | None


@dataclass(frozen=True, slots=True)
class EvaluationScore:
    """The scores of a whole self-evaluation (domain.md §6.9).

    ``total`` is None while a line is open; ``total_text`` then says how many are (``—（3项待填）``), and ``so_far`` is
    what the others come to, None while there are none. ``total_points`` is the sum of the points of all lines,
    ``full_points`` what the total is out of: less where points were left out. ``note`` says what lines that do not
    apply did to total and grade, "" where there are none, ``short_note`` so that it fits beside the printed total
    (:func:`model.scoring.is_total_note`).
    """

    lines: tuple[LineScore, ...]
    execution: ExecutionScore
    levels: tuple[LevelScore, ...]
    total: Decimal | None
    total_text: str
    open_lines: int
    total_points: Decimal
    grade: str | None
    full_points: Decimal
    so_far: Decimal | None
    note: str
    short_note: str

    @property
    def graded(self) -> str:
        """The grade with what it is out of where that is not all the points: ``优（满分90分）``; "" without a grade."""
        if not self.grade or self.full_points == self.total_points:
            return self.grade or ""
        return f"{self.grade}（满分{self.full_points.normalize():f}分）"

    def line(self, indicator_id: str) -> LineScore | None:
        """The score of one line, or None when this evaluation has no such line."""
        return next((line for line in self.lines if line.indicator_id == indicator_id), None)
