"""待填 is one count with one meaning: every place on screen that says it says the same number."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from gui.desk.signs import Sign
from gui.document.project_list import Group
from gui.findings.rows import AWAITED
from gui.main_window import MainWindow
from gui.navigator.marks import SIGNS, Kind, Mark
from gui.navigator.model import NavigatorRole
from model import edits, labels
from model.changes import AddProject, Part
from model.findings import Place, Severity
from model.records import Declaration, Evaluation, Form, Project, forms_of
from model.settings import Settings
from storage.files.ids import new_id
from storage.store.sqlite import Store
from tests.gui.found import children
from tests.gui.hands import declared, evaluated, evaluated_line, line
from tests.gui.window import rules_of, shown_window
from tests.model.projects import declaration_of

SAID = re.compile(rf"{labels.AWAITED} (\d+)|(\d+) 处{labels.AWAITED}")


def window_on(qtbot: QtBot, folder: Path, project: Project) -> MainWindow:
    path = folder / "a.jixiao"
    with Store.create(path) as store:
        store.apply("新建项目", (AddProject(project),))
    window = shown_window(qtbot, folder, path, (1366, 689))
    window.document.select_project(project.id)
    return window


def new_project(*forms: Form) -> Project:
    (new,) = edits.new_project(Project("p", 2026, "社区科普活动", "科委", "中心"), forms, iter(new_id, ""), Settings())
    return new.project


def begun(given: Project) -> Project:
    """A given form as it is while it is being filled in: a column that is asked for in every line is blank."""
    content = given.form(next(iter(given.forms)))
    if isinstance(content, Declaration):
        lines = tuple(replace(one, target_text="") for one in content.indicators)
        return replace(given, forms=forms_of(replace(content, annual_goal="", indicators=lines)))
    assert isinstance(content, Evaluation)
    results = tuple(replace(one, actual_text="", score="") for one in content.indicators)
    return replace(given, forms=forms_of(replace(content, actual_completion="", total_score="", indicators=results)))


def said(text: str) -> int:
    """The 待填 a text says; none said is none."""
    return sum(int(number) for found in SAID.findall(text) for number in found if number)


def counted(window: MainWindow) -> dict[str, int]:
    """How much 待填 each place on screen says of the project."""
    document = window.document
    project = document.saved_project
    assert project is not None
    model = window.findings_panel.model
    rows = [row for number in range(model.rowCount()) if (row := model.row(number)) is not None]
    index = window.navigator.rows.index_of(project.id)
    tabs = window.page.header.tabs.values()
    found = {
        "chip": said(window.findings_panel.chips[AWAITED].text()),
        "list": sum(len(row.finding.members) or 1 for row in rows if row.is_awaited and not row.is_member),
        "tabs": sum(said(tab.accessibleName()) for tab in tabs),
        "tool tip": said(str(index.data(Qt.ItemDataRole.ToolTipRole))),
        "list of projects, heard": said(str(index.data(Qt.ItemDataRole.AccessibleTextRole))),
        "sections": 0,
        "sections, heard": 0,
    }
    for form in project.forms:
        document.set_form(form)
        page = window.page.page
        for one in (*(fold.line for fold in page.panel.folds), page.lines):
            found["sections"] += 0 if one.awaited.isHidden() else said(one.awaited.text())
            found["sections, heard"] += said(one.accessibleName())
    document.select_group(Group.of(document.summaries()[0]))
    page_rows = window.overview.rows
    column = next((number for number, one in enumerate(page_rows.columns) if one.title == labels.AWAITED), -1)
    found["page of the unit"] = int(str(page_rows.index(page_rows.row_of(project.id), column).data() or 0))
    found["sum of the page"] = sum(
        said(one.accessibleName() or one.text()) for one in children(window.overview, QLabel)
    )
    document.select_project(project.id)
    return found


def one_count(window: MainWindow) -> int:
    found = counted(window)
    assert len(set(found.values())) == 1, found
    return found["chip"]


@pytest.mark.parametrize("forms", [(Form.DECLARATION,), (Form.EVALUATION,), (Form.DECLARATION, Form.EVALUATION)])
def test_that_a_new_form_says_one_number_of_what_is_not_filled_in_everywhere(
    qtbot: QtBot, tmp_path: Path, forms: tuple[Form, ...]
) -> None:
    window = window_on(qtbot, tmp_path, new_project(*forms))
    assert one_count(window) > 0


@pytest.mark.parametrize("number", [0, 9, 18, 24])
def test_that_a_given_form_that_is_being_filled_in_says_one_number_everywhere(
    qtbot: QtBot, tmp_path: Path, given_forms: tuple[Any, ...], number: int
) -> None:
    window = window_on(qtbot, tmp_path, begun(given_forms[number]))
    document, project = window.document, given_forms[number]
    form = next(iter(project.forms))
    before = one_count(window)
    assert before > 0
    lines = project.indicators(form)
    field = "target_text" if form is Form.DECLARATION else "actual_text"
    assert document.write_text("填", Part.INDICATOR, lines[0].id, field, "≥1次")
    assert one_count(window) <= before
    document.leave_cell(Place(form, "", lines[1].id), Place(form, "", lines[0].id))
    one_count(window)
    document.tell_all()
    assert one_count(window) == 0


def test_that_what_is_being_typed_counts_in_the_list_of_projects_as_on_its_tab(
    qtbot: QtBot, tmp_path: Path, given_forms: tuple[Any, ...]
) -> None:
    project = next(one for one in given_forms if one.of(Declaration) is not None)
    lines = project.indicators(Form.DECLARATION)
    content = replace(project.of(Declaration), indicators=(replace(lines[0], target_text=""), *lines[1:]))
    window = window_on(qtbot, tmp_path, project.with_form(Form.DECLARATION, content))
    document, tab = window.document, window.page.header.tabs[Form.DECLARATION]

    def states() -> tuple[str, str, int]:
        """The badge of the list, the words of the tab, the count of the chip."""
        index = window.navigator.rows.index_of(project.id)
        return window.navigator.rows.badge(index), tab.text(), window.findings_panel.model.counts["error"]

    assert states() == ("1", "目标申报 1", 1)
    with qtbot.waitSignal(window.navigator.rows.dataChanged):
        document.lay_text(Part.INDICATOR, lines[0].id, "target_text", "≥3000.00(人次)")
    warnings = window.findings_panel.model.counts["warning"]  # what the list counts where there is no error
    assert states() == (str(warnings), "目标申报", 0)
    with qtbot.waitSignal(window.navigator.rows.dataChanged):
        document.give_up_text(Part.INDICATOR, lines[0].id, "target_text")
    assert states() == ("1", "目标申报 1", 1)


def test_that_the_list_has_the_sign_of_the_tab_while_the_last_value_of_a_form_is_typed(
    qtbot: QtBot, tmp_path: Path, given_forms: tuple[Any, ...]
) -> None:
    project = next(one for one in given_forms if one.of(Evaluation) is not None)
    content = project.of(Evaluation)
    assert content is not None
    first, *others = content.indicators
    blank = replace(content, total_score="", indicators=(replace(first, actual_text="", score=""), *others))
    window = window_on(qtbot, tmp_path, replace(project, forms=forms_of(blank)))
    document, rows = window.document, window.navigator.rows
    index = rows.index_of(project.id)
    for write in (document.lay_text, lambda *cell: document.write_text("修改", *cell)):
        write(Part.INDICATOR, first.id, "actual_text", first.actual_text)
        assert document.score is not None
        assert document.score.total_text == "100.00"
        assert rows.badge(index) == str(window.findings_panel.model.counts["warning"])
        assert str(index.data(Qt.ItemDataRole.AccessibleTextRole)).endswith("，自评 100.00 分")
        assert SIGNS[index.data(NavigatorRole.MARK)] is window.page.header.tabs[Form.EVALUATION].sign
        assert rows.counts() == {Kind.ALL: 1, Kind.WITH_ERRORS: 0, Kind.UNFINISHED: 0}
    document.lay_text(Part.INDICATOR, first.id, "actual_text", "")
    assert rows.counts()[Kind.UNFINISHED] == 1
    document.drop_draft()
    assert rows.counts()[Kind.UNFINISHED] == 0


def test_that_what_is_no_error_is_not_told_while_a_form_waits_and_is_told_by_a_check(
    qtbot: QtBot, tmp_path: Path
) -> None:
    window = window_on(qtbot, tmp_path, new_project(Form.DECLARATION))
    model = window.findings_panel.model
    assert model.counts[Severity.WARNING.value] == 0
    asked = window.page.table.rows.rowCount()
    window.commands["next_finding"].trigger()
    assert model.counts[Severity.WARNING.value] == 0  # to go to what is 待填 judges nothing
    window.document.tell_all()
    assert model.counts[Severity.WARNING.value] > 0
    assert window.page.table.rows.rowCount() == asked  # a level without a line stands in the table all the while


def test_that_a_form_that_waits_for_nothing_more_tells_its_warnings(
    qtbot: QtBot, tmp_path: Path, given_forms: tuple[Any, ...]
) -> None:
    given = given_forms[0]
    content = declaration_of(given)
    kept = tuple(one for one in content.indicators if one.level1 != "满意度指标")
    given = replace(given, forms=forms_of(replace(content, indicators=kept)))
    window = window_on(qtbot, tmp_path, begun(given))
    document = window.document
    assert "IND-003" not in rules_of(document.findings)
    document.push("填", edits.bring_form(begun(given), declaration_of(given), {}))
    assert one_count(window) == 0
    assert "IND-003" in rules_of(document.findings)


@pytest.mark.parametrize(
    ("project", "sign"),
    [
        (new_project(Form.DECLARATION), Sign.EMPTY),
        (declared(line("a", target_text=""), project_id="p"), Sign.HALF),
        (declared(line("a", target_text="≥1次"), line("b", target_text=""), project_id="p"), Sign.ERROR),
        (evaluated(evaluated_line("a", target_text="≥1次", points="90"), project_id="p"), Sign.HALF),
    ],
)
def test_that_the_tab_has_the_sign_the_project_of_this_one_form_has_in_the_list(
    qtbot: QtBot, tmp_path: Path, project: Project, sign: Sign
) -> None:
    window = window_on(qtbot, tmp_path, project)
    (form,) = project.forms
    mark = window.navigator.rows.index_of("p").data(NavigatorRole.MARK)
    assert isinstance(mark, Mark)
    assert (window.page.header.tabs[form].sign, SIGNS[mark]) == (sign, sign)


@pytest.mark.parametrize("number", [0, 5, 9, 18, 21, 24])
def test_that_the_tab_of_a_given_form_has_the_sign_of_its_project(
    qtbot: QtBot, tmp_path: Path, given_forms: tuple[Any, ...], number: int
) -> None:
    project = given_forms[number]
    window = window_on(qtbot, tmp_path, project)
    mark = window.navigator.rows.index_of(project.id).data(NavigatorRole.MARK)
    assert window.page.header.tabs[next(iter(project.forms))].sign is SIGNS[mark]


def test_that_a_part_of_a_computed_total_says_what_its_total_waits_for(qtbot: QtBot, tmp_path: Path) -> None:
    window = window_on(qtbot, tmp_path, new_project(Form.DECLARATION))
    window.findings_panel.set_folded(is_folded=True)
    here = window.findings_panel.here
    fields = {name: one for section in window.page.page.panel.sections for name, one in section.fields.items()}
    for name in ("project_nature", "fiscal_current", "annual_goal"):
        fields[name].setFocus()
        assert here.remedy.text().startswith("待填：")
        assert "没有问题" not in here.words.full_text()


def test_that_what_has_no_score_yet_is_counted_in_another_word(qtbot: QtBot, tmp_path: Path) -> None:
    lines = (evaluated_line(key, target_text="≥1次", points="45") for key in "ab")
    window = window_on(qtbot, tmp_path, evaluated(*lines, project_id="p"))
    header, scores = window.page.header, window.score_panel.scores
    header.show_total(shown=True)
    texts = (header.total.text(), header.total.toolTip(), header.total.accessibleName())
    assert "项待计分" in scores.note.full_text
    assert "项待计分" in header.total.toolTip()
    assert labels.AWAITED not in "".join((*texts, scores.note.full_text, scores.total.accessibleName()))
