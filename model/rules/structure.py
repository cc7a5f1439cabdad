"""The indicator table and its levels: rules IND-001 … IND-009, IND-017 … IND-022 (domain.md §9.3, taxonomy of §4.1).

Left out: IND-023, which §9.3 counts gross only.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from model.findings import Fix, Severity
from model.mends import PutUnder, SortLines
from model.quantity import Kind
from model.records import Form
from model.rules.context import DeclarationView, Line
from model.rules.registry import Hit, LineRule, Rule, hit, level_hit, line_rule, rule
from model.settings import Thresholds
from model.values.taxonomy import (
    BENEFIT,
    COST,
    OUTPUT,
    QUALITY,
    QUANTITY,
    SATISFACTION,
    TIMELINESS,
    guess_level2,
    is_old_cost,
    level1_of,
    level2_of,
    order_key,
)

_LAST_YEAR_OF_OLD_COSTS = 2021
ERROR, WARNING, INFO = Severity.ERROR, Severity.WARNING, Severity.INFO


def levels_asked_for(year: int, thresholds: Thresholds) -> tuple[tuple[str, str], ...]:
    """The 二级指标 a form begins with, so that IND-001 … IND-007 find nothing missing, each under its 一级指标.

    Of a 一级指标 that may be met by any of its 二级指标 it is the first one.
    """
    asked = [(OUTPUT, QUANTITY), (OUTPUT, QUALITY), (OUTPUT, TIMELINESS)]
    asked += [(level1, level2_of(level1)[0]) for level1 in (BENEFIT, SATISFACTION)]
    if year >= thresholds.cost_required_from_year:
        asked.insert(0, (COST, level2_of(COST)[0]))
    return tuple(asked)


@rule("IND-001", ERROR, "缺少产出指标。")
def output_is_missing(form: DeclarationView) -> Iterable[Hit]:
    """No line stands under 产出指标."""
    if not _has(form, OUTPUT):
        yield level_hit(OUTPUT)


@rule("IND-002", ERROR, "缺少效益指标。")
def benefit_is_missing(form: DeclarationView) -> Iterable[Hit]:
    """No line stands under 效益指标."""
    if not _has(form, BENEFIT):
        yield level_hit(BENEFIT)


@rule("IND-003", WARNING, "未设置满意度指标，请补充或说明不适用原因。")
def satisfaction_is_missing(form: DeclarationView) -> Iterable[Hit]:
    """No line stands under 满意度指标."""
    if not _has(form, SATISFACTION):
        yield level_hit(SATISFACTION)


@rule("IND-004", WARNING, "未设置成本指标，请补充或说明不适用原因。")
def cost_is_missing(form: DeclarationView) -> Iterable[Hit]:
    """No line stands under 成本指标 though the year asks for one."""
    if form.project.year >= form.thresholds.cost_required_from_year and not any(
        COST in (line.level1, level1_of(line.level2)) for line in form.lines
    ):
        yield level_hit(COST)


@rule("IND-005", ERROR, "产出指标中缺少数量指标。")
def quantity_is_missing(form: DeclarationView) -> Iterable[Hit]:
    """There is output, but no 数量指标 (without any output IND-001 speaks; so for IND-006 and IND-007)."""
    if _has_output_without(form, QUANTITY):
        yield level_hit(QUANTITY)


@rule("IND-006", WARNING, "产出指标中缺少质量指标。")
def quality_is_missing(form: DeclarationView) -> Iterable[Hit]:
    """There is output, but no 质量指标."""
    if _has_output_without(form, QUALITY):
        yield level_hit(QUALITY)


@rule("IND-007", WARNING, "产出指标中缺少时效指标。")
def timeliness_is_missing(form: DeclarationView) -> Iterable[Hit]:
    """There is output, but no 时效指标."""
    if _has_output_without(form, TIMELINESS):
        yield level_hit(TIMELINESS)


@line_rule("IND-008", ERROR, "二级指标“{l2}”不属于一级指标“{l1}”。")
def levels_do_not_fit(line: Line) -> Iterable[Hit]:
    """The second level is none of the first level's; historic names of §4.1 count as today's.

    成本指标 under 产出指标 is as the national form of 2020 has it, which self-evaluations are still written in.
    """
    is_old = line.around.form is Form.EVALUATION or line.around.year <= _LAST_YEAR_OF_OLD_COSTS
    if line.is_empty or (is_old and is_old_cost(line.indicator.level1, line.indicator.level2)):
        return
    if not line.level1 or level1_of(line.level2) != line.level1:
        l1, l2 = line.indicator.level1.strip(), line.indicator.level2.strip()
        yield hit("level2", fixes=_fitting_levels(line), l1=l1, l2=l2)


_COST_BEHIND_OUTPUT = {order_key(OUTPUT, "")[0]: 0, order_key(COST, "")[0]: 1}


def _out_of_order(keys: Iterable[tuple[int, int]]) -> int | None:
    """The place of the first key that is below one before it."""
    return next((place + 1 for place, (one, other) in enumerate(pairwise(keys)) if other < one), None)


@rule("IND-009", WARNING, "指标顺序与标准格式不一致，是否自动排序？")
def lines_are_out_of_order(form: DeclarationView) -> Iterable[Hit]:
    """A line stands after one that the standard form prints below it; lines without official levels do not count.

    成本指标 right behind 产出指标, as the form of 2020 and many regions print them, is in order, too.
    """
    known = [line for line in form.lines if level2_of(line.indicator.level1) and level1_of(line.indicator.level2)]
    keys = [order_key(line.indicator.level1, line.indicator.level2) for line in known]
    first = _out_of_order(keys)
    as_of_2020 = [(_COST_BEHIND_OUTPUT.get(level1, level1), level2) for level1, level2 in keys]
    if first is not None and _out_of_order(as_of_2020) is not None:
        yield hit("level2", line=known[first].id, fixes=(Fix("按标准格式排序", "", SortLines(form.form)),))


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


@line_rule("IND-021", WARNING, "“{name}”更像“{guess}”，请核对所在二级指标。")
def name_suggests_another_level(line: Line) -> Iterable[Hit]:
    """Key words of the name belong to another second level (domain.md §2.7 B)."""
    name = line.indicator.name.strip()
    guess = guess_level2(name, line.level2) if line.level2 else None
    if guess and guess != line.level2:
        fix = Fix(f"移到{guess}", guess, _moved(line, guess))
        yield hit("level2", fixes=(fix,), name=name, guess=guess)


@line_rule("IND-022", INFO, "数量指标“{name}”以百分比计，建议改用绝对数。")
def quantity_is_a_percentage(line: Line) -> Iterable[Hit]:
    """A 数量指标 is counted in per cent."""
    if line.level2 == QUANTITY and line.target.unit is not None and line.target.unit.name == "%":
        yield hit("target_text", name=line.name)


def _has(form: DeclarationView, level1: str) -> bool:
    return any(line.level1 == level1 for line in form.lines)


def _has_output_without(form: DeclarationView, level2: str) -> bool:
    return _has(form, OUTPUT) and not any(line.level2 == level2 for line in form.lines)


def _fitting_levels(line: Line) -> tuple[Fix, ...]:
    """The first level the second one belongs to, or the only second level the first one has."""
    level1 = level1_of(line.level2) if line.level2 else None
    if level1:
        return (Fix(f"一级指标改为 {level1}", level1, PutUnder(line.id, level1, line.indicator.level2)),)
    choices = level2_of(line.level1) if line.level1 else ()
    if len(choices) == 1:
        return (Fix(f"二级指标改为 {choices[0]}", choices[0], PutUnder(line.id, line.indicator.level1, choices[0])),)
    return ()


def _moved(line: Line, level2: str) -> PutUnder:
    """Put a line under another second level; a first level that is right already stays spelled as it is."""
    level1 = level1_of(level2) or ""
    return PutUnder(line.id, line.indicator.level1 if line.level1 == level1 else level1, level2)


SHARED_RULES: tuple[LineRule, ...] = (levels_do_not_fit,)
RULES: tuple[Rule[DeclarationView] | LineRule, ...] = (
    output_is_missing,
    benefit_is_missing,
    satisfaction_is_missing,
    cost_is_missing,
    quantity_is_missing,
    quality_is_missing,
    timeliness_is_missing,
    lines_are_out_of_order,
    lines_are_few,
    lines_are_many,
    most_lines_are_words,
    name_suggests_another_level,
    quantity_is_a_percentage,
)
