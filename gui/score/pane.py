"""得分预览, the right panel: the total with its parts, and why the selected line, or the execution, has its score."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QLabel, QLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from gui.desk import system_look
from gui.desk.labels import EDGE
from gui.desk.theme import Appearance
from gui.document.document import Document
from gui.score.declaration_overview import DeclarationOverview
from gui.score.line_reason import LineReason
from gui.score.losses import SHOWN, LossList
from gui.score.overview import ScoreOverview
from model.records import Declaration, Evaluation, Form

_SPACING = 10
_MOST_KNOWN = 64
NOTHING_OPEN = "选中项目后显示得分和依据。"
"""One line of the narrowest panel."""
LEAST_WIDE = 240
"""Pixels in which a total with its grade and the names of the parts are read whole; for usual text.

Where letters are so large that this is most of the window, the form in the middle needs its room too.
"""


@dataclass(frozen=True, slots=True)
class _Room:
    """How much is said.

    ``says_rule``: the rule in words; ``lines``: of what was typed, 0 for all; ``losses``: lost points one by one;
    ``shows_parts``: a bar for each part; ``is_close``: all of that closer together; ``is_tight``: what stands beside
    the panel or in the manual only in tool tips; ``facts``: lines of what a calculation begins with, 0 for all.
    """

    says_rule: bool
    lines: int
    losses: int
    shows_parts: bool
    is_close: bool = False
    is_tight: bool = False
    facts: int = 0


_ROOMS = (
    _Room(says_rule=True, lines=0, losses=SHOWN, shows_parts=True),
    _Room(says_rule=True, lines=4, losses=SHOWN, shows_parts=True),
    _Room(says_rule=False, lines=4, losses=SHOWN, shows_parts=True),
    _Room(says_rule=False, lines=2, losses=SHOWN, shows_parts=True),
    _Room(says_rule=False, lines=2, losses=3, shows_parts=True),
    _Room(says_rule=False, lines=2, losses=1, shows_parts=True),
    _Room(says_rule=False, lines=1, losses=0, shows_parts=True),
    _Room(says_rule=False, lines=1, losses=0, shows_parts=True, is_close=True),
    _Room(says_rule=True, lines=4, losses=SHOWN, shows_parts=False),
    _Room(says_rule=True, lines=2, losses=1, shows_parts=False),
    _Room(says_rule=False, lines=2, losses=1, shows_parts=False),
    _Room(says_rule=False, lines=1, losses=0, shows_parts=False),
    _Room(says_rule=False, lines=1, losses=0, shows_parts=False, is_close=True, is_tight=True),
    _Room(says_rule=False, lines=1, losses=0, shows_parts=False, is_close=True, is_tight=True, facts=2),
    _Room(says_rule=False, lines=1, losses=0, shows_parts=False, is_close=True, is_tight=True, facts=1),
)
"""What gives way first; what a score is made of and how it was rounded never does. Where bars go, words come back."""


class ScorePanel(QWidget):
    """Follows the document and the selected line; in a declaration it shows counts and how the value prints.

    Signals:
        topic_wanted(str): the person wants to read how lines like the selected one are scored.
    """

    topic_wanted = Signal(str)

    def __init__(self, document: Document, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("scorePanel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName("得分预览")
        self._document = document
        self._line_id = ""
        self._explains_execution = False
        self._fitting: dict[object, _Room] = {}
        """How much has room, by all its height follows from: a key that changes none of that measures nothing."""
        self._title = QLabel("得分预览", self)
        self._title.setObjectName("sectionTitle")
        self.scores = ScoreOverview(appearance)
        self.losses = LossList()
        self.losses.place_wanted.connect(document.request_place)
        self.reason = LineReason(document, appearance)
        self.reason.topic_wanted.connect(self.topic_wanted)
        self.reason.line.toggled.connect(self._fit)
        self.declaration = DeclarationOverview(document, appearance)
        self._nothing = QLabel()
        self._nothing.setObjectName("muted")
        self._nothing.setWordWrap(True)
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._evaluation = _scrolled(_column(self.scores, self.losses, self.reason))
        self._stack = QStackedWidget(self)
        for page in (self._nothing, self._evaluation, _scrolled(_column(self.declaration))):
            self._stack.addWidget(page)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(EDGE, 10, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self._title)
        layout.addWidget(self._stack, 1)
        for signal in (document.project_changed, document.form_changed, document.project_switched):
            signal.connect(self.refresh)
        self.refresh()

    @property
    def line_id(self) -> str:
        """The line the panel explains, "" for none."""
        return self._line_id

    def set_line(self, line_id: str) -> None:
        """Explain another line."""
        self._line_id = line_id
        self.refresh()

    def explain_execution(self, *, wanted: bool) -> None:
        """Explain the score of the execution line instead of the selected line, or the selected line again."""
        if wanted != self._explains_execution:
            self._explains_execution = wanted
            self.refresh()

    def refresh(self) -> None:
        """Show the document as it is now."""
        project = self._document.project
        form = self._document.form
        declaration = project.of(Declaration) if project is not None and form is Form.DECLARATION else None
        self._title.setText("申报概览" if form is Form.DECLARATION and project is not None else "得分预览")
        if declaration is not None:
            self.declaration.refresh(declaration, self._line(Form.DECLARATION))
            self._stack.setCurrentIndex(2)
        elif form is Form.EVALUATION and self._document.score is not None:
            self.scores.refresh(self._document.score)
            evaluation = project.of(Evaluation) if project is not None else None
            if evaluation is not None:
                self.losses.refresh(evaluation, self._document.score)
            if self._explains_execution:
                self.reason.show_execution(self._document.score.execution)
            else:
                self.reason.refresh(self._line(Form.EVALUATION))
            self._stack.setCurrentIndex(1)
            self._fit()
        else:
            self._nothing.setText(NOTHING_OPEN if project is None else "这张表还没有开始填写。")
            self._stack.setCurrentIndex(0)

    def minimumSizeHint(self) -> QSize:
        """Wide enough for every number, and for the words beside it."""
        shown = self._stack.currentWidget()
        if not isinstance(shown, QScrollArea):
            return super().minimumSizeHint()
        inside = shown.widget().minimumSizeHint().width() + shown.verticalScrollBar().sizeHint().width()
        wanted = min(round(LEAST_WIDE * system_look.text_scale()), self.window().width() * 2 // 5)
        least = max(wanted, EDGE + inside)
        return QSize(least, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another height leaves room for another number of words."""
        super().resizeEvent(event)
        self._fit()

    def showEvent(self, event: QShowEvent) -> None:
        """What was not measured while it was hidden."""
        super().showEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Other letters or another style: nothing that was measured holds."""
        super().changeEvent(event)
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange}:
            self._fitting.clear()

    def _fit(self) -> None:
        """Say as much as the height has room for without a scroll bar."""
        if not self.isVisible():
            return
        view = self._evaluation.viewport().size()
        width = view.width() - EDGE
        key = view.toTuple(), self.scores.needs(width), self.losses.needs, self.reason.needs(width)
        if key not in self._fitting:
            if len(self._fitting) >= _MOST_KNOWN:
                self._fitting.clear()
            self._fitting[key] = self._search(view)
        self._say(self._fitting[key])

    def _search(self, view: QSize) -> _Room:
        """The first of the rooms in which everything is seen; the last one where nothing helps."""
        layout = self._layout
        for room in _ROOMS:
            self._say(room)
            for changed in (self.reason.ledger, self.reason, self.losses, self.scores):
                changed.updateGeometry()  # each layout keeps the heights of what it holds until it is told
            if max(layout.totalHeightForWidth(view.width()), layout.totalMinimumSize().height()) <= view.height():
                break
        return room

    def _say(self, room: _Room) -> None:
        self.reason.say_less(says_rule=room.says_rule, is_tight=room.is_tight)
        self.reason.ledger.set_most_lines(room.lines, room.facts)
        self.losses.set_most(room.losses)
        self.scores.say_less(shows_parts=room.shows_parts, is_close=room.is_close, is_tight=room.is_tight)
        between = _SPACING // 2 if room.is_close else _SPACING
        if self._layout.spacing() != between:
            self._layout.setSpacing(between)

    @property
    def _layout(self) -> QLayout:
        layout = self._evaluation.widget().layout()
        assert layout is not None
        return layout

    def _line(self, form: Form) -> str:
        project = self._document.project
        found = project.find_indicator(self._line_id) if project is not None and self._line_id else None
        return self._line_id if found is not None and found[0] is form else ""


def _column(*widgets: QWidget) -> QWidget:
    page = QWidget()
    layout = QVBoxLayout(page)
    layout.setContentsMargins(0, 0, EDGE, 4)
    layout.setSpacing(_SPACING)
    for widget in widgets:
        layout.addWidget(widget)
    layout.addStretch(1)
    return page


def _scrolled(content: QWidget) -> QScrollArea:
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.viewport().setAutoFillBackground(False)
    content.setAutoFillBackground(False)
    area.setWidget(content)
    return area
