"""The table of units with what a clerk added to it: finding a unit by its spelling, alone or in running text."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from types import MappingProxyType

from model.values.units.algebra import JOINTS, composed
from model.values.units.listed import (
    ALIAS_GROUPS,
    CASE_MATTERS,
    COUNT_SPELLINGS,
    COUNTS,
    DIMENSIONS,
    OFFICIAL_QUOTIENTS,
)
from model.values.units.unit import MAGNITUDES, ONE, Unit, exact_factor, unknown_unit

# 百叶窗 and 十字架 are words; before an unknown unit only a 万 or 亿 is sure to be a magnitude.
_SURE_MAGNITUDES = tuple(word for word in MAGNITUDES if word[-1] in "万亿")


@dataclass(frozen=True, slots=True)
class UnitExpression:
    """A unit with the magnitude written before it: ``万人次`` is 10 000 × 人次, ``万`` is 10 000 of no unit."""

    magnitude: Decimal
    magnitude_text: str
    unit: Unit | None


class UnitTable:
    """The units a text may use, immutable. Two tables are equal when the clerk added the same units to them."""

    __slots__ = ("_by_initial", "_own", "_small", "_spellings")

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
        self._small = {
            name.lower(): unit
            for name, unit in spellings.items()
            if name.isascii() and name.upper() not in CASE_MATTERS
        }
        by_initial: dict[str, list[str]] = {}
        for name in spellings:
            by_initial.setdefault(name[0].lower(), []).append(name.lower())
        self._by_initial = {
            letter: tuple(sorted(dict.fromkeys(names), key=len, reverse=True)) for letter, names in by_initial.items()
        }

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

        Besides the listed units a quotient or product of them is known: ``元/人次`` is money per 人次.
        """
        spelling = _folded(text)
        unit = self._simple(spelling)
        return unit if unit is not None else composed(spelling, self._simple, text)

    def resolve(self, text: str) -> UnitExpression | None:
        """Read ``[magnitude] [unit]``, or None when the unit is unknown (domain.md §5.3, ambiguity 1).

        The whole text is tried first (万元 and 百分比 are units of their own), then the longest magnitude before it.
        """
        return _resolved(self, text)

    def _resolve(self, text: str) -> UnitExpression | None:
        unit = self.find(text)
        if unit is not None:
            return UnitExpression(ONE, "", unit)
        spelling = text.strip()
        for word, magnitude in MAGNITUDES.items():
            if spelling.startswith(word):
                rest = spelling[len(word) :]
                unit = self.find(rest) if rest else None
                if unit is not None or not rest:
                    return UnitExpression(magnitude, word, unit)
        return None

    def unlisted(self, text: str) -> UnitExpression:
        """What a unit that :meth:`resolve` does not know means: a magnitude, and a unit that compares with itself.

        A quotient with an unlisted part (``元/樽``) still knows its other parts.
        """
        word = next((word for word in _SURE_MAGNITUDES if text.startswith(word) and len(text) > len(word)), "")
        rest = text[len(word) :]
        unit = composed(_folded(rest), self._simple_or_unknown, rest, bare=True) or unknown_unit(rest)
        return UnitExpression(MAGNITUDES.get(word, ONE), word, unit)

    def leading(self, text: str) -> tuple[str, UnitExpression] | None:
        """The longest unit a running text begins with, as spelled and as read, or None."""
        start = next((len(word) for word in MAGNITUDES if text.startswith(word)), 0)
        ends = {self._simple_end(text, 0), self._simple_end(text, start) if start else 0}
        for end in sorted(ends, reverse=True):
            if not end:
                continue
            spelling = text[: self._joined_end(text, end)]
            expression = self.resolve(spelling)
            if expression is None:
                spelling = text[:end]
                expression = self.resolve(spelling)
            if expression is not None:
                return spelling, expression
        return (text[:start], UnitExpression(MAGNITUDES[text[:start]], text[:start], None)) if start else None

    def aliased(self, first: Unit, second: Unit) -> bool:
        """Whether two different count units mean the same thing in practice and compare one to one (EVL-029)."""
        names = {first.name, second.name}
        return len(names) == 2 and any(names <= group for _source, group in ALIAS_GROUPS)

    def _simple(self, spelling: str) -> Unit | None:
        unit = self._spellings.get(spelling)
        if unit is None and spelling.isascii() and spelling not in CASE_MATTERS:
            unit = self._small.get(spelling.lower())
        return unit

    def _simple_or_unknown(self, spelling: str) -> Unit | None:
        unit = self._simple(spelling)
        return unit if unit is not None or not spelling.isalpha() else unknown_unit(spelling)

    def _simple_end(self, text: str, start: int) -> int:
        """Where the longest listed unit at ``start`` ends, 0 for none."""
        for name in self._by_initial.get(text[start : start + 1].lower(), ()):
            end = start + len(name)
            if text[start:end].lower() == name and text[start:end] not in CASE_MATTERS and not _cuts_a_word(text, end):
                return end
        return 0

    def _joined_end(self, text: str, end: int) -> int:
        """How far a quotient or product goes on after its first part."""
        while text[end : end + 1] and text[end] in JOINTS:
            following = self._simple_end(text, end + 1)
            if not following:
                break
            end = following
        return end


@lru_cache(maxsize=4096)
def _resolved(units: UnitTable, text: str) -> UnitExpression | None:
    return units._resolve(text)


def _cuts_a_word(text: str, length: int) -> bool:
    """Whether taking ``length`` characters would end inside a word of Latin letters ("5 server" is not 5 s)."""
    following = text[length : length + 1]
    return text[length - 1].isascii() and text[length - 1].isalpha() and following.isascii() and following.isalpha()


def _folded(text: str) -> str:
    if text.isascii():
        return text.strip()
    return "".join(unicodedata.normalize("NFKC", text).split())


def _standard_spellings() -> dict[str, Unit]:
    spellings: dict[str, Unit] = {}
    for _source, names in COUNTS:
        for name in names:
            spellings[name] = Unit(name, f"count:{name}", ONE, name)
    for name, others in COUNT_SPELLINGS:
        for spelling in others:
            spellings[_folded(spelling)] = spellings[name]
    for dimension in DIMENSIONS:
        for listed in dimension.units:
            unit = Unit(listed.name, dimension.name, exact_factor(listed.exact), dimension.base)
            for spelling in (listed.name, *listed.spellings):
                spellings[_folded(spelling)] = unit
                spellings[spelling] = unit  # running text keeps its ㎡ and m²
    return spellings


_STANDARD_SPELLINGS: Mapping[str, Unit] = MappingProxyType(_standard_spellings())
_STANDARD_NAMES = (*dict.fromkeys(unit.name for unit in _STANDARD_SPELLINGS.values()), *OFFICIAL_QUOTIENTS)


@lru_cache(maxsize=16)
def _table(own: tuple[str, ...]) -> UnitTable:
    return UnitTable(own)


STANDARD: UnitTable = UnitTable()
"""The units of domain.md §5.6 and §5.7 without a clerk's own."""
