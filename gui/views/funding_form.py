"""项目资金（元）: the amounts of both forms; totals are computed, nobody types them (domain.md §2.3, §3.2)."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from gui.desk.choices import Choice
from gui.document.document import Document
from gui.views.cell_field import CellField
from gui.views.form_section import BESIDE, FormSection
from gui.views.line_editor import LineEditor
from gui.views.messages_below import MessageRows
from model import edits
from model.forms import FORMS, CellKind
from model.forms.evaluation import MONEY_COLUMNS, MONEY_SOURCES
from model.records import Declaration, Evaluation, Form
from model.scoring import BEFORE_OMISSIONS, OMISSION_LABELS
from model.values.dates import parse_date
from model.values.money import parse_fen

SHOWN_WITH = {"execution_rate": "executed_total", "execution_score": "executed_total"}
"""Computed figures that are no field of their own, and the field they stand beside."""
FUNDING = "项目资金（元）"
INSET = 12
"""Pixels between the edge of a field and its text, and between the end of its heading and that edge."""
_FIGURE_INSET = 2
"""The same of a figure that stands beside the fields and has no edge."""
CHOICES = (
    ("", "请选择"),
    ("zero", "得0分"),
    *((omission.value, label) for omission, label in OMISSION_LABELS.items()),
)
_KEPT_CHOICES = {BEFORE_OMISSIONS: "不适用（等次仍按满分100分评定）"}


def has_whole_life(declaration: Declaration) -> bool:
    """Whether whole-life amounts and 项目总目标 concern a project: 阶段性, across years, or already filled."""
    start = parse_date(declaration.start_date)
    end = parse_date(declaration.end_date)
    crosses = start is not None and end is not None and start.year != end.year
    filled = (
        declaration.project_total,
        declaration.project_fiscal,
        declaration.project_other,
        declaration.overall_goal,
    )
    return "阶段性" in declaration.project_nature or crosses or any(filled)


class DeclarationFunding(FormSection):
    """The year's request, and where it is asked for the whole-life amounts, each written as a sum."""

    def __init__(self, document: Document, parent: QWidget | None = None) -> None:
        super().__init__(FUNDING, document, Form.DECLARATION, parent)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(5)
        self._whole_life = self._sum("project_total", ("project_fiscal", "project_other"))
        layout.addWidget(self._whole_life)
        layout.addWidget(self._sum("total_requested", ("fiscal_current", "carried_over", "other")))

    def show_whole_life(self, shown: bool) -> None:
        """Show or hide the whole-life amounts."""
        self._whole_life.setVisible(shown)

    def _sum(self, total: str, parts: tuple[str, ...]) -> QWidget:
        self.parts_of[total] = parts
        fields = [self.add_field(name) for name in (total, *parts)]
        fields[0].set_computed()
        for field in fields[1:]:
            field.widget.setAccessibleName(f"{fields[0].cell.label}：{field.cell.label}")
        signs = [self.sign("＋" if position else "＝") for position in range(len(parts))]
        return SumRow(fields, signs, self)


class SumRow(QWidget):
    """A total and its parts in one line, each under its name; in two, or below each other, where they need it."""

    def __init__(self, fields: Sequence[CellField], signs: Sequence[QLabel], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._fields = fields
        self._signs = signs
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(6)
        self._messages = MessageRows(self._grid, most=len(fields), gap=1)
        for sign in signs:
            sign.setContentsMargins(0, 4, 0, 0)
        self._in_line = 0
        self._lay_out(len(fields))

    def minimumSizeHint(self) -> QSize:
        """It never asks for the width of one line: it has more."""
        return QSize(1, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width has room for one line, or for more."""
        super().resizeEvent(event)
        self._fit()

    def event(self, event: QEvent) -> bool:
        """A wider amount or letters of another size need another room."""
        if event.type() is QEvent.Type.LayoutRequest:
            self._fit()
        return super().event(event)

    def _fit(self) -> None:
        count = len(self._fields)
        amount = max(field.widget.minimumWidth() for field in self._fields)
        between = self._grid.horizontalSpacing()
        sign = max(sign.sizeHint().width() for sign in self._signs) + 2 * between
        ends = {count: sign}  # behind the last amount stands none; a line that goes on ends with one, and no gap
        lines = (count, (count + 1) // 2)
        fitting = (one for one in lines if one * (amount + sign) - ends.get(one, between) <= self.width())
        self._lay_out(next(fitting, 1))
        self._messages.fit()

    def _lay_out(self, in_line: int) -> None:
        """Put so many amounts in a line; a line that goes on ends with its sign."""
        if in_line == self._in_line:
            return
        self._in_line = in_line
        top = Qt.AlignmentFlag.AlignTop
        lines = [self._fields[first : first + in_line] for first in range(0, len(self._fields), in_line)]
        self._messages.lay_out(2 * len(lines))
        for line, fields in enumerate(lines):
            above, below = self._messages.row(2 * line), self._messages.row(2 * line + 1)
            for place, field in enumerate(fields):
                self._grid.addWidget(field.label, above, 2 * place)
                self._grid.addWidget(field, below, 2 * place, top)
                self._grid.setColumnStretch(2 * place, 1)
            placed = [(2 * place, field) for place, field in enumerate(fields)]
            self._messages.tell_below(2 * line + 1, placed, 2 * in_line - 1)
        for position, sign in enumerate(self._signs):
            line, place = divmod(position, in_line)
            self._grid.addWidget(sign, self._messages.row(2 * line + 1), 2 * place + 1, top)
        for column in range(2 * in_line, 2 * len(self._fields)):
            self._grid.setColumnStretch(column, 0)


class EvaluationFunding(FormSection):
    """The official grid: sources down, 年初预算数 全年预算数 全年执行数 across, then 分值 执行率 得分."""

    def __init__(self, document: Document, parent: QWidget | None = None) -> None:
        super().__init__(FUNDING, document, Form.EVALUATION, parent)
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(BESIDE)
        self._messages = MessageRows(grid, most=len(MONEY_COLUMNS) + 1, gap=4)
        self.beside = self._grid = grid
        self._headings = [self.sign(label) for _, label, _path in MONEY_COLUMNS]
        for heading in self._headings:
            heading.setContentsMargins(0, 0, INSET, 0)
        self._names = [self._make_names() for _ in MONEY_COLUMNS]
        self._amounts: list[list[CellField]] = [[] for _ in MONEY_COLUMNS]
        for source, _label in MONEY_SOURCES:
            for column, (prefix, _, _path) in enumerate(MONEY_COLUMNS):
                field = self.add_field(f"{prefix}_{source}")
                field.label.hide()  # the headings and the sources say it
                self._amounts[column].append(field)
                if source == "total":
                    field.set_computed()
            if source == "total":
                points = self.add_field("execution_points")  # before the parts, for the Tab key
                points.label.hide()
        parts = [source for source, _ in MONEY_SOURCES if source != "total"]
        self.parts_of = {
            f"{prefix}_total": tuple(f"{prefix}_{part}" for part in parts) for prefix, _, _ in MONEY_COLUMNS
        }
        self._lead_down()
        self._rate = self._figure("执行率")
        self._score = self._figure("预算执行率得分")
        self._ratings = [
            (self.sign("分值"), points),
            (self.sign("执行率"), self._rate),
            (self.sign("得分"), self._score),
        ]
        self._arrangement = (0, False)
        self._choice_row, self._choice = self._make_choice()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(grid)
        layout.addWidget(self._choice_row)
        self._arrange(len(MONEY_COLUMNS), is_beside=True)

    def minimumSizeHint(self) -> QSize:
        """It never asks for the width of three amounts beside each other: they go below."""
        return QSize(1, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width has room for more beside each other, or for less."""
        super().resizeEvent(event)
        self._fit()

    def event(self, event: QEvent) -> bool:
        """A wider amount or letters of another size need another room."""
        if event.type() is QEvent.Type.LayoutRequest:
            self._fit()
        return super().event(event)

    def _fit(self) -> None:
        """Where the amounts leave no room beside them, 分值, 执行率 and 得分 go above, and amounts go below."""
        gap, count = self._grid.horizontalSpacing(), len(MONEY_COLUMNS)
        labels = [name for names in self._names for name in names]
        label = max(self._grid.columnMinimumWidth(0), *(one.sizeHint().width() for one in labels))
        fields = [field for column in self._amounts for field in column]
        amount = max(
            *(one.minimumSizeHint().width() for one in fields), *(one.sizeHint().width() for one in self._headings)
        )
        beside = sum(max(sign.sizeHint().width(), field.minimumSizeHint().width()) for sign, field in self._ratings)
        room = self.width() - label
        fitting = (one for one in range(count, 1, -1) if one * (gap + amount) <= room)
        is_beside = count * (gap + amount) + len(self._ratings) * gap + beside <= room
        self._arrange(next(fitting, 1), is_beside=is_beside)
        self._messages.fit()

    def _make_names(self) -> list[QLabel]:
        names = [self.sign(f"其中：{label}" if row == 1 else label) for row, (_, label) in enumerate(MONEY_SOURCES)]
        for name in names:
            name.setContentsMargins(0, 4, 0, 0)
        return names

    def _arrange(self, in_band: int, *, is_beside: bool) -> None:
        """Put so many columns of amounts beside each other, the others below, each band with its sources.

        The three figures of the execution stand beside the amounts, or above them, each after its name.
        """
        if (in_band, is_beside) == self._arrangement:
            return
        self._arrangement = (in_band, is_beside)
        grid, count = self._grid, len(MONEY_COLUMNS)
        for column in range(1, 1 + count + len(self._ratings)):
            grid.setColumnStretch(column, 3 if column <= in_band else int(is_beside and column > count))
        above = 0 if is_beside else -(-len(self._ratings) // in_band)
        rows = self._messages
        rows.lay_out(above + -(-count // in_band) * (1 + len(MONEY_SOURCES)))
        self._place_ratings(in_band, is_beside=is_beside)
        for number, (heading, fields) in enumerate(zip(self._headings, self._amounts, strict=True)):
            band, column = divmod(number, in_band)
            top = above + band * (1 + len(MONEY_SOURCES))
            grid.addWidget(heading, rows.row(top), 1 + column, Qt.AlignmentFlag.AlignRight)
            for row, field in enumerate(fields, start=top + 1):
                grid.addWidget(field, rows.row(row), 1 + column, Qt.AlignmentFlag.AlignTop)
            for row, name in enumerate(self._names[number], start=top + 1):
                name.setVisible(column == 0)
                if column == 0:  # beside its amount, whatever is said below that
                    grid.addWidget(name, rows.row(row), 0, Qt.AlignmentFlag.AlignTop)
        self._tell_below(above, in_band, is_beside=is_beside)
        self._order_for_tab(in_band)

    def _tell_below(self, above: int, in_band: int, *, is_beside: bool) -> None:
        """What is said of amounts and of 分值 goes below their rows."""
        points = self.fields["execution_points"]
        end = 1 + in_band + (len(self._ratings) if is_beside else 0)
        if not is_beside:
            self._messages.tell_below(0, [(1, points)], end)
        for band, first in enumerate(range(0, len(self._amounts), in_band)):
            columns = self._amounts[first : first + in_band]
            for row, fields in enumerate(zip(*columns, strict=True)):
                placed = list(enumerate(fields, start=1))
                if is_beside and row == 0:
                    placed.append((1 + in_band, points))
                self._messages.tell_below(above + band * (1 + len(MONEY_SOURCES)) + 1 + row, placed, end)

    def _place_ratings(self, in_band: int, *, is_beside: bool) -> None:
        left, right, top = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight, Qt.AlignmentFlag.AlignTop
        for number, (sign, field) in enumerate(self._ratings):
            if is_beside:
                column = 1 + len(MONEY_COLUMNS) + number
                self._grid.addWidget(sign, 0, column, right)
                self._grid.addWidget(field, self._messages.row(1), column, top)
            else:
                line, column = divmod(number, in_band)
                row = self._messages.row(line)
                self._grid.addWidget(sign, row, column + (column > 0), left | top)
                self._grid.addWidget(field, row, column + 1, right | top if column else top)
            if isinstance(field, QLabel):  # above the amounts it ends where they do
                field.setContentsMargins(0, 4, _FIGURE_INSET if is_beside else INSET, 0)
            inset = _FIGURE_INSET if isinstance(field, QLabel) else INSET
            sign.setContentsMargins(0, 0 if is_beside else 4, inset if is_beside else 0, 0)

    def _lead_down(self) -> None:
        """Enter goes down a column, as in a spreadsheet, and from its end to the top of the next."""
        typed = [field.widget for column in self._amounts for field in column[1:]]
        for above, below in pairwise(typed):
            if isinstance(above, LineEditor):
                above.below = below

    def _order_for_tab(self, in_band: int) -> None:
        """Tab goes as the eye does: through a band row by row."""
        bands = [self._amounts[start : start + in_band] for start in range(0, len(self._amounts), in_band)]
        fields = [field for band in bands for row in zip(*band, strict=True) for field in row]
        for before, after in pairwise([self.fields["execution_points"], *fields]):
            QWidget.setTabOrder(before.widget, after.widget)

    @property
    def choice(self) -> QComboBox:
        """得0分 or 不适用, offered when there was no budget and nothing was spent (EVL-014)."""
        return self._choice

    def refresh(self) -> None:
        """Show the amounts, the execution rate and its score."""
        super().refresh()
        score = self.document.score
        execution = score.execution if score is not None else None
        self._rate.setText(execution.rate_text if execution is not None else "—")
        self._score.setText("—" if execution is None or execution.score is None else f"{execution.score:.2f}")
        project = self.document.project
        evaluation = project.of(Evaluation) if project is not None else None
        if evaluation is not None:
            self._choice_row.setVisible(_has_no_budget(evaluation))
            self._show_choice(evaluation.execution_choice)

    def holds(self, name: str) -> bool:
        """Whether a cell is one of these fields, the choice, or a figure beside one."""
        return name in {"execution_choice", *SHOWN_WITH} or super().holds(name)

    def focus(self, name: str) -> bool:
        """Put the cursor into a field or onto the choice."""
        if name == "execution_choice" and not self._choice_row.isHidden():
            self._choice.setFocus()
            return True
        return super().focus(name)

    def _figure(self, name: str) -> QLabel:
        label = QLabel(self)
        label.setAccessibleName(name)
        label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        label.setContentsMargins(0, 4, _FIGURE_INSET, 0)
        return label

    def _make_choice(self) -> tuple[QWidget, QComboBox]:
        row = QWidget(self)
        layout = QHBoxLayout(row)
        layout.setContentsMargins(0, 0, 0, 0)
        label = QLabel("全年预算数为0，执行率无法计算，预算执行率得分：", row)
        choice = Choice(row)
        for value, text in CHOICES:
            choice.addItem(text, value)
        choice.setAccessibleName("预算执行率得分的处理")
        choice.activated.connect(self._choose)
        layout.addWidget(label)
        layout.addWidget(choice)
        layout.addStretch(1)
        return row, choice

    def _show_choice(self, value: str) -> None:
        """Show what was chosen; what is offered no more, or not known yet, stands there until it is changed."""
        while self._choice.count() > len(CHOICES):
            self._choice.removeItem(len(CHOICES))
        if self._choice.findData(value) < 0:
            self._choice.addItem(_KEPT_CHOICES.get(value, f"本版本不认识的选择（{value}）"), value)
        self._choice.setCurrentIndex(self._choice.findData(value))

    def _choose(self) -> None:
        project = self.document.saved_project
        if project is not None:
            value = str(self._choice.currentData())
            settings = self.document.settings
            changes = edits.set_cell(project, Form.EVALUATION, project.id, "execution_choice", value, settings)
            self.document.push("选择预算执行率的处理", changes)


class OtherFunding(FormSection):
    """The amounts of any other form, one under another."""

    def __init__(self, document: Document, form: Form, parent: QWidget | None = None) -> None:
        super().__init__(FUNDING, document, form, parent)
        layout = self.beside = QGridLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setHorizontalSpacing(BESIDE)
        for row, cell in enumerate(cell for cell in FORMS[form].cells if cell.kind is CellKind.MONEY):
            field = self.add_field(cell.name)
            layout.addWidget(field.label, row, 0)
            layout.addWidget(field, row, 1)


def funding_section(document: Document, form: Form, parent: QWidget) -> FormSection:
    """项目资金 of a form, laid out as it prints it where its layout is known."""
    if form is Form.DECLARATION:
        return DeclarationFunding(document, parent)
    return EvaluationFunding(document, parent) if form is Form.EVALUATION else OtherFunding(document, form, parent)


def _has_no_budget(evaluation: Evaluation) -> bool:
    return parse_fen(evaluation.adjusted_total) == 0 and parse_fen(evaluation.executed_total) in {0, None}
