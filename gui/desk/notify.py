"""How the window tells a person something that is not a finding: a strip below the page, or a box that must be read.

A finding is never told here; see ARCHITECTURE.md, "Errors: three kinds, never mixed".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from enum import StrEnum
from typing import Protocol, cast

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QHideEvent, QKeyEvent, QPixmap, QUndoStack
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QHBoxLayout,
    QLabel,
    QMessageBox,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QWidget,
)
from shiboken6 import isValid

from gui.desk.focus import lasting
from gui.desk.icons import icon
from gui.desk.roles import tell_as_message
from gui.desk.signs import Sign, sign_pixmap
from gui.desk.style import set_style
from gui.desk.theme import Appearance, Theme, theme_of
from gui.desk.wrapped_label import GivingLabel

_BOX_GLYPH = 28
"""Pixels of the drawing in a message box."""
_WIDEST = 460
"""How wide the text of a message box gets at most for its lines, in pixels."""
_AROUND_TEXT = 4
_SENTENCE_END = re.compile(r"[。？！：]|\n")


class Tone(StrEnum):
    """What kind of message a strip carries."""

    INFO = "info"
    DONE = "check"
    FAILED = "error"

    @property
    def color(self) -> str:
        """The theme's colour for it."""
        return {"info": "info", "check": "accent", "error": "error"}[self.value]

    @property
    def sign(self) -> Sign:
        """The sign before it."""
        return {"info": Sign.INFO, "check": Sign.DONE, "error": Sign.ERROR}[self.value]


Button = tuple[str, Callable[[], object]]
"""The words of a button, and what it does."""


class Teller(Protocol):
    """Where a handler says what happened: the strip below the page."""

    def __call__(
        self,
        tone: Tone,
        text: str,
        button: str = "",
        act: Callable[[], object] | None = None,
        *,
        also: Button | None = None,
        is_so: Callable[[], bool] | None = None,
    ) -> None:
        """Show a message, perhaps with one thing to do about it, or two; it goes when it ``is_so`` no more."""


def tell_undoable(tell: Teller, text: str, stack: QUndoStack) -> None:
    """Say what the last gesture did, with a button that takes it back while it is still the last."""
    after = stack.index()
    tell(Tone.DONE, text, "撤销", stack.undo, is_so=lambda: stack.index() == after)


class MessageStrip(QWidget):
    """A line of its own below the page: what happened, what to do, perhaps a button or two; Esc or × closes it.

    It covers nothing, and what stands above it stays where it is. A failure stays until it is closed; everything else
    goes by itself, but never while the keyboard is in it, nor while :attr:`is_held`, and ten times later where a reader
    may be reading out what it offers (WCAG 2.2, 2.2.1). F6 stops here, and comes here first while it offers something
    nobody has come for; what had the keyboard before has it again afterwards.

    Signals:
        told(str): a message is shown; the text, and the way to its button.
    """

    told = Signal(str)

    LASTING_MS = 8000
    READ_OUT = 10
    """How many times longer a message with a button lasts where a screen reader may be reading it out."""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("messageStrip")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._appearance = appearance
        self._tone = Tone.INFO
        self._act: Callable[[], object] | None = None
        self.is_held: Callable[[], bool] = lambda: False
        """Whether something would move under the mouse if it went now; the page says so."""
        self._before: QWidget | None = None
        self._is_awaiting = False
        self._is_so: Callable[[], bool] | None = None
        self._glyph = QLabel(self)
        self._text = GivingLabel(self)
        self._text.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self._text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._button = QPushButton(self)
        self._button.setProperty("link", "true")
        self._other = QPushButton(self)
        self._other.setProperty("link", "true")
        self._also: Callable[[], object] | None = None
        self._close = QToolButton(self)
        self._close.setAccessibleName("关闭提示")
        self._close.setToolTip("关闭提示（Esc）")
        self._close.setAutoRaise(True)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 4, 6, 4)
        layout.setSpacing(8)
        for widget in (self._glyph, self._text, self._button, self._other, self._close):
            layout.addWidget(widget)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._expire)
        self._close.clicked.connect(self.hide)
        self._button.clicked.connect(lambda: self._press(self._act))
        self._other.clicked.connect(lambda: self._press(self._also))
        appearance.changed.connect(self._dress)
        self._dress(appearance.theme)
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._follow_focus)
        tell_as_message(self, is_alarming=lambda strip: isinstance(strip, MessageStrip) and strip.is_failure)
        self.hide()

    @property
    def is_failure(self) -> bool:
        """Whether what it says is that something failed."""
        return self._tone is Tone.FAILED

    @property
    def is_awaiting(self) -> bool:
        """Whether it offers something that the keyboard has not come to yet."""
        return self._is_awaiting and self.isVisible()

    def offers(self, words: str) -> bool:
        """Whether it is shown with a button of these words."""
        return not self.isHidden() and words in {self._button.text(), self._other.text()}

    @property
    def text(self) -> str:
        """What the strip says."""
        return self._text.text()

    def tell(
        self,
        tone: Tone,
        text: str,
        button: str = "",
        act: Callable[[], object] | None = None,
        *,
        also: Button | None = None,
        is_so: Callable[[], bool] | None = None,
    ) -> None:
        """Show a message; ``button`` and ``act`` add one thing to do about it, ``also`` a second one.

        ``is_so`` says whether it still says what is: it is asked by :meth:`look_again`.
        """
        self._tone = tone
        self._is_so = is_so
        self._act = act
        other, self._also = also or ("", None)
        self._other.setText(other)
        self._other.setVisible(bool(other))
        self._text.say(text)
        self._button.setText(button)
        self._button.setVisible(bool(button))
        self.setAccessibleName(text)
        set_style(self, "tone", tone.value)
        self._dress(self._appearance.theme)
        self.show()
        offered = "”“".join(words for words in (button, other) if words)
        self._is_awaiting = bool(offered)
        self.told.emit(f"{text}（按 F6 可到“{offered}”按钮）" if offered else text)
        if tone is Tone.FAILED:
            self._timer.stop()
        else:
            self._timer.start(self.LASTING_MS * (self.READ_OUT if offered and QAccessible.isActive() else 1))

    def look_again(self) -> None:
        """Something was done: a message goes when what it says is so no more."""
        if self._is_so is not None and not self._is_so():
            self.hide()

    @property
    def room(self) -> int:
        """The pixels it takes from what is above it; none while it is hidden."""
        return 0 if self.isHidden() else self.height()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes the strip."""
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
        else:
            super().keyPressEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        """Give the keyboard back where it was in here."""
        super().hideEvent(event)
        before, self._before = self._before, None
        if before is not None and isValid(before) and before.isVisible():
            before.setFocus(Qt.FocusReason.OtherFocusReason)

    def _follow_focus(self, before: QWidget | None, now: QWidget | None) -> None:
        """Remember who had the keyboard before it came here; once it is elsewhere by itself, nobody."""
        if now is None or before is None:
            return
        if self.isAncestorOf(now):
            self._is_awaiting = False
        if not self.isAncestorOf(now):
            self._before = None
        elif not self.isAncestorOf(before):
            self._before = lasting(before)

    def _expire(self) -> None:
        focus = QApplication.focusWidget()
        if self.is_held() or (focus is not None and self.isAncestorOf(focus)):
            self._timer.start(self.LASTING_MS)
        else:
            self.hide()

    def _press(self, act: Callable[[], object] | None) -> None:
        is_so = self._is_so is None or self._is_so()
        self.hide()
        if act is not None and is_so:
            act()

    def _dress(self, theme: Theme) -> None:
        color = getattr(theme, self._tone.color)
        self._glyph.setPixmap(sign_pixmap(self._tone.sign, color, 16, self.devicePixelRatioF()))
        self._close.setIcon(icon("close", theme, "muted"))


def show_dialog(dialog: QDialog) -> None:
    """Open a dialog that goes away by itself; the event loop runs on."""
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()


def message_box(parent: QWidget, title: str, text: str, tone: Tone) -> QMessageBox:
    """A box without buttons: the drawing of its tone, the first sentence bold, what else there is to say below it."""
    head, rest = _first_sentence(text)
    box = QMessageBox(QMessageBox.Icon.NoIcon, title, head, QMessageBox.StandardButton.NoButton, parent)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setInformativeText(rest)
    box.setIconPixmap(drawing(parent, tone))
    box.setStyleSheet("#qt_msgbox_label { font-weight: 700; }")
    _widen(box, head, rest)
    return box


def _widen(box: QMessageBox, head: str, rest: str) -> None:
    """Let each line of a box stand on one line where it can: by itself it is as wide as its buttons."""
    label = cast("QLabel", box.findChild(QLabel, "qt_msgbox_label"))
    label.ensurePolished()
    bold, plain = label.fontMetrics(), box.fontMetrics()
    wanted = (bold.horizontalAdvance(head), *(plain.horizontalAdvance(line) for line in rest.split("\n")))
    label.setMinimumWidth(min(max(wanted) + _AROUND_TEXT, _WIDEST))


def drawing(parent: QWidget, tone: Tone) -> QPixmap:
    """The sign of a tone as large as it stands in a box."""
    color = getattr(theme_of(parent.palette()), tone.color)
    return sign_pixmap(tone.sign, color, _BOX_GLYPH, parent.devicePixelRatioF())


def _first_sentence(text: str) -> tuple[str, str]:
    """A text up to the end of its first sentence or line, and what follows."""
    end = _SENTENCE_END.search(text)
    return (text[: end.end()].rstrip("\n"), text[end.end() :].strip("\n")) if end is not None else (text, "")


def ask(parent: QWidget, title: str, text: str, verb: str, act: Callable[[], None]) -> QMessageBox:
    """Ask before something that is hard to overlook is done; ``act`` runs when ``verb`` is pressed."""
    return ask_which(parent, title, text, ((verb, act),))


def ask_which(
    parent: QWidget,
    title: str,
    text: str,
    choices: Sequence[tuple[str, Callable[[], object]]],
    *,
    tone: Tone = Tone.INFO,
) -> QMessageBox:
    """Ask which of some things to do, or none; the first is what Enter does. ``tone`` is that of what is told first."""
    box = message_box(parent, title, text, tone)
    box.addButton("取消", QMessageBox.ButtonRole.RejectRole)  # a standard button would have an icon of the platform
    acts = {box.addButton(verb, QMessageBox.ButtonRole.AcceptRole): act for verb, act in choices}
    box.setDefaultButton(next(iter(acts)))
    for button, act in acts.items():
        button.clicked.connect(lambda _checked=False, chosen=act: chosen())
    box.open()
    return box
