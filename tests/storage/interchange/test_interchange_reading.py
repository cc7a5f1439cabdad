from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from model.errors import UserError
from model.records import LINES_LIMIT, Declaration, Evaluation, Form
from storage.interchange import read_forms, source
from storage.interchange.limits import TEXT_LIMIT

MakeFile = Callable[..., Path]


def declaration(**cells: Any) -> dict[str, Any]:
    return {"kind": "declaration", "year": 2026, "project_name": "信息化运维项目", **cells}


def evaluation(**cells: Any) -> dict[str, Any]:
    return {"kind": "evaluation", "year": 2022, "project_name": "科技热线（运维）", **cells}


def line(**cells: Any) -> dict[str, Any]:
    return {"level1": "产出指标", "level2": "数量指标", "name": "巡检次数", **cells}


def complaint(path: Path) -> str:
    with pytest.raises(UserError) as refused:
        read_forms(path)
    assert "没有导入任何内容" in str(refused.value)
    return str(refused.value)


# What is accepted


def test_that_the_given_files_hold_25_forms_and_nothing_unknown(given_files: tuple[Path, ...]) -> None:
    forms = [form for path in given_files for form in read_forms(path)]
    assert [form.kind for form in forms].count(Form.DECLARATION) == 18
    assert [form.kind for form in forms].count(Form.EVALUATION) == 7
    assert sum(len(form.content.indicators) for form in forms) == 108 + 141 + 95
    assert all(form.notices == () for form in forms)


def test_that_missing_keys_and_null_are_blank_cells(forms_file: MakeFile) -> None:
    bare, null = read_forms(
        forms_file(
            {"kind": "declaration", "year": 2026},
            declaration(funding=None, annual_goal=None, indicators=None, start_date=None),
        )
    )
    assert bare.content == Declaration() == null.content
    assert bare.project_name == ""


def test_that_a_missing_execution_points_cell_is_blank_and_not_the_usual_ten(forms_file: MakeFile) -> None:
    (form,) = read_forms(forms_file(evaluation()))
    assert isinstance(form.content, Evaluation)
    assert form.content.execution_points == ""


def test_that_texts_amounts_and_values_are_kept_to_the_character(forms_file: MakeFile) -> None:
    (form,) = read_forms(
        forms_file(
            declaration(
                annual_goal=" 两行\n目标 ",
                start_date="2026年1月1日",
                project_nature="从未见过的性质",
                funding={"total_requested": "1,200.5", "other": "-3"},
                indicators=[line(value_text="≥ 90.00 (百分比)")],
            )
        )
    )
    content = form.content
    assert isinstance(content, Declaration)
    assert content.annual_goal == " 两行\n目标 "
    assert content.start_date == "2026年1月1日"
    assert content.project_nature == "从未见过的性质"
    assert (content.total_requested, content.other) == ("1,200.5", "-3")
    assert content.indicators[0].target_text == "≥ 90.00 (百分比)"


def test_that_a_byte_order_mark_is_no_obstacle(tmp_path: Path) -> None:
    path = tmp_path / "bom.json"
    path.write_text('{"format": "jixiao-forms/1", "forms": []}', encoding="utf-8-sig")
    assert read_forms(path) == ()


def test_that_notes_are_ignored_without_a_word_wherever_they_stand(forms_file: MakeFile) -> None:
    noted = evaluation(note="x", funding={"note": "x", "executed": {"note": "x"}}, indicators=[line(note="x")])
    (form,) = read_forms(forms_file(noted, note="x"))
    assert form.notices == ()


def test_that_unknown_keys_are_reported_once_with_their_number_and_ignored(forms_file: MakeFile) -> None:
    odd = declaration(colour="red", funding={"total": "1"}, indicators=[line(weight="5"), line(weight="6", name="b")])
    (form,) = read_forms(forms_file(odd, exported_by="someone"))
    assert form.notices == (
        "文件“forms.json”：不认识的键 exported_by，已忽略。",
        "文件“forms.json”第 1 张表“信息化运维项目”：不认识的键 colour，已忽略。",
        "文件“forms.json”第 1 张表“信息化运维项目”：不认识的键 funding.total，已忽略。",
        "文件“forms.json”第 1 张表“信息化运维项目”：不认识的键 indicators[].weight（2 处），已忽略。",
    )
    assert len(form.content.indicators) == 2


def test_that_a_flood_of_unknown_keys_is_counted_and_not_recited(forms_file: MakeFile) -> None:
    flood = {f"k{number}": 1 for number in range(5_000)}
    (form,) = read_forms(forms_file(declaration(**flood), **flood))
    assert len(form.notices) == 42
    assert form.notices[20] == "文件“forms.json”：还有 4980 种不认识的键，已忽略。"
    assert form.notices[41] == "文件“forms.json”第 1 张表“信息化运维项目”：还有 4980 种不认识的键，已忽略。"


def test_that_the_title_of_a_form_is_one_line_without_anything_a_screen_obeys(forms_file: MakeFile) -> None:
    (form,) = read_forms(forms_file(declaration(project_name="甲\n乙\u3000丙\u009b31m\u202e丁")))
    assert form.title == "2026 甲 乙 丙\\x9b31m\\u202e丁 目标申报表"


@pytest.mark.parametrize(
    ("level1", "level2", "official", "renamed"),
    [
        ("满意度指标", "服务对象满意度", ("满意度指标", "服务对象满意度指标"), ["level2"]),
        ("满意度指标", "满意度指标", ("满意度指标", "服务对象满意度指标"), ["level2"]),
        ("效益", "可持续影响", ("效益指标", "可持续影响指标"), ["level1", "level2"]),
        ("产出指标", "成本指标", ("产出指标", "成本指标"), []),
        ("成本指标", "生态环境成本指标", ("成本指标", "生态环境成本指标"), []),
    ],
)
def test_that_historic_labels_are_read_as_todays_and_reported(
    forms_file: MakeFile, level1: str, level2: str, official: tuple[str, str], renamed: list[str]
) -> None:
    (form,) = read_forms(forms_file(declaration(indicators=[line(level1=level1, level2=level2)])))
    (indicator,) = form.content.indicators
    assert (indicator.level1, indicator.level2) == official
    assert len(form.notices) == len(renamed)
    for notice, field in zip(form.notices, renamed, strict=True):
        assert f"indicators[0].{field}" in notice
        assert "已改写为" in notice


def test_that_blank_labels_stay_blank(forms_file: MakeFile) -> None:
    (form,) = read_forms(forms_file(declaration(indicators=[line(level1=None, level2="")])))
    assert (form.content.indicators[0].level1, form.content.indicators[0].level2) == ("", "")
    assert form.notices == ()


def test_that_carriage_returns_become_line_breaks_and_that_is_said(forms_file: MakeFile) -> None:
    (form,) = read_forms(forms_file(declaration(annual_goal="一\r\n二\r三")))
    assert isinstance(form.content, Declaration)
    assert form.content.annual_goal == "一\n二\n三"
    assert "annual_goal（年度总体目标）" in form.notices[0]


@pytest.mark.parametrize("level", ["achieved", "partly", "not_achieved"])
def test_that_every_level_of_achievement_is_read(forms_file: MakeFile, level: str) -> None:
    (form,) = read_forms(forms_file(evaluation(indicators=[line(achievement=level)])))
    assert isinstance(form.content, Evaluation)
    assert form.content.indicators[0].achievement == level


# What is refused, and what the message names


def test_that_a_wrong_cell_is_named_with_file_form_field_label_expectation_and_finding(forms_file: MakeFile) -> None:
    path = forms_file(declaration(), declaration(project_name="乙项目", funding={"fiscal_current": "abc"}))
    assert complaint(path) == (
        "文件“forms.json”第 2 张表“乙项目”：funding.fiscal_current（当年财政拨款）应为金额（如 1200000.00），"
        "实际是“abc”。\n没有导入任何内容。请改正后重试。"
    )


def test_that_a_wrong_cell_of_a_line_is_named_with_the_line(forms_file: MakeFile) -> None:
    path = forms_file(declaration(indicators=[line(), line(level2="效果指标", name="b")]))
    message = complaint(path)
    assert "indicators[1].level2（第 2 条指标的二级指标）" in message
    assert "数量指标、质量指标、时效指标" in message
    assert "实际是“效果指标”" in message


WRONG_CELLS = [
    ({"funding": {"total_requested": 100}}, "funding.total_requested（年度资金申请总额）", "加引号"),
    ({"funding": {"total_requested": 1e3}}, "funding.total_requested（年度资金申请总额）", "加引号"),
    ({"funding": {"total_requested": True}}, "funding.total_requested（年度资金申请总额）", "应为文字"),
    ({"funding": {"other": ["1"]}}, "funding.other（其他资金）", "列表（1 项）"),
    ({"funding": []}, "funding", "应为对象"),
    ({"funding": "1000"}, "funding", "应为对象"),
    ({"project_name": 5}, "project_name（项目名称）", "应为文字"),
    ({"annual_goal": ["一", "二"]}, "annual_goal（年度总体目标）", "列表（2 项）"),
    ({"overall_goal": {"text": "x"}}, "overall_goal（项目总目标）", "对象"),
    ({"indicators": {}}, "indicators（绩效指标）", "应为列表"),
    ({"indicators": ["巡检"]}, "indicators[0]（第 1 条指标）", "应为对象"),
    ({"indicators": [line(name=None), line(value_text=5)]}, "indicators[1].value_text", "应为文字"),
    ({"indicators": [line(level1="结果指标")]}, "indicators[0].level1（第 1 条指标的一级指标）", "“结果指标”"),
    ({"indicators": [line(level1=1)]}, "indicators[0].level1", "数字 1"),
    ({"indicators": [{}] * (LINES_LIMIT + 1)}, "indicators（绩效指标）", "最多"),
    ({"annual_goal": "长" * (TEXT_LIMIT + 1)}, "annual_goal（年度总体目标）", f"最多 {TEXT_LIMIT} 个字"),
    ({"annual_goal": "好\x00坏"}, "annual_goal（年度总体目标）", "U+0000（第 2 个字）"),
    ({"project_name": "半个\ud83d字"}, "project_name（项目名称）", "U+D83D"),
    ({"kind": "goal"}, "kind（表的种类）", "“goal”"),
    ({"kind": None}, "kind（表的种类）", "空（null）"),
    ({"kind": ["declaration"]}, "kind（表的种类）", "列表"),
    ({"year": "2026"}, "year（预算年度）", "不加引号"),
    ({"year": 2026.0}, "year（预算年度）", "数字 2026.0"),
    ({"year": 1999}, "year（预算年度）", "2000 至 2100"),
    ({"year": 2101}, "year（预算年度）", "2000 至 2100"),
    ({"year": 10**5000}, "year（预算年度）", "数字 1000"),
    ({"year": None}, "year（预算年度）", "空（null）"),
    ({"year": True}, "year（预算年度）", "true"),
]


@pytest.mark.parametrize(("cells", "field", "reason"), WRONG_CELLS)
def test_that_a_wrong_cell_of_a_declaration_is_refused(
    tmp_path: Path, cells: dict[str, Any], field: str, reason: str
) -> None:
    path = tmp_path / "forms.json"
    text = _with_huge_year(json.dumps({"format": "jixiao-forms/1", "forms": [declaration(**_no_huge(cells))]}), cells)
    path.write_text(text, encoding="utf-8")
    message = complaint(path)
    assert field in message
    assert reason in message


def _no_huge(cells: dict[str, Any]) -> dict[str, Any]:
    """Python itself refuses to print an integer of 5000 digits, so it is put in as text afterwards."""
    return {**cells, "year": 1234567890} if _is_huge(cells) else cells


def _with_huge_year(text: str, cells: dict[str, Any]) -> str:
    return text.replace("1234567890", "1" + "0" * 5000) if _is_huge(cells) else text


def _is_huge(cells: dict[str, Any]) -> bool:
    return isinstance(cells.get("year"), int) and cells["year"] > 10**9


@pytest.mark.parametrize(
    ("cells", "field"),
    [
        ({"funding": {"initial_budget": "100"}}, "funding.initial_budget"),
        (
            {"funding": {"executed": {"carried_over": "无"}}},
            "funding.executed.carried_over（全年执行数：上年结转资金）",
        ),
        ({"funding": {"adjusted_budget": {"total": 296272}}}, "funding.adjusted_budget.total"),
        ({"funding": {"points": "十"}}, "funding.points（预算执行率分值）"),
        ({"funding": {"execution_rate": "全部"}}, "funding.execution_rate（执行率）"),
        ({"funding": {"score": 10}}, "funding.score（预算执行率得分）"),
        ({"indicators": [line(points="abc")]}, "indicators[0].points（第 1 条指标的分值）"),
        ({"indicators": [line(score=5)]}, "indicators[0].score（第 1 条指标的得分）"),
        ({"indicators": [line(achievement="done")]}, "indicators[0].achievement（第 1 条指标的达成等级）"),
        ({"total_points": "一百"}, "total_points（分值合计）"),
        ({"total_score": "优"}, "total_score（总分）"),
    ],
)
def test_that_a_wrong_cell_of_a_self_evaluation_is_refused(
    forms_file: MakeFile, cells: dict[str, Any], field: str
) -> None:
    assert field in complaint(forms_file(evaluation(**cells)))


def test_that_a_form_that_is_no_object_is_refused_by_its_number(forms_file: MakeFile) -> None:
    assert "第 2 张表" in complaint(forms_file(declaration(), "declaration"))


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ('{"format": "jixiao-forms/1", "forms": [], "forms": []}', "forms"),
        ('{"format": "jixiao-forms/1", "forms": [{"kind": "declaration", "year": 2026, "year": 2025}]}', "year"),
        (
            '{"format": "jixiao-forms/1", "forms": [{"kind": "declaration", "year": 2026,'
            ' "funding": {"other": "1", "other": "2"}}]}',
            "funding.other",
        ),
        (
            '{"format": "jixiao-forms/1", "forms": [{"kind": "declaration", "year": 2026,'
            ' "indicators": [{"name": "a", "name": "b"}]}]}',
            "indicators[0].name",
        ),
    ],
)
def test_that_a_key_given_twice_is_refused_and_named(tmp_path: Path, text: str, key: str) -> None:
    path = tmp_path / "twice.json"
    path.write_text(text, encoding="utf-8")
    assert key in complaint(path)


def test_that_the_same_form_twice_in_one_file_is_refused_with_both_numbers(forms_file: MakeFile) -> None:
    path = forms_file(declaration(), evaluation(), declaration(annual_goal="别的内容"))
    message = complaint(path)
    assert "第 3 张表" in message
    assert "与第 1 张表重复" in message


def test_that_both_forms_of_one_project_are_no_duplicate(forms_file: MakeFile) -> None:
    assert len(read_forms(forms_file(declaration(), declaration(kind="evaluation")))) == 2


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "文件是空的"),
        (" \n ", "文件是空的"),
        ("这不是 JSON", "不是有效的 JSON，第 1 行第 1 列"),
        ('{"format": "jixiao-forms/1",\n "forms": [', "内容不完整，在第 2 行第 12 列处中断"),
        ('{"format": "jixiao-fo', "内容不完整"),
        ('{"format": "jixiao-forms/1", "forms": [],}', "第 1 行第 42 列处有语法错误"),
        ('{"format": "jixiao\nforms/1"}', "控制字符"),
        ("[]", "最外层应为对象（{…}），实际是列表（0 项）"),
        ("NaN", "最外层应为对象"),
        ("{}", "format 应为“jixiao-forms/1”，实际是空（null）"),
        ('{"format": "geojson"}', "实际是“geojson”"),
        ('{"format": 1, "forms": []}', "实际是数字 1"),
        ('{"format": "jixiao-forms/2", "forms": []}', "格式版本是“jixiao-forms/2”"),
        ('{"format": "jixiao-forms/1"}', "forms 应为列表"),
        ('{"format": "jixiao-forms/1", "forms": {}}', "forms 应为列表"),
        ("[" * 100_000, "嵌套层数过多"),
        ('{"format": "jixiao-forms/1", "forms": ' + "[" * 5_000 + "]" * 5_000 + "}", "嵌套层数过多"),
    ],
)
def test_that_a_file_that_is_no_interchange_file_is_refused(tmp_path: Path, text: str, reason: str) -> None:
    path = tmp_path / "坏.json"
    path.write_text(text, encoding="utf-8")
    message = complaint(path)
    assert message.startswith("文件“坏.json”：")
    assert reason in message


def test_that_a_given_file_cut_anywhere_is_refused(given_files: tuple[Path, ...], tmp_path: Path) -> None:
    whole = given_files[0].read_bytes().rstrip()
    path = tmp_path / "cut.json"
    for length in range(1, len(whole), 1999):
        path.write_bytes(whole[:length])
        assert "内容不完整" in complaint(path) or "UTF-8" in complaint(path)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        ('{"format":\n "绩效"}'.encode("gbk"), "第 2 行含有不是 UTF-8 编码的字节"),
        ('{"format": "绩效"}'.encode("utf-16"), "UTF-16"),
        ('{"format": "绩效"}'.encode("utf-16-le"), "不是 UTF-8 编码的文字文件"),
        (b"PK\x03\x04\x14\x00\x06\x00", "不是 UTF-8 编码的文字文件"),
    ],
)
def test_that_another_encoding_is_refused_by_name(tmp_path: Path, data: bytes, reason: str) -> None:
    path = tmp_path / "gbk.json"
    path.write_bytes(data)
    assert reason in complaint(path)


def test_that_a_file_of_100_megabytes_is_refused_without_being_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "large.json"
    with path.open("wb") as file:
        file.truncate(100 * 1024 * 1024)
    monkeypatch.setattr(source, "_decode", lambda *_: pytest.fail("it was read"))
    assert "超过 50 MB" in complaint(path)


def test_that_a_file_made_to_use_up_the_memory_is_refused_before_it_is_taken_apart(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "bomb.json"
    path.write_text(f'{{"format": "jixiao-forms/1", "forms": [{"{}," * (source.VALUES_LIMIT // 2)}{{}}]}}', "utf-8")
    monkeypatch.setattr(json, "loads", lambda *_, **__: pytest.fail("it was taken apart"))
    assert "内容超过 300 万项" in complaint(path)


def test_that_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    assert "找不到文件" in complaint(tmp_path / "no.json")
    assert "不是文件" in complaint(tmp_path)


def test_that_a_quoted_value_is_cut_short_and_made_visible(forms_file: MakeFile) -> None:
    message = complaint(forms_file(declaration(funding={"other": "\u202e" + "9" * 100 + "元整"})))
    assert "\u202e" not in message
    assert "\\u202e" + "9" * 39 + "…" in message


def test_that_the_line_breaks_of_word_become_line_breaks_and_are_told(forms_file: MakeFile) -> None:
    (form,) = read_forms(forms_file(declaration(annual_goal="一\x0b二\x0c三")))
    assert isinstance(form.content, Declaration)
    assert form.content == replace(form.content, annual_goal="一\n二\n三")
    (notice,) = form.notices
    assert "annual_goal（年度总体目标）中特殊的换行符U+000B、U+000C已改为换行" in notice


def test_that_texts_listed_as_typed_are_taken_as_they_are_and_told(forms_file: MakeFile) -> None:
    cells = {"funding": {"other": "两千元"}, "indicators": [line(level1="特色指标")]}
    typed = ["funding.other", "indicators[0].level1"]
    (form,) = read_forms(forms_file(declaration(**cells, as_typed=typed)))
    assert isinstance(form.content, Declaration)
    assert (form.content.other, form.content.indicators[0].level1) == ("两千元", "特色指标")
    assert [notice for notice in form.notices if "按原文导入" in notice] == list(form.notices)
    assert len(form.notices) == 2
    with pytest.raises(UserError, match="应为金额"):
        read_forms(forms_file(declaration(**cells)))
    with pytest.raises(UserError, match="as_typed"):
        read_forms(forms_file(declaration(**cells, as_typed="funding.other")))


# What does not apply


def test_that_a_choice_for_what_does_not_apply_is_read_and_an_unknown_one_refused(forms_file: MakeFile) -> None:
    known = evaluation(funding={"execution_choice": "rescaled"}, indicators=[line(not_applicable="left_out")])
    (form,) = read_forms(forms_file(known))
    assert isinstance(form.content, Evaluation)
    assert (form.content.execution_choice, form.content.indicators[0].achievement) == ("rescaled", "left_out")
    assert form.notices == ()
    for wrong in (
        evaluation(indicators=[line(not_applicable="later")]),
        evaluation(funding={"execution_choice": 1}),
    ):
        assert "left_out、rescaled" in complaint(forms_file(wrong))
    both = evaluation(indicators=[line(not_applicable="left_out", achievement="partly")])
    assert "只能写一个" in complaint(forms_file(both))


def test_that_a_file_without_the_choice_of_the_execution_line_says_nothing_of_it(forms_file: MakeFile) -> None:
    silent, chosen = read_forms(forms_file(evaluation(), evaluation(year=2023, funding={"execution_choice": "zero"})))
    assert ("execution_choice" in silent.unsaid, "execution_choice" in chosen.unsaid) == (True, False)
