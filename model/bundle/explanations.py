"""The sheet 出错说明: the warnings a person has closed with a written explanation (domain.md §8.1 no. 5)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from model.findings import Finding
from model.forms import FORMS
from model.records import Project
from model.sheets.board import Board
from model.sheets.layout import CellStyle, Sheet
from model.sheets.lists import ROW, add_list_header, add_list_title

EXPLANATIONS_NAME = "出错说明"

_COLUMNS = (6, 28, 10, 28, 38, 40)
_LABELS = ("序号", "项目名称", "表", "位置", "问题", "出错说明")


def explanations_sheet(explained: Sequence[tuple[Project, Finding]], *, draft: bool = False) -> Sheet:
    """One row for each explained finding."""
    board = Board(_COLUMNS)
    add_list_title(board, EXPLANATIONS_NAME, draft=draft)
    add_list_header(board, _LABELS)
    for number, (project, finding) in enumerate(explained, 1):
        board.add_row(
            ROW,
            (0, 1, str(number), CellStyle.LIST_CENTRED),
            (1, 1, project.project_name, CellStyle.LIST_TEXT),
            (2, 1, FORMS[finding.place.form].names.tab, CellStyle.LIST_CENTRED),
            (3, 1, _place_text(project, finding), CellStyle.LIST_TEXT),
            (4, 1, finding.message, CellStyle.LIST_TEXT),
            (5, 1, finding.explanation, CellStyle.LIST_TEXT),
        )
    return board.sheet(EXPLANATIONS_NAME, EXPLANATIONS_NAME, landscape=True, draft=draft)


def is_explanations(texts: Iterable[str]) -> bool:
    """Whether the texts of a sheet are those of this one: it has every heading of it."""
    return set(_LABELS) <= set(texts)


def _place_text(project: Project, finding: Finding) -> str:
    place = finding.place
    cells = FORMS[place.form].columns if place.indicator_id else FORMS[place.form].cells
    label = next((cell.label for cell in cells if cell.name == place.field), "")
    line = next((one for one in project.indicators(place.form) if one.id == place.indicator_id), None)
    return f"“{line.name}”{label}" if line is not None else label
