"""What strains the window: the longest texts and amounts a form takes, many lines, every pane with the keyboard."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from unittest.mock import patch

from PySide6.QtCore import Qt

from gui.desk.system_look import SystemColors
from model.changes import AddProject
from model.findings import Place
from model.records import Declaration, Form, Project
from storage.store.sqlite import Store
from tests.bench.sixty import sixty
from tests.shots.stage import Stage

AQUATIC = SystemColors("#202020", "#ffffff", "#a6a6a6", "#8ee3f0", "#75e9fc")
LARGEST = "999,999,999,999.99"
NAME = "科技行政服务热线系统及大型科学仪器共享与长三角科技资源协同服务平台一体化升级改造与运行维护（二期）项目"
GOAL = "面向科研人员和中小企业建设覆盖全市的研发公共服务平台，全年组织线上线下推广活动，按季度公布仪器共享情况。" * 20


def _strained(project: Project) -> Project:
    declaration = project.of(Declaration)
    assert declaration is not None
    lines = tuple(
        replace(line, id=f"strained{number}", name=f"{NAME}{number}")
        for number, line in enumerate(declaration.indicators)
    )
    amounts = dict.fromkeys(("total_requested", "fiscal_current", "project_total", "project_fiscal"), LARGEST)
    strained = replace(declaration, **amounts, annual_goal=GOAL, overall_goal=GOAL, indicators=lines)
    return replace(project.with_form(Form.DECLARATION, strained), project_name=NAME)


def _show(on: Stage, project: Project, form: Form) -> None:
    document = on.window.document
    document.push("新建项目", (AddProject(project),))
    document.select_project(project.id)
    document.set_form(form)
    on.settle()


def _largest(on: Stage) -> Project:
    project = next(s for s in on.window.document.summaries() if Form.DECLARATION in s.forms)
    on.open(project.project_name, project.year, Form.DECLARATION)
    shown = on.window.document.saved_project
    assert shown is not None
    return replace(_strained(shown), id="strained")


def _largest_texts(on: Stage) -> None:
    _show(on, _largest(on), Form.DECLARATION)


def _largest_fields(on: Stage) -> None:
    _show(on, _largest(on), Form.DECLARATION)
    on.trigger("toggle_fields")


def _sixty_lines(on: Stage) -> None:
    _show(on, sixty(), Form.EVALUATION)
    on.window.document.request_place(Place(Form.EVALUATION, "actual_text", "n42"))
    on.settle()


def _recent_files(on: Stage) -> None:
    for number, name in enumerate(("研发平台中心 2025", "研发平台中心 2026", "下属单位汇总")):
        path = on.folder / f"{number}" / f"{name}.jixiao"
        path.parent.mkdir()
        Store.create(path).close()
        on.window.files.open(path)
        on.settle()
    on.window.files.close_store()


def _pane(times: int) -> Callable[[Stage], None]:
    """The keyboard in the pane so many steps of F6 from the table."""

    def show(on: Stage) -> None:
        on.open("科技资源共享体系建设和创新资源发展研究", 2022, Form.EVALUATION)
        on.window.page.table.setFocus()
        for _ in range(times):
            on.trigger("next_pane")

    return show


def _contrast(on: Stage) -> None:
    """A contrast theme of Windows, at a cell with a finding."""
    _ask_for_contrast(on)
    on.open("科技资源共享体系建设和创新资源发展研究", 2022, Form.EVALUATION)
    on.go("长三角科技券新增申领企业", "actual_text")


def _contrast_dialog(on: Stage) -> None:
    """A dialog with a list, boxes and fields in it."""
    _ask_for_contrast(on)
    on.trigger("copy_year")


def _ask_for_contrast(on: Stage) -> None:
    appearance = on.window.appearance
    patch.object(appearance, "_contrast", lambda: AQUATIC).start()  # it goes with the window
    appearance.refresh()


def _problems(on: Stage) -> None:
    """The keyboard in the list of problems, where a low window folds it too."""
    on.open("科技资源共享体系建设和创新资源发展研究", 2022, Form.EVALUATION)
    on.window.findings_panel.set_folded(is_folded=False)
    on.window.findings_panel.table.setFocus()
    on.press(Qt.Key.Key_Down)


EXTREME_STATES: dict[str, tuple[Callable[[Stage], None], bool]] = {
    "largest": (_largest_texts, True),
    "largest-fields": (_largest_fields, True),
    "sixty-lines": (_sixty_lines, True),
    "recent-files": (_recent_files, False),
    "contrast": (_contrast, True),
    "contrast-dialog": (_contrast_dialog, True),
    "problems": (_problems, True),
    **{f"pane-{times}": (_pane(times), True) for times in range(1, 7)},
}
