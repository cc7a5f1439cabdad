"""The keyboard of the grid: which key makes which move or gesture (Excel's habits)."""

from __future__ import annotations

from enum import Enum, auto

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView

from gui.table.cursor import Move


class Gesture(Enum):
    """What can be done with the lines and cells at hand, by key or menu."""

    ADD_LINE = auto()
    INSERT_ABOVE = auto()
    DELETE_LINES = auto()
    MOVE_UP = auto()
    MOVE_DOWN = auto()
    FILL_DOWN = auto()
    FILL_RIGHT = auto()
    CLEAR_CELLS = auto()
    EDIT_EMPTIED = auto()
    COPY = auto()
    CUT = auto()
    CUT_LINES = auto()
    PASTE = auto()
    PASTE_AS_NEW = auto()
    SELECT_ALL = auto()
    SELECT_ROW = auto()
    SELECT_COLUMN = auto()
    CHOOSE = auto()
    LIST = auto()
    FOLD = auto()
    UNFOLD = auto()


Modifiers = Qt.KeyboardModifier

_PLAIN_MOVES: dict[int, Move] = {
    Qt.Key.Key_Up: Move.UP,
    Qt.Key.Key_Down: Move.DOWN,
    Qt.Key.Key_Left: Move.LEFT,
    Qt.Key.Key_Right: Move.RIGHT,
    Qt.Key.Key_PageUp: Move.PAGE_UP,
    Qt.Key.Key_PageDown: Move.PAGE_DOWN,
    Qt.Key.Key_Home: Move.ROW_START,
    Qt.Key.Key_End: Move.ROW_END,
}
_CONTROL_MOVES: dict[int, Move] = {
    Qt.Key.Key_Home: Move.TABLE_START,
    Qt.Key.Key_End: Move.TABLE_END,
    Qt.Key.Key_Up: Move.EDGE_UP,
    Qt.Key.Key_Down: Move.EDGE_DOWN,
    Qt.Key.Key_Left: Move.EDGE_LEFT,
    Qt.Key.Key_Right: Move.EDGE_RIGHT,
}
_SINGLE_MOVES: dict[tuple[Modifiers, int], Move] = {
    (Modifiers.NoModifier, Qt.Key.Key_Tab): Move.NEXT,
    (Modifiers.ShiftModifier, Qt.Key.Key_Backtab): Move.PREVIOUS,
    (Modifiers.NoModifier, Qt.Key.Key_Backtab): Move.PREVIOUS,
    (Modifiers.ShiftModifier, Qt.Key.Key_Tab): Move.PREVIOUS,
    (Modifiers.NoModifier, Qt.Key.Key_Return): Move.ENTER,
    (Modifiers.NoModifier, Qt.Key.Key_Enter): Move.ENTER,
    (Modifiers.ShiftModifier, Qt.Key.Key_Return): Move.ENTER_BACK,
    (Modifiers.ShiftModifier, Qt.Key.Key_Enter): Move.ENTER_BACK,
}
_GESTURES: dict[tuple[Modifiers, int], Gesture] = {
    (Modifiers.ControlModifier, Qt.Key.Key_Return): Gesture.ADD_LINE,
    (Modifiers.ControlModifier, Qt.Key.Key_Enter): Gesture.ADD_LINE,
    (Modifiers.ControlModifier | Modifiers.ShiftModifier, Qt.Key.Key_Return): Gesture.INSERT_ABOVE,
    (Modifiers.ControlModifier | Modifiers.ShiftModifier, Qt.Key.Key_Enter): Gesture.INSERT_ABOVE,
    (Modifiers.ControlModifier, Qt.Key.Key_Minus): Gesture.DELETE_LINES,
    (Modifiers.AltModifier | Modifiers.ShiftModifier, Qt.Key.Key_Up): Gesture.MOVE_UP,
    (Modifiers.AltModifier | Modifiers.ShiftModifier, Qt.Key.Key_Down): Gesture.MOVE_DOWN,
    (Modifiers.AltModifier, Qt.Key.Key_Up): Gesture.LIST,
    (Modifiers.AltModifier, Qt.Key.Key_Down): Gesture.LIST,
    (Modifiers.ControlModifier, Qt.Key.Key_D): Gesture.FILL_DOWN,
    (Modifiers.ControlModifier, Qt.Key.Key_R): Gesture.FILL_RIGHT,
    (Modifiers.NoModifier, Qt.Key.Key_Delete): Gesture.CLEAR_CELLS,
    (Modifiers.NoModifier, Qt.Key.Key_Backspace): Gesture.EDIT_EMPTIED,
    (Modifiers.ControlModifier, Qt.Key.Key_C): Gesture.COPY,
    (Modifiers.ControlModifier, Qt.Key.Key_Insert): Gesture.COPY,
    (Modifiers.ControlModifier, Qt.Key.Key_X): Gesture.CUT,
    (Modifiers.ControlModifier, Qt.Key.Key_V): Gesture.PASTE,
    (Modifiers.ShiftModifier, Qt.Key.Key_Insert): Gesture.PASTE,
    (Modifiers.ControlModifier | Modifiers.ShiftModifier, Qt.Key.Key_X): Gesture.CUT_LINES,
    (Modifiers.ControlModifier | Modifiers.ShiftModifier, Qt.Key.Key_V): Gesture.PASTE_AS_NEW,
    (Modifiers.ShiftModifier, Qt.Key.Key_Delete): Gesture.CUT,
    (Modifiers.ShiftModifier, Qt.Key.Key_Space): Gesture.SELECT_ROW,
    (Modifiers.ControlModifier, Qt.Key.Key_Space): Gesture.SELECT_COLUMN,
    (Modifiers.AltModifier | Modifiers.ShiftModifier, Qt.Key.Key_Left): Gesture.FOLD,
    (Modifiers.AltModifier | Modifiers.ShiftModifier, Qt.Key.Key_Right): Gesture.UNFOLD,
    (Modifiers.ControlModifier, Qt.Key.Key_A): Gesture.SELECT_ALL,
    (Modifiers.NoModifier, Qt.Key.Key_F4): Gesture.CHOOSE,
}


def move_for(event: QKeyEvent) -> tuple[Move, bool] | None:
    """The move a key makes, and whether it extends the selection."""
    modifiers, key = _plain(event), event.key()
    single = _SINGLE_MOVES.get((modifiers, key))
    if single is not None:
        return single, False
    extend = bool(modifiers & Modifiers.ShiftModifier)
    rest = _without(modifiers, Modifiers.ShiftModifier)
    if rest == Modifiers.NoModifier and key in _PLAIN_MOVES:
        return _PLAIN_MOVES[key], extend
    if rest == Modifiers.ControlModifier and key in _CONTROL_MOVES:
        return _CONTROL_MOVES[key], extend
    return None


def gesture_for(event: QKeyEvent) -> Gesture | None:
    """The gesture a key makes."""
    return _GESTURES.get((_plain(event), event.key()))


def types_text(trigger: QAbstractItemView.EditTrigger, event: QEvent | None) -> bool:
    """Whether a trigger really opens an editor: a key that types nothing does not."""
    if trigger != QAbstractItemView.EditTrigger.AnyKeyPressed or not isinstance(event, QKeyEvent):
        return True
    return bool(event.text()) and event.text().isprintable()


def _plain(event: QKeyEvent) -> Qt.KeyboardModifier:
    return _without(event.modifiers(), Modifiers.KeypadModifier)


def _without(modifiers: Modifiers, one: Modifiers) -> Modifiers:
    """Not ``& ~one``: on Windows Qt's mask of all modifiers is negative, and ``~`` then loses Ctrl and Alt as well."""
    return modifiers ^ (modifiers & one)
