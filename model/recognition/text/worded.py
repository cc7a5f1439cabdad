"""The lines of a table without tabs: words and line ends only, each cell possibly cut over several lines.

A line of a self-evaluation ends with its points and score, one of a declaration with its value. What stands before is
parted into name, target and actual by comparators and by how full the lines are (domain.md §3.6, §4.4).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from model.recognition.labels import FURNITURE, TOTALS, is_one_of
from model.recognition.text.headings import fields_of, is_vertical
from model.recognition.text.levels import Mark, Row, mark_of
from model.recognition.text.pieces import Line, Piece, width
from model.recognition.text.tabbed import VALUE, Found, is_cut_value
from model.records import Form

_NUMBER = re.compile(r"\d{1,3}(?:\.\d+)?分?")
_SIGN = re.compile(r"(?:[<>=≤≥≦≧＜＞＝]|[》《]=)+")
_UNIT_PART = re.compile(r"[(（].*|[%％‰]|[^\d\s]{1,4}")
_PAIRS = {"“": "”", "（": "）", "(": ")", "《": "》", "【": "】"}
_LONGEST_VALUE = 12
_MOST_LINES = 40


@dataclass(frozen=True, slots=True)
class _Word:
    piece: Piece
    line: int


@dataclass(slots=True)
class _Segment:
    """The words of one line of the table, with the labels printed among them."""

    words: list[_Word]
    inside: list[Mark]


def worded_rows(form: Form, lines: Sequence[Line]) -> Found:
    """The lines and labels of a table body."""
    found = Found()
    stream, after = _stream(lines, found)
    if "score" in fields_of(form):
        _evaluated(stream, found)
    else:
        _declared(stream, found)
    found.left += after
    return found


def _stream(lines: Sequence[Line], found: Found) -> tuple[list[_Word | Mark], list[Piece]]:
    """Words and labels in their order down to the totals, and what stands after them."""
    stream: list[_Word | Mark] = []
    pending: set[int] = set()
    for number, line in enumerate(lines):
        words = line.pieces
        if words and is_one_of(words[0].text, TOTALS):
            found.totals = list(words[1:])
            rest = [piece for later in lines[number + 1 :] for piece in later.cells()]
            while rest and len(found.totals) < 2 and _NUMBER.fullmatch(rest[0].text):
                found.totals.append(rest.pop(0))
            return stream, [piece for piece in rest if not is_one_of(piece.text, FURNITURE)]
        at_start = True
        position = 0
        while position < len(words):
            if at_start and words[position].text.isdecimal() and _label_at(words, position + 1)[1] is not None:
                position += 1  # the number of the line
            taken, mark = _label_at(words, position) if at_start else (0, None)
            if mark is None and at_start:
                taken, mark = _cut_label(words, position, lines, number, pending)
            if mark is not None:
                stream.append(mark)
                position += taken
                continue
            piece = words[position]
            position += 1
            if id(piece) in pending:
                continue
            if at_start and (is_vertical(piece.text) or is_one_of(piece.text, FURNITURE)):
                continue
            at_start = False
            stream.append(_Word(piece, number))
    return stream, []


def _label_at(words: Sequence[Piece], position: int) -> tuple[int, Mark | None]:
    """A label of a level at a place of a line, of up to three words."""
    for many in (3, 2, 1):
        part = words[position : position + many]
        if len(part) == many:
            joined = Piece("".join(word.text for word in part), part[0].start, part[-1].end)
            is_before_name = many == 1 and len(words) - position > 2 and not VALUE.match(words[position + 1].text)
            mark = mark_of(joined, may_be_short=is_before_name)
            if mark is not None:
                return many, mark
    return 0, None


def _cut_label(
    words: Sequence[Piece], position: int, lines: Sequence[Line], number: int, pending: set[int]
) -> tuple[int, Mark | None]:
    """A label whose second half begins one of the next two lines."""
    first = words[position]
    if not 2 <= len(first.text) <= 9 or len(words) - position > 2:
        return 0, None
    for line in lines[number + 1 : number + 3]:
        for second in line.pieces[:1]:
            mark = mark_of(first.joined(second), may_be_short=False)
            if mark is not None and mark.label == first.text + second.text and "指标" not in first.text:
                pending.add(id(second))
                return 1, mark
    return 0, None


def _evaluated(stream: Sequence[_Word | Mark], found: Found) -> None:
    """Lines that end with two figures, the points and the score."""
    segment = _Segment([], [])
    position = 0
    while position < len(stream):
        item = stream[position]
        following = stream[position + 1] if position + 1 < len(stream) else None
        if isinstance(item, Mark):
            if segment.words:
                segment.inside.append(item)
            else:
                found.items.append(item)
        elif segment.words and isinstance(following, _Word) and _is_end(stream, position):
            _close(segment, (item.piece, following.piece), found)
            segment = _Segment([], [])
            position += 1
        else:
            segment.words.append(item)
        position += 1
    if segment.words:
        last = found.last
        found.items += segment.inside
        if last is not None and "deviation_reason" not in last.cells and not segment.inside:
            pieces = [word.piece for word in segment.words]
            last.cells["deviation_reason"] = _joined(pieces)
            last.notes.append(("deviation_reason", "印在最后一行后面，作为偏差原因导入，请核对", ""))
        else:
            found.left += [word.piece for word in segment.words]


def _is_end(stream: Sequence[_Word | Mark], position: int) -> bool:
    """Whether the figures at a place are points and score: no third follows, which would be the score."""
    first, second = stream[position], stream[position + 1]
    third = stream[position + 2] if position + 2 < len(stream) else None
    assert isinstance(first, _Word)
    assert isinstance(second, _Word)
    if not (_NUMBER.fullmatch(first.piece.text) and _NUMBER.fullmatch(second.piece.text)):
        return False
    return not (
        isinstance(third, _Word) and third.line == second.line == first.line and _NUMBER.fullmatch(third.piece.text)
    )


def _close(segment: _Segment, figures: tuple[Piece, Piece], found: Found) -> None:
    """A line of the table out of its words; labels printed among them count for it."""
    row = Row()
    _part(row, segment.words, figures[0], found)
    row.cells["points"], row.cells["score"] = figures
    found.items += segment.inside
    found.add(row)


def _part(row: Row, words: Sequence[_Word], end: Piece, found: Found) -> None:
    """Name, target and actual of a line out of its words."""
    reason = _reason(words, found)
    words = words[reason:]
    if not words:
        return
    sign = next((place for place, word in enumerate(words) if place and VALUE.match(word.piece.text)), None)
    if sign is not None and _SIGN.match(words[sign].piece.text):
        target = sign + 1
        if _SIGN.fullmatch(words[sign].piece.text) and target < len(words):
            target += 1
        rest = words[target:]
        many = _of_target(rest, _ends_on(words, end))
        _put(row, words[:sign], words[sign : target + many], words[target + many :])
        return
    _part_words(row, words, end)


def _ends_on(words: Sequence[_Word], end: Piece) -> int:
    """How many of the last words stand on the line of the points."""
    last = words[-1]
    if end.start - last.piece.end > 3:
        return 0
    return sum(word.line == last.line for word in words)


def _of_target(rest: Sequence[_Word], on_end: int) -> int:
    """How many words after a target's sign and number still are its own."""
    if len(rest) < 2:
        return 0
    if 0 < on_end < len(rest):
        return len(rest) - on_end
    many = 0
    while many < len(rest) - 1 and _UNIT_PART.fullmatch(rest[many].piece.text) and many < 2:
        many += 1
    return many


def _reason(words: Sequence[_Word], found: Found) -> int:
    """Words on the line of the points before are the reason of that line; how many of these there are."""
    last = found.last
    if last is None or not words or "score" not in last.cells:
        return 0
    score = last.cells["score"]
    many = 0
    while (
        many < len(words) - 1
        and words[many].piece.start - score.end <= 3 + 200 * (many > 0)
        and (words[many].line == words[0].line)
    ):
        many += 1
    if not many or words[0].piece.start - score.end > 3 or _is_new_line(score, words[0]):
        return 0
    last.cells["deviation_reason"] = _joined([word.piece for word in words[:many]])
    return many


def _is_new_line(score: Piece, word: _Word) -> bool:
    """Whether a word begins its line: nothing before it is the score's."""
    return word.piece.column == 0


def _part_words(row: Row, words: Sequence[_Word], end: Piece) -> None:
    """A line whose target has no comparator: by the line of the points, else by how full the lines are."""
    on_end = _ends_on(words, end)
    if on_end >= 3 or (on_end == 2 and len(words) > 2):
        _put(row, words[:-2], words[-2:-1], words[-1:])
        return
    if len(words) <= 2:
        _put(row, words[:1], words[1:], ())
        row.notes.append(("actual_text", "这一行少一格文字，实际完成值按空白导入", ""))
        return
    lines = _lines(words)
    if len(lines) < 3 or len(lines) > _MOST_LINES:
        _put(row, words[:-2], words[-2:-1], words[-1:])
        return
    ranked = sorted(combinations(range(1, len(lines)), 2), key=lambda cut: _cost(lines, *cut))
    first, second = ranked[0]
    parts = ([word for line in part for word in line] for part in (lines[:first], lines[first:second], lines[second:]))
    _put(row, *parts)
    others = ranked[1] if len(ranked) > 1 else None
    name = _joined([word.piece for line in lines[: others[0]] for word in line]).text if others else None
    row.notes.append(("name", "名称、指标值、完成值之间没有分隔，按行分开，请核对", name))


def _lines(words: Sequence[_Word]) -> list[list[_Word]]:
    lines: list[list[_Word]] = []
    for word in words:
        if lines and lines[-1][0].line == word.line:
            lines[-1].append(word)
        else:
            lines.append([word])
    return lines


def _cost(lines: Sequence[Sequence[_Word]], first: int, second: int) -> int:
    """How unlikely it is that name, target and actual end at these lines."""
    texts = ["".join(word.piece.text for word in line) for line in lines]
    parts = (texts[:first], texts[first:second], texts[second:])
    total = sum(10 * _raggedness(part) + 120 * _is_unbalanced("".join(part)) for part in parts)
    target = width("".join(parts[1]))
    return total + 80 * (target > _LONGEST_VALUE) + target + 20 * (len(parts[0]) - 1)


def _raggedness(part: Sequence[str]) -> int:
    """Lines of one cell that go on in the next one are full; how far these are not."""
    edge = max(width(text) for text in part)
    return sum(max(0, edge - width(text) - 2) for text in part[:-1])


def _is_unbalanced(text: str) -> bool:
    return any(text.count(opening) != text.count(closing) for opening, closing in _PAIRS.items())


def _put(row: Row, name: Sequence[_Word], target: Sequence[_Word], actual: Sequence[_Word]) -> None:
    for field, words in (("name", name), ("target_text", target), ("actual_text", actual)):
        if words:
            row.cells[field] = _joined([word.piece for word in words])


def _joined(pieces: Sequence[Piece]) -> Piece:
    whole = pieces[0]
    for piece in pieces[1:]:
        whole = whole.joined(piece)
    return whole


def _declared(stream: Sequence[_Word | Mark], found: Found) -> None:
    """Lines that end with a value; words without a comparator are parted by line and label."""
    group: list[_Word] = []
    for item in stream:
        if isinstance(item, Mark):
            _flush(group, found)
            group = []
            found.items.append(item)
        else:
            group.append(item)
    _flush(group, found)


def _flush(group: Sequence[_Word], found: Found) -> None:
    """The lines of one label: each ends with a quantity, or pairs of words in turn."""
    rest = list(group)
    while rest:
        sign = next((place for place, word in enumerate(rest) if place and _SIGN.match(word.piece.text)), None)
        before = rest if sign is None else rest[:sign]
        lines = _lines(before)
        own = 0 if sign is None else _of_name(lines, rest[sign])
        _pairs(lines[: len(lines) - own], found)
        if sign is None:
            return
        end = sign + 1
        while end < len(rest) and (
            _SIGN.fullmatch(rest[end - 1].piece.text)
            or (rest[end].line == rest[sign].line and _UNIT_PART.fullmatch(rest[end].piece.text))
        ):
            end += 1
        name = [word for line in lines[len(lines) - own :] for word in line]
        row = Row({"target_text": _joined([word.piece for word in rest[sign:end]])})
        if end < len(rest) and is_cut_value(row.text("target_text"), rest[end].piece.text):
            row.cells["target_text"] = row.cells["target_text"].joined(rest[end].piece)
            end += 1
        if name:
            row.cells = {"name": _spaced([word.piece for word in name]), **row.cells}
        if own > 1:
            row.notes.append(("name", "名称占两行，请核对", "".join(word.piece.text for word in lines[-1])))
        found.add(row)
        rest = rest[end:]


def _of_name(lines: Sequence[Sequence[_Word]], value: _Word) -> int:
    """How many lines before a quantity are its name: the last one, and full ones that go on in it."""
    if not lines:
        return 0
    own = 1
    same_line = lines[-1][-1].line == value.line
    if len(lines) == 1 or (same_line and len(lines[-2]) > 1):
        return own
    if len(lines) % 2 == 0 and all(len(line) == 1 for line in lines[:-1]):
        own = 2
    return own


def _pairs(lines: Sequence[Sequence[_Word]], found: Found) -> None:
    """Names and values in turn, or both on one line."""
    place = 0
    row: Row | None = None
    while place < len(lines):
        line = lines[place]
        place += 1
        is_alone = len(line) == 1 and (place == len(lines) or len(lines[place]) > 1)
        if is_alone and row is not None and _is_open(row):
            before = row.cells["target_text"]
            row.cells["target_text"] = before.joined(line[0].piece)
            row.notes.append(("target_text", f"接着前一行的文字：“{line[0].piece.text[:20]}”", before.text))
            continue
        if is_alone and place < len(lines):
            following = lines[place]
            place += 1
            second = _spaced([word.piece for word in following[:-1]])
            row = Row({"name": line[0].piece.joined(second), "target_text": following[-1].piece})
            row.notes.append(("name", "名称占两行，请核对", second.text))
        elif len(line) > 1:
            row = Row({"name": _spaced([word.piece for word in line[:-1]]), "target_text": line[-1].piece})
        elif place < len(lines) and len(lines[place]) == 1:
            row = Row({"name": line[0].piece, "target_text": lines[place][0].piece})
            row.notes.append(("target_text", "名称和指标值各占一行，按顺序配成一条，请核对", ""))
            place += 1
        else:
            row = Row({"name": line[0].piece})
            row.notes.append(("target_text", "没有找到这一行的指标值，按空白导入", None))
        found.add(row)


def _is_open(row: Row) -> bool:
    """Whether the value of a line may go on: words without the end of a sentence."""
    value = row.text("target_text")
    return bool(value) and not VALUE.match(value) and not value.endswith(("。", "；", "！"))


def _spaced(pieces: Sequence[Piece]) -> Piece:
    whole = pieces[0]
    for piece in pieces[1:]:
        whole = whole.joined(piece)
    return whole
