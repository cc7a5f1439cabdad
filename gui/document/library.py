"""The indicator library of the open store: it follows every gesture, and what takes long is counted late, in slices."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from threading import Thread
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from model.changes import SetLibraryRow
from model.errors import UserError
from model.library import Entry, Key, Known, Library, LibraryRow

if TYPE_CHECKING:  # it brings sqlalchemy, which the first paint does not wait for
    from storage.library import Taking
    from storage.store.port import Applied, OpenStore

log = logging.getLogger(__name__)

LOAD_AFTER_MS = 30
BEGIN_AFTER_MS = 400
SLICE_AFTER_MS = 20
PROJECTS_AT_ONCE = 1


class UnitLibrary(QObject):
    """What is known of indicators while a store is open: at once what comes with the program, soon what the unit used.

    Signals:
        changed(): all projects are counted now, or one of them anew, or something else is decided of an entry.
    """

    changed = Signal()

    def __init__(self, is_busy: Callable[[], bool], parent: QObject | None = None) -> None:
        """``is_busy`` says whether somebody is typing, so that nothing is counted now."""
        super().__init__(parent)
        self._is_busy = is_busy
        self._store: OpenStore | None = None
        self._library: Library | None = None
        self._waiting: dict[str, None] = {}
        self._loading: Thread | None = None
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._count_some)

    @property
    def is_counted(self) -> bool:
        """Whether every project of the store is counted."""
        return not self._waiting

    def open(self, store: OpenStore | None, project_ids: Iterable[str]) -> None:
        """Take another store, whose projects are counted in this order, or none."""
        self._store = store
        self._library = None
        self._waiting = dict.fromkeys(project_ids)
        self._timer.stop()
        if self._waiting:
            QTimer.singleShot(LOAD_AFTER_MS, self, self._load_beside)
            self._timer.start(BEGIN_AFTER_MS)

    def follow(self, applied: Applied) -> None:
        """A gesture was written: its decisions count at once, the projects it touched are counted in their turn."""
        decided = [change for change in applied.entry.changes if isinstance(change, SetLibraryRow)]
        for change in decided if self._library is not None else ():
            self._known().take_row(change.before, change.after)
        if decided:
            self.changed.emit()
        self._waiting |= dict.fromkeys(applied.projects)
        if self._waiting and not self._timer.isActive():
            self._timer.start(BEGIN_AFTER_MS)

    def rest(self) -> None:
        """Somebody is typing where no draft tells it: counting goes on a moment later."""
        if self._timer.isActive():
            self._timer.start(BEGIN_AFTER_MS)

    def find(
        self, typed: str, level2: str = "", here: str = "", limit: int | None = None, *, is_shipped: bool | None = None
    ) -> tuple[Known, ...]:
        """The entries that fit what is typed, the likeliest first (:meth:`model.library.Library.search`)."""
        return self._known().search(typed, level2, here, limit, is_shipped=is_shipped)

    def known(self, key: Key) -> Known | None:
        """An entry by its key, None for one that is not offered."""
        return self._known().known(key)

    @property
    def rows(self) -> Mapping[Key, LibraryRow]:
        """What was decided of entries, by their keys."""
        return self._known().rows

    def removed(self) -> tuple[Entry, ...]:
        """The entries that are offered no more."""
        return self._known().removed()

    def stands_by_itself(self, key: Key) -> bool:
        """Whether an entry comes with the program or from a project, whatever was decided of it."""
        return self._known().stands_by_itself(key)

    def own(self) -> tuple[Entry, ...]:
        """What a library file can hold of the unit's own (:meth:`model.library.Library.own`)."""
        return self._known().own()

    def taking(self, entries: Sequence[Entry]) -> Taking:
        """What it changes to take in the entries of a file (:func:`storage.library.taking`)."""
        from storage.library import taking  # noqa: PLC0415 not before the first paint

        return taking(self._known(), entries)

    def spelt(self, entry: Entry) -> Entry:
        """The entry with the pinyin of its name, to be kept."""
        from storage.library import spelt  # noqa: PLC0415 not before the first paint

        return spelt(entry)

    def _known(self) -> Library:
        if self._library is None:
            from storage.library import shipped, spell  # noqa: PLC0415 not before the first paint

            self._library = Library(shipped(), spell)
            for row in self._decided():
                self._library.take_row(None, row)
        return self._library

    def _decided(self) -> tuple[LibraryRow, ...]:
        try:
            return self._store.library_rows() if self._store is not None else ()
        except UserError:
            log.exception("nobody knows what was decided of the library")
            return ()

    def _load_beside(self) -> None:
        """Load what it takes beside the window, once, as soon as the window stands: later it would hold up a key."""
        if self._loading is None:
            self._loading = Thread(target=_load, name="library", daemon=True)
            self._loading.start()

    def _count_some(self) -> None:
        """Count a few projects, once there is what it takes."""
        self._timer.setInterval(BEGIN_AFTER_MS if self._is_busy() else SLICE_AFTER_MS)
        self._load_beside()
        if self._store is None or self._loading is None or self._loading.is_alive() or self._is_busy():
            return
        if self._library is None:
            self._known()
            return
        some = list(self._waiting)[:PROJECTS_AT_ONCE]
        try:
            projects = {project.id: project for project in self._store.projects(ids=some)}
        except UserError:
            log.exception("the library knows no more of the unit")
            self._waiting.clear()
            projects = {}
        for project_id in some:
            self._waiting.pop(project_id, None)
            project = projects.get(project_id)
            if project is None:
                self._known().forget(project_id)
            else:
                self._known().follow(project)
        if not self._waiting:
            self._timer.stop()
            self.changed.emit()


def _load() -> None:
    """What takes a tenth of a second, once: the pinyin of all characters, and the entries of the program."""
    from storage.library import shipped, spell  # noqa: PLC0415 not before the first paint

    spell("一")
    shipped()
