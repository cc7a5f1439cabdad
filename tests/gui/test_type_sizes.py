"""Four sizes of type in the whole window and in every dialog, named once (docs/ux.md §5). The manual has its own."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtGui import QFont, QPainter
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QGroupBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QTabBar,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

import gui
from gui.desk.dialog import Dialog
from gui.desk.notify import Tone, message_box
from gui.desk.theme import RESOURCES, TypeSize, body_font
from gui.document.project_list import Group
from gui.main_window import MainWindow
from model.records import Form
from tests.gui.found import visible
from tests.gui.test_dialogs_look import dialog, make, pages  # noqa: F401 pytest finds the fixtures here
from tests.gui.window import open_form, shown_window

WITH_TEXT = (
    *(QLabel, QAbstractButton, QAbstractItemView, QComboBox, QGroupBox),
    *(QLineEdit, QPlainTextEdit, QTabBar, QTextEdit),
)
NAMED = {size.value for size in TypeSize}
SOURCES = Path(next(iter(gui.__path__)))
SETS_A_SIZE = re.compile(r"setPointSize|setPixelSize|font-size|\bscaled\(")
MAY = {"theme.py", "style.py", "grid.py", "cell_painting.py"}
"""Where sizes are named, the manual, and the grid, whose letters Ctrl and the wheel make larger as a whole."""


@pytest.fixture(autouse=True)
def _type(qapp: QApplication) -> None:
    if qapp.font() != body_font():
        qapp.setFont(body_font())


@pytest.fixture
def painted(monkeypatch: pytest.MonkeyPatch) -> set[float]:
    """The sizes of the fonts that are painted with."""
    found: set[float] = set()
    set_font: Callable[[QPainter, QFont], None] = QPainter.setFont

    def note(painter: QPainter, font: QFont) -> None:
        found.add(round(font.pointSizeF(), 1))
        set_font(painter, font)

    monkeypatch.setattr(QPainter, "setFont", note)
    return found


def sizes_in(top: QWidget) -> set[float]:
    """The sizes of type of everything with a text that can be seen."""
    texts = (widget for widget in visible(top, QWidget) if isinstance(widget, WITH_TEXT))
    return {round(widget.font().pointSizeF(), 1) for widget in texts}


def test_that_the_window_has_four_sizes_of_type(
    qtbot: QtBot, tmp_path: Path, given_store: Path, painted: set[float], message_boxes: list[object]
) -> None:
    window = shown_window(qtbot, tmp_path, given_store, (1366, 689))
    found = set[float]()
    for show in (_evaluation, _declaration, _group, _closed):
        show(window)
        QApplication.processEvents()
        window.grab()
        found |= sizes_in(window)
    box = message_box(window, "", "没有写入。请重试。", Tone.FAILED)
    box.open()
    found |= sizes_in(box)
    box.close()
    assert message_boxes
    assert found | painted == NAMED


def _evaluation(window: MainWindow) -> None:
    open_form(window.document, Form.EVALUATION)
    window.findings_panel.set_folded(is_folded=False)


def _declaration(window: MainWindow) -> None:
    open_form(window.document, Form.DECLARATION)
    window.commands["toggle_fields"].trigger()


def _group(window: MainWindow) -> None:
    window.document.select_group(Group.of(window.document.summaries()[-1]))


def _closed(window: MainWindow) -> None:
    window.document.close_store()


def test_that_every_dialog_has_no_other_size_of_type(dialog: Dialog, painted: set[float]) -> None:  # noqa: F811
    for _ in pages(dialog):
        dialog.grab()
        assert sizes_in(dialog) <= NAMED
    assert painted <= NAMED


def test_that_a_fifth_size_would_be_found(qtbot: QtBot) -> None:
    top = QWidget()
    qtbot.addWidget(top)
    label = QLabel("大一点", top)
    label.setStyleSheet("font-size: 11pt;")
    QVBoxLayout(top).addWidget(label)
    top.show()
    qtbot.waitExposed(top)
    assert sizes_in(top) - NAMED == {11.0}


def test_that_a_size_of_type_is_set_in_one_place() -> None:
    modules = (path for path in SOURCES.rglob("*.py") if path.name not in MAY)
    assert [path.name for path in modules if SETS_A_SIZE.search(path.read_text(encoding="utf-8"))] == []
    sheet = (RESOURCES / "qss" / "jixiao.qss").read_text(encoding="utf-8")
    sizes = set(re.findall(r"font-size: *([^;]+);", sheet))
    assert sizes <= {f"@size_{size.name.lower()}" for size in TypeSize}
