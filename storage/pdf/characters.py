"""The characters and the drawn lines of a PDF page, by pdfium: where they stand as a person sees the page.

All lengths are whole hundredths of a point from the upper left corner of the page as it is shown, turned pages too.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium
from pypdfium2 import PdfPage

from model.recognition.radicals import without_radicals

HUNDREDTHS = 100
_STRAIGHT = 60
"""How far a line may lean and still count as upright or level."""
_THIN = 300
"""A filled area no thicker than this is a drawn line: so word processors draw the borders of their tables."""
_NESTING = 8
_QUARTER = 90
_LONGEST = 100_000_00
"""No page is longer; what lies further out was drawn for nobody."""


class Box(NamedTuple):
    """A rectangle on a page, in hundredths of a point from its upper left corner."""

    left: int
    top: int
    right: int
    bottom: int

    @property
    def width(self) -> int:
        """How wide it is."""
        return self.right - self.left

    @property
    def height(self) -> int:
        """How high it is."""
        return self.bottom - self.top

    @property
    def middle(self) -> tuple[int, int]:
        """The point in its middle."""
        return (self.left + self.right) // 2, (self.top + self.bottom) // 2


@dataclass(frozen=True, slots=True)
class Character:
    """One character as drawn. ``run`` is the same for those the file draws in one go."""

    text: str
    box: Box
    run: int


class Rule(NamedTuple):
    """A drawn line: ``at`` across its direction, from ``start`` to ``end`` along it."""

    at: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class DrawnPage:
    """What is drawn on a page. ``number`` counts from 1; ``pictures`` is how many images it shows."""

    number: int
    width: int
    height: int
    characters: tuple[Character, ...]
    level: tuple[Rule, ...]
    upright: tuple[Rule, ...]
    pictures: int = 0


def drawn(page: PdfPage, number: int) -> DrawnPage:
    """A page of an open document, read."""
    view = _View.of(page)
    level: list[Rule] = []
    upright: list[Rule] = []
    pictures = 0
    for kind, item, matrix in _objects(page):
        if kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            pictures += 1
        elif kind == pdfium.FPDF_PAGEOBJ_PATH:
            for box in _drawn_lines(item, matrix, view):
                if box.height <= box.width:
                    level.append(Rule(box.middle[1], box.left, box.right))
                else:
                    upright.append(Rule(box.middle[0], box.top, box.bottom))
    characters = tuple(_characters(page, view))
    return DrawnPage(number, view.width, view.height, characters, tuple(level), tuple(upright), pictures)


Matrix = tuple[Any, Any, Any, Any, Any, Any]
_SAME: Matrix = (1, 0, 0, 1, 0, 0)


@dataclass(frozen=True, slots=True)
class _View:
    """How the page is shown: its visible part, turned by ``rotation`` degrees."""

    left: int
    bottom: int
    right: int
    top: int
    rotation: int

    @classmethod
    def of(cls, page: PdfPage) -> _View:
        left, bottom, right, top = (_hundredths(edge) for edge in page.get_cropbox())
        return cls(left, bottom, right, top, page.get_rotation() % (4 * _QUARTER))

    @property
    def width(self) -> int:
        is_turned = self.rotation % (2 * _QUARTER) != 0
        return self.top - self.bottom if is_turned else self.right - self.left

    @property
    def height(self) -> int:
        is_turned = self.rotation % (2 * _QUARTER) != 0
        return self.right - self.left if is_turned else self.top - self.bottom

    def box(self, x0: Any, y0: Any, x1: Any, y1: Any) -> Box:
        """A rectangle between two corners in points of the page as it is shown."""
        one, other = self._point(_hundredths(x0), _hundredths(y0)), self._point(_hundredths(x1), _hundredths(y1))
        return Box(min(one[0], other[0]), min(one[1], other[1]), max(one[0], other[0]), max(one[1], other[1]))

    def _point(self, x: int, y: int) -> tuple[int, int]:
        match self.rotation // _QUARTER:
            case 0:
                return x - self.left, self.top - y
            case 1:
                return y - self.bottom, x - self.left
            case 2:
                return self.right - x, y - self.bottom
            case _:
                return self.top - y, self.right - x


def _hundredths(points: Any) -> int:
    """A length in points as whole hundredths, kept within reason."""
    try:
        return int(max(-_LONGEST, min(_LONGEST, round(points * HUNDREDTHS))))
    except (OverflowError, ValueError):  # no number at all
        return 0


def _objects(page: PdfPage) -> Iterator[tuple[int, Any, Matrix]]:
    """Everything drawn on a page, parts within parts too: its kind, itself, and where its coordinates lie."""
    count = pdfium.FPDFPage_CountObjects(page.raw)
    yield from _parts((pdfium.FPDFPage_GetObject(page.raw, number) for number in range(count)), _SAME, _NESTING)


def _parts(items: Iterator[Any], matrix: Matrix, depth: int) -> Iterator[tuple[int, Any, Matrix]]:
    for item in items:
        kind = pdfium.FPDFPageObj_GetType(item)
        own = _combined(_matrix(item), matrix)
        if kind == pdfium.FPDF_PAGEOBJ_FORM and depth:
            inner = (
                pdfium.FPDFFormObj_GetObject(item, number) for number in range(pdfium.FPDFFormObj_CountObjects(item))
            )
            yield from _parts(inner, own, depth - 1)
        else:
            yield kind, item, own


def _matrix(item: Any) -> Matrix:
    found = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(item, found):
        return _SAME
    return found.a, found.b, found.c, found.d, found.e, found.f


def _combined(inner: Matrix, outer: Matrix) -> Matrix:
    a, b, c, d, e, f = inner
    oa, ob, oc, od, oe, of = outer
    return (
        a * oa + b * oc,
        a * ob + b * od,
        c * oa + d * oc,
        c * ob + d * od,
        e * oa + f * oc + oe,
        e * ob + f * od + of,
    )


def _drawn_lines(path: Any, matrix: Matrix, view: _View) -> Iterator[Box]:
    """The upright and level lines of a path: its strokes, and filled areas too thin to be anything else."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    if not pdfium.FPDFPath_GetDrawMode(path, fill, stroke):
        return
    for points, is_curved in _outlines(path, matrix):
        edges = [view.box(*one, *other) for one, other in pairwise(points)]
        if stroke.value:
            yield from (edge for edge in edges if min(edge.width, edge.height) <= _STRAIGHT)
        elif fill.value and edges and not is_curved:
            around = Box(
                min(edge.left for edge in edges),
                min(edge.top for edge in edges),
                max(edge.right for edge in edges),
                max(edge.bottom for edge in edges),
            )
            if min(around.width, around.height) <= _THIN:
                yield around


def _outlines(path: Any, matrix: Matrix) -> Iterator[tuple[list[tuple[Any, Any]], bool]]:
    """The points of each part of a path on the page, and whether it has curves."""
    a, b, c, d, e, f = matrix
    points: list[tuple[Any, Any]] = []
    is_curved = False
    x, y = ctypes.c_float(), ctypes.c_float()
    for number in range(pdfium.FPDFPath_CountSegments(path)):
        segment = pdfium.FPDFPath_GetPathSegment(path, number)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        if not pdfium.FPDFPathSegment_GetPoint(segment, x, y):
            continue
        if kind == pdfium.FPDF_SEGMENT_MOVETO and points:
            yield points, is_curved
            points, is_curved = [], False
        is_curved = is_curved or kind == pdfium.FPDF_SEGMENT_BEZIERTO
        points.append((a * x.value + c * y.value + e, b * x.value + d * y.value + f))
        if pdfium.FPDFPathSegment_GetClose(segment):
            points.append(points[0])
    if points:
        yield points, is_curved


def _characters(page: PdfPage, view: _View) -> Iterator[Character]:
    """The characters in the order of the file; what is drawn twice to look bold comes once."""
    text = page.get_textpage()
    try:
        seen: dict[str, tuple[int, Box]] = {}
        rectangle = pdfium.FS_RECTF()
        for number in range(text.count_chars()):
            code = pdfium.FPDFText_GetUnicode(text.raw, number)
            if pdfium.FPDFText_IsGenerated(text.raw, number) == 1 or not pdfium.FPDFText_GetLooseCharBox(
                text.raw, number, rectangle
            ):
                continue
            sign = chr(code) if code and code not in range(0xD800, 0xE000) else ""
            if not sign or sign in "\r\n":
                continue
            box = view.box(rectangle.left, rectangle.bottom, rectangle.right, rectangle.top)
            before = seen.get(sign)
            if before is not None and before[0] != number - 1 and _is_same_place(before[1], box):
                continue  # two signs that follow one another in one place are one glyph, such as a long dash
            seen[sign] = number, box
            item = pdfium.FPDFText_GetTextObject(text.raw, number)
            yield Character(without_radicals(sign), box, ctypes.cast(item, ctypes.c_void_p).value or 0)
    finally:
        text.close()


def _is_same_place(one: Box, other: Box) -> bool:
    return all(abs(a - b) <= _STRAIGHT for a, b in zip(one, other, strict=True))
