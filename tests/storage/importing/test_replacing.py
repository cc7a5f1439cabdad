"""A form that takes another's place: what its file can't say is kept with its line, and what is lost is told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from model import edits
from model.changes import AddProject, Part
from model.checking import check
from model.records import EvaluatedIndicator, Evaluation, Form, Project, forms_of
from storage.excel import export_workbook
from storage.importing.plan import Action, ImportPlan, plan_import, read_files
from storage.interchange import NO_CELLS, ImportedForm, write_forms
from storage.store.sqlite import Store
from tests.model.projects import evaluation_of

SOCIAL = ("效益指标", "社会效益指标")
LINES = (
    EvaluatedIndicator(
        "a", *SOCIAL, "长效管理制度", "完善", "已建立", "30", achievement="achieved", deviation_reason="无"
    ),
    EvaluatedIndicator("b", *SOCIAL, "示范作用", "明显", "较明显", "30", achievement="partly"),
    EvaluatedIndicator("c", "产出指标", "数量指标", "投诉次数", "=0次", "1次", "30", negative_rule="N3"),
)
STANDING = Project(
    "p",
    2022,
    "甲",
    "科委",
    "中心",
    forms=forms_of(Evaluation(execution_choice="not_applicable", expected_goal="目标", indicators=LINES)),
)


@pytest.fixture
def standing(store: Store) -> Store:
    store.apply("新建", (AddProject(STANDING),))
    return store


def explain(store: Store, key: str, text: str = "已核对") -> None:
    project = store.project("p")
    store.apply("说明", edits.explain(project, key, text, store.settings()))


def workbook(folder: Path, project: Project, store: Store) -> Path:
    path = folder / "甲.xlsx"
    export_workbook(path, [project], store.settings(), draft=True)
    return path


def exchange(folder: Path, project: Project, store: Store) -> Path:
    path = folder / "甲.json"
    write_forms(path, [project], store.settings())
    return path


def other_store(folder: Path, project: Project, store: Store) -> Path:
    path = folder / "另一个.jixiao"
    with Store.create(path) as other:
        other.apply("新建", (AddProject(project),))
    return path


def replaced(store: Store, path: Path) -> tuple[Project, ImportPlan]:
    plan = plan_import(store, read_files([path]), replacing=True)
    assert [line.action for line in plan.lines] == [Action.REPLACED]
    store.apply(plan.label, plan.changes)
    return store.project("p"), plan


def changed(*lines: EvaluatedIndicator, **cells: str) -> Project:
    assert STANDING.of(Evaluation) is not None
    return STANDING.with_form(Form.EVALUATION, replace(evaluation_of(STANDING), indicators=lines or LINES, **cells))


def evaluation_in(form: ImportedForm) -> Evaluation:
    assert isinstance(form.content, Evaluation)
    return form.content


def lines_of(project: Project) -> list[tuple[str, str, str, str]]:
    lines = evaluation_of(project).indicators
    return [(one.name, one.actual_text, one.achievement, one.negative_rule) for one in lines]


def test_that_a_workbook_that_replaces_a_form_keeps_what_it_has_no_cell_for(standing: Store, tmp_path: Path) -> None:
    edited = changed(replace(LINES[0], actual_text="已修订"), *LINES[1:])
    project, plan = replaced(standing, workbook(tmp_path, edited, standing))
    assert lines_of(project) == [
        ("长效管理制度", "已修订", "achieved", ""),
        ("示范作用", "较明显", "partly", ""),
        ("投诉次数", "1次", "", "N3"),
    ]
    assert project.of(Evaluation) is not None
    assert evaluation_of(project).execution_choice == "not_applicable"
    assert plan.lines[0].losses == ()
    kept = "达成等级 2 处、反向指标的计分方式 1 处、预算为0时执行率的处理选择"
    assert plan.lines[0].remark == f"沿用了文件里没有的内容：{kept}"


def test_that_an_exchange_file_keeps_what_the_format_has_no_key_for_and_takes_its_own_level(
    standing: Store, tmp_path: Path
) -> None:
    edited = changed(replace(LINES[0], achievement="partly"), replace(LINES[1], achievement=""), LINES[2])
    project, _ = replaced(standing, exchange(tmp_path, edited, standing))
    assert [line[2:] for line in lines_of(project)] == [("partly", ""), ("", ""), ("", "N3")]
    assert project.of(Evaluation) is not None
    assert evaluation_of(project).execution_choice == "not_applicable"


@pytest.mark.parametrize("written", [workbook, exchange])
@pytest.mark.parametrize("omission", ["left_out", "rescaled"])
def test_that_what_does_not_apply_goes_out_and_comes_back_by_workbook_and_exchange_file(
    standing: Store, tmp_path: Path, written: Callable[[Path, Project, Store], Path], omission: str
) -> None:
    lines = (LINES[0], replace(LINES[1], achievement=omission), LINES[2])
    budget = {"adjusted_total": "0", "executed_total": "0"}
    edited = changed(*lines, execution_choice=omission, **budget)
    project, plan = replaced(standing, written(tmp_path, edited, standing))
    assert [line[2:] for line in lines_of(project)] == [("achieved", ""), (omission, ""), ("", "N3")]
    assert project.of(Evaluation) is not None
    assert evaluation_of(project).execution_choice == omission
    assert plan.lines[0].losses == ()


def test_that_a_workbook_that_scores_a_line_again_takes_the_choice_back(standing: Store, tmp_path: Path) -> None:
    evaluation = STANDING.of(Evaluation)
    assert evaluation is not None
    settings = standing.settings()
    changes = edits.set_cell(standing.project("p"), Part.INDICATOR, "b", "achievement", "left_out", settings)
    standing.apply("不适用", changes)
    edited = changed(LINES[0], replace(LINES[1], achievement="", score="24"), LINES[2])
    project, _ = replaced(standing, workbook(tmp_path, edited, standing))
    line = evaluation_of(project).indicators[1]
    assert (line.achievement, line.score) == ("", "24")


def test_that_another_store_says_everything_and_nothing_is_kept_beside_it(standing: Store, tmp_path: Path) -> None:
    blank = [replace(one, achievement="", negative_rule="") for one in LINES]
    explain(standing, "EVL-016@evaluation::execution_rate")
    path = other_store(tmp_path, changed(*blank, execution_choice="", expected_goal="新目标"), standing)
    project, plan = replaced(standing, path)
    assert [line[2:] for line in lines_of(project)] == [("", "")] * 3
    assert project.of(Evaluation) is not None
    assert evaluation_of(project).execution_choice == ""
    assert plan.lines[0].remark == ""
    assert plan.lines[0].losses == ("出错说明 1 条（EVL-016）",)


@pytest.mark.parametrize(
    ("lines", "lost"),
    [
        ((replace(LINES[0], name="管理制度"), *LINES[1:]), ("“长效管理制度”的达成等级",)),
        ((replace(LINES[0], level2="经济效益指标"), *LINES[1:]), ("“长效管理制度”的达成等级",)),
        (LINES[:1], ("“示范作用”的达成等级", "“投诉次数”的反向指标的计分方式")),
        ((replace(LINES[0], name="长效 管理制度"), *LINES[1:]), ()),
    ],
    ids=["renamed", "elsewhere", "left out", "only spaced otherwise"],
)
def test_that_what_stood_at_a_line_the_file_does_not_have_is_told_as_lost(
    standing: Store, tmp_path: Path, lines: tuple[EvaluatedIndicator, ...], lost: tuple[str, ...]
) -> None:
    edited = changed(*lines, expected_goal="新目标")
    project, plan = replaced(standing, workbook(tmp_path, edited, standing))
    assert plan.lines[0].losses == lost
    kept = sum(bool(line[2] or line[3]) for line in lines_of(project))
    assert kept == 3 - len(lost)


def test_that_of_two_lines_of_one_name_each_keeps_its_own(store: Store, tmp_path: Path) -> None:
    twins = (LINES[0], replace(LINES[0], id="d", achievement="not_achieved"))
    twin = changed(*twins)
    store.apply("新建", (AddProject(twin),))
    edited = changed(*twins, expected_goal="新目标")
    project, _ = replaced(store, workbook(tmp_path, edited, store))
    assert [line[2] for line in lines_of(project)] == ["achieved", "not_achieved"]


@pytest.mark.parametrize("write", [workbook, exchange, other_store], ids=lambda write: write.__name__)
def test_that_a_form_that_replaces_another_inherits_no_explanation_that_closes_its_warnings(
    standing: Store, tmp_path: Path, write: Callable[..., Path]
) -> None:
    keys = ("EVL-016@evaluation::execution_rate", "EVL-006@evaluation:a:points", "IND-003@declaration::")
    for key in keys:
        explain(standing, key)
    edited = changed(replace(LINES[0], points="29"), *LINES[1:], expected_goal="新目标")
    project, plan = replaced(standing, write(tmp_path, edited, standing))
    assert dict(project.explanations) == {"IND-003@declaration::": "已核对"}
    assert not any(finding.is_closed for finding in check(project, standing.context()))
    assert plan.lines[0].losses == ("出错说明 2 条（EVL-006、EVL-016）",)
    standing.undo(standing.journal()[0].seq)
    assert set(standing.project("p").explanations) == set(keys)


def test_that_the_explanation_of_a_line_that_comes_back_unchanged_stays_with_it(
    standing: Store, tmp_path: Path
) -> None:
    explain(standing, "EVL-038@evaluation:b:actual_text")
    explain(standing, "EVL-038@evaluation:a:actual_text")
    edited = changed(replace(LINES[0], actual_text="已修订"), *LINES[1:])
    project, plan = replaced(standing, workbook(tmp_path, edited, standing))
    line = evaluation_of(project).indicators[1]
    assert dict(project.explanations) == {f"EVL-038@evaluation:{line.id}:actual_text": "已核对"}
    assert plan.lines[0].losses == ("出错说明 1 条（EVL-038）",)


def test_that_a_form_that_joins_a_project_finds_no_explanation_of_one_that_was_removed(
    standing: Store, tmp_path: Path
) -> None:
    """Stores of the first version kept them when a form was removed."""
    path = exchange(tmp_path, standing.project("p"), standing)
    project = standing.project("p")
    without = edits.remove_form(project, Form.EVALUATION)
    standing.apply("删除", without)
    explain(standing, "EVL-016@evaluation::execution_rate")
    plan = plan_import(standing, read_files([path]))
    assert [line.action for line in plan.lines] == [Action.JOINED]
    standing.apply(plan.label, plan.changes)
    assert standing.project("p").explanations == {}


def test_that_the_command_line_names_what_is_lost(
    verb: Callable[..., tuple[int, str, str]], tmp_path: Path, store: Store
) -> None:
    store.apply("新建", (AddProject(STANDING),))
    path = workbook(tmp_path, changed(LINES[0], expected_goal="新目标"), store)
    target = store.path
    store.close()
    code, out, err = verb("import", "--store", target, "--replace", path)
    assert code == 0
    assert "替换已有的；沿用了文件里没有的内容：达成等级 1 处、预算为0时执行率的处理选择" in out
    assert "文件“甲.xlsx”第 1 张表：替换后不再有“示范作用”的达成等级、“投诉次数”的反向指标的计分方式" in err
    assert "撤销" in err


def test_that_a_column_a_workbook_does_not_have_stays_as_it_stands(standing: Store, tmp_path: Path) -> None:
    path = workbook(tmp_path, changed(replace(LINES[0], actual_text="已修订"), *LINES[1:]), standing)
    (form,) = read_files([path])
    content = evaluation_in(form)
    reasonless = tuple(replace(line, deviation_reason="", points="") for line in content.indicators)
    form = replace(form, content=replace(content, indicators=reasonless), unsaid=form.unsaid | {"deviation_reason"})
    plan = plan_import(standing, [form], replacing=True)
    standing.apply(plan.label, plan.changes)
    lines = evaluation_of(standing.project("p")).indicators
    assert [(one.actual_text, one.points, one.deviation_reason) for one in lines] == [
        ("已修订", "", "无"),
        ("较明显", "", ""),
        ("1次", "", ""),
    ]
    assert "偏差原因分析及改进措施 1 处" in plan.lines[0].remark


@pytest.mark.parametrize(("printed", "kept"), [("30", ""), ("25", "25")])
def test_that_without_a_column_of_scores_a_persons_score_stays_and_a_printed_one_is_computed_anew(
    store: Store, tmp_path: Path, printed: str, kept: str
) -> None:
    project = changed(replace(LINES[0], score=printed))
    store.apply("新建", (AddProject(project),))
    (form,) = read_files([workbook(tmp_path, changed(LINES[0], expected_goal="新"), store)])
    content = evaluation_in(form)
    scoreless = tuple(replace(line, score="") for line in content.indicators)
    form = replace(form, content=replace(content, indicators=scoreless), unsaid=form.unsaid | {"score"})
    plan = plan_import(store, [form], replacing=True)
    store.apply(plan.label, plan.changes)
    assert evaluation_of(store.project("p")).indicators[0].score == kept


def test_that_how_the_lines_of_a_pdf_break_makes_no_difference(standing: Store) -> None:
    content = replace(evaluation_of(STANDING), expected_goal="目\n标")
    form = ImportedForm("甲.pdf", 1, Form.EVALUATION, 2022, "甲", "科委", "中心", content, unsaid=NO_CELLS)
    assert [line.action for line in plan_import(standing, [form]).lines] == [Action.SAME]
    other = replace(form, content=replace(content, expected_goal="目标二"))
    assert [line.action for line in plan_import(standing, [other]).lines] == [Action.CONFLICT]
    assert [line.action for line in plan_import(standing, [replace(form, source="甲.xlsx")]).lines] == [Action.CONFLICT]
