"""The page of the settings that holds the limits marked † in domain.md §9."""

from __future__ import annotations

from dataclasses import fields
from decimal import Decimal

from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from gui.desk.dialog import field_rows, scrolled, snug
from gui.settings.number_field import NumberField, Problem, plain
from model.settings import Thresholds

NUMBER_WIDTH = 96
LABELS: dict[str, str] = {
    "goal_min_length": "年度总体目标最少字数（DEC-015）",
    "goal_max_length": "年度总体目标最多字数（DEC-016）",
    "amount_in_ten_thousands_below": "金额低于多少元疑为万元（FND-007）",
    "cost_required_from_year": "从哪一年起应设成本指标（上海市级2025，IND-004）",
    "name_max_length": "三级指标名称最多字数（IND-016）",
    "indicators_min": "指标最少条数（IND-017）",
    "indicators_max": "指标最多条数（IND-018）",
    "qualitative_share_percent": "定性指标占比上限 %（IND-019）",
    "budget_change_percent": "全年预算较年初变化 %（EVL-015）",
    "execution_rate_percent": "预算执行率下限 %（EVL-016）",
    "over_achievement_percent": "超额多少 % 提示（EVL-034）",
    "over_achievement_strong_percent": "超额多少 % 要求说明（EVL-035）",
    "line_points_max": "单项分值上限（EVL-009）",
    "satisfaction_min_percent": "满意度目标下限 %（VAL-013）",
    "satisfaction_max_percent": "满意度目标上限 %（VAL-013）",
}
# the first of each pair may not be larger than the second
ORDERED = (
    ("goal_min_length", "goal_max_length"),
    ("indicators_min", "indicators_max"),
    ("over_achievement_percent", "over_achievement_strong_percent"),
    ("satisfaction_min_percent", "satisfaction_max_percent"),
)


class ThresholdPage(QWidget):
    """A field for every threshold, and a button back to the defaults."""

    def __init__(self, thresholds: Thresholds, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        body = QWidget(self)
        self.fields = {name: NumberField(label, NUMBER_WIDTH, body) for name, label in LABELS.items()}
        self.reset = QPushButton("恢复默认值(&R)", body)
        self.reset.setAutoDefault(False)
        snug(self.reset)
        self.reset.clicked.connect(lambda: self._show(Thresholds()))
        form = field_rows(*((LABELS[name], field) for name, field in self.fields.items()))
        for name, field in self.fields.items():
            field.setAccessibleName(LABELS[name])  # with the rule it belongs to
        form.addRow("", self.reset)
        page = QVBoxLayout(body)
        page.setContentsMargins(4, 4, 4, 4)
        page.addLayout(form)
        page.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        self._show(thresholds)
        layout.addWidget(scrolled(body))

    def problem(self) -> Problem | None:
        """What keeps the page from being saved, None when nothing does."""
        for name, field in self.fields.items():
            if field.number is None:
                return Problem(f"“{LABELS[name]}”应为不小于0的数。", field)
        for low, high in ORDERED:
            if (self.fields[low].number or 0) > (self.fields[high].number or 0):
                return Problem(f"“{LABELS[low]}”不能大于“{LABELS[high]}”。", self.fields[low])
        return None

    def thresholds(self) -> Thresholds:
        """The thresholds as typed; call only when there is no :meth:`problem`."""
        return Thresholds(**{name: field.number or Decimal(0) for name, field in self.fields.items()})

    def _show(self, thresholds: Thresholds) -> None:
        for spec in fields(Thresholds):
            self.fields[spec.name].setText(plain(getattr(thresholds, spec.name)))
