"""The headings of the indicators, in one line or scattered over several, repeated on later pages or not."""

from __future__ import annotations

from collections.abc import Sequence

from model.recognition import labels
from model.recognition.labels import FURNITURE, folded, is_one_of, looked_up, title_kind
from model.recognition.text.pieces import Line, Piece
from model.recognition.text.stretches import LEVEL_LABELS, YEAR_LINE

VERTICAL = "绩效指标"
_HEADINGS = tuple(word for word, name in labels.LINES.items() if name not in ("sign", "unit") and len(word) > 1)


def heading(text: str) -> str | None:
    """The field of a line a heading stands for."""
    return looked_up(text, labels.LINES)


def is_fragment(text: str) -> bool:
    """Whether a text is a heading of the table, or the beginning, middle or end of one."""
    word = folded(text)
    if not word or word in LEVEL_LABELS:
        return False
    return heading(text) is not None or any(word in label for label in _HEADINGS)


def is_heading_line(line: Line) -> bool:
    """Whether a line repeats the headings: two of them, and nothing that is none."""
    cells = line.cells() if line.tabs else line.pieces
    known = [cell for cell in cells if heading(cell.text) is not None]
    others = [cell for cell in cells if heading(cell.text) is None and not is_one_of(cell.text, FURNITURE)]
    return len(known) >= 2 and all(is_fragment(cell.text) for cell in others)


def columns_of(lines: Sequence[Line]) -> dict[str, int]:
    """The column of each field as the first line of headings has it; empty for lines without tabs."""
    for line in lines:
        if line.tabs and is_heading_line(line):
            return {name: cell.column for cell in reversed(line.pieces) if (name := heading(cell.text))}
    return {}


def body_of(lines: Sequence[Line]) -> tuple[Line, ...]:
    """The lines without headings, wherever these are printed again."""
    body: list[Line] = []
    is_in_headings = False
    for place, line in enumerate(lines):
        if len(line.cells()) == 1 and (title_kind(line.text) or YEAR_LINE.fullmatch(line.text)):
            continue
        if is_heading_line(line) or (place == 0 and any(heading(piece.text) for piece in line.pieces)):
            is_in_headings = True
            continue
        if is_in_headings and all(is_fragment(piece.text) or _is_side(piece) for piece in line.pieces):
            continue
        is_in_headings = False
        body.append(line)
    return tuple(body)


def others(lines: Sequence[Line]) -> list[Piece]:
    """Headings of columns our form does not have, or that cannot be told apart in lines of words."""
    found: list[Piece] = []
    for line in lines:
        if not is_heading_line(line) and not any(heading(piece.text) for piece in line.pieces):
            break
        found += [
            piece
            for piece in line.pieces
            if heading(piece.text) in ("sign", "unit") or not (is_fragment(piece.text) or _is_side(piece))
        ]
    return found


def _is_side(piece: Piece) -> bool:
    return piece.text in VERTICAL or is_one_of(piece.text, FURNITURE)


def is_vertical(text: str) -> bool:
    """Whether a text at the beginning of a line is a part of 绩效指标 printed downwards beside the table."""
    return len(text) < len(VERTICAL) and text in VERTICAL
