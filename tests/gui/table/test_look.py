"""How the grid looks: numbers under their points, labels beside signs, a selection that has not the keyboard."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from gui.desk.system_look import SystemColors
from gui.desk.theme import Theme, contrast
from gui.document.document import Document
from gui.table.cell_painting import BAR, CellPainter
from gui.table.cells import LevelView
from gui.table.columns import POINTS, SCORE, column_of
from gui.table.grid import Grid
from gui.table.total_row import TotalRow
from model.records import Form
from tests.gui.hands import at, document_of, evaluated, evaluated_line, press, shown_table, type_text

FORM = Form.EVALUATION
LEFT = Qt.AlignmentFlag.AlignLeft
NUMBERS = ("12.5", "13", "15", "15", "17.1", "17.4")
DUSK = Theme.contrast(SystemColors("#2d3236", "#ffffff", "#a6a6a6", "#a1bfde", "#70ebde"))
LEVELS = (("产出指标", "数量指标"), ("产出指标", "质量指标"), ("效益指标", "社会效益指标"))


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[tuple[Document, Grid]]:
    lines = (
        evaluated_line(f"l{n}", LEVELS[n // 2], name=f"指标{n}", target_text=">=8次", actual_text="8次", points=points)
        for n, points in enumerate(NUMBERS)
    )
    with document_of(tmp_path / "自评.jixiao", evaluated(*lines)) as document:
        document.set_form(FORM)
        yield document, shown_table(qtbot, document, FORM)


class Painted(CellPainter):
    """Notes where the points of the numbers it would paint stand, and the middles of the subtotals."""

    def __init__(self, theme: Theme, of: CellPainter) -> None:
        super().__init__(theme, of.fonts.body)
        self.points: dict[str, set[int]] = {}
        self.ends: dict[str, set[int]] = {}
        self.middles: list[tuple[str, int]] = []

    def paint_text(
        self, painter: QPainter, rect: QRect, text: str, color: str, alignment: Qt.AlignmentFlag = LEFT
    ) -> None:
        self.points.setdefault(text, set()).add(rect.right() - self.fraction(text))
        self.ends.setdefault(text, set()).add(rect.right())

    def paint_bold(self, painter: QPainter, rect: QRect, text: str, alignment: Qt.AlignmentFlag = LEFT) -> None:
        self.points.setdefault(text, set()).add(rect.right() - self.bold_fraction(text))
        self.ends.setdefault(text, set()).add(rect.right())

    def paint_small(
        self, painter: QPainter, rect: QRect, text: str, color: str, alignment: Qt.AlignmentFlag = LEFT
    ) -> None:
        if " / " in text:
            self.middles.append((text, rect.center().x()))


def test_that_points_scores_and_totals_stand_under_one_another_at_their_points_and_none_ends_behind_its_column(
    qtbot: QtBot, desk: tuple[Document, Grid]
) -> None:
    table = desk[1]
    total = TotalRow(table, table.rows)
    qtbot.addWidget(total)
    total.resize(table.width(), total.sizeHint().height())
    painted = table.painting.cells = Painted(table.painting.theme, table.painting.cells)
    table.grab()
    total.grab()
    for field, whole in ((POINTS, "100"), (SCORE, "100.00")):
        texts = {*(table.rows.index_of(f"l{n}", field).data() for n in range(len(NUMBERS))), whole}
        assert len(texts) == 6
        wider = max(0, table.painting.cells.bold_fraction(whole) - table.painting.cells.fraction(whole))
        places = set.union(*(painted.points[text] for text in texts))
        assert max(places) - min(places) <= wider  # bold decimals begin before those above, as they end with them
        assert painted.ends[whole] <= {max(set.union(*(painted.ends[text] for text in texts - {whole})))} or not wider


def test_that_subtotals_have_their_sign_in_line_over_all_levels(desk: tuple[Document, Grid]) -> None:
    table = desk[1]
    painted = table.painting.cells = Painted(table.painting.theme, table.painting.cells)
    table.grab()
    second = [(text, middle) for text, middle in painted.middles if table.columnWidth(0) < middle]
    assert sorted(text for text, _ in second) == ["25.50 / 25.5", "30.00 / 30", "34.50 / 34.5"]
    signs = set()
    for text, middle in second:
        score, points = text.split(" / ")
        signs.add(middle + (painted.small_width(score) - painted.small_width(points)) // 2)
    assert max(signs) - min(signs) <= 1


def test_that_the_computed_score_below_a_given_one_is_whole_in_its_column(qtbot: QtBot, tmp_path: Path) -> None:
    line = evaluated_line("l", LEVELS[0], target_text=">=8次", actual_text="8次", points="10", score="7")
    with document_of(tmp_path / "给分.jixiao", evaluated(line)) as document:
        document.set_form(FORM)
        table = shown_table(qtbot, document, FORM)
        cell = table.rows.cell(table.rows.index_of("l", SCORE).row(), column_of(FORM, SCORE))
        assert cell is not None
        assert cell.tag == "10.00"
        assert cell.mark is not None
        cells, width = table.painting.cells, table.columnWidth(column_of(FORM, SCORE))
        tag = cells.anatomy(cell, width, is_number=True).tag
        assert tag.width() >= cells.small_width("计算 10.00")
        assert tag.left() > BAR
        assert tag.right() < width


def test_that_a_label_leaves_the_sign_of_a_finding_free(desk: tuple[Document, Grid]) -> None:
    cells = desk[1].painting.cells
    label = LevelView("服务对象满意度指标", 1)
    width = cells.width("服务对象满意度") + 9

    def aside_of(aside: int) -> bool:
        """Whether something is painted in the last twelve pixels of a row."""
        image = QImage(width, cells.row_height, QImage.Format.Format_RGB32)
        image.fill(QColor(cells.theme.base))
        painter = QPainter(image)
        cells.paint_level(painter, label, image.rect(), (0, 0), is_first=False, aside=aside)
        painter.end()
        blank = QColor(cells.theme.base)
        places = ((x, y) for x in range(width - 12, width) for y in range(image.height()))
        return any(image.pixelColor(x, y) != blank for x, y in places)

    assert aside_of(0)
    assert not aside_of(12)


def test_that_a_selection_without_the_keyboard_is_grey_and_an_editor_keeps_its_row_tinted(
    qtbot: QtBot, desk: tuple[Document, Grid]
) -> None:
    table = desk[1]
    at(table, "l1")
    other = QLineEdit()
    qtbot.addWidget(other)
    tint = QColor(table.painting.theme.selection)

    def is_tinted() -> bool:
        rect = table.visualRect(table.rows.index_of("l1", "target_text"))
        return table.viewport().grab(rect).toImage().pixelColor(rect.width() - 12, 4) == tint

    assert is_tinted()
    type_text(table, "指")
    assert is_tinted()
    table.finish_editing()
    other.show()
    other.setFocus()
    qtbot.waitUntil(lambda: not table.hasFocus())
    assert not is_tinted()


@pytest.mark.parametrize("theme", [Theme.light(), Theme.dark(), DUSK], ids=["light", "dark", "dusk"])
@pytest.mark.parametrize("is_block", [False, True], ids=["a cell", "a block"])
def test_that_what_is_selected_is_seen_where_the_keyboard_is_elsewhere_and_is_no_line_of_the_grid(
    qtbot: QtBot, desk: tuple[Document, Grid], theme: Theme, is_block: bool
) -> None:
    table = desk[1]
    table.set_theme(theme)
    other = QLineEdit()
    qtbot.addWidget(other)
    other.show()
    other.setFocus()
    qtbot.waitUntil(lambda: not table.hasFocus())
    at(table, "l1", "target_text")
    here = table.currentIndex()
    if is_block:
        press(table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    rect = table.visualRect(here)
    image = table.viewport().grab(rect).toImage()
    edge, inside = (image.pixelColor(rect.width() // 2, y).name() for y in (0, 4))
    assert contrast(edge, inside) >= 3
    assert edge != theme.grid
