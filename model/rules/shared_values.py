"""Rules of domain.md §9.4 that hold for the values of both forms: VAL-002 … VAL-006, VAL-023, VAL-028."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from model.findings import Fix, Severity
from model.mends import AddUnit
from model.quantity import Comparator, Kind, Style, Value, canonical
from model.records import Form
from model.rules.context import Line, faithful
from model.rules.registry import Hit, LineRule, hit, line_rule
from model.values.markup import has_markup, without_markup

ERROR, WARNING, INFO = Severity.ERROR, Severity.WARNING, Severity.INFO


@line_rule("VAL-002", ERROR, "无法识别指标值“{raw}”，请按“比较符+数值+单位”填写。")
def target_is_unreadable(line: Line) -> Iterable[Hit]:
    """A target begins like a quantity but is none."""
    if line.target.malformed:
        yield hit("target_text", raw=line.target.text)


@line_rule("VAL-003", WARNING, "“{name}”缺少计量单位。")
def target_has_no_unit(line: Line) -> Iterable[Hit]:
    """A quantity without a unit."""
    value = line.target
    # Nothing is nothing in any unit, and what stands behind a number (0投诉) says what is counted.
    is_number = value.kind is Kind.QUANT and value.unit is None
    if is_number and value.number != 0 and not value.after:
        yield hit("target_text", name=line.name)


@line_rule("VAL-004", WARNING, "计量单位“{u}”不在单位表中，请确认或加入单位表。")
def unit_is_unknown(line: Line) -> Iterable[Hit]:
    """A quantity is counted in a unit that is neither of domain.md §5.6 nor the clerk's own."""
    unit = line.target.unit
    if unit is not None and not unit.known:
        fix = Fix(f"将“{unit.unlisted}”加入单位表", unit.unlisted, AddUnit(unit.unlisted))
        yield hit("target_text", fixes=(fix,), u=unit.unlisted)


@line_rule("VAL-005", WARNING, "指标值“{raw}”缺少比较符，将按“=”处理。")
def target_has_no_comparator(line: Line) -> Iterable[Hit]:
    """A quantity without a comparator."""
    if line.target.kind is Kind.QUANT and line.target.comparator is None:
        fixed = canonical(replace(line.target, comparator=Comparator.EQ), line.around.style)
        fixes = faithful(line, "target_text", fixed, line.target)
        yield hit("target_text", fixes=fixes, raw=line.target.raw.strip())


@line_rule("VAL-006", WARNING, "指标值含公式标记，建议改为“{fixed}”。")
def value_holds_markup(line: Line) -> Iterable[Hit]:
    """A target or actual value still holds TeX or tags."""
    fields = ("target_text",) if line.around.form is Form.DECLARATION else ("target_text", "actual_text")
    for field in fields:
        text = str(getattr(line.indicator, field))
        if has_markup(text):
            fixed = _without_markup(text, line.target if field == "target_text" else line.actual, line.around.style)
            value = line.target if field == "target_text" else line.actual
            read = line.read(text) if value is None else value
            yield hit(field, fixes=faithful(line, field, fixed, read), fixed=fixed)


_TROUBLE = re.compile("投诉|事故|故障|漏洞|中断|宕机|差错|失误|违规|违纪|泄露|泄密")


@line_rule("VAL-023", INFO, "建议以“=0”表示，便于计分。")
def nothing_is_said_in_words(line: Line) -> Iterable[Hit]:
    """Trouble that is not to happen is written as 无."""
    if line.target.is_nothing and _TROUBLE.search(line.name):
        zero = replace(line.read("=0"), raw="")
        fixes = faithful(line, "target_text", canonical(zero, line.around.style), line.target)
        yield hit("target_text", fixes=fixes)


_NEVER_NEGATIVE = (
    *("count:", "money", "time", "worktime", "month", "area", "length", "data", "mark", "volume", "mass"),
    *("bandwidth", "energy", "power", "product:", "rate:"),
)


@line_rule("VAL-028", ERROR, "“{raw}”不能为负数。")
def count_is_negative(line: Line) -> Iterable[Hit]:
    """Less than nothing of something that is counted, paid or takes time."""
    if _is_below_nothing(line.target):
        yield hit("target_text", raw=line.target.raw.strip())
    if line.actual is not None and _is_below_nothing(line.actual):
        yield hit("actual_text", raw=line.actual.raw.strip())


def _without_markup(text: str, value: Value | None, style: Style) -> str:
    """The regular text of a quantity, else the text without the marks."""
    cleaned = without_markup(text)
    if value is None or value.kind is not Kind.QUANT:
        return cleaned
    regular = canonical(value, style)
    return cleaned if has_markup(regular) else regular


def _is_below_nothing(value: Value) -> bool:
    return (value.number or Decimal(0)) < 0 and value.dimension.startswith(_NEVER_NEGATIVE)


SHARED_RULES: tuple[LineRule, ...] = (
    target_is_unreadable,
    target_has_no_unit,
    unit_is_unknown,
    target_has_no_comparator,
    value_holds_markup,
    nothing_is_said_in_words,
    count_is_negative,
)
