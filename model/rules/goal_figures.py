"""Figures of the goal against the indicators: rules DEC-021 and EVL-045 (domain.md §9.7, as measured there)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from itertools import combinations, islice

from model.findings import Severity
from model.quantity import Constraint, Kind, Value, figures_in, normalise
from model.quantity.constraints import find_constraints
from model.rules.context import DeclarationView, EvaluationView, FormView, Line
from model.rules.registry import Hit, Rule, hit, rule
from model.values.units import Unit, UnitTable

WARNING, INFO = Severity.WARNING, Severity.INFO

_SENTENCE = re.compile(r"[^。；;\n]+")
_CLAUSE_END = re.compile(r"[，,、：:（）()]")
_SHORTEST_SUBJECT = 4
_LONGEST_AFTER = 12
_MOST_FIGURES = 60
_SHARED_HALF = 2
_CONTAINED = 3
_LEFT_ALONE = ("money", "area", "month", "ordinal")
_COUNT_WORD = re.compile("(?:的?数量|总数|数|量)$")
_NO_LETTER = re.compile(r"[\W\d_]")


@dataclass(frozen=True, slots=True)
class _Figure:
    """One figure of a goal: its subject, in pieces of two characters, is the clause before it and the one after it.

    ``named`` are the pieces of the clause before it alone.
    """

    text: str
    number: Decimal
    unit: Unit
    subject: frozenset[str]
    named: frozenset[str]


@rule("DEC-021", WARNING, "目标写“{x}”，指标“{name}”为{y}，请核对。", "目标中的{n}个数没有对应指标：{list}。")
def goal_contradicts_an_indicator(form: DeclarationView) -> Iterable[Hit]:
    """A figure of the goal has the subject of a line but another number; the rest is one hint.

    A figure that some line states, or that is one of two or three figures of a sentence which sum up to a line, is
    settled. Money, areas, months, years and ordinals are left alone.
    """
    rest = []
    told: set[str] = set()
    for figure, line in _unsettled(form, form.content.annual_goal):
        if line is None:
            rest.append(figure.text)
        elif line.id not in told:
            told.add(line.id)
            yield hit("target_text", line=line.id, x=figure.text, name=line.name, y=line.target.raw.strip())
    if rest:
        yield hit("annual_goal", variant=1, severity=INFO, n=len(rest), list="、".join(rest))


@rule("EVL-045", WARNING, "预期目标写“{x}”，指标“{name}”为{y}，请核对。")
def goal_contradicts_a_target(form: EvaluationView) -> Iterable[Hit]:
    """A figure of the expected goal has the subject of a line but another number.

    No hint about the others and no look at the report of what was done: of 38 hits there 37 were false.
    """
    told: set[str] = set()
    for figure, line in _unsettled(form, form.content.expected_goal):
        if line is not None and line.id not in told:
            told.add(line.id)
            yield hit("target_text", line=line.id, x=figure.text, name=line.name, y=line.target.raw.strip())


class _Statements:
    """What the lines of a form state: every number with its unit, found by the number."""

    def __init__(self, form: FormView) -> None:
        self._units = form.units
        self._by_number: dict[Decimal, list[tuple[Unit, Line]]] = {}
        for line in form.lines:
            for number, unit in _stated(line):
                self._by_number.setdefault(number, []).append((unit, line))

    def lines(self, number: Decimal, unit: Unit) -> list[Line]:
        """The lines that state a number of a unit."""
        return [line for of, line in self._by_number.get(number, ()) if self._alike(of, unit)]

    def _alike(self, one: Unit, other: Unit) -> bool:
        """Whether two units count the same; 人 and 人次 do here, for other rules tell them apart."""
        if one.dimension == other.dimension or self._units.aliased(one, other):
            return True
        both_count = one.dimension.startswith("count:") and other.dimension.startswith("count:")
        return both_count and (one.name.startswith(other.name) or other.name.startswith(one.name))


def _unsettled(form: FormView, goal: str) -> Iterator[tuple[_Figure, Line | None]]:
    """Every figure no line states, with the line of the same subject and dimension that says another number."""
    sentences = [_figures(match[0], form.units) for match in islice(_SENTENCE.finditer(goal), _MOST_FIGURES)]
    statements = _Statements(form)
    settled = _settled([figure for figures in sentences for figure in figures], statements)
    open_lines = [line for line in form.lines if line.target.kind is Kind.QUANT and line.id not in settled]
    for figures in sentences:
        summed = _summed(figures, statements)
        for figure in figures:
            if figure not in summed and not statements.lines(figure.number, figure.unit):
                yield figure, _line_of(figure, open_lines)


@lru_cache(maxsize=1024)
def _figures(passage: str, units: UnitTable) -> tuple[_Figure, ...]:
    """The figures of one sentence of a goal. Kept, for a keystroke changes one sentence, or none."""
    return tuple(_figures_of(normalise("".join(passage.split())), units))


def _figures_of(sentence: str, units: UnitTable) -> Iterator[_Figure]:
    words = Value(Kind.QUAL_NUM, sentence, text=sentence, constraints=find_constraints(sentence, units))
    searched: dict[str, int] = {}
    places = []
    for figure in figures_in(words, units)[:_MOST_FIGURES]:
        start = sentence.find(figure.text, searched.get(figure.text, 0))
        searched[figure.text] = start + 1
        places.append((start, figure.text, figure))
    places.sort(key=lambda place: place[0])
    end = 0
    for number, (start, text, figure) in enumerate(places):
        before, end = sentence[end:start], start + len(text)
        after = sentence[end : places[number + 1][0] if number + 1 < len(places) else None]
        unit = figure.unit
        if start < 0 or unit is None or unit.dimension.startswith(_LEFT_ALONE) or unit.name == "年":
            continue
        named = _clause(before)
        subject = named + text + _CLAUSE_END.split(after)[0][:_LONGEST_AFTER]
        yield _Figure(text, figure.base, unit, _pieces(subject), _pieces(_COUNT_WORD.sub("", named)))


def _clause(before: str) -> str:
    """The clause right before a figure, two when it says next to nothing."""
    clauses = [clause for clause in _CLAUSE_END.split(before) if clause]
    if clauses and len(clauses[-1]) >= _SHORTEST_SUBJECT:
        return clauses[-1]
    return "".join(clauses[-2:])


def _settled(figures: Iterable[_Figure], statements: _Statements) -> set[str]:
    """The lines the goal speaks of rightly: of the lines that state a figure, those that share most of its subject."""
    found: set[str] = set()
    for figure in figures:
        lines = statements.lines(figure.number, figure.unit)
        shared = {line.id: len(_name_pieces(line.name) & figure.subject) for line in lines}
        found.update(key for key, count in shared.items() if count == max(shared.values()))
    return found


@lru_cache(maxsize=8192)
def _stated(line: Line) -> tuple[tuple[Decimal, Unit], ...]:
    value = line.target
    if value.kind is Kind.QUANT:
        return ((value.base, value.unit),) if value.base is not None and value.unit is not None else ()
    words: tuple[Constraint, ...] = ()
    if value.kind in (Kind.QUAL, Kind.QUAL_NUM) and not value.malformed:
        words = figures_in(value, line.units)
    return tuple((figure.base, figure.unit) for figure in words if figure.unit is not None)


def _summed(figures: Sequence[_Figure], statements: _Statements) -> set[_Figure]:
    """The figures of a sentence that sum up, two or three together, to what a line states."""
    found: set[_Figure] = set()
    for count in (2, 3):
        for group in combinations(figures[:12], count):
            unit = group[0].unit
            if all(figure.unit.dimension == unit.dimension for figure in group) and statements.lines(
                sum((figure.number for figure in group), Decimal(0)), unit
            ):
                found.update(group)
    return found


def _line_of(figure: _Figure, lines: Iterable[Line]) -> Line | None:
    best: tuple[int, int, Line] | None = None
    for line in lines:
        if line.target.dimension != figure.unit.dimension:
            continue
        name = _name_pieces(line.name)
        shared = len(name & figure.subject)
        is_contained = len(figure.named) >= _CONTAINED and figure.named <= name
        is_strong = bool(name) and (is_contained or shared * _SHARED_HALF >= len(name))
        if is_strong and (best is None or shared * best[1] > best[0] * len(name)):
            best = shared, len(name), line
    return best[2] if best else None


@lru_cache(maxsize=8192)
def _name_pieces(name: str) -> frozenset[str]:
    return _pieces(_COUNT_WORD.sub("", name))


def _pieces(text: str) -> frozenset[str]:
    """The pieces of two characters a text is made of, signs and digits left out."""
    letters = _NO_LETTER.sub("", text)
    return frozenset(letters[at : at + 2] for at in range(len(letters) - 1))


RULES: tuple[Rule[DeclarationView], ...] = (goal_contradicts_an_indicator,)
EVALUATION_RULES: tuple[Rule[EvaluationView], ...] = (goal_contradicts_a_target,)
