"""How much of each given form the grid shows at the sizes real screens leave: make measure-window."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from gui.app import make_application, make_window
from gui.main_window import MainWindow
from gui.table.grid import Grid
from gui.table.rows import RowKind
from gui.views.project_page import FormPage
from model.findings import Place
from model.forms import FORMS
from model.records import Form

ROOT = Path(__file__).parent.parent.parent
SIZES = ((1366, 689), (911, 459), (1024, 700), (1280, 633), (1920, 1000))
SETTLING = 3
"""Turns of the event loop until everything is laid out."""
LINES_IN_VIEW_AT_LEAST = {(1366, 689): 250, (911, 459): 120}
"""The least body of the grid with the lines of the four sections in view."""
BODY_AT_LEAST = {(1366, 689): 350, (911, 459): 200}


@dataclass(frozen=True, slots=True)
class Room:
    """What is seen of one form: the height of the grid's body, lines whole in view of all, numbers cut."""

    name: str
    form: Form
    body: int
    whole: int
    lines: int
    cut: int


def rooms(window: MainWindow, size: tuple[int, int]) -> Iterator[Room]:
    """Every form of the open store with the cursor on its first indicator, and a key pressed there."""
    window.resize(*size)
    QApplication.processEvents()
    document = window.document
    for summary in document.summaries():
        document.select_project(summary.id)
        project = document.project
        assert project is not None
        for form in FORMS:
            lines = project.indicators(form)
            if not lines:
                continue
            document.set_form(form)
            window.go_to(Place(form, "name", lines[0].id))
            grid = window.page.table
            _settle()
            QTest.keyClick(grid, Qt.Key.Key_Home)
            _settle()
            yield Room(
                project.project_name,
                form,
                body_of(window.page.page),
                whole_lines(grid),
                len(lines),
                numbers_cut(grid),
            )


def body_of(page: FormPage) -> int:
    """The height rows have between headings and totals; what is left over above the totals is less than a row."""
    return page.table.viewport().height() + page.total.height() - page.total.sizeHint().height()


def _settle() -> None:
    for _ in range(SETTLING):
        QApplication.processEvents()


def with_lines_in_view(window: MainWindow, size: tuple[int, int]) -> int:
    """The height of the grid's body while the lines of all four sections are in view, folded."""
    window.resize(*size)
    page = window.page.page
    page.panel.set_open(is_open=False)
    page.show_lines()
    page.sheet.scroll_to_top()
    _settle()
    assert not any(line.visibleRegion().isEmpty() for line in (*(fold.line for fold in page.panel.folds), page.lines))
    return body_of(page)


def whole_lines(grid: Grid) -> int:
    """How many indicators are in view from edge to edge."""
    height = grid.viewport().height()
    tops = [
        (grid.rowViewportPosition(row), grid.rowHeight(row))
        for row in range(grid.rows.rowCount())
        if grid.rows.rows[row].kind is RowKind.LINE
    ]
    return sum(top >= 0 and top + room <= height for top, room in tops)


def numbers_cut(grid: Grid) -> int:
    """How many numbers of the grid are wider than their column."""
    cells, cut = grid.painting.cells, 0
    for number, column in enumerate(grid.rows.columns):
        if column.is_number:
            fraction = grid.painting.fraction(number)
            texts = grid.rows.numbers(number)
            cut += sum(cells.number_width(text, fraction) > grid.columnWidth(number) for text in texts)
    return cut


def main() -> int:
    """Print a line for each size and form; 1 when one has less room than promised."""
    make_application(["room"])
    failed = False
    with tempfile.TemporaryDirectory() as folder:
        store = Path(folder) / "room.jixiao"
        shutil.copyfile(ROOT / "resources" / "example.jixiao", store)
        window = make_window(Path(folder) / "room.ini")
        window.show()
        window.open_at_start(store)
        QApplication.processEvents()
        for size in SIZES:
            found = list(rooms(window, size))
            for room in found:
                print(
                    f"{size[0]}×{size[1]}  {room.body:4} px  {room.whole:2} of {room.lines:2} lines  "
                    f"{room.cut} cut  {room.form} {room.name}"
                )
            least = BODY_AT_LEAST.get(size, 0)
            in_view, wanted = with_lines_in_view(window, size), LINES_IN_VIEW_AT_LEAST.get(size, 0)
            failed = failed or in_view < wanted
            print(f"{size[0]}×{size[1]}: body {in_view} px with four section lines in view (at least {wanted})")
            failed = failed or any(room.body < least or room.cut for room in found)
            print(
                f"{size[0]}×{size[1]}: body {min(room.body for room in found)} px (at least {least}), "
                f"{min(room.whole for room in found)}–{max(room.whole for room in found)} lines whole, "
                f"{sum(room.cut for room in found)} numbers cut"
            )
        window.close()
    return int(failed)


if __name__ == "__main__":
    raise SystemExit(main())
