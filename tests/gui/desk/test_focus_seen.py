"""The keyboard is seen: whatever has it is framed by two pixels that stand out, and keeps its size."""

from __future__ import annotations

from collections.abc import Callable
from itertools import groupby
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QCheckBox,
    QComboBox,
    QLineEdit,
    QListWidget,
    QPlainTextEdit,
    QPushButton,
    QRadioButton,
    QSpinBox,
    QTabBar,
    QTextEdit,
    QToolButton,
    QTreeWidget,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from gui.desk.dialog import LISTS, framed
from gui.desk.system_look import SystemColors
from gui.desk.theme import AppearanceChoice, Theme, contrast
from gui.document.project_list import Group
from model.records import Form
from tests.gui.window import open_form, shown_window

STANDS_OUT = 3.0
"""Contrast of what is seen of the keyboard (WCAG 2.2, 1.4.11 and 2.4.13)."""
THICK = 2
FAINT = 2.0
"""Contrast by which a pixel is no part of a ring."""
DEEP = 6
"""Pixels from its edge in which the frame of a widget is."""
THEMES = {
    "light": Theme.light(),
    "dark": Theme.dark(),
    "contrast": Theme.contrast(SystemColors("#202020", "#ffffff", "#a6a6a6", "#8ee3f0", "#75e9fc")),
}


def of_kind(make: Callable[[QWidget], QWidget], name: str = "", **properties: str) -> Callable[[QWidget], QWidget]:
    """A widget that the style sheet knows by its object name or by its properties."""

    def made(page: QWidget) -> QWidget:
        widget = make(page)
        widget.setObjectName(name)
        for called, value in properties.items():
            widget.setProperty(called, value)
        if isinstance(widget, QAbstractButton):
            widget.setText("填写")
        return widget

    return made


def pressed_in(page: QWidget) -> QWidget:
    button = QPushButton(page)
    button.setCheckable(True)
    button.setChecked(True)
    return button


def by_enter(page: QWidget) -> QWidget:
    button = QPushButton(page)
    button.setDefault(True)
    return button


def computed(page: QWidget) -> QWidget:
    field = QLineEdit("1.00", page)
    field.setReadOnly(True)
    return field


def tabs(page: QWidget) -> QWidget:
    bar = QTabBar(page)
    bar.setObjectName("tabs")
    for word in ("本单位", "计量单位"):
        bar.addTab(word)
    return bar


def rows(page: QWidget) -> QWidget:
    view = QListWidget(page)
    view.addItems(["一", "二"])
    framed(view)
    return view


def tree(page: QWidget) -> QWidget:
    view = QTreeWidget(page)
    framed(view)
    return view


KINDS: dict[str, Callable[[QWidget], QWidget]] = {
    "line": of_kind(QLineEdit),
    "line with an error": of_kind(QLineEdit, mark="error"),
    "line with a warning": of_kind(QLineEdit, mark="warning"),
    "computed": computed,
    "text": of_kind(QPlainTextEdit),
    "text with an error": of_kind(QPlainTextEdit, mark="error"),
    "rich text": of_kind(QTextEdit),
    "choice": of_kind(QComboBox),
    "choice with an error": of_kind(QComboBox, mark="error"),
    "number": of_kind(QSpinBox),
    "check box": of_kind(QCheckBox),
    "radio button": of_kind(QRadioButton),
    "button": of_kind(QPushButton),
    "default button": of_kind(by_enter),
    "main button": of_kind(QPushButton, primary="true"),
    "link": of_kind(QPushButton, link="true"),
    "link at an edge": of_kind(QPushButton, link="edge"),
    "tool": of_kind(QToolButton),
    "main tool": of_kind(QToolButton, primary="true"),
    "link of a tool": of_kind(QToolButton, link="true"),
    "chip": of_kind(QPushButton, "chip"),
    "chip that is on": of_kind(pressed_in, "chip"),
    "chip of errors": of_kind(pressed_in, "chip", severity="error"),
    "chip of warnings": of_kind(pressed_in, "chip", severity="warning"),
    "tab of a form": of_kind(QPushButton, "formTab"),
    "tab that is on": of_kind(pressed_in, "formTab"),
    "section": of_kind(QPushButton, "sectionLine"),
    "loss": of_kind(QPushButton, "lossRow"),
    "card": of_kind(QPushButton, "startCard"),
    "tabs": tabs,
    "list": rows,
    "tree": tree,
}
STAYS = {
    **dict.fromkeys(
        ("line with an error", "line with a warning", "text with an error", "choice with an error"), "left"
    ),
    **dict.fromkeys(("tab that is on", "tabs"), "bottom"),
}


@pytest.fixture
def page(qtbot: QtBot) -> QWidget:
    page = QWidget()
    qtbot.addWidget(page)
    return page


def dressed(page: QWidget, theme: Theme) -> dict[str, QWidget]:
    """Every kind of widget that takes the keyboard, one below the other."""
    page.setObjectName("page")
    lists = (LISTS % "").replace("palette(highlight)", theme.accent)  # the palette is that of the application
    page.setStyleSheet(f"{theme.style_sheet()}\n{lists}\n#page {{ background: {theme.window}; }}")
    page.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    page.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    layout = QVBoxLayout(page)
    made = {name: make(page) for name, make in KINDS.items()}
    for widget in made.values():
        widget.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        widget.setMinimumWidth(120)  # some of it without words
        widget.setMaximumHeight(60)
        layout.addWidget(widget)
    page.resize(300, layout.sizeHint().height())
    page.show()
    page.activateWindow()
    QApplication.processEvents()
    return made


def picture(widget: QWidget) -> QImage:
    """What of a widget is framed: tabs have a margin at their right, several of them are one widget."""
    part = widget.tabRect(0) if isinstance(widget, QTabBar) else widget.rect()
    beside = {"formTab": 12, "tabs": 4}.get(widget.objectName(), 0)
    return widget.window().grab(part.adjusted(0, 0, -beside, 0).translated(widget.pos())).toImage()


def frame(before: QImage, after: QImage, start: QPoint, step: QPoint) -> int:
    """How thick a frame is, looked at from an edge: pixels that stand out from what is inside, one of them new."""
    inside = QColor(after.pixel(start + step * DEEP)).name()
    stands_out = [contrast(QColor(after.pixel(start + step * n)).name(), inside) >= STANDS_OUT for n in range(DEEP)]
    changed = [
        contrast(QColor(before.pixel(start + step * n)).name(), QColor(after.pixel(start + step * n)).name())
        >= STANDS_OUT
        for n in range(DEEP)
    ]
    runs = [list(run) for one, run in groupby(range(DEEP), stands_out.__getitem__) if one]
    return max((len(run) for run in runs if any(changed[n] for n in run)), default=0)


def thinnest(before: QImage, after: QImage, stays: str) -> int:
    """Of the sides of a frame the thinnest; a mark or an underline that ``stays`` is none of it."""
    right, bottom = before.width() - 1, before.height() - 1
    x, y = right - 26, before.height() // 2
    sides = {
        "top": (QPoint(x, 0), QPoint(0, 1)),
        "bottom": (QPoint(x, bottom), QPoint(0, -1)),
        "right": (QPoint(right, y), QPoint(-1, 0)),
        "left": (QPoint(0, y), QPoint(1, 0)),
    }
    return min(frame(before, after, *side) for name, side in sides.items() if name != stays)


@pytest.mark.parametrize("name", THEMES)
def test_that_whatever_has_the_keyboard_has_a_frame_of_two_pixels_that_stands_out_and_keeps_its_size(
    page: QWidget, name: str
) -> None:
    made = dressed(page, THEMES[name])
    faint, grown = [], []
    for kind, widget in made.items():
        page.setFocus()
        before, size = picture(widget), (widget.size(), widget.sizeHint())
        widget.setFocus(Qt.FocusReason.TabFocusReason)
        assert widget.hasFocus(), kind
        QApplication.processEvents()
        if thinnest(before, picture(widget), STAYS.get(kind, "")) < THICK:
            faint.append(kind)
        if (widget.size(), widget.sizeHint()) != size:
            grown.append(kind)
    assert (faint, grown) == ([], [])


@pytest.mark.parametrize("name", THEMES)
def test_that_the_ring_of_a_filled_button_is_closed_at_its_corners(page: QWidget, name: str) -> None:
    theme = THEMES[name]
    made = dressed(page, theme)
    broken = []
    for kind in ("button", "default button", "main button", "main tool"):
        made[kind].setFocus(Qt.FocusReason.TabFocusReason)
        QApplication.processEvents()
        image = page.grab(made[kind].geometry().adjusted(-1, -1, 1, 1)).toImage()
        if not is_closed(image, theme.focus):
            broken.append(kind)
    assert broken == []


def is_closed(image: QImage, ring: str) -> bool:
    """Whether no way leads from around a ring to what is inside of its upper side, but over the ring itself."""
    middle = image.width() // 2
    below = [y for y in range(1, DEEP + 2) if not is_of(ring, image, middle, y)]
    inside = next(y for y in below if y > THICK)
    ways, seen = [(0, 0)], {(0, 0)}
    while ways:
        x, y = ways.pop()
        beside = ((x + 1, y), (x - 1, y), (x, y + 1), (x, y - 1))
        ways += (new := [at for at in beside if image.valid(*at) and at not in seen and not is_of(ring, image, *at)])
        seen.update(new)
    return (middle, inside) not in seen


def is_of(ring: str, image: QImage, x: int, y: int) -> bool:
    return contrast(QColor(image.pixel(x, y)).name(), ring) <= FAINT


@pytest.mark.parametrize("choice", [AppearanceChoice.LIGHT, AppearanceChoice.DARK])
def test_that_the_row_with_the_keyboard_has_the_same_frame_in_every_list(
    qtbot: QtBot, tmp_path: Path, given_store: Path, choice: AppearanceChoice
) -> None:
    window = shown_window(qtbot, tmp_path, given_store)
    open_form(window.document, Form.EVALUATION)
    window.appearance.choose(choice)
    window.findings_panel.set_folded(is_folded=False)
    theme = window.appearance.theme
    views: list[QAbstractItemView] = [window.navigator.tree, window.findings_panel.table]
    faint = [type(view).__name__ for view in views if framed_pixels(view, theme) != [2, 2]]
    window.document.select_group(Group.of(window.document.summaries()[0]))
    QApplication.processEvents()
    faint += ["overview"] if framed_pixels(window.overview.table, theme) != [2, 2] else []
    window.files.close_store()
    QApplication.processEvents()
    faint += ["recent"] if framed_pixels(window.start_page.recent, theme) != [2, 2] else []
    window.appearance.choose(AppearanceChoice.LIGHT)
    assert faint == []
    assert contrast(theme.focus, theme.selection) >= STANDS_OUT


def framed_pixels(view: QAbstractItemView, theme: Theme) -> list[int]:
    """How many pixels of the colour of the keyboard are at the upper and the lower edge of its current row."""
    view.setFocus(Qt.FocusReason.TabFocusReason)
    QApplication.processEvents()
    image = view.viewport().grab(view.visualRect(view.currentIndex())).toImage()
    x, edge = image.width() // 2, range(4)
    ends = [[QPoint(x, y) for y in edge], [QPoint(x, image.height() - 1 - y) for y in edge]]
    return [sum(QColor(image.pixel(at)).name() == theme.focus for at in end) for end in ends]
