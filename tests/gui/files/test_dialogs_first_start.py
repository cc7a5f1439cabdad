"""第一次使用: asked once, driven by the keyboard, and what is answered is kept."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit
from pytestqt.qtbot import QtBot

from gui.desk.dialog import Dialog
from gui.desk.preferences import Preferences
from gui.files.first_start import FirstStartDialog
from gui.main_window import MainWindow
from model.errors import UserError
from storage.store.sqlite import Store
from tests.gui.dialogs import called, enter, escape, focus, is_open, press, retype, shown, tab_to
from tests.gui.found import file_of, visible
from tests.gui.test_app import run_program
from tests.gui.window import shown_window, type_text

UNIT, DEPARTMENT = "上海科学技术交流中心", "上海市科学技术委员会"


def greeted(qtbot: QtBot, folder: Path) -> tuple[MainWindow, FirstStartDialog]:
    """A window at its first start, whose files were last chosen in the folder of the test."""
    window = shown_window(qtbot, folder)
    window.preferences.set_folder(folder / "数据")
    window.files.greet()
    dialog = asked()
    assert dialog is not None
    qtbot.waitUntil(dialog.isActiveWindow)
    return window, dialog


def asked() -> FirstStartDialog | None:
    """The question on screen, if it is asked."""
    dialog = QApplication.activeModalWidget()
    assert dialog is None or isinstance(dialog, FirstStartDialog)
    return dialog


def choose_example(qtbot: QtBot) -> None:
    """先看填好的示例, by the arrow keys."""
    tab_to(qtbot, "新建本单位的数据文件")
    press(qtbot, Qt.Key.Key_Down)


def answer(qtbot: QtBot) -> None:
    """Type unit and department into the first two fields."""
    type_text(qtbot, focus(), UNIT)
    retype(qtbot, "主管部门", DEPARTMENT)


def test_that_the_answers_make_a_store_in_the_chosen_place_and_name_the_unit(qtbot: QtBot, tmp_path: Path) -> None:
    window, _ = greeted(qtbot, tmp_path)
    answer(qtbot)
    retype(qtbot, "数据文件保存到", str(tmp_path / "新 文件夹" / "二〇二六"))
    enter(qtbot)
    assert asked() is None
    store = file_of(window.document)
    assert store.path == tmp_path / "新 文件夹" / "二〇二六.jixiao"
    assert (store.settings().unit_name, store.settings().department) == (UNIT, DEPARTMENT)
    assert window.preferences.last_store() == store.path


def test_that_only_pressing_enter_makes_a_store_under_the_proposed_name(qtbot: QtBot, tmp_path: Path) -> None:
    window, _ = greeted(qtbot, tmp_path)
    enter(qtbot)
    store = file_of(window.document)
    assert store.path == tmp_path / "数据" / "绩效填报.jixiao"
    assert store.journal() == (), "nothing was typed, so there is nothing to undo"


def test_that_a_name_without_a_folder_goes_into_the_proposed_folder(qtbot: QtBot, tmp_path: Path) -> None:
    window, _ = greeted(qtbot, tmp_path)
    retype(qtbot, "数据文件保存到", "本单位")
    enter(qtbot)
    assert window.document.store is not None
    assert window.document.store.path == tmp_path / "数据" / "本单位.jixiao"


def test_that_a_folder_gets_a_file_with_the_proposed_name(qtbot: QtBot, tmp_path: Path) -> None:
    window, _ = greeted(qtbot, tmp_path)
    retype(qtbot, "数据文件保存到", f"{tmp_path / '另一处'}/")
    enter(qtbot)
    assert window.document.store is not None
    assert window.document.store.path == tmp_path / "另一处" / "绩效填报.jixiao"


@pytest.mark.parametrize("finish", [enter, escape])
def test_that_the_question_is_asked_once_whether_it_is_answered_or_put_off(
    qtbot: QtBot, tmp_path: Path, finish: object
) -> None:
    window, _ = greeted(qtbot, tmp_path)
    assert callable(finish)
    finish(qtbot)
    assert asked() is None
    window.files.close_store()
    window.files.greet()
    assert asked() is None
    window.preferences.settings.sync()
    assert not Preferences(tmp_path / "config" / "jixiao.ini").is_first_start()


def test_that_putting_it_off_asks_about_the_unit_that_was_typed(qtbot: QtBot, tmp_path: Path) -> None:
    _, dialog = greeted(qtbot, tmp_path)
    answer(qtbot)
    escape(qtbot)
    assert dialog.message.text.startswith("填写的单位还没有保存。要放弃，请再按一次 Esc 或点“以后再说”")
    escape(qtbot)
    assert asked() is None


def test_that_putting_it_off_leaves_the_start_page_and_makes_no_file(qtbot: QtBot, tmp_path: Path) -> None:
    window, _ = greeted(qtbot, tmp_path)
    escape(qtbot)
    assert window.document.store is None
    assert window.start_page.isVisible()
    assert list(tmp_path.rglob("*.jixiao")) == []


def test_that_the_example_is_opened_instead_and_the_unit_kept_for_a_store_made_later(
    qtbot: QtBot, tmp_path: Path
) -> None:
    window, dialog = greeted(qtbot, tmp_path)
    answer(qtbot)
    choose_example(qtbot)
    assert called(focus()) == "先看填好的示例"
    assert not dialog.path.isEnabled()
    enter(qtbot)
    assert window.document.store is not None
    assert window.document.store.path == window.files.example_path
    assert window.document.settings.unit_name != UNIT
    window.files.create(tmp_path / "本单位.jixiao")
    assert (window.document.settings.unit_name, window.document.settings.department) == (UNIT, DEPARTMENT)


def test_that_it_says_what_becomes_of_the_unit_when_the_example_is_chosen(qtbot: QtBot, tmp_path: Path) -> None:
    _, dialog = greeted(qtbot, tmp_path)
    choose_example(qtbot)
    assert dialog.message.text == "", "nothing was typed that could get lost"
    tab_to(qtbot, "主管部门")
    type_text(qtbot, focus(), DEPARTMENT)
    assert dialog.message.isVisible()
    assert dialog.message.text == "上面填写的不写入示例，新建本单位的数据文件时自动填入。"
    assert dialog.accept_button.isEnabled()
    tab_to(qtbot, "先看填好的示例")
    press(qtbot, Qt.Key.Key_Up)
    assert dialog.message.text == ""


def test_that_blanks_are_no_unit_to_speak_of(qtbot: QtBot, tmp_path: Path) -> None:
    _, dialog = greeted(qtbot, tmp_path)
    qtbot.keyClicks(focus(), "  ")
    choose_example(qtbot)
    assert dialog.message.text == ""


def test_that_the_unit_lands_in_the_file_made_from_the_menu_after_the_example_and_a_restart(
    qtbot: QtBot, tmp_path: Path
) -> None:
    window, _ = greeted(qtbot, tmp_path)
    answer(qtbot)
    choose_example(qtbot)
    enter(qtbot)
    window.close()
    again = shown_window(qtbot, tmp_path)
    again.open_at_start(again.preferences.last_store())
    again.commands["new_store"].trigger()
    chooser = next(visible(again, QFileDialog))
    name = chooser.findChild(QLineEdit)
    assert isinstance(name, QLineEdit)
    name.setFocus()
    name.setText(str(tmp_path / "本单位.jixiao"))
    qtbot.keyClick(name, Qt.Key.Key_Return)
    qtbot.waitUntil((tmp_path / "本单位.jixiao").exists)
    settings = again.document.settings
    assert (settings.unit_name, settings.department) == (UNIT, DEPARTMENT)


def test_that_a_store_which_is_there_already_is_opened_as_it_is(
    qtbot: QtBot, tmp_path: Path, given_store: Path
) -> None:
    window, dialog = greeted(qtbot, tmp_path)
    answer(qtbot)
    retype(qtbot, "数据文件保存到", str(given_store))
    assert "已经存在，将直接打开它" in dialog.message.text
    enter(qtbot)
    assert len(window.document.summaries()) == 25
    assert window.document.settings.unit_name == ""


def test_that_a_place_that_cannot_be_written_is_told_and_can_be_changed(qtbot: QtBot, tmp_path: Path) -> None:
    window, dialog = greeted(qtbot, tmp_path)
    (tmp_path / "占用").write_text("a file, not a folder", encoding="utf-8")
    retype(qtbot, "数据文件保存到", str(tmp_path / "占用" / "绩效.jixiao"))
    enter(qtbot)
    assert is_open(dialog)
    assert f"不能新建文件夹“{tmp_path / '占用'}”" in dialog.message.text
    assert called(focus()) == "数据文件保存到"
    retype(qtbot, "数据文件保存到", str(tmp_path / "绩效.jixiao"))
    enter(qtbot)
    assert window.document.store is not None


def test_that_a_store_that_cannot_be_made_is_told_in_the_dialog(qtbot: QtBot, tmp_path: Path) -> None:
    def refuse(_: Path) -> None:
        raise UserError("磁盘已满，没有新建。")

    dialog = shown(qtbot, FirstStartDialog(tmp_path, refuse))
    enter(qtbot)
    assert is_open(dialog)
    assert dialog.message.text == "磁盘已满，没有新建。"


def test_that_it_cannot_begin_without_a_place_for_the_data(qtbot: QtBot, tmp_path: Path) -> None:
    window, dialog = greeted(qtbot, tmp_path)
    retype(qtbot, "数据文件保存到", "")
    assert dialog.message.text == "请写明数据文件保存到哪里。"
    enter(qtbot)
    assert is_open(dialog)
    assert window.document.store is None


def test_that_who_opened_a_file_before_is_not_asked(qtbot: QtBot, tmp_path: Path, given_store: Path) -> None:
    window = shown_window(qtbot, tmp_path, given_store)
    window.files.close_store()
    window.files.greet()
    assert asked() is None


def test_that_every_field_can_be_reached_by_its_letter(qtbot: QtBot, tmp_path: Path) -> None:
    def begin(_: Path) -> None:
        raise AssertionError("nobody pressed 开始")

    dialog: Dialog = shown(qtbot, FirstStartDialog(tmp_path, begin))
    for letter, name in (
        (Qt.Key.Key_D, "主管部门"),
        (Qt.Key.Key_S, "数据文件保存到"),
        (Qt.Key.Key_F, "新建本单位的数据文件"),
        (Qt.Key.Key_U, "实施单位"),
    ):
        press(qtbot, letter, Qt.KeyboardModifier.AltModifier)
        assert called(focus()) == name
    assert is_open(dialog)


def test_that_the_unit_of_the_first_start_is_in_the_file_after_a_restart(qtbot: QtBot, tmp_path: Path) -> None:
    window, _ = greeted(qtbot, tmp_path)
    answer(qtbot)
    enter(qtbot)
    window.close()
    with Store.open(tmp_path / "数据" / "绩效填报.jixiao") as store:
        assert store.settings().unit_name == UNIT


STARTING = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit
import gui.app as app

def look():
    dialog = QApplication.activeModalWidget()
    print(type(dialog).__name__)
    if dialog is not None:
        dialog.reject()
    QApplication.closeAllWindows()

wanted = Path(sys.argv[2]) if len(sys.argv) > 2 else None
timer = QTimer()
timer.setSingleShot(True)
timer.timeout.connect(look)
making = app.make_window

def make_window(config):
    window = making(config)
    window.first_painted.connect(lambda: timer.start(200))
    return window

app.make_window = make_window
app.run(wanted, config=Path(sys.argv[1]))
"""


def test_that_the_program_asks_at_its_first_start_and_not_at_the_next(tmp_path: Path) -> None:
    config = str(tmp_path / "config" / "jixiao.ini")
    assert run_program(STARTING, config) == "FirstStartDialog"
    assert run_program(STARTING, config) == "NoneType"


def test_that_the_program_asks_nothing_when_it_is_started_with_a_file(tmp_path: Path, given_store: Path) -> None:
    assert run_program(STARTING, str(tmp_path / "config" / "jixiao.ini"), str(given_store)) == "NoneType"
