"""The body of a Word document as one grid: a row for every paragraph outside tables, and the rows of the tables.

The document is walked as it is written, not by python-docx's own rows: those miss content controls, accepted
insertions, and rows with other columns than the first.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from docx.oxml.ns import qn

from model.recognition import Grid, Place
from model.values.characters import about_unprintable, printable
from model.values.markup import raised

_NESTING = 20
_TRANSPARENT = frozenset(
    qn(name) for name in ("w:sdt", "w:sdtContent", "w:ins", "w:moveTo", "w:smartTag", "w:customXml", "w:hyperlink")
)
_GONE = frozenset(qn(name) for name in ("w:del", "w:moveFrom", "w:rPrChange", "w:pPrChange", "w:instrText"))
_P, _TBL, _TR, _TC = qn("w:p"), qn("w:tbl"), qn("w:tr"), qn("w:tc")
_TEXT, _SYMBOL, _BOX = qn("w:t"), qn("w:sym"), qn("w:txbxContent")
_LEVEL = f"{qn('w:rPr')}/{qn('w:vertAlign')}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_SIGNS = {qn("w:tab"): "\t", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-"}
_NUMBERED = "前面有自动编号，编号没有导入，请核对"
_SYMBOLS = "有用符号字体画的符号，没有导入，请核对"
_NO_ROOM = "表格套得太深，里面的内容没有导入"


@dataclass(slots=True)
class WordGrid:
    """The grid as it grows. ``tables`` counts those met, ``origin`` says where each cell stands in the document."""

    texts: dict[Place, str] = field(default_factory=dict)
    spans: dict[Place, tuple[int, int]] = field(default_factory=dict)
    notes: dict[Place, str] = field(default_factory=dict)
    origin: dict[Place, tuple[int, int, int]] = field(default_factory=dict)
    rows: int = 0
    tables: int = 0

    def grid(self) -> Grid:
        """What the recogniser takes."""
        return Grid(self.texts, spans=self.spans, notes=self.notes)

    def where(self, place: Place) -> str:
        """A cell in words: its table, row and column there, or that it is a paragraph."""
        if place not in self.origin:
            return f"第{place[0] + 1}行"
        table, row, column = self.origin[place]
        return f"第{table}个表格第{row}行第{column}列"

    def add(self, place: Place, text: _Text) -> None:
        """Take the text of a cell or a paragraph."""
        if text.text.strip():
            self.texts[place] = printable(text.text)
        if said := about_unprintable(text.text):
            self.notes[place] = said
        for note, is_true in ((_NUMBERED, text.is_numbered), (_SYMBOLS, text.has_symbols)):
            if is_true and text.text.strip():
                self.notes.setdefault(place, note)


@dataclass(slots=True)
class _Text:
    """A text with what it has that is no text."""

    text: str = ""
    is_numbered: bool = False
    has_symbols: bool = False


def grid_of(body: Any) -> WordGrid:
    """The grid of the body of a document, an element of python-docx."""
    grid = WordGrid()
    _walk(body, grid, _NESTING)
    return grid


def _walk(parent: Any, grid: WordGrid, depth: int) -> None:
    for element in _children(parent):
        if element.tag == _P:
            for text in _texts_of(element):
                if text.text.strip():
                    grid.add((grid.rows, 0), text)
                    grid.rows += 1
        elif element.tag == _TBL:
            _table(element, grid, depth)


def _children(parent: Any) -> Iterator[Any]:
    """The paragraphs, tables, rows or cells within, through everything that only wraps them."""
    for element in parent:
        if element.tag in _TRANSPARENT:
            yield from _children(element)
        elif element.tag not in _GONE:
            yield element


def _table(table: Any, grid: WordGrid, depth: int) -> None:
    grid.tables += 1
    number = grid.tables
    open_cells: dict[int, Place] = {}
    for count, row in enumerate((one for one in _children(table) if one.tag == _TR), start=1):
        if row.find(f"{qn('w:trPr')}/{qn('w:del')}") is not None:
            continue
        top = grid.rows
        grid.rows += 1
        column = _number(row, "w:trPr", "w:gridBefore", 0)
        nested: list[Any] = []
        for order, cell in enumerate((one for one in _children(row) if one.tag == _TC), start=1):
            width = max(1, _number(cell, "w:tcPr", "w:gridSpan", 1))
            nested += _cell(cell, grid, open_cells, (top, column), width)
            grid.origin[top, column] = number, count, order
            column += width
        for inner in nested:
            if depth:
                _table(inner, grid, depth - 1)
            else:
                grid.notes[top, 0] = _NO_ROOM
    grid.spans = {place: span for place, span in grid.spans.items() if span != (1, 1)}


def _cell(cell: Any, grid: WordGrid, open_cells: dict[int, Place], place: Place, width: int) -> list[Any]:
    """Take a cell, or the part of one that is merged with the cell above; gives the tables that stand in it."""
    texts: list[_Text] = []
    nested: list[Any] = []
    for element in _children(cell):
        if element.tag == _P:
            texts += _texts_of(element)
        elif element.tag == _TBL:
            nested.append(element)
    text = _Text(
        "\n".join(one.text for one in texts).strip("\n"),
        is_numbered=any(one.is_numbered and one.text.strip() for one in texts),
        has_symbols=any(one.has_symbols for one in texts),
    )
    merge = cell.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
    above = open_cells.get(place[1])
    if merge is not None and merge.get(qn("w:val"), "continue") != "restart" and above is not None:
        grid.spans[above] = place[0] - above[0] + 1, width
        if text.text.strip():  # hidden in Word, and yet there
            grid.add(place, text)
        return nested
    if merge is not None:
        open_cells[place[1]] = place
    else:
        open_cells.pop(place[1], None)
    grid.spans[place] = 1, width
    grid.add(place, text)
    return nested


def _number(element: Any, properties: str, name: str, default: int) -> int:
    found = element.find(f"{qn(properties)}/{qn(name)}")
    value = found.get(qn("w:val"), "") if found is not None else ""
    return int(value) if value.isascii() and value.isdigit() and len(value) < 5 else default


def _written(text: Any) -> str:
    """A stretch of text; digits that are raised or lowered are none of the number they stand behind."""
    level, written = text.getparent().find(_LEVEL), text.text or ""
    how = level.get(qn("w:val")) if level is not None else ""
    return raised(written, is_lowered=how == "subscript") if how in {"superscript", "subscript"} else written


def _texts_of(paragraph: Any) -> list[_Text]:
    """The text of a paragraph, and after it those of the boxes anchored in it."""
    own = _Text(is_numbered=paragraph.find(f"{qn('w:pPr')}/{qn('w:numPr')}") is not None)
    boxes: list[Any] = []
    parts: list[str] = []
    waiting = list(reversed(paragraph))
    while waiting:
        element = waiting.pop()
        if element.tag == _TEXT:
            parts.append(_written(element))
        elif element.tag in _SIGNS:
            parts.append(_SIGNS[element.tag])
        elif element.tag == _SYMBOL:
            own.has_symbols = True
        elif element.tag == _BOX:
            boxes.append(element)
        elif element.tag not in _GONE and element.tag != _FALLBACK:
            waiting += reversed(element)
    own.text = "".join(parts)
    within = [text for box in boxes for inner in _children(box) if inner.tag == _P for text in _texts_of(inner)]
    return [own, *within]
