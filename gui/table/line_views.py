"""What the lines, the levels and the totals of one form say now; a line nothing happened to keeps its view."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from gui.document.document import Document
from gui.table.cells import MARKED, CellView, LevelView, LineView, TotalView, level_view, line_view, total_view
from gui.table.columns import POINTS, SCORE, TARGET, columns_of
from gui.table.past import PastLines
from model.findings import Finding
from model.forms import FORMS
from model.labels import AWAITED, SEVERITY_WORDS, place_of_line
from model.records import Form, Indicator
from model.scoring import EvaluationScore, LineScore
from model.years import NOTHING_BESIDE, Beside

LevelKey = tuple[str, str | None]
"""A 一级指标, and the 二级指标 under it that is meant, None for the 一级 itself."""

_NONE: frozenset[str] = frozenset()


class LineViews:
    """Looks at a form whenever it is told to. ``lines`` are the views by the ids of their lines, in order."""

    def __init__(self, document: Document, form: Form, past: PastLines) -> None:
        self._document = document
        self._form = form
        self._past = past
        self.lines: dict[str, LineView] = {}
        self._levels: dict[LevelKey, LevelView] = {}
        self.total: TotalView = total_view(0, None)

    def line(self, line_id: str) -> LineView | None:
        """What a line says; None for one that is not there."""
        return self.lines.get(line_id)

    def called(self, line_id: str) -> str:
        """The name of a line, or its number while it has none; "" for one that is not there."""
        view = self.lines.get(line_id)
        name = view.indicator.name.strip() if view is not None else ""
        return name or (place_of_line(list(self.lines).index(line_id)) if view is not None else "")

    def level(self, key: LevelKey, *, is_first_run: bool) -> LevelView:
        """What a level says; any run but the first has no subtotal."""
        view = self._levels.get(key)
        if view is None or not is_first_run:
            return level_view(key[0] if key[1] is None else key[1], 0 if view is None else view.line_count)
        return view

    def numbers(self, column: int) -> tuple[str, ...]:
        """Every different text of a column of numbers."""
        texts = {view.cells[column].text or view.cells[column].hint for view in self.lines.values()}
        field = columns_of(self._form)[column].field
        return (*texts, {POINTS: self.total.points, SCORE: self.total.score}.get(field, ""))

    def tags(self, column: int) -> set[str]:
        """Every different tag in the cells of a column."""
        return {view.cells[column].tag for view in self.lines.values()} - {""}

    def folded_words(self, line_ids: Sequence[str]) -> str:
        """How many lines a folded level hides, and how many of their cells have an error or a warning."""
        cells = [cell for line_id in line_ids if line_id in self.lines for cell in self.lines[line_id].cells]
        marks = Counter(cell.mark for cell in cells)
        words = [f"{SEVERITY_WORDS[one]} {marks[one]}" for one in MARKED if marks[one]]
        if awaited := sum(len(self.lines[line_id].awaited) for line_id in line_ids if line_id in self.lines):
            words.append(f"{AWAITED} {awaited}")
        return " · ".join((f"{len(line_ids)} 条已收起", *words))

    # Looking

    def forget(self) -> None:
        """Another project: none of its lines was seen before."""
        self.lines = {}

    def distrust(self) -> None:
        """Units may read differently everywhere: look at every line anew, and keep what was said for comparison."""
        unread = FORMS[self._form].line("")
        self.lines = {key: LineView(unread, None, (), view.cells) for key, view in self.lines.items()}

    def look(self, lines: Sequence[Indicator]) -> bool:
        """Take what every line says now; whether levels or totals say something else than before."""
        findings = self._findings_by_line()
        score = self._document.score if self._form is Form.EVALUATION else None
        scores = {line.indicator_id: line for line in score.lines} if score is not None else {}
        old, past = self.lines, self._past.of(lines)
        self.lines = {
            line.id: self._look_at(old.get(line.id), line, scores.get(line.id), findings.get(line.id, ()), past)
            for line in lines
        }
        return self._sum_up(lines, score)

    def _sum_up(self, lines: Iterable[Indicator], score: EvaluationScore | None) -> bool:
        """Sum the levels and the form up; whether they come to something else than before."""
        counts: defaultdict[LevelKey, int] = defaultdict(int)
        for line in lines:
            counts[line.level1, None] += 1
            counts[line.level1, line.level2] += 1
        sums = {(level.level1, level.level2): level for level in score.levels} if score is not None else {}
        levels = {
            key: level_view(key[0] if key[1] is None else key[1], count, sums.get(key)) for key, count in counts.items()
        }
        before = self._levels, self.total
        self._levels, self.total = levels, total_view(len(self.lines), score)
        return before != (self._levels, self.total)

    def _findings_by_line(self) -> dict[str, tuple[Finding, ...]]:
        found: defaultdict[str, tuple[Finding, ...]] = defaultdict(tuple)
        for finding in self._document.findings:
            if finding.place.form is self._form and finding.place.indicator_id:
                found[finding.place.indicator_id] += (finding,)
        return found

    def _look_at(
        self,
        old: LineView | None,
        line: Indicator,
        score: LineScore | None,
        findings: tuple[Finding, ...],
        past: Mapping[str, Beside],
    ) -> LineView:
        was = past.get(line.id, NOTHING_BESIDE)
        awaited = frozenset(one.key for one in findings if self._document.awaits(one)) if findings else _NONE
        is_same = old is not None and old.indicator is line and old.score is score and old.findings == findings
        is_told_alike = old is not None and old.awaited == awaited
        if old is not None and is_told_alike and is_same and old.past == was:
            return old
        now = (line, score, findings, was, awaited)
        if old is not None and (old.indicator, old.score, old.findings, old.past, old.awaited) == now:
            return old
        return line_view(self._form, line, score, findings, self._document.units, was, awaited)


def tool_tip(view: LineView, cell: CellView, field: str) -> str:
    """The findings about a cell; on a score how it came about, on a rewritten target what was typed."""
    parts = list(cell.messages)
    if field == SCORE and view.score is not None:
        parts += [view.score.explanation, view.score.rule_text]
    if field == TARGET and cell.text != cell.edit_text:
        parts.append(f"输入的是：{cell.edit_text}")
    return "\n".join(part for part in parts if part)
