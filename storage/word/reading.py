"""Opening a Word document and handing its tables to the recogniser."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from zipfile import BadZipFile

from docx import Document
from docx.opc.exceptions import PackageNotFoundError
from lxml.etree import LxmlError

from model.errors import UserError
from storage.foreign.recognised import GridPart, forms_of
from storage.guard.packages import WORD, refuse_unsound
from storage.interchange.imported import ImportedForm
from storage.word.grid import grid_of

_ADVICE = "请选择按官方格式填写的Word文档（.docx）。"
_DAMAGED = "请用WPS或Word打开，另存为新的.docx文件后重试。没有导入任何内容。"


def read_forms(path: Path) -> tuple[ImportedForm, ...]:
    """Every declaration and self-evaluation of a Word document, each with what could not be placed among its notices.

    Raises UserError when the file is no readable .docx, holds no such form, a form names no year, or its layout would
    be half read.
    """
    refuse_unsound(path, WORD)
    try:
        found = grid_of(Document(str(path)).element.body)
    except (PackageNotFoundError, BadZipFile, LxmlError, KeyError, ValueError, AttributeError, TypeError) as error:
        raise UserError(f"无法读取“{path}”：Word文档的内容已损坏。\n{_DAMAGED}") from error
    where: Callable[[tuple[int, int]], str] = found.where
    return forms_of(path, [GridPart("", found.grid(), where)], _ADVICE)
