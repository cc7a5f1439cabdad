"""What every dialog has: a title, a sentence that says what it is for, its content, and Chinese buttons."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import QEvent, QRect, QSize, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QFrame,
    QLabel,
    QLineEdit,
    QListView,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QSpinBox,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from gui.desk import system_look
from gui.desk.announcer import announce
from gui.desk.cut_edge import CoveredEdges
from gui.desk.list_rows import KeptRow, ListRows
from gui.desk.message import Message
from gui.desk.style import AROUND, BETWEEN
from gui.desk.tasks import Job
from gui.desk.theme import ICONS, theme_of
from gui.desk.tinted import address
from gui.desk.wrapped_label import WrappedLabel
from gui.document.document import Document
from model.changes import Change
from model.findings import Severity

# lists in a dialog: a line around them, or they would float, and check boxes like those beside them
LISTS = """
*[framed="true"] { border: 1px solid palette(dark); border-radius: 5px; padding: 1px; }
*[framed="true"]:focus { border: 2px solid palette(highlight); padding: 0; }
*[framed="true"]::corner { border: none; background: transparent; }
QTreeView::item, QTableView::item { border: none; padding: 3px 8px 3px 7px; }
QHeaderView::section { padding: 4px 10px; }
QHeaderView::section:last, QHeaderView::section:only-one { border-right: none; padding-right: 11px; }
QListView::item { border: none; padding: 3px 5px; }
QListView::indicator, QTableView::indicator, QTreeView::indicator {
    width: 15px; height: 15px; border: 1px solid palette(dark); border-radius: 4px;
}
QListView::indicator:checked, QTableView::indicator:checked, QTreeView::indicator:checked {
    background: palette(highlight); border-color: palette(highlight); image: url("%s");
}
QListView::indicator:disabled, QTableView::indicator:disabled, QTreeView::indicator:disabled {
    background: palette(mid);
}
"""
_LEAST_LIST = 65
"""Pixels a list measures at least at 100 %: a heading and rows."""
BORDERS = QSize(24, 48)  # what the frame and the title bar of the system take


class Dialog(QDialog):
    """A modal dialog. Subclasses fill ``content`` and override :meth:`finish`.

    Ctrl+Enter accepts from everywhere, also where Enter begins a new line. Enter on a button presses that button. Esc
    closes; where it would lose what took a person some time, it says so first (:meth:`unsaved`).
    """

    losing = ""
    """What :meth:`unsaved` speaks of, as the beginning of a sentence."""

    def __init__(self, title: str, lead: str, verb: str, parent: QWidget | None = None) -> None:
        """``verb`` is the text of the accepting button; without one the dialog has only 关闭."""
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAccessibleDescription(lead)
        self.setModal(True)
        self.setStyleSheet(LISTS % address(ICONS / "box-check.svg", theme_of(self.palette()).on_accent))
        self._job: Job | None = None
        self._close_words = ""
        self._was_focused: QWidget | None = None
        self._is_allowed = True
        self._is_over = False
        self._told_of: object = None
        self._is_given_up = False
        self._seen_whole: tuple[QListView, ...] = ()
        self._page: QScrollArea | None = None
        self.lead = WrappedLabel(lead, self, is_muted=True)
        self.lead.setVisible(bool(lead))
        self.body = QWidget(self)
        self.content = QVBoxLayout(self.body)
        self.content.setContentsMargins(0, 0, 0, 0)
        self.content.setSpacing(8)
        self.message = Message(self)
        self.doing = QLabel(self)
        self.doing.setProperty("muted", "true")
        self.doing.hide()
        self.progress = QProgressBar(self)
        self.progress.setTextVisible(False)
        self.progress.setFixedHeight(8)
        self.progress.setAccessibleName("进度")
        self.progress.hide()
        self.buttons = QDialogButtonBox(self)
        if verb:
            self.accept_button = self.buttons.addButton(verb, QDialogButtonBox.ButtonRole.AcceptRole)
            self.close_button = self.buttons.addButton("取消", QDialogButtonBox.ButtonRole.RejectRole)
        else:
            self.accept_button = self.buttons.addButton("关闭", QDialogButtonBox.ButtonRole.RejectRole)
            self.close_button = self.accept_button
        self.accept_button.setDefault(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*AROUND)
        layout.setSpacing(BETWEEN)
        layout.addWidget(self.lead)
        layout.addWidget(self.body, 1)
        for widget in (self.message, self.doing, self.progress, self.buttons):
            layout.addWidget(widget)
        self.buttons.accepted.connect(self._try)
        self.buttons.rejected.connect(self._leave)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self, self.accept_button.click)

    def keep_together(self) -> None:
        """For a few fields: what is left of the height goes below the message, not between it and the fields."""
        layout = self.layout()
        assert isinstance(layout, QVBoxLayout)
        layout.setStretchFactor(self.body, 0)
        layout.insertStretch(layout.indexOf(self.buttons), 1)

    def finish(self) -> bool:
        """Do what the accepting button promises; False keeps the dialog open (after :meth:`tell`)."""
        return True

    def unsaved(self) -> object:
        """What a person has done here that would be lost, None where that is nothing or soon done again."""
        return None

    def tell(self, problem: str) -> None:
        """Say inside the dialog what is wrong; an empty text takes it back."""
        self.message.say(problem)

    def point_at(self, field: QLineEdit, problem: str) -> None:
        """Say what is wrong, and go to the field it is wrong in."""
        self.tell(problem)
        layout = self.layout()
        if layout is not None:
            layout.activate()  # the message took some of the room
        field.setFocus()
        field.selectAll()
        area = field.parentWidget()
        while area is not None and not isinstance(area, QScrollArea):
            area = area.parentWidget()
        if area is not None:
            area.ensureWidgetVisible(field)

    def remark(self, text: str, severity: Severity = Severity.INFO) -> None:
        """Say inside the dialog what is good to know, and does not keep anyone from accepting."""
        self.message.say(text, severity)

    def allow(self, *, is_allowed: bool) -> None:
        """Whether the dialog can be accepted as it is filled in."""
        self._is_allowed = is_allowed
        self.accept_button.setEnabled(is_allowed and self._job is None)

    def push(self, document: Document, label: str, changes: tuple[Change, ...]) -> bool:
        """Do one gesture. What stops it is told here: the window that tells it too is behind the dialog."""
        document.not_written.connect(self.tell)
        try:
            return document.push(label, changes)
        finally:
            document.not_written.disconnect(self.tell)

    def follow(self, job: Job) -> None:
        """Show how far a job is and let nothing be changed meanwhile; 取消 stops it while it runs."""
        self._job = job
        self._was_focused = self.focusWidget()
        self.tell("")
        self.progress.setRange(0, 0)
        self.progress.show()
        self.doing.setText(f"正在{job.title}…")
        self.doing.show()
        announce(self, self.doing.text())
        self.body.setEnabled(False)
        self.accept_button.setEnabled(False)
        self.close_button.setAutoDefault(False)  # an Enter too many stops nothing; Space and Esc do
        self.close_button.setFocus()
        job.progressed.connect(self._advance)
        job.cancelled.connect(self.stopped)
        job.stood_still.connect(self._offer_to_leave)
        job.ended.connect(self._stand_still)

    def stopped(self) -> None:
        """The job was cancelled, and is over."""
        self.remark("已取消。")

    def left_alone(self) -> None:
        """The job stands still, and nobody waits for it any more."""
        self.remark("没有再等下去。", Severity.WARNING)

    def ready(self) -> None:
        """The job is over, well or not, and the dialog can be used again."""
        if self._was_focused is not None:
            self._was_focused.setFocus()

    def reject(self) -> None:
        """Cancel the job under way; without one close the dialog, once it was told what would be lost."""
        unsaved = self.unsaved()
        if self._job is not None and self._close_words:
            self.abandon()
            self._stand_still()
            self.left_alone()
        elif self._job is not None:
            self._job.cancel()
            self.doing.setText("正在取消…")
        elif not self._is_given_up and unsaved is not None and not self._was_told_of(unsaved):
            self._told_of = unsaved
            self.tell("")  # said again, it is heard again
            self.remark(self._before_losing(), Severity.WARNING)
        else:
            super().reject()

    def abandon(self) -> None:
        """Cancel the job under way and do not wait for it: it changes nothing, and nothing of it is shown any more."""
        job, self._job = self._job, None
        if job is not None:
            job.cancel()
            for signal, slot in (
                (job.progressed, self._advance),
                (job.cancelled, self.stopped),
                (job.stood_still, self._offer_to_leave),
                (job.ended, self._stand_still),
            ):
                signal.disconnect(slot)

    def conclude(self, text: str, severity: Severity) -> None:
        """Everything is done, and something about it has to be read before the dialog goes."""
        self._is_over = True
        self.remark(text, severity)
        self.body.setEnabled(False)
        self.allow(is_allowed=False)
        self.accept_button.hide()
        self.close_button.setText("关闭")
        self.close_button.setFocus()

    def room(self) -> QSize:
        """What the screen has room for."""
        return self.screen().availableGeometry().size() - BORDERS

    def grow(self, wanted: QSize) -> None:
        """Grow to a size as far as the screen has room, about where the dialog is, and stay on the screen whole."""
        screen, before = self.screen().availableGeometry(), self.size()
        size = before.expandedTo(wanted).boundedTo(self.room())
        frame = QRect(self.frameGeometry().topLeft(), self.frameSize() + size - before)
        frame.moveCenter(self.frameGeometry().center())
        frame.moveRight(min(frame.right(), screen.right()))
        frame.moveBottom(min(frame.bottom(), screen.bottom()))
        frame.moveLeft(max(frame.left(), screen.left()))
        frame.moveTop(max(frame.top(), screen.top()))
        self.resize(size)
        self.move(frame.topLeft())

    def open_whole(self, *lists: QListView) -> None:
        """Open as high as the rows of some lists need, as far as the screen has room."""
        self._seen_whole = lists

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the button it is on; of one that is never the default Qt would take the accepting one."""
        button, is_enter = self.focusWidget(), event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        if is_enter and isinstance(button, QPushButton) and self._job is None:
            button.click()
        else:
            super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        """Never open larger than the screen has room for."""
        if not event.spontaneous():
            numbers = cast("list[QSpinBox]", self.findChildren(QSpinBox))
            for number in numbers:  # the style sheet lets it be lower than it wants
                number.ensurePolished()
                number.setMinimumHeight(number.sizeHint().height())
            for tree in cast("list[QTreeView]", self.findChildren(QTreeView)):
                tree.doItemsLayout()  # it measured the rows that came before it was dressed
            room = self.room()
            wanted = (self.size() * system_look.text_scale()).boundedTo(room)
            self.resize(wanted)
            self._fit()
            self.resize(wanted)  # texts are lower in the width there is now
            lacking = max(map(_lacking, self._seen_whole), default=0)
            self.resize(self.width(), min(self.height() + max(0, lacking), room.height()))
        super().showEvent(event)

    def event(self, event: QEvent) -> bool:
        """What it says or shows now may need more than the screen has."""
        if event.type() is QEvent.Type.LayoutRequest and self.isVisible():
            QTimer.singleShot(0, self, self._fit)
        return super().event(event)

    def _fit(self) -> None:
        """Where larger text needs more height than there is, what stands above the message and the buttons scrolls."""
        layout, room = self.layout(), self.room()
        assert isinstance(layout, QVBoxLayout)
        layout.activate()
        needed = layout.totalMinimumSize().height()
        if self._page is not None or needed <= room.height():
            return
        focused = self.focusWidget()
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(BETWEEN)
        column.addWidget(self.lead)
        column.addWidget(self.body, 1)
        self._page = scrolled(page)
        self._page.setFrameShape(QFrame.Shape.NoFrame)
        for number in range(layout.count()):
            layout.setStretch(number, 0)
        layout.insertWidget(0, self._page, 1)
        if focused is not None:
            focused.setFocus()
        layout.activate()  # its least height is another one now
        self.grow(QSize(0, needed))

    def _advance(self, done: int, total: int, text: str) -> None:
        self.progress.setRange(0, total)
        self.progress.setValue(done)
        self.progress.setAccessibleDescription(text)

    def _offer_to_leave(self) -> None:
        """The job does not end although it was cancelled."""
        self._close_words = self.close_button.text()
        self.close_button.setText("不等了")
        self.doing.setText("还没有回应，可能网络断了。可以再等等，也可以不等。")
        announce(self, self.doing.text())

    def _stand_still(self) -> None:
        self._job = None
        if self._close_words:
            self.close_button.setText(self._close_words)
            self._close_words = ""
        self.progress.hide()
        self.doing.hide()
        self.body.setEnabled(not self._is_over)
        self.close_button.setAutoDefault(True)
        self.allow(is_allowed=self._is_allowed)
        if not self._is_over:
            self.ready()
            self.accept_button.setDefault(True)  # 取消 was it while it had the focus

    def _leave(self) -> None:
        """取消 was meant."""
        self._is_given_up = True
        self.reject()
        self._is_given_up = False

    def _before_losing(self) -> str:
        verb, give_up = self.accept_button.text(), self.close_button.text()
        return f"{self.losing}。要放弃，请再按一次 Esc 或点“{give_up}”；要保留，请点“{verb}”（Ctrl+Enter）。"

    def _was_told_of(self, unsaved: object) -> bool:
        """Whether it still stands there that this would be lost: who has read something else since is asked anew."""
        return unsaved == self._told_of and self.message.text == self._before_losing()

    def _try(self) -> None:
        if self.finish():
            self.accept()


def _lacking(view: QListView) -> int:
    """How many pixels of the rows of a list there is no room for."""
    view.doItemsLayout()
    rows = view.model()
    first, last = (view.visualRect(rows.index(row, 0)) for row in (0, rows.rowCount() - 1))
    return first.united(last).height() + 2 * view.spacing() - view.viewport().height()


def field_rows(*rows: tuple[str, QWidget]) -> QFormLayout:
    """Fields beside their labels. A label ``预算年度(&Y)`` gives its field the mnemonic and the accessible name."""
    form = QFormLayout()
    form.setHorizontalSpacing(12)
    form.setVerticalSpacing(7)
    form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
    form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
    for label, field in rows:
        form.addRow(label, field)
        if isinstance(field, QAbstractButton):  # is called what is written on it
            snug(field)
        else:
            field.setAccessibleName(label.split("(")[0])
    return form


def snug(button: QAbstractButton) -> None:
    """Make a button as large as its words: a line around a focused check box must not go across the dialog."""
    button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)


def framed(view: QAbstractScrollArea) -> None:
    """Draw a line around a list; its rows wrap their texts in the width there is."""
    view.setProperty("framed", "true")
    least = round(_LEAST_LIST * system_look.text_scale())
    view.setMinimumHeight(max(view.minimumHeight(), least))
    if isinstance(view, QAbstractItemView):
        KeptRow(view)
        if not isinstance(view.itemDelegate(), ListRows):
            view.setItemDelegate(ListRows(view))
    if isinstance(view, QListView):
        view.setWordWrap(True)
        view.setResizeMode(QListView.ResizeMode.Adjust)
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)


def scrolled(page: QWidget) -> QScrollArea:
    """A page that may be higher than the screen, never wider than its frame."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setMinimumWidth(page.minimumSizeHint().width() + area.verticalScrollBar().sizeHint().width())
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Tab walks through its fields
    area.setWidget(page)
    CoveredEdges(area)
    return area
