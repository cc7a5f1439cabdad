"""The columns of the indicator table: one record a column, in the order in which the official forms print them."""

from __future__ import annotations

from dataclasses import dataclass

from model.records import Form


@dataclass(frozen=True, slots=True)
class Column:
    """One column. ``field`` is the record field its cells hold; ``share`` is its part of the width, per mille.

    ``wordy_share`` is its part where actual values are sentences; 0 means no other than ``share``. ``minimum`` is in
    device-independent pixels. ``is_number`` cells are right-aligned and never wrap.
    """

    field: str
    title: str
    share: int
    minimum: int
    is_number: bool = False
    wordy_share: int = 0


NAME = "name"
TARGET = "target_text"
ACTUAL = "actual_text"
POINTS = "points"
SCORE = "score"
REASON = "deviation_reason"

COLUMNS = {
    Form.DECLARATION: (
        Column(NAME, "绩效指标", 480, 200),
        Column(TARGET, "年度指标值", 520, 160),
    ),
    Form.EVALUATION: (
        Column(NAME, "绩效指标", 256, 170),
        Column(TARGET, "年度指标值", 127, 90),
        Column(ACTUAL, "实际完成值", 163, 104, wordy_share=263),
        Column(POINTS, "分值", 56, 48, is_number=True),
        Column(SCORE, "得分", 72, 60, is_number=True),
        Column(REASON, "偏差原因分析及改进措施", 326, 164, wordy_share=226),
    ),
}

# a finding about a field that has no column of its own is shown where the clerk mends it
_SHOWN_AT = {"level1": NAME, "level2": NAME, "achievement": ACTUAL, "negative_rule": SCORE}


def shown_field(form: Form, field: str) -> str:
    """The field of the column in which a line's field is shown: the name for 二级指标 and anything unknown."""
    field = _SHOWN_AT.get(field, field)
    return field if any(column.field == field for column in COLUMNS[form]) else NAME


def column_of(form: Form, field: str) -> int:
    """The number of the column in which a line's field is shown."""
    wanted = shown_field(form, field)
    return next(number for number, column in enumerate(COLUMNS[form]) if column.field == wanted)
