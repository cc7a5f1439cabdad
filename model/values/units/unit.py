"""One measuring unit, and the magnitude words that stand before any of them (domain.md §5.6)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Context, Decimal
from fractions import Fraction
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
    its own, ``count:<text>``; of a quotient or product ``unlisted`` names the part that is in no table.
    ``periods_a_year`` says how often a year the period of a rate comes (次/月 12, 次/年 1; 0 of every other unit) and
    ``per_period_of`` what is counted in it (次).
    """

    name: str
    dimension: str
    factor: Decimal | Fraction = ONE
    base_name: str = ""
    known: bool = True
    unlisted: str = ""
    per_period_of: Unit | None = None
    periods_a_year: int = 0

    def to_base(self, amount: Decimal) -> Decimal:
        """``amount`` of this unit, in the base unit of its dimension; exact wherever a finite decimal exists."""
        if isinstance(self.factor, Decimal):
            return exact_product(amount, self.factor)
        exact = Fraction(amount) * self.factor
        return _PERIODIC.divide(Decimal(exact.numerator), Decimal(exact.denominator))


def exact_product(first: Decimal, second: Decimal) -> Decimal:
    """The product of two numbers without the rounding of the caller's decimal context."""
    return _EXACT.multiply(first, second)


def exact_factor(factor: Fraction) -> Decimal | Fraction:
    """A factor as a decimal where it has a finite one, else as the fraction it is."""
    rest = factor.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    return _EXACT.divide(Decimal(factor.numerator), Decimal(factor.denominator)) if rest == 1 else factor


def unknown_unit(text: str) -> Unit:
    """The stand-in for a unit that is in no table: comparable with itself only."""
    return Unit(name=text, dimension=f"count:{text}", base_name=text, known=False, unlisted=text)
