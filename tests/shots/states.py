"""Every state of the window worth looking at: each brings a window into it by what a clerk would do."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from gui.app import make_window
from gui.main_window import MainWindow
from gui.theme import AppearanceChoice
from model import edits
from model.changes import Part
from model.findings import Place
from model.records import Form
from storage.store import Store

EXAMPLE = Path(__file__).parent.parent.parent / "resources" / "example.jixiao"
SETTLE_MS = 60

HOTLINE = "上海市科技行政服务热线系统（运维）"
PROMOTION = "上海研发公共服务平台宣传推广"
LONG = "国内科技合作交流"
NETWORK = "研发平台网络运行保障"


@dataclass(frozen=True, slots=True)
class Stage:
    """A window on a copy of the example store (or on nothing), and helpers to move about in it."""

    window: MainWindow
    folder: Path

    def open(self, name: str, year: int, form: Form) -> None:
        """Put one form of a project on screen."""
        document = self.window.document
        found = next(s for s in document.summaries() if s.project_name == name and s.year == year)
        document.select_project(found.id)
        document.set_form(form)
        self.settle()

    def write(self, line_name: str, field: str, text: str) -> None:
        """Write one cell of the form on screen."""
        document = self.window.document
        project = document.saved_project
        assert project is not None
        line = next(line for line in project.indicators(document.form) if line.name == line_name)
        changes = edits.set_cell(project, Part.INDICATOR, line.id, field, text, document.settings)
        document.push("填写", changes)

    def go(self, line_name: str, field: str) -> None:
        """Put the cursor on a cell."""
        project = self.window.document.saved_project
        assert project is not None
        form = self.window.document.form
        line = next(line for line in project.indicators(form) if line.name == line_name)
        self.window.document.request_place(Place(form, field, line.id))
        self.settle()

    def settle(self) -> None:
        """Let everything be laid out and painted."""
        QTest.qWait(SETTLE_MS)

    def trigger(self, action: str) -> None:
        """Choose a menu entry."""
        self.window.commands[action].trigger()
        self.settle()


@contextmanager
def stage(folder: Path, choice: AppearanceChoice, width: int, height: int, *, store: bool) -> Iterator[Stage]:
    """A shown window; closed, and every dialog with it, when the picture is taken."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    path = folder / "研发平台中心.jixiao"
    if store:
        shutil.copyfile(EXAMPLE, path)
    window = make_window(folder / "jixiao.ini")
    window.appearance.choose(choice)
    window.resize(width, height)
    window.show()
    window.activateWindow()
    window.open_at_start(path if store else None)
    made = Stage(window, folder)
    made.settle()
    try:
        yield made
    finally:
        for widget in QApplication.topLevelWidgets():
            if widget is not window:
                widget.close()
        window.close()
        window.deleteLater()
        made.settle()


def _start(_: Stage) -> None:
    """Nothing open."""


def _empty_store(on: Stage) -> None:
    path = on.folder / "新单位.jixiao"
    Store.create(path).close()
    on.window.files.open(path)


def _declaration(on: Stage) -> None:
    on.open("研发平台数据采购及保障", 2026, Form.DECLARATION)
    on.go("万方中外文文献数据服务量", "target_text")


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
    for character in ">=3000":  # the first one opens the editor, which gets the rest
        QTest.keyClicks(QApplication.focusWidget(), character)
    on.settle()


def _evaluation(on: Stage) -> None:
    on.open(HOTLINE, 2022, Form.EVALUATION)
    on.write("系统故障数", "actual_text", "10次")
    on.write("工单办结率", "actual_text", "95%")
    on.write("工单办结率", "deviation_reason", "两件跨部门工单顺延至次年一月办结，已建立督办台账。")
    on.go("系统响应时间", "actual_text")


def _evaluation_judge(on: Stage) -> None:
    on.open(NETWORK, 2022, Form.EVALUATION)
    on.trigger("adopt_scores")
    on.go("长效管理制度建设", "actual_text")


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
    QTest.keyClicks(QApplication.focusWidget(), "365")
    on.settle()


def _failed(on: Stage) -> None:
    damaged = on.folder / "损坏.jixiao"
    damaged.write_bytes(b"not a store")
    on.window.files.open(damaged)


def _dialog(action: str) -> Callable[[Stage], None]:
    def show(on: Stage) -> None:
        on.open(PROMOTION, 2026, Form.DECLARATION)
        on.trigger(action)

    return show


def _explanation(on: Stage) -> None:
    on.open("研发平台科技资源共享服务及人才平台体系建设", 2026, Form.DECLARATION)
    QTest.keyClick(on.window, Qt.Key.Key_F8)
    on.trigger("explain")


def _restore(on: Stage) -> None:
    on.window.document.push("改名", ())
    on.trigger("back_up")
    on.trigger("restore")


STATES: dict[str, tuple[Callable[[Stage], None], bool]] = {
    "start": (_start, False),
    "failed": (_failed, False),
    "empty-store": (_empty_store, True),
    "declaration": (_declaration, True),
    "declaration-fields": (_declaration_fields, True),
    "declaration-errors": (_declaration_errors, True),
    "declaration-long": (_declaration_long, True),
    "typing": (_typing, True),
    "evaluation": (_evaluation, True),
    "evaluation-judge": (_evaluation_judge, True),
    "evaluation-fields": (_evaluation_fields, True),
    "evaluation-not-started": (_evaluation_not_started, True),
    "over-achieved": (_over_achieved, True),
    "search": (_search, True),
    "dialog-new-project": (_dialog("new_project"), True),
    "dialog-copy-year": (_dialog("copy_year"), True),
    "dialog-export": (_dialog("export"), True),
    "dialog-settings": (_dialog("settings"), True),
    "dialog-restore": (_restore, True),
    "dialog-explanation": (_explanation, True),
    "dialog-keyboard": (_dialog("keyboard"), True),
    "dialog-about": (_dialog("about"), True),
    "dialog-remove-project": (_dialog("remove_project"), True),
}


def subject(window: MainWindow) -> QWidget:
    """What the picture shows: the dialog on top, else the window."""
    dialog = QApplication.activeModalWidget()
    return dialog if dialog is not None else window
