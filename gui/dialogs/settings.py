"""设置: the unit, the scoring profile of each year, the thresholds of the rules, the unit's own measuring units."""

from __future__ import annotations

from PySide6.QtWidgets import QFormLayout, QLabel, QLineEdit, QPlainTextEdit, QTabWidget, QVBoxLayout, QWidget

from gui.dialogs.dialog import Dialog
from gui.dialogs.profile_page import ProfilePage
from gui.dialogs.threshold_page import ThresholdPage
from gui.document import Document
from model import edits
from model.settings import Settings


class SettingsDialog(Dialog):
    """All settings of the open store; accepting writes what changed as one gesture."""

    def __init__(self, document: Document, parent: QWidget | None = None) -> None:
        super().__init__("设置", "设置保存在当前文件中，随文件一起带走；修改后可以撤销。", "保存", parent)
        self._document = document
        settings = document.settings
        self.tabs = QTabWidget(self)
        self.tabs.setDocumentMode(True)
        self.unit = QLineEdit(settings.unit_name, self)
        self.unit.setPlaceholderText("与公章一致；留空则取多数项目的实施单位")
        self.department = QLineEdit(settings.department, self)
        self.profile = ProfilePage(settings, self)
        self.thresholds = ThresholdPage(settings.thresholds, self)
        self.own_units = QPlainTextEdit("\n".join(settings.own_units), self)
        self.own_units.setAccessibleName("自有计量单位")
        self.own_units.setTabChangesFocus(True)
        self.tabs.addTab(self._unit_page(), "本单位")
        self.tabs.addTab(self.profile, "计分方案")
        self.tabs.addTab(self.thresholds, "检查阈值")
        self.tabs.addTab(self._own_units_page(), "计量单位")
        self.content.addWidget(self.tabs, 1)
        self.resize(620, 520)

    def finish(self) -> bool:
        """Write the settings that changed."""
        problem = self.profile.problem() or self.thresholds.problem()
        if problem:
            page = self.profile if self.profile.problem() else self.thresholds
            self.tabs.setCurrentWidget(page)
            self.tell(problem)
            return False
        default_profile, profiles = self.profile.profiles()
        new = Settings(
            unit_name=self.unit.text().strip(),
            department=self.department.text().strip(),
            own_units=tuple(
                dict.fromkeys(line.strip() for line in self.own_units.toPlainText().splitlines() if line.strip())
            ),
            thresholds=self.thresholds.thresholds(),
            default_profile=default_profile,
            profiles=profiles,
        )
        return self._document.push("修改设置", edits.set_setting_changes(self._document.settings, new))

    def _unit_page(self) -> QWidget:
        page = QWidget(self)
        form = QFormLayout(page)
        form.setContentsMargins(4, 12, 4, 4)
        form.setHorizontalSpacing(12)
        for label, field in (("实施单位(&U)", self.unit), ("主管部门(&D)", self.department)):
            form.addRow(label, field)
            field.setAccessibleName(label.split("(")[0])
        return page

    def _own_units_page(self) -> QWidget:
        page = QWidget(self)
        layout = QVBoxLayout(page)
        layout.setContentsMargins(4, 12, 4, 4)
        lead = QLabel("单位表之外、本单位常用的计量单位，每行一个。写在这里的单位不再提示“不在单位表中”。", page)
        lead.setWordWrap(True)
        lead.setProperty("muted", "true")
        layout.addWidget(lead)
        layout.addWidget(self.own_units, 1)
        return page
