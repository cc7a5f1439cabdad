from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.settings import Settings
from model.sheets import CellStyle, declaration_sheet
from tests.model.sheet_reading import cell_of, declared, every_place_once, grid, line, many_lines, row_of

LINES = (
    line("产出指标", "数量指标", "全文传递资源数", "≥2000.00(篇)"),
    line("产出指标", "数量指标", "制作成果报告", ">=30份"),
    line("产出指标", "质量指标", "成果报告验收率", "=100.00(%)"),
    line("满意度指标", "服务对象满意度指标", "用户满意度", "满意"),
)
FILLED = {
    "project_nature": "其他一次性项目",
    "project_category": "特定目标类",
    "start_date": "2026.1.1",
    "end_date": "20261231",
    "total_requested": "3857934",
    "fiscal_current": "3,857,934.00",
    "carried_over": "0",
    "other": "0.00",
    "annual_goal": "保障系统稳定运行。",
}


def test_that_the_declaration_is_laid_out_as_the_official_form_to_the_cell() -> None:
    sheet = declaration_sheet(declared(*LINES, **FILLED), Settings())
    assert grid(sheet) == [
        ["财政项目支出绩效目标申报表", "", "", "", "", "", ""],
        ["（2026年度）", "", "", "", "", "", ""],
        ["项目名称", "信息化运维项目", "", "项目性质", "其他一次性项目", "项目类别", "特定目标类"],
        ["主管部门", "上海市科学技术委员会", "", "实施单位", "上海科学技术交流中心", "", ""],
        ["计划开始日期", "2026-01-01", "", "计划完成日期", "2026-12-31", "", ""],
        ["项目资金（元）", "项目资金总额：", "", "年度资金申请总额：", "", "3,857,934.00", ""],
        ["", "其中：财政资金", "", "其中：当年财政拨款", "", "3,857,934.00", ""],
        ["", "", "", "上年结转资金", "", "0.00", ""],
        ["", "其他资金", "", "其他资金", "", "0.00", ""],
        ["项目绩效目标", "项目总目标", "", "年度总体目标", "", "", ""],
        ["", "", "", "保障系统稳定运行。", "", "", ""],
        ["绩效指标", "一级指标", "二级指标", "三级指标", "", "年度(/项目)指标值", ""],
        ["", "产出指标", "数量指标", "全文传递资源数", "", "≥2000.00(篇)", ""],
        ["", "", "", "制作成果报告", "", "≥30.00(份)", ""],
        ["", "", "质量指标", "成果报告验收率", "", "=100.00(%)", ""],
        ["", "满意度指标", "服务对象满意度指标", "用户满意度", "", "满意", ""],
    ]
    assert every_place_once(sheet)


def test_that_labels_are_merged_as_on_the_official_form() -> None:
    sheet = declaration_sheet(declared(*LINES, **FILLED), Settings())
    merges = {cell.text: (cell.row_span, cell.column_span) for cell in sheet.cells if cell.text}
    assert merges["财政项目支出绩效目标申报表"] == (1, 7)
    assert merges["项目资金（元）"] == (4, 1)
    assert merges["项目绩效目标"] == (2, 1)
    assert merges["绩效指标"] == (5, 1)
    assert merges["产出指标"] == (3, 1)
    assert merges["数量指标"] == (2, 1)
    assert merges["质量指标"] == (1, 1)


def test_that_the_same_second_level_under_another_first_level_is_not_merged_with_it() -> None:
    lines = (line("产出指标", "数量指标", "甲"), line("效益指标", "数量指标", "乙"))
    sheet = declaration_sheet(declared(*lines), Settings())
    assert [cell.row_span for cell in sheet.cells if cell.text == "数量指标"] == [1, 1]


def test_that_lines_without_a_level_are_not_merged_with_each_other() -> None:
    sheet = declaration_sheet(declared(line("", "", "甲"), line("", "", "乙")), Settings())
    row = row_of(sheet, "甲")
    blanks = [(cell.row, cell.row_span) for cell in sheet.cells if cell.column in (1, 2) and cell.row >= row]
    assert blanks == [(row, 1), (row, 1), (row + 1, 1), (row + 1, 1)]


def test_that_blank_whole_life_amounts_stay_blank_and_filled_ones_print_in_the_official_format() -> None:
    blank = grid(declaration_sheet(declared(), Settings()))
    assert [row[2] for row in blank[5:9]] == ["", "", "", ""]
    amounts = {"project_total": "771325800", "project_fiscal": "771,325,800", "project_other": "0"}
    filled = grid(declaration_sheet(declared(**amounts), Settings()))
    assert [row[2] for row in filled[5:9]] == ["771,325,800.00", "771,325,800.00", "", "0.00"]


@pytest.mark.parametrize("typed", ["大约三百万", "12.345", "—"])
def test_that_an_amount_that_cannot_be_read_prints_as_it_was_typed(typed: str) -> None:
    sheet = declaration_sheet(declared(total_requested=typed), Settings())
    assert grid(sheet)[5][5] == typed


def test_that_a_form_that_has_not_been_started_prints_blank_with_one_empty_line() -> None:
    sheet = declaration_sheet(declared(), Settings())
    assert grid(sheet)[-1] == [""] * 7
    assert row_of(sheet, "一级指标") == len(sheet.rows) - 2
    assert every_place_once(sheet)


def test_that_a_draft_says_so_in_its_title() -> None:
    sheet = declaration_sheet(declared(), Settings(), draft=True)
    assert grid(sheet)[0][0] == "财政项目支出绩效目标申报表（草稿）"
    assert sheet.draft


def test_that_the_title_line_of_the_unit_stands_over_the_title() -> None:
    heading = "上海科学技术交流中心2026年度项目绩效目标汇总表"
    sheet = declaration_sheet(declared(), Settings(), heading=heading)
    assert [row[0] for row in grid(sheet)[:2]] == [heading, "财政项目支出绩效目标申报表"]
    assert cell_of(sheet, heading).style is CellStyle.HEADING


def test_that_a_units_own_measuring_unit_counts_when_a_value_is_printed() -> None:
    project = declared(line("产出指标", "数量指标", "甲", ">=3锅"))
    assert cell_of(declaration_sheet(project, Settings(own_units=("锅",))), "≥3.00(锅)").row_span == 1


def test_that_a_long_goal_is_set_smaller_to_end_on_the_page_it_begins_on() -> None:
    styles = []
    for length in (200, 500, 800, 1040):
        sheet = declaration_sheet(declared(annual_goal="目" * length), Settings())
        (goal,) = [cell for cell in sheet.cells if cell.text == "目" * length]
        styles.append(goal.style)
        assert not any(goal.row < start < goal.row + goal.row_span for start in sheet.page_starts)
    assert styles == [CellStyle.TEXT, CellStyle.TEXT, CellStyle.TEXT_SMALL, CellStyle.TEXT_TINY]


@pytest.mark.parametrize("length", [1, 800, 3000, 20_000])
def test_that_no_row_is_higher_than_excel_allows_however_long_a_goal_is(length: int) -> None:
    sheet = declaration_sheet(declared(annual_goal="目" * length, overall_goal="标" * 10), Settings())
    goal = cell_of(sheet, "目" * length)
    assert max(sheet.rows) <= 409
    assert sum(sheet.rows[goal.row : goal.row + goal.row_span]) > length // 30 * 8
    assert every_place_once(sheet)


def test_that_a_long_form_is_cut_into_pages_between_its_groups_and_the_header_row_is_repeated() -> None:
    levels = [("产出指标", "数量指标", 14), ("产出指标", "质量指标", 6), ("效益指标", "社会效益指标", 20)]
    sheet = declaration_sheet(declared(*many_lines(line, levels), annual_goal="目" * 300), Settings())
    header = row_of(sheet, "一级指标")
    assert sheet.header_rows == (header, header)
    assert sheet.page_starts
    assert all(start > header + 2 for start in sheet.page_starts)
    assert not any(cell.row < start < cell.row + cell.row_span for cell in sheet.cells for start in sheet.page_starts)
    assert every_place_once(sheet)


def test_that_each_part_of_a_label_cut_by_a_page_break_bears_its_text() -> None:
    sheet = declaration_sheet(declared(*many_lines(line, [("产出指标", "数量指标", 60)])), Settings())
    assert len(sheet.page_starts) >= 2
    for column, text in ((0, "绩效指标"), (1, "产出指标"), (2, "数量指标")):
        first, *rest = [cell for cell in sheet.cells if cell.column == column and cell.text == text]
        assert first.row + first.row_span == sheet.page_starts[0]
        assert [cell.row for cell in rest] == list(sheet.page_starts)
        assert (first.style is CellStyle.LABEL_TOP) == (column == 0)


def test_that_a_form_a_little_too_long_is_put_on_one_page() -> None:
    sheet = declaration_sheet(declared(*many_lines(line, [("产出指标", "数量指标", 23)])), Settings())
    assert 708 < sum(sheet.rows) < 800
    assert sheet.one_page
    assert sheet.page_starts == ()


hostile = st.text(st.characters(exclude_categories=()), max_size=40) | st.text("目标\n\r，。(=w ", max_size=3000)


@given(
    texts=st.lists(hostile, min_size=6, max_size=6),
    levels=st.lists(st.sampled_from(["产出指标", "", "效益指标"]) | hostile, max_size=12),
)
def test_that_whatever_is_typed_every_place_is_covered_once_and_every_row_fits(
    texts: list[str], levels: list[str]
) -> None:
    name, goal, overall, amount, level2, target = texts
    lines = [line(level, level2, f"{place}", target) for place, level in enumerate(levels)]
    project = declared(*lines, name=name, annual_goal=goal, overall_goal=overall, total_requested=amount)
    sheet = declaration_sheet(project, Settings())
    assert every_place_once(sheet)
    assert max(sheet.rows) <= 409
    below = [cell for cell in sheet.cells if cell.row > sheet.header_rows[1]]
    assert [cell.text for cell in below if cell.column == 3][: len(lines)] == [one.name for one in lines]
