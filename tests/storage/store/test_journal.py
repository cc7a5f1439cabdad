from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.changes import AddProject, invert_all
from model.edits import set_setting_changes
from model.errors import UserError
from model.records import Declaration
from model.settings import Settings
from storage.store.journal import JournalKind
from storage.store.sqlite import Store
from tests.storage.builders import NOON, clock, new_store, project, set_goal


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with new_store(tmp_path / "a.jixiao", project()) as opened:
        yield opened


def _edit(store: Store, text: str) -> int:
    current = store.project("p1").of(Declaration)
    assert current is not None
    return store.apply(text, (set_goal(project(), text, before=current.annual_goal),)).entry.seq


def _labels(store: Store, limit: int = 200) -> tuple[list[str], list[str]]:
    done, undone = store.undo_history(limit)
    return [entry.label for entry in done], [entry.label for entry in undone]


def test_that_entries_are_numbered_dated_labelled_and_newest_first(store: Store) -> None:
    seq = _edit(store, "甲")
    undo = store.undo(seq).entry
    newest, edit, first = store.journal()
    assert newest == undo
    assert (newest.kind, newest.label, newest.refers_to) == (JournalKind.UNDO, "甲", seq)
    assert newest.changes == invert_all(edit.changes)
    assert (edit.kind, edit.refers_to, first.seq) == (JournalKind.DO, None, 1)
    assert [entry.seq for entry in store.journal(limit=2)] == [3, 2]


def test_that_the_history_after_a_restart_is_what_the_undo_stack_was(store: Store) -> None:
    seqs = {label: _edit(store, label) for label in "甲乙丙丁"}
    store.undo(seqs["丁"])
    store.undo(seqs["丙"])
    store.undo(seqs["乙"])
    store.redo(seqs["乙"])
    store.close()
    with Store.open(store.path) as again:
        assert _labels(again) == (["新建项目", "甲", "乙"], ["丙", "丁"])
        assert [entry.seq for entry in again.undo_history()[1]] == [seqs["丙"], seqs["丁"]]
        assert all(entry.kind is JournalKind.DO for part in again.undo_history() for entry in part)


def test_that_a_new_edit_forgets_what_had_been_undone(store: Store) -> None:
    seqs = [_edit(store, label) for label in "甲乙"]
    store.undo(seqs[1])
    _edit(store, "丙")
    assert _labels(store) == (["新建项目", "甲", "丙"], [])
    store.undo(store.undo_history()[0][-1].seq)
    assert _labels(store) == (["新建项目", "甲"], ["丙"])


def test_that_a_limit_keeps_the_steps_nearest_to_now(store: Store) -> None:
    seqs = [_edit(store, label) for label in "甲乙丙丁"]
    for seq in reversed(seqs):
        store.undo(seq)
    for seq in seqs[:2]:
        store.redo(seq)
    assert _labels(store, limit=1) == (["乙"], ["丙"])


def test_that_a_remark_changes_neither_what_can_be_undone_nor_what_can_be_redone(store: Store) -> None:
    seq = _edit(store, "甲")
    store.undo(seq)
    store.apply("恢复备份", (), kind=JournalKind.NOTE)
    assert _labels(store) == (["新建项目"], ["甲"])


def test_that_what_the_program_fills_in_is_written_and_noted_and_is_no_step_to_undo(store: Store) -> None:
    filled = Settings(unit_name="上海科学技术交流中心")
    store.fill_in("填写本单位", set_setting_changes(store.settings(), filled))
    assert store.settings().unit_name == filled.unit_name
    assert (store.journal(limit=1)[0].kind, store.journal(limit=1)[0].label) == (JournalKind.NOTE, "填写本单位")
    assert _labels(store) == (["新建项目"], [])
    store.undo(store.undo_history()[0][-1].seq)
    assert store.settings().unit_name == filled.unit_name


DAMAGE = {
    "its changes are cut": "UPDATE journal SET changes = substr(changes, 1, 40)",
    "its changes are something else": "UPDATE journal SET changes = '[1]'",
    "its changes are no UTF-8": "UPDATE journal SET changes = CAST(x'5B22FF' AS TEXT)",
    "its changes are nested without end": "UPDATE journal SET changes = replace(hex(zeroblob(50000)), '0', '[')",
    "its change is of no known kind": """UPDATE journal SET changes = '[{"type": "Overwrite"}]'""",
    "its version is none": """UPDATE journal SET changes = '{"version": 0, "changes": []}'""",
    "its time is none": "UPDATE journal SET at = 'gestern'",
}


@pytest.mark.parametrize("case", DAMAGE)
def test_that_a_damaged_entry_is_told_and_the_projects_are_still_there(tmp_path: Path, case: str) -> None:
    path = tmp_path / "a.jixiao"
    new_store(path, project()).close()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE journal SET digest = NULL")
        connection.execute(DAMAGE[case])
        connection.commit()
    with Store.open(path) as store:
        for read in (store.undo_history, store.journal, lambda: store.undo(1)):
            with pytest.raises(UserError, match="损坏"):
                read()
        assert store.projects() == (project(),)
        store.apply("编辑", (set_goal(project(), "新的目标"),))


def test_that_an_entry_of_a_later_version_stops_undo_alone_and_says_which_program_it_needs(tmp_path: Path) -> None:
    path = tmp_path / "a.jixiao"
    new_store(path, project()).close()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("""UPDATE journal SET digest = NULL, changes = '{"version": 99, "moves": "unknown"}'""")
        connection.commit()
    with Store.open(path) as store:
        for read in (store.undo_history, store.journal, lambda: store.undo(1)):
            with pytest.raises(UserError, match=r"(?s)更新版本的绩效填报助手保存（记录格式 99.*请升级程序") as told:
                read()
            assert "各项目的内容不受影响" in str(told.value)
        seq = store.apply("编辑", (set_goal(project(), "新的目标"),)).entry.seq
        store.undo(seq)
        assert store.projects() == (project(),)


def test_that_order_comes_from_the_numbers_when_the_clock_jumps_back(tmp_path: Path) -> None:
    times = clock(*(NOON + timedelta(days=days) for days in (0, 0, 3650, -3650, 1)))
    with Store.create(tmp_path / "b.jixiao", times) as store:
        store.apply("新建", (AddProject(project()),))
        for label in "甲乙":
            _edit(store, label)
        assert [entry.label for entry in store.journal()] == ["乙", "甲", "新建"]
        assert _labels(store)[0] == ["新建", "甲", "乙"]


@given(st.lists(st.sampled_from(["do", "undo", "redo"]), max_size=30))
def test_that_the_history_is_what_two_plain_stacks_say(
    tmp_path_factory: pytest.TempPathFactory, moves: list[str]
) -> None:
    done: list[int] = []
    undone: list[int] = []
    with new_store(tmp_path_factory.mktemp("s") / "a.jixiao", project()) as store:
        for number, move in enumerate(moves):
            if move == "do":
                done.append(_edit(store, str(number)))
                undone.clear()
            elif move == "undo" and done:
                undone.append(done.pop())
                store.undo(undone[-1])
            elif move == "redo" and undone:
                done.append(undone.pop())
                store.redo(done[-1])
            history = store.undo_history()
            assert [entry.seq for entry in history[0]] == [1, *done]
            assert [entry.seq for entry in history[1]] == undone[::-1]
