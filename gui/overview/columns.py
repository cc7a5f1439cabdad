"""The columns of the list on a page: what each shows of a line, and what it is ordered by."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from gui.document.project_list import Group
from gui.navigator.model import Mark
from gui.overview.lines import MARK_NAMES, Line
from model.values.money import MoneyStyle, format_fen

Key = int | str | Decimal | None

_MARKS = list(MARK_NAMES)


@dataclass(frozen=True, slots=True)
class Column:
    """One column. ``key`` is what it is ordered by, None for a line that goes last; ``copied`` is what Excel is given.

    A column of numbers is aligned on the right. ``tip`` says what a heading means where the word alone does not.
    """

    title: str
    text: Callable[[Line], str]
    key: Callable[[Line], Key]
    is_number: bool = True
    tip: str = ""
    copied: Callable[[Line], str] | None = None

    def copy_of(self, line: Line) -> str:
        """The text for the clipboard: a number without separators, so that it is one in Excel."""
        return (self.copied or self.text)(line)


def _amount(line: Line) -> str:
    return format_fen(line.fen) if line.fen is not None else "—"


def _amount_copied(line: Line) -> str:
    return format_fen(line.fen, MoneyStyle.PLAIN2) if line.fen is not None else ""


def _score(line: Line) -> str:
    return f"{line.totals.mean:.2f}" if line.totals.mean is not None else "—"


def _score_copied(line: Line) -> str:
    return f"{line.totals.mean:.2f}" if line.totals.mean is not None else ""


def _count(number: int) -> str:
    return str(number) if number else ""


def _ready(line: Line) -> int:
    return line.totals.marks.get(Mark.READY, 0) + line.totals.marks.get(Mark.WARNING, 0)


_AMOUNT = Column(
    "申请总额（元）",
    _amount,
    lambda line: line.fen,
    tip="年度资金申请总额，没有填写或不是金额的不计",
    copied=_amount_copied,
)
_ERRORS = Column("错误", lambda line: _count(line.totals.errors), lambda line: line.totals.errors)
_WARNINGS = Column("警告", lambda line: _count(line.totals.warnings), lambda line: line.totals.warnings)

NAME = 1
"""The number of the column with the name, in both lists."""

PROJECT_COLUMNS = (
    Column("状态", lambda line: MARK_NAMES[line.mark], lambda line: _MARKS.index(line.mark), is_number=False),
    Column("项目", lambda line: line.name, lambda line: line.name, is_number=False),
    _AMOUNT,
    Column("总分", _score, lambda line: line.totals.mean, copied=_score_copied),
    _ERRORS,
    _WARNINGS,
)
UNIT_COLUMNS = (
    Column("状态", lambda line: MARK_NAMES[line.mark], lambda line: _MARKS.index(line.mark), is_number=False),
    Column("单位", lambda line: line.name, lambda line: line.name, is_number=False),
    Column("项目", lambda line: str(line.totals.count), lambda line: line.totals.count),
    Column("无错误", lambda line: str(_ready(line)), _ready, tip="填完了而没有错误的项目"),
    _AMOUNT,
    Column("平均总分", _score, lambda line: line.totals.mean, copied=_score_copied),
    _ERRORS,
    _WARNINGS,
)


def columns_of(group: Group | None) -> tuple[Column, ...]:
    """The columns of a page."""
    return UNIT_COLUMNS if group is not None and group.unit is None else PROJECT_COLUMNS
