"""查找和替换, by keyboard: seen first, chosen, one step, and nothing else changed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from gui.desk.marked_lines import MARKED
from gui.document.document import Document
from gui.search.replace import ReplaceDialog, Scope
from model.errors import UserError
from model.records import Declaration, Form, Project, forms_of
from storage.store.sqlite import Store
from tests.gui.dialogs import (
    choose,
    enter,
    fill_disk,
    focus,
    gestures,
    is_open,
    press,
    rename,
    retype,
    saved,
    shown,
    tab_to,
    was_accepted,
)
from tests.gui.hands import document_of, line
from tests.gui.window import shown_window
from tests.model.projects import declaration_of

FORM = Form.DECLARATION


def project(project_id: str, name: str, *names: str, year: int = 2026) -> Project:
    lines = tuple(line(f"{project_id}{number}", name=text) for number, text in enumerate(names))
    goal = f"到{year}年底完成{name}。"
    return Project(
        project_id, year, name, unit="信息中心", forms=forms_of(Declaration(annual_goal=goal, indicators=lines))
    )


@pytest.fixture
def document(qtbot: QtBot, tmp_path: Path) -> Iterator[Document]:
    projects = (
        project("p", "系统运维", "2026年巡检次数", "2026年2026号工单"),
        project("q", "数据治理", "2026年检查次数"),
        project("r", "旧项目", "2026年底", year=2025),
    )
    with document_of(tmp_path / "替换.jixiao", *projects) as opened:
        yield opened


@pytest.fixture
def dialog(qtbot: QtBot, document: Document) -> ReplaceDialog:
    return shown(qtbot, ReplaceDialog(document))


def test_that_what_stood_in_the_search_box_is_looked_for_at_once(qtbot: QtBot, document: Document) -> None:
    dialog = shown(qtbot, ReplaceDialog(document, sought="巡检"))
    assert dialog.sought.selectedText() == "巡检"
    assert dialog.texts.list.count() > 0


def seek(qtbot: QtBot, dialog: ReplaceDialog, text: str, other: str) -> None:
    retype(qtbot, "查找", text)
    retype(qtbot, "替换为", other)
    dialog.search()


def rows(dialog: ReplaceDialog) -> list[str]:
    return [dialog.texts.list.item(row).text() for row in range(dialog.texts.list.count())]


def names(document: Document) -> list[str]:
    return [one.name for one in saved(document).indicators(FORM)]


def test_that_typing_lists_every_place_before_and_after(qtbot: QtBot, dialog: ReplaceDialog) -> None:
    assert focus() is dialog.sought
    assert not dialog.accept_button.isEnabled()
    seek(qtbot, dialog, "2026", "2027")
    assert dialog.accept_button.text() == "替换 4 处"
    assert rows(dialog)[1] == "2026年巡检次数：三级指标\n2026年巡检次数 → 2027年巡检次数"


@pytest.mark.parametrize("before", ["2026.01.01-2026.12.31", "服务期为2026-2026年", "2026年01月01日至2026年12月31日"])
def test_that_a_number_two_parts_of_which_change_is_shown_as_it_is_and_as_it_will_be(
    qtbot: QtBot, tmp_path: Path, before: str
) -> None:
    with document_of(tmp_path / "起止.jixiao", project("p", "系统运维", before)) as document:
        dialog = shown(qtbot, ReplaceDialog(document))
        seek(qtbot, dialog, "2026", "2027")
        said = " ".join(rows(dialog)[1].splitlines()[1:])
        after = before.replace("2026", "2027")
        assert said in {f"{before} → {after}", f"原文 {before} 改为 {after}"}


def test_that_what_was_found_and_what_will_stand_there_is_drawn_bold(qtbot: QtBot, dialog: ReplaceDialog) -> None:
    seek(qtbot, dialog, "2026", "2027")
    for row in range(dialog.texts.list.count()):
        item = dialog.texts.list.item(row)
        marked = [item.text()[start:end] for start, end in item.data(MARKED)]
        assert set(marked) == {"2026", "2027"}
        assert marked.count("2026") == marked.count("2027") >= 1
    item = dialog.texts.list.item(1)
    with_marks = dialog.texts.list.grab().toImage()
    item.setData(MARKED, [])
    assert dialog.texts.list.grab().toImage() != with_marks


def test_that_enter_replaces_in_this_form_as_one_step(qtbot: QtBot, document: Document, dialog: ReplaceDialog) -> None:
    seek(qtbot, dialog, "2026", "2027")
    enter(qtbot)
    assert was_accepted(dialog)
    assert names(document) == ["2027年巡检次数", "2027年2027号工单"]
    assert declaration_of(saved(document)).annual_goal == "到2027年底完成系统运维。"
    assert dialog.report == "已把 4 处“2026”替换为“2027”。"
    assert gestures(document)[0] == "替换"
    document.undo_stack.undo()
    assert names(document) == ["2026年巡检次数", "2026年2026号工单"]


def test_that_enter_right_after_typing_shows_the_places_first(
    qtbot: QtBot, document: Document, dialog: ReplaceDialog
) -> None:
    retype(qtbot, "替换为", "2027")
    retype(qtbot, "查找", "2026")
    enter(qtbot)
    assert is_open(dialog)
    assert dialog.texts.list.count() == 3
    assert names(document)[0] == "2026年巡检次数"


def test_that_a_place_that_is_not_checked_stays(qtbot: QtBot, document: Document, dialog: ReplaceDialog) -> None:
    seek(qtbot, dialog, "2026", "2027")
    tab_to(qtbot, "要改的文字")
    press(qtbot, Qt.Key.Key_Down)
    press(qtbot, Qt.Key.Key_Space)
    assert dialog.accept_button.text() == "替换 3 处"
    enter(qtbot)
    assert names(document) == ["2026年巡检次数", "2027年2027号工单"]


def test_that_a_whole_year_is_replaced_as_one_step_and_no_other_year(
    qtbot: QtBot, document: Document, dialog: ReplaceDialog
) -> None:
    choose(qtbot, "范围", "2026 年度的 2 个项目")
    seek(qtbot, dialog, "2026年", "本年")
    assert rows(dialog)[0].startswith("系统运维 · 目标申报 · ")
    enter(qtbot)
    assert dialog.report.endswith("（2 个项目）。")
    assert document.store is not None
    texts = {one.id: one.indicators(FORM)[0].name for one in document.store.projects()}
    assert texts == {"p": "本年巡检次数", "q": "本年检查次数", "r": "2026年底"}
    document.undo_stack.undo()
    assert document.store.project("q").indicators(FORM)[0].name == "2026年检查次数"


def test_that_the_name_of_a_project_is_found_in_its_head(
    qtbot: QtBot, document: Document, dialog: ReplaceDialog
) -> None:
    choose(qtbot, "范围", "这个项目")
    seek(qtbot, dialog, "信息中心", "数据局")
    enter(qtbot)
    assert saved(document).unit == "数据局"


def test_that_width_and_capitals_count_only_when_asked(qtbot: QtBot, dialog: ReplaceDialog) -> None:
    seek(qtbot, dialog, "２０２６", "2027")
    assert dialog.texts.list.count() == 3
    tab_to(qtbot, "区分大小写和全角半角(M)")
    press(qtbot, Qt.Key.Key_Space)
    assert dialog.texts.list.count() == 0
    assert "没有“２０２６”" in dialog.message.text
    assert not dialog.accept_button.isEnabled()


def test_that_a_text_that_would_stay_as_it_is_cannot_be_replaced(qtbot: QtBot, dialog: ReplaceDialog) -> None:
    seek(qtbot, dialog, "2026", "2026")
    assert dialog.message.text == "替换后与原来一样。"
    assert not dialog.accept_button.isEnabled()


def test_that_what_cannot_be_written_is_told_in_the_dialog(
    qtbot: QtBot, document: Document, dialog: ReplaceDialog, monkeypatch: pytest.MonkeyPatch
) -> None:
    seek(qtbot, dialog, "2026", "2027")
    told = fill_disk(monkeypatch)
    enter(qtbot)
    assert is_open(dialog)
    assert dialog.message.text == told
    assert names(document)[0] == "2026年巡检次数"


def test_that_a_form_that_is_not_started_offers_the_project_and_the_year(qtbot: QtBot, document: Document) -> None:
    document.set_form(Form.EVALUATION)
    dialog = shown(qtbot, ReplaceDialog(document))
    assert [dialog.scope.itemData(at) for at in range(dialog.scope.count())] == [Scope.PROJECT, Scope.YEAR]


def test_that_more_places_than_anybody_looks_at_are_told(
    qtbot: QtBot, dialog: ReplaceDialog, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gui.search.replace.SHOWN_AT_MOST", 2)
    seek(qtbot, dialog, "2026", "2027")
    assert dialog.texts.list.count() == 2
    assert "多于 2 个" in dialog.message.text


def test_that_ctrl_h_opens_it_and_the_strip_takes_everything_back(qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "窗口.jixiao"
    with document_of(path, project("p", "系统运维", "2026年巡检次数")):
        pass
    window = shown_window(qtbot, tmp_path, path)
    qtbot.keyClick(window, Qt.Key.Key_H, Qt.KeyboardModifier.ControlModifier)
    dialog = window.findChild(ReplaceDialog)
    assert dialog is not None
    qtbot.waitUntil(dialog.isActiveWindow)
    seek(qtbot, dialog, "2026", "2027")
    enter(qtbot)
    assert window.page.message.text == "已把 2 处“2026”替换为“2027”。"
    window.commands["undo"].trigger()
    assert names(window.document) == ["2026年巡检次数"]
    assert not window.page.message.isVisible()


def test_that_a_place_can_be_gone_to_instead(qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "窗口.jixiao"
    with document_of(path, project("p", "系统运维", "巡检"), project("q", "数据治理", "检查次数", "2026年报告")):
        pass
    window = shown_window(qtbot, tmp_path, path)
    window.document.select_project("p")
    window.commands["replace"].trigger()
    dialog = window.findChild(ReplaceDialog)
    assert dialog is not None
    qtbot.waitUntil(dialog.isActiveWindow)
    choose(qtbot, "范围", "年度")
    retype(qtbot, "查找", "年报告")
    dialog.search()
    dialog.show_place.click()
    assert not is_open(dialog)
    assert window.document.saved_project is not None
    assert window.document.saved_project.id == "q"
    assert window.page.table.current_id() == "q1"


def test_that_escape_asks_about_what_was_to_be_put_there(qtbot: QtBot, dialog: ReplaceDialog) -> None:
    seek(qtbot, dialog, "2026", "2027")
    press(qtbot, Qt.Key.Key_Escape)
    assert is_open(dialog)
    assert dialog.message.text.startswith("还没有替换。")
    seek(qtbot, dialog, "2026", "")
    press(qtbot, Qt.Key.Key_Escape)
    assert not is_open(dialog)


def test_that_a_year_that_cannot_be_read_is_told(
    qtbot: QtBot, dialog: ReplaceDialog, monkeypatch: pytest.MonkeyPatch
) -> None:

    def refuse(*_: object, **__: object) -> None:
        raise UserError("读不到文件。")

    monkeypatch.setattr(Store, "projects", refuse)
    choose(qtbot, "范围", "年度")
    assert dialog.message.text == "读不到文件。"
    assert not dialog.accept_button.isEnabled()


def test_that_the_name_of_the_project_makes_the_dialog_no_wider_than_a_small_screen(
    qtbot: QtBot, document: Document
) -> None:
    rename(document, "科技资源共享与协同服务平台" * 9)
    dialog = shown(qtbot, ReplaceDialog(document))
    assert dialog.width() <= 911
    assert dialog.scope.toolTip() == ""  # 这张表 is what is chosen at first
    dialog.scope.setCurrentIndex(1)
    assert dialog.scope.toolTip() == dialog.scope.currentText()
