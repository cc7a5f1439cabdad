"""The header of a form and its amounts, read by their labels wherever these stand."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from model.forms import FORMS
from model.forms.evaluation import MONEY_COLUMNS, MONEY_SOURCES
from model.recognition import labels
from model.recognition.figures import is_dash, unit_named
from model.recognition.labels import FURNITURE, is_list_title, is_one_of, looked_up
from model.recognition.readings import READINGS, title_kind
from model.recognition.text.draft import Draft
from model.recognition.text.labelled import Atom, atoms
from model.recognition.text.pieces import Piece
from model.recognition.text.stretches import ANNEX, Stretch
from model.records import Form

_YEAR = re.compile(r"[（(]?\s*((?:19|20|21)\d{2})\s*年?\s*度?\s*[）)]?")
_UNIT_NOTE = re.compile(r"[（(]?(?:(?:金额)?单位[:：]?)?(?:人民币)?万?元[)）]?")
_AMOUNT = re.compile(r"-?[\d,，.\s]*\d[\d,，.\s]*(?:万元|万|元|%|％)?")
_PART = re.compile(r"[\d,，.%％]+")
_LONGEST_LABEL = 40
_OPEN_GROUP = re.compile(r",\d{0,2}$")
_COLUMNS = (*(name for name, _, _ in MONEY_COLUMNS), "points", "rate", "score")
_OTHER_LABEL = re.compile(r"[^:：\d]{2,12}[:：].*")


def read_header(stretch: Stretch, draft: Draft) -> None:
    """Title, header and amounts of a form into the rows of a draft."""
    lines = stretch.lines[: stretch.goals]
    reading = READINGS[stretch.kind]
    words = reading.header
    found = atoms(lines, lambda text: _is_label(text, words))
    found = _titles(stretch, found, draft)
    amounts = [place for place, atom in enumerate(found) if _is_amount_label(atom, stretch.kind)]
    first = amounts[0] if amounts else len(found)
    _fields(found[:first], words, draft)
    _unit(found, draft)
    if not reading.has_money_columns:
        _declared(found[first:], draft)
    else:
        _evaluated(found[first:], draft)


def _is_label(text: str, words: Mapping[str, str]) -> bool:
    tables = (words, labels.YEAR_AMOUNTS, labels.LIFE_AMOUNTS, labels.MONEY_COLUMNS, labels.SOURCES)
    return any(looked_up(text, table) for table in tables) or is_one_of(text, FURNITURE | labels.YEAR_LABELS)


def _is_amount_label(atom: Atom, kind: Form) -> bool:
    if not atom.is_label:
        return False
    if READINGS[kind].has_money_columns:
        return looked_up(atom.piece.text, labels.MONEY_COLUMNS) in ("initial", "adjusted", "executed")
    return bool(looked_up(atom.piece.text, labels.YEAR_AMOUNTS) or looked_up(atom.piece.text, labels.LIFE_AMOUNTS))


def _titles(stretch: Stretch, found: Sequence[Atom], draft: Draft) -> list[Atom]:
    """The title and the year as the first rows; the atoms after them."""
    title: Piece | str = stretch.title or FORMS[stretch.kind].names.full
    draft.add(title)
    if stretch.title is None:
        draft.infer("kind", f"没有印出标题，按栏目判断为{title}")
    rest: list[Atom] = []
    has_year = False
    for atom in found:
        text = atom.piece.text
        in_title = stretch.title and stretch.title.start <= atom.piece.start < stretch.title.end
        if in_title or title_kind(text) or ANNEX.fullmatch(text):
            continue
        if is_list_title(text):
            draft.rows.insert(0, (atom.piece,))
        elif not atom.is_label and not has_year and not rest and _YEAR.fullmatch(text):
            draft.add(Piece(f"（{_year(text)}年度）", atom.piece.start, atom.piece.end))
            has_year = True
        else:
            rest.append(atom)
    return rest


def _year(text: str) -> str:
    found = _YEAR.fullmatch(text)
    return found[1] if found else text


def _fields(found: Sequence[Atom], words: Mapping[str, str], draft: Draft) -> None:
    """A row for each label with the texts up to the next label."""
    place = 0
    while place < len(found):
        atom = found[place]
        place += 1
        if not atom.is_label:
            _leave(atom, draft)
            continue
        end = next((later for later in range(place, len(found)) if found[later].is_label), len(found))
        texts = found[place:end]
        place = end
        name = looked_up(atom.piece.text, words)
        if name is None and not is_one_of(atom.piece.text, labels.YEAR_LABELS):
            for text in texts:
                _leave(text, draft)
            continue
        value, rest = _value(texts)
        draft.add(atom.piece, value)
        if value is not None and name and " " in value.text and not atom.is_cell:
            draft.infer(name, "中间有空格，合成一格，请核对", value)
        for text in rest:
            _leave(text, draft)


def _value(texts: Sequence[Atom]) -> tuple[Piece | None, Sequence[Atom]]:
    """What belongs to a label: the first text, and the lines that go on with it."""
    if not texts:
        return None, ()
    value, line = texts[0].piece, texts[0].line
    on_line = Counter(text.line for text in texts)
    for place, text in enumerate(texts[1:], 1):
        goes_on = text.line > line and (not text.is_cell or (text.line == line + 1 and on_line[text.line] == 1))
        if not goes_on or _OTHER_LABEL.fullmatch(text.piece.text) or _UNIT_NOTE.fullmatch(text.piece.text):
            return value, texts[place:]
        value, line = value.joined(text.piece), text.line
    return value, ()


def _leave(atom: Atom, draft: Draft) -> None:
    """Tell of a text without a place, unless it only says that amounts are in 元."""
    if _UNIT_NOTE.fullmatch("".join(atom.piece.text.split())):
        draft.add(atom.piece)
    else:
        draft.leave(atom.piece)


def _unit(found: Sequence[Atom], draft: Draft) -> None:
    """What names the unit of the amounts, as a row of its own."""
    for atom in found:
        unit = unit_named(atom.piece.text) if len(atom.piece.text) <= _LONGEST_LABEL else 0
        if unit:
            draft.add(Piece("项目资金（元）" if unit == 1 else "项目资金（万元）", atom.piece.start, atom.piece.end))


def _declared(found: Sequence[Atom], draft: Draft) -> None:
    """The amounts of a declaration: each label with the figure that follows it."""
    pairs = _pairs(found, draft)
    has_life = any(looked_up(label.piece.text, labels.LIFE_AMOUNTS) == "project_total" for label, _ in pairs)
    life: dict[str, Piece | None] = {}
    year: dict[str, tuple[Piece, Piece | None]] = {}
    last = {looked_up(label.piece.text, labels.YEAR_AMOUNTS): place for place, (label, _) in enumerate(pairs)}
    for place, (label, value) in enumerate(pairs):
        in_life = looked_up(label.piece.text, labels.LIFE_AMOUNTS)
        in_year = looked_up(label.piece.text, labels.YEAR_AMOUNTS)
        later = last[in_year] > place
        if in_life and in_life not in life and (in_year is None or (has_life and (later or in_year in year))):
            life[in_life] = value
        elif in_year and in_year not in year:
            year[in_year] = (label.piece, value)
        elif value is not None:
            draft.leave(value, "与另一处重复，没有导入")
    names = ("total_requested", "fiscal_current", "carried_over", "other")
    printed = {"total_requested": "年度资金申请总额", "fiscal_current": "当年财政拨款"}
    printed |= {"carried_over": "上年结转资金", "other": "其他资金"}
    left = dict(zip(names, ("项目资金总额", "其中：财政资金", "", "其他资金"), strict=True))
    left_names = dict(zip(names, ("project_total", "project_fiscal", "", "project_other"), strict=True))
    if not year and not any(life.values()):
        return
    for name in names:
        label_piece, value = year.get(name, (None, None))
        draft.add(None, left[name], life.get(left_names[name]), label_piece or printed[name], value)


def _pairs(found: Sequence[Atom], draft: Draft) -> list[tuple[Atom, Piece | None]]:
    """Each label of an amount with the figure after it; everything else is left."""
    pairs: list[tuple[Atom, Piece | None]] = []
    is_label = False
    for atom in found:
        text = atom.piece.text
        if atom.is_label:
            is_label = bool(looked_up(text, labels.YEAR_AMOUNTS) or looked_up(text, labels.LIFE_AMOUNTS))
            if is_label:
                pairs.append((atom, None))
        elif is_label and pairs[-1][1] is None and (_AMOUNT.fullmatch(text) or is_dash(text)):
            pairs[-1] = (pairs[-1][0], _number(atom.piece))
        elif is_label and pairs[-1][1] is not None and _goes_on(pairs[-1][1], text):
            pairs[-1] = (pairs[-1][0], _number(pairs[-1][1].joined(atom.piece)))
        elif not _UNIT_NOTE.fullmatch("".join(text.split())):
            first, _, rest = text.partition(" ")
            if is_label and pairs[-1][1] is None and rest and _AMOUNT.fullmatch(first):
                pairs[-1] = (pairs[-1][0], Piece(first, atom.piece.start, atom.piece.end))
                draft.leave(Piece(rest, atom.piece.start, atom.piece.end))
            elif is_label and pairs[-1][1] is None:
                pairs[-1] = (pairs[-1][0], atom.piece)
            else:
                draft.leave(atom.piece)
    return pairs


def _goes_on(value: Piece, text: str) -> bool:
    """Whether a figure that a line end cut goes on with a text."""
    is_open = (
        value.text.endswith((",", "，", ".")) or text.startswith((",", "，", ".")) or _OPEN_GROUP.search(value.text)
    )
    return bool(_PART.fullmatch(text) and is_open)


def _number(piece: Piece) -> Piece:
    """A figure without the spaces and line ends in it."""
    text = "".join(piece.text.split()).replace("，", ",")
    return Piece(text, piece.start, piece.end, piece.column)


def _evaluated(found: Sequence[Atom], draft: Draft) -> None:
    """The amounts of a self-evaluation: columns by their headings, rows by their labels."""
    headings: dict[str, Piece] = {}
    rows: list[tuple[str, Atom, list[Atom]]] = []
    for atom in found:
        text = atom.piece.text
        column = looked_up(text, labels.MONEY_COLUMNS) if atom.is_label else None
        source = looked_up(text, labels.SOURCES) if atom.is_label else None
        if source is not None and headings:
            rows.append((source, atom, []))
        elif column is not None and not rows:
            headings.setdefault(column, atom.piece)
        elif atom.is_label:
            continue
        elif rows:
            rows[-1][2].append(atom)
        elif not _UNIT_NOTE.fullmatch("".join(text.split())):
            draft.leave(atom.piece)
    present = [name for name in headings if name in _COLUMNS]
    draft.add(None, None, *(headings[name] for name in present))
    for source, label, texts in rows:
        cells = _cells(texts)
        placed = _placed(source, cells, headings, present, draft)
        for piece in cells:
            if piece not in placed.values() and not is_dash(piece.text):
                draft.leave(piece)
        draft.add(None, label.piece, *(placed.get(name) for name in present))


def _cells(texts: Sequence[Atom]) -> list[Piece]:
    """The figures of a row, the words of a line without tabs each for itself."""
    cells: list[Piece] = []
    for atom in texts:
        words = [atom.piece.text] if atom.is_cell else atom.piece.text.split()
        for word in words:
            if cells and not is_dash(word) and not is_dash(cells[-1].text) and _goes_on(cells[-1], word):
                cells[-1] = cells[-1].joined(Piece(word, atom.piece.start, atom.piece.end))
            else:
                cells.append(Piece(word, atom.piece.start, atom.piece.end, atom.piece.column))
    return cells


def _placed(
    source: str, cells: Sequence[Piece], headings: Mapping[str, Piece], present: Sequence[str], draft: Draft
) -> dict[str, Piece]:
    """The figures of a row by their columns."""
    by_column = {headings[name].column: name for name in present}
    columns = {cell.column for cell in cells}
    if len(cells) != len(present) and columns and len(columns) == len(cells) and columns <= by_column.keys():
        return {by_column[cell.column]: cell for cell in cells}
    if len(cells) == len(present):
        return dict(zip(present, cells, strict=True))
    money = [name for name in present if name in _COLUMNS[:3]]
    figures = [cell for cell in cells if not is_dash(cell.text)]
    is_total = source == MONEY_SOURCES[0][0]
    rate = next((place for place, cell in enumerate(figures) if cell.text.endswith(("%", "％"))), None)
    placed: dict[str, Piece] = {}
    if is_total and rate is not None and "rate" in present:
        placed["rate"] = figures[rate]
        placed |= dict(zip(("score",), figures[rate + 1 : rate + 2], strict=False))
        figures = figures[:rate]
        if len(figures) > len(money) and "points" in present:
            placed["points"] = figures.pop()
    elif is_total and len(figures) > len(money):
        placed |= dict(zip([name for name in present if name not in money], figures[len(money) :], strict=False))
        figures = figures[: len(money)]
    if len(figures) > len(money):
        return placed | dict(zip(money, figures, strict=False))
    blank = money[: len(money) - len(figures)]
    if figures and blank:
        texts = [figure.text for figure in figures]
        for name in blank:
            draft.infer(
                f"{name}_{source}", f"这一行只有{len(texts)}个数，按靠右的栏目导入", *figures, alternative=texts[0]
            )
    return placed | dict(zip(money[len(blank) :], figures, strict=True))
