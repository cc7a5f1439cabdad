"""Every state of the window worth looking at: each brings a window into it by what a clerk would do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from gui.document.project_list import Group
from model import edits
from model.changes import AddProject, Part, SetField
from model.findings import Severity
from model.records import Form, Project
from storage.files.ids import new_id
from storage.store import drafts
from storage.store.sqlite import Store
from tests.shots.dialog_states import DIALOG_STATES
from tests.shots.extreme_states import EXTREME_STATES
from tests.shots.stage import Stage
from tests.shots.trouble_states import TROUBLE_STATES

HOTLINE = "上海市科技行政服务热线系统（运维）"
PROMOTION = "上海研发公共服务平台宣传推广"
LONG = "国内科技合作交流"
NETWORK = "研发平台网络运行保障"


def _start(_: Stage) -> None:
    """Nothing open."""


def _empty_store(on: Stage) -> None:
    path = on.folder / "新单位.jixiao"
    Store.create(path).close()
    on.window.files.open(path)


def _declaration(on: Stage) -> None:
    on.open("研发平台数据采购及保障", 2026, Form.DECLARATION)
    on.go("万方中外文文献数据服务量", "target_text")


def _new_form(on: Stage) -> None:
    """A project that was made just now, in a file of its own: what a clerk sees first."""
    _empty_store(on)
    document = on.window.document
    header = Project("new", 2027, "社区科普活动", "上海市科学技术委员会", "上海市研发公共服务平台管理中心")
    document.push("新建项目", edits.new_project(header, [Form.DECLARATION], iter(new_id, ""), document.settings))
    document.select_project("new")
    on.window.page.go_to_first_empty()


def _new_form_left(on: Stage) -> None:
    """Of its fields one was left without a word, and one holds what is none."""
    _new_form(on)
    for _ in range(2):
        on.press(Qt.Key.Key_Tab)
    on.type("明年")
    on.press(Qt.Key.Key_Tab)


def _evaluation_begun(on: Stage) -> None:
    on.open("信息化运维项目", 2026, Form.DECLARATION)
    on.trigger("show_evaluation")
    on.trigger("start_form")


def _declaration_fields(on: Stage) -> None:
    on.open("研发平台数据采购及保障", 2026, Form.DECLARATION)
    on.trigger("toggle_fields")


def _declaration_errors(on: Stage) -> None:
    on.open(PROMOTION, 2026, Form.DECLARATION)
    on.write("媒体专版报道量", "target_text", "≥二十篇左右")
    on.write("视频宣传片", "name", "")
    on.go("服务站点维护", "target_text")


def _declaration_long(on: Stage) -> None:
    on.open(LONG, 2025, Form.DECLARATION)
    on.go("开展长三角科创共同体联合攻关组织保障保障人数", "target_text")


def _typing(on: Stage) -> None:
    on.open(PROMOTION, 2026, Form.DECLARATION)
    on.go("上海研发平台公众号的粉丝增加量", "target_text")
    on.type(">=3000")


def _typing_a_name(on: Stage) -> None:
    on.open(PROMOTION, 2026, Form.DECLARATION)
    on.wait_for(lambda: on.window.document.library.is_counted)
    on.go("科技资源开放日活动", "name")
    on.type("hd")
    on.press(Qt.Key.Key_Down)


def _draft_offered(on: Stage) -> None:
    on.open(PROMOTION, 2026, Form.DECLARATION)
    document = on.window.document
    project, store = document.saved_project, document.store
    assert project is not None
    assert store is not None
    path, goal = store.path, "面向科研人员和中小企业宣传研发公共服务平台，全年组织线上线下推广活动"
    document.close_store()
    typed = SetField(project.id, Form.DECLARATION, project.id, "annual_goal", "", goal)
    drafts.write(path, (drafts.Draft(project.id, (typed,)),))
    on.window.files.open(path)
    on.open(PROMOTION, 2026, Form.DECLARATION)


def _evaluation(on: Stage) -> None:
    on.open(HOTLINE, 2022, Form.EVALUATION)
    on.write("系统故障数", "actual_text", "10次")
    on.write("工单办结率", "actual_text", "95%")
    on.write("工单办结率", "deviation_reason", "两件跨部门工单顺延至次年一月办结，已建立督办台账。")
    on.go("系统响应时间", "actual_text")


def _score_asked(on: Stage) -> None:
    """The score beside the opened amounts, also where it is hidden until somebody asks for it."""
    _evaluation_fields(on)
    if not on.window.score_panel.isVisible():
        on.trigger("show_score")


def _evaluation_judge(on: Stage) -> None:
    on.open(NETWORK, 2022, Form.EVALUATION)
    on.trigger("adopt_scores")
    on.go("长效管理制度建设", "actual_text")


def _not_applicable(on: Stage) -> None:
    on.open(HOTLINE, 2022, Form.EVALUATION)
    on.write("系统故障数", "achievement", "left_out")
    on.write("系统故障数", "deviation_reason", "系统年中停用，本年度没有可计的故障。")
    on.write("工单办结率", "achievement", "rescaled")
    on.go("系统故障数", "actual_text")


def _evaluation_fields(on: Stage) -> None:
    on.open(HOTLINE, 2022, Form.EVALUATION)
    on.trigger("toggle_fields")


def _evaluation_not_started(on: Stage) -> None:
    on.open("信息化运维项目", 2026, Form.DECLARATION)
    on.trigger("show_evaluation")


def _over_achieved(on: Stage) -> None:
    on.open("科技资源共享体系建设和创新资源发展研究", 2022, Form.EVALUATION)
    on.go("长三角科技券新增申领企业", "actual_text")


def _search(on: Stage) -> None:
    on.trigger("find")
    on.type("365")


def _search_empty(on: Stage) -> None:
    on.trigger("find")
    on.type("没有这样的指标")


def _context_menu(on: Stage) -> None:
    on.open(PROMOTION, 2026, Form.DECLARATION)
    on.go("服务站点维护", "target_text")
    table = on.window.page.table
    place = table.visualRect(table.currentIndex()).center()
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, table.viewport().mapToGlobal(place))
    QApplication.sendEvent(table.viewport(), event)


def _achievement_menu(on: Stage) -> None:
    _evaluation_judge(on)
    on.press(Qt.Key.Key_F4)


def _findings_filtered(on: Stage) -> None:
    on.open(LONG, 2025, Form.DECLARATION)
    panel = on.window.findings_panel
    panel.set_folded(is_folded=False)
    panel.chips[Severity.WARNING.value].click()


def _no_findings(on: Stage) -> None:
    """A project whose only warning was mended, with the list open."""
    on.open("研发平台数据采购及保障", 2026, Form.DECLARATION)
    on.type("平均每家用户的服务成本")
    on.press(Qt.Key.Key_Tab)
    on.type("<=500元")
    on.press(Qt.Key.Key_Return)
    on.window.findings_panel.set_folded(is_folded=False)


def _not_begun(on: Stage) -> None:
    """A project none of whose forms has been begun."""
    on.open(PROMOTION, 2026, Form.DECLARATION)
    project = on.window.document.saved_project
    assert project is not None
    only = replace(project.with_form(Form.DECLARATION, None), id="blank", project_name="还没有开始的项目")
    on.window.document.push("新建项目", (AddProject(only),))
    on.window.document.select_project("blank")


def _explained(on: Stage) -> None:
    on.open("研发平台数据采购及保障", 2026, Form.DECLARATION)
    document = on.window.document
    project = document.saved_project
    assert project is not None
    warning = next(finding for finding in document.findings if finding.severity is Severity.WARNING)
    text = "本项目为数据资源采购，经费以合同价结算，成本已在预算评审中核定，不另设成本指标。"
    document.push("填写出错说明", edits.explain(project, warning.key, text, document.settings))


def _long_name(on: Stage) -> None:
    on.open(HOTLINE, 2022, Form.EVALUATION)
    project = on.window.document.saved_project
    assert project is not None
    name = "科技行政服务热线系统及大型科学仪器共享与长三角科技资源协同服务平台一体化升级改造与运行维护（二期）项目"
    settings = on.window.document.settings
    changes = edits.set_cell(project, Part.PROJECT, project.id, "project_name", name, settings)
    on.window.document.push("改名", changes)


def _narrow(on: Stage) -> None:
    on.window.resize(QSize(1024, 600).boundedTo(on.window.size()))
    _evaluation(on)


def _many_projects(on: Stage) -> None:
    on.open(PROMOTION, 2026, Form.DECLARATION)
    project = on.window.document.saved_project
    assert project is not None
    copies = []
    for number in range(1, 61):
        made = edits.copy_to_year(
            project, 2027, f"copy{number}", iter(new_id, ""), edits.Targets.KEPT, on.window.document.settings
        )
        copies.append(AddProject(replace(made, project_name=f"科技资源共享服务子项目（第{number}包）")))
    on.window.document.push("新建 60 个项目", tuple(copies))
    on.window.document.select_project("copy48")


def _unit_page(on: Stage) -> None:
    on.window.document.select_group(Group.of(on.window.document.summaries()[0]))
    on.settle()
    on.window.overview.table.setFocus()
    on.press(Qt.Key.Key_Down)


def _unit_page_scored(on: Stage) -> None:
    on.window.document.select_group(Group.of(on.window.document.summaries()[-1]))
    on.window.navigator.tree.setFocus()


def _year_page(on: Stage) -> None:
    _many_projects(on)
    on.window.document.select_group(Group(2026))
    on.window.overview.table.setFocus()


def _several_chosen(on: Stage) -> None:
    """Three projects of the list, and what can be done with them."""
    window = on.window
    summaries = window.document.summaries()
    tree = window.navigator.tree
    tree.setFocus()
    tree.stand_on(window.navigator.rows.index_of(summaries[0].id))
    on.settle()
    for _ in range(2):
        QTest.keyClick(tree, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    tree.contextMenuEvent(QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(), QPoint()))


def _check(on: Stage) -> None:
    on.window.document.choose(one.id for one in on.window.document.summaries()[:10])
    on.trigger("check_projects")


def _rolled_over(on: Stage) -> None:
    """A project copied into the next year: amounts are blank, in grey what they were; lines beside what they were."""
    on.open(PROMOTION, 2026, Form.DECLARATION)
    document = on.window.document
    project = document.saved_project
    assert project is not None
    copy = edits.copy_to_year(project, 2027, "next", iter(new_id, ""), edits.Targets.KEPT, document.settings)
    document.push("复制 1 个项目到 2027 年度", edits.add_copies([copy], [], document.settings))
    document.select_project("next")
    on.trigger("show_past")


def _beside_last_year(on: Stage) -> None:
    """The lines of 2026 beside what they were in 2022."""
    on.open(NETWORK, 2026, Form.DECLARATION)
    on.trigger("show_past")


def _evaluation_beside_last_year(on: Stage) -> None:
    """The same in a self-evaluation, with the score beside it: the most columns there are in the least room."""
    on.open(NETWORK, 2026, Form.DECLARATION)
    on.trigger("show_evaluation")
    on.trigger("start_form")
    on.write("并发用户数", "actual_text", "520人")
    on.trigger("show_past")
    on.go("核心设备故障次数", "actual_text")


def _failed(on: Stage) -> None:
    damaged = on.folder / "损坏.jixiao"
    damaged.write_bytes(b"not a store")
    on.window.files.open(damaged)


STATES: dict[str, tuple[Callable[[Stage], None], bool]] = {
    "start": (_start, False),
    "failed": (_failed, False),
    "empty-store": (_empty_store, True),
    "declaration": (_declaration, True),
    "new-form": (_new_form, True),
    "new-form-left": (_new_form_left, True),
    "evaluation-begun": (_evaluation_begun, True),
    "declaration-fields": (_declaration_fields, True),
    "rolled-over": (_rolled_over, True),
    "beside-last-year": (_beside_last_year, True),
    "evaluation-beside-last-year": (_evaluation_beside_last_year, True),
    "declaration-errors": (_declaration_errors, True),
    "declaration-long": (_declaration_long, True),
    "typing": (_typing, True),
    "typing-a-name": (_typing_a_name, True),
    "draft-offered": (_draft_offered, True),
    "evaluation": (_evaluation, True),
    "score-asked": (_score_asked, True),
    "evaluation-judge": (_evaluation_judge, True),
    "not-applicable": (_not_applicable, True),
    "evaluation-fields": (_evaluation_fields, True),
    "evaluation-not-started": (_evaluation_not_started, True),
    "over-achieved": (_over_achieved, True),
    "search": (_search, True),
    "search-empty": (_search_empty, True),
    "context-menu": (_context_menu, True),
    "achievement-menu": (_achievement_menu, True),
    "findings-filtered": (_findings_filtered, True),
    "findings-none": (_no_findings, True),
    "not-begun": (_not_begun, True),
    "explained": (_explained, True),
    "long-name": (_long_name, True),
    "narrow": (_narrow, True),
    "many-projects": (_many_projects, True),
    "several-chosen": (_several_chosen, True),
    "check": (_check, True),
    "unit-page": (_unit_page, True),
    "unit-page-scored": (_unit_page_scored, True),
    "year-page": (_year_page, True),
    **EXTREME_STATES,
    **DIALOG_STATES,
    **TROUBLE_STATES,
}
