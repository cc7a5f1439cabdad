"""The store a verb works on, with what its opening has to say."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from storage.batch.streams import Say
from storage.store import Store


@contextmanager
def opened(path: Path, warn: Say) -> Iterator[Store]:
    """The open store at ``path``; a backup that was due and could not be made is told. Raises UserError."""
    with Store.open(path) as store:
        if store.backup_problem:
            warn(store.backup_problem)
        yield store
