"""What the delegates of the panels draw: in the colours of the theme, told apart by more than colour, never cut."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication, QListWidget, QTreeView, QWidget
from pytestqt.qtbot import QtBot

from gui.delegates.two_lines import TwoLineDelegate
from gui.desk.theme import Appearance, AppearanceChoice, Theme
from gui.document.document import Document
from gui.findings.model import Column
from gui.findings.painting import FindingDelegate, links_of
from gui.findings.pane import FindingsPanel
from gui.findings.rows import CLOSED
from gui.navigator.pane import Navigator
from model import edits
from model.changes import Part
from model.records import Form
from tests.gui.window import open_form, shown_window


@pytest.fixture(params=[AppearanceChoice.LIGHT, AppearanceChoice.DARK], ids=["light", "dark"])
def appearance(request: pytest.FixtureRequest, qapp: object) -> Iterator[Appearance]:
    chosen = Appearance()
    chosen.choose(request.param)
    yield chosen
    chosen.choose(AppearanceChoice.LIGHT)


@pytest.fixture
def document(qtbot: QtBot, given_store: Path) -> Iterator[Document]:
    opened = Document()
    opened.open_store(given_store)
    open_form(opened, Form.EVALUATION)
    yield opened
    opened.close_store()


def picture(widget: QWidget, rect: QRect) -> QImage:
    return widget.grab(rect).toImage()


def colours(image: QImage) -> set[str]:
    return {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())}


def shows(image: QImage, name: str) -> bool:
    """Whether something is drawn in a colour; the edges of letters are smoothed, so a little beside it counts."""
    wanted = QColor(name)
    drawn = (QColor(colour) for colour in colours(image))
    return any(
        abs(colour.red() - wanted.red()) + abs(colour.green() - wanted.green()) + abs(colour.blue() - wanted.blue())
        <= 40
        for colour in drawn
    )


def background(image: QImage) -> str:
    return image.pixelColor(image.width() - 2, 2).name()


# Findings


@pytest.fixture
def findings(qtbot: QtBot, document: Document, appearance: Appearance) -> FindingsPanel:
    project = document.saved_project
    assert project is not None
    line = next(line for line in project.indicators(Form.EVALUATION) if line.name == "系统故障数")
    document.push("test", edits.set_cell(project, Part.INDICATOR, line.id, "points", "7", document.settings))
    panel = FindingsPanel(document, appearance)
    qtbot.addWidget(panel)
    panel.resize(880, 320)
    panel.show()
    qtbot.waitExposed(panel)
    return panel


def row_picture(panel: FindingsPanel, row: int, column: Column = Column.REMEDY) -> QImage:
    return picture(panel.table.viewport(), panel.table.visualRect(panel.model.index(row, column)))


def test_that_errors_warnings_and_hints_have_their_own_colour_and_glyph(
    appearance: Appearance, findings: FindingsPanel
) -> None:
    theme = appearance.theme
    seen: dict[str, QImage] = {}
    for row in range(findings.model.rowCount()):
        finding = findings.model.finding(row)
        assert finding is not None
        seen[finding.severity.value] = row_picture(findings, row)
    assert set(seen) == {"error", "warning", "info"}
    for severity, image in seen.items():
        glyph = image.copy(0, 0, 30, image.height())
        assert shows(glyph, getattr(theme, severity))
    glyphs = [
        image.copy(0, 0, 30, image.height()).convertToFormat(QImage.Format.Format_Mono) for image in seen.values()
    ]
    assert glyphs[0] != glyphs[1] != glyphs[2] != glyphs[0]


def test_that_the_selected_row_is_tinted_and_no_other(appearance: Appearance, findings: FindingsPanel) -> None:
    findings.table.setFocus()
    findings.table.setCurrentIndex(findings.model.index(1, 0))
    assert background(row_picture(findings, 1)) == appearance.theme.selection
    assert background(row_picture(findings, 0)) == appearance.theme.base
    findings.chips["error"].setFocus()
    assert background(row_picture(findings, 1)) == appearance.theme.hover


def test_that_links_are_in_the_accent_colour(appearance: Appearance, findings: FindingsPanel) -> None:
    assert shows(row_picture(findings, 0, Column.ACTIONS), appearance.theme.accent)


def test_that_an_explained_warning_is_quiet_and_shows_its_explanation(
    document: Document, appearance: Appearance, findings: FindingsPanel
) -> None:
    warning = next(finding for finding in document.findings if finding.severity.value == "warning")
    before = row_picture(findings, findings.model.row_of(warning.key))
    assert document.saved_project is not None
    document.push("说明", edits.explain(document.saved_project, warning.key, "已核对", document.settings))
    findings.table.scrollToBottom()
    row = findings.model.row_of(warning.key)
    assert row == findings.model.rowCount() - 1
    after = row_picture(findings, row)
    assert after != before
    assert "已说明：已核对" in findings.model.index(row, Column.WHERE).data()
    assert not shows(after, appearance.theme.text)
    assert shows(after, appearance.theme.muted)
    assert findings.chips[CLOSED].isVisible()


def test_that_the_links_of_a_row_never_overlap(document: Document, findings: FindingsPanel) -> None:
    delegate = findings.table.itemDelegate()
    assert isinstance(delegate, FindingDelegate)
    for row in range(findings.model.rowCount()):
        shown = findings.model.row(row)
        assert shown is not None
        rect = findings.table.visualRect(findings.model.index(row, Column.ACTIONS))
        metrics = findings.table.fontMetrics()
        points = [rect.center().__class__(x, rect.center().y()) for x in range(rect.left(), rect.right() + 1)]
        hit = [delegate.action_at(rect, shown, metrics, point) for point in points]
        met = [action.label for action in dict.fromkeys(action for action in hit if action is not None)]
        assert met == [action.label for action in links_of(shown)]


# Navigator


@pytest.fixture
def navigator(qtbot: QtBot, document: Document, appearance: Appearance) -> Navigator:
    panel = Navigator(document, appearance)
    qtbot.addWidget(panel)
    panel.resize(222, 700)
    panel.show()
    qtbot.waitExposed(panel)
    return panel


def tree_picture(tree: QTreeView, project_id: str, navigator: Navigator) -> QImage:
    return picture(tree.viewport(), tree.visualRect(navigator.rows.index_of(project_id)))


def test_that_the_project_on_screen_has_the_bar_of_the_accent_colour(
    document: Document, appearance: Appearance, navigator: Navigator
) -> None:
    assert document.saved_project is not None
    image = tree_picture(navigator.tree, document.saved_project.id, navigator)
    assert image.pixelColor(1, image.height() // 2).name() == appearance.theme.accent
    others = [summary.id for summary in document.summaries() if summary.id != document.saved_project.id]
    other = tree_picture(navigator.tree, others[-1], navigator)
    assert other.pixelColor(1, other.height() // 2).name() == appearance.theme.base


def test_that_a_project_with_errors_says_so_in_the_error_colour(
    document: Document, appearance: Appearance, navigator: Navigator
) -> None:
    wrong = next(summary for summary in document.summaries() if summary.errors)
    navigator.tree.scrollTo(navigator.rows.index_of(wrong.id))
    assert shows(tree_picture(navigator.tree, wrong.id, navigator), appearance.theme.error)


def test_that_a_long_unit_name_takes_the_lines_it_needs(qtbot: QtBot, navigator: Navigator) -> None:
    unit = navigator.rows.index(0, 0, navigator.rows.index(0, 0))
    navigator.tree.scrollToTop()
    navigator.setMinimumWidth(0)
    navigator.resize(130, 700)
    qtbot.waitUntil(lambda: navigator.tree.viewport().width() <= 130)
    narrow = navigator.tree.visualRect(unit).height()
    navigator.resize(420, 700)
    qtbot.waitUntil(lambda: navigator.tree.visualRect(unit).height() < narrow)
    navigator.resize(130, 700)
    qtbot.waitUntil(lambda: navigator.tree.visualRect(unit).height() == narrow)


# Two lines


def test_that_the_second_line_is_quieter_than_the_first(qtbot: QtBot, appearance: Appearance) -> None:
    items = QListWidget()
    qtbot.addWidget(items)
    items.setItemDelegate(TwoLineDelegate(appearance, items))
    items.addItems(["名称\n在哪里", "没有找到"])
    items.resize(300, 120)
    items.show()
    qtbot.waitExposed(items)
    rect = items.visualItemRect(items.item(0))
    whole = picture(items.viewport(), rect)
    upper, lower = whole.copy(0, 0, 300, rect.height() // 2), whole.copy(0, rect.height() // 2, 300, rect.height() // 2)
    assert shows(upper, appearance.theme.text)
    assert not shows(lower, appearance.theme.text)
    assert shows(lower, appearance.theme.muted)
    remark = picture(items.viewport(), items.visualItemRect(items.item(1)))
    assert not shows(remark, appearance.theme.text)
    assert items.visualItemRect(items.item(1)).height() < rect.height()


def test_that_themes_differ_in_every_colour_that_is_painted() -> None:
    light, dark = Theme.light(), Theme.dark()
    for name in ("text", "muted", "accent", "selection", "error", "warning", "base", "grid"):
        assert getattr(light, name) != getattr(dark, name)


def test_that_a_click_beside_the_links_of_a_row_does_nothing(
    qtbot: QtBot, document: Document, findings: FindingsPanel
) -> None:
    count = document.undo_stack.count()
    rect = findings.table.visualRect(findings.model.index(0, Column.WHERE))
    qtbot.mouseClick(findings.table.viewport(), Qt.MouseButton.LeftButton, pos=rect.center())
    assert document.undo_stack.count() == count


@pytest.mark.parametrize("shift", [0, 1])
@pytest.mark.parametrize("has_keyboard", [True, False])
def test_that_the_frame_of_the_cell_under_the_cursor_has_four_sides_at_any_scale(
    qtbot: QtBot, tmp_path: Path, given_store: Path, *, has_keyboard: bool, shift: int
) -> None:
    window = shown_window(qtbot, tmp_path, given_store)
    table, scale = window.page.table, 1.5
    (table if has_keyboard else window.navigator.tree).setFocus()
    window.menuBar().setFixedHeight(window.menuBar().height() + shift)  # where it lies between the pixels of the screen
    QApplication.processEvents()
    image = QImage(window.size() * scale, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(scale)
    window.render(image)
    cell = table.visualRect(table.currentIndex())
    rect = QRect(table.viewport().mapTo(window, cell.topLeft()), cell.size())
    theme = window.appearance.theme
    color = theme.focus if has_keyboard else theme.field_border
    middle, near = rect.center(), 3

    def has_line(start: QPoint, step: QPoint) -> bool:
        at = [QPoint(round(start.x() * scale), round(start.y() * scale)) + step * n for n in range(-near, near + 1)]
        return any(QColor(image.pixel(one)).name() == color for one in at)

    across, down = QPoint(1, 0), QPoint(0, 1)
    sides = {
        "top": has_line(QPoint(middle.x(), rect.top()), down),
        "bottom": has_line(QPoint(middle.x(), rect.bottom()), down),
        "left": has_line(QPoint(rect.left(), middle.y()), across),
        "right": has_line(QPoint(rect.right(), middle.y()), across),
    }
    assert all(sides.values()), sides
