"""设置, by keyboard: the unit, the profile of a year, thresholds, own units; one step or nothing."""

from __future__ import annotations

from dataclasses import fields, replace
from decimal import Decimal

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QApplication, QScrollArea
from pytestqt.qtbot import QtBot

from gui.desk.cut_edge import CutEdge
from gui.document.document import Document
from gui.settings.dialog import SettingsDialog
from gui.settings.threshold_page import OPTIONS
from model import edits
from model.changes import SetSetting
from model.options import options_of
from model.settings import GradeScheme, NegativeRule, ScoringProfile, Settings, Thresholds, WeightProfile
from tests.gui.dialogs import (
    ALT,
    CONTROL,
    OWN_UNITS,
    PROFILE,
    THRESHOLDS,
    called,
    choose,
    enter,
    escape,
    fill_disk,
    focus,
    gestures,
    go_to_page,
    is_open,
    press,
    press_button,
    retype,
    settings_in_file,
    shown,
    was_accepted,
)
from tests.gui.found import children, visible
from tests.gui.window import type_text


@pytest.fixture
def dialog(document: Document, qtbot: QtBot) -> SettingsDialog:
    return shown(qtbot, SettingsDialog(document))


def test_that_every_switch_and_every_threshold_of_the_model_is_on_the_pages(dialog: SettingsDialog) -> None:
    assert set(dialog.thresholds.fields) == {spec.name for spec in fields(Thresholds)}
    assert set(dialog.profile.choices) == {name for name, said in options_of(ScoringProfile).items() if said.choices}


def test_that_it_keeps_its_size_and_its_buttons_from_page_to_page(dialog: SettingsDialog, qtbot: QtBot) -> None:
    before, button = dialog.geometry(), dialog.accept_button.mapToGlobal(QPoint(0, 0))
    for page in range(1, dialog.tabs.count()):
        go_to_page(dialog, qtbot, page)
        QApplication.processEvents()
        assert (dialog.geometry(), dialog.accept_button.mapToGlobal(QPoint(0, 0))) == (before, button)


def test_that_the_keyboard_comes_to_the_first_threshold_not_to_the_button_that_resets_them_all(
    dialog: SettingsDialog, qtbot: QtBot
) -> None:
    for _ in range(THRESHOLDS):
        press(qtbot, Qt.Key.Key_Tab, CONTROL)
    assert focus() is next(iter(dialog.thresholds.fields.values()))


def test_that_the_unit_and_its_department_are_kept(document: Document, dialog: SettingsDialog, qtbot: QtBot) -> None:
    assert focus() is dialog.unit
    type_text(qtbot, focus(), "上海科学技术交流中心")
    press(qtbot, Qt.Key.Key_D, ALT)
    type_text(qtbot, focus(), "上海市科学技术委员会")
    enter(qtbot)
    assert was_accepted(dialog)
    assert settings_in_file(document).unit_name == "上海科学技术交流中心"
    assert document.settings.department == "上海市科学技术委员会"


def test_that_everything_changed_is_one_step_that_one_undo_takes_back(
    document: Document, dialog: SettingsDialog, qtbot: QtBot
) -> None:
    type_text(qtbot, focus(), "某单位")
    go_to_page(dialog, qtbot, PROFILE)
    choose(qtbot, "反向指标未达标", "线性扣减")
    go_to_page(dialog, qtbot, THRESHOLDS)
    retype(qtbot, OPTIONS["indicators_min"].label, "3")
    go_to_page(dialog, qtbot, OWN_UNITS)
    type_text(qtbot, focus(), "机时")
    before = gestures(document)
    press(qtbot, Qt.Key.Key_Return, CONTROL)
    assert gestures(document) == ["修改设置", *before]
    settings = settings_in_file(document)
    assert (settings.unit_name, settings.own_units) == ("某单位", ("机时",))
    assert settings.default_profile.negative is NegativeRule.N2
    assert settings.thresholds.indicators_min == 3
    document.undo_stack.undo()
    assert settings_in_file(document) == Settings()


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
    assert settings_in_file(document).to_texts() == far.to_texts()


def test_that_escape_changes_nothing(document: Document, dialog: SettingsDialog, qtbot: QtBot) -> None:
    type_text(qtbot, focus(), "某单位")
    escape(qtbot)
    escape(qtbot)  # the first one says what would be lost
    assert not is_open(dialog)
    assert settings_in_file(document) == Settings()


def test_that_settings_that_cannot_be_written_are_told_and_stay(
    dialog: SettingsDialog, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    problem = fill_disk(monkeypatch)
    type_text(qtbot, focus(), "某单位")
    enter(qtbot)
    assert is_open(dialog)
    assert dialog.message.text == problem


@pytest.mark.parametrize("typed", ["", "三十", "-1", "NaN"])
def test_that_a_threshold_that_is_no_number_is_named_and_gone_to(
    document: Document, dialog: SettingsDialog, qtbot: QtBot, typed: str
) -> None:
    label = OPTIONS["line_points_max"].label
    go_to_page(dialog, qtbot, THRESHOLDS)
    retype(qtbot, label, typed)
    press(qtbot, Qt.Key.Key_Backtab, CONTROL)
    enter(qtbot)
    assert is_open(dialog)
    assert dialog.message.text == f"“{label}”应为不小于0的数。"
    assert dialog.tabs.currentIndex() == THRESHOLDS
    assert called(focus()) == label
    qtbot.waitUntil(lambda: not focus().visibleRegion().isEmpty())
    assert settings_in_file(document) == Settings()


def test_that_no_edge_of_a_page_that_scrolls_cuts_through_a_number(dialog: SettingsDialog, qtbot: QtBot) -> None:
    go_to_page(dialog, qtbot, THRESHOLDS)
    dialog.resize(620, 400)
    area = dialog.thresholds.area
    view, bar = area.viewport(), area.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0)
    QApplication.processEvents()  # what is covered follows when everything stands where it belongs
    for value in range(0, bar.maximum() + 1, 5):
        bar.setValue(value)
        covers = [one.geometry() for one in children(view, CutEdge) if one.isVisible()]
        top = max((one.bottom() + 1 for one in covers if one.top() == 0), default=0)
        bottom = min((one.top() for one in covers if one.top() > 0), default=view.height())
        for field in dialog.thresholds.fields.values():
            at = field.mapTo(view, QPoint()).y()
            assert at + field.height() <= top or at >= bottom or (top <= at and at + field.height() <= bottom)


@pytest.mark.parametrize("page", [PROFILE, THRESHOLDS])
def test_that_what_tab_comes_to_is_whole_and_not_covered(dialog: SettingsDialog, qtbot: QtBot, page: int) -> None:
    go_to_page(dialog, qtbot, page)
    shown_page = dialog.tabs.currentWidget()
    view = (shown_page if isinstance(shown_page, QScrollArea) else dialog.thresholds.area).viewport()
    for height in (400, 407, 414, 421):
        dialog.resize(dialog.width(), height)
        QApplication.processEvents()
        stops = set()
        while (field := focus()) not in stops:
            stops.add(field)
            if view.isAncestorOf(field):
                place = QRect(field.mapTo(view, QPoint()), field.size())
                assert view.rect().contains(place)
                assert not any(one.geometry().intersects(place) for one in visible(view, CutEdge))
            press(qtbot, Qt.Key.Key_Tab)
            QApplication.processEvents()


def test_that_a_field_that_is_pointed_at_is_scrolled_into_view(dialog: SettingsDialog, qtbot: QtBot) -> None:
    dialog.resize(dialog.width(), 300)
    go_to_page(dialog, qtbot, THRESHOLDS)
    retype(qtbot, OPTIONS["line_points_max"].label, "许多")
    field = focus()
    press(qtbot, Qt.Key.Key_Backtab, CONTROL)
    bar = children(dialog.thresholds, QScrollArea)[0].verticalScrollBar()
    bar.setValue(0)
    assert field.visibleRegion().isEmpty()
    enter(qtbot)
    assert focus() is field
    qtbot.waitUntil(lambda: not field.visibleRegion().isEmpty())


def test_that_a_lower_limit_above_its_upper_limit_is_refused(dialog: SettingsDialog, qtbot: QtBot) -> None:
    go_to_page(dialog, qtbot, THRESHOLDS)
    retype(qtbot, OPTIONS["indicators_min"].label, "31")
    enter(qtbot)
    assert dialog.message.text == f"“{OPTIONS['indicators_min'].label}”不能大于“{OPTIONS['indicators_max'].label}”。"


def test_that_the_thresholds_go_back_to_their_defaults(document: Document, qtbot: QtBot) -> None:
    other = replace(document.settings, thresholds=Thresholds(line_points_max=Decimal(35)))
    document.push("设置", edits.set_setting_changes(document.settings, other))
    dialog = shown(qtbot, SettingsDialog(document))
    go_to_page(dialog, qtbot, THRESHOLDS)
    assert dialog.thresholds.fields["line_points_max"].text() == "35"
    press_button(qtbot, Qt.Key.Key_R, dialog.thresholds.reset)
    enter(qtbot)
    assert was_accepted(dialog)
    assert settings_in_file(document).thresholds == Thresholds()


def test_that_own_units_are_one_a_line_without_blanks_and_repeats(
    document: Document, dialog: SettingsDialog, qtbot: QtBot
) -> None:
    go_to_page(dialog, qtbot, OWN_UNITS)
    for text in (" 机时 ", "", "标准箱", "机时"):
        type_text(qtbot, focus(), text)
        enter(qtbot)
    assert is_open(dialog)
    press(qtbot, Qt.Key.Key_Return, CONTROL)
    assert settings_in_file(document).own_units == ("机时", "标准箱")
    assert document.units.find("机时") is not None


ODD = {"profile/2026": '{"negative": "N9"}', "thresholds": '{"goal_min_length": "?"}'}


@pytest.fixture
def of_another_version(document: Document) -> Document:
    """A file with a profile and thresholds that this version cannot read."""
    document.push("较新版本", tuple(SetSetting(key, "", text) for key, text in ODD.items()))
    assert document.settings.unreadable == tuple(ODD)
    return document


def stored_texts(document: Document) -> dict[str, str]:
    return {key: text for key, text in settings_in_file(document).to_texts().items() if key in ODD}


def test_that_settings_of_another_version_are_named_and_kept_while_others_are_changed(
    of_another_version: Document, qtbot: QtBot
) -> None:
    dialog = shown(qtbot, SettingsDialog(of_another_version))
    assert "2026 年度的计分方案、检查阈值" in dialog.unreadable.text()
    assert dialog.give_up.isVisible()
    type_text(qtbot, focus(), "某中心")
    enter(qtbot)
    assert was_accepted(dialog)
    assert settings_in_file(of_another_version).unit_name == "某中心"
    assert stored_texts(of_another_version) == ODD


def test_that_a_setting_of_another_version_can_be_changed_again_and_undo_brings_it_back(
    of_another_version: Document, qtbot: QtBot
) -> None:
    dialog = shown(qtbot, SettingsDialog(of_another_version))
    go_to_page(dialog, qtbot, THRESHOLDS)
    retype(qtbot, OPTIONS["indicators_min"].label, "3")
    enter(qtbot)
    assert was_accepted(dialog)
    assert settings_in_file(of_another_version).thresholds == Thresholds(indicators_min=Decimal(3))
    assert of_another_version.settings.unreadable == ("profile/2026",)
    of_another_version.undo_stack.undo()
    assert stored_texts(of_another_version) == ODD


def test_that_settings_of_another_version_can_be_given_up_at_once(of_another_version: Document, qtbot: QtBot) -> None:
    dialog = shown(qtbot, SettingsDialog(of_another_version))
    press_button(qtbot, Qt.Key.Key_K, dialog.give_up)
    assert dialog.give_up.isChecked()
    enter(qtbot)
    assert was_accepted(dialog)
    assert stored_texts(of_another_version) == {}
    assert of_another_version.settings.notice == ""
    of_another_version.undo_stack.undo()
    assert stored_texts(of_another_version) == ODD


def test_that_settings_that_are_all_read_are_not_spoken_of(dialog: SettingsDialog) -> None:
    assert not dialog.give_up.isVisible()
    assert not dialog.unreadable.isVisible()
