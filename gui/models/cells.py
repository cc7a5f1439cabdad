"""What the cells of the indicator table say: the texts and marks of a line and of a level, as plain data."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from gui.models.columns import ACTUAL, COLUMNS, NAME, REASON, SCORE, TARGET, column_of
from model.findings import Finding, Severity
from model.forms import FORMS
from model.labels import SEVERITY_WORDS
from model.quantity import printed
from model.records import Achievement, Form, Indicator
from model.scoring import (
    ACHIEVEMENT_LABELS,
    NOT_APPLICABLE,
    OMISSION_PRINTED,
    LevelScore,
    LineScore,
    Status,
    format_points,
    omission_of,
)
from model.values.units import UnitTable

TO_CHOOSE = "请选择等级"


@dataclass(frozen=True, slots=True)
class CellView:
    """One cell.

    ``text`` is what it shows, ``edit_text`` what an editor starts with; ``hint`` stands in grey in an empty cell.
    ``mark`` is the worst open finding about the cell and ``messages`` what its findings say. ``tag`` is a second text:
    the level of achievement beside an actual value, or the computed score beside another one a person gave.
    """

    text: str
    edit_text: str
    hint: str = ""
    mark: Severity | None = None
    messages: tuple[str, ...] = ()
    tag: str = ""
    tag_is_open: bool = False
    is_manual: bool = False


@dataclass(frozen=True, slots=True)
class LineView:
    """One indicator line with the cells of its columns."""

    indicator: Indicator
    score: LineScore | None
    findings: tuple[Finding, ...]
    cells: tuple[CellView, ...]


@dataclass(frozen=True, slots=True)
class LevelView:
    """One 一级 or 二级指标: its label, how many lines it has, and its subtotals as printed."""

    label: str
    is_level1: bool
    line_count: int
    points: str = ""
    score: str = ""

    @property
    def asks_for_lines(self) -> bool:
        """Whether it is a 二级指标 without lines."""
        return not self.is_level1 and not self.line_count


def line_view(
    form: Form, indicator: Indicator, score: LineScore | None, findings: Sequence[Finding], units: UnitTable
) -> LineView:
    """The cells of one line. ``findings`` are those about this line, worst first."""
    by_column: list[list[Finding]] = [[] for _ in COLUMNS[form]]
    for finding in findings:
        by_column[column_of(form, finding.place.field)].append(finding)
    cells = tuple(
        _cell(form, column.field, indicator, score, by_column[number], units)
        for number, column in enumerate(COLUMNS[form])
    )
    return LineView(indicator, score, tuple(findings), cells)


def _cell(
    form: Form,
    field: str,
    indicator: Indicator,
    score: LineScore | None,
    findings: list[Finding],
    units: UnitTable,
) -> CellView:
    typed: str = getattr(indicator, field)
    open_findings = [finding for finding in findings if not finding.is_closed]
    mark = min((finding.severity for finding in open_findings), key=lambda severity: severity.rank, default=None)
    hint = _hint(field, indicator, open_findings) if not typed else ""
    messages = tuple(finding.message for finding in findings)
    text, tag, tag_is_open, is_manual = typed, "", False, False
    if field == TARGET:
        text = printed(typed, FORMS[form].style, units)
    elif field == ACTUAL:
        tag, tag_is_open = _achievement(indicator, score)
    elif field == SCORE and score is not None:
        text, tag, is_manual = _score(typed, score)
        hint = "" if text else "—"
    return CellView(text, typed, hint, mark, messages, tag, tag_is_open, is_manual)


def _hint(field: str, indicator: Indicator, findings: list[Finding]) -> str:
    """What stands in a blank cell: for a reason that is asked for, why it is; else what belongs there."""
    if field == REASON and findings:
        return findings[0].message.removeprefix(f"“{indicator.name}”").removeprefix(f"“{indicator.name.strip()}”")
    if field in {NAME, TARGET, ACTUAL} and findings:  # 分值 is too narrow for words beside the mark
        return {NAME: "填写三级指标", TARGET: "填写年度指标值", ACTUAL: "填写实际完成值"}[field]
    return ""


def _achievement(indicator: Indicator, score: LineScore | None) -> tuple[str, bool]:
    """The level of achievement as the tag of an actual value, and whether it is still to be chosen."""
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
    """The text of a score cell, the computed score where it says something else, and whether a person gave it."""
    computed = format_points(score.computed) if score.computed is not None else ""
    if score.omission is not None and not typed:
        return OMISSION_PRINTED[score.omission], "", False
    if not typed:
        return computed, "", False
    differs = score.score != score.computed or score.computed is None or not score.is_manual
    return typed, computed if differs else "", differs


@lru_cache(maxsize=1024)
def level_view(label: str, line_count: int, score: LevelScore | None = None, *, is_level1: bool) -> LevelView:
    """A level row; ``score`` is None where the form has no subtotals."""
    points = format_points(score.points) if score is not None else ""
    scored = format_points(score.score) if score is not None and score.score is not None else "—" if score else ""
    return LevelView(label or "（未填写）", is_level1, line_count, points, scored)


def spoken_level(level: LevelView) -> str:
    """What a screen reader says of a level row."""
    return f"{level.label}，{level.line_count} 项"


def spoken_line_cell(line: LineView, column_title: str, cell: CellView) -> str:
    """What a screen reader says of a cell: the line, the column, the text, and what is wrong with it."""
    parts = [line.indicator.name or "未命名指标", column_title, cell.text or "空白"]
    if cell.tag:
        parts.append(cell.tag)
    if cell.is_manual:
        parts.append("手工评分")
    if cell.mark is not None:
        parts.append(f"{SEVERITY_WORDS[cell.mark]}：{'；'.join(cell.messages)}")
    return "，".join(parts)
