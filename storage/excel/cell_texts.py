"""What each cell of a sheet says, as a person reads it there and as the file keeps it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from openpyxl.utils.datetime import from_excel

from model.values.characters import about_unprintable, printable
from storage.excel import number_formats
from storage.excel.marks import Marks

Place = tuple[int, int]

_NO_VALUE = "是公式，但文件里没有它的计算结果，没有导入；请用Excel打开、重新计算并保存后再导入，或直接填写"
_ERROR = "是Excel的错误值，请改正"
_UNKNOWN_FORMAT = "数字格式不能识别，按原来的数值导入，请核对"
_NO_DATE = "是日期格式，但数值不是日期，按原来的数值导入，请核对"


def _nothing() -> Mapping[tuple[int, int], str]:
    return MappingProxyType({})


@dataclass(frozen=True, slots=True)
class SheetTexts:
    """The texts of one sheet by (row, column), counted from 0, and its merged ranges (``A1:B2``).

    ``odd`` are the places whose value is not a plain text in the file: a number, a date, a formula, an error.
    ``exact``, ``shown``, ``computed``, ``notes``, ``typed`` and ``printed`` are as in :class:`model.recognition.Grid`.
    ``is_cut`` says that the sheet goes on beyond what is read, ``has_lost_marks`` that nothing says any more what was
    typed. A sheet the workbook names but does not hold
    ``is_missing``.
    """

    name: str
    texts: dict[tuple[int, int], str]
    merges: frozenset[str]
    odd: frozenset[tuple[int, int]]
    exact: Mapping[tuple[int, int], str] = field(default_factory=_nothing)
    shown: Mapping[tuple[int, int], str] = field(default_factory=_nothing)
    computed: frozenset[tuple[int, int]] = frozenset()
    notes: Mapping[tuple[int, int], str] = field(default_factory=_nothing)
    typed: frozenset[tuple[int, int]] = frozenset()
    printed: frozenset[tuple[int, int]] = frozenset()
    has_lost_marks: bool = False
    is_cut: bool = False
    is_missing: bool = False


@dataclass(slots=True)
class CellTexts:
    """Collects the cells of one sheet.

    ``format_of`` tells the number format of a style, ``epoch`` is the day dates are counted from; ``marks`` are those
    of the workbook.
    """

    format_of: Callable[[int], str]
    epoch: datetime
    marks: Marks = field(default_factory=Marks)
    texts: dict[Place, str] = field(default_factory=dict)
    odd: set[Place] = field(default_factory=set)
    exact: dict[Place, str] = field(default_factory=dict)
    shown: dict[Place, str] = field(default_factory=dict)
    computed: set[Place] = field(default_factory=set)
    notes: dict[Place, str] = field(default_factory=dict)
    typed: set[Place] = field(default_factory=set)
    printed: set[Place] = field(default_factory=set)

    def of_sheet(self, name: str, merges: frozenset[str], *, is_cut: bool) -> SheetTexts:
        """The sheet these are the cells of."""
        return SheetTexts(
            name,
            self.texts,
            merges,
            frozenset(self.odd),
            self.exact,
            self.shown,
            frozenset(self.computed),
            self.notes,
            frozenset(self.typed),
            frozenset(self.printed),
            has_lost_marks=self.marks.are_promised and bool(self.texts) and not self.typed | self.printed,
            is_cut=is_cut,
        )

    def add(self, place: Place, cell: dict[str, Any]) -> None:
        """Take a cell as openpyxl's parser gives it, its text as it is read there."""
        value, kind = cell["value"], cell["data_type"]
        if cell["style_id"] in self.marks.typed:
            self.typed.add(place)
        elif cell["style_id"] in self.marks.printed:
            self.printed.add(place)
        if cell["is_formula"]:
            self.computed.add(place)
            if not cell["has_value"]:
                self.notes[place] = _NO_VALUE
        if value is None or value == "":
            return
        if kind == "s" and type(value) is str:
            self._add_text(place, value, cell)
            return
        self.odd.add(place)
        if kind == "e":
            self.notes[place] = _ERROR
            self.texts[place] = str(value)
        elif isinstance(value, bool) or not isinstance(value, int | float):
            self._add_other(place, value, cell)
        else:
            self._add_number(place, value, cell)

    def _add_text(self, place: Place, text: str, cell: dict[str, Any]) -> None:
        if said := about_unprintable(text):
            self.notes[place] = said
        plain = number_formats.format_text(printable(text), self.format_of(cell["style_id"]))
        if plain:
            self.texts[place] = plain
        if cell["is_formula"]:
            self.odd.add(place)

    def _add_other(self, place: Place, value: Any, cell: dict[str, Any]) -> None:
        if isinstance(value, datetime | date | time):
            self._add_moment(place, value, self.format_of(cell["style_id"]))
        else:
            self.texts[place] = str(value).upper() if isinstance(value, bool) else str(value)

    def _add_number(self, place: Place, value: Any, cell: dict[str, Any]) -> None:
        number = number_formats.exact_number(value)
        if not number.is_finite():
            self.texts[place] = str(value)
            return
        number_format = self.format_of(cell["style_id"])
        if number_formats.is_date_format(number_format):
            moment = self._moment(value)
            if moment is not None and (value >= 1 or number_formats.is_time_format(number_format)):
                self._add_moment(place, moment, number_format)
                return
            self.notes[place] = _NO_DATE
        self._add_formatted(place, number, number_format)

    def _add_formatted(self, place: Place, number: Decimal, number_format: str) -> None:
        plain = number_formats.plain(number)
        formatted = number_formats.format_number(number, number_format)
        self.exact[place] = plain
        if formatted is None:
            self.notes.setdefault(place, _UNKNOWN_FORMAT)
            self.texts[place] = self.shown[place] = plain
            return
        self.shown[place] = formatted.shown
        text = formatted.shown if place in self.computed else formatted.kept
        self.texts[place] = text or plain

    def _add_moment(self, place: Place, moment: Any, number_format: str) -> None:
        iso = f"{moment:%H:%M}" if isinstance(moment, time) else f"{moment:%Y-%m-%d}"
        shown = (
            number_formats.format_date(moment, number_format) if number_formats.is_date_format(number_format) else iso
        )
        self.exact[place] = iso
        self.texts[place] = self.shown[place] = shown or iso

    def _moment(self, value: Any) -> Any:
        try:
            moment = from_excel(value, self.epoch) if value >= 0 else None
        except (OverflowError, ValueError):
            return None
        return None if isinstance(moment, timedelta) else moment
