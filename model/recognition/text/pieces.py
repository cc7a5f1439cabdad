"""A text as lines of pieces, each with its place: cells between tabs, or words where a line has no tab."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from model.recognition.labels import FURNITURE, LEVEL_LABELS, LINES, folded, is_label, is_one_of, looked_up
from model.recognition.readings import title_kind
from model.values.markup import has_markup, without_markup

_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
_SPACES = re.compile("[ \u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+")
_WIDE = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f“”‘’《》、。，；：？！（）"
_SPACE_IN_WORDS = re.compile(f"(?<=[{_WIDE}]) (?=[{_WIDE}])")
_WIDE_CHARACTER = re.compile(f"[{_WIDE}]")
_LINE = re.compile(r"\r\n|[\n\r\x0b\x85\u2028\u2029]")
_CELL = re.compile(r"[^\t\n\r\x0b\x85\u2028\u2029]*")
_WORD = re.compile(r"(?:\$[^$\n]{1,60}\$|</?[A-Za-z][^<>\n]{0,60}>|\S)+")
_QUOTED = re.compile(r'"(?P<inner>(?:[^"]|""){0,20000})"(?=[\t\n\r]|$)')
_QUOTED_FOR_A_REASON = re.compile(r'[\n\r\t]|""')
_CUT_NUMBER = re.compile(r"\d+(?: ?[,.] ?\d+)+")  # with a space beside the comma; each place has one way to match
_WHOLE_VALUE = re.compile(r"[<>=≤≥≦≧＜＞＝] ?[\d,]+(?:\.\d+)? ?(?:[(（][^()（）]{1,12}[)）]|[%％])")
_VALUE_ALONE = re.compile(r"[<>=≤≥≦≧＜＞＝] ?\d[\d,.]* ?(?:[(（][^()（）]{1,12}[)）]|[%％]|[^\W\d]{1,6})?")
_MOST_PARTS = 80
_MOST_COLUMNS = 200


@dataclass(frozen=True, slots=True)
class Piece:
    """A text of the source, cleaned; ``column`` is how many tabs, or words of a line without any, stand before it."""

    text: str
    start: int
    end: int
    column: int = 0

    def joined(self, other: Piece, between: str = "") -> Piece:
        """This piece with what goes on elsewhere."""
        text = self.text + between + other.text if between else glued(self.text, other.text)
        return Piece(text, min(self.start, other.start), max(self.end, other.end), self.column)


@dataclass(frozen=True, slots=True)
class Line:
    """A line with its pieces that hold a text, the number of its tabs, and whether blank lines stand before it."""

    pieces: tuple[Piece, ...]
    tabs: int
    is_after_gap: bool
    start: int
    end: int

    @property
    def text(self) -> str:
        """All of the line with single spaces between its pieces."""
        return " ".join(piece.text for piece in self.pieces)

    def cells(self) -> tuple[Piece, ...]:
        """The cells; a line without a tab is one."""
        if self.tabs or len(self.pieces) < 2:
            return self.pieces
        return (Piece(compact(self.text), self.pieces[0].start, self.pieces[-1].end),)


def cleaned(raw: str) -> str:
    """A text without markup, invisible characters and the spaces a line's wrap left between Chinese characters."""
    text = _INVISIBLE.sub("", raw)
    text = _SPACES.sub(" ", without_markup(_SPACES.sub(" ", text)))
    if _CUT_NUMBER.fullmatch(text.strip()):
        return "".join(text.split())
    return compact(re.sub(r" ?\n ?", "\n", text).strip())


def compact(text: str) -> str:
    """A text without spaces between Chinese characters."""
    return _SPACE_IN_WORDS.sub("", text)


def glued(one: str, other: str) -> str:
    """Two halves of a text that a line end parted; words of letters keep a space between them."""
    if not one or not other:
        return one or other
    is_words = one[-1].isascii() and other[0].isascii() and one[-1].isalpha() and other[0].isalpha()
    return f"{one} {other}" if is_words else one + other


def width(text: str) -> int:
    """How much room a text takes, in halves of a Chinese character."""
    return sum(2 if _WIDE_CHARACTER.match(character) else 1 for character in text)


def marked(text: str, start: int, end: int) -> bool:
    """Whether a passage of the source holds markup that was taken out."""
    return has_markup(text[start:end])


def lines_of(text: str, *, are_whole: bool = False) -> list[Line]:
    """The lines that hold anything, those a line end cut through put together again by the number of their tabs.

    Nothing is put together where the lines ``are_whole``, as the rows of a web page are.
    """
    if are_whole:
        return list(_physical(text))
    lines: list[Line] = []
    fragment: list[Line] = []
    for line in _physical(text):
        if line.is_after_gap and fragment:
            lines += _rows(fragment)
            fragment = []
        fragment.append(line)
    return lines + list(_rows(fragment))


def _physical(text: str) -> Iterator[Line]:
    position, is_after_gap = 0, False
    while position <= len(text):
        line, position = _line(text, position, is_after_gap=is_after_gap)
        if line.pieces:
            is_after_gap = False
            yield line
        else:
            is_after_gap = is_after_gap or not line.tabs


def _line(text: str, start: int, *, is_after_gap: bool) -> tuple[Line, int]:
    """The line that begins at a place, and where the next one does."""
    pieces: list[Piece] = []
    position, column = start, 0
    while True:
        raw, begin, position = _cell(text, position)
        if "\f" in raw:
            is_after_gap = is_after_gap or not pieces
            raw = raw.replace("\f", " ")
        found = cleaned(raw)
        if found:
            left = len(raw) - len(raw.lstrip())
            pieces.append(Piece(found, begin + left, begin + len(raw.rstrip()), column))
        if position >= len(text) or text[position] != "\t":
            break
        column = min(column + 1, _MOST_COLUMNS)
        position += 1
    if not column and pieces and "\n" not in pieces[0].text:
        pieces = list(_words(text, start, position))
    line_end = _LINE.match(text, position)
    return Line(tuple(pieces), column, is_after_gap, start, position), line_end.end() if line_end else len(text) + 1


def _words(text: str, start: int, end: int) -> Iterator[Piece]:
    column = 0
    for match in _WORD.finditer(text, start, end):
        found = cleaned(match[0])
        if found:
            yield Piece(found, match.start(), match.end(), column)
            column += 1


def _cell(text: str, start: int) -> tuple[str, int, int]:
    """The raw text of a cell, where it begins, and where it ends; Excel puts one with line ends into quotes."""
    quoted = _QUOTED.match(text, start) if text.startswith('"', start) else None
    if quoted is not None and _QUOTED_FOR_A_REASON.search(quoted["inner"]):
        inner = _LINE.sub("\n", quoted["inner"].replace('""', '"')).replace("\t", " ")
        return inner, quoted.start("inner"), quoted.end()
    found = _CELL.match(text, start)
    assert found is not None  # it matches nothing at all, too
    return found[0], start, found.end()


def _rows(lines: list[Line]) -> Iterator[Line]:
    """Lines of a fragment whose tabs add up to those of its other lines are one row that line ends cut."""
    counts = Counter(line.tabs for line in lines if line.tabs)
    headings = next((line for line in lines if _are_headings(line)), None)
    usual = headings.tabs if headings else max(counts, key=lambda tabs: (counts[tabs], tabs), default=0)
    is_usual = headings is not None or counts[usual] > 1
    place = 0
    while place < len(lines):
        line = lines[place]
        place += 1
        if _are_headings(line):
            usual = line.tabs
        elif is_usual and usual > 1:
            above = lines[place - 2] if place > 1 else None
            wanted = above.tabs if above is not None and above.tabs > 1 and _is_of_labels(above) else usual
            for following in lines[place : place + _parts_missing(lines, place, wanted)]:
                line = _continued(line, following)
                place += 1
            while place < len(lines) and _ends_in(line, lines[place], usual) and not _begins_row(lines, place):
                line = _continued(line, lines[place])
                place += 1
        yield line


def _are_headings(line: Line) -> bool:
    names = {looked_up(piece.text, LINES) for piece in line.pieces}
    return line.tabs > 1 and {"name", "target_text"} <= names


def _is_of_labels(line: Line) -> bool:
    return all(is_label(piece.text) for piece in line.pieces)


def _parts_missing(lines: list[Line], place: int, usual: int) -> int:
    """How many lines from a place on are the rest of the row begun in the line before it; 0 where it is whole."""
    line = lines[place - 1]
    if not line.tabs:
        following = lines[place] if place < len(lines) else None
        first = following.pieces[0] if following is not None and following.tabs == usual else None
        is_cut = first is not None and first.column == 0 and is_one_of(line.text + first.text, FURNITURE)
        return int(is_cut)
    tabs = line.tabs
    for number, following in enumerate(lines[place : place + _MOST_PARTS], 1):
        if tabs >= usual or not _may_go_on(line, following):
            return 0
        tabs += following.tabs
        if tabs == usual and following.tabs:
            return number
        line = following
    return 0


def _ends_in(line: Line, other: Line, usual: int) -> bool:
    """Whether a line without tabs goes on with the last cell before it."""
    if other.tabs or not line.tabs or not _may_go_on(line, other):
        return False
    return line.tabs < usual or line.pieces[-1].column == line.tabs


def _begins_row(lines: list[Line], place: int) -> bool:
    """Whether a name stands alone in its line and its value alone in the next: a row whose cells take a line each."""
    return any(not line.tabs and _VALUE_ALONE.fullmatch(line.text.strip()) for line in lines[place + 1 : place + 2])


def _may_go_on(line: Line, other: Line) -> bool:
    """Whether a line may be the rest of a row: no label goes on with anything, and nothing after labels or a value."""
    first, last = other.pieces[0], line.pieces[-1]
    if title_kind(first.text) or _WHOLE_VALUE.fullmatch(last.text):
        return False
    if line.tabs and _is_of_labels(line):
        return False
    return first.column > 0 or not (is_label(first.text) or folded(first.text) in LEVEL_LABELS)


def _continued(line: Line, other: Line) -> Line:
    """A row with its second half: the first cell there goes on with the last one here."""
    shifted = [replace(piece, column=piece.column + line.tabs) for piece in other.cells()]
    pieces = list(line.pieces)
    if pieces and shifted and shifted[0].column == pieces[-1].column:
        pieces[-1] = pieces[-1].joined(shifted.pop(0))
    return Line((*pieces, *shifted), line.tabs + other.tabs, line.is_after_gap, line.start, other.end)
