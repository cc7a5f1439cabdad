"""DEC-024 and IND-025: what another project of the year says already."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.checking import check
from model.findings import Finding
from model.records import Declaration, Form, Indicator, Project, forms_of
from model.rules import Context, Neighbours, ProjectKey
from model.rules.likeness import Prints, prints_of
from model.settings import Settings
from tests.model.rules.builders import DECLARED_LINES, GOAL, declared, evaluated, findings
from tests.model.rules.given import given_context, given_projects

LONG_GOAL = (
    "按照年度工作安排，做好科技报告服务平台的运行维护和数据更新，保障用户访问稳定，组织科技报告收集审核与共享，"
    "举办两期撰写培训，提高报告质量；完善检索、统计和导出功能，完成等级保护测评，支撑科研管理和成果转化应用。"
)


def other(project: Project, name: str = "另一个项目", key: str = "q") -> Project:
    return replace(project, id=key, project_name=name)


def beside(*projects: Project) -> Context:
    return Context(Settings(), Neighbours(map(ProjectKey.of, projects)))


def told(project: Project, rule: str, *others: Project) -> list[Finding]:
    return findings(project, rule, beside(project, *others))


def goal_of(text: str) -> Project:
    return declared(annual_goal=text)


def test_that_a_goal_pasted_from_another_project_is_told_with_its_name() -> None:
    (found,) = told(goal_of(LONG_GOAL), "DEC-024", other(goal_of(LONG_GOAL)))
    assert found.message == "年度总体目标与项目“另一个项目”几乎相同，疑似误粘贴。"
    assert (found.place.form, found.place.field) == (Form.DECLARATION, "annual_goal")
    assert not found.blocks_export


@pytest.mark.parametrize(
    "goal",
    [
        LONG_GOAL.replace("科技报告", "科学数据"),
        LONG_GOAL.replace("两期", "3期").replace("；", "。\n"),
        "完成领导交办的事项。" + LONG_GOAL,
        LONG_GOAL[:90],
        LONG_GOAL.replace("，", ", ").replace("。", "."),
    ],
)
def test_that_a_few_other_words_make_no_other_goal(goal: str) -> None:
    assert told(goal_of(goal), "DEC-024", other(goal_of(LONG_GOAL)))


@pytest.mark.parametrize(
    "goal",
    [
        GOAL,
        LONG_GOAL[:60],
        LONG_GOAL[:55]
        + "面向中小企业开展政策宣讲和专家咨询，建立需求台账，推动产学研对接，形成典型案例并向全市推广应用。",
        "",
        "—",
    ],
)
def test_that_another_goal_is_not_called_the_same(goal: str) -> None:
    assert told(goal_of(goal), "DEC-024", other(goal_of(LONG_GOAL))) == []


def test_that_a_short_goal_is_not_compared() -> None:
    assert told(goal_of("保障系统安全稳定运行。"), "DEC-024", other(goal_of("保障系统安全稳定运行。"))) == []


def test_that_projects_of_other_years_and_a_project_of_the_same_name_do_not_count() -> None:
    project = goal_of(LONG_GOAL)
    last_year = replace(other(project), year=2025)
    namesake = other(project, project.project_name)
    assert told(project, "DEC-024", last_year, namesake) == told(project, "IND-025", last_year, namesake) == []


def test_that_a_self_evaluation_without_a_declaration_is_compared_by_its_expected_goal() -> None:
    project = evaluated(expected_goal=LONG_GOAL)
    (found,) = told(project, "DEC-024", other(project))
    assert (found.place.form, found.place.field) == (Form.EVALUATION, "expected_goal")
    both = project.with_form(
        Form.DECLARATION, replace(declared().of(Declaration) or Declaration(), annual_goal=LONG_GOAL)
    )
    (found,) = told(both, "DEC-024", other(project))
    assert found.place.form is Form.DECLARATION


def lines(count: int, target: str = "≥12.00(场)") -> tuple[Indicator, ...]:
    return tuple(
        replace(DECLARED_LINES[1], id=f"l{n}", name=f"第{n}类培训场次", target_text=target) for n in range(count)
    )


def test_that_five_lines_of_another_project_are_told_with_their_number() -> None:
    project = declared(lines=(*DECLARED_LINES, *lines(5)))
    elsewhere = other(declared(lines=lines(7), annual_goal="与此无关。"))
    (found,) = told(project, "IND-025", elsewhere)
    assert found.message == "有5条指标与项目“另一个项目”相同，请核对。"
    assert (found.place.form, found.place.field, found.place.indicator_id) == (Form.DECLARATION, "", "")
    most = other(declared(lines=(*lines(5), *DECLARED_LINES), annual_goal="与此无关。"), "又一个项目", "r")
    (found,) = told(project, "IND-025", elsewhere, most)
    assert found.message == "有11条指标与项目“又一个项目”相同，请核对。"


def test_that_four_lines_or_lines_with_other_targets_are_not_told() -> None:
    project = declared(lines=lines(8))
    assert told(project, "IND-025", other(declared(lines=lines(4)))) == []
    assert told(project, "IND-025", other(declared(lines=lines(8, "≥13.00(场)")))) == []
    assert told(declared(lines=lines(8, "")), "IND-025", other(declared(lines=lines(8, "")))) == []


def test_that_lines_are_the_same_however_their_characters_are_typed() -> None:
    wide = tuple(replace(line, name=f" {line.name}", target_text="≥12.00（场）") for line in lines(5))
    assert told(declared(lines=lines(5)), "IND-025", other(declared(lines=wide)))


def test_that_a_project_without_a_name_is_called_so() -> None:
    (found,) = told(goal_of(LONG_GOAL), "DEC-024", other(goal_of(LONG_GOAL), " "))
    assert "“未命名项目”" in found.message


def test_that_the_given_forms_say_nothing_twice() -> None:
    context = given_context()
    found = [finding for project in given_projects().values() for finding in check(project, context)]
    assert not {"DEC-024", "IND-025"} & {finding.rule for finding in found}


def test_that_neighbours_that_come_and_go_are_followed() -> None:
    project, twin = goal_of(LONG_GOAL), other(goal_of(LONG_GOAL))
    third = other(twin, "第三个项目", "a")
    context = beside(project)
    assert findings(project, "DEC-024", context) == []
    context.neighbours.replace((), [ProjectKey.of(twin), ProjectKey.of(third)])
    assert "第三个项目" in findings(project, "DEC-024", context)[0].message
    context.neighbours.replace([ProjectKey.of(third)], ())
    assert "另一个项目" in findings(project, "DEC-024", context)[0].message
    context.neighbours.replace([ProjectKey.of(twin)], [ProjectKey.of(other(goal_of(GOAL)))])
    assert findings(project, "DEC-024", context) == []


def test_that_a_text_of_hundreds_of_projects_costs_no_more_than_one_of_some() -> None:
    project = declared(annual_goal=LONG_GOAL, lines=lines(8))
    crowd = [other(project, f"项目{n}", f"k{n}") for n in range(300)]
    likeness = beside(*crowd).neighbours.likeness(ProjectKey.of(project))
    assert 0 < len(likeness.same_goal) == len(likeness.same_lines) < 100


def test_that_fingerprints_are_the_same_in_every_process() -> None:
    program = (
        "from model.records import Declaration, Indicator, Project, forms_of\n"
        "from model.rules.likeness import prints_of\n"
        f"p = prints_of(Project('p', 2026, forms=forms_of(Declaration(annual_goal={LONG_GOAL!r},"
        " indicators=(Indicator('i', name='培训场次', target_text='≥12场'),)))))\n"
        "print(p.goal.hex(), p.lines.hex())"
    )
    made = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout.split()
    line = Indicator("i", name="培训场次", target_text="≥12场")
    here = prints_of(Project("p", 2026, forms=forms_of(Declaration(annual_goal=LONG_GOAL, indicators=(line,)))))
    assert made == [here.goal.hex(), here.lines.hex()]


@given(st.text(max_size=300), st.text(max_size=300))
def test_that_any_goals_are_compared_and_each_is_like_itself(one: str, another: str) -> None:
    mine, theirs = (prints_of(goal_of(text)) for text in (one, another))
    assert mine.is_like(theirs) == theirs.is_like(mine)
    assert mine.is_like(mine) == bool(mine.goal)


@given(st.binary(max_size=40), st.binary(max_size=40))
def test_that_fingerprints_a_file_made_up_do_no_harm(goal: bytes, line: bytes) -> None:
    made_up = ProjectKey("x", 2026, "某单位", "某项目", Prints(goal, line))
    neighbours = Neighbours([made_up])
    one = ProjectKey.of(goal_of(LONG_GOAL))
    neighbours.likeness(one)
    neighbours.replace([made_up], ())
    assert neighbours.likeness(one) == Neighbours().likeness(one)


def test_that_half_of_a_surrogate_pair_in_a_line_is_compared_like_any_other_character() -> None:
    cut = Indicator("a", name="次数\ud83d", target_text="\ud800")
    project = Project("p", 2026, "运维", forms=forms_of(Declaration(indicators=(cut,))))
    assert told(project, "IND-025", other(project)) == told(project, "IND-025")
