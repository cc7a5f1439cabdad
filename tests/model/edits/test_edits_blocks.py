"""Blocks of cells: clearing, filling down, pasting, and undoing any sequence of edits of the indicator table."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model import edits
from model.changes import Part, ProjectChange, apply_all
from model.edits import Block, Pasted, Target
from model.forms import FORMS
from model.records import LINES_LIMIT, EvaluatedIndicator, Evaluation, Form, Project
from model.scoring import parse_points, score_evaluation
from model.settings import Settings
from tests.model.projects import (
    after,
    declared,
    evaluated,
    evaluated_line,
    evaluation_of,
    fresh_ids,
    line,
    names,
    texts,
    undo,
)

SETTINGS = Settings()


LEVELS = ("产出指标", "数量指标")


def pasted(
    project: Project,
    start: str,
    field: str,
    rows: list[list[str]],
    form: Form = Form.EVALUATION,
    *,
    levels: tuple[str, str] = LEVELS,
    as_new: bool = False,
) -> Pasted:
    target = Target(start, field, levels)
    return edits.paste_block(project, form, target, rows, fresh_ids(), SETTINGS, as_new=as_new)


def paste(project: Project, start: str, field: str, rows: list[list[str]], form: Form = Form.EVALUATION) -> Project:
    return after(project, pasted(project, start, field, rows, form).changes)


def cells(project: Project, *fields: str, form: Form = Form.EVALUATION) -> list[tuple[str, ...]]:
    return [tuple(getattr(indicator, field) for field in fields) for indicator in project.indicators(form)]


def test_that_a_block_fills_the_cells_to_the_right_and_down_as_typed() -> None:
    project = evaluated(
        evaluated_line("a", "≥1次"), evaluated_line("b", "≥2次"), evaluated_line("c", "≥3次", "旧", "7")
    )
    changed = paste(project, "b", "actual_text", [["２次 ", "5"], ["不适用", "五分"]])
    assert cells(changed, "actual_text", "points") == [("", ""), ("２次 ", "5"), ("不适用", "五分")]


def test_that_names_on_the_last_line_of_a_group_become_new_lines_of_it() -> None:
    project = declared(line("a", "≥1次"), line("b", "≥2次", level2="质量指标"), line("c", level2="时效指标"))
    rows = [["合格率", ">=90%"], ["通过率", "≥95.00(%)"], ["", ""], ["达标率", "=100%"]]
    changed = paste(project, "b", "name", rows, Form.DECLARATION)
    assert cells(changed, "id", "level2", "name", "target_text", form=Form.DECLARATION)[1:] == [
        ("b", "质量指标", "指标b", "≥2次"),
        ("new-1", "质量指标", "合格率", ">=90%"),
        ("new-2", "质量指标", "通过率", "≥95.00(%)"),
        ("new-3", "质量指标", "达标率", "=100%"),
        ("c", "时效指标", "指标c", ""),
    ]


def test_that_names_never_run_over_the_next_group_and_say_which_names_they_overwrite() -> None:
    project = declared(line("a"), line("b", name="同名"), line("c", level2="质量指标"))
    rows = [["甲", "1"], ["同名", "2"], ["丙", "3"]]
    result = pasted(project, "a", "name", rows, Form.DECLARATION)
    assert result.overwritten == ("指标a",)
    assert cells(after(project, result.changes), "id", "name", "target_text", form=Form.DECLARATION) == [
        ("a", "甲", "1"),
        ("b", "同名", "2"),
        ("new-1", "丙", "3"),
        ("c", "指标c", ""),
    ]
    assert result.ids == ("a", "b", "new-1")


def test_that_values_go_over_the_lines_that_follow_and_what_is_too_much_is_told() -> None:
    project = evaluated(evaluated_line("a"), evaluated_line("b", level2="质量指标"))
    result = pasted(project, "a", "actual_text", [["1次"], ["2次"], [""], ["3次"]])
    assert cells(after(project, result.changes), "actual_text") == [("1次",), ("2次",)]
    assert result.left_out == ("多出的 1 行没有对应的指标，没有粘贴",)


def test_that_a_block_can_be_pasted_as_new_lines_below_the_cursor() -> None:
    project = declared(line("a"), line("b"))
    result = pasted(project, "a", "target_text", [["甲", "1"], ["乙", "2"]], Form.DECLARATION, as_new=True)
    assert result.fields == ("target_text",)
    result = pasted(project, "a", "name", [["甲", "1"], ["乙", "2"]], Form.DECLARATION, as_new=True)
    changed = after(project, result.changes)
    assert cells(changed, "id", form=Form.DECLARATION) == [("a",), ("new-1",), ("new-2",), ("b",)]
    assert result.overwritten == ()


def test_that_a_block_pasted_on_an_empty_line_goes_over_nothing_that_was_typed() -> None:
    blank = {"name": ""}
    project = declared(line("a", **blank), line("b", **blank), line("c", "≥1次"), line("d", level2="质量指标", **blank))
    rows = [["报告", "≥1份"], ["论文", "≥2篇"], ["活动", "≥3场"], ["培训", "≥4次"]]
    changed = paste(project, "a", "name", rows, Form.DECLARATION)
    assert cells(changed, "id", "name", "level2", form=Form.DECLARATION) == [
        ("a", "报告", "数量指标"),
        ("b", "论文", "数量指标"),
        ("new-1", "活动", "数量指标"),
        ("new-2", "培训", "数量指标"),
        ("c", "指标c", "数量指标"),
        ("d", "", "质量指标"),
    ]


def test_that_a_block_with_levels_puts_each_line_under_its_own_with_merged_cells_blank() -> None:
    project = declared(line("a"), line("z", level1="效益指标", level2="社会效益指标"))
    rows = [
        ["产出指标", "数量指标", "报告", "≥1份"],
        ["", "", "论文", "≥2篇"],
        ["", "质量", "合格率", "≥90%"],
        ["效益指标", "社会效益指标", "服务企业", "≥3家"],
    ]
    result = pasted(project, "z", "target_text", rows, Form.DECLARATION)
    assert cells(after(project, result.changes), "level1", "level2", "name", "target_text", form=Form.DECLARATION) == [
        ("产出指标", "数量指标", "指标a", ""),
        ("产出指标", "数量指标", "报告", "≥1份"),
        ("产出指标", "数量指标", "论文", "≥2篇"),
        ("产出指标", "质量指标", "合格率", "≥90%"),
        ("效益指标", "社会效益指标", "指标z", ""),
        ("效益指标", "社会效益指标", "服务企业", "≥3家"),
    ]
    assert (result.left_out, len(result.ids)) == ((), 4)


def test_that_lines_with_levels_fill_the_empty_lines_that_wait_there() -> None:
    project = declared(line("a", name=""), line("b", level2="质量指标"))
    changed = paste(project, "b", "name", [["数量指标", "甲", "1"], ["", "乙", "2"]], Form.DECLARATION)
    assert cells(changed, "id", "level1", "name", form=Form.DECLARATION) == [
        ("a", "产出指标", "甲"),
        ("new-1", "产出指标", "乙"),
        ("b", "产出指标", "指标b"),
    ]


_BOTH = ["产出指标", "数量指标", "甲", "≥1次"]


@pytest.mark.parametrize(
    ("rows", "left_out"),
    [
        ([["一级指标", "二级指标", "三级指标", "年度指标值"], _BOTH], ()),
        ([["绩效指标", "一级", "二级", "指标名称", "", "指标值", ""], ["", *_BOTH[:3], "", _BOTH[3], ""]], ()),
        ([["绩效指标", *_BOTH[:3], "", _BOTH[3], ""]], ()),
        ([["1", *_BOTH], ["2", "", "", "", ""]], ()),
        ([["附表"], ["一级指标", "二级指标", "三级指标", "指标值"], _BOTH], ("表头上面的 1 行没有粘贴",)),
        ([["二级指标", "三级指标", "指标值", "备注"], [*_BOTH[1:], "新增"]], ("“备注”没有粘贴",)),
        ([["二级指标", "三级指标", "指标值", ""], [*_BOTH[1:], "新增"]], ("“没有标题的一栏”没有粘贴",)),
        ([["二级指标", "三级指标", "指标值", "备注"], [*_BOTH[1:], ""]], ()),
        ([[*_BOTH, "多余"], ["合计", "", "", "", ""]], ("“合计”一行没有粘贴", "右边多出的 1 栏没有粘贴")),
        ([_BOTH, ["产出指标", "合计", "", "50"]], ("“产出指标”一行没有粘贴",)),
        ([["三级指标", "指标值", "二级指标"], [*_BOTH[2:], "数量指标"]], ()),
        ([[" 产出 指标（50分）", "数量\n指标", *_BOTH[2:]]], ()),
        ([["产出指标", "甲", "≥1次"]], ()),
        ([["三级指标", "指标值"], ["", ""], _BOTH[2:]], ()),
        ([["1", "甲", "≥1次"]], ()),
        ([["甲", "≥1次"], ["合计", ""], ["", ""]], ("“合计”一行没有粘贴",)),
        ([_BOTH, ["小计", "", "", ""], ["总分", "", "", ""]], ("“小计”一行没有粘贴", "“总分”一行没有粘贴")),
        (
            [["序号", "三级指标", "指标值"], ["1", "甲", "≥1次"], ["2", "", ""], ["", "合计", ""]],
            ("“合计”一行没有粘贴",),
        ),
        ([["1.产出指标", "1.1 数量指标", *_BOTH[2:]]], ()),
        ([["\ufeff一级指标", "二级指标", "三级指标\u200b", "指标值"], _BOTH], ()),
        ([["二级指标", "指标名称", "指标性质", "指标值", "度量单位"], ["数量指标", "甲", "≥", "1", "次"]], ()),
        ([["二级指标", "三级指标", "符号", "指标值"], ["数量指标", "甲", "", "≥1次"]], ()),
        (
            [["二级指标", "三级指标", "指标性质", "指标值"], ["数量指标", "甲", "定量", "≥1次"]],
            ("“定量”不是比较符，没有写进指标值",),
        ),
        (
            [["二级指标", "三级指标", "指标值", "单位"], ["数量指标", "甲", "≥1次", "个数"]],
            ("度量单位没有写进指标值",),
        ),
    ],
)
def test_that_a_block_is_recognised_by_its_headings_or_levels(rows: list[list[str]], left_out: tuple[str, ...]) -> None:
    result = pasted(declared(), "", "name", rows, Form.DECLARATION)
    changed = after(declared(), result.changes)
    assert cells(changed, "level1", "level2", "name", "target_text", form=Form.DECLARATION) == [tuple(_BOTH)]
    assert sorted(result.left_out) == sorted(left_out)


def test_that_the_columns_of_an_evaluation_keep_their_places_though_one_of_them_is_blank() -> None:
    rows = [["产出指标", "数量指标", "甲", ">=1次", "", "5", "", "因甲"], ["", "", "乙", ">=2次", "", "5", "", ""]]
    changed = paste(evaluated(), "", "name", rows)
    assert cells(changed, "name", "actual_text", "points", "deviation_reason") == [
        ("甲", "", "5", "因甲"),
        ("乙", "", "5", ""),
    ]


def test_that_headings_alone_or_blanks_change_nothing() -> None:
    for rows in ([["三级指标", "指标值"]], [["数量指标"]], [[""], ["", ""]], []):
        result = pasted(declared(line("a")), "", "name", rows, Form.DECLARATION)
        assert (result.changes, result.ids) == ((), ())
    assert pasted(declared(line("a")), "", "name", [], Form.DECLARATION).fields == ()


@pytest.mark.parametrize(
    "numbers", [("1", "2", "3"), ("7、", "8、", "9、"), ("（一）", "（二）", "（三）"), ("1", "2", "1")]
)
def test_that_the_numbers_of_rows_are_no_names(numbers: tuple[str, ...]) -> None:
    rows = [[number, name, "≥1次"] for number, name in zip(numbers, "甲乙丙", strict=True)]
    for start in ("", "a"):
        changed = paste(declared(line("a", name="")), start, "name", rows, Form.DECLARATION)
        named = [one for one in cells(changed, "name", "target_text", form=Form.DECLARATION) if one[0]]
        assert named == [("甲", "≥1次"), ("乙", "≥1次"), ("丙", "≥1次")]


def test_that_numbers_are_values_where_no_name_stands_beside_them() -> None:
    project = evaluated(evaluated_line("a"), evaluated_line("b"))
    assert cells(paste(project, "a", "points", [["1", "1"], ["2", "2"]]), "points", "score") == [("1", "1"), ("2", "2")]
    for rows in ([["1", "2次"], ["5", "3次"]], [["一", "≥2次"], ["二", "及时"]], [["1"], ["2"]]):
        changed = paste(declared(), "", "name", rows, Form.DECLARATION)
        assert cells(changed, "name", form=Form.DECLARATION) == [(row[0],) for row in rows]


def test_that_numbers_beside_names_are_no_names_in_a_form_of_many_columns() -> None:
    rows = [["1", "巡检次数", "≥1次"], ["2", "培训次数", "≥2次"]]
    changed = paste(evaluated(), "", "name", rows)
    assert cells(changed, "name", "target_text") == [("巡检次数", "≥1次"), ("培训次数", "≥2次")]


def test_that_a_heading_over_values_says_their_column_and_is_none_of_them() -> None:
    project = evaluated(evaluated_line("a"), evaluated_line("b"), evaluated_line("c", points="5"))
    changed = paste(project, "a", "name", [["分值", "实际完成值"], ["1", "1次"], ["", ""], ["3", "3次"], ["", ""]])
    assert cells(changed, "name", "points", "actual_text") == [
        ("指标a", "1", "1次"),
        ("指标b", "", ""),
        ("指标c", "3", "3次"),
    ]
    assert cells(paste(project, "a", "deviation_reason", [["分值"]]), "deviation_reason")[0] == ("分值",)


@pytest.mark.parametrize(
    ("selected", "rows", "expected"),
    [
        ((3, 2), [["5次", "6次"]], [("5次", "6次")] * 3),
        ((4, 1), [["5次"], ["6次"]], [("5次", "1"), ("6次", "2"), ("5次", "3"), ("6次", "4")]),
        ((2, 2), [["5次"], ["6次"]], [("5次", "5次"), ("6次", "6次")]),
        ((2, 2), [["5次", "6次"], ["7次"]], [("5次", "6次"), ("7次", "2")]),
        ((3, 1), [["5次"], ["6次"]], [("5次", "1"), ("6次", "2")]),
        ((2, 2), [["分值"], ["6"]], [("1次", "6"), ("2次", "6")]),
    ],
)
def test_that_a_block_goes_as_often_into_a_selection_as_that_is_a_whole_number_of_it(
    selected: tuple[int, int], rows: list[list[str]], expected: list[tuple[str, str]]
) -> None:
    lines = [evaluated_line(one, "≥1次", f"{at}次", str(at)) for at, one in enumerate("abcd", start=1)]
    target = Target("a", "actual_text", LEVELS, ("name", "target_text", "actual_text", "points"), selected)
    project = evaluated(*lines)
    result = edits.paste_block(project, Form.EVALUATION, target, rows, fresh_ids(), SETTINGS)
    found = cells(after(project, result.changes), "actual_text", "points")
    rest = [(f"{at}次", str(at)) for at in range(1, 5)]
    assert found == [*expected, *rest[len(expected) :]]


def test_that_one_level_of_ones_own_among_known_ones_makes_no_name_of_the_others() -> None:
    rows = [
        ["产出指标", "数量指标", "甲", "≥1次"],
        ["", "质量指标", "乙", "≥2次"],
        ["效益指标", "科普指标", "丙", "≥3次"],
    ]
    result = paste(evaluated(evaluated_line("a", "≥9次")), "a", "name", rows)
    found = cells(result, "level1", "level2", "name", "target_text")
    assert ("产出指标", "质量指标", "乙", "≥2次") in found
    assert ("效益指标", "科普指标", "丙", "≥3次") in found
    assert ("产出指标", "数量指标", "甲", "≥1次") in found


def test_that_filling_to_the_right_takes_the_first_cell_of_each_line_and_passes_over_lines_that_are_gone() -> None:
    project = evaluated(evaluated_line("a", "≥1次", "1次", "5"), evaluated_line("b", "≥2次", "2次", "6"))
    block = Block(("a", "gone", "b"), ("target_text", "actual_text"))
    filled = after(project, edits.fill_right(project, block, SETTINGS))
    assert cells(filled, "target_text", "actual_text", "points") == [("≥1次", "≥1次", "5"), ("≥2次", "≥2次", "6")]


def test_that_the_holes_of_a_block_are_neither_emptied_nor_filled() -> None:
    project = evaluated(evaluated_line("a", "≥1次", "1次"), evaluated_line("b", "≥2次", "2次"))
    block = Block(("a", "b"), ("target_text", "actual_text"), frozenset({("a", "actual_text"), ("b", "target_text")}))
    cleared = after(project, edits.clear_block(project, block, SETTINGS))
    assert cells(cleared, "target_text", "actual_text") == [("", "1次"), ("≥2次", "")]


def test_that_a_row_shorter_than_others_empties_no_cell_it_does_not_reach() -> None:
    lines = [evaluated_line(one, f"≥{at}次", f"{at}次", str(at)) for at, one in enumerate("abcd", start=1)]
    rows = [["≥9次", "9次"], ["≥8次"], [""], ["≥7次", "7次", "7"]]
    project = paste(evaluated(*lines), "a", "target_text", rows)
    found = cells(project, "target_text", "actual_text", "points")
    assert found == [("≥9次", "9次", "1"), ("≥8次", "2次", "2"), ("≥3次", "3次", "3"), ("≥7次", "7次", "7")]
    headed = [["三级指标", "年度指标值", "分值"], ["甲", "≥6次"], ["乙"]]
    project = paste(project, "a", "name", headed)
    assert cells(project, "name", "target_text", "points")[:2] == [("甲", "≥6次", "1"), ("乙", "≥8次", "2")]


def test_that_blank_rows_at_the_end_of_a_block_empty_no_cell() -> None:
    project = evaluated(evaluated_line("a"), evaluated_line("b", points="2"), evaluated_line("c", points="3"))
    assert cells(paste(project, "a", "points", [["9"], [""], [" "]]), "points") == [("9",), ("2",), ("3",)]


def test_that_a_second_level_of_ones_own_is_known_by_how_many_columns_follow() -> None:
    rows = [["产出指标", "自定指标", "甲", "≥1次"], ["", "", "乙", "≥2次"]]
    changed = paste(declared(), "", "name", rows, Form.DECLARATION)
    assert cells(changed, "level1", "level2", "name", form=Form.DECLARATION) == [
        ("产出指标", "自定指标", "甲"),
        ("产出指标", "自定指标", "乙"),
    ]


def test_that_a_share_with_the_unit_percent_is_asked_about() -> None:
    rows = [["三级指标", "指标值", "计量单位"], ["甲", "0.95", "%"], ["乙", "≥0.9", "%"]]
    assert pasted(declared(), "", "name", rows, Form.DECLARATION).left_out == (
        "度量单位是%，而数值小于1，请核对是否应乘以100",
    )


def test_that_a_name_that_reads_like_a_level_is_a_name_beside_others_that_are_none() -> None:
    changed = paste(declared(), "", "name", [["社会效益", "≥1项"], ["完成率", "≥90%"]], Form.DECLARATION)
    assert cells(changed, "name", "target_text", form=Form.DECLARATION) == [("社会效益", "≥1项"), ("完成率", "≥90%")]
    changed = paste(declared(), "", "name", [["成本指标", "≥1项"], ["完成率", "≥90%"]], Form.DECLARATION)
    assert cells(changed, "name", "target_text", form=Form.DECLARATION) == [("成本指标", "≥1项"), ("完成率", "≥90%")]


def test_that_values_fall_into_the_columns_as_they_stand_on_screen_and_into_cells_only() -> None:
    project = evaluated(evaluated_line("a"))
    target = Target("a", "points", LEVELS, ("name", "points", "computed", "actual_text", "target_text"))
    result = edits.paste_block(project, Form.EVALUATION, target, [["5", "1次", "≥1次"]], fresh_ids(), SETTINGS)
    assert result.fields == ("points", "actual_text", "target_text")
    changed = after(project, result.changes)
    assert cells(changed, "points", "actual_text", "target_text") == [("5", "1次", "≥1次")]


def test_that_a_first_level_of_its_own_brings_its_first_second_level() -> None:
    rows = [["效益指标", "社会效益指标", "甲"], ["满意度指标", "", "乙"], ["管理指标", "", "丙"]]
    headed = [["一级指标", "二级指标", "三级指标"], *rows]
    changed = paste(declared(), "", "name", headed, Form.DECLARATION)
    assert cells(changed, "level1", "level2", form=Form.DECLARATION) == [
        ("效益指标", "社会效益指标"),
        ("满意度指标", "服务对象满意度指标"),
        ("管理指标", "服务对象满意度指标"),
    ]


def test_that_a_form_takes_two_thousand_lines_and_what_is_more_is_told() -> None:
    rows = [["数量指标", f"指标{number}", "1"] for number in range(10_000)]
    result = pasted(declared(line("a")), "a", "name", rows, Form.DECLARATION)
    assert len(after(declared(line("a")), result.changes).indicators(Form.DECLARATION)) == LINES_LIMIT
    assert result.left_out == ("一张表最多 2000 条指标，多出的 8001 行没有粘贴",)
    full = declared(*(line(f"n{number}") for number in range(LINES_LIMIT + 1)))
    assert pasted(full, "n0", "name", rows[:1], Form.DECLARATION).ids == ()


def test_that_only_what_can_be_printed_is_pasted() -> None:
    changed = paste(declared(), "", "name", [["数量指标", "培训\x0b场次\x00", "1"]], Form.DECLARATION)
    assert cells(changed, "name", form=Form.DECLARATION) == [("培训\n场次",)]


def test_that_what_lies_right_of_the_last_column_is_dropped() -> None:
    changed = paste(evaluated(evaluated_line("a")), "a", "deviation_reason", [["说明", "多余"]])
    assert cells(changed, "deviation_reason", "level1") == [("说明", "产出指标")]


def test_that_a_block_for_an_unknown_column_or_form_changes_nothing() -> None:
    project = declared(line("a"))
    for form, field in ((Form.DECLARATION, "points"), (Form.EVALUATION, "name")):
        assert pasted(project, "a", field, [["x"]], form).changes == ()


def test_that_a_blank_row_among_names_is_no_line_and_shifts_no_cell_of_the_rows_below_it() -> None:
    project = evaluated(evaluated_line("a", ">=1次"), evaluated_line("b", ">=2次", deviation_reason="原有"))
    rows = [["甲", ">=1次", "1次", "5", "5", "因甲"], [""], ["丙", ">=3次", "2次", "5", "3.33", "因丙"]]
    changed = paste(project, "b", "name", rows)
    assert cells(changed, "id", "name", "deviation_reason") == [
        ("a", "指标a", ""),
        ("b", "指标b", "原有"),
        ("new-1", "甲", "因甲"),
        ("new-2", "丙", "因丙"),
    ]


def test_that_a_blank_row_in_a_block_pasted_on_an_empty_line_leaves_the_line_below_alone() -> None:
    project = evaluated(evaluated_line("a", name=""), evaluated_line("b", ">=2次", deviation_reason="原有"))
    rows = [["甲", ">=1次", "1次", "5", "5", "因甲"], ["", ""], ["丙", ">=3次", "2次", "5", "3.33", "因丙"]]
    changed = paste(project, "a", "name", rows)
    assert cells(changed, "id", "name", "deviation_reason") == [
        ("a", "甲", "因甲"),
        ("new-1", "丙", "因丙"),
        ("b", "指标b", "原有"),
    ]


def test_that_a_block_can_be_pasted_under_a_level_as_its_new_lines() -> None:
    project = evaluated(evaluated_line("a"), evaluated_line("b", level1="效益指标", level2="社会效益指标"))
    rows = [["甲", ">=1次", "", "", "", "因甲"], ["", ""], ["乙", ">=2次", "", "", "", "因乙"]]
    levels = ("产出指标", "质量指标")
    changed = after(project, pasted(project, "", "name", rows, levels=levels).changes)
    assert cells(changed, "id", "level2", "name", "deviation_reason") == [
        ("a", "数量指标", "指标a", ""),
        ("new-1", "质量指标", "甲", "因甲"),
        ("new-2", "质量指标", "乙", "因乙"),
        ("b", "社会效益指标", "指标b", ""),
    ]


def test_that_one_text_goes_into_every_cell_of_a_selection_and_a_block_from_its_corner_on() -> None:
    project = evaluated(evaluated_line("a"), evaluated_line("b"), evaluated_line("c"))
    block = Block(("a", "b"), ("actual_text", "points"))
    one = after(project, edits.write_everywhere(project, block, "5", SETTINGS))
    assert cells(one, "actual_text", "points") == [("5", "5"), ("5", "5"), ("", "")]
    two = paste(project, "a", "actual_text", [["5"], ["6"], ["7"]])
    assert cells(two, "actual_text", "points") == [("5", ""), ("6", ""), ("7", "")]


def test_that_filling_down_copies_the_first_cell_of_each_column() -> None:
    project = evaluated(
        evaluated_line("a", "≥1次", points="5"),
        evaluated_line("b", points="3"),
        evaluated_line("c"),
        evaluated_line("d", points="1"),
    )
    changed = after(project, edits.fill_block(project, Block(("a", "b", "c"), ("target_text", "points")), SETTINGS))
    assert cells(changed, "target_text", "points") == [("≥1次", "5")] * 3 + [("", "1")]
    assert edits.fill_block(project, Block((), ("points",)), SETTINGS) == ()


def test_that_filling_a_level_down_takes_the_lines_along_and_clearing_leaves_it() -> None:
    project = evaluated(
        evaluated_line("a", level2="质量指标"),
        evaluated_line("b", level1="效益指标", level2="社会效益指标", points="3"),
    )
    block = Block(("a", "b"), ("level1", "level2", "points"))
    changed = after(project, edits.fill_block(project, block, SETTINGS))
    assert cells(changed, "id", "level2", "points") == [("a", "质量指标", ""), ("b", "质量指标", "")]
    cleared = after(project, edits.clear_block(project, block, SETTINGS))
    assert cells(cleared, "level2", "points") == [("质量指标", ""), ("社会效益指标", "")]


def test_that_filling_down_asks_for_lines_that_are_there() -> None:
    project = evaluated(evaluated_line("a"))
    assert edits.fill_block(project, Block(("gone", "a"), ("points",)), SETTINGS) == ()


def test_that_filling_one_line_down_takes_the_line_above_and_the_first_line_nothing() -> None:
    project = evaluated(evaluated_line("a", points="5"), evaluated_line("b", points="3"))
    changed = after(project, edits.fill_block(project, Block(("b",), ("points",)), SETTINGS))
    assert cells(changed, "points") == [("5",), ("5",)]
    assert edits.fill_block(project, Block(("a",), ("points",)), SETTINGS) == ()


def test_that_clearing_empties_cells_and_keeps_the_lines() -> None:
    project = evaluated(evaluated_line("a", ">=1次", "1次", "5"), evaluated_line("b", "", "2次", "5"))
    changes = edits.clear_block(project, Block(("a", "b"), ("target_text", "actual_text")), SETTINGS)
    assert len(changes) == 3
    changed = after(project, changes)
    assert cells(changed, "id", "target_text", "actual_text", "points") == [("a", "", "", "5"), ("b", "", "", "5")]


def test_that_lines_move_within_their_level_only_and_all_or_none() -> None:
    project = evaluated(
        evaluated_line("a"), evaluated_line("b"), evaluated_line("c"), evaluated_line("d", level2="质量指标")
    )
    up = edits.move_within_level(project, ["b", "c"], -1, SETTINGS)
    assert names(after(project, up)) == ["b", "c", "a", "d"]
    down = edits.move_within_level(project, ["b", "a"], 1, SETTINGS)
    assert names(after(project, down)) == ["c", "a", "b", "d"]
    for ids, delta in ((["a"], -1), (["b", "c"], 1), (["d"], 1), (["gone"], 1)):
        assert edits.move_within_level(project, ids, delta, SETTINGS) == ()


def test_that_a_line_added_after_another_has_its_levels() -> None:
    project = evaluated(evaluated_line("a", level2="质量指标"), evaluated_line("b"))
    changed = after(project, edits.add_beside(project, "a", EvaluatedIndicator("x"), SETTINGS, above=False))
    assert cells(changed, "id", "level2", "name") == [
        ("a", "质量指标", "指标a"),
        ("x", "质量指标", ""),
        ("b", "数量指标", "指标b"),
    ]
    above = after(project, edits.add_beside(project, "b", EvaluatedIndicator("x"), SETTINGS, above=True))
    assert cells(above, "id", "level2")[1] == ("x", "数量指标")
    assert edits.add_beside(project, "gone", EvaluatedIndicator("x"), SETTINGS, above=True) == ()


def _figures(project: Project) -> dict[str, tuple[str, object]]:
    """Every printed figure of a self-evaluation with the one that is computed for it."""
    assert project.of(Evaluation) is not None
    score = score_evaluation(evaluation_of(project), SETTINGS, project.year)
    figures: dict[str, tuple[str, object]] = {
        line.indicator_id: (one.score, line.computed)
        for one, line in zip(evaluation_of(project).indicators, score.lines, strict=True)
    }
    return figures | {"total": (evaluation_of(project).total_score, score.total)}


@given(st.data())
def test_that_no_block_leaves_a_stale_printed_figure_and_undo_restores_every_cell(data: st.DataObject) -> None:
    lines = (
        evaluated_line("a", ">=1次", "1次", "5", score="5"),
        evaluated_line("b", ">=2次", "1次", "5", score="2.5"),
        evaluated_line("c", name=""),
    )
    project = evaluated(*lines[: data.draw(st.integers(1, 3))], execution_points="", total_score="7.50")
    value = st.sampled_from(["", "1次", ">=3次", "5", "x"])
    columns = ["name", "target_text", "actual_text", "points"]
    rows = data.draw(st.lists(st.lists(value, min_size=1, max_size=3), min_size=1, max_size=4))
    ids = tuple(data.draw(st.lists(st.sampled_from(names(project)), min_size=1, unique=True)))
    at = data.draw(st.integers(0, len(columns) - 1))
    block = Block(ids, tuple(columns[at : at + 2]))
    match data.draw(st.sampled_from(["over", "under", "fill", "clear"])):
        case "over":
            changes = pasted(project, block.ids[0], block.fields[0], rows).changes
        case "under":
            changes = pasted(project, "", "name", rows, levels=("产出指标", "质量指标")).changes
        case "fill":
            changes = edits.fill_block(project, block, SETTINGS)
        case _:
            changes = edits.clear_block(project, block, SETTINGS)
    old, new = _figures(project), _figures(after(project, changes))
    for key, (printed, computed) in new.items():
        was = old.get(key)
        if was is not None and was[0] == printed != "" and parse_points(printed) == was[1]:
            assert computed == was[1]


@given(st.data())
def test_that_pasting_inserting_moving_and_deleting_can_all_be_undone(data: st.DataObject) -> None:
    start = project = evaluated(
        evaluated_line("a", ">=1次", "1次", "5", score="5"), evaluated_line("b", "完善"), total_score="5.00"
    )
    ids = fresh_ids()
    gestures: list[tuple[ProjectChange, ...]] = []
    columns = [cell.name for cell in FORMS[Form.EVALUATION].columns]
    blocks = st.lists(st.lists(texts, min_size=1, max_size=4), max_size=4)
    for _step in range(data.draw(st.integers(1, 6))):
        line_id = st.sampled_from([*names(project), "gone"])
        what = data.draw(st.sampled_from(["paste", "insert", "move", "delete", "sort", "type"]))
        changes: tuple[ProjectChange, ...] = ()
        match what:
            case "paste":
                target = Target(data.draw(st.just("") | line_id), data.draw(st.sampled_from(columns)), LEVELS)
                rows = data.draw(blocks)
                changes = edits.paste_block(project, Form.EVALUATION, target, rows, ids, SETTINGS).changes
            case "insert":
                position = data.draw(st.integers(-1, 9))
                changes = edits.insert_line(project, Form.EVALUATION, position, EvaluatedIndicator(next(ids)), SETTINGS)
            case "move":
                changes = edits.move_line(project, data.draw(line_id), data.draw(st.integers(-3, 3)), SETTINGS)
            case "delete":
                changes = edits.delete_lines(project, data.draw(st.lists(line_id, max_size=2)), SETTINGS)
            case "sort":
                changes = edits.sort_indicators(project, Form.EVALUATION, SETTINGS)
            case "type" if names(project):
                chosen = data.draw(st.sampled_from(names(project)))
                cell = data.draw(st.sampled_from(columns))
                changes = edits.set_cell(project, Part.INDICATOR, chosen, cell, data.draw(texts), SETTINGS)
        project = after(project, changes)
        gestures.append(changes)
    for changes in reversed(gestures):
        project = apply_all(project, undo(changes))
    assert project == start
