from __future__ import annotations

import pytest

from model.recognition import Inference, RecognisedForm, recognise_text
from model.records import Declaration, Evaluation
from tests.model.form_texts import EVALUATION_TABS, cells, evaluation, table

ROWS = (
    "绩效指标\t产出指标\t数量指标\t培训场次\t≥12.00(场)\t",
    "\t\t质量指标\t培训合格率\t≥95.00(%)\t",
    "\t效益指标\t社会效益指标\t知晓度\t有所提高\t",
    "\t满意度指标\t服务对象满意度指标\t学员满意度\t≥90.00(%)\t",
)
READ = [
    ("产出指标", "数量指标", "培训场次", "≥12.00(场)"),
    ("产出指标", "质量指标", "培训合格率", "≥95.00(%)"),
    ("效益指标", "社会效益指标", "知晓度", "有所提高"),
    ("满意度指标", "服务对象满意度指标", "学员满意度", "≥90.00(%)"),
]


def only(text: str) -> RecognisedForm:
    reading = recognise_text(text)
    (form,) = reading.forms
    assert not reading.unplaced
    return form


def lines(form: RecognisedForm) -> list[tuple[str, str, str, str]]:
    return cells(form.content.indicators)


def inferred(form: RecognisedForm, where: str) -> Inference:
    (found,) = [one for one in form.inferences if one.where == where]
    return found


def untold(form: RecognisedForm) -> None:
    assert form.inferences == ()
    assert form.doubts == ()


def test_that_a_table_copied_with_tabs_is_read_whole() -> None:
    form = only(table(*ROWS))
    assert lines(form) == READ
    untold(form)
    assert (form.year, form.project_name, form.department, form.unit) == (2026, "甲项目", "某委员会", "某中心")
    content = form.content
    assert isinstance(content, Declaration)
    assert (content.start_date, content.end_date) == ("2026-01-01", "2026-12-31")
    assert (content.total_requested, content.carried_over, content.project_other) == ("1000.00", "0.00", "")
    assert (content.overall_goal, content.annual_goal) == ("", "办好甲项目，服务不少于三百人次。")


def test_that_a_text_with_line_ends_only_is_read_whole() -> None:
    form = only(
        evaluation(
            "产出指标",
            "",
            "数量指标",
            "",
            "并发用户数",
            "=200人 200人 50 50",
            "效益指标 社会效益指标 长效制度建设",
            "",
            "完善 完善 30 30",
            "满意度指标 服务对象满意度指标",
            "用户满意度",
            ">=90% 99% 10 10",
        )
    )
    content = form.content
    assert isinstance(content, Evaluation)
    assert form.year == 2025
    assert form.project_name == "乙项目（运维）"
    assert form.unit == "某某公共服务中心"
    assert (content.initial_total, content.adjusted_total, content.executed_total) == ("2000.00", "1000.00", "1000")
    assert (content.execution_points, content.execution_rate, content.execution_score) == ("10", "100.00%", "10")
    assert content.expected_goal == "全年需保障乙系统的安全和稳定运行，支持两百用户并发访问，用户满意度不低于90%。"
    assert content.actual_completion == "全年保障了乙系统的安全和稳定运行，支持200用户并发访问，用户满意度99%。"
    assert (content.total_points, content.total_score) == ("100", "100.00")
    assert lines(form) == [
        ("产出指标", "数量指标", "并发用户数", "=200人"),
        ("效益指标", "社会效益指标", "长效制度建设", "完善"),
        ("满意度指标", "服务对象满意度指标", "用户满意度", ">=90%"),
    ]
    assert [(line.actual_text, line.points, line.score) for line in content.indicators] == [
        ("200人", "50", "50"),
        ("完善", "30", "30"),
        ("99%", "10", "10"),
    ]


def test_that_two_figures_under_three_columns_are_told() -> None:
    form = only(evaluation("产出指标 数量指标", "并发用户数", "=200人 200人 90 90"))
    content = form.content
    assert isinstance(content, Evaluation)
    assert (content.initial_other, content.adjusted_other, content.executed_other) == ("", "0", "0")
    told = inferred(form, "initial_other")
    assert told.alternative == "0"


def test_that_a_label_in_another_column_is_still_a_label() -> None:
    form = only(
        table(
            "绩效指标\t产出指标\t数量指标\t培训场次\t≥12.00(场)\t",
            "质量指标\t培训合格率\t\t\t≥95.00(%)\t",
            "\t\t社会效益指标\t知晓度\t有所提高\t",
            "\t\t\t满意度指标\t服务对象满意度指标\t学员满意度\t≥90.00(%)",
        )
    )
    assert lines(form) == READ
    assert inferred(form, "indicators[2].level1").what == "没有印出“效益指标”，按二级指标补上"


def test_that_a_name_in_another_column_is_still_a_name() -> None:
    form = only(table(ROWS[0], "讲座场次\t\t\t≥2.00(场)\t\t", *ROWS[1:]))
    assert lines(form)[1] == ("产出指标", "数量指标", "讲座场次", "≥2.00(场)")


def test_that_a_label_in_two_lines_is_one() -> None:
    form = only(table(*ROWS[:2], "\t效益指标\t社会效益\t知晓度\t有所提高\t", "\t\t指标\t\t\t", ROWS[3]))
    assert lines(form) == READ
    form = only(table(*ROWS[:3], "\t满意度指标\t服务对象\t学员满意度\t≥90.00(%)\t", "\t\t满意度指标\t\t\t"))
    assert lines(form) == READ


def test_that_a_label_printed_again_changes_nothing() -> None:
    form = only(table(ROWS[0], "\t产出指标\t质量指标\t培训合格率\t≥95.00(%)\t", *ROWS[2:]))
    assert lines(form) == READ


def test_that_lines_before_the_first_label_are_told_and_stand_under_it() -> None:
    form = only(table("\t\t\t讲座场次\t≥2.00(场)\t", *ROWS))
    assert lines(form)[0] == ("产出指标", "数量指标", "讲座场次", "≥2.00(场)")
    assert inferred(form, "indicators[0].level2").alternative == ""


def test_that_a_label_printed_a_line_late_is_told_with_the_level_it_was_printed_under() -> None:
    form = only(
        table(*ROWS[:2], "\t\t\t培训完成及时率\t=100.00(%)\t", "\t时效指标\t开课时间\t2026年6月底前\t\t", *ROWS[2:])
    )
    assert [line[1] for line in lines(form)][1:4] == ["质量指标", "时效指标", "时效指标"]
    told = inferred(form, "indicators[2].level2")
    assert told.alternative == "质量指标"
    assert told.span is not None
    assert form.source is not None
    assert "培训完成及时率" in form.source.text[told.span.start : told.span.end]


def test_that_a_name_that_speaks_for_another_level_is_not_moved_but_told() -> None:
    form = only(table("绩效指标\t产出指标\t数量指标\t培训完成及时率\t=100.00(%)\t", *ROWS[1:]))
    assert lines(form)[0][1] == "数量指标"
    assert inferred(form, "indicators[0].level2").alternative == "时效指标"


def test_that_a_cell_goes_on_after_the_end_of_a_page() -> None:
    form = only(
        table(
            *ROWS[:2],
            "\t效益指标\t社会效益指标\t知晓度\t社会公众对本项目的\t",
            "",
            "\t\t\t\t知晓度有所提高，舆论良好。\t",
            ROWS[3],
        )
    )
    assert lines(form)[2][3] == "社会公众对本项目的知晓度有所提高，舆论良好。"
    assert inferred(form, "indicators[2].target_text").alternative == "社会公众对本项目的"


def test_that_both_cells_of_a_line_go_on_after_the_end_of_a_page() -> None:
    form = only(
        table(
            *ROWS[:2],
            "\t效益指标\t社会效益指标\t社会公众对本项目的知晓\t社会公众对本项目的\t",
            "",
            "\t\t\t程度\t知晓度有所提高，舆论良好。\t",
            ROWS[3],
        )
    )
    assert lines(form)[2][2:] == ("社会公众对本项目的知晓程度", "社会公众对本项目的知晓度有所提高，舆论良好。")
    assert len(form.content.indicators) == 4


def test_that_a_new_line_after_the_end_of_a_page_stays_a_line() -> None:
    form = only(table(*ROWS[:2], "", *ROWS[2:]))
    assert lines(form) == READ
    form = only(table(ROWS[0], ROWS[1], "", "\t\t\t考试合格率\t≥96.00(%)\t", *ROWS[2:]))
    assert lines(form)[2] == ("产出指标", "质量指标", "考试合格率", "≥96.00(%)")


def test_that_a_goal_goes_on_after_the_end_of_a_page() -> None:
    text = table(*ROWS).replace("服务不少于三百人次。\t\t\n", "服务不少\t\t\n\n\t\t于三百人次。\t\t\t\n")
    form = only(text)
    assert isinstance(form.content, Declaration)
    assert form.content.annual_goal == "办好甲项目，服务不少于三百人次。"
    assert inferred(form, "annual_goal").alternative == "办好甲项目，服务不少"


def test_that_a_row_cut_by_a_line_end_is_one_row() -> None:
    form = only(table(ROWS[0], "\t\t质量指标\t培训合", "格率\t≥95.00(%)\t", *ROWS[2:]))
    assert lines(form) == READ


def test_that_headings_printed_again_on_the_next_page_are_no_line() -> None:
    headings = "\t一级指标\t二级指标\t三级指标\t年度(/项目)指标值\t"
    form = only(table(*ROWS[:2], "", "财政项目支出绩效目标申报表\t\t\t\t\t", headings, *ROWS[2:]))
    assert lines(form) == READ


def test_that_no_break_spaces_and_wide_ones_are_spaces() -> None:
    form = only(
        table(*ROWS)
        .replace("项目名称\t甲项目", "项目\u3000名称\t\u00a0甲项目\u00a0")
        .replace("1,000.00", "1,\u00a0000.00")
    )
    assert form.project_name == "甲项目"
    assert isinstance(form.content, Declaration)
    assert form.content.total_requested == "1000.00"


def test_that_remains_of_web_pages_and_formulas_are_taken_out_and_told() -> None:
    form = only(table(*ROWS).replace("办好", "<p>办好").replace("≥95.00(%)", r"$\geq 95.00$ (%)"))
    assert isinstance(form.content, Declaration)
    assert form.content.annual_goal.startswith("办好")
    assert lines(form)[1][3] == "≥ 95.00 (%)"
    assert any("标记已去掉" in doubt.what for doubt in form.doubts)


def test_that_a_label_printed_into_the_name_is_taken_out_and_told() -> None:
    form = only(table(*ROWS[:3], "满意度指标\t服务对象满意度指标\t服务对象 满意度指标 学员满意度\t≥90.00(%)\t\t"))
    assert lines(form) == READ
    assert inferred(form, "indicators[3].name").alternative == "服务对象满意度指标学员满意度"


def test_that_a_blank_value_stays_blank() -> None:
    form = only(table(ROWS[0], "质量指标\t培训合格率\t\t\t\t", *ROWS[2:]))
    assert lines(form)[1] == ("产出指标", "质量指标", "培训合格率", "")


def test_that_several_forms_in_one_text_are_several() -> None:
    forms = recognise_text(table(*ROWS) + "\n\n" + table(*ROWS).replace("甲", "乙")).forms
    assert [form.project_name for form in forms] == ["甲项目", "乙项目"]
    assert [lines(form) for form in forms] == [READ, READ]


def test_that_a_form_without_its_title_is_read_and_told() -> None:
    form = only(table(*ROWS).split("\n", 1)[1])
    assert lines(form) == READ
    assert inferred(form, "kind").alternative is None


def test_that_a_form_without_a_year_takes_that_of_its_dates_and_says_so() -> None:
    form = only(table(*ROWS).replace("（2026年度）\n", ""))
    assert form.year == 2026
    assert inferred(form, "year").what == "没有写明年度，按计划日期的2026年导入"


def test_that_a_text_without_a_form_says_what_it_is() -> None:
    reading = recognise_text("今天下午开会。\n请带笔记本。")
    assert reading.forms == ()
    assert reading.why_none == "没有申报表或自评表"


def test_that_what_has_no_place_is_told_with_its_line() -> None:
    form = only(table(*ROWS, "填表人：张三\t\t\t\t\t"))
    assert lines(form) == READ
    (doubt,) = form.doubts
    assert doubt.cells[0][1] == "填表人：张三"
    assert doubt.cells[0][0] == (16, 0)


def test_that_cells_of_a_self_evaluation_go_on_after_the_end_of_a_page() -> None:
    rows = (
        "\t产出指标\t数量指标\t应急演练\t=1次\t1次\t50\t50\t",
        "\t效益指标\t可持续影响指标\t长效管理制\t完善\t制定了应急预案、\t40\t40\t无",
        "",
        "\t\t\t度建设\t\t维护规范等制度\t\t\t",
        "总分\t\t\t\t\t\t100\t100\t",
    )
    form = only(EVALUATION_TABS + "".join(f"{row}\n" for row in rows))
    content = form.content
    assert isinstance(content, Evaluation)
    assert (content.executed_total, content.execution_rate, content.total_score) == ("1000", "100.00%", "100")
    assert (content.expected_goal, content.actual_completion) == ("保障系统稳定。", "保障了系统稳定。")
    line = content.indicators[1]
    assert len(content.indicators) == 2
    assert (line.name, line.actual_text) == ("长效管理制度建设", "制定了应急预案、维护规范等制度")
    assert (line.points, line.score, line.deviation_reason) == ("40", "40", "无")
    assert {one.field for one in form.inferences if one.line == 1} == {"name", "actual_text"}


def test_that_a_title_in_two_lines_is_one() -> None:
    form = only(table(*ROWS).replace("绩效目标申报表", "绩效\n目标申报表", 1))
    assert lines(form) == READ
    assert form.year == 2026


def test_that_words_of_a_line_without_tabs_are_told_apart() -> None:
    text = table(*ROWS).replace("\t", " ")
    form = only(text)
    assert lines(form) == READ
    assert isinstance(form.content, Declaration)
    assert form.content.annual_goal == "办好甲项目，服务不少于三百人次。"


def test_that_columns_our_form_does_not_have_are_told_where_nothing_parts_them() -> None:
    text = table(*ROWS).replace("年度(/项目)指标值\t", "年度(/项目)指标值\t计量单位").replace("\t", " ")
    form = only(text)
    assert [doubt.cells[0][1] for doubt in form.doubts] == ["计量单位"]


def test_that_amounts_in_wan_are_converted_and_told() -> None:
    form = only(
        table(*ROWS).replace("项目资金（元）", "项目资金（万元）").replace("1,000.00", "12.5").replace("\t", " ")
    )
    assert isinstance(form.content, Declaration)
    assert form.content.total_requested == "125000"
    assert any("已依次换算成" in doubt.what for doubt in form.doubts)


@pytest.mark.parametrize("end", ["训", "率）"])
def test_that_the_end_of_a_name_below_a_line_that_has_its_value_goes_on_with_the_name(end: str) -> None:
    name = "专题培" if end == "训" else "培训场次（含线上的比"
    rows = [ROWS[0], f"\t\t\t{name}\t≥95.00(%)\t", "", f"\t\t\t{end}\t\t", *ROWS[1:]]
    form = only(table(*rows))
    assert lines(form)[1][2] == name + end
    assert len(form.content.indicators) == 5
    assert inferred(form, "indicators[1].name").alternative == name


def test_that_a_name_like_a_level_before_its_value_is_a_name() -> None:
    form = only(
        evaluation(
            "产出指标 数量指标 并发用户数 =200人 200人 90 90",
            "满意度指标 服务对象满意度指标 服务对象满意度 >=90% 99% 10 10",
        )
    )
    assert [line[2] for line in lines(form)] == ["并发用户数", "服务对象满意度"]


def test_that_a_text_whose_cells_are_out_of_order_is_told_as_such() -> None:
    names = [f"\t\t\t第{number}次培训场次\t\t" for number in "一二三四"]
    form = only(table("绩效指标\t产出指标\t数量指标\t培训人数\t≥9.00(人)\t", "质量指标\t\t\t\t\t", *names))
    assert form.doubts[0].what.startswith("有4条指标只有名称或只有指标值，复制时多半打乱了各格的顺序")
    assert all(one.field == "target_text" for one in form.inferences)
