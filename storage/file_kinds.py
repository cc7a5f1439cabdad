"""What kind of file somebody wants to import, by its name and, where that says nothing, by how it begins."""

from __future__ import annotations

from pathlib import Path

from model.errors import UserError
from storage.reasons import reason, refuse_unless_file

WORKBOOK_SUFFIX = ".xlsx"
STORE_SUFFIX = ".jixiao"
JSON_SUFFIX = ".json"

_KNOWN = frozenset({WORKBOOK_SUFFIX, STORE_SUFFIX, JSON_SUFFIX})
_CAN = "目前可以导入官方格式的工作簿（.xlsx）、绩效填报助手的数据文件（.jixiao）和交换文件（.json）。"
_SAVE_AS = "请用WPS或Excel打开，另存为.xlsx文件后再导入。"
_SHEETS = {
    ".xls": "旧版Excel工作簿",
    ".et": "WPS表格",
    ".ods": "OpenDocument表格",
    ".xlsb": "Excel二进制工作簿",
    ".xlsm": "带宏的Excel工作簿",
    ".csv": "没有格式的表格文字",
}
_LATER = frozenset({".txt", ".docx", ".doc", ".pdf", ".wps"})
_STARTS = ((b"PK\x03\x04", WORKBOOK_SUFFIX), (b"SQLite format 3\x00", STORE_SUFFIX))
_NOTHING_DONE = "没有导入任何内容。"


def import_kind(path: Path) -> str:
    """The suffix of the kind a file is of. Raises UserError when it is of none that can be imported."""
    suffix = path.suffix.lower()
    if suffix in _KNOWN:
        return suffix
    if suffix in _SHEETS:
        raise UserError(
            f"文件“{path.name}”是{_SHEETS[suffix]}（{suffix}），{suffix} 文件尚不支持导入。\n{_NOTHING_DONE}{_SAVE_AS}"
        )
    if suffix in _LATER:
        raise UserError(f"文件“{path.name}”：{suffix} 文件尚不支持导入。\n{_NOTHING_DONE}{_CAN}")
    refuse_unless_file(path, _NOTHING_DONE, _CAN)
    try:
        with path.open("rb") as file:
            start = file.read(64)
    except OSError as error:
        raise UserError(f"无法读取“{path}”：{reason(error)}。\n{_NOTHING_DONE}") from error
    found = next((kind for signature, kind in _STARTS if start.startswith(signature)), "")
    if found or start.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"{"):
        return found or JSON_SUFFIX
    what = f"“{suffix}”" if suffix else "没有扩展名的文件"
    raise UserError(f"文件“{path.name}”不是可以导入的种类（{what}）。\n{_NOTHING_DONE}{_CAN}")
