"""What LibreOffice really prints of a workbook: every word of its PDF, put back into the cell it stands in."""

from __future__ import annotations

import shutil
import subprocess
from collections import Counter
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from xml.etree import ElementTree

import pytest

from model.sheets import STYLES, Sheet, SheetCell

needs_libreoffice = pytest.mark.skipif(
    not all(shutil.which(program) for program in ("soffice", "pdftotext")), reason="needs soffice and pdftotext"
)

_TOLERANCE = 2.0
_XHTML = "{http://www.w3.org/1999/xhtml}"


@dataclass(frozen=True)
class Word:
    """A word on a page with the box it is drawn in, in pt from the top left corner."""

    text: str
    left: float
    top: float
    right: float
    bottom: float

    @property
    def middle(self) -> tuple[float, float]:
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2


def to_pdf(workbook: Path) -> Path:
    """The workbook as LibreOffice prints it."""
    folder = workbook.parent
    subprocess.run(
        [
            "soffice",
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            "--headless",
            "--convert-to",
            "pdf",
            "--outdir",
            str(folder),
            str(workbook),
        ],
        check=True,
        capture_output=True,
        timeout=240,
    )
    return workbook.with_suffix(".pdf")


def text_of(pdf: Path) -> str:
    """All text of a PDF, in the order in which it was drawn."""
    done = subprocess.run(["pdftotext", "-raw", str(pdf), "-"], check=True, capture_output=True, timeout=60)
    return done.stdout.decode()


def pages_of(pdf: Path) -> list[list[Word]]:
    """The words of each page."""
    done = subprocess.run(["pdftotext", "-bbox", str(pdf), "-"], check=True, capture_output=True, timeout=60)
    root = ElementTree.fromstring(done.stdout)
    return [
        [
            Word(word.text or "", *(float(word.get(side, "")) for side in ("xMin", "yMin", "xMax", "yMax")))
            for word in page.iter(f"{_XHTML}word")
        ]
        for page in root.iter(f"{_XHTML}page")
    ]


def squeezed(text: str) -> str:
    """A text without any white space."""
    return "".join(text.split())


class PrintedSheet:
    """Where the cells of one sheet lie on its pages, found from the labels that stand on one line."""

    def __init__(self, sheet: Sheet, pages: list[list[Word]]) -> None:
        self.sheet = sheet
        self.pages = pages
        self._tops = [0.0, *accumulate(map(float, sheet.rows))]
        self._lefts = [0.0, *accumulate(map(float, sheet.columns))]
        first_rows = range(sheet.page_starts[0] if sheet.page_starts else len(sheet.rows))
        found = [
            (cell, word)
            for cell in sheet.cells
            if cell.row in first_rows and self._is_landmark(cell)
            for word in pages[0]
            if word.text == cell.text
        ]
        self._x = _line([(sum(self._across(cell)) / 2, word.middle[0]) for cell, word in found])
        self._y = _line([(sum(self._down(cell)) / 2, word.middle[1]) for cell, word in found])

    def misprinted(self) -> list[str]:
        """What is not printed whole inside its cell: the text, and what stands in its place or sticks out."""
        problems = []
        for cell, page in self._placed():
            left, right = (self._x[0] + self._x[1] * edge for edge in self._across(cell))
            top, bottom = (self._y[0] + self._y[1] * (edge - self._offset(page)) for edge in self._down(cell))
            inside = [w for w in self.pages[page] if left <= w.middle[0] <= right and top <= w.middle[1] <= bottom]
            if Counter(squeezed("".join(word.text for word in inside))) != Counter(squeezed(cell.text)):
                problems.append(f"{cell.text!r} prints as {[word.text for word in inside]}")
            problems += [
                f"{word.text!r} of {cell.text!r} sticks out"
                for word in inside
                if word.top < top - _TOLERANCE or word.bottom > bottom + _TOLERANCE
            ]
        return problems

    def _placed(self) -> list[tuple[SheetCell, int]]:
        """Every text with its page; texts that go on over a page break are left out."""
        starts = [0, *self.sheet.page_starts, len(self.sheet.rows)]
        return [
            (cell, page)
            for cell in self.sheet.cells
            if cell.text
            for page in range(len(starts) - 1)
            if starts[page] <= cell.row and cell.row + cell.row_span <= starts[page + 1]
        ]

    def _offset(self, page: int) -> float:
        """How much lower the rows of a page lie in the sheet than on the paper."""
        if page == 0:
            return 0.0
        start = self.sheet.page_starts[page - 1]
        first, last = self.sheet.header_rows
        repeated = self._tops[last + 1] - self._tops[first] if start > last else 0.0
        return self._tops[start] - repeated

    def _is_landmark(self, cell: SheetCell) -> bool:
        """Whether the middle of the cell's text is the middle of the cell, and the text is nowhere else."""
        facts = STYLES[cell.style]
        centred = facts.horizontal == facts.vertical == "center"
        return centred and len(cell.text) > 2 and sum(other.text == cell.text for other in self.sheet.cells) == 1

    def _across(self, cell: SheetCell) -> tuple[float, float]:
        return self._lefts[cell.column], self._lefts[cell.column + cell.column_span]

    def _down(self, cell: SheetCell) -> tuple[float, float]:
        return self._tops[cell.row], self._tops[cell.row + cell.row_span]


def _line(points: list[tuple[float, float]]) -> tuple[float, float]:
    """Offset and slope of the straight line nearest to the points."""
    count = len(points)
    mean_x, mean_y = (sum(values) / count for values in zip(*points, strict=True))
    slope = sum((x - mean_x) * (y - mean_y) for x, y in points) / sum((x - mean_x) ** 2 for x, _ in points)
    return mean_y - slope * mean_x, slope
