"""The centre of the window with a project open: header, tabs, and the sheet of four sections, the table the last."""

from __future__ import annotations

from collections.abc import Callable, Collection

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QMenuBar, QStackedWidget, QVBoxLayout, QWidget

from gui.desk.notify import MessageStrip, Tone
from gui.desk.theme import Appearance
from gui.document.document import Document
from gui.navigator.marks import counts_of
from gui.table.columns import column_of
from gui.table.grid import Grid
from gui.table.total_row import TotalRow
from gui.views.form_panel import FormPanel
from gui.views.project_header import ProjectHeader
from gui.views.section_line import SectionLine
from gui.views.sheet import Sheet, no_room
from gui.views.start_form import StartForm
from gui.views.summaries import below_sections, indicators_summary
from gui.views.summary_strip import SummaryStrip
from model.edits import Block
from model.findings import Place
from model.forms import FORMS
from model.records import Form

LOW_STRIP_BELOW = 560
LOW_BELOW = 420
INDICATORS = "indicators"
"""The name of the fourth section, as what is remembered of it calls it."""
_BY_MOUSE = {Qt.FocusReason.MouseFocusReason, Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason}


class FormPage(QWidget):
    """One form of the project: its sections and the table; or the button that starts the form.

    Signals:
        line_selected(str): the line the cursor of the table is on, "" for none.
        started(Form): the person wants to start the form.
    """

    line_selected = Signal(str)
    started = Signal(object)

    def __init__(self, document: Document, form: Form, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._form = form
        self._shown_project = ""
        self._once: tuple[str, Collection[str]] = ("", ())
        self._stack = QStackedWidget(self)
        filled = QWidget(self._stack)
        self.strip = SummaryStrip(document, form, appearance, filled)
        self.sheet = Sheet(filled)
        inside = self.sheet.viewport()
        self.panel = FormPanel(document, form, appearance, inside)
        self.lines = SectionLine("四 绩效指标", appearance, inside)
        self.lines.setChecked(True)
        self._wants_lines = False
        self.table = Grid(document, form, appearance.theme, inside)
        self.total = TotalRow(self.table, self.table.rows, inside)
        self.sheet.hold(self.panel, self.lines, self.table, self.total)
        self.table.line_selected.connect(self.line_selected)
        appearance.changed.connect(self.table.set_theme)
        self.start = StartForm(document, form, self._stack)
        self.start.started.connect(self.started)
        layout = QVBoxLayout(filled)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.strip)
        layout.addWidget(self.sheet, 1)
        self._stack.addWidget(filled)
        self._stack.addWidget(self.start)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._stack)
        self.strip.opened.connect(self.toggle_fields)
        self.panel.arranged.connect(self._make_room)
        self.lines.toggled.connect(self._make_room)
        self.lines.toggled.connect(self._sum_up)
        self.lines.chosen.connect(self.panel.chosen)
        self.table.installEventFilter(self)
        self.setFocusProxy(self.table)
        self._make_room()

    @property
    def stops(self) -> tuple[QWidget, ...]:
        """Where F6 stops in this form: at every section, and at the table."""
        if self._stack.currentIndex() == 1:
            return (self.start.button,)
        sections = (self.strip,) if self._is_brief else self.panel.folds
        return (*sections, *(() if self.table.isHidden() else (self.table,)))

    def refresh(self) -> None:
        """Show the form as the document has it now; one that lacks something in a section opens with that section."""
        project = self._document.project
        if project is None:
            self._shown_project = ""
            return
        if project.form(self._form) is None:
            self.start.refresh()
            self._stack.setCurrentIndex(1)
            self.setFocusProxy(self.start.button)
            self._shown_project = ""
            return
        self._stack.setCurrentIndex(0)
        self.setFocusProxy(self.table)
        if self._shown_project != project.id:
            self._shown_project = project.id
            self.panel.start_over()
            self._wants_lines = False
            self._open_sections(project.id)
            self._make_room()
            self.sheet.scroll_to_top()
        self._sum_up()
        if not self.strip.isHidden():
            self.strip.refresh()
        self.panel.refresh()

    @property
    def form(self) -> Form:
        """The form whose page this is."""
        return self._form

    @property
    def open_sections(self) -> list[str]:
        """The names of the sections that are open, the indicators too."""
        return [*self.panel.open_sections, *((INDICATORS,) if self.lines.isChecked() else ())]

    def open_once(self, project_id: str, names: Collection[str]) -> None:
        """When this project is shown first, open these sections and no others."""
        self._once = (project_id, names)

    def _open_sections(self, project_id: str) -> None:
        (once, names), self._once = self._once, ("", ())
        is_left_so = once == project_id
        self.lines.setChecked(not is_left_so or INDICATORS in names)
        if is_left_so:
            self.panel.open_named(names)
        else:
            self.panel.open_wanted()

    @property
    def is_started(self) -> bool:
        """Whether the form is there to be filled in."""
        project = self._document.project
        return project is not None and project.form(self._form) is not None

    def go_to(self, place: Place) -> None:
        """Put the cursor on the cell of a place: what is wholly seen stays where it is, else the sheet scrolls."""
        if not self.is_started:
            self.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        if place.indicator_id or not self.panel.has_field(place.field):
            self.lines.setChecked(True)
            self.table.go_to(place)
            self.show_cursor()
            return
        self.show_lines()
        self.panel.focus_field(place.field)

    def show_cursor(self) -> None:
        """Have the cell with the keyboard in sight, if the table has it."""
        self.sheet.show_cursor()
        QTimer.singleShot(0, self, self.sheet.show_cursor)  # a long text knows how high it is once it is laid out

    def _sum_up(self) -> None:
        """What the line of the table says: how much there is, and how many problems."""
        project = self._document.project
        if project is None or project.form(self._form) is None:
            return
        below = below_sections(self._document.findings, self._form, self.panel.has_field)
        errors, awaited, warnings = counts_of(below, self._document.awaits)
        parts = indicators_summary(project, self._form, self._document.score)
        self.lines.show_summary(parts, errors, awaited, warnings)

    def is_at(self, place: Place) -> bool:
        """Whether the cursor is in the cell of a place: in the field that has the keyboard, else in the grid.

        What is said of a computed total is said of every field it is the sum of.
        """
        field = self.panel.focused_field()
        if field:
            total = FORMS[self._form].totals.get(place.field)
            fields = {self.panel.field_of(place.field), *(total.parts if total is not None else ())}
            return not place.indicator_id and field in fields
        focus = QApplication.focusWidget()
        if (
            focus is not None
            and self.isAncestorOf(focus)
            and not self.table.isAncestorOf(focus)
            and focus is not self.table
        ):
            return False  # on the line of a section, say
        here = self.table.currentIndex()
        if place.level:
            row = self.table.rows.row(here)
            return row is not None and not row.line_id and place.level in row.levels
        is_line = bool(place.indicator_id) and place.indicator_id == self.table.current_id()
        return is_line and here.column() == column_of(self._form, place.field)

    def toggle_fields(self) -> None:
        """F3: open the sections and go to the first field, or fold them and go back to the table."""
        if self.panel.is_open:
            self.panel.choose_open(is_open=False)
            self.lines.setChecked(True)
            self.table.setFocus()
            return
        self.show_lines()
        self.panel.choose_open(is_open=True)
        self.panel.focus_field(next(iter(self.panel.sections[0].fields)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """One line or four."""
        super().resizeEvent(event)
        self._make_room()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """In a low window the lines of the sections make room once a key is in the table and all are folded.

        Not at a click: the row under the mouse would go from under it.
        """
        arrives = isinstance(event, QFocusEvent) and event.gotFocus() and event.reason() not in _BY_MOUSE
        types = event.type() is QEvent.Type.KeyPress
        if watched is self.table and (arrives or types) and self._wants_lines:
            self._wants_lines = False
            self._make_room()
        return super().eventFilter(watched, event)

    @property
    def _is_brief(self) -> bool:
        """Whether one line sums the sections up, for want of room; a message below changes nothing of that."""
        return self.height() + self.sheet.room_below() < LOW_BELOW and not self.panel.is_open and not self._wants_lines

    def show_lines(self) -> None:
        """Show the line of every section, also in a low window, until the keyboard is in the table again."""
        self._wants_lines = True
        self._make_room()

    def _make_room(self) -> None:
        """In a low window one line stands for folded sections."""
        is_brief, shows_table = self._is_brief, self.lines.isChecked()
        if is_brief and self.strip.isHidden():
            self.strip.refresh()  # what happened while the lines of the sections stood in its place
        self.strip.setVisible(is_brief)
        self.panel.setVisible(not is_brief)
        self.lines.setVisible(not is_brief)
        self.table.setVisible(shows_table)
        self.total.setVisible(shows_table)
        self.sheet.arrange()


class ProjectPage(QWidget):
    """Header and the two form pages.

    Signals:
        line_selected(str): the selected line of the form on screen.
        summed(str): what the selected numbers come to, "" for less than two.
        moved(): the cursor is in another cell or field.
        form_start_wanted(Form): the person wants to start a form.
    """

    line_selected = Signal(str)
    summed = Signal(str)
    moved = Signal()
    form_start_wanted = Signal(object)

    def __init__(self, document: Document, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("项目的表")
        self._document = document
        self.room_below: Callable[[], int] = no_room
        """The pixels something below the page takes from it now; the window says so."""
        self.header = ProjectHeader(
            document, appearance, self
        )  # made before the pages: Tab goes on from it into the form
        self._stack = QStackedWidget(self)
        self.pages = {form: FormPage(document, form, appearance, self._stack) for form in FORMS}
        self.message = MessageStrip(appearance, self)  # Tab comes to it after the form, which is above it
        self.message.is_held = lambda: self.page.sheet.would_move(self.message.room)
        for page in self.pages.values():
            self._stack.addWidget(page)
            page.sheet.room_below = self._room_below
            page.line_selected.connect(self.line_selected)
            page.table.summed.connect(self.summed)
            page.table.selectionModel().currentChanged.connect(self.moved)
            page.table.said.connect(lambda text: self.message.tell(Tone.DONE, text))
            page.started.connect(self.form_start_wanted)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.header)
        layout.addWidget(self._stack, 1)
        layout.addWidget(self.message)
        self.header.form_chosen.connect(document.set_form)
        document.form_changed.connect(self._show_form)
        document.project_changed.connect(self.refresh)
        document.told_changed.connect(self.refresh)
        document.block_requested.connect(self._select_block)
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._follow_focus)
        self._cell = Place(document.form)
        self.moved.connect(self._move_on)
        document.project_switched.connect(self._start_over)
        self._show_form()

    @property
    def page(self) -> FormPage:
        """The page of the form on screen."""
        return self.pages[self._document.form]

    @property
    def table(self) -> Grid:
        """The table of the form on screen."""
        return self.page.table

    def choose_level_of(self, line_id: str) -> None:
        """Open the list of 达成等级 of a line of the form on screen."""
        self.table.choices.choose_level_of(line_id)

    def current_line(self) -> str:
        """The line the cursor of the form on screen is on, "" for none."""
        return self.table.current_id()

    def is_at(self, place: Place) -> bool:
        """Whether the cursor is in the cell of a place, or in the field of one."""
        return place.form is self._document.form and self.page.is_at(place)

    @property
    def is_in_funding(self) -> bool:
        """Whether the keyboard is among the amounts of the form on screen."""
        return self.page.panel.is_in_funding

    def _room_below(self) -> int:
        """The pixels that messages take from the form, as they are laid out now."""
        return max(0, self.height() - self._stack.geometry().bottom() - 1) + self.room_below()

    def refresh(self) -> None:
        """Show the project as the document has it now; the other form is shown anew when it comes on screen."""
        self.header.refresh()
        self.page.refresh()

    def go_to(self, place: Place) -> None:
        """Show the form of a place and put the cursor on its cell."""
        self._document.set_form(place.form)
        self.pages[place.form].go_to(place)

    def show_form(self, form: Form) -> None:
        """Show a form; what has the keyboard then is in sight."""
        self._document.set_form(form)
        self.page.show_cursor()

    def go_to_first_empty(self) -> None:
        """Put the cursor into the first field to fill in; into the grid where all are filled."""
        name = self.page.panel.first_empty() if self.page.is_started else ""
        if name:
            self.page.go_to(Place(self._document.form, name))
        else:
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A low window gets a low strip."""
        super().resizeEvent(event)
        is_low = self.height() + self.room_below() < LOW_STRIP_BELOW
        for page in self.pages.values():
            page.strip.set_low(is_low=is_low)

    def _select_block(self, block: Block) -> None:
        """Select cells of the form on screen, where a place of it was just gone to."""
        self.table.select_block(block)

    def _follow_focus(self, _before: QWidget | None, now: QWidget | None) -> None:
        if now is None or isinstance(now, QMenuBar) or now.window().windowType() is Qt.WindowType.Popup:
            return  # another window has the keyboard, or a menu or the choices of a field, which give it back
        if self._stack.isAncestorOf(now):
            self.moved.emit()
        else:
            self._leave_cell(Place(self._document.form))

    def _start_over(self) -> None:
        self._cell = Place(self._document.form)

    def _move_on(self) -> None:
        field = self.page.panel.focused_field()
        self._leave_cell(Place(self._document.form, field, "" if field else self.current_line()))

    def _leave_cell(self, now: Place) -> None:
        """What was forgotten in the field or the line that was left is told."""
        left, self._cell = self._cell, now
        if left != now:
            self._document.leave_cell(left, now)

    def _show_form(self) -> None:
        focused = QApplication.focusWidget()
        had_focus = focused is not None and self._stack.isAncestorOf(focused)
        self._stack.setCurrentWidget(self.page)
        self.setFocusProxy(self.page)
        self.refresh()
        if had_focus:  # else it would pass to the button that opens the fields
            self.page.setFocus(Qt.FocusReason.OtherFocusReason)
