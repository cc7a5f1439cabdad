"""The store: one ``.jixiao`` file with all projects of a unit, open for this program alone."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from sqlalchemy import Connection, select
from sqlalchemy.exc import DBAPIError, IntegrityError

from model.changes import Change, SetLibraryRow, SetSetting, invert_all
from model.checking import examine
from model.errors import UserError
from model.library import LibraryRow
from model.records import Project
from model.rules import Context
from model.settings import Settings
from storage.files import atomic
from storage.store import (
    backups,
    copies,
    digests,
    journal,
    marking,
    migrations,
    misfits,
    numbers,
    refusal,
    side_files,
    spoilt,
    summaries,
)
from storage.store.backups import Backup
from storage.store.beside import Beside
from storage.store.digests import Looked
from storage.store.effects import projects_after
from storage.store.engine import is_full, raw, read_back, user_error
from storage.store.journal import Entry, JournalKind
from storage.store.library import read_library_rows, write_library_rows
from storage.store.mapping import read_projects, write_difference
from storage.store.opening import OpenFile, open_file
from storage.store.port import Applied
from storage.store.settings import read_settings, write_setting
from storage.store.summaries import AT_ONCE, ProjectSummary, Refreshed
from storage.store.tables import PROJECT


def utc_now() -> datetime:
    """The clock of the journal."""
    return datetime.now(UTC)


class Store:
    """One open ``.jixiao`` file. Made by :meth:`create` or :meth:`open`; use it in a ``with`` or call :meth:`close`.

    ``opening_backup`` is the backup this opening made, if one was due; ``backup_problem`` says why a due one could not
    be made (for the clerk, empty when all is well). ``set_aside`` are journals of an older file of the same name that
    were renamed when this one was made. ``taken_in`` says what opening found of damage: rows that fitted nothing and
    were given a place where they can be seen, settings, entries of the library (for the clerk, empty when all is well).
    ``was_cut_off`` says that the program that had it open last never closed it. A store belongs to the thread that
    opened it.
    """

    def __init__(self, file: OpenFile, now: Callable[[], datetime]) -> None:
        self.path = file.path
        self.opening_backup: Backup | None = None
        self.backup_problem = ""
        self.set_aside: tuple[Path, ...] = ()
        self.taken_in = ""
        self.was_cut_off = file.was_cut_off
        self._file = file
        self._now = now
        self._context: Context | None = None
        self._beside = Beside(self._read_again)
        self._doubted: Entry | None = None  # its commit failed, and then the file could not be read either

    @classmethod
    def create(cls, path: Path, now: Callable[[], datetime] = utc_now) -> Self:
        """Make an empty store for the owner's eyes only and open it. Raises UserError when that cannot be."""
        if atomic.is_there(path):
            raise UserError(f"“{path}”已经存在，没有新建。\n请换一个文件名，或直接打开它。")
        refusal.refuse_long_path(path)
        aside = side_files.set_aside(path)
        try:
            with (
                atomic.replacing(path, private=True) as beside,
                closing(sqlite3.connect(beside, isolation_level=None)) as empty,
            ):
                migrations.migrate(empty, migrations.STEPS)
        except sqlite3.Error as error:
            raise user_error(error, path) or error from error
        store = cls.open(path, now)
        store.set_aside = aside
        return store

    @classmethod
    def open(cls, path: Path, now: Callable[[], datetime] = utc_now, *, backing_up: bool = True) -> Self:
        """Open a store for this program alone, bring it to today's version, back it up if it changed since.

        Without ``backing_up`` the caller does that itself, before the first change (:meth:`back_up_if_changed`).

        Raises UserError when there is no such file or it is no store, newer, read-only, damaged or open elsewhere
        (:func:`storage.store.opening.open_file`); the file is then untouched.
        """
        store = cls(open_file(path, now()), now)
        try:
            store._migrate()
            store._count_unknown()
            store._take_in_misfits()
            store._look_for_damage()
            if backing_up:
                store.back_up_if_changed()
        except BaseException:
            store.close()
            raise
        return store

    @property
    def is_closed(self) -> bool:
        """Whether the file was let go of."""
        return self._file.connection.closed

    def close(self) -> None:
        """Let go of the file; it stands alone afterwards, with no journal and no lock beside it."""
        self._file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def summaries(self) -> tuple[ProjectSummary, ...]:
        """A line for every project, newest year first."""
        with self._transaction() as connection:
            return summaries.read_summaries(connection)

    def project(self, project_id: str) -> Project:
        """One whole project. Raises KeyError when the store has none with this id."""
        found = self.projects(ids=(project_id,))
        if not found:
            raise KeyError(project_id)
        return found[0]

    def projects(self, year: int | None = None, ids: Iterable[str] | None = None) -> tuple[Project, ...]:
        """Whole projects in the order in which they came in: all, those of one year, or those with these ids."""
        with self._transaction() as connection:
            if ids is None:
                query = select(PROJECT.c.id)
                ids = connection.execute(query if year is None else query.where(PROJECT.c.year == year)).scalars().all()
            found = read_projects(connection, ids)
            return tuple(project for project in found if year is None or project.year == year)

    def is_as_written(self, project: Project) -> bool:
        """Whether a project that was just read still says what was written, as far as anybody can know."""
        with self._transaction() as connection:
            return not digests.spoilt(connection, (project,))

    def look_at(self, behind: str | None = None) -> Looked:
        """Look for damage in some projects behind the one with this id; the file is read no further than that."""
        with self._file.writing(), self._transaction() as connection:
            return digests.look_at(connection, behind)

    def accept(self, project: Project) -> None:
        """Take a project that is not as it was written as it stands: somebody has looked it over. It is noted.

        Raises UserError when the file cannot be written, and ValueError when it holds something else by now.
        """
        entry = Entry(0, self._now(), JournalKind.NOTE, f"核对“{project.project_name}”，按现在的内容继续", ())
        with self._file.writing(), self._transaction() as connection:
            if read_projects(connection, (project.id,)) != (project,):
                raise ValueError(f"project {project.id} is not the one to accept")
            digests.write(connection, (project,))
            journal.append(connection, entry)

    def settings(self) -> Settings:
        """The settings of this store."""
        return self.context().settings

    def library_rows(self) -> tuple[LibraryRow, ...]:
        """What a person decided of entries of the indicator library."""
        with self._transaction() as connection:
            return read_library_rows(connection)

    def context(self) -> Context:
        """What the rules need to know around any project: the settings and the other projects. Follows every write."""
        if self._context is None:
            with self._transaction() as connection:
                return self._known(connection)
        return self._context

    def apply(self, label: str, changes: tuple[Change, ...], kind: JournalKind = JournalKind.DO) -> Applied:
        """Write one gesture: rows, journal and summaries in one transaction, all or nothing. A NOTE cannot be undone.

        Raises UserError when the file cannot be written and ValueError when the changes do not fit what is stored;
        the file is unchanged either way.
        """
        return self._do(lambda _connection: Entry(0, self._now(), kind, label, changes))

    def fill_in(self, label: str, changes: tuple[Change, ...]) -> Applied:
        """Write what the program fills in by itself: noted, and nothing to undo. Raises like :meth:`apply`."""
        return self.apply(label, changes, JournalKind.NOTE)

    def undo(self, seq: int) -> Applied:
        """Take the gesture with this ``seq`` back. Raises like :meth:`apply`, and KeyError when there is none."""

        def inverse(connection: Connection) -> Entry:
            done = _gesture(connection, seq)
            return Entry(0, self._now(), JournalKind.UNDO, done.label, invert_all(done.changes), seq)

        return self._do(inverse)

    def redo(self, seq: int) -> Applied:
        """Do the gesture with this ``seq`` again. Raises like :meth:`undo`."""

        def again(connection: Connection) -> Entry:
            done = _gesture(connection, seq)
            return Entry(0, self._now(), JournalKind.REDO, done.label, done.changes, seq)

        return self._do(again)

    def refresh_summaries(self, limit: int = AT_ONCE) -> Refreshed:
        """Count up to ``limit`` projects anew whose line is out of date.

        Only a change of settings or of a unit's name in a store of many hundred projects leaves any.
        """
        with self._file.writing(), self._transaction() as connection:
            return summaries.refresh(connection, self._known(connection), limit)

    def back_up(self, reason: str) -> Backup:
        """Make a checked copy now, whether something changed or not. Raises UserError; the store itself is safe."""
        with self._file.writing():
            return backups.write_backup(self._file.connection, self.path, reason, self._now())

    def mark(self) -> str:
        """What says whether something was done since (:func:`journal.mark`). Raises UserError."""
        with self._transaction() as connection:
            return journal.mark(raw(connection))

    def pragmas(self) -> dict[str, object]:
        """How SQLite is set for this file, read back, by the names of its pragmas (reliability.md §1, D1 and D4)."""
        return read_back(raw(self._file.connection))

    def refuse_if_gone(self) -> None:
        """Raise GoneError when the file was removed, replaced or changed from outside, as every write does."""
        self._file.refuse_if_gone()

    def save_copy(self, path: Path) -> None:
        """Write all this store holds to a new file, also when its own is gone. Raises UserError."""
        copies.save_copy(raw(self._file.connection), path)

    def journal(self, limit: int = 200) -> tuple[Entry, ...]:
        """The newest entries of the audit trail, newest first."""
        with self._transaction() as connection:
            return journal.read_last(connection, limit)

    def undo_history(self, limit: int = 200) -> tuple[tuple[Entry, ...], tuple[Entry, ...]]:
        """The gestures that can be undone and redone, each in the order first done (:func:`journal.undo_history`)."""
        with self._transaction() as connection:
            return journal.undo_history(connection, limit)

    def _do(self, entry_of: Callable[[Connection], Entry]) -> Applied:
        """Write the entry that ``entry_of`` makes in the same transaction. What is known follows only when it holds."""
        self._refuse_in_doubt()
        known, moved = self._context, marking.Moved()
        try:
            with self._file.writing():
                return self._committed(entry_of, moved)
        except BaseException:
            moved.take_back()
            self._context = known
            self._beside.forget()
            raise

    def _committed(self, entry_of: Callable[[Connection], Entry], moved: marking.Moved) -> Applied:
        """Write a gesture. A device may fail when all of it is in the file already: then it is written, not lost."""
        applied = None
        try:
            with self._transaction() as connection:
                applied = self._write(connection, entry_of(connection), moved)
        except UserError:
            if applied is None or not self._is_written(applied.entry):
                raise
        except IntegrityError as error:  # the id of another project or of a line of one
            raise ValueError("the store has what the gesture brings already") from error
        return applied

    def _is_written(self, entry: Entry) -> bool:
        """Whether a gesture is in the file although its commit failed. Raises UserError while nobody can know."""
        try:
            return self._holds(entry)
        except UserError as error:
            self._doubted = entry
            raise UserError(
                f"保存到“{self.path}”时磁盘出错，现在无法确定刚才的修改是否已经写入。\n"
                "此前已保存的内容仍在文件中。请检查磁盘或U盘是否连接正常，再试一次。"
            ) from error

    def _holds(self, entry: Entry) -> bool:
        """Whether this entry is the newest in the file. Raises UserError when the file cannot be read."""
        return [newest.seq for newest in self.journal(1)] == [entry.seq]

    def _refuse_in_doubt(self) -> None:
        """Raise UserError when a gesture that was told as not written turns out to be in the file after all."""
        if self._doubted is not None and self._holds(self._doubted):
            raise UserError(
                f"上一次保存到“{self.path}”时磁盘出错，现已查明那次修改其实已经写入文件，没有丢失。\n"
                "请重新打开这个文件，再继续编辑。"
            )
        self._doubted = None

    def _write(self, connection: Connection, entry: Entry, moved: marking.Moved) -> Applied:
        changes, context = entry.changes, self._known(connection)
        before = {project.id: project for project in read_projects(connection, {c.project_id for c in changes})}
        wrong = digests.spoilt(connection, before.values())
        after = projects_after(before, entry)
        for project_id in sorted(after, key=lambda key: after[key] is not None):
            write_difference(connection, before.get(project_id), after[project_id])
        digests.write(connection, (project for project in after.values() if project is not None), wrong)
        self._beside.forget(after)
        settings = [change for change in changes if isinstance(change, SetSetting)]
        for change in settings:
            write_setting(connection, change)
        write_library_rows(connection, [change for change in changes if isinstance(change, SetLibraryRow)])
        entry = journal.append(connection, entry)
        if settings:
            context = self._context = replace(context, settings=read_settings(connection))
        marked = marking.mark_neighbours(connection, moved, context.neighbours, before.values(), after.values())
        if settings:
            summaries.mark_years(connection, marking.years_of(settings))
        self._beside(one for project in after.values() if project is not None for one in context.continued(project))
        checked = {key: None if project is None else examine(project, context) for key, project in after.items()}
        written = [project for project in checked.values() if project is not None]
        changed = summaries.write_summaries(connection, written, context.settings)
        left = 0
        if marked or settings:
            refreshed = summaries.refresh(connection, context, AT_ONCE)
            changed, left = changed + refreshed.summaries, refreshed.left
        gone = frozenset(key for key, project in checked.items() if project is None)
        return Applied(entry, checked, changed, gone, context.settings if settings else None, left)

    def _known(self, connection: Connection) -> Context:
        if self._context is None:
            neighbours = summaries.read_neighbours(connection)
            self._context = Context(read_settings(connection), neighbours, self._beside)
        return self._context

    def _read_again(self, ids: Iterable[str]) -> tuple[Project, ...]:
        """Whole projects, within the transaction that is under way if there is one."""
        if self._file.connection.in_transaction():
            return read_projects(self._file.connection, ids)
        return self.projects(ids=ids)

    def _migrate(self) -> None:
        if self._file.version < len(migrations.STEPS):
            self.back_up("升级文件格式之前")
            try:
                with self._file.writing():
                    migrations.migrate(raw(self._file.connection), migrations.STEPS)
            except sqlite3.Error as error:
                raise user_error(error, self.path) or error from error

    def _count_unknown(self) -> None:
        with self._file.writing(), self._transaction() as connection:
            numbers.mend(connection)
            digests.fill(connection)  # whenever the version came: a kill may have ended the opening that brought it
            summaries.mark_unknown(connection)

    def _take_in_misfits(self) -> None:
        with self._transaction() as connection:
            found = misfits.found(connection)
        if not found:
            return
        self.back_up("列出遗漏的内容之前")
        with self._file.writing(), self._transaction() as connection:
            ids = misfits.take_in(connection)
            context = self._known(connection)
            projects = [examine(project, context) for project in read_projects(connection, ids)]
            summaries.write_summaries(connection, projects, context.settings)
        self.taken_in = found.in_words(self.path)

    def _look_for_damage(self) -> None:
        with self._transaction() as connection:
            told = [spoilt.about_settings(connection, self.path), spoilt.about_library(connection, self.path)]
        self.taken_in = "\n".join(filter(None, (self.taken_in, *told)))

    def back_up_if_changed(self) -> None:
        """Make the backup of this opening when something changed since the last one; see ``backup_problem``."""
        try:
            if backups.changed_since_backup(self._file.connection, self.path):
                self.opening_backup = self.back_up("打开文件")
        except UserError as error:
            # a full or read-only backup folder must not keep anyone from their work
            self.backup_problem = str(error)

    @contextmanager
    def _transaction(self) -> Iterator[Connection]:
        connection = self._file.connection
        try:
            with connection.begin():
                yield connection
        except DBAPIError as error:
            if raw(connection).in_transaction:
                raw(connection).rollback()
            problem = user_error(error, self.path)
            if problem is None:
                raise
            if is_full(error):
                self._refuse_used_up()
            raise problem from error

    def _refuse_used_up(self) -> None:
        """SQLite calls a disk full when only the numbers of its rows are used up."""
        with suppress(sqlite3.Error):
            numbers.refuse_used_up(raw(self._file.connection), self.path)


def _gesture(connection: Connection, seq: int) -> Entry:
    found = journal.read(connection, [seq])
    if not found or found[0].kind is not JournalKind.DO:
        raise KeyError(seq)
    return found[0]
