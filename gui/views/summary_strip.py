"""The one line that stands for the sections in a low window: the key figures, and the button that opens them."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from gui.desk.icons import icon
from gui.desk.labels import EDGE, Figure
from gui.desk.theme import Appearance
from gui.document.document import Document
from gui.views.cell_field import findings_of, pretty_date, pretty_money
from gui.views.form_section import cell_named
from model.forms import FORMS, CellKind
from model.records import Evaluation, Form
from model.scoring import EvaluationScore, format_points

OPEN_TEXT = "资金明细与总体目标"
_PRETTY = {CellKind.MONEY: pretty_money, CellKind.DATE: pretty_date}


class SummaryStrip(QWidget):
    """Figures of one form; those that do not fit the width give way from the right.

    Signals:
        opened(): the sections are to be shown.
    """

    opened = Signal()

    def __init__(self, document: Document, form: Form, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        appearance.changed.connect(self._draw_arrow)
        self.setObjectName("summaryStrip")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._document = document
        self._form = form
        self._kinds = {name: cell_named(form, name).kind for name, _label in FORMS[form].figures}
        self.figures = {name: Figure(label, self) for name, label in FORMS[form].figures}
        self.button = QPushButton(OPEN_TEXT, self)
        self.button.setProperty("link", "true")
        self.button.setLayoutDirection(Qt.LayoutDirection.RightToLeft)  # the arrow comes after the words
        self.button.setToolTip("展开并填写（F3）")
        self.button.clicked.connect(self.opened)
        self.setFocusProxy(self.button)
        self._draw_arrow()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(EDGE, 5, 8, 5)
        layout.setSpacing(22)
        for figure in self.figures.values():
            layout.addWidget(figure)
        layout.addStretch(1)
        layout.addWidget(self.button, 0, Qt.AlignmentFlag.AlignVCenter)

    def refresh(self) -> None:
        """Show the figures as the document has them now."""
        project = self._document.project
        content = project.form(self._form) if project is not None else None
        if content is None:
            return
        texts = {name: _PRETTY.get(kind, str)(getattr(content, name)) for name, kind in self._kinds.items()}
        if isinstance(content, Evaluation):
            texts |= _execution_texts(self._document.score)
        for name, figure in self.figures.items():
            told, _awaited = findings_of(self._document, self._form, name)
            figure.show_value(texts[name], told.severity if told is not None else None)
        self._fit()

    def set_low(self, *, is_low: bool) -> None:
        """In a low window each number stands beside its name."""
        for figure in self.figures.values():
            figure.set_in_one_line(is_one_line=is_low)
        layout = self.layout()
        assert layout is not None
        layout.setContentsMargins(EDGE, 2 if is_low else 5, 8, 2 if is_low else 5)
        self._fit()

    def minimumSizeHint(self) -> QSize:
        """Figures give way, so only the button needs its width."""
        return QSize(self.button.sizeHint().width() + 40, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let figures give way."""
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Another font needs another width."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self._fit()

    def _fit(self) -> None:
        room = self.width() - self.button.sizeHint().width() - 14 - 8 - 22
        for figure in self.figures.values():
            room -= figure.sizeHint().width() + 22
            figure.setVisible(room >= 0)

    def _draw_arrow(self) -> None:
        self.button.setIcon(icon("chevron-down", self._appearance.theme, "accent"))


def _execution_texts(score: EvaluationScore | None) -> dict[str, str]:
    execution = score.execution if score is not None else None
    points = format_points(execution.points) if execution is not None and execution.points is not None else "—"
    reached = format_points(execution.score) if execution is not None and execution.score is not None else "—"
    rate = execution.rate_text if execution is not None else "—"
    return {"execution_rate": rate, "execution_score": f"{points} / {reached}"}
