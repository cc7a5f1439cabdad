"""Export of 57 forms, written and read back, beside openpyxl writing the same cells, merges, widths and heights."""

from __future__ import annotations

import tempfile
import time
from dataclasses import replace
from pathlib import Path
from statistics import median
from typing import Any

from openpyxl import Workbook, load_workbook

from model.records import Project
from model.settings import Settings
from storage.excel import export_workbook
from storage.importing.plan import plan_import, read_files

ROOT = Path(__file__).parent.parent.parent
FORMS = 57
RUNS = 5

# name, cells (row, column, text), merged ranges, column widths, row heights
PlainSheet = tuple[str, list[tuple[int, int, Any]], list[str], dict[str, float], dict[int, float]]


def measure() -> tuple[float, float, int]:
    """Milliseconds: the floor, ours, and how many cells both write."""
    projects = _projects()
    floors, ours = [], []
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "forms.xlsx"
        for _ in range(RUNS):
            started = time.perf_counter()
            report = export_workbook(path, projects, Settings(), draft=True)
            ours.append((time.perf_counter() - started) * 1000)
            plain = _cells(path)
            started = time.perf_counter()
            _write(Path(folder) / "plain.xlsx", plain)
            floors.append((time.perf_counter() - started) * 1000)
    return median(floors), median(ours), report.cells


def _projects() -> list[Project]:
    forms = read_files(sorted((ROOT / "tests" / "fixtures" / "forms").glob("*.json")))
    projects = [change.project for change in plan_import(None, forms).changes if hasattr(change, "project")]
    return [
        replace(
            projects[number % len(projects)],
            id=str(number),
            project_name=f"{number} {projects[number % len(projects)].project_name}",
        )
        for number in range(FORMS)
    ]


def _cells(path: Path) -> list[PlainSheet]:
    """What the exported workbook holds, so that the floor writes exactly that."""
    sheets: list[PlainSheet] = []
    for sheet in load_workbook(path):
        cells = [
            (cell.row or 0, cell.column or 0, cell.value) for row in sheet.iter_rows() for cell in row if cell.has_style
        ]
        widths = {key: dimension.width for key, dimension in sheet.column_dimensions.items()}
        heights = {key: dimension.height for key, dimension in sheet.row_dimensions.items() if dimension.height}
        sheets.append((sheet.title, cells, [str(merge) for merge in sheet.merged_cells.ranges], widths, heights))
    return sheets


def _write(path: Path, sheets: list[PlainSheet]) -> None:
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    for title, cells, merges, widths, heights in sheets:
        sheet = workbook.create_sheet(title)
        for row, column, value in cells:
            cell = sheet.cell(row, column)
            if value is not None:
                cell.value = value
                cell.data_type = "s"
        for merge in merges:
            sheet.merge_cells(merge)
        for key, width in widths.items():
            sheet.column_dimensions[key].width = width
        for number, height in heights.items():
            sheet.row_dimensions[number].height = height
    workbook.save(path)
