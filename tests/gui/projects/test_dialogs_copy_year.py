"""复制上年, by keyboard."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from gui.desk.dialog import BORDERS
from gui.document.document import Document
from gui.projects.copy_year import CopyYearDialog
from model import edits
from model.changes import AddProject
from model.records import Declaration, Form, Project
from storage.store.sqlite import Store
from tests.gui.dialogs import (
    add,
    enter,
    escape,
    fill_disk,
    focus,
    is_open,
    names,
    press,
    press_button,
    rename,
    retype,
    saved,
    shown,
    tab_to,
    was_accepted,
)
from tests.gui.window import shown_window
from tests.model.projects import declaration_of

UNIT = "上海市研发公共服务平台管理中心"


@pytest.fixture
def copy_year(document: Document, qtbot: QtBot) -> CopyYearDialog:
    return shown(qtbot, CopyYearDialog(document))


def test_that_the_projects_of_the_year_on_screen_are_offered_for_the_next_one(copy_year: CopyYearDialog) -> None:
    assert copy_year.source.currentData() == 2026
    assert copy_year.target.value() == 2027
    assert copy_year.projects.count() == 10
    assert copy_year.accept_button.text() == "复制 10 个项目"
    assert focus() is copy_year.projects


@pytest.mark.parametrize("count", [10, 13, 100])
def test_that_the_dialog_opens_as_high_as_its_list_needs_and_the_screen_has_room_for(
    document: Document, qtbot: QtBot, count: int
) -> None:
    blank = saved(document).with_form(Form.EVALUATION, None).with_form(Form.DECLARATION, Declaration())
    add(document, *(replace(blank, id=f"{number}", project_name=f"另一个项目{number}") for number in range(count - 10)))
    copy_year = shown(qtbot, CopyYearDialog(document))
    assert copy_year.projects.count() == count
    screen = copy_year.screen().availableGeometry()
    is_seen_whole = not copy_year.projects.verticalScrollBar().maximum()
    assert screen.contains(copy_year.frameGeometry())
    assert is_seen_whole or copy_year.height() == screen.height() - BORDERS.height()
    assert is_seen_whole or count == 100


def test_that_enter_copies_what_is_chosen_as_one_step(
    document: Document, copy_year: CopyYearDialog, qtbot: QtBot
) -> None:
    old = saved(document)
    press(qtbot, Qt.Key.Key_Down)
    press(qtbot, Qt.Key.Key_Space)
    assert copy_year.accept_button.text() == "复制 9 个项目"
    enter(qtbot)
    assert was_accepted(copy_year)
    left_out = names(document, 2026)[1]
    assert names(document, 2027) == [name for name in names(document, 2026) if name != left_out]
    new = saved(document)
    assert (new.year, new.project_name) == (2027, old.project_name)
    assert new.of(Declaration) is not None
    assert declaration_of(new).start_date.startswith("2027")
    document.undo_stack.undo()
    assert names(document, 2027) == []


def test_that_the_first_of_several_copies_has_the_keyboard_in_its_first_missing_amount(
    qtbot: QtBot, tmp_path: Path, given_forms: tuple[Project, ...]
) -> None:
    names = ("研发平台数据采购及保障", "研发平台网络运行保障")
    last = [one for one in given_forms if one.project_name in names and one.form(Form.DECLARATION) is not None]
    with Store.create(tmp_path / "上年.jixiao") as made:
        made.apply("导入", tuple(AddProject(replace(one, id=one.project_name, year=2025)) for one in last))
    window = shown_window(qtbot, tmp_path)
    assert window.files.open(tmp_path / "上年.jixiao")
    window.commands["copy_year"].trigger()
    dialog = window.findChild(CopyYearDialog)
    assert dialog is not None
    qtbot.waitUntil(dialog.isActiveWindow)
    while is_open(dialog):
        enter(qtbot)
    amount = window.page.page.panel.sections[1].fields["fiscal_current"].widget
    qtbot.waitUntil(lambda: window.focusWidget() is amount)
    assert len(window.document.summaries()) == 2 * len(last) == 4


def test_that_projects_the_year_has_already_cannot_be_chosen(
    document: Document, copy_year: CopyYearDialog, qtbot: QtBot
) -> None:
    press(qtbot, Qt.Key.Key_Space)
    enter(qtbot)
    document.select_project(document.summaries()[-8].id)
    again = shown(qtbot, CopyYearDialog(document))
    again.source.setCurrentIndex(again.source.findData(2026))
    taken = [again.projects.item(row).text() for row in range(10) if not again.projects.item(row).flags()]
    assert len(taken) == 9
    assert all(text.endswith("（2027 年度已有）") for text in taken)
    assert again.accept_button.text() == "复制 1 个项目"
    again.projects.setFocus()
    enter(qtbot)
    assert was_accepted(again)
    assert len(names(document, 2027)) == 10


def test_that_a_year_that_has_them_all_is_told(copy_year: CopyYearDialog, qtbot: QtBot) -> None:
    retype(qtbot, "复制到", "2026")
    assert "2026 年度已有全部这些项目" in copy_year.message.text
    assert not copy_year.accept_button.isEnabled()
    assert not copy_year.all.isEnabled()


def test_that_a_choice_outlives_a_change_of_the_year(copy_year: CopyYearDialog, qtbot: QtBot) -> None:
    press(qtbot, Qt.Key.Key_Space)
    retype(qtbot, "复制到", "2028")
    assert copy_year.projects.item(0).checkState() is Qt.CheckState.Unchecked
    assert copy_year.accept_button.text() == "复制 9 个项目"


def test_that_all_are_chosen_or_none_with_one_key(copy_year: CopyYearDialog, qtbot: QtBot) -> None:
    tab_to(qtbot, "全选(A)")
    press(qtbot, Qt.Key.Key_Space)
    assert copy_year.accept_button.text() == "复制"
    assert not copy_year.accept_button.isEnabled()
    assert copy_year.all.checkState() is Qt.CheckState.Unchecked
    press(qtbot, Qt.Key.Key_Space)
    assert copy_year.accept_button.text() == "复制 10 个项目"
    assert copy_year.all.checkState() is Qt.CheckState.Checked


def test_that_the_choice_of_some_shows_on_the_box_for_all(copy_year: CopyYearDialog, qtbot: QtBot) -> None:
    press(qtbot, Qt.Key.Key_Space)
    assert copy_year.all.checkState() is Qt.CheckState.PartiallyChecked


def test_that_another_source_year_moves_the_target_along(copy_year: CopyYearDialog, qtbot: QtBot) -> None:
    tab_to(qtbot, "从")
    press(qtbot, Qt.Key.Key_Down)
    assert copy_year.source.currentData() == 2025
    assert copy_year.target.value() == 2026
    assert copy_year.projects.count() == 8


def test_that_units_are_named_where_a_year_has_several(document: Document, qtbot: QtBot) -> None:
    add(document, replace(saved(document).with_form(Form.DECLARATION, None), id="other", unit="另一单位"))
    dialog = shown(qtbot, CopyYearDialog(document))
    texts = [dialog.projects.item(row).text() for row in range(dialog.projects.count())]
    assert any("另一单位" in text for text in texts)
    assert all(UNIT in text or "另一单位" in text for text in texts)


def test_that_a_project_without_a_name_can_be_seen_in_the_list(document: Document, qtbot: QtBot) -> None:
    rename(document, "")
    dialog = shown(qtbot, CopyYearDialog(document))
    assert dialog.projects.item(0).text() == "（未填项目名称）"


def test_that_copies_that_cannot_be_written_are_told_in_the_dialog(
    document: Document, copy_year: CopyYearDialog, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    problem = fill_disk(monkeypatch)
    enter(qtbot)
    assert is_open(copy_year)
    assert copy_year.message.text == problem
    assert names(document, 2027) == []


def test_that_escape_copies_nothing(document: Document, copy_year: CopyYearDialog, qtbot: QtBot) -> None:
    escape(qtbot)
    assert not is_open(copy_year)
    assert names(document, 2027) == []


def test_that_the_texts_in_which_the_year_moves_on_are_seen_first_and_left_out_one_by_one(
    document: Document, qtbot: QtBot
) -> None:
    write_goal(document, "2026年完成，按《2026年方案》执行，截至2026年12月底")
    rename(document, "2026年度科技活动周")
    dialog = shown(qtbot, CopyYearDialog(document))
    dialog.only_this.click()
    assert dialog.accept_button.text() == "复制 1 个项目"
    enter(qtbot)
    assert is_open(dialog)
    texts = [dialog.texts.list.item(row).text() for row in range(dialog.texts.list.count())]
    assert texts[0] == "2026年度科技活动周 · 项目名称\n2026年度科技活动周 → 2027年度科技活动周"
    assert texts[1].endswith(
        "\n原文 2026年完成，按《2026年方案》执行，截至2026年12月底"
        "\n改为 2027年完成，按《2026年方案》执行，截至2027年12月底"
    )
    assert texts[2].startswith("以下拿不准")
    assert "按《2026年方案》" in texts[3]
    assert dialog.accept_button.text() == "复制并改 3 处年份"  # one in the name, two in the goal
    press(qtbot, Qt.Key.Key_Space)
    assert dialog.accept_button.text() == "复制并改 2 处年份"
    enter(qtbot)
    assert was_accepted(dialog)
    new = saved(document)
    assert (new.year, new.project_name) == (2027, "2026年度科技活动周")
    assert declaration_of(new).annual_goal == "2027年完成，按《2026年方案》执行，截至2027年12月底"
    assert dialog.report.startswith("已复制 1 个项目到 2027 年度，改了 2 处年份。2026 年度没有复制的 9 个：")
    document.undo_stack.undo()
    assert names(document, 2027) == []


def test_that_of_a_long_text_no_number_is_seen_in_part(document: Document, qtbot: QtBot) -> None:
    around = "面向全市科研人员和中小企业，完成科技活动120场次，参加人数12345人次以上，"
    write_goal(document, f"{around}至2026年底{around}")
    dialog = shown(qtbot, CopyYearDialog(document))
    dialog.only_this.click()
    enter(qtbot)
    shown_text = dialog.texts.list.item(0).text()
    assert "…人次以上，至2026年底面向全市科研…" in shown_text
    assert set(re.findall("[0-9]+", shown_text.partition("\n")[2])) == {"2026", "2027"}


def test_that_all_texts_are_chosen_or_none_and_one_can_go_back(document: Document, qtbot: QtBot) -> None:
    write_goal(document, "2026年完成，按《2026年方案》执行")
    dialog = shown(qtbot, CopyYearDialog(document))
    enter(qtbot)
    tab_to(qtbot, "全部改(A)")
    press(qtbot, Qt.Key.Key_Space)
    assert dialog.accept_button.text() == "复制并改 2 处年份"
    press(qtbot, Qt.Key.Key_Space)
    assert dialog.accept_button.text() == "复制，年份不改"
    press_button(qtbot, Qt.Key.Key_B, dialog.back)
    assert focus() is dialog.projects
    assert dialog.accept_button.text() == "复制 10 个项目"
    assert not dialog.back.isVisible()


def test_that_targets_are_left_out_when_only_the_structure_is_wanted(document: Document, qtbot: QtBot) -> None:
    dialog = shown(qtbot, CopyYearDialog(document))
    tab_to(qtbot, "指标值")
    press(qtbot, Qt.Key.Key_Down, times=2)
    dialog.projects.setFocus()
    enter(qtbot)
    lines = declaration_of(saved(document)).indicators
    assert lines
    assert {line.target_text for line in lines} == {""}


def test_that_two_of_one_name_and_one_that_may_be_there_already_are_told_and_not_chosen(
    document: Document, qtbot: QtBot
) -> None:
    here = saved(document)
    add(document, replace(here.with_form(Form.DECLARATION, None), id="twin"))
    add(
        document,
        replace(here.with_form(Form.DECLARATION, None), id="next", year=2027, project_name="信息化运维服务系统"),
    )
    dialog = shown(qtbot, CopyYearDialog(document))
    told = [item.text() for item in dialog.projects.findItems("请核对", Qt.MatchFlag.MatchContains)]
    assert told == [
        f"{here.project_name}（2026 年度有 2 个同名项目，请核对）",
        "信息化运维项目（2027 年度有相近的“信息化运维服务系统”，请核对）",
        f"{here.project_name}（2026 年度有 2 个同名项目，请核对）",
    ]
    assert dialog.accept_button.text() == "复制 8 个项目"


def test_that_years_left_out_between_and_a_way_back_are_told(copy_year: CopyYearDialog, qtbot: QtBot) -> None:
    retype(qtbot, "复制到", "2029")
    assert copy_year.message.text == "隔了 2 年（2027、2028）：日期和年份都顺延 3 年。"
    retype(qtbot, "复制到", "2024")
    assert copy_year.message.text == "复制到更早的年度：日期和年份都提前 2 年。"


def write_goal(document: Document, goal: str) -> None:
    project = saved(document)
    changes = edits.set_cell(project, Form.DECLARATION, project.id, "annual_goal", goal, document.settings)
    assert document.push("年度总体目标", changes)
