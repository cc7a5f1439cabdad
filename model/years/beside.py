"""A line beside the line of an earlier year, in the words of the grid and of the sheet: what was aimed at, what was
reached, and by how much it changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from model.quantity import Value, parse, parse_actual
from model.records import EvaluatedIndicator, Indicator
from model.values.taxonomy import is_timely
from model.values.units import UnitTable
from model.years.earlier import Earlier, change_percent
from model.years.lines import LineMatch, match_lines


@dataclass(frozen=True, slots=True)
class Beside:
    """What the earlier line says, as typed. ``change`` is what became of the actual value where this line has one,
    of the target else, as ``+12.5%``; "" where it means nothing. ``may_be`` are the names of the lines that may be
    meant where none is for certain."""

    target: str = ""
    actual: str = ""
    change: str = ""
    may_be: tuple[str, ...] = ()


NOTHING_BESIDE = Beside()


def match_with(earlier: Earlier | None, lines: Sequence[Indicator]) -> tuple[LineMatch[Indicator], ...]:
    """What each line of a form continues of what its project was; nothing for a new project."""
    return match_lines(lines, earlier.lines if earlier is not None else ())


def beside(line: Indicator, match: LineMatch[Indicator], years: tuple[int, int], units: UnitTable) -> Beside:
    """A line beside the one it continues; ``years`` are its own and that of the earlier project."""
    if match.same is None:
        return Beside(may_be=tuple(one.name for one in match.may_be)) if match.may_be else NOTHING_BESIDE
    before = match.same
    now, earlier = years
    if isinstance(line, EvaluatedIndicator) and line.actual_text.strip():
        change = change_percent(_actual(before, earlier, units), _actual(line, now, units), units)
    else:
        change = change_percent(_target(before, earlier, units), _target(line, now, units), units)
    return Beside(before.target_text, _actual_text(before), in_words(change))


def in_words(change: Decimal | None) -> str:
    """A change as ``+12.5%``, ``-30%`` or ``0%``; "" for none."""
    if change is None:
        return ""
    text = f"{change:.1f}".removesuffix(".0")
    return f"+{text}%" if change > 0 else f"{text}%".replace("-0%", "0%")


def percent_between(before: int | None, now: int | None) -> str:
    """By how much an amount changed, in the same words."""
    if not before or now is None:
        return ""
    return in_words((Decimal(now - before) * 100 / before).quantize(Decimal("0.1"), ROUND_HALF_UP))


def _target(line: Indicator, year: int, units: UnitTable) -> Value:
    return parse(line.target_text, units, year, timely=is_timely(line.level2))


def _actual(line: Indicator, year: int, units: UnitTable) -> Value:
    return parse_actual(_actual_text(line), units, year, timely=is_timely(line.level2))


def _actual_text(line: Indicator) -> str:
    """What a line says was reached; nothing on a form that does not ask for it."""
    return line.actual_text if isinstance(line, EvaluatedIndicator) else ""
