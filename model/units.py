"""Measuring units: spellings, dimensions, exact conversion factors, alias groups (domain.md §5.6)."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Context, Decimal
from fractions import Fraction
from functools import lru_cache
from types import MappingProxyType

MAGNITUDES: Mapping[str, Decimal] = MappingProxyType(
    {
        "十万": Decimal(100_000),
        "百万": Decimal(1_000_000),
        "千万": Decimal(10_000_000),
        "十": Decimal(10),
        "百": Decimal(100),
        "千": Decimal(1_000),
        "万": Decimal(10_000),
        "亿": Decimal(100_000_000),
    }
)
"""Magnitude words and what they multiply a number by, the longer words first."""

ONE = Decimal(1)

# Wide enough for any number the grammar accepts, so that a product is never rounded.
_EXACT = Context(prec=80, rounding=ROUND_HALF_EVEN)
# A third of 亩 has no finite decimal: 28 digits, the same for every amount.
_PERIODIC = Context(prec=28, rounding=ROUND_HALF_EVEN)


@dataclass(frozen=True, slots=True)
class Unit:
    """One measuring unit. ``factor`` turns an amount of it into ``base_name``, the base unit of its ``dimension``.

    Units of one dimension convert into each other. A unit that is in no table has ``known`` False and a dimension of
    its own, ``count:<text>``.
    """

    name: str
    dimension: str
    factor: Decimal | Fraction = ONE
    base_name: str = ""
    known: bool = True

    def to_base(self, amount: Decimal) -> Decimal:
        """``amount`` of this unit, in the base unit of its dimension; exact wherever a finite decimal exists."""
        if isinstance(self.factor, Decimal):
            return exact_product(amount, self.factor)
        exact = Fraction(amount) * self.factor
        return _PERIODIC.divide(Decimal(exact.numerator), Decimal(exact.denominator))


@dataclass(frozen=True, slots=True)
class UnitExpression:
    """A unit with the magnitude written before it: ``万人次`` is 10 000 × 人次, ``万`` is 10 000 of no unit."""

    magnitude: Decimal
    magnitude_text: str
    unit: Unit | None


def exact_product(first: Decimal, second: Decimal) -> Decimal:
    """The product of two numbers without the rounding of the caller's decimal context."""
    return _EXACT.multiply(first, second)


def unknown_unit(text: str) -> Unit:
    """The stand-in for a unit that is in no table: comparable with itself only."""
    return Unit(name=text, dimension=f"count:{text}", base_name=text, known=False)


class UnitTable:
    """The units a text may use, immutable. Two tables are equal when the clerk added the same units to them."""

    __slots__ = ("_initials", "_longest", "_own", "_spellings")

    def __init__(self, own: tuple[str, ...] = ()) -> None:
        spellings = dict(_STANDARD_SPELLINGS)
        added = []
        for name in own:
            spelling = _folded(name)
            if spelling and spelling not in spellings and spelling not in MAGNITUDES:
                spellings[spelling] = Unit(name=spelling, dimension=f"count:{spelling}", base_name=spelling)
                added.append(spelling)
        self._own = tuple(added)
        self._spellings = spellings
        self._longest = max(map(len, spellings))
        initials = {name[0] for name in (*spellings, *MAGNITUDES)}
        self._initials = frozenset(case for letter in initials for case in (letter, letter.lower(), letter.upper()))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, UnitTable) and other._own == self._own

    def __hash__(self) -> int:
        return hash(self._own)

    def with_own(self, names: Iterable[str]) -> UnitTable:
        """This table with the units a clerk added to it, each a count of its own; names already known add nothing."""
        own = tuple(names)
        return _table((*self._own, *own)) if own else self

    def names(self) -> tuple[str, ...]:
        """The canonical names, the clerk's own last, to complete what is typed."""
        return (*_STANDARD_NAMES, *self._own)

    def find(self, text: str) -> Unit | None:
        """The unit a text spells, without a magnitude, or None when it is in no table.

        Besides the listed units a quotient of two of them is known: ``元/人次`` is money per 人次.
        """
        spelling = _folded(text)
        unit = self._simple(spelling)
        return unit if unit is not None else self._quotient(spelling)

    def resolve(self, text: str) -> UnitExpression | None:
        """Read ``[magnitude] [unit]``, or None when the unit is unknown (domain.md §5.3, ambiguity 1).

        The whole text is tried first (万元 and 百分比 are units of their own), then the longest magnitude before it.
        """
        spelling = _folded(text)
        unit = self.find(spelling)
        if unit is not None:
            return UnitExpression(ONE, "", unit)
        for word, magnitude in MAGNITUDES.items():
            if spelling.startswith(word):
                rest = spelling[len(word) :]
                unit = self.find(rest) if rest else None
                if unit is not None or not rest:
                    return UnitExpression(magnitude, word, unit)
        return None

    def leading(self, text: str) -> tuple[str, UnitExpression] | None:
        """The longest unit a running text begins with, as spelled and as read, or None."""
        if text[:1] not in self._initials:
            return None  # most numbers in a text are followed by no unit, and this runs on every keystroke
        for length in range(min(len(text), self._longest + 2), 0, -1):
            spelling = text[:length]
            if _cuts_a_word(text, length):
                continue
            expression = self.resolve(spelling)
            if expression is not None:
                return spelling, expression
        return None

    def aliased(self, first: Unit, second: Unit) -> bool:
        """Whether two different count units mean the same thing in practice and compare one to one (EVL-029)."""
        names = {first.name, second.name}
        return len(names) == 2 and any(names <= group for group in _ALIAS_GROUPS)

    def _simple(self, spelling: str) -> Unit | None:
        unit = self._spellings.get(spelling)
        if unit is None and spelling.isascii():
            unit = self._spellings.get(spelling.lower()) or self._spellings.get(spelling.upper())
        return unit

    def _quotient(self, spelling: str) -> Unit | None:
        above, slash, below = spelling.partition("/")
        if not (slash and above and below):
            return None
        dividend, divisor = self._simple(above), self._simple(below)
        if dividend is None or divisor is None or "ratio" in (dividend.dimension, divisor.dimension):
            return None
        # Per month is 次/月, although the unit of a duration is 个月.
        per = "月" if divisor.name == "个月" else divisor.name
        name = f"{dividend.name}/{per}"
        if dividend.dimension == "money":
            return Unit(name, f"money/{per}", dividend.factor, f"元/{per}")
        return Unit(name, f"rate:{name}", ONE, name)


def _cuts_a_word(text: str, length: int) -> bool:
    """Whether taking ``length`` characters would end inside a word of Latin letters ("5 server" is not 5 s)."""
    following = text[length : length + 1]
    return text[length - 1].isascii() and text[length - 1].isalpha() and following.isascii() and following.isalpha()


def _folded(text: str) -> str:
    if text.isascii():
        return text.strip()
    return "".join(unicodedata.normalize("NFKC", text).split())


_COUNTS = (
    *("个", "个省市", "人", "人次", "件", "份", "台套", "名", "场", "场次", "家", "家次", "期", "本", "条", "根"),
    *("次", "篇", "组", "课时", "部", "门", "项"),
)

# dimension, base unit, then (canonical name, factor, further spellings)
_CONVERSIONS: tuple[tuple[str, str, tuple[tuple[str, Decimal | Fraction, tuple[str, ...]], ...]], ...] = (
    (
        "ratio",
        "1",
        (
            ("%", Decimal("0.01"), ("百分比",)),
            ("‰", Decimal("0.001"), ()),
            ("倍", ONE, ()),
            ("个百分点", Decimal("0.01"), ("百分点",)),
        ),
    ),
    (
        "time",
        "秒",
        (
            ("毫秒", Decimal("0.001"), ("ms",)),
            ("秒", ONE, ("s", "sec")),
            ("分钟", Decimal(60), ("分", "min")),
            ("小时", Decimal(3_600), ("h",)),
            ("天", Decimal(86_400), ("日",)),
        ),
    ),
    ("worktime", "个工作日", (("个工作日", ONE, ("工作日",)),)),
    (
        "month",
        "月",
        (("个月", ONE, ("月",)), ("季度", Decimal(3), ("个季度",)), ("年", Decimal(12), ())),
    ),
    (
        "money",
        "元",
        (
            ("元", ONE, ()),
            ("千元", Decimal(1_000), ()),
            ("万元", Decimal(10_000), ()),
            ("亿元", Decimal(100_000_000), ()),
        ),
    ),
    ("rate:次/月", "次/月", (("次/月", ONE, ()), ("次/年", Fraction(1, 12), ()))),
    (
        "area",
        "平方米",
        (
            ("平方米", ONE, ("m2", "㎡", "m²")),
            ("亩", Fraction(2_000, 3), ()),
            ("公顷", Decimal(10_000), ()),
        ),
    ),
    ("length", "米", (("米", ONE, ()), ("公里", Decimal(1_000), ("千米",)))),
    (
        "data",
        "GB",
        (
            ("MB", _EXACT.divide(ONE, Decimal(1_024)), ()),
            ("GB", ONE, ()),
            ("TB", Decimal(1_024), ()),
        ),
    ),
    ("ordinal:级", "级", (("级", ONE, ()),)),
)

_OFFICIAL_QUOTIENTS = ("元/人", "元/人次", "元/家", "元/家次", "元/本", "元/份", "元/平方米")

_ALIAS_GROUPS = (
    frozenset({"场", "场次"}),
    frozenset({"人", "人次", "名"}),
    frozenset({"家", "家次"}),
    frozenset({"次", "场次"}),
    frozenset({"个", "项"}),
)


def _standard_spellings() -> dict[str, Unit]:
    spellings: dict[str, Unit] = {}
    for name in _COUNTS:
        spellings[name] = Unit(name, f"count:{name}", ONE, name)
    spellings["台(套)"] = spellings["台套"]
    for dimension, base_name, members in _CONVERSIONS:
        for name, factor, others in members:
            unit = Unit(name, dimension, factor, base_name)
            for spelling in (name, *others):
                spellings[_folded(spelling)] = unit
    return spellings


_STANDARD_SPELLINGS: Mapping[str, Unit] = MappingProxyType(_standard_spellings())
_STANDARD_NAMES = (*dict.fromkeys(unit.name for unit in _STANDARD_SPELLINGS.values()), *_OFFICIAL_QUOTIENTS)


@lru_cache(maxsize=16)
def _table(own: tuple[str, ...]) -> UnitTable:
    return UnitTable(own)


STANDARD: UnitTable = UnitTable()
"""The units of domain.md §5.6 without a clerk's own."""
