"""What a widget is to a screen reader where Qt has no widget of that kind; nothing of it outlives the widget."""

from __future__ import annotations

import gc

import pytest
import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QAccessible, QAccessibleActionInterface, QAccessibleInterface
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from gui.desk import roles
from gui.desk.roles import tell_as_list, tell_as_message, tell_as_tab


def heard(widget: QWidget) -> QAccessibleInterface:
    found = QAccessible.queryAccessibleInterface(widget)
    assert found is not None
    return found


def states(told: QAccessibleInterface, name: str) -> bool:
    return bool(getattr(told.state(), name))


def tab(parent: QWidget | None = None) -> QPushButton:
    made = QPushButton("目标申报", parent)
    made.setCheckable(True)
    made.setAccessibleName("目标申报，2 个错误")
    tell_as_tab(made)
    return made


def test_that_a_button_is_heard_as_a_tab_that_is_selected_and_can_be_pressed(qtbot: QtBot) -> None:
    button = tab()
    qtbot.addWidget(button)
    told = heard(button)
    assert told.role() is QAccessible.Role.PageTab
    assert told.text(QAccessible.Text.Name) == "目标申报，2 个错误"
    assert [states(told, name) for name in ("selectable", "selected", "focusable")] == [True, False, True]
    actions = told.actionInterface()
    assert isinstance(actions, QAccessibleActionInterface)
    actions.doAction(QAccessibleActionInterface.pressAction())
    assert button.isChecked()
    assert states(told, "selected")


def test_that_a_message_is_an_alert_while_it_is_alarming_and_holds_its_button(qtbot: QtBot) -> None:
    strip = QWidget()
    QHBoxLayout(strip).addWidget(QPushButton("撤销"))
    tell_as_message(strip, lambda widget: widget.accessibleName() == "没有写入")
    qtbot.addWidget(strip)
    strip.setAccessibleName("已删除")
    assert heard(strip).role() is QAccessible.Role.StatusBar
    strip.setAccessibleName("没有写入")
    assert heard(strip).role() is QAccessible.Role.AlertMessage
    assert heard(strip).text(QAccessible.Text.Name) == "没有写入"
    assert heard(strip).childCount() == 1


@pytest.mark.parametrize("way", ["by Qt", "by Python", "later", "by its parent"])
def test_that_nothing_is_told_of_a_widget_that_is_gone(qtbot: QtBot, way: str) -> None:
    before = set(roles._told)
    for _ in range(5):
        page = QWidget()
        button = tab(page)
        heard(button).role()
        assert len(set(roles._told) - before) == 1
        if way == "by Qt":
            shiboken6.delete(button)
        elif way == "later":
            button.deleteLater()
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        elif way == "by its parent":
            shiboken6.delete(page)
        del button, page
        gc.collect()
        assert set(roles._told) <= before


def test_that_of_a_list_nothing_is_told_when_it_is_gone_and_no_line_that_went_before_it() -> None:
    before = set(roles._told)
    page = QWidget()
    lines: dict[QWidget, str] = {QLabel(words, page): f"第{words}行" for words in "一二三"}
    tell_as_list(page, lines)
    told = heard(page)
    assert (told.childCount(), told.child(1).text(QAccessible.Text.Name)) == (3, "第二行")
    shiboken6.delete(next(iter(lines)))
    assert (told.childCount(), told.child(0).text(QAccessible.Text.Name)) == (2, "第二行")
    shiboken6.delete(page)
    gc.collect()
    assert set(roles._told) == before
