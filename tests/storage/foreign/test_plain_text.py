from __future__ import annotations

import json
from pathlib import Path

import pytest

from model.errors import UserError
from storage.foreign.plain_text import SIZE_LIMIT, TEXT_LIMIT, forms_of_text
from storage.importing.plan import Action, plan_import, read_files
from storage.store.sqlite import Store
from storage.verbs import parse, run
from tests.model.form_texts import table

ROWS = ("绩效指标\t产出指标\t数量指标\t培训场次\t≥12.00(场)\t", "\t\t质量指标\t合格率\t≥95.00(%)\t")
TEXT = table(*ROWS)


def written(folder: Path, data: bytes) -> Path:
    path = folder / "去年.txt"
    path.write_bytes(data)
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
def test_that_a_text_is_read_in_every_encoding_windows_writes(tmp_path: Path, encoding: str) -> None:
    (form,) = read_files([written(tmp_path, TEXT.replace("\n", "\r\n").encode(encoding))])
    assert form.project_name == "甲项目"
    assert [line.name for line in form.content.indicators] == ["培训场次", "合格率"]
    assert form.notices == ()
    assert form.source_text is not None


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (bytes(range(256)) * 20, "不是能辨认的文字文件"),
        (b"\xff\xfe" + b"\x00\xd8" * 99, "不是能辨认的文字文件"),
        ("今天下午开会。".encode(), "没有找到绩效目标申报表或绩效自评表：没有申报表或自评表"),
        (b"", "没有找到绩效目标申报表或绩效自评表：没有文字"),
        (b" " * (SIZE_LIMIT + 1), "超过 4 MB"),
        (TEXT.replace("（2026年度）", "").replace("2026-01-01", "元旦").encode(), "没有写明年度"),
    ],
)
def test_that_a_file_that_is_no_text_of_a_form_says_what_it_is(tmp_path: Path, data: bytes, said: str) -> None:
    with pytest.raises(UserError, match=said) as told:
        read_files([written(tmp_path, data)])
    assert "没有导入任何内容" in str(told.value)


def test_that_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="找不到文件"):
        read_files([tmp_path / "没有.txt"])


def test_that_a_text_far_too_long_is_refused_wherever_it_comes_from() -> None:
    with pytest.raises(UserError, match="剪贴板的文字超过"):
        forms_of_text("字" * (TEXT_LIMIT + 1), "剪贴板", "剪贴板")


def test_that_a_cell_too_long_for_the_store_is_told() -> None:
    with pytest.raises(UserError, match="年度总体目标最多 32767 个字"):
        forms_of_text(TEXT.replace("办好", "办" * 40_000), "剪贴板", "剪贴板")


def test_that_texts_without_a_place_are_told_with_their_lines(tmp_path: Path) -> None:
    (form,) = read_files([written(tmp_path, ("会议纪要\n" + TEXT + "填表人：张三\t\t\t\t\t\n").encode())])
    assert form.notices == (
        "第1行“会议纪要”：不属于任何一张表，没有导入。",
        "第16行“填表人：张三”：没有对应的栏目，没有导入。",
    )


def test_that_import_says_what_was_inferred(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = written(tmp_path, table("\t\t\t讲座场次\t≥2.00(场)\t", *ROWS).encode())
    run(parse("import", ["--store", str(tmp_path / "s.jixiao"), str(path)]))
    said = capsys.readouterr()
    assert said.out == "2026 甲项目 目标申报表（3 条指标）：新建项目\n"
    assert "第 1 条“讲座场次”的二级指标：印在第一个标签之前，归到后面的“数量指标”；另一种读法是“空白”" in said.err


def test_that_import_gives_what_was_inferred_as_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = written(tmp_path, table("\t\t\t讲座场次\t≥2.00(场)\t", *ROWS).encode())
    run(parse("import", ["--json", "--store", str(tmp_path / "s.jixiao"), str(path)]))
    (form,) = json.loads(capsys.readouterr().out)["forms"]
    assert (form["project_name"], form["indicators"], form["action"]) == ("甲项目", 3, "新建项目")
    (inference,) = form["inferences"]
    assert inference["where"] == "indicators[0].level2"
    assert inference["alternative"] == ""
    assert inference["source"].split() == ["讲座场次", "≥2.00(场)"]


def test_that_what_was_pasted_before_is_known_again(store: Store) -> None:
    forms = forms_of_text(TEXT, "剪贴板", "剪贴板")
    plan = plan_import(store, forms)
    store.apply(plan.label, plan.changes)
    assert [line.action for line in plan_import(store, forms).lines] == [Action.SAME]
