"""The one line that stands for the sections in a low window: the key figures, and the button that opens them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from gui.desk.icons import icon
from gui.desk.labels import EDGE, Figure, call
from gui.desk.theme import Appearance
from gui.document.document import Document
from gui.views.cell_field import NO_TOTAL, findings_of, pretty, why_no_total
from gui.views.form_section import cell_named
from gui.views.summaries import other_amounts
from model.forms import FORMS
from model.records import Evaluation, Form
from model.scoring import EvaluationScore, format_points, format_total
from model.values.money import parse_fen

OPEN_TEXT = "资金明细与总体目标"
_BETWEEN = 22
CLOSE = 12
"""Pixels between two figures, and where one more is shown by it."""
_AROUND = 2 * EDGE
"""Pixels between the figures and the button, and beside them."""


class SummaryStrip(QWidget):
    """Figures of one form; those that do not fit the width give way, first those that say nothing, then from the right.

    How many amounts are not shown is said beside them, and which in the tool tip of that.

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
        self.more = QLabel(self)
        self.more.setObjectName("muted")
        self._more: tuple[str, ...] = ()
        self._holding: set[str] = set()
        self.button = QPushButton(OPEN_TEXT, self)
        self.button.setProperty("link", "true")
        self.button.setLayoutDirection(Qt.LayoutDirection.RightToLeft)  # the arrow comes after the words
        self.button.setToolTip("展开并填写（F3）")
        self.button.clicked.connect(self.opened)
        self.setFocusProxy(self.button)
        self._draw_arrow()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(EDGE, 5, EDGE, 5)
        layout.setSpacing(_BETWEEN)
        for figure in self.figures.values():
            layout.addWidget(figure)
        layout.addWidget(self.more, 0, Qt.AlignmentFlag.AlignVCenter)
        layout.addStretch(1)
        layout.addWidget(self.button, 0, Qt.AlignmentFlag.AlignVCenter)

    def refresh(self) -> None:
        """Show the figures as the document has them now."""
        project = self._document.project
        content = project.form(self._form) if project is not None else None
        if content is None:
            return
        texts = {name: pretty(kind, str(getattr(content, name))) for name, kind in self._kinds.items()}
        if isinstance(content, Evaluation):
            texts |= _execution_texts(self._document.score)
        whys = {name: why for name in self.figures if (why := why_no_total(content, self._form, name))}
        texts |= dict.fromkeys(whys, NO_TOTAL)
        for name, figure in self.figures.items():
            told, _awaited = findings_of(self._document, self._form, name)
            figure.show_value(texts[name], told.severity if told is not None else None)
            figure.setToolTip(whys.get(name, ""))
        self._holding = {name for name, text in texts.items() if text.strip(" —/") and parse_fen(text) != 0}
        self._more = other_amounts(project, self._form) if project is not None else ()
        self._fit()

    def set_low(self, *, is_low: bool) -> None:
        """In a low window each number stands beside its name."""
        for figure in self.figures.values():
            figure.set_in_one_line(is_one_line=is_low)
        layout = self.layout()
        assert layout is not None
        layout.setContentsMargins(EDGE, 2 if is_low else 5, EDGE, 2 if is_low else 5)
        self._fit()

    def minimumSizeHint(self) -> QSize:
        """Figures give way, so only the button needs its width."""
        return QSize(self.button.sizeHint().width() + _AROUND + _BETWEEN, super().minimumSizeHint().height())

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
        room = self.width() - self.button.sizeHint().width() - _AROUND
        usual, close = (self._fitting(room, between) for between in (_BETWEEN, CLOSE))
        is_told_more = len(self._holding.intersection(close)) > len(self._holding.intersection(usual))
        between, shown = (CLOSE, close) if is_told_more else (_BETWEEN, usual)
        self._tell_more(shown)
        layout = self.layout()
        assert layout is not None
        layout.setSpacing(between)
        for name, figure in self.figures.items():
            figure.setVisible(name in shown)

    def _fitting(self, room: int, between: int) -> list[str]:
        """The figures that have room with so many pixels between them; none that says nothing costs one that does."""
        shown = list(self.figures)
        self._tell_more(shown)
        while shown and self._needs(shown, between) > room:
            idle = [name for name in shown if name not in self._holding]
            shown.remove((idle or shown)[-1])
            self._tell_more(shown)
        return shown

    def _needs(self, shown: Sequence[str], between: int) -> int:
        widths = [self.figures[name].sizeHint().width() for name in shown]
        if not self.more.isHidden():
            widths.append(self.more.sizeHint().width())
        return sum(width + between for width in widths)

    def _tell_more(self, shown: Sequence[str]) -> None:
        """Say how many figures that hold something are not among those shown, and the other amounts of the form."""
        left = [figure for name, figure in self.figures.items() if name in self._holding and name not in shown]
        rest = (*(figure.accessibleName() for figure in left), *self._more)
        self.more.setText(f"另有 {len(rest)} 项")
        self.more.setToolTip("\n".join(rest))
        call(self.more, f"另有 {len(rest)} 项：" + "，".join(rest))
        self.more.setVisible(bool(rest))

    def _draw_arrow(self) -> None:
        self.button.setIcon(icon("chevron-down", self._appearance.theme, "accent"))


def _execution_texts(score: EvaluationScore | None) -> dict[str, str]:
    execution = score.execution if score is not None else None
    points = format_points(execution.points) if execution is not None and execution.points is not None else "—"
    reached = format_total(execution.score) if execution is not None and execution.score is not None else "—"
    rate = execution.rate_text if execution is not None else "—"
    return {"execution_rate": rate, "execution_score": f"{reached} / {points}"}
