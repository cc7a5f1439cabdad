"""Opening a PDF file and handing its pages to the recogniser."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pypdfium2.raw as pdfium
from pypdfium2 import PdfDocument, PdfiumError

from model.errors import UserError
from model.recognition import Place, recognise_forms
from storage.files.reasons import reason, remedy
from storage.foreign.plain_text import forms_of_text
from storage.foreign.recognised import GridPart, forms_of
from storage.interchange.imported import ImportedForm
from storage.interchange.source import NOTHING_DONE
from storage.pdf.characters import DrawnPage, drawn
from storage.pdf.grid import PdfGrid, grid_of

MAX_PAGES = 300
_MEGABYTE = 1024 * 1024
_MAX_FILE = 50 * _MEGABYTE
_ADVICE = "请选择印有这两种表、可以选中文字的PDF文件。"
_NO_TEXT = (
    "里没有文字，多半是扫描件或图片，无法读取。\n请向对方要Word、Excel或直接从中另存的PDF文件；"
    "也可以先用WPS、扫描仪的“文字识别（OCR）”功能处理后再导入。"
)
_BROKEN = "请用PDF阅读器打开看看是否完好，或重新导出一份。"


def read_forms(path: Path) -> tuple[ImportedForm, ...]:
    """Every declaration and self-evaluation of a PDF file, each with what could not be placed among its notices.

    Raises UserError when the file is no readable PDF, is a scan, has too many pages, holds no such form, a form names
    no year, or its layout would be half read.
    """
    found = read_grid(path)
    if not found.has_tables or not recognise_forms(found.grid):
        return forms_of_text(_text_of(found), f"文件“{path.name}”", path.name)

    def where(place: Place) -> str:
        return f"第{found.spots[place].page}页" if place in found.spots else ""

    return forms_of(path, [GridPart("", found.grid, where, regions=found.regions)], _ADVICE)


def _text_of(found: PdfGrid) -> str:
    """What stands on the pages without lines to part it: a line for each line, what stands side by side after tabs."""
    rows: dict[int, list[str]] = {}
    for (row, _), text in sorted(found.grid.texts.items()):
        rows.setdefault(row, []).append(text)
    return "\n".join("\t".join(row) for row in rows.values())


def read_grid(path: Path) -> PdfGrid:
    """The grid of all pages. Raises UserError as :func:`read_forms` does of files."""
    with opened(path) as document:
        if len(document) > MAX_PAGES:
            raise UserError(
                f"“{path}”有{len(document)}页，最多读取{MAX_PAGES}页。\n请只保留绩效表所在的页后重试。{NOTHING_DONE}"
            )
        found = grid_of(_pages(document))
    if not found.grid.texts:
        raise UserError(f"“{path}”{_NO_TEXT}{NOTHING_DONE}")
    return found


def _pages(document: PdfDocument) -> Iterator[DrawnPage]:
    for number in range(len(document)):
        page = document[number]
        try:
            yield drawn(page, number + 1)
        finally:
            page.close()


@contextmanager
def opened(path: Path) -> Iterator[PdfDocument]:
    """A document while it is read. Raises UserError when it is none, has a password, or is damaged within."""
    document = _document(path)
    try:
        yield document
    except PdfiumError as error:
        raise UserError(f"无法读取“{path}”：有的页面已损坏。\n{_BROKEN}{NOTHING_DONE}") from error
    finally:
        document.close()


def _document(path: Path) -> PdfDocument:
    try:
        size = path.stat().st_size
        if size > _MAX_FILE:
            raise UserError(
                f"“{path}”有{size // _MEGABYTE}MB，太大，没有读取。\n请只保留绩效表所在的页后重试。{NOTHING_DONE}"
            )
        return PdfDocument(path)
    except OSError as error:
        raise UserError(f"无法读取“{path}”：{reason(error)}。\n{NOTHING_DONE}{remedy(error)}") from error
    except PdfiumError as error:
        if error.err_code == pdfium.FPDF_ERR_PASSWORD:
            raise UserError(
                f"“{path}”设了打开密码，无法读取。\n请用PDF阅读器打开，去掉密码另存后重试。{NOTHING_DONE}"
            ) from error
        what = "它不是PDF文件，或者已损坏" if error.err_code == pdfium.FPDF_ERR_FORMAT else "文件已损坏"
        raise UserError(f"无法读取“{path}”：{what}。\n{_BROKEN}{NOTHING_DONE}") from error
