from __future__ import annotations

from dataclasses import fields, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.recognition import Grid, Inference, RecognisedForm, recognise_forms
from model.records import Declaration, Evaluation, Form, Indicator, Project
from model.settings import Settings
from model.sheets import Sheet, declaration_sheet, evaluation_sheet, summary_sheet
from tests.model.sheet_reading import declared, evaluated, evaluated_line, line, many_lines

TEXTS = (
    ("产出指标", "数量指标", "甲", "≥1.00(次)"),
    ("产出指标", "质量指标", "乙", "完善"),
    ("效益指标", "社会效益指标", "丙", "提高"),
)
LINES = tuple(line(*one) for one in TEXTS)
RESULTS = tuple(evaluated_line(*one) for one in TEXTS)
FILLED = {
    "project_nature": "阶段性项目",
    "start_date": "2026-01-01",
    "total_requested": "1,000.00",
    "other": "5.50",
    "project_other": "7.00",
    "project_total": "两千元",
    "overall_goal": "总目标",
    "annual_goal": "年度目标\n第二段",
}


def recognise_form(texts: dict[tuple[int, int], str]) -> RecognisedForm | None:
    """The one form of a heap of texts, nothing of which may be left without a place."""
    forms = recognise_forms(Grid(texts))
    assert all(not form.doubts for form in forms)
    return forms[0] if forms else None


def texts(sheet: Sheet) -> dict[tuple[int, int], str]:
    return {(cell.row, cell.column): cell.text for cell in sheet.cells if cell.text}


def without_ids(lines: tuple[Indicator, ...]) -> tuple[Indicator, ...]:
    return tuple(replace(one, id="") for one in lines)


def test_that_a_declaration_is_found_again_in_its_sheet() -> None:
    project = declared(*LINES, **FILLED)
    form = recognise_form(texts(declaration_sheet(project, Settings(), draft=True, heading="某中心汇总表")))
    assert form is not None
    assert (form.kind, form.year, form.project_name, form.department, form.unit) == (
        *(Form.DECLARATION, 2026, project.project_name, project.department, project.unit),
    )
    assert form.content == Declaration(**{**FILLED, "total_requested": "1000.00"}, indicators=without_ids(LINES))


def test_that_an_evaluation_is_found_again_in_its_sheet() -> None:
    cells = {
        "adjusted_total": "1000.00",
        "executed_total": "1,965,608.78",
        "executed_other": "3",
        "execution_rate": "99.97%",
        "execution_score": "10",
        "expected_goal": "预期",
        "actual_completion": "实际",
        "total_points": "100",
        "total_score": "98.62",
    }
    cells_of_a_line = {"actual_text": "完成", "points": "5", "score": "4", "deviation_reason": "停电"}
    lines = tuple(replace(one, **cells_of_a_line) for one in RESULTS)
    project = evaluated(*(replace(one, target_text="及时") for one in lines), **cells)
    form = recognise_form(texts(evaluation_sheet(project, Settings())))
    assert form is not None
    assert (form.kind, form.year) == (Form.EVALUATION, 2022)
    assert form.content == Evaluation(
        **{**cells, "executed_total": "1965608.78"},
        indicators=tuple(replace(one, id="", target_text="及时") for one in lines),
    )


def test_that_levels_reach_over_the_page_breaks_of_a_long_form() -> None:
    lines = many_lines(line, [("产出指标", "数量指标", 50), ("效益指标", "社会效益指标", 30)])
    sheet = declaration_sheet(declared(*lines), Settings())
    form = recognise_form(texts(sheet))
    assert sheet.page_starts
    assert form is not None
    assert form.content.indicators == without_ids(lines)


@given(st.integers(0, 5), st.integers(0, 3))
def test_that_a_form_is_found_wherever_it_was_moved_to(down: int, right: int) -> None:
    sheet = declaration_sheet(declared(*LINES, **FILLED), Settings())
    moved = {(row + down, column + right): text for (row, column), text in texts(sheet).items()}
    assert recognise_form(moved) == recognise_form(texts(sheet))


@pytest.mark.parametrize(("typed", "label"), [("项目 名称", "项目名称"), ("年度资金申请总额", "年度资金申请总额：")])
def test_that_spaces_and_colons_in_labels_do_not_matter(typed: str, label: str) -> None:
    sheet = texts(declaration_sheet(declared(*LINES, **FILLED), Settings()))
    changed = {place: typed if text == label else text for place, text in sheet.items()}
    assert changed != sheet
    assert recognise_form(changed) == recognise_form(sheet)


def test_that_a_blank_cell_does_not_take_the_label_that_follows_it() -> None:
    form = recognise_form(texts(declaration_sheet(Project("p", 2026, "项目"), Settings())))
    assert form is not None
    assert (form.department, form.unit) == ("", "")
    assert form.content == Declaration()


def test_that_a_form_without_a_year_line_has_no_year() -> None:
    sheet = texts(declaration_sheet(declared(), Settings()))
    form = recognise_form({place: text for place, text in sheet.items() if text != "（2026年度）"})
    assert form is not None
    assert form.year is None


def test_that_a_list_sheet_is_no_form() -> None:
    assert recognise_form(texts(summary_sheet([declared()], Settings(), 2026))) is None
    assert recognise_form({}) is None


def test_that_a_goal_whose_label_stands_again_after_a_page_break_goes_on_with_its_text() -> None:
    heap = {(0, 0): "财政项目支出绩效目标申报表"}
    heap |= {(1, 0): "年度总体目标", (1, 1): "首页的目标", (2, 0): "年度总体目标", (2, 1): "下页的目标"}
    (form,) = recognise_forms(Grid(heap))
    assert isinstance(form.content, Declaration)
    assert form.content.annual_goal == "首页的目标\n下页的目标"


@given(
    st.dictionaries(
        st.tuples(st.integers(0, 30), st.integers(0, 8)),
        st.sampled_from(
            [
                "财政项目支出绩效目标申报表",
                "财政项目支出绩效自评表",
                "一级指标",
                "三级指标",
                "总分",
                "预期目标",
                "年初预算数",
                "得分",
                "x",
                "年度资金申请总额",
                "其他资金",
                "年度资金总额",
                "年度总体目标",
            ]
        ),
    )
)
def test_that_any_heap_of_labels_is_read_without_stumbling(heap: dict[tuple[int, int], str]) -> None:
    for form in recognise_forms(Grid(heap)):
        said = {text for doubt in form.doubts for _, text in doubt.cells}
        rest = {text for _, text in form.problem.cells} if form.problem else set()
        assert "x" not in heap.values() or "x" in "\n".join(said | rest | _texts_of(form))


def _texts_of(form: RecognisedForm) -> set[str]:
    """Every text that came into a form."""
    content = form.content
    cells = {getattr(content, spec.name) for spec in fields(content) if spec.name != "indicators"}
    of_lines = {getattr(one, spec.name) for one in content.indicators for spec in fields(one)}
    return cells | of_lines | {form.project_name, form.department, form.unit}


@given(st.data())
def test_that_a_text_anywhere_on_a_form_comes_in_or_is_told(data: st.DataObject) -> None:
    project = evaluated(*RESULTS, adjusted_total="1.00") if data.draw(st.booleans()) else declared(*LINES, **FILLED)
    make = evaluation_sheet if project.of(Evaluation) else declaration_sheet
    sheet = texts(make(project, Settings()))
    free = [(row, column) for row in range(max(row for row, _ in sheet) + 3) for column in range(11)]
    place = data.draw(st.sampled_from([one for one in free if one not in sheet]))
    (form,) = recognise_forms(Grid({**sheet, place: "独一无二的话"}))
    said = {text for doubt in form.doubts for _, text in doubt.cells}
    whole = "\n".join(_texts_of(form))
    assert "独一无二的话" in said or "独一无二的话" in whole


def test_that_a_form_says_which_cells_of_a_line_its_table_has_no_column_for() -> None:
    sheet = texts(evaluation_sheet(evaluated(*RESULTS), Settings()))
    form = recognise_form(sheet)
    assert form is not None
    assert form.without == {"achievement"}
    row = next(place[0] for place, text in sheet.items() if text == "三级指标")
    gone = {place[1] for place, text in sheet.items() if place[0] == row and "偏差原因" in text}
    assert gone
    (narrow,) = recognise_forms(Grid({place: text for place, text in sheet.items() if place[1] not in gone}))
    assert narrow.without == {"achievement", "deviation_reason"}


def test_that_an_inference_names_its_cell_as_check_does() -> None:
    assert Inference("level2", 3, "时效指标印在下一行").where == "indicators[3].level2"
    assert Inference("annual_goal", None, "接着下一页").where == "annual_goal"


def test_that_headings_printed_again_over_the_next_page_are_no_line() -> None:
    sheet = texts(declaration_sheet(declared(*LINES, **FILLED), Settings()))
    heading = next(row for (row, _), text in sheet.items() if text == "三级指标")
    moved = {(row + (row > heading + 1), column): text for (row, column), text in sheet.items()}
    again = {(heading + 2, column): text for (row, column), text in sheet.items() if row == heading and column}
    assert recognise_form(moved | again) == recognise_form(sheet)


@pytest.mark.parametrize("heading", ["分值", "实际完成值", "得分"])
def test_that_a_column_only_the_other_form_has_is_told_with_what_stands_in_it(heading: str) -> None:
    sheet = texts(declaration_sheet(declared(*LINES, **FILLED), Settings()))
    (top,) = (row for (row, _), text in sheet.items() if text == "三级指标")
    side = max(column for _, column in sheet) + 1
    beside = {(top, side): heading, **{(top + 1 + at, side): f"{at}0" for at in range(len(LINES))}}
    (form,) = recognise_forms(Grid(sheet | beside))
    assert form.content.indicators == without_ids(LINES)
    assert [(told.what, [text for _, text in told.cells]) for told in form.doubts] == [
        (f"本程序的表没有“{heading}”一栏，其中的内容没有导入", [heading, "00", "10", "20"])
    ]
