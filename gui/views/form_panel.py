"""The fields above the table: 基本信息, 项目资金 and goals of one form, in a panel that opens and closes."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QGridLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QWidget,
)

from gui.document.document import Document
from gui.views.basic_form import BasicForm
from gui.views.form_section import FormSection
from gui.views.funding_form import DeclarationFunding, funding_section, has_whole_life
from gui.views.goal_form import GoalForm
from model.findings import Severity
from model.records import Declaration, Form

MORE = "更多：项目资金总额与项目总目标"
_WHOLE_LIFE = {"project_total", "project_fiscal", "project_other", "overall_goal"}
_AROUND = 24
_SHOWN_WITH = {"execution_rate": "executed_total", "execution_score": "executed_total"}
"""Computed figures that are no field of their own, and the field they stand beside."""


class FormPanel(QScrollArea):
    """The sections of one form one under another, their titles in the first column as on the printed form."""

    def __init__(self, document: Document, form: Form, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("formPanel")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._document = document
        self._form = form
        self._shows_more = False
        self._body = QWidget(self)
        self._body.setObjectName("formBody")
        self.setWidget(self._body)
        basic = BasicForm(document, form, self._body)  # in the order of the Tab key
        self.funding = funding_section(document, form, self._body)
        self.goals = GoalForm(document, form, self._body)
        self.sections: tuple[FormSection, ...] = (basic, self.funding, self.goals)
        self.more = QPushButton(MORE, self._body)
        self.more.setProperty("link", "true")
        self.more.clicked.connect(self._show_more)
        self._lay_out()
        self._body.installEventFilter(self)
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._follow)
        for field in (field for section in self.sections for field in section.fields.values()):
            if isinstance(field.widget, QPlainTextEdit):
                field.widget.cursorPositionChanged.connect(self._follow)

    def refresh(self) -> None:
        """Show the record and its findings as the document has them now; closed, it waits until it is opened."""
        project = self._document.project
        if project is None or project.form(self._form) is None or not self.isVisible():
            return
        for section in self.sections:
            section.refresh()
        declaration = project.of(Declaration)
        if declaration is not None and isinstance(self.funding, DeclarationFunding):
            is_relevant = has_whole_life(declaration)
            shown = is_relevant or self._shows_more
            self.funding.show_whole_life(shown)
            self.goals.show_whole_life(shown)
            self.more.setVisible(not shown)
        else:
            self.more.hide()
        self.updateGeometry()

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what happened while the panel was closed."""
        super().showEvent(event)
        self.refresh()

    def start_over(self) -> None:
        """Another project: 更多 is closed again."""
        self._shows_more = False

    def lacks_something(self) -> bool:
        """Whether a rule reports an error in one of these fields."""
        names = {name for section in self.sections for name in section.fields}
        return any(
            finding.severity is Severity.ERROR
            and finding.place.form is self._form
            and not finding.place.indicator_id
            and finding.place.field in names
            for finding in self._document.findings
        )

    def focus_field(self, name: str) -> bool:
        """Put the cursor into a field and scroll to it; whether this panel has it."""
        name = _SHOWN_WITH.get(name, name)
        if name in _WHOLE_LIFE:
            self._show_more()
        for section in self.sections:
            if section.focus(name):
                self._follow()
                return True
        return False

    def first_empty(self) -> str:
        """The first cell somebody has to fill in, "" where none is left."""
        fields = [field for section in self.sections for field in section.fields.items()]
        open_ones = (name for name, field in fields if field.is_empty and name not in (*_WHOLE_LIFE, *_SHOWN_WITH))
        return next(open_ones, "")

    def focused_field(self) -> str:
        """The cell whose field has the keyboard, "" for none of these."""
        focus = QApplication.focusWidget()
        if focus is None or not self._body.isAncestorOf(focus):
            return ""
        fields = (field for section in self.sections for field in section.fields.items())
        return next((name for name, field in fields if field.isAncestorOf(focus)), "")

    def field_of(self, name: str) -> str:
        """The field a cell is shown in or beside."""
        return _SHOWN_WITH.get(name, name)

    def has_field(self, name: str) -> bool:
        """Whether a cell name is one of these fields."""
        others = {"execution_choice", *_SHOWN_WITH}
        return name in others or any(name in section.fields for section in self.sections)

    def sizeHint(self) -> QSize:
        """As high as the fields need."""
        width = self.viewport().width() or self.width()
        layout = self._body.layout()
        height = layout.totalHeightForWidth(width) if layout is not None and layout.hasHeightForWidth() else 0
        return QSize(super().sizeHint().width(), max(height, self._body.sizeHint().height()) + 1)

    def minimumSizeHint(self) -> QSize:
        """A few lines stay visible however low the window is."""
        return QSize(200, 80)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The panel is as high as its fields, whatever they need now."""
        if watched is self._body and event.type() is QEvent.Type.LayoutRequest:
            self.updateGeometry()
            QTimer.singleShot(0, self, self._follow)  # once the fields stand where they belong now
        return super().eventFilter(watched, event)

    def _follow(self) -> None:
        """Keep the field with the keyboard in sight, and in a long one the line that is typed in."""
        focused = QApplication.focusWidget()
        if focused is None or not self.isVisible() or not self._body.isAncestorOf(focused):
            return
        self.ensureWidgetVisible(focused, 0, _AROUND)
        if isinstance(focused, QPlainTextEdit):
            caret = focused.cursorRect()
            for corner in (caret.topLeft(), caret.bottomLeft()):
                spot = focused.viewport().mapTo(self._body, corner)
                self.ensureVisible(spot.x(), spot.y(), 0, _AROUND)

    def _lay_out(self) -> None:
        grid = QGridLayout(self._body)
        grid.setContentsMargins(14, 9, 14, 9)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(9)
        grid.setColumnStretch(1, 1)
        for row, section in enumerate(self.sections):
            title = QLabel(section.title, self._body)
            title.setObjectName("sectionTitle")
            title.setContentsMargins(0, 4, 0, 0)
            grid.addWidget(title, row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(section, row, 1)
        grid.addWidget(self.more, len(self.sections), 1, Qt.AlignmentFlag.AlignLeft)

    def _show_more(self) -> None:
        self._shows_more = True
        self.refresh()
