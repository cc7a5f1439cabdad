"""A declaration beside what the project was the year before: rules FND-011, VAL-031 and VAL-032 (domain.md §9.2, §9.7).

Hints only: no line of the list counts them, so that nothing has to be counted anew when the other year changes. A
project continues one of the year before for certain, or because a person said so (§8.4); across a gap nothing is said.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import lru_cache

from model.findings import Severity
from model.quantity import Comparator, Value, parse, parse_actual
from model.records import Declaration, EvaluatedIndicator, Indicator
from model.rules.context import Context, FormView, Line
from model.rules.registry import Hit, StoreRule, hit, store_rule
from model.values.money import MoneyStyle, format_fen, parse_fen
from model.values.taxonomy import is_timely
from model.values.units import UnitTable
from model.years import Earlier, change_percent, compared_quantities, same_lines

INFO = Severity.INFO

_WANTED_HIGH = {Comparator.GE, Comparator.GT, Comparator.EQ}


@store_rule(
    "FND-011",
    INFO,
    "年度资金申请总额较上年（{a}元）增加{p}%，请准备说明。",
    "年度资金申请总额较上年（{a}元）减少{p}%，请准备说明。",
)
def request_changed(form: FormView, context: Context) -> Iterable[Hit]:
    """More or less is requested than the year before, beyond the threshold (30 %)."""
    earlier = _year_before(form, context)
    declaration = form.project.of(Declaration)
    now = parse_fen(declaration.total_requested) if declaration is not None else None
    if earlier is None or now is None or not earlier.requested:
        return
    percent = Decimal(now - earlier.requested) * 100 / earlier.requested
    if abs(percent) > form.thresholds.request_change_percent:
        before = format_fen(earlier.requested, MoneyStyle.GROUPED)
        yield hit("total_requested", variant=int(percent < 0), a=before, p=_plain(abs(percent)))


@store_rule("VAL-031", INFO, "“{name}”的指标值低于上年完成值{a}，请核对。")
def target_is_below_what_was_reached(form: FormView, context: Context) -> Iterable[Hit]:
    """A target of which more is better asks for less than was reached the year before."""
    for line, before in _lines_beside(form, context):
        if not isinstance(before, EvaluatedIndicator) or not before.actual_text:
            continue
        reached = _actual(before, line.around.year - 1, line.units)
        compared = compared_quantities(line.target, reached, line.units)
        is_high = line.target.comparator in _WANTED_HIGH
        if compared is not None and is_high and not compared.is_ordinal and compared.target < compared.actual:
            yield hit("target_text", line=line.id, name=line.name, a=before.actual_text.strip())


@store_rule(
    "VAL-032",
    INFO,
    "“{name}”的指标值较上年（{t}）提高{p}%，请核对或准备说明。",
    "“{name}”的指标值较上年（{t}）降低{p}%，请核对或准备说明。",
)
def target_changed(form: FormView, context: Context) -> Iterable[Hit]:
    """A target is higher or lower than the year before, beyond the threshold (50 %)."""
    for line, before in _lines_beside(form, context):
        if line.indicator.target_text == before.target_text:
            continue
        percent = change_percent(_target(before, line.around.year - 1, line.units), line.target, line.units)
        if percent is not None and abs(percent) > form.thresholds.target_change_percent:
            yield hit(
                "target_text",
                line=line.id,
                variant=int(percent < 0),
                name=line.name,
                t=before.target_text.strip(),
                p=_plain(abs(percent)),
            )


def _year_before(form: FormView, context: Context) -> Earlier | None:
    earlier = context.earlier(form.project)
    return earlier if earlier is not None and earlier.year == form.project.year - 1 else None


def _lines_beside(form: FormView, context: Context) -> Iterator[tuple[Line, Indicator]]:
    """The lines of a form that continue one of the year before, each with that."""
    earlier = _year_before(form, context)
    if earlier is None:
        return
    before = _same_lines(tuple(line.indicator for line in form.lines), earlier.lines)
    for line in form.lines:
        if line.id in before:
            yield line, before[line.id]


_same_lines = lru_cache(maxsize=4)(same_lines)


@lru_cache(maxsize=2048)
def _target(line: Indicator, year: int, units: UnitTable) -> Value:
    return parse(line.target_text, units, year, timely=is_timely(line.level2))


@lru_cache(maxsize=2048)
def _actual(line: EvaluatedIndicator, year: int, units: UnitTable) -> Value:
    return parse_actual(line.actual_text, units, year, timely=is_timely(line.level2))


def _plain(percent: Decimal) -> str:
    """Per cent with one decimal at most."""
    text = f"{percent:.1f}"
    return text.removesuffix(".0")


RULES: tuple[StoreRule, ...] = (request_changed, target_is_below_what_was_reached, target_changed)
