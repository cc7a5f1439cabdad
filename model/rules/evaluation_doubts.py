"""What a self-evaluation says against itself: rules EVL-049 … EVL-051, EVL-053, EVL-054 (domain.md §9.7)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal

from model.findings import Fix, Severity
from model.mends import Rewrite
from model.quantity import Kind
from model.rules.context import EvaluationView, Line
from model.rules.registry import Hit, LineRule, Rule, hit, line_rule, rule
from model.scoring import Status, format_points

ERROR, WARNING, INFO = Severity.ERROR, Severity.WARNING, Severity.INFO

_FILLERS = frozenset(("正常", "疫情", "同上", "如上", "见上", "疫情影响", "受疫情影响", "客观原因", "不可抗力"))
_SHORTEST_REASON = 4


def is_a_reason(text: str) -> bool:
    """Whether a 偏差原因 says anything: 无, /, 同上 and other fillers don't."""
    words = re.sub(r"[\W_]", "", text)
    return len(words) >= _SHORTEST_REASON and words not in _FILLERS


def is_missed_in_full(line: Line) -> bool:
    """Whether a line got all its points, typed or printed, though its target was missed by what the formula says."""
    score = line.score
    if score is None or score.status is not Status.UNMET or score.score is None or score.score != score.points:
        return False
    told = {notice.rule for notice in score.notices}
    return score.computed is not None and score.computed < score.score and "EVL-039" not in told


@line_rule("EVL-049", ERROR, "“{name}”实际{a}未达到{t}，却得满分，请核对或说明。")
def missed_target_has_full_points(line: Line) -> Iterable[Hit]:
    """A missed target with full points; a warning once a real reason is given."""
    if is_missed_in_full(line):
        severity = WARNING if is_a_reason(line.evaluated.deviation_reason) else ERROR
        actual, target = line.evaluated.actual_text.strip(), line.indicator.target_text.strip()
        fixes = _computed(line)
        yield hit("score", fixes=fixes, severity=severity, name=line.name, a=actual, t=target)


_WHOLE_AT_MOST = re.compile("满意|合格|及时|准确|知晓|覆盖")
_MAY_EXCEED = re.compile("完成率|增长|提升|增幅|增速|同比|提高|毛.{0,4}率")


def exceeds_the_whole(line: Line) -> bool:
    """Whether the actual of a share that can't be more than whole is above 100 %."""
    actual, target = line.actual, line.target
    if actual is None or actual.number is None or actual.kind is not Kind.QUANT:
        return False
    unit = actual.unit or target.unit
    is_share = unit is not None and unit.name == "%" and actual.number * actual.magnitude > 100
    return is_share and bool(_WHOLE_AT_MOST.search(line.name)) and not _MAY_EXCEED.search(line.name)


@line_rule("EVL-050", WARNING, "“{a}”超过100%，请核对小数点。")
def share_exceeds_the_whole(line: Line) -> Iterable[Hit]:
    """Satisfaction, 合格, 及时, 准确, 知晓 or 覆盖 above 100 %; EVL-034 and EVL-035 keep silent then."""
    if exceeds_the_whole(line):
        yield hit("actual_text", a=line.evaluated.actual_text.strip())


_ENOUGH_LINES = 5
_ENOUGH_OPEN_LINES = 3


@rule("EVL-051", WARNING, "全部完成值与指标值相同，请核对是否为实际数。")
def every_actual_equals_its_target(form: EvaluationView) -> Iterable[Hit]:
    """Five quantitative lines and more, and every actual is its target.

    At least three of them could have come out otherwise: =100% and 0 faults are seldom anything else.
    """
    counted = [line for line in form.lines if line.score is not None and line.score.omission is None]
    lines = [line for line in counted if line.target.kind is Kind.QUANT]
    open_lines = sum(not _is_closed(line) for line in lines)
    if len(lines) >= _ENOUGH_LINES and open_lines >= _ENOUGH_OPEN_LINES and all(map(_is_equal, lines)):
        yield hit("")


@line_rule("EVL-053", WARNING, "“{name}”的偏差原因过于简单，请说明原因和改进措施。")
def reason_is_a_filler(line: Line) -> Iterable[Hit]:
    """The reason of a missed target says nothing. With full points EVL-049 speaks, a blank one is EVL-036's."""
    score, reason = line.score, line.evaluated.deviation_reason
    if score is None or not reason.strip() or is_a_reason(reason) or is_missed_in_full(line):
        return
    is_lowered = score.score is not None and score.points is not None and score.score < score.points
    if is_lowered or score.status is Status.UNMET:
        yield hit("deviation_reason", name=line.name)


_NOT_REACHED = re.compile("未(?:能)?(?:完成|达到|达标|达成|实现|达)|没有?(?:完成|达到|达标|实现)|不达标")


@line_rule("EVL-054", INFO, "“{name}”已达标，偏差原因却写未完成，请核对。")
def met_target_has_a_reason_for_missing_it(line: Line) -> Iterable[Hit]:
    """The target is met with full score, and the reason says it was not."""
    score = line.score
    is_full = score is not None and score.status is Status.MET and score.score == score.points
    if is_full and _NOT_REACHED.search(line.evaluated.deviation_reason):
        yield hit("deviation_reason", name=line.name)


def _computed(line: Line) -> tuple[Fix, ...]:
    if line.score is None or line.score.computed is None or not line.score.is_manual:
        return ()
    text = format_points(line.score.computed)
    return (Fix(f"采用计算得分 {text}", text, Rewrite((line.cell("score", ""),))),)


def _is_equal(line: Line) -> bool:
    target, actual = line.target, line.actual
    if actual is None or actual.kind is not Kind.QUANT or actual.base is None:
        return False
    if actual.unit is None or target.unit is None:
        return (actual.number, actual.magnitude) in ((target.number, target.magnitude), (target.number, Decimal(1)))
    return actual.base == target.base and actual.dimension == target.dimension


def _is_closed(line: Line) -> bool:
    return line.target.base == 0 or (line.target.dimension == "ratio" and line.target.base == 1)


RULES: tuple[Rule[EvaluationView] | LineRule, ...] = (
    missed_target_has_full_points,
    share_exceeds_the_whole,
    every_actual_equals_its_target,
    reason_is_a_filler,
    met_target_has_a_reason_for_missing_it,
)
