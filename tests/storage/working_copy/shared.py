"""A file in a folder that others reach too, and what they do there."""

from __future__ import annotations

import json
import shutil
from dataclasses import asdict
from pathlib import Path

from storage.store.lock import Holder, lock_path
from storage.store.sqlite import Store
from storage.working_copy.copy import WorkingCopy
from tests.storage.builders import goal_of, set_goal

OTHER = Holder("张三", "PC-02", 4711, "2026-11-21 14:32", "token of another computer")


def edit(store: Store, text: str) -> None:
    store.apply("改目标", (set_goal(store.project("p1"), text),))


def goal(store: Store) -> str:
    return goal_of(store.project("p1"))


def goal_in(path: Path) -> str:
    """What the file itself says; it stays as it is."""
    copy = path.parent.parent / "looked at.jixiao"
    shutil.copyfile(path, copy)
    try:
        with Store.open(copy) as store:
            return goal(store)
    finally:
        copy.unlink()
        shutil.rmtree(copy.with_name(f"{copy.name}.备份"), ignore_errors=True)


def change_from_elsewhere(path: Path, text: str) -> None:
    """What another computer does meanwhile: it brings another whole file of the same name."""
    copy = path.parent.parent / "elsewhere.jixiao"
    shutil.copyfile(path, copy)
    with Store.open(copy) as store:
        edit(store, text)
    copy.replace(path)


def name_holder(path: Path, holder: Holder) -> None:
    lock_path(path).write_text(json.dumps(asdict(holder)), encoding="utf-8")


def die_with(copy: WorkingCopy) -> None:
    """Let go of the copy as the system does when a program is killed: nothing is written back or taken away."""
    copy.store.close()
    for kept in (lock_path(copy.target), copy.store.path.parent / "本机副本.json"):
        if kept.exists():
            said = json.loads(kept.read_text(encoding="utf-8"))
            kept.write_text(json.dumps({**said, "token": "token of the run that was killed"}), encoding="utf-8")
