"""One drawn sign a meaning: no letter stands for one, and one painter serves the whole window."""

from __future__ import annotations

import ast
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QImage, QPainter, QPixmap
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

import gui
from gui.desk import signs
from gui.desk.message import Message
from gui.desk.notify import Tone, message_box
from gui.desk.signs import SIGN, SIGN_ROOM, Sign, SignedLabel, in_line, paint_sign, sign_icon, sign_of, sign_pixmap
from gui.desk.style import set_style
from gui.desk.theme import AppearanceChoice, Theme, body_font
from gui.main_window import MainWindow
from model.findings import Severity
from model.records import Form
from tests.gui.window import open_form, set_line, shown_window

LETTERS = set("✕✖✗✘⊗⨯❌✓✔☑✅⚠❗◐◑◔◕○◯●△▲⛔ℹ")
STARTS = ("! ", "× ", "i ", "x ")
SOURCES = Path(next(iter(gui.__path__)))


def letters_in(source: str) -> list[str]:
    """The texts of a module in which a letter stands for a sign, its docstrings left out."""
    tree = ast.parse(source)
    docs = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    texts = (node for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str))
    said = (str(node.value) for node in texts if id(node) not in docs)
    return [text for text in said if LETTERS & set(text) or text.startswith(STARTS)]


def test_that_no_text_of_the_window_has_a_letter_for_a_sign() -> None:
    found = {path.name: letters_in(path.read_text(encoding="utf-8")) for path in SOURCES.rglob("*.py")}
    assert {name: texts for name, texts in found.items() if texts} == {}


@pytest.mark.parametrize("text", ["f'✕ {count}'", "'! ' + text", "'没有问题 ✓'"])
def test_that_a_letter_for_a_sign_would_be_found(text: str) -> None:
    assert letters_in(f"label.setText({text})")


def test_that_each_meaning_is_drawn_otherwise_and_in_the_colour_it_is_given(qapp: object) -> None:
    drawn = [bytes(sign_pixmap(sign, "#c62828", 2 * SIGN).toImage().constBits()) for sign in Sign]
    assert len(set(drawn)) == len(Sign)
    assert sign_pixmap(Sign.ERROR, "#c62828", SIGN, 2.0).size() == QSize(2 * SIGN, 2 * SIGN)
    assert [sign_of(severity) for severity in Severity] == [Sign.ERROR, Sign.WARNING, Sign.INFO]
    image = sign_pixmap(Sign.ERROR, "#c62828", 40).toImage()
    assert image.pixelColor(20, 20) == QColor("#c62828")
    assert image.pixelColor(1, 20).alpha() == 0


def test_that_the_sign_of_a_button_that_is_not_checked_is_quiet(qapp: object) -> None:
    theme = Theme.light()
    icon = sign_icon(Sign.ERROR, theme, off="muted")
    on, off = (
        icon.pixmap(QSize(40, 40), 1.0, icon.Mode.Normal, state).toImage().pixelColor(20, 20)
        for state in (icon.State.On, icon.State.Off)
    )
    assert (on, off) == (QColor(theme.error), QColor(theme.muted))


def test_that_a_label_makes_room_for_its_sign_and_gives_it_back(qtbot: QtBot) -> None:
    label = SignedLabel()
    qtbot.addWidget(label)
    label.setText("三个错误")
    before = label.sizeHint().width()
    label.set_sign(Sign.ERROR)
    assert label.sizeHint().width() > before
    label.set_sign(None)
    assert label.sizeHint().width() == before


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[Sign]:
    """What the one painter is asked for."""
    asked: list[Sign] = []
    for sign, draw in list(signs._DRAWN.items()):

        def note(painter: QPainter, color: QColor, one: Sign = sign, act: Callable[..., None] = draw) -> None:
            asked.append(one)
            act(painter, color)

        monkeypatch.setitem(signs._DRAWN, sign, note)
    return asked


def test_that_one_painter_serves_lists_cells_chips_strips_and_boxes(
    qtbot: QtBot, tmp_path: Path, given_store: Path, drawn: list[Sign]
) -> None:
    window = shown_window(qtbot, tmp_path, given_store)
    open_form(window.document, Form.DECLARATION)
    project = window.document.project
    assert project is not None
    set_line(window.document, project.indicators(Form.DECLARATION)[0], "target_text", "")
    window.findings_panel.set_folded(is_folded=False)
    window.page.message.tell(Tone.FAILED, "没有写入。")
    parts: tuple[QWidget, ...] = (
        window.navigator.tree,
        window.findings_panel.table,
        window.findings_panel.chips,
        window.page.table,
        window.page.header,
    )
    for part in parts:
        drawn.clear()
        part.grab()
        assert Sign.ERROR in drawn, type(part).__name__
    assert _drawn_by(window, drawn) > {Sign.ERROR}


def _drawn_by(window: MainWindow, drawn: list[Sign]) -> set[Sign]:
    """What a message of a dialog and a box draw."""
    drawn.clear()
    message = Message(window)
    message.say("还有一个错误。")
    message.grab()
    box = message_box(window, "", "没有写入。请重试。", Tone.INFO)
    box.close()
    return set(drawn)


def test_that_a_sign_beside_a_text_is_still_there_in_another_theme(qtbot: QtBot, tmp_path: Path) -> None:
    window = shown_window(qtbot, tmp_path)
    label = SignedLabel(window)
    label.setObjectName("fieldMessage")
    label.setFixedWidth(SIGN + 2)
    label.set_sign(Sign.WARNING)
    label.show()
    for choice in (AppearanceChoice.DARK, AppearanceChoice.LIGHT):
        window.appearance.choose(choice)
        set_style(label, "mark", choice)
        shown = label.grab().toImage()
        colors = {shown.pixel(x, y) for x in range(shown.width()) for y in range(shown.height())}
        assert len(colors) > 1


def test_that_a_sign_is_drawn_in_the_middle_of_its_place(qapp: object) -> None:
    pixmap = QPixmap(40, 20)
    pixmap.fill(Qt.GlobalColor.white)
    painter = QPainter(pixmap)
    paint_sign(painter, pixmap.rect(), Sign.ERROR, QColor("#000000"))
    painter.end()
    assert pixmap.toImage().pixelColor(20, 10) == QColor("#000000")


@pytest.mark.parametrize("extra", range(10))
def test_that_a_sign_stands_in_the_middle_of_the_letters_beside_it(qtbot: QtBot, extra: int) -> None:
    font = body_font()
    line = QRect(0, 0, 60, QFontMetrics(font).height() + extra)
    image = QImage(line.size(), QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    painter.setFont(font)
    paint_sign(painter, in_line(line), Sign.ERROR, QColor("black"))
    painter.drawText(line.adjusted(SIGN_ROOM, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, "国")
    painter.end()

    def middle(left: int, right: int) -> float:
        inked = [
            y
            for y in range(image.height())
            if any(QColor(image.pixel(x, y)).lightness() < 160 for x in range(left, right))
        ]
        return (inked[0] + inked[-1]) / 2

    assert abs(middle(0, SIGN) - middle(SIGN, image.width())) <= 1
