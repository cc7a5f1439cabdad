"""The 问题 panel folded to one line: what is wrong in the cell under the cursor, and what can be done about it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from gui.desk.labels import call
from gui.desk.signs import SIGN, SignedLabel
from gui.desk.style import set_style
from gui.findings.rows import Row, RowAction, offered, short_label, words_of
from gui.findings.wording import clauses_of, shortened, worded
from model import labels
from model.findings import Finding, Severity
from model.records import Project

BUTTONS = 2
GAP = 8


class ClauseLabel(QLabel):
    """A sentence of which as many whole clauses are shown as there is room for, and … where there are more."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._clauses: tuple[str, ...] = ()
        self.setTextFormat(Qt.TextFormat.PlainText)  # what was typed and is quoted is no markup
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_clauses(self, clauses: Sequence[str], tip: str) -> None:
        """Show other clauses; ``tip`` says all there is to say, also what stands beside this label."""
        if (tuple(clauses), tip) == (self._clauses, self.toolTip()):  # a key that changes nothing lays nothing out
            return
        self._clauses = tuple(clauses)
        self.setToolTip(tip)
        call(self, self.full_text())
        self._fit()
        self.updateGeometry()

    def full_text(self) -> str:
        """The clauses one after the other."""
        return shortened(self._clauses, len(self._clauses))

    def wanted(self) -> int:
        """How wide it is with every clause."""
        return self.fontMetrics().horizontalAdvance(self.full_text()) + 3

    def least(self) -> int:
        """How wide it is with none: a sign that there is more."""
        return self.fontMetrics().horizontalAdvance("…") + 3 if self._clauses else 0

    def sizeHint(self) -> QSize:
        """As wide as all of it."""
        return QSize(self.wanted(), super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """It gives way to everything beside it."""
        return QSize(self.least(), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Other clauses fit."""
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Letters of another size leave room for other clauses."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self._fit()

    def _fit(self) -> None:
        width, metrics = self.contentsRect().width(), self.fontMetrics()
        texts = (shortened(self._clauses, count) for count in range(len(self._clauses), -1, -1))
        self.setText(next((text for text in texts if metrics.horizontalAdvance(text) <= width), ""))


class HereLine(QWidget):
    """What to do comes first and is never cut; then what is wrong, in whole clauses. A tool tip says all.

    Signals:
        acted(Row, RowAction): one of the links was pressed.
    """

    acted = Signal(object, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._finding: Finding | None = None
        self._is_brief = False
        self._most = BUTTONS
        self.glyph = SignedLabel(self)
        self.glyph.setObjectName("fieldMessage")
        self.glyph.setFixedWidth(SIGN + 2)
        self.remedy = QLabel(self)
        self.words = ClauseLabel(self)
        self.links = [QPushButton(self) for _ in range(BUTTONS)]
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GAP)
        for widget in (self.glyph, self.remedy):
            layout.addWidget(widget)
        layout.addWidget(self.words, 1)
        for number, link in enumerate(self.links):
            link.setProperty("link", "true")
            link.clicked.connect(lambda _checked=False, place=number: self._act(place))
            layout.addWidget(link)

    @property
    def finding(self) -> Finding | None:
        """What the line speaks of."""
        return self._finding

    def show_findings(
        self, findings: Sequence[Finding], project: Project | None, otherwise: str, *, is_awaited: bool = False
    ) -> None:
        """Speak of the first of the findings of the cell; ``otherwise`` where it has none.

        One that ``is_awaited`` only says what is not filled in yet.
        """
        finding = self._finding = findings[0] if findings else None
        mark = "" if finding is None else Severity.INFO.value if is_awaited else finding.severity.value
        set_style(self.glyph, "mark", mark)
        for widget in (self.glyph, self.remedy):
            widget.setVisible(finding is not None)
        if finding is None:
            self.remedy.clear()
            self.words.set_clauses(clauses_of(otherwise), otherwise)
        else:
            row = Row(finding, "", "", is_awaited=is_awaited)
            self.glyph.set_sign(row.sign)
            call(self.glyph, row.word)
            action, clauses = worded(finding)
            action = f"{labels.AWAITED}：{action}" if is_awaited else action
            more = [f"另有 {len(findings) - 1} 个"] if len(findings) > 1 else []
            tip = "\n".join((action, words_of(finding, project), *more))
            self.remedy.setText(action)
            self.remedy.setToolTip(tip)
            self.words.set_clauses((*clauses, *more), tip)
        self._label_links()

    def least(self, *, is_brief: bool, most: int = BUTTONS) -> int:
        """How wide it has to be for what to do and for ``most`` links, ``is_brief`` with those cut to their verbs."""
        shown = [widget for widget in (self.glyph, self.remedy) if not widget.isHidden()]
        links = [self._link_width(action, is_brief=is_brief) for action in self._offered()[:most]]
        widths = [*(widget.sizeHint().width() for widget in shown), self.words.least(), *links]
        return sum(widths) + GAP * (len(widths) - 1)

    def wanted(self) -> int:
        """How wide it is with everything it has to say."""
        return self.least(is_brief=False) - self.words.least() + self.words.wanted()

    def fit(self, room: int) -> None:
        """Say on the links only what they do, not the text they write, where the ``room`` is less than that takes.

        The text then stands in their tool tips. A link that has no room either is left to the list and the keys.
        """
        is_brief = self.least(is_brief=False) > room
        fitting = (most for most in range(BUTTONS, 0, -1) if self.least(is_brief=is_brief, most=most) <= room)
        most = next(fitting, 0)
        if (is_brief, most) != (self._is_brief, self._most):
            self._is_brief, self._most = is_brief, most
            self._label_links()

    def _label_links(self) -> None:
        offered = self._offered()
        for number, link in enumerate(self.links):
            link.setVisible(number < min(len(offered), self._most))
            if number < len(offered):
                action = offered[number]
                link.setText(short_label(action) if self._is_brief else action.label)
                link.setToolTip(action.label if self._is_brief else "")
                call(link, action.label)

    def _link_width(self, action: RowAction, *, is_brief: bool) -> int:
        link, text = self.links[0], short_label(action) if is_brief else action.label
        metrics = link.fontMetrics()
        around = link.sizeHint().width() - metrics.horizontalAdvance(link.text())
        return metrics.horizontalAdvance(text) + around

    def _offered(self) -> list[RowAction]:
        if self._finding is None:
            return []
        return list(offered(Row(self._finding, "", ""), BUTTONS))

    def _act(self, number: int) -> None:
        finding, offered = self._finding, self._offered()
        if finding is not None and number < len(offered):
            self.acted.emit(Row(finding, "", ""), offered[number])
