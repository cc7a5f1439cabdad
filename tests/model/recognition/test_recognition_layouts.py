from __future__ import annotations

import re
from dataclasses import fields
from typing import Any, cast

import pytest

from model.recognition import RecognisedForm, labels, recognise_forms, why_no_form
from model.recognition.figures import is_dash
from model.recognition.readings import title_kind
from model.records import Declaration, Evaluation, Form
from tests.model import layouts
from tests.model.layouts import drawn

READ = [
    layouts.NATIONAL_DECLARATION,
    layouts.SICHUAN,
    layouts.HUBEI,
    layouts.CHONGQING,
    layouts.TWO_ON_A_SHEET,
    layouts.POINTS_IN_LABELS,
    layouts.TWO_HEADING_ROWS,
    layouts.MERGED_GOALS,
    layouts.ONE_GOAL_BELOW,
    layouts.LEFT_OVER_ROWS,
]
TABLES = (
    *(labels.HEADER, labels.DECLARATION, labels.YEAR_AMOUNTS, labels.LIFE_AMOUNTS, labels.SOURCES, labels.LINES),
    *(labels.MONEY_COLUMNS, labels.DECLARED_GOALS, labels.EVALUATED_GOALS),
)


def only(layout: str) -> RecognisedForm:
    (form,) = recognise_forms(drawn(layout))
    assert form.problem is None
    return form


def declaration(form: RecognisedForm) -> Declaration:
    assert isinstance(form.content, Declaration)
    return form.content


def evaluation(form: RecognisedForm) -> Evaluation:
    assert isinstance(form.content, Evaluation)
    return form.content


def told(form: RecognisedForm) -> dict[str, tuple[str, ...]]:
    """What is said of a form, and the texts it is said of."""
    said: dict[str, tuple[str, ...]] = {}
    for doubt in form.doubts:
        said[doubt.what] = said.get(doubt.what, ()) + tuple(text for _, text in doubt.cells)
    return said


def lines(form: RecognisedForm, *names: str) -> list[tuple[str, ...]]:
    return [tuple(getattr(line, name) for name in names) for line in form.content.indicators]


def is_label(text: str) -> bool:
    core = text.split("：", maxsplit=1)[0].split(":", maxsplit=1)[0]
    return (
        any(labels.looked_up(one, table) for one in (text, core) for table in TABLES)
        or labels.is_one_of(text, labels.FURNITURE | labels.TOTALS | labels.YEAR_LABELS)
        or bool(title_kind(text))
        or is_dash(text)
        or text in ("单位：元", "附件1", "附件2")
        or bool(re.fullmatch(r"（\d{4}年度?）", text))
    )


@pytest.mark.parametrize("layout", READ)
def test_that_no_cell_is_lost_without_a_word(layout: str) -> None:
    forms = recognise_forms(drawn(layout))
    words = [text for form in forms for texts in told(form).values() for text in texts]
    taken = "\n".join(
        str(getattr(record, spec.name))
        for form in forms
        for record in (form, form.content, *form.content.indicators)
        for spec in fields(cast("Any", record))
        if spec.name not in ("content", "doubts", "indicators")
    )
    converted = "".join(what for form in forms for what in told(form))
    lost = [
        text
        for (_, column), text in drawn(layout).texts.items()
        if not (column == 0 and text.isdigit())  # the number of a line
        if text not in words and text not in taken and not is_label(text) and text.replace(",", "") not in taken
    ]
    assert [text for text in lost if text not in converted] == []


def test_that_the_national_declaration_comes_in_with_its_ten_thousands_converted() -> None:
    form = only(layouts.NATIONAL_DECLARATION)
    assert (form.kind, form.year, form.project_name, form.department, form.unit) == (
        *(Form.DECLARATION, 2021, "某市食品抽检经费", "某市市场监督管理局", "某市食品检验所"),
    )
    content = declaration(form)
    assert (content.total_requested, content.fiscal_current, content.other) == ("1205000", "1000000", "205000")
    assert content.annual_goal == "完成全年抽检任务。"
    assert lines(form, "level1", "level2", "target_text")[3] == ("产出指标", "成本指标", "≤120.5万元")
    assert told(form) == {"金额以万元为单位，已依次换算成1205000、1000000、205000元，请核对": ("120.5", "100", "20.5")}


def test_that_targets_in_three_columns_are_joined_and_what_does_not_fit_is_told() -> None:
    form = only(layouts.SICHUAN)
    assert lines(form, "target_text", "actual_text", "score", "deviation_reason") == [
        ("≥20台", "22", "20", ""),
        ("＝100%", "100", "20", ""),
        ("优良中低差", "优", "18", "到货偏晚"),
        ("好坏", "好", "20", ""),
        ("≥0.9%", "95", "10", ""),
    ]
    assert told(form)["不是比较符，没有写进指标值"] == ("定性", "定性")
    assert told(form)["度量单位是%，而数值小于1，请核对是否应乘以100"] == ("0.9",)
    assert evaluation(form).expected_goal == "保障设备更新。"
    assert evaluation(form).actual_completion == "已更新。"
    assert (evaluation(form).total_points, evaluation(form).total_score) == ("100", "98")


def test_that_rows_of_money_without_a_place_are_shown_with_their_figures() -> None:
    form = only(layouts.SICHUAN)
    rest = [[text for _, text in doubt.cells] for doubt in form.doubts if doubt.what == "没有对应的栏目，没有导入"]
    assert ["财政专户管理资金", "0", "1", "2", "/", "/"] in rest
    assert ["评价结论", "项目达到预期。"] in rest
    assert ["项目负责人：张三", "财务负责人：李四"] in rest
    assert (evaluation(form).initial_total, evaluation(form).executed_fiscal_current) == ("500000", "488000")


def test_that_the_headings_of_hubei_are_understood() -> None:
    form = only(layouts.HUBEI)
    content = evaluation(form)
    assert (form.year, form.unit, form.department) == (2020, "某市园林局", "某市园林局")
    assert (content.adjusted_total, content.executed_total, content.execution_score) == ("3000000", "2700000", "18")
    assert lines(form, "target_text", "actual_text", "score") == [("1万株", "1.1万株", "40"), ("45%", "46%", "38")]
    assert ("项目实施单位", "绿化处") in told(form).values()


def test_that_a_table_without_levels_and_with_strange_columns_is_read_and_the_columns_named() -> None:
    form = only(layouts.CHONGQING)
    assert (form.year, form.department, form.unit) == (2021, "某区教委", "某校")
    assert lines(form, "name", "target_text", "actual_text", "points", "score") == [
        ("接入教室数", "≥30间", "31", "50", "50"),
        ("在线率", "≥99%", "98.5", "40", "39.2"),
    ]
    for heading, texts in (("调整指标值", ("28",)), ("得分系数（%）", ("100", "98")), ("是否核心指标", ("是", "否"))):
        assert told(form)[f"本程序的表没有“{heading}”一栏，其中的内容没有导入"] == (heading, *texts)


def test_that_several_forms_on_one_sheet_are_told_apart() -> None:
    first, second = recognise_forms(drawn(layouts.TWO_ON_A_SHEET))
    assert (first.project_name, second.project_name) == ("甲项目", "乙项目")
    assert (evaluation(first).executed_total, evaluation(second).executed_total) == ("900.50", "5")
    assert told(first) == {"没有对应的栏目，没有导入": ("填表人：王五",)}
    assert second.year == 2024
    assert told(second) == {"没有写明年度，按上一张表的2024年度导入，请核对": ()}


def test_that_points_in_labels_labels_with_their_texts_and_other_words_for_headings_are_understood() -> None:
    form = only(layouts.POINTS_IN_LABELS)
    assert (form.year, form.project_name, form.unit) == (2022, "暖通改造", "某市学校")
    assert lines(form, "level1", "level2", "target_text", "actual_text", "points", "score") == [
        ("产出指标", "数量指标", "≥500平方米", "520平方米", "20", "20"),
        ("产出指标", "质量指标", "100%", "100%", "30", "30"),
        ("效益指标", "社会效益指标", "改善", "改善", "30", "28"),
        ("满意度指标", "满意度指标", "≥90%", "92%", "10", "10"),
    ]
    assert evaluation(form).total_score == "98"
    assert "表上没有写明金额单位，按元导入，请核对" in told(form)
    assert told(form)["金额栏中的短横等按空白导入"] == ("—", "—", "—")
    assert told(form)["本程序的表没有“备注”一栏，其中的内容没有导入"] == ("备注", "见附件")
    assert told(form)["栏目名称中的分值没有导入，名称已按标准写法导入"] == (
        *("产出指标(50分)", "数量指标(20分)", "质量指标（30分）", "效益指标（30分）", "满意度指标10分"),
    )


def test_that_headings_in_two_rows_are_put_together() -> None:
    form = only(layouts.TWO_HEADING_ROWS)
    assert lines(form, "target_text", "actual_text", "points", "score", "deviation_reason") == [
        ("≧735人次", "735", "50", "50", ""),
        ("═100%", "98%", "40", "39", "宣传不足"),
    ]
    assert (evaluation(form).total_points, evaluation(form).total_score) == ("100", "99")
    assert evaluation(form).adjusted_fiscal_current == "387664.62"
    assert told(form) == {}


def test_that_goals_in_several_rows_are_joined_and_short_levels_kept_as_typed() -> None:
    form = only(layouts.MERGED_GOALS)
    content = declaration(form)
    assert content.overall_goal == "目标1：除险\n目标2：验收"
    assert content.annual_goal == "目标1：开工\n目标2：完成主体"
    assert (content.project_total, content.total_requested) == ("9000000.00", "3000000.00")
    assert (content.project_fiscal, content.fiscal_current) == ("9000000.00", "3000000.00")
    assert lines(form, "level1", "level2", "name", "target_text") == [
        ("产出", "数量", "除险座数", "1座"),
        ("效益", "社会效益", "受益人口", "≥2万人"),
    ]
    assert told(form) == {"没有对应的栏目，没有导入": ("项目属性", "延续项目")}


def test_that_a_goal_alone_below_its_label_is_read() -> None:
    form = only(layouts.ONE_GOAL_BELOW)
    assert declaration(form).annual_goal == "新增图书2000册，满足阅读需要。"
    assert declaration(form).total_requested == "50000"
    assert told(form) == {}


def test_that_whatever_has_no_place_in_a_declaration_is_told_row_by_row() -> None:
    form = only(layouts.LEFT_OVER_ROWS)
    assert told(form)["本程序的表没有“指标解释”一栏，其中的内容没有导入"] == ("指标解释", "按清册计数")
    rest = [[text for _, text in doubt.cells] for doubt in form.doubts if doubt.what == "没有对应的栏目，没有导入"]
    assert rest == [
        ["项目编码", "3101-2026-001", "联系人", "赵六"],
        ["财政专户", "500"],
        ["注：本表由项目单位填报"],
    ]
    assert declaration(form).total_requested == "80000.00"


def test_that_a_form_whose_values_stand_under_unknown_headings_is_not_half_read() -> None:
    (form,) = recognise_forms(drawn(layouts.UNKNOWN_TARGET))
    assert form.problem is not None
    assert form.problem.what.startswith("没有找到“年度指标值”“实际完成值”一栏")
    assert [text for _, text in form.problem.cells] == ["考核标准", "考核结果"]


def test_that_the_form_of_a_whole_department_is_named_and_not_read() -> None:
    assert recognise_forms(drawn(layouts.DEPARTMENT)) == ()
    assert why_no_form(drawn(layouts.DEPARTMENT)) == "是“部门整体支出绩效自评表”，本程序没有这种表"


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("财政项目支出绩效自评表", "evaluation"),
        ("2019年度项目支出绩效自评表（草稿）", "evaluation"),
        ("项目 支出 绩效 自评价表", "evaluation"),
        ("附件3：某省省级预算项目支出绩效目标申报表（一次性项目）", "declaration"),
        ("项目绩效目标表", "declaration"),
        ("项目支出绩效运行监控表", None),
        ("部门整体支出绩效目标申报表", None),
        ("项目绩效目标汇总表", None),
        ("请填写绩效自评表并于三月前报送", None),
    ],
)
def test_that_titles_are_told_apart(title: str, kind: str | None) -> None:
    assert title_kind(title) == kind


def test_that_very_many_rows_without_a_place_are_told_together() -> None:
    form = only(layouts.LEFT_OVER_ROWS + "\n".join(f"说明{number}" for number in range(100)))
    assert len(form.doubts) < 60
    rest = [doubt for doubt in form.doubts if doubt.what == "另有53行没有对应的栏目，没有导入"]
    assert [text for _, text in rest[0].cells] == [f"说明{number}" for number in range(47, 100)]


def changed(layout: str, before: str, after: str) -> RecognisedForm:
    assert before in layout
    return only(layout.replace(before, after))


def test_that_two_units_of_money_on_one_form_are_told_with_the_one_that_counts() -> None:
    form = changed(layouts.MERGED_GOALS, "单位：元", "项目资金（元）|单位：万元")
    assert declaration(form).total_requested == "3000000.00"
    assert told(form)["表上同时写有元和万元，按元导入，请核对"] == ("单位：万元", "项目资金（元）")


def test_that_an_amount_with_its_own_unit_is_converted_alone() -> None:
    form = changed(layouts.MERGED_GOALS, "年度资金总额|3,000,000.00", "年度资金总额|300.5万元")
    assert (declaration(form).total_requested, declaration(form).fiscal_current) == ("3005000", "3000000.00")
    assert told(form)["金额以万元为单位，已依次换算成3005000元，请核对"] == ("300.5万元",)


def test_that_words_among_amounts_in_ten_thousands_stay_as_written() -> None:
    form = changed(layouts.NATIONAL_DECLARATION, "|其他资金|20.5|", "|其他资金|约20|")
    assert declaration(form).other == "约20"
    assert told(form)["金额以万元为单位，这里不是数，没有换算，按原文导入，请改成以元为单位的数"] == ("约20",)


def test_that_marks_and_rates_typed_as_texts_are_read() -> None:
    form = changed(layouts.TWO_HEADING_ROWS, "|10|100%|10||", "|10分|86.2|8.62 分||")
    content = evaluation(form)
    assert (content.execution_points, content.execution_rate, content.execution_score) == ("10", "86.2%", "8.62")
    assert told(form) == {"读作86.2%，请核对": ("86.2",)}


def test_that_a_heading_that_stands_twice_is_told_with_its_column() -> None:
    form = changed(layouts.POINTS_IN_LABELS, "|备注\n", "|得分\n")
    assert told(form)["“得分”一栏不止一处，其中的内容没有导入"] == ("得分", "见附件")
