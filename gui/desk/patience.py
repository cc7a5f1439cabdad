"""Waiting for a folder that may not answer, without holding the window: after a moment it says so, and can be left."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event, Lock, Thread
from typing import Any

from PySide6.QtCore import QEventLoop, QObject, Qt, QThread, Signal
from PySide6.QtWidgets import QApplication, QWidget

from gui.desk.dialog import Dialog
from gui.desk.notify import show_dialog
from storage.working_copy.waiting import GaveUpError, Result

MOMENT_SECONDS = 0.4
"""How long it is simply waited for: a folder that answers takes less."""
TITLE = "正在等待网络文件夹…"
_LEAD = (
    "网络文件夹还没有回应：可能网络断了，或者那台电脑关机、休眠了。\n"
    "可以再等等，也可以不等：已经写下的内容都在，不会丢失。"
)
_WIDTH = 440


class Patience:
    """Waits for one window (:class:`storage.working_copy.waiting.Waiting`)."""

    def __init__(self, parent: QWidget) -> None:
        self._parent = parent

    def __call__(self, work: Callable[[], Result], undo: Callable[[], object] | None = None) -> Result:
        """Do the work in a thread of its own; the window goes on being drawn and can say that it waits no longer."""
        application = QApplication.instance()
        if application is None or QThread.currentThread() is not application.thread():
            return work()
        errand = Errand(work, undo)
        errand.start()
        if not errand.is_over(MOMENT_SECONDS) and not self._waited_for(errand):
            raise GaveUpError
        result: Result = errand.result()
        return result

    def _waited_for(self, errand: Errand) -> bool:
        """Say that it is waited for; whether it came to an end before somebody had enough."""
        dialog = Dialog(TITLE, _LEAD, "", self._parent)
        dialog.keep_together()
        dialog.setMinimumWidth(_WIDTH)
        dialog.progress.setRange(0, 0)
        dialog.progress.show()
        dialog.close_button.setText("不等了")
        loop = QEventLoop()
        dialog.finished.connect(loop.quit)
        errand.bell.rung.connect(dialog.accept, Qt.ConnectionType.QueuedConnection)
        show_dialog(dialog)
        if not errand.is_over(0):  # it may have rung before anybody listened
            loop.exec()
        is_done = not errand.leave()
        if is_done:
            dialog.accept()
        return is_done


class _Bell(QObject):
    rung = Signal()


class Errand:
    """One piece of work in a thread of its own, which may outlive whoever waits for it; its bell rings at the end."""

    def __init__(self, work: Callable[[], Any], undo: Callable[[], object] | None) -> None:
        """``undo`` takes back what the work came to after it was left."""
        self.bell = _Bell()
        self._work = work
        self._undo = undo
        self._result: Any = None
        self._error: BaseException | None = None
        self._over = Event()
        self._deciding = Lock()
        self._is_left = False
        self._thread = Thread(target=self._run, name="文件夹", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def is_over(self, seconds: float) -> bool:
        """Whether it came to an end within this time."""
        return self._over.wait(seconds)

    def leave(self) -> bool:
        """Wait no longer; whether it was under way still: what it comes to is then nobody's any more."""
        with self._deciding:
            self._is_left = not self._over.is_set()
            return self._is_left

    def result(self) -> Any:
        """What the work gave. Raises what it raised."""
        if self._error is not None:
            raise self._error
        return self._result

    def _run(self) -> None:
        try:
            self._result = self._work()
        except BaseException as error:  # noqa: BLE001 handed to whoever waits for it
            self._error = error
        with self._deciding:
            self._over.set()
            is_left = self._is_left
        if not is_left:
            self.bell.rung.emit()
        elif self._error is None and self._undo is not None:
            self._undo()
