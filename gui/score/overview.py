"""The total of a self-evaluation, its grade, and a bar for the execution of the budget and each 一级指标."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from gui.desk.labels import BarRow, call
from gui.desk.style import set_kind, set_style
from gui.desk.theme import Appearance
from gui.desk.total_words import total_words, unscored_words
from gui.score.clauses import ClauseLabel
from model.scoring import EvaluationScore, format_points, format_total

EXECUTION = "预算执行"
_BETWEEN_BARS = 7


class ScoreOverview(QWidget):
    """The upper half of the panel."""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self.total = QLabel(self)
        self.total.setObjectName("scoreTotal")
        self.grade = QLabel(self)
        self.grade.setObjectName("grade")
        self.note = ClauseLabel(self)
        self.note.setObjectName("muted")
        self.bars: dict[str, BarRow] = {}
        head = QHBoxLayout()
        head.setSpacing(9)
        head.addWidget(self.total)
        head.addWidget(self.grade, 0, Qt.AlignmentFlag.AlignVCenter)
        head.addStretch(1)
        self._parts = QWidget(self)
        self._bars = QVBoxLayout(self._parts)
        self._bars.setContentsMargins(0, 0, 0, 0)
        self._bars.setSpacing(_BETWEEN_BARS)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addLayout(head)
        layout.addWidget(self.note)
        layout.addWidget(self._parts)

    def refresh(self, score: EvaluationScore) -> None:
        """Show another score."""
        self._show_total(score)
        self.grade.setText(score.graded)
        self.grade.setVisible(bool(score.grade))
        call(self.grade, f"等次 {score.graded or '未定'}")
        set_style(self.grade, "grade", score.grade or "")
        self._note(score)
        levels = [level for level in score.levels if level.level2 is None]
        self._make_bars((EXECUTION, *(level.level1 for level in levels)))
        _fill(self.bars[EXECUTION], score.execution.score, score.execution.points)
        for level in levels:
            _fill(self.bars[level.level1], level.so_far, level.points)

    def say_less(self, *, shows_parts: bool, is_close: bool, is_tight: bool) -> None:
        """Show a bar for each part or only the total, and the whole note or the beginning of it."""
        self._parts.setVisible(shows_parts)
        between = _BETWEEN_BARS // 2 if is_close else _BETWEEN_BARS
        if self._bars.spacing() != between:
            self._bars.setSpacing(between)
        self.note.set_most_lines(2 if is_tight else 0)

    def needs(self, width: int) -> tuple[object, ...]:
        """What its height at a width follows from, however much it says."""
        head = tuple(0 if one.isHidden() else one.sizeHint().height() for one in (self.total, self.grade))
        bars = tuple(bar.sizeHint().height() for bar in self.bars.values())
        return head, () if self.note.isHidden() else self.note.needs(width), bars

    def _note(self, score: EvaluationScore) -> None:
        is_whole = score.total_points == 100
        waiting = provisional_words(score)
        notes = [] if is_whole else [f"分值合计 {format_points(score.total_points)}，应为 100。"]
        if waiting:
            notes.insert(0, f"{waiting}。")
        if score.note:
            notes.append(f"{score.note}。")
        self.note.say("\n".join(notes))
        self.note.setVisible(bool(notes))

    def _show_total(self, score: EvaluationScore) -> None:
        """The total; while lines are open what the others come to, which its note calls 暂计."""
        text = total_words(score)
        self.total.setText(text)
        call(self.total, "，".join(part for part in (f"总分 {text}", provisional_words(score)) if part))
        set_kind(self.total, "scoreTotal" if text[:1].isdigit() else "overviewTotal")

    def _make_bars(self, names: tuple[str, ...]) -> None:
        if tuple(self.bars) == names:
            return
        for bar in self.bars.values():
            self._bars.removeWidget(bar)
            bar.deleteLater()
        self.bars = {name: BarRow(name or "未分级", self._appearance, self) for name in names}
        for bar in self.bars.values():
            self._bars.addWidget(bar)


def provisional_words(score: EvaluationScore) -> str:
    """That the total is not the last one, or that there is none yet, and what is missing; "" where nothing is."""
    if not score.open_lines:
        return ""
    return f"{'还没有可计算的得分' if score.so_far is None else '暂计'}，{unscored_words(score)}"


def _fill(bar: BarRow, score: Decimal | None, points: Decimal | None) -> None:
    of = format_points(points) if points is not None else "—"
    share = score / points if score is not None and points else Decimal(0)
    bar.show_share(f"{'—' if score is None else format_total(score)} / {of}", share)
