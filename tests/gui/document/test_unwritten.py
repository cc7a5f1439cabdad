"""What is typed while the disk is full stays on screen until it is written or given up, whatever is done meanwhile."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from gui.document.document import Document
from gui.main_window import MainWindow
from gui.views.status import StatusBar
from model.changes import Part, RemoveForm
from model.edits import delete_lines, set_cell
from model.errors import UserError
from model.findings import Place
from model.records import Declaration, Form, Project
from storage.store.sqlite import Store
from tests.gui.found import child, children, visible
from tests.gui.hands import declared, document_of, in_file, line
from tests.gui.window import shown_window, type_text
from tests.model.projects import declaration_of

GOAL = "完成年度信息系统运行维护，保障各系统安全稳定运行，支撑科技管理和服务工作正常开展。"


@pytest.fixture
def document(qtbot: QtBot, tmp_path: Path) -> Iterator[Document]:
    first = declared(line("a", target_text="≥2.00(次)"), line("b"))
    with document_of(tmp_path / "单位.jixiao", first, declared(project_id="q", name="平台网络保障")) as opened:
        yield opened


def shown(document: Document) -> Project:
    assert document.project is not None
    return document.project


def goal(document: Document) -> str:
    content = shown(document).of(Declaration)
    assert content is not None
    return content.annual_goal


def full(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise UserError("磁盘已满，没有保存。")

    for name in ("apply", "undo", "redo"):
        monkeypatch.setattr(Store, name, refuse)


def type_goal(document: Document, text: str = GOAL) -> bool:
    return document.write_text("修改年度总体目标", Form.DECLARATION, "p", "annual_goal", text)


def test_that_a_text_that_was_not_written_stays_on_screen_and_in_the_findings(
    document: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as broken:
        full(broken)
        assert not type_goal(document)
    assert goal(document) == GOAL
    assert [text.text for text in document.unwritten] == [GOAL]
    assert document.has_draft
    assert not any(finding.place.field == "annual_goal" and finding.blocks_export for finding in document.findings)


def test_that_the_next_edit_that_is_written_takes_it_along_as_a_step_of_its_own(
    qtbot: QtBot, document: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as broken:
        full(broken)
        type_goal(document)
        document.write_text("修改项目性质", Form.DECLARATION, "p", "project_nature", "经常性项目")
        qtbot.wait(1)  # the undo stack is filled from the journal again
    document.write_text("修改三级指标", Part.INDICATOR, "a", "name", "巡检次数")
    assert goal(document) == GOAL
    qtbot.waitUntil(lambda: not document.unwritten)
    written = in_file(document)
    assert written == document.saved_project == document.project
    assert written.of(Declaration) is not None
    assert (declaration_of(written).annual_goal, declaration_of(written).project_nature) == (GOAL, "经常性项目")
    assert document.undo_stack.undoText() == "修改项目性质"
    document.undo_stack.undo()
    document.undo_stack.undo()
    assert goal(document) == ""


def test_that_a_draft_elsewhere_and_an_undo_leave_it_in_place(
    qtbot: QtBot, document: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    document.write_text("修改三级指标", Part.INDICATOR, "a", "name", "巡检次数")
    with monkeypatch.context() as broken:
        full(broken)
        type_goal(document)
        qtbot.wait(1)
        document.lay_text(Part.INDICATOR, "b", "name", "正在输入")
        assert (goal(document), shown(document).indicators(Form.DECLARATION)[1].name) == (GOAL, "正在输入")
        document.undo_stack.undo()
        assert goal(document) == GOAL
    qtbot.waitUntil(document.undo_stack.canUndo)
    document.undo_stack.undo()
    assert goal(document) == GOAL


def test_that_amounts_that_wait_count_in_their_total(document: Document, monkeypatch: pytest.MonkeyPatch) -> None:
    full(monkeypatch)
    document.write_text("修改当年财政拨款", Form.DECLARATION, "p", "fiscal_current", "100")
    document.write_text("修改其他资金", Form.DECLARATION, "p", "other", "20.5")
    content = shown(document).of(Declaration)
    assert content is not None
    assert content.total_requested == "120.50"


def test_that_the_last_text_of_a_cell_counts_and_typing_the_old_one_gives_it_up(
    document: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    full(monkeypatch)
    type_goal(document, "一")
    type_goal(document, "二")
    assert [text.text for text in document.unwritten] == ["二"]
    assert type_goal(document, "")
    assert (document.unwritten, goal(document), document.has_draft) == ((), "", False)


def test_that_esc_in_its_cell_gives_it_up_and_leaves_the_others(
    document: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    full(monkeypatch)
    type_goal(document)
    document.write_text("修改三级指标", Part.INDICATOR, "a", "name", "巡检次数")
    document.give_up_text(Form.DECLARATION, "p", "annual_goal")
    assert [text.field for text in document.unwritten] == ["name"]
    assert (goal(document), shown(document).indicators(Form.DECLARATION)[0].name) == ("", "巡检次数")


def test_that_a_text_whose_line_or_form_is_removed_is_no_trouble(
    qtbot: QtBot, document: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as broken:
        full(broken)
        document.write_text("修改三级指标", Part.INDICATOR, "a", "name", "巡检次数")
        type_goal(document)
        qtbot.wait(1)
    project = document.saved_project
    assert project is not None
    assert project.of(Declaration) is not None
    document.push("删除", delete_lines(project, ("a",), document.settings))
    assert goal(document) == GOAL
    project = document.saved_project
    document.push("删除申报表", (RemoveForm("p", Form.DECLARATION, declaration_of(project)),))
    assert shown(document).of(Declaration) is None
    qtbot.waitUntil(lambda: not document.unwritten)


def test_that_another_project_is_not_shown_before_it_is_asked_about(
    qtbot: QtBot, document: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as broken:
        full(broken)
        type_goal(document)
        with qtbot.waitSignal(document.leave_asked) as asked:
            document.select_project("q")
    assert shown(document).id == "p"
    document.give_up_unwritten()
    asked.args[0]()
    assert shown(document).id == "q"
    document.select_project("p")
    assert goal(document) == ""


def test_that_not_written_not_read_and_no_backup_are_told_by_signals_of_their_own(
    qtbot: QtBot, document: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as broken:
        full(broken)
        with (
            qtbot.assertNotEmitted(document.not_read),
            qtbot.assertNotEmitted(document.backup_failed),
            qtbot.waitSignal(document.not_written) as told,
        ):
            type_goal(document)
        assert told.args == ["磁盘已满，没有保存。"]


# In the window


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> Iterator[MainWindow]:
    with document_of(tmp_path / "单位.jixiao", declared(line("a")), declared(project_id="q", name="平台网络保障")):
        pass
    opened = shown_window(qtbot, tmp_path, tmp_path / "单位.jixiao")
    opened.document.select_project("p")
    yield opened
    opened.document.give_up_unwritten()
    opened.close()


def box_of(window: MainWindow) -> QMessageBox | None:
    return next(visible(window, QMessageBox), None)


def press(window: MainWindow, text: str) -> None:
    box = box_of(window)
    assert box is not None
    button = next(button for button in children(box, QPushButton) if button.text() == text)
    QTest.keyClick(button, Qt.Key.Key_Space)


def test_that_only_a_text_that_waits_can_be_tried_again(
    qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    document, message = window.document, window.page.message
    project = document.saved_project
    assert project is not None

    def again() -> list[QPushButton]:
        return [button for button in visible(message, QPushButton) if button.text() == "重试"]

    with monkeypatch.context() as broken:
        full(broken)
        document.push("删除", delete_lines(project, ("a",), document.settings))
        assert (message.isVisible(), again()) == (True, [])
        type_goal(document)
        (button,) = again()
        qtbot.wait(1)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert (document.unwritten, goal(document)) == ((), GOAL)
    assert len(shown(document).indicators(Form.DECLARATION)) == 1


@pytest.mark.usefixtures("message_boxes")
def test_that_closing_asks_and_a_retry_writes_and_closes(
    qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = window.document
    path = document.store.path if document.store is not None else Path()
    with monkeypatch.context() as broken:
        full(broken)
        type_goal(document)
        assert "未保存" in child(window, StatusBar).saved.text()
        assert not window.close()
        box = box_of(window)
        assert box is not None
        assert "修改年度总体目标" in box.informativeText()
        press(window, "重试保存")  # still full: nothing is lost and nothing closes
        assert window.isVisible()
        assert document.unwritten
    assert not window.close()
    press(window, "重试保存")
    qtbot.waitUntil(lambda: not window.isVisible())
    with Store.open(path) as store:
        written = store.project("p").of(Declaration)
        assert written is not None
        assert written.annual_goal == GOAL


@pytest.mark.usefixtures("message_boxes")
def test_that_staying_keeps_the_text_and_giving_up_goes_on(
    qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    full(monkeypatch)
    type_goal(window.document)
    tree = window.navigator.tree
    tree.stand_on(window.navigator.rows.index_of("q"))
    press(window, "留在这里")
    qtbot.waitUntil(lambda: tree.currentIndex() == window.navigator.rows.index_of("p"))
    assert goal(window.document) == GOAL
    window.document.select_project("q")
    press(window, "放弃这些内容")
    assert shown(window.document).id == "q"


@pytest.mark.usefixtures("message_boxes")
@pytest.mark.parametrize(("command", "left"), [("remove_form", ("p", False)), ("remove_project", ("q", True))])
def test_that_a_text_does_not_go_unasked_with_a_form_or_a_project_and_comes_back_with_it(
    qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch, command: str, left: tuple[str, bool]
) -> None:
    document = window.document
    with monkeypatch.context() as broken:
        full(broken)
        type_goal(document)
        qtbot.wait(1)
    before = document.saved_project
    window.commands[command].trigger()
    assert document.saved_project == before
    press(window, "重试保存")
    assert (shown(document).id, shown(document).of(Declaration) is not None) == left
    window.commands["undo"].trigger()
    assert (shown(document).id, goal(document)) == ("p", GOAL)


@pytest.mark.usefixtures("message_boxes")
def test_that_with_a_disk_that_stays_full_everything_can_be_saved_elsewhere_and_is_gone_on_with(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as broken:
        full(broken)
        type_goal(window.document)
        assert not window.close()
        press(window, "另存一份…")
        chooser = next(visible(window, QFileDialog))
    name = child(chooser, QLineEdit)
    name.setFocus()
    name.selectAll()
    type_text(qtbot, name, str(tmp_path / "U盘.jixiao"))
    QTest.keyClick(name, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.document.path == tmp_path / "U盘.jixiao")
    assert not window.document.unwritten
    assert goal(window.document) == GOAL
    window.close()
    with Store.open(tmp_path / "U盘.jixiao") as store:
        written = store.project("p").of(Declaration)
        assert written is not None
        assert written.annual_goal == GOAL


def test_that_the_message_goes_when_its_cause_is_gone(
    qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as broken:
        full(broken)
        type_goal(window.document)
        assert window.page.message.text == "磁盘已满，没有保存。"
        qtbot.wait(1)
    window.document.write_unwritten()
    assert not window.page.message.isVisible()
    assert "已保存" in child(window, StatusBar).saved.text()


def test_that_a_goal_typed_in_its_field_while_the_disk_is_full_outlives_an_edit_in_the_table(
    qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    window.document.request_place(Place(Form.DECLARATION, "annual_goal"))
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
    with monkeypatch.context() as broken:
        full(broken)
        field = QApplication.focusWidget()
        assert field is not None
        QTest.keyClicks(field, "keep this text")
        QTest.keyClick(field, Qt.Key.Key_Tab)
        assert goal(window.document) == "keep this text"
        qtbot.wait(1)
    project = window.document.saved_project
    assert project is not None
    changes = set_cell(project, Part.INDICATOR, "a", "name", "巡检次数", window.document.settings)
    assert window.document.push("修改三级指标", changes)
    assert goal(window.document) == "keep this text"
    qtbot.waitUntil(lambda: not window.document.unwritten)
    assert declaration_of(in_file(window.document)).annual_goal == "keep this text"
