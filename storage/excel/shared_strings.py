"""The table of texts most programs write once for a whole workbook, as it stands in the file.

openpyxl takes every ``x005F_`` out of it, by which ``_x000D_`` as somebody typed it would be read as a line break.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO, Any

from openpyxl.cell.text import RichText, Text
from openpyxl.reader.excel import ExcelReader
from openpyxl.xml.constants import SHARED_STRINGS, SHEET_MAIN_NS
from openpyxl.xml.functions import iterparse

from model.values.markup import raised

_STRING = f"{{{SHEET_MAIN_NS}}}si"


class WorkbookReader(ExcelReader):  # type: ignore[misc, unused-ignore]
    """openpyxl's reader of a workbook with a table of its own."""

    def read_strings(self) -> None:
        """Read the table, where there is one."""
        package: Any = self.package
        part = package.find(SHARED_STRINGS)
        if part is not None:
            with self.archive.open(part.PartName[1:]) as source:
                self.shared_strings = list(_texts(source))


def opened(file: Any, *, formulas: bool) -> Any:
    """A workbook to be read cell by cell: of a formula the value the file keeps for it, or with ``formulas`` itself."""
    reader = WorkbookReader(file, read_only=True, data_only=not formulas)
    reader.read()
    return reader.wb


def _texts(source: IO[bytes]) -> Iterator[str]:
    for _, node in iterparse(source):
        if node.tag == _STRING:
            text: Any = Text.from_tree(node)
            yield text.t or "".join(map(_written, text.r))
            node.clear()


def _written(part: RichText) -> str:
    """A stretch of a text; digits that are raised or lowered are none of the number they stand behind."""
    how, text = part.rPr.vertAlign if part.rPr else None, str(part.t or "")
    return raised(text, is_lowered=how == "subscript") if how in {"superscript", "subscript"} else text
