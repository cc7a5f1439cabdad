"""From a text to its forms."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from model.recognition.figures import is_dash
from model.recognition.forms import NO_PLACE, RecognisedForm, recognise_forms, why_no_form
from model.recognition.grid import Doubt, Grid, Place
from model.recognition.inferences import Inference, SourceText, Span
from model.recognition.labels import FURNITURE, LEVEL_LABELS, TOTALS, folded, is_label, is_list_title, is_one_of
from model.recognition.readings import title_kind
from model.recognition.text.draft import Draft, span_of
from model.recognition.text.goal_texts import read_goals
from model.recognition.text.header import read_header
from model.recognition.text.headings import body_of, columns_of, fields_of, others
from model.recognition.text.levels import Row, other_level, placed
from model.recognition.text.pages import without_pages
from model.recognition.text.pieces import Line, Piece, lines_of, marked
from model.recognition.text.stretches import ANNEX, Stretch, stretches
from model.recognition.text.tabbed import VALUE, Found, tabbed_rows
from model.recognition.text.tables import drawn_out
from model.recognition.text.worded import worded_rows
from model.records import Content, EvaluatedIndicator, Indicator
from model.values.taxonomy import canonical_level1, canonical_level2

_MANY_HALVES = 3
_ADVICE = "请直接导入原来的文件，或换一个阅读器复制"
_SIGNS = "<>=≤≥＜＞＝"
_HEADINGS = {
    "name": "三级指标",
    "sign": "指标性质",
    "target_text": "年度指标值",
    "unit": "计量单位",
    "actual_text": "实际完成值",
    "points": "分值",
    "score": "得分",
    "deviation_reason": "偏差原因分析及改进措施",
}


@dataclass(frozen=True, slots=True)
class TextReading:
    """The forms of a text in their order, and what stands outside of them; ``why_none`` is said when there is none."""

    forms: tuple[RecognisedForm, ...]
    unplaced: tuple[Doubt, ...] = ()
    why_none: str = ""


def recognise_text(text: str) -> TextReading:
    """The declarations and self-evaluations a text holds, each with what had to be inferred."""
    text, are_whole = drawn_out(text)
    lines, of_pages = without_pages(lines_of(text, are_whole=are_whole))
    found, before = stretches(lines)
    places = _Places(text)
    forms: list[RecognisedForm] = []
    widths: dict[str, int] = {}
    year: int | None = None
    for stretch in found:
        form = _form(text, places, stretch, widths)
        if form.year is None and year is not None:
            said = Inference("year", None, f"没有写明年度，按上一张表的{year}年度导入")
            form = replace(form, year=year, inferences=(said, *form.inferences))
        elif form.year is None and (planned := _planned_year(form.content)):
            said = Inference("year", None, f"没有写明年度，按计划日期的{planned}年导入")
            form = replace(form, year=planned, inferences=(said, *form.inferences))
        year = form.year
        forms.append(_by_itself(form, stretch))
    unplaced = [
        places.doubt("不属于任何一张表，没有导入", piece)
        for line in before
        for piece in line.cells()
        if not (is_list_title(piece.text) or ANNEX.fullmatch(piece.text) or is_one_of(piece.text, FURNITURE))
    ]
    if of_pages:
        unplaced.append(places.doubt("每页都有的页眉、页脚和页码，没有导入", *(one.cells()[0] for one in of_pages)))
    if forms:
        return TextReading(tuple(forms), tuple(unplaced))
    why = why_no_form(Grid({(row, 0): line.text for row, line in enumerate(lines)})) if lines else "没有文字"
    return TextReading((), tuple(unplaced), why)


def _by_itself(form: RecognisedForm, stretch: Stretch) -> RecognisedForm:
    """The form with every passage counted from its own beginning."""
    start = _span(*stretch.lines).start
    assert form.source is not None
    lines = tuple(Span(span.start - start, span.end - start) for span in form.source.lines)
    inferences = tuple(
        replace(one, span=Span(one.span.start - start, one.span.end - start)) if one.span else one
        for one in form.inferences
    )
    return replace(form, inferences=inferences, source=replace(form.source, lines=lines))


def _planned_year(content: Content) -> int | None:
    """The year the planned dates lie in, None where they do not lie in one."""
    years = {str(getattr(content, name, ""))[:4] for name in ("start_date", "end_date")}
    year = years.pop()
    return int(year) if not years and year.isdecimal() and len(year) == 4 else None


class _Places:
    """Lines and characters of the source, counted from 0."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._starts = [0, *(place + 1 for place, character in enumerate(text) if character == "\n")]

    def of(self, piece: Piece) -> Place:
        """Where a piece begins."""
        line = bisect_right(self._starts, piece.start) - 1
        return line, piece.start - self._starts[line]

    def doubt(self, what: str, *pieces: Piece) -> Doubt:
        """A doubt about passages of the source."""
        return Doubt(what, tuple((self.of(piece), piece.text) for piece in pieces))


def _form(text: str, places: _Places, stretch: Stretch, widths: dict[str, int]) -> RecognisedForm:
    """One form: as the grid its tabs draw where nothing is out of its place, else put together."""
    drawn = _drawn(text, places, stretch)
    if drawn is not None and not _faults(drawn):
        return drawn
    mended = _mended(text, places, stretch, widths)
    if drawn is not None and _faults(drawn) <= _faults(mended):
        return drawn
    return mended


def _faults(form: RecognisedForm) -> int:
    """How many lines do not look like one, and whether there is no table at all."""
    lines = sum(
        not line.name.strip()
        or folded(line.name) in LEVEL_LABELS
        or line.name.startswith(tuple(_SIGNS))
        or ((canonical_level1(line.level1) is None or canonical_level2(line.level2) is None) and not _is_full(line))
        for line in form.content.indicators
    )
    return lines + (form.problem is not None) * 100 + (not form.content.indicators) * 10


def _is_full(line: Indicator) -> bool:
    """Whether a line has all that makes one, so that strange words for its levels are these, and not its name."""
    is_cut = any(label.startswith(folded(line.level2)) for label in LEVEL_LABELS)
    return bool(line.level1 and line.level2 and line.name) and _is_valued(line) and not is_cut


def _is_valued(line: Indicator) -> bool:
    """Whether a line ends as lines do: with a quantity, or with its points and score."""
    is_scored = isinstance(line, EvaluatedIndicator) and bool(line.points and line.score)
    return is_scored or bool(VALUE.match(line.target_text))


def _drawn(text: str, places: _Places, stretch: Stretch) -> RecognisedForm | None:
    """The form as its tabs draw it, None for a text without."""
    body = stretch.lines[stretch.table :]
    if not body or sum(line.tabs > 0 for line in body) * 2 < len(body) or stretch.title is None:
        return None
    texts: dict[Place, str] = {}
    sources: dict[Place, Piece] = {}
    for row, line in enumerate(stretch.lines):
        for cell in line.cells():
            texts[row, cell.column] = cell.text
            sources[row, cell.column] = cell
    forms = recognise_forms(Grid(texts))
    if len(forms) != 1 or _has_lost_row(forms[0], stretch) or _has_cut_row(forms[0], stretch):
        return None
    spans = _spans(stretch, forms[0].content.indicators)
    told = tuple(
        Inference("level2", number, what, guess, spans[number])
        for number, line in enumerate(forms[0].content.indicators)
        for what, guess in other_level(line.name, line.level2)
    )
    return replace(_with_source(forms[0], text, places, stretch, sources, spans), inferences=told)


def _has_lost_row(form: RecognisedForm, stretch: Stretch) -> bool:
    """Whether texts of what looks like a line of the table found no place."""
    last = max(form.line_rows, default=0)
    places = {place for doubt in form.doubts if doubt.what == NO_PLACE for place, _ in doubt.cells}
    rows = {row for row, column in places if column > 0 or row not in form.line_rows}  # a text at the side divides
    return any(row >= stretch.table and (row <= last or _looks_like_a_row(stretch.lines[row])) for row in rows)


def _has_cut_row(form: RecognisedForm, stretch: Stretch) -> bool:
    """Whether something after the end of a page may go on with what stands before it."""
    lines = dict(zip(form.line_rows, form.content.indicators, strict=True))
    for row, line in enumerate(stretch.lines):
        if row <= stretch.goals or not line.is_after_gap:
            continue
        own = lines.get(row)
        is_whole = own is not None and own.name and _is_valued(own)
        if not is_whole and not (own is None and all(is_label(piece.text) for piece in line.pieces[:1])):
            return True
    return False


def _looks_like_a_row(line: Line) -> bool:
    """Whether a line under the last one read has a quantity, or two totals."""
    texts = [piece.text for piece in line.pieces]
    is_total = any(is_one_of(text, TOTALS) for text in texts)
    return any(text[0] in _SIGNS for text in texts) or (is_total and sum(text[0].isdecimal() for text in texts) > 1)


def _spans(stretch: Stretch, indicators: Iterable[Indicator]) -> list[Span]:
    """The line of the text each indicator stands in, found again by its name or its value."""
    by_text: dict[str, list[Line]] = {}
    for line in stretch.lines[stretch.table :]:
        for cell in line.cells():
            by_text.setdefault(cell.text, []).append(line)
    spans: list[Span] = []
    for indicator in indicators:
        own = by_text.get(indicator.name) or by_text.get(indicator.target_text)
        spans.append(_span(own.pop(0)) if own else _span(*stretch.lines))
    return spans


def _mended(text: str, places: _Places, stretch: Stretch, widths: dict[str, int]) -> RecognisedForm:
    """The form put together from its pieces."""
    draft = Draft()
    read_header(stretch, draft)
    widths |= read_goals(stretch, draft, widths)
    rows = _table(stretch, draft)
    grid, sources = draft.grid()
    form = recognise_forms(grid)[0]
    spans = [span_of(*row.pieces()) or _span(*stretch.lines) for row in rows]
    for number, row in enumerate(rows):
        for field, what, alternative in row.notes:
            draft.infer(field, what, *row.pieces(), alternative=alternative, line=number)
    form = _with_source(form, text, places, stretch, sources, spans)
    doubts = [places.doubt(what, piece) for what, piece in draft.unplaced if not _is_nothing(piece.text)]
    doubts += [places.doubt(what, *pieces) for what, pieces in draft.left_out]
    halves = sum(not (row.text("name") and row.text("target_text")) for row in rows)
    if halves >= _MANY_HALVES and halves * 4 >= len(rows):
        doubts.insert(0, Doubt(f"有{halves}条指标只有名称或只有指标值，复制时多半打乱了各格的顺序，{_ADVICE}"))
    return replace(form, inferences=tuple(draft.inferences), doubts=(*doubts, *form.doubts))


def _is_nothing(text: str) -> bool:
    return is_dash(text) or is_one_of(text, FURNITURE) or bool(title_kind(text))


def _table(stretch: Stretch, draft: Draft) -> list[Row]:
    """The lines of the table into the rows of a draft."""
    lines = stretch.lines[stretch.table :]
    if not lines:
        return []
    body = body_of(lines)
    if sum(line.tabs > 0 for line in body) * 2 >= len(body):
        columns = columns_of(lines)
        found, fields = tabbed_rows(stretch.kind, columns, body), columns.line_fields(stretch.kind)
    else:
        fields = fields_of(stretch.kind)
        found = worded_rows(stretch.kind, body)
        for piece in others(lines):
            draft.leave(piece, "文字里没有分隔，分不出这一栏，它的内容可能连在前后两栏里，请逐条核对")
    rows = placed(found.items, draft)
    draft.add()  # the headings are looked for in two rows below each other
    draft.add("一级指标", "二级指标", *(_HEADINGS[name] for name in fields))
    for row in rows:
        if not row.cells.keys() & {"name", "target_text", "actual_text"}:
            row.cells["name"] = Piece("", 0, 0)
        draft.add(row.level1, row.level2, *(row.cells.get(name) for name in fields))
    _totals(stretch, found, fields, draft)
    for word, pieces in found.strange.items():
        draft.left_out.append((f"本程序的表没有“{word}”一栏，其中的内容没有导入", pieces))
    for piece in found.left:
        draft.leave(piece)
    return rows


def _totals(stretch: Stretch, found: Found, fields: Sequence[str], draft: Draft) -> None:
    if "score" in fields and found.totals:
        figures = [piece for piece in found.totals if not is_dash(piece.text)]
        cells = dict(zip(("points", "score"), figures, strict=False))
        draft.add("总分", None, *(cells.get(name) for name in fields))
        for piece in figures[2:]:
            draft.leave(piece)
    else:
        for piece in found.totals:
            draft.leave(piece)


def _with_source(
    form: RecognisedForm,
    text: str,
    places: _Places,
    stretch: Stretch,
    sources: Mapping[Place, Piece],
    lines: Sequence[Span],
) -> RecognisedForm:
    """The form with its passages of the source, also where its doubts speak of cells."""
    whole = _span(*stretch.lines)
    source = SourceText(text[whole.start : whole.end], whole.start, tuple(lines))
    doubts = tuple(_in_source(doubt, places, sources) for doubt in form.doubts)
    problem = _in_source(form.problem, places, sources) if form.problem else None
    marks = [line for line in stretch.lines if marked(text, line.start, line.end)]
    if marks:
        pieces = [Piece(text[line.start : line.end].strip()[:20], line.start, line.end) for line in marks]
        doubts = (*doubts, places.doubt("文字中的网页或公式标记已去掉", *pieces))
    return replace(form, source=source, doubts=doubts, problem=problem, rows=(), line_rows=())


def _in_source(doubt: Doubt, places: _Places, sources: Mapping[Place, Piece]) -> Doubt:
    return Doubt(
        doubt.what,
        tuple((places.of(sources[place]), told) for place, told in doubt.cells if place in sources),
    )


def _span(*lines: Line) -> Span:
    return Span(min(line.start for line in lines), max(line.end for line in lines))
