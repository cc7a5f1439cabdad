"""设置 → 计分方案, by keyboard: a default and the years that depart from it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from gui.document.document import Document
from gui.settings.dialog import SettingsDialog
from model import edits
from model.settings import GradeScheme, NegativeRule, ScoringProfile, Settings
from tests.gui.dialogs import (
    ALT,
    PROFILE,
    THRESHOLDS,
    called,
    choose,
    enter,
    focus,
    go_to_page,
    is_open,
    press,
    press_button,
    retype,
    settings_in_file,
    shown,
    was_accepted,
)


@pytest.fixture
def dialog(document: Document, qtbot: QtBot) -> SettingsDialog:
    return shown(qtbot, SettingsDialog(document))


def test_that_one_year_gets_a_profile_of_its_own_and_the_others_keep_the_default(
    document: Document, dialog: SettingsDialog, qtbot: QtBot
) -> None:
    go_to_page(dialog, qtbot, PROFILE)
    assert called(focus()) == "计分方案适用的年度"
    retype(qtbot, "要单独设置的年度", "2022")
    press_button(qtbot, Qt.Key.Key_A, dialog.profile.add_year)
    assert dialog.profile.year.currentText() == "2022 年度"
    choose(qtbot, "等次", "上海")
    enter(qtbot)
    settings = settings_in_file(document)
    assert settings.profile(2022).grades is GradeScheme.SHANGHAI
    assert settings.profile(2023).grades is GradeScheme.MOF
    assert settings.default_profile == ScoringProfile()


def test_that_the_year_on_screen_is_the_one_offered(dialog: SettingsDialog) -> None:
    assert dialog.profile.new_year.value() == 2026


def test_that_a_year_goes_back_to_the_default(document: Document, qtbot: QtBot) -> None:
    own = replace(document.settings, profiles={2022: ScoringProfile(negative=NegativeRule.N3)})
    document.push("设置", edits.set_setting_changes(document.settings, own))
    dialog = shown(qtbot, SettingsDialog(document))
    go_to_page(dialog, qtbot, PROFILE)
    press(qtbot, Qt.Key.Key_Down)
    assert dialog.profile.choices["negative"].currentData() == NegativeRule.N3
    press_button(qtbot, Qt.Key.Key_R, dialog.profile.remove_year)
    assert dialog.profile.choices["negative"].currentData() == NegativeRule.N1
    assert not dialog.profile.remove_year.isEnabled()
    enter(qtbot)
    assert settings_in_file(document).profiles == {}


def test_that_turning_to_another_year_keeps_what_was_typed(dialog: SettingsDialog, qtbot: QtBot) -> None:
    go_to_page(dialog, qtbot, PROFILE)
    retype(qtbot, "达成下限 %", "八十五")
    press_button(qtbot, Qt.Key.Key_A, dialog.profile.add_year)
    assert dialog.profile.year.currentText() == "2026 年度"
    retype(qtbot, "达成下限 %", "90")
    press(qtbot, Qt.Key.Key_P, ALT)
    press(qtbot, Qt.Key.Key_Up)
    assert dialog.profile.bands[0].text() == "八十五"


def test_that_custom_weights_must_total_100(document: Document, dialog: SettingsDialog, qtbot: QtBot) -> None:
    go_to_page(dialog, qtbot, PROFILE)
    choose(qtbot, "权重方案", "自定义")
    retype(qtbot, "成本分值", "5")
    assert dialog.profile.total.text() == "合计 105，应为 100"
    enter(qtbot)
    assert is_open(dialog)
    assert dialog.message.text == "自定义分值的五项须为不小于0的数，合计100。"
    assert called(focus()) == "成本分值"
    retype(qtbot, "产出分值", "45")
    assert dialog.profile.total.text() == "合计 100"
    enter(qtbot)
    assert was_accepted(dialog)
    assert settings_in_file(document).default_profile.custom_weights[:2] == (5, 45)


@pytest.mark.parametrize("typed", ["", "许多", "-10", "NaN", "Infinity"])
def test_that_a_custom_weight_that_is_no_number_is_pointed_at(
    document: Document, dialog: SettingsDialog, qtbot: QtBot, typed: str
) -> None:
    go_to_page(dialog, qtbot, PROFILE)
    choose(qtbot, "权重方案", "自定义")
    retype(qtbot, "效益分值", typed)
    enter(qtbot)
    assert is_open(dialog)
    assert called(focus()) == "效益分值"
    assert settings_in_file(document) == Settings()


def test_that_the_weights_of_a_year_that_is_not_shown_are_checked_too(
    document: Document, dialog: SettingsDialog, qtbot: QtBot
) -> None:
    go_to_page(dialog, qtbot, PROFILE)
    press_button(qtbot, Qt.Key.Key_A, dialog.profile.add_year)
    choose(qtbot, "权重方案", "自定义")
    retype(qtbot, "执行分值", "90")
    press(qtbot, Qt.Key.Key_P, ALT)
    press(qtbot, Qt.Key.Key_Up)
    go_to_page(dialog, qtbot, THRESHOLDS)
    enter(qtbot)
    assert dialog.message.text == "“2026 年度”方案：自定义分值的五项须为不小于0的数，合计100。"
    assert dialog.tabs.currentIndex() == PROFILE
    assert dialog.profile.year.currentText() == "2026 年度"
    assert settings_in_file(document) == Settings()


def test_that_weights_can_be_typed_only_where_they_count(dialog: SettingsDialog, qtbot: QtBot) -> None:
    go_to_page(dialog, qtbot, PROFILE)
    assert not any(field.isEnabled() for field in dialog.profile.weights)
    choose(qtbot, "权重方案", "自定义")
    assert all(field.isEnabled() for field in dialog.profile.weights)


@pytest.mark.parametrize(("achieved", "partly"), [("100", "60"), ("60", "60"), ("80", "0"), ("", "60"), ("80", "x")])
def test_that_the_limits_of_the_grades_of_a_line_must_descend_from_below_100(
    document: Document, dialog: SettingsDialog, qtbot: QtBot, achieved: str, partly: str
) -> None:
    go_to_page(dialog, qtbot, PROFILE)
    retype(qtbot, "达成下限 %", achieved)
    retype(qtbot, "部分达成下限 %", partly)
    enter(qtbot)
    assert dialog.message.text == "达成下限应小于100，且大于部分达成下限。"
    assert settings_in_file(document) == Settings()


def test_that_a_year_may_ask_for_the_reason_of_what_is_exceeded(
    document: Document, dialog: SettingsDialog, qtbot: QtBot
) -> None:
    go_to_page(dialog, qtbot, PROFILE)
    retype(qtbot, "要单独设置的年度", "2023")
    press_button(qtbot, Qt.Key.Key_A, dialog.profile.add_year)
    retype(qtbot, "完成值达到指标值的百分之几起须填原因", "80")
    enter(qtbot)
    assert is_open(dialog)
    assert called(focus()) == "完成值达到指标值的百分之几起须填原因"
    retype(qtbot, "完成值达到指标值的百分之几起须填原因", "130")
    enter(qtbot)
    settings = settings_in_file(document)
    assert (settings.profile(2023).reason_from_percent, settings.profile(2022).reason_from_percent) == (130, 0)
    document.undo_stack.undo()
    assert settings_in_file(document).profile(2023).reason_from_percent == 0
