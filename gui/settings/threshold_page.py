"""The page of the settings that holds the limits marked † in domain.md §9."""

from __future__ import annotations

from dataclasses import fields
from decimal import Decimal

from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from gui.desk.dialog import field_rows, scrolled, snug
from gui.settings.number_field import NumberField, Problem, plain
from model.options import options_of
from model.settings import Thresholds

NUMBER_WIDTH = 96
OPTIONS = options_of(Thresholds)
_DEFAULTS = Thresholds()


class ThresholdPage(QWidget):
    """A field for every threshold, and a button back to the defaults."""

    def __init__(self, thresholds: Thresholds, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        body = QWidget(self)
        self.fields = {name: NumberField(said.label, NUMBER_WIDTH, body) for name, said in OPTIONS.items()}
        self._beside = {name: QLabel(body) for name in OPTIONS}
        self.area = scrolled(body)
        self.area.setParent(self)
        self.reset = QPushButton("恢复默认(&R)", self)  # after the fields: the keyboard comes to them first
        self.reset.setAutoDefault(False)
        snug(self.reset)
        self.reset.clicked.connect(lambda: self._show(Thresholds()))
        form = field_rows(*((OPTIONS[name].label, self._row(body, name)) for name in OPTIONS))
        for name, field in self.fields.items():
            field.setAccessibleName(OPTIONS[name].label)
            field.textChanged.connect(lambda _text, one=name: self._say(one))
        page = QVBoxLayout(body)
        page.setContentsMargins(0, 4, 0, 4)
        page.addLayout(form)
        page.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        self._show(thresholds)
        layout.addWidget(self.area, 1)
        layout.addWidget(self.reset)

    def problem(self) -> Problem | None:
        """What keeps the page from being saved, None when nothing does."""
        for name, field in self.fields.items():
            if field.number is None:
                return Problem(f"“{OPTIONS[name].label}”应为不小于0的数。", field)
        for low, high in ((name, said.at_most) for name, said in OPTIONS.items() if said.at_most):
            if (self.fields[low].number or 0) > (self.fields[high].number or 0):
                return Problem(f"“{OPTIONS[low].label}”不能大于“{OPTIONS[high].label}”。", self.fields[low])
        return None

    def thresholds(self) -> Thresholds:
        """The thresholds as typed; call only when there is no :meth:`problem`."""
        return Thresholds(**{name: field.number or Decimal(0) for name, field in self.fields.items()})

    def _row(self, body: QWidget, name: str) -> QWidget:
        """A field with its unit, and its default where it has another number."""
        row = QWidget(body)
        self._beside[name].setProperty("muted", "true")
        layout = QHBoxLayout(row)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.fields[name])
        layout.addWidget(self._beside[name], 1)
        return row

    def _say(self, name: str) -> None:
        unit, default = OPTIONS[name].unit, getattr(_DEFAULTS, name)
        is_default = self.fields[name].number == default
        words = unit if is_default else f"{unit}（默认 {plain(default)}）"
        self._beside[name].setText(words)
        self.fields[name].setAccessibleDescription(words)

    def _show(self, thresholds: Thresholds) -> None:
        for spec in fields(Thresholds):
            self.fields[spec.name].setText(plain(getattr(thresholds, spec.name)))
            self._say(spec.name)
