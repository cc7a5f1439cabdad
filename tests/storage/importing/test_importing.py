from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from model.changes import AddForm, AddProject, RemoveForm
from model.errors import UserError
from model.forms import FORMS
from model.records import LINES_LIMIT, Declaration, Evaluation, Form, Indicator, Project
from storage.excel import export_workbook
from storage.importing.plan import Action, ImportPlan, plan_import, read_files
from storage.importing.readers import read_file
from storage.interchange import ImportedForm, write_forms
from storage.interchange.limits import TEXT_LIMIT
from storage.store.sqlite import Store
from tests.model.projects import declaration_of, evaluation_of
from tests.storage.builders import fingerprint

MakeFile = Callable[..., Path]

GOAL = {"kind": "declaration", "year": 2026, "project_name": "创·在上海", "department": "科委", "unit": "中心"}
RESULT = {**GOAL, "kind": "evaluation"}
LINE = {"level1": "产出指标", "level2": "数量指标", "name": "场次", "points": "90"}


@pytest.fixture
def forms(forms_file: MakeFile) -> Callable[..., tuple[ImportedForm, ...]]:
    names = count(1)

    def make(*values: Any) -> tuple[ImportedForm, ...]:
        return read_files([forms_file(*values, name=f"{next(names)}.json")])

    return make


def bring(store: Store, forms: tuple[ImportedForm, ...], *, replacing: bool = False) -> ImportPlan:
    plan = plan_import(store, forms, replacing=replacing)
    store.apply(plan.label, plan.changes)
    return plan


def actions(plan: ImportPlan) -> list[Action]:
    return [line.action for line in plan.lines]


def test_that_each_of_the_given_forms_makes_a_project(given_files: tuple[Path, ...], store: Store) -> None:
    plan = bring(store, read_files(given_files))
    assert actions(plan) == [Action.NEW] * 25
    assert plan.label == "导入 25 张表"
    assert [project.project_name for project in store.projects()] == [line.form.project_name for line in plan.lines]


def test_that_every_project_and_line_gets_an_id_of_its_own(given_files: tuple[Path, ...]) -> None:
    changes = plan_import(None, read_files(given_files)).changes
    projects = [change.project for change in changes if isinstance(change, AddProject)]
    ids = [project.id for project in projects]
    ids += [line.id for project in projects for form in FORMS for line in project.indicators(form)]
    assert len(ids) == 25 + 108 + 141 + 95
    assert len(set(ids)) == len(ids)
    assert all(ids)


def test_that_a_plan_changes_nothing_by_itself(forms: Callable[..., Any], store: Store) -> None:
    plan_import(store, forms(GOAL))
    assert store.projects() == ()
    assert store.journal() == ()


def test_that_an_import_is_one_gesture_that_undo_takes_back(forms: Callable[..., Any], store: Store) -> None:
    bring(store, forms(GOAL, RESULT, {**GOAL, "year": 2025}))
    (entry,) = store.journal()
    assert entry.label == "导入 3 张表"
    store.undo(entry.seq)
    assert store.projects() == ()


def test_that_a_form_joins_the_project_of_the_same_four_texts(forms: Callable[..., Any], store: Store) -> None:
    first = bring(store, forms(GOAL))
    second = bring(store, forms({**RESULT, "indicators": [LINE]}))
    assert actions(second) == [Action.JOINED]
    assert second.lines[0].project_id == first.lines[0].project_id
    (project,) = store.projects()
    assert project.of(Declaration) is not None
    assert [line.name for line in project.indicators(Form.EVALUATION)] == ["场次"]


def test_that_both_forms_of_one_file_become_one_project(forms: Callable[..., Any], store: Store) -> None:
    assert actions(bring(store, forms(GOAL, RESULT))) == [Action.NEW, Action.JOINED]
    assert len(store.projects()) == 1


@pytest.mark.parametrize(
    "other", [{"year": 2025}, {"department": "财政局"}, {"unit": "总中心"}, {"project_name": "乙"}]
)
def test_that_one_different_text_makes_another_project(
    forms: Callable[..., Any], store: Store, other: dict[str, Any]
) -> None:
    bring(store, forms(GOAL))
    assert actions(bring(store, forms({**RESULT, **other}))) == [Action.NEW]
    assert len(store.projects()) == 2


def test_that_an_identical_form_is_skipped_and_says_so(given_files: tuple[Path, ...], store: Store) -> None:
    bring(store, read_files(given_files))
    again = plan_import(store, read_files(given_files))
    assert actions(again) == [Action.SAME] * 25
    assert again.changes == ()
    assert "内容相同，跳过" in again.lines[0].text


def test_that_an_exported_form_is_identical_though_its_figures_were_computed(
    forms: Callable[..., Any], store: Store, tmp_path: Path
) -> None:
    bring(store, forms({**RESULT, "indicators": [{**LINE, "target_text": "=2场", "actual_text": "2场"}]}))
    write_forms(tmp_path / "out.json", store.projects(), store.settings())
    brought = read_files([tmp_path / "out.json"])
    assert isinstance(brought[0].content, Evaluation)
    assert brought[0].content.indicators[0].score == "90"
    assert actions(plan_import(store, brought)) == [Action.SAME]


def test_that_other_content_is_a_conflict_and_left_alone(forms: Callable[..., Any], store: Store) -> None:
    bring(store, forms(GOAL))
    plan = plan_import(store, forms({**GOAL, "annual_goal": "新目标"}, {**GOAL, "year": 2025}))
    assert actions(plan) == [Action.CONFLICT, Action.NEW]
    assert plan.conflicts == plan.lines[:1]
    assert len(plan.changes) == 1
    assert plan.label == "导入 1 张表"


def test_that_replacing_puts_the_new_content_in_the_old_place_and_undo_brings_it_back(
    forms: Callable[..., Any], store: Store
) -> None:
    first = bring(store, forms({**GOAL, "annual_goal": "旧目标", "indicators": [LINE]}))
    (before,) = store.projects()
    plan = bring(store, forms({**GOAL, "annual_goal": "新目标"}), replacing=True)
    assert actions(plan) == [Action.REPLACED]
    assert [type(change) for change in plan.changes] == [RemoveForm, AddForm]
    (after,) = store.projects()
    assert after.id == first.lines[0].project_id
    assert after.of(Declaration) == Declaration(annual_goal="新目标")
    store.undo(store.journal()[0].seq)
    assert store.projects() == (before,)


def test_that_replacing_one_form_leaves_the_other_form_of_the_project(forms: Callable[..., Any], store: Store) -> None:
    bring(store, forms(GOAL, {**RESULT, "expected_goal": "目标"}))
    bring(store, forms({**GOAL, "annual_goal": "新目标"}), replacing=True)
    (project,) = store.projects()
    assert isinstance(project.of(Evaluation), Evaluation)
    assert evaluation_of(project).expected_goal == "目标"


def test_that_two_files_cannot_bring_the_same_form_with_different_content(
    forms: Callable[..., Any], store: Store
) -> None:
    both = (*forms(GOAL), *forms({**GOAL, "annual_goal": "别的"}))
    for replacing in (False, True):
        plan = plan_import(store, both, replacing=replacing)
        assert actions(plan) == [Action.NEW, Action.CONFLICT]
        assert "本次导入中另有一张" in plan.lines[1].text


def test_that_two_files_may_bring_the_same_form_with_the_same_content(forms: Callable[..., Any], store: Store) -> None:
    assert actions(plan_import(store, (*forms(GOAL), *forms(GOAL)))) == [Action.NEW, Action.SAME]


def test_that_a_name_that_only_differs_in_writing_is_kept_apart_and_pointed_out(
    forms: Callable[..., Any], store: Store
) -> None:
    bring(store, forms(GOAL))
    plan = plan_import(store, forms({**GOAL, "project_name": "创•在 上海"}, {**GOAL, "department": "科技委"}))
    assert actions(plan) == [Action.NEW, Action.NEW]
    assert "与已有项目“创·在上海”（中心）只有写法不同" in plan.lines[0].text
    assert "已有同名项目，但主管部门是“科委”" in plan.lines[1].text


def test_that_names_that_only_differ_in_writing_are_pointed_out_within_one_file(forms: Callable[..., Any]) -> None:
    plan = plan_import(None, forms(GOAL, {**GOAL, "project_name": "创•在上海"}))
    assert [bool(line.remark) for line in plan.lines] == [False, True]


def test_that_a_form_identical_to_one_of_two_twins_is_skipped_though_the_other_lacks_it(
    forms: Callable[..., Any], store: Store
) -> None:
    bring(store, forms(RESULT))
    (twin,) = store.projects()
    goal = forms(GOAL)
    content = goal[0].with_ids(lambda: "unused").content
    assert isinstance(content, Declaration)
    store.apply(
        "复制",
        (AddProject(replace(twin.with_form(Form.DECLARATION, content).with_form(Form.EVALUATION, None), id="twin")),),
    )
    assert actions(plan_import(store, goal)) == [Action.SAME]


BEYOND_LIMITS = [
    ({"year": 9999}, "预算年度应为 2000 至 2100，实际是 9999"),
    ({"unit": "中心\x01"}, "实施单位含有无法显示和打印的字符 U+0001（第 3 个字）"),
    ({"content": Declaration(annual_goal="\ud800")}, "年度总体目标含有无法显示和打印的字符 U+D800"),
    ({"content": Declaration(annual_goal="长" * (TEXT_LIMIT + 1))}, "年度总体目标最多 32767 个字，实际 32768 个字"),
    ({"content": Declaration(indicators=(Indicator("", name="\ufffe"),))}, "第 1 条指标的三级指标含有"),
    ({"content": Declaration(indicators=(Indicator(""),) * (LINES_LIMIT + 1))}, "绩效指标最多 2000 条，实际 2001 条"),
]


@pytest.mark.parametrize(("cells", "complaint"), BEYOND_LIMITS)
def test_that_a_workbook_with_what_no_form_can_hold_is_refused_by_form_and_cell(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cells: dict[str, Any], complaint: str
) -> None:
    good = ImportedForm("表.xlsx", 1, Form.DECLARATION, 2026, "甲", "科委", "中心", Declaration())
    monkeypatch.setattr("storage.excel.forms.read_forms", lambda _: (good, replace(good, number=2, **cells)))
    (tmp_path / "表.xlsx").touch()
    with pytest.raises(UserError) as refused:
        read_file(tmp_path / "表.xlsx")
    assert str(refused.value).startswith(f"文件“表.xlsx”第 2 张表“甲”：{complaint}")
    assert "没有导入任何内容" in str(refused.value)


def test_that_one_bad_file_among_good_ones_refuses_them_all(forms_file: MakeFile, store: Store, tmp_path: Path) -> None:
    good = forms_file(GOAL)
    bad = forms_file({**GOAL, "year": "x"}, name="bad.json")
    before = fingerprint(tmp_path)
    with pytest.raises(UserError, match=r"bad\.json"):
        read_files([good, bad])
    assert fingerprint(tmp_path) == before


def test_that_the_given_forms_survive_the_way_through_a_store(
    given_files: tuple[Path, ...], given_forms: tuple[Project, ...], store: Store
) -> None:
    bring(store, read_files(given_files))

    def without_ids(project: Project) -> Any:
        lines = [replace(line, id="") for form in FORMS for line in project.indicators(form)]
        declaration, evaluation = project.of(Declaration), project.of(Evaluation)
        return (
            replace(project.with_form(Form.DECLARATION, None).with_form(Form.EVALUATION, None), id=""),
            declaration and replace(declaration, indicators=()),
            evaluation and replace(evaluation, indicators=()),
            lines,
        )

    assert [without_ids(p) for p in store.projects()] == [without_ids(p) for p in given_forms]


def test_that_an_exported_workbook_is_recognised_as_what_it_was_exported_from(
    given_files: tuple[Path, ...], store: Store, tmp_path: Path
) -> None:
    bring(store, read_files(given_files))
    book = tmp_path / "全部.xlsx"
    export_workbook(book, store.projects(), store.settings(), year_summary=True, draft=True)
    plan = plan_import(store, read_files([book]))
    assert actions(plan) == [Action.SAME] * 25


def test_that_a_workbook_with_one_changed_text_is_a_conflict(
    given_forms: tuple[Project, ...], store: Store, tmp_path: Path
) -> None:
    project = given_forms[0]
    assert project.of(Declaration) is not None
    changed = project.with_form(Form.DECLARATION, replace(declaration_of(project), annual_goal="另一个目标"))
    book = tmp_path / "one.xlsx"
    export_workbook(book, [changed], store.settings(), draft=True)
    store.apply("新建", (AddProject(project),))
    assert actions(plan_import(store, read_files([book]))) == [Action.CONFLICT]
