"""恢复备份: the last checked copies of the open store, and the way back to one of them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from gui.dialogs.dialog import Dialog
from gui.document import Document
from model.errors import UserError

if TYPE_CHECKING:
    from storage.backups import Backup

COLUMNS = ("备份时间", "项目", "操作步数", "大小", "原因")
_KIB = 1024


class RestoreDialog(Dialog):
    """Choose a backup; accepting keeps the present state as one more backup, puts the chosen one in its place, reopens.

    ``outcome`` says afterwards what was done, for the window to show.
    """

    def __init__(self, document: Document, parent: QWidget | None = None) -> None:
        super().__init__(
            "恢复备份",
            "恢复前会先把现在的内容另存为一份备份，所以恢复本身也能退回。备份以序号为准，不受电脑时钟影响。",
            "恢复所选备份",
            parent,
        )
        self._document = document
        self._backups: tuple[Backup, ...] = ()
        self.outcome = ""
        self.table = QTableWidget(0, len(COLUMNS), self)
        self.table.setAccessibleName("备份列表")
        self.table.setHorizontalHeaderLabels(COLUMNS)
        self.table.verticalHeader().hide()
        self.table.setShowGrid(False)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setTabKeyNavigation(False)
        self.table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.table.horizontalHeader().setStretchLastSection(True)
        self.content.addWidget(self.table, 1)
        self.resize(640, 380)
        self._fill()
        self.table.setFocus()

    def finish(self) -> bool:
        """Close, restore, reopen. Whatever fails, a store is open again afterwards."""
        from storage.backups import restore  # noqa: PLC0415 brings sqlmodel: not before the first paint

        store, row = self._document.store, self.table.currentRow()
        if store is None or not 0 <= row < len(self._backups):
            return False
        path: Path = store.path
        self._document.close_store()
        try:
            done = restore(path, self._backups[row])
        except UserError as error:
            self.tell(str(error))
            return False
        finally:
            self._document.open_store(path)
        self.outcome = (
            f"已恢复第 {done.backup.sequence} 份备份："
            f"现有 {done.projects_after} 个项目（恢复前 {done.projects_before} 个）。"
        )
        return True

    def _fill(self) -> None:
        from storage.backups import list_backups  # noqa: PLC0415 brings sqlmodel: not before the first paint

        store = self._document.store
        self._backups = list_backups(store.path) if store is not None else ()
        self.table.setRowCount(len(self._backups))
        for row, backup in enumerate(self._backups):
            texts = (
                backup.at.astimezone().strftime("%Y-%m-%d %H:%M"),
                f"{backup.project_count} 个",
                f"{backup.entry_count} 步",
                f"{max(1, backup.size // _KIB)} KB",
                f"{backup.reason}（第 {backup.sequence} 份）",
            )
            for column, text in enumerate(texts):
                item = QTableWidgetItem(text)
                item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
                self.table.setItem(row, column, item)
        self.accept_button.setEnabled(bool(self._backups))
        if self._backups:
            self.table.selectRow(0)
        else:
            self.lead.setText("还没有备份。修改过内容的文件，在下一次打开时会自动备份。")
