"""Amounts of the declaration: rules FND-001 … FND-013 (domain.md §9.2 and the identities of §2.3).

FND-011, which compares with the project of the year before, is in :mod:`last_year`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal

from model.findings import Fix, Severity
from model.forms.declaration import TOTALS
from model.quantity import Comparator, Kind
from model.rules.context import DECLARATION_MONEY, DeclarationView, Line, rewrite
from model.rules.registry import Hit, Rule, hit, rule
from model.values.money import MoneyProblem, MoneyStyle, format_fen, money_problem
from model.values.taxonomy import COST, ECOLOGICAL_COST, SOCIAL_COST

ERROR, WARNING, INFO = Severity.ERROR, Severity.WARNING, Severity.INFO

_WHOLE_PROJECT = 10
_OF_THE_YEAR = ("total_requested", *TOTALS["total_requested"].parts)


@rule("FND-001", ERROR, "年度资金申请总额{t}≠当年财政拨款{a}＋上年结转{b}＋其他资金{c}，差额{d}元。")
def total_is_not_the_sum_of_its_parts(form: DeclarationView) -> Iterable[Hit]:
    """The request of the year is not the sum of its three sources (identity F1)."""
    figures = _figures(form, "total_requested")
    if figures and figures[0] != sum(figures[1:]):
        difference = abs(figures[0] - sum(figures[1:]))
        t, a, b, c, d = map(_grouped, (*figures, difference))
        yield hit("total_requested", fixes=_sum(form, "total_requested"), t=t, a=a, b=b, c=c, d=d)


@rule("FND-002", ERROR, "金额不得为负数。")
def amount_is_negative(form: DeclarationView) -> Iterable[Hit]:
    """An amount is below zero."""
    yield from _problems(form, MoneyProblem.NEGATIVE)


@rule("FND-003", ERROR, "请填写当年财政拨款（或上年结转、其他资金），年度资金申请总额不能为0。")
def nothing_is_requested(form: DeclarationView) -> Iterable[Hit]:
    """The request of the year is blank or zero, and so are its sources (else FND-001 speaks)."""
    figures = _figures(form, "total_requested")
    if figures and figures[0] == sum(figures[1:]) == 0:
        yield hit("total_requested")


@rule("FND-004", ERROR, "金额最多保留两位小数（单位：元）。")
def amount_has_fractions_of_a_fen(form: DeclarationView) -> Iterable[Hit]:
    """An amount has more than two decimals."""
    yield from _problems(form, MoneyProblem.TOO_MANY_DECIMALS)


@rule("FND-005", ERROR, "项目资金总额应等于财政资金与其他资金之和。")
def whole_amount_is_not_the_sum_of_its_parts(form: DeclarationView) -> Iterable[Hit]:
    """The amount of the whole project is not the sum of its two sources (identity F2); all three may be blank."""
    figures = _figures(form, "project_total")
    if figures and figures[0] != sum(figures[1:]):
        yield hit("project_total", fixes=_sum(form, "project_total"))


@rule("FND-006", ERROR, "项目资金总额（全周期）不应小于年度资金申请总额。")
def whole_amount_is_less_than_the_years(form: DeclarationView) -> Iterable[Hit]:
    """The whole project is said to cost less than this year asks for (identity F3)."""
    whole, year = form.fen.get("project_total"), form.fen.get("total_requested")
    if form.content.project_total.strip() and whole is not None and year is not None and whole < year:
        yield hit("project_total")


@rule("FND-007", WARNING, "金额仅{x}元，疑似以“万元”填写，本表单位为元。")
def amount_looks_like_ten_thousands(form: DeclarationView) -> Iterable[Hit]:
    """A very small amount. A total is reported only when none of its parts is small."""
    for total in TOTALS:
        small = [field for field in TOTALS[total].parts if _is_small(form, field)]
        if not small and _is_small(form, total):
            small = [total]
        for field in small:
            yield hit(field, fixes=_ten_thousandfold(form, field), x=_grouped(form.fen[field]))


@rule("FND-008", WARNING, "成本指标“{name}”的上限{cap}元大于年度资金申请总额{t}元。")
def cost_cap_exceeds_the_request(form: DeclarationView) -> Iterable[Hit]:
    """A cost indicator allows more money than the project asks for."""
    total = form.fen.get("total_requested", 0)
    for line in form.lines:
        cap = _cap(line)
        if cap is not None and cap > total > 0:
            yield hit("target_text", line=line.id, name=line.name, cap=_grouped(cap), t=_grouped(total))


_PER_PIECE = re.compile("单位成本|人均|生均|户均|均|单价|每|单[个台件次项人份场]|标准")
_WHOLE_COST = re.compile("总成本|成本总额|总额|总投资|控制[额数]")
_NOT_PAID = (SOCIAL_COST, ECOLOGICAL_COST)
_AT_LEAST_SPENT = 2  # less than half of the request is too little


@rule("FND-013", WARNING, "成本控制额{a}元与年度资金申请总额{t}元相差过大，请核对单位。")
def costs_are_far_from_the_request(form: DeclarationView) -> Iterable[Hit]:
    """The cap of the total cost, or the sum of its parts, is outside 50–100 % of the request.

    Unit costs don't count, nor do social and ecological costs, which the budget doesn't pay. Of one cap above the
    request FND-008 speaks alone.
    """
    total = form.fen.get("total_requested", 0)
    every = [(line, cap) for line in form.lines if line.level2 not in _NOT_PAID and (cap := _cap(line))]
    whole = [(line, cap) for line, cap in every if _WHOLE_COST.search(line.name)]
    caps = [(line, cap) for line, cap in every if not _PER_PIECE.search(line.name)]
    for group in [[one] for one in whole] or [caps]:
        amount = sum(cap for _, cap in group)
        is_told = any(cap > total for _, cap in group)
        if total > 0 and group and not is_told and not total <= amount * _AT_LEAST_SPENT <= total * _AT_LEAST_SPENT:
            yield hit("target_text", line=group[0][0].id, a=_grouped(amount), t=_grouped(total))


_AMOUNT = re.compile(r"(?<![\d.,])(\d[\d,]*(?:\.\d+)?)\s*(亿元|万元|千元|元)(?!/)")
_FEN_OF = {"元": 100, "千元": 100_000, "万元": 1_000_000, "亿元": 10_000_000_000}
_NEAR_PERCENT = 5


@rule("FND-009", INFO, "目标中的金额“{x}”与年度资金申请总额{t}元略有出入。")
def goal_names_another_amount(form: DeclarationView) -> Iterable[Hit]:
    """The goal names an amount within 5 % of the request but not equal to it."""
    total = form.fen.get("total_requested", 0)
    for match in _AMOUNT.finditer(form.content.annual_goal if total > 0 else ""):
        fen = Decimal(match[1].replace(",", "")) * _FEN_OF[match[2]]
        if 0 < abs(fen - total) * 100 <= total * _NEAR_PERCENT:
            yield hit("annual_goal", x=match[1] + match[2], t=_grouped(total))
            return


@rule("FND-010", INFO, "上年结转资金{x}元，请确认与决算结转数一致。")
def money_is_carried_over(form: DeclarationView) -> Iterable[Hit]:
    """There is money from last year."""
    if form.fen.get("carried_over", 0) > 0:
        yield hit("carried_over", x=_grouped(form.fen["carried_over"]))


@rule("FND-012", ERROR, "金额“{x}”无法识别，请填写数字（单位：元）。")
def amount_is_no_number(form: DeclarationView) -> Iterable[Hit]:
    """What was typed is no amount at all (this rule has no number in §9.2)."""
    yield from _problems(form, MoneyProblem.NOT_A_NUMBER)


def _grouped(fen: int) -> str:
    return format_fen(fen, MoneyStyle.GROUPED)


def _cap(line: Line) -> int | None:
    """The most a cost indicator allows, in whole 分, or None when the line is no upper bound of money."""
    value = line.target
    is_cap = value.kind is Kind.QUANT and value.comparator not in (Comparator.GE, Comparator.GT)
    if line.level1 != COST or not is_cap or value.dimension != "money" or value.base is None:
        return None
    return int(value.base * 100)


def _problems(form: DeclarationView, problem: MoneyProblem) -> Iterator[Hit]:
    for field in DECLARATION_MONEY:
        text = str(getattr(form.content, field)).strip()
        if text and money_problem(text) is problem:
            yield hit(field, x=text)


def _figures(form: DeclarationView, total: str) -> tuple[int, ...]:
    """A total and its parts in 分; empty when one of them cannot be read."""
    fields = (total, *TOTALS[total].parts)
    return tuple(form.fen[field] for field in fields) if all(field in form.fen for field in fields) else ()


def _sum(form: DeclarationView, total: str) -> tuple[Fix, ...]:
    """Compute a total anew; no fix while every part is blank or 0, for that would throw the only figure away."""
    parts = [form.fen[part] for part in TOTALS[total].parts]
    return (rewrite(form.in_form(total, format_fen(sum(parts), TOTALS[total].style))),) if any(parts) else ()


def _is_small(form: DeclarationView, field: str) -> bool:
    return 0 < form.fen.get(field, 0) < _smallest(form, field, form.fen.get("total_requested", 0))


def _smallest(form: DeclarationView, field: str, whole: int) -> Decimal:
    """What an amount has to be, in 分, so that nobody takes it for 万元, in a project that asks for ``whole``."""
    limit = form.thresholds.amount_in_ten_thousands_below * 100
    if field in _OF_THE_YEAR and 0 < whole < limit * _WHOLE_PROJECT:
        # 1,502 may be 15,020,000 in 万元; a whole project seldom asks for less than ten times the limit.
        return limit * _WHOLE_PROJECT
    return limit


def _ten_thousandfold(form: DeclarationView, field: str) -> tuple[Fix, ...]:
    """Read the amount as 万元; its total follows as it follows typing."""
    fen = form.fen[field] * 10_000
    whole = form.fen.get("total_requested", 0) + (fen - form.fen[field] if field in _OF_THE_YEAR else 0)
    if fen < _smallest(form, field, whole):
        return ()
    return (rewrite(form.in_form(field, format_fen(fen, MoneyStyle.PLAIN2))),)


RULES: tuple[Rule[DeclarationView], ...] = (
    total_is_not_the_sum_of_its_parts,
    amount_is_negative,
    nothing_is_requested,
    amount_has_fractions_of_a_fen,
    whole_amount_is_not_the_sum_of_its_parts,
    whole_amount_is_less_than_the_years,
    amount_looks_like_ten_thousands,
    cost_cap_exceeds_the_request,
    costs_are_far_from_the_request,
    goal_names_another_amount,
    money_is_carried_over,
    amount_is_no_number,
)
