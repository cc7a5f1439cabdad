"""Files the first version left behind: they open, undo, redo, restore and export as they did then."""

from __future__ import annotations

import json
import shutil
from dataclasses import fields
from decimal import Decimal
from hashlib import sha256
from pathlib import Path

import pytest

from model.changes import Change, Part, SetField
from model.records import Declaration, Evaluation, Indicator, Project
from model.settings import NegativeRule, Settings
from storage import backups
from storage.interchange import to_json
from storage.journal import JournalKind
from storage.store import Store

FIXTURE = Path(__file__).parent.parent / "fixtures" / "first_version"
UNDONE = 2
EXPLAINED = "DEC-015@declaration::annual_goal"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    shutil.copytree(FIXTURE, tmp_path / "old")
    return tmp_path / "old" / "first.jixiao"


def _text(store: Store) -> str:
    return json.dumps(to_json(store.projects(), store.settings()), ensure_ascii=False, indent=1) + "\n"


def _kept(name: str) -> str:
    return (FIXTURE / name).read_text(encoding="utf-8")


def _steps() -> list[str]:
    steps: list[str] = json.loads(_kept("steps.json"))
    return steps


def _step(store: Store) -> str:
    return sha256(_text(store).encode()).hexdigest()


def _undo_to_the_start(store: Store, steps: list[str]) -> list[int]:
    """Every number taken back, the last first; the text after each is the one the first version had there."""
    done, _ = store.undo_history()
    assert len(done) == len(steps) - 1
    for entry, digest in zip(reversed(done), reversed(steps[:-1]), strict=True):
        store.undo(entry.seq)
        assert _step(store) == digest, entry.label
    assert store.projects() == ()
    assert store.settings() == Settings()
    return [entry.seq for entry in reversed(done)]


def test_that_a_store_of_the_first_version_opens_and_exports_alike(path: Path) -> None:
    with Store.open(path) as store:
        assert _text(store) == _kept("final.json")
        assert store.project("declared").explanations[EXPLAINED].startswith("“改过”的文字")
        assert list(store.project("own").explanations) == ["EVL-001@evaluation:own-1-e:score"]
        settings = store.settings()
    assert (settings.unit_name, settings.own_units, settings.profiles) == ("上海市研发公共服务平台管理中心", (), {})
    assert settings.thresholds.goal_min_length == Decimal(20)


def test_that_its_journal_is_undone_to_the_empty_store_and_redone(path: Path) -> None:
    steps = _steps()
    with Store.open(path) as store:
        _, undone = store.undo_history()
        assert len(undone) == UNDONE
        taken_back = _undo_to_the_start(store, steps[:-UNDONE])
        again = [*reversed(taken_back), *(entry.seq for entry in undone)]
        for seq, digest in zip(again, steps[1:], strict=True):
            store.redo(seq)
            assert _step(store) == digest
        for seq in again[: -UNDONE - 1 : -1]:
            store.undo(seq)
        assert _text(store) == _kept("final.json")


def test_that_settings_of_its_journal_come_back_profile_by_profile(path: Path) -> None:
    with Store.open(path) as store:
        done, _ = store.undo_history()
        store.undo(done[-1].seq)
        settings = store.settings()
    assert settings.own_units == ("台套", "人次/年")
    assert settings.profiles[2022].negative is NegativeRule.N2
    assert settings.profiles[2022].band_achieved == Decimal("85.5")
    assert settings.profiles[2026].negative is NegativeRule.N3


def test_that_its_backup_is_restored_exports_alike_and_is_undone_to_the_empty_store(path: Path) -> None:
    (backup,) = backups.list_backups(path)
    restoration = backups.restore(path, backup)
    assert (restoration.projects_before, restoration.projects_after) == (3, 4)
    assert restoration.kept is not None
    with Store.open(path) as store:
        assert _text(store) == _kept("backup.json")
        _undo_to_the_start(store, _steps()[:7])
    with Store.open(path) as store:
        assert [entry.label for entry in store.undo_history()[1]][-1] == "编辑指标"


def test_that_the_files_hold_every_kind_of_change_and_every_field_of_the_first_version(path: Path) -> None:
    with Store.open(path) as store:
        entries = store.journal(1000)
    changes: list[Change] = [change for entry in entries for change in entry.changes]
    assert {entry.kind for entry in entries} == set(JournalKind)
    assert {type(change).__name__ for change in changes} >= {
        *("SetField", "InsertIndicator", "DeleteIndicator", "MoveIndicator", "AddForm", "RemoveForm"),
        *("AddProject", "RemoveProject", "SetSetting"),
    }
    written = {(change.part, change.field) for change in changes if isinstance(change, SetField)}
    for part, record in (
        (Part.PROJECT, Project),
        (Part.DECLARATION, Declaration),
        (Part.EVALUATION, Evaluation),
        (Part.INDICATOR, Indicator),
    ):
        not_cells = {"id", "indicators", "declaration", "evaluation", "explanations"}
        assert {field for at, field in written if at is part} == {f.name for f in fields(record)} - not_cells
    assert Part.EXPLANATION in {part for part, _ in written}
