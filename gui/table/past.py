"""What the lines of the grid were in the earlier year, looked up while its columns are shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from gui.document.document import Document
from gui.table.columns import Column
from model.records import Form, Indicator
from model.years import Beside, Earlier, LineMatch, beside, match_with


class PastLines:
    """Keeps the lines of the project on screen beside those of the year it goes on from; none until ``is_wanted``.

    A key matches nothing anew: lines are matched by what names them in the file, as their project is. So nothing comes
    and goes while a name is typed.
    """

    def __init__(self, document: Document, form: Form) -> None:
        self._document = document
        self._form = form
        self.is_wanted = False
        self._matched: tuple[Earlier | None, tuple[tuple[str, ...], ...]] = (None, ())
        self._matches: dict[str, LineMatch[Indicator]] = {}

    def of(self, lines: Sequence[Indicator]) -> Mapping[str, Beside]:
        """What each line was, by its id; nothing for a project that is new."""
        project, earlier = self._document.saved_project, self._document.earlier if self.is_wanted else None
        if project is None or earlier is None:
            return {}
        saved = project.indicators(self._form)
        named = tuple((line.id, line.level2, line.name) for line in saved)
        if self._matched[0] is not earlier or self._matched[1] != named:
            self._matched = (earlier, named)
            self._matches = dict(zip((line.id for line in saved), match_with(earlier, saved), strict=True))
        years, units = (project.year, earlier.year), self._document.units
        known = (line for line in lines if line.id in self._matches)
        return {line.id: beside(line, self._matches[line.id], years, units) for line in known}

    @property
    def year(self) -> int | None:
        """The year that is meant; None where there is none, or it is not wanted."""
        earlier = self._document.earlier if self.is_wanted else None
        return earlier.year if earlier is not None else None

    def titles(self, column: Column) -> tuple[str, ...]:
        """The title of a column with the year that is meant, then shorter words for it, with two digits of the year."""
        year = self.year if column.is_past else None
        if year is None:
            return (column.title, *column.words)
        short = f"{year % 100:02}年"
        return (column.title.replace("上年", f"{year}年"), *(word.replace("上年", short) for word in column.words))
