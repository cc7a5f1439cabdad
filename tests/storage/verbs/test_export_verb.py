from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from model.changes import AddProject, Part, SetField
from storage.excel import read_workbook_cells
from storage.store.sqlite import Store
from tests.storage.builders import fingerprint, project

Verb = Callable[..., tuple[int, str, str]]


def exported(path: Path) -> list[dict[str, Any]]:
    forms: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))["forms"]
    return forms


def test_that_every_project_is_exported_as_json(verb: Verb, given_store: Path, tmp_path: Path) -> None:
    out = tmp_path / "全部.json"
    code, said, err = verb("export", "--store", given_store, "--out", out)
    assert (code, err) == (0, "")
    assert said == "已导出：全部.json，共 25 张表。\n"
    assert len(exported(out)) == 25


@pytest.mark.parametrize(
    ("choice", "count"),
    [
        (["--year", "2025"], 8),
        (["--year", "2026"], 10),
        (["--kind", "evaluation"], 7),
        (["--kind", "declaration"], 18),
        (["--project", "信息化建设项目"], 2),
        (["--project", " 信息化建设 项目"], 2),
        (["--project", "信息化建设项目", "--year", "2026"], 1),
    ],
)
def test_that_year_project_and_kind_choose(
    verb: Verb, given_store: Path, tmp_path: Path, choice: list[str], count: int
) -> None:
    out = tmp_path / "out.json"
    code, _, _ = verb("export", "--store", given_store, "--out", out, *choice)
    assert code == 0
    assert len(exported(out)) == count


@pytest.mark.parametrize("name", ["绩效.json", "绩效.xlsx"])
def test_that_the_store_is_never_replaced_by_its_own_export(
    verb: Verb, given_store: Path, tmp_path: Path, name: str
) -> None:
    store = given_store.rename(tmp_path / name)
    before = fingerprint(tmp_path)
    code, out, err = verb("export", "--store", store, "--out", store)
    assert (code, out) == (1, "")
    assert f"{name}”就是绩效文件本身" in err
    assert "没有导出任何内容" in err
    assert fingerprint(tmp_path) == before


@pytest.mark.parametrize(
    ("choice", "named"),
    [
        (["--year", "2030"], "2030 年度"),
        (["--project", "没有的项目"], "项目“没有的项目”"),
        (["--year", "2022", "--kind", "declaration"], "目标申报表"),
    ],
)
def test_that_a_choice_without_any_form_is_refused_and_named(
    verb: Verb, given_store: Path, tmp_path: Path, choice: list[str], named: str
) -> None:
    code, out, err = verb("export", "--store", given_store, "--out", tmp_path / "out.xlsx", *choice)
    assert (code, out) == (1, "")
    assert "没有符合条件的表" in err
    assert named in err
    assert not (tmp_path / "out.xlsx").exists()


@pytest.mark.parametrize("name", ["out.pdf", "out", "out.xls"])
def test_that_another_kind_of_file_is_refused_before_the_store_is_opened(verb: Verb, tmp_path: Path, name: str) -> None:
    code, _, err = verb("export", "--store", tmp_path / "missing.jixiao", "--out", tmp_path / name)
    assert code == 1
    assert f"应以 .xlsx 或 .json 结尾，实际是“{name}”" in err


def test_that_projects_with_errors_are_exported_as_drafts_and_named(
    verb: Verb, given_store: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out.xlsx"
    code, said, _ = verb("export", "--store", given_store, "--out", out, "--year", "2025")
    assert code == 0
    assert "已导出并核对：out.xlsx" in said
    assert "2025 信息化运维项目：1 个错误" in said
    assert "有错误的表标有“草稿”" in said
    drafts = [sheet.name for sheet in read_workbook_cells(out) if "（草稿）" in sheet.texts[0, 0]]
    assert drafts == ["信息化运维项目", "技术转移协同创新发展建设", "项目绩效目标汇总表"]


def test_that_projects_without_errors_are_exported_as_final(verb: Verb, given_store: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.xlsx"
    wanted = ("export", "--store", given_store, "--out", out, "--project", "国内科技合作交流")
    code, said, _ = verb(*wanted, "--final")
    assert code == 0
    assert "草稿" not in said
    assert not _is_marked_draft(out)
    _, said, _ = verb(*wanted, "--draft")
    assert "各表标有“草稿”" in said
    assert _is_marked_draft(out)


def _is_marked_draft(path: Path) -> bool:
    return any("草稿" in text for sheet in read_workbook_cells(path) for text in sheet.texts.values())


@pytest.mark.parametrize("name", ["out.xlsx", "out.json"])
def test_that_a_final_export_with_errors_is_refused_and_the_old_file_stays(
    verb: Verb, given_store: Path, tmp_path: Path, name: str
) -> None:
    (tmp_path / name).write_text("旧文件", encoding="utf-8")
    before = fingerprint(tmp_path)[name]
    code, out, err = verb("export", "--store", given_store, "--out", tmp_path / name, "--final")
    assert (code, out) == (1, "")
    assert "7 个错误没有改正" in err
    assert "2025 技术转移协同创新发展建设：1 个错误" in err
    assert fingerprint(tmp_path)[name] == before


def test_that_the_errors_of_the_other_form_do_not_count(verb: Verb, given_store: Path, tmp_path: Path) -> None:
    wanted = ("--year", "2022", "--final")
    code, _, err = verb("export", "--store", given_store, "--out", tmp_path / "o.json", "--kind", "evaluation", *wanted)
    assert code == 1
    assert "4 个错误没有改正" in err


def test_that_a_long_list_of_projects_with_errors_is_cut_and_counted(verb: Verb, tmp_path: Path) -> None:
    path = tmp_path / "s.jixiao"
    with Store.create(path) as store:
        store.apply("新建", tuple(AddProject(project(f"p{n}", f"项目{n}", 2026, 0)) for n in range(25)))
    code, _, err = verb("export", "--store", path, "--out", tmp_path / "o.json", "--final")
    assert code == 1
    assert "……共 25 个项目" in err


def test_that_what_json_cannot_hold_is_told_on_stderr(verb: Verb, given_store: Path, tmp_path: Path) -> None:
    with Store.open(given_store) as store:
        chosen = next(p for p in store.projects(2025) if p.project_name == "国内科技合作交流")
        store.apply("说明", (SetField(chosen.id, Part.EXPLANATION, chosen.id, "VAL-015@x", "", "已核对"),))
    code, said, err = verb("export", "--store", given_store, "--out", tmp_path / "o.json")
    assert code == 0
    assert said.startswith("已导出")
    assert err == "2025 国内科技合作交流：JSON 格式不含1 条出错说明，未写入。\n"


def test_that_an_empty_store_has_nothing_to_export(verb: Verb, tmp_path: Path) -> None:
    Store.create(tmp_path / "s.jixiao").close()
    code, _, err = verb("export", "--store", tmp_path / "s.jixiao", "--out", tmp_path / "o.xlsx")
    assert code == 1
    assert "没有符合条件的表" in err
