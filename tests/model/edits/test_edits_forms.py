"""Starting forms, copying a project into another year, sharing out points, taking over scores, settings."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from types import MappingProxyType

import pytest

from model import edits
from model.changes import AddForm, Part, RemoveProject, SetField, SetSetting, apply_all
from model.forms import FORMS
from model.records import Declaration, EvaluatedIndicator, Evaluation, Form, Indicator, Project, forms_of
from model.scoring import score_evaluation
from model.settings import ScoringProfile, Settings, WeightProfile
from tests.model.projects import after, declared, evaluated, evaluated_line, fresh_ids, line
from tests.model.published import published_evaluations

SETTINGS = Settings()


def test_that_a_declaration_starts_with_the_dates_of_its_year() -> None:
    (change,) = edits.start_form(Project("p", 2027), Form.DECLARATION, fresh_ids(), SETTINGS)
    assert change == AddForm("p", Form.DECLARATION, Declaration(start_date="2027-01-01", end_date="2027-12-31"))
    assert edits.start_form(declared(), Form.DECLARATION, fresh_ids(), SETTINGS) == ()


def test_that_a_self_evaluation_starts_from_the_declaration() -> None:
    project = declared(
        line("a", "≥2000.00(篇)", level2="质量指标"),
        line("b", "≥1.90(亿条)"),
        line("c", "有效提升"),
        line("d", "≥5"),
        annual_goal="保障运行",
        total_requested="3,857,934.00",
        fiscal_current="3857934.00",
        carried_over="若干",
    )
    (change,) = edits.start_form(project, Form.EVALUATION, fresh_ids(), SETTINGS)
    started = apply_all(project, (change,))
    evaluation = started.of(Evaluation)
    assert evaluation is not None
    assert [item.target_text for item in evaluation.indicators] == [">=2000篇", ">=1.9亿条", "有效提升", ">=5"]
    assert [item.id for item in evaluation.indicators] == ["new-1", "new-2", "new-3", "new-4"]
    assert evaluation.indicators[0] == EvaluatedIndicator("new-1", "产出指标", "质量指标", "指标a", ">=2000篇")
    assert (evaluation.initial_total, evaluation.initial_fiscal_current) == ("3857934.00", "3857934")
    assert (evaluation.initial_carried_over, evaluation.initial_other) == ("若干", "")
    assert (evaluation.expected_goal, evaluation.adjusted_total) == ("保障运行", "")
    assert edits.start_form(started, Form.EVALUATION, fresh_ids(), SETTINGS) == ()


def test_that_a_self_evaluation_without_a_declaration_starts_empty() -> None:
    (change,) = edits.start_form(Project("p", 2027), Form.EVALUATION, fresh_ids(), SETTINGS)
    assert change == AddForm("p", Form.EVALUATION, Evaluation())


def test_that_a_target_in_a_unit_of_the_clerks_own_starts_in_the_print_style_too() -> None:
    project = declared(line("a", "不少于3园区"), line("b", "不少于3批.次"))
    own = Settings(own_units=("园区", "批.次"))
    started = after(project, edits.start_form(project, Form.EVALUATION, fresh_ids(), own))
    assert [item.target_text for item in started.indicators(Form.EVALUATION)] == [">=3园区", ">=3批.次"]
    plain = after(project, edits.start_form(project, Form.EVALUATION, fresh_ids(), SETTINGS))
    assert [item.target_text for item in plain.indicators(Form.EVALUATION)] == ["不少于3园区", "不少于3批.次"]


EXPLAINED = MappingProxyType(
    {
        "IND-003@declaration::": "无服务对象",
        "EVL-016@evaluation::execution_rate": "跨年支付",
        "EVL-038@evaluation:a:actual_text": "已核对",
        "EVL-038@evaluation:gone:actual_text": "删去的指标",
    }
)


def test_that_a_date_in_digits_starts_as_it_was_typed() -> None:
    due = Indicator("t", "产出指标", "时效指标", "验收日期", "12.30")
    project = Project("p", 2026, forms=forms_of(Declaration(indicators=(due,))))
    started = after(project, edits.start_form(project, Form.EVALUATION, fresh_ids(), SETTINGS))
    assert [line.target_text for line in started.indicators(Form.EVALUATION)] == ["12.30"]


def test_that_a_removed_form_takes_its_explanations_along_and_undo_brings_them_back() -> None:
    project = replace(evaluated(evaluated_line("a")).with_form(Form.DECLARATION, Declaration()), explanations=EXPLAINED)
    removed = after(project, edits.remove_form(project, Form.EVALUATION))
    assert removed.of(Evaluation) is None
    assert dict(removed.explanations) == {"IND-003@declaration::": "无服务对象"}
    assert removed.of(Declaration) == project.of(Declaration)
    again = after(removed, edits.start_form(removed, Form.EVALUATION, fresh_ids(), SETTINGS))
    assert again.explanations == removed.explanations
    assert edits.remove_form(again, Form.EVALUATION) != ()


@pytest.mark.parametrize("form", list(FORMS))
def test_that_a_form_begun_again_finds_no_explanation_an_older_version_left_behind(form: Form) -> None:
    left = Project("p", 2026, explanations=EXPLAINED)
    begun = after(left, edits.start_form(left, form, fresh_ids(), SETTINGS))
    assert not [key for key in begun.explanations if f"@{form}:" in key]
    assert len(begun.explanations) == {Form.DECLARATION: 3, Form.EVALUATION: 1}[form]


def test_that_a_form_brought_in_comes_as_it_is_with_its_own_explanations() -> None:
    project = replace(
        evaluated(evaluated_line("a", ">=1次", "1次", "5", score="5"), total_score="5.00"), explanations=EXPLAINED
    )
    content = Evaluation(
        executed_fiscal_current="5", executed_total="9", total_score="77", indicators=(evaluated_line("n"),)
    )
    changes = edits.bring_form(project, content, {"EVL-038@evaluation:n:actual_text": "新的"})
    brought = after(project, changes)
    assert brought.of(Evaluation) == content
    assert set(brought.explanations) == {"IND-003@declaration::", "EVL-038@evaluation:n:actual_text"}


def test_that_a_new_project_begins_with_the_forms_that_were_asked_for() -> None:
    header = Project("p", 2026, "甲", "局", "中心")
    for forms in ((), (Form.DECLARATION,), (Form.EVALUATION,), tuple(FORMS)):
        (change,) = edits.new_project(header, forms, fresh_ids(), SETTINGS)
        assert [form for form in FORMS if change.project.form(form) is not None] == list(forms)
        assert change.project.with_form(Form.DECLARATION, None).with_form(Form.EVALUATION, None) == header
    assert change.project.of(Declaration) == Declaration(start_date="2026-01-01", end_date="2026-12-31")
    assert edits.remove_project(change.project) == (RemoveProject(change.project),)


def test_that_points_are_shared_out_by_the_weight_profile_of_the_year() -> None:
    project = evaluated(
        evaluated_line("a", points="1"),
        evaluated_line("b", points="25.0"),
        evaluated_line("c", level1="效益指标", level2="社会效益指标"),
        evaluated_line("d", level1="满意度指标", level2="服务对象满意度指标"),
        execution_points="20",
        total_points="46",
    )
    changes = edits.distribute_points(project, SETTINGS)
    evaluation = apply_all(project, changes).of(Evaluation)
    assert evaluation is not None
    assert [item.points for item in evaluation.indicators] == ["25", "25.0", "30", "10"]
    assert (evaluation.execution_points, evaluation.total_points) == ("10", "")
    assert score_evaluation(evaluation, SETTINGS, 2022).total_points == 100
    assert edits.distribute_points(apply_all(project, changes), SETTINGS) == ()


def test_that_a_unit_with_its_own_weights_gets_those() -> None:
    weights = tuple(Decimal(points) for points in (0, 40, 20, 20, 20))
    profile = ScoringProfile(weights=WeightProfile.CUSTOM, custom_weights=weights)
    project = evaluated(evaluated_line("a"))
    evaluation = apply_all(project, edits.distribute_points(project, Settings(default_profile=profile))).of(Evaluation)
    assert evaluation is not None
    assert (evaluation.indicators[0].points, evaluation.execution_points) == ("40", "20")


def test_that_a_project_without_a_self_evaluation_has_no_points_to_share_out_and_no_scores_to_adopt() -> None:
    assert edits.distribute_points(declared(line("a")), SETTINGS) == ()
    assert edits.adopt_computed_scores(declared(line("a")), SETTINGS) == ()


def test_that_computed_scores_replace_typed_and_printed_ones_where_there_are_any() -> None:
    project = evaluated(
        evaluated_line("a", "≥2次", "1次", "50", score="48"),
        evaluated_line("b", "完善", "有手册", "40", score="40"),
        adjusted_total="100",
        executed_total="100",
        execution_rate="99.00%",
        execution_score="9",
        total_score="97.00",
    )
    changed = apply_all(project, edits.adopt_computed_scores(project, SETTINGS)).of(Evaluation)
    assert changed is not None
    assert [item.score for item in changed.indicators] == ["", "40"]
    assert (changed.execution_rate, changed.execution_score, changed.total_score) == ("", "", "")
    assert score_evaluation(changed, SETTINGS, 2022).total == 75


def test_that_printed_execution_figures_stay_while_nothing_can_be_computed() -> None:
    project = evaluated(execution_rate="99.00%", execution_score="9")
    assert edits.adopt_computed_scores(project, SETTINGS) == ()


def test_that_the_suggested_reduction_is_taken_only_when_asked_for() -> None:
    project = evaluated(evaluated_line("a", ">=35篇", "80篇", "5"), evaluated_line("b", ">=35篇", "36篇", "5"))
    changed = apply_all(project, edits.adopt_reduction(project, "a", SETTINGS)).of(Evaluation)
    assert changed is not None
    assert changed.indicators[0].score == "4.5"
    assert edits.adopt_reduction(project, "b", SETTINGS) == ()
    assert edits.adopt_reduction(project, "gone", SETTINGS) == ()
    assert edits.adopt_reduction(declared(line("a", ">=35篇")), "a", SETTINGS) == ()


def test_that_settings_are_changed_key_by_key() -> None:
    old = Settings(unit_name="甲", own_units=("盏",))
    new = Settings(unit_name="乙", profiles=MappingProxyType({2026: ScoringProfile()}))
    changes = edits.set_setting_changes(old, new)
    assert changes[:2] == (SetSetting("unit_name", '"甲"', '"乙"'), SetSetting("own_units", '["盏"]', ""))
    assert [change.key for change in changes] == ["unit_name", "own_units", "profile/2026"]
    texts = old.to_texts()
    for change in changes:
        assert texts.get(change.key, "") == change.before
        texts[change.key] = change.after
    assert Settings.from_texts({key: text for key, text in texts.items() if text}) == new
    assert edits.set_setting_changes(new, new) == ()


@pytest.mark.parametrize("evaluation", [pytest.param(form, id=name) for name, form in published_evaluations()])
def test_that_a_published_form_changes_only_where_it_was_touched(evaluation: Evaluation) -> None:
    project = Project("p", 2022, forms=forms_of(evaluation))
    first = evaluation.indicators[0].id

    def fields_changed(field: str, text: str) -> list[str]:
        changes = edits.set_cell(project, Part.INDICATOR, first, field, text, SETTINGS)
        return [change.field for change in changes if isinstance(change, SetField)]

    assert fields_changed("deviation_reason", "说明") == ["deviation_reason"]
    assert fields_changed("actual_text", "没有") == ["actual_text", "score", "total_score"]
