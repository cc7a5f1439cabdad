"""Both palettes: complete, legible, used everywhere, and switched as the person or the system says."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

import pytest
from PySide6.QtCore import QFile, QRect, QSettings
from PySide6.QtGui import QColor, QIcon, QPalette
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QToolBar, QToolButton
from pytestqt.qtbot import QtBot

from gui.desk.icons import icon
from gui.desk.system_look import LARGEST_TEXT, SystemColors, contrast_colors, text_scale
from gui.desk.theme import RESOURCES, Appearance, AppearanceChoice, Theme, TypeSize, body_font, theme_of

THEMES = [Theme.light(), Theme.dark()]
CONTRAST_THEMES = {
    "aquatic": SystemColors("#202020", "#ffffff", "#a6a6a6", "#8ee3f0", "#75e9fc"),
    "desert": SystemColors("#fffaef", "#3d3d3d", "#676767", "#903909", "#1c5e75"),
    "dusk": SystemColors("#2d3236", "#ffffff", "#a6a6a6", "#a1bfde", "#70ebde"),
    "night sky": SystemColors("#000000", "#ffffff", "#a6a6a6", "#d6b4fd", "#8080ff"),
    "black": SystemColors("#000000", "#ffffff", "#3ff23f", "#1aebff", "#ffff00"),
    "white": SystemColors("#ffffff", "#000000", "#600000", "#37006e", "#00009f"),
    "of one's own": SystemColors("#000080", "#ffff00", "#00c000", "#ff0000", "#00ffff"),
}
"""What Windows 10 and 11 bring along, and one that a person made: yellow on blue, and red for what is selected."""
ALL_THEMES = [*THEMES, *(Theme.contrast(colors) for colors in CONTRAST_THEMES.values())]
NAMES = ["light", "dark", *CONTRAST_THEMES]
COLORS = [spec.name for spec in fields(Theme) if spec.name != "is_dark"]


def luminance(name: str) -> float:
    color = QColor(name)
    parts = [channel / 255 for channel in (color.red(), color.green(), color.blue())]
    red, green, blue = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


PLAIN = ("window", "base", "raised", "header_background", "level1_background", "read_only", "selection", "hover")
SOFT = ("accent_soft", "error_soft", "warning_soft", "info_soft")
"""Behind strips and the folded problems, which have buttons and quiet words too, and behind what a search found."""
TEXTS = {
    **dict.fromkeys(("text", "muted", "level2_text", "accent", "error", "warning", "info"), (*PLAIN, *SOFT)),
    "on_accent": ("accent", "accent_hover"),
}
EDGES = {
    "field_border": ("window", "base", "raised", "hover", "selection", *SOFT),
    **dict.fromkeys(("focus", "error", "warning", "accent"), ("window", "base", "raised", "selection")),
}
BACKGROUNDS = {*PLAIN, *SOFT, "bar_background", "grid"}
"""What text is never written in: fills, bands, and lines that only help the eye (nothing is asked of them)."""


@pytest.mark.parametrize("theme", ALL_THEMES, ids=NAMES)
def test_that_text_stands_out_from_every_background_it_may_be_on(theme: Theme) -> None:
    pairs = [(text, background) for text, backgrounds in TEXTS.items() for background in backgrounds]
    pairs += [("text", "bar_background")]  # what is typed as it stands, in the manual
    found = {pair: contrast(getattr(theme, pair[0]), getattr(theme, pair[1])) for pair in pairs}
    assert {pair: round(value, 2) for pair, value in found.items() if value < 4.5} == {}


@pytest.mark.parametrize("theme", ALL_THEMES, ids=NAMES)
def test_that_edges_of_fields_and_marks_stand_out(theme: Theme) -> None:
    pairs = [(edge, background) for edge, backgrounds in EDGES.items() for background in backgrounds]
    found = {pair: contrast(getattr(theme, pair[0]), getattr(theme, pair[1])) for pair in pairs}
    assert {pair: round(value, 2) for pair, value in found.items() if value < 3} == {}


def test_that_every_colour_is_in_one_of_the_tables_of_contrast() -> None:
    assert {*TEXTS, *EDGES, *BACKGROUNDS, "disabled", "accent_hover"} >= set(COLORS)


def test_that_a_placeholder_is_as_legible_as_a_quiet_text(qapp: QApplication) -> None:
    Appearance().choose(AppearanceChoice.LIGHT)
    field = QLineEdit()
    field.ensurePolished()
    assert field.palette().color(QPalette.ColorRole.PlaceholderText).name() == Theme.light().muted


@pytest.mark.parametrize("theme", THEMES, ids=["light", "dark"])
@pytest.mark.parametrize("name", COLORS)
def test_that_every_colour_is_a_six_digit_one(theme: Theme, name: str) -> None:
    assert re.fullmatch(r"#[0-9a-f]{6}", getattr(theme, name))
    assert theme.color(name) == QColor(getattr(theme, name))


def test_that_who_makes_a_colour_of_the_theme_translucent_changes_no_other_picture() -> None:
    theme = Theme.light()
    theme.color("accent").setAlpha(28)
    assert theme.color("accent") == QColor(theme.accent)


@pytest.mark.parametrize("theme", ALL_THEMES, ids=NAMES)
def test_that_the_style_sheet_leaves_no_name_unfilled_and_names_only_files_that_exist(theme: Theme) -> None:
    sheet = theme.style_sheet()
    assert "@" not in re.sub(r"/\*.*?\*/", "", sheet, flags=re.DOTALL)
    urls = re.findall(r'url\("([^"]+)"\)', sheet)
    assert urls
    assert [url for url in urls if not QFile.exists(url)] == []


def test_that_the_style_sheet_uses_no_colour_of_its_own() -> None:
    text = "".join(sheet.read_text(encoding="utf-8") for sheet in (RESOURCES / "qss").glob("*.qss"))
    assert re.findall(r"#[0-9a-fA-F]{6}\b|#[0-9a-fA-F]{3}\b(?=;)|rgba?\(", text) == []


def test_that_the_palette_greys_disabled_text(qapp: QApplication) -> None:
    palette = Theme.light().palette()
    role = QPalette.ColorRole.Text
    assert palette.color(QPalette.ColorGroup.Disabled, role).name() == Theme.light().disabled
    assert palette.color(QPalette.ColorGroup.Active, role).name() == Theme.light().text


def test_that_choosing_dark_dresses_the_application_and_tells_the_views(qapp: QApplication, tmp_path: Path) -> None:
    appearance = Appearance(QSettings(str(tmp_path / "a.ini"), QSettings.Format.IniFormat))
    told: list[Theme] = []
    appearance.changed.connect(told.append)
    appearance.choose(AppearanceChoice.DARK)
    assert appearance.theme is Theme.dark()
    assert told[-1] is Theme.dark()
    assert qapp.palette().color(QPalette.ColorRole.Window).name() == Theme.dark().window
    appearance.choose(AppearanceChoice.LIGHT)
    assert qapp.palette().color(QPalette.ColorRole.Window).name() == Theme.light().window


def test_that_the_choice_is_remembered(qapp: QApplication, tmp_path: Path) -> None:
    settings = QSettings(str(tmp_path / "a.ini"), QSettings.Format.IniFormat)
    Appearance(settings).choose(AppearanceChoice.DARK)
    again = Appearance(settings)
    assert again.choice is AppearanceChoice.DARK
    assert again.theme is Theme.dark()
    again.choose(AppearanceChoice.SYSTEM)


def test_that_a_stored_choice_nobody_knows_means_following_the_system(qapp: QApplication, tmp_path: Path) -> None:
    settings = QSettings(str(tmp_path / "a.ini"), QSettings.Format.IniFormat)
    settings.setValue("appearance", "purple")
    assert Appearance(settings).choice is AppearanceChoice.SYSTEM


@pytest.mark.parametrize("colors", CONTRAST_THEMES.values(), ids=CONTRAST_THEMES)
def test_that_what_is_selected_stands_out_in_a_contrast_theme_and_its_colours_are_the_systems(
    colors: SystemColors,
) -> None:
    theme = Theme.contrast(colors)
    assert theme.selection != theme.window
    assert getattr(theme, theme.selected(has_keyboard=False)) != theme.window
    assert theme.focus not in {theme.field_border, theme.text}
    assert (theme.text, theme.window, theme.disabled) == (colors.text, colors.window, colors.disabled)
    assert theme.is_dark is (luminance(colors.window) < 0.5)


@pytest.mark.parametrize("severity", ["", "error", "warning", "info"])
@pytest.mark.parametrize("theme", ALL_THEMES, ids=NAMES)
def test_that_a_chip_has_an_edge_and_a_chosen_one_is_seen_to_be_chosen(
    qtbot: QtBot, theme: Theme, severity: str
) -> None:
    def colors(*, is_checked: bool) -> tuple[str, str]:
        chip = QPushButton()
        qtbot.addWidget(chip)
        chip.setObjectName("chip")
        chip.setProperty("severity", severity or None)
        chip.setStyleSheet(theme.style_sheet())
        chip.setCheckable(True)
        chip.setChecked(is_checked)
        chip.resize(80, 24)
        image = chip.grab().toImage()
        return image.pixelColor(40, 0).name(), image.pixelColor(40, 12).name()

    (edge, fill), (edge_off, fill_off) = colors(is_checked=True), colors(is_checked=False)
    strips = {theme.window, theme.error_soft, theme.warning_soft}
    assert min(contrast(edge, behind) for behind in strips) >= 3
    assert contrast(edge_off, theme.window) >= 3
    assert fill != fill_off
    if theme.is_contrast:
        assert contrast(fill, fill_off) >= 3


@pytest.mark.parametrize("theme", ALL_THEMES, ids=NAMES)
def test_that_a_main_tool_that_is_off_is_as_flat_as_the_others_and_does_not_look_pressed(
    qtbot: QtBot, theme: Theme
) -> None:
    def fill(*, is_main: bool) -> str:
        bar = QToolBar()
        qtbot.addWidget(bar)
        bar.setStyleSheet(theme.style_sheet())
        tool = QToolButton(bar)
        tool.setProperty("primary", is_main)
        tool.setEnabled(False)
        tool.setGeometry(20, 4, 80, 24)
        bar.resize(200, 40)
        return bar.grab(QRect(30, 8, 1, 1)).toImage().pixelColor(0, 0).name()

    assert fill(is_main=True) == fill(is_main=False)


def test_that_a_contrast_theme_counts_more_than_the_choice_and_goes_when_it_is_switched_off(
    qapp: QApplication, tmp_path: Path
) -> None:
    on: list[SystemColors] = []
    settings = QSettings(str(tmp_path / "a.ini"), QSettings.Format.IniFormat)
    appearance = Appearance(settings, contrast=lambda: on[-1] if on else None)
    appearance.choose(AppearanceChoice.LIGHT)
    told: list[Theme] = []
    appearance.changed.connect(told.append)
    on.append(CONTRAST_THEMES["night sky"])
    appearance.refresh()
    appearance.refresh()
    assert told == [Theme.contrast(CONTRAST_THEMES["night sky"])]
    assert qapp.palette().color(QPalette.ColorRole.Window).name() == "#000000"
    on.clear()
    appearance.refresh()
    assert appearance.theme is Theme.light()


def test_that_this_system_can_be_asked_how_things_should_look() -> None:
    assert isinstance(contrast_colors(), SystemColors | None)
    assert 1 <= text_scale() <= LARGEST_TEXT


@pytest.mark.parametrize(
    ("kept", "scale"), [("100", 1), ("150", 1.5), ("225", LARGEST_TEXT), ("900", LARGEST_TEXT), ("50", 1), ("x", 1)]
)
def test_that_text_is_as_large_as_the_system_asks_for_titles_too(tmp_path: Path, kept: str, scale: float) -> None:
    settings = QSettings(str(tmp_path / "a.ini"), QSettings.Format.IniFormat)
    settings.setValue("TextScaleFactor", kept)
    assert text_scale(settings) == scale
    title = re.search(r"#startTitle {[^}]*font-size: ([\d.]+)pt", Theme.light().style_sheet(scale))
    assert title is not None
    assert float(title[1]) == TypeSize.FIGURE.value * scale


@pytest.mark.parametrize("theme", ALL_THEMES, ids=NAMES)
def test_that_the_style_sheet_has_no_colour_and_no_drawing_in_another_one_than_those_of_the_theme(
    qapp: QApplication, theme: Theme
) -> None:
    sheet = theme.style_sheet()
    colors = {getattr(theme, name) for name in COLORS}
    drawings = re.findall(r'url\("([^"]+)"\)', sheet)
    assert drawings
    assert set(re.findall(r"#[0-9a-f]{6}\b", sheet)) <= colors
    for address in drawings:
        image = QIcon(address).pixmap(64, 64).toImage()
        whole = (image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height()))
        assert {one.name() for one in whole if one.alpha() == 255} & colors


@pytest.mark.parametrize("theme", ALL_THEMES, ids=NAMES)
def test_that_the_arrows_of_choices_numbers_headings_and_menus_stand_out(theme: Theme) -> None:
    sheet = theme.style_sheet()
    drawn = re.findall(r'arrow { image: url\(":/\w+-\w+-([0-9a-f]{6})', sheet)
    assert len(drawn) >= 6
    assert min(contrast(f"#{one}", theme.base) for one in drawn) >= 3
    assert not theme.is_contrast or {f"#{one}" for one in drawn} == {theme.text}


def test_that_what_can_be_pressed_has_no_edge_that_only_helps_the_eye() -> None:
    sheet = re.sub(r"/\*.*?\*/", "", (RESOURCES / "qss" / "jixiao.qss").read_text(encoding="utf-8"), flags=re.DOTALL)
    pressed = r"Button|ComboBox|LineEdit|TextEdit|SpinBox|CheckBox|#chip|#startCard|#lossRow"
    faint = [
        selector.strip()
        for selectors, rules in re.findall(r"([^{}]+){([^}]*)}", sheet)
        for selector in selectors.split(",")
        if re.search(pressed, selector) and re.search(r"border(-color)?:[^;]*@grid", rules)
    ]
    assert [one for one in faint if not re.search(r":disabled|read-?only", one, re.IGNORECASE)] == []


def test_that_what_has_no_appearance_of_its_own_takes_the_contrast_theme_that_is_on(qapp: QApplication) -> None:
    appearance = Appearance(contrast=lambda: CONTRAST_THEMES["night sky"])
    appearance.apply()
    assert theme_of(qapp.palette()) == Theme.contrast(CONTRAST_THEMES["night sky"])
    Appearance().choose(AppearanceChoice.LIGHT)
    assert theme_of(qapp.palette()) == Theme.light()
    assert theme_of(Theme.dark().palette()) == Theme.dark()


@pytest.mark.parametrize("path", sorted((RESOURCES / "icons").glob("*.svg")), ids=lambda path: path.stem)
@pytest.mark.parametrize("theme", THEMES, ids=["light", "dark"])
def test_that_every_glyph_draws_something_in_the_colour_of_the_theme(
    qapp: QApplication, theme: Theme, path: Path
) -> None:
    image = icon(path.stem, theme).pixmap(32, 32).toImage()
    drawn = {
        image.pixelColor(x, y).name()
        for x in range(image.width())
        for y in range(image.height())
        if image.pixelColor(x, y).alpha() == 255
    }
    assert drawn
    if "currentColor" in path.read_text(encoding="utf-8"):
        assert theme.text in drawn


def test_that_the_font_is_one_with_chinese_letters_at_a_readable_size(qapp: QApplication) -> None:
    font = body_font()
    assert 9 <= font.pointSizeF() <= 10
    assert font.families()
