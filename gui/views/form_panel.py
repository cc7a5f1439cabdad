"""The sections of the sheet above the table: 基本信息, 项目资金 and goals of one form, each folding to one line."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from gui.desk.labels import EDGE, FRAME
from gui.desk.theme import Appearance
from gui.document.document import Document
from gui.views.basic_form import BasicForm
from gui.views.form_section import FormSection
from gui.views.funding_form import FUNDING, SHOWN_WITH, DeclarationFunding, funding_section, has_whole_life
from gui.views.goal_form import GoalForm
from gui.views.section_line import Section
from gui.views.summaries import errors_in, summary_of, warnings_in
from model.forms import FORMS
from model.records import Content, Declaration, Form, Project

MORE = "更多：项目资金总额与项目总目标"
SECTIONS = ("basic", "funding", "goals")
"""The names of the sections, as what is remembered of them calls them."""
_WHOLE_LIFE = {"project_total", "project_fiscal", "project_other", "overall_goal"}


class FormPanel(QWidget):
    """The sections of one form one under another, as high as those that are open need.

    Signals:
        arranged(): a section was opened or folded.
        chosen(): one was by hand; ``wanted`` has the names of those to be open in any project.
        moved(): the keyboard went to another field, or its cursor to another place of a long one.
    """

    arranged = Signal()
    chosen = Signal()
    moved = Signal()

    def __init__(self, document: Document, form: Form, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("formPanel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._document = document
        self._form = form
        self._shows_more = False
        self._shown: object = None
        """What was shown last, and how it stood in the fields then."""
        goal = FORMS[form].names.goal
        basic = Section("一 基本信息", lambda inside: BasicForm(document, form, inside), appearance, self)
        funding = Section(f"二 {FUNDING}", lambda inside: funding_section(document, form, inside), appearance, self)
        goals = Section(f"三 {goal}", lambda inside: GoalForm(document, form, inside), appearance, self)
        self.funding, self.goals = funding.content, goals.content
        self.folds: tuple[Section[BasicForm] | Section[FormSection] | Section[GoalForm], ...] = (basic, funding, goals)
        self.wanted: set[str] = set()
        lines = (fold.line for fold in self.folds)
        for name, line in zip(SECTIONS, lines, strict=True):
            line.chosen.connect(lambda is_open, one=name: self._choose({one}, is_open=is_open))
        self.sections: tuple[FormSection, ...] = (basic.content, funding.content, goals.content)
        self.more = QPushButton(MORE, self)
        self.more.setProperty("link", "edge")
        self.more.clicked.connect(self._show_more)
        self._lay_out()
        for field in (field for section in self.sections for field in section.fields.values()):
            if isinstance(field.widget, QPlainTextEdit):
                field.widget.cursorPositionChanged.connect(self.moved)

    @property
    def is_open(self) -> bool:
        """Whether any section is open."""
        return any(fold.is_open for fold in self.folds)

    def set_open(self, *, is_open: bool) -> None:
        """Open every section, or fold all of them to their lines."""
        for fold in self.folds:
            fold.set_open(is_open=is_open)

    def choose_open(self, *, is_open: bool) -> None:
        """Open every section, or fold all of them, because somebody wants them so."""
        self.set_open(is_open=is_open)
        self._choose(set(SECTIONS), is_open=is_open)

    @property
    def open_sections(self) -> list[str]:
        """The names of those that are open."""
        return [name for name, fold in zip(SECTIONS, self.folds, strict=True) if fold.is_open]

    def open_wanted(self) -> None:
        """Open those sections in which a rule reports an error or that are wanted open, and fold the others."""
        for name, fold in zip(SECTIONS, self.folds, strict=True):
            fold.set_open(is_open=name in self.wanted or bool(errors_in(fold.content, self._document.findings)))

    def open_named(self, names: Collection[str]) -> None:
        """Open some sections, and fold the others."""
        for name, fold in zip(SECTIONS, self.folds, strict=True):
            fold.set_open(is_open=name in names)

    def refresh(self) -> None:
        """Show the record and its findings as the document has them now; what is folded waits until it is opened."""
        project = self._document.project
        content = project.form(self._form) if project is not None else None
        if project is None or content is None or not self.isVisible():
            return
        shown = self._above_the_table(project, content)
        if (shown, self._in_fields()) == self._shown:  # a key in the table changes nothing here
            return
        self._show_whole_life(project.of(Declaration))
        for fold in self.folds:
            parts = summary_of(fold.content, project, self._document.score)
            errors = errors_in(fold.content, self._document.findings)
            awaited = sum(map(self._document.awaits, errors))
            warned = warnings_in(fold.content, self._document.findings)
            fold.line.show_summary(
                parts, len(errors) - awaited, awaited, len(warned), repeats=fold is not self.folds[-1]
            )
            if fold.is_open:
                fold.content.refresh()
        self._shown = shown, self._in_fields()
        self.updateGeometry()

    def _above_the_table(self, project: Project, content: Content) -> object:
        """All of the document that the sections show, and which of them are open."""
        document = self._document
        above = (one for one in document.findings if one.place.form is self._form and not one.place.indicator_id)
        findings = [(one, document.awaits(one)) for one in above]
        around = replace(project, forms={self._form: replace(content, indicators=())})
        execution = document.score.execution if document.score is not None else None
        return around, findings, execution, document.earlier, document.settings, self.open_sections, self._shows_more

    def _in_fields(self) -> list[tuple[str, str]]:
        """What stands in the fields that are seen and below them, which may be of their own."""
        fields = (field for fold in self.folds if fold.is_open for field in fold.content.fields.values())
        return [(field.editor.typed_text(), field.message.text()) for field in fields]

    def event(self, event: QEvent) -> bool:
        """Letters of another size make the labels wider or narrower."""
        if event.type() is QEvent.Type.LayoutRequest:
            self._line_up()
        return super().event(event)

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what happened while the panel was hidden."""
        super().showEvent(event)
        self._line_up()
        self.refresh()

    def start_over(self) -> None:
        """Another project: 更多 is closed again."""
        self._shows_more = False

    def focus_field(self, name: str) -> bool:
        """Put the cursor into a field and scroll to it; whether this panel has it."""
        name = SHOWN_WITH.get(name, name)
        if name in _WHOLE_LIFE:
            self._show_more()
        for fold in self.folds:
            if fold.content.holds(name):
                fold.set_open(is_open=True)
            if fold.content.focus(name):
                self.moved.emit()
                return True
        return False

    def first_empty(self) -> str:
        """The first cell somebody has to fill in, "" where none is left."""
        fields = [field for section in self.sections for field in section.fields.items()]
        open_ones = (name for name, field in fields if field.is_empty and name not in (*_WHOLE_LIFE, *SHOWN_WITH))
        return next(open_ones, "")

    def focused_field(self) -> str:
        """The cell whose field has the keyboard, "" for none of these."""
        focus = QApplication.focusWidget()
        if focus is None or not self.isAncestorOf(focus):
            return ""
        fields = (field for section in self.sections for field in section.fields.items())
        return next((name for name, field in fields if field.isAncestorOf(focus)), "")

    @property
    def is_in_funding(self) -> bool:
        """Whether the keyboard is among the amounts."""
        focus = QApplication.focusWidget()
        return focus is not None and self.funding.isAncestorOf(focus)

    def field_of(self, name: str) -> str:
        """The field a cell is shown in or beside."""
        return SHOWN_WITH.get(name, name)

    def has_field(self, name: str) -> bool:
        """Whether a cell name is one of these fields."""
        others = {"execution_choice", *SHOWN_WITH}
        return name in others or any(name in section.fields for section in self.sections)

    def height_at(self, width: int) -> int:
        """How high the sections are in a panel of this width."""
        layout = self.layout()
        assert layout is not None
        return layout.totalHeightForWidth(width) if layout.hasHeightForWidth() else self.sizeHint().height()

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for fold in self.folds:
            layout.addWidget(fold)
            fold.toggled.connect(self._arrange)
        row = QHBoxLayout()
        row.setContentsMargins(EDGE - FRAME, 0, 0, 0)
        row.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addLayout(row)

    def _line_up(self) -> None:
        """Let the fields that stand beside their labels begin at one place in every section."""
        grids = [grid for section in self.sections if (grid := section.beside) is not None]
        labels = (grid.itemAtPosition(row, 0) for grid in grids for row in range(grid.rowCount()))
        widest = max((label.sizeHint().width() for label in labels if label is not None), default=0)
        for grid in grids:
            if grid.columnMinimumWidth(0) != widest:
                grid.setColumnMinimumWidth(0, widest)

    def _show_whole_life(self, declaration: Declaration | None) -> None:
        """The whole-life amounts and goal where they concern the project; else 更多 offers them."""
        if declaration is None or not isinstance(self.funding, DeclarationFunding):
            self.more.hide()
            return
        shown = self._shows_more or has_whole_life(declaration)
        self.funding.show_whole_life(shown)
        self.goals.show_whole_life(shown)
        self.more.setVisible(not shown and self.is_open)

    def _choose(self, names: set[str], *, is_open: bool) -> None:
        self.wanted = self.wanted | names if is_open else self.wanted - names
        self.chosen.emit()

    def _arrange(self) -> None:
        self.refresh()
        self.updateGeometry()
        self.arranged.emit()

    def _show_more(self) -> None:
        """Show the whole-life amounts and goal, with the keyboard in the first of them."""
        self._shows_more = True
        for fold in self.folds[1:]:
            fold.set_open(is_open=True)
        self.refresh()
