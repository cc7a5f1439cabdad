"""The projects of the open store as the window lists them, followed change by change and never read again."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import compress
from typing import TYPE_CHECKING

from model.forms import FORMS
from model.records import Form, Project

if TYPE_CHECKING:  # it brings sqlalchemy, which the first paint does not wait for
    from storage.store.summaries import ProjectSummary

NO_UNIT = "（未填实施单位）"
NO_NAME = "（未填项目名称）"


@dataclass(frozen=True, slots=True)
class Group:
    """The projects of a year, or what one unit has of them (its name without blanks around it, "" for none)."""

    year: int
    unit: str | None = None

    @property
    def name(self) -> str:
        """What it is called: ``2026 年度``, or the unit."""
        return f"{self.year} 年度" if self.unit is None else self.unit or NO_UNIT

    @classmethod
    def of(cls, summary: ProjectSummary) -> Group:
        """What the unit of a project has of its year."""
        return cls(summary.year, summary.unit.strip())


@dataclass(frozen=True, slots=True)
class ListChange:
    """What happened to the list: (before, after) of every line that changed, None where it came or went.

    ``is_new`` says that it is another list altogether.
    """

    lines: tuple[tuple[ProjectSummary | None, ProjectSummary | None], ...] = ()
    is_new: bool = False


class ProjectList:
    """Summaries in their order: newest year first, then by unit, then as they came in.

    One that changes costs the same whether ten or ten thousand others are there.
    """

    def __init__(self, summaries: Iterable[ProjectSummary] = ()) -> None:
        self._rows = sorted(summaries, key=order_of)
        self._by_id = {summary.id: summary for summary in self._rows}
        self._all: tuple[ProjectSummary, ...] | None = None
        self._words = [words_of(summary) for summary in self._rows]
        self._years = Counter(summary.year for summary in self._rows)
        self.indicator_count = sum(summary.indicator_count for summary in self._rows)

    @property
    def years(self) -> list[int]:
        """The years there are projects of, the newest first."""
        return sorted((year for year, count in self._years.items() if count), reverse=True)

    def __len__(self) -> int:
        return len(self._rows)

    def all(self) -> tuple[ProjectSummary, ...]:
        """Every line, in order."""
        if self._all is None:
            self._all = tuple(self._rows)
        return self._all

    def get(self, project_id: str) -> ProjectSummary | None:
        """The line of one project, None when it is not there."""
        return self._by_id.get(project_id)

    def of(self, group: Group) -> Sequence[ProjectSummary]:
        """The projects of a year or of a unit's year, in order."""
        first = (-group.year, group.unit or "", -1)
        behind = (1 - group.year, "", -1) if group.unit is None else (-group.year, f"{group.unit}\0", -1)
        start = bisect_left(self._rows, first, key=order_of)
        return self._rows[start : bisect_left(self._rows, behind, start, key=order_of)]

    def form_to_show(self, project: Project, chosen: Form) -> Form:
        """The form chosen last; where no project of the unit's year has it, the first this project has."""
        if any(chosen in summary.forms for summary in self.of(Group(project.year, project.unit.strip()))):
            return chosen
        return next((form for form in FORMS if project.form(form) is not None), chosen)

    def take(self, changed: Iterable[ProjectSummary], gone: Iterable[str]) -> ListChange:
        """Follow a write; what that did to the list."""
        lines: list[tuple[ProjectSummary | None, ProjectSummary | None]] = []
        for project_id in gone:
            before = self._by_id.pop(project_id, None)
            if before is not None:
                self._drop(before)
                lines.append((before, None))
        for after in changed:
            before = self._by_id.get(after.id)
            self._by_id[after.id] = after
            if before is not None:
                self._drop(before)
            position = self._position(after)
            self._rows.insert(position, after)
            self._words.insert(position, words_of(after))
            lines.append((before, after))
        for was, now in lines:
            self._years.update({now.year: 1} if now else {})
            self._years.subtract({was.year: 1} if was else {})
            self.indicator_count += (now.indicator_count if now else 0) - (was.indicator_count if was else 0)
        self._all = None
        return ListChange(tuple(lines))

    def matching(self, words: Collection[str], most: int | None = None) -> list[ProjectSummary]:
        """The projects whose name, unit or year contain every one of these (casefolded) words, in order."""
        rows, texts = self._rows, self._words
        for word in words:
            fits = [word in text for text in texts]
            rows, texts = list(compress(rows, fits)), list(compress(texts, fits))
        return rows[:most]

    def _drop(self, summary: ProjectSummary) -> None:
        position = self._position(summary)
        del self._rows[position], self._words[position]

    def _position(self, summary: ProjectSummary) -> int:
        return bisect_left(self._rows, order_of(summary), key=order_of)


def order_of(summary: ProjectSummary) -> tuple[int, str, int]:
    """What the list is ordered by."""
    return -summary.year, summary.unit.strip(), summary.place


def words_of(summary: ProjectSummary) -> str:
    """What a person may look for to find a project."""
    name, unit = summary.project_name.strip() or NO_NAME, summary.unit.strip() or NO_UNIT
    return f"{name}\n{unit}\n{summary.year} 年度".casefold()
