from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from model.errors import UserError
from storage.store.sqlite import Store
from tests.storage.builders import fingerprint

Verb = Callable[..., tuple[int, str, str]]
MakeFile = Callable[..., Path]

GOAL = {"kind": "declaration", "year": 2026, "project_name": "甲", "department": "科委", "unit": "中心"}


def test_that_importing_the_given_files_prints_a_line_per_form_and_makes_the_store(
    verb: Verb, given_files: tuple[Path, ...], tmp_path: Path
) -> None:
    code, out, err = verb("import", "--store", tmp_path / "s.jixiao", *given_files)
    assert (code, err) == (0, "")
    assert len(out.splitlines()) == 25
    assert out.splitlines()[0] == "2025 绿色技术银行综合管理与运行 目标申报表（16 条指标）：新建项目"
    assert out.splitlines()[-1] == "2022 科技系统人才工作综合服务平台建设 绩效自评表（10 条指标）：新建项目"
    assert [path.name for path in tmp_path.iterdir()] == ["s.jixiao"]
    with Store.open(tmp_path / "s.jixiao") as store:
        assert len(store.summaries()) == 25


def test_that_importing_again_skips_every_form_and_changes_nothing(
    verb: Verb, given_files: tuple[Path, ...], given_store: Path
) -> None:
    code, out, _ = verb("import", "--store", given_store, *given_files)
    assert code == 0
    assert [line.split("：")[1] for line in out.splitlines()] == ["内容相同，跳过"] * 25
    with Store.open(given_store) as store:
        assert len(store.journal()) == 1


def test_that_what_was_ignored_is_told_on_stderr_and_the_form_is_imported(
    verb: Verb, forms_file: MakeFile, tmp_path: Path
) -> None:
    code, out, err = verb("import", "--store", tmp_path / "s.jixiao", forms_file({**GOAL, "colour": "red"}))
    assert code == 0
    assert len(out.splitlines()) == 1
    assert "不认识的键 colour，已忽略" in err


def test_that_a_refused_import_makes_no_store(verb: Verb, forms_file: MakeFile, tmp_path: Path) -> None:
    bad = forms_file(GOAL, {**GOAL, "year": 2025, "funding": {"other": "abc"}})
    code, out, err = verb("import", "--store", tmp_path / "s.jixiao", bad)
    assert (code, out) == (1, "")
    assert "第 2 张表“甲”：funding.other（其他资金）应为金额" in err
    assert [path.name for path in tmp_path.iterdir()] == ["forms.json"]


def test_that_a_refused_import_leaves_the_store_byte_for_byte(
    verb: Verb, forms_file: MakeFile, given_files: tuple[Path, ...], given_store: Path
) -> None:
    bad = forms_file({**GOAL, "indicators": [{"level1": "影响指标"}]})
    before = fingerprint(given_store.parent)
    code, _, err = verb("import", "--store", given_store, given_files[0], bad)
    assert code == 1
    assert "indicators[0].level1" in err
    assert fingerprint(given_store.parent) == before


def test_that_other_content_is_refused_without_replace_and_the_way_out_is_named(
    verb: Verb, forms_file: MakeFile, tmp_path: Path
) -> None:
    path = tmp_path / "s.jixiao"
    verb("import", "--store", path, forms_file(GOAL))
    other = forms_file({**GOAL, "annual_goal": "新"}, {**GOAL, "year": 2025}, name="other.json")
    code, out, err = verb("import", "--store", path, other)
    assert (code, out) == (1, "")
    assert "文件“other.json”第 1 张表：2026 甲 目标申报表（0 条指标）：内容不同，不导入" in err
    assert "--replace" in err
    with Store.open(path) as store:
        assert len(store.projects()) == 1
    code, out, _ = verb("import", "--store", path, other, "--replace")
    assert code == 0
    assert [line.split("：")[1] for line in out.splitlines()] == ["替换已有的", "新建项目"]


def test_that_a_long_list_of_conflicts_is_cut_and_counted(verb: Verb, forms_file: MakeFile, tmp_path: Path) -> None:
    many = [{**GOAL, "project_name": f"项目{number}"} for number in range(30)]
    verb("import", "--store", tmp_path / "s.jixiao", forms_file(*many))
    changed = forms_file(*({**form, "annual_goal": "新"} for form in many), name="changed.json")
    _, _, err = verb("import", "--store", tmp_path / "s.jixiao", changed)
    assert "……共 30 张表" in err
    assert len(err.splitlines()) == 22


def test_that_a_missing_folder_is_named(verb: Verb, forms_file: MakeFile, tmp_path: Path) -> None:
    code, _, err = verb("import", "--store", tmp_path / "没有" / "s.jixiao", forms_file(GOAL))
    assert code == 1
    assert "没有”不存在" in err


def test_that_a_file_that_is_no_store_is_refused_and_untouched(
    verb: Verb, forms_file: MakeFile, tmp_path: Path
) -> None:
    path = tmp_path / "s.jixiao"
    path.write_text("这是一个文本文件。" * 50, encoding="utf-8")
    forms = forms_file(GOAL)
    before = fingerprint(tmp_path)
    code, _, err = verb("import", "--store", path, forms)
    assert code == 1
    assert "不是绩效填报助手的文件" in err
    assert fingerprint(tmp_path) == before


def test_that_a_store_open_elsewhere_is_refused(verb: Verb, forms_file: MakeFile, given_store: Path) -> None:
    with Store.open(given_store) as store:
        code, _, err = verb("import", "--store", given_store, forms_file(GOAL))
        assert code == 1
        assert "Traceback" not in err
        assert given_store.name in err
        assert len(store.projects()) == 25


@pytest.mark.parametrize("name", ["表.xlsx", "表.json"])
def test_that_only_a_file_is_read(verb: Verb, tmp_path: Path, name: str) -> None:
    store, path = tmp_path / "s.jixiao", tmp_path / name
    assert "找不到文件" in verb("import", "--store", store, path)[2]
    path.mkdir()
    code, _, err = verb("import", "--store", store, path)
    assert code == 1
    assert "它是一个文件夹" in err
    assert "没有导入任何内容" in err
    assert [path.name for path in tmp_path.iterdir()] == [name]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="a pipe with a name")
@pytest.mark.parametrize("name", ["表.xlsx", "表.json"])
def test_that_a_pipe_is_not_waited_for(verb: Verb, tmp_path: Path, name: str) -> None:
    os.mkfifo(tmp_path / name)
    code, _, err = verb("import", "--store", tmp_path / "s.jixiao", tmp_path / name)
    assert code == 1
    assert "不是普通文件" in err


def test_that_a_name_the_disk_cannot_hold_is_told(verb: Verb, forms_file: MakeFile, tmp_path: Path) -> None:
    code, _, err = verb("import", "--store", tmp_path / f"{'长' * 300}.jixiao", forms_file(GOAL))
    assert code == 1
    assert "过长" in err


def test_that_a_store_somebody_makes_in_the_meantime_is_not_replaced(
    verb: Verb, forms_file: MakeFile, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "s.jixiao"
    real = Store.apply

    def apply(*arguments: Any) -> Any:
        path.write_bytes(b"of somebody else")
        return real(*arguments)

    monkeypatch.setattr(Store, "apply", apply)
    code, _, err = verb("import", "--store", path, forms_file(GOAL))
    assert code == 1
    assert "刚才由其他程序新建" in err
    assert path.read_bytes() == b"of somebody else"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["forms.json", "s.jixiao"]


def test_that_a_failure_while_the_new_store_is_filled_leaves_nothing(
    verb: Verb, forms_file: MakeFile, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(store: Store, *_: object) -> None:
        raise UserError(f"磁盘空间不足，没有保存到“{store.path}”。")

    monkeypatch.setattr(Store, "apply", full)
    code, out, err = verb("import", "--store", tmp_path / "s.jixiao", forms_file(GOAL))
    assert (code, out, err) == (1, "", f"磁盘空间不足，没有保存到“{tmp_path / 's.jixiao'}”。\n")
    assert [path.name for path in tmp_path.iterdir()] == ["forms.json"]
