"""``library``: library files in and out without a window."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from model.library import entry_of
from storage.library import read_library, write_library
from storage.store.sqlite import Store

Verb = Callable[..., tuple[int, str, str]]
ENTRIES = [entry_of("数量指标", "走访次数", "≥3次"), entry_of("质量指标", "合格率", "≥90%")]


@pytest.fixture
def store(tmp_path: Path) -> Path:
    path = tmp_path / "单位.jixiao"
    Store.create(path).close()
    return path


def test_that_a_library_file_goes_in_and_the_units_own_comes_out_spelt(verb: Verb, store: Path, tmp_path: Path) -> None:
    given, out = tmp_path / "给.json", tmp_path / "出.json"
    write_library(given, ENTRIES)
    code, said, err = verb("library", "--store", store, given, given, "--out", out)
    assert (code, err) == (0, "")
    assert said.splitlines() == [
        "已导入 2 条指标。",
        "没有新的指标：文件里的 2 条指标库里都已有。",
        f"已导出 2 条指标：{out}",
    ]
    assert all(entry.pinyin for entry in read_library(out))
    with Store.open(store) as open_store:
        assert [row.entry.name for row in open_store.library_rows()] == ["走访次数", "合格率"]
        assert open_store.undo_history()[0][-1].label == "导入指标库 2 条"


def test_that_the_lines_of_projects_are_the_units_own(verb: Verb, given_store: Path, tmp_path: Path) -> None:
    out = tmp_path / "出.json"
    code, said, _ = verb("library", "--store", given_store, "--out", out)
    assert code == 0
    assert len(read_library(out)) > 200
    assert said == f"已导出 {len(read_library(out))} 条指标：{out}\n"


def test_that_a_wrong_file_or_nothing_to_do_is_refused_and_nothing_changed(
    verb: Verb, store: Path, tmp_path: Path
) -> None:
    good, wrong = tmp_path / "好.json", tmp_path / "坏.json"
    write_library(good, ENTRIES)
    wrong.write_text('{"format": "jixiao-library/2"}', encoding="utf-8")
    code, out, err = verb("library", "--store", store, good, wrong)
    assert (code, out) == (1, "")
    assert "只支持“jixiao-library/1”" in err
    with Store.open(store) as open_store:
        assert open_store.library_rows() == ()
    code, _, err = verb("library", "--store", store)
    assert code == 1
    assert "--out" in err
