"""A stream of a compound file, the container of old Office documents; nothing it says of itself is believed."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence

_SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_NO_SECTOR = 0xFFFFFFFA
"""From here on a number is the end of a chain, or stands for something that is no sector of a stream."""
_IN_HEADER = 109
_ENTRY = 128
_STREAM = 2
_LEAST = 4096
"""A shorter stream lies elsewhere; what is read here is filled up to that length by those who write it."""


def stream_of(data: bytes, names: Sequence[str]) -> bytes:
    """The first stream there is of one of these names.

    Raises ValueError, struct.error or StopIteration when there is none that can be read.
    """
    if not data.startswith(_SIGNATURE):
        raise ValueError("no compound file")
    size = 1 << struct.unpack_from("<H", data, 30)[0]
    if size not in {512, 4096}:
        raise ValueError("no size of a sector")
    table = _table(data, size)
    directory = _large(data, size, table, struct.unpack_from("<I", data, 48)[0])
    found = {name.casefold(): place for name, *place in _streams(directory)}
    start, length = next(found[name.casefold()] for name in names if name.casefold() in found)
    if length < _LEAST:
        raise ValueError("a stream that is kept elsewhere")
    return _large(data, size, table, start)[:length]


def _table(data: bytes, size: int) -> Sequence[int]:
    """Which sector follows each; where its own sectors lie stands in the header, and in a chain beside it."""
    places = list(struct.unpack_from(f"<{_IN_HEADER}I", data, 76))
    (following,) = struct.unpack_from("<I", data, 68)
    seen: set[int] = set()
    while following < _NO_SECTOR and following not in seen:
        seen.add(following)
        *more, following = _numbers(_sector(data, size, following))
        places += more
    return _numbers(b"".join(_sector(data, size, place) for place in dict.fromkeys(places) if place < _NO_SECTOR))


def _large(data: bytes, size: int, table: Sequence[int], start: int) -> bytes:
    return b"".join(_sector(data, size, sector) for sector in _chain(table, start))


def _chain(table: Sequence[int], start: int) -> Iterator[int]:
    """The sectors of a stream; a chain that comes back to itself is none."""
    at = start
    for _ in range(len(table)):
        if at >= _NO_SECTOR:
            return
        if at >= len(table):
            raise ValueError("a chain leads out of the file")
        yield at
        at = table[at]
    if at < _NO_SECTOR:
        raise ValueError("a chain has no end")


def _sector(data: bytes, size: int, number: int) -> bytes:
    return data[(number + 1) * size : (number + 2) * size]


def _numbers(data: bytes) -> Sequence[int]:
    return struct.unpack(f"<{len(data) // 4}I", data[: len(data) // 4 * 4])


def _streams(directory: bytes) -> Iterator[tuple[str, int, int]]:
    """Name, first sector and length of each stream."""
    for at in range(0, len(directory) - _ENTRY + 1, _ENTRY):
        (length,) = struct.unpack_from("<H", directory, at + 64)
        name = directory[at : at + min(64, max(0, length - 2))].decode("utf-16-le", "replace")
        if directory[at + 66] == _STREAM:
            yield name, *struct.unpack_from("<II", directory, at + 116)
