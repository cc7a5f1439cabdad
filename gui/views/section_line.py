"""One section of the sheet: a line that names it and sums it up, and below it what it holds while it is open."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from gui.desk.icons import glyph
from gui.desk.labels import EDGE
from gui.desk.roles import tell_as_button
from gui.desk.signs import Sign, SignedLabel
from gui.desk.theme import Appearance
from model.labels import AWAITED

Content = TypeVar("Content", bound=QWidget)

LEAST_HEIGHT = 24
"""Pixels a target of the mouse is high at least (WCAG 2.2, 2.5.8)."""
_ARROW = 14
_INSET = 4
"""Pixels around the arrow in its drawing."""
_BETWEEN = " · "


class Parts(QLabel):
    """Facts one after the other, as many as fit whole, and how many more there are: all are in the tool tip.

    No number is ever shown in part.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._parts: tuple[str, ...] = ()
        self.setObjectName("muted")
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMinimumWidth(1)

    @property
    def full_text(self) -> str:
        """Every fact."""
        return _BETWEEN.join(self._parts)

    def show_parts(self, parts: Sequence[str]) -> None:
        """Show other facts; those without a text are left out."""
        self._parts = tuple(" ".join(part.split()) for part in parts if part)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width has room for others."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        shown = self.full_text
        count = len(self._parts)
        while count and self.fontMetrics().horizontalAdvance(shown) > self.width():
            count -= 1
            shown = _BETWEEN.join((*self._parts[:count], f"另有 {len(self._parts) - count} 项"))
        if shown != self.text():
            self.setText(shown)
        self.setToolTip("" if shown == self.full_text else self.full_text)


class SectionLine(QPushButton):
    """The line itself: arrow, title, summary, and how many errors the section has. Enter and space fold and unfold.

    Signals:
        chosen(bool): somebody opened or folded it by hand.
    """

    chosen = Signal(bool)

    def __init__(self, title: str, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("sectionLine")
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._title = title
        self._errors = self._awaited = self._warnings = 0
        self._summary: tuple[str, ...] = ()
        self._repeats = False
        self._shown: object = None
        self._appearance = appearance
        self._arrow = QLabel(self)
        self._arrow.setFixedWidth(_ARROW)
        name = QLabel(title, self)
        name.setObjectName("sectionTitle")
        self.parts = Parts(self)
        self.awaited = QLabel(self)
        self.awaited.setObjectName("muted")
        self.errors = SignedLabel(self)
        self.errors.setObjectName("fieldMessage")
        self.errors.setProperty("mark", "error")
        self.errors.set_sign(Sign.ERROR)
        self.warnings = SignedLabel(self)
        self.warnings.setObjectName("fieldMessage")
        self.warnings.setProperty("mark", "warning")
        self.warnings.set_sign(Sign.WARNING)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(EDGE - _INSET, 0, EDGE, 0)
        layout.setSpacing(4)
        layout.addWidget(self._arrow)
        layout.addWidget(name)
        layout.addSpacing(12)
        layout.addWidget(self.parts, 1)
        layout.addWidget(self.awaited)
        layout.addWidget(self.errors)
        layout.addWidget(self.warnings)
        self.toggled.connect(self._say)
        self.clicked.connect(self.chosen)
        appearance.changed.connect(self._say)
        self.show_summary((), 0)
        tell_as_button(self)

    def sizeHint(self) -> QSize:
        """A line of text with some air, at least as high as a target has to be."""
        return QSize(240, max(LEAST_HEIGHT, self.fontMetrics().height() + 8))

    def minimumSizeHint(self) -> QSize:
        """Never lower; what does not fit gives way."""
        return QSize(120, self.sizeHint().height())

    def show_summary(
        self, parts: Sequence[str], errors: int, awaited: int = 0, warnings: int = 0, *, repeats: bool = False
    ) -> None:
        """Sum the section up in other words; ``awaited`` is how many fields are only not filled in yet;
        ``warnings`` are told while it is folded.

        What only ``repeats`` the fields of the section is said while it is folded.
        """
        shown = tuple(parts), errors, awaited, warnings, repeats
        if shown == self._shown:  # a key that changes nothing here lays nothing out anew
            return
        self._shown = shown
        self._summary, self._repeats = tuple(parts), repeats
        self.errors.setText(str(errors))
        self.errors.setVisible(errors > 0)
        self.awaited.setText(f"{AWAITED} {awaited}")
        self.awaited.setVisible(awaited > 0)
        self.warnings.setText(str(warnings))
        self._errors, self._awaited, self._warnings = errors, awaited, warnings
        self._say()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter does what space does; ← folds, → unfolds."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.click()
        elif event.key() in {Qt.Key.Key_Left, Qt.Key.Key_Right}:
            self.setChecked(event.key() == Qt.Key.Key_Right)
            self.chosen.emit(self.isChecked())
        else:
            super().keyPressEvent(event)

    def _say(self) -> None:
        name = "chevron-down" if self.isChecked() else "chevron-right"
        self._arrow.setPixmap(glyph(name, self._appearance.theme.muted, _ARROW, self.devicePixelRatioF()))
        self.parts.show_parts(() if self._repeats and self.isChecked() else self._summary)
        self.warnings.setVisible(self._warnings > 0 and not self.isChecked())
        state = "已展开" if self.isChecked() else "已收起"
        errors = f"{self._errors} 个错误" if self._errors else ""
        warnings = f"{self._warnings} 个警告" if not self.warnings.isHidden() else ""
        awaited = f"{self._awaited} 处{AWAITED}" if self._awaited else ""
        said = (self._title, state, self.parts.full_text, errors, warnings, awaited)
        spoken = "，".join(part for part in said if part)
        if spoken != self.accessibleName():
            self.setAccessibleName(spoken)


class Section(QWidget, Generic[Content]):
    """A line and what is below it, made inside it; F6 stops at the line, Tab goes on into the fields.

    Signals:
        toggled(bool): it was opened or folded.
    """

    toggled = Signal(bool)

    def __init__(
        self, title: str, make: Callable[[QWidget], Content], appearance: Appearance, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.line = SectionLine(title, appearance, self)
        self.body = QWidget(self)
        self.body.setObjectName("sectionBody")
        self.body.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        inside = QVBoxLayout(self.body)
        inside.setContentsMargins(EDGE, 7, EDGE, 9)
        self.content = make(self.body)
        inside.addWidget(self.content)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.line)
        layout.addWidget(self.body)
        self.body.hide()
        self.setFocusProxy(self.line)
        self.line.toggled.connect(self._show)

    @property
    def is_open(self) -> bool:
        """Whether what is below the line is shown."""
        return self.line.isChecked()

    def set_open(self, *, is_open: bool) -> None:
        """Open or fold it."""
        self.line.setChecked(is_open)

    def _show(self, is_open: bool) -> None:
        """Tab goes from field to field past the lines of open sections; F6 stops at every line."""
        self.line.setFocusPolicy(Qt.FocusPolicy.ClickFocus if is_open else Qt.FocusPolicy.StrongFocus)
        self.body.setVisible(is_open)
        self.toggled.emit(is_open)
