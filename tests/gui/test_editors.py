"""The three kinds of field by themselves: what they tell, when they are finished, and what they never overwrite."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFocusEvent, QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from gui.views.choice_editor import ChoiceEditor
from gui.views.line_editor import LineEditor
from gui.views.long_editor import LongEditor
from tests.gui.window import compose

AnyEditor = LineEditor | LongEditor | ChoiceEditor
CTRL = Qt.KeyboardModifier.ControlModifier


class Told:
    """What an editor told, in order."""

    def __init__(self, editor: AnyEditor) -> None:
        self.drafts: list[str] = []
        self.finished: list[str] = []
        self.abandoned = 0
        editor.drafted.connect(self.drafts.append)
        editor.finished.connect(self.finished.append)
        editor.abandoned.connect(self._abandon)

    def _abandon(self) -> None:
        self.abandoned += 1


def pretty(text: str) -> str:
    return f"[{text}]" if text else ""


def make(kind: str) -> AnyEditor:
    if kind == "line":
        return LineEditor()
    return LongEditor() if kind == "long" else ChoiceEditor(("甲", "乙"))


KINDS = ["line", "long", "choice"]


Show = Callable[[AnyEditor], AnyEditor]


@pytest.fixture
def show(qtbot: QtBot) -> Show:
    """Puts an editor on screen with the keyboard, with a neighbour the keyboard can go to."""
    pages: list[QWidget] = []

    def shown(editor: AnyEditor) -> AnyEditor:
        page = QWidget()
        pages.append(page)
        layout = QVBoxLayout(page)
        layout.addWidget(editor)
        layout.addWidget(LineEditor())
        qtbot.addWidget(page)
        with qtbot.waitActive(page):
            page.show()
            page.activateWindow()
        editor.show_text("旧")
        editor.setFocus()
        return editor

    return shown


@pytest.fixture(params=KINDS)
def editor(request: pytest.FixtureRequest, show: Show) -> AnyEditor:
    return show(make(request.param))


def shown_text(editor: AnyEditor) -> str:
    if isinstance(editor, LongEditor):
        return editor.toPlainText()
    return editor.currentText() if isinstance(editor, ChoiceEditor) else editor.text()


def test_that_every_keystroke_is_a_draft_and_the_end_one_text(qtbot: QtBot, editor: AnyEditor) -> None:
    told = Told(editor)
    qtbot.keyClick(editor, Qt.Key.Key_A, CTRL)
    qtbot.keyClicks(editor, "12")
    assert told.drafts == ["1", "12"]
    assert told.finished == []
    editor.finish()
    assert told.finished == ["12"]
    assert not editor.is_dirty()


def test_that_finishing_without_a_change_tells_nothing(editor: AnyEditor) -> None:
    told = Told(editor)
    editor.finish()
    assert told.finished == []


def test_that_finishing_twice_tells_once(qtbot: QtBot, editor: AnyEditor) -> None:
    told = Told(editor)
    qtbot.keyClicks(editor, "1")
    editor.finish()
    editor.finish()
    assert len(told.finished) == 1


def test_that_a_composition_is_no_draft_until_it_comes_to_a_text(editor: AnyEditor) -> None:
    told = Told(editor)
    QApplication.sendEvent(editor, QInputMethodEvent("pin", []))
    assert [text for text in told.drafts if "pin" in text] == []
    compose(editor, "拼")
    assert "拼" in told.drafts[-1]


def test_that_a_menu_that_pops_up_does_not_finish_the_field(qtbot: QtBot, editor: AnyEditor) -> None:
    told = Told(editor)
    qtbot.keyClicks(editor, "1")
    popup = QFocusEvent(QEvent.Type.FocusOut, Qt.FocusReason.PopupFocusReason)
    QApplication.sendEvent(editor, popup)
    assert told.finished == []
    assert editor.is_dirty()


def test_that_going_to_the_neighbour_finishes_the_field(qtbot: QtBot, editor: AnyEditor) -> None:
    told = Told(editor)
    qtbot.keyClicks(editor, "1")
    qtbot.keyClick(editor, Qt.Key.Key_Tab)
    assert len(told.finished) == 1
    assert not editor.hasFocus()


def test_that_what_is_being_typed_is_never_overwritten(qtbot: QtBot, editor: AnyEditor) -> None:
    qtbot.keyClick(editor, Qt.Key.Key_A, CTRL)
    qtbot.keyClicks(editor, "1")
    editor.show_text("从别处来的")
    assert shown_text(editor) == "1"


def test_that_an_untouched_field_shows_what_comes_from_elsewhere(editor: AnyEditor) -> None:
    told = Told(editor)
    editor.show_text("新")
    assert shown_text(editor) == "新"
    assert told.drafts == []
    assert not editor.is_dirty()


def test_that_escape_gives_up_once_and_brings_the_old_text_back(qtbot: QtBot, editor: AnyEditor) -> None:
    told = Told(editor)
    qtbot.keyClicks(editor, "1")
    qtbot.keyClick(editor, Qt.Key.Key_Escape)
    assert shown_text(editor) == "旧"
    assert told.abandoned == 1
    assert told.finished == []


def test_that_giving_up_nothing_tells_nothing(editor: AnyEditor) -> None:
    told = Told(editor)
    editor.abandon()
    assert told.abandoned == 0


@pytest.mark.parametrize("key", [Qt.Key.Key_Z, Qt.Key.Key_Y])
def test_that_the_window_gets_ctrl_z_and_ctrl_y_of_a_field_without_a_draft(editor: AnyEditor, key: Qt.Key) -> None:
    asked = QKeyEvent(QEvent.Type.ShortcutOverride, key, CTRL)
    asked.ignore()
    QApplication.sendEvent(editor, asked)
    assert not asked.isAccepted()


def test_that_a_field_with_a_draft_keeps_ctrl_z_for_itself(qtbot: QtBot, editor: AnyEditor) -> None:
    qtbot.keyClicks(editor, "1")
    asked = QKeyEvent(QEvent.Type.ShortcutOverride, Qt.Key.Key_Z, CTRL)
    asked.ignore()
    QApplication.sendEvent(editor, asked)
    assert asked.isAccepted()


def test_that_ctrl_z_in_a_field_ends_at_the_text_of_the_record(qtbot: QtBot, editor: AnyEditor) -> None:
    qtbot.keyClicks(editor, "123")
    for _ in range(5):
        if not editor.is_dirty():
            break
        qtbot.keyClick(editor, Qt.Key.Key_Z, CTRL)
    assert shown_text(editor) == "旧"


def test_that_the_typed_text_is_what_the_editor_stands_for(qtbot: QtBot, editor: AnyEditor) -> None:
    assert editor.typed_text() == "旧"
    qtbot.keyClick(editor, Qt.Key.Key_A, CTRL)
    qtbot.keyClicks(editor, "1")
    assert editor.typed_text() == "1"


# One line


def test_that_a_pretty_line_is_as_typed_only_while_it_has_the_keyboard(qtbot: QtBot, show: Show) -> None:
    line = LineEditor(pretty=pretty)
    show(line)
    assert line.text() == "旧"
    qtbot.keyClick(line, Qt.Key.Key_Tab)
    assert line.text() == "[旧]"
    assert line.typed_text() == "旧"
    line.setFocus()
    assert line.text() == "旧"


def test_that_leaving_a_pretty_line_untouched_tells_nothing(qtbot: QtBot, show: Show) -> None:
    line = LineEditor(pretty=pretty)
    show(line)
    told = Told(line)
    qtbot.keyClick(line, Qt.Key.Key_Tab)
    line.setFocus()
    qtbot.keyClick(line, Qt.Key.Key_Tab)
    assert told.drafts == []
    assert told.finished == []


def test_that_a_long_line_is_shown_from_its_beginning_when_it_is_left(qtbot: QtBot, show: Show) -> None:
    line = LineEditor()
    show(line)
    line.show_text("上海市研发公共服务平台管理中心" * 5)
    qtbot.keyClick(line, Qt.Key.Key_End)
    qtbot.keyClick(line, Qt.Key.Key_Tab)
    assert line.cursorPosition() == 0


def test_that_a_line_that_goes_on_says_so_at_its_end(qtbot: QtBot, show: Show) -> None:
    line = show(LineEditor())
    assert isinstance(line, LineEditor)
    line.resize(160, line.height())
    line.clearFocus()
    line.show_text("关于进一步加强国际合作与港澳台科技交流平台建设")
    cut = line.grab().toImage()
    line.show_text(line.fontMetrics().elidedText(line.text(), Qt.TextElideMode.ElideRight, line._area().width()))
    assert line.text().endswith("…")
    assert line.grab().toImage() == cut


def test_that_a_line_that_goes_on_shows_no_number_in_part(qtbot: QtBot, show: Show) -> None:
    line = show(LineEditor())
    assert isinstance(line, LineEditor)
    line.clearFocus()
    begin = "关于进一步加强交流"
    line.resize(
        line.fontMetrics().horizontalAdvance(f"{begin}12,34") + line.width() - line._area().width(), line.height()
    )
    pictures = []
    for number in ("12,345.67", "98,765.43"):
        line.show_text(f"{begin}{number}万元")
        pictures.append(line.grab().toImage())
    assert pictures[0] == pictures[1]


def test_that_a_read_only_line_takes_no_text(qtbot: QtBot, show: Show) -> None:
    line = LineEditor()
    show(line)
    line.setReadOnly(True)
    told = Told(line)
    qtbot.keyClicks(line, "1")
    assert line.text() == "旧"
    assert told.drafts == []


# Several lines


def test_that_a_long_field_is_as_high_as_its_lines_within_its_limits(qtbot: QtBot, show: Show) -> None:
    field = LongEditor(least=2, most=4)
    show(field)
    heights = []
    for count in (1, 2, 3, 4, 9):
        field.show_text("\n".join("行" * count))
        heights.append(field.height())
    assert heights[0] == heights[1] < heights[2] < heights[3] == heights[4]


def test_that_ctrl_enter_finishes_a_long_field_and_goes_on(qtbot: QtBot, show: Show) -> None:
    field = LongEditor()
    show(field)
    told = Told(field)
    qtbot.keyClicks(field, "1")
    qtbot.keyClick(field, Qt.Key.Key_Return, CTRL)
    assert len(told.finished) == 1
    assert not field.hasFocus()


def test_that_enter_is_a_new_line_in_a_long_field(qtbot: QtBot, show: Show) -> None:
    field = LongEditor()
    show(field)
    qtbot.keyClick(field, Qt.Key.Key_End, CTRL)
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert field.toPlainText() == "旧\n"


# Choices


def test_that_down_takes_the_next_suggestion_and_finishes_nothing_by_itself(qtbot: QtBot, show: Show) -> None:
    choice = ChoiceEditor(("甲", "乙"))
    show(choice)
    choice.show_text("甲")
    choice.setCurrentIndex(0)
    told = Told(choice)
    qtbot.keyClick(choice, Qt.Key.Key_Down)
    assert choice.currentText() == "乙"
    assert told.finished == ["乙"]


def test_that_a_choice_does_not_complete_what_is_typed(qtbot: QtBot, show: Show) -> None:
    choice = ChoiceEditor(("ab", "abc"))
    show(choice)
    qtbot.keyClick(choice, Qt.Key.Key_A, CTRL)
    qtbot.keyClicks(choice, "a")
    assert choice.currentText() == "a"


def test_that_an_own_text_is_not_added_to_the_suggestions(qtbot: QtBot, show: Show) -> None:
    choice = ChoiceEditor(("甲", "乙"))
    show(choice)
    qtbot.keyClicks(choice, "1")
    qtbot.keyClick(choice, Qt.Key.Key_Return)
    assert [choice.itemText(row) for row in range(choice.count())] == ["甲", "乙"]


def test_that_a_line_entered_with_tab_shows_its_start_with_everything_selected(show: Show) -> None:
    editor = show(make("line"))
    assert isinstance(editor, LineEditor)
    editor.show_text("很长的项目名称" * 20)
    editor.clearFocus()
    editor.setFocus(Qt.FocusReason.TabFocusReason)
    assert editor.selectedText() == editor.text()
    assert editor.cursorPosition() == 0
