"""恢复备份: the last checked copies of a store, open or not, damaged or missing, and the way back to one of them."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from gui.desk.dialog import Dialog, framed
from gui.desk.labels import ElidedLabel
from gui.document.document import Document
from model.errors import UserError
from storage.files.remote import is_on_network
from storage.working_copy.waiting import GaveUpError, Waiting, as_long_as_it_takes

if TYPE_CHECKING:
    from storage.store.backups import Backup, Restoration

COLUMNS = ("备份时间", "项目", "操作步数", "大小", "原因")
_KIB = 1024
OPEN_LEAD = (
    "恢复前会先把现在的内容备份一份（已有同样的备份时不再多做），所以恢复本身也能退回。"
    "备份按序号从新到旧排列，不受电脑时钟影响。"
)
CLOSED_LEAD = (
    "选一份备份放回原处并打开。原处的文件会先备份；已损坏、打不开的，原样另存在备份文件夹里。"
    "备份按序号从新到旧排列，不受电脑时钟影响。"
)
_LEFT = (
    "网络文件夹没有回应，没有再等下去。\n"
    "恢复或者没有做，或者在连上以后还会做完；原来的内容会先备份，不会丢失。请检查网络，连上以后再看。"
)
NONE_YET = "还没有备份。修改过的文件在下一次打开时自动备份，也可以用“文件”菜单的“立即备份”。"


class RestoreDialog(Dialog):
    """Choose a backup; accepting keeps the present state as a backup, puts the chosen one in its place, opens it.

    What stands there and cannot be opened is kept as it is, beside the backups.

    Signals:
        restored(str): what was done, for the window to show.
    """

    restored = Signal(str)

    def __init__(self, document: Document, parent: QWidget | None = None, *, path: Path | None = None) -> None:
        """``path`` is the store whose backups are shown; without, that of the document.

        Raises GaveUpError when nobody waits any more for its folder.
        """
        store = document.store
        self._document = document
        self._target = document.path  # the person's file, opened again afterwards
        self._path = path if path is not None else store.path if store is not None else None
        self._is_open, self._backups = document.waiting(self._looked_at)
        super().__init__("恢复备份", OPEN_LEAD if self._is_open else CLOSED_LEAD, "恢复所选备份", parent)
        self.table = QTableWidget(0, len(COLUMNS), self)
        self.table.setAccessibleName("备份列表")
        self.table.setHorizontalHeaderLabels(COLUMNS)
        self.table.verticalHeader().hide()
        self.table.setShowGrid(False)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setTabKeyNavigation(False)
        self.table.setMinimumHeight(96)
        header = self.table.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setStretchLastSection(True)
        framed(self.table)
        self.file = ElidedLabel(self)
        self.file.set_full_text(f"{self._path.name}（{self._path.parent}）" if self._path is not None else "")
        self.file.setVisible(not self._is_open)
        self.content.addWidget(self.file)
        self.content.addWidget(self.table, 1)
        self.resize(660, 380)
        self._show()

    def finish(self) -> bool:
        """Close, restore, open. Whatever fails, a store that was open is open again if it can be opened at all."""
        from storage.store.backups import restore  # noqa: PLC0415 brings sqlmodel: not before the first paint

        path, row = self._path, self.table.currentRow()
        if path is None or not 0 <= row < len(self._backups):
            return False
        backup = self._backups[row]
        project = self._document.saved_project if self._is_open else None
        done: Restoration | None = None
        problems = []
        if self._is_open:
            self._document.close_store()
        try:
            done = self._waiting(path)(lambda: restore(path, backup))
        except GaveUpError:
            problems.append(_LEFT)
        except UserError as error:
            problems.append(str(error))
        finally:
            if self._is_open or done is not None:
                target = self._target if self._is_open and self._target is not None else path
                problems += self._open(target, project.id if project is not None else None)
        if done is None or problems:
            if _LEFT not in problems:
                self._look_again()
            self.tell("\n".join(problems))
            return False
        self.restored.emit(_words(done))
        return True

    def _open(self, path: Path, project_id: str | None) -> list[str]:
        """Open the store and show the project that was on screen; what kept it from that."""
        try:
            self._document.open_store(path)
        except UserError as error:
            return [str(error)]
        if project_id is not None:
            self._document.select_project(project_id)
        return []

    def _looked_at(self) -> tuple[bool, tuple[Backup, ...]]:
        """Whether the file is the one that is open, and its backups: to be asked where its folder may not answer."""
        from storage.working_copy.copy import list_backups  # noqa: PLC0415 brings sqlmodel: not before the first paint

        store, path = self._document.store, self._path
        if path is None:
            return False, ()
        return store is not None and path.resolve() == store.path.resolve(), list_backups(path)

    def _waiting(self, path: Path) -> Waiting:
        """How what takes its time with the file is waited for: nobody speaks of a network where there is none."""
        return self._document.waiting if not self._is_open and is_on_network(path) else as_long_as_it_takes

    def _look_again(self) -> None:
        """List what there is by now; a store that could not be opened again is open no more."""
        with suppress(GaveUpError):
            self._is_open, self._backups = self._document.waiting(self._looked_at)
        self._show()

    def _show(self) -> None:
        self.table.setRowCount(len(self._backups))
        for row, backup in enumerate(self._backups):
            for column, text in enumerate(_texts(backup)):
                item = QTableWidgetItem(text)
                item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
                self.table.setItem(row, column, item)
        self.allow(is_allowed=bool(self._backups))
        self.table.setEnabled(bool(self._backups))
        if self._backups:
            self.table.selectRow(0)
            self.table.setFocus()
        else:
            self.close_button.setFocus()
            self.remark(NONE_YET if self._is_open else self._none_found())

    def _none_found(self) -> str:
        from storage.store.backups import backup_folder  # noqa: PLC0415 as above

        folder = backup_folder(self._path).name if self._path is not None else ""
        return f"这个文件旁边没有备份。备份在“{folder}”文件夹里；文件移动过的，请把这个文件夹放回它旁边。"


def _texts(backup: Backup) -> tuple[str, ...]:
    return (
        backup.at.astimezone().strftime("%Y-%m-%d %H:%M"),
        f"{backup.project_count} 个",
        f"{backup.entry_count} 步",
        f"{max(1, backup.size // _KIB)} KB",
        f"{backup.reason}（第 {backup.sequence} 份）",
    )


def _words(done: Restoration) -> str:
    if done.projects_before is not None:
        before = f"恢复前 {done.projects_before} 个，在第 {done.kept_as} 份备份里"
    elif done.kept is not None:
        before = f"恢复前的文件无法读取，已另存为“{done.kept.parent.name}”文件夹中的“{done.kept.name}”"
    else:
        before = "恢复前原处没有文件"
    names = "、".join(f"“{journal.name}”" for journal in done.journals)
    aside = f"旁边有以前的同名文件中断时留下的日志，已改名为{names}保留。" if names else ""
    return f"已恢复第 {done.backup.sequence} 份备份：现有 {done.projects_after} 个项目（{before}）。{aside}"
