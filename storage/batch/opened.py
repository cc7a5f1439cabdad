"""The store a verb works on, with what its opening has to say."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from storage.batch.streams import Say
from storage.store import Store


@contextmanager
def opened(path: Path, warn: Say) -> Iterator[Store]:
    """The open store at ``path``; told is a due backup that failed, and a setting that does not count.

    Raises UserError.
    """
    with Store.open(path) as store:
        if store.backup_problem:
            warn(store.backup_problem)
        notice = store.settings().notice
        if notice:
            warn(notice)
        yield store
