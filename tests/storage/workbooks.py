"""Workbooks as a test looks into them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook


def first_sheet(workbook: Workbook) -> Any:
    """The sheet on top. Its cells hold whatever was put in, and a test says what that is."""
    return workbook.worksheets[0]


def sheets_of(path: Path) -> list[Any]:
    """Every sheet of a written file."""
    return list(load_workbook(path).worksheets)
