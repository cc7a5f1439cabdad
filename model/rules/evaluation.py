"""The self-evaluation as a whole: rules EVL-001 … EVL-009, EVL-042 and EVL-043 (domain.md §9.5).

Left out: EVL-002, EVL-020 and EVL-047, which need versions of the goals; EVL-044, which compares projects; EVL-048,
which reads prose.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from model.findings import Fix, Severity
from model.forms import HEADER_CELLS
from model.forms.evaluation import MONEY_COLUMNS, MONEY_SOURCES
from model.mends import Rewrite, SharePoints
from model.records import Declaration
from model.rules.context import EvaluationView, Line, rewrite
from model.rules.registry import Hit, LineRule, Rule, hit, line_rule, rule
from model.scoring import format_points, format_total, parse_points, plain_number, valid_points
from model.values.characters import printable
from model.weights import EXECUTION, distribute_evaluation, expected_weights

ERROR, WARNING, INFO = Severity.ERROR, Severity.WARNING, Severity.INFO

_FULL = Decimal(100)


@rule("EVL-001", ERROR, "请填写{field}。")
def header_is_incomplete(form: EvaluationView) -> Iterable[Hit]:
    """A header cell is blank, or the budget or the execution of the year, without which nothing can be scored."""
    for cell in HEADER_CELLS:
        if not str(getattr(form.project, cell.name)).strip():
            yield hit(cell.name, field=cell.label)
    for column, label, _ in MONEY_COLUMNS:
        if column != "initial" and not any(form.is_typed(f"{column}_{source}") for source, _ in MONEY_SOURCES):
            yield hit(f"{column}_total", field=label)


@rule("EVL-003", ERROR, "请填写预期目标（可从申报表带入）。")
def expected_goal_is_missing(form: EvaluationView) -> Iterable[Hit]:
    """The expected goal is blank; the declaration of the same project has it, if there is one."""
    if not form.content.expected_goal.strip():
        declaration = form.project.of(Declaration)
        goal = printable(declaration.annual_goal) if declaration else ""
        fixes = (Fix("从申报表带入", goal, Rewrite((form.in_form("expected_goal", goal),))),) if goal.strip() else ()
        yield hit("expected_goal", fixes=fixes)


@rule("EVL-004", ERROR, "请填写年度总体目标的实际完成情况。")
def completion_is_missing(form: EvaluationView) -> Iterable[Hit]:
    """What was achieved is blank."""
    if not form.content.actual_completion.strip():
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
        yield hit("execution_points", fixes=(rewrite(form.in_form("execution_points", text)),), w=text)


@rule("EVL-008", ERROR, "“{name}”分值应大于0且不超过两位小数。")
def points_are_invalid(form: EvaluationView) -> Iterable[Hit]:
    """The points of a line (or of the execution) are no number, not above 0, or have more than two decimals."""
    for line in form.lines:
        if line.score and not line.is_empty and not valid_points(line.score.points):
            yield hit("points", line=line.id, name=line.name)
    if not valid_points(form.score.execution.points) and _execution_weight(form) > 0:
        yield hit("execution_points", name=EXECUTION)


@line_rule("EVL-009", INFO, "“{name}”单项分值{w}，权重过于集中。")
def points_are_concentrated(line: Line) -> Iterable[Hit]:
    """One line carries more points than the limit."""
    points = line.score.points if line.score else None
    if points is not None and points > line.around.thresholds.line_points_max:
        yield hit("points", name=line.name, w=plain_number(points))


@rule("EVL-042", ERROR, "总分{t}与各项得分之和{s}不一致。", "分值合计{t}与各项分值之和{s}不一致。")
def printed_total_is_not_the_sum(form: EvaluationView) -> Iterable[Hit]:
    """A printed total of scores (or of points) is not the sum of the lines and the execution."""
    printed, total = form.content.total_score.strip(), form.score.total
    if printed and total is not None and parse_points(printed) != total:
        yield hit(
            "total_score", fixes=_released(form, "total_score", format_total(total)), t=printed, s=format_total(total)
        )
    printed, points = form.content.total_points.strip(), form.score.total_points
    is_told = points != _FULL and parse_points(printed) == _FULL  # the points are wrong then, and EVL-005 says so
    if printed and parse_points(printed) != points and not is_told:
        text = plain_number(points)
        yield hit("total_points", fixes=_released(form, "total_points", text), variant=1, t=printed, s=text)


@rule("EVL-043", WARNING, "全部指标满分，请再次核对指标值与完成值。")
def every_line_is_full(form: EvaluationView) -> Iterable[Hit]:
    """Every line and the execution got all their points."""
    execution = form.score.execution
    scored = [(line.score, line.points) for line in form.score.lines]
    scored.append((execution.score, execution.points))
    if form.lines and all(score is not None and score == points for score, points in scored):
        yield hit("total_score")


def _execution_weight(form: EvaluationView) -> Decimal:
    return expected_weights(form.profile, {line.level1 for line in form.lines if line.level1})[EXECUTION]


def _released(form: EvaluationView, field: str, computed: str) -> tuple[Fix, ...]:
    return (Fix(f"采用计算结果 {computed}", computed, Rewrite((form.in_form(field, ""),))),)


def _points(line: Line) -> Decimal:
    return (line.score.points if line.score else None) or Decimal(0)


def _to_a_hundred(form: EvaluationView) -> Iterator[Fix]:
    """Two ways out: share the points out anew, or put the difference on the line with the most points."""
    shared = distribute_evaluation(form.content, form.profile)
    execution = _execution_weight(form)
    if len(shared) == len(form.lines) and sum(shared.values(), execution) == _FULL:
        yield Fix("按权重方案平均分配分值", "", SharePoints())
    heaviest = max(form.lines, key=_points, default=None)
    if heaviest is not None and valid_points(form.score.execution.points):
        points = _points(heaviest) + _FULL - form.score.total_points
        if _points(heaviest) > 0 and valid_points(points):
            text = format_points(points)
            cell = heaviest.cell("points", text)
            yield Fix(f"将“{heaviest.name}”分值改为 {text}", text, Rewrite((cell,)))


RULES: tuple[Rule[EvaluationView] | LineRule, ...] = (
    header_is_incomplete,
    expected_goal_is_missing,
    completion_is_missing,
    points_are_not_a_hundred,
    points_of_a_level_are_not_the_profiles,
    execution_points_are_not_the_profiles,
    points_are_invalid,
    points_are_concentrated,
    printed_total_is_not_the_sum,
    every_line_is_full,
)
