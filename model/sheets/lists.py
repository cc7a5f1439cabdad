"""What the list sheets have in common: landscape tables with a title line, a repeated header and numbered rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from model.findings import Finding, Severity
from model.forms import FORMS
from model.records import Form, Project
from model.settings import Settings
from model.sheets.board import Board
from model.sheets.layout import CellStyle
from model.sheets.parts import DRAFT_MARK

MONEY_NOTE = "金额单位：元"
ROW = 21
_TITLE_ROW = 33
_NOTE_ROW = 18


def unit_of(projects: Sequence[Project], settings: Settings) -> str:
    """The unit a bundle belongs to: the one set in the settings, else the one most projects name."""
    if settings.unit_name:
        return settings.unit_name
    names = Counter(project.unit for project in projects if project.unit)
    return names.most_common(1)[0][0] if names else ""


def heading_of(form: Form, projects: Sequence[Project], settings: Settings, year: int) -> str:
    """The unit's title line over its forms of a kind and year, as the published bundles print it (domain.md §8.1)."""
    return f"{unit_of(projects, settings)}{year}年度{FORMS[form].names.listing}"


def add_list_title(board: Board, title: str, *, draft: bool, note: str = "") -> None:
    """The title over all columns, and at the right below it a note (the unit of the amounts)."""
    text = title + DRAFT_MARK if draft else title
    board.add_row(_TITLE_ROW, (0, len(board.columns), text, CellStyle.TITLE))
    if note:
        board.add_row(_NOTE_ROW, (0, len(board.columns), note, CellStyle.LIST_NOTE))


def add_list_header(board: Board, labels: Sequence[str]) -> None:
    """One header row, repeated on every page."""
    row = board.add_row(ROW, *((column, 1, label, CellStyle.LIST_HEADER) for column, label in enumerate(labels)))
    board.header_rows = (row, row)
    board.pages.inseparable.add(row + 1)


def state_of(findings: Sequence[Finding], done: str) -> str:
    """状态 of a form in a list: how many errors are open, or ``done`` when there are none."""
    errors = sum(finding.severity is Severity.ERROR for finding in findings)
    return f"有错误（{errors}）" if errors else done
