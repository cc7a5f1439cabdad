from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from model.settings import Settings
from model.sheets import CellStyle, evaluation_sheet
from tests.model.sheet_reading import cell_of, evaluated, evaluated_line, every_place_once, grid, many_lines, row_of

LINES = (
    evaluated_line("产出指标", "数量指标", "有效工单量", "≥4万个", actual_text="67818个", points="50"),
    evaluated_line("产出指标", "时效指标", "系统响应时间", "<2秒", actual_text="21ms", points="30"),
    evaluated_line(
        "满意度指标", "服务对象满意度指标", "用户满意度", ">=90%", actual_text="81%", points="10.0", score="9.5"
    ),
)
FILLED = {
    "initial_total": "296272",
    "initial_fiscal_current": "296,272.00",
    "initial_carried_over": "0",
    "initial_other": "",
    "adjusted_total": "296272.00",
    "adjusted_fiscal_current": "296272",
    "adjusted_carried_over": "0",
    "adjusted_other": "0.00",
    "executed_total": "1965608.78",
    "executed_fiscal_current": "1965608.78",
    "executed_carried_over": "0",
    "executed_other": "0",
    "expected_goal": "热线全年不中断。",
    "actual_completion": "热线全年未中断。",
}


def test_that_the_evaluation_is_laid_out_as_the_official_form_to_the_cell() -> None:
    project = evaluated(*LINES, **FILLED, execution_rate="100.00%", execution_score="10", total_score="99.5")
    sheet = evaluation_sheet(project, Settings())
    assert grid(sheet) == [
        ["财政项目支出绩效自评表", *[""] * 8],
        ["（2022年度）", *[""] * 8],
        ["项目名称", "信息化运维项目", *[""] * 7],
        ["主管部门", "上海市科学技术委员会", "", "", "实施单位", "上海科学技术交流中心", "", "", ""],
        ["项目资金（元）", "", "", "年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分"],
        ["", "年度资金总额", "", "296272.00", "296272.00", "1,965,608.78", "10", "100.00%", "10"],
        ["", "其中：当年财政拨款", "", "296272", "296272", "1965608.78", "—", "", ""],
        ["", "上年结转资金", "", "", "0", "0", "—", "", ""],
        ["", "其他资金", "", "", "0", "0", "—", "", ""],
        ["年度总体目标", "预期目标", "", "", "实际完成情况", "", "", "", ""],
        ["", "热线全年不中断。", "", "", "热线全年未中断。", "", "", "", ""],
        [
            "绩效指标",
            "一级指标",
            "二级指标",
            "三级指标",
            "年度指标值",
            "实际完成值",
            "分值",
            "得分",
            "偏差原因分析及改进措施",
        ],
        ["", "产出指标", "数量指标", "有效工单量", ">=4万个", "67818个", "50", "50", ""],
        ["", "", "时效指标", "系统响应时间", "<2秒", "21ms", "30", "30", ""],
        ["", "满意度指标", "服务对象满意度指标", "用户满意度", ">=90%", "81%", "10", "9.5", ""],
        ["总分", "", "", "", "", "", "100", "99.50", ""],
    ]
    assert every_place_once(sheet)


def test_that_a_carried_over_initial_budget_prints_unless_it_is_zero() -> None:
    printed = grid(evaluation_sheet(evaluated(initial_carried_over="500000.00", initial_other="0.00"), Settings()))
    assert (printed[7][3], printed[8][3]) == ("500000", "")


def test_that_computed_figures_print_where_nothing_was_typed() -> None:
    project = evaluated(*(replace(one, score="") for one in LINES), **{**FILLED, "executed_total": "250000"})
    printed = grid(evaluation_sheet(project, Settings()))
    assert printed[5][6:] == ["10", "84.39%", "8.44"]
    assert [row[7] for row in printed[12:15]] == ["50", "30", "9"]
    assert printed[-1][6:8] == ["100", "97.44"]


def test_that_scores_and_total_stay_blank_while_a_line_waits_for_its_actual_value() -> None:
    lines = (LINES[0], replace(LINES[1], actual_text=""))
    printed = grid(evaluation_sheet(evaluated(*lines, **FILLED), Settings()))
    assert [row[7] for row in printed[12:14]] == ["50", ""]
    assert printed[-1][7] == ""


def test_that_points_with_a_third_decimal_and_words_print_as_typed() -> None:
    lines = (replace(LINES[0], points="3.125", score="待定"),)
    printed = grid(evaluation_sheet(evaluated(*lines), Settings()))
    assert printed[12][6:8] == ["3.125", "待定"]


def test_that_a_deviation_reason_stands_in_the_last_column_which_is_wide_then() -> None:
    reason = "上半年部分活动改为线上举办，参加人数少于预期；今后将提前制定线上线下结合的预案，按季度跟踪工作进度。"
    without = evaluation_sheet(evaluated(*LINES), Settings())
    sheet = evaluation_sheet(evaluated(replace(LINES[0], deviation_reason=reason), LINES[1]), Settings())
    assert (cell_of(sheet, reason).column, cell_of(sheet, reason).style) == (8, CellStyle.TEXT_SMALL)
    assert sheet.columns[8] > without.columns[8]
    assert sum(sheet.columns) == sum(without.columns)


def test_that_a_described_actual_value_is_set_like_a_text_and_a_number_is_centred() -> None:
    described = replace(LINES[0], actual_text="制定了网络安全应急预案、巡检报告和机房管理制度")
    sheet = evaluation_sheet(evaluated(described, LINES[1]), Settings())
    assert cell_of(sheet, described.actual_text).style is CellStyle.TEXT
    assert cell_of(sheet, "21ms").style is CellStyle.CENTRED


def test_that_the_total_never_stands_alone_on_a_page() -> None:
    broken = 0
    for count in range(30, 60):
        sheet = evaluation_sheet(evaluated(*many_lines(evaluated_line, [("产出指标", "数量指标", count)])), Settings())
        total = row_of(sheet, "总分")
        broken += bool(sheet.page_starts)
        assert total not in sheet.page_starts
    assert broken == 30


texts = st.text(st.characters(exclude_categories=()), max_size=60)


@given(
    cells=st.fixed_dictionaries(dict.fromkeys((*FILLED, "execution_points", "total_points", "total_score"), texts)),
    values=st.lists(st.fixed_dictionaries(dict.fromkeys(("target_text", "actual_text", "points", "score"), texts))),
)
def test_that_whatever_is_typed_prints_with_every_place_covered_once(
    cells: dict[str, str], values: list[dict[str, str]]
) -> None:
    lines = [replace(LINES[0], id=str(number), **value) for number, value in enumerate(values)]
    sheet = evaluation_sheet(evaluated(*lines, **cells), Settings())
    assert every_place_once(sheet)
    assert max(sheet.rows) <= 409
