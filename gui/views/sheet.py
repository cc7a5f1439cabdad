"""The sheet: sections, table and totals of one form under one scroll bar (docs/ux.md §1.1)."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPoint, QRect, QSize, Qt, QTimer
from PySide6.QtGui import QFocusEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QPlainTextEdit, QSizePolicy, QWidget

from gui.desk.cut_edge import Span, edge_above, edges, edges_of, kept, lines_in, scrolled_to, span_of, with_label
from gui.desk.style import set_style
from gui.table.grid import Grid
from gui.table.total_row import TotalRow
from gui.views.form_panel import FormPanel
from gui.views.section_line import SectionLine

TABLE_AT_LEAST = 118
TABLE_IN_LOW_VIEW = 62
LOW_BELOW = 360
STEP = 26
"""Pixels of one step of the scroll bar, about a row; a notch of the wheel is three."""

_SOME_ROWS = 3

_MOST_PUTS = 4
"""A narrower table has a bar sideways until its columns are as narrow: it comes and goes in two steps."""

_BY_KEY = {Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason, Qt.FocusReason.ShortcutFocusReason}
_TYPING = {QEvent.Type.KeyPress, QEvent.Type.InputMethod}


class Sheet(QAbstractScrollArea):
    """Scrolls the sections away first, then the rows: the table is as high as what is seen of it, never higher.

    So the headings of the table and the totals stay pinned, the line 四 stays above them, and only rows in view are
    painted. What the table scrolls by itself to show its cursor is taken from the sections first: nothing jumps.

    The first row in view is always whole, as in a spreadsheet, and no line of text is cut by the totals: they take the
    pixels that are left over. What an edge of the sheet would cut through is covered.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("sheet")
        self.setFrameShape(QAbstractScrollArea.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.viewport().setAutoFillBackground(False)
        bar = self.verticalScrollBar()
        bar.setSingleStep(STEP)
        bar.setObjectName("sheetBar")  # its lane is seen, so that the sheet ends where what stands below it does
        self.setVerticalScrollBarPolicy(
            Qt.ScrollBarPolicy.ScrollBarAlwaysOn
        )  # no text moves sideways when it is needed
        bar.rangeChanged.connect(lambda _least, most: set_style(bar, "idle", "" if most else "true"))
        self.room_below: Callable[[], int] = no_room
        """The pixels a message takes below it now; the page says so."""
        self._upper, self._lower = edges_of(self.viewport())
        self._covered: tuple[object, ...] = ()
        self._is_placing = False
        self._fields = 0
        self._way = 0
        self._length = 0

    def hold(self, panel: FormPanel, line: SectionLine, table: Grid, total: TotalRow) -> None:
        """Take what it scrolls: children of its viewport, from top to bottom."""
        self._panel, self._line, self._table, self._total = panel, line, table, total
        table.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        table.verticalScrollBar().valueChanged.connect(self._take_scroll)
        table.verticalScrollBar().rangeChanged.connect(self._arrange_later)
        table.horizontalScrollBar().rangeChanged.connect(self._arrange_later)
        table.verticalHeader().sectionResized.connect(self._arrange_later)
        table.verticalHeader().sectionCountChanged.connect(self._arrange_later)
        table.look_changed.connect(self._arrange_later)
        table.selectionModel().currentChanged.connect(self._follow_cursor)
        for watched in (table, table.viewport(), panel):
            watched.installEventFilter(_Watcher(self))
        panel.moved.connect(self.follow)
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self.follow)

    def arrange(self) -> None:
        """Look anew at how high everything is, and put it where the scroll bar says."""
        if self._is_placing:
            return
        before, bar = self._fields, self.verticalScrollBar()
        value = bar.value()
        self._measure()
        rows = value - before
        if before and (rows >= 0 or value > self._fields):  # what is out of sight moves no row in sight
            bar.setValue(self._fields + max(0, rows))
        self._place()

    def scroll_to_top(self) -> None:
        """Show the sheet from its beginning."""
        self.verticalScrollBar().setValue(0)

    def give_table_room(self) -> None:
        """Scroll the sections away as far as the table needs to be worked in."""
        if self._table.isHidden():
            return
        self._measure()
        view = self.viewport().height() - self._total_height()
        wanted = self._fields + self._line_height() + self._table.measures.height_to_work_in - view
        bar = self.verticalScrollBar()
        bar.setValue(max(bar.value(), min(wanted, self._way)))
        self._follow_cursor()

    def show_rows(self) -> None:
        """Scroll the sections away where hardly a row of the table is seen below them."""
        table, view = self._table, self.viewport().height()
        seen = min(table.geometry().bottom(), view) - table.geometry().top() - table.measures.height_around
        if seen < _SOME_ROWS * STEP:
            self.give_table_room()

    def show_cursor(self) -> None:
        """Have the row of the table's cursor in sight. One that is seen whole moves nothing."""
        table = self._table
        if table.isHidden() or table.visualRect(table.currentIndex()).isNull() or not table.hasFocus():
            return
        self._measure()
        self._place()
        if not self._sees_cursor(self.viewport().height()):
            self.give_table_room()
            table.scrollTo(table.currentIndex())

    def follow(self) -> None:
        """Keep the field or section with the keyboard in sight, and in a long field the line that is typed in."""
        self._follow(QApplication.focusWidget())

    def _follow(self, focused: QWidget | None) -> None:
        if focused is None or not self.isVisible():
            return
        if focused is self._line:
            self._show_line()
        if not self._panel.isAncestorOf(focused):
            return
        self._measure()
        shown = focused.parentWidget() if isinstance(focused, SectionLine) else focused
        assert shown is not None
        self._show(with_label(shown, self._panel))
        if isinstance(focused, QPlainTextEdit):
            line = kept(self._panel, self._panel)
            assert line is not None
            self._show(line)
        self._cover_edges()

    def sizeHint(self) -> QSize:
        """Room for a dozen lines."""
        return QSize(860, 360)

    def minimumSizeHint(self) -> QSize:
        """Whatever is left for it."""
        return QSize(200, TABLE_IN_LOW_VIEW)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width makes the sections higher or lower; a row or field with the keyboard stays in sight.

        So does the one a dialog gives it back to: what it did is told below while it still has it.
        """
        super().resizeEvent(event)
        was_seen = self._sees_cursor(event.oldSize().height())
        self.arrange()
        if was_seen and not self._sees_cursor(self.viewport().height()):
            self.give_table_room()
            self._table.scrollTo(self._table.currentIndex())
        self._follow(self.window().focusWidget())

    def seen(self) -> QRect:
        """The part of the viewport that nothing covers."""
        view = self.viewport().rect()
        upper, lower = (0 if one.isHidden() else one.height() for one in (self._upper, self._lower))
        return view.adjusted(0, upper, 0, -lower)

    def would_move(self, pixels: int) -> bool:
        """Whether rows would go from under the mouse if there were more room below: the sheet is at its end."""
        bar = self.verticalScrollBar()
        return self.underMouse() and bar.value() > max(0, bar.maximum() - pixels)

    def scrollContentsBy(self, _dx: int, _dy: int) -> None:
        """The scroll bar moved."""
        if not self._is_placing:
            self._place()

    def event(self, event: QEvent) -> bool:
        """Several changes of height are looked at once."""
        if event.type() is QEvent.Type.LayoutRequest:
            self.arrange()
        return super().event(event)

    def sees(self, watched: QObject, event: QEvent) -> bool:
        """Whether an event of what it holds is done with: the wheel scrolls the sheet wherever it turns."""
        kind = event.type()
        if isinstance(event, QWheelEvent) and watched is self._table.viewport() and _turns_down_or_up(event):
            QCoreApplication.sendEvent(self.verticalScrollBar(), event)
            return True
        if watched is self._table and (kind in _TYPING or _arrives_by_key(event)):
            self.give_table_room()
        elif watched is self._panel and kind is QEvent.Type.LayoutRequest:
            before = self._fields
            self.arrange()
            self._covered = ()
            # once the fields stand where they belong now
            QTimer.singleShot(0, self, self._cover_edges if self._fields == before else self.follow)
        return False

    def _show_line(self) -> None:
        """Scroll the sections up as far as it takes to have the line above the table whole, frame and all."""
        self._measure()
        bar = self.verticalScrollBar()
        needed = self._fields + self._line_height() + self._total_height() - self.viewport().height()
        bar.setValue(max(bar.value(), needed))

    def _show(self, part: Span) -> None:
        bar = self.verticalScrollBar()
        bar.setValue(scrolled_to(part, bar.value(), self.viewport().height()))

    def _follow_cursor(self) -> None:
        """A table that reaches below what is seen does not know that its cursor is out of sight."""
        if not self._table_has_keyboard():
            return
        rect = self._table.visualRect(self._table.currentIndex())
        bottom = self._table.viewport().mapTo(self.viewport(), rect.bottomLeft()).y()
        if not rect.isNull() and bottom > self.viewport().height():
            self._scroll_to(self.verticalScrollBar().value() + bottom - self.viewport().height())

    def _table_has_keyboard(self) -> bool:
        """Whether the table has the keyboard, or gets it back when a dialog is done."""
        focused = self.window().focusWidget()
        return focused is not None and (focused is self._table or self._table.isAncestorOf(focused))

    def _sees_cursor(self, height: int) -> bool:
        """Whether the keyboard is in the table, in a row that is seen whole in a view of this height."""
        table = self._table
        if table.isHidden() or not self._table_has_keyboard():
            return False
        view, rect = table.viewport(), table.visualRect(table.currentIndex())
        bottom = view.mapTo(self.viewport(), rect.bottomLeft()).y()
        in_table = view.rect().top() <= rect.top() and rect.bottom() <= view.rect().bottom()
        return not rect.isNull() and in_table and bottom <= height

    def _take_scroll(self, value: int) -> None:
        """The table scrolled by itself: the sections give way first, and its rows stay where they are seen."""
        if self._is_placing:
            return
        past = self.verticalScrollBar().value() if self.verticalScrollBar().value() < self._way else self._way
        self._measure()
        self._is_placing = True
        self._scroll_to(past + value)
        self._is_placing = False
        self._place()

    def _scroll_to(self, value: int) -> None:
        """Scroll so far at least, to the next edge of a row: what was to be seen below is seen whole."""
        rows = value - self._way
        self.verticalScrollBar().setValue(value if rows <= 0 else self._way + self._table.measures.edge_after(rows))

    def _arrange_later(self) -> None:
        if not self._is_placing:
            QCoreApplication.postEvent(self, QEvent(QEvent.Type.LayoutRequest))

    def _line_height(self) -> int:
        return 0 if self._line.isHidden() else self._line.sizeHint().height()

    def _total_height(self) -> int:
        return 0 if self._total.isHidden() else self._total.sizeHint().height()

    def _measure(self) -> None:
        """How high the sections are, how far they can scroll, and how far everything can."""
        view, panel = self.viewport().size(), self._panel
        self._fields = 0 if panel.isHidden() else panel.height_at(view.width())
        around = self._line_height() + self._total_height()
        self._table.measures.set_full_height(view.height() + self.room_below() - around)
        rows = 0 if self._table.isHidden() else self._table.measures.whole_height
        below = around + rows - view.height()
        self._length = max(0, self._fields + (self._table.measures.edge_after(below) if below > 0 else below))
        self._way = min(self._fields, self._length)
        bar = self.verticalScrollBar()
        bar.setPageStep(view.height())
        bar.setRange(0, self._length)

    def _place(self) -> None:
        """Put everything where the scroll bar says; again while that gives the table a bar sideways, or takes it."""
        for _ in range(_MOST_PUTS):
            around = self._table.measures.height_around
            self._put()
            if self._table.measures.height_around == around:
                break
        self._cover_edges()

    def _put(self) -> None:
        view, value = self.viewport().size(), self.verticalScrollBar().value()
        past = min(value, self._way)
        line, total = self._line_height(), self._total_height()
        top = self._fields - past
        height, scrolled = self._table_at(view.height() - top - line - total, value - past)
        bottom = top + line + height
        self._is_placing = True
        self._panel.setGeometry(0, -past, view.width(), self._fields)
        self._line.setGeometry(0, top, view.width(), line)
        self._table.setGeometry(0, top + line, view.width(), height)
        self._total.setGeometry(0, bottom, view.width(), max(total, view.height() - bottom))
        self._table.verticalScrollBar().setValue(scrolled)
        self._is_placing = False

    def _cover_edges(self) -> None:
        """An amount of which a part is seen would be read as another one: it is seen whole or not at all."""
        view, panel, rows = self.viewport(), self._panel, self._table.verticalHeader()
        parts = (view, panel, self._line, self._table, self._total)
        places, in_hand = (one.geometry().getRect() for one in parts), kept(panel, view)
        here = (*places, panel.isHidden(), rows.offset(), rows.length(), in_hand)
        if here == self._covered:
            return
        self._covered = here
        upper, lower = 0, view.height()
        top, bottom = panel.geometry().top(), panel.geometry().bottom()
        if panel.isVisibleTo(view) and (top < upper <= bottom or top < lower <= bottom):
            upper, lower = edges(lines_in(panel, view), lower, in_hand)
        if self._total.geometry().bottom() >= lower:
            lower = edge_above(self._lines_below(), lower)
        self._table.places.end_at(max(0, self._table.viewport().mapFrom(view, QPoint(0, lower)).y()))
        self._upper.cover(0, upper)
        self._lower.cover(lower, view.height())

    def _lines_below(self) -> Iterator[Span]:
        """Where the line of the table, its headings, its rows and its totals are."""
        table, view = self._table, self.viewport()
        for part in (self._line, table.horizontalHeader(), self._total):
            if part.isVisibleTo(view):
                yield span_of(part, view)
        top, row = table.viewport().mapTo(view, QPoint()).y(), table.rowAt(0)
        while 0 <= row < table.model().rowCount() and top + table.rowViewportPosition(row) < view.height():
            start = top + table.rowViewportPosition(row)
            yield start, start + table.rowHeight(row)
            row += 1

    def _table_at(self, room: int, scrolled: int) -> tuple[int, int]:
        """How high the table is where there is so much room, and how far its rows are scrolled: to the edge of one."""
        measures = self._table.measures
        edge, around = measures.edge_near(scrolled), measures.height_around
        least = TABLE_AT_LEAST if self.viewport().height() + self.room_below() >= LOW_BELOW else TABLE_IN_LOW_VIEW
        if room < least or self._total.isHidden():
            return max(least, room), edge
        return around + measures.seen_height(edge, room - around), edge


def no_room() -> int:
    """Nothing below takes any."""
    return 0


class _Watcher(QObject):
    """Shows a sheet the events of what it holds; a scroll area filters those of its own bars by itself."""

    def __init__(self, sheet: Sheet) -> None:
        super().__init__(sheet)
        self._sheet = sheet

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Whether the sheet is done with the event."""
        return self._sheet.sees(watched, event)


def _arrives_by_key(event: QEvent) -> bool:
    return isinstance(event, QFocusEvent) and event.gotFocus() and event.reason() in _BY_KEY


def _turns_down_or_up(event: QWheelEvent) -> bool:
    zooms = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
    return not zooms and abs(event.angleDelta().y()) >= abs(event.angleDelta().x())
