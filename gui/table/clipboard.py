"""Blocks of cells on the clipboard: the tab-separated text of Excel and WPS, and tables of Word and of web pages."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape
from html.parser import HTMLParser

from PySide6.QtCore import QMimeData, QStringListModel

from model.values.markup import levelled, with_raised_digits

_TYPED = "application/x-jixiao-cells"
"""What was typed into the cells, beside what is shown of it: what is pasted here again is what it was."""
_FEW = 300
"""Rows up to which the table beside a text is asked for: a spreadsheet makes it when it is asked."""
_BLOCKS = {"p", "div", "li", "h1", "h2", "h3", "h4", "h5", "h6"}
_UNSEEN = {"style", "script"}
_AS_TEXT = """ style="mso-number-format:'\\@'" sdnum="0;0;@\""""
"""How Excel and WPS, and LibreOffice, are told that a cell is a text."""
_BREAK = '<br style="mso-data-placement:same-cell">'
_SPACES = re.compile(r"[ \t\r\n\f\xa0]+")
_WRAPPED = re.compile(r"(?<=[^\x00-\xff])[ \t]*[\r\n]+[ \t]*(?=[^\x00-\xff])")
"""A line end of the page's own text between Chinese characters, which nobody sees."""
_NUMBER = re.compile(r"-?(?:0|[1-9]\d{0,14})(?:\.\d+|\.\d\d%)?")
"""What a spreadsheet shows as it stands here when it takes it for a number."""


def copied_rows(data: QMimeData) -> list[list[str]]:
    """The cells of whatever was copied: its text, or the table of a web page without one. No row for a picture.

    Where text and table say the same, the table counts: Word breaks the rows of its text at each paragraph of a cell,
    LibreOffice leaves line breaks within cells out of it, and no text raises its digits.
    """
    if data.hasFormat(_TYPED):
        return from_tsv(bytes(data.data(_TYPED).data()).decode())
    rows = from_tsv(data.text()) if data.text().strip() else []
    if (not rows or len(rows) <= _FEW) and data.hasHtml():
        table = from_html(data.html())
        if not rows or _said(table) == _said(rows):
            return _with_breaks(rows, table)
    return rows


def copied(rows: Sequence[Sequence[str]], typed: Sequence[Sequence[str]] = ()) -> QMimeData:
    """Rows for the clipboard, as text and as a table: a spreadsheet takes its texts as texts (=12期 is no formula).

    ``typed`` are the rows this program takes instead.
    """
    data = _empty()
    if typed:
        data.setData(_TYPED, to_tsv(typed).encode())
    data.setText(to_tsv(rows))
    data.setHtml(to_html(rows))
    return data


def _empty() -> QMimeData:
    """One that Qt made: not every platform gets over one of Python's own on the clipboard when Python has ended."""
    model = QStringListModel([""])
    data = model.mimeData([model.index(0)])
    data.clear()
    return data


def copied_files(data: QMimeData) -> list[str]:
    """The names of the files that were copied, where it is files."""
    return [url.fileName() for url in data.urls() if url.isLocalFile()]


def _said(rows: Sequence[Sequence[str]]) -> str:
    """All that stands in cells, without white space and with every digit on the line."""
    return levelled("".join("".join(cell.split()) for row in rows for cell in row))


def _with_breaks(rows: list[list[str]], table: list[list[str]]) -> list[list[str]]:
    """The rows of a text with the line breaks and raised digits of its table; the table, where its rows are others."""
    if [len(row) for row in rows] != [len(row) for row in table]:
        return table
    cells = (zip(row, beside, strict=True) for row, beside in zip(rows, table, strict=True))
    return [[other if _tells_more(other, cell) else cell for cell, other in row] for row in cells]


def _tells_more(other: str, cell: str) -> bool:
    has_raised = levelled(cell) == cell and levelled(other) != other
    return has_raised or ("\n" in other and "\n" not in cell)


# Tables


def from_html(text: str) -> list[list[str]]:
    """The cells of the tables of a page; a merged cell stands in its first row and column, as Excel copies it.

    Of tables within tables those count that hold the most cells: what is around them only lays them out, and what is
    in their cells is text there.
    """
    reader = _Page()
    reader.feed(with_raised_digits(text))
    reader.close()
    return reader.rows()


class _Table:
    """One table while it is read."""

    def __init__(self) -> None:
        self.rows: list[list[str]] = []
        self._covered: dict[int, int] = {}
        self._column = -1
        self._gap = ""

    def start_row(self) -> None:
        """A row begins."""
        self.end_cell()
        self._covered = {column: rows - 1 for column, rows in self._covered.items() if rows > 1}
        self.rows.append([])

    def start_cell(self, across: int, down: int) -> None:
        """A cell begins, right of what merged cells of rows above cover."""
        if not self.rows:
            self.start_row()
        self.end_cell()
        row = self.rows[-1]
        while self._covered.get(len(row), 0) > 0:
            row.append("")
        self._column = len(row)
        row += [""] * across
        if down > 1:
            self._covered |= {self._column + offset: down for offset in range(across)}

    def end_cell(self) -> None:
        """The cell ends."""
        self._column, self._gap = -1, ""

    def add(self, text: str) -> None:
        """More text for the open cell; white space at its ends is none, and one space or line break within it."""
        row = self.rows[-1] if self.rows else []
        if self._column < 0:
            return
        if text.strip(" ") and row[self._column]:
            row[self._column] += self._gap or (" " if text.startswith(" ") else "")
        row[self._column] += text.strip(" ")
        if text.strip(" "):
            self._gap = ""
        if text.endswith(" "):
            self.part(" ")

    def part(self, gap: str) -> None:
        """What follows in the open cell stands apart from what came before, by no less than this."""
        if "\n" not in self._gap:
            self._gap = gap

    def break_line(self) -> None:
        """One line break more, whatever parts it already."""
        self._gap = self._gap.strip(" ") + "\n"


class _Page(HTMLParser):
    """Collects the tables of a page by how deep they lie within each other."""

    def __init__(self) -> None:
        super().__init__()
        self._tables: dict[int, list[_Table]] = {}
        self._open: list[_Table] = []
        self._unseen = 0

    def rows(self) -> list[list[str]]:
        """The rows of the tables that hold the most cells."""
        depths = [[row for table in tables for row in table.rows] for tables in self._tables.values()]
        return max(depths, key=lambda rows: sum(bool(cell) for row in rows for cell in row), default=[])

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A table, a row, a cell, a line break within one."""
        if tag == "table" or (tag == "tr" and not self._open):
            self._open.append(_Table())
            self._tables.setdefault(len(self._open), []).append(self._open[-1])
        if tag in _UNSEEN:
            self._unseen += 1
        elif tag == "tr":
            self._part("\n")
            self._open[-1].start_row()
        elif tag in {"td", "th"} and self._open:
            self._part(" ")
            spans = dict(attrs)
            self._open[-1].start_cell(_span(spans.get("colspan")), _span(spans.get("rowspan")))
        elif tag == "br":
            for table in self._open:
                table.break_line()
        elif tag in _BLOCKS:
            self._part("\n")

    def handle_endtag(self, tag: str) -> None:
        """The end of a table, of a cell, of what is not shown."""
        if tag == "table" and self._open:
            self._open.pop().end_cell()
        elif tag in {"td", "th"} and self._open:
            self._open[-1].end_cell()
        elif tag in _UNSEEN:
            self._unseen = max(0, self._unseen - 1)
        elif tag in _BLOCKS:
            self._part("\n")

    def handle_data(self, data: str) -> None:
        """Text of a cell, and so of each cell around it."""
        if not self._unseen:
            text = _SPACES.sub(" ", _WRAPPED.sub("", data))
            for table in self._open:
                table.add(text)

    def _part(self, gap: str) -> None:
        for table in self._open:
            table.part(gap)


def _span(text: str | None) -> int:
    return max(1, min(int(text), 100)) if text is not None and text.isascii() and text.isdigit() else 1


def to_html(rows: Sequence[Sequence[str]]) -> str:
    """Rows as a table; Excel and WPS take every cell but plain numbers as the text it is."""
    lines = "".join(f"<tr>{''.join(map(_cell, row))}</tr>" for row in rows)
    head = '<meta http-equiv="content-type" content="text/html; charset=utf-8">'
    return f"<html><head>{head}</head><body><table>{lines}</table></body></html>"


def _cell(text: str) -> str:
    kind = "" if _NUMBER.fullmatch(text) else _AS_TEXT
    return f"<td{kind}>{escape(text).replace(chr(10), _BREAK)}</td>"


# Text


def to_tsv(rows: Sequence[Sequence[str]]) -> str:
    """Rows as Excel writes them: a cell with a line break or a tab stands in quotes, its own quotes doubled."""
    return "".join("\t".join(_quoted(cell) for cell in row) + "\r\n" for row in rows)


def from_tsv(text: str) -> list[list[str]]:
    """The cells of a copied block, line breaks within a cell as ``\\n``. No row for an empty text.

    Quotes count only where Excel writes them: around a whole cell that needs them. ``“创·在上海”`` and ``"A" 类``
    stay as they are.
    """
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    if not text:
        return []
    if '"' not in text:
        return [line.split("\t") for line in text.removesuffix("\n").split("\n")]
    rows: list[list[str]] = [[]]
    position = 0
    while True:
        cell, position = _next_cell(text, position)
        rows[-1].append(cell)
        if position >= len(text):
            break
        if text[position] == "\n":
            if position + 1 == len(text):
                break
            rows.append([])
        position += 1
        if position == len(text):
            rows[-1].append("")
            break
    return rows


def _quoted(cell: str) -> str:
    if "\n" in cell or "\t" in cell or "\r" in cell:
        return '"' + cell.replace('"', '""') + '"'
    return cell


def _next_cell(text: str, start: int) -> tuple[str, int]:
    """The cell that starts here and where it ends: at a tab, a line break or the end of the text."""
    if text.startswith('"', start):
        quoted = _quoted_cell(text, start)
        if quoted is not None:
            return quoted
    ends = [end for end in (text.find("\t", start), text.find("\n", start)) if end >= 0]
    end = min(ends, default=len(text))
    return text[start:end], end


def _quoted_cell(text: str, start: int) -> tuple[str, int] | None:
    """A cell in quotes and where it ends, or None when these quotes are part of what was written."""
    position = start + 1
    while (position := text.find('"', position)) >= 0:
        if text.startswith('""', position):
            position += 2
            continue
        end = position + 1
        inner = text[start + 1 : position]
        is_whole = end == len(text) or text[end] in "\t\n"
        is_needed = "\n" in inner or "\t" in inner or '""' in inner
        return (inner.replace('""', '"'), end) if is_whole and is_needed else None
    return None
