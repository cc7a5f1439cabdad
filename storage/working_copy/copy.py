"""A store of a shared folder, open as a copy on this computer, and its way back there (reliability.md §5.4).

The folder only ever gets whole files, and only while it holds what this copy knows of. Every step is noted before it is
done, so that a kill at any moment leaves either the copy or the folder to be trusted, and it is known which.
"""

from __future__ import annotations

import logging
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Self

from model.errors import UserError
from storage.files import atomic
from storage.files.names import marked
from storage.files.reasons import refuse_unless_file
from storage.store import backups, copies, lock
from storage.store.backups import Backup
from storage.store.refusal import UnreadableError
from storage.store.sqlite import Store, utc_now
from storage.working_copy import owner
from storage.working_copy.place import Generation, Note, Place, generation_of
from storage.working_copy.reach import claim, let_go, lock_of, place_of, reach
from storage.working_copy.taking import CHOOSE, set_aside, settled_here, settled_there, take
from storage.working_copy.there import changed, look
from storage.working_copy.trouble import AwayError, NotWrittenBackError
from storage.working_copy.waiting import GaveUpError, Waiting, as_long_as_it_takes

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A whole content of the copy on its way into the folder: where it lies, its digest, and the mark of the copy.

    ``known`` are the digests of what may be overwritten by it.
    """

    path: Path
    digest: str
    mark: str
    known: frozenset[str]


class WorkingCopy:
    """One file of a shared folder, open. Made by :meth:`open`; :meth:`close` it.

    ``target`` is the person's file, ``store`` the copy that is edited. ``trouble`` says why the copy cannot be written
    back as things stand, None when it can. ``told`` says what opening found that the person has to know, "" for
    nothing. It belongs to the thread that opened it, but for :meth:`send`. Whatever it does in the folder is waited
    for as ``waiting`` does, which may be set anew.
    """

    def __init__(self, place: Place, store: Store, note: Note, now: Callable[[], datetime], waiting: Waiting) -> None:
        self.store = store
        self.told = ""
        self.trouble: NotWrittenBackError | None = None
        self._place = place
        self._note = note
        self._now = now
        self.waiting = waiting
        self._is_finished = False

    @classmethod
    def open(
        cls,
        target: Path,
        now: Callable[[], datetime] = utc_now,
        *,
        backing_up: bool = True,
        waiting: Waiting = as_long_as_it_takes,
    ) -> Self:
        """Open a file of a shared folder: take what lies there, or go on in the copy that holds more.

        Raises UserError when there is neither, or somebody else works on it (:class:`owner.HeldElsewhereError`); the
        folder is then untouched. A folder nobody waits for any more counts as away.
        """
        place, waiting = place_of(target, waiting)
        with ExitStack() as undo, _said_of(place):
            note = place.read()
            if note is None:
                reach(place, waiting, lambda: refuse_unless_file(place.target, "", CHOOSE))
                place.make()
                first = Note(str(place.target), Generation(0, 0, ""), "")
                token, found = claim(place, now, first, waiting)
                undo.callback(let_go, place, now)
                opened = cls._taken(place, now, replace(first, token=token), waiting)
                opened.told = found
            else:
                opened = cls._gone_on(place, now, note, undo, waiting)
            undo.callback(opened.store.close)
            if backing_up:
                opened.store.back_up_if_changed()
            undo.pop_all()
        return opened

    @classmethod
    def create(
        cls, target: Path, now: Callable[[], datetime] = utc_now, *, waiting: Waiting = as_long_as_it_takes
    ) -> Self:
        """Make an empty store in a shared folder and open it. Raises UserError when that cannot be."""
        waiting(lambda: copies.refuse_existing(target, "没有新建"))
        with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
            empty = Path(folder) / target.name
            Store.create(empty, now).close()
            waiting(lambda: copies.copy_file(empty, target))
        return cls.open(target, now, waiting=waiting)

    @classmethod
    def _taken(cls, place: Place, now: Callable[[], datetime], note: Note, waiting: Waiting) -> Self:
        """What lies in the folder, taken anew."""
        note = take(place, now, note, waiting)
        return cls(place, Store.open(place.store, now, backing_up=False), note, now, waiting)

    @classmethod
    def _gone_on(cls, place: Place, now: Callable[[], datetime], note: Note, undo: ExitStack, waiting: Waiting) -> Self:
        """The copy that is here already, brought together with what lies in the folder."""
        note = settled_here(place, note)
        try:
            store = Store.open(place.store, now, backing_up=False)
        except UnreadableError:
            kept = set_aside(place)
            token, found = claim(place, now, note, waiting)
            undo.callback(let_go, place, now)
            opened = cls._taken(place, now, replace(note, token=token, leaving=(), arriving=""), waiting)
            opened.told = _joined(
                found,
                f"本机副本已损坏，原样另存为“{kept}”；现在打开的是“{place.target}”里的内容。\n"
                "其中如有没写回的修改，可以用“恢复备份…”找回。",
            )
            return opened
        undo.callback(store.close)
        opened = cls(place, store, note, now, waiting)
        try:
            there = reach(place, waiting, lambda: look(place))
            token, found = claim(place, now, note, waiting)
        except GaveUpError:
            opened.trouble = AwayError.unreachable(place.target)
        except AwayError as error:
            opened.trouble = error
        if opened.trouble is not None:
            opened.told = str(opened.trouble)
            return opened
        note = replace(note, token=token)
        undo.callback(let_go, place, now)
        opened._note = note = settled_there(note, there)
        place.write(note)
        is_ahead, is_behind = opened.has_more, there.digest != note.taken.digest
        if is_behind and not is_ahead:
            store.close()
            opened = cls._taken(place, now, note, waiting)
        elif is_behind:
            opened.trouble = reach(place, waiting, lambda: changed(place, there))
            opened.told = opened.trouble.what
        elif is_ahead:
            opened.told = f"上次有修改没有来得及写回“{place.target}”，都在本机副本中，已找回，现在写回。"
        opened.told = _joined(found, opened.told)
        return opened

    @property
    def target(self) -> Path:
        """The person's file, in the shared folder."""
        return self._place.target

    @property
    def written(self) -> datetime | None:
        """When the copy was last written back by this computer, None for never."""
        with suppress(ValueError):
            return datetime.fromisoformat(self._note.written)
        return None

    @property
    def has_more(self) -> bool:
        """Whether something was done that the folder does not have. Raises UserError when the copy cannot be read."""
        return self.store.mark() != self._note.mark

    def write_back(self) -> bool:
        """Write back what the folder does not have; False when there is nothing. Raises NotWrittenBackError."""
        outgoing = self.outgoing()
        if outgoing is None:
            return False
        try:
            there = self.waiting(lambda: self.send(outgoing))
        except GaveUpError as error:
            raise AwayError.unreachable(self.target) from error
        self.sent(outgoing, there)
        return True

    def outgoing(self) -> Outgoing | None:
        """Set down what has to be written back, checked; None when there is nothing. Raises UserError."""
        if not self.has_more:
            return None
        path, note, mark = self._place.outgoing, self._note, self.store.mark()
        try:
            path.unlink(missing_ok=True)
            self.store.save_copy(path)
            digest = generation_of(path).digest
        except OSError as error:
            raise atomic.write_error(error, path) from error
        known = note.own
        self._write(replace(note, leaving=note.left(digest, mark)))
        return Outgoing(path, digest, mark, known)

    def send(self, outgoing: Outgoing) -> Generation:
        """Put it in the place of what lies in the folder, if that is known here; in any thread, it only meets files.

        Raises NotWrittenBackError: AwayError, ChangedError, or what kept the folder from taking it.
        """
        with lock_of(self._place):
            return self._send(outgoing)

    def _send(self, outgoing: Outgoing) -> Generation:
        target = self.target
        try:
            there = look(self._place)
            if there.digest == outgoing.digest:
                return there
            if there.digest not in outgoing.known:
                raise changed(self._place, there)
            owner.claim(target, lock.myself(self._now()), self._note.token)
            with atomic.replacing(target, only_over=there.is_of) as beside:
                shutil.copyfile(outgoing.path, beside)
                atomic.flush(beside)
                if generation_of(beside).digest != outgoing.digest:
                    raise UserError("写入后重新读出，与本机副本不一致。请检查网络和磁盘。")
            there = look(self._place)
            if there.digest != outgoing.digest:  # somebody else's since then, which is not known here
                raise changed(self._place, there)
            return there
        except NotWrittenBackError:
            raise
        except atomic.OtherFileError as error:
            with suppress(OSError):
                there = generation_of(target)
            raise changed(self._place, there) from error
        except OSError as error:
            raise AwayError.unreachable(target) from error
        except UserError as error:
            raise NotWrittenBackError.of(target, error) from error

    def sent(self, outgoing: Outgoing, there: Generation) -> None:
        """Note that it is in the folder. Raises UserError; the next opening then finds it out."""
        self.trouble = None
        token = lock.myself(self._now()).token
        written = self._now().astimezone(UTC).isoformat(timespec="seconds")
        self._write(Note(str(self.target), there, outgoing.mark, written, token=token))
        with suppress(OSError):
            outgoing.path.unlink(missing_ok=True)

    def save_beside(self) -> Path:
        """Write all the copy holds to a new file beside the person's own, named after who and where; its path.

        Raises UserError.
        """
        whole = self._place.folder / "另存.tmp"
        try:
            whole.unlink(missing_ok=True)
            self.store.save_copy(whole)
            return reach(self._place, self.waiting, lambda: self._put_beside(whole))
        except OSError as error:
            raise atomic.write_error(error, whole) from error
        finally:
            with suppress(OSError):
                whole.unlink(missing_ok=True)

    def _put_beside(self, whole: Path) -> Path:
        me = lock.myself(self._now())
        who = "".join(character for character in f"{me.user}@{me.host}" if character.isalnum() or character in "@-_.")
        mark = f"（{who} 的版本 {self._now().astimezone():%m%d-%H%M}"
        marks = (f"{mark}{f' {number}' if number > 1 else ''}）" for number in range(1, 1_000))
        path = next(found for one in marks if not atomic.is_there(found := marked(self.target, one)))
        copies.copy_file(whole, path)
        return path

    def give_way(self) -> None:
        """Have the next opening take what lies in the folder; what only the copy holds stays as a backup of it.

        Raises UserError when the backup cannot be made; nothing has changed then.
        """
        self.store.back_up("改用文件夹里的版本之前")
        self.trouble = None
        self._write(replace(self._note, mark=self.store.mark(), leaving=()))

    def finish(self) -> None:
        """Write back what can be written back before it is closed; what could not be is found next time."""
        if self._is_finished:
            return
        try:
            if self.trouble is None and not self.store.is_closed:
                reach(self._place, self.waiting, lambda: None)  # what is on its way arrives first
                self.write_back()
        except UserError:
            log.exception("a copy was closed with changes that are not written back")
        self._is_finished = True

    def close(self) -> None:
        """Finish, and let go of copy and file; once it is finished nothing is waited for."""
        self.finish()
        self.store.close()
        let_go(self._place, self._now)

    def _write(self, note: Note) -> None:
        self._place.write(note)
        self._note = note


@contextmanager
def opened(target: Path, now: Callable[[], datetime] = utc_now) -> Iterator[Store]:
    """The store of a shared folder for something that is done at once: written back when the body ends well.

    Raises UserError, also when it could not be written back: then the copy has it.
    """
    copy = WorkingCopy.open(target, now)
    try:
        if copy.trouble is not None:
            raise copy.trouble
        yield copy.store
        copy.write_back()
    finally:
        copy.close()


def list_backups(path: Path) -> tuple[Backup, ...]:
    """The backups of a file, newest first: those beside it, and those beside its copy on this computer."""
    found = (*backups.list_backups(path), *backups.list_backups(Place.of(path).store))
    return tuple(sorted(found, key=lambda backup: (backup.sequence, backup.at), reverse=True))


def _joined(*told: str) -> str:
    return "\n".join(filter(None, told))


@contextmanager
def _said_of(place: Place) -> Iterator[None]:
    """Say of the person's file what is said of its copy."""
    try:
        yield
    except UserError as error:
        error.args = (str(error).replace(str(place.store), str(place.target)),)
        raise
