"""恢复备份: the last checked copies of the open store, and the way back to one of them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from gui.dialogs.dialog import Dialog, framed
from gui.document import Document
from model.errors import UserError

if TYPE_CHECKING:
    from storage.backups import Backup, Restoration

COLUMNS = ("备份时间", "项目", "操作步数", "大小", "原因")
_KIB = 1024


class RestoreDialog(Dialog):
    """Choose a backup; accepting keeps the present state as a backup, puts the chosen one in its place, reopens.

    Signals:
        restored(str): what was done, for the window to show.
    """

    restored = Signal(str)

    def __init__(self, document: Document, parent: QWidget | None = None) -> None:
        super().__init__(
            "恢复备份",
            "恢复前会先把现在的内容备份一份（已有同样的备份时不再多做），所以恢复本身也能退回。备份按序号从新到旧排列，不受电脑时钟影响。",
            "恢复所选备份",
            parent,
        )
        self._document = document
        self._backups: tuple[Backup, ...] = ()
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
        self.content.addWidget(self.table, 1)
        self.resize(660, 380)
        self._fill()

    def finish(self) -> bool:
        """Close, restore, reopen. Whatever fails, the store is open again afterwards if it can be opened at all."""
        from storage.backups import restore  # noqa: PLC0415 brings sqlmodel: not before the first paint

        store, row = self._document.store, self.table.currentRow()
        if store is None or not 0 <= row < len(self._backups):
            return False
        path, project = store.path, self._document.saved_project
        done: Restoration | None = None
        problems = []
        self._document.close_store()
        try:
            done = restore(path, self._backups[row])
        except UserError as error:
            problems.append(str(error))
        finally:
            problems += self._reopen(path, project.id if project is not None else None)
        if done is None or problems:
            self._fill()
            self.tell("\n".join(problems))
            return False
        self.restored.emit(_words(done))
        return True

    def _reopen(self, path: Path, project_id: str | None) -> list[str]:
        """Open the store and show the project that was on screen; what kept it from that."""
        try:
            self._document.open_store(path)
        except UserError as error:
            return [str(error)]
        if project_id is not None:
            self._document.select_project(project_id)
        return []

    def _fill(self) -> None:
        from storage.backups import list_backups  # noqa: PLC0415 brings sqlmodel: not before the first paint

        store = self._document.store
        self._backups = list_backups(store.path) if store is not None else ()
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
        elif store is not None:
            self.close_button.setFocus()
            self.remark("还没有备份。修改过的文件在下一次打开时自动备份，也可以用“文件”菜单的“立即备份”。")


def _texts(backup: Backup) -> tuple[str, ...]:
    return (
        backup.at.astimezone().strftime("%Y-%m-%d %H:%M"),
        f"{backup.project_count} 个",
        f"{backup.entry_count} 步",
        f"{max(1, backup.size // _KIB)} KB",
        f"{backup.reason}（第 {backup.sequence} 份）",
    )


def _words(done: Restoration) -> str:
    before = f"恢复前 {done.projects_before} 个" if done.projects_before is not None else "恢复前的文件无法读取，已另存"
    return f"已恢复第 {done.backup.sequence} 份备份：现有 {done.projects_after} 个项目（{before}）。"
