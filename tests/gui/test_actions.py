"""The actions as words, keys and glyphs: what is offered when, and whose key is whose."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMenuBar, QToolBar, QToolButton
from pytestqt.qtbot import QtBot

from gui.actions import MENUS, TOOLBAR, Actions, Needs, Spec, key_map
from gui.desk.theme import Appearance, AppearanceChoice, Theme

SPECS = [spec for _, specs in MENUS for spec in specs if spec is not None]
SUBMENUS = {"recent", "appearance"}
NOTHING = {"has_store": False, "has_project": False, "has_form": False, "has_evaluation": False}


@pytest.fixture
def owner(qapp: object) -> QObject:
    return QObject()


@pytest.fixture
def appearance(qapp: object) -> Appearance:
    return Appearance()


@pytest.fixture
def actions(owner: QObject, appearance: Appearance) -> Actions:
    return Actions(appearance, owner)


@pytest.mark.parametrize(
    ("there", "offered"),
    [
        ({}, {Needs.NOTHING}),
        ({"has_store": True}, {Needs.NOTHING, Needs.STORE}),
        ({"has_store": True, "has_project": True}, {Needs.NOTHING, Needs.STORE, Needs.PROJECT}),
        (
            {"has_store": True, "has_project": True, "has_form": True},
            {Needs.NOTHING, Needs.STORE, Needs.PROJECT, Needs.FORM},
        ),
        (
            {"has_store": True, "has_project": True, "has_form": True, "has_evaluation": True},
            set(Needs),
        ),
    ],
)
def test_that_only_what_makes_sense_is_offered(actions: Actions, there: dict[str, bool], offered: set[Needs]) -> None:
    actions.enable({}, **(NOTHING | there))
    assert {spec.needs for spec in SPECS if actions[spec.name].isEnabled()} == offered


def test_that_a_menu_shows_an_arrow_key_as_the_keyboard_does(actions: Actions) -> None:
    assert actions["go_back"].text() == "返回\tAlt+←"
    assert actions["move_up"].text().endswith("\tAlt+Shift+↑")
    assert actions["go_back"].shortcut() == QKeySequence("Alt+Left")


def test_that_names_are_unique() -> None:
    names = [spec.name for spec in SPECS]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("spec", [spec for spec in SPECS if spec.table_keys], ids=lambda spec: spec.name)
def test_that_a_key_of_the_table_is_shown_but_not_taken_from_it(actions: Actions, spec: Spec) -> None:
    action = actions[spec.name]
    assert action.shortcut().isEmpty()
    assert action.text().endswith(f"\t{spec.table_keys}")
    assert spec.table_keys in action.toolTip()


@pytest.mark.parametrize("spec", [spec for spec in SPECS if spec.keys], ids=lambda spec: spec.name)
def test_that_a_key_of_the_window_is_its_shortcut_and_in_its_tool_tip(actions: Actions, spec: Spec) -> None:
    action = actions[spec.name]
    assert action.shortcut() == QKeySequence(spec.keys)
    assert spec.keys.replace("Left", "←") in action.toolTip()


def test_that_no_key_of_the_window_is_one_the_table_edits_with() -> None:
    taken = {"F2", "F4", "Del", "Tab", "Esc", "Ctrl+C", "Ctrl+X", "Ctrl+V", "Ctrl+A", "Ctrl+D", "Ctrl+Enter"}
    assert {spec.keys for spec in SPECS} & taken == set()


def test_that_no_key_of_the_window_does_two_things() -> None:
    keys = [key for spec in SPECS for key in (spec.keys, spec.also) if key]
    assert [key for key in keys if keys.count(key) > 1] == []


def test_that_the_menus_stand_in_their_order_with_a_letter_each(qtbot: QtBot, actions: Actions) -> None:
    bar = QMenuBar()
    qtbot.addWidget(bar)
    actions.fill_menus(bar)
    titles = [entry.text() for entry in bar.actions()]
    assert [title.split("(")[0] for title in titles] == ["文件", "编辑", "项目", "视图", "工具", "帮助"]
    letters = [title[title.index("&") + 1] for title in titles]
    assert len(set(letters)) == len(letters)


def test_that_every_action_is_in_a_menu(qtbot: QtBot, actions: Actions) -> None:
    bar = QMenuBar()
    qtbot.addWidget(bar)
    actions.fill_menus(bar)
    listed = {entry.text() for menu in bar.actions() for entry in menu.menu().actions()}  # type: ignore[attr-defined]
    assert {actions[spec.name].text() for spec in SPECS} - listed == set()


def test_that_the_toolbar_has_words_beside_its_glyphs_and_one_main_button(qtbot: QtBot, actions: Actions) -> None:
    bar = QToolBar()
    qtbot.addWidget(bar)
    actions.fill_toolbar(bar)
    buttons = [bar.widgetForAction(actions[name]) for name in TOOLBAR if name is not None]
    assert all(isinstance(button, QToolButton) for button in buttons)
    texts = [button.accessibleName() for button in buttons]
    assert texts == ["新建项目", "复制上年", "导入", "导出 Excel", "撤销", "重做"]
    assert [button.accessibleName() for button in buttons if button.property("primary")] == ["导出 Excel"]
    assert all(button.focusPolicy() & Qt.FocusPolicy.TabFocus for button in buttons)


def test_that_glyphs_change_their_colour_with_the_theme(appearance: Appearance, actions: Actions) -> None:
    def colour() -> str:
        image = actions["new_project"].icon().pixmap(32, 32).toImage()
        pixels = [image.pixelColor(x, 16) for x in range(image.width())]
        return next(pixel.name() for pixel in pixels if pixel.alpha() == 255)

    appearance.choose(AppearanceChoice.LIGHT)
    assert colour() == Theme.light().text
    appearance.choose(AppearanceChoice.DARK)
    assert colour() == Theme.dark().text
    appearance.choose(AppearanceChoice.LIGHT)


def test_that_the_appearance_menu_marks_what_is_chosen(qapp: object, owner: QObject) -> None:
    appearance = Appearance()
    appearance.choose(AppearanceChoice.DARK)
    actions = Actions(appearance, owner)
    entries = actions.appearance_menu.actions()
    assert [entry.text() for entry in entries] == ["跟随系统", "浅色", "深色"]
    assert [entry.text() for entry in entries if entry.isChecked()] == ["深色"]
    entries[1].trigger()
    assert appearance.choice is AppearanceChoice.LIGHT
    assert [entry.text() for entry in entries if entry.isChecked()] == ["浅色"]


def test_that_a_handler_is_called_by_its_action_without_arguments(actions: Actions) -> None:
    called: list[str] = []
    actions.connect_all({"about": lambda: called.append("about"), "settings": lambda: called.append("settings")})
    actions["about"].trigger()
    assert called == ["about"]


def test_that_the_key_map_names_no_action_without_a_key() -> None:
    assert [words for _, rows in key_map() for keys, words in rows if not keys] == []
    assert [title for title, _ in key_map()] == [
        "文件",
        "编辑",
        "项目",
        "视图",
        "工具",
        "帮助",
        "指标表",
        "项目列表和启动页",
    ]


def test_that_submenus_are_the_only_actions_that_do_nothing_themselves() -> None:
    assert {spec.name for spec in SPECS if spec.name in SUBMENUS} == SUBMENUS
