"""Files the first version left behind: they open, undo, redo, restore and export as they did then."""

from __future__ import annotations

import json
import shutil
import sqlite3
from contextlib import closing
from decimal import Decimal
from hashlib import sha256
from pathlib import Path

import pytest

from model.changes import Change, Part, SetField
from model.errors import UserError
from model.forms import FORMS
from model.records import Form
from model.settings import NegativeRule, Settings
from storage.interchange import to_json
from storage.store import backups, journal_versions
from storage.store.journal import JournalKind
from storage.store.journal_versions import Step
from storage.store.sqlite import Store

FIXTURE = Path(__file__).parent.parent.parent / "fixtures" / "first_version"
UNDONE = 2
EXPLAINED = "DEC-015@declaration::annual_goal"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    shutil.copytree(FIXTURE, tmp_path / "old")
    return tmp_path / "old" / "first.jixiao"


def _text(store: Store) -> str:
    """The export as the first version wrote it: without the key that says what it kept and could not write."""
    document = to_json(store.projects(), store.settings())
    for form in document["forms"]:
        form["funding"].pop("execution_choice", None)
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


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


# What a later version might have called things: the journal of the first one is given these names in their place.
OLD_NAMES = {
    "SetField": "WriteCell",
    "DeleteIndicator": "DropLine",
    "AddProject": "NewProject",
    "project_name": "title",
    "annual_goal": "goal_of_year",
    "execution_points": "points_of_execution",
    "level1": "first_level",
}


def _with_old_names(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        for new, old in OLD_NAMES.items():
            found = connection.execute("SELECT count(*) FROM journal WHERE instr(changes, ?)", (new,)).fetchone()[0]
            assert found, new
            connection.execute("UPDATE journal SET changes = replace(changes, ?, ?)", (new, old))
        connection.commit()


def test_that_what_a_later_version_renamed_is_undone_and_redone_all_the_same(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _with_old_names(path)
    names = {old: new for new, old in OLD_NAMES.items()}
    renames = Step(
        kinds={old: names[old] for old in ("WriteCell", "DropLine", "NewProject")},
        fields={
            "project": {"title": names["title"]},
            "declaration": {"goal_of_year": names["goal_of_year"]},
            "evaluation": {"points_of_execution": names["points_of_execution"]},
            "indicator": {"first_level": names["first_level"]},
        },
    )
    with Store.open(path) as store, pytest.raises(UserError, match="修改记录已损坏"):
        store.undo_history()
    monkeypatch.setattr(journal_versions, "STEPS", (renames, *journal_versions.STEPS))
    steps = _steps()
    with Store.open(path) as store:
        taken_back = _undo_to_the_start(store, steps[:-UNDONE])
        for seq, digest in zip(reversed(taken_back), steps[1:-UNDONE], strict=True):
            store.redo(seq)
            assert _step(store) == digest
        assert store.project("declared").explanations[EXPLAINED].startswith("“改过”的文字")
    with closing(sqlite3.connect(path)) as connection:
        newest = connection.execute("SELECT changes FROM journal ORDER BY seq DESC LIMIT 1").fetchone()[0]
    assert json.loads(newest)["version"] == 3


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
    counts = {part: len({field for at, field in written if at is part}) for part in (*Part, *FORMS)}
    assert counts == {
        Part.PROJECT: 4,
        Form.DECLARATION: 13,
        Form.EVALUATION: 20,
        Part.INDICATOR: 10,
        Part.EXPLANATION: 1,
    }
