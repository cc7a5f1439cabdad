"""What the system asks of how every program looks: a contrast theme with its colours, and the size of text.

Windows has both under 设置 → 辅助功能; other systems change the font and its resolution, which Qt follows by itself.
"""

from __future__ import annotations

import ctypes
import sys
from dataclasses import dataclass

from PySide6.QtCore import QSettings

LARGEST_TEXT = 2.25
"""How much larger Windows lets text be made."""

_TEXT_SIZE = r"HKEY_CURRENT_USER\SOFTWARE\Microsoft\Accessibility"
_GET_HIGH_CONTRAST = 0x0042
_IS_ON = 0x1
_ASKED = (5, 8, 17, 13, 26)
"""COLOR_WINDOW, WINDOWTEXT, GRAYTEXT, HIGHLIGHT, HOTLIGHT of winuser.h, as SystemColors has them."""


@dataclass(frozen=True, slots=True)
class SystemColors:
    """The colours of a contrast theme as ``#rrggbb``: windows, their text, what is switched off, selected, a link."""

    window: str
    text: str
    disabled: str
    highlight: str
    link: str


class _HighContrast(ctypes.Structure):
    """HIGHCONTRASTW of winuser.h."""

    _fields_ = (("size", ctypes.c_uint), ("flags", ctypes.c_uint), ("scheme", ctypes.c_wchar_p))


def contrast_colors() -> SystemColors | None:
    """The colours of the contrast theme that is on; None while there is none."""
    if sys.platform == "win32":
        user = ctypes.windll.user32
        asked = _HighContrast(size=ctypes.sizeof(_HighContrast))
        answered = user.SystemParametersInfoW(_GET_HIGH_CONTRAST, asked.size, ctypes.byref(asked), 0)
        if answered and asked.flags & _IS_ON:
            return SystemColors(*(_color(user.GetSysColor(one)) for one in _ASKED))
    return None


def text_scale(settings: QSettings | None = None) -> float:
    """How much larger than usual text is wanted: 1.0 to 2.25. ``settings`` is where Windows keeps it."""
    if settings is None and sys.platform != "win32":
        return 1.0
    kept = settings if settings is not None else QSettings(_TEXT_SIZE, QSettings.Format.NativeFormat)
    text = str(kept.value("TextScaleFactor", "100"))
    return min(max(int(text) / 100, 1.0), LARGEST_TEXT) if text.isdecimal() else 1.0


def _color(value: int) -> str:
    """A COLORREF, which is 0x00bbggrr."""
    return f"#{value & 0xFF:02x}{value >> 8 & 0xFF:02x}{value >> 16 & 0xFF:02x}"
