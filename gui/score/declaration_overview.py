"""What the right panel says of a declaration: how many lines each level has, and how the selected value prints."""

from __future__ import annotations

from collections import Counter

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QGridLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from gui.desk.icons import icon
from gui.desk.labels import call, rule_line
from gui.desk.theme import Appearance, Theme
from gui.document.document import Document
from model.labels import name_in_project
from model.quantity import Kind, Style, parse, portal_columns, printed
from model.records import Declaration, Indicator
from model.values.taxonomy import LEVELS, canonical_level2, is_timely

KINDS = {
    Kind.QUANT: "定量指标",
    Kind.QUAL: "定性指标",
    Kind.QUAL_NUM: "文字中含数值",
    Kind.RANGE: "区间",
    Kind.RATIO: "比例",
    Kind.RANK: "名次",
    Kind.DEADLINE: "完成时限",
    Kind.MISSING: "未填指标值",
}
PORTAL = ("比较符", "数值", "单位")


class LevelCounts(QWidget):
    """Lines per 一级 and 二级指标; what the form must have and lacks is said in words."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: dict[str, tuple[QLabel, QLabel]] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(3)
        grid.setColumnStretch(0, 1)
        for level1, level2s in LEVELS.items():
            self._add(grid, level1, level1, is_top=True)
            for level2 in level2s:
                self._add(grid, level2, level2, is_top=False)

    def refresh(self, indicators: tuple[Indicator, ...]) -> None:
        """Count again."""
        lower = Counter(canonical_level2(line.level2) or line.level2 for line in indicators)
        for level1, level2s in LEVELS.items():
            self._show(level1, sum(lower[level2] for level2 in level2s), always=True)
            for level2 in level2s:
                self._show(level2, lower[level2], always=False)

    def _add(self, grid: QGridLayout, key: str, text: str, *, is_top: bool) -> None:
        name, count = QLabel(text, self), QLabel("0", self)
        if not is_top:
            name.setIndent(14)
            for label in (name, count):
                label.setObjectName("muted")
        row = grid.rowCount()
        grid.addWidget(name, row, 0)
        grid.addWidget(count, row, 1, Qt.AlignmentFlag.AlignRight)
        self.rows[key] = (name, count)

    def _show(self, key: str, number: int, *, always: bool) -> None:
        name, count = self.rows[key]
        count.setText(f"{number} 条" if number else "—")
        call(count, f"{key} {number} 条")
        for label in (name, count):
            label.setVisible(always or number > 0)


class PrintedValue(QWidget):
    """The selected value as the form prints it and as the portal wants it in three columns, each with a copy button."""

    def __init__(self, document: Document, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self.title = QLabel(self)
        self.title.setObjectName("sectionTitle")
        self.title.setWordWrap(True)
        self.kind = QLabel(self)
        self.kind.setObjectName("muted")
        self.value = QLabel(self)
        self.value.setObjectName("formula")
        self.value.setWordWrap(True)
        self.columns = {name: QLabel(self) for name in PORTAL}
        for label in (self.title, self.value, *self.columns.values()):
            label.setTextFormat(Qt.TextFormat.PlainText)  # what will be printed is what was typed
        self.buttons = {name: self._copy_button(name) for name in PORTAL}
        self._portal = QWidget(self)
        grid = QGridLayout(self._portal)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(2)
        grid.setHorizontalSpacing(14)
        grid.setColumnStretch(1, 1)
        for row, name in enumerate(PORTAL):
            label = QLabel(name, self._portal)
            label.setObjectName("muted")
            grid.addWidget(label, row, 0)
            grid.addWidget(self.columns[name], row, 1)
            grid.addWidget(self.buttons[name], row, 2)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        for widget in (rule_line(self), self.title, self.kind, self.value, self._portal):
            layout.addWidget(widget)
        appearance.changed.connect(self._dress)
        self._dress(appearance.theme)

    def refresh(self, indicator: Indicator | None) -> None:
        """Show another line's value."""
        for widget in (self.kind, self.value, self._portal):
            widget.setVisible(indicator is not None)
        if indicator is None:
            self.title.setText("选中一条指标，可看它的打印效果")
            return
        project, timely = self._document.project, is_timely(indicator.level2)
        year = project.year if project is not None else None
        value = parse(indicator.target_text, self._document.units, year, timely=timely)
        self.title.setText(name_in_project(indicator, project))
        due = f" {value.due_date.isoformat()}" if value.due_date is not None else ""
        self.kind.setText(KINDS[value.kind] + due)
        text = printed(indicator.target_text, Style.DECLARATION, self._document.units, timely=timely)
        self.value.setText(f"打印为  {text}")
        self.value.setVisible(bool(text))
        self._portal.setVisible(value.kind is Kind.QUANT)
        if value.kind is Kind.QUANT:
            _code, number, unit = portal_columns(value)
            symbol = value.comparator.symbol if value.comparator is not None else "="
            for name, shown in zip(PORTAL, (symbol, number, unit), strict=True):
                self.columns[name].setText(shown)
                self.buttons[name].setEnabled(bool(shown))

    def _copy_button(self, name: str) -> QToolButton:
        button = QToolButton(self)
        button.setAccessibleName(f"复制{name}")
        button.setToolTip(f"复制{name}")
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        button.clicked.connect(lambda: QGuiApplication.clipboard().setText(self.columns[name].text()))
        return button

    def _dress(self, theme: Theme) -> None:
        for button in self.buttons.values():
            button.setIcon(icon("copy", theme, "muted"))


class DeclarationOverview(QWidget):
    """Counts above, the selected value below."""

    def __init__(self, document: Document, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.total = QLabel(self)
        self.total.setObjectName("overviewTotal")
        self.counts = LevelCounts(self)
        self.printed = PrintedValue(document, appearance, self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        for widget in (self.total, self.counts, self.printed):
            layout.addWidget(widget)

    def refresh(self, declaration: Declaration, line_id: str) -> None:
        """Show a declaration and one of its lines ("" for none)."""
        lines = declaration.indicators
        self.total.setText(f"{len(lines)} 条指标")
        self.counts.refresh(lines)
        self.printed.refresh(next((line for line in lines if line.id == line_id), None))
