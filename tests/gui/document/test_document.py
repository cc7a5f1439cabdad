"""The document: memory, file and undo stack agree after every gesture, every failure and every restart."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from gui.document import document as document_module
from gui.document import on_screen
from gui.document.document import NOT_FITTING, Document
from gui.document.project_list import ProjectList
from model.changes import AddProject, Part, RemoveProject, SetField, SetSetting
from model.checking import Checked, examine
from model.edits import delete_lines, insert_line, move_line, set_cell, set_setting_changes
from model.errors import UserError
from model.findings import Place
from model.records import Form, Project
from model.rules import Context
from model.settings import Settings
from storage.store import sqlite as store_module
from storage.store.engine import raw
from storage.store.sqlite import Store
from tests.gui.hands import declared, document_of, evaluated, evaluated_line, in_file, line, lines_of


@pytest.fixture
def document(qtbot: QtBot, tmp_path: Path) -> Iterator[Document]:
    first = declared(line("a", target_text="≥2.00(次)"), line("b"), line("c"))
    second = declared(line("z"), project_id="q", name="研发平台网络运行保障")
    with document_of(tmp_path / "单位.jixiao", first, second) as opened:
        yield opened


def saved(document: Document) -> Project:
    assert document.saved_project is not None
    return document.saved_project


def rename(document: Document, text: str, line_id: str = "a") -> bool:
    changes = set_cell(saved(document), Part.INDICATOR, line_id, "name", text, document.settings)
    return document.push("修改绩效指标", changes)


def fill_the_disk(document: Document, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise UserError("磁盘已满，没有保存。")

    for name in ("apply", "undo", "redo"):
        monkeypatch.setattr(Store, name, refuse)


def test_that_a_gesture_is_in_memory_in_the_file_and_on_the_undo_stack(document: Document) -> None:
    assert rename(document, "巡检次数")
    assert lines_of(document)["a"].name == "巡检次数"
    assert in_file(document) == saved(document) == document.project
    assert (document.undo_stack.count(), document.undo_stack.undoText()) == (2, "修改绩效指标")


def test_that_a_gesture_without_changes_makes_no_command(document: Document) -> None:
    count = document.undo_stack.count()
    assert document.push("修改绩效指标", ())
    assert document.undo_stack.count() == count


def test_that_undo_and_redo_go_through_the_file(document: Document) -> None:
    before = saved(document)
    rename(document, "巡检次数")
    after = saved(document)
    document.undo_stack.undo()
    assert saved(document) == before == in_file(document)
    document.undo_stack.redo()
    assert saved(document) == after == in_file(document)


def test_that_every_kind_of_edit_is_taken_back_exactly(document: Document) -> None:
    before = saved(document)
    document.push("添加", insert_line(saved(document), Form.DECLARATION, 1, line("new"), document.settings))
    document.push("移动", move_line(saved(document), "new", 2, document.settings))
    document.push("删除", delete_lines(saved(document), ("a", "c"), document.settings))
    assert list(lines_of(document)) == ["b", "new"]
    for _ in range(3):
        document.undo_stack.undo()
    assert saved(document) == before == in_file(document)


def test_that_undo_still_goes_back_after_a_restart(qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "单位.jixiao"
    with document_of(path, declared(line("a"))) as first:
        rename(first, "一")
        rename(first, "二")
        rename(first, "三")
        first.undo_stack.undo()
    second = Document()
    second.open_store(path)
    second.select_project("p")
    assert (second.undo_stack.index(), second.undo_stack.count()) == (3, 4)
    assert lines_of(second)["a"].name == "二"
    second.undo_stack.redo()
    assert lines_of(second)["a"].name == "三"
    for _ in range(3):
        second.undo_stack.undo()
    assert lines_of(second)["a"].name == "指标a"
    assert in_file(second) == saved(second)
    second.close_store()


def test_that_a_gesture_that_cannot_be_written_changes_nothing_and_says_why(
    qtbot: QtBot, document: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, count = saved(document), document.undo_stack.count()
    with monkeypatch.context() as broken, qtbot.waitSignal(document.not_written) as told:
        fill_the_disk(document, broken)
        assert not rename(document, "巡检次数")
    assert told.args == ["磁盘已满，没有保存。"]
    assert saved(document) is before
    assert in_file(document) == before
    assert document.undo_stack.count() == count


def test_that_an_undo_that_cannot_be_written_can_be_tried_again(
    qtbot: QtBot, document: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    rename(document, "巡检次数")
    with monkeypatch.context() as broken:
        fill_the_disk(document, broken)
        document.undo_stack.undo()
    assert lines_of(document)["a"].name == "巡检次数"
    qtbot.waitUntil(lambda: document.undo_stack.index() == 2)
    document.undo_stack.undo()
    assert lines_of(document)["a"].name == "指标a"
    assert in_file(document) == saved(document)


def test_that_a_redo_that_cannot_be_written_can_be_tried_again(
    qtbot: QtBot, document: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    rename(document, "巡检次数")
    document.undo_stack.undo()
    with monkeypatch.context() as broken:
        fill_the_disk(document, broken)
        document.undo_stack.redo()
    assert lines_of(document)["a"].name == "指标a"
    qtbot.waitUntil(document.undo_stack.canRedo)
    document.undo_stack.redo()
    assert lines_of(document)["a"].name == "巡检次数"


def test_that_a_failed_gesture_leaves_what_can_be_redone(
    qtbot: QtBot, document: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    rename(document, "巡检次数")
    document.undo_stack.undo()
    with monkeypatch.context() as broken:
        fill_the_disk(document, broken)
        rename(document, "别的")
    qtbot.waitUntil(document.undo_stack.canRedo)
    assert document.undo_stack.redoText() == "修改绩效指标"


def test_that_changes_that_do_not_fit_are_refused_without_harm(qtbot: QtBot, document: Document) -> None:
    before = saved(document)
    wrong = SetField("p", Part.INDICATOR, "a", "name", "从来不是这样", "新的")
    with qtbot.waitSignal(document.not_written) as told:
        assert not document.push("修改", (wrong,))
    assert told.args == [NOT_FITTING]
    assert saved(document) == before == in_file(document)


def test_that_a_bug_in_the_store_goes_to_the_crash_dialog_and_not_onto_the_stack(
    document: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    crashes: list[type[BaseException]] = []
    monkeypatch.setattr(sys, "excepthook", lambda kind, *_: crashes.append(kind))

    def crash(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    with monkeypatch.context() as broken:
        broken.setattr(Store, "apply", crash)
        assert not rename(document, "巡检次数")
    assert crashes == [ZeroDivisionError]
    assert document.undo_stack.count() == 1


def test_that_a_crash_after_the_write_leaves_memory_and_file_agreeing(
    document: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    crashes: list[type[BaseException]] = []
    monkeypatch.setattr(sys, "excepthook", lambda kind, *_: crashes.append(kind))

    def crash(*_: object) -> None:
        raise ZeroDivisionError

    with monkeypatch.context() as broken:
        broken.setattr(ProjectList, "take", crash)
        assert rename(document, "巡检次数")
    assert crashes == [ZeroDivisionError]
    assert lines_of(document)["a"].name == "巡检次数"
    assert in_file(document) == saved(document) == document.project
    document.undo_stack.undo()
    assert lines_of(document)["a"].name == "指标a"


def test_that_a_draft_shows_in_the_project_but_not_in_the_file_and_what_comes_of_it_waits_until_it_is_written(
    document: Document,
) -> None:
    clean = {finding.rule for finding in document.findings if finding.place.indicator_id == "a"}
    draft = set_cell(saved(document), Part.INDICATOR, "a", "target_text", "", document.settings)
    document.lay_draft(draft)
    assert document.project is not None
    assert document.project.indicators(Form.DECLARATION)[0].target_text == ""
    assert in_file(document).indicators(Form.DECLARATION)[0].target_text == "≥2.00(次)"
    now = {finding.rule for finding in document.findings if finding.place.indicator_id == "a"}
    assert now <= clean
    document.push("填", draft)
    assert "VAL-001" in {finding.rule for finding in document.findings if finding.place.indicator_id == "a"}
    document.drop_draft()
    assert document.project == saved(document)
    assert not document.has_draft


def test_that_the_score_follows_a_draft(qtbot: QtBot, tmp_path: Path) -> None:
    lines = (evaluated_line("a", target_text=">=10次", actual_text="10次", points="90"),)
    with document_of(tmp_path / "自评.jixiao", evaluated(*lines)) as document:
        assert document.score is not None
        assert document.score.total_text == "100.00"
        document.lay_draft(set_cell(saved(document), Part.INDICATOR, "a", "actual_text", "9次", document.settings))
        assert document.score.total_text == "91.00"


def test_that_laying_the_same_draft_again_tells_nobody(qtbot: QtBot, document: Document) -> None:
    draft = set_cell(saved(document), Part.INDICATOR, "a", "name", "新", document.settings)
    document.lay_draft(draft)
    with qtbot.assertNotEmitted(document.project_changed):
        document.lay_draft(draft)


def test_that_a_draft_that_does_not_fit_is_refused_and_changes_nothing(document: Document) -> None:
    shown = document.project
    with pytest.raises(ValueError, match="is not what it was"):
        document.lay_draft((SetField("p", Part.INDICATOR, "a", "name", "别的", "新的"),))
    assert document.project is shown


def test_that_undo_brings_the_project_and_the_cell_of_the_gesture_on_screen(qtbot: QtBot, document: Document) -> None:
    rename(document, "巡检次数", "b")
    document.select_project("q")
    with qtbot.waitSignal(document.place_requested) as asked:
        document.undo_stack.undo()
    assert saved(document).id == "p"
    assert asked.args == [Place(Form.DECLARATION, "name", "b")]


def test_that_removing_the_project_on_screen_leaves_none_and_undo_brings_it_back(document: Document) -> None:
    project = saved(document)
    document.push("删除项目", (RemoveProject(project),))
    assert document.project is None
    assert [summary.id for summary in document.summaries()] == ["q"]
    document.undo_stack.undo()
    assert document.project == project


def test_that_taking_back_the_adding_of_another_project_keeps_the_one_on_screen(document: Document) -> None:
    document.push("新建项目", (AddProject(declared(project_id="r", name="新项目")),))
    document.undo_stack.undo()
    assert saved(document).id == "p"
    assert {summary.id for summary in document.summaries()} == {"p", "q"}


def test_that_a_setting_is_saved_told_and_taken_back(qtbot: QtBot, document: Document) -> None:
    wanted = Settings(own_units=("驿站",))
    with qtbot.waitSignal(document.settings_changed):
        document.push("修改设置", set_setting_changes(document.settings, wanted))
    assert document.settings == wanted
    assert document.units.find("驿站") is not None
    document.undo_stack.undo()
    assert document.settings == Settings()


def test_that_a_setting_that_is_not_what_it_was_is_refused(document: Document) -> None:
    assert not document.push("修改设置", (SetSetting("unit_name", '"旧"', '"新"'),))
    assert document.settings == Settings()


def test_that_the_time_of_saving_is_told(qtbot: QtBot, document: Document) -> None:
    with qtbot.waitSignal(document.saved) as told:
        rename(document, "巡检次数")
    hours, minutes = told.args[0].split(":")
    assert (len(hours), len(minutes)) == (2, 2)


def test_that_selecting_a_project_that_is_gone_changes_nothing(qtbot: QtBot, document: Document) -> None:
    with qtbot.assertNotEmitted(document.project_switched):
        document.select_project("nobody")
    assert saved(document).id == "p"


def test_that_a_project_that_cannot_be_read_is_told_and_the_old_one_stays(
    qtbot: QtBot, document: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise UserError("读不出来。")

    monkeypatch.setattr(Store, "project", refuse)
    with qtbot.waitSignal(document.not_read):
        document.select_project("q")
    assert saved(document).id == "p"


def test_that_a_project_of_a_unit_and_year_without_the_chosen_form_opens_with_the_form_it_has(
    qtbot: QtBot, tmp_path: Path
) -> None:
    first = evaluated(evaluated_line("a"))
    second = declared(line("z"), project_id="q")
    with document_of(tmp_path / "单位.jixiao", first, second) as document:
        document.set_form(Form.EVALUATION)
        with qtbot.waitSignal(document.form_changed):
            document.select_project("q")
        assert document.form is Form.DECLARATION
        document.select_project(first.id)
        assert document.form is Form.EVALUATION


def test_that_the_chosen_form_stays_where_another_project_of_the_unit_and_year_has_it(
    qtbot: QtBot, tmp_path: Path
) -> None:
    first = replace(declared(line("a")), forms=evaluated().forms)
    second = declared(line("z"), project_id="q")
    with document_of(tmp_path / "单位.jixiao", first, second) as document:
        document.set_form(Form.EVALUATION)
        document.select_project("q")
        assert document.form is Form.EVALUATION


def test_that_another_store_takes_the_place_of_the_first(document: Document, tmp_path: Path) -> None:
    document.create_store(tmp_path / "另一个.jixiao")
    assert document.project is None
    assert document.undo_stack.count() == 0
    assert document.summaries() == ()


def test_that_a_store_that_cannot_be_opened_leaves_the_first_one_open(document: Document, tmp_path: Path) -> None:
    foreign = tmp_path / "别的.jixiao"
    foreign.write_text("不是库文件", encoding="utf-8")
    with pytest.raises(UserError):
        document.open_store(foreign)
    assert rename(document, "还能保存")


def test_that_opening_the_store_that_is_open_keeps_everything(document: Document) -> None:
    assert document.store is not None
    document.open_store(document.store.path)
    assert saved(document).id == "p"


def test_that_a_gesture_is_one_transaction_and_one_check_and_reads_nothing_it_did_not_change(
    document: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    rename(document, "第一步")  # before which the backup of the opening is made
    assert isinstance(document.store, Store)
    statements: list[str] = []
    checks: list[str] = []

    def counted(project: Project, context: Context) -> Checked:
        checks.append(project.id)
        return examine(project, context)

    raw(document.store._file.connection).set_trace_callback(statements.append)
    for room in (store_module, on_screen, document_module):
        monkeypatch.setattr(room, "examine", counted)
    for step in (lambda: rename(document, "巡检次数"), document.undo_stack.undo, document.undo_stack.redo):
        statements.clear()
        checks.clear()
        step()
        assert checks == ["p"]
        assert sum(statement.startswith("BEGIN") for statement in statements) == 1
        assert not any("FROM summary" in statement and "WHERE" not in statement for statement in statements)
    raw(document.store._file.connection).set_trace_callback(None)


def test_that_counts_that_a_setting_changed_become_right_by_themselves(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store_module, "AT_ONCE", 1)
    projects = [declared(line(f"l{n}"), project_id=f"p{n}", name=f"项目{n}") for n in range(6)]
    with document_of(tmp_path / "单位.jixiao", *projects) as document:
        before = [summary.warnings for summary in document.summaries()]
        new = replace(document.settings, thresholds=replace(document.settings.thresholds, indicators_min=Decimal(0)))
        assert document.push("修改设置", set_setting_changes(document.settings, new))
        wanted = [count - 1 for count in before]
        qtbot.waitUntil(lambda: [summary.warnings for summary in document.summaries()] == wanted)
        assert document.store is not None
        assert document.summaries() == document.store.summaries()
