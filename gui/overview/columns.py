"""The columns of the list on a page: what each shows of a line, and what it is ordered by."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from decimal import Decimal

from gui.document.project_list import Group
from gui.navigator.marks import Mark
from gui.overview.lines import MARK_NAMES, Line
from model.labels import AWAITED
from model.values.money import MoneyStyle, format_fen

Key = int | str | Decimal | None

_MARKS = list(MARK_NAMES)


@dataclass(frozen=True, slots=True)
class Column:
    """One column. ``key`` is what it is ordered by, None for a line that goes last; ``copied`` is what Excel is given.

    ``heard`` is what a screen reader says where the text alone is not clear. A column of numbers is aligned on the
    right. ``tip`` says what a heading means where the word alone does not. One that ``may_go`` is left out where no
    line has anything in it.
    """

    title: str
    text: Callable[[Line], str]
    key: Callable[[Line], Key]
    is_number: bool = True
    tip: str = ""
    copied: Callable[[Line], str] | None = None
    heard: Callable[[Line], str] | None = None
    may_go: bool = False

    def copy_of(self, line: Line) -> str:
        """The text for the clipboard: a number without separators, so that it is one in Excel."""
        return (self.copied or self.text)(line)

    def spoken(self, line: Line) -> str:
        """The text for a screen reader."""
        return (self.heard or self.text)(line) or "0"


def _money(amount_of: Callable[[Line], int | None], style: MoneyStyle, blank: str) -> Callable[[Line], str]:
    def text(line: Line) -> str:
        fen = amount_of(line)
        return format_fen(fen, style) if fen is not None else blank

    return text


def _amount_column(title: str, amount_of: Callable[[Line], int | None], tip: str) -> Column:
    shown, copied = _money(amount_of, MoneyStyle.GROUPED, "—"), _money(amount_of, MoneyStyle.PLAIN2, "")
    return Column(title, shown, amount_of, tip=tip, copied=copied, may_go=True)


def _decimal_column(title: str, number_of: Callable[[Line], Decimal | None], sign: str = "") -> Column:
    def text(line: Line, blank: str = "—") -> str:
        number = number_of(line)
        return f"{number:.2f}{sign}" if number is not None else blank

    return Column(title, text, number_of, copied=lambda line: text(line, ""), may_go=True)


def _count(number: int) -> str:
    return str(number) if number else ""


def _ready(line: Line) -> int:
    return line.totals.marks.get(Mark.READY, 0) + line.totals.marks.get(Mark.WARNING, 0)


def _state(line: Line) -> str:
    name = MARK_NAMES[line.mark]
    return f"{name} {line.progress}" if line.progress is not None else name


def _state_in_words(line: Line) -> str:
    name = MARK_NAMES[line.mark]
    return f"{name}，{line.progress.words}" if line.progress is not None else name


def _how_far(line: Line) -> Decimal:
    """The mark, and of what is under way the part that is filled in."""
    part = Decimal(line.progress.filled) / line.progress.needed if line.progress is not None else Decimal(0)
    return _MARKS.index(line.mark) + part


_STATE = Column("状态", _state, _how_far, is_number=False, heard=_state_in_words)
_MONEY = (
    _amount_column("申请总额（元）", lambda line: line.fen, "年度资金申请总额，没有填写或不是金额的不计"),
    _amount_column("全年预算（元）", lambda line: line.budget_fen, "自评表的全年预算数，没有填写或不是金额的不计"),
    _decimal_column("执行率", lambda line: line.totals.rate, "%"),
)
_ERRORS = Column("错误", lambda line: _count(line.totals.errors), lambda line: line.totals.errors)
_AWAITED = Column(
    AWAITED,
    lambda line: _count(line.totals.awaited),
    lambda line: line.totals.awaited or None,
    tip="刚开始填的表里还没有填的地方，不计入错误",
    may_go=True,
)
_WARNINGS = Column("警告", lambda line: _count(line.totals.warnings), lambda line: line.totals.warnings)

NAME = 1
"""The number of the column with the name, in both lists."""

PROJECT_COLUMNS = (
    _STATE,
    Column("项目", lambda line: line.name, lambda line: line.name, is_number=False),
    *_MONEY,
    _decimal_column("总分", lambda line: line.totals.mean),
    Column("等次", lambda line: line.grade, lambda line: line.grade or None, is_number=False, may_go=True),
    _ERRORS,
    _AWAITED,
    _WARNINGS,
)
UNIT_COLUMNS = (
    _STATE,
    Column("单位", lambda line: line.name, lambda line: line.name, is_number=False),
    Column("项目", lambda line: str(line.totals.count), lambda line: line.totals.count),
    Column("无错误", lambda line: str(_ready(line)), _ready, tip="填完了而没有错误的项目"),
    *_MONEY,
    _decimal_column("平均总分", lambda line: line.totals.mean),
    _ERRORS,
    _AWAITED,
    _WARNINGS,
)


def columns_of(group: Group | None, lines: Collection[Line] = ()) -> tuple[Column, ...]:
    """The columns of a page with these lines."""
    columns = UNIT_COLUMNS if group is not None and group.unit is None else PROJECT_COLUMNS
    return tuple(one for one in columns if not one.may_go or any(one.key(line) is not None for line in lines))
