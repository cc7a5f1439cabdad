"""Where the copy of a file in a shared folder is kept here, and what is noted of it (reliability.md §5.4)."""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from storage.files import atomic
from storage.files.private import private_folder

_FORMAT = "jixiao-working-copy/1"
_NOTE = "本机副本.json"
_LONGEST = 65_536
_MOST_LEAVING = 20


@dataclass(frozen=True, slots=True)
class Generation:
    """What a file held at one moment: ``size`` in bytes, ``modified`` in nanoseconds; its SHA-256 decides."""

    size: int
    modified: int
    digest: str

    def is_of(self, path: Path) -> bool:
        """Whether a file holds this, read anew: two of one size may be of one tick of the clock. Raises OSError."""
        found = path.stat()
        is_alike = (found.st_size, found.st_mtime_ns) == (self.size, self.modified)
        return is_alike and generation_of(path).digest == self.digest


@dataclass(frozen=True, slots=True)
class Leaving:
    """A content of the copy that was on its way into the folder, with the mark of the copy then (``Store.mark``)."""

    digest: str
    mark: str


@dataclass(frozen=True, slots=True)
class Note:
    """What is known of a copy, so that it can be told after a kill at any step what lies where.

    ``taken`` is what lay in the folder when copy and folder last agreed, ``mark`` the mark of the copy then, and
    ``written`` when the copy was last written back (ISO 8601, UTC; "" for never). ``arriving`` is the digest of a
    content that was to replace the copy, and ``leaving`` are those that may have reached the folder. ``token`` is that
    of the run of the program that last named itself beside the file.
    """

    target: str
    taken: Generation
    mark: str
    written: str = ""
    arriving: str = ""
    leaving: tuple[Leaving, ...] = ()
    token: str = ""

    @property
    def own(self) -> frozenset[str]:
        """The digests of what this copy knows of: what it took, and what it may have written."""
        return frozenset({self.taken.digest, *(one.digest for one in self.leaving)})

    def left(self, digest: str, mark: str) -> tuple[Leaving, ...]:
        """What may have reached the folder once this content is on its way."""
        return (*(one for one in self.leaving if one.digest != digest), Leaving(digest, mark))[-_MOST_LEAVING:]


@dataclass(frozen=True, slots=True)
class Place:
    """The folder of one copy: ``target`` is the person's file, ``store`` the copy of the same name."""

    target: Path
    folder: Path

    @classmethod
    def of(cls, target: Path) -> Place:
        """The place for a file; that of the file itself where ``target`` is a link to it."""
        return cls.named(Path(os.path.realpath(target)) if os.path.islink(target) else target)

    @classmethod
    def named(cls, target: Path) -> Place:
        """The place for a file that is no link; nothing is asked of its folder."""
        real = target.absolute()
        name = os.path.normcase(os.path.abspath(real))
        digest = hashlib.blake2b(name.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
        return cls(real, private_folder() / "work" / digest)

    @property
    def store(self) -> Path:
        """The copy itself."""
        return self.folder / self.target.name

    @property
    def outgoing(self) -> Path:
        """A whole copy of the copy, on its way into the folder."""
        return self.folder / "写回.tmp"

    def make(self) -> None:
        """Make the folder, for its owner's eyes only. Raises UserError."""
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise atomic.write_error(error, self.store) from error

    def read(self) -> Note | None:
        """What is noted of the copy; None when there is none. A note nobody can read knows of nothing."""
        if not self.store.is_file():
            return None
        try:
            with (self.folder / _NOTE).open("rb") as file:
                data = json.loads(file.read(_LONGEST))
            return _note(data)
        except (OSError, ValueError, KeyError, TypeError, RecursionError):
            return Note(str(self.target), Generation(0, 0, ""), "")

    def write(self, note: Note) -> None:
        """Note this in place of what was noted. Raises UserError."""
        with atomic.replacing(self.folder / _NOTE, private=True) as beside:
            beside.write_text(json.dumps({"format": _FORMAT, **asdict(note)}, ensure_ascii=False), encoding="utf-8")


def generation_of(path: Path) -> Generation:
    """What a file holds now; all of it is read. Raises OSError."""
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
        found = os.fstat(file.fileno())
    return Generation(found.st_size, found.st_mtime_ns, digest)


def _note(data: Any) -> Note:
    if data["format"] != _FORMAT:
        raise ValueError(data["format"])
    texts = {name: str(data[name]) for name in ("target", "mark", "written", "arriving", "token")}
    taken = Generation(int(data["taken"]["size"]), int(data["taken"]["modified"]), str(data["taken"]["digest"]))
    leaving = tuple(Leaving(str(one["digest"]), str(one["mark"])) for one in data["leaving"])
    return Note(taken=taken, leaving=leaving, **texts)
