"""Every figure in a value written as words, to offer a quantity instead (VAL-017) or several lines (VAL-025).

The comparisons are found with the value; a figure that merely carries a unit (推动5项合作, 约100人) is found here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import islice

from model.quantity.constraints import MOST
from model.quantity.normalisation import normalise
from model.quantity.value import Comparator, Constraint, Value
from model.values.units import UnitTable

# Not part of 7*24, 1-2, A4, 3.5.2; no rank (前3, 第1).
_FIGURE = re.compile(r"(?<![0-9.,*×/\-~～A-Za-z前第])(?P<number>[0-9]{1,15}(?:\.[0-9]{1,6})?)(?![0-9.,])\s{0,2}")
_YEAR_OR_MONTH = re.compile(r"(?:19|20)[0-9]{2}\s{0,2}年|[0-9]{1,2}\s{0,2}月")
_WINDOW = 24
_ROUGH = re.compile("[余多来]")

# 小于运行时间0.01%: the comparing word may stand a few characters before its figure.
_NEARBY = re.compile(
    r"(?P<word>不少于|不低于|不超过|不高于|不大于|控制在|至少|达到|大于|超过|高于|小于|少于|低于)[^，,。；;、0-9]{0,8}$"
)
_COMPARATORS = {
    **dict.fromkeys(("不少于", "不低于", "至少", "达到"), Comparator.GE),
    **dict.fromkeys(("不超过", "不高于", "不大于", "控制在"), Comparator.LE),
    **dict.fromkeys(("大于", "超过", "高于"), Comparator.GT),
    **dict.fromkeys(("小于", "少于", "低于"), Comparator.LT),
}
_REACH = 12


def figures_in(value: Value, units: UnitTable) -> tuple[Constraint, ...]:
    """The comparisons and other measured figures of a text; a figure without a comparing word has no comparator."""
    rest = normalise(value.raw)
    for constraint in value.constraints:
        rest = rest.replace(constraint.text, "，", 1)
    return (*value.constraints, *_figures(rest, units))


def _figures(text: str, units: UnitTable) -> Iterator[Constraint]:
    for match in islice(_FIGURE.finditer(text), MOST):
        rough = _ROUGH.match(text, match.end())
        end = rough.end() if rough else match.end()
        measured = units.leading(text[end : end + _WINDOW])
        if measured is None or _YEAR_OR_MONTH.match(text, match.start()) or _is_day_of_month(text, match):
            continue
        unit_raw, expression = measured
        nearby = _NEARBY.search(text[max(0, match.start() - _REACH) : match.start()])
        yield Constraint(
            comparator=_COMPARATORS[nearby["word"]] if nearby else None,
            number=Decimal(match["number"]),
            magnitude=expression.magnitude,
            magnitude_text=expression.magnitude_text,
            unit_raw=unit_raw,
            unit=expression.unit,
            text=text[match.start() : end] + unit_raw,
            is_rough=rough is not None or _is_rough(text, match.start(), end + len(unit_raw)),
        )


def _is_day_of_month(text: str, match: re.Match[str]) -> bool:
    return text[max(0, match.start() - 1) : match.start()] == "月" and text[match.end() : match.end() + 1] in (
        "日",
        "号",
    )


def _is_rough(text: str, start: int, end: int) -> bool:
    return text[max(0, start - 1) : start] in ("约", "近") or text.startswith(("左右", "上下"), end)
