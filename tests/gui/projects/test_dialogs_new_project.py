"""新建项目, by keyboard."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QDate, Qt
from pytestqt.qtbot import QtBot

from gui.document.document import Document
from gui.projects.new_project import NewProjectDialog
from model import edits
from model.records import Declaration, Evaluation, Form
from storage.store.sqlite import Store
from tests.gui.dialogs import (
    ALT,
    add,
    called,
    enter,
    escape,
    fill_disk,
    focus,
    gestures,
    is_open,
    names,
    opened,
    press,
    retype,
    saved,
    shown,
    tab_to,
    was_accepted,
)
from tests.gui.window import shown_window, type_text
from tests.model.projects import declaration_of

UNIT = "上海市研发公共服务平台管理中心"


@pytest.fixture
def new_project(document: Document, qtbot: QtBot) -> NewProjectDialog:
    return shown(qtbot, NewProjectDialog(document))


def test_that_a_new_project_begins_at_its_name_with_the_rest_filled_in(new_project: NewProjectDialog) -> None:
    assert focus() is new_project.name
    assert new_project.year.value() == 2026
    assert new_project.department.text() == "上海市科学技术委员会"
    assert new_project.unit.text() == UNIT
    assert new_project.forms[Form.DECLARATION].isChecked()
    assert not new_project.forms[Form.EVALUATION].isChecked()


def test_that_the_unit_of_the_settings_goes_before_that_of_the_project_on_screen(
    document: Document, qtbot: QtBot
) -> None:
    settings = replace(document.settings, unit_name="本单位", department="本部门")
    document.push("设置", edits.set_setting_changes(document.settings, settings))
    dialog = shown(qtbot, NewProjectDialog(document))
    assert (dialog.unit.text(), dialog.department.text()) == ("本单位", "本部门")


def test_that_of_several_units_the_one_on_screen_is_meant(document: Document, qtbot: QtBot) -> None:
    add(
        document,
        replace(
            saved(document).with_form(Form.DECLARATION, None), id="other", year=2020, unit="另一单位", department=""
        ),
    )
    document.select_project("other")
    dialog = shown(qtbot, NewProjectDialog(document))
    assert (dialog.year.value(), dialog.unit.text(), dialog.department.text()) == (2026, "另一单位", "")


def test_that_the_first_project_of_an_empty_store_is_of_the_present_year(tmp_path: Path, qtbot: QtBot) -> None:
    Store.create(tmp_path / "新.jixiao").close()
    with opened(tmp_path / "新.jixiao") as document:
        dialog = shown(qtbot, NewProjectDialog(document))
        assert dialog.year.value() == QDate.currentDate().year()
        assert (dialog.unit.text(), dialog.department.text()) == ("", "")


def test_that_a_name_and_enter_make_a_project_and_put_it_on_screen(
    document: Document, new_project: NewProjectDialog, qtbot: QtBot
) -> None:
    type_text(qtbot, focus(), "科技热线")
    enter(qtbot)
    assert was_accepted(new_project)
    project = saved(document)
    assert (project.year, project.project_name, project.unit) == (2026, "科技热线", UNIT)
    assert project.of(Declaration) is not None
    assert (declaration_of(project).start_date, declaration_of(project).end_date) == ("2026-01-01", "2026-12-31")
    assert project.of(Evaluation) is None
    assert document.form is Form.DECLARATION


def test_that_one_undo_takes_a_new_project_away(
    document: Document, new_project: NewProjectDialog, qtbot: QtBot
) -> None:
    type_text(qtbot, focus(), "科技热线")
    enter(qtbot)
    document.undo_stack.undo()
    assert "科技热线" not in names(document, 2026)
    assert len(names(document, 2026)) == 10


def test_that_a_self_evaluation_alone_is_what_is_shown_when_only_it_was_chosen(
    document: Document, new_project: NewProjectDialog, qtbot: QtBot
) -> None:
    type_text(qtbot, focus(), "科技热线")
    tab_to(qtbot, "绩效目标申报表")
    press(qtbot, Qt.Key.Key_Space)
    tab_to(qtbot, "绩效自评表")
    press(qtbot, Qt.Key.Key_Space)
    enter(qtbot)
    assert was_accepted(new_project)
    assert saved(document).of(Declaration) is None
    assert saved(document).of(Evaluation) is not None
    assert document.form is Form.EVALUATION


def test_that_a_project_without_any_form_is_refused_with_the_reason(
    document: Document, new_project: NewProjectDialog, qtbot: QtBot
) -> None:
    type_text(qtbot, focus(), "科技热线")
    tab_to(qtbot, "绩效目标申报表")
    press(qtbot, Qt.Key.Key_Space)
    assert new_project.message.text == "请至少选择一张表。"
    enter(qtbot)
    assert is_open(new_project)
    assert len(names(document, 2026)) == 10
    press(qtbot, Qt.Key.Key_Space)
    assert not new_project.message.isVisible()


def test_that_enter_without_a_name_says_what_is_missing_and_goes_there(
    document: Document, new_project: NewProjectDialog, qtbot: QtBot
) -> None:
    tab_to(qtbot, "实施单位")
    enter(qtbot)
    assert is_open(new_project)
    assert new_project.message.text == "请填写项目名称。"
    assert focus() is new_project.name
    assert len(names(document, 2026)) == 10


@pytest.mark.parametrize("typed", ["研发平台网络运行保障", "  研发平台 网络运行保障 "])
def test_that_a_name_the_unit_has_in_that_year_is_refused_with_the_reason(
    new_project: NewProjectDialog, qtbot: QtBot, typed: str
) -> None:
    type_text(qtbot, focus(), typed)
    assert "2026 年度已有同名项目" in new_project.message.text
    assert not new_project.accept_button.isEnabled()
    enter(qtbot)
    assert is_open(new_project)


@pytest.mark.parametrize(("field", "text"), [("预算年度", "2027"), ("实施单位", "另一单位")])
def test_that_the_same_name_is_taken_in_another_year_or_unit(
    document: Document, new_project: NewProjectDialog, qtbot: QtBot, field: str, text: str
) -> None:
    type_text(qtbot, focus(), "研发平台网络运行保障")
    retype(qtbot, field, text)
    assert not new_project.message.isVisible()
    enter(qtbot)
    assert was_accepted(new_project)
    assert saved(document).project_name == "研发平台网络运行保障"


def test_that_escape_asks_about_what_was_typed_and_leaves_everything_as_it_was(
    document: Document, new_project: NewProjectDialog, qtbot: QtBot
) -> None:
    before = gestures(document)
    type_text(qtbot, focus(), "科技热线")
    escape(qtbot)
    assert new_project.message.text.startswith("填写的项目还没有新建。")
    assert focus() is new_project.name
    escape(qtbot)
    assert not is_open(new_project)
    assert gestures(document) == before


def test_that_tab_walks_through_the_fields_in_the_order_they_are_read(
    new_project: NewProjectDialog, qtbot: QtBot
) -> None:
    walk = [called(focus())]
    while len(walk) < 8:
        press(qtbot, Qt.Key.Key_Tab)
        walk.append(called(focus()))
    boxes = ["绩效目标申报表", "绩效自评表"]
    assert walk == ["项目名称", "主管部门", "实施单位", *boxes, "新建", "取消", "预算年度"]


@pytest.mark.parametrize(("key", "name"), [("Y", "预算年度"), ("D", "主管部门"), ("U", "实施单位")])
def test_that_alt_and_the_letter_of_a_label_go_to_its_field(
    new_project: NewProjectDialog, qtbot: QtBot, key: str, name: str
) -> None:
    press(qtbot, getattr(Qt.Key, f"Key_{key}"), ALT)
    assert called(focus()) == name


def test_that_a_project_that_cannot_be_written_is_told_in_the_dialog_and_what_was_typed_stays(
    new_project: NewProjectDialog, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    problem = fill_disk(monkeypatch)
    type_text(qtbot, focus(), "科技热线")
    enter(qtbot)
    assert is_open(new_project)
    assert new_project.message.text == problem
    assert new_project.name.text() == "科技热线"


def test_that_a_new_form_has_the_keyboard_in_its_first_empty_field(qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "新.jixiao"
    with Store.create(path):
        pass
    window = shown_window(qtbot, tmp_path)
    assert window.files.open(path)
    window.commands["new_project"].trigger()
    dialog = window.findChild(NewProjectDialog)
    assert dialog is not None
    qtbot.waitUntil(dialog.isActiveWindow)
    type_text(qtbot, focus(), "科技热线")
    enter(qtbot)
    department = window.page.page.panel.sections[0].fields["department"].widget
    qtbot.waitUntil(lambda: window.focusWidget() is department)
    window.document.set_form(Form.EVALUATION)
    window.commands["start_form"].trigger()
    evaluated = window.page.page.panel.sections[0].fields["department"].widget
    qtbot.waitUntil(lambda: window.focusWidget() is evaluated)
