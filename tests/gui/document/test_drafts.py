"""A program that is killed while somebody types loses at most a second of it, and offers the rest when it is back."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from gui.document.drafts import WRITE_AFTER_MS
from gui.findings.explanation import ExplanationDialog
from gui.main_window import MainWindow
from gui.views.long_editor import LongEditor
from gui.views.status import StatusBar
from model.changes import InsertIndicator, Part, SetField
from model.errors import UserError
from model.findings import Place, Severity
from model.records import Declaration, Form, Indicator, Project
from storage.store import drafts
from storage.store.drafts import Draft, drafts_path
from storage.store.sqlite import Store
from tests.gui.found import child
from tests.gui.hands import at, clipboard_text, compose, declared, editor_of, in_file, line, press, press_on, type_text
from tests.gui.window import shown_window
from tests.storage.builders import new_store

GOAL = "保障各信息系统安全稳定运行"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    place = tmp_path / "单位.jixiao"
    first = declared(line("a", target_text="≥2.00(次)"), line("b"))
    new_store(place, first, declared(project_id="q", name="平台网络保障")).close()
    return place


def text_draft(text: str = GOAL, project: str = "p", field: str = "annual_goal") -> Draft:
    return Draft(project, (SetField(project, Form.DECLARATION, project, field, "", text),))


def texts_on_disk(path: Path) -> list[object]:
    return [change.after for one in drafts.read(path) for change in one.changes if isinstance(change, SetField)]


def type_goal(window: MainWindow, text: str = GOAL) -> LongEditor:
    window.go_to(Place(Form.DECLARATION, "annual_goal"))
    editor = window.focusWidget()
    assert isinstance(editor, LongEditor)
    compose(editor, "", text)
    return editor


def goal(window: MainWindow) -> str:
    content = in_file(window.document).of(Declaration)
    assert content is not None
    return content.annual_goal


def offer(window: MainWindow) -> str:
    return window.draft_offer.text.text() if window.draft_offer.isVisible() else ""


def saved(window: MainWindow) -> str:
    return child(window, StatusBar).saved.text()


def test_that_a_text_in_an_open_field_is_on_the_disk_within_a_second_and_goes_when_it_is_written(
    qtbot: QtBot, tmp_path: Path, path: Path
) -> None:
    window = shown_window(qtbot, tmp_path, path)
    editor = type_goal(window)
    assert saved(window) == "正在输入…"
    qtbot.waitUntil(drafts_path(path).exists)
    assert texts_on_disk(path) == [GOAL]
    editor.clearFocus()
    assert goal(window) == GOAL
    assert saved(window).startswith("已保存")
    assert not drafts_path(path).exists()


def test_that_a_text_in_an_open_cell_is_kept_and_goes_when_it_is_given_up(
    qtbot: QtBot, tmp_path: Path, path: Path
) -> None:
    window = shown_window(qtbot, tmp_path, path)
    table = window.page.pages[Form.DECLARATION].table
    for field in ("name", "target_text", "level2"):
        at(table, "b", field)
        type_text(table, "巡检")
        qtbot.waitUntil(drafts_path(path).exists)
        assert texts_on_disk(path) == ["巡检"], field
        press(table, Qt.Key.Key_Escape)
        if editor_of(table) is not None:  # the first one closed the suggestions
            press(table, Qt.Key.Key_Escape)
        assert not drafts_path(path).exists(), field
    assert in_file(window.document).indicators(Form.DECLARATION)[1] == line("b")


def test_that_a_new_line_is_kept_with_what_is_typed_on_it(qtbot: QtBot, tmp_path: Path, path: Path) -> None:
    window = shown_window(qtbot, tmp_path, path)
    table = window.page.pages[Form.DECLARATION].table
    at(table, "b")
    table.gestures.add_under("产出指标", "数量指标")
    type_text(table, "巡检")
    qtbot.waitUntil(drafts_path(path).exists)
    (kept,) = drafts.read(path)
    added = [change.indicator.name for change in kept.changes if isinstance(change, InsertIndicator)]
    assert added == ["巡检"]


def test_that_what_a_killed_program_kept_is_offered_and_written_only_when_asked_for_and_can_be_undone(
    qtbot: QtBot, tmp_path: Path, path: Path
) -> None:
    drafts.write(path, (text_draft(),))
    window = shown_window(qtbot, tmp_path, path)
    assert "没有写完" in offer(window)
    assert "“信息化运维项目”的年度总体目标" in offer(window)
    assert goal(window) == ""
    qtbot.mouseClick(window.draft_offer.restore, Qt.MouseButton.LeftButton)
    assert goal(window) == GOAL
    assert offer(window) == ""
    assert not drafts_path(path).exists()
    window.document.undo_stack.undo()
    assert goal(window) == ""


def test_that_an_offer_is_worked_by_keys(qtbot: QtBot, tmp_path: Path, path: Path) -> None:
    drafts.write(path, (text_draft(),))
    window = shown_window(qtbot, tmp_path, path)
    window.draft_offer.give_up.setFocus()
    press_on(window.draft_offer.give_up, Qt.Key.Key_Return)
    assert offer(window) == ""
    assert goal(window) == ""
    assert not drafts_path(path).exists()


def test_that_an_offer_nobody_answered_is_kept_beside_what_is_typed_meanwhile(
    qtbot: QtBot, tmp_path: Path, path: Path
) -> None:
    drafts.write(path, (text_draft("上次的", field="overall_goal"),))
    window = shown_window(qtbot, tmp_path, path)
    editor = type_goal(window)
    qtbot.waitUntil(lambda: len(texts_on_disk(path)) == 2)
    assert texts_on_disk(path) == ["上次的", GOAL]
    editor.clearFocus()
    assert texts_on_disk(path) == ["上次的"]
    window.document.close_store()
    assert texts_on_disk(path) == ["上次的"]


def test_that_a_draft_of_another_project_and_a_new_line_are_brought_back_where_they_were(
    qtbot: QtBot, tmp_path: Path, path: Path
) -> None:
    added = Indicator("n", "产出指标", "数量指标", "巡检次数", "≥3.00(次)")
    drafts.write(path, (text_draft(project="q"), Draft("p", (InsertIndicator("p", Form.DECLARATION, 2, added),))))
    window = shown_window(qtbot, tmp_path, path)
    assert "“平台网络保障”的年度总体目标" in offer(window)
    assert "添加指标“巡检次数 ≥3.00(次)”" in offer(window)
    window.draft_offer.restore.click()
    assert in_file(window.document).indicators(Form.DECLARATION)[2] == added
    window.document.select_project("q")
    assert goal(window) == GOAL


def test_that_what_the_file_holds_already_is_not_offered(qtbot: QtBot, tmp_path: Path, path: Path) -> None:
    drafts.write(path, (text_draft(""), Draft("p", (InsertIndicator("p", Form.DECLARATION, 1, line("b")),))))
    window = shown_window(qtbot, tmp_path, path)
    assert offer(window) == ""
    assert not drafts_path(path).exists()


@pytest.mark.parametrize(
    "unfit",
    [
        text_draft(project="gone"),
        Draft("p", (SetField("p", Part.INDICATOR, "gone", "name", "", GOAL),)),
        Draft("p", (SetField("p", Form.EVALUATION, "p", "actual_completion", "", GOAL),)),
        Draft("p", (InsertIndicator("p", Form.DECLARATION, 9, Indicator("n", name=GOAL)),)),
    ],
)
def test_that_a_text_whose_place_is_gone_can_be_copied_before_it_is_given_up(
    qtbot: QtBot, tmp_path: Path, path: Path, unfit: Draft
) -> None:
    drafts.write(path, (unfit,))
    window = shown_window(qtbot, tmp_path, path)
    before: Project = in_file(window.document)
    window.draft_offer.restore.click()
    assert "已不在文件中" in offer(window)
    assert in_file(window.document) == before
    window.draft_offer.restore.click()
    assert clipboard_text() == GOAL
    assert drafts.read(path) == (unfit,)
    window.draft_offer.give_up.click()
    assert not drafts_path(path).exists()


def test_that_a_text_whose_cell_was_written_since_does_not_replace_what_stands_there_and_can_be_copied(
    qtbot: QtBot, tmp_path: Path, path: Path
) -> None:
    drafts.write(path, (text_draft(),))
    window = shown_window(qtbot, tmp_path, path)
    type_goal(window, "后来写的目标").clearFocus()
    window.draft_offer.restore.click()
    assert "后来另写了内容" in offer(window)
    assert goal(window) == "后来写的目标"
    window.draft_offer.restore.click()
    assert clipboard_text() == GOAL


def test_that_of_two_texts_left_of_one_cell_the_later_one_stays_and_the_earlier_one_is_a_step_back(
    qtbot: QtBot, tmp_path: Path, path: Path
) -> None:
    drafts.write(path, (text_draft("先写的"), text_draft("后写的")))
    window = shown_window(qtbot, tmp_path, path)
    window.draft_offer.restore.click()
    assert (goal(window), offer(window)) == ("后写的", "")
    window.document.undo_stack.undo()
    assert goal(window) == "先写的"


def test_that_an_explanation_in_the_making_is_kept_offered_and_brought_back_for_every_finding_it_is_of(
    qtbot: QtBot, tmp_path: Path, path: Path
) -> None:
    window = shown_window(qtbot, tmp_path, path)
    found = next(one for one in window.document.findings if one.severity is Severity.WARNING)
    both = replace(found, members=(found, replace(found, rule="DEC-999")))
    dialog = ExplanationDialog(window.document, both, window)
    dialog.open()
    compose(dialog.text, "", "只有一家供应商。")
    qtbot.waitUntil(drafts_path(path).exists)
    left = drafts_path(path).read_bytes()
    dialog.close_button.click()
    assert not drafts_path(path).exists()
    assert window.close()
    drafts_path(path).write_bytes(left)
    again = shown_window(qtbot, tmp_path, path)
    assert "出错说明“只有一家供应商。”" in offer(again)
    again.draft_offer.restore.click()
    assert set(in_file(again.document).explanations.values()) == {"只有一家供应商。"}
    assert len(in_file(again.document).explanations) == 2
    again.document.undo_stack.undo()
    assert not in_file(again.document).explanations


def test_that_drafts_that_can_be_neither_read_nor_renamed_are_not_written_over(
    qtbot: QtBot, tmp_path: Path, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drafts_path(path).write_text("x", encoding="utf-8")
    monkeypatch.setattr(drafts, "_kept", lambda _path: None)
    window = shown_window(qtbot, tmp_path, path)
    editor = type_goal(window)
    window.drafts._write()
    assert drafts_path(path).read_text(encoding="utf-8") == "x"
    editor.clearFocus()
    assert drafts_path(path).read_text(encoding="utf-8") == "x"


def test_that_drafts_that_cannot_be_read_are_told_and_kept(qtbot: QtBot, tmp_path: Path, path: Path) -> None:
    drafts_path(path).write_text("x", encoding="utf-8")
    window = shown_window(qtbot, tmp_path, path)
    qtbot.waitUntil(lambda: "无法读出" in window.page.message.text)
    assert drafts_path(path).with_name("单位.jixiao.未写完.无法读取").read_text(encoding="utf-8") == "x"


def test_that_a_text_the_disk_did_not_take_is_kept_beside_and_restored_by_the_next_start(
    qtbot: QtBot, tmp_path: Path, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = shown_window(qtbot, tmp_path, path)

    def refuse(*_: object, **__: object) -> None:
        raise UserError("磁盘已满，没有保存。")

    with monkeypatch.context() as broken:
        broken.setattr(Store, "apply", refuse)
        type_goal(window).clearFocus()
        assert saved(window) == "1 处未保存"
        qtbot.waitUntil(drafts_path(path).exists)
        assert texts_on_disk(path) == [GOAL]
    assert window.document.write_unwritten()
    assert not drafts_path(path).exists()


def test_that_typing_goes_on_when_the_draft_cannot_be_kept(
    qtbot: QtBot, tmp_path: Path, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = shown_window(qtbot, tmp_path, path)

    def refuse(*_: object, **__: object) -> None:
        raise UserError("磁盘已满")

    with monkeypatch.context() as broken:
        broken.setattr(drafts, "write", refuse)
        editor = type_goal(window)
        qtbot.wait(WRITE_AFTER_MS + 100)
        editor.clearFocus()
    assert goal(window) == GOAL


TYPIST = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from gui.app import make_application, make_window
from model.findings import Place, Severity
from model.records import Form

application = make_application(["jixiao"])
window = make_window(Path(sys.argv[2]))
window.show()
window.open_at_start(Path(sys.argv[1]))
QTest.qWait(50)
window.go_to(Place(Form.DECLARATION, "annual_goal"))
typed = 0

def key():
    global typed
    QTest.keyClick(window.focusWidget(), "x")
    typed += 1
    print(typed, flush=True)

timer = QTimer()
timer.timeout.connect(key)
timer.start(20)
application.exec()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL")
def test_that_a_killed_window_loses_at_most_a_second_of_what_was_typed(tmp_path: Path, path: Path) -> None:
    command = [sys.executable, "-c", TYPIST, str(path), str(tmp_path / "jixiao.ini")]
    told: list[tuple[float, int]] = []
    root = Path(__file__).parents[3]
    with subprocess.Popen(command, cwd=root, stdout=subprocess.PIPE, text=True) as window:
        assert window.stdout is not None
        for number in window.stdout:
            told.append((time.monotonic(), int(number)))
            if len(told) > 1 and told[-1][0] - told[0][0] > 2:
                break
        window.send_signal(signal.SIGKILL)
    killed = told[-1][0]
    (text,) = texts_on_disk(path)
    typed_a_second_ago = max((number for at_, number in told if killed - at_ >= 1), default=0)
    assert len(str(text)) >= typed_a_second_ago > 0
    assert set(str(text)) == {"x"}
