"""What a pressed quick fix changes: what its label says and what follows from it, never a text it was not meant for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model import edits
from model.changes import Part, ProjectChange, SetField, SetSetting
from model.checking import check
from model.findings import Fix
from model.mends import AddUnit, Mend, PutUnder, SharePoints, SortLines
from model.records import Declaration, EvaluatedIndicator, Evaluation, Form, Indicator, Project, forms_of
from model.rules import Context
from model.scoring import EvaluationScore, parse_points, score_evaluation
from model.settings import Settings
from tests.model.projects import after, declaration_of, declared, evaluated, evaluated_line, evaluation_of, line
from tests.model.rules.builders import EVALUATED_LINES, EVALUATION

SETTINGS = Settings()


def pressed(project: Project, *fixes: Fix, settings: Settings = SETTINGS) -> Project:
    """The project after fixes that change no setting, once it is proved that undo gives the very same one back."""
    changes = edits.mend(fixes, project, settings)
    assert all(isinstance(change, ProjectChange) for change in changes)
    return after(project, changes)  # type: ignore[arg-type]


def offered(project: Project, rule: str, number: int = 0) -> Fix:
    (found,) = (finding for finding in check(project, Context(SETTINGS)) if finding.rule == rule)
    return found.fixes[number]


def fix(mend: Mend) -> Fix:
    return Fix("修复", "", mend)


def line_after(project: Project, *fixes: Fix) -> EvaluatedIndicator:
    return evaluation_of(pressed(project, *fixes)).indicators[0]


def test_that_a_fix_which_turns_a_judged_line_into_a_figure_releases_its_printed_score_and_total() -> None:
    accident = evaluated_line(
        "a", "无", "3次", "8", name="安全事故数", achievement="achieved", score="8", deviation_reason="x"
    )
    project = evaluated(accident, evaluated_line("b", "≥1次", "1次", "5"), execution_points="", total_score="13.00")
    changed = pressed(project, offered(project, "VAL-023"))
    assert [one.score for one in evaluation_of(changed).indicators] == ["", ""]
    assert changed.of(Evaluation) is not None
    score = score_evaluation(evaluation_of(changed), SETTINGS, changed.year)
    assert [one.score for one in score.lines] == [0, 5]


def test_that_a_score_a_person_set_differently_stays_under_a_fix() -> None:
    accident = evaluated_line("a", "无", "3次", "8", name="安全事故数", achievement="achieved", score="7")
    project = evaluated(accident)
    assert line_after(project, offered(project, "VAL-023")).score == "7"


def test_that_the_total_follows_a_corrected_part() -> None:
    project = declared(total_requested="300050.00", fiscal_current="300000", carried_over="50")
    changed = pressed(project, offered(project, "FND-007"))
    assert changed.of(Declaration) is not None
    assert declaration_of(changed).total_requested == "800000.00"


def test_that_a_fix_is_computed_when_it_is_pressed_and_not_when_it_was_offered() -> None:
    project = evaluated(evaluated_line("a", ">=80%", "90", "8"), evaluated_line("b", ">=1次", "1次", "5", score="5"))
    fix = offered(project, "EVL-028")
    changed = after(project, edits.set_cell(project, *cell("b"), "points", "6", SETTINGS))
    once_more = pressed(changed, fix)
    assert [(one.actual_text, one.points) for one in evaluation_of(once_more).indicators] == [
        ("90%", "8"),
        ("1次", "6"),
    ]


def test_that_a_fix_does_nothing_to_a_cell_that_holds_another_text_by_now() -> None:
    project = evaluated(evaluated_line("a", ">=80%", "90", "8"))
    fix = offered(project, "EVL-028")
    typed = after(project, edits.set_cell(project, *cell("a"), "actual_text", "95%", SETTINGS))
    assert edits.mend((fix,), typed, SETTINGS) == ()


def test_that_a_fix_of_two_cells_writes_both_or_none() -> None:
    project = evaluated(evaluated_line("a", "完善", "制定了手册", "8", score="8", name="制度建设"))
    fix = offered(project, "EVL-037", number=3)
    one = line_after(project, fix)
    assert (one.achievement, one.score) == ("not_achieved", "")
    typed = after(project, edits.set_cell(project, *cell("a"), "score", "7", SETTINGS))
    assert edits.mend((fix,), typed, SETTINGS) == ()


@pytest.mark.parametrize(
    "gone",
    [PutUnder("gone", "产出指标", "质量指标"), SharePoints(), SortLines(Form.EVALUATION)],
    ids=lambda mend: type(mend).__name__,
)
def test_that_a_fix_whose_line_or_form_is_gone_does_nothing(gone: Mend) -> None:
    assert edits.mend((fix(gone),), declared(line("a")), SETTINGS) == ()


def test_that_a_fix_of_a_line_that_was_deleted_does_nothing() -> None:
    project = evaluated(evaluated_line("a", ">=80%", "90", "8"), evaluated_line("b"))
    fix = offered(project, "EVL-028")
    deleted = after(project, edits.delete_lines(project, ["a"], SETTINGS))
    assert edits.mend((fix,), deleted, SETTINGS) == ()


def test_that_several_fixes_are_one_gesture_that_releases_the_total_once() -> None:
    lines = (evaluated_line("a", ">=80%", "90", "8", score="0"), evaluated_line("b", "80%", "85%", "5", score="5"))
    project = evaluated(*lines, execution_points="", total_points="13", total_score="5.00")
    fixes = [offered(project, "EVL-028"), offered(project, "VAL-005")]
    changes = edits.mend(fixes, project, SETTINGS)
    written = [(change.record_id, change.field) for change in changes if isinstance(change, SetField)]
    assert len(set(written)) == len(written) == len(changes)
    changed = after(project, changes)  # type: ignore[arg-type]
    assert [(one.target_text, one.actual_text) for one in evaluation_of(changed).indicators] == [
        (">=80%", "90%"),
        ("=80%", "85%"),
    ]


def test_that_of_two_fixes_for_one_cell_the_first_counts() -> None:
    project = evaluated(evaluated_line("a", ">=80%", "0.91", "8"))
    first, second = (offered(project, "EVL-030", number) for number in (0, 1))
    assert line_after(project, first, second) == line_after(project, first)


def test_that_units_are_added_to_those_the_clerk_has_each_once() -> None:
    settings = Settings(own_units=("园区",))
    changes = edits.mend([fix(AddUnit(name)) for name in ("批次数", "园区", "批次数", "站")], declared(), settings)
    assert [change for change in changes if not isinstance(change, SetSetting)] == []
    texts = {change.key: change.after for change in changes if isinstance(change, SetSetting)}
    assert Settings.from_texts(texts).own_units == ("园区", "批次数", "站")


# --- one way to put a line under a level ------------------------------------------------------------------------


def levels(project: Project) -> list[str]:
    return [f"{one.id}:{one.level1[:2]}·{one.level2[:2]}" for one in project.indicators(Form.DECLARATION)]


FORM = declared(
    line("c", level1="成本指标", level2="经济成本指标"),
    line("n"),
    line("q", level2="质量指标"),
    line("s", level1="满意度指标", level2="服务对象满意度指标"),
)


@pytest.mark.parametrize(
    ("level1", "level2", "expected"),
    [
        ("产出指标", "数量指标", ["c", "n", "x", "q", "s"]),
        ("产出指标", "时效指标", ["c", "n", "q", "x", "s"]),
        ("效益", "社会效益", ["c", "n", "q", "x", "s"]),
        ("产出", "数量", ["c", "n", "x", "q", "s"]),
        ("自定", "其他", ["c", "n", "q", "s", "x"]),
    ],
)
def test_that_a_line_comes_to_stand_at_the_same_place_added_moved_or_mended(
    level1: str, level2: str, expected: list[str]
) -> None:
    added = after(FORM, edits.add_under(FORM, Form.DECLARATION, Indicator("x", level1, level2), SETTINGS))
    elsewhere = after(FORM, edits.insert_line(FORM, Form.DECLARATION, 0, Indicator("x"), SETTINGS))
    moved = after(elsewhere, edits.move_under(elsewhere, ["x"], level1, level2, SETTINGS))
    mended = pressed(elsewhere, fix(PutUnder("x", level1, level2)))
    assert [one.id for one in added.indicators(Form.DECLARATION)] == expected
    assert added == moved == mended


def test_that_lines_spelled_alike_come_before_those_that_mean_the_same() -> None:
    project = declared(line("a"), line("b", level1="产出", level2="数量"), line("c", level2="质量指标"))
    changed = after(project, edits.add_under(project, Form.DECLARATION, line("x"), SETTINGS))
    assert [one.id for one in changed.indicators(Form.DECLARATION)] == ["a", "x", "b", "c"]


def test_that_labels_of_the_clerks_own_are_told_apart() -> None:
    project = declared(line("a", level1="自拟", level2="别的"), line("b"))
    changed = after(project, edits.add_under(project, Form.DECLARATION, Indicator("x", "自定", "其他"), SETTINGS))
    assert [one.id for one in changed.indicators(Form.DECLARATION)] == ["a", "b", "x"]


def test_that_a_line_put_where_it_stands_stays_where_it_is() -> None:
    assert edits.move_under(FORM, ["n"], "产出指标", "数量指标", SETTINGS) == ()


def test_that_a_corrected_level_takes_the_line_to_its_place() -> None:
    stray = declared(*FORM.indicators(Form.DECLARATION), line("x", level1="成本指标", level2="质量指标"))
    assert levels(pressed(stray, offered(stray, "IND-008"))) == [
        "c:成本·经济",
        "n:产出·数量",
        "q:产出·质量",
        "x:产出·质量",
        "s:满意·服务",
    ]


# --- properties -------------------------------------------------------------------------------------------------

_VALUES = st.sampled_from(
    ["", "无", "≥80%", ">=12 场", "12场", "0.91", "90", "91%", "3次", "100(百分比)", "5万批次数", "6批次数", "基本达标"]
)
_FIGURES = st.sampled_from(["", "0", "5", "8", "10", "9.9", "15"])
_CELLS: dict[str, st.SearchStrategy[str]] = {
    "target_text": _VALUES,
    "actual_text": _VALUES,
    "points": _FIGURES,
    "score": _FIGURES,
    "achievement": st.sampled_from(["", "achieved", "partly", "not_achieved"]),
    "name": st.sampled_from(["安全事故数", "投诉率", "巡检次数"]),
    "level2": st.sampled_from(["数量指标", "质量指标", "社会效益指标"]),
}
_FORM_CELLS: dict[str, st.SearchStrategy[str]] = {
    "adjusted_total": st.sampled_from(["", "100000", "90000", "0"]),
    "adjusted_fiscal_current": st.sampled_from(["", "100000", "80000"]),
    "executed_total": st.sampled_from(["", "98000", "0"]),
    "execution_points": _FIGURES,
    "execution_score": st.sampled_from(["", "9.8", "9", "10"]),
    "execution_rate": st.sampled_from(["", "98.00%", "97%"]),
    "total_points": st.sampled_from(["", "100", "90"]),
}


@st.composite
def _printed(draw: st.DrawFn) -> Project:
    """A self-evaluation that prints what the program computes, save where something was typed differently."""
    lines = [replace(one, **{name: draw(cell) for name, cell in _some(draw, _CELLS)}) for one in EVALUATED_LINES]
    form = replace(EVALUATION, **{name: draw(cell) for name, cell in _some(draw, _FORM_CELLS)}, indicators=tuple(lines))
    score = score_evaluation(form, SETTINGS, 2022)
    kept = draw(st.lists(st.booleans(), min_size=len(lines), max_size=len(lines)))
    printed = tuple(
        replace(one, score=f"{computed.computed:f}") if keep and computed.computed is not None else one
        for one, computed, keep in zip(lines, score.lines, kept, strict=True)
    )
    form = replace(form, indicators=printed)
    total = score_evaluation(form, SETTINGS, 2022).total
    return Project(
        "p",
        2022,
        "培训",
        "某局",
        "某中心",
        forms=forms_of(replace(form, total_score="" if total is None else f"{total}")),
    )


def _some(draw: st.DrawFn, cells: dict[str, st.SearchStrategy[str]]) -> list[tuple[str, st.SearchStrategy[str]]]:
    return [(name, cells[name]) for name in sorted(draw(st.sets(st.sampled_from(sorted(cells)), max_size=3)))]


def _scored(project: Project, settings: Settings) -> EvaluationScore:
    assert project.of(Evaluation) is not None
    return score_evaluation(evaluation_of(project), settings, project.year)


@given(_printed(), st.data())
def test_that_pressed_fixes_leave_no_stale_printed_figure_and_undo_restores_every_cell(
    project: Project, data: st.DataObject
) -> None:
    findings = check(project, Context(SETTINGS))
    fixes = [fix for finding in findings for fix in finding.fixes]
    chosen = data.draw(st.lists(st.sampled_from(fixes), max_size=3)) if fixes else []
    changes = edits.mend(chosen, project, SETTINGS)
    own = tuple(change for change in changes if isinstance(change, ProjectChange))
    texts = {change.key: change.after for change in changes if isinstance(change, SetSetting)}
    changed, settings = after(project, own), Settings.from_texts(texts)
    old, new = _scored(project, SETTINGS), _scored(changed, settings)
    written = {(change.record_id, change.field) for change in own if isinstance(change, SetField)}
    for indicator in evaluation_of(changed).indicators:
        before, now = old.line(indicator.id), new.line(indicator.id)
        assert before is not None
        assert now is not None
        if (indicator.id, "score") not in written and parse_points(indicator.score) == before.computed is not None:
            assert now.computed == before.computed
    evaluation = changed.of(Evaluation)
    assert evaluation is not None
    figures: list[tuple[str, Callable[[EvaluationScore], object]]] = [
        ("execution_score", lambda score: score.execution.computed),
        ("total_points", lambda score: score.total_points),
        ("total_score", lambda score: score.total),
    ]
    for field, figure in figures:
        printed = parse_points(getattr(evaluation, field))
        if printed is not None and printed == figure(old) and ("p", field) not in written:
            assert figure(new) == printed


def cell(indicator_id: str) -> tuple[Part, str]:
    return Part.INDICATOR, indicator_id
