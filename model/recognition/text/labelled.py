"""Labels and texts of a stretch of lines in reading order, labels put together again that a line end or space split."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from model.recognition import labels
from model.recognition.text.pieces import Line, Piece

_INLINE = re.compile(r"([^:：]{2,20})[:：]\s*(\S[\s\S]*)")
_MOST_WORDS = 5
_SHORT = 7
_FIRST = frozenset("：:*★“”\"'〔【[0123456789一二三四五六七八九十") | {
    word[0] for table in labels.ANY for word in table
}
"""What a label begins with: itself, or what :func:`model.recognition.labels.folded` takes off."""


@dataclass(frozen=True, slots=True)
class Atom:
    """A label or a text; ``line`` is its place among the lines, ``is_cell`` says that tabs part it from the others."""

    piece: Piece
    line: int
    is_label: bool = False
    is_cell: bool = False


IsLabel = Callable[[str], bool]


def atoms(lines: Sequence[Line], is_label: IsLabel) -> list[Atom]:
    """The labels and texts of lines in their order; words of one line that are no label are one text."""
    found: list[Atom] = []
    position = 0
    while position < len(lines):
        if lines[position].tabs:
            for piece in lines[position].pieces:
                found += _of_cell(piece, position, is_label)
            position += 1
            continue
        end = position
        while end < len(lines) and not lines[end].tabs:
            end += 1
        found += _of_words(lines, position, end, is_label)
        position = end
    return _mended(found, is_label)


def _of_cell(piece: Piece, line: int, is_label: IsLabel) -> list[Atom]:
    if not may_begin(piece.text):
        return [Atom(piece, line, is_cell=True)]
    if is_label(piece.text):
        return [Atom(piece, line, is_label=True, is_cell=True)]
    inline = _INLINE.fullmatch(piece.text)
    if inline is not None and is_label(inline[1]):
        return _inline(piece, inline, line, is_cell=True)
    return [Atom(piece, line, is_label=False, is_cell=True)]


def _inline(piece: Piece, inline: re.Match[str], line: int, *, is_cell: bool) -> list[Atom]:
    """项目名称：甲 as a label and its text."""
    label = Piece(inline[1], piece.start, piece.end, piece.column)
    text = Piece(inline[2].strip(), piece.start, piece.end, piece.column)
    return [
        Atom(label, line, is_label=True, is_cell=is_cell),
        Atom(text, line, is_label=False, is_cell=is_cell),
    ]


def _of_words(lines: Sequence[Line], start: int, end: int, is_label: IsLabel) -> list[Atom]:
    words = [(number, piece) for number in range(start, end) for piece in lines[number].pieces]
    found: list[Atom] = []
    run: list[Piece] = []
    run_line = position = 0
    while position < len(words):
        line, piece = words[position]
        taken = _many(words, position, is_label)
        inline = _INLINE.fullmatch(piece.text) if not taken and may_begin(piece.text) else None
        is_inline = inline is not None and is_label(inline[1])
        if run and (taken or is_inline or line != run_line):
            found.append(_text(run, run_line))
            run = []
        if taken:
            last = words[position + taken - 1][1]
            text = _joined(words[position : position + taken])
            found.append(Atom(Piece(text, piece.start, last.end, piece.column), line, is_label=True))
        elif inline is not None and is_inline:
            found += _inline(piece, inline, line, is_cell=False)
        else:
            run.append(piece)
            run_line = line
        position += max(taken, 1)
    return [*found, _text(run, run_line)] if run else found


def _text(run: Sequence[Piece], line: int) -> Atom:
    """Words of one line that are no label, as one text."""
    text = " ".join(piece.text for piece in run)
    return Atom(Piece(text, run[0].start, run[-1].end, run[0].column), line)


def may_begin(text: str) -> bool:
    """Whether a label may begin with a text; a quick no for nearly all others."""
    return text[0] in _FIRST


def _many(words: Sequence[tuple[int, Piece]], position: int, is_label: IsLabel) -> int:
    """How many words at a place are one label; several that are labels each for themselves are several."""
    if not may_begin(words[position][1].text):
        return 0
    for many in range(min(_MOST_WORDS, len(words) - position), 0, -1):
        part = words[position : position + many]
        if is_label(_joined(part)) and not (many > 1 and all(is_label(piece.text) for _, piece in part)):
            return many
    return 0


def _joined(words: Sequence[tuple[int, Piece]]) -> str:
    """Words put together if they may be one label: a long one goes with none of another line."""
    if words[-1][0] != words[0][0] and any(len(piece.text) > _SHORT for _, piece in words):
        return ""
    return "".join(piece.text for _, piece in words)


def _mended(found: list[Atom], is_label: IsLabel) -> list[Atom]:
    """Cells that only together are a label, side by side or one below the other."""
    result: list[Atom] = []
    for atom in found:
        before = result[-1] if result else None
        if (
            before is not None
            and atom.is_cell
            and not atom.is_label
            and len(before.piece.text) + len(atom.piece.text) <= 2 * _SHORT
            and not before.is_label
            and is_label(before.piece.text + atom.piece.text)
        ):
            result[-1] = Atom(before.piece.joined(atom.piece), before.line, is_label=True, is_cell=True)
        else:
            result.append(atom)
    return result
