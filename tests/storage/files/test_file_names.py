from __future__ import annotations

import errno
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from model.errors import UserError
from storage.files import atomic
from storage.files import names as file_names
from storage.files.names import LONGEST_NAME, name_problem, safe_file_name
from storage.files.reasons import refuse_unless_file
from storage.store.sqlite import Store


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("科技热线", "科技热线"),
        ('a<b>:"/\\|?*c', "a_b________c"),
        ("第一行\n第二行\t", "第一行 第二行"),
        (" .. 名称. ", "名称"),
        ("con", "_con"),
        ("LPT1.2026", "_LPT1.2026"),
        ("", "其他"),
        ("...", "其他"),
    ],
)
def test_that_a_proposed_name_is_one_windows_accepts(text: str, name: str) -> None:
    assert safe_file_name(text, "其他") == name


BAD_NAMES = [
    ("a:b.xlsx", "含有文件名不允许的字符 :"),
    ("是不是?*.jixiao", "含有文件名不允许的字符 * ?"),
    ("第一行\n第二行.xlsx", "含有文件名不允许的控制字符"),
    ("NUL.xlsx", "是 Windows 的保留名称"),
    ("com1", "是 Windows 的保留名称"),
    ("COM².xlsx", "是 Windows 的保留名称"),
    ("conout$.jixiao", "是 Windows 的保留名称"),
    ("a.xlsx.", "以空格或句点结尾"),
    ("a.xlsx ", "以空格或句点结尾"),
    (f"{'长' * LONGEST_NAME}a", "过长"),
    (f"{'𠀀' * 128}", "过长"),
]


@pytest.mark.parametrize(("name", "problem"), BAD_NAMES)
def test_that_a_name_windows_would_lose_or_not_take_is_told_there_and_nowhere_else(name: str, problem: str) -> None:
    assert name_problem(name, windows=True) == problem
    assert name_problem(name, windows=False) == ""


@pytest.mark.parametrize("name", ["绩效填报.jixiao", "2026.12.xlsx", "a b#%&'.xlsx", "长" * LONGEST_NAME, "𠀀" * 127])
def test_that_a_usual_name_is_fine(name: str) -> None:
    assert name_problem(name, windows=True) == ""


@pytest.mark.parametrize("text", ["", "a:b", "con", "...", "第一行\n第二行\t", "长" * 400, " a. "])
def test_that_what_the_program_proposes_is_never_refused(text: str) -> None:
    assert name_problem(safe_file_name(text, "其他") + ".xlsx", windows=True) == ""


@pytest.mark.skipif(os.name == "nt", reason="Windows takes such names")
@pytest.mark.parametrize("write", [Store.create, atomic.temporary_beside])
def test_that_a_name_with_half_of_a_sign_is_refused_in_words(tmp_path: Path, write: Callable[[Path], object]) -> None:
    with pytest.raises(UserError, match="含有文件名不允许的字符"):
        write(tmp_path / "绩\ud800效.jixiao")


def test_that_a_bad_name_is_refused_before_anything_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(file_names, "name_problem", lambda name: f"是“{name}”")
    for refused in (atomic.is_there, atomic.temporary_beside, _replace):
        with pytest.raises(UserError, match=r"文件名“a\.xlsx”是“a\.xlsx”。\n没有写入任何内容。"):
            refused(tmp_path / "a.xlsx")
    assert list(tmp_path.iterdir()) == []


def test_that_a_file_whose_name_cannot_be_is_not_said_gone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("storage.files.reasons.name_problem", lambda _: "过长")
    with pytest.raises(UserError, match=r"文件名过长。\n请选择工作簿。"):
        refuse_unless_file(tmp_path / "a.xlsx", "", "请选择工作簿。")


def _replace(path: Path) -> None:
    with atomic.replacing(path):
        pytest.fail("there is nothing to write to")


@pytest.mark.parametrize(
    ("number", "remedy"),
    [
        (
            errno.EACCES,
            "请先关闭正在使用它的程序再重试；仍不能读取的，请向文件的所有者或管理员要来读取权限。",
        ),
        (errno.EPERM, "请向文件的所有者或管理员要来读取权限后重试。"),
        (errno.ENAMETOOLONG, "请换一个较短的文件名后重试。"),
        (errno.EIO, "请检查磁盘、U盘或网络是否连接正常，然后重试。"),
    ],
)
def test_that_what_keeps_a_file_from_being_read_is_no_matter_of_choosing_another(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, number: int, remedy: str
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(number, "x")

    monkeypatch.setattr(Path, "stat", refuse)
    with pytest.raises(UserError) as told:
        refuse_unless_file(tmp_path / "a.xlsx", "没有导入任何内容。", "请选择工作簿。")
    assert str(told.value).endswith(f"\n没有导入任何内容。{remedy}")
