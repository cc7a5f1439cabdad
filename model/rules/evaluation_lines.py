"""The lines of a self-evaluation: rules EVL-023 … EVL-041, EVL-046 and VAL-027 (domain.md §9.4, §9.5).

What is wrong with a line scoring has found already; here its notices get their place and their quick fixes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from model.findings import Fix, Severity
from model.mends import InferLevels, Rewrite
from model.quantity import Kind, canonical
from model.records import Achievement
from model.rules.context import Line, faithful, rewrite
from model.rules.evaluation_doubts import exceeds_the_whole, is_missed_in_full
from model.rules.registry import Hit, LineRule, about, hit, line_rule, noticed_hit
from model.scoring import (
    ACHIEVEMENT_LABELS,
    LineScore,
    Status,
    band_range,
    format_points,
    level_named,
    level_of_score,
    parse_points,
    plain_number,
    wordings_of,
)
from model.values.dates import parse_date

WARNING = Severity.WARNING

# 达95% says what was reached: no comparator to a reader.
_REACHED = re.compile(r"\s*已?达")


@dataclass(frozen=True, slots=True)
class _NoticedLine:
    line: Line
    score: LineScore


def _no_fixes(_: _NoticedLine) -> Iterable[Fix]:
    return ()


def _with_the_targets_unit(at: _NoticedLine) -> Iterable[Fix]:
    """EVL-028: the number as typed with the unit of the target, with and without its magnitude."""
    target, actual = at.line.target, at.line.actual
    if actual is None or actual.number is None or actual.unit is not None or target.kind is not Kind.QUANT:
        return
    number, unit = f"{actual.number:f}{actual.magnitude_text}", target.unit.name if target.unit else ""
    texts = [number + (target.unit.base_name if target.unit and target.dimension == "money" else unit)]
    if not actual.magnitude_text:
        texts.insert(0, number + target.magnitude_text + unit)
    for text in dict.fromkeys(f"{text}{actual.after}" for text in texts):
        written = at.line.read(text)
        is_complete = written.unit is not None or (not unit and written.magnitude == target.magnitude)
        if written.kind is Kind.QUANT and is_complete and written.dimension == target.dimension:
            yield _set_actual(at, text)


def _with_the_targets_spelling(at: _NoticedLine) -> Iterable[Fix]:
    """EVL-029: the actual value in the unit of the target where it is the same unit, spelled in another way."""
    target, actual = at.line.target, at.line.actual
    if target.unit is not None and actual is not None and actual.number is not None:
        text = f"{actual.number:f}{actual.magnitude_text}{target.unit.name}{actual.after}"
        yield from faithful(at.line, "actual_text", text, actual)


def _as_percentage(at: _NoticedLine) -> Iterable[Fix]:
    """EVL-030: what was meant by 0.91, in the actual value or in the target."""
    target, actual = at.line.target, at.line.actual
    if actual is None or actual.number is None or target.number is None:
        return
    if any(found.rule == "EVL-030" and found.message.startswith("指标值") for found in at.score.notices):
        for number in (target.number * 100, target.number):
            share = replace(target, number=number, unit_raw="%", unit=at.line.units.find("%"))
            yield rewrite(at.line.cell("target_text", canonical(share, at.line.around.style)))
    else:
        for number in (actual.number * 100, actual.number):
            yield _set_actual(at, f"{plain_number(number)}%")


def _reduced(at: _NoticedLine) -> Iterable[Fix]:
    """EVL-034, EVL-035: the score suggested for so much more than was planned (§6.7)."""
    if at.score.reduction is not None and at.score.points is not None and at.score.reduction < at.score.points:
        text = format_points(at.score.reduction)
        yield Fix(f"采用建议得分 {text}", text, Rewrite((at.line.cell("score", text),)))


def _level_chosen(at: _NoticedLine) -> Iterable[Fix]:
    """EVL-037: the level each printed score says, for all lines at once; and the three levels.

    A typed score that does not fit the level gives way to the suggested one.
    """
    said = level_of_score(at.line.evaluated, at.score, at.line.around.profile)
    if said is not None:
        yield Fix("全部按得分推定", ACHIEVEMENT_LABELS[said], InferLevels())
    typed = parse_points(at.line.evaluated.score)
    named = level_named(at.line.evaluated.actual_text)
    for level, label in ACHIEVEMENT_LABELS.items():
        if named not in (None, level):
            continue  # 未达成预期指标 says which level is meant
        cells = [at.line.cell("achievement", level.value)]
        fits = (
            at.score.points is None
            or typed is None
            or band_range(at.score.points, level, at.line.around.profile).holds(typed)
        )
        if not fits:
            cells.append(at.line.cell("score", ""))
        yield Fix(label, label, Rewrite(tuple(cells)))


def _computed(at: _NoticedLine) -> Iterable[Fix]:
    """EVL-039 … EVL-041: the computed score instead of the typed one."""
    if at.score.computed is not None:
        text = format_points(at.score.computed)
        yield Fix(f"采用计算得分 {text}", text, Rewrite((at.line.cell("score", ""),)))


def _set_actual(at: _NoticedLine, text: str) -> Fix:
    return rewrite(at.line.cell("actual_text", text))


def _is_lowered(at: _NoticedLine) -> bool:
    return at.score.score is not None and at.score.points is not None and at.score.score < at.score.points


def _is_over_or_lowered(at: _NoticedLine) -> bool:
    """Of a satisfaction of 999 % EVL-050 speaks: more than everything is no achievement."""
    return _is_lowered(at) or exceeds_the_whole(at.line)


def _exceeds_the_whole(at: _NoticedLine) -> bool:
    return exceeds_the_whole(at.line)


def _is_missed(at: _NoticedLine) -> bool:
    return is_missed_in_full(at.line)


def _never(_: _NoticedLine) -> bool:
    return False


def _notice_rule(
    rule_id: str,
    field: str,
    fixes: Callable[[_NoticedLine], Iterable[Fix]] = _no_fixes,
    is_settled: Callable[[_NoticedLine], bool] = _never,
    open_status: Status | None = None,
) -> LineRule:
    """The rule that reports one kind of notice at ``field`` of its line, unless ``is_settled``.

    It also reports a line of ``open_status`` that has no score and of which scoring says nothing.
    """
    wordings = wordings_of(rule_id)

    def look(line: Line) -> Iterable[Hit]:
        score = line.score
        if score is None:
            return
        at = _NoticedLine(line, score)
        notice = next((notice for notice in score.notices if notice.rule == rule_id), None)
        if notice is not None:
            if not is_settled(at):
                yield noticed_hit(field, notice, fixes(at))
        elif score.status is open_status and score.score is None and score.points is not None:
            yield hit(field, fixes=fixes(at), name=line.name, w=format_points(score.points))

    return LineRule(about(rule_id, wordings[0][0], tuple(text for _, text in wordings)), look)


@line_rule("EVL-046", WARNING, "完成日期晚于时限，请核对等级。")
def late_line_is_called_achieved(line: Line) -> Iterable[Hit]:
    """A deadline was missed, but 达成 was chosen."""
    day = line.actual.day if line.actual is not None else None
    done = parse_date(line.evaluated.actual_text) or (day.earliest(line.around.year) if day else None)
    is_late = line.target.due_date is not None and done is not None and done > line.target.due_date
    if is_late and line.evaluated.achievement == Achievement.ACHIEVED:
        yield hit("achievement")


@line_rule("VAL-027", WARNING, "实际完成值不应带比较符。")
def actual_carries_a_comparator(line: Line) -> Iterable[Hit]:
    """An actual value was typed like a target."""
    actual = line.actual
    if actual is None or not actual.has_comparator or actual.number is None or _REACHED.match(actual.raw):
        return
    text = f"{actual.number:f}{actual.unit_raw}{actual.after}"
    typed = line.read(actual.raw)  # the sign may go only where it says no more than the number
    yield hit("actual_text", fixes=faithful(line, "actual_text", text, typed))


_UNITS_DIFFER = _notice_rule("EVL-026", "actual_text")
_INCOMPARABLE = "无法比较。"


def _named_in_full(line: Line) -> Iterable[Hit]:
    """EVL-026, which also says so where a value that can't be compared was given all its points."""
    for found in _UNITS_DIFFER.look(line):
        score = line.score
        is_full = score is not None and score.score is not None and score.score == score.points
        if is_full and found.message.endswith(_INCOMPARABLE):
            told = found.message.removesuffix("。") + "，却得满分，请核对。"
            yield replace(found, message=told)
        else:
            yield found


unit_does_not_fit = LineRule(_UNITS_DIFFER.info, _named_in_full)


RULES: tuple[LineRule, ...] = (
    actual_carries_a_comparator,
    _notice_rule("EVL-023", "target_text"),
    _notice_rule("EVL-024", "actual_text"),
    _notice_rule("EVL-025", "actual_text"),
    unit_does_not_fit,
    _notice_rule("EVL-027", "actual_text"),
    _notice_rule("EVL-028", "actual_text", _with_the_targets_unit),
    _notice_rule("EVL-029", "actual_text", _with_the_targets_spelling),
    _notice_rule("EVL-030", "actual_text", _as_percentage),
    _notice_rule("EVL-031", "actual_text"),
    _notice_rule("EVL-032", "actual_text"),
    _notice_rule("EVL-033", "actual_text"),
    _notice_rule("EVL-034", "actual_text", _reduced, is_settled=_is_over_or_lowered),
    _notice_rule("EVL-035", "actual_text", _reduced, is_settled=_is_over_or_lowered),
    _notice_rule("EVL-036", "deviation_reason"),
    _notice_rule("EVL-037", "achievement", _level_chosen, open_status=Status.JUDGE),
    _notice_rule("EVL-038", "actual_text"),
    _notice_rule("EVL-039", "score", _computed),
    _notice_rule("EVL-040", "score", _computed, open_status=Status.MANUAL),
    _notice_rule("EVL-041", "score", _computed, is_settled=_is_missed),
    _notice_rule("EVL-056", "deviation_reason", is_settled=_exceeds_the_whole),
    late_line_is_called_achieved,
)
