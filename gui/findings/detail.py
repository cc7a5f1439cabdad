"""Below the 问题 list: what its current row says in full, why the rule is there, and the way into the manual."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from gui.desk.labels import EDGE, LINK_AROUND, RIGHT_EDGE, call
from gui.desk.wrapped_label import WrappedLabel
from gui.findings.rows import Row, rules_by_id, words_of
from gui.findings.wording import says_more
from model.records import Project


class FindingDetail(QWidget):
    """Two texts and a link; what the row above says already is not said again.

    Signals:
        rule_wanted(str): the person wants to read about a rule.
    """

    rule_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("findingDetail")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._rule = ""
        self.words = WrappedLabel("", self)
        self.why = WrappedLabel("", self, is_muted=True)
        self.manual = QPushButton(self)
        self.manual.setProperty("link", "true")
        self.manual.setToolTip("在使用手册中查看这条规则（Ctrl+F1）")
        self.manual.clicked.connect(lambda: self.rule_wanted.emit(self._rule))
        below = QHBoxLayout()
        below.setContentsMargins(0, 0, 0, 0)
        below.addWidget(self.why, 1)
        below.addWidget(self.manual)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(EDGE, 4, RIGHT_EDGE - LINK_AROUND, 4)
        layout.setSpacing(1)
        layout.addWidget(self.words)
        layout.addLayout(below)
        self.hide()

    def show_row(self, row: Row | None, project: Project | None) -> None:
        """Speak of another row, or of none and be gone."""
        self.setVisible(row is not None)
        if row is None:
            return
        finding = row.finding
        info = rules_by_id().get(finding.rule)
        self._rule = finding.rule
        is_said = not (finding.members or finding.is_closed or says_more(finding))
        words = f"例如：{words_of(finding.members[0], project)}" if finding.members else words_of(finding, project)
        self.words.setText(f"已说明：{finding.explanation}" if finding.is_closed else words)
        self.words.setVisible(not is_said)
        self.why.setText(f"为什么：{info.why}" if info is not None else "")
        self.manual.setText(f"手册 {finding.rule}")
        call(self.manual, f"手册中的规则 {finding.rule}")
