"""复制上年: what a copy has, what its targets are, and that its texts move on only where they were chosen."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

import pytest

from model import edits
from model.edits import Targets
from model.records import Declaration, Evaluation, Form, Indicator, Project, forms_of
from model.settings import Settings
from tests.model.projects import declaration_of, declared, evaluated, evaluated_line, fresh_ids, line

SETTINGS = Settings()


def copied(project: Project, year: int, targets: Targets = Targets.KEPT) -> Project:
    return edits.copy_to_year(project, year, "q", fresh_ids(), targets, SETTINGS)


@pytest.mark.parametrize(
    ("typed", "moved"),
    [("2026-01-01", "2027-01-01"), ("2026.12.31", "2027-12-31"), ("年底", "年底"), ("", "")],
)
def test_that_a_copied_declaration_has_its_dates_moved(typed: str, moved: str) -> None:
    project = declared(line("a", "≥1.00(次)"), start_date=typed).with_form(
        Form.EVALUATION, Evaluation(total_score="100")
    )
    copy = copied(project, 2027)
    assert (copy.id, copy.year, copy.project_name, copy.of(Evaluation)) == ("q", 2027, "信息化运维项目", None)
    assert declaration_of(copy).start_date == moved
    assert declaration_of(copy).indicators == (replace(line("a", "≥1.00(次)"), id="new-1"),)


def test_that_a_copied_declaration_leaves_the_amounts_of_the_year_behind_and_keeps_those_of_the_whole_project() -> None:
    declaration = declaration_of(
        copied(
            declared(
                total_requested="300.00", fiscal_current="200", carried_over="60", other="40", project_total="900"
            ),
            2027,
        )
    )
    amounts = (declaration.total_requested, declaration.fiscal_current, declaration.carried_over, declaration.other)
    assert amounts == ("", "", "", "")
    assert declaration.project_total == "900"


def test_that_the_29th_of_february_becomes_the_28th() -> None:
    project = replace(declared(end_date="2028-02-29"), year=2028)
    assert declaration_of(copied(project, 2029)).end_date == "2029-02-28"


def test_that_a_copied_self_evaluation_leaves_amounts_actuals_and_scores_behind() -> None:
    project = replace(
        evaluated(
            evaluated_line("a", ">=1次", "2次", "90", score="90", achievement="achieved", deviation_reason="说明"),
            executed_total="5",
            execution_rate="100.00%",
            total_score="100.00",
            expected_goal="目标",
            actual_completion="完成",
        ),
        explanations=MappingProxyType({"EVL-016@x": "说明"}),
    )
    copy = copied(project, 2023)
    assert copy.of(Evaluation) == Evaluation(
        expected_goal="目标", indicators=(replace(evaluated_line("a", ">=1次", points="90"), id="new-1"),)
    )
    assert copy.explanations == {}
    assert copied(Project("p", 2022), 2023) == Project("q", 2023)


def test_that_only_the_structure_is_copied_without_targets() -> None:
    (copy,) = declaration_of(copied(declared(line("a", "≥1.00(次)")), 2027, Targets.LEFT_OUT)).indicators
    assert copy == replace(line("a"), id="new-1")


@pytest.mark.parametrize(
    ("target", "actual", "wanted"),
    [
        ("≥10.00(次)", "12次", "≥12.00(次)"),
        (">40000(个)", "6.9万个", "≥6.90(万个)"),
        ("<8.00(次)", "0次", "≤0.00(次)"),
        ("≤2.00(秒)", "211ms", "≤211.00(ms)"),
        ("=200.00(人)", "200", "=200.00(人)"),
        ("≥4.00(万个)", "5", "≥5.00(万个)"),
        ("≥90.00(%)", "99.91%", "≥99.91(%)"),
        ("≥10.00(次)", "12家", "≥10.00(次)"),
        ("≥10.00(次)", "完成", "≥10.00(次)"),
        ("10次", "12次", "10次"),
        ("完善", "完善", "完善"),
        ("≤1：18", "15人", "≤1：18"),
        ("≥10.00(次)", "", "≥10.00(次)"),
    ],
)
def test_that_a_target_becomes_what_was_reached_where_that_can_be_said(target: str, actual: str, wanted: str) -> None:
    project = declared(line("a", target)).with_form(
        Form.EVALUATION,
        Evaluation(indicators=(evaluated_line("x", "1"), evaluated_line("b", target, actual, name="指标a"))),
    )
    (copy,) = declaration_of(copied(project, 2027, Targets.REACHED)).indicators
    assert copy.target_text == wanted


def test_that_a_self_evaluation_takes_its_own_actual_values_and_one_without_any_keeps_its_targets() -> None:
    reached = copied(evaluated(evaluated_line("a", ">=10次", "12次")), 2023, Targets.REACHED).of(Evaluation)
    assert reached is not None
    assert (reached.indicators[0].target_text, reached.indicators[0].actual_text) == (">=12次", "")
    alone = copied(declared(line("a", "≥10.00(次)")), 2027, Targets.REACHED)
    assert declaration_of(alone).indicators[0].target_text == "≥10.00(次)"
    strange = Evaluation(indicators=(evaluated_line("b", "", "9次"),))
    other = declared(line("a", "≥10.00(次)")).with_form(Form.EVALUATION, strange)
    assert declaration_of(copied(other, 2027, Targets.REACHED)).indicators[0].target_text == "≥10.00(次)"


PAST = Project(
    "p",
    2026,
    "2026年科技活动周",
    "",
    "",
    forms_of(
        Declaration(
            start_date="2026-01-01",
            end_date="2026-12-31",
            annual_goal="2026年按《2026年方案》举办，较2025年多",
            indicators=(Indicator("a", name="时限", target_text="2026年12月底前"),),
        )
    ),
)


def test_that_the_texts_of_copies_are_shown_before_they_move_the_sure_ones_first() -> None:
    found = edits.moved_texts([copied(PAST, 2027)], 2026)
    assert [(moved.hit.where, moved.hit.after, moved.is_sure) for moved in found] == [
        ("项目名称", "2027年科技活动周", True),
        ("年度总体目标", "2027年按《2026年方案》举办，较2026年多", True),
        ("时限：年度指标值", "2027年12月底前", True),
        ("年度总体目标", "2026年按《2027年方案》举办，较2025年多", False),
    ]


def test_that_chosen_texts_move_on_and_the_others_stay_also_two_of_one_cell() -> None:
    copy, other = copied(PAST, 2027), replace(copied(PAST, 2027), id="r")
    found = edits.moved_texts([copy, other], 2026)
    chosen = [moved.hit for moved in found if moved.hit.project_id == "q" and moved.hit.field != "project_name"]
    first, second = (change.project for change in edits.add_copies([copy, other], chosen, SETTINGS))
    assert first.project_name == "2026年科技活动周"
    assert declaration_of(first).annual_goal == "2027年按《2027年方案》举办，较2026年多"
    assert declaration_of(first).indicators[0].target_text == "2027年12月底前"
    assert declaration_of(first).start_date == "2027-01-01"
    assert second == other
