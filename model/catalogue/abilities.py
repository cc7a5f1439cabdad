"""What a form has to be able to do."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from model.findings import Finding
from model.recognition.readings import Reading
from model.records import Project
from model.rules.context import Context, FormView
from model.rules.registry import LineRule, Rule, StoreRule
from model.settings import Settings
from model.sheets.layout import Sheet


class MakeSheet(Protocol):
    """Prints one form of a project."""

    def __call__(self, project: Project, settings: Settings, draft: bool = False, *, heading: str = "") -> Sheet:
        """The sheet, blank where nothing has been typed; ``heading`` is the unit's title line over it."""


class MakeList(Protocol):
    """Lists the forms of several projects of a unit and year."""

    def __call__(
        self,
        projects: Sequence[Project],
        settings: Settings,
        year: int,
        *,
        findings: Mapping[str, Sequence[Finding]] | None = None,
        draft: bool = False,
    ) -> Sheet:
        """The sheet, with the findings of each project by its id."""


@dataclass(frozen=True, slots=True)
class Abilities:
    """What can be done with one form.

    ``look`` makes of a project what ``rules`` look at, None when it has no such form; it may be a view of its own kind.
    The rules come in the order in which what they find in one line is told. ``sheet`` prints the form and
    ``list_sheet`` lists several; None when they are not listed. ``reading`` is how it is read again out of workbooks,
    documents and texts; None when it is not.
    """

    look: Callable[[Project, Context], FormView | None]
    rules: tuple[Rule[Any] | StoreRule | LineRule, ...]
    sheet: MakeSheet
    list_sheet: MakeList | None = None
    reading: Reading | None = None
