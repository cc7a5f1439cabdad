"""Amounts of the self-evaluation and the execution of its budget: rules EVL-010 … EVL-018 (domain.md §9.5, §6.8).

EVL-012 … EVL-014 and EVL-016 are what scoring says of the execution line.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from fractions import Fraction

from model.findings import Fix, Severity
from model.forms.evaluation import MONEY_COLUMNS, MONEY_SOURCES, TOTALS
from model.mends import Rewrite
from model.rules.context import EVALUATION_MONEY, EvaluationView, rewrite
from model.rules.registry import Hit, Rule, hit, noticed_hit, rule
from model.scoring import EVL_MESSAGES, OMISSION_LABELS, format_points, format_rate, parse_points
from model.settings import RateRounding
from model.values.money import MoneyProblem, MoneyStyle, format_fen, money_problem

ERROR, WARNING = Severity.ERROR, Severity.WARNING

_SOURCES = tuple((source, label) for source, label in MONEY_SOURCES if source != "total")


@rule(
    "EVL-010",
    ERROR,
    "{col}：年度资金总额{t}≠分项之和{s}。",
    "{col}：只填了年度资金总额{t}，没有分项，请补填资金来源。",
)
def column_does_not_add_up(form: EvaluationView) -> Iterable[Hit]:
    """The total of a column of amounts is not the sum of its sources; a warning where all of them are blank or 0."""
    for column, label, _ in MONEY_COLUMNS:
        fields = [f"{column}_{source}" for source, _ in _SOURCES]
        total = f"{column}_total"
        if not all(field in form.fen for field in (total, *fields)):
            continue
        parts = sum(form.fen[field] for field in fields)
        if form.fen[total] != parts and not any(form.fen[field] for field in fields):
            # the total is the only figure there is; it is not overwritten
            yield hit(total, variant=1, severity=WARNING, col=label, t=_grouped(form.fen[total]))
        elif form.fen[total] != parts:
            fix = rewrite(form.in_form(total, format_fen(parts, TOTALS[total].style)))
            yield hit(total, fixes=(fix,), col=label, t=_grouped(form.fen[total]), s=_grouped(parts))


@rule("EVL-011", ERROR, "执行率应为{r}%，得分应为{s}。")
def printed_execution_is_not_the_computed(form: EvaluationView) -> Iterable[Hit]:
    """A printed rate equals neither rounding of executed ÷ budget, or a printed score is not the formula's."""
    execution = form.score.execution
    if execution.rate is None or execution.computed is None:
        return
    wrong = []
    if form.content.execution_rate.strip() and not _is_rate(form.content.execution_rate, execution.rate):
        wrong.append("execution_rate")
    score = form.content.execution_score
    if score.strip() and parse_points(score) != execution.computed:
        wrong.append("execution_score")
    if wrong:
        rate, points = execution.rate_text.removesuffix("%"), format_points(execution.computed)
        released = Rewrite(tuple(form.in_form(field, "") for field in wrong))
        fix = Fix(f"采用计算结果 {execution.rate_text}，{points}分", execution.rate_text, released)
        yield hit(wrong[0], fixes=(fix,), r=rate, s=points)


@rule("EVL-012", *EVL_MESSAGES["EVL-012"])
def more_was_spent_than_budgeted(form: EvaluationView) -> Iterable[Hit]:
    """The execution exceeds the budget of the year."""
    yield from _noticed(form, "EVL-012", "executed_total")


@rule("EVL-013", *EVL_MESSAGES["EVL-013"])
def money_was_spent_without_a_budget(form: EvaluationView) -> Iterable[Hit]:
    """There is an execution, but the budget of the year is 0 (while it is blank EVL-001 speaks)."""
    yield from _noticed(form, "EVL-013", "executed_total")


@rule("EVL-014", *EVL_MESSAGES["EVL-014"])
def nothing_was_budgeted(form: EvaluationView) -> Iterable[Hit]:
    """Budget and execution are 0, and nobody chose what that means (while the budget is blank EVL-001 speaks)."""
    choices = (("得0分", "zero"), *((label, omission.value) for omission, label in OMISSION_LABELS.items()))
    chosen = ((label, Rewrite((form.in_form("execution_choice", choice),))) for label, choice in choices)
    fixes = tuple(Fix(label, label, mend) for label, mend in chosen)
    yield from _noticed(form, "EVL-014", "adjusted_total", fixes)


@rule("EVL-015", WARNING, "全年预算较年初变化{p}%，请说明调整依据。")
def budget_was_changed(form: EvaluationView) -> Iterable[Hit]:
    """The budget of the year departs from the initial one by more than the limit."""
    initial, adjusted = form.fen.get("initial_total", 0), form.fen.get("adjusted_total")
    if initial > 0 and adjusted is not None and form.is_typed("adjusted_total"):
        change = Fraction(adjusted - initial, initial) * 100
        if abs(change) > form.thresholds.budget_change_percent:
            yield hit("adjusted_total", p=f"{change.numerator / Decimal(change.denominator):.1f}")


@rule("EVL-016", *EVL_MESSAGES["EVL-016"])
def little_was_spent(form: EvaluationView) -> Iterable[Hit]:
    """The rate of execution is below the limit; an explanation closes the finding."""
    yield from _noticed(form, "EVL-016", "execution_rate")


@rule("EVL-017", ERROR, "金额不得为负且最多两位小数。", "金额“{x}”无法识别，请填写数字（单位：元）。")
def amount_is_invalid(form: EvaluationView) -> Iterable[Hit]:
    """An amount is negative, has fractions of a 分, or is no amount at all."""
    for field in EVALUATION_MONEY:
        text = str(getattr(form.content, field)).strip()
        problem = money_problem(text) if text else None
        if problem is not None:
            yield hit(field, variant=int(problem is MoneyProblem.NOT_A_NUMBER), x=text)


@rule("EVL-018", WARNING, "{src}执行数大于预算数。")
def more_was_spent_of_a_source_than_budgeted(form: EvaluationView) -> Iterable[Hit]:
    """The execution of one source exceeds the budget of that source."""
    for source, label in _SOURCES:
        budget, executed = form.fen.get(f"adjusted_{source}"), form.fen.get(f"executed_{source}")
        if budget is not None and executed is not None and executed > budget:
            yield hit(f"executed_{source}", src=label)


def _grouped(fen: int) -> str:
    return format_fen(fen, MoneyStyle.GROUPED)


def _noticed(form: EvaluationView, rule_id: str, field: str, fixes: tuple[Fix, ...] = ()) -> Iterator[Hit]:
    """What scoring said of the execution line, in its own words."""
    for notice in form.score.execution.notices:
        if notice.rule == rule_id:
            yield noticed_hit(field, notice, fixes)


def _is_rate(text: str, rate: Fraction) -> bool:
    """Whether a printed rate is one of both roundings (§3.4); how it is spelled does not count."""
    typed = parse_points(text.replace("%", "").replace("％", ""))
    if typed is not None and "." not in text and abs(rate * 100 - Fraction(typed)) < 1:
        return typed != 100 or rate == 1  # 86 % is 86.20 % without its decimals; 100 % is never said of less
    return any(typed == parse_points(format_rate(rate, rounding).removesuffix("%")) for rounding in RateRounding)


RULES: tuple[Rule[EvaluationView], ...] = (
    column_does_not_add_up,
    printed_execution_is_not_the_computed,
    more_was_spent_than_budgeted,
    money_was_spent_without_a_budget,
    nothing_was_budgeted,
    budget_was_changed,
    little_was_spent,
    amount_is_invalid,
    more_was_spent_of_a_source_than_budgeted,
)
