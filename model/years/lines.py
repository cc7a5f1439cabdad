"""Which line of an earlier year a line continues (domain.md §8.4)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Generic

from model.records import Indicator, LineT
from model.values.matching import matching_name
from model.values.taxonomy import canonical_level2
from model.years.names import Alike, bare_name, loose_name

_LIKE = 60
_SHOWN = 3


@dataclass(frozen=True, slots=True)
class LineMatch(Generic[LineT]):
    """What a line continues: ``same`` for certain, or the likeliest of those that ``may_be``; none for a new line."""

    same: LineT | None = None
    may_be: tuple[LineT, ...] = ()


def match_lines(now: Sequence[Indicator], earlier: Sequence[LineT]) -> tuple[LineMatch[LineT], ...]:
    """Match the lines of a form with those of an earlier year: the same for certain, else those that may be meant.

    The same name under another 二级指标, and one that is nearly the same, may be meant.
    """
    found = same_lines(now, earlier)
    settled = {line.id for line in found.values()}
    alike = Alike((line.name, line) for line in earlier if line.id not in settled)
    return tuple(
        LineMatch(found[line.id]) if line.id in found else LineMatch(may_be=_likeliest(line, alike)) for line in now
    )


def same_lines(now: Iterable[Indicator], earlier: Iterable[LineT]) -> dict[str, LineT]:
    """The earlier line of every line that continues one for certain, by its id: by 二级指标 and name, then by value.

    A name counts as spelled, then without years and punctuation, then without suffixes, where it stands once on both
    sides; of several of one name those with the same target go together.
    """
    now = tuple(now)
    found: dict[str, LineT] = {}
    left = {line.id: line for line in earlier}
    for spelled in (_exactly, _with_target, _loosely, _barely):
        mine = _groups((line for line in now if line.id not in found), spelled)
        theirs = _groups(left.values(), spelled)
        for key, lines in mine.items():
            others = theirs.get(key, [])
            if len(lines) == len(others) == 1:
                found[lines[0].id] = others[0]
                del left[others[0].id]
    return found


_Key = tuple[str, ...]


def _exactly(line: Indicator) -> _Key:
    return _under_level(line, matching_name(line.name))


def _with_target(line: Indicator) -> _Key:
    key, target = _under_level(line, matching_name(line.name)), matching_name(line.target_text)
    return (*key, target) if key and target else ()


def _loosely(line: Indicator) -> _Key:
    return _under_level(line, loose_name(line.name))


def _barely(line: Indicator) -> _Key:
    return _under_level(line, bare_name(line.name))


def _under_level(line: Indicator, name: str) -> _Key:
    """The name with its 二级指标; nothing for a line without a name."""
    return (_level(line), name) if name else ()


def _level(line: Indicator) -> str:
    """The 二级指标 in today's word."""
    return canonical_level2(line.level2) or matching_name(line.level2)


def _groups(lines: Iterable[LineT], spelled: Callable[[Indicator], _Key]) -> dict[_Key, list[LineT]]:
    groups: dict[_Key, list[LineT]] = {}
    for line in lines:
        key = spelled(line)
        if key:
            groups.setdefault(key, []).append(line)
    return groups


def _likeliest(line: Indicator, earlier: Alike[LineT]) -> tuple[LineT, ...]:
    """The likeliest lines: of the same 二级指标 by a name that is nearly the same, of another one by the very name."""
    level = _level(line)
    found = earlier.likeliest(line.name, _LIKE, 2 * _SHOWN)
    may_be = [one for one in found if _level(one) == level or bare_name(one.name) == bare_name(line.name)]
    return tuple(may_be[:_SHOWN])
