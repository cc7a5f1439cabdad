from __future__ import annotations

import multiprocessing
import os
import signal
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

import pytest

from model.changes import AddProject, Part, SetField
from model.errors import UserError
from model.findings import Finding, Place, Severity
from model.forms import FORMS
from model.records import Achievement, Declaration, EvaluatedIndicator, Evaluation, Form, Indicator, Project, forms_of
from storage.importing.other_store import read_store
from storage.importing.plan import Action, ImportPlan, plan_import, read_files
from storage.store.lock import LockedError, lock_path
from storage.store.sqlite import Store
from tests.storage.builders import fingerprint, needs_fork, new_store

REASON = "停电检修，已增配备用电源。"
GOAL_KEY = Finding("DEC-020", Severity.WARNING, "", Place(Form.DECLARATION, "annual_goal")).key
LINE_KEY = Finding("EVL-036", Severity.WARNING, "", Place(Form.EVALUATION, "deviation_reason", "e1")).key


def colleague() -> Project:
    """A project with both forms, and everything no official sheet has room for."""
    return Project(
        "theirs",
        2026,
        "创·在上海",
        "科委",
        "中心",
        forms_of(
            Declaration(
                annual_goal="2025年计划", indicators=(Indicator("d1", "产出指标", "数量指标", "场次", "≥1场"),)
            ),
            Evaluation(
                execution_choice="zero",
                indicators=(
                    EvaluatedIndicator(
                        "e1", "产出指标", "质量指标", "制度", "完善", "完善", achievement=Achievement.PARTLY.value
                    ),
                ),
            ),
        ),
        MappingProxyType({GOAL_KEY: "沿用上年口径", LINE_KEY: REASON}),
    )


@pytest.fixture
def theirs(tmp_path: Path) -> Path:
    path = tmp_path / "同事的 文件.jixiao"
    new_store(path, colleague()).close()
    return path


@pytest.fixture
def ours(tmp_path: Path) -> Iterator[Store]:
    with Store.create(tmp_path / "我的.jixiao") as store:
        yield store


def bring(store: Store, path: Path, *, replacing: bool = False) -> ImportPlan:
    plan = plan_import(store, read_files([path]), replacing=replacing)
    if plan.changes:
        store.apply(plan.label, plan.changes)
    return plan


def actions(plan: ImportPlan) -> list[Action]:
    return [line.action for line in plan.lines]


def without_ids(project: Project) -> tuple[object, ...]:
    """Everything of a project but what its lines are called inside."""
    lines = {line.id: f"{form} {n}" for form in FORMS for n, line in enumerate(project.indicators(form))}
    forms = [
        replace(content, indicators=tuple(replace(line, id=lines[line.id]) for line in content.indicators))
        for form in FORMS
        if (content := project.form(form)) is not None
    ]
    explanations = {
        (rule, *(lines.get(part, part) for part in place.split(":"))): text
        for key, text in project.explanations.items()
        for rule, place in [key.split("@")]
    }
    return (project.year, project.project_name, project.department, project.unit, forms, explanations)


def test_that_a_project_of_another_file_comes_whole_with_grades_choices_and_explanations(
    theirs: Path, ours: Store
) -> None:
    assert actions(bring(ours, theirs)) == [Action.NEW, Action.JOINED]
    (project,) = ours.projects()
    assert without_ids(project) == without_ids(colleague())
    assert {project.id, *(line.id for form in FORMS for line in project.indicators(form))} & {
        "theirs",
        "d1",
        "e1",
    } == set()


def test_that_the_given_forms_go_from_file_to_file_without_a_difference(given_store: Path, ours: Store) -> None:
    bring(ours, given_store)
    with Store.open(given_store) as store:
        assert list(map(without_ids, ours.projects())) == list(map(without_ids, store.projects()))


def test_that_importing_the_same_file_again_changes_nothing(theirs: Path, ours: Store) -> None:
    bring(ours, theirs)
    plan = bring(ours, theirs)
    assert actions(plan) == [Action.SAME, Action.SAME]
    assert plan.changes == ()


@pytest.mark.parametrize(
    "change",
    [
        SetField("theirs", Part.INDICATOR, "e1", "achievement", "partly", "achieved"),
        SetField("theirs", Form.EVALUATION, "theirs", "execution_choice", "zero", ""),
        SetField("theirs", Part.EXPLANATION, "theirs", LINE_KEY, REASON, "另一个理由"),
    ],
)
def test_that_a_difference_no_sheet_shows_is_a_difference_and_can_replace(
    theirs: Path, ours: Store, change: SetField
) -> None:
    bring(ours, theirs)
    with Store.open(theirs) as store:
        store.apply("改", (change,))
    assert actions(bring(ours, theirs)) == [Action.SAME, Action.CONFLICT]
    assert actions(bring(ours, theirs, replacing=True)) == [Action.SAME, Action.REPLACED]
    with Store.open(theirs) as store:
        assert without_ids(ours.projects()[0])[4] == without_ids(store.projects()[0])[4]
    assert change.after in (*ours.projects()[0].explanations.values(), "achieved", "")


def test_that_an_explanation_of_a_form_replaces_ours_only_with_its_form(theirs: Path, ours: Store) -> None:
    mine = replace(
        colleague().with_form(Form.DECLARATION, None), id="mine", explanations=MappingProxyType({GOAL_KEY: "我的理由"})
    )
    ours.apply("新建项目", (AddProject(mine),))
    assert actions(bring(ours, theirs)) == [Action.JOINED, Action.CONFLICT]
    assert ours.projects()[0].explanations == {GOAL_KEY: "沿用上年口径"}


def test_that_undo_takes_the_whole_import_back(theirs: Path, ours: Store) -> None:
    bring(ours, theirs)
    (entry,) = ours.journal()
    assert entry.label == "导入 2 张表"


def test_that_the_other_file_stays_as_it_is_to_the_byte(theirs: Path) -> None:
    before = fingerprint(theirs.parent)
    read_store(theirs)
    assert fingerprint(theirs.parent) == before


def test_that_the_file_that_is_open_cannot_be_imported_into_itself(theirs: Path) -> None:
    with Store.open(theirs) as store, pytest.raises(LockedError):
        plan_import(store, read_files([theirs]))


def test_that_a_file_somebody_has_open_elsewhere_is_refused_by_their_name(theirs: Path) -> None:
    lock_path(theirs).write_text('{"user": "李四", "host": "pc-9", "pid": 4, "since": "", "token": "x"}', "utf-8")
    with pytest.raises(LockedError, match="李四"):
        read_store(theirs)


@needs_fork
def test_that_a_file_another_program_here_has_open_is_refused(theirs: Path) -> None:
    opened, done = multiprocessing.get_context("fork").Event(), multiprocessing.get_context("fork").Event()

    def hold() -> None:
        with Store.open(theirs):
            opened.set()
            done.wait(20)

    other = multiprocessing.get_context("fork").Process(target=hold)
    other.start()
    try:
        assert opened.wait(20)
        with pytest.raises(LockedError):
            read_store(theirs)
    finally:
        done.set()
        other.join(20)
    assert read_store(theirs)


@needs_fork
def test_that_a_file_left_behind_in_the_middle_of_a_write_is_read_as_it_was_before(theirs: Path) -> None:
    child = os.fork()
    if child == 0:
        connection = sqlite3.connect(theirs, isolation_level=None)
        connection.execute("PRAGMA cache_size = 1")
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("DELETE FROM indicator")
        connection.execute("CREATE TABLE filler AS SELECT randomblob(200000)")
        os._exit(0)
    os.waitpid(child, 0)
    assert theirs.with_name(f"{theirs.name}-journal").stat().st_size > 0
    assert [len(form.content.indicators) for form in read_store(theirs)] == [1, 1]


@needs_fork
def test_that_what_another_program_left_in_a_write_ahead_log_is_read_too(theirs: Path) -> None:
    child = os.fork()
    if child == 0:
        connection = sqlite3.connect(theirs, isolation_level=None)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("DELETE FROM indicator")
        os.kill(os.getpid(), signal.SIGKILL)
    os.waitpid(child, 0)
    assert theirs.with_name(f"{theirs.name}-wal").stat().st_size > 0
    before = fingerprint(theirs.parent)
    assert [len(form.content.indicators) for form in read_store(theirs)] == [0, 0]
    after = fingerprint(theirs.parent)
    shared = f"{theirs.name}-shm"  # what SQLite keeps for readers, without content
    assert {name: digest for name, digest in after.items() if name != shared} == {
        name: digest for name, digest in before.items() if name != shared
    }


@pytest.mark.parametrize("cut", [200, 6000])
def test_that_a_damaged_file_is_refused_by_its_name(theirs: Path, cut: int) -> None:
    theirs.write_bytes(theirs.read_bytes()[:cut])
    with pytest.raises(UserError, match="同事的 文件") as refused:
        read_files([theirs])
    assert "没有导入任何内容" in str(refused.value)


def test_that_a_file_of_another_program_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "别的.jixiao"
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE a (b)")
        other.commit()
    with pytest.raises(UserError, match="其他程序的数据库") as told:
        read_files([path])
    assert str(told.value).endswith("\n没有导入任何内容。请用它的备份，或请对方重新给一份。")
