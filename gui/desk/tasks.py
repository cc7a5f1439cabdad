"""Long work off the GUI thread: it gets immutable snapshots, tells how far it is, and may be asked to stop.

The work itself never touches a widget or the open store; its result is delivered on the GUI thread.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from queue import SimpleQueue
from threading import Event, Thread
from typing import Any

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from model.errors import CancelledError, UserError
from storage.working_copy.waiting import Waiting, as_long_as_it_takes

STILL_MS = 1_500
"""How long a job may go on after it was cancelled until nobody need wait for it."""


@dataclass(frozen=True, slots=True)
class Step:
    """How many steps of how many (0 = unknown) are done, and what is being done now."""

    done: int
    total: int
    text: str


class Monitor:
    """What the work is given: where it reports its progress and learns that it should stop."""

    def __init__(self, report: Callable[[Step], None]) -> None:
        self._report = report
        self._stop = Event()

    def progress(self, done: int, total: int, text: str = "") -> None:
        """Report a step; raises :class:`CancelledError` when the person asked to stop."""
        if self._stop.is_set():
            raise CancelledError
        self._report(Step(done, total, text))

    def is_cancelled(self) -> bool:
        """Whether the person asked to stop, for work that prefers to ask."""
        return self._stop.is_set()

    def cancel(self) -> None:
        """Ask the work to stop at its next step."""
        self._stop.set()


Work = Callable[[Monitor], Any]


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a job ended: with a result, with an exception, or cancelled (neither)."""

    result: Any = None
    error: Exception | None = None
    was_cancelled: bool = False


class Job(QObject):
    """One piece of work under way, in a thread of its own.

    Only parameterless signals cross the threads; what they announce waits in a queue, so that no Python object is
    ever freed on the wrong side.

    Signals (all on the GUI thread):
        progressed(int, int, str): steps done, steps in all (0 = unknown), what is being done.
        succeeded(object): the result.
        failed(UserError): the environment stopped it; nothing was changed.
        cancelled(): the person stopped it.
        stood_still(): it was stopped and has not come to an end yet, as in a folder that does not answer.
        ended(): after any of the three.
    """

    progressed = Signal(int, int, str)
    succeeded = Signal(object)
    failed = Signal(object)
    cancelled = Signal()
    stood_still = Signal()
    ended = Signal()
    _mail_arrived = Signal()

    def __init__(self, title: str, work: Work, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.title = title
        self._work = work
        self._mail: SimpleQueue[Step | Outcome] = SimpleQueue()
        self._monitor = Monitor(self._send)
        self._is_begun = False
        self._thread = Thread(target=self._run, name=title, daemon=True)
        self._mail_arrived.connect(self._read_mail, Qt.ConnectionType.QueuedConnection)

    def start(self) -> None:
        """Begin, unless it was cancelled before; returns at once."""
        if not self._monitor.is_cancelled():
            self._is_begun = True
            self._thread.start()

    def cancel(self) -> None:
        """Ask the work to stop; ``cancelled`` follows when it has, at once for work that has not begun."""
        is_first_time = not self._monitor.is_cancelled()
        self._monitor.cancel()
        if is_first_time and not self._is_begun:
            self._send(Outcome(was_cancelled=True))
        elif is_first_time:
            QTimer.singleShot(STILL_MS, self, self._look)

    def join(self) -> None:
        """Wait until the thread is through."""
        if self._thread.is_alive():
            self._thread.join()

    def _look(self) -> None:
        if self._thread.is_alive():
            self.stood_still.emit()

    def _run(self) -> None:
        try:
            outcome = Outcome(result=self._work(self._monitor))
        except CancelledError:
            outcome = Outcome(was_cancelled=True)
        except Exception as error:  # noqa: BLE001 - handed to the GUI thread, which tells errors from bugs
            outcome = Outcome(error=error)
        if self._monitor.is_cancelled() and outcome.error is None:
            outcome = Outcome(was_cancelled=True)
        self._send(outcome)

    def _send(self, mail: Step | Outcome) -> None:
        self._mail.put(mail)
        with suppress(RuntimeError):  # the window is gone, and nobody waits for it any more
            self._mail_arrived.emit()

    @Slot()
    def _read_mail(self) -> None:
        mail = self._mail.get()
        if isinstance(mail, Step):
            self.progressed.emit(mail.done, mail.total, mail.text)
        else:
            self._finish(mail)

    def _finish(self, outcome: Outcome) -> None:
        try:
            if outcome.was_cancelled:
                self.cancelled.emit()
            elif isinstance(outcome.error, UserError):
                self.failed.emit(outcome.error)
            elif outcome.error is None:
                self.succeeded.emit(outcome.result)
        finally:
            self.ended.emit()
        if outcome.error is not None and not isinstance(outcome.error, UserError):
            raise outcome.error


class TaskRunner(QObject):
    """Runs jobs, one at a time, and knows the one under way.

    Signals:
        started(Job): a job begins; connect to its signals for the progress display.
    """

    started = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs: list[Job] = []

    @property
    def is_busy(self) -> bool:
        """Whether a job is under way or waiting."""
        return bool(self._jobs)

    def run(self, title: str, work: Work, done: Callable[[Any], None], failed: Callable[[UserError], None]) -> Job:
        """Do ``work`` in the background, after what is under way; ``done`` or ``failed`` runs on the GUI thread."""
        job = Job(title, work, self)
        job.succeeded.connect(done)
        job.failed.connect(failed)
        job.ended.connect(self._go_on)  # the methods, not closures: a job must not keep its runner alive
        job.stood_still.connect(self._pass_over)
        self._jobs.append(job)
        if len(self._jobs) == 1:
            self._start(job)
        return job

    def shut_down(self, waiting: Waiting = as_long_as_it_takes) -> None:
        """Cancel what is under way, drop what is waiting, and wait: nothing may outlive the window.

        But for what stands still in a folder that does not answer: nobody need wait for that (GaveUpError is raised),
        and for what was passed over nobody does.
        """
        jobs, self._jobs = self._jobs, []
        for job in jobs:
            job.cancel()
        for job in jobs:
            waiting(job.join)

    def _start(self, job: Job) -> None:
        self.started.emit(job)
        job.start()

    @Slot()
    def _go_on(self) -> None:
        job = self.sender()
        if isinstance(job, Job):
            job.deleteLater()
            self._let_go(job)

    @Slot()
    def _pass_over(self) -> None:
        """What stands still keeps nothing else from beginning."""
        job = self.sender()
        if isinstance(job, Job):
            self._let_go(job)

    def _let_go(self, job: Job) -> None:
        was_first = job in self._jobs[:1]
        self._jobs = [one for one in self._jobs if one is not job]
        if self._jobs and was_first:
            self._start(self._jobs[0])
