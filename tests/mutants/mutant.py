"""One change of one place in one file, and how it is told and found again."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256

from tests.mutants.areas import ROOT


@dataclass(frozen=True, slots=True)
class Mutant:
    """Bytes ``start`` to before ``end`` of a file give way to ``after``.

    ``function`` is the qualified name of what it lies in, "" for the module itself. ``lines`` are the first and the
    last line of the statement, by which the tests that execute it are found.
    """

    path: str
    function: str
    line: int
    lines: tuple[int, int]
    start: int
    end: int
    kind: str
    before: str
    after: str
    row: str

    @property
    def key(self) -> str:
        """What stays the same when other lines of the file change."""
        return sha256(
            "\0".join((self.path, self.function, self.row, self.kind, self.before, self.after)).encode()
        ).hexdigest()[:16]

    def source(self) -> bytes:
        """The text of the file with the change."""
        text = (ROOT / self.path).read_bytes()
        return text[: self.start] + self.after.encode() + text[self.end :]

    def said(self) -> str:
        """The change on one line."""
        return f"{' '.join(self.before.split())} → {' '.join(self.after.split()) or 'nothing'}"
