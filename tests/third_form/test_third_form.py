"""A form nobody built the program for is added by registering it: typed, checked, exported, undone after a restart."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from openpyxl import load_workbook
from pytestqt.qtbot import QtBot

from gui.document.document import Document
from model import catalogue, edits, forms
from model.bundle import Contents, workbook_sheets
from model.catalogue import CATALOGUE
from model.changes import AddProject, Part
from model.checking import check, rules_in_order
from model.forms import FORMS
from model.recognition import readings, recognise_text
from model.records import Declaration, Form, Indicator, Project, forms_of
from model.rules import Context
from model.settings import Settings
from storage.excel import export_workbook
from storage.importing.plan import Action, plan_import
from storage.importing.readers import read_file
from storage.interchange import read_forms
from storage.interchange.writing import write_forms
from storage.store import migrations
from storage.store.sqlite import Store
from tests.gui.window import shown_window
from tests.model.form_texts import as_tabs
from tests.storage.excel.typed import printed, projects, reread
from tests.third_form.abilities import ABILITIES
from tests.third_form.facts import MONITORING, SPEC, TABLES, MonitoredLine, Monitoring

LINE = Indicator("d1", "产出指标", "数量指标", "政策培训场次", "≥12.00(场)")
PROJECT = Project("p", 2026, "科技政策培训", "科委", "科技创业中心", forms_of(Declaration(indicators=(LINE,))))


@pytest.fixture(autouse=True)
def third_form(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The form registered, as its folder would do it when the program starts."""
    monkeypatch.setattr(migrations, "STEPS", (*migrations.STEPS, TABLES))
    forms.register(SPEC)
    catalogue.register(MONITORING, ABILITIES)
    yield
    forms._specs.pop(MONITORING)
    catalogue._abilities.pop(MONITORING)
    readings._readings.pop(MONITORING)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "单位.jixiao"
    with Store.create(path) as store:
        store.apply("新建项目", (AddProject(PROJECT),))
    return path


def opened(path: Path) -> Document:
    document = Document()
    document.open_store(path)
    document.select_project("p")
    return document


def monitoring(project: Project | None) -> Monitoring:
    assert project is not None
    content = project.of(Monitoring)
    assert content is not None
    return content


def start(document: Document) -> str:
    """Start the form from the declaration; the id of its line."""
    assert document.saved_project is not None
    ids = iter(document.new_id, "")
    assert document.push("开始运行监控", edits.start_form(document.saved_project, MONITORING, ids, document.settings))
    document.set_form(MONITORING)
    return monitoring(document.saved_project).indicators[0].id


def found(document: Document) -> dict[str, str]:
    return {one.rule: one.message for one in document.findings if one.place.form is MONITORING}


def test_that_it_is_typed_checked_and_saved_and_undone_after_a_restart(qtbot: QtBot, path: Path) -> None:
    document = opened(path)
    line_id = start(document)
    document.tell_all()  # its warnings too
    assert found(document) == {"MON-001": "请填写执行情况。", "MON-002": "“政策培训场次”没有填写全年预计完成值。"}
    assert document.write_text("执行情况", MONITORING, "p", "progress", "已办6场。")
    assert document.write_text("其中：财政拨款", MONITORING, "p", "spent_fiscal", "1200")
    assert document.write_text("全年预计完成值", Part.INDICATOR, line_id, "forecast_text", "12场")
    assert found(document) == {}
    typed = monitoring(document.saved_project)
    assert (typed.spent_total, typed.progress, typed.cut_off_date) == ("1200.00", "已办6场。", "2026-06-30")
    assert typed.indicators == (MonitoredLine(line_id, *PROJECT_LINE, forecast_text="12场"),)
    document.close_store()

    again = opened(path)
    assert monitoring(again.saved_project) == typed
    assert again.projects.all()[0].forms == {Form.DECLARATION, MONITORING}
    again.undo_stack.undo()
    assert list(found(again)) == ["MON-002"]
    while again.undo_stack.canUndo() and again.saved_project is not None and again.saved_project.form(MONITORING):
        again.undo_stack.undo()
    assert again.saved_project == PROJECT
    again.close_store()


PROJECT_LINE = ("产出指标", "数量指标", "政策培训场次", "≥12.00(场)")


def test_that_a_store_without_it_gains_its_tables_and_keeps_what_it_holds(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    path = tmp_path / "旧.jixiao"
    with monkeypatch.context() as before:
        before.setattr(migrations, "STEPS", migrations.STEPS[:-1])
        before.setattr(Store, "_take_in_misfits", lambda _: None)  # a program before it looks into no table of its
        with Store.create(path) as store:
            store.apply("新建项目", (AddProject(PROJECT),))
    with Store.open(path) as store:
        assert store.projects() == (PROJECT,)


def test_that_it_is_printed_exported_and_comes_back_from_json(tmp_path: Path) -> None:
    content = FORMS[MONITORING].begin(PROJECT, iter(("m1",)), Settings())
    project = PROJECT.with_form(MONITORING, content)
    titles = [make().title for make in workbook_sheets([project], Settings(), Contents(draft=True))]
    assert titles == ["财政项目支出绩效目标申报表", "项目支出绩效运行监控表"]
    report = export_workbook(tmp_path / "x.xlsx", [project], Settings(), forms=(MONITORING,), draft=True)
    assert report.sheets == 1
    (sheet,) = load_workbook(tmp_path / "x.xlsx").worksheets
    assert "政策培训场次" in {cell.value for row in sheet.iter_rows() for cell in row}
    write_forms(tmp_path / "x.json", [project], Settings(), (MONITORING,))
    (form,) = read_forms(tmp_path / "x.json")
    plan = plan_import(None, (form,), next_id=iter(("new", "m1")).__next__)
    (line,) = plan.lines
    assert line.action is Action.NEW
    (added,) = plan.changes
    assert isinstance(added, AddProject)
    assert added.project.of(Monitoring) is not None


def test_that_the_manual_lists_its_rules_behind_all_others() -> None:
    assert [info.id for info in rules_in_order()][-2:] == ["MON-001", "MON-002"]
    assert list(CATALOGUE) == list(FORMS)
    assert check(PROJECT, Context(Settings()), (MONITORING,)) == ()


def test_that_a_form_is_registered_once() -> None:
    with pytest.raises(ValueError, match="monitoring"):
        forms.register(SPEC)
    with pytest.raises(ValueError, match="monitoring"):
        catalogue.register(MONITORING, ABILITIES)


def test_that_the_window_has_a_tab_for_it_and_shows_its_cells(qtbot: QtBot, path: Path) -> None:
    window = shown_window(qtbot, path.parent, path)
    window.document.select_project("p")
    start(window.document)
    page = window.page.pages[MONITORING]
    assert window.page.header.tabs[MONITORING].accessibleName() == "运行监控，1 处待填"
    assert page.isVisible()
    assert page.table.model().rowCount() > 0
    grid = page.table
    texts = [grid.model().index(0, column).data() for column in range(grid.model().columnCount())]
    assert "≥12.00(场)" in texts or ">=12场" in texts


def filled() -> Project:
    """The project with the form filled in."""
    lines = (
        MonitoredLine("m1", *PROJECT_LINE[:3], ">=12场", half_year_text="6场", forecast_text="12场"),
        MonitoredLine("m2", "产出指标", "质量指标", "培训合格率", ">=95%", half_year_text="97%", forecast_text="98%"),
        MonitoredLine("m3", "满意度指标", "服务对象满意度指标", "学员满意度", ">=90%", forecast_text="95%"),
    )
    return PROJECT.with_form(MONITORING, Monitoring(progress="已办6场。", indicators=lines))


def said(content: object) -> tuple[object, ...]:
    """What a form that was read says, its lines without their ids."""
    assert isinstance(content, Monitoring)
    return content.progress, *(replace(line, id="") for line in content.indicators)


def test_that_its_own_sheet_is_read_again_out_of_a_workbook(tmp_path: Path) -> None:
    export_workbook(tmp_path / "x.xlsx", [filled()], Settings(), forms=(MONITORING,), draft=True)
    (form,) = read_file(tmp_path / "x.xlsx")
    assert (form.kind, form.year, form.project_name, form.notices) == (MONITORING, 2026, PROJECT.project_name, ())
    assert said(form.content) == said(filled().form(MONITORING))


@settings(max_examples=15)
@given(projects((Monitoring,)))
def test_that_every_text_typed_into_it_comes_back_out_of_a_workbook(tmp_path: Path, project: Project) -> None:
    form = reread(project, tmp_path)
    assert printed(form.as_project("back")) == printed(project)
    assert form.notices == ()


def test_that_its_own_sheet_is_read_again_out_of_a_copied_text() -> None:
    (form,) = recognise_text(as_tabs(ABILITIES.sheet(filled(), Settings()))).forms
    assert (form.kind, form.year, form.project_name, form.doubts) == (MONITORING, 2026, PROJECT.project_name, ())
    assert said(form.content) == said(filled().form(MONITORING))
