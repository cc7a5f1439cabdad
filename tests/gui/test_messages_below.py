"""What the rules say of fields that stand beside each other takes the room of their row, not of their column."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from gui.desk.theme import Appearance
from gui.document.document import Document
from gui.views.cell_field import CellField
from gui.views.form_panel import FormPanel
from model.records import Form
from tests.gui.window import open_form, type_text

NARROW, WIDE = 700, 1100
VERY_WIDE = 1600
WRONG = "大约一百二十万元左右"


@pytest.fixture
def document(given_store: Path) -> Iterator[Document]:
    opened = Document()
    opened.open_store(given_store)
    yield opened
    opened.close_store()


def shown(qtbot: QtBot, document: Document, form: Form, width: int) -> FormPanel:
    open_form(document, form)
    panel = FormPanel(document, form, Appearance())
    panel.set_open(is_open=True)
    document.project_changed.connect(panel.refresh)
    qtbot.addWidget(panel)
    panel.refresh()
    fit(panel, width)
    panel.show()
    qtbot.waitUntil(panel.isActiveWindow)
    return panel


def fit(panel: FormPanel, width: int) -> None:
    """Give it a width, and the height it asks for at that, as the sheet does, until nothing is laid out anew."""
    for _ in range(5):
        QApplication.processEvents()
        panel.resize(width, panel.heightForWidth(width))


def field(panel: FormPanel, name: str) -> CellField:
    return next(section.fields[name] for section in panel.sections if name in section.fields)


def write(qtbot: QtBot, panel: FormPanel, **texts: str) -> None:
    for name, text in texts.items():
        widget = field(panel, name).widget
        widget.setFocus()
        qtbot.keyClick(widget, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        type_text(qtbot, widget, text)
    field(panel, "unit").widget.setFocus()
    fit(panel, panel.width())


def place(panel: FormPanel, widget: QWidget) -> QRect:
    return QRect(widget.mapTo(panel, QPoint()), widget.size())


def lines(one: CellField) -> int:
    message = one.message
    return round(message.heightForWidth(message.width()) / message.fontMetrics().lineSpacing())


def is_below(panel: FormPanel, one: CellField) -> bool:
    """Whether what is said of a field begins right under it, or left of that."""
    said, over = place(panel, one.message), place(panel, one.widget)
    return 0 <= said.top() - over.bottom() - 1 <= 2 and said.left() <= over.left() <= said.right()


@pytest.mark.parametrize("name", ["fiscal_current", "carried_over", "other"])
def test_that_what_is_said_of_an_amount_takes_one_line_of_the_row_of_amounts(
    qtbot: QtBot, document: Document, name: str
) -> None:
    panel = shown(qtbot, document, Form.DECLARATION, NARROW)
    write(qtbot, panel, **{name: WRONG})
    one = field(panel, name)
    assert lines(one) == 1
    assert one.message.width() > one.widget.width()
    assert is_below(panel, one)
    assert place(panel, one.message).right() <= place(panel, field(panel, "other").widget).right()


def test_that_a_total_that_is_asked_for_says_so_in_one_line_at_the_left_edge(qtbot: QtBot, document: Document) -> None:
    panel = shown(qtbot, document, Form.DECLARATION, NARROW)
    write(qtbot, panel, fiscal_current="0", carried_over="0", other="0")
    total = field(panel, "total_requested")
    assert lines(total) == 1
    assert place(panel, total.message).left() == place(panel, total.widget).left()
    assert is_below(panel, total)


def test_that_two_that_are_short_stand_beside_each_other_and_two_long_ones_below(
    qtbot: QtBot, document: Document
) -> None:
    panel = shown(qtbot, document, Form.DECLARATION, NARROW)
    first, second = field(panel, "start_date"), field(panel, "end_date")
    write(qtbot, panel, start_date="尽快尽早开始办理全部手续", end_date="尽快尽早完成")
    assert lines(first) == lines(second) == 1
    assert place(panel, second.message).top() > place(panel, first.message).bottom()
    fit(panel, VERY_WIDE)
    assert lines(first) == lines(second) == 1
    assert place(panel, second.message).top() == place(panel, first.message).top()
    assert place(panel, second.message).left() == place(panel, second.widget).left()


@pytest.mark.parametrize("width", [NARROW, WIDE])
def test_that_what_is_said_of_the_amounts_of_a_self_evaluation_takes_the_row_of_their_source(
    qtbot: QtBot, document: Document, width: int
) -> None:
    panel = shown(qtbot, document, Form.EVALUATION, width)
    write(qtbot, panel, executed_fiscal_current=WRONG, execution_points="7")
    for name in ("executed_fiscal_current", "execution_points"):
        assert lines(field(panel, name)) == 1
        assert is_below(panel, field(panel, name))


def test_that_a_row_nothing_is_said_of_is_no_higher_than_its_fields(qtbot: QtBot, document: Document) -> None:
    panel = shown(qtbot, document, Form.DECLARATION, NARROW)
    fit(panel, NARROW)
    above, below = (place(panel, field(panel, name).widget) for name in ("project_name", "department"))
    assert below.top() - above.bottom() - 1 == 5
