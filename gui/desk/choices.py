"""Choices and numbers whose value only a key or a click changes: the wheel scrolls what they stand on."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QSpinBox, QStyle, QStyleOptionComboBox, QWidget

from gui.desk import system_look
from gui.desk.labels import elided

_WIDEST = 360
"""Pixels it asks for at most, for usual text: what stands in it may be a name somebody typed."""


class Choice(QComboBox):
    """One of several. What has no room ends in …, and is whole in the tool tip."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.view().setTextElideMode(Qt.TextElideMode.ElideRight)  # Qt would cut in the middle
        self.currentTextChanged.connect(self._tell_rest)

    def sizeHint(self) -> QSize:
        """As wide as its longest entry, up to a limit."""
        return self._bounded(super().sizeHint())

    def minimumSizeHint(self) -> QSize:
        """The same limit holds for the least it takes."""
        return self._bounded(super().minimumSizeHint())

    def initStyleOption(self, option: QStyleOptionComboBox) -> None:
        """Draw what there is room for."""
        super().initStyleOption(option)
        option.currentText = self._shown(option)  # type: ignore[attr-defined] # the stubs miss the members of style options

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width has room for more, or for less."""
        super().resizeEvent(event)
        self._tell_rest()

    def _shown(self, option: QStyleOptionComboBox) -> str:
        return elided(self.currentText(), self.fontMetrics(), self._room(option))

    def _room(self, option: QStyleOptionComboBox) -> int:
        """The width its words have beside the arrow."""
        part = QStyle.SubControl.SC_ComboBoxEditField
        return self.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, option, part, self).width()

    def _tell_rest(self) -> None:
        option = QStyleOptionComboBox()
        super().initStyleOption(option)
        self.setToolTip(self.currentText() if self._shown(option) != self.currentText() else "")

    def _bounded(self, hint: QSize) -> QSize:
        option = QStyleOptionComboBox()
        super().initStyleOption(option)
        option.rect = QRect(QPoint(), hint)  # type: ignore[attr-defined] # as above
        words = (self.fontMetrics().horizontalAdvance(self.itemText(row)) for row in range(self.count()))
        lacking = max(0, max(words, default=0) - self._room(option))  # Qt counts no blank of a bracket that ends them
        width = hint.width() if self.isEditable() else hint.width() + lacking
        return QSize(min(width, round(_WIDEST * system_look.text_scale())), hint.height())

    def showPopup(self) -> None:
        """Leave the words of a list that scrolls their room beside its bar, up to the same limit."""
        view, bar = self.view(), 0
        if self.count() > self.maxVisibleItems():
            bar = view.verticalScrollBar().sizeHint().width() + view.width() - view.contentsRect().width()
        most = round(_WIDEST * system_look.text_scale())
        view.setMinimumWidth(min(most, view.sizeHintForColumn(0) + bar) if bar else 0)
        super().showPopup()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Pass it on: whoever scrolls does not choose."""
        event.ignore()


class Number(QSpinBox):
    """A number with arrows."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Pass it on: whoever scrolls does not count."""
        event.ignore()
