"""What a quick fix means to do, as plain records: nothing is computed before it is pressed.

A rule says which of these would mend its finding; :func:`model.edits.mend` turns them into the changes of one gesture,
against the project as it then is. So totals and printed figures follow a fix as they follow typing.
"""

from __future__ import annotations

from dataclasses import dataclass

from model.changes import CellOwner
from model.records import Form


@dataclass(frozen=True, slots=True)
class NewText:
    """Another text for one cell, named as in :class:`model.changes.SetField`. ``read`` is what the rule read there."""

    part: CellOwner
    record_id: str
    field: str
    read: str
    text: str


@dataclass(frozen=True, slots=True)
class Rewrite:
    """Write other texts into cells, an empty one to let a computed figure count; all of them or none.

    Where a cell no longer holds what the rule read, the fix was meant for another text and nothing is written.
    """

    cells: tuple[NewText, ...]


@dataclass(frozen=True, slots=True)
class SortLines:
    """Put the lines of a form into the official order."""

    form: Form


@dataclass(frozen=True, slots=True)
class PutUnder:
    """Put a line under a 二级指标, behind the lines that stand there."""

    indicator_id: str
    level1: str
    level2: str


@dataclass(frozen=True, slots=True)
class SharePoints:
    """平均分配: the points of every line and of the execution line by the weight profile of the year."""


@dataclass(frozen=True, slots=True)
class InferLevels:
    """全部按得分推定: every line that waits for a level of achievement takes the one its score says."""


@dataclass(frozen=True, slots=True)
class AddUnit:
    """Add a measuring unit to the clerk's own."""

    name: str


Mend = Rewrite | SortLines | PutUnder | SharePoints | InferLevels | AddUnit
