"""The name a program proposes for a file: one that every Windows folder accepts."""

from __future__ import annotations

MOST_CHARACTERS = 60  # a name in a deep folder has to stay below the 260 characters Windows allows
_FORBIDDEN = frozenset('<>:"/\\|?*')
_DEVICES = frozenset({"CON", "PRN", "AUX", "NUL", *(f"{port}{n}" for port in ("COM", "LPT") for n in range(1, 10))})


def safe_file_name(text: str, otherwise: str) -> str:
    """A name without suffix made from any text; ``otherwise`` when nothing of it can stay."""
    spaced = "".join(character if character.isprintable() else " " for character in text)
    allowed = "".join("_" if character in _FORBIDDEN else character for character in spaced)
    name = " ".join(allowed.split())[:MOST_CHARACTERS].strip(" .")
    if not name:
        return otherwise
    return f"_{name}" if name.split(".")[0].strip().upper() in _DEVICES else name
