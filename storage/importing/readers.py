"""Which module reads which kind of file into forms, loaded when such a file comes: each brings its libraries."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from model.errors import UserError
from storage.files.kinds import (
    JSON_SUFFIX,
    OLD_WORKBOOK_SUFFIX,
    PDF_SUFFIX,
    STORE_SUFFIX,
    TEXT_SUFFIX,
    WORD_SUFFIX,
    WORKBOOK_SUFFIX,
    import_kind,
)
from storage.files.reasons import refuse_unless_file
from storage.interchange import NOTHING_DONE, ImportedForm, form_problem, one_line

_SHOWN = 40
_MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Reader:
    """A function of a module that reads the forms of a file, and what to choose where there is no such file."""

    module: str
    function: str
    choose: str
    most: int = 50
    """The largest file it is given, in megabytes."""

    def read(self, path: Path) -> tuple[ImportedForm, ...]:
        """The forms of a file. Raises UserError when it cannot be read as such."""
        read: Callable[[Path], tuple[ImportedForm, ...]] = getattr(import_module(self.module), self.function)
        return read(path)


READERS = {
    WORKBOOK_SUFFIX: Reader("storage.excel.forms", "read_forms", "请选择工作簿（.xlsx）。"),
    OLD_WORKBOOK_SUFFIX: Reader("storage.excel.forms", "read_xls_forms", "请选择工作簿（.xls）。"),
    WORD_SUFFIX: Reader("storage.word.reading", "read_forms", "请选择Word文档（.docx）。"),
    PDF_SUFFIX: Reader("storage.pdf.reading", "read_forms", "请选择PDF文件（.pdf）。"),
    STORE_SUFFIX: Reader("storage.importing.other_store", "read_store", "请选择扩展名为 .jixiao 的文件。", 600),
    TEXT_SUFFIX: Reader("storage.foreign.plain_text", "read_forms", "请选择文字文件（.txt）。"),
    JSON_SUFFIX: Reader("storage.interchange.reading", "read_forms", "请选择 JSON 文件（.json）。"),
}
"""By the suffixes of :mod:`storage.files.kinds`."""


def read_file(path: Path) -> tuple[ImportedForm, ...]:
    """The forms of one file, each of which the store and the JSON format can hold.

    Raises UserError when it cannot be read, or is of a kind that is not read.
    """
    reader = READERS[import_kind(path)]
    refuse_unless_file(path, NOTHING_DONE, reader.choose)
    _refuse_oversize(path, reader.most)
    try:
        forms = reader.read(path)
    except UserError as error:
        if NOTHING_DONE in str(error):
            raise
        raise UserError(f"{error}{NOTHING_DONE}") from error
    for form in forms:
        problem = form_problem(form)
        if problem:
            raise UserError(
                f"文件“{path.name}”第 {form.number} 张表“{one_line(form.project_name[:_SHOWN])}”：{problem}。\n"
                f"{NOTHING_DONE}请改正后重试。"
            )
    return forms


def _refuse_oversize(path: Path, most: int) -> None:
    size = path.stat().st_size // _MEGABYTE
    if size > most:
        raise UserError(
            f"“{path}”有{size}MB，太大，最多读取{most}MB，没有读取。\n请确认它是绩效表的文件。{NOTHING_DONE}"
        )
