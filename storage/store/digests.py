"""Whether a store still says what was written into it: a digest beside each row that a person relies on.

SQLite's own checks see the structure, hardly ever a changed letter (reliability.md §6.1). Only cells that are not blank
count, by name: a column that a later version adds, blank in what there was, changes no digest. A migration that changes
a text or the name of a column has to set the digests of its rows to NULL, which says that nothing is known.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from hashlib import blake2b

from sqlalchemy import Connection, bindparam, select, update

from model.records import Content, Indicator, Project, text_cells
from storage.store.mapping import read_projects
from storage.store.tables import LIBRARY, PROJECT, SETTING, SUMMARY

_BYTES = 16
_AT_ONCE = 20

# no content has it: the row stays known as spoilt, whatever is changed in it, until somebody has looked at it
_SPOILT = b""


@dataclass(frozen=True, slots=True)
class Looked:
    """What a look at some projects found: those that are not as they were written.

    ``last`` is the id of the last one looked at, to go on behind it, None when there are no more. ``is_stale`` says
    that lines of the list were not as written either and wait for being counted anew.
    """

    spoilt: tuple[Project, ...]
    last: str | None
    is_stale: bool


def of_project(project: Project) -> bytes:
    """The digest of all that a project says: its head, its forms with their lines in order, its explanations."""
    forms = {str(content.form): _of_content(content) for content in project.forms.values()}
    head = {"year": project.year, **_cells(project)}
    return _digest([project.id, head, forms, dict(project.explanations)])


def of_row(values: Mapping[str, object]) -> bytes:
    """The digest of one row, its columns by name."""
    return _digest({name: value for name, value in values.items() if value is not None and value != ""})


def differs(kept: bytes | None, found: bytes) -> bool:
    """Whether what was found is not what was written; nobody knows where no digest was kept."""
    return kept is not None and kept != found


def spoilt_in_words(project: Project) -> str:
    """What is the matter with a project that is not as it was written, and what to do, for the clerk."""
    return (
        f"{project.year} 年度“{project.project_name}”的内容与保存时不一致。文件受过损坏，或被其他程序改动过。\n"
        "请逐项核对，或用“恢复备份…”回到以前的样子。\n程序没有改动任何内容。"
    )


def spoilt(connection: Connection, projects: Iterable[Project]) -> frozenset[str]:
    """The ids of those of these projects, just read, that are not as they were written."""
    found = {project.id: project for project in projects}
    kept = connection.execute(_KEPT, {"ids": list(found)}) if found else ()
    return frozenset(key for key, digest in kept if differs(digest, of_project(found[key])))


def write(connection: Connection, projects: Iterable[Project], spoilt_before: Collection[str] = ()) -> None:
    """Keep the digests of projects as the store holds them now; those that were spoilt before stay so."""
    rows = [
        {"row_key": project.id, "digest": _SPOILT if project.id in spoilt_before else of_project(project)}
        for project in projects
    ]
    if rows:
        connection.execute(_WRITE, rows)


def fill(connection: Connection) -> None:
    """Keep the digests of what an earlier version wrote, as it stands."""
    ids = connection.execute(select(PROJECT.c.id).where(PROJECT.c.digest.is_(None))).scalars().all()
    for start in range(0, len(ids), _AT_ONCE):
        write(connection, read_projects(connection, ids[start : start + _AT_ONCE]))
    settings = connection.execute(select(SETTING.c.key, SETTING.c.text).where(SETTING.c.digest.is_(None))).all()
    kept = [{"row_key": key, "digest": of_row({"key": key, "text": text})} for key, text in settings]
    if kept:
        connection.execute(_WRITE_SETTING, kept)
    entries = connection.execute(select(*LIBRARY.columns).where(LIBRARY.c.digest.is_(None))).all()
    kept = [
        {"row_level": row.level2, "row_name": row.name, "digest": _of_mapping(dict(row._mapping))} for row in entries
    ]
    if kept:
        connection.execute(_WRITE_ENTRY, kept)


def look_at(connection: Connection, behind: str | None) -> Looked:
    """Look at the next projects behind the one with this id (None: at the first ones), and their lines of the list."""
    query = select(PROJECT.c.id).order_by(PROJECT.c.id).limit(_AT_ONCE)
    ids = connection.execute(query if behind is None else query.where(PROJECT.c.id > behind)).scalars().all()
    projects = read_projects(connection, ids)
    wrong = spoilt(connection, projects)
    stale = _mark_lines(connection, ids)
    is_last = len(ids) < _AT_ONCE
    return Looked(tuple(one for one in projects if one.id in wrong), None if is_last else ids[-1], stale)


def spoilt_settings(connection: Connection) -> tuple[str, ...]:
    """The keys of settings that are not as they were written."""
    rows = connection.execute(select(SETTING.c.key, SETTING.c.text, SETTING.c.digest)).all()
    return tuple(key for key, text, digest in rows if differs(digest, of_row({"key": key, "text": text})))


def spoilt_library(connection: Connection) -> tuple[str, ...]:
    """The names of decided entries of the library that are not as they were written."""
    rows = connection.execute(select(*LIBRARY.columns).order_by(LIBRARY.c.level2, LIBRARY.c.name))
    return tuple(row.name for row in rows if differs(row.digest, _of_mapping(dict(row._mapping))))


def of_summary(row: Mapping[str, object]) -> bytes:
    """The digest of a line of the list, but for whether it waits for being counted anew."""
    return of_row({name: value for name, value in row.items() if name not in {"stale", "digest"}})


_KEPT = select(PROJECT.c.id, PROJECT.c.digest).where(PROJECT.c.id.in_(bindparam("ids", expanding=True)))
_WRITE = update(PROJECT).where(PROJECT.c.id == bindparam("row_key")).values(digest=bindparam("digest"))
_WRITE_SETTING = update(SETTING).where(SETTING.c.key == bindparam("row_key")).values(digest=bindparam("digest"))
_WRITE_ENTRY = (
    update(LIBRARY)
    .where(LIBRARY.c.level2 == bindparam("row_level"), LIBRARY.c.name == bindparam("row_name"))
    .values(digest=bindparam("digest"))
)


def _mark_lines(connection: Connection, ids: Collection[str]) -> bool:
    """Have lines that are not as written counted anew; whether there were any."""
    rows = connection.execute(select(*SUMMARY.columns).where(SUMMARY.c.project_id.in_(ids), SUMMARY.c.stale == 0))
    wrong = [row.project_id for row in rows if differs(row.digest, of_summary(dict(row._mapping)))]
    if wrong:
        connection.execute(update(SUMMARY).where(SUMMARY.c.project_id.in_(wrong)).values(stale=1))
    return bool(wrong)


def _of_mapping(row: Mapping[str, object]) -> bytes:
    return of_row({name: value for name, value in row.items() if name != "digest"})


def _of_content(content: Content) -> object:
    return _cells(content), [_of_line(line) for line in content.indicators]


def _of_line(line: Indicator) -> object:
    return line.id, _cells(line)


def _cells(record: Project | Content | Indicator) -> dict[str, str]:
    texts = {name: getattr(record, name) for name in text_cells(type(record))}
    return {name: text for name, text in texts.items() if text}


def _digest(said: object) -> bytes:
    text = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=bytes.hex)
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=_BYTES).digest()
