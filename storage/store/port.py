"""What the window needs of an open store, and what a write answers, without a word of SQL."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from model.changes import Change
from model.checking import Checked
from model.library import LibraryRow
from model.records import Project
from model.rules import Context
from model.settings import Settings

if TYPE_CHECKING:  # they bring sqlalchemy, which the first paint does not wait for
    from storage.store.backups import Backup
    from storage.store.digests import Looked
    from storage.store.journal import Entry
    from storage.store.summaries import ProjectSummary, Refreshed


@dataclass(frozen=True, slots=True)
class Applied:
    """What one gesture changed in the store, so that nobody has to read it again.

    ``projects`` holds every project the gesture touched as it stands now, checked and scored, and None for one that is
    gone. ``summaries`` are the lines of the list that changed, those of other projects of which something else holds
    now among them; ``gone`` are the ids whose line is no longer there. ``settings`` is there when a setting changed;
    ``stale_lines`` is how many lines are left to be counted anew (:meth:`OpenStore.refresh_summaries`).
    """

    entry: Entry
    projects: Mapping[str, Checked | None]
    summaries: tuple[ProjectSummary, ...]
    gone: frozenset[str]
    settings: Settings | None = None
    stale_lines: int = 0


class OpenStore(Protocol):
    """One open store. Reading and writing raise UserError when the file cannot be read or written."""

    @property
    def path(self) -> Path:
        """Where the file is."""

    @property
    def backup_problem(self) -> str:
        """Why the backup of this opening could not be made, for the clerk; empty when all is well."""

    @property
    def set_aside(self) -> tuple[Path, ...]:
        """Journals of an older file of the same name that were renamed when this one was made."""

    @property
    def taken_in(self) -> str:
        """What opening found of damage, for the clerk: rows that were given a place, and settings."""

    @property
    def was_cut_off(self) -> bool:
        """Whether the program that had the file open last never closed it: killed, or without power."""

    def close(self) -> None:
        """Let go of the file."""

    def refuse_if_gone(self) -> None:
        """Raise GoneError when the file was removed, replaced or changed from outside."""

    def pragmas(self) -> dict[str, object]:
        """How SQLite is set for this file, read back, by the names of its pragmas."""

    def save_copy(self, path: Path) -> None:
        """Write all the store holds to a new file, also when its own is gone."""

    def summaries(self) -> tuple[ProjectSummary, ...]:
        """A line for every project, newest year first."""

    def project(self, project_id: str) -> Project:
        """One whole project. Raises KeyError when there is none with this id."""

    def projects(self, year: int | None = None, ids: Iterable[str] | None = None) -> tuple[Project, ...]:
        """Whole projects in the order in which they came in."""

    def is_as_written(self, project: Project) -> bool:
        """Whether a project that was just read still says what was written."""

    def look_at(self, behind: str | None = None) -> Looked:
        """Look for damage in some projects behind the one with this id."""

    def accept(self, project: Project) -> None:
        """Take a project that is not as it was written as it stands: somebody has looked it over."""

    def library_rows(self) -> tuple[LibraryRow, ...]:
        """What a person decided of entries of the indicator library."""

    def context(self) -> Context:
        """What the rules need to know around any project of the store; it follows every write."""

    def apply(self, label: str, changes: tuple[Change, ...]) -> Applied:
        """Write one gesture, all or nothing. Raises ValueError when it does not fit what is stored."""

    def fill_in(self, label: str, changes: tuple[Change, ...]) -> Applied:
        """Write what the program fills in by itself, like :meth:`apply`; nobody did it, so nobody takes it back."""

    def undo(self, seq: int) -> Applied:
        """Take the gesture with this number back. Raises KeyError when there is none."""

    def redo(self, seq: int) -> Applied:
        """Do the gesture with this number again. Raises KeyError when there is none."""

    def undo_history(self, limit: int) -> tuple[tuple[Entry, ...], tuple[Entry, ...]]:
        """The gestures that can be undone and redone, each in the order first done."""

    def refresh_summaries(self) -> Refreshed:
        """Count some projects anew whose line is out of date."""

    def back_up(self, reason: str) -> Backup:
        """Make a checked copy now."""

    def back_up_if_changed(self) -> None:
        """Make the backup of this opening when something changed since the last one; see ``backup_problem``."""
