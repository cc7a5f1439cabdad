"""Drawings in a colour: as SVG, and at an address of their own, which is all a style sheet can ask for."""

from __future__ import annotations

import struct
from functools import cache
from pathlib import Path

from PySide6.QtCore import qRegisterResourceData

_FORMAT = 1
_FOLDER = 0x02


def drawing(path: Path, color: str) -> str:
    """The SVG of a drawing whose lines say ``currentColor``."""
    return path.read_text(encoding="utf-8").replace("currentColor", color)


@cache
def address(path: Path, color: str) -> str:
    """Where Qt finds the drawing in a ``#rrggbb`` colour from now on."""
    name = f"{path.stem}-{color.removeprefix('#')}.svg"
    parts = _packed(name, drawing(path, color).encode())
    _kept.append(parts)
    qRegisterResourceData(_FORMAT, *parts)
    return f":/{name}"


_kept: list[tuple[bytes, bytes, bytes]] = []
"""What Qt reads the drawings from: it keeps no copy."""


def _packed(name: str, data: bytes) -> tuple[bytes, bytes, bytes]:
    """One file in the form of Qt's resources: a folder with this file in it, its name, what it holds."""
    folder = struct.pack(">IHII", 0, _FOLDER, 1, 1)
    file = struct.pack(">IHHHI", 0, 0, 0, 1, 0)
    letters = name.encode("utf-16-be")
    return folder + file, struct.pack(">HI", len(name), _hash(name)) + letters, struct.pack(">I", len(data)) + data


def _hash(name: str) -> int:
    """What Qt looks a name up by."""
    value = 0
    for letter in name:
        value = (value << 4) + ord(letter)
        value ^= (value & 0xF0000000) >> 23
        value &= 0x0FFFFFFF
    return value
