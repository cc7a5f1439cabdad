"""What a widget is to a screen reader where Qt has no widget of that kind: a tab, a message, a list of drawn lines.

Qt deletes what tells of a widget together with the widget, so it is kept here for as long: what Python let go of before
would be deleted twice. A factory (``QAccessible.installFactory``) is no way: it is asked while Qt constructs a widget,
and would be given a half of it. Qt finds what tells of a widget by its class as PySide has it, which grows with the
first connection to a method of it: a widget says what it is behind all of these, at the end of its constructor.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QPoint
from PySide6.QtGui import QAccessible, QAccessibleActionInterface, QAccessibleInterface
from PySide6.QtWidgets import QAbstractButton, QAccessibleWidget, QWidget
from shiboken6 import isValid

_told: dict[int, QAccessibleInterface] = {}


def tell_as_tab(button: QAbstractButton) -> None:
    """A checkable button is one of several tabs, and the checked one is selected."""
    _tell_as(button, _Tab(button))


def tell_as_button(button: QAbstractButton) -> None:
    """A checkable button that says its state in its name is no box that somebody ticks."""
    _tell_as(button, _Button(button))


def tell_as_message(widget: QWidget, is_alarming: Callable[[QWidget], bool]) -> None:
    """A widget that comes and goes is a message: an alert while it is alarming, else a status.

    No notification: a reader would say it by itself when it is shown, and what is announced with it a second time.
    """
    _tell_as(widget, _Message(widget, is_alarming))


def tell_as_list(widget: QWidget, items: Mapping[QWidget, str]) -> None:
    """A widget with lines drawn somewhere within it is a list of them, each with its words; of all else is not told."""
    for item, words in items.items():
        item.setAccessibleName(words)
        _tell_as(item, _Item(item, widget))
    _tell_as(widget, _List(widget, tuple(items)))


def tell_uppermost(view: QWidget) -> None:
    """What a view is said to show at a point is what is seen there: Qt names the lowest of what lies there."""
    _tell_as(view, _View(view, QAccessible.Role.Client))


class _View(QAccessibleWidget):
    def childAt(self, x: int, y: int) -> QAccessibleInterface | None:  # type: ignore[override] # the stubs know of no none
        """What lies on top there."""
        view = self.object()
        assert isinstance(view, QWidget)
        found = view.childAt(view.mapFromGlobal(QPoint(x, y)))
        while found is not None and found.parentWidget() is not view:
            found = found.parentWidget()
        return QAccessible.queryAccessibleInterface(found) if found is not None else None


class _List(QAccessibleWidget):
    def __init__(self, widget: QWidget, items: tuple[QWidget, ...]) -> None:
        super().__init__(widget, QAccessible.Role.List)
        self._items = items

    def childCount(self) -> int:
        """How many lines there are."""
        return sum(map(isValid, self._items))

    def child(self, index: int) -> QAccessibleInterface | None:  # type: ignore[override] # the stubs know of no none
        """One of the lines."""
        items = [item for item in self._items if isValid(item)]
        return QAccessible.queryAccessibleInterface(items[index]) if 0 <= index < len(items) else None

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        """Which of the lines it is."""
        item, items = child.object(), [item for item in self._items if isValid(item)]
        return items.index(item) if isinstance(item, QWidget) and item in items else -1


class _Item(QAccessibleWidget):
    def __init__(self, widget: QWidget, within: QWidget) -> None:
        super().__init__(widget, QAccessible.Role.ListItem)
        self._within = within

    def parent(self) -> QAccessibleInterface | None:  # type: ignore[override] # as above
        """The list, whatever widget it stands in."""
        return QAccessible.queryAccessibleInterface(self._within) if isValid(self._within) else None


class _Button(QAccessibleWidget):
    def __init__(self, button: QAbstractButton, role: QAccessible.Role = QAccessible.Role.Button) -> None:
        super().__init__(button, role)

    def actionNames(self) -> list[str]:
        """It can be pressed."""
        return [QAccessibleActionInterface.pressAction(), *super().actionNames()]

    def doAction(self, name: str) -> None:
        """Press it, as a click would."""
        button = self.object()
        if name == QAccessibleActionInterface.pressAction() and isinstance(button, QAbstractButton):
            button.click()
        else:
            super().doAction(name)


class _Tab(_Button):
    def __init__(self, button: QAbstractButton) -> None:
        super().__init__(button, QAccessible.Role.PageTab)

    def state(self) -> QAccessible.State:
        """Selectable, and selected."""
        state, button = super().state(), self.object()
        state.selectable = True  # type: ignore[attr-defined] # the stubs of PySide leave its fields out
        state.selected = isinstance(button, QAbstractButton) and button.isChecked()  # type: ignore[attr-defined]
        return state


class _Message(QAccessibleWidget):
    def __init__(self, widget: QWidget, is_alarming: Callable[[QWidget], bool]) -> None:
        super().__init__(widget, QAccessible.Role.StatusBar)
        self._is_alarming = is_alarming

    def role(self) -> QAccessible.Role:
        """Alert or status, as it is now."""
        widget = self.object()
        is_alert = isinstance(widget, QWidget) and self._is_alarming(widget)
        return QAccessible.Role.AlertMessage if is_alert else QAccessible.Role.StatusBar


def _tell_as(widget: QWidget, told: QAccessibleInterface) -> None:
    """Tell of a widget in this way, from now to its end."""
    before = QAccessible.queryAccessibleInterface(widget)  # Qt's own, made when it was constructed
    if before is not None:
        QAccessible.deleteAccessibleInterface(QAccessible.uniqueId(before))
    number = QAccessible.registerAccessibleInterface(told)
    _told[number] = told
    widget.destroyed.connect(lambda: _told.pop(number))  # behind Qt, which has deleted it by then
