"""How far a project or one of its forms is: its mark, the sign and the words of it, and the kinds the chips list."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from gui.desk.signs import Sign
from model.findings import Finding, Severity
from model.records import Content, Evaluation, Form
from model.scoring import EvaluationScore

if TYPE_CHECKING:  # it brings sqlalchemy, which the first paint does not wait for
    from storage.store.summaries import ProjectSummary

Awaited = Callable[[str], int]
"""How many errors of the project with this id only say what is not filled in yet."""


class Mark(Enum):
    """How far a project is, as the mark before its name draws it."""

    NOT_STARTED = "not_started"
    UNDER_WAY = "under_way"
    ERROR = "error"
    WARNING = "warning"
    READY = "ready"


SIGNS = {
    Mark.NOT_STARTED: Sign.EMPTY,
    Mark.UNDER_WAY: Sign.HALF,
    Mark.ERROR: Sign.ERROR,
    Mark.WARNING: Sign.WARNING,
    Mark.READY: Sign.DONE,
}
"""What each mark is drawn as, before a project and on the tab of a form."""

MARK_WORDS = {
    Mark.NOT_STARTED: "还没有填指标",
    Mark.UNDER_WAY: "还没有填完",
    Mark.ERROR: "有错误",
    Mark.WARNING: "没有错误，有警告",
    Mark.READY: "可以提交",
}
"""What each mark says, for tool tip, screen reader and manual."""


class Kind(Enum):
    """Which projects are listed, by the words of the chips."""

    ALL = "全部"
    WITH_ERRORS = "有错误"
    UNFINISHED = "未完成"


def mark_of(summary: ProjectSummary, awaited: int = 0) -> Mark:
    """How far a project is: errors, nothing there, not all filled in, warnings, or nothing left to do.

    ``awaited`` of its errors only say what is not filled in yet (docs/ux.md §5.1).
    """
    is_scored = Form.EVALUATION not in summary.forms or bool(summary.total_score)
    return _mark(summary.errors - awaited, awaited, summary.warnings, summary.indicator_count, is_scored=is_scored)


@dataclass(frozen=True, slots=True)
class Progress:
    """How many places of a project that is under way are filled in, of all that have to be."""

    filled: int
    needed: int

    def __str__(self) -> str:
        return f"{self.filled}/{self.needed}"

    @property
    def words(self) -> str:
        """The same for a tool tip and a screen reader, which takes 9/14 for a day."""
        return f"已填 {self.filled} 处，共 {self.needed} 处必填"


def progress_of(summary: ProjectSummary, awaited: int) -> Progress | None:
    """How far a project is that is under way because of ``awaited``.

    None for any other, and for a line of an earlier version of the store that is not counted anew yet.
    """
    is_waiting = 0 < awaited <= summary.errors and mark_of(summary, awaited) is Mark.UNDER_WAY
    if summary.filled is None or not is_waiting:
        return None
    return Progress(summary.filled, summary.filled + awaited)


def mark_of_form(
    content: Content, findings: Iterable[Finding], awaits: Callable[[Finding], bool], score: EvaluationScore | None
) -> Mark:
    """How far one form is: what :func:`mark_of` says of a project that has no other.

    ``findings`` are those of the form that are told, ``score`` that of the project's self-evaluation.
    """
    is_open = score is None or score.total is None
    is_scored = not isinstance(content, Evaluation) or bool(content.total_score) or not is_open
    errors, awaited, warnings = counts_of(findings, awaits)
    return _mark(errors, awaited, warnings, len(content.indicators), is_scored=is_scored)


def counts_of(findings: Iterable[Finding], awaits: Callable[[Finding], bool]) -> tuple[int, int, int]:
    """How many findings are told as errors, as 待填 and as warnings; those that are explained count no more."""
    counted = [one for one in findings if not one.is_closed]
    awaited = sum(map(awaits, counted))
    told = [one.severity for one in counted]
    return told.count(Severity.ERROR) - awaited, awaited, told.count(Severity.WARNING)


def _mark(errors: int, awaited: int, warnings: int, lines: int, *, is_scored: bool) -> Mark:
    if errors > 0:
        return Mark.ERROR
    if not lines:
        return Mark.NOT_STARTED
    if awaited or not is_scored:
        return Mark.UNDER_WAY
    return Mark.WARNING if warnings else Mark.READY


KIND_MARKS: Mapping[Kind, Collection[Mark]] = {
    Kind.ALL: frozenset(Mark),
    Kind.WITH_ERRORS: frozenset({Mark.ERROR}),
    Kind.UNFINISHED: frozenset({Mark.NOT_STARTED, Mark.UNDER_WAY, Mark.ERROR}),
}
"""How far the projects of a kind are."""
