"""与往年对照: every line beside what it was, what is new, what is gone, and the request."""

from __future__ import annotations

from model.bundle import Contents, workbook_sheets
from model.records import Declaration, EvaluatedIndicator, Evaluation, Form, Indicator, Project, forms_of
from model.settings import Settings
from model.sheets import Sheet
from model.years import Earlier

LEVELS = ("产出指标", "数量指标")


def now() -> Project:
    declared = Declaration(
        total_requested="150",
        indicators=(
            Indicator("a", *LEVELS, "培训场次", "≥15场"),
            Indicator("b", *LEVELS, "线上参与人次", "≥9人次"),
            Indicator("c", *LEVELS, "全新", "≥1个"),
        ),
    )
    return Project("n", 2026, "培训", "局", "中心", forms_of(declared))


def earlier() -> Earlier:
    declared = Declaration(total_requested="100")
    evaluated = Evaluation(
        indicators=(
            EvaluatedIndicator("x", *LEVELS, "培训场次", ">=10场", "12场"),
            EvaluatedIndicator("y", *LEVELS, "参与人次", ">=8人次", "9人次"),
        )
    )
    return Earlier(2025, (Project("e", 2025, "培训", "局", "中心", forms_of(declared, evaluated)),))


def sheets(project: Project, contents: Contents) -> list[Sheet]:
    return [make() for make in workbook_sheets([project], Settings(), contents)]


def rows(sheet: Sheet) -> list[list[str]]:
    texts: dict[int, list[str]] = {}
    for cell in sheet.cells:
        texts.setdefault(cell.row, []).append(cell.text)
    return list(texts.values())[3:]


def test_that_a_workbook_ends_with_every_line_beside_what_it_was() -> None:
    form, beside = sheets(now(), Contents(earlier={"n": earlier()}))
    assert (form.name, beside.name) == ("培训", "与往年对照")
    head = ["培训", "申报"]
    assert rows(beside) == [
        [*head, "", "年度资金申请总额", "150.00", "", "2025", "100.00", "", "+50%"],
        [*head, "数量指标", "培训场次", "≥15场", "", "2025", ">=10场", "12场", "+50%"],
        [*head, "数量指标", "线上参与人次", "≥9人次", "", "", "？名称相近：参与人次", "", ""],
        [*head, "数量指标", "全新", "≥1个", "", "", "新增", "", ""],
        [*head, "数量指标", "参与人次", "本年没有", "", "2025", ">=8人次", "9人次", ""],
    ]


def test_that_a_self_evaluation_shows_what_was_reached_and_no_request() -> None:
    reached = EvaluatedIndicator("a", *LEVELS, "培训场次", ">=15场", "18场")
    project = Project("n", 2026, "培训", "局", "中心", forms_of(Evaluation(indicators=(reached,))))
    beside = sheets(project, Contents(draft=True, earlier={"n": earlier()}))[-1]
    assert beside.draft
    assert rows(beside)[0] == [
        "培训",
        "自评",
        "数量指标",
        "培训场次",
        ">=15场",
        "18场",
        "2025",
        ">=10场",
        "12场",
        "+50%",
    ]


def test_that_there_is_no_such_sheet_for_new_projects_and_other_forms() -> None:
    assert len(sheets(now(), Contents())) == 1
    assert sheets(now(), Contents(forms=(Form.EVALUATION,), earlier={"n": earlier()})) == []
    blank = now().with_form(Form.DECLARATION, Declaration())
    assert rows(sheets(blank, Contents(earlier={"n": earlier()}))[-1])[0][4:] == ["", "", "2025", "100.00", "", ""]
