"""Hands on a table: a document on a store of the test's own, a table on screen, keys, and an input method."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from gui.desk.theme import Theme
from gui.document.document import Document
from gui.table.editors import CellEditor, NumberEditor, TextEditor
from gui.table.grid import Grid
from gui.table.rows import RowKind
from model.changes import AddProject
from model.findings import Place
from model.records import Declaration, EvaluatedIndicator, Evaluation, Form, Indicator, Project, forms_of
from storage.store.sqlite import Store
from tests.model.projects import evaluation_of

QUANTITY = ("产出指标", "数量指标")
QUALITY = ("产出指标", "质量指标")
SOCIAL = ("效益指标", "社会效益指标")


def line(line_id: str, levels: tuple[str, str] = QUANTITY, **cells: str) -> Indicator:
    """A line of a declaration."""
    return Indicator(line_id, *levels, **{"name": f"指标{line_id}", **cells})


def evaluated_line(line_id: str, levels: tuple[str, str] = QUANTITY, **cells: str) -> EvaluatedIndicator:
    """A line of a self-evaluation."""
    return EvaluatedIndicator(line_id, *levels, **{"name": f"指标{line_id}", **cells})


def declared(*lines: Indicator, project_id: str = "p", name: str = "信息化运维项目", year: int = 2026) -> Project:
    declaration = Declaration(total_requested="100", fiscal_current="100", indicators=lines)
    return Project(project_id, year, name, unit="上海科学技术交流中心", forms=forms_of(declaration))


def evaluated(*lines: EvaluatedIndicator, project_id: str = "p", name: str = "信息化运维项目") -> Project:
    evaluation = Evaluation(adjusted_total="100", executed_total="100", indicators=lines)
    return Project(project_id, 2022, name, unit="上海科学技术交流中心", forms=forms_of(evaluation))


@contextmanager
def document_of(path: Path, *projects: Project) -> Iterator[Document]:
    """A document on a new store of these projects, the first of them on screen."""
    with Store.create(path) as store:
        store.apply("导入", tuple(AddProject(project) for project in projects))
    document = Document()
    document.open_store(path)
    document.select_project(projects[0].id)
    yield document
    document.close_store()


def shown_table(qtbot: QtBot, document: Document, form: Form, size: tuple[int, int] = (880, 600)) -> Grid:
    """A table on screen with the focus."""
    table = Grid(document, form, Theme.light())
    qtbot.addWidget(table)
    table.resize(*size)
    table.show()
    qtbot.waitExposed(table)
    table.activateWindow()
    table.setFocus()
    return table


def at(table: Grid, line_id: str, field: str = "name") -> None:
    """Put the cursor on a cell."""
    table.go_to(Place(table.form, field, line_id))


def where(table: Grid) -> tuple[str, str]:
    """The line and the field the cursor is on; a row without a line gives its 二级指标, or what it is."""
    index = table.currentIndex()
    row = table.rows.row(index)
    assert row is not None
    others = {RowKind.NEW: "new", RowKind.FOLDED: row.levels[0], RowKind.VACANT: row.levels[1], RowKind.LINE: ""}
    return row.line_id or others[row.kind], table.rows.field(index)


def editor_of(table: Grid) -> CellEditor | None:
    """The editor that is open in the table."""
    open_ones = [one for one in table.viewport().children() if isinstance(one, NumberEditor | TextEditor)]
    return next((one for one in open_ones if one.isVisible()), None)


def hand(table: Grid) -> QWidget:
    """Where keys go: the open editor, else the table."""
    return editor_of(table) or table


def press(table: Grid, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Press and release a key."""
    press_on(hand(table), key, modifiers)


def press_on(widget: QWidget, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Press and release a key on one widget."""
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QApplication.sendEvent(widget, QKeyEvent(kind, key, modifiers))


def ctrl(table: Grid, key: Qt.Key) -> None:
    """Press a key with Ctrl."""
    press(table, key, Qt.KeyboardModifier.ControlModifier)


def type_text(table: Grid, text: str) -> None:
    """Type a text: letters and figures by key, everything else by input method."""
    for letter in text:
        if letter.isascii():
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                key = ord(letter.upper())
                QApplication.sendEvent(hand(table), QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, letter))
        else:
            compose(hand(table), "", letter)


def compose(widget: QWidget, preedit: str, commit: str = "") -> None:
    """One event of an input method: what is being composed, and what it has come to."""
    event = QInputMethodEvent(preedit, [])
    event.setCommitString(commit)
    QApplication.sendEvent(widget, event)


def clipboard_text() -> str:
    return QGuiApplication.clipboard().text()


def put_on_clipboard(text: str) -> None:
    QGuiApplication.clipboard().setText(text)


def lines_of(document: Document, form: Form = Form.DECLARATION) -> dict[str, Indicator]:
    """The saved lines of the project on screen by id."""
    assert document.saved_project is not None
    return {one.id: one for one in document.saved_project.indicators(form)}


def evaluated_lines_of(document: Document) -> dict[str, EvaluatedIndicator]:
    """The saved lines of the self-evaluation on screen by id."""
    return {one.id: one for one in evaluation_of(document.saved_project).indicators}


def in_file(document: Document) -> Project:
    """The project on screen as the file holds it."""
    assert document.store is not None
    assert document.saved_project is not None
    return document.store.project(document.saved_project.id)
