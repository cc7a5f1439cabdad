"""The self-evaluation as a whole: rules EVL-001 … EVL-018, EVL-042, EVL-043 (domain.md §9.5).

EVL-012 … EVL-014 and EVL-016 are what scoring says of the execution line. Left out: EVL-002, EVL-020 and EVL-047,
which need versions of the goals; EVL-044, which compares projects; EVL-045 and EVL-048, which read prose.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from fractions import Fraction

from model.changes import SetField
from model.edits import set_cell
from model.fields import HEADER_CELLS, MONEY_COLUMNS, MONEY_SOURCES
from model.findings import Fix, Severity
from model.money import MoneyProblem, MoneyStyle, format_fen, money_problem
from model.rules.context import EVALUATION_MONEY, EvaluationView, Line
from model.rules.registry import Hit, Rule, hit, rule
from model.scoring import (
    EVL_MESSAGES,
    format_points,
    format_rate,
    format_total,
    parse_points,
    plain_number,
    valid_points,
)
from model.settings import RateRounding
from model.weights import EXECUTION, distribute_evaluation, expected_weights

ERROR, WARNING, INFO = Severity.ERROR, Severity.WARNING, Severity.INFO

_FULL = Decimal(100)
_SOURCES = tuple((source, label) for source, label in MONEY_SOURCES if source != "total")


@rule("EVL-001", ERROR, "请填写{field}。")
def header_is_incomplete(form: EvaluationView) -> Iterable[Hit]:
    """A header cell is blank, or the budget or the execution of the year, without which nothing can be scored."""
    for cell in HEADER_CELLS:
        if not str(getattr(form.project, cell.name)).strip():
            yield hit(cell.name, field=cell.label)
    for column, label, _ in MONEY_COLUMNS:
        if column != "initial" and not any(_typed(form, column, source) for source, _ in MONEY_SOURCES):
            yield hit(f"{column}_total", field=label)


@rule("EVL-003", ERROR, "请填写预期目标（可从申报表带入）。")
def expected_goal_is_missing(form: EvaluationView) -> Iterable[Hit]:
    """The expected goal is blank; the declaration of the same project has it, if there is one."""
    if not form.evaluation.expected_goal.strip():
        declaration = form.project.declaration
        goal = declaration.annual_goal if declaration else ""
        fixes = (Fix("从申报表带入", goal, (form.set_form("expected_goal", goal),)),) if goal.strip() else ()
        yield hit("expected_goal", fixes=fixes)


@rule("EVL-004", ERROR, "请填写年度总体目标的实际完成情况。")
def completion_is_missing(form: EvaluationView) -> Iterable[Hit]:
    """What was achieved is blank."""
    if not form.evaluation.actual_completion.strip():
        yield hit("actual_completion")


@rule("EVL-005", ERROR, "分值合计为{s}，应为100（差{d}分）。")
def points_are_not_a_hundred(form: EvaluationView) -> Iterable[Hit]:
    """The points of the lines and of the execution are not 100 together."""
    total = form.score.total_points
    if total != _FULL:
        yield hit("total_points", fixes=_to_a_hundred(form), s=plain_number(total), d=plain_number(abs(_FULL - total)))


@rule("EVL-006", WARNING, "{l1}分值合计{s}，与权重方案（{w}）不一致。")
def points_of_a_level_are_not_the_profiles(form: EvaluationView) -> Iterable[Hit]:
    """The points of a first level differ from the weight profile; not while one of its lines has none."""
    expected = expected_weights(form.profile, {line.level1 for line in form.lines if line.level1})
    for level1, weight in expected.items():
        lines = [line for line in form.lines if line.level1 == level1]
        points = [line.score.points for line in lines if line.score]
        if lines and all(valid_points(number) for number in points):
            total = sum((number for number in points if number is not None), Decimal(0))
            if total != weight:
                s, w = plain_number(total), plain_number(weight)
                yield hit("points", line=lines[0].id, l1=level1, s=s, w=w)


@rule("EVL-007", WARNING, "预算执行率分值应为{w}分。")
def execution_points_are_not_the_profiles(form: EvaluationView) -> Iterable[Hit]:
    """The points of the execution differ from the weight profile."""
    weight = _execution_weight(form)
    if form.score.execution.points != weight:
        text = format_points(weight)
        fix = Fix(f"改为 {text}", text, _weighted(form, {}, weight))
        yield hit("execution_points", fixes=(fix,), w=text)


@rule("EVL-008", ERROR, "“{name}”分值应大于0且不超过两位小数。")
def points_are_invalid(form: EvaluationView) -> Iterable[Hit]:
    """The points of a line (or of the execution) are no number, not above 0, or have more than two decimals."""
    for line in form.lines:
        if line.score and not line.is_empty and not valid_points(line.score.points):
            yield hit("points", line=line.id, name=line.name)
    if not valid_points(form.score.execution.points) and _execution_weight(form) > 0:
        yield hit("execution_points", name=EXECUTION)


@rule("EVL-009", INFO, "“{name}”单项分值{w}，权重过于集中。")
def points_are_concentrated(form: EvaluationView) -> Iterable[Hit]:
    """One line carries more points than the limit."""
    for line in form.lines:
        points = line.score.points if line.score else None
        if points is not None and points > form.thresholds.line_points_max:
            yield hit("points", line=line.id, name=line.name, w=plain_number(points))


@rule("EVL-010", ERROR, "{col}：年度资金总额{t}≠分项之和{s}。")
def column_does_not_add_up(form: EvaluationView) -> Iterable[Hit]:
    """The total of a column of amounts is not the sum of its sources."""
    for column, label, _ in MONEY_COLUMNS:
        fields = [f"{column}_{source}" for source, _ in _SOURCES]
        total = f"{column}_total"
        if not all(field in form.fen for field in (total, *fields)):
            continue
        parts = sum(form.fen[field] for field in fields)
        if form.fen[total] != parts:
            # With every source blank the total is the only figure there is; it is not overwritten with 0.
            is_computable = any(_typed(form, column, source) for source, _ in _SOURCES)
            fixes = (_set(form, total, format_fen(parts, MoneyStyle.PLAIN2)),) if is_computable else ()
            yield hit(total, fixes=fixes, col=label, t=_grouped(form.fen[total]), s=_grouped(parts))


@rule("EVL-011", ERROR, "执行率应为{r}%，得分应为{s}。")
def printed_execution_is_not_the_computed(form: EvaluationView) -> Iterable[Hit]:
    """A printed rate equals neither rounding of executed ÷ budget, or a printed score is not the formula's."""
    execution = form.score.execution
    if execution.rate is None or execution.computed is None:
        return
    wrong = []
    if form.evaluation.execution_rate.strip() and not _is_rate(form.evaluation.execution_rate, execution.rate):
        wrong.append("execution_rate")
    score = form.evaluation.execution_score
    if score.strip() and parse_points(score) != execution.computed:
        wrong.append("execution_score")
    if wrong:
        rate, points = execution.rate_text.removesuffix("%"), format_points(execution.computed)
        changes = [form.set_form(field, "") for field in wrong]
        if "execution_score" in wrong:
            changes.extend(form.released_total())
        fix = Fix(f"采用计算结果 {execution.rate_text}，{points}分", "", tuple(changes))
        yield hit(wrong[0], fixes=(fix,), r=rate, s=points)


@rule("EVL-012", *EVL_MESSAGES["EVL-012"])
def more_was_spent_than_budgeted(form: EvaluationView) -> Iterable[Hit]:
    """The execution exceeds the budget of the year."""
    yield from _noticed(form, "EVL-012", "executed_total")


@rule("EVL-013", *EVL_MESSAGES["EVL-013"])
def money_was_spent_without_a_budget(form: EvaluationView) -> Iterable[Hit]:
    """There is an execution, but the budget of the year is 0 (while it is blank EVL-001 speaks)."""
    if _typed(form, "adjusted", "total"):
        yield from _noticed(form, "EVL-013", "executed_total")


@rule("EVL-014", *EVL_MESSAGES["EVL-014"])
def nothing_was_budgeted(form: EvaluationView) -> Iterable[Hit]:
    """Budget and execution are 0, and nobody chose what that means (while the budget is blank EVL-001 speaks)."""
    if _typed(form, "adjusted", "total"):
        choices = (("得0分", "zero"), ("不适用", "not_applicable"))
        fixes = tuple(Fix(label, label, (form.set_form("execution_choice", choice),)) for label, choice in choices)
        yield from _noticed(form, "EVL-014", "adjusted_total", fixes)


@rule("EVL-015", WARNING, "全年预算较年初变化{p}%，请说明调整依据。")
def budget_was_changed(form: EvaluationView) -> Iterable[Hit]:
    """The budget of the year departs from the initial one by more than the limit."""
    initial, adjusted = form.fen.get("initial_total", 0), form.fen.get("adjusted_total")
    if initial > 0 and adjusted is not None and _typed(form, "adjusted", "total"):
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
        text = str(getattr(form.evaluation, field)).strip()
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


@rule("EVL-042", ERROR, "总分{t}与各项得分之和{s}不一致。", "分值合计{t}与各项分值之和{s}不一致。")
def printed_total_is_not_the_sum(form: EvaluationView) -> Iterable[Hit]:
    """A printed total of scores (or of points) is not the sum of the lines and the execution."""
    printed, total = form.evaluation.total_score.strip(), form.score.total
    if printed and total is not None and parse_points(printed) != total:
        yield hit(
            "total_score", fixes=_released(form, "total_score", format_total(total)), t=printed, s=format_total(total)
        )
    printed, points = form.evaluation.total_points.strip(), form.score.total_points
    if printed and parse_points(printed) != points:
        text = plain_number(points)
        yield hit("total_points", fixes=_released(form, "total_points", text), variant=1, t=printed, s=text)


@rule("EVL-043", WARNING, "全部指标满分，请再次核对目标值与完成值。")
def every_line_is_full(form: EvaluationView) -> Iterable[Hit]:
    """Every line and the execution got all their points."""
    execution = form.score.execution
    scored = [(line.score, line.points) for line in form.score.lines]
    scored.append((execution.score, execution.points))
    if form.lines and all(score is not None and score == points for score, points in scored):
        yield hit("total_score")


def _typed(form: EvaluationView, column: str, source: str) -> bool:
    return bool(str(getattr(form.evaluation, f"{column}_{source}")).strip())


def _grouped(fen: int) -> str:
    return format_fen(fen, MoneyStyle.GROUPED)


def _noticed(form: EvaluationView, rule_id: str, field: str, fixes: tuple[Fix, ...] = ()) -> Iterator[Hit]:
    """What scoring said of the execution line, in its own words."""
    for notice in form.score.execution.notices:
        if notice.rule == rule_id:
            yield Hit(field, fixes=fixes, severity=notice.severity, message=notice.message)


def _execution_weight(form: EvaluationView) -> Decimal:
    return expected_weights(form.profile, {line.level1 for line in form.lines if line.level1})[EXECUTION]


def _set(form: EvaluationView, field: str, text: str) -> Fix:
    """Write a cell as if the clerk had typed it: figures that were computed from it follow."""
    changes = set_cell(form.project, form.part, form.project.id, field, text, form.settings)
    return Fix(f"改为 {text}", text, changes)


def _released(form: EvaluationView, field: str, computed: str) -> tuple[Fix, ...]:
    return (Fix(f"采用计算结果 {computed}", "", (form.set_form(field, ""),)),)


def _is_rate(text: str, rate: Fraction) -> bool:
    """Whether a printed rate is one of both roundings (§3.4); how it is spelled does not count."""
    typed = parse_points(text.replace("%", "").replace("％", ""))
    return any(typed == parse_points(format_rate(rate, rounding).removesuffix("%")) for rounding in RateRounding)


def _points(line: Line) -> Decimal:
    return (line.score.points if line.score else None) or Decimal(0)


def _to_a_hundred(form: EvaluationView) -> Iterator[Fix]:
    """Two ways out: share the points out anew, or put the difference on the line with the most points."""
    shared = distribute_evaluation(form.evaluation, form.profile)
    execution = _execution_weight(form)
    if len(shared) == len(form.lines) and sum(shared.values(), execution) == _FULL:
        yield Fix("按权重方案平均分配分值", "", _weighted(form, shared, execution))
    heaviest = max(form.lines, key=_points, default=None)
    if heaviest is not None and valid_points(form.score.execution.points):
        points = _points(heaviest) + _FULL - form.score.total_points
        if _points(heaviest) > 0 and valid_points(points):
            text = format_points(points)
            yield Fix(f"将“{heaviest.name}”分值改为 {text}", text, _weighted(form, {heaviest.id: points}))


def _weighted(
    form: EvaluationView, shares: Mapping[str, Decimal], execution: Decimal | None = None
) -> tuple[SetField, ...]:
    """Give lines and execution other points; printed scores and totals that agreed with the computed ones follow."""
    changes = []
    for line in form.lines:
        score, points = line.score, shares.get(line.id)
        if score is not None and points is not None and points != score.points:
            changes.append(form.set_line(line, "points", format_points(points)))
            if score.computed is not None and parse_points(line.indicator.score) == score.computed:
                changes.append(form.set_line(line, "score", ""))
    computed = form.score.execution.computed
    if execution is not None and execution != form.score.execution.points:
        changes.append(form.set_form("execution_points", format_points(execution)))
        if computed is not None and parse_points(form.evaluation.execution_score) == computed:
            changes.append(form.set_form("execution_score", ""))
    if parse_points(form.evaluation.total_points) == form.score.total_points:
        changes.append(form.set_form("total_points", ""))
    return (*changes, *form.released_total())


RULES: tuple[Rule[EvaluationView], ...] = (
    header_is_incomplete,
    expected_goal_is_missing,
    completion_is_missing,
    points_are_not_a_hundred,
    points_of_a_level_are_not_the_profiles,
    execution_points_are_not_the_profiles,
    points_are_invalid,
    points_are_concentrated,
    column_does_not_add_up,
    printed_execution_is_not_the_computed,
    more_was_spent_than_budgeted,
    money_was_spent_without_a_budget,
    nothing_was_budgeted,
    budget_was_changed,
    little_was_spent,
    amount_is_invalid,
    more_was_spent_of_a_source_than_budgeted,
    printed_total_is_not_the_sum,
    every_line_is_full,
)
