"""What the format expects of each kind of cell; a text that was typed may be none of it and still has to be kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from model.forms import Cell, CellKind
from model.records import Achievement
from model.scoring import parse_points
from model.values.money import MoneyProblem, has_magnitude, money_problem
from model.values.taxonomy import LEVEL1, LEVELS, canonical_level1, canonical_level2

FIGURES = {CellKind.MONEY, CellKind.NUMBER, CellKind.COMPUTED}
_LEVEL2 = tuple(level2 for second in LEVELS.values() for level2 in second)


def cell_problem(cell: Cell, text: str) -> str:
    """What the text of a cell should have been, empty when it is that."""
    return _PROBLEMS.get(cell.name, _PROBLEMS_OF_KIND.get(cell.kind, _no_problem))(text)


def _no_problem(text: str) -> str:
    return ""


def _amount_problem(text: str) -> str:
    """One in 万元 is none to other programs: the format has 元."""
    is_none = money_problem(text) is MoneyProblem.NOT_A_NUMBER or has_magnitude(text)
    return "应为金额（如 1200000.00）" if is_none else ""


def _figure_problem(text: str) -> str:
    return "应为数字（如 5 或 8.62）" if text.strip() and parse_points(text) is None else ""


def _rate_problem(text: str) -> str:
    number = text.strip().removesuffix("%").removesuffix("％")
    return "应为百分率（如 99.97%）" if number and parse_points(number) is None else ""


def _level1_problem(text: str) -> str:
    return f"应为{'、'.join(LEVEL1)}之一" if text.strip() and canonical_level1(text) is None else ""


def _level2_problem(text: str) -> str:
    return f"应为{'、'.join(_LEVEL2)}之一" if text.strip() and canonical_level2(text) is None else ""


def _achievement_problem(text: str) -> str:
    known = tuple(Achievement)
    return f"应为 {'、'.join(known)} 之一，或不写" if text and text not in known else ""


_PROBLEMS_OF_KIND: Mapping[CellKind, Callable[[str], str]] = {
    CellKind.MONEY: _amount_problem,
    CellKind.NUMBER: _figure_problem,
    CellKind.COMPUTED: _figure_problem,
}
_PROBLEMS: Mapping[str, Callable[[str], str]] = {
    "year": _no_problem,
    "execution_rate": _rate_problem,
    "level1": _level1_problem,
    "level2": _level2_problem,
    "achievement": _achievement_problem,
}
