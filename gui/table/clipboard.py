"""Blocks of cells on the clipboard: the tab-separated text of Excel and WPS, and the tables of web pages."""

from __future__ import annotations

from collections.abc import Sequence
from html.parser import HTMLParser

from PySide6.QtCore import QMimeData


def copied_rows(data: QMimeData) -> list[list[str]]:
    """The cells of whatever was copied: its text, or the table of a web page without one. No row for a picture."""
    if data.text().strip():
        return from_tsv(data.text())
    return from_html(data.html()) if data.hasHtml() else []


def copied_files(data: QMimeData) -> list[str]:
    """The names of the files that were copied, where it is files."""
    return [url.fileName() for url in data.urls() if url.isLocalFile()]


def from_html(text: str) -> list[list[str]]:
    """The cells of the tables of a web page; a merged cell stands in its first row and column, as Excel copies it."""
    reader = _Tables()
    reader.feed(text)
    reader.close()
    return reader.rows


class _Tables(HTMLParser):
    """Collects rows and cells."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self._covered: dict[int, int] = {}
        self._is_in_cell = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A row, a cell, a line break within one."""
        if tag == "tr":
            self._covered = {column: rows - 1 for column, rows in self._covered.items() if rows > 1}
            self.rows.append([])
        elif tag in {"td", "th"} and self.rows:
            self._start_cell(dict(attrs))
        elif tag == "br" and self._is_in_cell:
            self.rows[-1][self._column] += "\n"

    def handle_endtag(self, tag: str) -> None:
        """The end of a cell."""
        if tag in {"td", "th"} and self._is_in_cell:
            self._is_in_cell = False
            self.rows[-1][self._column] = self.rows[-1][self._column].strip()

    def handle_data(self, data: str) -> None:
        """The text of a cell."""
        if self._is_in_cell:
            self.rows[-1][self._column] += " ".join(data.split())

    def _start_cell(self, attributes: dict[str, str | None]) -> None:
        row = self.rows[-1]
        while self._covered.get(len(row), 0) > 0:
            row.append("")
        self._column = len(row)
        across, down = (_span(attributes.get(name)) for name in ("colspan", "rowspan"))
        row += [""] * across
        if down > 1:
            self._covered |= {self._column + offset: down for offset in range(across)}
        self._is_in_cell = True


def _span(text: str | None) -> int:
    return max(1, min(int(text), 100)) if text is not None and text.isascii() and text.isdigit() else 1


def to_tsv(rows: Sequence[Sequence[str]]) -> str:
    """Rows as Excel writes them: a cell with a line break or a tab stands in quotes, its own quotes doubled."""
    return "".join("\t".join(_quoted(cell) for cell in row) + "\r\n" for row in rows)


def from_tsv(text: str) -> list[list[str]]:
    """The cells of a copied block, line breaks within a cell as ``\\n``. No row for an empty text.

    Quotes count only where Excel writes them: around a whole cell that needs them. ``“创·在上海”`` and ``"A" 类``
    stay as they are.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
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
