"""Backups, the way back to one, and what is still possible when the file of the open store is gone or damaged."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QStandardPaths

from gui.desk.desk import Desk
from gui.desk.file_choice import STORE_FILTER, asked, choose_existing, choose_new
from gui.desk.notify import Tone, ask_which, show_dialog
from gui.document.opening import save_copy
from gui.files.write_back import RETRY, WriteBack
from model.errors import GoneError, UserError
from model.records import Project
from storage.files.hold import is_held_here
from storage.working_copy.waiting import GaveUpError

RESTORE = "恢复备份…"
SAVE_COPY = "另存一份…"
OPEN_COPY = "打开一份副本…"
ACCEPT = "已核对，按现在的内容继续"
_NAMED = 3


class Rescue:
    """``open_store`` opens a store, and tells when it cannot; ``remember`` lists it as used."""

    def __init__(self, desk: Desk, open_store: Callable[[Path], bool], remember: Callable[[Path], None]) -> None:
        self.write_back = WriteBack(desk, self.save_copy, self.tell_refusal)
        self._desk = desk
        self._document = desk.document
        self._open_store = open_store
        self._remember = remember
        self._retried: Path | None = None

    def back_up(self) -> None:
        """Make a checked backup now."""
        from storage.store.backups import BY_HAND  # noqa: PLC0415 brings sqlmodel: not before the first paint

        store = self._document.store
        if store is None:
            return
        try:
            backup = store.back_up(BY_HAND)
        except UserError as error:
            self.tell_failed(str(error))
        else:
            self._desk.tell(Tone.DONE, f"已备份并核对：{backup.path}")

    def restore(self) -> None:
        """Choose a backup of the open store and go back to it; with no store open, ask of which file."""
        store = self._document.store
        if store is None:
            title = "选择要恢复的数据文件，或它的备份"
            choose_existing(self._desk.parent, title, self._desk.preferences.folder(), STORE_FILTER, self.restore_file)
            return
        path = store.path
        self.leave(lambda: self.restore_file(path))

    def restore_file(self, path: Path) -> None:
        """Choose a backup of a file, which may be damaged or missing; ``path`` may also be one of its backups."""
        from gui.files.backups import RestoreDialog  # noqa: PLC0415 loaded when first asked for
        from storage.store.backups import store_of  # noqa: PLC0415 brings sqlmodel: not before the first paint

        store = store_of(path)
        try:
            dialog = RestoreDialog(self._document, self._desk.parent, path=store)
        except GaveUpError as error:
            self._desk.tell(Tone.FAILED, str(error))
            return
        dialog.restored.connect(lambda text: self._tell_restored(store, text))
        show_dialog(dialog)

    def tell_refusal(self, path: Path, error: UserError) -> None:
        """Say why a file was not opened, and offer its backups where they help."""
        from storage.store.backups import list_backups  # noqa: PLC0415 brings sqlmodel: not before the first paint
        from storage.store.lock import LockedError  # noqa: PLC0415 as above
        from storage.store.refusal import UnreadableError  # noqa: PLC0415 as above

        def is_missing() -> bool:
            return not asked(Path.exists, path) and bool(list_backups(path))

        if isinstance(error, GaveUpError):
            self._desk.tell(Tone.FAILED, str(error))
        elif self._asked_there(is_missing) or isinstance(error, UnreadableError):
            self._desk.tell(Tone.FAILED, str(error), RESTORE, lambda: self.restore_file(path))
        elif isinstance(error, LockedError) and not self._asked_there(lambda: is_held_here(path)):
            text = str(error) if self._retried == path else error.text
            again = (RETRY, lambda: self._open_again(path))
            self._desk.tell(Tone.FAILED, text, OPEN_COPY, lambda: self._ask_copy(path), also=again)
        else:
            self._desk.tell(Tone.FAILED, str(error))

    def _asked_there(self, question: Callable[[], bool]) -> bool:
        """Ask in a folder that may not answer; then no."""
        try:
            return self._document.waiting(question)
        except GaveUpError:
            return False

    def _open_again(self, path: Path) -> None:
        """Try once more to open a file that somebody else had; if that is so still, say all there is to do."""
        self._retried = path
        self._open_store(path)
        self._retried = None

    def _ask_copy(self, path: Path) -> None:
        """Ask for a name for a copy of a file that somebody else works on, and open that."""
        documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        start = Path(documents or Path.home()) / f"{path.stem}（副本）.jixiao"
        choose_new(self._desk.parent, OPEN_COPY, start, STORE_FILTER, lambda new: self.open_copy(path, new))

    def open_copy(self, path: Path, new: Path) -> None:
        """Copy a file that somebody else works on to a new one, as it was last saved, and open that."""
        from storage.working_copy.taking import copy_out  # noqa: PLC0415 brings sqlmodel: not before the first paint

        try:
            self._document.waiting(lambda: copy_out(path, new))
        except UserError as error:
            self.tell_refusal(path, error)
            return
        if self._open_store(new):
            text = f"这是“{path}”的副本，存为“{new}”。在这里的修改不会进入原来的文件；需要时可以导入过去。"
            self._desk.tell(Tone.DONE, text)

    def tell_failed(self, text: str) -> None:
        """Say that something was not saved; when the file itself is gone, offer to save all there was elsewhere."""
        if self._trouble() is None:
            self._desk.tell(Tone.FAILED, text)
        else:
            self._desk.tell(Tone.FAILED, text, SAVE_COPY, self.save_copy)

    def save_copy(self) -> None:
        """Ask for a name, write everything the open store holds there, and go on in it."""
        store = self._document.store
        if store is not None:
            start = Path(self._desk.preferences.folder()) / f"{store.path.stem}（另存）.jixiao"
            choose_new(self._desk.parent, "另存一份", start, STORE_FILTER, self.save_copy_as)

    def save_copy_as(self, path: Path) -> None:
        """Write everything the open store holds to a new file and go on in it."""
        store = self._document.store
        if store is None:
            return
        gone = store.path
        try:
            save_copy(store, path, self._document.wants_copy, self._document.waiting)
        except GaveUpError as error:
            self._desk.tell(Tone.FAILED, str(error), SAVE_COPY, self.save_copy)
            return
        except UserError as error:
            self._desk.tell(Tone.FAILED, str(error), RESTORE, lambda: self.restore_file(gone))
            return
        project, waiting = self._document.saved_project, self._document.unwritten
        self._document.close_store()
        if self._open_store(path):
            if project is not None:
                self._document.select_project(project.id)
            for typed in waiting:
                self._document.write_text(typed.label, typed.part, typed.record_id, typed.field, typed.text)
            self._desk.tell(Tone.DONE, f"已另存为“{path}”，现在打开的就是它。")

    def tell_spoilt(self, project: Project) -> None:
        """Say that the project on screen is not as it was written, and ask what to do about it."""
        from storage.store.digests import spoilt_in_words  # noqa: PLC0415 brings sqlmodel: not before the first paint

        choices = ((RESTORE, self.restore), (ACCEPT, lambda: self._accept(project.id)))
        ask_which(self._desk.parent, "内容与保存时不一致", spoilt_in_words(project), choices, tone=Tone.FAILED)

    def tell_others_spoilt(self, projects: tuple[Project, ...]) -> None:
        """Say that projects that are not on screen are not as they were written."""
        named = "、".join(f"{project.year} 年度“{project.project_name}”" for project in projects[:_NAMED])
        more = f"等{len(projects)}个项目" if len(projects) > _NAMED else ""
        text = (
            f"已检查全部项目：{named}{more}的内容与保存时不一致（文件受过损坏或被其他程序改动过）。请打开后逐项核对。"
        )
        self._desk.tell(Tone.FAILED, text, RESTORE, self.restore)

    def _accept(self, project_id: str) -> None:
        store, project = self._document.store, self._document.saved_project
        if store is None or project is None or project.id != project_id:
            return
        try:
            store.accept(project)
        except UserError as error:
            self.tell_failed(str(error))
        else:
            self._desk.tell(Tone.DONE, f"“{project.project_name}”按现在的内容继续，已记入修改记录。")

    @property
    def is_gone(self) -> bool:
        """Whether the file of the open store was removed, replaced or changed from outside."""
        return self._trouble() is not None

    def leave(self, then: Callable[[], object]) -> None:
        """Do what closes the open store, at once or when what only it holds is saved elsewhere or given up.

        With its file gone, what it holds could never be read again.
        """
        trouble = self._trouble()
        if trouble is None:
            self._document.leave(lambda: self.write_back.leave(then))
            return

        def give_up() -> None:
            self._document.close_store()
            then()

        text = f"{trouble.what}\n关闭以后，其中的内容就再也读不出来了。请先另存一份。"
        choices = ((SAVE_COPY, self.save_copy), ("不另存，继续", give_up))
        ask_which(self._desk.parent, "文件已不在原处", text, choices, tone=Tone.FAILED)

    def _trouble(self) -> GoneError | None:
        """What became of the file of the open store; None when it is as it was left."""
        store = self._document.store
        try:
            if store is not None:
                store.refuse_if_gone()
        except GoneError as error:
            return error
        return None

    def _tell_restored(self, path: Path, text: str) -> None:
        """Say what was restored, until something else is done to it: 撤销 is of the store as it is now."""
        self._remember(self._document.path or path)
        stack = self._document.undo_stack
        after = stack.index()
        self._desk.tell(Tone.DONE, text, is_so=lambda: stack.index() == after)
