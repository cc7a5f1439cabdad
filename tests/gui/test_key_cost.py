"""What a key in a form of sixty indicators sets off: what does not change is neither measured nor drawn."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from gui.findings.model import FindingsModel
from gui.main_window import MainWindow
from gui.views.cell_field import CellField
from model.changes import AddProject
from model.findings import Place
from model.records import Form
from storage.store.sqlite import Store
from tests.bench.sixty import sixty
from tests.gui.found import focused
from tests.gui.window import shown_window

TURNS = 4
"""Turns of the event loop until what a key set off is done."""
AROUND = {"mainWindow", "pageHeader", "PageStack", "ProjectPage"}
"""What holds everything: laid out anew it has all of it laid out."""
LAYOUT, PAINT = QEvent.Type.LayoutRequest, QEvent.Type.Paint


class Ears(QObject):
    """Counts the events of the widgets of a window by their kind and by whom they reach."""

    def __init__(self) -> None:
        super().__init__()
        self.heard: Counter[tuple[QEvent.Type, str]] = Counter()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Nothing is kept from anybody."""
        if isinstance(watched, QWidget):
            self.heard[event.type(), watched.objectName() or type(watched).__name__] += 1
        return False

    def count(self, kind: QEvent.Type) -> int:
        """How many events of a kind there were."""
        return sum(number for (heard, _), number in self.heard.items() if heard == kind)

    def reached(self, kind: QEvent.Type) -> set[str]:
        """Whom events of a kind reached."""
        return {name for heard, name in self.heard if heard == kind}


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> MainWindow:
    path = tmp_path / "六十.jixiao"
    with Store.create(path) as store:
        store.apply("导入", (AddProject(sixty()),))
    window = shown_window(qtbot, tmp_path, path, (1366, 689))
    window.document.set_form(Form.EVALUATION)
    window.document.request_place(Place(Form.EVALUATION, "actual_text", "n3"))
    _type("891")
    return window


@pytest.fixture
def ears(window: MainWindow) -> Iterator[Ears]:
    ears = Ears()
    application = QApplication.instance()
    assert application is not None
    application.installEventFilter(ears)
    yield ears
    application.removeEventFilter(ears)


def _type(text: str) -> None:
    for key in text:
        _press(Qt.Key(ord(key)))


def _press(key: Qt.Key) -> None:
    QTest.keyClick(focused(), key)
    for _ in range(TURNS):
        QApplication.processEvents()


def test_that_a_key_that_changes_one_text_lays_out_and_draws_only_what_holds_it(ears: Ears) -> None:
    """Of several keys the one after which the text takes as many lines as before."""
    costs = []
    for key in "234":
        ears.heard.clear()
        _type(key)
        costs.append((ears.count(LAYOUT), ears.count(PAINT)))
    assert not ears.reached(PAINT) & {"navigator", "NavigatorTree", "pageHeader", "findingsPanel", "sectionLine"}
    assert not ears.reached(LAYOUT) & {*AROUND, "findingsPanel", "HereLine", "sectionLine", "ScoreOverview", "lossRow"}
    layouts, paints = min(costs)
    assert layouts <= 6
    assert paints <= 32


def test_that_a_key_that_changes_the_score_lays_out_what_shows_it_and_not_the_window(ears: Ears) -> None:
    _press(Qt.Key.Key_Backspace)
    _press(Qt.Key.Key_Backspace)
    ears.heard.clear()
    _press(Qt.Key.Key_Backspace)
    assert not ears.reached(LAYOUT) & AROUND
    assert ears.count(LAYOUT) <= 18
    assert ears.count(PAINT) <= 75


def test_that_a_key_that_changes_one_text_asks_nothing_of_the_fields_above_and_lists_no_problem_anew(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[object] = []
    assert window.page.page.panel.is_open
    with monkeypatch.context() as patch:
        patch.setattr(CellField, "refresh", lambda *one: asked.append(one))
        patch.setattr(FindingsModel, "_show", lambda *one: asked.append(one))
        _type("2")
    assert not asked


def test_that_the_sections_show_what_is_above_the_table_after_keys_in_it(window: MainWindow) -> None:
    field = window.page.page.panel.goals.fields["actual_completion"]
    field.editor.drafted.emit("完成")
    assert field.editor.typed_text() == "完成"
    window.document.drop_draft()
    assert field.editor.typed_text() == ""
