"""Places and names nobody expects: everything that is written there works, or is refused with a sentence."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from functools import partial
from pathlib import Path
from random import Random

from model.errors import UserError
from model.settings import Settings
from storage.excel import export_workbook
from storage.files import atomic
from storage.importing.readers import read_file
from storage.interchange.writing import write_forms
from storage.store import backups
from storage.store.backups import BY_HAND
from storage.store.sqlite import Store
from tests.torture.kills import void
from tests.torture.stores import Clerk, answered, contradictions, new_store, some_projects
from tests.torture.tally import Run, Tally

_PATIENCE = 120.0

Make = Callable[[Path], Path]
"""Makes a place in an empty folder; the path of a store that is to be put there."""


def go_anywhere(run: Run) -> Tally:
    """Make, edit, back up, restore, copy, export and read again in each place."""
    return _go(run, _all_of_it)


def go_naively(run: Run) -> Tally:
    """The control: a program that puts the path together into an address and into messages by itself."""
    return _go(run, _naively)


def _go(run: Run, work: Callable[[Path], tuple[str, ...]]) -> Tally:
    tally = Tally()
    places = list(PLACES.items())[run.piece : run.count * run.pieces : run.pieces]
    sound = new_store(run.folder / "sound")
    for number, (name, make) in enumerate(places):
        with tally.fault():
            folder = run.folder / f"place {number}"
            folder.mkdir()
            path = make(folder)
            _put(sound, path)
            problems = answered(partial(work, path), _PATIENCE)
            for problem in ("no answer",) if problems is None else problems:
                if problem.startswith("told: "):
                    tally.count("told")
                else:
                    tally.note("other", f"{name}: {problem}")
            left = [one.name for one in folder.rglob("*") if atomic._OURS.fullmatch(one.name) or one.suffix == ".lock"]
            if left := [one for one in left if one != _FOLDER_LOCK]:
                tally.note("other", f"{name}: left behind: {left}")
    return tally


def _all_of_it(path: Path) -> tuple[str, ...]:
    """What was told and what broke of everything that is done with a store there and beside it."""
    return tuple(
        said
        for what, act in {
            "open": _open,
            "edit": _edit,
            "restore": _restore,
            "export": _export,
            "make": _make,
        }.items()
        for said in _said(what, act, path)
    )


def _said(what: str, act: Callable[[Path], None], path: Path) -> Iterator[str]:
    try:
        act(path)
    except UserError as error:
        str(error).encode("utf-8")  # what cannot be shown breaks the window
        yield f"told: {what}: {error}"
    except Exception as error:  # noqa: BLE001 this is what is looked for
        yield f"{what}: {type(error).__name__}: {error}"


def _open(path: Path) -> None:
    before = path.read_bytes() if _is_file(path) else b""
    try:
        Store.open(path, backing_up=False).close()
    except UserError:
        if before:
            assert path.read_bytes() == before
        raise


def _edit(path: Path) -> None:
    with Store.open(path, backing_up=False) as store:
        acked = Clerk(store, Random(1)).act()
        store.back_up(BY_HAND)
        store.save_copy(path.with_name("另存.jixiao"))
    with Store.open(path) as store:
        assert store.journal(1)[0].seq == acked
        assert not list(contradictions(store))
    assert not path.with_name(f"{path.name}-wal").exists()


def _restore(path: Path) -> None:
    if listed := backups.list_backups(path):
        backups.restore(path, listed[-1])


def _export(path: Path) -> None:
    for suffix in (".xlsx", ".json"):
        target = path.with_name(f"{path.stem}{suffix}")
        if suffix == ".xlsx":
            void(export_workbook(target, some_projects()[:1], Settings(), draft=True))
        else:
            void(write_forms(target, some_projects()[:1], Settings()))
        assert read_file(target)


def _make(path: Path) -> None:
    Store.create(path.with_name(f"新{path.name}")).close()


def _naively(path: Path) -> tuple[str, ...]:
    try:
        with closing(sqlite3.connect(f"file:{path}?mode=rw", uri=True)) as connection:
            connection.execute("SELECT count(*) FROM project")
        f"cannot open {path}".encode()
    except Exception as error:  # noqa: BLE001 this is what is looked for
        return (f"{type(error).__name__}",)
    return ()


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False


def _put(sound: Path, path: Path) -> None:
    """Put a store there if nothing is, and no such name can keep anybody from asking the program all the same."""
    with suppress(OSError, ValueError):
        if not os.path.lexists(path):
            shutil.copyfile(sound, path)


_FOLDER_LOCK = "锁.jixiao.lock"


def _in(*parts: str, name: str = "绩效.jixiao") -> Make:
    def make(folder: Path) -> Path:
        place = folder.joinpath(*parts)
        place.mkdir(parents=True, exist_ok=True)
        return place / name

    return make


def _read_only_folder(folder: Path) -> Path:
    path = _in("只读")(folder)
    new_store(path.parent)
    path.parent.chmod(0o555)
    return path


def _read_only_file(folder: Path) -> Path:
    path = new_store(folder / "只读文件")
    path.chmod(0o444)
    return path


def _linked(folder: Path) -> Path:
    path = folder / "链接.jixiao"
    path.symlink_to(new_store(folder / "别处"))
    return path


def _linked_to_nothing(folder: Path) -> Path:
    path = folder / "断开的链接.jixiao"
    path.symlink_to(folder / "没有" / "绩效.jixiao")
    return path


def _linked_folder(folder: Path) -> Path:
    path = new_store(folder / "真文件夹")
    (folder / "链接文件夹").symlink_to(path.parent)
    return folder / "链接文件夹" / path.name


def _linked_in_a_circle(folder: Path) -> Path:
    path = folder / "圈.jixiao"
    path.symlink_to(path)
    return path


def _hard_linked(folder: Path) -> Path:
    path = folder / "硬链接.jixiao"
    os.link(new_store(folder / "别处"), path)
    return path


def _a_folder(folder: Path) -> Path:
    path = folder / "文件夹.jixiao"
    path.mkdir()
    return path


def _a_pipe(folder: Path) -> Path:
    path = folder / "管道.jixiao"
    os.mkfifo(path)
    return path


def _a_folder_for_a_lock(folder: Path) -> Path:
    (folder / _FOLDER_LOCK).mkdir()
    return folder / "锁.jixiao"


def _a_file_for_its_backups(folder: Path) -> Path:
    (folder / "占.jixiao.备份").write_text("", "utf-8")
    return folder / "占.jixiao"


PLACES: dict[str, Make] = {
    "Chinese": _in("绩效", "二〇二六年"),
    "blanks": _in(" 前后 ", "a  b", name="绩 效 .jixiao"),
    "full-width blanks and signs": _in("上海市　科委（本级）", name="《绩效》—“二”.jixiao"),
    "signs of an address": _in("100%25", "a?b", "c#d", "e&f;g", name="a%20b?mode=memory#x.jixiao"),
    "quotes": _in("it's", 'say "x"', name="`$HOME`'\".jixiao"),
    "signs of a pattern": _in("[1-9]*", "{a,b}", name="[绩效]*?.jixiao"),
    "a new line": _in("a\nb", name="绩\t效\n.jixiao"),
    "a dash in front": _in("-rf", name="--selftest.jixiao"),
    "dots": _in("...", name="..绩效..jixiao.jixiao"),
    "upper case": _in(name="绩效.JIXIAO"),
    "characters outside the first plane": _in("𠮷😀", name="👨‍👩‍👧𠀀.jixiao"),
    "written from right to left": _in("\u202e倒", name="\u202e绩效\u202c.jixiao"),
    "combined in another way": _in("e\u0301", name="é\u0301.jixiao"),
    "240 letters": _in(name=f"{'a' * 240}.jixiao"),
    "the longest name": _in(name=f"{'绩' * 82}.jixiao"),
    "a name beyond the longest": _in(name=f"{'绩' * 90}.jixiao"),
    "folders of 240 and more": _in(*["绩" * 20] * 4),
    "folders beyond what SQLite takes": _in(*["绩" * 50] * 4),
    "names kept by Windows": _in("CON", "aux", name="NUL.jixiao"),
    "ends as Windows leaves off": _in("a.", "b ", name="绩效.jixiao. "),
    "no UTF-8": _in("\udcff\udcfe", name="绩\udce9.jixiao"),
    "no suffix": _in(name="绩效"),
    "a name that begins as ours do": _in(name=".~绩效.tmp.jixiao"),
    "a folder that may not be written": _read_only_folder,
    "a file that may not be written": _read_only_file,
    "no folder": lambda folder: folder / "没有" / "绩效.jixiao",
    "a link": _linked,
    "a link to nothing": _linked_to_nothing,
    "a linked folder": _linked_folder,
    "a link to itself": _linked_in_a_circle,
    "a hard link": _hard_linked,
    "a folder in its place": _a_folder,
    "a pipe in its place": _a_pipe,
    "a folder where its lock goes": _a_folder_for_a_lock,
    "a file where its backups go": _a_file_for_its_backups,
    "NUL": lambda folder: folder / "a\0b.jixiao",
}
