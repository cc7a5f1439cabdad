"""The page of the settings that holds the scoring profiles: one default, and one for each year that departs from it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from gui.desk.choices import Choice, Number
from gui.desk.dialog import field_rows
from gui.desk.flow_row import FlowRow
from gui.desk.signs import Sign, SignedLabel
from gui.settings.number_field import NumberField, Problem, number_of, plain
from model.options import options_of
from model.settings import ScoringProfile, Settings, WeightProfile
from model.values.dates import BUDGET_YEARS

HUNDRED = Decimal(100)
NUMBER_WIDTH = 48
_BETWEEN_GROUPS = 12
OPTIONS = options_of(ScoringProfile)
CHOICES = {name: said for name, said in OPTIONS.items() if said.choices}
WEIGHTS = ("成本", "产出", "效益", "满意度", "执行")


@dataclass(frozen=True, slots=True)
class _Typed:
    """One profile as it stands in the fields: what cannot be read is kept as typed until it is saved."""

    choices: tuple[StrEnum, ...]
    weights: tuple[str, ...]
    bands: tuple[str, ...]
    reason_from: str

    @classmethod
    def of(cls, profile: ScoringProfile) -> _Typed:
        return cls(
            tuple(getattr(profile, name) for name in CHOICES),
            tuple(map(plain, profile.custom_weights)),
            (plain(profile.band_achieved), plain(profile.band_partly)),
            plain(profile.reason_from_percent),
        )

    @property
    def is_custom(self) -> bool:
        return WeightProfile.CUSTOM in self.choices

    @property
    def total(self) -> Decimal | None:
        """The sum of the custom weights, None when one of them is no number."""
        numbers = [number_of(text) for text in self.weights]
        return None if None in numbers else sum((number for number in numbers if number is not None), Decimal(0))

    @property
    def has_good_weights(self) -> bool:
        return not self.is_custom or self.total == HUNDRED

    @property
    def has_good_bands(self) -> bool:
        achieved, partly = map(number_of, self.bands)
        return achieved is not None and partly is not None and HUNDRED > achieved > partly > 0

    @property
    def has_good_reason_limit(self) -> bool:
        limit = number_of(self.reason_from)
        return limit is not None and (limit == 0 or limit >= HUNDRED)

    def profile(self) -> ScoringProfile:
        """The profile meant. Weights that do not count and cannot be read are those of the default."""
        values: dict[str, Any] = dict(zip(CHOICES, self.choices, strict=True))
        if self.total is not None:
            values["custom_weights"] = tuple(map(number_of, self.weights))
        values["band_achieved"], values["band_partly"] = map(number_of, self.bands)
        values["reason_from_percent"] = number_of(self.reason_from)
        return replace(ScoringProfile(), **values)


class ProfilePage(QWidget):
    """Edits the profile of the year chosen at the top; the first entry is the default of all other years."""

    def __init__(self, settings: Settings, year: int, parent: QWidget | None = None) -> None:
        """``year`` is the year most likely to be set apart."""
        super().__init__(parent)
        self._typed: dict[int | None, _Typed] = {None: _Typed.of(settings.default_profile)}
        self._typed |= {year: _Typed.of(profile) for year, profile in sorted(settings.profiles.items())}
        self._year: int | None = None
        self.year = Choice(self)
        self.new_year = Number(self)
        self.new_year.setRange(BUDGET_YEARS[0], BUDGET_YEARS[-1])
        self.new_year.setSuffix(" 年度")
        self.new_year.setValue(year)
        self.new_year.setAccessibleName("要单独设置的年度")
        self.add_year = QPushButton("单独设置(&A)", self)
        self.remove_year = QPushButton("改用默认方案(&R)", self)
        self.choices: dict[str, QComboBox] = {}
        for name, said in CHOICES.items():
            self.choices[name] = Choice(self)
            for value, text in said.choices.items():
                self.choices[name].addItem(text, value)
        self.weights = [NumberField(f"{name}分值", NUMBER_WIDTH, self) for name in WEIGHTS]
        self.bands = [NumberField(OPTIONS[name].label, NUMBER_WIDTH, self) for name in ("band_achieved", "band_partly")]
        self.reason_from = NumberField(OPTIONS["reason_from_percent"].label, NUMBER_WIDTH, self)
        self.total = SignedLabel(self)
        self._lay_out()
        self._list_years()
        self._show()
        self.year.currentIndexChanged.connect(self._switch)
        self.add_year.clicked.connect(self._add_year)
        self.remove_year.clicked.connect(self._remove_year)
        self.choices["weights"].currentIndexChanged.connect(self._show_weights)
        for field in self.weights:
            field.textChanged.connect(self._show_weights)

    def problem(self) -> Problem | None:
        """What keeps the page from being saved, of whichever year; that year is then on the page."""
        self._keep()
        for year, typed in self._typed.items():
            if typed.has_good_weights and typed.has_good_bands and typed.has_good_reason_limit:
                continue
            self._go_to(year)
            about = f"“{self.year.currentText()}”方案：" if len(self._typed) > 1 else ""
            if not typed.has_good_weights:
                field = next((field for field in self.weights if field.number is None), self.weights[0])
                return Problem(f"{about}自定义分值的五项须为不小于0的数，合计100。", field)
            if not typed.has_good_reason_limit:
                return Problem(f"{about}须填原因的百分数应为0（不要求）或不小于100的数。", self.reason_from)
            return Problem(f"{about}达成下限应小于100，且大于部分达成下限。", self.bands[0])
        return None

    def typed(self) -> object:
        """What stands in the fields of every year, to be compared with what stood there before."""
        self._keep()
        return dict(self._typed)

    def profiles(self) -> tuple[ScoringProfile, Mapping[int, ScoringProfile]]:
        """The default profile and those of single years; call only when there is no :meth:`problem`."""
        self._keep()
        profiles = {year: typed.profile() for year, typed in self._typed.items() if year is not None}
        return self._typed[None].profile(), MappingProxyType(profiles)

    def _lay_out(self) -> None:
        years = _in_a_row((self.year,), (self.new_year, self.add_year), (self.remove_year,))
        rows = [(said.label, self.choices[name]) for name, said in CHOICES.items()]
        form = field_rows(*rows)
        form.insertRow(0, self._label("适用年度(&P)", self.year), years)
        form.addRow("自定义分值", _in_a_row(*zip(WEIGHTS, self.weights, strict=True)))
        form.addRow("", self.total)
        bands = _in_a_row(("达成 ≥", self.bands[0], "%"), ("部分达成 ≥", self.bands[1], "%"))
        form.addRow("定性指标等级", bands)
        form.addRow(
            "超额须填原因", _in_a_row(("完成值 ≥ 指标值的", self.reason_from, "%"), ("（0为不要求；广西为130）",))
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 12, 0, 4)
        layout.addLayout(form)
        layout.addStretch(1)
        for button in (self.add_year, self.remove_year):
            button.setAutoDefault(False)

    def _label(self, text: str, field: QWidget) -> QLabel:
        label = QLabel(text, self)
        label.setBuddy(field)
        field.setAccessibleName("计分方案适用的年度")
        return label

    def _list_years(self) -> None:
        with QSignalBlocker(self.year):
            self.year.clear()
            for year in sorted(self._typed, key=lambda year: year or 0):
                self.year.addItem(f"{year} 年度" if year is not None else "默认（各年度）", year)
            self.year.setCurrentIndex(self.year.findData(self._year))

    def _add_year(self) -> None:
        self._keep()
        year = self.new_year.value()
        self._typed.setdefault(year, self._typed[self._year])
        self._go_to(year)

    def _remove_year(self) -> None:
        if self._year is not None:
            del self._typed[self._year]
        self._go_to(None)
        self.year.setFocus()

    def _switch(self) -> None:
        self._keep()
        self._go_to(self.year.currentData())

    def _go_to(self, year: int | None) -> None:
        self._year = year
        self._list_years()
        self._show()

    def _show(self) -> None:
        typed = self._typed[self._year]
        for name, choice in zip(CHOICES, typed.choices, strict=True):
            self.choices[name].setCurrentIndex(self.choices[name].findData(choice))
        for field, text in zip([*self.weights, *self.bands], [*typed.weights, *typed.bands], strict=True):
            field.setText(text)
        self.reason_from.setText(typed.reason_from)
        self.remove_year.setEnabled(self._year is not None)
        self._show_weights()

    def _show_weights(self) -> None:
        typed = self._read()
        for field in self.weights:
            field.setEnabled(typed.is_custom)
        total = plain(typed.total) if typed.total is not None else "—"
        self.total.setText(f"合计 {total}" if typed.has_good_weights else f"合计 {total}，应为 100")
        self.total.set_sign(None if typed.has_good_weights else Sign.ERROR)
        self.total.setEnabled(typed.is_custom)

    def _read(self) -> _Typed:
        # Qt hands an enumeration's plain text back
        choices = (type(next(iter(said.choices)))(self.choices[name].currentData()) for name, said in CHOICES.items())
        return _Typed(
            tuple(choices),
            tuple(field.text() for field in self.weights),
            tuple(field.text() for field in self.bands),
            self.reason_from.text(),
        )

    def _keep(self) -> None:
        self._typed[self._year] = self._read()


def _in_a_row(*groups: Sequence[QWidget | str]) -> FlowRow:
    """Fields and words side by side; those of a group stay together in larger text."""
    row = FlowRow(_BETWEEN_GROUPS)
    for group in groups:
        together = QHBoxLayout()
        together.setSpacing(6)
        for part in group:
            together.addWidget(QLabel(part) if isinstance(part, str) else part)
        row.add_row(together)
    return row
