"""Names of indicators: rules IND-010 … IND-016, IND-020, IND-024 (domain.md §9.3).

Those of SHARED_RULES also look at a self-evaluation, whose lines otherwise come from the approved declaration.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from model.findings import Severity
from model.quantity import Kind
from model.rules.context import DeclarationView, FormView, Line, rewrite
from model.rules.registry import Hit, LineRule, Rule, hit, line_rule, rule
from model.values.matching import matching_name
from model.values.taxonomy import OUTPUT, SATISFACTION

ERROR, WARNING = Severity.ERROR, Severity.WARNING


@line_rule("IND-010", ERROR, "请填写三级指标名称。")
def name_is_missing(line: Line) -> Iterable[Hit]:
    """A line has no name while any other cell of it is filled."""
    if not line.indicator.name.strip() and not line.is_empty:
        yield hit("name")


_COUNT_WORD = re.compile("(?:的?数量|总数|数|量)$")


@rule("IND-011", ERROR, "二级指标“{l2}”下三级指标“{name}”重复。")
def name_stands_twice(form: FormView) -> Iterable[Hit]:
    """The same name stands twice in one second level, whether it ends in 数, 量 or 数量; the later line is reported."""
    seen: set[tuple[str, str]] = set()
    for line, name in _named(form):
        key = (line.level2, _COUNT_WORD.sub("", matching_name(name)) or name)
        if key in seen:
            yield hit("name", line=line.id, l2=line.level2 or line.indicator.level2.strip(), name=line.name)
        seen.add(key)


@rule("IND-012", WARNING, "指标“{name}”同时出现在“{a}”和“{b}”下。")
def name_stands_under_two_levels(form: DeclarationView) -> Iterable[Hit]:
    """The same name stands under two second levels; the later line is reported.

    Rates of one thing under 数量, 质量 and 时效 are its 完成率, 合格率 and 及时率.
    """
    first: dict[str, Line] = {}
    for line, name in _named(form):
        other = first.setdefault(name, line)
        are_rates = line.level1 == other.level1 == OUTPUT and line.target.dimension == other.target.dimension == "ratio"
        if line.level2 and other.level2 and other.level2 != line.level2 and not are_rates:
            yield hit("name", line=line.id, name=line.name, a=other.level2, b=line.level2)


_DOUBLED = re.compile(r"^(.{2,50}?)\1+$")
_DOUBLED_INSIDE = re.compile(r"(.{4,20}?)\1+")


@line_rule("IND-013", WARNING, "指标名称疑似重复粘贴：“{name}”。")
def name_repeats_itself(line: Line) -> Iterable[Hit]:
    """The name is one text pasted twice, or four characters and more of it stand twice in a row."""
    name = _name(line)
    single = _single(name)
    if single != name:
        yield hit("name", fixes=(rewrite(line.cell("name", single)),), name=name)


_VALUE_IN_NAME = re.compile(r"\d\s*[%％]|达到?\s*\d|(?:[≥≤＞＜＝]|[<>=]=?)\s*\d")


@line_rule("IND-014", WARNING, "指标名称中含指标值，请将数值移到“指标值”栏。")
def name_holds_a_value(line: Line) -> Iterable[Hit]:
    """The name says how much is to be reached."""
    if _VALUE_IN_NAME.search(line.indicator.name):
        yield hit("name")


@line_rule("IND-015", WARNING, "指标名称与指标值相同。")
def name_equals_value(line: Line) -> Iterable[Hit]:
    """Name and target value are the same text."""
    name = _name(line)
    if name and name == line.indicator.target_text.strip():
        yield hit("name")


@line_rule("IND-016", WARNING, "指标名称{n}字，建议不超过{limit}字。")
def name_is_long(line: Line) -> Iterable[Hit]:
    """The name has more characters than the limit (30 in the wording of §9.3)."""
    name = _name(line)
    if len(name) > line.around.thresholds.name_max_length:
        yield hit("name", n=len(name), limit=line.around.thresholds.name_max_length)


_SATISFACTION_NAME = re.compile("满意|认可|好评")


@line_rule("IND-020", WARNING, "“{name}”不像满意度指标，请核对所在二级指标。")
def name_is_no_satisfaction(line: Line) -> Iterable[Hit]:
    """A line of 满意度指标 speaks of something else."""
    name = _name(line)
    if name and line.level1 == SATISFACTION and not _SATISFACTION_NAME.search(name):
        yield hit("level2", name=name)


@line_rule("IND-024", WARNING, "“{name}”为比率指标，指标值应为百分比。")
def rate_is_no_percentage(line: Line) -> Iterable[Hit]:
    """The name ends in 率, but the value is words or counted in another unit than %, ‰ and 倍."""
    name = _name(line)
    value = line.target
    is_number_of_another_kind = value.kind is Kind.QUANT and value.unit is not None and value.dimension != "ratio"
    is_words = value.kind is Kind.QUAL and not value.malformed
    if name.endswith("率") and (is_number_of_another_kind or is_words):
        yield hit("target_text", name=name)


_DIGITS_ONLY = re.compile(r"[\d\s.,，、．%％()（）-]*\d[\d\s.,，、．%％()（）-]*")


@line_rule("IND-026", WARNING, "“{x}”不像指标名称，请核对。")
def name_is_a_number(line: Line) -> Iterable[Hit]:
    """The name is digits only: a number slipped into the wrong column."""
    name = _name(line)
    if _DIGITS_ONLY.fullmatch(name):
        yield hit("name", x=name)


def _named(form: FormView) -> Iterator[tuple[Line, str]]:
    for line in form.lines:
        name = _name(line)
        if name:
            yield line, name


def _name(line: Line) -> str:
    return line.indicator.name.strip()


def _single(name: str) -> str:
    """The name with every doubling taken out."""
    shorter = _DOUBLED_INSIDE.sub(r"\1", _DOUBLED.sub(r"\1", name))
    return name if shorter == name else _single(shorter)


SHARED_RULES: tuple[Rule[FormView] | LineRule, ...] = (name_is_missing, name_stands_twice, name_is_a_number)
RULES: tuple[Rule[DeclarationView] | LineRule, ...] = (
    name_stands_under_two_levels,
    name_repeats_itself,
    name_holds_a_value,
    name_equals_value,
    name_is_long,
    name_is_no_satisfaction,
    rate_is_no_percentage,
)
