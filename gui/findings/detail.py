"""Below the 问题 list: what its current row says in full, why the rule is there, and the way into the manual."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from gui.desk.labels import EDGE, LINK_AROUND, RIGHT_EDGE, call
from gui.desk.wrapped_label import GivingLabel, WrappedLabel
from gui.findings.rows import Row, rules_by_id, words_of
from gui.findings.wording import says_more
from model.records import Project

_SPARE = 2
"""A line of wrapped text is a pixel higher than its letters, and a dock takes another one from what it holds."""


class FindingDetail(QWidget):
    """Two texts and a link; what the row above says already is not said again.

    It keeps its place: with one text or without a row it is as high as with both, and it grows but once, so that the
    list above stands still whatever it says. Where the window is too low for that and the list, it gives way down to
    a line that ends in …, with all of it in a tool tip.

    Signals:
        rule_wanted(str): the person wants to read about a rule.
    """

    rule_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("findingDetail")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._rule = ""
        self._held = self._least = 0
        self._held_for: tuple[int, ...] = ()
        self._later = QTimer(
            self
        )  # what is shown in the midst of another layout may stay seen where it is hidden again
        self._later.setSingleShot(True)
        self._later.setInterval(0)
        self._later.timeout.connect(self._give_way)
        self._is_said = False
        self.words = WrappedLabel("", self)
        self.why = WrappedLabel("", self, is_muted=True)
        self.short = GivingLabel(self)
        self.short.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.short.hide()
        self.manual = QPushButton(self)
        self.manual.setProperty("link", "true")
        self.manual.setToolTip("在使用手册中查看这条规则（Ctrl+F1）")
        self.manual.clicked.connect(lambda: self.rule_wanted.emit(self._rule))
        below = QHBoxLayout()
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(0)
        below.addWidget(self.why, 1)
        below.addWidget(self.short, 1)
        below.addWidget(self.manual, 0, Qt.AlignmentFlag.AlignVCenter)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(EDGE, 4, RIGHT_EDGE - LINK_AROUND, 4)
        layout.setSpacing(1)
        layout.addWidget(self.words)
        layout.addLayout(below)
        layout.addStretch(1)
        self.hide()

    def say(self, text: str) -> None:
        """Say something else than of a row."""
        self._show(text, "")
        self.manual.hide()

    def show_row(self, row: Row, project: Project | None) -> None:
        """Speak of another row."""
        finding = row.finding
        info = rules_by_id().get(finding.rule)
        self._rule = finding.rule
        is_said = not (finding.members or finding.is_closed or says_more(finding))
        words = f"例如：{words_of(finding.members[0], project)}" if finding.members else words_of(finding, project)
        words = f"已说明：{finding.explanation}" if finding.is_closed else words
        self._show(words, f"为什么：{info.why}" if info is not None else "", is_said=is_said)
        self.manual.show()
        self.manual.setText(f"手册 {finding.rule}")
        call(self.manual, f"手册中的规则 {finding.rule}")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width needs another height, and in another height there is room for all, or for less."""
        super().resizeEvent(event)
        self._hold()
        self._later.start()

    def showEvent(self, event: QShowEvent) -> None:
        """What was said meanwhile has its lines now."""
        super().showEvent(event)
        self._hold()
        self._later.start()

    def sizeHint(self) -> QSize:
        """As high as the most that was said."""
        return QSize(super().sizeHint().width(), self._held)

    def minimumSizeHint(self) -> QSize:
        """As low as a line."""
        return QSize(super().minimumSizeHint().width(), self._least)

    def hasHeightForWidth(self) -> bool:
        """How high it is at its width it says itself: its texts would ask for all they need."""
        return False

    def event(self, event: QEvent) -> bool:
        """So do letters of another size, which come to its texts one by one."""
        done = super().event(event)
        if event.type() is QEvent.Type.LayoutRequest and self.isVisible():
            self._hold()
            self._later.start()
        return done

    def _show(self, words: str, why: str, *, is_said: bool = False) -> None:
        self._is_said = is_said
        self.words.setText(words)
        self.why.setText(why)
        self.short.say("\n".join(filter(None, ("" if is_said else words, why))))
        if self.isVisible():  # else it is as wide as it happens to be
            self._hold()
            self._give_way()

    def _give_way(self) -> None:
        """Say in as many lines as there are what has no room whole."""
        if not self.isVisible():
            return  # told when it is shown
        gives_way = self.height() < self._held
        self.words.setVisible(not self._is_said and not gives_way)
        self.why.setVisible(not gives_way)
        self.short.setVisible(gives_way)

    def _hold(self) -> None:
        """Be as high as the most that was said at this width, and as a line for each text."""
        layout = self.layout()
        if layout is None:
            return  # a font may come before it is put together
        around, link, line = layout.contentsMargins(), self.manual.sizeHint(), self.fontMetrics().height()
        room_for = self.width(), line, link.height(), self.words.fontMetrics().height()
        if room_for != self._held_for:
            self._held, self._held_for = 0, room_for
        room = self.width() - around.left() - around.right()
        lines = (
            (line, self._height(self.words, room)),
            (line, link.height(), self._height(self.why, room - link.width())),
        )
        needed = sum(max(heights) for heights in lines) + around.top() + layout.spacing() + around.bottom()
        self._held = max(self._held, needed)
        self._least = line + _SPARE + around.top() + around.bottom()
        self.updateGeometry()

    @staticmethod
    def _height(label: WrappedLabel, width: int) -> int:
        """How high a label is that is so wide; what it keeps of another width is none of it."""
        return label.fontMetrics().boundingRect(0, 0, width, 9999, Qt.TextFlag.TextWordWrap, label.text()).height()
