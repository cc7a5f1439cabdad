from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from model.bundle import explanations_sheet
from model.findings import Finding, Place, Severity
from model.records import Form, Project
from model.settings import Settings
from model.sheets import evaluation_summary_sheet, summary_sheet
from tests.model.sheet_reading import declared, evaluated, evaluated_line, every_place_once, grid, line, many_lines

LEVELS = [("成本指标", "经济成本指标", 1), ("产出指标", "数量指标", 2), ("效益指标", "社会效益指标", 1)]
AMOUNTS = {"total_requested": "1500000", "fiscal_current": "1,400,000.00", "carried_over": "100000", "other": "0"}


def finding(severity: Severity, form: Form = Form.DECLARATION, **more: Any) -> Finding:
    return Finding("DEC-014", severity, "年度总体目标过短。", Place(form, "annual_goal"), **more)


def numbered(projects: Sequence[Project]) -> list[Project]:
    return [replace(project, id=f"p{number}") for number, project in enumerate(projects)]


def test_that_the_list_of_goals_has_the_columns_of_the_specification_and_sums_them() -> None:
    projects = numbered(
        [
            declared(
                *many_lines(line, LEVELS), project_nature="其他一次性项目", project_category="特定目标类", **AMOUNTS
            ),
            declared(name="历年结余", total_requested="0.01", annual_goal="目" * 70, carried_over="不详"),
        ]
    )
    sheet = summary_sheet(projects, Settings(), 2026, findings={"p1": [finding(Severity.ERROR)]})
    assert grid(sheet) == [
        ["上海科学技术交流中心2026年度项目绩效目标汇总表", *[""] * 13],
        ["金额单位：元", *[""] * 13],
        [
            *("序号", "项目名称", "项目性质", "项目类别", "年度资金申请总额"),
            *("其中", "", "", "指标数", "", "", "", "年度总体目标", "状态"),
        ],
        [*[""] * 5, "当年财政拨款", "上年结转资金", "其他资金", "成本", "产出", "效益", "满意度", "", ""],
        [
            *("1", "信息化运维项目", "其他一次性项目", "特定目标类"),
            *("1,500,000.00", "1,400,000.00", "100,000.00", "0.00", "1", "2", "1", "0", "", "完整"),
        ],
        ["2", "历年结余", "", "", "0.01", "", "不详", "", "0", "0", "0", "0", "目" * 60 + "…", "有错误（1）"],
        [
            *("合计（2个项目）", "", "", ""),
            *("1,500,000.01", "1,400,000.00", "—", "0.00", "1", "2", "1", "0", "", ""),
        ],
    ]
    assert every_place_once(sheet)
    assert sheet.landscape
    assert sheet.header_rows == (2, 3)


def test_that_a_list_sums_no_column_in_which_a_total_cannot_be_computed() -> None:
    evaluations = [
        evaluated(adjusted_total="100", executed_total="90"),
        evaluated(adjusted_total="100", executed_total="", executed_other="若干"),
        evaluated(),
    ]
    sums = grid(evaluation_summary_sheet(numbered(evaluations), Settings(), 2026))[-1]
    assert sums[2:5] == ["0.00", "200.00", "—"]


def test_that_the_goal_in_the_list_is_whole_up_to_sixty_characters() -> None:
    sheet = summary_sheet([declared(annual_goal="目" * 60)], Settings(), 2026)
    assert grid(sheet)[4][12] == "目" * 60


def test_that_historic_names_of_a_level_are_counted_with_it() -> None:
    sheet = summary_sheet([declared(line("满意度", "服务对象满意度", "甲"))], Settings(), 2026)
    assert grid(sheet)[4][8:12] == ["0", "0", "0", "1"]


def test_that_the_unit_of_the_title_line_is_the_one_in_the_settings_or_the_one_most_projects_name() -> None:
    projects = [declared(), declared(), replace(declared(), unit="上海科学技术交流中 心")]
    assert summary_sheet(projects, Settings(), 2026).title == "上海科学技术交流中心2026年度项目绩效目标汇总表"
    own = summary_sheet(projects, Settings(unit_name="上海市科技创业中心"), 2026)
    assert own.title == "上海市科技创业中心2026年度项目绩效目标汇总表"


def test_that_a_long_list_is_cut_into_pages_and_repeats_its_header() -> None:
    sheet = summary_sheet(numbered([declared(annual_goal="目" * 60)] * 57), Settings(), 2026, draft=True)
    assert len(sheet.page_starts) > 3
    assert len(sheet.rows) - 1 not in sheet.page_starts
    assert sheet.title.endswith("汇总表")
    assert grid(sheet)[0][0].endswith("汇总表（草稿）")


def test_that_the_list_of_self_evaluations_has_totals_grades_and_the_mean() -> None:
    lines = [evaluated_line("产出指标", "数量指标", "甲", ">=10个", actual_text="9个", points="90")]
    money = {"initial_total": "1000", "adjusted_total": "1000.00", "executed_total": "1000"}
    projects = numbered([evaluated(*lines, **money), evaluated(name="乙", total_score="100", **money), evaluated()])
    errors = {"p1": [finding(Severity.ERROR, Form.EVALUATION), finding(Severity.ERROR, Form.DECLARATION)]}
    sheet = evaluation_summary_sheet(projects, Settings(), 2022, findings=errors)
    rows = grid(sheet)
    assert sheet.title == "上海科学技术交流中心2022年度项目绩效自评汇总表"
    amounts = ["1,000.00", "1,000.00", "1,000.00"]
    assert rows[3] == ["1", "信息化运维项目", *amounts, "100.00%", "1", "100", "91.00", "优", "已自评"]
    assert rows[4][7:9] == ["10", "100.00"]
    assert rows[4][10] == "有错误（1）"
    assert rows[5][8:] == ["", "", "草稿"]
    assert rows[6] == ["合计（3个项目）", "", "2,000.00", "2,000.00", "2,000.00", "", "1", "平均分", "95.50", "", ""]
    assert every_place_once(sheet)


def test_that_explanations_name_project_form_place_problem_and_words() -> None:
    indicator = line("产出指标", "数量指标", "故障数", "<3次")
    project = declared(indicator, name="运维")
    place = Place(Form.DECLARATION, "target_text", indicator.id)
    closed = Finding("VAL-022", Severity.WARNING, "方向疑似错误。", place, explanation="经核对无误。")
    sheet = explanations_sheet([(project, closed), (project, finding(Severity.WARNING, explanation="目标简单。"))])
    assert grid(sheet)[1:] == [
        ["序号", "项目名称", "表", "位置", "问题", "出错说明"],
        ["1", "运维", "目标申报", "“故障数”年度指标值", "方向疑似错误。", "经核对无误。"],
        ["2", "运维", "目标申报", "年度总体目标", "年度总体目标过短。", "目标简单。"],
    ]
    assert every_place_once(sheet)
