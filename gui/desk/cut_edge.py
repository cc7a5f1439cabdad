"""What the edges of a page that scrolls would cut through is covered: a number seen in part would be another number."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import cast

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QTimer
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QWidget,
)

from gui.desk.roles import tell_uppermost

_ROUNDS = 6
"""What is covered for one field may cut through the next one beside it, and so on."""
_AROUND = 24
"""Pixels that stay in sight above and below what is scrolled to, where there is room."""
_AIR = 6
"""Pixels between a label and the field it stands over, at most."""
_FIELD = 30
"""What has to be seen of a field below its label."""
LEAVES = (QLabel, QLineEdit, QAbstractButton, QAbstractSpinBox, QComboBox, QPlainTextEdit)

Span = tuple[int, int]
"""From a height of the view to another one, the second not included, or from one side to another."""


class CutEdge(QWidget):
    """Lies over a view along one of its edges, in the colour of the ground; as high as it has to be."""

    def __init__(self, view: QWidget) -> None:
        super().__init__(view)
        self._view = view
        self.setAutoFillBackground(True)
        self.hide()

    def cover(self, top: int, bottom: int, across: Span | None = None) -> None:
        """Lie between two heights of the view, all ``across`` or in this part; nowhere where they are one."""
        left, right = across or (0, self._view.width())
        self.setVisible(bottom > top)
        if bottom > top:
            self.setGeometry(left, top, right - left, bottom - top)
            self.raise_()


def edges_of(view: QWidget) -> tuple[CutEdge, CutEdge]:
    """What covers the upper and the lower edge of a view; for a screen reader too nothing is there."""
    tell_uppermost(view)
    return CutEdge(view), CutEdge(view)


class CoveredEdges(QObject):
    """Covers what the upper and the lower edge of a page in a scroll area would cut through.

    Of a page of ``columns`` each is covered by itself: their lines do not stand beside each other.
    """

    def __init__(self, area: QScrollArea, columns: Sequence[QWidget] = ()) -> None:
        super().__init__(area)
        self._area, self._view = area, area.viewport()  # the area says nothing more while it is deleted
        tell_uppermost(self._view)
        self._edges = [(part, CutEdge(self._view), CutEdge(self._view)) for part in columns or (None,)]
        area.verticalScrollBar().valueChanged.connect(self._cover)
        area.verticalScrollBar().rangeChanged.connect(self._cover_later)
        for watched in (area.viewport(), area.widget()):
            watched.installEventFilter(self)
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._follow)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Another size leaves other lines at the edges; what has the keyboard stays in sight, and whole."""
        if watched is self._view and event.type() is QEvent.Type.Resize:
            QTimer.singleShot(0, self, self._follow)
        if event.type() in {QEvent.Type.Resize, QEvent.Type.LayoutRequest, QEvent.Type.Show}:
            self._cover_later()
        return False

    def _follow(self) -> None:
        """Scroll to what has the keyboard, however it came there: to all of it, where Qt is content with its caret."""
        focused = QApplication.focusWidget()
        if focused is not None and (page := self._area.widget()).isAncestorOf(focused):
            bar = self._area.verticalScrollBar()
            bar.setValue(scrolled_to(with_label(focused, page), bar.value(), self._view.height()))
            self._cover()

    def _cover_later(self) -> None:
        QTimer.singleShot(0, self, self._cover)  # once everything stands where it belongs now

    def _cover(self) -> None:
        view, bar, page = self._view, self._area.verticalScrollBar(), self._area.widget()
        for column, upper, lower in self._edges:
            part = column or page
            first, last = edges(lines_in(part, view) if bar.maximum() else (), view.height(), kept(part, view))
            left = column.mapTo(view, QPoint()).x() if column is not None else 0
            across = (left, left + column.width()) if column is not None else None
            upper.cover(0, first, across)
            lower.cover(last, view.height(), across)


def lines_in(part: QWidget, view: QWidget) -> Iterator[Span]:
    """Where the labels, fields and lines of long texts in a part of a view are: what is seen whole or not at all.

    A label that stands over its field belongs to it: alone it would be the name of nothing.
    """
    found = cast("list[QWidget]", part.findChildren(QWidget))
    shown = [one for one in found if isinstance(one, LEAVES) and one.isVisibleTo(part)]
    places = {one: _place_of(one, view) for one in shown}
    labels = [place for one, place in places.items() if isinstance(one, QLabel)]
    for one, place in places.items():
        yield from _lines_of(one, view) if isinstance(one, QPlainTextEdit) else [span_of(one, view)]
        over = _over(one, place, labels)
        yield from ((label.top(), min(place.bottom() + 1, place.top() + _FIELD)) for label in over)


def with_label(field: QWidget, part: QWidget) -> Span:
    """Where a field in a part of a page is, together with the label that stands over it."""
    top, bottom = span_of(field, part)
    labels = (label for label in cast("list[QLabel]", part.findChildren(QLabel)) if label.isVisibleTo(part))
    over = _over(field, _place_of(field, part), (_place_of(label, part) for label in labels))
    return min((label.top() for label in over), default=top), bottom


def _over(field: QWidget, place: QRect, labels: Iterable[QRect]) -> list[QRect]:
    if isinstance(field, QLabel | QAbstractButton):
        return []
    return [
        label
        for label in labels
        if 0 <= place.top() - label.bottom() <= _AIR and place.left() <= label.center().x() <= place.right()
    ]


def _place_of(widget: QWidget, view: QWidget) -> QRect:
    return QRect(widget.mapTo(view, QPoint()), widget.size())


def _lines_of(text: QPlainTextEdit, view: QWidget) -> Iterator[Span]:
    line, (start, end) = text.fontMetrics().lineSpacing(), span_of(text, view)
    start += text.contentsRect().top() + round(text.document().documentMargin())
    for number in range(max(1, (end - start) // line)):
        yield start + number * line, start + (number + 1) * line


def span_of(part: QWidget, view: QWidget) -> Span:
    """Where a widget in a view is."""
    top = part.mapTo(view, QPoint()).y()
    return top, top + part.height()


def scrolled_to(part: Span, value: int, height: int) -> int:
    """Where a page has to be scrolled from a value, as little as it takes, to have a part of it in a view so high.

    Of what is too high it is the top. What is in sight moves nothing.
    """
    if value <= part[0] and part[1] <= value + height:
        return value
    around = max(0, min(_AROUND, (height - part[1] + part[0]) // 2))
    top, bottom = max(0, part[0] - around), part[1] + around
    return min(max(value, bottom - height), top)


def kept(part: QWidget, view: QWidget) -> Span | None:
    """Where in a view that is which has the keyboard in a part of it, of a long text the line that is typed in."""
    focused = QApplication.focusWidget()
    if focused is None or not part.isAncestorOf(focused):
        return None
    if isinstance(focused, QPlainTextEdit):
        caret, top = focused.cursorRect(), focused.viewport().mapTo(view, QPoint()).y()
        return top + caret.top(), top + caret.bottom() + 1
    return span_of(focused, view)


def edges(lines: Iterable[Span], height: int, whole: Span | None) -> Span:
    """Between which heights of a view of so many pixels something of it is seen: everywhere, where that were nowhere.

    What is to be seen ``whole`` is not covered where the view itself does not cut it.
    """
    spans = list(lines)
    upper, lower = edge_below(spans, 0), edge_above(spans, height)
    if whole is not None and whole[0] >= 0 and whole[1] <= height:
        upper, lower = min(upper, whole[0]), max(lower, whole[1])
    return (upper, lower) if upper < lower else (0, height)


def edge_above(lines: Iterable[Span], edge: int) -> int:
    """How far a lower edge has to come up to cut through none of these lines; where it has to come far, not at all."""
    spans, above = list(lines), edge
    for _ in range(_ROUNDS):
        cut = [top for top, bottom in spans if top < above < bottom]
        if not cut:
            return max(0, above)
        above = min(cut)
    return edge


def edge_below(lines: Iterable[Span], edge: int) -> int:
    """The same of an upper edge, which has to come down."""
    spans, below = list(lines), edge
    for _ in range(_ROUNDS):
        cut = [bottom for top, bottom in spans if top < below < bottom]
        if not cut:
            return below
        below = max(cut)
    return edge
