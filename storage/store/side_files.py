"""What SQLite keeps beside a store, and what becomes of it when another file takes the store's name."""

from __future__ import annotations

from itertools import count
from pathlib import Path

from storage.files import atomic

_SUFFIXES = ("-journal", "-wal", "-shm")


def beside(store: Path) -> tuple[Path, ...]:
    """The files in which an interrupted program left half a write to ``store``. Raises UserError."""
    found = (store.with_name(f"{store.name}{suffix}") for suffix in _SUFFIXES)
    # an empty one says nothing, and SQLite takes no notice of it
    return tuple(path for path in found if atomic.is_there(path) and path.stat().st_size)


def set_aside(store: Path) -> tuple[Path, ...]:
    """Rename what lies beside ``store`` from another life, before a file is made of that name; what it is called now.

    SQLite would play it into whatever file has the name (reliability.md §5.3). It is kept: it may be the other half of
    a file that somebody moved. Raises UserError.
    """
    return tuple(_renamed(path, path) for path in beside(store))


def move_with(store: Path, kept: Path) -> None:
    """Move what lies beside ``store`` to its copy ``kept``, so that the two stay together. Raises UserError."""
    for path in beside(store):
        _renamed(path, kept.with_name(path.name.replace(store.name, kept.name, 1)), is_free=True)


def _renamed(path: Path, wanted: Path, *, is_free: bool = False) -> Path:
    names = (wanted.with_name(f"{wanted.name}.旧-{n}") for n in count(1))
    target = wanted if is_free else next(name for name in names if not atomic.is_there(name))
    try:
        return path.rename(target)
    except OSError as error:
        raise atomic.write_error(error, target) from error
