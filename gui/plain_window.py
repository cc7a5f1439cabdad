"""What a main window does by itself, whatever is in it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QPushButton, QToolButton, QWidget


class PlainWindow(QMainWindow):
    """Says when it is seen, lets Enter press a button, which Qt does in dialogs only, and knows Shift+F10.

    Signals:
        first_painted(): the window is on screen for the first time; the file may be opened now.
        system_look_changed(): the system may look otherwise now, say in a contrast theme or with larger text.
    """

    first_painted = Signal()
    system_look_changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._was_painted = False

    def event(self, event: QEvent) -> bool:
        """Notice the first paint, and another look of the system, at the latest on coming back from its settings."""
        done = super().event(event)
        if event.type() in {QEvent.Type.ThemeChange, QEvent.Type.WindowActivate}:
            self.system_look_changed.emit()
        if event.type() is QEvent.Type.Paint and not self._was_painted:
            self._was_painted = True
            QTimer.singleShot(0, self.first_painted.emit)
        return done

    def focusNextPrevChild(self, next_: bool) -> bool:
        """Tab stops at what takes keys itself: Qt would jump over a page to the one place in it the page leads to."""
        focus = self.focusWidget()
        start = focus if focus is not None else self
        widget = neighbour(start, back=not next_)
        while widget is not None and widget is not start:
            if is_stop(widget) and widget.isEnabled() and widget.isVisibleTo(self):
                reason = Qt.FocusReason.TabFocusReason if next_ else Qt.FocusReason.BacktabFocusReason
                widget.setFocus(reason)
                return True
            widget = neighbour(widget, back=not next_)
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter comes here when the button that has the focus does not know it, Shift+F10 from everywhere."""
        focus = self.focusWidget()
        is_plain = event.modifiers() in {Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier}
        is_enter = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and is_plain
        if event.key() == Qt.Key.Key_F10 and event.modifiers() == Qt.KeyboardModifier.ShiftModifier:
            open_menu_of(focus if focus is not None else self)
        elif not is_enter or not isinstance(focus, QPushButton | QToolButton):
            super().keyPressEvent(event)
        elif not event.isAutoRepeat():
            focus.click()


def open_menu_of(widget: QWidget) -> None:
    """Ask a widget for its menu, as the menu key does: not every keyboard has one."""
    here = widget.inputMethodQuery(Qt.InputMethodQuery.ImCursorRectangle)
    place = (
        here.toRect().center() if isinstance(here, QRectF) else here.center() if isinstance(here, QRect) else QPoint()
    )
    asked = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, place, widget.mapToGlobal(place))
    QApplication.sendEvent(widget, asked)


def is_stop(widget: QWidget) -> bool:
    """Whether Tab may stop at a widget itself: not at a part of a field, nor at what only leads to something inside."""
    takes_tab = bool(widget.focusPolicy().value & Qt.FocusPolicy.TabFocus.value)
    return takes_tab and proxy_of(widget) is None and not widget.objectName().startswith("qt_")


def neighbour(widget: QWidget, *, back: bool = False) -> QWidget | None:
    """What follows a widget in the order of Tab, whether Tab stops there or not; what is before it with ``back``."""
    return _left_where_it_is(widget.previousInFocusChain() if back else widget.nextInFocusChain())


def proxy_of(widget: QWidget) -> QWidget | None:
    """The widget that has the keyboard in place of another one."""
    return _left_where_it_is(widget.focusProxy())


def set_proxy(widget: QWidget, proxy: QWidget | None) -> None:
    """Let another widget, which may live longer, have the keyboard in place of one; None takes it back."""
    widget.setFocusProxy(proxy)  # type: ignore[arg-type] # the stubs forbid to take it back
    _left_where_it_is(proxy)


def _left_where_it_is(found: QWidget | None) -> QWidget | None:
    """Tell PySide whose child a widget is: these methods of Qt make it a child of the widget that is asked or told.

    When that one goes, PySide would hold the other and all it has, headers and viewports too, for deleted.
    """
    if found is not None:
        found.setParent(found.parentWidget())  # nothing at all to Qt
    return found
