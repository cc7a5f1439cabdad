"""The sheet 与往年对照: every line and the request beside what they were in the earlier year (domain.md §8.1 no. 8)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from model.forms import FORMS
from model.records import Declaration, EvaluatedIndicator, Form, Indicator, Project
from model.settings import Settings
from model.sheets.board import Board
from model.sheets.layout import CellStyle, Sheet
from model.sheets.lists import MONEY_NOTE, ROW, add_list_header, add_list_title
from model.values.money import MoneyStyle, format_fen, parse_fen
from model.values.units import STANDARD, UnitTable
from model.years import Earlier, beside, match_with, percent_between

BESIDE_NAME = "与往年对照"

_COLUMNS = (22, 7, 12, 25, 16, 14, 6, 16, 14, 8)
_LABELS = ("项目", "表", "级别", "内容", "本年目标", "本年完成", "往年", "往年目标", "往年完成", "增减")
_CENTRED = {1, 6, 9}
_NEW, _GONE = "新增", "本年没有"

_Row = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Compared:
    """A project, the forms of it that are shown, and what it was in the earlier year."""

    project: Project
    forms: Sequence[Form]
    earlier: Earlier


def beside_sheet(compared: Iterable[Compared], settings: Settings, *, draft: bool = False) -> Sheet:
    """A row for the request and for each line, then those lines of the earlier year that nothing continues."""
    board = Board(_COLUMNS)
    add_list_title(board, BESIDE_NAME, draft=draft, note=MONEY_NOTE)
    add_list_header(board, _LABELS)
    units = STANDARD.with_own(settings.own_units)
    for one in compared:
        for row in _rows(one, units):
            styles = (CellStyle.LIST_CENTRED if at in _CENTRED else CellStyle.LIST_TEXT for at in range(len(row)))
            cells = zip(range(len(row)), row, styles, strict=True)
            board.add_row(ROW, *((at, 1, text, style) for at, text, style in cells))
    return board.sheet(BESIDE_NAME, BESIDE_NAME, landscape=True, draft=draft)


def _rows(compared: Compared, units: UnitTable) -> Iterator[_Row]:
    project, earlier = compared.project, compared.earlier
    for form in compared.forms:
        head = (project.project_name, FORMS[form].names.brief)
        if form is Declaration.form:
            yield (*head, "", "年度资金申请总额", *_amounts(project, earlier))
        lines = project.indicators(form)
        matches = match_with(earlier, lines)
        for line, match in zip(lines, matches, strict=True):
            was = beside(line, match, (project.year, earlier.year), units)
            own = (line.level2, line.name, line.target_text, _actual(line))
            if match.same is not None:
                yield (*head, *own, str(earlier.year), was.target, was.actual, was.change)
            else:
                yield (*head, *own, "", f"？名称相近：{was.may_be[0]}" if was.may_be else _NEW, "", "")
        known = {match.same.id for match in matches if match.same is not None}
        for gone in (line for line in earlier.lines if line.id not in known):
            yield (*head, gone.level2, gone.name, _GONE, "", str(earlier.year), gone.target_text, _actual(gone), "")


def _amounts(project: Project, earlier: Earlier) -> _Row:
    declaration = project.of(Declaration)
    now = parse_fen(declaration.total_requested) if declaration is not None else None
    shown = ["" if fen is None else format_fen(fen, MoneyStyle.GROUPED) for fen in (now, earlier.requested)]
    return shown[0], "", str(earlier.year), shown[1], "", percent_between(earlier.requested, now)


def _actual(line: Indicator) -> str:
    return line.actual_text if isinstance(line, EvaluatedIndicator) else ""
