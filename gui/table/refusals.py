"""What is said where a gesture changes nothing, or leaves some of the selected cells alone."""

from __future__ import annotations

from collections.abc import Iterable

from gui.table.columns import LEVEL_FIELDS, PAST_FIELDS, Column
from gui.table.rows import Row, RowKind

READ_ONLY = "往年的列只供对照，不能修改。"
NO_LINE_ABOVE = "这是第一条指标，上面没有可以填充的内容。"
SAME_ABOVE = "上面一格输入的内容与这里相同，没有改变。"
SAME = "这些格里已经是同样的内容，没有改变"
NOTHING_LEFT = "左边没有可以填充的一格，没有改变。"
SAME_LEFT = "左边一格输入的内容与这里相同，没有改变。"
BEING_TYPED = "这一格正在输入，没有填充。先按 Enter 写完，再填充。"
COMPUTED = "这里的得分是自动算出来的，不能清除，没有改变。要改，请直接输入。"
LEVELS_STAY = "级别不能清除，没有改变。要把指标移到别处，请在级别上输入或选择另一个级别。"
NO_LINE = "这一行还没有指标，没有改变。直接输入，就会添加一条。"


def why_no_line(row: Row) -> str:
    """Why nothing can be changed in a row without a line."""
    if row.kind is RowKind.FOLDED:
        return f"“{row.levels[0]}”的指标已收起，没有改变。按 Alt+Shift+→ 展开后再改。"
    return NO_LINE


def scattered(verb: str) -> str:
    """Why cells that were picked one by one cannot be copied, cut or filled as a block."""
    return f"选中的几格不是一整块，没有{verb}。请选中连在一起的一块再{verb}。"


def why_read_only(row: Row, column: Column) -> str:
    """Why nothing can be typed in a cell; "" for one in which something can."""
    return why_no_line(row) if row.kind is RowKind.FOLDED else READ_ONLY if column.is_past else ""


def left_alone(fields: Iterable[str], folded: Iterable[str], verb: str) -> str:
    """A sentence about the selected cells of some fields, and about folded levels, which nothing happened to."""
    fields = set(fields)
    kinds = {"级别": LEVEL_FIELDS, "往年的列": PAST_FIELDS}
    columns = "和".join(words for words, of_kind in kinds.items() if fields & set(of_kind))
    levels = "、".join(f"“{label}”" for label in folded)
    left = (columns, f"收起的{levels}" if levels else "")
    return "，".join(f"{one}没有{verb}" for one in left if one)
