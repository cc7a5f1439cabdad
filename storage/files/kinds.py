"""What kind of file somebody wants to import: by its name and, where that says nothing or may be wrong, its start."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from model.errors import CancelledError, UserError
from storage.files.reasons import reason, refuse_unless_file, remedy

WORKBOOK_SUFFIX = ".xlsx"
OLD_WORKBOOK_SUFFIX = ".xls"
WORD_SUFFIX = ".docx"
PDF_SUFFIX = ".pdf"
STORE_SUFFIX = ".jixiao"
JSON_SUFFIX = ".json"
TEXT_SUFFIX = ".txt"

IMPORTED = (WORKBOOK_SUFFIX, OLD_WORKBOOK_SUFFIX, WORD_SUFFIX, PDF_SUFFIX, TEXT_SUFFIX, STORE_SUFFIX, JSON_SUFFIX)
"""The kinds of files forms are read from, by their suffixes."""

MOST_FILES = 200

_CAN = (
    "可以导入官方格式的工作簿（.xlsx、.xls）、Word文档（.docx）、有文字的PDF（.pdf）、复制出来的文字（.txt）、"
    "绩效填报助手的数据文件（.jixiao）和交换文件（.json）。"
)
_AS_SHEET = "请用WPS或Excel打开，另存为.xlsx文件后再导入。"
_AS_WORD = "请用WPS或Word打开，另存为.docx文件后再导入。"
_OTHERS = {
    ".et": ("WPS表格", _AS_SHEET),
    ".ett": ("WPS表格模板", _AS_SHEET),
    ".ods": ("OpenDocument表格", _AS_SHEET),
    ".xlsb": ("Excel二进制工作簿", _AS_SHEET),
    ".xlsm": ("带宏的Excel工作簿", _AS_SHEET),
    ".csv": ("没有格式的表格文字", _AS_SHEET),
    ".doc": ("旧版Word文档", _AS_WORD),
    ".docm": ("带宏的Word文档", _AS_WORD),
    ".wps": ("WPS文字", _AS_WORD),
    ".rtf": ("RTF文档", _AS_WORD),
    ".odt": ("OpenDocument文字", _AS_WORD),
    ".ofd": ("OFD版式文件", "请用OFD阅读器打开，另存或打印为PDF文件后再导入。"),
    ".html": ("网页", "请用WPS或Excel打开，另存为.xlsx文件后再导入。"),
    ".htm": ("网页", "请用WPS或Excel打开，另存为.xlsx文件后再导入。"),
    ".zip": ("压缩包", "请先解压，再导入里面的文件。"),
    ".rar": ("压缩包", "请先解压，再导入里面的文件。"),
    ".7z": ("压缩包", "请先解压，再导入里面的文件。"),
}
_PICTURES = frozenset({".png", ".jpg", ".jpeg", ".bmp", ".tif", ".tiff", ".gif", ".webp"})
_FROM_PICTURE = "请向对方要Word、Excel或PDF文件；也可以先用WPS等的“文字识别”把它变成文字。"
_STARTS = (
    (b"PK\x03\x04", WORKBOOK_SUFFIX),
    (b"SQLite format 3\x00", STORE_SUFFIX),
    (b"%PDF-", PDF_SUFFIX),
    (b"\xd0\xcf\x11\xe0", OLD_WORKBOOK_SUFFIX),
)
_WORKBOOKS = {WORKBOOK_SUFFIX, OLD_WORKBOOK_SUFFIX}
_WORD_PART = b"word/"
_LOOKED_AT = 4096
_NOTHING_DONE = "没有导入任何内容。"
_HIDDEN = (".", "~$")


def import_kind(path: Path) -> str:
    """The suffix of the kind a file is of. Raises UserError when it is of none that can be imported."""
    suffix = path.suffix.lower()
    if (other := _of_another_kind(path)) is not None:
        raise other
    if suffix in IMPORTED and suffix not in _WORKBOOKS:
        return suffix
    found = _kind_by_start(path)
    if suffix in _WORKBOOKS:  # programs that save one under the name of the other are common
        return found if found in _WORKBOOKS else suffix
    if found:
        return found
    what = f"“{suffix}”" if suffix else "没有扩展名的文件"
    raise UserError(f"文件“{path.name}”不是可以导入的种类（{what}）。\n{_NOTHING_DONE}{_CAN}")


def _of_another_kind(path: Path) -> UserError | None:
    """Why a file that a form may well stand in is not read, None for any other."""
    suffix = path.suffix.lower()
    if suffix in _OTHERS:
        what, advice = _OTHERS[suffix]
        return UserError(f"文件“{path.name}”是{what}（{suffix}），{suffix} 文件不能导入。\n{_NOTHING_DONE}{advice}")
    if suffix in _PICTURES:
        return UserError(
            f"文件“{path.name}”是图片（{suffix}），里面没有文字，不能导入。\n{_NOTHING_DONE}{_FROM_PICTURE}"
        )
    return None


def _kind_by_start(path: Path) -> str:
    """The kind a file begins like, empty when like none."""
    refuse_unless_file(path, _NOTHING_DONE, _CAN)
    try:
        with path.open("rb") as file:
            start = file.read(_LOOKED_AT)
    except OSError as error:
        raise UserError(f"无法读取“{path}”：{reason(error)}。\n{_NOTHING_DONE}{remedy(error)}") from error
    found = next((kind for signature, kind in _STARTS if start.startswith(signature)), "")
    if found == WORKBOOK_SUFFIX and _WORD_PART in start:
        return WORD_SUFFIX
    if start.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"{"):
        return JSON_SUFFIX
    return found


def forms_within(
    paths: Iterable[Path], refused: list[UserError], is_cancelled: Callable[[], bool] = lambda: False
) -> tuple[Path, ...]:
    """The files themselves, and in the place of a folder every file in and below it that forms are read from.

    Hidden files and those programs keep beside an open document (``~$…``) are passed over; a folder that cannot be
    listed is told in ``refused``, and so is a file in it that forms may stand in and are not read from. Raises
    UserError when a folder holds no such file, or more than anybody can look over; CancelledError as soon as
    ``is_cancelled`` says so.
    """
    found: list[Path] = []
    for path in paths:
        if not path.is_dir():
            found.append(path)
            continue
        within: list[Path] = []
        for file in _below(path, refused, is_cancelled):
            within.append(file)
            if len(found) + len(within) > MOST_FILES:
                raise _too_many()
        if not within and not refused:
            raise UserError(f"文件夹“{path.name}”里没有可以导入的文件。\n{_NOTHING_DONE}{_CAN}")
        found += sorted(within)
    if len(found) > MOST_FILES:
        raise _too_many()
    return tuple(found)


def _too_many() -> UserError:
    return UserError(f"文件超过{MOST_FILES}个，一次最多导入{MOST_FILES}个。\n{_NOTHING_DONE}请分几次导入。")


def _below(path: Path, refused: list[UserError], is_cancelled: Callable[[], bool]) -> Iterator[Path]:
    """The files below a folder that forms are read from; a whole drive takes its time."""

    def refuse(error: OSError) -> None:
        refused.append(
            UserError(f"无法读取文件夹“{error.filename}”：{reason(error)}。\n{_NOTHING_DONE}{remedy(error)}")
        )

    for folder, folders, names in os.walk(path, onerror=refuse):
        if is_cancelled():
            raise CancelledError
        folders[:] = [name for name in folders if not name.startswith(_HIDDEN)]
        for name in sorted(names):
            file = Path(folder, name)
            if name.startswith(_HIDDEN) or not file.is_file():
                continue
            if file.suffix.lower() in IMPORTED:
                yield file
            elif (other := _of_another_kind(file)) is not None:
                refused.append(other)
