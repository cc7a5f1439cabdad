from __future__ import annotations

from pathlib import Path

import pytest

from model.errors import UserError
from storage.files.kinds import import_kind
from storage.importing.plan import read_files


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("a.xlsx", b"", ".xlsx"),
        ("A.JSON", b"", ".json"),
        ("a.jixiao", b"", ".jixiao"),
        ("下载", b"PK\x03\x04...", ".xlsx"),
        ("a.bak", b"SQLite format 3\x00", ".jixiao"),
        ("a.xls", b"\xd0\xcf\x11\xe0", ".xls"),
        ("a.xls", b"PK\x03\x04...", ".xlsx"),
        ("a.xlsx", b"\xd0\xcf\x11\xe0", ".xls"),
        ("a.docx", b"", ".docx"),
        ("a.PDF", b"", ".pdf"),
        ("下载", b"%PDF-1.7", ".pdf"),
        ("下载", b"PK\x03\x04...word/document.xml", ".docx"),
        ("a.tmp", b'\xef\xbb\xbf \n{"format"', ".json"),
    ],
)
def test_that_a_kind_is_known_by_its_name_or_how_it_begins(tmp_path: Path, name: str, data: bytes, kind: str) -> None:
    (tmp_path / name).write_bytes(data)
    assert import_kind(tmp_path / name) == kind


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.ods", b"PK", "是OpenDocument表格（.ods），.ods 文件不能导入"),
        ("a.et", b"", "是WPS表格（.et）"),
        ("a.csv", b"", "没有格式的表格文字"),
        ("a.doc", b"", "是旧版Word文档（.doc），.doc 文件不能导入"),
        ("a.wps", b"", "另存为.docx文件"),
        ("a.ofd", b"", "打印为PDF"),
        ("a.rar", b"", "请先解压"),
        ("a.png", b"\x89PNG", "是图片（.png），里面没有文字"),
        ("a.xls", b"<html>", "不是旧版工作簿"),
        ("a.docx", b"PK", "不是Word文档"),
        ("a.pdf", b"x", "不是PDF文件"),
        ("a.abc", b"\x89PNG", "“a.abc”不是可以导入的种类（“.abc”）"),
        ("图片", b"\x89PNG", "没有扩展名的文件"),
    ],
)
def test_that_any_other_file_is_called_what_it_is(tmp_path: Path, name: str, data: bytes, said: str) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(UserError) as refusal:
        read_files([tmp_path / name])
    assert said in str(refusal.value)
    assert "没有导入任何内容" in str(refusal.value)


def test_that_a_missing_file_without_a_known_suffix_is_told(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="没有导入任何内容"):
        import_kind(tmp_path / "没有.bak")
