"""What a blank field says in grey: what belongs in it, in as many words as it has room for."""

from __future__ import annotations

from typing import Protocol, cast

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QComboBox, QLineEdit, QStyle, QStyleOptionFrame

_LETTERS = 3
"""So many are read before an ellipsis at least: fewer say nothing."""
_AROUND = 4
"""Pixels a line of a field keeps left and right of its text together."""
_FITS_ANEW = {QEvent.Type.Resize, QEvent.Type.FontChange, QEvent.Type.StyleChange, QEvent.Type.Show}


class _Field(Protocol):
    """A field that says in grey, while it is blank, what belongs in it."""

    def setPlaceholderText(self, text: str) -> None:
        """Let this stand in it."""


def invite(field: _Field, *texts: str) -> None:
    """Let a blank field say in grey what belongs in it, where what is typed will stand: no letter moves sideways.

    Of several texts, the longest first, a field of one line says the first that fits.
    """
    line = field.lineEdit() if isinstance(field, QComboBox) else field
    if isinstance(line, QLineEdit):
        (_fitting(line) or _Fitting(line)).offer(texts)
    else:
        field.setPlaceholderText(texts[0])


def fit_invitation(line: QLineEdit) -> None:
    """There is more or less room for it now."""
    if fitting := _fitting(line):
        fitting.fit()


class _Fitting(QObject):
    """Chooses what fits, anew with every width."""

    def __init__(self, line: QLineEdit) -> None:
        super().__init__(line)
        self._line = line
        self._texts: tuple[str, ...] = ()
        line.installEventFilter(self)

    def offer(self, texts: tuple[str, ...]) -> None:
        """Say one of these."""
        self._texts = texts
        self.fit()

    def fit(self) -> None:
        """Say the first that fits; of the last only what says something. Before it is seen nothing is narrow."""
        line = self._line
        shown = next(filter(self._fits, self._texts), None) if line.isVisible() else self._texts[0]
        if shown is None:
            shown = self._texts[-1] if self._fits(f"{self._texts[-1][:_LETTERS]}…") else ""
        if line.placeholderText() != shown:
            line.setPlaceholderText(shown)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Another width, or letters of another size."""
        if event.type() in _FITS_ANEW and self._texts:
            self.fit()
        return False

    def _fits(self, text: str) -> bool:
        line, option = self._line, QStyleOptionFrame()
        option.initFrom(line)
        room = line.style().subElementRect(QStyle.SubElement.SE_LineEditContents, option, line).width()
        margins = line.textMargins()
        needed = line.fontMetrics().horizontalAdvance(text)
        return needed + _AROUND + margins.left() + margins.right() <= room


def _fitting(line: QLineEdit) -> _Fitting | None:
    return cast("_Fitting | None", line.findChild(_Fitting))
