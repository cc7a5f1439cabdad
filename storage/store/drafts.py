"""What is being typed and is not in the store yet, in a file beside it: a kill costs a second (reliability.md §6).

Beside and not in the store: it costs two thirds of a transaction, and neither the file nor its backups change by it.
Nothing here is ever applied by itself: the window offers it.
"""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from model.changes import Change, ProjectChange, changes_of_project
from storage.files import atomic
from storage.store.journal_codec import from_json, to_json

_FORMAT = "jixiao-drafts/1"
_MOST_BYTES = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Draft:
    """A gesture that was not finished or not written: one cell's text, or a new line with what was typed on it."""

    project_id: str
    changes: tuple[ProjectChange, ...]


class DraftError(Exception):
    """The file beside a store is none of drafts. ``kept`` is what it is called now, None when it stands as it was."""

    def __init__(self, kept: Path | None) -> None:
        super().__init__(kept)
        self.kept = kept


def drafts_path(store: Path) -> Path:
    """The file beside a store that holds what is being typed; beside the store itself where ``store`` is a link."""
    real = Path(os.path.realpath(store)) if store.is_symlink() else store
    return real.with_name(f"{real.name}.未写完")


def write(store: Path, drafts: Sequence[Draft]) -> None:
    """Keep these, for their owner's eyes only, in place of what was kept; none takes the file away.

    Raises UserError when they cannot be written; what was kept then still is.
    """
    path = drafts_path(store)
    if not drafts:
        with suppress(OSError):
            path.unlink(missing_ok=True)
        return
    texts = [{"project": draft.project_id, "gesture": to_json(draft.changes)} for draft in drafts]
    with atomic.replacing(path, private=True) as beside:
        beside.write_text(json.dumps({"format": _FORMAT, "drafts": texts}, ensure_ascii=False), encoding="utf-8")


def read(store: Path) -> tuple[Draft, ...]:
    """What a program that was killed had kept beside a store. Raises DraftError; such a file is renamed and stays."""
    path = drafts_path(store)
    try:
        if not path.is_file():  # a pipe would be read for ever
            return ()
        with path.open("rb") as file:
            document = json.loads(file.read(_MOST_BYTES))
        if document["format"] != _FORMAT:
            raise ValueError(document["format"])
        return tuple(_draft(str(one["project"]), from_json(one["gesture"])) for one in document["drafts"])
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise DraftError(_kept(path)) from error


def _draft(project_id: str, changes: tuple[Change, ...]) -> Draft:
    own = changes_of_project(changes, project_id)
    if not own or len(own) != len(changes):
        raise ValueError("a draft belongs to one project")
    return Draft(project_id, own)


def _kept(path: Path) -> Path | None:
    names = (f"{path.name}.无法读取{f'-{number}' if number > 1 else ''}" for number in range(1, 10**6))
    try:
        return path.replace(next(kept for name in names if not atomic.is_there(kept := path.with_name(name))))
    except OSError:
        return None
