"""How far a project is, told from its line of the list: its mark, the words of it, and the kinds the chips list."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from typing import TYPE_CHECKING, assert_never

from model.records import Form

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
    if summary.errors > awaited:
        return Mark.ERROR
    if not summary.indicator_count:
        return Mark.NOT_STARTED
    if summary.errors:
        return Mark.UNDER_WAY
    if Form.EVALUATION in summary.forms and not summary.total_score:
        return Mark.UNDER_WAY
    return Mark.WARNING if summary.warnings else Mark.READY


def is_of(summary: ProjectSummary, kind: Kind, awaited: int) -> bool:
    """Whether a project is of a kind; ``awaited`` as in :func:`mark_of`."""
    match kind:
        case Kind.ALL:
            return True
        case Kind.WITH_ERRORS:
            return summary.errors > awaited
        case Kind.UNFINISHED:
            return mark_of(summary, awaited) in {Mark.NOT_STARTED, Mark.UNDER_WAY, Mark.ERROR}
        case _:
            assert_never(kind)
