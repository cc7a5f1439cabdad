"""The line above a project: its name, year and unit, and the tabs of its two forms, laid out by its width alone."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QIcon, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLabel, QPushButton, QWidget

from gui.desk.labels import EDGE, ElidedLabel, call
from gui.desk.roles import tell_as_tab
from gui.desk.signs import SIGN, Sign, sign_icon
from gui.desk.theme import Appearance
from gui.document.document import Document
from model.findings import Severity
from model.forms import FORMS
from model.labels import AWAITED
from model.records import Form
from model.scoring import format_total

_BETWEEN = 10
"""Pixels between two parts of the line."""


class FormTab(QPushButton):
    """One flat tab; ← and → move to the other one."""

    def __init__(self, form: Form, appearance: Appearance, parent: QWidget) -> None:
        super().__init__(FORMS[form].names.tab, parent)
        self.setObjectName("formTab")
        self.setCheckable(True)
        self.setIconSize(QSize(SIGN, SIGN))
        self.form = form
        self._appearance = appearance
        self._sign: Sign | None = None
        appearance.changed.connect(self._dress)
        tell_as_tab(self)

    def show_state(self, errors: int, awaited: int, *, is_started: bool) -> None:
        """Say how many errors the form has, or that it is not filled in yet."""
        text = FORMS[self.form].names.tab if is_started else f"{FORMS[self.form].names.tab}（未开始）"
        told = f"，{errors} 个错误" if errors else f"，{awaited} 处{AWAITED}" if awaited else ""
        call(self, text + told)
        self.setText(f"{text} {errors}" if errors else text)
        self._sign = Sign.ERROR if errors else Sign.EMPTY if awaited else None
        self._dress()

    def _dress(self) -> None:
        self.setIcon(sign_icon(self._sign, self._appearance.theme) if self._sign is not None else QIcon())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrow keys go to the neighbour, ↓ and Enter take this one."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.click()
        else:
            super().keyPressEvent(event)


class ProjectHeader(QWidget):
    """Name, year · unit, and 目标申报 | 绩效自评.

    Signals:
        form_chosen(Form): a tab was taken.
    """

    form_chosen = Signal(object)

    def __init__(self, document: Document, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("pageHeader")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._document = document
        self.title = ElidedLabel(self)
        self.title.setObjectName("pageTitle")
        self.year = QLabel(self)  # never shortened: two projects of one name differ by it
        self.unit = ElidedLabel(self)
        for label in (self.year, self.unit):
            label.setObjectName("pageSubtitle")
        self.total = QLabel(self)
        self.total.setObjectName("grade")
        self.total.hide()
        self._shows_total = False
        self.tabs = {form: FormTab(form, appearance, self) for form in FORMS}
        group = QButtonGroup(self)
        for tab in self.tabs.values():
            group.addButton(tab)
            tab.clicked.connect(lambda _checked, form=tab.form: self.form_chosen.emit(form))
        names = QHBoxLayout()
        names.setSpacing(_BETWEEN)
        names.addWidget(self.title)
        names.addWidget(self.year)
        names.addWidget(self.unit)
        names.addStretch(1)
        names.addWidget(self.total, 0, Qt.AlignmentFlag.AlignVCenter)
        tabs = QHBoxLayout()
        tabs.setSpacing(8)
        for tab in self.tabs.values():
            tabs.addWidget(tab)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(EDGE, 0, EDGE, 0)
        layout.setSpacing(16)
        layout.addLayout(names, 1)
        layout.addLayout(tabs)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width has room for the unit, or has not."""
        super().resizeEvent(event)
        self._fit()

    def event(self, event: QEvent) -> bool:
        """Year and unit stand on the line of the name, whichever sizes the letters have."""
        if event.type() in {QEvent.Type.LayoutRequest, QEvent.Type.StyleChange, QEvent.Type.Show}:
            self._fit()
            name = _rise(self.title)
            for label in (self.year, self.unit):
                label.setContentsMargins(0, max(0, name - _rise(label)), 0, 0)
        return super().event(event)

    def refresh(self) -> None:
        """Show the project as it is now; a tab says how many errors its form has."""
        project = self._document.project
        if project is None:
            return
        self.title.set_full_text(project.project_name or "（未填项目名称）")
        self._refresh_total()
        self.year.setText(f"{project.year} 年度")
        self.year.setToolTip(project.unit)
        self.unit.set_full_text(project.unit)
        errors = [finding for finding in self._document.findings if finding.severity is Severity.ERROR]
        for form, tab in self.tabs.items():
            of_form = [finding for finding in errors if finding.place.form is form]
            awaited = sum(map(self._document.awaits, of_form))
            tab.show_state(len(of_form) - awaited, awaited, is_started=project.form(form) is not None)
            tab.setChecked(form is self._document.form)
        self._fit()

    def show_total(self, *, shown: bool) -> None:
        """Show the total here while the panel that has it is hidden."""
        self._shows_total = shown
        self._refresh_total()
        self._fit()

    def _refresh_total(self) -> None:
        score = self._document.score
        is_evaluation = self._document.form is Form.EVALUATION
        self.total.setVisible(self._shows_total and is_evaluation and score is not None)
        if score is not None:
            reached = score.so_far if score.total is None else None
            total = f"总分 {score.total_text}" if reached is None else f"暂计 {format_total(reached)}"
            text = f"{total} {score.graded}".rstrip()
            self.total.setText(text)
            call(self.total, text)

    def _fit(self) -> None:
        """The unit stands there whole or not at all: then it is the tool tip of the year. The name gives way last."""
        shown = [self.title, self.year, self.total, *self.tabs.values()]
        widths = [one.sizeHint().width() for one in shown if not one.isHidden()]
        unit = self.unit.sizeHint().width()
        room = self.contentsRect().width() - 2 * EDGE - sum(widths) - _BETWEEN * (len(widths) + 2)
        self.unit.setVisible(bool(self.unit.full_text()) and unit <= room)


def _rise(label: QLabel) -> int:
    """Twice the pixels the letters of a label stand above the middle of it more than below."""
    metrics = label.fontMetrics()
    return metrics.ascent() - metrics.descent()
