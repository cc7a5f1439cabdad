from __future__ import annotations

import os
from pathlib import Path

import pytest

from model.errors import CancelledError, UserError
from storage.files import kinds
from storage.files.kinds import forms_within, import_kind
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


def test_that_a_folder_stands_for_the_files_in_and_below_it(tmp_path: Path) -> None:
    for name in ("二/表.docx", "一.PDF", "~$一.docx", ".藏/表.xlsx", "图.png", "三.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    alone = tmp_path / "图.png"
    found = forms_within([alone, tmp_path], [])
    assert found == (alone, tmp_path / "一.PDF", tmp_path / "三.txt", tmp_path / "二" / "表.docx")


def test_that_a_file_of_a_folder_that_may_hold_a_form_and_is_not_read_is_told(tmp_path: Path) -> None:
    for name in ("办公室.doc", "人事处.et", "扫描.jpg", "三.txt", "~$办公室.doc", "desktop.ini", "图标.ico"):
        (tmp_path / name).touch()
    refused: list[UserError] = []
    assert forms_within([tmp_path], refused) == (tmp_path / "三.txt",)
    told = [str(one) for one in refused]
    assert [one[3 : one.index("”")] for one in told] == ["人事处.et", "办公室.doc", "扫描.jpg"]
    assert all("没有导入任何内容。请" in one for one in told)


def test_that_a_folder_without_forms_or_with_too_many_files_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(UserError, match="里没有可以导入的文件"):
        forms_within([tmp_path], [])
    for number in range(3):
        (tmp_path / f"{number}.json").touch()
    monkeypatch.setattr(kinds, "MOST_FILES", 2)
    with pytest.raises(UserError, match="文件超过2个，一次最多导入2个"):
        forms_within([tmp_path], [])


def test_that_looking_through_a_folder_is_cancelled_before_its_next_folder(tmp_path: Path) -> None:
    for name in ("一/表.docx", "二/表.docx"):
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).touch()
    asked: list[bool] = []

    def second_time() -> bool:
        asked.append(True)
        return len(asked) > 1

    with pytest.raises(CancelledError):
        forms_within([tmp_path], [], second_time)
    assert len(asked) == 2


def test_that_a_folder_that_cannot_be_listed_is_told_and_the_others_are_looked_through(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "甲.docx").touch()
    (tmp_path / "锁").mkdir()
    real = os.scandir

    def scandir(path: str) -> object:
        if str(path).endswith("锁"):
            raise PermissionError(13, "denied", path)
        return real(path)

    refused: list[UserError] = []
    with monkeypatch.context() as patch:
        patch.setattr("os.scandir", scandir)
        assert forms_within([tmp_path], refused) == (tmp_path / "甲.docx",)
    assert [str(error).startswith(f"无法读取文件夹“{tmp_path / '锁'}”") for error in refused] == [True]
