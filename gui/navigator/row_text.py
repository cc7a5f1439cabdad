"""What a row of the navigator says: its label, its badge, its mark and the state in words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gui.document.project_list import NO_NAME, NO_UNIT
from gui.navigator.marks import MARK_WORDS, Mark, Progress, mark_of, progress_of
from gui.navigator.rows import Level, Row
from model.labels import AWAITED

if TYPE_CHECKING:  # it brings sqlalchemy, which the first paint does not wait for
    from storage.store.summaries import ProjectSummary

    Told = Callable[[ProjectSummary], tuple[ProjectSummary, int]]


@dataclass(frozen=True, slots=True)
class RowText:
    """One row: its label, its mark, what stands at its right edge, and the state in words, for tool tip and reader.

    At the right edge stands how many there are of what the mark says, and the score where nothing is left to do;
    ``widest`` is what takes as much room as anything that stands there while one goes on filling in.
    """

    label: str
    badge: str = ""
    mark: Mark | None = None
    state: str = ""
    widest: str = ""

    @property
    def tip(self) -> str:
        """The whole label, and below it the state."""
        return f"{self.label}\n{self.state}" if self.state else self.label

    @property
    def spoken(self) -> str:
        """What a screen reader says."""
        return f"{self.label}，{self.state}" if self.state else self.label


def text_of(row: Row, told: Told) -> RowText:
    """The text of a year, a unit or a project; ``told`` gives its line as it is told now."""
    match row.level:
        case Level.YEAR:
            return RowText(f"{-row.order[0]} 年度")
        case Level.UNIT:
            unit = row.order[1] or NO_UNIT
            return RowText(unit, state=f"{len(row.children)} 个项目")
        case _:
            assert row.summary is not None
            return _project_text(*told(row.summary))


def _project_text(summary: ProjectSummary, awaited: int) -> RowText:
    label = summary.project_name.strip() or NO_NAME
    mark, errors, progress = mark_of(summary, awaited), summary.errors - awaited, progress_of(summary, awaited)
    badges = {
        Mark.UNDER_WAY: str(progress or ""),
        Mark.ERROR: str(errors),
        Mark.WARNING: str(summary.warnings),
        Mark.READY: summary.total_score,
    }
    words = [MARK_WORDS[mark]]
    if mark in {Mark.ERROR, Mark.WARNING}:
        words.append(f"{badges[mark]} 个")
    if progress is not None:
        words.append(progress.words)
    if 0 < awaited <= summary.errors:
        words.append(f"{awaited} 处{AWAITED}")
    if summary.total_score and mark not in {Mark.ERROR, Mark.NOT_STARTED}:
        words.append(f"自评 {summary.total_score} 分")
    badge = badges.get(mark, "")
    widest = str(Progress(progress.needed, progress.needed)) if progress is not None else badge
    return RowText(label, badge, mark, "，".join(words), widest)
