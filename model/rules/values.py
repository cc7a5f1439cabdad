"""Target values of a declaration: rules VAL-001 … VAL-026 (domain.md §9.4).

VAL-002 … VAL-005, VAL-023 and VAL-028 also look at a self-evaluation, see :mod:`model.rules.shared_values`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal

from model.findings import Fix, Severity
from model.quantity import Comparator, Constraint, Kind, Value, canonical, constraint_text, figures_in, words_are_in
from model.rules.context import DeclarationView, Line, faithful, rewrite
from model.rules.registry import Hit, LineRule, Rule, hit, line_rule, rule
from model.values.dates import format_date
from model.values.markup import has_markup
from model.values.taxonomy import BENEFIT, COST, QUANTITY, SATISFACTION, TIMELINESS

ERROR, WARNING, INFO = Severity.ERROR, Severity.WARNING, Severity.INFO

_GROWTH = re.compile("增长|提升|提高|增加|上升|扩大|新增|下降|降低|减少|压减|缩短")
_AT_LEAST = (Comparator.GE, Comparator.GT)
_MAY_EXCEED = re.compile("增长|同比|提升|增幅|增速")


@line_rule("VAL-001", ERROR, "请填写“{name}”的年度指标值。")
def target_is_missing(line: Line) -> Iterable[Hit]:
    """A line has no target value (— and 无数据 count as blank, the word 无 does not)."""
    if line.target.kind is Kind.MISSING and not line.is_empty:
        yield hit("target_text", name=line.name)


_VARIANT = re.compile(r"\s|[０-９（）＞＜＝％．，≧≦⩾⩽]|百分")


@line_rule("VAL-007", WARNING, "建议规范为“{fixed}”。")
def target_is_spelled_in_a_variant(line: Line) -> Iterable[Hit]:
    """A quantity holds spaces, full-width characters or 百分比."""
    raw = line.indicator.target_text
    if _is_quantity(line) and _VARIANT.search(raw.strip()) and not has_markup(raw):
        fixed = canonical(line.target, line.around.style)
        if not _VARIANT.search(fixed):
            yield hit("target_text", fixes=_rewritten(line, fixed), fixed=fixed)


@line_rule("VAL-008", WARNING, "“{name}”为{v}%，超过100%。")
def share_exceeds_the_whole(line: Line) -> Iterable[Hit]:
    """A rate or degree that is no growth is set above 100 %."""
    percent = _percent(line.target)
    is_share = re.search("率|度", line.name) and not _MAY_EXCEED.search(line.name)
    if percent is not None and percent > 100 and is_share:
        yield hit("target_text", name=line.name, v=_plain(percent))


@line_rule("VAL-009", WARNING, "“≥100%”等同于100%，建议改为“=100%”。")
def whole_is_set_as_a_lower_bound(line: Line) -> Iterable[Hit]:
    """``≥100%`` or ``>100%`` of something that cannot be more than whole."""
    is_bound = line.target.comparator in _AT_LEAST and _percent(line.target) == 100
    if is_bound and not _MAY_EXCEED.search(line.name):
        yield hit("target_text")


@line_rule("VAL-010", WARNING, "成本指标一般应为“≤”，请核对方向。")
def cost_has_a_lower_bound(line: Line) -> Iterable[Hit]:
    """A cost indicator wants at least so much."""
    if _is_quantity(line) and line.level1 == COST and line.target.comparator in _AT_LEAST:
        yield hit("target_text")


@line_rule("VAL-011", WARNING, "成本指标建议填写金额上限（元）。")
def cost_is_in_words(line: Line) -> Iterable[Hit]:
    """A cost indicator is not quantitative. Where its words say one figure VAL-017 speaks."""
    if line.level1 == COST and _is_in_words(line.target) and len(_figures(line)) != 1:
        yield hit("target_text")


@line_rule("VAL-012", WARNING, "满意度指标值应为百分比（如≥90%）。")
def satisfaction_is_no_percentage(line: Line) -> Iterable[Hit]:
    """A satisfaction target is in words or in another unit than per cent; without a unit VAL-003 speaks."""
    value = line.target
    is_other_unit = value.kind is Kind.QUANT and value.unit is not None and value.dimension != "ratio"
    if line.level1 == SATISFACTION and (is_other_unit or _is_in_words(value)):
        yield hit("target_text")


@line_rule("VAL-013", WARNING, "满意度目标{v}%偏{side}，请确认。")
def satisfaction_is_unusual(line: Line) -> Iterable[Hit]:
    """A satisfaction target lies outside what is usual (85–99 % by default)."""
    low, high = line.around.thresholds.satisfaction_min_percent, line.around.thresholds.satisfaction_max_percent
    percent = _percent(line.target)
    if percent is not None and line.level1 == SATISFACTION and not low <= percent <= high:
        side = "低" if percent < low else "高"
        yield hit("target_text", v=_plain(percent), side=side)


@line_rule("VAL-014", WARNING, "“{name}”未写明时限，建议填写完成日期、天数或及时率。")
def timeliness_names_no_limit(line: Line) -> Iterable[Hit]:
    """A 时效指标 is a bare word. Of a rate IND-024 speaks."""
    is_word = line.target.kind is Kind.QUAL and not line.target.malformed
    if line.level2 == TIMELINESS and is_word and not line.name.endswith("率"):
        yield hit("target_text", name=line.name)


_DEGREE = "有所|有一定|(?:比|较)上年度?|持续|不断|进一步|逐步|稳步|明显|显著|有效|全面|基本|大幅|充分|较|更|很"
_VAGUE_WORD = (
    "提高|提升|增强|加强|改善|优化|扩大|增加|完善|实现|发挥|保障|促进|推动"
    "|有效|良好|优良|优秀|较好|好|高|高效|准确|规范|合理|安全|稳定|显著|明显|满意|健全|充分|到位"
)
_VAGUE = re.compile(rf"(?:{_DEGREE})*(?:{_VAGUE_WORD})(?:[、，,和及](?:{_DEGREE})*(?:{_VAGUE_WORD}))*")
_LONGEST_VAGUE = 24


@line_rule("VAL-015", WARNING, "“{v}”难以考核，建议写明可衡量的结果。")
def target_is_vague(line: Line) -> Iterable[Hit]:
    """The target is nothing but words like 提高 or 有效实现. For 时效指标 VAL-014 speaks."""
    text = line.target.text.rstrip("。；;")
    is_word = line.target.kind is Kind.QUAL and line.level2 != TIMELINESS and len(text) <= _LONGEST_VAGUE
    if is_word and _VAGUE.fullmatch(text):
        yield hit("target_text", v=text)


@line_rule("VAL-016", ERROR, "数量指标必须为数值。", "“{x}”是约数，数量指标建议写准确的数值。")
def quantity_is_in_words(line: Line) -> Iterable[Hit]:
    """A 数量指标 is not quantitative (a blank one is VAL-001's, an unreadable one VAL-002's).

    A rough figure (约100人) is a number all the same: a warning.
    """
    if line.level2 != QUANTITY or not _is_in_words(line.target):
        return
    figures = _figures(line)
    if len(figures) == 1 and figures[0].is_rough:
        yield hit("target_text", variant=1, severity=WARNING, x=line.target.text)
    else:
        fixes = _as_quantity(line, figures[0]) if len(figures) == 1 else ()
        yield hit("target_text", fixes=fixes)


@line_rule(
    "VAL-017",
    WARNING,
    "文字中含“{x}”，是否转换为定量值“{fixed}”？",
    "文字中含“{x}”，建议写成定量值，其余的意思写进三级指标名称。",
)
def text_holds_one_figure(line: Line) -> Iterable[Hit]:
    """A target in words says one figure. For 数量指标 VAL-016 speaks.

    The quantity alone is offered where the name of the line says the rest already (domain.md §5.8, law 1).
    """
    figures = _figures(line)
    if len(figures) == 1 and line.level2 != QUANTITY:
        fixes = _as_quantity(line, figures[0])
        if fixes:
            yield hit("target_text", fixes=fixes, x=figures[0].text, fixed=fixes[0].text)
        else:
            yield hit("target_text", variant=1, x=figures[0].text)


_CONVERTED = frozenset({"标箱", "学时", "课时", "人天", "人日", "人月", "人年", "工日", "台班", "机时", "班次"})
"""What is counted after conversion may well be half a piece."""


@line_rule("VAL-018", WARNING, "“{raw}”的计量单位为“{u}”，不应为小数。")
def count_is_fractional(line: Line) -> Iterable[Hit]:
    """Half a piece: a fraction of a count unit without a magnitude."""
    value = line.target
    is_count = _is_quantity(line) and value.dimension.startswith("count:") and value.magnitude == 1
    if value.unit is not None and value.unit.name in _CONVERTED:
        return
    if is_count and _number(value) % 1 != 0:
        yield hit("target_text", raw=value.raw.strip(), u=value.unit_raw)


_LONG_ENOUGH_TO_COMPARE = 10


@rule("VAL-019", WARNING, "指标值与“{other}”完全相同，疑似误粘贴。")
def text_stands_at_another_line_too(form: DeclarationView) -> Iterable[Hit]:
    """Two lines have the same long text as target; the later line is reported."""
    first: dict[str, Line] = {}
    for line in form.lines:
        text = "".join(line.target.text.split())
        if line.target.kind in (Kind.QUAL, Kind.QUAL_NUM) and len(text) >= _LONG_ENOUGH_TO_COMPARE:
            other = first.setdefault(text, line)
            if other is not line:
                yield hit("target_text", line=line.id, other=other.name)


@line_rule("VAL-020", ERROR, "指标时限{d}晚于计划完成日期{end}。")
def due_date_is_after_the_end(line: Line) -> Iterable[Hit]:
    """A deadline lies after the planned end."""
    due = line.target.due_date
    if due and line.around.end and due > line.around.end:
        yield hit("target_text", d=format_date(due), end=format_date(line.around.end))


@line_rule("VAL-021", WARNING, "指标时限年份与预算年度不一致。")
def due_date_is_in_another_year(line: Line) -> Iterable[Hit]:
    """A deadline within the project lies in another year than the budget's (after its end VAL-020 speaks)."""
    due = line.target.due_date
    if due and due.year != line.around.year and not (line.around.end and due > line.around.end):
        yield hit("target_text")


_LESS_IS_BETTER = re.compile("故障|事故|投诉|漏洞|中断|宕机|响应时间")
# Handling, looking for, preventing or lessening trouble is something to do more of.
_HANDLED = re.compile(
    "处置|修复|办结|处理|解决|整改|回复|响应率|排除|恢复|演练|扫描|检测|排查|监测|巡检|预防|防范|拦截|培训|宣传|满意|下降|降低|减少|缩短|降幅|减幅|压降|压减|避免|挽回"
)


@line_rule("VAL-022", WARNING, "“{name}”是越小越好的指标，比较符“{c}”方向疑似错误。")
def trouble_has_a_lower_bound(line: Line) -> Iterable[Hit]:
    """At least so many faults."""
    comparator = line.target.comparator if _is_quantity(line) else None
    if comparator in _AT_LEAST and _LESS_IS_BETTER.search(line.name) and not _HANDLED.search(line.name):
        yield hit("target_text", name=line.name, c=comparator.symbol)


@line_rule("VAL-024", INFO, "指标值超过两位小数，打印时照样印全，请确认。")
def target_has_many_decimals(line: Line) -> Iterable[Hit]:
    """A target has more decimals than the form usually prints."""
    if _is_quantity(line) and _number(line.target) * 100 % 1 != 0:
        yield hit("target_text")


@line_rule("VAL-025", WARNING, "一个指标含多个数值，建议拆分为多个三级指标。")
def text_holds_several_figures(line: Line) -> Iterable[Hit]:
    """A target in words says two figures or more."""
    if len(_figures(line)) > 1:
        yield hit("target_text")


@line_rule("VAL-026", WARNING, "指标值“{raw}”恒成立/无法达成，请核对。")
def target_is_always_or_never_met(line: Line) -> Iterable[Hit]:
    """At least nothing, or more than the whole of a share."""
    value = line.target
    if not _is_quantity(line):
        return
    is_always_met = _number(value) == 0 and value.comparator in _AT_LEAST
    is_whole = value.dimension == "ratio" and value.base == 1 and not _MAY_EXCEED.search(line.name)
    if is_always_met or (is_whole and value.comparator is Comparator.GT and _is_percent(value)):
        yield hit("target_text", raw=value.raw.strip())


def _is_quantity(line: Line) -> bool:
    return line.target.kind is Kind.QUANT


def _is_percent(value: Value) -> bool:
    return value.unit is not None and value.unit.name == "%"


def _number(value: Value) -> Decimal:
    assert value.number is not None, "a quantity has a number"
    return value.number


def _percent(value: Value) -> Decimal | None:
    """A quantity in per cent, None when it is something else."""
    return _number(value) * value.magnitude if value.kind is Kind.QUANT and _is_percent(value) else None


def _plain(number: Decimal) -> str:
    return f"{number.normalize():f}"


def _is_in_words(value: Value) -> bool:
    is_number = value.kind in (Kind.QUANT, Kind.RANGE, Kind.RATIO)
    return not is_number and value.kind is not Kind.MISSING and not value.malformed


def _rewritten(line: Line, text: str) -> tuple[Fix, ...]:
    return faithful(line, "target_text", text, line.target)


def _figures(line: Line) -> tuple[Constraint, ...]:
    value = line.target
    is_text = value.kind in (Kind.QUAL, Kind.QUAL_NUM) and not value.malformed
    return figures_in(value, line.units) if is_text else ()


def _as_quantity(line: Line, figure: Constraint) -> tuple[Fix, ...]:
    """The figure as the quantity it is, if nothing of the text is lost: growth and the plain count of a benefit are
    meant as at least so much, any other plain number as so much."""
    if figure.is_rough or not words_are_in(line.target, figure, line.name):
        return ()
    at_least = _GROWTH.search(line.target.text) or line.level1 == BENEFIT
    comparator = figure.comparator or (Comparator.GE if at_least else Comparator.EQ)
    return (rewrite(line.cell("target_text", constraint_text(figure, comparator, line.around.style))),)


RULES: tuple[Rule[DeclarationView] | LineRule, ...] = (
    target_is_missing,
    target_is_spelled_in_a_variant,
    share_exceeds_the_whole,
    whole_is_set_as_a_lower_bound,
    cost_has_a_lower_bound,
    cost_is_in_words,
    satisfaction_is_no_percentage,
    satisfaction_is_unusual,
    timeliness_names_no_limit,
    target_is_vague,
    quantity_is_in_words,
    text_holds_one_figure,
    count_is_fractional,
    text_stands_at_another_line_too,
    due_date_is_after_the_end,
    due_date_is_in_another_year,
    trouble_has_a_lower_bound,
    target_has_many_decimals,
    text_holds_several_figures,
    target_is_always_or_never_met,
)
