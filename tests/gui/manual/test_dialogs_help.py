"""键盘操作 and 关于, by keyboard."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel, QPlainTextEdit
from pytestqt.qtbot import QtBot

from gui.actions import key_map
from gui.desk.cut_edge import CutEdge
from gui.desk.dialog import Dialog
from gui.manual.about import PROMISES, AboutDialog, licence_texts
from gui.manual.key_caps import KeyCaps
from gui.manual.keyboard import SHORT, KeyboardDialog, parts
from model import __version__
from tests.gui.dialogs import called, enter, escape, focus, is_open, press, shown, tab_to
from tests.gui.found import children


def labels(dialog: Dialog) -> list[str]:
    return [label.text() for label in children(dialog, QLabel)]


def test_that_every_key_of_the_program_is_on_the_map(qtbot: QtBot) -> None:
    dialog = shown(qtbot, KeyboardDialog())
    texts = labels(dialog)
    for title, keys in key_map():
        assert title in texts
        for key, meaning in keys:
            assert key in texts
            assert meaning in texts


def test_that_the_map_is_one_list_to_a_screen_reader_a_line_for_every_key_and_nothing_said_twice(qtbot: QtBot) -> None:
    dialog = shown(qtbot, KeyboardDialog())
    told = QAccessible.queryAccessibleInterface(dialog.area)
    assert (told.role(), told.text(QAccessible.Text.Name)) == (QAccessible.Role.List, "键盘操作一览")
    lines = [told.child(number) for number in range(told.childCount())]
    assert {line.role() for line in lines} == {QAccessible.Role.ListItem}
    said = [line.text(QAccessible.Text.Name) for line in lines]
    wanted = [words for title, keys in key_map() for words in (title, *(f"{what}：{key}" for key, what in keys))]
    assert [words for words in said if not words.endswith("（续）")] == wanted
    assert [told.indexOfChild(line) for line in lines] == list(range(len(lines)))
    assert {line.parent().object() for line in lines} == {dialog.area}
    assert told.child(len(lines)) is None
    assert focus() is dialog.area


def test_that_keys_are_drawn_as_caps_wide_enough_for_every_one_of_them(qtbot: QtBot) -> None:
    dialog = shown(qtbot, KeyboardDialog())
    caps = children(dialog, KeyCaps)
    assert len(caps) == sum(len(keys) for _, keys in key_map())
    assert all(one.width() >= one.sizeHint().width() > 0 for one in caps)


def test_that_a_short_meaning_of_a_key_stays_on_one_line(qtbot: QtBot) -> None:
    dialog = shown(qtbot, KeyboardDialog())
    meanings = {meaning for _, keys in key_map() for _, meaning in keys}
    shown_ones = [label for label in children(dialog, QLabel) if label.text() in meanings]
    for width in (dialog.width(), dialog.minimumSizeHint().width()):
        dialog.resize(width, dialog.height())
        QApplication.processEvents()
        short = [one for one in shown_ones if one.fontMetrics().horizontalAdvance(one.text()) <= em(one) * SHORT]
        assert [one.text() for one in short if one.height() >= 2 * one.fontMetrics().height()] == []
        assert "关闭数据文件" in {one.text() for one in short}


def em(label: QLabel) -> int:
    return label.fontMetrics().horizontalAdvance("键")


@pytest.mark.parametrize("count", [1, 2, 3, 4])
def test_that_the_map_is_cut_into_columns_of_much_the_same_height_in_order(count: int) -> None:
    columns = parts(key_map(), count)
    assert len(columns) <= count
    listed = [(title.removesuffix("（续）"), key) for column in columns for title, keys in column for key in keys]
    assert listed == [(title, key) for title, keys in key_map() for key in keys]
    heights = [sum(len(keys) + 1 for _, keys in column) for column in columns]
    assert max(heights) <= -(-sum(heights) // count) + 4


def test_that_the_map_scrolls_by_keyboard(qtbot: QtBot) -> None:
    dialog = shown(qtbot, KeyboardDialog())
    dialog.resize(dialog.width(), 300)
    assert focus() is dialog.area
    press(qtbot, Qt.Key.Key_PageDown)
    assert dialog.area.verticalScrollBar().value() > 0
    assert dialog.area.horizontalScrollBar().maximum() == 0


def test_that_no_edge_cuts_through_a_key_of_the_map_and_none_covers_more_than_a_line_of_a_column(qtbot: QtBot) -> None:
    dialog = shown(qtbot, KeyboardDialog())
    dialog.resize(dialog.width(), 300)
    QApplication.processEvents()
    area, bar = dialog.area, dialog.area.verticalScrollBar()
    view, labels = area.viewport(), children(area.widget(), QLabel)
    assert bar.maximum() > 0
    highest = max(label.height() for label in labels)
    for value in range(0, bar.maximum() + 1, 7):
        bar.setValue(value)
        covers = [cover for cover in children(area, CutEdge) if cover.isVisible()]
        assert all(cover.height() <= highest for cover in covers)
        for label in labels:
            place = QRect(label.mapTo(view, QPoint()), label.size())
            over = [cover.geometry() for cover in covers if cover.geometry().intersects(place)]
            is_cut = place.top() < 0 <= place.bottom() or place.top() < view.height() <= place.bottom()
            is_hidden = any(one.contains(place & view.rect()) for one in over)
            assert is_hidden if is_cut else is_hidden or not over, (value, label.text())


def test_that_about_tells_version_promises_and_licences(qtbot: QtBot) -> None:
    dialog = shown(qtbot, AboutDialog())
    texts = labels(dialog)
    assert any(__version__ in text for text in texts)
    assert all(text in texts for _, text in PROMISES)
    licences = tab_to(qtbot, "第三方软件许可")
    assert isinstance(licences, QPlainTextEdit)
    assert "PySide6" in licences.toPlainText()
    press(qtbot, Qt.Key.Key_Tab)
    assert called(focus()) == "关闭"


def test_that_the_licences_of_a_bundle_are_shown_when_there_are_any(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "licences.txt").write_text("许可证全文", encoding="utf-8")
    monkeypatch.setattr("gui.manual.about.RESOURCES", tmp_path)
    assert licence_texts() == "许可证全文"


@pytest.mark.parametrize("kind", [KeyboardDialog, AboutDialog])
def test_that_enter_and_escape_both_close_what_is_only_read(qtbot: QtBot, kind: Callable[[], Dialog]) -> None:
    dialog = shown(qtbot, kind())
    assert dialog.accept_button is dialog.close_button
    enter(qtbot)
    assert not is_open(dialog)
    dialog = shown(qtbot, kind())
    escape(qtbot)
    assert not is_open(dialog)


def test_that_about_says_where_the_data_is_and_copies_it_with_the_versions(qtbot: QtBot) -> None:
    dialog = shown(qtbot, AboutDialog("D:\\绩效\\研发平台中心.jixiao"))
    assert isinstance(dialog, AboutDialog)
    dialog.copy.click()
    copied = QGuiApplication.clipboard().text()
    assert "D:\\绩效\\研发平台中心.jixiao" in copied
    assert f"绩效填报助手 {__version__}" in copied
    assert "Qt 6." in copied
