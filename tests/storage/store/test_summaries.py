from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from model.awaited import begun_blanks, filled_of
from model.changes import AddForm, AddProject, MoveIndicator, Part, RemoveForm, RemoveProject, SetField, SetSetting
from model.checking import Checked, check, examine
from model.findings import Finding, Place, Severity
from model.records import Declaration, EvaluatedIndicator, Evaluation, Form, Indicator, Project, forms_of
from model.rules import ProjectKey, grouped
from model.rules.likeness import NO_PRINTS, prints_of
from storage.store import sqlite as store_module
from storage.store import summaries
from storage.store.engine import raw
from storage.store.sqlite import Store
from storage.store.summaries import ProjectSummary, State
from tests.storage.builders import new_store, project, set_goal


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "a.jixiao"


def _errors(store: Store) -> dict[str, int]:
    return {summary.id: summary.errors for summary in store.summaries()}


def _counted_by_the_rules(store: Store) -> dict[str, tuple[int, int]]:
    counts = {}
    for item in store.projects():
        findings = check(item, store.context())
        errors = sum(finding.severity is Severity.ERROR for finding in findings)
        warnings = sum(finding.severity is Severity.WARNING and not finding.explanation for finding in findings)
        counts[item.id] = (errors, warnings)
    return counts


def _counted(store: Store) -> dict[str, tuple[int, int]]:
    return {summary.id: (summary.errors, summary.warnings) for summary in store.summaries()}


def test_that_a_summary_tells_what_the_navigator_shows(path: Path) -> None:
    item = project(lines=4).with_form(
        Form.EVALUATION,
        Evaluation(
            adjusted_total="300,000.00",
            executed_total="27万",
            total_score="97.37",
            indicators=(EvaluatedIndicator("e", name="x"),),
        ),
    )
    with new_store(path, item) as store:
        (summary,) = store.summaries()
        counts = _counted_by_the_rules(store)[item.id]
        findings = check(item, store.context())
        quiet = begun_blanks(item, findings)
    assert summary == ProjectSummary(
        id="p1",
        place=1,
        year=2026,
        unit="上海科学技术交流中心",
        project_name="信息化运维项目",
        department="上海市科学技术委员会",
        state=State.HAS_ERRORS,
        errors=counts[0],
        warnings=counts[1],
        indicator_count=5,
        requested_fen=31_196_600,
        total_score="97.37",
        forms=frozenset({Form.DECLARATION, Form.EVALUATION}),
        prints=prints_of(item),
        budget_fen=30_000_000,
        spent_fen=27_000_000,
        awaited=sum(one.severity is Severity.ERROR for one in quiet),
        filled=filled_of(item, findings),
    )


def test_that_each_warning_counts_also_where_several_lines_have_the_same(path: Path) -> None:
    lines = tuple(
        EvaluatedIndicator(
            f"e{n}", "产出指标", "数量指标", f"培训{n}", f"≥{n}00次", points="10", actual_text=f"{n}000次"
        )
        for n in (1, 2, 3)
    )
    item = Project("p1", 2026, "热线", forms=forms_of(Evaluation(indicators=lines)))
    with new_store(path, item) as store:
        alike = [one for one in check(item, store.context()) if one.severity is Severity.WARNING]
        assert len(grouped(alike, item)) < len(alike)
        assert store.summaries()[0].warnings == len(alike)


def test_that_a_summary_has_the_grade_of_its_score_with_what_it_is_out_of(path: Path) -> None:
    done = EvaluatedIndicator("a", name="a", target_text="≥1次", actual_text="1次", points="80")
    left = EvaluatedIndicator("b", name="b", target_text="≥1次", points="10", achievement="left_out")
    content = Evaluation(adjusted_total="100", executed_total="100", indicators=(done, left))
    with new_store(path, Project("p", 2026, forms=forms_of(content))) as store:
        assert store.summaries()[0].grade == "优（满分90分）"


def test_that_the_lines_of_an_earlier_version_are_counted_anew_for_their_grades(path: Path) -> None:
    done = EvaluatedIndicator("a", name="a", target_text="≥1次", actual_text="1次", points="90")
    content = Evaluation(adjusted_total="100", executed_total="100", indicators=(done,))
    with new_store(path, Project("p", 2026, forms=forms_of(content))) as store:
        wanted = store.summaries()
    connection = sqlite3.connect(path)
    for column in ("budget_fen", "spent_fen", "grade", "awaited", "filled"):
        connection.execute(f"ALTER TABLE summary DROP COLUMN {column}")
    connection.execute("PRAGMA user_version = 6")
    connection.close()
    with Store.open(path) as store:
        assert (store.summaries()[0].grade, store.summaries()[0].budget_fen) == ("", None)
        assert store.refresh_summaries().left == 0
        assert store.summaries() == wanted
    assert (wanted[0].grade, wanted[0].budget_fen, wanted[0].spent_fen) == ("优", 10_000, 10_000)


@pytest.mark.parametrize(
    ("text", "fen"), [("", None), ("三十万", None), ("0.00", 0), ("90,071,992,547,409.93", 9_007_199_254_740_993)]
)
def test_that_the_amount_is_an_exact_whole_number_or_nothing(path: Path, text: str, fen: int | None) -> None:
    with new_store(path, Project("p", 2026, forms=forms_of(Declaration(total_requested=text)))) as store:
        assert store.summaries()[0].requested_fen == fen


def test_that_a_project_without_lines_is_a_draft_and_one_with_errors_says_so(path: Path) -> None:
    with new_store(path, Project("p", 2026)) as store:
        assert store.summaries()[0].state is State.DRAFT
        content = Declaration(indicators=(Indicator("i"),))
        store.apply("开始", (AddForm("p", Form.DECLARATION, content),))
        assert store.summaries()[0].state is State.HAS_ERRORS
        store.apply("删除", (RemoveForm("p", Form.DECLARATION, content),))
        assert store.summaries()[0].state is State.DRAFT


def test_that_a_project_without_errors_is_complete_and_evaluated_once_it_has_a_score(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store_module, "examine", lambda item, context: replace(examine(item, context), findings=()))
    item = project().with_form(Form.EVALUATION, Evaluation(indicators=(EvaluatedIndicator("e", points="10"),)))
    with new_store(path, item) as store:
        assert store.summaries()[0].state is State.COMPLETE
        store.apply("总分", (SetField("p1", Form.EVALUATION, "p1", "total_score", "", "98.00"),))
        assert store.summaries()[0].state is State.EVALUATED


def test_that_an_explained_warning_is_no_longer_counted(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def one_warning(item: Project, _context: object) -> Checked:
        finding = Finding("DEC-015", Severity.WARNING, "太短", Place(Form.DECLARATION, "annual_goal"))
        return Checked(item, (replace(finding, explanation=item.explanations.get(finding.key, "")),))

    monkeypatch.setattr(store_module, "examine", one_warning)
    with new_store(path, project()) as store:
        assert store.summaries()[0].warnings == 1
        key = "DEC-015@declaration::annual_goal"
        store.apply("说明", (SetField("p1", Part.EXPLANATION, "p1", key, "", "项目简单"),))
        assert store.summaries()[0].warnings == 0


def test_that_summaries_follow_edits_and_undo_and_survive_a_restart(path: Path) -> None:
    with new_store(path, project()) as store:
        first = store.summaries()
        seq = store.apply("清空目标", (set_goal(project(), ""),)).entry.seq
        assert store.summaries()[0].errors == first[0].errors + 1
        store.undo(seq)
        assert store.summaries() == first
        store.apply("移动", (MoveIndicator("p1", Form.DECLARATION, 0, 2),))
    with Store.open(path) as store:
        assert _counted(store) == _counted_by_the_rules(store)
        store.apply("删除", (RemoveProject(store.project("p1")),))
        assert store.summaries() == ()


def test_that_they_are_listed_newest_year_first_then_by_unit_then_as_they_came_in(path: Path) -> None:
    items = [
        replace(project(f"p{n}", f"项目{n}", year, lines=0), unit=unit)
        for n, (year, unit) in enumerate([(2025, "乙"), (2026, "乙"), (2026, "甲"), (2026, "乙"), (2025, "甲")])
    ]
    with new_store(path, *items) as store:
        order = [summary.id for summary in store.summaries()]
        assert sorted(order[:3]) == ["p1", "p2", "p3"]
        assert order.index("p1") + 1 == order.index("p3")
        assert sorted(order[3:]) == ["p0", "p4"]


def test_that_one_query_reads_them_all(path: Path) -> None:
    with new_store(path, *(project(f"p{n}", f"项目{n}") for n in range(5))) as store:
        statements: list[str] = []
        raw(store._file.connection).set_trace_callback(statements.append)
        assert len(store.summaries()) == 5
        raw(store._file.connection).set_trace_callback(None)
    assert [text.split()[0] for text in statements] == ["BEGIN", "SELECT", "COMMIT"]


def test_that_no_store_is_too_large_to_be_listed_in_order_at_once(path: Path) -> None:
    """With 100,000 projects the list takes half a second; it would take much longer if it had to be sorted."""
    with Store.create(path) as store:
        store.apply("导入", tuple(AddProject(project(f"p{n}", f"项目{n}", lines=0)) for n in range(300)))
        query = str(summaries._LIST.compile())
        plan = raw(store._file.connection).execute(f"EXPLAIN QUERY PLAN {query}").fetchall()
        assert [step[-1] for step in plan] == ["SCAN summary USING INDEX summary_in_order"]
        assert len(store.summaries()) == 300


def test_that_a_name_given_twice_is_counted_at_both_projects_and_no_longer_when_it_is_changed(path: Path) -> None:
    items = (project("p1", "甲项目"), project("p2", "乙项目"), project("p3", "丙项目"))
    with new_store(path, *items) as store:
        before = _errors(store)
        seq = store.apply("改名", (SetField("p2", Part.PROJECT, "p2", "project_name", "乙项目", "甲 项目"),)).entry.seq
        assert _errors(store) == {"p1": before["p1"] + 1, "p2": before["p2"] + 1, "p3": before["p3"]}
        assert _counted(store) == _counted_by_the_rules(store)
        store.undo(seq)
        assert _errors(store) == before
        store.apply("新建", (AddProject(project("p4", "丙项目")),))
        assert _errors(store)["p3"] == before["p3"] + 1
        store.apply("删除", (RemoveProject(store.project("p4")),))
        assert _errors(store) == before
        store.apply("到另一年", (SetField("p1", Part.PROJECT, "p1", "year", 2026, 2025),))
        assert _counted(store) == _counted_by_the_rules(store)


def test_that_the_unit_most_projects_name_is_counted_again_at_all_of_them(path: Path) -> None:
    units = ["上海市科技创业中心", "上海市科技创业中心", "上海市科技创新中心"]
    items = [replace(project(f"p{n}", f"项目{n}"), unit=unit) for n, unit in enumerate(units)]
    with new_store(path, *items) as store:
        for item in items[:2]:
            store.apply("改单位", (SetField(item.id, Part.PROJECT, item.id, "unit", item.unit, units[2]),))
            assert _counted(store) == _counted_by_the_rules(store)


@pytest.mark.parametrize(
    "change",
    [
        SetSetting("unit_name", "", '"另一个单位"'),
        SetSetting("thresholds", "", '{"goal_min_length": "5"}'),
        SetSetting("profile/2026", "", '{"weights": "custom", "custom_weights": ["0", "90", "0", "0", "10"]}'),
    ],
    ids=lambda change: change.key,
)
def test_that_a_setting_counts_every_project_anew(path: Path, change: SetSetting) -> None:
    line = EvaluatedIndicator("e", "产出指标", "数量指标", "次数", "≥10次", "10次", "90", "90")
    items = [
        project(f"p{n}", f"项目{n}", 2025 + n % 2).with_form(
            Form.EVALUATION, Evaluation(indicators=(replace(line, id=f"e{n}"),))
        )
        for n in range(4)
    ]
    with new_store(path, *items) as store:
        before = _counted(store)
        seq = store.apply("设置", (change,)).entry.seq
        assert _counted(store) == _counted_by_the_rules(store) != before
        store.undo(seq)
        assert _counted(store) == before


def test_that_what_is_too_much_for_one_gesture_waits_and_is_caught_up_with(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store_module, "AT_ONCE", 2)
    with new_store(path, *(project(f"p{n}", f"项目{n}") for n in range(7))) as store:
        store.apply("设置", (SetSetting("unit_name", "", '"另一个单位"'),))
        assert _counted(store) != _counted_by_the_rules(store)
        assert store.refresh_summaries(3).left == 2
        assert store.refresh_summaries().left == 0
        assert _counted(store) == _counted_by_the_rules(store)


GOAL = "做好信息化系统的日常运行维护和安全防护，完成年度等级保护测评和数据备份，保障业务系统连续稳定运行，用户满意。"


def _warnings(store: Store) -> dict[str, int]:
    return {summary.id: summary.warnings for summary in store.summaries()}


def test_that_a_goal_pasted_into_another_project_counts_in_both_lines_until_it_is_written_anew(path: Path) -> None:
    items = (project("p1", "甲"), project("p2", "乙"))
    with new_store(path, *items) as store:
        store.apply("目标", (set_goal(items[0], GOAL),))
        before = _warnings(store)
        done = store.apply("目标", (set_goal(items[1], GOAL),))
        assert {summary.id for summary in done.summaries} == {"p1", "p2"}
        assert _counted(store) == _counted_by_the_rules(store)
        assert _warnings(store)["p1"] == before["p1"] + 1
        store.undo(done.entry.seq)
        assert _warnings(store) == before


def test_that_fingerprints_are_kept_and_those_of_an_earlier_version_are_taken(path: Path) -> None:
    items = tuple(project(f"p{n}", f"项目{n}") for n in (1, 2))
    with new_store(path, *items) as store:
        kept = store.context().neighbours.key("p1")
    assert kept is not None
    assert kept.prints.lines
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE summary SET goal_print = NULL, line_prints = NULL, stale = 1")
        connection.commit()
    with Store.open(path) as store:
        assert [summary.prints for summary in store.summaries()] == [NO_PRINTS, NO_PRINTS]
        assert store.context().neighbours.key("p1") == kept
        store.refresh_summaries()
        assert [summary.key for summary in store.summaries()] == [ProjectKey.of(item) for item in items]


def test_that_a_summary_tells_apart_what_is_only_not_filled_in_yet(path: Path) -> None:
    begun = Project("p1", 2026, "热线", forms=forms_of(Declaration(start_date="明年")))
    with new_store(path, begun, project("p2", lines=2)) as store:
        first, second = store.summaries()
        wrong = [one for one in check(begun, store.context()) if one.severity is Severity.ERROR]
        assert first.errors == len(wrong)
        assert 0 < first.awaited == len(wrong) - 1  # the date is wrong
    with Store.open(path) as store:
        assert store.summaries()[:2] == (first, second)


def test_that_the_lines_of_version_7_are_counted_anew_for_what_is_awaited(path: Path) -> None:
    with new_store(path, Project("p1", 2026, "热线", forms=forms_of(Declaration()))) as store:
        wanted = store.summaries()
    with closing(sqlite3.connect(path)) as connection:
        for column in ("awaited", "filled"):
            connection.execute(f"ALTER TABLE summary DROP COLUMN {column}")
        connection.execute("PRAGMA user_version = 7")
        connection.commit()
    with Store.open(path) as store:
        assert store.summaries()[0].awaited == 0
        assert store.refresh_summaries().left == 0
        assert store.summaries() == wanted


def test_that_the_lines_of_version_8_that_have_errors_are_counted_anew_for_what_is_filled(path: Path) -> None:
    done = EvaluatedIndicator("a", "产出指标", "数量指标", "巡检次数", "≥1次", points="90", actual_text="1次")
    given = Evaluation(
        adjusted_total="100", executed_total="100", expected_goal="a", actual_completion="b", indicators=(done,)
    )
    whole = Project("p2", 2026, "平台", "科委", "中心", forms=forms_of(given))
    with new_store(path, Project("p1", 2026, "热线", forms=forms_of(Declaration())), whole) as store:
        wanted = {one.id: one for one in store.summaries()}
    assert (wanted["p1"].filled, wanted["p2"].errors) == (1, 0)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("ALTER TABLE summary DROP COLUMN filled")
        connection.execute("PRAGMA user_version = 8")
        connection.commit()
    with Store.open(path) as store:
        assert [one.filled for one in store.summaries()] == [None, None]
        refreshed = store.refresh_summaries()
        assert (refreshed.left, refreshed.summaries) == (0, (wanted["p1"],))
