"""与往年项目对应, by keyboard."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from gui.document.document import Document
from gui.projects.link_years import LinkYearsDialog
from model.changes import RemoveProject
from model.records import Form
from storage.store.sqlite import Store
from tests.gui.dialogs import (
    add,
    enter,
    escape,
    fill_disk,
    focus,
    is_open,
    opened,
    press,
    press_button,
    saved,
    shown,
    tab_to,
    was_accepted,
)
from tests.gui.found import file_of


@pytest.fixture
def link_years(document: Document, qtbot: QtBot) -> LinkYearsDialog:
    """Opened on a project that goes on from 2022, with 2022 as the earlier year."""
    goes_on = next(
        one for one in document.summaries() if one.project_name == "研发平台网络运行保障" and one.year == 2026
    )
    document.select_project(goes_on.id)
    dialog = shown(qtbot, LinkYearsDialog(document))
    dialog.source.setCurrentIndex(dialog.source.findData(2022))
    return dialog


def words(dialog: LinkYearsDialog) -> dict[str, str]:
    """What each project is said to continue."""
    texts = [dialog.projects.item(row).text().split("\n") for row in range(dialog.projects.count())]
    return {text[0]: text[1] for text in texts}


def test_that_the_dialog_opens_as_high_as_its_lists_need(link_years: LinkYearsDialog) -> None:
    assert link_years.projects.count() == 10
    assert not link_years.projects.verticalScrollBar().maximum()
    assert link_years.screen().availableGeometry().contains(link_years.frameGeometry())


def test_that_what_names_tell_is_shown_and_what_nobody_continues(link_years: LinkYearsDialog) -> None:
    told = words(link_years)
    assert told["研发平台网络运行保障"] == "接着同名项目"
    assert told["上海市大型科学仪器开放共享平台能力提升"].startswith("请确认是否接着：上海市大型仪器共享管理系统")
    assert told["上海科技地方报告"] == "新项目"
    assert link_years.left.text().startswith("2022 年度没有延续到 2026 年度的：")
    assert link_years.projects.currentItem().text().startswith("研发平台网络运行保障")
    first = link_years.others.item(0)
    assert (first.text(), first.checkState()) == ("研发平台网络运行保障", Qt.CheckState.Checked)


def test_that_esc_loses_what_was_linked_by_hand_only_the_second_time(link_years: LinkYearsDialog, qtbot: QtBot) -> None:
    tab_to(qtbot, "往年的项目")
    press(qtbot, Qt.Key.Key_Down)
    press(qtbot, Qt.Key.Key_Space)
    escape(qtbot)
    assert link_years.isVisible()
    assert link_years.message.text.startswith("改过的对应还没有保存。")
    escape(qtbot)
    assert not link_years.isVisible()


def test_that_a_project_is_linked_to_two_that_were_joined_as_one_step(
    document: Document, link_years: LinkYearsDialog, qtbot: QtBot
) -> None:
    link_years.projects.setFocus()
    row = list(words(link_years)).index("上海科技地方报告")
    link_years.projects.setCurrentRow(row)
    tab_to(qtbot, "往年的项目")
    press(qtbot, Qt.Key.Key_Space)
    press(qtbot, Qt.Key.Key_Down)
    press(qtbot, Qt.Key.Key_Space)
    names = [link_years.others.item(n).text() for n in (0, 1)]
    assert words(link_years)["上海科技地方报告"] == f"接着：{'、'.join(names)}（手工）"
    enter(qtbot)
    assert was_accepted(link_years)
    ((key, ids),) = document.settings.links.items()
    assert len(ids) == 2
    document.select_project(key)
    assert document.earlier is not None
    assert document.earlier.name == "、".join(names)
    document.undo_stack.undo()
    assert document.settings.links == {}
    assert document.earlier is None


def test_that_a_project_is_said_to_be_new_and_names_count_again(
    document: Document, link_years: LinkYearsDialog, qtbot: QtBot
) -> None:
    tab_to(qtbot, "新项目，不接往年(N)")
    press(qtbot, Qt.Key.Key_Space)
    assert words(link_years)["研发平台网络运行保障"] == "新项目（手工）"
    assert link_years.others.item(0).checkState() is Qt.CheckState.Unchecked
    press(qtbot, Qt.Key.Key_Space)
    assert words(link_years)["研发平台网络运行保障"] == "接着同名项目"
    press(qtbot, Qt.Key.Key_Space)
    press_button(qtbot, Qt.Key.Key_A, link_years.automatic)
    assert words(link_years)["研发平台网络运行保障"] == "接着同名项目"
    assert not link_years.automatic.isEnabled()
    enter(qtbot)
    assert was_accepted(link_years)
    assert document.settings.links == {}


def test_that_taking_the_last_one_away_makes_a_new_project(link_years: LinkYearsDialog, qtbot: QtBot) -> None:
    tab_to(qtbot, "往年的项目")
    press(qtbot, Qt.Key.Key_Space)
    assert words(link_years)["研发平台网络运行保障"] == "新项目（手工）"
    assert link_years.is_new.isChecked()


def test_that_a_file_of_one_year_only_says_so(tmp_path: Path, qtbot: QtBot) -> None:
    Store.create(tmp_path / "a.jixiao").close()
    with opened(tmp_path / "a.jixiao") as document:
        dialog = shown(qtbot, LinkYearsDialog(document))
        assert "没有更早年度的项目" in dialog.message.text
        assert not dialog.accept_button.isEnabled()
        escape(qtbot)
        assert not is_open(dialog)


def test_that_links_that_cannot_be_written_are_told(
    link_years: LinkYearsDialog, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    link_years.is_new.click()
    problem = fill_disk(monkeypatch)
    assert focus()
    enter(qtbot)
    assert is_open(link_years)
    assert link_years.message.text == problem


def test_that_a_link_to_a_project_that_was_removed_gives_way_to_names(
    document: Document, link_years: LinkYearsDialog, qtbot: QtBot
) -> None:
    link_years.is_new.click()
    link_years.is_new.click()
    other = replace(saved(document).with_form(Form.DECLARATION, None), id="q", year=2021, project_name="别的")
    add(document, other)
    document.push("删", (RemoveProject(file_of(document).project("q")),))
    dialog = shown(qtbot, LinkYearsDialog(document))
    assert dialog.source.findData(2021) < 0
