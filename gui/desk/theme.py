"""How the window looks: one palette for light, one for dark, one from a contrast theme of the system, and which is on.

Views and delegates never name a colour. They take the :class:`Appearance` they are given, paint with
``appearance.theme`` and repaint when ``appearance.changed`` says so.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, fields
from enum import Enum, StrEnum
from functools import lru_cache
from pathlib import Path

from PySide6.QtCore import QObject, QSettings, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from gui.desk import system_look, tinted
from gui.desk.system_look import SystemColors, contrast_colors

RESOURCES = Path(__file__).resolve().parent.parent.parent / "resources"
ICONS = RESOURCES / "icons"
_ICON = re.compile(r"@icon\(([a-z-]+), (\w+)\)")
_HIGH = re.compile(r"@high\((\d+)\)")
"""Pixels a line of text takes at 100 %: a least height in pixels lets a layout squeeze larger letters."""

FONT_FAMILIES = ("Microsoft YaHei UI", "Microsoft YaHei", "Noto Sans CJK SC", "WenQuanYi Micro Hei")
LIGHTNESS_OF_DARK = 128


class TypeSize(Enum):
    """The four sizes of type of the window, in points at 100 %; the style sheet has them as ``@size_small`` and so on.

    SMALL is beside a text and never alone, FIGURE what is to be read from afar.
    """

    SMALL = 9.0
    TEXT = 9.5
    HEADING = 12.5
    FIGURE = 22.0


class AppearanceChoice(StrEnum):
    """What 视图 → 外观 offers."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"

    @property
    def label(self) -> str:
        """The words of the menu entry."""
        return {"system": "跟随系统", "light": "浅色", "dark": "深色"}[self.value]


@dataclass(frozen=True, slots=True)
class Theme:
    """Every colour of the window as ``#rrggbb``.

    ``window`` is behind panels, ``base`` behind cells and fields, ``raised`` behind boxes that stand out a little;
    ``*_soft`` is the background of a chip in that colour; ``on_accent`` is text on ``accent``.
    """

    is_dark: bool
    window: str
    base: str
    raised: str
    hover: str
    text: str
    muted: str
    disabled: str
    grid: str
    field_border: str
    accent: str
    accent_hover: str
    accent_soft: str
    on_accent: str
    error: str
    error_soft: str
    warning: str
    warning_soft: str
    info: str
    info_soft: str
    level1_background: str
    level2_text: str
    header_background: str
    selection: str
    focus: str
    bar_background: str
    read_only: str

    @staticmethod
    def light() -> Theme:
        """Dark text on white."""
        return _LIGHT

    @staticmethod
    def dark() -> Theme:
        """Light text on a soft near-black."""
        return _DARK

    @staticmethod
    def contrast(colors: SystemColors) -> Theme:
        """The few colours of a contrast theme: what else is told by a colour is told by its glyph and words alone."""
        text, back = colors.text, colors.window
        accent = colors.link if contrast(colors.link, back) >= LEGIBLE else text
        shares = (share / 10 for share in range(6, 0, -1))
        tints = (_mixed(back, colors.highlight, share) for share in shares)
        selection = next((one for one in tints if min(contrast(text, one), contrast(accent, one)) >= LEGIBLE), back)
        plain = dict.fromkeys(
            ("window", "base", "raised", "hover", "level1_background", "header_background", "read_only"), back
        )
        soft = dict.fromkeys(("accent_soft", "error_soft", "warning_soft", "info_soft"), back)
        inked = ("text", "muted", "field_border", "error", "warning", "info", "level2_text")
        return Theme(
            is_dark=_luminance(back) < _luminance(text),
            disabled=colors.disabled,
            grid=colors.disabled,
            accent=accent,
            accent_hover=accent,
            focus=accent,  # in the colour of the text it would be one pixel more of the edge a field has anyway
            on_accent=max((back, text), key=lambda one: contrast(one, accent)),
            selection=selection,
            bar_background=_mixed(back, text, 0.25),
            **plain,
            **soft,
            **dict.fromkeys(inked, text),
        )

    @property
    def is_contrast(self) -> bool:
        """Whether it is one of a few colours: what is soft in another theme is not told by its background here."""
        return self.accent_soft == self.window

    def selected(self, *, has_keyboard: bool) -> str:
        """The colour behind what is selected, by its field name: without the keyboard grey, which few colours have."""
        return "selection" if has_keyboard or self.is_contrast else "hover"

    def color(self, name: str) -> QColor:
        """One colour by its field name, for painting; the caller's own, who may make it translucent."""
        return QColor(_color(getattr(self, name)))

    def palette(self) -> QPalette:
        """The palette Qt's own widgets take their colours from."""
        roles = {
            QPalette.ColorRole.Window: self.window,
            QPalette.ColorRole.WindowText: self.text,
            QPalette.ColorRole.Base: self.base,
            QPalette.ColorRole.AlternateBase: self.raised,
            QPalette.ColorRole.Text: self.text,
            QPalette.ColorRole.Button: self.window,
            QPalette.ColorRole.ButtonText: self.text,
            QPalette.ColorRole.BrightText: self.error,
            QPalette.ColorRole.Highlight: self.accent,
            QPalette.ColorRole.HighlightedText: self.on_accent,
            QPalette.ColorRole.Accent: self.accent,
            QPalette.ColorRole.Link: self.accent,
            QPalette.ColorRole.LinkVisited: self.accent,
            QPalette.ColorRole.ToolTipBase: self.raised,
            QPalette.ColorRole.ToolTipText: self.text,
            QPalette.ColorRole.PlaceholderText: self.muted,
            QPalette.ColorRole.Light: self.raised,
            QPalette.ColorRole.Midlight: self.raised,
            QPalette.ColorRole.Mid: self.grid,
            QPalette.ColorRole.Dark: self.field_border,
            QPalette.ColorRole.Shadow: self.field_border,
        }
        palette = QPalette()
        for role, name in roles.items():
            palette.setColor(role, QColor(name))
        for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
            palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(self.disabled))
        return palette

    def style_sheet(self, scale: float = 1.0) -> str:
        """The style sheet of the whole application: resources/qss with this theme's colours put in.

        ``scale`` is how much larger than at 100 % its letters are.
        """
        sheets = ("jixiao.qss", *(("contrast.qss",) if self.is_contrast else ()))
        text = "".join((RESOURCES / "qss" / name).read_text(encoding="utf-8") for name in sheets)
        values = {spec.name: str(getattr(self, spec.name)) for spec in fields(self) if spec.name != "is_dark"}
        values |= {f"size_{size.name.lower()}": f"{size.value * scale:g}pt" for size in TypeSize}
        text = _HIGH.sub(lambda found: f"{round(int(found[1]) * scale)}px", text)
        text = _ICON.sub(lambda found: tinted.address(ICONS / f"{found[1]}.svg", getattr(self, found[2])), text)
        for name in sorted(values, key=len, reverse=True):
            text = text.replace(f"@{name}", values[name])
        return text


_LIGHT = Theme(
    is_dark=False,
    window="#ffffff",
    base="#ffffff",
    raised="#f5f6f8",
    hover="#f0f2f5",
    text="#1f2328",
    muted="#5c6470",
    disabled="#8d929d",
    grid="#e3e6ea",
    field_border="#7f8794",
    accent="#1f5fbf",
    accent_hover="#184fa3",
    accent_soft="#e8f0fc",
    on_accent="#ffffff",
    error="#c62828",
    error_soft="#fdecec",
    warning="#8f5200",
    warning_soft="#fff5e0",
    info="#5c6470",
    info_soft="#f0f2f5",
    level1_background="#f0f2f5",
    level2_text="#5c6470",
    header_background="#f5f6f8",
    selection="#e8f0fc",
    focus="#1f5fbf",
    bar_background="#e9ecf0",
    read_only="#f5f6f8",
)

_DARK = Theme(
    is_dark=True,
    window="#23262b",
    base="#23262b",
    raised="#2a2d33",
    hover="#2f333a",
    text="#e6e8eb",
    muted="#a3aab4",
    disabled="#6d747e",
    grid="#363a41",
    field_border="#79808c",
    accent="#7fb0ff",
    accent_hover="#9cc2ff",
    accent_soft="#263652",
    on_accent="#14181f",
    error="#ff8a80",
    error_soft="#3d2526",
    warning="#ffc266",
    warning_soft="#3a3020",
    info="#a3aab4",
    info_soft="#2f333a",
    level1_background="#2a2d33",
    level2_text="#a3aab4",
    header_background="#282b31",
    selection="#263652",
    focus="#7fb0ff",
    bar_background="#363a41",
    read_only="#282b31",
)


LEGIBLE = 4.5
"""Contrast of text (WCAG 2.2, 1.4.3)."""


def contrast(one: str, other: str) -> float:
    """How much two colours stand out from each other, 1 to 21 (WCAG 2.2, contrast ratio)."""
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def _luminance(name: str) -> float:
    """The relative luminance of WCAG 2.2."""
    color = _color(name)
    parts = [channel / 255 for channel in (color.red(), color.green(), color.blue())]
    red, green, blue = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _mixed(one: str, other: str, share: float) -> str:
    """A colour between two, ``share`` (0 to 1) of the way to the other."""
    pairs = zip(_color(one).getRgb()[:3], _color(other).getRgb()[:3], strict=True)  # type: ignore[index] # a tuple
    return "#" + "".join(f"{round(start + (end - start) * share):02x}" for start, end in pairs)


@lru_cache(maxsize=128)
def _color(name: str) -> QColor:
    return QColor(name)


class Appearance(QObject):
    """Which theme is on. One is made by the application and handed to every view that paints.

    A contrast theme of the system counts more than what the person chose here. ``contrast`` tells its colours.

    Signals:
        changed(Theme): another theme is on, or text is of another size; repaint with it.
    """

    changed = Signal(object)

    def __init__(
        self,
        settings: QSettings | None = None,
        parent: QObject | None = None,
        contrast: Callable[[], SystemColors | None] = contrast_colors,
    ) -> None:
        super().__init__(parent)
        self._settings = settings
        self._contrast = contrast
        stored = str(settings.value("appearance", AppearanceChoice.SYSTEM.value)) if settings is not None else ""
        self._choice = AppearanceChoice(stored) if stored in set(AppearanceChoice) else AppearanceChoice.SYSTEM
        self._theme = self._wanted()
        self._scale = system_look.text_scale()
        QGuiApplication.styleHints().colorSchemeChanged.connect(self.refresh)

    @property
    def theme(self) -> Theme:
        """The theme that is on."""
        return self._theme

    @property
    def choice(self) -> AppearanceChoice:
        """What the person chose in the menu."""
        return self._choice

    def choose(self, choice: AppearanceChoice) -> None:
        """Follow the system or stay with one theme; remembered for the next start."""
        self._choice = choice
        if self._settings is not None:
            self._settings.setValue("appearance", choice.value)
        self.apply()

    def apply(self) -> None:
        """Dress the application in the theme that is wanted now."""
        hints = QGuiApplication.styleHints()
        match self._choice:
            case AppearanceChoice.LIGHT:
                hints.setColorScheme(Qt.ColorScheme.Light)
            case AppearanceChoice.DARK:
                hints.setColorScheme(Qt.ColorScheme.Dark)
            case AppearanceChoice.SYSTEM:
                hints.unsetColorScheme()
        self._theme = self._wanted()
        self._dress()

    def refresh(self) -> None:
        """The system looks otherwise now: follow it."""
        wanted, scale = self._wanted(), system_look.text_scale()
        if scale != self._scale:
            self._scale = scale
            QApplication.setFont(body_font())
        elif wanted == self._theme:
            return
        self._theme = wanted
        self._dress()

    def _wanted(self) -> Theme:
        colors = self._contrast()
        if colors is not None:
            return Theme.contrast(colors)
        match self._choice:
            case AppearanceChoice.LIGHT:
                return Theme.light()
            case AppearanceChoice.DARK:
                return Theme.dark()
            case AppearanceChoice.SYSTEM:
                is_dark = QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark
                return Theme.dark() if is_dark else Theme.light()

    def _dress(self) -> None:
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.setProperty(_WORN, self._theme)
            application.setPalette(self._theme.palette())
            sheet = self._theme.style_sheet(self._scale)
            if application.styleSheet() != sheet:  # every widget there is would be polished again
                application.setStyleSheet(sheet)
        self.changed.emit(self._theme)


_WORN = "theme"
"""The property of the application that holds what it is dressed in."""


def theme_of(palette: QPalette) -> Theme:
    """The theme a palette belongs to, for what is made without an :class:`Appearance`."""
    application = QApplication.instance()
    worn = application.property(_WORN) if application is not None else None
    if isinstance(worn, Theme) and worn.color("window") == palette.window().color():
        return worn
    is_dark = palette.window().color().lightness() < LIGHTNESS_OF_DARK
    return Theme.dark() if is_dark else Theme.light()


def body_font() -> QFont:
    """The font of everything that is not a title: the first family there is, as large as the system asks for."""
    installed = set(QFontDatabase.families())
    font = QFont()
    font.setFamilies([name for name in FONT_FAMILIES if name in installed] or [font.family()])
    font.setPointSizeF(TypeSize.TEXT.value * system_look.text_scale())
    return font


def scaled(font: QFont, points: float, *, bold: bool = False) -> QFont:
    """The same font in another size and weight."""
    copy = QFont(font)
    copy.setPointSizeF(points)
    copy.setBold(bold)
    return copy
