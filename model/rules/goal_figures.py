"""Figures of the goal against the indicators: rules DEC-021 and EVL-045 (truth.md §3, as measured there)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations, islice

from model.findings import Severity
from model.quantity import Constraint, Kind, Value, figures_in, normalise
from model.quantity.constraints import find_constraints
from model.rules.context import DeclarationView, EvaluationView, FormView, Line
from model.rules.registry import Hit, Rule, hit, rule
from model.units import Unit

WARNING, INFO = Severity.WARNING, Severity.INFO

_SENTENCE = re.compile(r"[^。；;\n]+")
_CLAUSE_END = re.compile(r"[，,、：:（）()]")
_SHORTEST_SUBJECT = 4
_LONGEST_AFTER = 12
_MOST_FIGURES = 60
_SHARED_HALF = 2
_LEFT_ALONE = ("money", "area", "month", "ordinal")
_COUNT_WORD = re.compile("(?:的?数量|总数|数|量)$")
_NO_LETTER = re.compile(r"[\W\d_]")


@dataclass(frozen=True, slots=True)
class _Figure:
    """One figure of a goal: its subject is the clause before it and the one after it."""

    text: str
    number: Decimal
    unit: Unit
    subject: str


@rule("DEC-021", WARNING, "目标写“{x}”，指标“{name}”为{y}，请核对。", "目标中的{n}个数没有对应指标：{list}。")
def goal_contradicts_an_indicator(form: DeclarationView) -> Iterable[Hit]:
    """A figure of the goal has the subject of a line but another number; the rest is one hint.

    A figure that some line states, or that is one of two or three figures of a sentence which sum up to a line, is
    settled. Money, areas, months, years and ordinals are left alone.
    """
    figures = _figures(form, form.declaration.annual_goal)
    targets = tuple((line, line.target) for line in form.lines)
    rest = []
    told: set[str] = set()
    for figure, line in _unsettled(form, figures, targets):
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
    targets = tuple((line, line.target) for line in form.lines)
    told: set[str] = set()
    for figure, line in _unsettled(form, _figures(form, form.evaluation.expected_goal), targets):
        if line is not None and line.id not in told:
            told.add(line.id)
            yield hit("target_text", line=line.id, x=figure.text, name=line.name, y=line.target.raw.strip())


def _figures(form: FormView, goal: str) -> tuple[tuple[_Figure, ...], ...]:
    """The figures of a goal by sentence."""
    sentences = (normalise("".join(match[0].split())) for match in islice(_SENTENCE.finditer(goal), _MOST_FIGURES))
    return tuple(tuple(_figures_of(form, sentence)) for sentence in sentences)


def _figures_of(form: FormView, sentence: str) -> Iterator[_Figure]:
    searched: dict[str, int] = {}
    places = []
    for figure in figures_in(_as_words(form, sentence), form.units)[:_MOST_FIGURES]:
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
        yield _Figure(text, figure.base, unit, _clause(before) + text + _CLAUSE_END.split(after)[0][:_LONGEST_AFTER])


def _as_words(form: FormView, text: str) -> Value:
    return Value(Kind.QUAL_NUM, text, text=text, constraints=find_constraints(text, form.units))


def _clause(before: str) -> str:
    """The clause right before a figure, two when it says next to nothing."""
    clauses = [clause for clause in _CLAUSE_END.split(before) if clause]
    if clauses and len(clauses[-1]) >= _SHORTEST_SUBJECT:
        return clauses[-1]
    return "".join(clauses[-2:])


def _unsettled(
    form: FormView, sentences: Sequence[Sequence[_Figure]], lines: Sequence[tuple[Line, Value]]
) -> Iterator[tuple[_Figure, Line | None]]:
    """Every figure no line states, with the line of the same subject and dimension that says another number."""
    stated = {line.id: _stated(form, value) for line, value in lines}
    every = [figure for figures in sentences for figure in figures]
    settled = _settled(form, every, lines, stated)
    open_lines = [(line, value) for line, value in lines if value.kind is Kind.QUANT and line.id not in settled]
    for figures in sentences:
        summed = _summed(form, figures, [pair for pairs in stated.values() for pair in pairs])
        for figure in figures:
            if figure in summed or any(_says(form, pairs, figure) for pairs in stated.values()):
                continue
            yield figure, _line_of(figure, open_lines)


def _settled(
    form: FormView,
    figures: Sequence[_Figure],
    lines: Sequence[tuple[Line, Value]],
    stated: Mapping[str, Sequence[tuple[Decimal, Unit]]],
) -> set[str]:
    """The lines the goal speaks of rightly: of the lines that state a figure, those that share most of its subject."""
    found: set[str] = set()
    for figure in figures:
        subject = _pieces(figure.subject)
        shared = {
            line.id: len(_name_pieces(line) & subject) for line, _ in lines if _says(form, stated[line.id], figure)
        }
        found.update(key for key, count in shared.items() if count == max(shared.values()))
    return found


def _stated(form: FormView, value: Value) -> tuple[tuple[Decimal, Unit], ...]:
    if value.kind is Kind.QUANT:
        return ((value.base, value.unit),) if value.base is not None and value.unit is not None else ()
    words: tuple[Constraint, ...] = ()
    if value.kind in (Kind.QUAL, Kind.QUAL_NUM) and not value.malformed:
        words = figures_in(value, form.units)
    return tuple((figure.base, figure.unit) for figure in words if figure.unit is not None)


def _says(form: FormView, pairs: Iterable[tuple[Decimal, Unit]], figure: _Figure) -> bool:
    return any(base == figure.number and _alike(form, unit, figure.unit) for base, unit in pairs)


def _alike(form: FormView, one: Unit, other: Unit) -> bool:
    """Whether two units count the same; 人 and 人次 do here, for other rules tell them apart."""
    if one.dimension == other.dimension or form.units.aliased(one, other):
        return True
    both_count = one.dimension.startswith("count:") and other.dimension.startswith("count:")
    return both_count and (one.name.startswith(other.name) or other.name.startswith(one.name))


def _summed(form: FormView, figures: Sequence[_Figure], pairs: Sequence[tuple[Decimal, Unit]]) -> set[_Figure]:
    """The figures of a sentence that sum up, two or three together, to what a line states."""
    found: set[_Figure] = set()
    for count in (2, 3):
        for group in combinations(figures[:12], count):
            total, unit = sum(figure.number for figure in group), group[0].unit
            if all(figure.unit.dimension == unit.dimension for figure in group) and any(
                base == total and _alike(form, unit, of) for base, of in pairs
            ):
                found.update(group)
    return found


def _line_of(figure: _Figure, lines: Sequence[tuple[Line, Value]]) -> Line | None:
    subject = _pieces(figure.subject)
    best: tuple[int, int, Line] | None = None
    for line, value in lines:
        name = _name_pieces(line)
        shared = len(name & subject)
        is_strong = bool(name) and shared * _SHARED_HALF >= len(name) and value.dimension == figure.unit.dimension
        if is_strong and (best is None or shared * best[1] > best[0] * len(name)):
            best = shared, len(name), line
    return best[2] if best else None


def _name_pieces(line: Line) -> set[str]:
    return _pieces(_COUNT_WORD.sub("", line.name))


def _pieces(text: str) -> set[str]:
    """The pieces of two characters a text is made of, signs and digits left out."""
    letters = _NO_LETTER.sub("", text)
    return {letters[at : at + 2] for at in range(len(letters) - 1)}


RULES: tuple[Rule[DeclarationView], ...] = (goal_contradicts_an_indicator,)
EVALUATION_RULES: tuple[Rule[EvaluationView], ...] = (goal_contradicts_a_target,)
