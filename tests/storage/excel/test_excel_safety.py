"""Whatever goes wrong while a workbook is written, the file that was there stays whole."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from model.errors import UserError
from model.records import Declaration, Form, Project
from model.settings import Settings
from storage.excel import export, export_workbook
from storage.excel.writer import write_sheet
from tests.model.projects import declaration_of
from tests.storage.builders import project


@pytest.fixture
def target(tmp_path: Path) -> Path:
    """A workbook of the clerk's that must survive."""
    path = tmp_path / "甲.xlsx"
    path.write_bytes(b"the clerk's own")
    return path


def refused(target: Path, *projects: Project) -> str:
    """The message of an export that fails and leaves the old file alone in its folder."""
    with pytest.raises(UserError) as refusal:
        export_workbook(target, projects or [project()], Settings(), draft=True)
    assert target.read_bytes() == b"the clerk's own"
    assert [file.name for file in target.parent.iterdir()] == [target.name]
    return str(refusal.value)


def with_goal(goal: str) -> Project:
    one = project()
    assert one.of(Declaration) is not None
    return one.with_form(Form.DECLARATION, replace(declaration_of(one), annual_goal=goal))


@contextmanager
def file_size_limit(limit: int) -> Iterator[None]:
    resource = pytest.importorskip("resource")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.mark.parametrize("limit", [0, 1, 700, 3000, 6000])
def test_that_a_full_disk_leaves_the_old_file_whole(target: Path, limit: int) -> None:
    with file_size_limit(limit):
        message = refused(target)
    assert "磁盘空间不足" in message


def test_that_a_read_only_folder_is_told(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.open

    def read_only(path: str | os.PathLike[str], flags: int, *more: int) -> int:
        if flags & os.O_CREAT:
            raise PermissionError(13, "Permission denied", str(path))
        return real(path, flags, *more)

    monkeypatch.setattr(os, "open", read_only)
    message = refused(target)
    assert "只读" in message
    assert str(target.parent) in message


def test_that_a_workbook_held_open_by_excel_is_told(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def held(*_: object) -> None:
        raise PermissionError(13, "The process cannot access the file")

    monkeypatch.setattr(os, "replace", held)
    monkeypatch.setattr("storage.files.atomic._pause", lambda: None)
    message = refused(target)
    assert "甲.xlsx" in message
    assert "Excel" in message
    assert "关闭" in message


def test_that_a_missing_folder_is_told(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="不存在"):
        export_workbook(tmp_path / "没有" / "甲.xlsx", [project()], Settings(), draft=True)


def test_that_a_difference_found_afterwards_leaves_the_old_file_whole(
    target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = write_sheet

    def careless(workbook: Any, styles: Any, sheet: Any) -> None:
        real(workbook, styles, replace(sheet, cells=(*sheet.cells[:-1], replace(sheet.cells[-1], text="错"))))

    monkeypatch.setattr(export, "write_sheet", careless)
    assert "核对不一致" in refused(target)


def test_that_a_damaged_write_is_noticed(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = Path.write_bytes
    monkeypatch.setattr(Path, "write_bytes", lambda path, data: real(path, data[: len(data) // 2]))
    assert "无法重新打开" in refused(target)


@pytest.mark.parametrize("goal", ["目" * 32_768, "😀" * 16_384, "\n" * 254])
def test_that_a_text_excel_cannot_hold_is_refused_with_its_cell_and_never_cut(target: Path, goal: str) -> None:
    message = refused(target, with_goal(goal))
    assert "工作表“信息化运维项目”单元格D11" in message
    assert "上限" in message


@pytest.mark.parametrize("goal", ["目" * 32_767, "😀" * 16_383, "\n" * 253])
def test_that_the_longest_text_excel_can_hold_is_written_whole(tmp_path: Path, goal: str) -> None:
    report = export_workbook(tmp_path / "甲.xlsx", [with_goal(goal)], Settings(), draft=True)
    assert report.cells > 20
