"""A walk over everything that can be seen: what shows less than its text without a sign, or lies out of sight."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QAccessible, QImage
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QCheckBox,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QListView,
    QMenuBar,
    QPlainTextEdit,
    QPushButton,
    QRadioButton,
    QScrollArea,
    QScrollBar,
    QSpinBox,
    QSplitterHandle,
    QStatusBar,
    QStyle,
    QStyleOptionSpinBox,
    QTabBar,
    QTextEdit,
    QToolButton,
    QWidget,
)

from gui.desk.theme import contrast
from gui.table.grid import Grid
from tests.bench.room import numbers_cut
from tests.gui.found import children, visible

LEAST_TARGET = 24
"""Pixels a target of the mouse measures at least (WCAG 2.2, 2.5.8)."""

TOO_LARGE = "larger than the screen"
"""How the fault of a window begins that a test, whose screen is smaller than some real ones, may pass over."""

_NUMBER = re.compile(r"[\d,]+(\.\d+)?%?")
_LITTLE = 3
_HANDLED = (
    *(QAbstractButton, QLineEdit, QComboBox, QSpinBox),
    *(QPlainTextEdit, QTextEdit, QAbstractItemView, QTabBar),
)
"""What is clicked or typed in."""
_ROWS = 60
"""Of a long list as many rows are looked at as there are on the highest screen."""


def faults(top: QWidget) -> list[str]:
    """What is wrong with a window or a dialog that is on screen, a sentence each."""
    found = [f"{TOO_LARGE}: {top.size()}"] if _is_too_large(top) else []
    bars = [bar for bar in visible(top, QScrollBar) if bar.window() is top.window()]
    for widget in _seen(top):
        looks = (
            _beyond(widget, top),
            _cut(widget),
            _low(widget),
            _outside(widget),
            _covered(widget),
            _under_a_bar(widget, bars),
            _cells(widget),
        )
        found += [f"{_called(widget)}: {fault}" for fault in looks if fault]
    return found


def small_targets(top: QWidget) -> list[str]:
    """Targets of the mouse that are lower or narrower than they have to be."""
    targets = (one for one in _seen(top) if isinstance(one, QAbstractButton | QLineEdit | QComboBox | QSpinBox))
    return [
        f"{_called(one)} {size.width()}×{size.height()}"
        for one in targets
        for size in (one.size(), *_steps(one))
        if min(size.width(), size.height()) < LEAST_TARGET and not _is_inside(one)
    ]


def nameless(top: QWidget) -> list[str]:
    """What can be clicked or typed in and has no name for a screen reader, or a sign for one."""
    found = (one for one in _seen(top) if isinstance(one, _HANDLED) and not isinstance(one, QHeaderView))
    return [
        f"{type(one).__name__} in {_called(one.parentWidget() or top)}"
        for one in found
        if not _is_part(one) and not any(letter.isalnum() for letter in _heard(one))
    ]


def drawn_contrast(image: QImage) -> float:
    """How much what is drawn in a picture stands out from its ground, which is the colour most of it has."""
    places = ((x, y) for x in range(image.width()) for y in range(image.height()))
    colors = Counter(image.pixelColor(*place).name() for place in places)
    ground = colors.most_common(1)[0][0]
    return max(contrast(color, ground) for color in colors)


def _heard(widget: QWidget) -> str:
    told = QAccessible.queryAccessibleInterface(widget)
    return told.text(QAccessible.Text.Name) if told is not None else ""


def _steps(widget: QWidget) -> list[QSize]:
    """The arrows of a number."""
    if not isinstance(widget, QSpinBox):
        return []
    option, whole = QStyleOptionSpinBox(), QStyle.ComplexControl.CC_SpinBox
    widget.initStyleOption(option)
    arrows = QStyle.SubControl.SC_SpinBoxUp, QStyle.SubControl.SC_SpinBoxDown
    return [widget.style().subControlRect(whole, option, arrow, widget).size() for arrow in arrows]


def _seen(top: QWidget) -> Iterator[QWidget]:
    for widget in children(top, QWidget):
        if widget.isVisible() and widget.window() is top.window() and not isinstance(widget, QSplitterHandle):
            yield widget


def _is_inside(widget: QWidget) -> bool:
    """A part of another target: the field of a combo box, the arrow of a menu bar."""
    return isinstance(widget.parentWidget(), QMenuBar | QStatusBar) or _is_part(widget)


def _is_part(widget: QWidget) -> bool:
    """A part of a field, which has the name for both."""
    return isinstance(widget.parentWidget(), QComboBox) or widget.objectName().startswith("qt_")


def _is_too_large(top: QWidget) -> bool:
    room = top.screen().availableGeometry() if top.isWindow() else top.rect()
    beyond = top.size() - room.size()  # what frame a system draws round it is not the program's
    return max(beyond.width(), beyond.height()) > 1  # a screen of 1366 at 150 % has 910.67 of these pixels


def _cut(widget: QWidget) -> str:
    """What a text needs and does not have."""
    text, needed, room = _measured(widget)
    if not text or needed <= room + _LITTLE:
        return ""
    if _NUMBER.fullmatch(text.strip()):
        return f"a number in part: {text}"
    has_sign = "…" in text or bool(widget.toolTip())
    return "" if has_sign else f"less than its text: {text[:40]!r} needs {needed}, has {room}"


def _low(widget: QWidget) -> str:
    """What is lower than a line of its text: of the letters the feet are missing."""
    if not isinstance(widget, QLabel | QAbstractButton | QLineEdit | QComboBox):
        return ""
    text = widget.currentText() if isinstance(widget, QComboBox) else widget.text()
    needed, room = widget.fontMetrics().height(), widget.height()
    return f"lower than its text: needs {needed}, has {room}" if text and room < needed - _LITTLE else ""


def _measured(widget: QWidget) -> tuple[str, int, int]:
    if isinstance(widget, QLabel):
        if widget.pixmap() and not widget.pixmap().isNull():
            return "", 0, 0
        if widget.wordWrap():
            return widget.text(), widget.heightForWidth(widget.width()), widget.height()
        return widget.text(), _width(widget, widget.text()), widget.contentsRect().width()
    if isinstance(widget, QPushButton | QToolButton) and widget.text() and widget.layout() is None:
        return widget.text(), min(widget.sizeHint().width(), _width(widget, widget.text()) + 12), widget.width()
    if isinstance(widget, QCheckBox | QRadioButton):
        return widget.text(), widget.sizeHint().width(), widget.width()
    if isinstance(widget, QLineEdit) and not widget.hasFocus() and not isinstance(widget.parent(), QComboBox):
        around = 0 if isinstance(widget.parent(), QSpinBox) else 12
        return widget.text(), _width(widget, widget.text()), widget.width() - around
    if isinstance(widget, QComboBox):
        return widget.currentText(), _width(widget, widget.currentText()), widget.width() - 26
    return "", 0, 0


def _width(widget: QWidget, text: str) -> int:
    return max((widget.fontMetrics().horizontalAdvance(line) for line in text.replace("&", "").split("\n")), default=0)


def _outside(widget: QWidget) -> str:
    """A widget that reaches beyond its parent, unless that one scrolls."""
    parent = widget.parentWidget()
    if parent is None or widget.isWindow() or _scrolls(parent):
        return ""
    beyond = widget.geometry().right() - parent.rect().right()
    below = widget.geometry().bottom() - parent.rect().bottom()
    is_text = isinstance(widget, QLabel | QAbstractButton | QLineEdit | QComboBox)
    return f"reaches {max(beyond, below)} px beyond its parent" if is_text and max(beyond, below) > _LITTLE else ""


def _beyond(widget: QWidget, top: QWidget) -> str:
    """A text or a list that reaches beyond the side or the bottom of the window, because what it stands in does."""
    if not isinstance(widget, QLabel | QAbstractButton | QLineEdit | QComboBox | QAbstractItemView):
        return ""
    around = widget.parentWidget()
    while around is not None and around is not top:
        if _scrolls(around):
            return ""
        around = around.parentWidget()
    over = widget.mapTo(top, widget.rect().bottomRight()) - top.rect().bottomRight()
    beyond = max(over.x(), over.y())
    return f"reaches {beyond} px beyond the window" if beyond > _LITTLE else ""


def _scrolls(parent: QWidget) -> bool:
    area = parent.parentWidget()
    return isinstance(area, QAbstractScrollArea) and parent is area.viewport()


def _covered(widget: QWidget) -> str:
    """The content of a scroll area that is wider than what is seen of it, or lies under its scroll bar."""
    if not isinstance(widget, QScrollArea) or widget.widget() is None:
        return ""
    hides = widget.horizontalScrollBarPolicy() is Qt.ScrollBarPolicy.ScrollBarAlwaysOff
    if hides and widget.widget().width() > widget.viewport().width() + _LITTLE:
        return f"content {widget.widget().width()} px wide in {widget.viewport().width()}"
    bar = widget.verticalScrollBar()
    place = QRect(bar.mapTo(widget, QPoint(0, 0)), bar.size())
    seen = QRect(widget.viewport().mapTo(widget, QPoint(0, 0)), widget.viewport().size())
    return "its scroll bar lies over it" if bar.isVisible() and place.intersects(seen) else ""


def _under_a_bar(widget: QWidget, bars: list[QScrollBar]) -> str:
    """A text, a button or a field part of which is seen where a scroll bar is, which is none of its own."""
    if not isinstance(widget, QLabel | QAbstractButton | QLineEdit | QComboBox):
        return ""
    return "lies under a scroll bar" if any(_is_over(bar, widget) for bar in bars) else ""


def _is_over(bar: QScrollBar, widget: QWidget) -> bool:
    """Whether a bar hides a part of a widget: not one that lies upon it, nor one a whole list hides that came up."""
    common = _in_sight(bar) & _in_sight(widget)
    if common.isEmpty() or widget.isAncestorOf(bar) or widget.window().childAt(common.center()) is not bar:
        return False
    area = bar.parentWidget()
    while area is not None and not isinstance(area, QAbstractScrollArea):
        area = area.parentWidget()
    return area is None or area.isAncestorOf(widget) or not _in_sight(area.viewport()).intersects(_in_sight(widget))


def _in_sight(widget: QWidget) -> QRect:
    """What is seen of a widget, as a part of its window: what its parents leave of it."""
    top = widget.window()
    place = QRect(widget.mapTo(top, QPoint(0, 0)), widget.size())
    parent = widget.parentWidget()
    while parent is not None and parent is not top:
        place &= QRect(parent.mapTo(top, QPoint(0, 0)), parent.size())
        parent = parent.parentWidget()
    return place


def _cells(widget: QWidget) -> str:
    """A number in a cell that is not whole, or a list of wrapped texts that is wider than it is seen."""
    if isinstance(widget, Grid):
        return f"{count} numbers in part" if (count := numbers_cut(widget)) else ""
    if not isinstance(widget, QAbstractItemView) or widget.model() is None:
        return ""
    if isinstance(widget, QListView) and widget.wordWrap() and widget.horizontalScrollBar().maximum():
        return "its texts wrap and are wider than it all the same"
    model, root = widget.model(), widget.rootIndex()
    for row in range(min(model.rowCount(root), _ROWS)):
        for column in range(1 if isinstance(widget, QListView) else model.columnCount(root)):
            index = model.index(row, column, root)
            text = str(index.data(Qt.ItemDataRole.DisplayRole) or "")
            room = widget.visualRect(index).width()
            if room and _NUMBER.fullmatch(text) and widget.sizeHintForIndex(index).width() > room:
                return f"a number in part: {text}"
    return ""


def _called(widget: QWidget) -> str:
    name = widget.accessibleName() or widget.objectName() or getattr(widget, "text", str)()
    return f"{type(widget).__name__} {str(name)[:30]!r}"
