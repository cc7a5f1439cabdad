"""What a person who does not see the window is told without having asked: one announcer for all of its rooms."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget

from gui.document.document import Document
from model.findings import Finding
from model.labels import SEVERITY_WORDS
from model.scoring import format_total

NEW_SAID = 2
"""Of more new problems than these only the number is said."""


class Announcer(QObject):
    """Says short sentences to the screen reader, and what follows from each gesture that is written.

    ``line`` gives the id of the line the cursor is on, "" for none.
    """

    def __init__(self, window: QWidget, document: Document, line: Callable[[], str]) -> None:
        super().__init__(window)
        self._window = window
        self._document = document
        self._line = line
        self._before: tuple[Finding, ...] = ()
        self._step = document.undo_stack.index()
        document.saved.connect(self._follow)
        document.project_switched.connect(self._start_over)

    def say(self, text: str) -> None:
        """Say a sentence after what is being said."""
        if text:
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self._window, text))

    def _start_over(self) -> None:
        self._before = self._document.findings

    def _follow(self) -> None:
        """Speak of the line that was written, once undo has gone its step: the cursor may be in the next line then."""
        line = self._line()
        QTimer.singleShot(0, self, lambda: self._say_what_follows(line))

    def _say_what_follows(self, line_id: str) -> None:
        """What a gesture did: that it was undone, the score it leads to, the problems it brings or mends."""
        parts = (self._what_was_done(), self._score(line_id or self._line()), self._problems())
        self._before = self._document.findings
        self.say("；".join(part for part in parts if part) or "已保存")

    def _what_was_done(self) -> str:
        stack, before = self._document.undo_stack, self._step
        self._step = stack.index()
        return f"已撤销：{stack.redoText()}" if self._step < before and stack.canRedo() else ""

    def _score(self, line_id: str) -> str:
        score = self._document.score
        line = score.line(line_id) if score is not None else None
        if score is None or line is None:
            return ""
        total = f"总分 {score.total_text}"
        return f"得分 {format_total(line.score)}，{total}" if line.score is not None else total

    def _problems(self) -> str:
        known = {finding.key for finding in self._before if not finding.is_closed}
        now = [finding for finding in self._document.findings if not finding.is_closed]
        new = [finding for finding in now if finding.key not in known]
        gone = len(known - {finding.key for finding in now})
        if new:
            said = "；".join(f"{SEVERITY_WORDS[one.severity]}：{one.message}" for one in new[:NEW_SAID])
            return f"新问题：{said}" + (f"；还有 {len(new) - NEW_SAID} 个" if len(new) > NEW_SAID else "")
        return f"少了 {gone} 个问题" if gone else ""
