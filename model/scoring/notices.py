"""The notices scoring gives out, with the severities and Chinese messages of domain.md §9.5, each written once."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from model.findings import Severity
from model.scoring.results import Notice

EVL_MESSAGES: Mapping[str, tuple[Severity, str]] = MappingProxyType(
    {
        "EVL-012": (Severity.WARNING, "全年执行数超过全年预算数（{r}%），请核对资金来源与预算调整。"),
        "EVL-013": (Severity.ERROR, "全年预算数为0但有执行数。"),
        "EVL-014": (Severity.ERROR, "全年预算数为0，执行率无法计算，请选择“得0分”或“不适用”并说明。"),
        "EVL-016": (Severity.WARNING, "预算执行率{r}%，请说明原因及改进措施。"),
        "EVL-023": (Severity.ERROR, "“{name}”没有年度指标值，无法计分。"),
        "EVL-024": (Severity.ERROR, "请填写“{name}”的实际完成值。"),
        "EVL-025": (Severity.ERROR, "“{name}”为定量指标，实际完成值应为数值。"),
        "EVL-025 level": (
            Severity.WARNING,
            "“{name}”为定量指标，实际完成值写的是等级“{v}”，请补填数值，或选择达成等级。",
        ),
        "EVL-025 rough": (Severity.WARNING, "“{name}”的实际完成值“{v}”是约数，请填写准确的数值。"),
        "EVL-025 none": (Severity.ERROR, "“{name}”的实际完成值写“{v}”，请写明是完成了0，还是没有开展或没有统计。"),
        "EVL-026": (Severity.ERROR, "单位不一致：指标值“{u1}”，实际值“{u2}”，无法比较。"),
        "EVL-027": (Severity.INFO, "已换算：{raw} = {conv}。"),
        "EVL-027 period": (Severity.INFO, "按期计算：{text}。"),
        "EVL-027 nothing": (Severity.INFO, "“{v}”按0计算。"),
        "EVL-028": (Severity.WARNING, "实际完成值缺少单位，按“{u}”处理，请确认。"),
        "EVL-028 target": (Severity.WARNING, "指标值缺少单位，按“{u}”处理，请确认。"),
        "EVL-028 magnitude": (Severity.ERROR, "实际完成值缺少单位，疑似漏写量级“{m}”，请补充单位。"),
        "EVL-029": (Severity.INFO, "单位写法不同（{u1}/{u2}），建议统一。"),
        "EVL-030": (Severity.ERROR, "“{v}”疑似按小数填写百分比，请确认是{v}%还是{v100}%。"),
        "EVL-030 target": (Severity.ERROR, "指标值“{v}”疑似按小数填写百分比，请确认是{v}%还是{v100}%。"),
        "EVL-031": (Severity.WARNING, "“{name}”未达指标值，四舍五入后为满分。"),
        "EVL-032": (Severity.WARNING, "实际值等于界值，“{c}”未满足，请核对。"),
        "EVL-033": (Severity.WARNING, "“{name}”目标为“=”，实际超出{p}%。"),
        "EVL-034": (Severity.WARNING, "超额{p}%，指标值可能偏低，请说明。"),
        "EVL-035": (Severity.WARNING, "超额{p}%，偏离过大，请说明原因，可参考建议调减分值。"),
        "EVL-036": (Severity.ERROR, "“{name}”得分低于分值，请填写偏差原因分析及改进措施。"),
        "EVL-037": (Severity.ERROR, "请为“{name}”选择达成等级。"),
        "EVL-038": (Severity.WARNING, "“{name}”实际完成值与指标值相同，请补充佐证说明。"),
        "EVL-039": (Severity.ERROR, "得分{s}不在“{level}”区间（{lo}–{hi}）。"),
        "EVL-040": (Severity.ERROR, "得分应在0至{w}之间。"),
        "EVL-041": (Severity.WARNING, "手工得分{s}与计算得分{c}不同，请说明。"),
        "EVL-055": (Severity.ERROR, "“{name}”写的是“不适用”，请选择分值不计入总分，还是按比例折算。"),
        "EVL-055 all": (Severity.ERROR, "全部指标和预算执行率都选了“不适用”，没有可以计分的内容，请核对。"),
        "EVL-055 full": (
            Severity.WARNING,
            "“{name}”指标值和完成值都写“不适用”，却得满分，请选择不计入总分或按比例折算。",
        ),
        "EVL-055 score": (Severity.WARNING, "“{name}”已选“不适用”，填写的得分{s}不计入总分，请核对。"),
        "EVL-055 reason": (Severity.WARNING, "“{name}”已选“不适用”，请在偏差原因中说明。"),
        "EVL-056": (Severity.ERROR, "“{name}”完成值为指标值的{p}%，本年度达到{limit}%就要填写原因。"),
    }
)
"""Severity and template by rule id; a word after the id marks a variant of the same rule."""


def notice(key: str, **values: str) -> Notice:
    """The notice of one rule (or variant of a rule, ``"EVL-028 target"``) with the blanks of its message filled in."""
    severity, template = EVL_MESSAGES[key]
    return Notice(_rule_of(key), severity, template.format(**values), _VARIANTS[key])


def wordings_of(rule: str) -> list[tuple[Severity, str]]:
    """Severity and template of a rule and of its variants, in their order."""
    return [told for key, told in EVL_MESSAGES.items() if _rule_of(key) == rule]


def _rule_of(key: str) -> str:
    return key.split(" ", maxsplit=1)[0]


_VARIANTS: Mapping[str, int] = MappingProxyType(
    {key: [_rule_of(other) for other in EVL_MESSAGES][:at].count(_rule_of(key)) for at, key in enumerate(EVL_MESSAGES)}
)
"""The number of a variant among the wordings of its rule."""
