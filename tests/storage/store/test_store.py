from __future__ import annotations

import os
import random
import signal
import sqlite3
import stat
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy.exc import DatabaseError

from model.changes import (
    AddForm,
    AddProject,
    Change,
    DeleteIndicator,
    InsertIndicator,
    MoveIndicator,
    RemoveProject,
    SetField,
    SetSetting,
    apply_all,
)
from model.errors import UserError
from model.records import Declaration, EvaluatedIndicator, Evaluation, Form, Indicator, Project, forms_of
from model.rules import ProjectKey
from storage.store import migrations
from storage.store.engine import raw
from storage.store.journal import JournalKind
from storage.store.lock import lock_path
from storage.store.mapping import write_difference
from storage.store.sqlite import Store
from tests.storage.builders import die, goal_of, in_child, names, needs_fork, new_store, project, set_goal
from tests.storage.strategies import gestures, projects


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "单位 绩效#1%.jixiao"


def test_that_a_new_store_is_an_empty_file_of_ours_for_its_owner_alone(path: Path) -> None:
    Store.create(path).close()
    header = path.read_bytes()[:100]
    assert int.from_bytes(header[60:64], "big") == len(migrations.STEPS)
    assert int.from_bytes(header[68:72], "big") == migrations.APPLICATION_ID
    if os.name == "posix":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert os.listdir(path.parent) == [path.name]


def test_that_creating_never_overwrites_a_file(path: Path) -> None:
    path.write_bytes(b"a letter")
    with pytest.raises(UserError, match="已经存在"):
        Store.create(path)
    assert path.read_bytes() == b"a letter"


def test_that_creating_in_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="不存在"):
        Store.create(tmp_path / "没有" / "a.jixiao")


@pytest.mark.skipif(os.name != "posix", reason="a limit on file sizes stands for the failing disk")
def test_that_a_disk_that_fails_while_a_store_is_made_is_told_and_leaves_nothing(path: Path) -> None:
    resource = pytest.importorskip("resource")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, hard))
    try:
        with pytest.raises(UserError, match="磁盘"):
            Store.create(path)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert os.listdir(path.parent) == []


def test_that_what_was_applied_is_there_after_a_restart(path: Path) -> None:
    item = project()
    with new_store(path, item) as store:
        store.apply("修改目标", (set_goal(item, "新的目标"),))
    with Store.open(path) as store:
        found = store.project(item.id)
    assert found == apply_all(item, (set_goal(item, "新的目标"),))


def test_that_typed_nonsense_stays_as_typed(path: Path) -> None:
    text = " １２,34元左右\t\u0000=100(%)\r\n😀"
    item = project()
    with new_store(path, item) as store:
        store.apply("改", (SetField(item.id, Form.DECLARATION, item.id, "other", "", text),))
    with Store.open(path) as store:
        declaration = store.project(item.id).of(Declaration)
    assert declaration is not None
    assert declaration.other == text


def test_that_one_cell_is_written_as_one_cell(path: Path) -> None:
    item = project(lines=30)
    with new_store(path, item) as store:
        statements: list[str] = []
        raw(store._file.connection).set_trace_callback(statements.append)
        store.apply("修改目标", (set_goal(item, "新的目标"),))
        raw(store._file.connection).set_trace_callback(None)
    writes = [text for text in statements if text.startswith(("INSERT", "UPDATE", "DELETE"))]
    assert writes[0] == "UPDATE declaration SET annual_goal='新的目标' WHERE declaration.project_id = 'p1'"
    assert writes[1].startswith("UPDATE project SET digest=")
    assert [text.split()[2] for text in writes[2:]] == ["journal", "summary"]


def test_that_lines_keep_their_order_through_insert_delete_and_move(path: Path) -> None:
    item = project(lines=3)
    first, second, third = item.indicators(Form.DECLARATION)
    changes = (
        InsertIndicator(item.id, Form.DECLARATION, 1, Indicator("new", name="新增")),
        DeleteIndicator(item.id, Form.DECLARATION, 2, second),
        MoveIndicator(item.id, Form.DECLARATION, 2, 0),
    )
    with new_store(path, item) as store:
        store.apply("整理", changes)
    with Store.open(path) as store:
        assert names(store.project(item.id)) == [third.name, first.name, "新增"]


def test_that_a_line_may_go_from_one_form_to_the_other_in_one_gesture(path: Path) -> None:
    item = project(lines=2)
    line = item.indicators(Form.DECLARATION)[0]
    evaluated = EvaluatedIndicator(line.id, line.level1, line.level2, line.name, line.target_text)
    changes = (
        AddForm(item.id, Form.EVALUATION, Evaluation()),
        DeleteIndicator(item.id, Form.DECLARATION, 0, line),
        InsertIndicator(item.id, Form.EVALUATION, 0, evaluated),
    )
    with new_store(path, item) as store:
        store.apply("移到自评表", changes)
        assert store.project(item.id) == apply_all(item, changes)


def twice(one: Project) -> Project:
    """The project with its first line twice, as a caller could make it by mistake."""
    first, *rest = one.indicators(Form.DECLARATION)
    return replace(one, forms=forms_of(Declaration(indicators=(first, first, *rest))))


@pytest.mark.parametrize(
    "changes",
    [
        (set_goal(project(), "甲"), set_goal(project(), "乙")),
        (set_goal(project(), "甲"), RemoveProject(project())),
        (set_goal(project(), "甲"), AddProject(project())),
        (set_goal(project(), "甲"), AddProject(Project("p2", 2026)), set_goal(project("p3"), "x")),
        (set_goal(project(), "甲"), SetSetting("unit_name", "不是这个", "x")),
        (set_goal(project(), "甲"), AddProject(replace(project(), id="p2"))),
        (set_goal(project(), "甲"), AddProject(twice(project("p2")))),
        (
            set_goal(project(), "甲"),
            InsertIndicator("p1", Form.DECLARATION, 0, project().indicators(Form.DECLARATION)[0]),
        ),
    ],
    ids=[
        "stale text",
        "another project",
        "twice",
        "unknown project",
        "stale setting",
        "an id of another project's line",
        "two lines of one id",
        "a line that is there",
    ],
)
def test_that_a_gesture_that_does_not_fit_changes_nothing_at_all(path: Path, changes: tuple[Change, ...]) -> None:
    with new_store(path, project()) as store:
        before = (store.projects(), store.journal(), store.summaries(), store.settings())
        with pytest.raises(ValueError, match=r".+"):
            store.apply("不合适", changes)
        assert (store.projects(), store.journal(), store.summaries(), store.settings()) == before


@pytest.mark.parametrize(
    ("pragma", "back", "message"),
    [
        ("max_page_count = 1", "max_page_count = 4294967294", "磁盘空间不足"),
        ("query_only = 1", "query_only = 0", "只读"),
    ],
    ids=["full", "read-only"],
)
def test_that_a_device_that_refuses_is_told_and_nothing_is_lost(
    path: Path, pragma: str, back: str, message: str
) -> None:
    item = project()
    with new_store(path, item) as store:
        before = (store.projects(), store.journal(), store.summaries())
        driver = raw(store._file.connection)
        driver.execute(f"PRAGMA {pragma}").fetchall()
        with pytest.raises(UserError, match=message):
            store.apply("很长的目标", (set_goal(item, "长" * 100_000),))
        driver.execute(f"PRAGMA {back}").fetchall()
        assert (store.projects(), store.journal(), store.summaries()) == before
        store.apply("再试一次", (set_goal(item, "长" * 100_000),))
    with Store.open(path) as store:
        assert goal_of(store.project(item.id)) == "长" * 100_000


@pytest.mark.skipif(os.name != "posix", reason="a limit on file sizes stands for the failing disk")
def test_that_a_write_that_fails_half_way_through_the_commit_is_rolled_back(path: Path) -> None:
    resource = pytest.importorskip("resource")
    item = project()
    with new_store(path, item) as store:
        before = (store.projects(), store.journal(), store.summaries())
        soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (path.stat().st_size, hard))
        try:
            with pytest.raises(UserError, match="没有保存"):
                store.apply("很长的目标", (set_goal(item, "长" * 100_000),))
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        assert (store.projects(), store.journal(), store.summaries()) == before
        store.apply("再试一次", (set_goal(item, "短"),))
    with Store.open(path) as store:
        assert goal_of(store.project(item.id)) == "短"


def test_that_a_commit_that_is_refused_is_taken_back_in_the_file_and_in_what_the_rules_know(path: Path) -> None:
    item = project()

    def no_commit(action: int, operation: str | None, *_: str | None) -> int:
        is_commit = action == sqlite3.SQLITE_TRANSACTION and operation == "COMMIT"
        return sqlite3.SQLITE_DENY if is_commit else sqlite3.SQLITE_OK

    with new_store(path, item) as store:
        before, known = (store.projects(), store.journal(), store.summaries()), store.context()
        driver = raw(store._file.connection)
        driver.set_authorizer(no_commit)
        with pytest.raises(DatabaseError, match="not authorized"):
            store.apply("新建", (AddProject(project("p2", "另一个")),))
        driver.set_authorizer(None)
        assert not driver.in_transaction
        assert store.context() is known
        assert known.neighbours.key("p2") is None
        assert (store.projects(), store.journal(), store.summaries()) == before
        store.apply("再试一次", (AddProject(project("p2", "另一个")),))
    with Store.open(path) as store:
        assert len(store.projects()) == 2


def test_that_a_project_made_and_removed_in_one_gesture_leaves_its_entry_alone(path: Path) -> None:
    other = project("p2", "另一个")
    with new_store(path, project()) as store:
        done = store.apply("导入后撤下", (AddProject(other), RemoveProject(other)))
        assert (store.projects(), store.journal()[0]) == ((project(),), done.entry)
        assert done.gone == {"p2"}
        store.undo(done.entry.seq)
        assert store.projects() == (project(),)


def test_that_a_cell_of_a_row_that_is_not_there_is_refused_and_not_lost_in_silence(path: Path) -> None:
    item = project()
    after = apply_all(item, (set_goal(item, "新的目标"),))
    with Store.create(path) as store:
        connection = store._file.connection
        with connection.begin(), pytest.raises(ValueError, match="declaration has no row p1"):
            write_difference(connection, item, after)


def test_that_projects_come_in_the_order_they_came_in_even_when_a_removal_is_taken_back(path: Path) -> None:
    items = [project(f"p{n}", f"项目{n}", 2025 + n % 2) for n in range(4)]
    with new_store(path, *items) as store:
        removed = store.apply("删除", (RemoveProject(items[1]),)).entry
        assert [item.id for item in store.projects()] == ["p0", "p2", "p3"]
        store.undo(removed.seq)
        assert store.projects() == tuple(items)
        assert store.projects(year=2026) == (items[1], items[3])
        assert store.projects(ids=("p3", "p0", "unknown")) == (items[0], items[3])


def test_that_many_projects_are_read_in_slices(path: Path) -> None:
    items = tuple(project(f"p{n}", f"项目{n}", lines=1) for n in range(1201))
    with Store.create(path) as store:
        store.apply("导入", tuple(AddProject(item) for item in items))
        assert store.projects() == items


def test_that_an_unknown_project_or_entry_is_a_key_error(path: Path) -> None:
    with Store.create(path) as store:
        with pytest.raises(KeyError):
            store.project("nobody")
        with pytest.raises(KeyError):
            store.undo(7)
        seq = store.apply("新建", (AddProject(project()),)).entry.seq
        undo = store.undo(seq)
        with pytest.raises(KeyError):
            store.undo(undo.entry.seq)


def test_that_settings_are_written_read_and_undone(path: Path) -> None:
    with Store.create(path) as store:
        done = store.apply("设置", (SetSetting("unit_name", "", '"某中心"'),)).entry
        assert store.settings().unit_name == "某中心"
        store.undo(done.seq)
        assert store.settings().unit_name == ""
        store.redo(done.seq)
    with Store.open(path) as store:
        assert store.settings().unit_name == "某中心"


def test_that_the_context_holds_the_settings_and_the_projects_of_every_year(path: Path) -> None:
    items = (project("p1", "甲", 2026), project("p2", "乙", 2026), project("p3", "丙", 2025))
    with new_store(path, *items) as store:
        store.apply("设置", (SetSetting("unit_name", "", '"某中心"'),))
        context = store.context()
    assert context.settings.unit_name == "某中心"
    known = [context.neighbours.key(item.id) for item in items]
    assert known == [ProjectKey.of(item) for item in items]
    assert context.neighbours.units(2026).total() == 2


def test_that_an_entry_carries_its_time_in_utc_whatever_the_clock_shows(path: Path) -> None:
    shanghai = timezone(timedelta(hours=8))
    with Store.create(path, lambda: datetime(2026, 11, 21, 14, 32, 5, tzinfo=shanghai)) as store:
        entry = store.apply("新建项目", (AddProject(project()),)).entry
        assert store.journal() == (entry,)
    assert entry.at == datetime(2026, 11, 21, 6, 32, 5, tzinfo=UTC)
    with Store.open(path) as store:
        assert store.journal()[0].at.utcoffset() == timedelta(0)


def test_that_a_closed_store_stands_alone_and_may_be_closed_twice(path: Path) -> None:
    store = new_store(path, project())
    assert lock_path(path).exists()
    store.close()
    store.close()
    assert os.listdir(path.parent) == [path.name]


@given(data=st.data())
@settings(max_examples=15)
def test_that_the_file_follows_every_gesture_as_memory_does_and_undo_leads_all_the_way_back(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    path = tmp_path_factory.mktemp("store") / "a.jixiao"
    start = data.draw(projects())
    snapshots = [start]
    with new_store(path, start) as store:
        for number in range(data.draw(st.integers(1, 5))):
            changes, after = data.draw(gestures(snapshots[-1], f"new{number}"))
            store.apply(f"第{number}步", changes)
            snapshots.append(after)
            assert store.project("p") == after
    with Store.open(path) as store:
        assert store.project("p") == snapshots[-1]
        done, undone = store.undo_history()
        assert [entry.label for entry in done[1:]] == [f"第{n}步" for n in range(len(snapshots) - 1)]
        assert undone == ()
        for entry, before in zip(reversed(done[1:]), reversed(snapshots[:-1]), strict=True):
            store.undo(entry.seq)
            assert store.project("p") == before
    with Store.open(path) as store:
        for entry, after in zip(store.undo_history()[1], snapshots[1:], strict=True):
            store.redo(entry.seq)
            assert store.project("p") == after
        assert store._file.connection.exec_driver_sql("PRAGMA foreign_key_check").all() == []


# Kills. A kill of the process alone cannot lose a commit, whatever the pragmas (reliability.md §2.1: only
# journal_mode=MEMORY shows damage, 6 in 1,000); what these tests guard is that an edit is acknowledged after its commit
# and not before, and that recovery happens on opening. The control below, acknowledging first, must be caught.


def _edit_until_killed(path: Path, acknowledge: int, *, too_early: bool) -> None:
    item = project()
    with Store.open(path) as store:
        text = goal_of(store.project(item.id))
        while True:
            number = int(text) + 1 if text.isdigit() else 1
            if too_early:
                os.write(acknowledge, b".")
            store.apply("改", (set_goal(item, str(number), before=text),))
            if not too_early:
                os.write(acknowledge, b".")
            text = str(number)


def _lost_by_kills(path: Path, kills: int, *, too_early: bool) -> int:
    """Edits that were acknowledged and are not in the file after so many kills."""
    acknowledged = lost = 0
    chance = random.Random(20261121)
    for _ in range(kills):
        reader, writer = os.pipe()
        child = os.fork()
        if child == 0:
            try:
                _edit_until_killed(path, writer, too_early=too_early)
            finally:
                os._exit(1)
        os.close(writer)
        for _ in range(chance.randint(1, 8)):
            acknowledged += len(os.read(reader, 1))
        os.kill(child, signal.SIGKILL)
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL
        while more := os.read(reader, 100):
            acknowledged += len(more)
        os.close(reader)
        with Store.open(path) as store:
            text = goal_of(store.project("p1"))
            present = int(text) if text.isdigit() else 0
            assert len(store.journal(10**6)) == present + 1
            lost += max(0, acknowledged - present)
        acknowledged = present
    return lost


@needs_fork
def test_that_no_acknowledged_edit_is_lost_when_the_program_is_killed(path: Path) -> None:
    new_store(path, project()).close()
    assert _lost_by_kills(path, 20, too_early=False) == 0


@needs_fork
def test_that_the_kills_would_catch_a_store_that_acknowledges_before_it_commits(path: Path) -> None:
    new_store(path, project()).close()
    assert _lost_by_kills(path, 10, too_early=True) > 0


@needs_fork
def test_that_a_kill_at_any_statement_of_a_gesture_leaves_all_of_it_or_nothing(path: Path) -> None:
    before = project()
    changes = (
        set_goal(before, "新的目标"),
        DeleteIndicator(before.id, Form.DECLARATION, 0, before.indicators(Form.DECLARATION)[0]),
        AddForm(before.id, Form.EVALUATION, Evaluation(indicators=(EvaluatedIndicator("e1"),))),
        AddProject(Project("p2", 2026, forms=forms_of(Declaration()))),
    )
    after = apply_all(before, changes[:3])
    new_store(path, before).close()

    def apply_and_die_at(fatal: int) -> None:
        with Store.open(path) as store:
            left = [fatal]

            def count(_statement: str) -> None:
                left[0] -= 1
                if not left[0]:
                    die()

            raw(store._file.connection).set_trace_callback(count)
            store.apply("一步", changes)
            raw(store._file.connection).set_trace_callback(None)

    fatal = 0
    while True:
        fatal += 1
        ended = in_child(partial(apply_and_die_at, fatal))
        with Store.open(path) as store:
            if not ended:
                assert store.project(before.id) == after
                break
            assert ended == -signal.SIGKILL
            assert store.projects() == (before,)
            assert [entry.kind for entry in store.journal()] == [JournalKind.DO]
    assert fatal > 10


def test_that_an_unfinished_gesture_of_a_killed_program_is_rolled_back_on_opening(path: Path, tmp_path: Path) -> None:
    item = project()
    new_store(path, item).close()
    crashed = tmp_path / "crash" / "a.jixiao"
    crashed.parent.mkdir()
    with Store.open(path) as store:
        driver = raw(store._file.connection)
        driver.execute("PRAGMA cache_size = 1")
        driver.execute("BEGIN IMMEDIATE")
        driver.executemany("UPDATE declaration SET annual_goal = ?", [(letter * 50_000,) for letter in "甲乙丙"])
        for suffix in ("", "-journal"):
            (crashed.with_name(crashed.name + suffix)).write_bytes(path.with_name(path.name + suffix).read_bytes())
        driver.execute("ROLLBACK")
    assert crashed.read_bytes() != path.read_bytes()
    with Store.open(crashed) as store:
        assert store.project(item.id) == item
    assert not crashed.with_name(crashed.name + "-journal").exists()
