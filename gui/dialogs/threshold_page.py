"""The page of the settings that holds the limits marked † in domain.md §9."""

from __future__ import annotations

from dataclasses import fields
from decimal import Decimal, InvalidOperation

from PySide6.QtWidgets import QFormLayout, QLineEdit, QPushButton, QScrollArea, QVBoxLayout, QWidget

from model.settings import Thresholds

LABELS: dict[str, str] = {
    "goal_min_length": "年度总体目标最少字数（DEC-015）",
    "goal_max_length": "年度总体目标最多字数（DEC-016）",
    "amount_in_ten_thousands_below": "金额低于多少元疑为万元（FND-007）",
    "cost_required_from_year": "从哪一年起应设成本指标（IND-004）",
    "name_max_length": "三级指标名称最多字数（IND-016）",
    "indicators_min": "指标最少条数（IND-017）",
    "indicators_max": "指标最多条数（IND-018）",
    "qualitative_share_percent": "定性指标占比上限 %（IND-019）",
    "budget_change_percent": "全年预算较年初变化 %（EVL-015）",
    "execution_rate_percent": "预算执行率下限 %（EVL-016）",
    "over_achievement_percent": "超额多少 % 提示（EVL-034）",
    "over_achievement_strong_percent": "超额多少 % 要求说明（EVL-035）",
    "line_points_max": "单项分值上限（EVL-009）",
}


class ThresholdPage(QWidget):
    """A field for every threshold, and a button back to the defaults."""

    def __init__(self, thresholds: Thresholds, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        body = QWidget(self)
        form = QFormLayout(body)
        form.setHorizontalSpacing(12)
        self.fields = {spec.name: QLineEdit(str(getattr(thresholds, spec.name)), body) for spec in fields(Thresholds)}
        for name, field in self.fields.items():
            label = LABELS.get(name, name)
            field.setMaximumWidth(110)
            field.setAccessibleName(label)
            form.addRow(label, field)
        reset = QPushButton("恢复默认值", body)
        reset.setAutoDefault(False)
        reset.clicked.connect(self._reset)
        form.addRow("", reset)
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setWidget(body)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(4, 12, 4, 4)
        layout.addWidget(area)

    def problem(self) -> str:
        """What keeps the page from being saved, empty when nothing does."""
        for name, field in self.fields.items():
            number = _number(field.text())
            if number is None or number < 0:
                return f"“{LABELS.get(name, name)}”应为不小于0的数。"
        return ""

    def thresholds(self) -> Thresholds:
        """The thresholds as typed; call only when :meth:`problem` is empty."""
        return Thresholds(**{name: _number(field.text()) or Decimal(0) for name, field in self.fields.items()})

    def _reset(self) -> None:
        for name, field in self.fields.items():
            field.setText(str(getattr(Thresholds(), name)))


def _number(text: str) -> Decimal | None:
    try:
        number = Decimal(text.strip())
    except InvalidOperation:
        return None
    return number if number.is_finite() else None
