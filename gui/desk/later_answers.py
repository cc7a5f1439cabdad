"""Questions about a path that is still being typed: asked beside the window, which no folder may hold."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QObject, Qt, Signal

from gui.desk.patience import Errand

_Answer = TypeVar("_Answer")

AT_ONCE_SECONDS = 0.2
"""How long an answer is waited for: a disk takes less. While another one is still out, nothing is waited for."""
MOST_OUT = 8


class LaterAnswers(QObject):
    """Asks for one field of a dialog.

    Signals:
        came(): what was asked last has an answer by now: it is to be asked once more.
    """

    came = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._asked: tuple[object, Errand] | None = None
        self._out: list[Errand] = []

    def ask(self, question: Callable[[], _Answer]) -> _Answer | None:
        """The answer of now, or None while it is not there; two questions that are equal are one."""
        if self._asked is None or self._asked[0] != question:
            self._begin(question)
        if self._asked is None or not self._asked[1].is_over(0):
            return None
        errand, self._asked = self._asked[1], None
        answer: _Answer = errand.result()
        return answer

    def forget(self) -> None:
        """Nobody waits for an answer any more."""
        if self._asked is not None:
            self._asked[1].leave()
            self._asked = None

    def _begin(self, question: Callable[[], object]) -> None:
        self.forget()
        self._out = [errand for errand in self._out if not errand.is_over(0)]
        if len(self._out) >= MOST_OUT:
            return
        errand = Errand(question, None)
        self._asked = question, errand
        errand.start()
        if not errand.is_over(0 if self._out else AT_ONCE_SECONDS):
            self._out.append(errand)
            errand.bell.rung.connect(self._ring, Qt.ConnectionType.QueuedConnection)

    def _ring(self) -> None:
        if self._asked is not None and self._asked[1].is_over(0):
            self.came.emit()
