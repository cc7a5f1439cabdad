"""The pages of a PDF as one grid: a row for every line of text outside tables, and the rows of the tables.

A table that goes on over the page is put together again: its repeated headings are left out, cells that were cut are
one cell, and of a row that was cut the pieces are joined and told of.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from model.recognition import Grid, Place
from model.recognition.figures import is_dash
from model.recognition.labels import FURNITURE, LINES, is_list_title, is_one_of, looked_up
from model.recognition.readings import title_kind
from model.values.characters import about_unprintable, printable
from model.values.taxonomy import canonical_level1, canonical_level2
from storage.interchange.imported import Region
from storage.pdf.characters import Box, Character, DrawnPage
from storage.pdf.lines import Line, continued, flowing, had_room, lines_of, pieces_of
from storage.pdf.tables import Cell, Table, tables_of

_SAME_SIDE = 300
_TIGHT = 12
"""Characters of one word stand closer than a twelfth of their height; texts of two cells never do."""
_FOOT = 10
"""Page numbers stand in the upper or lower tenth of a page."""
_PAGE_NUMBER = re.compile(
    r"(?:第?\d+页?|[-—–－·.]+\d+[-—–－·.]+|\d+/\d+|第?\d+页[,，/／]?共\d+页|第\d+页.?[(（]?共\d+页[)）]?|page\d+(?:of\d+)?)",
    re.IGNORECASE,
)
_NEARLY_FULL = 5
"""Of ten parts of its width, how much a number takes at least that had to be cut."""
_VALUE = re.compile(r"\s*[<>=≤≥≦≧＜＞＝]")
_CUT = "这一行在原文件中跨页，两页上的内容已接成一行，请核对"
_HEADING_CELLS = 3
_NUMBER = re.compile(r"[\d.,]+[%％]?")


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a cell stands in the file: the page, counted from 1, and its rectangle there."""

    page: int
    box: Box


@dataclass(frozen=True, slots=True)
class PdfGrid:
    """The grid of a file and where its cells stand there. ``has_tables`` says whether any page has a ruled table."""

    grid: Grid
    spots: dict[Place, Spot]
    has_tables: bool

    def regions(self, rows: Iterable[int]) -> tuple[Region, ...]:
        """Where rows of the grid stand: for each page they are on, the rectangle round their cells."""
        wanted = set(rows)
        edge = min if len(wanted) == 1 else max  # a level reaches down over other rows
        boxes: dict[int, list[Box]] = {}
        for (row, _), spot in self.spots.items():
            if row in wanted:
                boxes.setdefault(spot.page, []).append(spot.box)
        return tuple(
            Region(
                page,
                min(box.left for box in own),
                min(box.top for box in own),
                max(box.right for box in own),
                edge(box.bottom for box in own),
            )
            for page, own in sorted(boxes.items())
        )


@dataclass(slots=True)
class _Piece:
    """A cell on its way into the grid. ``last`` and ``right`` are where it ends."""

    first: int
    last: int
    left: int
    right: int
    text: str
    spot: Spot
    head: Line | None = None
    tail: Line | None = None
    """Its first and its last line of text."""

    @property
    def is_level(self) -> bool:
        """Whether it says the name of a level, whole."""
        return canonical_level1(self.text) is not None or canonical_level2(self.text) is not None

    @property
    def is_label(self) -> bool:
        """Whether it says a level or what divides the form, whole."""
        return self.is_level or is_one_of(self.text, FURNITURE)

    @property
    def is_heading(self) -> bool:
        """Whether it heads a column of the indicators, or divides the form, whole."""
        return looked_up(self.text, LINES) is not None or is_one_of(self.text, FURNITURE)

    def goes_on_in(self, other: _Piece) -> bool:
        """Whether its last line is full, so that the text of another cell may be the rest of its own."""
        if self.tail is None or other.head is None or (self.is_level and other.is_level):
            return False
        return not had_room(self.tail, other.head, self.spot.box)

    def take_rest(self, other: _Piece) -> None:
        """Put the text of another cell after its own."""
        if self.tail is None or other.head is None:
            self.text = self.text or other.text
        else:
            self.text = continued(self.text, self.tail, other.head, other.text, self.spot.box)
        self.head, self.tail = self.head or other.head, other.tail or self.tail


@dataclass(slots=True)
class _Block:
    """A table, possibly over several pages, or a line of text outside of any."""

    pieces: list[_Piece]
    rows: int
    box: Box
    page: int
    is_table: bool
    cut_rows: set[int] = field(default_factory=set)


def grid_of(pages: Iterable[DrawnPage]) -> PdfGrid:
    """The grid of a whole file."""
    blocks: list[_Block] = []
    has_tables = False
    said_before: set[tuple[str, int]] = set()
    for page in pages:
        own = _blocks_of(page)
        has_tables = has_tables or any(block.is_table for block in own)
        goes_on = _goes_on(blocks, own, said_before)
        said_before = {_said(block) for block in own if not block.is_table}
        if goes_on:
            running = [block for block in own if not block.is_table]
            table = next(block for block in own if block.is_table)
            own = [block for block in running if block.box.top > table.box.top] + [
                block for block in own if block.is_table and block is not table
            ]
            own.sort(key=lambda one: one.box.top)
            _append(next(block for block in reversed(blocks) if block.is_table), table)
        blocks += own
    return _assembled(blocks, has_tables)


def _blocks_of(page: DrawnPage) -> list[_Block]:
    """What stands on a page from top to bottom."""
    tables = tables_of(page)
    within: dict[tuple[int, int], list[Character]] = {}
    outside: list[Character] = []
    previous: tuple[Character, tuple[int, int] | None] | None = None
    for one in page.characters:
        place = _place_of(one, tables)
        if previous is not None and previous[1] is not None and place != previous[1] and _runs_on(previous[0], one):
            place = previous[1]  # written over the side of its cell
        previous = (one, place)
        if place is None:
            outside.append(one)
        else:
            within.setdefault(place, []).append(one)
    blocks = [_table_block(table, number, within, page.number) for number, table in enumerate(tables)]
    blocks += [_line_block(line, page.number) for line in lines_of(outside) if not _is_page_number(line, page)]
    return sorted(blocks, key=lambda one: one.box.top)


def _place_of(one: Character, tables: Sequence[Table]) -> tuple[int, int] | None:
    x, y = one.box.middle
    for number, table in enumerate(tables):
        if table.box.left <= x < table.box.right and table.box.top <= y < table.box.bottom:
            cell = table.cell_at(x, y)
            if cell is not None:
                return number, table.cells.index(cell)
    return None


def _runs_on(before: Character, one: Character) -> bool:
    """Whether a character follows the one before without a gap, or with hardly any and drawn in one go with it."""
    if abs(before.box.middle[1] - one.box.middle[1]) > one.box.height // 3:
        return False
    gap = one.box.left - before.box.right
    most = one.box.height // 3 if before.run == one.run != 0 else one.box.height // _TIGHT
    return -one.box.height <= gap <= most


def _is_page_number(line: Line, page: DrawnPage) -> bool:
    at_edge = line.box.bottom * _FOOT <= page.height or line.box.top * _FOOT >= page.height * (_FOOT - 1)
    return at_edge and _PAGE_NUMBER.fullmatch("".join(line.text.split())) is not None


def _table_block(table: Table, number: int, within: dict[tuple[int, int], list[Character]], page: int) -> _Block:
    pieces = []
    for place, cell in enumerate(table.cells):
        lines = lines_of(within.get((number, place), ()))
        pieces.append(_piece(cell, lines, page))
    return _Block(pieces, table.rows, table.box, page, is_table=True)


def _piece(cell: Cell, lines: Sequence[Line], page: int) -> _Piece:
    text = flowing(lines, cell.box)
    ends = (lines[0], lines[-1]) if lines else (None, None)
    return _Piece(cell.first, cell.last, cell.box.left, cell.box.right, text, Spot(page, cell.box), *ends)


def _line_block(line: Line, page: int) -> _Block:
    pieces = [
        _Piece(0, 0, piece.box.left, piece.box.right, piece.text.strip(), Spot(page, piece.box))
        for piece in pieces_of(line)
    ]
    return _Block(pieces, 1, line.box, page, is_table=False)


def _goes_on(blocks: Sequence[_Block], own: Sequence[_Block], said_before: set[tuple[str, int]]) -> bool:
    """Whether the first table of a page carries on the last one of the page before, which said these lines."""
    table = next((block for block in own if block.is_table), None)
    last = next((block for block in reversed(blocks) if block.is_table), None)
    if table is None or last is None or table.page - last.page != 1:
        return False
    if abs(last.box.left - table.box.left) > _SAME_SIDE or abs(last.box.right - table.box.right) > _SAME_SIDE:
        return False
    after = [block for block in blocks[blocks.index(last) + 1 :] if not block.is_table]
    above = [block for block in own if not block.is_table and block.box.top < table.box.top]
    return not after and all(_said(block) in said_before and not _is_title(block) for block in above)


def _is_title(block: _Block) -> bool:
    return any(title_kind(piece.text) or is_list_title(piece.text) for piece in block.pieces)


def _said(block: _Block) -> tuple[str, int]:
    """What a line says and at which height: running heads are the same on every page."""
    return "".join(piece.text for piece in block.pieces), block.box.top // _SAME_SIDE


def _append(table: _Block, further: _Block) -> None:
    """A table with what the next page shows of it."""
    skipped = _repeated_headings(table, further)
    offset = table.rows - skipped
    last = table.rows - 1
    added = [piece for piece in further.pieces if piece.last >= skipped]
    for piece in added:
        piece.first = max(piece.first, skipped) + offset
        piece.last += offset
    ending = [piece for piece in table.pieces if piece.last == last]
    opening = [piece for piece in added if piece.first == last + 1]
    if _is_cut_row(ending, opening):
        _join_rows(table, ending, opening, added)
    else:
        joined = [piece for piece in opening if _joined_cell(ending, piece)]
        added = [piece for piece in added if piece not in joined]
    table.pieces += added
    table.rows += further.rows - skipped
    table.page, table.box = further.page, further.box


def _repeated_headings(table: _Block, further: _Block) -> int:
    """How many rows at the head of a page only repeat headings of the table."""
    known = [row for row in _row_texts(table) if len([text for text in row if text]) >= _HEADING_CELLS]
    skipped = 0
    for row in _row_texts(further):
        is_heading = row in known and not any(char.isdigit() for text in row for char in text)
        if not is_heading:
            break
        skipped += 1
    return skipped


def _row_texts(block: _Block) -> list[tuple[str, ...]]:
    """The texts of the cells that begin in each row."""
    rows: list[list[str]] = [[] for _ in range(block.rows)]
    for piece in block.pieces:
        text = "".join(piece.text.split())
        if text:
            rows[piece.first].append(text)
    return [tuple(row) for row in rows]


def _beside(pieces: Iterable[_Piece], piece: _Piece) -> _Piece | None:
    """The cell with the same sides."""
    return next(
        (
            one
            for one in pieces
            if abs(one.left - piece.left) <= _SAME_SIDE and abs(one.right - piece.right) <= _SAME_SIDE
        ),
        None,
    )


def _joined_cell(ending: Iterable[_Piece], piece: _Piece) -> bool:
    """Put a cell that the end of a page cut together again; whether it was one."""
    above = _beside(ending, piece)
    if above is None:
        return False
    one, other = "".join(above.text.split()), "".join(piece.text.split())
    if one and other and above.goes_on_in(piece) and replace(above, text=one + other).is_label:
        above.take_rest(piece)
    elif (above.first == above.last and piece.first == piece.last) or (one and other and one != other):
        return False
    else:
        above.text = above.text or piece.text
    above.last = piece.last
    return True


def _is_cut_row(ending: Sequence[_Piece], opening: Sequence[_Piece]) -> bool:
    """Whether the first row of a page is the rest of the last one of the page before.

    So it is when every text in it may be the rest of the one above; and where only some of the cells are filled, when
    one of them is or most are blank, and there are no two numbers one over the other.
    """
    singles = [piece for piece in ending if piece.first == piece.last and piece.text]
    if len(singles) >= _HEADING_CELLS and all(piece.is_heading for piece in singles):
        return False  # a row of whole headings at the end of a page has no rest
    filled = [piece for piece in opening if piece.text]
    pairs = [(above, piece) for piece in filled if (above := _beside(singles, piece)) is not None]
    if not filled or len(pairs) < len(filled) or any(_are_two(above, piece) for above, piece in pairs):
        return False
    going_on = [above.goes_on_in(piece) for above, piece in pairs]
    if all(going_on):
        return True
    texts = [piece for piece in singles if not piece.is_label]
    is_sparse = len(filled) * 2 <= len(texts)
    return (is_sparse or any(going_on)) and len(filled) < len(texts)


def _are_two(above: _Piece, piece: _Piece) -> bool:
    """Whether two cells one over the other say something each: two levels, two values, two numbers that had room."""
    if (above.is_level and piece.is_level) or (is_dash(above.text) and is_dash(piece.text)):
        return True
    if _VALUE.match(above.text) and _VALUE.match(piece.text):
        return True
    are_numbers = _NUMBER.fullmatch(above.text) and _NUMBER.fullmatch(piece.text)
    return bool(are_numbers and above.tail and above.tail.box.width * 10 < above.spot.box.width * _NEARLY_FULL)


def _join_rows(table: _Block, ending: Sequence[_Piece], opening: Sequence[_Piece], added: list[_Piece]) -> None:
    for piece in opening:
        above = _beside(ending, piece)
        if above is not None:
            above.take_rest(piece)
            above.last = piece.last
            added.remove(piece)
    table.cut_rows.add(ending[0].last)


def _assembled(blocks: Sequence[_Block], has_tables: bool) -> PdfGrid:
    texts: dict[Place, str] = {}
    spans: dict[Place, tuple[int, int]] = {}
    spots: dict[Place, Spot] = {}
    notes: dict[Place, str] = {}
    sides = _columns(blocks)
    start = 0
    for block in blocks:
        for piece in block.pieces:
            place = start + piece.first, _column(sides, piece.left)
            while place in texts:
                place = place[0], place[1] + 1
            spots[place] = piece.spot
            if block.is_table:
                across = max(1, _column(sides, piece.right) - place[1])
                spans[place] = piece.last - piece.first + 1, across
            if piece.text:
                texts[place] = printable(piece.text)
            if said := about_unprintable(piece.text):
                notes[place] = said
            if piece.first in block.cut_rows and piece.text:
                notes[place] = _CUT
        start += block.rows
    spans = {place: span for place, span in spans.items() if span != (1, 1)}
    return PdfGrid(Grid(texts, spans=spans, notes=notes), spots, has_tables)


def _columns(blocks: Iterable[_Block]) -> list[int]:
    """The sides of the cells of all tables from left to right, those that are nearly the same as one."""
    found: list[int] = []
    for side in sorted(
        {side for block in blocks if block.is_table for one in block.pieces for side in (one.left, one.right)}
    ):
        if not found or side - found[-1] > _SAME_SIDE:
            found.append(side)
    return found


def _column(sides: Sequence[int], at: int) -> int:
    """The column whose left side is at or left of a place."""
    column = 0
    for number, side in enumerate(sides):
        if side <= at + _SAME_SIDE:
            column = number
    return column
