"""What a person who does not see the window is told without having asked: one announcer for all of its rooms."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QAccessibleEvent, QUndoCommand
from PySide6.QtWidgets import QAbstractItemView, QApplication, QWidget

from gui.desk.total_words import total_said, unscored_words
from gui.document.document import Document
from model.findings import Finding
from model.labels import SEVERITY_WORDS
from model.scoring import format_total

NEW_SAID = 2
"""Of more new problems than these only the number is said."""


def announce(widget: QWidget, text: str) -> None:
    """Say a sentence after what is being said; ``widget`` is where it comes from. Nothing is said of no text."""
    if text:
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, text))


def tell_place(view: QAbstractItemView) -> None:
    """Say which row or cell of a view the keyboard is in: Qt tells the view as a whole where it comes to it."""
    if not (QAccessible.isActive() and view.hasFocus() and view.currentIndex().isValid()):
        return
    whole = QAccessible.queryAccessibleInterface(view)
    place = whole.focusChild() if whole is not None else None
    if place is not None:
        QAccessible.updateAccessibility(QAccessibleEvent(place, QAccessible.Event.Focus))


class Announcer(QObject):
    """Says short sentences to the screen reader, what follows from each gesture that is written, and where one is.

    ``line`` gives the id of the line the cursor is on, "" for none.

    Signals:
        stepped(str): what a gesture undid or did again, "" where it was neither, to be seen as well as heard.
    """

    stepped = Signal(str)

    def __init__(self, window: QWidget, document: Document, line: Callable[[], str]) -> None:
        super().__init__(window)
        self._window = window
        self._document = document
        self._line = line
        self._before: tuple[Finding, ...] = ()
        self._has_switched = False
        self._step = 0
        self._ahead: QUndoCommand | None = None
        self._has_spoken = False
        self._note_step()
        document.saved.connect(self._follow)
        document.project_switched.connect(self._start_over)
        document.told_changed.connect(self._say_forgotten)
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._follow_focus)

    def say(self, text: str) -> None:
        """Say a sentence after what is being said."""
        self._has_spoken = True
        announce(self._window, text)

    def _follow_focus(self, _before: QWidget | None, now: QWidget | None) -> None:
        if isinstance(now, QAbstractItemView):
            QTimer.singleShot(0, now, lambda: tell_place(now))  # once Qt has told the view as a whole

    def _say_forgotten(self, findings: Sequence[Finding]) -> None:
        """A cell was left without what is asked for in it."""
        self.say("；".join(f"{SEVERITY_WORDS[one.severity]}：{one.message}" for one in findings[:NEW_SAID]))

    def _start_over(self) -> None:
        self._before = self._document.findings
        self._note_step()
        self._has_switched = True
        QTimer.singleShot(0, self, self._stay)

    def _stay(self) -> None:
        self._has_switched = False

    def _note_step(self) -> None:
        """Keep where undo stands, and what a redo would do from there."""
        stack = self._document.undo_stack
        self._step = stack.index()
        self._ahead = stack.command(self._step)

    def _follow(self) -> None:
        """Speak of the line that was written, once undo has gone its step: the cursor may be in the next line then."""
        line, has_switched = self._line(), self._has_switched
        self._has_spoken = False
        QTimer.singleShot(0, self, lambda: self._say_what_follows(line, by_itself=not has_switched))

    def _say_what_follows(self, line_id: str, *, by_itself: bool) -> None:
        """What a gesture did: that it was undone or redone, the score it leads to, the problems it brings or mends."""
        # the score of another project that came on screen by the gesture is not what the gesture did
        done = self._what_was_done()
        self.stepped.emit(done)
        parts = (done, self._score(line_id or self._line()), self._problems()) if by_itself else (done,)
        self._before = self._document.findings
        told = "；".join(part for part in parts if part)
        self.say(told or ("" if self._has_spoken else "已保存"))

    def _what_was_done(self) -> str:
        stack, before, ahead = self._document.undo_stack, self._step, self._ahead
        self._note_step()
        if self._step < before and stack.canRedo():
            return f"已撤销：{stack.redoText()}"
        is_redone = self._step > before and ahead is not None and stack.command(before) is ahead
        return f"已重做：{ahead.text()}" if is_redone and ahead is not None else ""

    def _score(self, line_id: str) -> str:
        score = self._document.score
        line = score.line(line_id) if score is not None else None
        if score is None or line is None:
            return ""
        total = "，".join(part for part in (total_said(score), unscored_words(score)) if part)
        return f"得分 {format_total(line.score)}，{total}" if line.score is not None else total

    def _problems(self) -> str:
        known = {finding.key for finding in self._before if not finding.is_closed}
        now = [finding for finding in self._document.findings if not finding.is_closed]
        new = [finding for finding in now if finding.key not in known and not self._document.awaits(finding)]
        gone = len(known - {finding.key for finding in now})
        if new:
            said = "；".join(f"{SEVERITY_WORDS[one.severity]}：{one.message}" for one in new[:NEW_SAID])
            return f"新问题：{said}" + (f"；还有 {len(new) - NEW_SAID} 个" if len(new) > NEW_SAID else "")
        return f"少了 {gone} 个问题" if gone else ""
