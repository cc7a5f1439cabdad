"""Blocks of cells as the tab-separated text that Excel and WPS put on the clipboard, and back."""

from __future__ import annotations

from collections.abc import Sequence


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
