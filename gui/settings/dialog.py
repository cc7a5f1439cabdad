"""设置: the unit, the scoring profile of each year, the thresholds of the rules, the unit's own measuring units."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QDate
from PySide6.QtWidgets import QCheckBox, QLineEdit, QPlainTextEdit, QTabWidget, QVBoxLayout, QWidget

from gui.desk.announcer import announce
from gui.desk.dialog import Dialog, field_rows, scrolled, snug
from gui.desk.invitation import invite
from gui.desk.one_line import keep_to_one_line
from gui.desk.wrapped_label import WrappedLabel
from gui.document.document import Document
from gui.settings.profile_page import ProfilePage
from gui.settings.threshold_page import ThresholdPage
from model import edits


class SettingsDialog(Dialog):
    """All settings of the open store; accepting writes what changed as one gesture."""

    losing = "改过的设置还没有保存"

    def __init__(self, document: Document, parent: QWidget | None = None) -> None:
        super().__init__("设置", "设置保存在当前文件中，随文件一起带走；修改后可以撤销。", "保存", parent)
        self._document = document
        settings, project = document.settings, document.saved_project
        year = project.year if project is not None else QDate.currentDate().year()
        self.tabs = QTabWidget(self)
        self.tabs.setAccessibleName("设置分类")
        self.tabs.tabBar().setAccessibleName("设置分类")
        self.unit = QLineEdit(settings.unit_name, self)
        invite(self.unit, "与公章一致；留空则取多数项目的实施单位")
        self.department = QLineEdit(settings.department, self)
        invite(self.department, "新建项目时填入；留空则同最近的项目")
        keep_to_one_line(self.unit, self.department)
        self.profile = ProfilePage(settings, year, self)
        self.thresholds = ThresholdPage(settings.thresholds, self)
        self.own_units = QPlainTextEdit("\n".join(settings.own_units), self)
        self.own_units.setAccessibleName("自有计量单位")
        invite(self.own_units, "例如：\n机时\n标准箱")
        self.own_units.setTabChangesFocus(True)
        for title, page in (
            ("本单位", self._unit_page()),
            ("计分方案", scrolled(self.profile)),
            ("检查阈值", self.thresholds),
            ("计量单位", self._own_units_page()),
        ):
            self.tabs.addTab(page, title)
        self.unreadable = WrappedLabel(settings.notice, self)
        self.give_up = QCheckBox("不再保留这些设置，以这里显示的为准(&K)", self)
        snug(self.give_up)
        for widget in (self.unreadable, self.give_up):
            widget.setVisible(bool(settings.unreadable))
            self.content.addWidget(widget)
        self.content.addWidget(self.tabs, 1)
        self.tabs.currentChanged.connect(self._turn)
        self.resize(712, 600)
        self.unit.setFocus()
        self._at_first = self._typed()

    def finish(self) -> bool:
        """Write the settings that changed, or go to the field that cannot be saved."""
        for tab, problem in ((1, self.profile.problem()), (2, self.thresholds.problem())):
            if problem is not None:
                self.tabs.setCurrentIndex(tab)
                self.point_at(problem.field, problem.text)
                return False
        default_profile, profiles = self.profile.profiles()
        names = (line.strip() for line in self.own_units.toPlainText().splitlines())
        old = self._document.settings
        new = replace(
            old.without_unreadable() if self.give_up.isChecked() else old,
            unit_name=self.unit.text().strip(),
            department=self.department.text().strip(),
            own_units=tuple(dict.fromkeys(name for name in names if name)),
            thresholds=self.thresholds.thresholds(),
            default_profile=default_profile,
            profiles=profiles,
        )
        return self.push(self._document, "修改设置", edits.set_setting_changes(old, new))

    def unsaved(self) -> object:
        """What stands in the fields, once it is something else than at first."""
        return typed if (typed := self._typed()) != self._at_first else None

    def _typed(self) -> tuple[object, ...]:
        return (
            *(field.text() for field in (self.unit, self.department, *self.thresholds.fields.values())),
            self.own_units.toPlainText(),
            self.profile.typed(),
            self.give_up.isChecked(),
        )

    def _turn(self, page: int) -> None:
        """Ctrl+Tab leads into it: a screen reader hears the field there, not which page it is on."""
        if not self.tabs.tabBar().hasFocus():
            announce(self.tabs, self.tabs.tabText(page))

    def _unit_page(self) -> QWidget:
        page = QWidget(self)
        layout = QVBoxLayout(page)
        layout.setContentsMargins(0, 12, 0, 0)
        layout.addLayout(field_rows(("实施单位(&U)", self.unit), ("主管部门(&D)", self.department)))
        layout.addStretch(1)
        return page

    def _own_units_page(self) -> QWidget:
        page = QWidget(self)
        layout = QVBoxLayout(page)
        layout.setContentsMargins(0, 12, 0, 0)
        lead = "单位表之外、本单位常用的计量单位，每行一个。写在这里的单位不再提示“不在单位表中”。"
        layout.addWidget(WrappedLabel(lead, page, is_muted=True))
        layout.addWidget(self.own_units, 1)
        return page
