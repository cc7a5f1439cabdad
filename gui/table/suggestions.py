"""What may be meant: names and units the unit has used, and how a typed value will print."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from gui.table.columns import ACTUAL, LEVEL_FIELDS, NAME, TARGET
from model.library import Known
from model.quantity import Kind, Style, canonical, parse, recognise
from model.records import Indicator
from model.values.taxonomy import LEVELS, is_timely
from model.values.units import UnitTable

LIMIT = 7
LIMIT_BESIDE_A_KNOWN_UNIT = 3

_NUMBER_AND_UNIT = re.compile(r"^(?P<number>.*\d)\s*(?P<open>[(（]?)(?P<unit>[^\d\s()（）]+)$")


def library_choices(offer: Offer, found: Iterable[Known]) -> list[Choice]:
    """Entries of the library for the name that is typed, without one that would change nothing."""
    choices = []
    for known in found:
        target = known.entry.target_in(offer.style, offer.units)
        has_news = known.entry.name != offer.typed.strip() or (target and not offer.line.target_text.strip())
        if has_news:
            choices.append(Choice(known.entry.name, target, known.origin))
    return choices[:LIMIT]


def matching_values(typed: str, units: UnitTable) -> list[str]:
    """The value with each unit its unit may become."""
    match = _NUMBER_AND_UNIT.match(typed)
    if match is None:
        return []
    unit, head = match["unit"], typed[: match.start("unit")]
    tail = {"(": ")", "（": "）", "": ""}[match["open"]]
    longer = [f"{head}{name}{tail}" for name in units.names() if name.startswith(unit) and name != unit]
    return longer[: LIMIT if units.find(unit) is None else LIMIT_BESIDE_A_KNOWN_UNIT]


def preview(typed: str, style: Style, units: UnitTable, *, timely: bool) -> str:
    """How a typed value will print, "" when it prints as it is typed."""
    return recognise(typed, style, units, timely=timely) or ""


def matching_levels(typed: str, label: str) -> list[str]:
    """Official 一级 and 二级指标 that hold what is typed; all of them while the label stands as it was."""
    wanted = typed.strip()
    names = [name for level1, below in LEVELS.items() for name in (level1, *below) if name != label]
    return [name for name in names if wanted in name] if wanted and wanted != label else names


def in_same_shape(typed: str, before: str, style: Style, units: UnitTable, *, timely: bool) -> str:
    """A bare number in the shape of the value it replaces: 30 on ``≥25.00(家)`` gives ``≥30.00(家)``; else ""."""
    new, old = (parse(text, units, timely=timely) for text in (typed, before))
    is_bare = new.kind is Kind.QUANT and not new.has_comparator and not new.unit_raw and not new.after
    if not is_bare or old.kind is not Kind.QUANT or not (old.has_comparator or old.unit_raw) or old.before or old.after:
        return ""
    return canonical(replace(old, number=new.number), style)


@dataclass(frozen=True, slots=True)
class Offer:
    """What is being typed, and where: ``line`` is the line as the file holds it."""

    field: str
    typed: str
    line: Indicator
    style: Style
    units: UnitTable


@dataclass(frozen=True, slots=True)
class Choice:
    """What may be taken: the text of the cell; of an entry of the library also its 年度指标值, and where it is from."""

    text: str
    target: str = ""
    origin: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """What to offer; ``is_ready`` says that Enter takes the first at once."""

    choices: list[Choice]
    is_ready: bool = False


Search = Callable[[Offer], Iterable[Known]]
"""Finds what the library knows of a name that is typed (LIMIT and one more), or of the line whose value is typed."""


def _shaped(offer: Offer, search: Search) -> Found | None:
    """A bare number in the shape of the value that stands there, or else of the usual one of the line's name."""
    has_value = bool(offer.line.target_text.strip())
    known = None if has_value else next(iter(search(offer)), None)
    before = known.entry.target if known is not None else offer.line.target_text
    text = in_same_shape(offer.typed, before, offer.style, offer.units, timely=is_timely(offer.line.level2))
    origin = known.origin if known is not None else ""
    return Found([Choice(text, origin=origin)], is_ready=has_value) if text else None


def suggestions(offer: Offer, search: Search) -> Found:
    """What to offer while a cell is typed in."""
    if offer.field == NAME and offer.typed.strip():
        return Found(library_choices(offer, search(offer)))
    if offer.field == TARGET and (shaped := _shaped(offer, search)) is not None:
        return shaped
    if offer.field in LEVEL_FIELDS:
        own = LEVELS.get(offer.line.level1, ())
        names = matching_levels(offer.typed, str(getattr(offer.line, offer.field)))
        return Found([Choice(text) for text in sorted(names, key=lambda name: name not in own)])
    texts = matching_values(offer.typed, offer.units) if offer.field in {TARGET, ACTUAL} else []
    return Found([Choice(text) for text in texts])
