"""出错说明: why a warning stays as it is, in the clerk's own words; kept, exported, and it closes the warning."""

from __future__ import annotations

from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from gui.desk.dialog import Dialog
from gui.desk.invitation import invite
from gui.desk.wrapped_label import WrappedLabel
from gui.document.document import Document
from gui.findings.rows import words_of
from model import edits
from model.changes import ProjectChange
from model.findings import Finding, Place


def _example(place: Place) -> str:
    """What an explanation may read like: of a level that is left out, of a line, of a field."""
    if place.level:
        return f"例如：本项目为内部管理类，不涉及这方面，不设{place.level}。"
    if place.indicator_id:
        return "例如：指标按批准的实施方案填写，名称、归类和数值均已核对。"
    return "例如：按批复文件填写，已与业务部门核对，情况属实。"


class ExplanationDialog(Dialog):
    """Write, change or (by emptying it) take back the explanation of one finding. Ctrl+Enter keeps it."""

    losing = "说明还没有保存"

    def __init__(self, document: Document, finding: Finding, parent: QWidget | None = None) -> None:
        super().__init__(
            "出错说明",
            "写明为什么保持现状。说明会随表导出到“出错说明”工作表，该警告随之关闭；清空则重新提示。",
            "保存说明",
            parent,
        )
        self._document = document
        self._finding = finding
        about = WrappedLabel(words_of(finding, document.saved_project), self)
        about.setObjectName("dialogTitle")
        self.text = QPlainTextEdit(finding.explanation, self)
        self.text.setAccessibleName("出错说明")
        self.text.setAccessibleDescription(about.text())
        invite(self.text, _example(finding.place))
        self.text.setTabChangesFocus(True)
        self.text.setMinimumHeight(72)
        self.accept_button.setToolTip("保存说明（Ctrl+Enter）")
        self.content.addWidget(about)
        self.content.addWidget(self.text, 1)
        self.resize(520, 300)
        self.text.setFocus()
        self.text.moveCursor(QTextCursor.MoveOperation.End)
        self.text.textChanged.connect(lambda: document.note_changes(self._changes()))
        self.rejected.connect(lambda: document.note_changes(()))

    def finish(self) -> bool:
        """Keep the explanation as one gesture."""
        if self._document.saved_project is None:
            return False
        label = "填写出错说明" if self._typed() else "删除出错说明"
        return self.push(self._document, label, self._changes())

    def unsaved(self) -> str | None:
        """What is written and was not there before."""
        return typed if (typed := self._typed()) != self._finding.explanation.strip() else None

    def _typed(self) -> str:
        return self.text.toPlainText().strip()

    def _changes(self) -> tuple[ProjectChange, ...]:
        project = self._document.saved_project
        if project is None:
            return ()
        keys = [member.key for member in self._finding.members] or [self._finding.key]
        return edits.explain_all(project, keys, self._typed(), self._document.settings)
