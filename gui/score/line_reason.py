"""Why the selected line, or the execution, has its score: numbers, formula, rounding, rule, what is to be decided."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from gui.desk.labels import call, rule_line
from gui.desk.signs import Sign, sign_icon
from gui.desk.theme import Appearance, theme_of
from gui.document.document import Document
from gui.score.fold_line import FoldLine
from gui.score.ledger import Ledger
from gui.score.losses import EXECUTION
from model import edits
from model.changes import Change, Part
from model.labels import name_in_project
from model.records import Achievement, EvaluatedIndicator, Omission
from model.scoring import (
    ACHIEVEMENT_LABELS,
    ACHIEVEMENT_TITLES,
    OMISSION_LABELS,
    OMISSION_RULE,
    ExecutionScore,
    LineScore,
    Status,
    format_points,
    format_total,
)

_SPACING = 8
_TIGHT = 3


class LineReason(QWidget):
    """The lower half of the panel in a self-evaluation.

    Signals:
        topic_wanted(str): the section of the manual that says how lines like this one are scored.
    """

    topic_wanted = Signal(str)

    def __init__(self, document: Document, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._line_id = ""
        self._has_reason = self._says_rule = self._is_tight = False
        self.line = FoldLine(appearance, self)
        self.line.toggled.connect(self._show_reason)
        self.name = QLabel(self)
        self.name.setTextFormat(Qt.TextFormat.PlainText)  # typed by the clerk
        self.name.setWordWrap(True)
        self.ledger = Ledger(self)
        self.rule = QLabel(self)
        self.rule.setObjectName("muted")
        self.rule.setWordWrap(True)
        self.how = QPushButton("计分办法", self)
        self.how.setProperty("link", "edge")
        self.how.clicked.connect(lambda: self.topic_wanted.emit(_topic(self.rule.text())))
        self.reduction = self._button("")
        self.reduction.clicked.connect(self._adopt_reduction)
        self.release = self._button("恢复计算得分")
        self.release.clicked.connect(lambda: self._set("score", "", "恢复计算得分"))
        self.levels = {level: self._button(text) for level, text in ACHIEVEMENT_TITLES.items()}
        for level, button in self.levels.items():
            button.setCheckable(True)
            button.clicked.connect(lambda _checked, chosen=level: self._judge(chosen))
        self.omissions = {omission: self._button(text) for omission, text in OMISSION_LABELS.items()}
        for omission, button in self.omissions.items():
            button.setCheckable(True)
            button.clicked.connect(lambda _checked, chosen=omission: self._judge(chosen))
        self._buttons = (self.reduction, self.release, *self.levels.values(), *self.omissions.values())
        self._suggested: Achievement | None = None
        self._named: object = None
        self._grades = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._grades.setSpacing(_SPACING)
        self._lay_out()

    def refresh(self, line_id: str) -> None:
        """Explain one line, or say how to get an explanation."""
        self._line_id = line_id
        found = self._found()
        if found is None:
            self.line.say("选中一条指标，可看它的计分依据")
            self._offer_nothing()
        else:
            indicator, line = found
            name = name_in_project(indicator, self._document.project)
            self.line.say(_question(line), name, _reached(line.score, line.points))
            self.name.setText(name)
            self.ledger.show_line(indicator, line)
            self.rule.setText(line.rule_text)
            self._offer(indicator, line)
        self._has_reason = found is not None
        self._show_reason()

    def show_execution(self, execution: ExecutionScore) -> None:
        """Explain the score of the execution line (domain.md §6.8)."""
        self._line_id = ""
        if execution.omission is not None:
            question = "这一行不适用"
        elif execution.score is not None:
            question = f"为什么是 {format_total(execution.score)} 分？"
        else:
            question = "为什么没有得分？"
        self.line.say(question, EXECUTION, _reached(execution.score, execution.points))
        self.name.setText(EXECUTION)
        self.ledger.show_execution(execution)
        self.rule.setText("")
        self._offer_nothing()
        self._has_reason = True
        self._show_reason()

    @property
    def is_folded(self) -> bool:
        """Whether the reason is one line."""
        return not self.line.is_open

    def set_folded(self, *, is_folded: bool) -> None:
        """Fold the reason to one line, or open it."""
        self.line.setChecked(not is_folded)

    def say_less(self, *, says_rule: bool, is_tight: bool) -> None:
        """Say the rule in words where there is room, and the name of the line and the way into the manual.

        Without room they are in the tool tip of the way into the manual, and in that of the first line, and the levels
        of achievement stand beside each other with short names.
        """
        if (says_rule, is_tight) == (self._says_rule, self._is_tight):
            return
        self._says_rule, self._is_tight = says_rule, is_tight
        layout = self.layout()
        assert layout is not None
        layout.setSpacing(_TIGHT if is_tight else _SPACING)
        self._grades.setDirection(QBoxLayout.Direction.LeftToRight if is_tight else QBoxLayout.Direction.TopToBottom)
        self._grades.setSpacing(_TIGHT if is_tight else _SPACING)
        self._name_levels()
        self._show_reason()

    def needs(self, width: int) -> tuple[object, ...]:
        """What its height at a width follows from, however much it says."""
        if not self._has_reason or self.is_folded:
            return self._has_reason, self.line.sizeHint().height(), *self._offered()
        texts = self.name.text(), self.rule.text()
        lines = tuple(one.sizeHint().height() for one in (self.line, self.how))
        letters = tuple(one.fontMetrics().height() for one in (self.name, self.rule))
        return *texts, *lines, *letters, self.ledger.needs(width), *self._offered()

    def _offered(self) -> list[int]:
        """How high each of the buttons is that are there, 0 for one that is not."""
        return [0 if button.isHidden() else button.sizeHint().height() for button in self._buttons]

    def _offer_nothing(self) -> None:
        for button in self._buttons:
            button.setVisible(False)

    def _show_reason(self) -> None:
        rule, is_shown = self.rule.text(), self._has_reason and not self.is_folded
        self.ledger.setVisible(is_shown)
        for widget in (self.name, self.how):
            widget.setVisible(is_shown and not self._is_tight)
        self.rule.setVisible(is_shown and self._says_rule and bool(rule))
        self.how.setToolTip("在使用手册中查看这类指标怎么计分" + (f"\n{rule}" if rule and not self._says_rule else ""))
        self.line.setToolTip("\n".join(filter(None, (self.name.text(), rule))) if self._is_tight and is_shown else "")

    def _offer(self, indicator: EvaluatedIndicator, line: LineScore) -> None:
        is_reduced = line.reduction is not None and line.reduction != line.score
        if is_reduced:
            self.reduction.setText(f"采用建议得分 {format_points(line.reduction)}")
        self.reduction.setVisible(is_reduced)
        self.release.setVisible(line.is_manual and line.computed is not None and line.computed != line.score)
        self._suggested = line.suggested_achievement if not indicator.achievement else None
        self._name_levels()
        is_judged = line.status is Status.JUDGE or bool(indicator.achievement) or line.suggested_achievement is not None
        for level, button in self.levels.items():
            is_chosen = indicator.achievement == level.value
            _choose(button, is_chosen=is_chosen)
            button.setVisible(is_judged and line.omission is None)
        is_asked = line.omission is not None or any(notice.rule == OMISSION_RULE for notice in line.notices)
        for omission, button in self.omissions.items():
            button.setText(OMISSION_LABELS[omission])
            _choose(button, is_chosen=line.omission is omission)
            button.setVisible(is_asked)

    def _name_levels(self) -> None:
        """A level is called as the rules call it; in a tight panel as its cell does, and whole in its tool tip."""
        named = self._suggested, self._is_tight
        if named == self._named:
            return
        self._named = named
        for level, button in self.levels.items():
            title = ACHIEVEMENT_TITLES[level] + ("（建议）" if level is self._suggested else "")
            button.setText(ACHIEVEMENT_LABELS[level] if self._is_tight else title)
            button.setToolTip(title if self._is_tight else "")
            call(button, title)

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(_SPACING)
        layout.addWidget(rule_line(self))
        layout.addWidget(self.line)
        layout.addWidget(self.name)
        layout.addWidget(self.ledger)
        layout.addWidget(self.rule)
        layout.addWidget(self.how, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addLayout(self._grades)
        for button in self.levels.values():
            self._grades.addWidget(button)
        for button in (*self.omissions.values(), self.reduction, self.release):
            layout.addWidget(button)

    def _button(self, text: str) -> QPushButton:
        button = QPushButton(text, self)
        button.setProperty("choice", "true")
        return button

    def _found(self) -> tuple[EvaluatedIndicator, LineScore] | None:
        project, score = self._document.project, self._document.score
        line = score.line(self._line_id) if score is not None else None
        if project is None or line is None:
            return None
        indicator = edits.line_of(project, self._line_id)
        return (indicator, line) if isinstance(indicator, EvaluatedIndicator) else None

    def _adopt_reduction(self) -> None:
        project = self._document.saved_project
        if project is not None:
            self._push("采用建议得分", edits.adopt_reduction(project, self._line_id, self._document.settings))

    def _judge(self, level: Achievement | Omission) -> None:
        found = self._found()
        is_same = found is not None and found[0].achievement == level.value
        self._set(
            "achievement",
            "" if is_same else level.value,
            "选择达成等级" if isinstance(level, Achievement) else "选择不适用",
        )

    def _set(self, field: str, text: str, label: str) -> None:
        project = self._document.saved_project
        if project is not None:
            settings = self._document.settings
            self._push(label, edits.set_cell(project, Part.INDICATOR, self._line_id, field, text, settings))

    def _push(self, label: str, changes: tuple[Change, ...]) -> None:
        self._document.push(label, changes)


def _topic(rule_text: str) -> str:
    """The section that explains a rule: the kind of indicator it begins with, or the whole chapter."""
    kind, mark, _ = rule_text.partition("：")
    return kind if mark else "scores"


def _question(line: LineScore) -> str:
    if line.omission is not None:
        return "这条指标不适用"
    if line.score is not None:
        hand = "（手工）" if line.is_manual and line.computed != line.score else ""
        return f"为什么是 {format_total(line.score)} 分{hand}？"
    match line.status:
        case Status.PENDING:
            return "还没有得分：请填写实际完成值"
        case Status.JUDGE:
            return "请选择达成等级"
        case Status.MANUAL:
            points = format_points(line.points) if line.points is not None else "分值"
            return f"请填写得分（0–{points}）"
        case _:
            return "为什么没有得分？"


def _reached(score: Decimal | None, points: Decimal | None) -> str:
    """What a line has of its points: ``4.75 / 5``."""
    return f"{'—' if score is None else format_total(score)} / {'—' if points is None else format_points(points)}"


def _choose(button: QPushButton, *, is_chosen: bool) -> None:
    """Tick the button of what is chosen."""
    button.setChecked(is_chosen)
    if is_chosen or not button.icon().isNull():
        button.setIcon(sign_icon(Sign.DONE, theme_of(button.palette())) if is_chosen else QIcon())
