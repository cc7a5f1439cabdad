"""复制上年 of 300 projects: read, copied, their texts moved on and written, beside writing 300 projects alone."""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from itertools import count
from pathlib import Path
from statistics import median

from model import edits
from model.changes import AddProject
from model.records import Form, Project
from model.settings import Settings
from model.years import match_projects
from storage.store.sqlite import Store

ROOT = Path(__file__).parent.parent.parent
PROJECTS = 300
YEAR = 2026
RUNS = 5


def measure() -> tuple[float, float, int]:
    """Milliseconds: the floor, ours, and how many texts moved on."""
    floors, ours, texts = [], [], 0
    for _ in range(RUNS):
        with tempfile.TemporaryDirectory() as folder:
            floor, whole, texts = _measure(Path(folder))
        floors.append(floor)
        ours.append(whole)
    return median(floors), median(ours), texts


def _measure(folder: Path) -> tuple[float, float, int]:
    example = folder / "example.jixiao"
    shutil.copyfile(ROOT / "resources" / "example.jixiao", example)
    with Store.open(example) as store:
        base = [project for project in store.projects() if project.form(Form.DECLARATION) is not None]
    numbers = count()
    with Store.create(folder / "ours.jixiao") as store:
        past = [_made(base[at % len(base)], at, numbers) for at in range(PROJECTS)]
        started = time.perf_counter()
        store.apply("写入", tuple(map(AddProject, past)))
        floor = (time.perf_counter() - started) * 1000
        started = time.perf_counter()
        texts = _roll_over(store, numbers)
        return floor, (time.perf_counter() - started) * 1000, texts


def _ids(numbers: count[int]) -> Iterator[str]:
    return (f"line-{number}" for number in numbers)


def _made(project: Project, at: int, numbers: count[int]) -> Project:
    """A project of its own, one of whose texts names its year."""
    copy = edits.copy_to_year(project, YEAR, f"p{at}", _ids(numbers), edits.Targets.KEPT, Settings())
    return replace(copy, project_name=f"{project.project_name}（{YEAR}年第{at}包）")


def _roll_over(store: Store, numbers: count[int]) -> int:
    """All that 复制上年 does of a year, without its window."""
    settings = store.settings()
    listed = [summary for summary in store.summaries() if summary.year == YEAR]
    match_projects([], listed, settings.links)
    copies = [
        edits.copy_to_year(one, YEAR + 1, f"n{one.id}", _ids(numbers), edits.Targets.REACHED, settings)
        for one in store.projects(ids=[summary.id for summary in listed])
    ]
    moved = edits.moved_texts(copies, YEAR)
    store.apply("复制", edits.add_copies(copies, [one.hit for one in moved], settings))
    return len(moved)
