"""The lines of a table whose cells are parted by tabs, however they are shifted and cut by pages (domain.md §4.4)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from model.recognition.labels import FURNITURE, LEVEL_LABELS, TOTALS, folded, is_one_of
from model.recognition.text.headings import Columns, is_vertical
from model.recognition.text.levels import Item, Mark, Row, mark_of
from model.recognition.text.pieces import Line, Piece, width
from model.records import Form

VALUE = re.compile(r"\s*(?:[<>=≤≥≦≧＜＞＝〈〉≯≮]|[》《]\s*=|不[少低]于|不[超高]过|[-\d.]+\s*[%％]?$)")
_OVER = ("。", "；", "！", ";")
_OPEN = re.compile(r"[（(“《][^）)”》]*$")
_NOTE = re.compile(r"(?:填表|填报|制表|审核|负责|联系|单位|项目负责|财务负责|注|备注|说明|第\s*\d+\s*页).{0,80}")
_HALF_NUMBER = re.compile(r"(?:[<>=≤≥＜＞＝]\s*)+[\d,.]*")
_END_OF_NUMBER = re.compile(r"[\d,.]*\s*(?:[(（][^()（）]{1,12}[)）]|[%％])")
_END_OF_UNIT = re.compile(r"[^()（）]{0,12}[)）]")
_END_OF_NAME = re.compile(r"^[^（(“《]*[）)”》]")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_FRAGMENT = 6
_SHORT_NAME = 8
_LONG_NAME = 16


def is_cut_value(value: str, text: str) -> bool:
    """Whether a quantity lacks the end that a text is: =1. and 00(场), ≥90.00 and (%), ≥2000(平方 and 米)."""
    if _HALF_NUMBER.fullmatch(value):
        return _END_OF_NUMBER.fullmatch(text) is not None
    return bool(VALUE.match(value) and _OPEN.search(value) and _END_OF_UNIT.fullmatch(text))


def is_cut_name(name: str, value: str, text: str) -> bool:
    """Whether a name lacks the end that a text below its line is: too short for a name, or closing its bracket."""
    if not name or not (VALUE.match(value) or value.endswith(_OVER)):
        return False
    return width(text) <= _FRAGMENT or bool(_OPEN.search(name) and _END_OF_NAME.search(text))


@dataclass(slots=True)
class Found:
    """What a table gave: lines and labels in their order, the row of totals, and what has no place."""

    items: list[Item] = field(default_factory=list)
    totals: list[Piece] = field(default_factory=list)
    left: list[Piece] = field(default_factory=list)
    strange: dict[str, list[Piece]] = field(default_factory=dict)
    """What stands under headings our form does not have, by these."""
    last: Row | None = None
    """The line read last."""

    def add(self, row: Row) -> None:
        """One line more."""
        self.items.append(row)
        self.last = row


def tabbed_rows(form: Form, columns: Columns, lines: Sequence[Line]) -> Found:
    """The lines and labels of a table body."""
    reader = _Reader(form, columns, lines)
    for place in range(len(lines)):
        if reader.read(place):
            break
    return reader.found


class _Reader:
    def __init__(self, form: Form, columns: Columns, lines: Sequence[Line]) -> None:
        self.found = Found()
        self._columns = columns.fields
        self._strange = columns.strange
        self._has_numbers = columns.has_numbers
        is_foreign = columns.strange or columns.fields.keys() & {"sign", "unit"}
        self._order = columns.order() if is_foreign else []
        self._lines = lines
        self._fields = columns.line_fields(form)
        self._pending: Piece | None = None  # the first half of a label that a page or a line cut
        self._taken: set[int] = set()
        self._mark: Mark | None = None
        self._label_alone = -1  # the line that held a label and nothing else, last
        self._last_of_cells = max((place for place, line in enumerate(lines) if len(line.cells()) > 1), default=-1)

    def read(self, place: int) -> bool:
        """Take a line in; whether the table is over after it."""
        cells = self._lines[place].cells()
        if any(is_one_of(cell.text, TOTALS) for cell in cells[:2]):
            self.found.totals = [cell for cell in cells if not is_one_of(cell.text, TOTALS)]
            for line in self._lines[place + 1 :]:
                self.found.left += [cell for cell in line.cells() if not is_one_of(cell.text, FURNITURE)]
            return True
        marks, texts = self._sorted(place, self._known(cells))
        self.found.items += marks
        self._mark = marks[-1] if marks else self._mark
        if marks and not texts:
            self._label_alone = place
        if texts:
            self._take(place, texts, has_marks=bool(marks))
        return False

    def _known(self, cells: Sequence[Piece]) -> Sequence[Piece]:
        """The cells without those under strange headings, where the line stands under the headings at all."""
        columns = {*self._columns.values(), *self._strange}
        if not self._strange or self._columns.get("name") not in {cell.column for cell in cells}:
            return cells
        if any(cell.column not in columns and not _is_side(cell) for cell in cells):
            return cells
        for cell in cells:
            if cell.column in self._strange:
                self._put_aside(cell.column, cell)
        return [cell for cell in cells if cell.column in self._columns.values()]

    def _put_aside(self, column: int, cell: Piece) -> None:
        self.found.strange.setdefault(self._strange[column].text, []).append(cell)

    def _sorted(self, place: int, cells: Sequence[Piece]) -> tuple[list[Mark], list[Piece]]:
        """The labels of a line and its other texts; what only divides the form is neither."""
        marks: list[Mark] = []
        texts: list[Piece] = []
        level_end = self._columns.get("level2", self._columns.get("level1", -1))
        for number, cell in enumerate(cells):
            if id(cell) in self._taken:
                continue
            is_furniture = is_one_of(cell.text, FURNITURE) or (not texts and is_vertical(cell.text))
            is_furniture |= self._has_numbers and not number and cell.text.isdecimal()
            if is_furniture and not self._completes(cell):
                continue
            is_before_name = len(cells) - number > 2 and not VALUE.match(cells[number + 1].text)
            may_be_short = cell.column <= level_end and is_before_name
            mark = None if texts else mark_of(cell, may_be_short=may_be_short)
            whole = None if texts or mark else self._whole_label(place, cell)
            if self._pending is not None and not texts and self._completes(cell):
                self._pending = None
            elif mark is not None:
                self._pending = cell if folded(cell.text) not in LEVEL_LABELS else None
                marks.append(mark)
            elif whole is not None:
                marks.append(whole)
            else:
                texts.append(cell)
        return marks, texts

    def _completes(self, cell: Piece) -> bool:
        return self._pending is not None and folded(self._pending.text + cell.text) in LEVEL_LABELS

    def _whole_label(self, place: int, cell: Piece) -> Mark | None:
        """A label whose second half stands in the next line or two."""
        if len(cell.text) < 2 or len(cell.text) > 10:
            return None
        begins = [label for label in LEVEL_LABELS if label.startswith(folded(cell.text)) and label != cell.text]
        if not begins:
            return None
        for line in self._lines[place : place + 3]:
            for other in line.cells():
                if other is not cell and folded(cell.text) + folded(other.text) in begins:
                    self._taken.add(id(other))
                    return mark_of(cell.joined(other), may_be_short=False)
        return None

    def _take(self, place: int, texts: list[Piece], *, has_marks: bool) -> None:
        line = self._lines[place]
        last = self.found.last
        if len(texts) == 1 and _NOTE.fullmatch(texts[0].text) and not has_marks and self._is_end(place):
            self.found.left.append(texts[0])
            return
        stacked = self._stacked(place, texts) if last is None or not has_marks else None
        if stacked is not None:
            self._taken |= {id(cell) for cell in stacked}
            self._add_stacked(stacked)
            return
        if last is not None and not has_marks and self._goes_on(last, texts, line):
            return
        cells, is_short = self._by_column(texts), False
        if cells is None:
            cells = self._by_order(texts)
            is_short = len(texts) < len(self._order)
        row = Row(cells)
        if is_short:
            row.notes.append(("target_text", "这一行的格比栏目少，按栏目的次序对上，请核对", None))
        if len(texts) == 1 and "name" in cells:
            row.notes.append(("target_text", "这一行没有指标值，按空白导入，请核对", None))
        self._without_label(row)
        self.found.add(row)

    def _stacked(self, place: int, texts: Sequence[Piece]) -> list[Piece] | None:
        """The cells of a row that stands a cell a line, name and value first; None where none begins here.

        A text that only goes on with the name above is not followed by a value of its own.
        """
        value = self.found.last.text("target_text") if self.found.last is not None else ""
        if len(texts) != 1 or VALUE.match(texts[0].text) or is_cut_value(value, texts[0].text):
            return None
        if self._order or self._fields[:2] != ("name", "target_text"):
            return None
        alone = self._alone_after(place)
        if "score" in self._fields:
            points = alone[2:4]
            if (
                len(points) < 2
                or not VALUE.match(alone[0].text)
                or not all(_NUMBER.fullmatch(one.text) for one in points)
            ):
                return None
            has_reason = len(alone) > 4 and not VALUE.match("".join(one.text for one in alone[5:6]) or "无")
            return [texts[0], *alone[: 5 if has_reason else 4]]
        is_worded = self._label_alone == place - 1 and len(alone) == 1
        if alone and (is_worded or (VALUE.match(alone[0].text) and not _HALF_NUMBER.fullmatch(alone[0].text))):
            return [texts[0], alone[0]]
        return None

    def _alone_after(self, place: int) -> list[Piece]:
        """The texts of the lines that follow as far as each stands alone in its line and is no label."""
        found: list[Piece] = []
        for line in self._lines[place + 1 : place + 7]:
            cells = line.cells()
            if len(cells) != 1 or mark_of(cells[0], may_be_short=False) or is_one_of(cells[0].text, FURNITURE):
                break
            found.append(cells[0])
        return found

    def _add_stacked(self, cells: Sequence[Piece]) -> None:
        row = Row(dict(zip(self._fields, cells, strict=False)))
        row.notes.append(("name", "这一行的格各占一行，按次序对上，请核对", None))
        self._without_label(row)
        self.found.add(row)

    def _is_end(self, place: int) -> bool:
        return place >= self._last_of_cells

    def _goes_on(self, last: Row, texts: list[Piece], line: Line) -> bool:
        """Whether the texts of a line go on with cells of the line before, and take them up if so."""
        if "score" in self._fields:
            return line.is_after_gap and self._takes_halves(last, texts)
        value = last.text("target_text")
        if len(texts) == 1:
            return self._takes_one(last, texts[0], line)
        if len(texts) != 2 or not line.is_after_gap:
            return False
        points = _points_for_going_on(last.text("name"), value, texts)
        if points >= 2:
            self._note(last, "name", texts[0])
            self._note(last, "target_text", texts[1])
            return True
        return False

    def _takes_one(self, last: Row, text: Piece, line: Line) -> bool:
        value = last.text("target_text")
        if not value:
            if VALUE.match(text.text):
                last.cells["target_text"] = text
                last.notes[:] = [("target_text", "指标值印在下一行，请核对", "")]
                return True
            return False
        if is_cut_value(value, text.text):
            self._note(last, "target_text", text)
            return True
        if VALUE.match(text.text) and text.text[0] in "<>=≤≥":
            return False
        if is_cut_name(last.text("name"), value, text.text):
            self._note(last, "name", text)
            return True
        in_column = self._columns.get("name")
        at_name = in_column is not None and text.column == in_column and not value.endswith("、")
        is_over = VALUE.match(value) or value.endswith(_OVER)
        if line.is_after_gap and not is_over:
            self._note(last, self._last_field(last), text)
            return True
        if not line.is_after_gap and not is_over and not at_name:
            self._note(last, self._last_field(last), text)
            return True
        return False

    def _takes_halves(self, last: Row, texts: Sequence[Piece]) -> bool:
        """After a page's end, texts without points and score go on with the line before, each in its column."""
        cells = self._by_column(texts, named=False)
        if cells is None and len(texts) == 1 and not VALUE.match(texts[0].text):
            cells = {"actual_text": texts[0]}
        if not cells or "points" not in last.cells or cells.keys() & {"points", "score"}:
            return False
        for name, piece in cells.items():
            self._note(last, name, piece)
        return True

    def _last_field(self, row: Row) -> str:
        return next(name for name in reversed(self._fields) if name in row.cells)

    def _note(self, row: Row, name: str, piece: Piece) -> None:
        """Go on with a cell, and say so."""
        before = row.cells.get(name)
        row.cells[name] = before.joined(piece) if before else piece
        row.notes.append((name, f"接着前一页或前一行的文字：“{piece.text[:20]}”", before.text if before else ""))

    def _by_column(self, texts: Sequence[Piece], *, named: bool = True) -> dict[str, Piece] | None:
        """The texts by the columns of the headings, None where they do not stand in them."""
        by_column = {column: name for name, column in self._columns.items() if name in self._fields}
        names = [by_column.get(text.column) for text in texts]
        if None in names or len(set(names)) < len(names) or (named and "name" not in names):
            return None
        return {name: text for name, text in zip(names, texts, strict=True) if name}

    def _by_order(self, texts: list[Piece]) -> dict[str, Piece]:
        fields = self._fields
        if self._order and len(texts) > 1:
            return self._by_headings(texts)
        if "score" not in fields and len(texts) > len(fields):
            value = next(
                (place for place, text in enumerate(texts) if place and VALUE.match(text.text)), len(texts) - 1
            )
            name = texts[0]
            for text in texts[1:value]:
                name = name.joined(text)
            self.found.left += texts[value + 1 :]
            return {"name": name, "target_text": texts[value]}
        if "score" not in fields and len(texts) == 1 and VALUE.match(texts[0].text):
            return {"target_text": texts[0]}
        self.found.left += texts[len(fields) :]
        return dict(zip(fields, texts, strict=False))

    def _by_headings(self, texts: Sequence[Piece]) -> dict[str, Piece]:
        """The texts in the order of the headings, those our form does not have among them."""
        names = {column: name for name, column in self._columns.items()}
        reason = self._columns.get("deviation_reason")
        order = self._order
        if len(texts) < len(order) and reason in order[:-1]:  # the one that is blank nearly always
            order = [column for column in order if column != reason]
        cells: dict[str, Piece] = {}
        for column, text in zip(order, texts, strict=False):
            if column in self._strange:
                self._put_aside(column, text)
            else:
                cells[names[column]] = text
        self.found.left += texts[len(self._order) :]
        return cells

    def _without_label(self, row: Row) -> None:
        """A name into which the label beside it was printed once more, without it."""
        name = row.cells.get("name")
        if name is None:
            return
        mark = self._mark
        if mark is None:
            return
        spaced = re.compile(r"\s*".join(map(re.escape, mark.label)) + r"\s*(?=\S)")
        found = spaced.match(name.text)
        if found is not None and mark.label != "".join(name.text.split()):
            row.cells["name"] = Piece(name.text[found.end() :], name.start, name.end, name.column)
            row.notes.append(("name", f"去掉了印进名称的“{mark.label}”", name.text))


def _is_side(cell: Piece) -> bool:
    """Whether a cell beside the table only says what it is, or counts the lines."""
    return is_one_of(cell.text, FURNITURE) or is_vertical(cell.text) or cell.text.isdecimal()


def _points_for_going_on(name: str, value: str, texts: Sequence[Piece]) -> int:
    """How much speaks for two texts after a page's end to go on with the name and the value before it."""
    new_name, new_value = texts[0].text, texts[1].text
    if VALUE.match(new_value) or VALUE.match(value) or value.endswith(_OVER) or not value:
        return 0
    points = 0
    if width(new_name) <= _SHORT_NAME:
        points += 2
    elif width(new_name) >= _LONG_NAME:
        points -= 2
    points += width(value) >= 14
    points += new_value.endswith(_OVER) or "，" in new_value
    points += 2 * bool(_OPEN.search(name) or _OPEN.search(value))
    return points
