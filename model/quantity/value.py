"""What an indicator value means once it is read (domain.md §5.4)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from model.quantity.days import WrittenDay
from model.values.units import ONE, Unit, exact_product


class Kind(StrEnum):
    """The kinds of value (domain.md §5.3, §5.4, §5.7)."""

    QUANT = "quant"
    """A number with, usually, a comparator and a unit."""
    QUAL = "qual"
    """Words only."""
    QUAL_NUM = "qual_num"
    """Words that hold at least one comparison with a number."""
    RANGE = "range"
    """Two bounds: 10-15天, 85%-95%, 5%±1%."""
    RATIO = "ratio"
    """Two numbers or more set against each other: 1:3, ≤1:15."""
    RANK = "rank"
    """全国前3, 第4, 前10%."""
    DEADLINE = "deadline"
    """A date to keep: 2025年底前完成."""
    MISSING = "missing"
    """Blank, —, / or 无数据."""


class Comparator(StrEnum):
    """How an actual value is compared with a target; the value is the sign a declaration prints."""

    GE = "≥"
    GT = ">"
    EQ = "="
    LT = "<"
    LE = "≤"

    @property
    def symbol(self) -> str:
        """The one-character sign of the declaration form: ≥ > = < ≤."""
        return self.value

    @property
    def ascii(self) -> str:
        """The sign of the self-evaluation form: >= > = < <=."""
        return {"≥": ">=", "≤": "<="}.get(self.value, self.value)

    @property
    def is_negative(self) -> bool:
        """Whether less is better (反向指标)."""
        return self in (Comparator.LT, Comparator.LE)


class Style(StrEnum):
    """How a value is written."""

    TYPED = "typed"
    """As nobody prints it: kept, and printed in the style of its form."""
    DECLARATION = "declaration"
    """``≥2000.00(篇)``, ``≥1.90(亿条)``."""
    EVALUATION = "evaluation"
    """``>=2000篇``, ``>=4万个``."""


@dataclass(frozen=True, slots=True)
class Constraint:
    """One figure found in a text (``不少于10家``): ``text`` is the passage, the rest as in :class:`Value`.

    ``comparator`` is None when no word or sign compares (约100人); ``is_rough`` marks 余, 多, 左右 and 约.
    """

    comparator: Comparator | None
    number: Decimal
    magnitude: Decimal
    magnitude_text: str
    unit_raw: str
    unit: Unit | None
    text: str
    is_rough: bool = False

    @property
    def base(self) -> Decimal:
        """The number in the base unit of its dimension."""
        return base_of(self.number, self.magnitude, self.unit)


@dataclass(frozen=True, slots=True)
class Value:
    """An indicator value as read from a text; ``raw`` is that text, never changed.

    For a QUANT ``number`` is the number as typed (its decimals kept), ``magnitude`` 1, 10 … 1e8, ``unit_raw`` the unit
    with its magnitude as typed and ``unit`` what it means (None when no unit was typed; ``known`` False when it is in
    no table). ``base`` is number × magnitude × unit factor. ``has_comparator`` says whether one was typed, which on
    the actual side it must not be; there ``comparator`` is None all the same. For the other kinds ``text`` is the text
    without surrounding spaces. ``malformed`` marks a text that begins like a quantity but is none (VAL-002).

    ``before`` and ``after`` are words set aside round a quantity, a range or a ratio (已完成 12次 (含线上2次)); they do
    not count, but print. ``low`` and ``high`` are the bounds of a RANGE in its unit, ``ratio`` the numbers of a RATIO.
    ``rank_percent`` says that a rank is a share (前10%). ``day`` is the date of a DEADLINE as written; ``due_date`` is
    the last day of it once the year of the form is known. ``is_nothing`` marks words that say none (无, 无投诉,
    未发生): they count as 0 where the other side is a number.
    """

    kind: Kind
    raw: str
    comparator: Comparator | None = None
    has_comparator: bool = False
    number: Decimal | None = None
    magnitude: Decimal = ONE
    magnitude_text: str = ""
    unit_raw: str = ""
    unit: Unit | None = None
    base: Decimal | None = None
    text: str = ""
    constraints: tuple[Constraint, ...] = ()
    rank_limit: int | None = None
    rank_is_ordinal: bool = False
    rank_percent: bool = False
    due_date: date | None = None
    day: WrittenDay | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    ratio: tuple[Decimal, ...] = ()
    before: str = ""
    after: str = ""
    is_nothing: bool = False
    malformed: bool = False
    style: Style = Style.TYPED

    @property
    def dimension(self) -> str:
        """What is measured (domain.md §5.6), such as ``count:次`` or ``time``; empty without a unit."""
        return self.unit.dimension if self.unit is not None else ""


def base_of(number: Decimal, magnitude: Decimal, unit: Unit | None) -> Decimal:
    """number × magnitude × unit factor, exact."""
    amount = exact_product(number, magnitude)
    return unit.to_base(amount) if unit is not None else amount
