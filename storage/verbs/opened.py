"""The store a verb works on, with what its opening has to say."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from model.errors import UserError
from storage.files.kinds import STORE_SUFFIX
from storage.importing.other_store import copied
from storage.importing.plan import plan_import, read_files
from storage.store.digests import spoilt_in_words
from storage.store.opening import is_read_only
from storage.store.sqlite import Store
from storage.verbs.standard_input import STANDARD, received
from storage.verbs.streams import Say
from storage.working_copy.choice import wants_copy
from storage.working_copy.copy import opened as opened_copy


@contextmanager
def opened(path: Path, warn: Say) -> Iterator[Store]:
    """The open store at ``path``; told is a due backup that failed, damage, and a setting that does not count.

    One of a shared folder is opened as a copy, and written back. Raises UserError.
    """
    if path == STANDARD:
        raise UserError("导入到绩效文件，不能用“-”代替它的名字。\n没有导入任何内容。请写明绩效文件（.jixiao）。")
    with opened_copy(path) if wants_copy(path) else Store.open(path) as store:
        if store.backup_problem:
            warn(store.backup_problem)
        _warn(store, warn)
        yield store


@contextmanager
def opened_to_read(path: Path, warn: Say) -> Iterator[Store]:
    """The store at ``path``, for a verb that changes nothing. Raises UserError.

    One that cannot be written (on a disc, in an archive, in somebody else's folder) is read as a copy. ``-`` is what
    the standard input brings: a store, or a file of forms.
    """
    if path == STANDARD:
        with received(path) as file, _store_of(file, warn) as store:
            _warn(store, warn)
            yield store
    elif is_read_only(path):
        with copied(path) as store:
            _warn(store, warn)
            yield store
    else:
        with opened(path, warn) as store:
            yield store


@contextmanager
def _store_of(file: Path, warn: Say) -> Iterator[Store]:
    if file.suffix == STORE_SUFFIX:
        with copied(file) as store:
            yield store
        return
    forms = read_files([file])
    for notice in (notice for form in forms for notice in form.notices):
        warn(notice)
    with TemporaryDirectory() as folder, Store.create(Path(folder) / f"{file.stem}{STORE_SUFFIX}") as store:
        plan = plan_import(None, forms)
        if plan.changes:
            store.apply(plan.label, plan.changes)
        yield store


def _warn(store: Store, warn: Say) -> None:
    """Tell what of a store does not count, and what is not as it was written."""
    for notice in filter(None, (store.taken_in, store.settings().notice)):
        warn(notice)
    looked = store.look_at()
    while True:
        for project in looked.spoilt:
            warn(spoilt_in_words(project))
        if looked.last is None:
            return
        looked = store.look_at(looked.last)
