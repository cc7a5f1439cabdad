"""Directions of shares: rule VAL-029 (domain.md §9.7)."""

from __future__ import annotations

import re
from collections.abc import Iterable

from model.findings import Severity
from model.quantity import Kind
from model.rules.context import Line
from model.rules.registry import Hit, LineRule, hit, line_rule
from model.values.taxonomy import QUANTITY

WARNING, INFO = Severity.WARNING, Severity.INFO

_MORE_IS_BETTER = re.compile("满意|完成率|合格率|覆盖率|及时率|准确率|知晓率")
_LESS_MAY_BE_BETTER = re.compile(
    "不|未|非|投诉|故障|超|事故|漏洞|中断|宕机|差错|失误|误差|错误|缺陷|违规|违纪|损|耗|成本|费|时间|时长|周期|天数|响应|延|退"
)


@line_rule("VAL-029", WARNING, "“{name}”越大越好，比较符“{c}”方向疑似错误。")
def share_has_an_upper_bound(line: Line) -> Iterable[Hit]:
    """Satisfaction or a rate of completion is to be at most so much; of a count (a hint) fewer are seldom wanted.

    No fix: what was meant by a comparator only a person knows.
    """
    value = line.target
    if value.kind is not Kind.QUANT or value.comparator is None or not value.comparator.is_negative:
        return
    if _LESS_MAY_BE_BETTER.search(line.name):
        return
    if _MORE_IS_BETTER.search(line.name):
        yield hit("target_text", name=line.name, c=value.comparator.symbol)
    elif line.level2 == QUANTITY:
        yield hit("target_text", severity=INFO, name=line.name, c=value.comparator.symbol)


RULES: tuple[LineRule, ...] = (share_has_an_upper_bound,)
