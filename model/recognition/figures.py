"""What stands in a cell for a figure: an amount in 元, points, a rate, a date. What is none stays as it was written."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

from model.recognition.grid import Area, Place
from model.values.money import parse_fen

_DASHES = frozenset(["-", "--", "—", "——", "–", "―", "－", "─", "──", "/", "／", "\\"])
_WAN = 10_000
_WAN_AMOUNT = re.compile(r"(?P<number>-?[\d,]+(?:\.\d+)?)(?:万元|万)")
_UNIT = re.compile(r"(?:[(（:：]|人民币|单位)\s*(?P<wan>万)?元\s*(?:[)）]|$)")
_MARKS = re.compile(r"(-?\d+(?:\.\d+)?)分")
_PLAIN = re.compile(r"-?\d+(?:\.\d+)?")
_CENT = Decimal("0.01")


def is_dash(text: str) -> bool:
    """Whether a text only says that there is nothing: —, -, /."""
    return text.strip() in _DASHES


def unit_named(text: str) -> int:
    """How many 元 one is in a label such as 项目资金（万元） or 单位：元; 0 when it names no unit of money."""
    found = _UNIT.search(text)
    if found is None:
        return 0
    return _WAN if found["wan"] else 1


@dataclass(slots=True)
class Amounts:
    """Reads the amounts of one form; ``factor`` is how many 元 one of its figures is, 0 where nothing says so."""

    area: Area
    factor: int
    converted: list[tuple[Place, str]] = field(default_factory=list)
    unread: list[Place] = field(default_factory=list)
    dashes: list[Place] = field(default_factory=list)

    def read(self, row: int, column: int) -> str:
        """The amount of a cell in 元 as the record keeps it, exact."""
        text = self.area.take(row, column)
        if not text.strip():
            return ""
        if is_dash(text):
            if self.area.is_typed(row, column):
                return text
            self.dashes.append((row, column))
            return ""
        plain = _plain_amount(self.area.grid.exact.get((row, column), text))
        in_wan = _WAN_AMOUNT.fullmatch("".join(text.split()))
        if in_wan is not None:
            return self._converted(row, column, Decimal(in_wan["number"].replace(",", "")))
        if self.factor != _WAN:
            return plain
        if not _PLAIN.fullmatch(plain):
            self.unread.append((row, column))
            return text
        return self._converted(row, column, Decimal(plain))

    def tell(self) -> None:
        """Doubts about what was converted, could not be, or was taken for blank."""
        area = self.area
        if self.converted:
            what = "、".join(yuan for _, yuan in self.converted)
            area.doubt(f"金额以万元为单位，已依次换算成{what}元，请核对", *(place for place, _ in self.converted))
        if self.unread:
            area.doubt("金额以万元为单位，这里不是数，没有换算，按原文导入，请改成以元为单位的数", *self.unread)
        if self.dashes:
            area.doubt("金额栏中的短横等按空白导入", *self.dashes)

    def _converted(self, row: int, column: int, number: Decimal) -> str:
        yuan = f"{number * _WAN:f}"
        yuan = yuan.rstrip("0").rstrip(".") if "." in yuan else yuan
        if number:
            self.converted.append(((row, column), yuan))
        return yuan


def _plain_amount(text: str) -> str:
    """An amount without the separators it was printed with; any other text as it is."""
    return text if parse_fen(text) is None else text.replace(",", "")


def figure(area: Area, row: int, column: int) -> str:
    """Points or a score: the value kept, or as printed where a formula gave it or it has more than two decimals.

    A figure that even its program shows with more decimals is rounded to two, and a person is told.
    """
    place = row, column
    text = area.take(row, column)
    exact = area.grid.exact.get(place)
    if exact is None and area.is_typed(row, column):
        return text
    if is_dash(text):
        return ""
    if exact is None or not _PLAIN.fullmatch(exact):
        marks = _MARKS.fullmatch("".join(text.split()))
        return marks[1] if marks else text
    if place not in area.grid.computed and _decimals(exact) <= 2:
        return exact
    shown = area.grid.shown.get(place, text)
    if _PLAIN.fullmatch(shown) and _decimals(shown) <= 2:
        return shown
    rounded = f"{Decimal(exact).quantize(_CENT, ROUND_HALF_UP)}"
    area.doubt(f"按两位小数读作{rounded}，请核对", place)
    return rounded


def rate(area: Area, row: int, column: int) -> str:
    """A rate as a per cent text of at most two decimals; 0.8621 kept without a format is 86.21%, and told."""
    place = row, column
    text = area.take(row, column)
    if place not in area.grid.exact and area.is_typed(row, column):
        return text
    if is_dash(text):
        return ""
    exact = area.grid.exact.get(place, text.strip())
    if not _PLAIN.fullmatch(exact):
        return text
    shown = area.grid.shown.get(place, text).strip()
    number = Decimal(exact)
    if shown.endswith(("%", "％")):
        if _decimals(shown.rstrip("%％")) <= 2:
            return shown
        percent = number * 100 if "%" in shown else number
    elif -2 < number < 2:
        percent = number * 100
    else:
        percent = number
    read = _percent(percent)
    area.doubt(f"读作{read}，请核对", place)
    return read


def _percent(number: Decimal) -> str:
    text = f"{number.quantize(_CENT, ROUND_HALF_UP):f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text) + "%"


def _decimals(text: str) -> int:
    return len(text.partition(".")[2].rstrip("0 "))


def as_date(area: Area, row: int, column: int) -> str:
    """A date cell as yyyy-MM-dd where its program keeps a date, else as written."""
    text = area.take(row, column)
    return area.grid.exact.get((row, column), text)
