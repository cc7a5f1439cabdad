"""Writes the working copy of a file in a shared folder back there, and says how it stands (reliability.md §5.4)."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from gui.desk.desk import Desk
from gui.desk.notify import Tone, ask_which
from gui.desk.tasks import Job
from model.errors import UserError
from storage.working_copy.waiting import GaveUpError

if TYPE_CHECKING:  # they bring sqlalchemy, which the first paint does not wait for
    from storage.working_copy.copy import Outgoing, WorkingCopy
    from storage.working_copy.place import Generation

QUIET_MS = 5_000
"""After how long a quiet it is written back."""
LONGEST_MS = 60_000
"""And after how long at the latest while somebody goes on working."""
RETRY_MS = 30_000

KEEP_BESIDE = "打开对方的，我的另存在旁边"
GIVE_WAY = "打开对方的，我的只留备份"
CLOSE_ALL_THE_SAME = "先关闭，以后再写回"
RETRY = "重试"
_WHAT_TO_DO = "怎样处理…"
_EDITING = "正在本机副本上编辑"
_WAYS = (
    "我的另存在旁边：您的版本是同一文件夹里的另一个文件，别人也看得到。",
    "我的只留备份：您的版本只在这台电脑的“恢复备份…”里。",
)
_WAY_OUT = "取消：接着在本机副本上编辑，不写回；按 Ctrl+S 再选。"
_WAY_LATER = "以后再写回：修改留在本机副本中，下次打开这个文件时再选。"


class WriteBack(QObject):
    """Follows the document of a window.

    Signals:
        state_changed(str, bool): how it stands with the copy, for the status bar, and whether it could not be written
            back; "" for a file that is edited in place.
        written(str): all is in the folder, at this time of day (``14:32``).
    """

    state_changed = Signal(str, bool)
    written = Signal(str)

    def __init__(
        self, desk: Desk, save_copy: Callable[[], object], tell_refusal: Callable[[Path, UserError], object]
    ) -> None:
        super().__init__(desk.parent)
        self._desk = desk
        self._document = desk.document
        self._save_copy = save_copy
        self._tell_refusal = tell_refusal
        self._copy: WorkingCopy | None = None
        self._job: Job | None = None
        self._outgoing: Outgoing | None = None
        self._is_left = False
        self._told: type[UserError] | None = None
        self._quiet = _timer(self, QUIET_MS, self.begin)
        self._longest = _timer(self, LONGEST_MS, self.begin)
        self._retry = _timer(self, RETRY_MS, self.begin)
        self._document.store_changed.connect(self._take)
        self._document.saved.connect(self._wait)

    @property
    def is_waiting(self) -> bool:
        """Whether the open file has something the folder does not, which nobody chose to leave so."""
        return self._copy is not None and not self._is_left and self._has_more()

    def begin(self) -> None:
        """Write back beside the window what has to be; what is on its way is waited for."""
        copy = self._copy
        if copy is None or self._job is not None:
            return
        self._stop_timers()
        try:
            outgoing = copy.outgoing()
        except UserError as error:
            self._desk.tell(Tone.FAILED, str(error))
            return
        if outgoing is None:
            self._say_state()
            return
        self._outgoing = outgoing
        job = self._job = Job("写回", lambda _monitor: copy.send(outgoing), self)
        job.succeeded.connect(self._arrived)
        job.failed.connect(self._failed)
        job.ended.connect(self._end)
        self._say_state()
        job.start()

    def save(self) -> None:
        """Ctrl+S: write back now, and ask what to do where somebody else changed the file."""
        if self._copy is not None and self._is_conflict():
            self.ask_about_conflict()
        else:
            self._told = None
            self.begin()

    def leave(self, then: Callable[[], object]) -> None:
        """Do what closes the open file, at once or when what only the copy has is written back or left for later."""
        copy = self._copy
        if copy is None or not self.is_waiting or (copy.trouble is None and self.is_written_at_once()):
            then()
            return
        if self._is_conflict():
            self.ask_about_conflict(then)
            return

        choices = ((RETRY, lambda: self._leave_again(then)), (CLOSE_ALL_THE_SAME, lambda: self._leave_so(then)))
        text = f"{copy.trouble}\n关闭以后，修改留在本机副本中；下次在这台电脑上打开这个文件时再写回。"
        ask_which(self._desk.parent, "没有写回", text, choices, tone=Tone.FAILED)

    def ask_about_conflict(self, then: Callable[[], object] | None = None) -> None:
        """Ask which of two versions to go on with; neither is lost by any answer. ``then`` leaves the file as it is."""
        copy = self._copy
        if copy is None or not self._is_conflict():
            return
        choices: list[tuple[str, Callable[[], object]]] = [
            (KEEP_BESIDE, lambda: self._go_over(copy, is_kept_beside=True)),
            (GIVE_WAY, lambda: self._go_over(copy, is_kept_beside=False)),
        ]
        ways = [*_WAYS]
        if then is not None:
            choices.append((CLOSE_ALL_THE_SAME, lambda: self._leave_so(then)))
            ways.append(_WAY_LATER)
        text = "\n".join((str(copy.trouble), "请选择怎样处理：", *(f"• {way}" for way in (*ways, _WAY_OUT))))
        ask_which(self._desk.parent, "文件夹里的文件已被改动", text, choices, tone=Tone.FAILED)

    def is_written_at_once(self) -> bool:
        """Write back here and now what waits; whether nothing does any more."""
        from storage.working_copy.trouble import AwayError, NotWrittenBackError  # noqa: PLC0415 see above

        copy = self._copy
        if copy is None or not self.is_waiting:
            return True
        try:
            if self._job is not None:
                self._document.waiting(self._job.join)
            copy.write_back()
        except GaveUpError:
            copy.trouble = AwayError.unreachable(copy.target)
            self._say_state()
            return False
        except NotWrittenBackError as error:
            copy.trouble = error
            self._say_state()
            return False
        except UserError as error:
            self._desk.tell(Tone.FAILED, str(error))
            return False
        self._say_state()
        return True

    # Following the document

    def _take(self) -> None:
        self._stop_timers()
        self._copy, self._told, self._is_left = self._document.working_copy, None, False
        self._say_state()
        if self._copy is not None and (self._copy.told or self._has_more()):
            QTimer.singleShot(0, self, self._tell_opened)  # when the page it is told on is there

    def _tell_opened(self) -> None:
        copy = self._copy
        if copy is None:
            return
        if self._is_conflict():
            self.ask_about_conflict()
        elif copy.told:
            self._desk.tell(Tone.INFO if copy.trouble is None else Tone.FAILED, copy.told)
        self._told = type(copy.trouble) if copy.trouble is not None else None
        if copy.trouble is None:
            self.begin()
        else:
            self._retry.start()

    def _wait(self) -> None:
        self._say_state()
        if self._copy is not None and not self._is_conflict():
            self._quiet.start()
            if not self._longest.isActive():
                self._longest.start()

    def _stop_timers(self) -> None:
        for timer in (self._quiet, self._longest, self._retry):
            timer.stop()

    # What came of it

    def _arrived(self, there: Generation) -> None:
        copy, outgoing = self._copy, self._outgoing
        if copy is None or outgoing is None or copy is not self._document.working_copy:
            return
        was_told = copy.trouble is not None
        try:
            copy.sent(outgoing, there)
        except UserError as error:
            self._desk.tell(Tone.FAILED, str(error))
            return
        if was_told:  # in the place of what was told of it
            self._desk.tell(Tone.DONE, f"已写回“{copy.target}”。")
        self._told = None
        self.written.emit(_time_of(copy))

    def _failed(self, error: UserError) -> None:
        from storage.working_copy.trouble import ChangedError, NotWrittenBackError  # noqa: PLC0415 see above

        copy = self._copy
        if copy is None or copy is not self._document.working_copy or not isinstance(error, NotWrittenBackError):
            return
        copy.trouble = error
        if isinstance(error, ChangedError):
            self._desk.tell(Tone.FAILED, str(error), _WHAT_TO_DO, self.ask_about_conflict)
        else:
            if self._told is not type(error):
                self._desk.tell(Tone.FAILED, str(error), RETRY, self.save)
            self._retry.start()
        self._told = type(error)

    def _end(self) -> None:
        job, self._job, self._outgoing = self._job, None, None
        if job is not None:
            job.deleteLater()
        if self._copy is not None and self._copy.trouble is None and self._has_more():
            self._quiet.start()  # another file by now, or what could not be noted
        self._say_state()

    def _leave_again(self, then: Callable[[], object]) -> None:
        if self.is_written_at_once():
            then()
        else:
            self.leave(then)

    def _leave_so(self, then: Callable[[], object]) -> None:
        self._is_left = True
        then()

    def _go_over(self, copy: WorkingCopy, *, is_kept_beside: bool) -> None:
        """Open what lies in the folder; what the copy has more is kept, as a file of its own or as a backup."""
        if copy is not self._copy:
            return
        target, project = copy.target, self._document.saved_project
        try:
            kept = copy.save_beside() if is_kept_beside else None
            copy.give_way()
        except UserError as error:
            self._desk.tell(Tone.FAILED, str(error), "另存一份…", self._save_copy)
            return
        self._document.close_store()
        try:
            self._document.open_store(target)
        except UserError as error:
            self._tell_refusal(target, error)
            return
        if project is not None:
            self._document.select_project(project.id)
        where = f"已另存为“{kept}”" if kept is not None else "留在“恢复备份…”里，原因是“改用文件夹里的版本之前”"
        self._desk.tell(Tone.DONE, f"现在打开的是对方的版本；您的版本{where}。")

    # How it stands

    def _has_more(self) -> bool:
        try:
            return self._copy is not None and self._copy.has_more
        except UserError:  # the next gesture tells it
            return False

    def _is_conflict(self) -> bool:
        from storage.working_copy.trouble import ChangedError  # noqa: PLC0415 see above

        return self._copy is not None and isinstance(self._copy.trouble, ChangedError)

    def _say_state(self) -> None:
        """With all of it in the folder, the time stands in 已写回 already and is not said twice."""
        copy = self._copy
        if copy is None:
            text = ""
        elif self._job is not None:
            text = f"{_EDITING}，正在写回…"
        elif copy.trouble is not None:
            text = f"{_EDITING}，未写回"
        else:
            time = _time_of(copy)
            text = f"{_EDITING}，上次写回 {time}" if time and self._has_more() else _EDITING
        self.state_changed.emit(text, copy is not None and self._job is None and copy.trouble is not None)


def _timer(parent: QObject, milliseconds: int, act: Callable[[], None]) -> QTimer:
    timer = QTimer(parent)
    timer.setSingleShot(True)
    timer.setInterval(milliseconds)
    timer.timeout.connect(act)
    return timer


def _time_of(copy: WorkingCopy) -> str:
    """When a copy was last written back, as a time of day; "" for never."""
    written = copy.written
    return written.astimezone().strftime("%H:%M") if written is not None else ""
