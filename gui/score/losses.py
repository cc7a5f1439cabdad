"""失分: which lines cost points, the dearest first, and the way to each of them."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from gui.desk.labels import ElidedLabel, call
from model.findings import Place
from model.labels import name_of_line
from model.records import Evaluation, Form
from model.scoring import EvaluationScore, Loss, format_total, losses

SHOWN = 6
EXECUTION = "预算执行率"

INSET = 8
"""Pixels: its words stand where those of the ledger below do, clear of the frame of the keyboard."""


class LossRow(QPushButton):
    """The name of a line and what it misses; pressed, it goes there."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("lossRow")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.name = ElidedLabel(self)
        self.name.setMinimumWidth(1)
        self.missed = QLabel(self)
        self.missed.setObjectName("fieldMessage")
        self.missed.setProperty("mark", "error")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(INSET, 2, INSET, 2)
        layout.setSpacing(8)
        layout.addWidget(self.name, 1)
        layout.addWidget(self.missed)

    def show_loss(self, name: str, loss: Loss) -> None:
        """Show another line."""
        self.name.set_full_text(name)
        self.missed.setText(f"−{format_total(loss.points)}")
        call(self, f"{name}，失 {format_total(loss.points)} 分，转到")
        self.setToolTip(f"{name}\n单击转到")


class LossList(QWidget):
    """As many lines as fit, and in words how many more there are.

    Signals:
        place_wanted(Place): the person wants to go to a line.
    """

    place_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._losses: tuple[Loss, ...] = ()
        self._names: dict[str, str] = {}
        self._most = SHOWN
        self.title = QLabel(self)
        self.title.setObjectName("sectionTitle")
        self.rows = [LossRow(self) for _ in range(SHOWN)]
        self.more = QLabel(self)
        self.more.setObjectName("muted")
        self.more.setWordWrap(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(1)
        layout.addWidget(self.title)
        for number, row in enumerate(self.rows):
            row.clicked.connect(lambda _checked=False, place=number: self._go(place))
            layout.addWidget(row)
        layout.addWidget(self.more)

    def refresh(self, evaluation: Evaluation, score: EvaluationScore) -> None:
        """Show the losses of a self-evaluation; nothing where there are none."""
        found = losses(score)
        lines = {line.id: name_of_line(line.name, at) for at, line in enumerate(evaluation.indicators)}
        self.setVisible(bool(found))
        names = {loss.indicator_id: lines.get(loss.indicator_id, EXECUTION) for loss in found}
        if (found, names) != (self._losses, self._names):
            self._losses, self._names = found, names
            self._show()

    @property
    def needs(self) -> tuple[object, ...]:
        """What its height at a width follows from, however many lines it lists: what is left over is told in words."""
        lost = tuple(loss.points for loss in self._losses)
        return lost if len(lost) > 1 else len(lost), self.title.sizeHint().height(), self.rows[0].sizeHint().height()

    def set_most(self, most: int) -> None:
        """List no more than so many lines; with none their number stands beside what they miss."""
        if most != self._most:
            self._most = most
            self._show()

    def _show(self) -> None:
        found, most = self._losses, self._most
        for number, row in enumerate(self.rows):
            is_shown = number < min(most, len(found))
            if is_shown:
                row.show_loss(self._names[found[number].indicator_id], found[number])
            row.setVisible(is_shown)
        rest = found[most:]
        self.title.setText(f"失分 {_missed(found)}" + (f"（{len(found)} 条）" if rest and not most else ""))
        listed = "\n".join(f"{self._names[loss.indicator_id]} −{format_total(loss.points)}" for loss in rest)
        self.title.setToolTip("" if most else listed)
        call(self.title, f"{self.title.text()}：{listed}" if listed and not most else self.title.text())
        self.more.setVisible(bool(rest) and most > 0)
        self.more.setText(f"另有 {len(rest)} 条，共失 {_missed(rest)} 分" if rest else "")
        self.more.setToolTip(listed)

    def _go(self, number: int) -> None:
        line_id = self._losses[number].indicator_id
        self.place_wanted.emit(Place(Form.EVALUATION, "score" if line_id else "executed_total", line_id))


def _missed(found: tuple[Loss, ...]) -> str:
    return format_total(sum((loss.points for loss in found), Decimal(0)))
