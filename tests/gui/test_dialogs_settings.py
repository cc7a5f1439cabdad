"""设置, by keyboard: the unit, the profile of a year, thresholds, own units; one step or nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, replace
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from gui.dialogs.profile_choices import CHOICES
from gui.dialogs.settings import SettingsDialog
from gui.dialogs.threshold_page import LABELS
from gui.document import Document
from model import edits
from model.settings import GradeScheme, NegativeRule, ScoringProfile, Settings, Thresholds, WeightProfile
from tests.gui.dialogs import (
    ALT,
    CONTROL,
    called,
    enter,
    escape,
    fill_disk,
    focus,
    gestures,
    is_open,
    opened,
    press,
    retype,
    shown,
    tab_to,
    was_accepted,
)
from tests.gui.window import type_text

PROFILE, THRESHOLDS, OWN_UNITS = 1, 2, 3


@pytest.fixture
def document(given_store: Path, qtbot: QtBot) -> Iterator[Document]:
    with opened(given_store) as document:
        yield document


@pytest.fixture
def dialog(document: Document, qtbot: QtBot) -> SettingsDialog:
    return shown(qtbot, SettingsDialog(document))


def go_to_page(dialog: SettingsDialog, qtbot: QtBot, page: int) -> None:
    """Ctrl+Tab turns the pages; then into the first field of the page."""
    while dialog.tabs.currentIndex() != page:
        press(qtbot, Qt.Key.Key_Tab, CONTROL)
    dialog.tabs.tabBar().setFocus()
    press(qtbot, Qt.Key.Key_Tab)


def choose(qtbot: QtBot, name: str, text: str) -> None:
    """Tab to a choice and press ↓ until it says what is wanted."""
    box = tab_to(qtbot, name)
    press(qtbot, Qt.Key.Key_Home)
    for _ in range(10):
        if text in box.currentText():  # type: ignore[attr-defined]
            return
        press(qtbot, Qt.Key.Key_Down)
    raise AssertionError(f"{name} never said {text}")


def in_file(document: Document) -> Settings:
    assert document.store is not None
    return document.store.settings()


def test_that_every_switch_and_every_threshold_of_the_model_is_on_the_pages() -> None:
    numbers = {"custom_weights", "band_achieved", "band_partly"}
    assert {name for name, _, _ in CHOICES} == {spec.name for spec in fields(ScoringProfile)} - numbers
    assert set(LABELS) == {spec.name for spec in fields(Thresholds)}
    for _, _, options in CHOICES:
        assert {value for value, _ in options} == set(type(options[0][0]))


def test_that_the_unit_and_its_department_are_kept(document: Document, dialog: SettingsDialog, qtbot: QtBot) -> None:
    assert focus() is dialog.unit
    type_text(qtbot, focus(), "上海科学技术交流中心")
    press(qtbot, Qt.Key.Key_D, ALT)
    type_text(qtbot, focus(), "上海市科学技术委员会")
    enter(qtbot)
    assert was_accepted(dialog)
    assert in_file(document).unit_name == "上海科学技术交流中心"
    assert document.settings.department == "上海市科学技术委员会"


def test_that_everything_changed_is_one_step_that_one_undo_takes_back(
    document: Document, dialog: SettingsDialog, qtbot: QtBot
) -> None:
    type_text(qtbot, focus(), "某单位")
    go_to_page(dialog, qtbot, PROFILE)
    choose(qtbot, "反向指标未达标", "N2")
    go_to_page(dialog, qtbot, THRESHOLDS)
    retype(qtbot, LABELS["indicators_min"], "3")
    go_to_page(dialog, qtbot, OWN_UNITS)
    type_text(qtbot, focus(), "机时")
    before = gestures(document)
    press(qtbot, Qt.Key.Key_Return, CONTROL)
    assert gestures(document) == ["修改设置", *before]
    settings = in_file(document)
    assert (settings.unit_name, settings.own_units) == ("某单位", ("机时",))
    assert settings.default_profile.negative is NegativeRule.N2
    assert settings.thresholds.indicators_min == 3
    document.undo_stack.undo()
    assert in_file(document) == Settings()


def test_that_settings_left_as_they_were_leave_no_trace(
    document: Document, dialog: SettingsDialog, qtbot: QtBot
) -> None:
    before = gestures(document)
    go_to_page(dialog, qtbot, PROFILE)
    go_to_page(dialog, qtbot, THRESHOLDS)
    enter(qtbot)
    assert was_accepted(dialog)
    assert gestures(document) == before


def test_that_settings_far_from_the_defaults_are_shown_and_saved_again_without_a_trace(
    document: Document, qtbot: QtBot
) -> None:
    profile = ScoringProfile(
        negative=NegativeRule.N3,
        weights=WeightProfile.CUSTOM,
        custom_weights=tuple(map(Decimal, ("12.5", "37.5", "30", "10", "10"))),
        band_achieved=Decimal("85"),
    )
    thresholds = Thresholds(goal_max_length=Decimal(1000))
    far = Settings(
        "甲", "乙", ("机时", "标准箱"), thresholds, profile, {2022: ScoringProfile(grades=GradeScheme.SHANGHAI)}
    )
    document.push("设置", edits.set_setting_changes(document.settings, far))
    dialog = shown(qtbot, SettingsDialog(document))
    before = gestures(document)
    enter(qtbot)
    assert was_accepted(dialog)
    assert gestures(document) == before
    assert in_file(document).to_texts() == far.to_texts()


def test_that_escape_changes_nothing(document: Document, dialog: SettingsDialog, qtbot: QtBot) -> None:
    type_text(qtbot, focus(), "某单位")
    escape(qtbot)
    assert not is_open(dialog)
    assert in_file(document) == Settings()


def test_that_settings_that_cannot_be_written_are_told_and_stay(
    dialog: SettingsDialog, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    problem = fill_disk(monkeypatch)
    type_text(qtbot, focus(), "某单位")
    enter(qtbot)
    assert is_open(dialog)
    assert dialog.message.text == problem


# 计分方案


def test_that_one_year_gets_a_profile_of_its_own_and_the_others_keep_the_default(
    document: Document, dialog: SettingsDialog, qtbot: QtBot
) -> None:
    go_to_page(dialog, qtbot, PROFILE)
    assert called(focus()) == "计分方案适用的年度"
    retype(qtbot, "要单独设置的年度", "2022")
    press(qtbot, Qt.Key.Key_A, ALT)
    assert dialog.profile.year.currentText() == "2022 年度"
    choose(qtbot, "等次", "上海")
    enter(qtbot)
    settings = in_file(document)
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
    press(qtbot, Qt.Key.Key_R, ALT)
    assert dialog.profile.choices["negative"].currentData() == NegativeRule.N1
    assert not dialog.profile.remove_year.isEnabled()
    enter(qtbot)
    assert in_file(document).profiles == {}


def test_that_turning_to_another_year_keeps_what_was_typed(dialog: SettingsDialog, qtbot: QtBot) -> None:
    go_to_page(dialog, qtbot, PROFILE)
    retype(qtbot, "达成下限 %", "八十五")
    press(qtbot, Qt.Key.Key_A, ALT)
    assert dialog.profile.year.currentText() == "2026 年度"
    retype(qtbot, "达成下限 %", "90")
    press(qtbot, Qt.Key.Key_P, ALT)
    press(qtbot, Qt.Key.Key_Up)
    assert dialog.profile.bands[0].text() == "八十五"


def test_that_custom_weights_must_total_100(document: Document, dialog: SettingsDialog, qtbot: QtBot) -> None:
    go_to_page(dialog, qtbot, PROFILE)
    choose(qtbot, "权重方案", "自定义")
    retype(qtbot, "成本分值", "5")
    assert dialog.profile.total.text() == "✕ 合计 105，应为 100"
    enter(qtbot)
    assert is_open(dialog)
    assert dialog.message.text == "自定义分值的五项须为不小于0的数，合计100。"
    assert called(focus()) == "成本分值"
    retype(qtbot, "产出分值", "45")
    assert dialog.profile.total.text() == "合计 100"
    enter(qtbot)
    assert was_accepted(dialog)
    assert in_file(document).default_profile.custom_weights[:2] == (5, 45)


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
    assert in_file(document) == Settings()


def test_that_the_weights_of_a_year_that_is_not_shown_are_checked_too(
    document: Document, dialog: SettingsDialog, qtbot: QtBot
) -> None:
    go_to_page(dialog, qtbot, PROFILE)
    press(qtbot, Qt.Key.Key_A, ALT)
    choose(qtbot, "权重方案", "自定义")
    retype(qtbot, "执行分值", "90")
    press(qtbot, Qt.Key.Key_P, ALT)
    press(qtbot, Qt.Key.Key_Up)
    go_to_page(dialog, qtbot, THRESHOLDS)
    enter(qtbot)
    assert dialog.message.text == "“2026 年度”方案：自定义分值的五项须为不小于0的数，合计100。"
    assert dialog.tabs.currentIndex() == PROFILE
    assert dialog.profile.year.currentText() == "2026 年度"
    assert in_file(document) == Settings()


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
    assert in_file(document) == Settings()


# 检查阈值和计量单位


@pytest.mark.parametrize("typed", ["", "三十", "-1", "NaN"])
def test_that_a_threshold_that_is_no_number_is_named_and_gone_to(
    document: Document, dialog: SettingsDialog, qtbot: QtBot, typed: str
) -> None:
    label = LABELS["line_points_max"]
    go_to_page(dialog, qtbot, THRESHOLDS)
    retype(qtbot, label, typed)
    press(qtbot, Qt.Key.Key_Backtab, CONTROL)
    enter(qtbot)
    assert is_open(dialog)
    assert dialog.message.text == f"“{label}”应为不小于0的数。"
    assert dialog.tabs.currentIndex() == THRESHOLDS
    assert called(focus()) == label
    assert not focus().visibleRegion().isEmpty()
    assert in_file(document) == Settings()


def test_that_a_lower_limit_above_its_upper_limit_is_refused(dialog: SettingsDialog, qtbot: QtBot) -> None:
    go_to_page(dialog, qtbot, THRESHOLDS)
    retype(qtbot, LABELS["indicators_min"], "31")
    enter(qtbot)
    assert dialog.message.text == f"“{LABELS['indicators_min']}”不能大于“{LABELS['indicators_max']}”。"


def test_that_the_thresholds_go_back_to_their_defaults(document: Document, qtbot: QtBot) -> None:
    other = replace(document.settings, thresholds=Thresholds(line_points_max=Decimal(35)))
    document.push("设置", edits.set_setting_changes(document.settings, other))
    dialog = shown(qtbot, SettingsDialog(document))
    go_to_page(dialog, qtbot, THRESHOLDS)
    assert dialog.thresholds.fields["line_points_max"].text() == "35"
    press(qtbot, Qt.Key.Key_R, ALT)
    enter(qtbot)
    assert was_accepted(dialog)
    assert in_file(document).thresholds == Thresholds()


def test_that_own_units_are_one_a_line_without_blanks_and_repeats(
    document: Document, dialog: SettingsDialog, qtbot: QtBot
) -> None:
    go_to_page(dialog, qtbot, OWN_UNITS)
    for text in (" 机时 ", "", "标准箱", "机时"):
        type_text(qtbot, focus(), text)
        enter(qtbot)
    assert is_open(dialog)
    press(qtbot, Qt.Key.Key_Return, CONTROL)
    assert in_file(document).own_units == ("机时", "标准箱")
    assert document.units.find("机时") is not None
