"""Names of files: the one a program proposes, and what a system does not accept."""

from __future__ import annotations

import os
from pathlib import Path, PurePath

from model.errors import UserError

MOST_CHARACTERS = 60  # a name in a deep folder has to stay below the 260 characters Windows allows
LONGEST_NAME = 255  # NTFS counts UTF-16 units
LONGEST_BESIDE = ".未写完"
"""The most that is added to the name of a store for what always has to fit beside it."""
_FORBIDDEN = frozenset('<>:"/\\|?*')
_PORTS = (f"{port}{number}" for port in ("COM", "LPT") for number in "123456789¹²³")
_DEVICES = frozenset({"CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$", *_PORTS})


def safe_file_name(text: str, otherwise: str) -> str:
    """A name without suffix made from any text, fit for every Windows folder; ``otherwise`` when nothing can stay."""
    spaced = "".join(character if character.isprintable() else " " for character in text)
    allowed = "".join("_" if character in _FORBIDDEN else character for character in spaced)
    name = " ".join(allowed.split())[:MOST_CHARACTERS].strip(" .")
    if not name:
        return otherwise
    return f"_{name}" if _is_device(name) else name


def marked(path: Path, mark: str) -> Path:
    """``path`` with a mark behind its name; one that leaves no room for it, and for what lies beside, is cut."""
    stem, end = path.stem, mark + path.suffix
    while stem and len(os.fsencode(stem + end + LONGEST_BESIDE)) > LONGEST_NAME:
        stem = stem[:-1]
    return path.with_name(stem + end)


def name_problem(name: str, *, windows: bool = os.name == "nt") -> str:
    """Why no file of this system can be called ``name``, half a sentence; "" when one can.

    Windows itself says so badly or not at all: it writes ``a:b.xlsx`` into a hidden part of ``a``, and ``NUL.xlsx``
    nowhere. Elsewhere the system's own word is enough.
    """
    if "\0" in name:
        return "含有文件名不允许的控制字符"
    try:
        os.fsencode(name)
    except UnicodeEncodeError:  # half of a surrogate pair
        return "含有文件名不允许的字符"
    if not windows:
        return ""
    bad = sorted({character for character in name if character in _FORBIDDEN or character < " "})
    if bad:
        shown = " ".join(character for character in bad if character.isprintable())
        return f"含有文件名不允许的字符 {shown}" if shown else "含有文件名不允许的控制字符"
    if _is_device(name):
        return "是 Windows 的保留名称"
    if name != name.rstrip(" ."):
        return "以空格或句点结尾"
    return "过长" if units(name) > LONGEST_NAME else ""


def units(name: str) -> int:
    """How long Windows counts a name."""
    return len(name.encode("utf-16-le", "surrogatepass")) // 2


def refuse_bad_name(path: PurePath) -> None:
    """Raise UserError when no file can be called as ``path`` ends."""
    problem = name_problem(path.name)
    if problem:
        shown = path.name.encode("utf-8", "replace").decode("utf-8")
        raise UserError(f"文件名“{shown}”{problem}。\n没有写入任何内容。请换一个文件名后重试。")


def _is_device(name: str) -> bool:
    return name.split(".", maxsplit=1)[0].strip().upper() in _DEVICES
