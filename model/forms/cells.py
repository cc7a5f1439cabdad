"""What a cell of a form is, and the cells every form has: those of the project and the three levels of a line."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class CellKind(StrEnum):
    """How a cell is typed, checked and aligned."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    CHOICE = "choice"
    DATE = "date"
    MONEY = "money"
    VALUE = "value"
    NUMBER = "number"
    COMPUTED = "computed"


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a form. ``path`` is its dotted place in jixiao-forms/1; ``label`` is how the form prints it.

    One that ``is_needed`` has to be filled in, in every line where it is a column: the rules say so of a blank one.
    """

    name: str
    label: str
    kind: CellKind
    path: str
    choices: tuple[str, ...] = ()
    is_needed: bool = False


HEADER_CELLS = (
    Cell("year", "预算年度", CellKind.NUMBER, "year"),
    Cell("project_name", "项目名称", CellKind.TEXT, "project_name", is_needed=True),
    Cell("department", "主管部门", CellKind.TEXT, "department", is_needed=True),
    Cell("unit", "实施单位", CellKind.TEXT, "unit", is_needed=True),
)

LEVEL_CELLS = (
    Cell("level1", "一级指标", CellKind.CHOICE, "level1"),
    Cell("level2", "二级指标", CellKind.CHOICE, "level2"),
    Cell("name", "三级指标", CellKind.TEXT, "name", is_needed=True),
)
