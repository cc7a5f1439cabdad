"""Stores and projects the tests of the store begin with."""

from __future__ import annotations

import hashlib
import os
import signal
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from model.changes import AddProject, SetField
from model.records import Declaration, Form, Indicator, Project, forms_of
from storage.store.sqlite import Store
from tests.model.projects import declaration_of

needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="kills are tried where a process can be forked")


def project(project_id: str = "p1", name: str = "信息化运维项目", year: int = 2026, lines: int = 3) -> Project:
    return Project(
        project_id,
        year,
        name,
        "上海市科学技术委员会",
        "上海科学技术交流中心",
        forms=forms_of(
            Declaration(
                total_requested="311,966.00",
                annual_goal="保障信息系统安全稳定运行。",
                indicators=tuple(
                    Indicator(f"{project_id}-{n}", "产出指标", "数量指标", f"巡检次数{n}", f"≥{n + 1}.00(次)")
                    for n in range(lines)
                ),
            )
        ),
    )


def new_store(path: Path, *projects: Project) -> Store:
    store = Store.create(path)
    for item in projects:
        store.apply("新建项目", (AddProject(item),))
    return store


def set_goal(item: Project, text: str, before: str | None = None) -> SetField:
    declaration = item.of(Declaration)
    assert declaration is not None
    old = declaration.annual_goal if before is None else before
    return SetField(item.id, Form.DECLARATION, item.id, "annual_goal", old, text)


def goal_of(item: Project) -> str:
    assert item.of(Declaration) is not None
    return declaration_of(item).annual_goal


def names(item: Project, form: Form = Form.DECLARATION) -> list[str]:
    return [line.name for line in item.indicators(form)]


def fingerprint(folder: Path) -> dict[str, str]:
    """Every file below a folder with the SHA-256 of its bytes."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }


def clock(*times: datetime) -> Callable[[], datetime]:
    """A clock that shows these times one after another, then the last one for ever."""
    rest = list(times)

    def now() -> datetime:
        return rest.pop(0) if len(rest) > 1 else rest[0]

    return now


NOON = datetime(2026, 11, 21, 4, 0, tzinfo=UTC)


def in_child(work: Callable[[], None]) -> int:
    """Do ``work`` in a forked process that never comes back; the signal that ended it, or 0."""
    child = os.fork()
    if child == 0:
        try:
            work()
        finally:
            os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)
