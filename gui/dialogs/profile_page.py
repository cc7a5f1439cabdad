"""The page of the settings that holds the scoring profiles: one default, and one for each year that departs from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from PySide6.QtCore import QDate, QSignalBlocker
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from gui.dialogs.new_project import FIRST_YEAR, LAST_YEAR
from model.settings import (
    ExecutionRule,
    GradeScheme,
    NegativeRule,
    RateRounding,
    ReductionRule,
    ScoringProfile,
    Settings,
    WeightProfile,
)

HUNDRED = Decimal(100)
CHOICES: tuple[tuple[str, str, tuple[tuple[StrEnum, str], ...]], ...] = (
    (
        "negative",
        "反向指标未达标",
        (
            (NegativeRule.N1, "N1 按 指标值÷实际值 计分（默认）"),
            (NegativeRule.N2, "N2 线性扣减，达到两倍得0分"),
            (NegativeRule.N3, "N3 未达标即得0分"),
        ),
    ),
    (
        "reduction",
        "超额完成的建议调减",
        (
            (ReductionRule.R1, "R1 分档 −5%／−10%／−15%／−20%（默认）"),
            (ReductionRule.R2, "R2 线性，最多 −20%"),
            (ReductionRule.R3, "R3 按倍数，最低六成"),
        ),
    ),
    (
        "execution",
        "预算执行率计分",
        (
            (ExecutionRule.PROPORTIONAL, "按执行率比例（默认）"),
            (ExecutionRule.STEPPED, "分档 100%／80%／60%"),
        ),
    ),
    (
        "rate_rounding",
        "执行率显示",
        (
            (RateRounding.CEILING, "两位小数，进位（上海，默认）"),
            (RateRounding.HALF_UP, "两位小数，四舍五入"),
        ),
    ),
    (
        "grades",
        "等次",
        (
            (GradeScheme.MOF, "优90 良80 中60 差（默认）"),
            (GradeScheme.SHANGHAI, "优90 良75 合格60 不合格（上海，待确认）"),
            (GradeScheme.PROVINCIAL, "优80 良70 中60 差（旧省级）"),
        ),
    ),
    (
        "weights",
        "权重方案",
        (
            (WeightProfile.AUTO, "按所设一级指标自动选择（默认）"),
            (WeightProfile.A, "A 产出50 效益30 满意度10 执行10"),
            (WeightProfile.B, "B 成本20 产出40 效益20 满意度10 执行10"),
            (WeightProfile.A_PRIME, "A′ 产出50 效益40 执行10"),
            (WeightProfile.B_PRIME, "B′ 成本20 产出40 效益30 执行10"),
            (WeightProfile.CUSTOM, "自定义"),
        ),
    ),
)
WEIGHTS = ("成本", "产出", "效益", "满意度", "执行")


class ProfilePage(QWidget):
    """Edits the profile of the year chosen at the top; the first entry is the default of all other years."""

    def __init__(self, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._default = settings.default_profile
        self._profiles = dict(settings.profiles)
        self._year: int | None = None
        self.year = QComboBox(self)
        self.year.setAccessibleName("计分方案适用的年度")
        self.new_year = QSpinBox(self)
        self.new_year.setRange(FIRST_YEAR, LAST_YEAR)
        self.new_year.setValue(QDate.currentDate().year())
        self.new_year.setAccessibleName("要单独设置的年度")
        self.add_year = QPushButton("单独设置此年度", self)
        self.remove_year = QPushButton("改用默认方案", self)
        years = QHBoxLayout()
        for widget in (self.year, self.new_year, self.add_year, self.remove_year):
            years.addWidget(widget)
            if isinstance(widget, QPushButton):
                widget.setAutoDefault(False)
        years.addStretch(1)
        form = QFormLayout()
        form.setHorizontalSpacing(12)
        form.setVerticalSpacing(7)
        self.choices: dict[str, QComboBox] = {}
        for name, label, options in CHOICES:
            box = QComboBox(self)
            box.setAccessibleName(label)
            for value, text in options:
                box.addItem(text, value)
            self.choices[name] = box
            form.addRow(label, box)
        self.weights = [self._number_field(f"{name}分值") for name in WEIGHTS]
        weights = QHBoxLayout()
        for field in self.weights:
            field.setPlaceholderText(field.accessibleName().removesuffix("分值"))
            weights.addWidget(field)
        form.addRow("自定义分值", weights)
        self.achieved, self.partly = self._number_field("达成下限 %"), self._number_field("部分达成下限 %")
        form.addRow("达成下限 %", self.achieved)
        form.addRow("部分达成下限 %", self.partly)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(4, 12, 4, 4)
        layout.addLayout(years)
        layout.addLayout(form)
        layout.addStretch(1)
        self.choices["weights"].currentIndexChanged.connect(self._show_weights)
        self.add_year.clicked.connect(self._add_year)
        self.remove_year.clicked.connect(self._remove_year)
        self._list_years()
        self._show(self._default)
        self.year.currentIndexChanged.connect(self._switch)

    def problem(self) -> str:
        """What keeps the page from being saved, empty when nothing does."""
        bands = [_number(self.achieved.text()), _number(self.partly.text())]
        if None in bands or not HUNDRED > (bands[0] or HUNDRED) > (bands[1] or HUNDRED) > 0:
            return "达成下限应小于100，且大于部分达成下限。"
        weights = [_number(field.text()) for field in self.weights]
        if self._is_custom() and (None in weights or sum(weight or 0 for weight in weights) != HUNDRED):
            return "自定义分值的五项须为数字，合计100。"
        return ""

    def profiles(self) -> tuple[ScoringProfile, Mapping[int, ScoringProfile]]:
        """The default profile and those of single years; call only when :meth:`problem` is empty."""
        self._keep()
        return self._default, MappingProxyType(dict(self._profiles))

    def _number_field(self, name: str) -> QLineEdit:
        field = QLineEdit(self)
        field.setMaximumWidth(76)
        field.setAccessibleName(name)
        return field

    def _is_custom(self) -> bool:
        return bool(self.choices["weights"].currentData() == WeightProfile.CUSTOM)

    def _list_years(self) -> None:
        with QSignalBlocker(self.year):
            self.year.clear()
            self.year.addItem("默认方案（各年度）", None)
            for year in sorted(self._profiles):
                self.year.addItem(f"{year} 年度", year)
            self.year.setCurrentIndex(max(0, self.year.findData(self._year)))
        self.remove_year.setEnabled(self._year is not None)

    def _add_year(self) -> None:
        self._keep()
        self._year = self.new_year.value()
        self._profiles.setdefault(self._year, self._default)
        self._list_years()
        self._show(self._profiles[self._year])

    def _remove_year(self) -> None:
        if self._year is not None:
            self._profiles.pop(self._year, None)
            self._year = None
        self._list_years()
        self._show(self._default)

    def _switch(self) -> None:
        self._keep()
        self._year = self.year.currentData()
        self.remove_year.setEnabled(self._year is not None)
        self._show(self._profiles[self._year] if self._year is not None else self._default)

    def _show(self, profile: ScoringProfile) -> None:
        for name, box in self.choices.items():
            box.setCurrentIndex(box.findData(getattr(profile, name)))
        for field, weight in zip(self.weights, profile.custom_weights, strict=True):
            field.setText(str(weight))
        self.achieved.setText(str(profile.band_achieved))
        self.partly.setText(str(profile.band_partly))
        self._show_weights()

    def _show_weights(self) -> None:
        for field in self.weights:
            field.setEnabled(self._is_custom())

    def _keep(self) -> None:
        """Put what the fields hold into the profile they show; a number that cannot be read leaves its old value."""
        old = self._profiles[self._year] if self._year is not None else self._default
        values: dict[str, Any] = {
            # Qt hands an enumeration's plain text back
            name: type(getattr(old, name))(box.currentData())
            for name, box in self.choices.items()
        }
        weights = [_number(field.text()) for field in self.weights]
        values["custom_weights"] = tuple(
            before if weight is None else weight for before, weight in zip(old.custom_weights, weights, strict=True)
        )
        values["band_achieved"] = _number(self.achieved.text()) or old.band_achieved
        values["band_partly"] = _number(self.partly.text()) or old.band_partly
        profile = replace(old, **values)
        if self._year is None:
            self._default = profile
        else:
            self._profiles[self._year] = profile


def _number(text: str) -> Decimal | None:
    try:
        number = Decimal(text.strip())
    except InvalidOperation:
        return None
    return number if number.is_finite() else None
