"""The columns of the grid: those the form prints, in its order, each with the room it asks for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from model.forms import FORMS, CellKind
from model.records import Form

LEVEL1 = "level1"
LEVEL2 = "level2"
LEVEL_FIELDS = (LEVEL1, LEVEL2)
NAME = "name"
TARGET = "target_text"
ACTUAL = "actual_text"
POINTS = "points"
SCORE = "score"
REASON = "deviation_reason"

PAST_TARGET = "past_target"
PAST_ACTUAL = "past_actual"
PAST_CHANGE = "past_change"
PAST_FIELDS = (PAST_TARGET, PAST_ACTUAL, PAST_CHANGE)
"""Columns beside those of the form: what the line was in the earlier year. They stand right of the target."""


@dataclass(frozen=True, slots=True)
class Room:
    """How wide a column is: ``least`` in characters of the body text, ``share`` of what is left, per mille.

    ``blank`` is its least while nothing is in it, where that is the rule and the others are read the better for it.
    """

    least: int
    share: int = 0
    blank: int = 0


@dataclass(frozen=True, slots=True)
class Column:
    """One column. ``field`` is the record field its cells hold; ``room`` is how wide it is.

    ``words`` are shorter ones for it where there is no room for its title, the longest first. The last begins as no
    other column's does: what is left of it is told apart from what is left of any other.
    """

    field: str
    title: str
    kind: CellKind
    room: Room
    words: tuple[str, ...] = ()

    @property
    def is_number(self) -> bool:
        """Whether its cells are numbers: aligned on the point, never wrapped, never cut."""
        return self.kind is CellKind.NUMBER

    @property
    def stands_right(self) -> bool:
        """Whether its texts end at the right: numbers do, and a change in per cent, which has room for all of it."""
        return self.is_number or self.field == PAST_CHANGE

    @property
    def share(self) -> int:
        """Its part of the width that is left, per mille."""
        return self.room.share

    @property
    def is_past(self) -> bool:
        """Whether it tells of the earlier year: to be read and copied, never typed in; shown only when wanted."""
        return self.field in PAST_FIELDS

    @property
    def is_level(self) -> bool:
        """Whether it holds 一级 or 二级指标, merged over the lines that share them."""
        return self.field in LEVEL_FIELDS


_ROOMS: Mapping[str, Room] = MappingProxyType(
    {
        LEVEL1: Room(6),
        LEVEL2: Room(7),
        NAME: Room(7, 330),
        TARGET: Room(6, 180),
        ACTUAL: Room(7, 210),
        POINTS: Room(4),
        SCORE: Room(5),
        REASON: Room(6, 280, blank=5),
    }
)
_ANY_ROOM = Room(7, 200)
_WORDS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {TARGET: ("年度指标", "年度"), ACTUAL: ("实际完成", "实际"), REASON: ("偏差原因", "偏差")}
)
_PAST = (
    Column(PAST_TARGET, "上年指标值", CellKind.TEXT, Room(6, 120), ("上年指标", "指标")),
    Column(PAST_ACTUAL, "上年完成值", CellKind.TEXT, Room(6, 120), ("上年完成", "完成")),
    Column(PAST_CHANGE, "较上年", CellKind.TEXT, Room(5), ("较上年",)),
)
_WITHOUT_COLUMN = {"achievement": ACTUAL, "negative_rule": SCORE}
"""Fields shown in another one's column: where the clerk mends what is said of them."""


@lru_cache(maxsize=8)
def columns_of(form: Form) -> tuple[Column, ...]:
    """The columns of a form's grid as it prints them, then those of the earlier year."""
    own = (cell for cell in FORMS[form].columns if cell.name not in _WITHOUT_COLUMN)
    return (
        *(
            Column(cell.name, cell.label, cell.kind, _ROOMS.get(cell.name, _ANY_ROOM), _WORDS.get(cell.name, ()))
            for cell in own
        ),
        *_PAST,
    )


def default_order(form: Form) -> tuple[str, ...]:
    """The fields as the columns stand when nobody moved one: those of the earlier year right of the target."""
    own = [column.field for column in columns_of(form) if not column.is_past]
    at = own.index(TARGET) + 1
    return (*own[:at], *PAST_FIELDS, *own[at:])


def column_of(form: Form, field: str) -> int:
    """The number of the column in which a line's field is shown: the name for anything unknown."""
    fields = [column.field for column in columns_of(form)]
    wanted = _WITHOUT_COLUMN.get(field, field)
    return fields.index(wanted if wanted in fields else NAME)
