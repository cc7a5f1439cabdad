"""出错说明: why a warning stays as it is, in the clerk's own words; kept, exported, and it closes the warning."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QWidget

from gui.dialogs.dialog import Dialog
from gui.document import Document
from model import edits
from model.findings import Finding


class ExplanationDialog(Dialog):
    """Write, change or (by emptying it) take back the explanation of one finding."""

    def __init__(self, document: Document, finding: Finding, parent: QWidget | None = None) -> None:
        super().__init__(
            "出错说明", "写明为什么保持现状。说明会随表导出到“出错说明”工作表，该警告随之关闭。", "保存说明", parent
        )
        self._document = document
        self._finding = finding
        about = QLabel(f"{finding.rule}　{finding.message}", self)
        about.setWordWrap(True)
        self.text = QPlainTextEdit(finding.explanation, self)
        self.text.setAccessibleName("出错说明")
        self.text.setPlaceholderText("例如：本项目为内部管理类，无服务对象，不设满意度指标。")
        self.text.setTabChangesFocus(True)
        self.text.installEventFilter(self)
        self.content.addWidget(about)
        self.content.addWidget(self.text, 1)
        self.resize(480, 280)
        self.text.setFocus()

    def finish(self) -> bool:
        """Keep the explanation as one gesture."""
        project = self._document.saved_project
        if project is None:
            return False
        text = self.text.toPlainText().strip()
        label = "填写出错说明" if text else "删除出错说明"
        return self._document.push(label, edits.explain(project, self._finding.key, text))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Ctrl+Enter saves from inside the text, where Enter begins a new line."""
        if watched is self.text and isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            if is_enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self.accept_button.click()
                return True
        return super().eventFilter(watched, event)
