"""Units made of units: quotients and products of any number of parts, in any order (domain.md §5.7).

``元/人·月``, ``58元/标箱/年``, ``17元/人.每天`` and ``3100元每平方米`` are money per product of two things or per one.
Two of them convert into each other when they have the same factors, each part by its own (元/亩 and 元/平方米).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from model.values.units.unit import Unit, exact_factor

_SLASH = re.compile(r"(?<![·•・∙⋅*×.])每|/每?")
_DOT = re.compile(r"[·•・∙⋅*×]每?")
_DOT_BELOW = re.compile(r"[·•・∙⋅*×.]每?")
"""Behind a stroke a full stop is a dot, too: 元/人.天."""
JOINTS = "/每·•・∙⋅*×"
"""What may stand between two parts of a unit in running text (a full stop ends a sentence there)."""

_PERIODS = {"天": 365, "周": 52, "个月": 12, "季度": 4, "半年": 2, "年": 1}
_IN_QUOTIENTS = {"d": "天", "a": "年"}
"""Letters that are a unit only behind a stroke (m³/d, t/a)."""
_DIVISOR_NAMES = {"个月": "月"}
# 1 m³/h is no 24 m³ a day of work, but it is one of flow: a rate is counted by the day, so that 吨/日 keeps its number.
_DAY = 86_400
_SYMBOLS = re.compile(r"[A-Za-z0-9²³^/·*.μ]+")


@dataclass(frozen=True, slots=True)
class _Part:
    """One factor of a product: what it is called, the base unit it is counted in, and how many of that it is."""

    name: str
    base: str
    factor: Fraction


def composed(spelling: str, find: Callable[[str], Unit | None], typed: str, *, bare: bool = False) -> Unit | None:
    """The unit a quotient or product spells, or None when it is none or a part is unknown to ``find``.

    ``typed`` is the spelling before it was folded; a unit written in symbols throughout (m³/h) keeps them as its name.
    With ``bare`` a stroke may come first: ``/月`` is a rate of whatever is counted.
    """
    above, *below = _SLASH.split(spelling)
    tops = [word for word in _DOT.split(above) if word]
    bottoms = [_IN_QUOTIENTS.get(word, word) for segment in below for word in _DOT_BELOW.split(segment)]
    if not (tops or (bare and not above)) or not all(bottoms) or not (below or len(tops) > 1):
        return None
    dividends, divisors = [find(word) for word in tops], [find(word) for word in bottoms]
    found = [unit for unit in (*dividends, *divisors) if unit is not None]
    if len(found) < len(tops) + len(bottoms) or any(unit.dimension == "ratio" for unit in found):
        return None
    top = _product([unit for unit in dividends if unit is not None])
    bottom = [_divisor(unit, word) for unit, word in zip(divisors, bottoms, strict=True) if unit is not None]
    factor = Fraction(1)
    for part in top:
        factor *= part.factor
    for part in bottom:
        factor /= part.factor
    base = _name([part.base for part in top], [part.base for part in bottom])
    name = _name([part.name for part in top], [part.name for part in bottom])
    kind = "money" if base.startswith("元/") else "rate:" if bottom else "product:"
    period = _period(divisors)
    return Unit(
        typed if _SYMBOLS.fullmatch(typed) else name,
        "money/" + "·".join(sorted(part.base for part in bottom)) if kind == "money" else kind + _in_order(top, bottom),
        exact_factor(factor),
        base,
        known=all(unit.known for unit in found),
        unlisted=next((unit.unlisted for unit in found if not unit.known), ""),
        per_period_of=dividends[0] if period and len(dividends) == 1 else None,
        periods_a_year=period,
    )


def _product(units: list[Unit]) -> list[_Part]:
    """The factors above the stroke. One alone converts as it does elsewhere; in a product (人·天) time does not."""
    if len(units) == 1:
        unit = units[0]
        return [_Part(unit.name, unit.base_name, Fraction(unit.factor))]
    return [
        _Part(_DIVISOR_NAMES.get(unit.name, unit.name), _DIVISOR_NAMES.get(unit.name, unit.name), Fraction(1))
        if unit.dimension in ("time", "month", "worktime")
        else _Part(unit.name, unit.base_name, Fraction(unit.factor))
        for unit in units
    ]


def _divisor(unit: Unit, word: str) -> _Part:
    factor = Fraction(unit.factor)
    if unit.dimension == "time":
        return _Part("日" if word == "日" else unit.name, "天", factor / _DAY)  # 吨/日 is a word of its own
    return _Part(_DIVISOR_NAMES.get(unit.name, unit.name), unit.base_name, factor)


def _name(tops: list[str], bottoms: list[str]) -> str:
    return "·".join(tops) + ("/" + "·".join(bottoms) if bottoms else "")


def _in_order(top: list[_Part], bottom: list[_Part]) -> str:
    """The same text for the same factors in any order."""
    return _name(sorted(part.base for part in top), sorted(part.base for part in bottom))


def _period(divisors: list[Unit | None]) -> int:
    """How many periods of a rate (次/月) a year has, or 0 when it is no rate of a period alone."""
    return _PERIODS.get(divisors[0].name, 0) if len(divisors) == 1 and divisors[0] is not None else 0
