"""Which names of a unit's year look like another one of it when only their beginning is shown."""

from __future__ import annotations

from gui.desk.alike import Alike
from gui.navigator.rows import Row


class Names:
    """The names below a row, kept until one of them is another."""

    def __init__(self) -> None:
        self._names: dict[int, Alike] = {}

    def forget(self) -> None:
        """Projects came, went, or are called something else."""
        self._names.clear()

    def is_told_apart(self, row: Row, name: str, length: int) -> bool:
        """Whether no other name beside a project's begins with the same so many characters."""
        parent = row.parent
        if parent is None:
            return True
        if parent.number not in self._names:
            names = (one.summary.project_name for one in parent.children if one.summary is not None)
            self._names[parent.number] = Alike(" ".join(text.split()) for text in names)
        return self._names[parent.number].shared(name) < length
