"""The line above a project: its name, year and unit, and the tabs of its two forms, laid out by its width alone."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QIcon, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLabel, QPushButton, QWidget

from gui.desk.labels import EDGE, ElidedLabel, call
from gui.desk.roles import tell_as_tab
from gui.desk.signs import SIGN, Sign, sign_icon
from gui.desk.theme import Appearance
from gui.desk.total_words import total_said, unscored_words
from gui.document.document import Document
from gui.navigator.marks import MARK_WORDS, SIGNS, Mark, counts_of, mark_of_form
from model.forms import FORMS
from model.labels import AWAITED
from model.records import Form

_BETWEEN, BEFORE_TABS, _BETWEEN_TABS = 10, 16, 8
"""Pixels between two parts of the line; half of them where the name is whole by that."""
_LEAST_NAME = 3
"""So many letters of the name, and its …, count more than the total and that a form was not begun."""


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
        self._text = self._brief = self.text()
        self._drawn: object = None
        appearance.changed.connect(self._dress)
        tell_as_tab(self)

    @property
    def sign(self) -> Sign | None:
        """What is drawn before the name; None for a form that was not begun."""
        return self._sign

    def show_state(self, mark: Mark | None, errors: int = 0, awaited: int = 0, warnings: int = 0) -> None:
        """Say how far the form is, as the list of projects says it of a project; None for one that was not begun."""
        name = FORMS[self.form].names.tab
        text = name if mark is not None else f"{name}（未开始）"
        kinds = ((errors, "个错误"), (awaited, f"处{AWAITED}"), (warnings if not errors else 0, "个警告"))
        counts = [f"{number} {kind}" for number, kind in kinds if number]
        state = counts or ([MARK_WORDS[mark]] if mark is not None else [])
        call(self, "，".join((text, *state)))
        is_brief = self._is_brief
        self._text, self._brief = (f"{one} {errors}" if errors else one for one in (text, name))
        self.set_brief(is_brief=is_brief)
        self._sign = SIGNS[mark] if mark is not None else None
        self._dress()

    @property
    def _is_brief(self) -> bool:
        return self.text() != self._text

    def set_brief(self, *, is_brief: bool) -> None:
        """Leave to the tool tip that the form was not begun, or say it."""
        self.setText(self._brief if is_brief else self._text)
        self.setToolTip(self._text if self._is_brief else "")

    def wanted(self, *, is_brief: bool) -> int:
        """How wide it is when it says that the form was not begun, or leaves it to the tool tip."""
        advance = self.fontMetrics().horizontalAdvance
        return self.sizeHint().width() + advance(self._brief if is_brief else self._text) - advance(self.text())

    def _dress(self) -> None:
        """Draw the sign, when it is another one: a button that gets an icon has the whole window laid out anew."""
        wanted = self._sign, self._appearance.theme
        if wanted != self._drawn:
            self._drawn = wanted
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
        self._shows_total = self._has_total = False
        self.tabs = {form: FormTab(form, appearance, self) for form in FORMS}
        group = QButtonGroup(self)
        for tab in self.tabs.values():
            group.addButton(tab)
            tab.clicked.connect(lambda _checked, form=tab.form: self.form_chosen.emit(form))
        self._names = names = QHBoxLayout()
        names.addWidget(self.title)
        names.addWidget(self.year)
        names.addWidget(self.unit)
        names.addStretch(1)
        names.addWidget(self.total, 0, Qt.AlignmentFlag.AlignVCenter)
        self._beside = tabs = QHBoxLayout()
        for tab in self.tabs.values():
            tabs.addWidget(tab)
        layout = self._line = QHBoxLayout(self)
        layout.setContentsMargins(EDGE, 0, EDGE, 0)
        self._set_close(is_close=False)
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
        awaits, score = self._document.awaits, self._document.score
        for form, tab in self.tabs.items():
            content = project.form(form)
            of_form = [one for one in self._document.findings if one.place.form is form]
            mark = mark_of_form(content, of_form, awaits, score) if content is not None else None
            tab.show_state(mark, *counts_of(of_form, awaits))
            tab.setChecked(form is self._document.form)
        self._fit()

    def show_total(self, *, shown: bool) -> None:
        """Show the total here while the panel that has it is hidden."""
        if shown != self._shows_total:
            self._shows_total = shown
            self._refresh_total()
            self._fit()

    def _refresh_total(self) -> None:
        score = self._document.score
        is_evaluation = self._document.form is Form.EVALUATION
        self._has_total = self._shows_total and is_evaluation and score is not None
        if score is not None:
            text = f"{total_said(score)} {score.graded}".rstrip()
            self.total.setText(text)
            self.total.setToolTip(unscored_words(score))
            call(self.total, "，".join(part for part in (text, unscored_words(score)) if part))

    def _fit(self) -> None:
        """Year and tabs are whole. The unit stands there whole or not at all: then it is the tool tip of the year.

        The name gives way next, down to a few letters; then that a form was not begun, and at last the total, which
        the row of totals has too. No number is shown in part.
        """
        name = min(self.title.sizeHint().width(), self.title.fontMetrics().horizontalAdvance("字" * _LEAST_NAME + "…"))
        steps = ((True, False), (True, True), (False, True))
        fitting = (step for step in steps if self._missing(name, has_total=step[0], is_brief=step[1]) <= 0)
        has_total, is_brief = next(fitting, steps[-1])
        self.total.setVisible(self._has_total and has_total)
        for tab in self.tabs.values():
            tab.set_brief(is_brief=is_brief)
        missing = self._missing(self.title.sizeHint().width(), has_total=has_total, is_brief=is_brief)
        unit = _BETWEEN + self.unit.sizeHint().width()
        self.unit.setVisible(bool(self.unit.full_text()) and unit + missing <= 0)
        self._set_close(is_close=0 < missing <= self._between(has_total=has_total) // 2)

    def _missing(self, name: int, *, has_total: bool, is_brief: bool) -> int:
        """The pixels that lack where the name has so many of them; those that are left over count below nought."""
        parts = [name, self.year.sizeHint().width(), *(tab.wanted(is_brief=is_brief) for tab in self.tabs.values())]
        total = self.total.sizeHint().width() if self._has_total and has_total else 0
        return sum(parts) + total + self._between(has_total=has_total) - (self.contentsRect().width() - 2 * EDGE)

    def _between(self, *, has_total: bool) -> int:
        """The pixels between the parts: name and year, the total, the tabs."""
        names = 1 + (self._has_total and has_total)
        return _BETWEEN * names + BEFORE_TABS + _BETWEEN_TABS * (len(self.tabs) - 1)

    def _set_close(self, *, is_close: bool) -> None:
        """Put half as much between the parts of the line, or as much as usual."""
        gaps = ((self._names, _BETWEEN), (self._line, BEFORE_TABS), (self._beside, _BETWEEN_TABS))
        for layout, usual in gaps:
            gap = usual // 2 if is_close else usual
            if layout.spacing() != gap:
                layout.setSpacing(gap)


def _rise(label: QLabel) -> int:
    """Twice the pixels the letters of a label stand above the middle of it more than below."""
    metrics = label.fontMetrics()
    return metrics.ascent() - metrics.descent()
