"""The indicator table as a whole and the names in it: rules IND-001 … IND-024 (domain.md §9.3, taxonomy of §4.1).

Those of SHARED_RULES also look at a self-evaluation, whose lines otherwise come from the approved declaration.
Left out: IND-023, which §9.3 counts gross only.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from model.changes import Change, MoveIndicator
from model.edits import sort_indicators
from model.findings import Fix, Severity
from model.quantity import Kind
from model.rules.context import DeclarationView, FormView, Line
from model.rules.registry import Hit, Rule, hit, rule
from model.taxonomy import (
    BENEFIT,
    COST,
    OUTPUT,
    QUALITY,
    QUANTITY,
    SATISFACTION,
    TIMELINESS,
    canonical_level1,
    guess_level2,
    level1_of,
    level2_of,
    order_key,
)

ERROR, WARNING, INFO = Severity.ERROR, Severity.WARNING, Severity.INFO


@rule("IND-001", ERROR, "缺少产出指标。")
def output_is_missing(form: DeclarationView) -> Iterable[Hit]:
    """No line stands under 产出指标."""
    if not _has(form, OUTPUT):
        yield hit("")


@rule("IND-002", ERROR, "缺少效益指标。")
def benefit_is_missing(form: DeclarationView) -> Iterable[Hit]:
    """No line stands under 效益指标."""
    if not _has(form, BENEFIT):
        yield hit("")


@rule("IND-003", WARNING, "未设置满意度指标，请补充或说明不适用原因。")
def satisfaction_is_missing(form: DeclarationView) -> Iterable[Hit]:
    """No line stands under 满意度指标."""
    if not _has(form, SATISFACTION):
        yield hit("")


@rule("IND-004", WARNING, "未设置成本指标，请补充或说明不适用原因。")
def cost_is_missing(form: DeclarationView) -> Iterable[Hit]:
    """No line stands under 成本指标 though the year asks for one."""
    if form.project.year >= form.thresholds.cost_required_from_year and not _has(form, COST):
        yield hit("")


@rule("IND-005", ERROR, "产出指标中缺少数量指标。")
def quantity_is_missing(form: DeclarationView) -> Iterable[Hit]:
    """There is output, but no 数量指标 (without any output IND-001 speaks; so for IND-006 and IND-007)."""
    if _has_output_without(form, QUANTITY):
        yield hit("")


@rule("IND-006", WARNING, "产出指标中缺少质量指标。")
def quality_is_missing(form: DeclarationView) -> Iterable[Hit]:
    """There is output, but no 质量指标."""
    if _has_output_without(form, QUALITY):
        yield hit("")


@rule("IND-007", WARNING, "产出指标中缺少时效指标。")
def timeliness_is_missing(form: DeclarationView) -> Iterable[Hit]:
    """There is output, but no 时效指标."""
    if _has_output_without(form, TIMELINESS):
        yield hit("")


@rule("IND-008", ERROR, "二级指标“{l2}”不属于一级指标“{l1}”。")
def levels_do_not_fit(form: FormView) -> Iterable[Hit]:
    """The second level is none of the first level's; historic names of §4.1 count as today's."""
    for line in form.lines:
        if not line.is_empty and (not line.level1 or level1_of(line.level2) != line.level1):
            l1, l2 = line.indicator.level1.strip(), line.indicator.level2.strip()
            yield hit("level2", line=line.id, fixes=_fitting_levels(form, line), l1=l1, l2=l2)


@rule("IND-009", WARNING, "指标顺序与标准格式不一致，是否自动排序？")
def lines_are_out_of_order(form: DeclarationView) -> Iterable[Hit]:
    """A line stands after one that the standard form prints below it; lines without official levels do not count."""
    highest = (-1, -1)
    for line in form.lines:
        level1, level2 = line.indicator.level1, line.indicator.level2
        if level2_of(level1) and level1_of(level2):
            key = order_key(level1, level2)
            if key < highest:
                changes = sort_indicators(form.project, form.form)
                yield hit("level2", line=line.id, fixes=(Fix("按标准格式排序", "", changes),))
                return
            highest = max(highest, key)


@rule("IND-010", ERROR, "请填写三级指标名称。")
def name_is_missing(form: FormView) -> Iterable[Hit]:
    """A line has no name while any other cell of it is filled."""
    for line in form.lines:
        if not line.indicator.name.strip() and not line.is_empty:
            yield hit("name", line=line.id)


@rule("IND-011", ERROR, "二级指标“{l2}”下三级指标“{name}”重复。")
def name_stands_twice(form: FormView) -> Iterable[Hit]:
    """The same name stands twice in one second level; the later line is reported."""
    seen: set[tuple[str, str]] = set()
    for line, name in _named(form):
        key = (line.level2, name)
        if key in seen:
            yield hit("name", line=line.id, l2=line.level2 or line.indicator.level2.strip(), name=line.name)
        seen.add(key)


@rule("IND-012", WARNING, "指标“{name}”同时出现在“{a}”和“{b}”下。")
def name_stands_under_two_levels(form: DeclarationView) -> Iterable[Hit]:
    """The same name stands under two second levels; the later line is reported."""
    first: dict[str, str] = {}
    for line, name in _named(form):
        other = first.setdefault(name, line.level2)
        if line.level2 and other and other != line.level2:
            yield hit("name", line=line.id, name=line.name, a=other, b=line.level2)


_DOUBLED = re.compile(r"^(.{2,50}?)\1+$")
_DOUBLED_INSIDE = re.compile(r"(.{4,20}?)\1+")


@rule("IND-013", WARNING, "指标名称疑似重复粘贴：“{name}”。")
def name_repeats_itself(form: DeclarationView) -> Iterable[Hit]:
    """The name is one text pasted twice, or four characters and more of it stand twice in a row."""
    for line, name in _named(form):
        single = _single(name)
        if single != name:
            fix = Fix(f"改为 {single}", single, (form.set_line(line, "name", single),))
            yield hit("name", line=line.id, fixes=(fix,), name=name)


_VALUE_IN_NAME = re.compile(r"\d\s*[%％]|达到?\s*\d|(?:[≥≤＞＜＝]|[<>=]=?)\s*\d")


@rule("IND-014", WARNING, "指标名称中含指标值，请将数值移到“指标值”栏。")
def name_holds_a_value(form: DeclarationView) -> Iterable[Hit]:
    """The name says how much is to be reached."""
    for line in form.lines:
        if _VALUE_IN_NAME.search(line.indicator.name):
            yield hit("name", line=line.id)


@rule("IND-015", WARNING, "指标名称与指标值相同。")
def name_equals_value(form: DeclarationView) -> Iterable[Hit]:
    """Name and target value are the same text."""
    for line, name in _named(form):
        if name == line.indicator.target_text.strip():
            yield hit("name", line=line.id)


@rule("IND-016", WARNING, "指标名称{n}字，建议不超过{limit}字。")
def name_is_long(form: DeclarationView) -> Iterable[Hit]:
    """The name has more characters than the limit (30 in the wording of §9.3)."""
    for line, name in _named(form):
        if len(name) > form.thresholds.name_max_length:
            yield hit("name", line=line.id, n=len(name), limit=form.thresholds.name_max_length)


@rule("IND-017", WARNING, "仅{n}条指标，难以反映项目全貌。")
def lines_are_few(form: DeclarationView) -> Iterable[Hit]:
    """There are some lines, but fewer than the limit."""
    if 0 < len(form.lines) < form.thresholds.indicators_min:
        yield hit("", n=len(form.lines))


@rule("IND-018", WARNING, "共{n}条指标，建议保留核心指标。")
def lines_are_many(form: DeclarationView) -> Iterable[Hit]:
    """There are more lines than the limit."""
    if len(form.lines) > form.thresholds.indicators_max:
        yield hit("", n=len(form.lines))


@rule("IND-019", WARNING, "{p}%的指标为定性，建议尽量细化量化。")
def most_lines_are_words(form: DeclarationView) -> Iterable[Hit]:
    """More lines than the limit are not quantitative, blank ones included."""
    words = sum(line.target.kind is not Kind.QUANT for line in form.lines)
    if words * 100 > form.thresholds.qualitative_share_percent * len(form.lines):
        yield hit("", p=(words * 200 + len(form.lines)) // (2 * len(form.lines)))


_SATISFACTION_NAME = re.compile("满意|认可|好评")


@rule("IND-020", WARNING, "“{name}”不像满意度指标，请核对所在二级指标。")
def name_is_no_satisfaction(form: DeclarationView) -> Iterable[Hit]:
    """A line of 满意度指标 speaks of something else."""
    for line, name in _named(form):
        if line.level1 == SATISFACTION and not _SATISFACTION_NAME.search(name):
            yield hit("level2", line=line.id, name=name)


@rule("IND-021", WARNING, "“{name}”更像“{guess}”，请核对所在二级指标。")
def name_suggests_another_level(form: DeclarationView) -> Iterable[Hit]:
    """Key words of the name belong to another second level (domain.md §2.7 B)."""
    for line, name in _named(form):
        guess = guess_level2(name, line.level2) if line.level2 else None
        if guess and guess != line.level2:
            fix = Fix(f"移到{guess}", guess, _moved(form, line, guess))
            yield hit("level2", line=line.id, fixes=(fix,), name=name, guess=guess)


@rule("IND-022", INFO, "数量指标“{name}”以百分比计，建议改用绝对数。")
def quantity_is_a_percentage(form: DeclarationView) -> Iterable[Hit]:
    """A 数量指标 is counted in per cent."""
    for line in form.lines:
        if line.level2 == QUANTITY and line.target.unit is not None and line.target.unit.name == "%":
            yield hit("target_text", line=line.id, name=line.name)


@rule("IND-024", WARNING, "“{name}”为比率指标，指标值应为百分比。")
def rate_is_no_percentage(form: DeclarationView) -> Iterable[Hit]:
    """The name ends in 率, but the value is words or counted in another unit than %, ‰ and 倍."""
    for line, name in _named(form):
        value = line.target
        is_number_of_another_kind = value.kind is Kind.QUANT and value.unit is not None and value.dimension != "ratio"
        is_words = value.kind is Kind.QUAL and not value.malformed
        if name.endswith("率") and (is_number_of_another_kind or is_words):
            yield hit("target_text", line=line.id, name=name)


def _has(form: DeclarationView, level1: str) -> bool:
    return any(line.level1 == level1 for line in form.lines)


def _has_output_without(form: DeclarationView, level2: str) -> bool:
    return _has(form, OUTPUT) and not any(line.level2 == level2 for line in form.lines)


def _named(form: FormView) -> Iterator[tuple[Line, str]]:
    for line in form.lines:
        name = line.indicator.name.strip()
        if name:
            yield line, name


def _single(name: str) -> str:
    """The name with every doubling taken out."""
    shorter = _DOUBLED_INSIDE.sub(r"\1", _DOUBLED.sub(r"\1", name))
    return name if shorter == name else _single(shorter)


def _fitting_levels(form: FormView, line: Line) -> tuple[Fix, ...]:
    """The first level the second one belongs to, or the only second level the first one has."""
    level1 = level1_of(line.level2) if line.level2 else None
    if level1:
        return (Fix(f"一级指标改为 {level1}", level1, (form.set_line(line, "level1", level1),)),)
    choices = level2_of(line.level1) if line.level1 else ()
    if len(choices) == 1:
        return (Fix(f"二级指标改为 {choices[0]}", choices[0], (form.set_line(line, "level2", choices[0]),)),)
    return ()


def _moved(form: FormView, line: Line, level2: str) -> tuple[Change, ...]:
    """Put a line under another second level, after the last line the standard form prints before it."""
    level1 = level1_of(level2) or line.indicator.level1
    changes: list[Change] = []
    if canonical_level1(line.indicator.level1) != level1:
        changes.append(form.set_line(line, "level1", level1))
    changes.append(form.set_line(line, "level2", level2))
    others = [other for other in form.lines if other is not line]
    before = [
        position
        for position, other in enumerate(others)
        if other.level1 and other.level2 and order_key(other.level1, other.level2) <= order_key(level1, level2)
    ]
    target = before[-1] + 1 if before else 0
    if target != line.position:
        changes.append(MoveIndicator(form.project.id, form.form, line.position, target))
    return tuple(changes)


SHARED_RULES: tuple[Rule[FormView], ...] = (levels_do_not_fit, name_is_missing, name_stands_twice)
RULES: tuple[Rule[DeclarationView], ...] = (
    output_is_missing,
    benefit_is_missing,
    satisfaction_is_missing,
    cost_is_missing,
    quantity_is_missing,
    quality_is_missing,
    timeliness_is_missing,
    lines_are_out_of_order,
    name_stands_under_two_levels,
    name_repeats_itself,
    name_holds_a_value,
    name_equals_value,
    name_is_long,
    lines_are_few,
    lines_are_many,
    most_lines_are_words,
    name_is_no_satisfaction,
    name_suggests_another_level,
    quantity_is_a_percentage,
    rate_is_no_percentage,
)
