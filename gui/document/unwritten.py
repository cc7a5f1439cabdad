"""Texts that were typed and could not be written: kept until they are written or given up."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from model.changes import CellOwner, Change, SetField

CellKey = tuple[CellOwner, str, str]


@dataclass(frozen=True, slots=True)
class TypedText:
    """What a person typed into one cell of the project on screen; ``label`` is what the gesture is called."""

    label: str
    part: CellOwner
    record_id: str
    field: str
    text: str

    @property
    def cell(self) -> CellKey:
        """Which cell it belongs to."""
        return self.part, self.record_id, self.field


class Unwritten:
    """The texts of one project, the last of each cell, in the order in which they were typed."""

    def __init__(self) -> None:
        self._texts: dict[CellKey, TypedText] = {}

    def __len__(self) -> int:
        return len(self._texts)

    def __iter__(self) -> Iterator[TypedText]:
        return iter(tuple(self._texts.values()))

    def keep(self, text: TypedText) -> None:
        """Keep a text in place of an earlier one of its cell."""
        self._texts.pop(text.cell, None)
        self._texts[text.cell] = text

    def discard(self, cell: CellKey) -> bool:
        """Forget the text of a cell: it was written, or given up. Whether there was one."""
        return self._texts.pop(cell, None) is not None

    def clear(self) -> None:
        """Forget them all."""
        self._texts.clear()

    def beside(self, changes: Iterable[Change]) -> tuple[TypedText, ...]:
        """The texts of cells that these changes do not write."""
        written = {(change.part, change.record_id, change.field) for change in changes if isinstance(change, SetField)}
        return tuple(text for text in self if text.cell not in written)
