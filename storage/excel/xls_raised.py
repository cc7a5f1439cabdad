"""Texts of an old workbook in which signs are raised or lowered: its parser gives them level, 10⁴ as 104.

Only a workbook with such a font is looked through, by the records of BIFF 8 that bear on it ([MS-XLS] 2.4).
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from model.values.markup import raised
from storage.excel.compound import stream_of

Place = tuple[int, int]

_BOF, _EOF, _CONTINUE = 0x809, 0x0A, 0x3C
_FONT, _SHEET, _TEXTS = 0x31, 0x85, 0xFC
_CELL_OF_TEXTS, _CELL_WITH_RUNS = 0xFD, 0xD6
_BIFF8 = 0x600
_NO_FONT = 4
"""There is no fifth font: the numbers after it are one too large."""
_RAISED, _LOWERED = 1, 2
_WIDE, _PHONETIC, _RICH = 0x1, 0x4, 0x8


def raised_texts(path: Path) -> Sequence[Mapping[Place, str] | None] | None:
    """For each sheet the texts with raised or lowered signs by (row, column), or None where they cannot be read."""
    try:
        return _raised_texts(stream_of(path.read_bytes(), ("Workbook", "Book")))
    except (ValueError, IndexError, struct.error, StopIteration):
        return None


def _raised_texts(stream: bytes) -> Sequence[Mapping[Place, str]]:
    fonts: list[int] = []
    sheets: list[int] = []
    texts: list[bytes] = []
    version, last = 0, 0
    for kind, body in _records(stream, 0):
        if kind == _BOF and not version:
            (version,) = struct.unpack_from("<H", body)
        elif kind == _FONT:
            fonts.append(struct.unpack_from("<H", body, 8)[0])
        elif kind == _SHEET:
            sheets.append(struct.unpack_from("<I", body)[0])
        elif kind == _TEXTS or (kind == _CONTINUE and last == _TEXTS):
            texts.append(body)
        last = last if kind == _CONTINUE else kind
    if not any(fonts):
        return [{} for _ in sheets]
    if version != _BIFF8:
        raise ValueError("a version that keeps its texts elsewhere")
    shared = _shared(texts, fonts) if texts else {}
    return [_of_sheet(stream, at, shared) for at in sheets]


def _records(stream: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    """The records from a place on, to the end of their part of the stream."""
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        if kind == _EOF:
            return
        yield kind, stream[at + 4 : at + 4 + length]
        at += 4 + length
    raise ValueError("no end")


def _shared(pieces: Sequence[bytes], fonts: Sequence[int]) -> dict[int, str]:
    """The texts of the workbook with raised or lowered signs, by their numbers."""
    reader = _Pieces(pieces)
    _all, count = struct.unpack("<II", reader.take(8))
    found = {}
    for number in range(count):
        text = reader.text(fonts)
        if text is not None:
            found[number] = text
    return found


def _of_sheet(stream: bytes, at: int, shared: Mapping[int, str]) -> dict[Place, str]:
    found = {}
    for kind, body in _records(stream, at):
        if kind == _CELL_WITH_RUNS:
            raise ValueError("a text that stands with its cell")
        if kind == _CELL_OF_TEXTS:
            row, column, _look, number = struct.unpack_from("<HHHI", body)
            if number in shared:
                found[row, column] = shared[number]
    return found


@dataclass(slots=True)
class _Pieces:
    """What a record says that goes on in others: where its signs are parted, it says anew how they are written."""

    pieces: Sequence[bytes]
    _piece: int = 0
    _at: int = 0

    def take(self, count: int) -> bytes:
        """The next bytes, wherever they are parted."""
        taken = b""
        while len(taken) < count:
            more = self._next(count - len(taken))
            taken += more
        return taken

    def text(self, fonts: Sequence[int]) -> str | None:
        """The next text of those that are shared, None where all its signs are level."""
        length, how = struct.unpack("<HB", self.take(3))
        runs = struct.unpack("<H", self.take(2))[0] if how & _RICH else 0
        beside = struct.unpack("<I", self.take(4))[0] if how & _PHONETIC else 0
        signs = self._signs(length, how)
        changes = self.take(4 * runs)
        self._skip(beside)
        return _written(signs, changes, fonts)

    def _signs(self, count: int, how: int) -> bytes:
        """So many signs, two bytes each."""
        parts = []
        while count:
            if self._at >= len(self.pieces[self._piece]):
                (how,) = self._next(1)
            width = 2 if how & _WIDE else 1
            room = (len(self.pieces[self._piece]) - self._at) // width
            part = self._next(width * min(count, max(room, 1)))
            parts.append(part if how & _WIDE else part.decode("latin-1").encode("utf-16-le"))
            count -= len(part) // width
        return b"".join(parts)

    def _skip(self, count: int) -> None:
        while count:
            count -= len(self._next(count))

    def _next(self, most: int) -> bytes:
        """Bytes of the piece at hand, or of the one after it; IndexError behind the last."""
        while self._at >= len(self.pieces[self._piece]):
            self._piece, self._at = self._piece + 1, 0
        found = self.pieces[self._piece][self._at : self._at + most]
        self._at += len(found)
        return found


def _written(signs: bytes, changes: bytes, fonts: Sequence[int]) -> str | None:
    """A text in which the font changes at some of its signs; before the first change they are those of the cell."""
    starts = [(place, _position(font, fonts)) for place, font in struct.iter_unpack("<HH", changes)]
    if not any(position for _place, position in starts):
        return None
    stretches = pairwise([(0, 0), *starts, (len(signs) // 2, 0)])
    parts = ((signs[2 * start : 2 * end].decode("utf-16-le", "replace"), how) for (start, how), (end, _) in stretches)
    return "".join(
        raised(part, is_lowered=how == _LOWERED) if how in {_RAISED, _LOWERED} else part for part, how in parts
    )


def _position(font: int, fonts: Sequence[int]) -> int:
    return fonts[font - (font > _NO_FONT)]
