"""The headings of the indicators, in one line or scattered over several, repeated on later pages or not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from model.forms import FORMS
from model.recognition import labels
from model.recognition.labels import FURNITURE, LEVEL_LABELS, folded, is_one_of, looked_up
from model.recognition.readings import title_kind
from model.recognition.text.pieces import Line, Piece
from model.recognition.text.stretches import YEAR_LINE
from model.records import Form

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


@dataclass(frozen=True, slots=True)
class Columns:
    """The column of each field as the first line of headings has it, and the headings our form does not have."""

    fields: Mapping[str, int] = field(default_factory=dict)
    strange: Mapping[int, Piece] = field(default_factory=dict)
    has_numbers: bool = False

    def line_fields(self, form: Form) -> tuple[str, ...]:
        """What a line holds right of its levels, in the order of the headings where these name it all."""
        own = fields_of(form)
        parts = [name for name in ("sign", "unit") if name in self.fields]
        if parts:
            place = own.index("target_text")
            own = (*own[:place], *(["sign"] if "sign" in parts else []), "target_text", *own[place + 1 :])
            place = own.index("target_text")
            own = (*own[: place + 1], *(["unit"] if "unit" in parts else []), *own[place + 1 :])
        return tuple(sorted(own, key=self.fields.__getitem__)) if set(own) <= self.fields.keys() else own

    def order(self) -> list[int]:
        """The columns right of the levels, from the one of the names on."""
        columns = {*self.fields.values(), *self.strange} - {self.fields.get("level1"), self.fields.get("level2")}
        return sorted(column for column in columns if column >= self.fields["name"])


def columns_of(lines: Sequence[Line]) -> Columns:
    """The columns of a table; none for lines without tabs."""
    for place, line in enumerate(lines):
        if not line.tabs or not (is_heading_line(line) or place == 0):
            continue
        fields = {name: cell.column for cell in reversed(line.pieces) if (name := heading(cell.text))}
        if "name" not in fields:
            continue
        strange = {cell.column: cell for cell in line.pieces if not (is_fragment(cell.text) or _is_side(cell))}
        return Columns(fields, strange, any(folded(cell.text) == "序号" for cell in line.pieces))
    return Columns()


def fields_of(form: Form) -> tuple[str, ...]:
    """What a form prints in a line right of its levels, which has no column for 达成等级."""
    names = (cell.name for cell in FORMS[form].columns)
    return tuple(name for name in names if name not in ("level1", "level2", "achievement"))


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
