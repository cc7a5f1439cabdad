"""PDF files for the tests, drawn by Qt: printed sheets with ruled cells, or any texts and lines at all."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from PySide6.QtCore import QMarginsF, QRectF, Qt
from PySide6.QtGui import QFont, QImage, QPageSize, QPainter, QPdfWriter, QPen

from model.forms import FORMS
from model.records import Form, Project
from model.settings import Settings
from model.sheets import Sheet, declaration_sheet, evaluation_sheet
from model.sheets.layout import SheetCell

WIDTH = 535
LEFT = 30
TOP = 40
ROOM = 760
_SCALE = 10
_HOW = int(Qt.TextFlag.TextWrapAnywhere) | int(Qt.AlignmentFlag.AlignVCenter) | int(Qt.AlignmentFlag.AlignLeft)


class Paper:
    """A PDF file being drawn. Lengths are in points from the upper left corner of the page."""

    def __init__(self, path: Path) -> None:
        self._writer = QPdfWriter(str(path))
        self._writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
        self._writer.setPageMargins(QMarginsF(0, 0, 0, 0))
        self._writer.setResolution(72 * _SCALE)
        self._painter = QPainter(self._writer)
        self.font(9)

    def font(self, size: int) -> None:
        font = QFont(["Droid Sans Fallback", "WenQuanYi Micro Hei"])
        font.setPixelSize(size * _SCALE)
        self._painter.setFont(font)

    def text(self, text: str, left: int, top: int, width: int, height: int) -> None:
        area = QRectF((left + 2) * _SCALE, top * _SCALE, (width - 4) * _SCALE, height * _SCALE)
        self._painter.drawText(area, _HOW, text)

    def height_of(self, text: str, width: int) -> int:
        area = QRectF(0, 0, (width - 4) * _SCALE, 100_000)
        found = self._painter.boundingRect(area, _HOW, text)
        return int(found.height() / _SCALE) + 6

    def box(self, left: int, top: int, width: int, height: int) -> None:
        self._painter.setPen(QPen(Qt.GlobalColor.black, 5))
        self._painter.drawRect(QRectF(left * _SCALE, top * _SCALE, width * _SCALE, height * _SCALE))

    def picture(self) -> None:
        image = QImage(200, 200, QImage.Format.Format_RGB32)
        image.fill(Qt.GlobalColor.gray)
        self._painter.drawImage(QRectF(0, 0, 5000, 7000), image)

    def page(self) -> None:
        self._writer.newPage()

    def end(self) -> None:
        self._painter.end()


def printed(projects: Iterable[Project]) -> list[Sheet]:
    """The printed sheets of projects."""
    return [
        (declaration_sheet if kind is Form.DECLARATION else evaluation_sheet)(project, Settings())
        for project in projects
        for kind in FORMS
        if project.form(kind) is not None
    ]


def draw(path: Path, sheets: Sequence[Sheet], *, room: int = ROOM, ruled: bool = True) -> Path:
    """Sheets with or without their lines, a page as soon as ``room`` is used up; merged cells are cut there."""
    paper = Paper(path)
    for number, sheet in enumerate(sheets):
        if number:
            paper.page()
        _draw_sheet(paper, sheet, room, ruled=ruled)
    paper.end()
    return path


def _draw_sheet(paper: Paper, sheet: Sheet, room: int, *, ruled: bool) -> None:
    total = sum(sheet.columns)
    edges = [LEFT + int(WIDTH * sum(sheet.columns[:count]) / total) for count in range(len(sheet.columns) + 1)]
    rows = max(cell.row + cell.row_span for cell in sheet.cells)
    heights = [
        max(
            (
                paper.height_of(cell.text, edges[cell.column + cell.column_span] - edges[cell.column])
                for cell in sheet.cells
                if cell.row == row and cell.row_span == 1
            ),
            default=20,
        )
        for row in range(rows)
    ]
    for cell in (cell for cell in sheet.cells if cell.row_span > 1):
        needed = paper.height_of(cell.text, edges[cell.column + cell.column_span] - edges[cell.column])
        last = cell.row + cell.row_span
        heights[last - 1] += max(0, needed - sum(heights[cell.row : last]))
    start, top, page = 0, TOP, 1
    tops: list[int] = []
    for row in range(rows + 1):
        if row == rows or top + heights[row] > TOP + room:
            _draw_rows(paper, sheet.cells, edges, range(start, row), [*tops, top], ruled=ruled)
            paper.text(f"第 {page} 页", 280, 815, 60, 15)
            if row == rows:
                break
            paper.page()
            start, top, tops, page = row, TOP, [], page + 1
        tops.append(top)
        top += heights[row]


def _draw_rows(
    paper: Paper, cells: Iterable[SheetCell], edges: list[int], rows: range, tops: list[int], *, ruled: bool
) -> None:
    for cell in cells:
        first, last = max(cell.row, rows.start), min(cell.row + cell.row_span, rows.stop)
        if first >= last:
            continue
        left, right = edges[cell.column], edges[cell.column + cell.column_span]
        top, bottom = tops[first - rows.start], tops[last - rows.start]
        if ruled and cell.style not in ("title", "year_line", "heading"):
            paper.box(left, top, right - left, bottom - top)
        if cell.row in rows:
            paper.text(cell.text, left, top, right - left, bottom - top)
