from __future__ import annotations

import json
from dataclasses import fields, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.errors import UserError
from model.records import (
    Achievement,
    Declaration,
    EvaluatedIndicator,
    Evaluation,
    Form,
    Indicator,
    Omission,
    Project,
    forms_of,
)
from model.scoring import EXECUTION_CHOICES
from model.settings import RateRounding, ScoringProfile, Settings
from model.values.taxonomy import LEVELS
from storage.interchange import form_document, read_forms, to_json, unwritten, write_forms
from tests.model.projects import evaluation_of

DEFAULTS = Settings()


def without_notes(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: without_notes(item) for key, item in value.items() if key != "note"}
    return [without_notes(item) for item in value] if isinstance(value, list) else value


def as_projects(path: Path) -> list[Project]:
    return [form.as_project("p") for form in read_forms(path)]


def test_that_each_given_file_is_written_again_in_every_field_character_and_key_order(
    given_files: tuple[Path, ...], tmp_path: Path
) -> None:
    assert len(given_files) == 3
    for path in given_files:
        copy = tmp_path / path.name
        write_forms(copy, as_projects(path), DEFAULTS)
        given_data = without_notes(json.loads(path.read_text(encoding="utf-8")))
        assert copy.read_text(encoding="utf-8") == json.dumps(given_data, ensure_ascii=False, indent=1) + "\n"


def test_that_blank_amounts_and_figures_are_null_and_blank_texts_empty() -> None:
    line = EvaluatedIndicator("i")
    document = form_document(
        Project("p", 2022, forms=forms_of(Evaluation(execution_points="", indicators=(line,)))),
        Form.EVALUATION,
        DEFAULTS,
    )
    columns = {"total": None, "fiscal_current": None, "carried_over": None, "other": None}
    assert document["funding"] == {
        "initial_budget": columns,
        "adjusted_budget": columns,
        "executed": columns,
        "points": None,
        "execution_rate": None,
        "score": None,
    }
    assert document["expected_goal"] == ""
    assert document["total_score"] is None
    assert document["indicators"] == [
        {
            "level1": "",
            "level2": "",
            "name": "",
            "target_text": "",
            "actual_text": "",
            "points": None,
            "score": None,
            "deviation_reason": "",
        }
    ]


def test_that_whole_life_amounts_are_left_out_only_when_blank() -> None:
    blank = form_document(Project("p", 2026, forms=forms_of(Declaration())), Form.DECLARATION, DEFAULTS)
    assert list(blank["funding"]) == ["total_requested", "fiscal_current", "carried_over", "other"]
    filled = Project("p", 2026, forms=forms_of(Declaration(project_total="9", project_other="0")))
    assert form_document(filled, Form.DECLARATION, DEFAULTS)["funding"] == {
        "total_requested": None,
        "fiscal_current": None,
        "carried_over": None,
        "other": None,
        "project_total": "9",
        "project_other": "0",
    }


def evaluated(**cells: str) -> Project:
    lines = (
        EvaluatedIndicator("a", "产出指标", "数量指标", "应急演练", "=1次", "1次", "50"),
        EvaluatedIndicator("b", "效益指标", "社会效益指标", "受理量", ">=100个", "90个", "40"),
    )
    amounts = {"adjusted_total": "215457.6", "executed_total": "185688.00", "execution_points": "10"}
    return Project("p", 2022, "甲", forms=forms_of(Evaluation(indicators=lines, **{**amounts, **cells})))


def test_that_figures_nobody_typed_are_written_as_computed() -> None:
    document = form_document(evaluated(), Form.EVALUATION, DEFAULTS)
    assert [line["score"] for line in document["indicators"]] == ["50", "36"]
    assert document["funding"]["execution_rate"] == "86.19%"
    assert document["funding"]["score"] == "8.62"
    assert document["total_points"] == "100"
    assert document["total_score"] == "94.62"


def test_that_the_profile_of_the_year_decides_what_is_computed() -> None:
    half_up = Settings(profiles=MappingProxyType({2022: ScoringProfile(rate_rounding=RateRounding.HALF_UP)}))
    assert form_document(evaluated(), Form.EVALUATION, half_up)["funding"]["execution_rate"] == "86.18%"


def test_that_typed_figures_are_written_as_typed() -> None:
    typed = evaluated(execution_rate="86%", execution_score="8.6", total_points="100.0", total_score="95")
    document = form_document(typed, Form.EVALUATION, DEFAULTS)
    assert (document["funding"]["execution_rate"], document["funding"]["score"]) == ("86%", "8.6")
    assert (document["total_points"], document["total_score"]) == ("100.0", "95")


def test_that_an_amount_in_wan_is_written_as_typed_and_said_to_be() -> None:
    typed = evaluated(executed_total="408.75万元")
    document = form_document(typed, Form.EVALUATION, DEFAULTS)
    assert document["as_typed"] == ["funding.executed.total"]


def test_that_figures_that_wait_for_a_person_are_null() -> None:
    project = evaluated()
    assert project.of(Evaluation) is not None
    undecided = replace(evaluation_of(project).indicators[0], target_text="完善", actual_text="制定了三项制度")
    project = project.with_form(Form.EVALUATION, replace(evaluation_of(project), indicators=(undecided,)))
    document = form_document(project, Form.EVALUATION, DEFAULTS)
    assert document["indicators"][0]["score"] is None
    assert document["total_score"] is None


def test_that_a_level_of_achievement_stands_before_the_reason_and_only_when_chosen() -> None:
    line = EvaluatedIndicator("i", achievement=Achievement.PARTLY)
    project = Project("p", 2022, forms=forms_of(Evaluation(indicators=(line, EvaluatedIndicator("j")))))
    first, second = form_document(project, Form.EVALUATION, DEFAULTS)["indicators"]
    assert list(first)[-2:] == ["achievement", "deviation_reason"]
    assert first["achievement"] == "partly"
    assert "achievement" not in second


def test_that_both_forms_of_a_project_are_written_and_either_can_be_chosen() -> None:
    project = evaluated().with_form(Form.DECLARATION, Declaration())
    assert [form["kind"] for form in to_json([project], DEFAULTS)["forms"]] == ["declaration", "evaluation"]
    chosen = to_json([project], DEFAULTS, (Form.EVALUATION,))
    assert [form["kind"] for form in chosen["forms"]] == ["evaluation"]


def test_that_a_form_that_was_not_started_cannot_be_written() -> None:
    with pytest.raises(ValueError, match="has no declaration"):
        form_document(evaluated(), Form.DECLARATION, DEFAULTS)


def test_that_what_the_format_has_no_key_for_is_said() -> None:
    assert unwritten([evaluated()]) == ()
    project = evaluated(execution_choice="zero")
    assert unwritten([project]) == ()
    assert project.of(Evaluation) is not None
    odd = replace(evaluation_of(project).indicators[0], negative_rule="N3")
    project = replace(
        project.with_form(Form.EVALUATION, replace(evaluation_of(project), indicators=(odd,))),
        explanations=MappingProxyType({"EVL-043@evaluation::": "已核对"}),
    )
    (sentence,) = unwritten([project])
    assert sentence.startswith("2022 甲：")
    for lost in ("1 条出错说明", "反向指标的计分方式"):
        assert lost in sentence


def test_that_what_cannot_be_replaced_stays_and_nothing_is_left_beside_it(tmp_path: Path) -> None:
    in_the_way = tmp_path / "forms.json"
    in_the_way.mkdir()
    with pytest.raises(UserError, match=r"forms\.json"):
        write_forms(in_the_way, [evaluated()], DEFAULTS)
    assert list(tmp_path.iterdir()) == [in_the_way]


def test_that_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="不存在"):
        write_forms(tmp_path / "没有" / "forms.json", [evaluated()], DEFAULTS)


# Any project whose cells could have been imported

PRINTABLE = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff", include_characters="\n\t"),
    max_size=12,
)
AMOUNTS = st.sampled_from(["", "0", "0.00", "1,200.50", "-3", "1.005", "￥12元", "12345678901234.56"])
FIGURES = st.sampled_from(["", "5", "8.62", "0", "-1", "１０"])
LEVEL_PAIRS = [("", ""), *((level1, level2) for level1, second in LEVELS.items() for level2 in second)]
_AMOUNT_CELLS = ("initial", "adjusted", "executed")


@st.composite
def declared_lines(draw: st.DrawFn) -> Indicator:
    return Indicator("", *draw(st.sampled_from(LEVEL_PAIRS)), draw(PRINTABLE), draw(PRINTABLE))


@st.composite
def evaluated_lines(draw: st.DrawFn) -> EvaluatedIndicator:
    return EvaluatedIndicator(
        "",
        *draw(st.sampled_from(LEVEL_PAIRS)),
        draw(PRINTABLE),
        draw(PRINTABLE),
        actual_text=draw(PRINTABLE),
        points=draw(FIGURES),
        score=draw(FIGURES.filter(bool)),
        achievement=draw(st.sampled_from(["", *Achievement, *Omission])),
        deviation_reason=draw(PRINTABLE),
    )


@st.composite
def contents(draw: st.DrawFn, kind: type[Declaration] | type[Evaluation]) -> Declaration | Evaluation:
    cells: dict[str, Any] = {}
    for cell in fields(kind):
        if cell.name == "indicators":
            continue
        if cell.name == "execution_choice":
            cells[cell.name] = draw(st.sampled_from(["", *EXECUTION_CHOICES]))
            continue
        if cell.name == "execution_points":
            cells[cell.name] = draw(FIGURES)
        elif cell.name in ("execution_score", "total_points", "total_score"):
            cells[cell.name] = draw(FIGURES.filter(bool))
        elif cell.name == "execution_rate":
            cells[cell.name] = draw(st.sampled_from(["99.97%", "100", "86.19％"]))
        elif cell.name.startswith(_AMOUNT_CELLS) or cell.name in _DECLARED_AMOUNTS:
            cells[cell.name] = draw(AMOUNTS)
        else:
            cells[cell.name] = draw(PRINTABLE)
    if kind is Declaration:
        return Declaration(indicators=tuple(draw(st.lists(declared_lines(), max_size=4))), **cells)
    return Evaluation(indicators=tuple(draw(st.lists(evaluated_lines(), max_size=4))), **cells)


_DECLARED_AMOUNTS = {
    *("total_requested", "fiscal_current", "carried_over", "other"),
    *("project_total", "project_fiscal", "project_other"),
}


@given(
    st.integers(2000, 2100),
    st.tuples(PRINTABLE, PRINTABLE, PRINTABLE),
    contents(Declaration) | contents(Evaluation),
)
def test_that_what_was_written_reads_back_to_the_character(
    tmp_path: Path, year: int, names: tuple[str, str, str], content: Declaration | Evaluation
) -> None:
    project = Project("p", year, *names)
    if isinstance(content, Declaration):
        project = project.with_form(Form.DECLARATION, content)
    else:
        project = project.with_form(Form.EVALUATION, content)
    path = tmp_path / "any.json"
    assert write_forms(path, [project], DEFAULTS) == 1
    (form,) = read_forms(path)
    assert form.as_project("p") == project
    assert form.notices == ()


anything = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)


@given(name=anything, goal=anything, amount=anything, level=anything, score=anything, rate=anything, total=anything)
def test_that_whatever_stands_in_a_cell_is_taken_back_by_the_import(
    tmp_path_factory: pytest.TempPathFactory,
    *,
    name: str,
    goal: str,
    amount: str,
    level: str,
    score: str,
    rate: str,
    total: str,
) -> None:
    lines = (EvaluatedIndicator("1", level, level, name, amount, points=score, score=score),)
    declared = Declaration(total_requested=amount, annual_goal=goal, indicators=(Indicator("2", level, level, name),))
    evaluated = Evaluation(
        initial_total=amount, execution_rate=rate, total_score=total, execution_points=score, indicators=lines
    )
    project = Project("p", 2026, name, "部门", "单位", forms_of(declared, evaluated))
    path = tmp_path_factory.mktemp("json") / "x.json"
    write_forms(path, [project], Settings())
    back = [form.as_project("p") for form in read_forms(path)]
    again = path.with_name("y.json")
    write_forms(again, back, Settings())
    assert again.read_bytes() == path.read_bytes()


def test_that_characters_nothing_can_print_are_left_out_and_told(tmp_path: Path) -> None:
    project = Project("p", 2026, "甲", forms=forms_of(Declaration(annual_goal="一\x0b二\x01三")))
    path = tmp_path / "x.json"
    write_forms(path, [project], Settings())
    (form,) = read_forms(path)
    assert form.content == Declaration(annual_goal="一\n二三")
    assert unwritten([project]) == ("2026 甲：无法显示的字符U+000B、U+0001没有写入。",)
