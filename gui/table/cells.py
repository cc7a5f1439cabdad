"""What the cells of the grid say: the texts and marks of a line, of a level and of the totals, as plain data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from gui.desk.signs import Sign, sign_of
from gui.table.columns import (
    ACTUAL,
    NAME,
    PAST_ACTUAL,
    PAST_CHANGE,
    PAST_TARGET,
    REASON,
    SCORE,
    TARGET,
    column_of,
    columns_of,
)
from model.findings import Finding, Severity
from model.forms import FORMS
from model.labels import AWAITED, SEVERITY_WORDS
from model.quantity import printed
from model.records import Achievement, EvaluatedIndicator, Form, Indicator
from model.scoring import (
    ACHIEVEMENT_LABELS,
    NOT_APPLICABLE,
    OMISSION_PRINTED,
    EvaluationScore,
    LevelScore,
    LineScore,
    Status,
    format_points,
    format_total,
    omission_of,
)
from model.values.taxonomy import is_timely
from model.values.units import UnitTable
from model.years import NOTHING_BESIDE, Beside

TO_CHOOSE = "请选择等级"
UNNAMED = "（未填写）"
NOT_YET = "—"
MARKED = (Severity.ERROR, Severity.WARNING)
"""What a cell is marked with; a hint is told in the list of problems only."""


@dataclass(frozen=True, slots=True)
class CellView:
    """One cell.

    ``text`` is what it shows, ``edit_text`` what an editor starts with; ``hint`` stands in grey in an empty cell,
    and ``brief`` where that has no room.
    ``mark`` is the worst open finding about the cell and ``messages`` what its findings say; ``is_awaited`` is one that
    is only not filled in yet. ``tag`` is a second text:
    the level of achievement beside an actual value, or the computed score beside another one a person gave.
    ``is_past`` is one that tells of the earlier year.
    """

    text: str
    edit_text: str
    hint: str = ""
    mark: Severity | None = None
    messages: tuple[str, ...] = ()
    tag: str = ""
    tag_is_open: bool = False
    is_manual: bool = False
    is_past: bool = False
    is_awaited: bool = False
    brief: str = ""

    @property
    def sign(self) -> Sign | None:
        """What is drawn beside the text."""
        if self.mark in MARKED:
            return sign_of(self.mark)
        return Sign.EMPTY if self.is_awaited else None


@dataclass(frozen=True, slots=True)
class LineView:
    """One indicator line with the cells of its columns; ``awaited`` are the keys of findings that are told quietly."""

    indicator: Indicator
    score: LineScore | None
    findings: tuple[Finding, ...]
    cells: tuple[CellView, ...]
    past: Beside = NOTHING_BESIDE
    awaited: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class LevelView:
    """A 一级 or 二级指标: its label, how many lines it has, and its subtotals, "" where the form has none."""

    label: str
    line_count: int
    points: str = ""
    score: str = ""
    is_provisional: bool = False

    @property
    def subtotal(self) -> str:
        """得分 / 分值 in one text, in the order of the score pane."""
        return f"{self.score} / {self.points}" if self.points else ""

    @property
    def told(self) -> str:
        """The same with a word where lines are missing from it."""
        return f"暂计 {self.subtotal}" if self.is_provisional else self.subtotal


@dataclass(frozen=True, slots=True)
class TotalView:
    """The row of the totals; "" where the form has none."""

    label: str
    points: str = ""
    score: str = ""


def line_view(
    form: Form,
    indicator: Indicator,
    score: LineScore | None,
    findings: Sequence[Finding],
    units: UnitTable,
    past: Beside = NOTHING_BESIDE,
    awaited: frozenset[str] = frozenset(),
) -> LineView:
    """The cells of one line. ``findings`` are those about this line, worst first; ``past`` is what it was.

    Those whose keys are ``awaited`` only say what is not filled in yet.
    """
    columns = columns_of(form)
    by_column: list[list[Finding]] = [[] for _ in columns]
    for finding in findings:
        by_column[column_of(form, finding.place.field)].append(finding)
    cells = tuple(
        _past_cell(column.field, past)
        if column.is_past
        else _cell(form, column.field, indicator, score, by_column[number], units, awaited)
        for number, column in enumerate(columns)
    )
    return LineView(indicator, score, tuple(findings), cells, past, awaited)


def _past_cell(field: str, past: Beside) -> CellView:
    """A cell of the earlier year; where no line is the same for certain, those that may be meant."""
    text = {PAST_TARGET: past.target, PAST_ACTUAL: past.actual, PAST_CHANGE: past.change}[field]
    if field != PAST_TARGET or not past.may_be:
        return CellView(text, text, is_past=True)
    return CellView("", "", hint=f"？{past.may_be[0]}", messages=(f"名称相近：{'、'.join(past.may_be)}",), is_past=True)


def _cell(
    form: Form,
    field: str,
    indicator: Indicator,
    score: LineScore | None,
    findings: list[Finding],
    units: UnitTable,
    awaited: frozenset[str],
) -> CellView:
    typed: str = getattr(indicator, field)
    open_findings = [finding for finding in findings if not finding.is_closed]
    told = [finding.severity for finding in open_findings if finding.key not in awaited]
    mark = min(told, key=lambda severity: severity.rank, default=None)
    hint = _hint(field, indicator, open_findings) if not typed else ""
    brief = _BRIEF_HINTS[field] if hint else ""
    messages = tuple(finding.message for finding in findings)
    text, tag, tag_is_open, is_manual = typed, "", False, False
    if field == TARGET:
        text = printed(typed, FORMS[form].style, units, timely=is_timely(indicator.level2))
    elif field == ACTUAL:
        tag, tag_is_open = _achievement(indicator, score)
    elif field == SCORE and score is not None:
        text, tag, is_manual = _score(typed, score)
        hint, brief = "" if text else NOT_YET, ""
    is_awaited = len(told) < len(open_findings)
    return CellView(text, typed, hint, mark, messages, tag, tag_is_open, is_manual, is_awaited=is_awaited, brief=brief)


_BRIEF_HINTS: Mapping[str, str] = MappingProxyType(
    {NAME: "填写名称", TARGET: "填写指标值", ACTUAL: "填写完成值", REASON: "写明原因"}
)
"""What a blank cell asks for, where the whole of it has no room."""


def _hint(field: str, indicator: Indicator, findings: list[Finding]) -> str:
    """What stands in a blank cell: for a reason that is asked for, why it is; else what belongs there."""
    if field == REASON and findings:
        return findings[0].message.removeprefix(f"“{indicator.name}”").removeprefix(f"“{indicator.name.strip()}”")
    if field in {NAME, TARGET, ACTUAL} and findings:  # 分值 is too narrow for words beside the mark
        return {NAME: "填写三级指标", TARGET: "填写年度指标值", ACTUAL: "填写实际完成值"}[field]
    return ""


def _achievement(indicator: Indicator, score: LineScore | None) -> tuple[str, bool]:
    """The level of achievement as the tag of an actual value, and whether it is still to be chosen."""
    if not isinstance(indicator, EvaluatedIndicator):
        return "", False
    if indicator.achievement in set(Achievement):
        return ACHIEVEMENT_LABELS[Achievement(indicator.achievement)], False
    if omission_of(indicator.achievement) is not None:
        return NOT_APPLICABLE, False
    if indicator.achievement or score is None:
        return indicator.achievement, False
    if score.status is Status.JUDGE:
        return TO_CHOOSE, True
    if score.suggested_achievement is not None:
        return ACHIEVEMENT_LABELS[score.suggested_achievement], False
    return "", False


def _score(typed: str, score: LineScore) -> tuple[str, str, bool]:
    """The text of a score cell, the computed score where it says something else, and whether a person gave it.

    Scores stand with two decimals, so that their points stand one under another; a text that is no score as typed.
    """
    computed = format_total(score.computed) if score.computed is not None else ""
    if score.omission is not None and not typed:
        return OMISSION_PRINTED[score.omission], "", False
    typed = format_total(score.score) if typed and score.is_manual and score.score is not None else typed
    if not typed:
        return computed, "", False
    differs = score.score != score.computed or score.computed is None or not score.is_manual
    return typed, computed if differs else "", differs


@lru_cache(maxsize=1024)
def level_view(label: str, line_count: int, score: LevelScore | None = None) -> LevelView:
    """A level; ``score`` is None where the form has no subtotals."""
    if score is None:
        return LevelView(label or UNNAMED, line_count)
    reached = format_total(score.so_far) if score.so_far is not None else NOT_YET
    is_provisional = score.score is None and score.so_far is not None
    return LevelView(label or UNNAMED, line_count, format_points(score.points), reached, is_provisional)


def total_view(line_count: int, score: EvaluationScore | None) -> TotalView:
    """The totals of a form: how many lines a declaration has, the sums of a self-evaluation.

    While lines wait for their score the total is what the others reach, and its label says so.
    """
    if score is None:
        return TotalView(f"共 {line_count} 条指标")
    if score.total is not None:
        return TotalView("总分", format_points(score.total_points), format_total(score.total))
    reached = [line.score for line in score.lines if line.score is not None]
    label = f"总分（暂计，已得分 {len(reached)} / {line_count} 条）"
    so_far = format_total(score.so_far) if score.so_far is not None else NOT_YET
    return TotalView(label, format_points(score.total_points), so_far)


def spoken_cell(cell: CellView) -> str:
    """What a screen reader says of a cell: its text, then what is wrong with it, or what was alike."""
    parts = [cell.text or "空白"]
    if cell.tag:
        parts.append(cell.tag)
    if cell.is_manual:
        parts.append("手工评分")
    if cell.mark is not None:
        parts.append(f"{SEVERITY_WORDS[cell.mark]}：{'；'.join(cell.messages)}")
    elif cell.is_awaited:
        parts.append(AWAITED)
    elif cell.is_past:
        parts += cell.messages
    return "，".join(parts)
