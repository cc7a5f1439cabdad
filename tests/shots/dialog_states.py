"""Every dialog, menu and further window worth looking at, each opened as a clerk would open it."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QTabWidget

from gui.desk.tasks import Monitor
from gui.files.export import ExportDialog
from gui.files.first_start import FirstStartDialog
from gui.files.import_preview import ImportDialog
from gui.projects.copy_year import CopyYearDialog
from gui.projects.link_years import LinkYearsDialog
from gui.search.replace import ReplaceDialog
from model import edits
from model.changes import RemoveProject
from model.records import Form
from storage.interchange import write_forms
from tests.gui.found import child, file_of, focused
from tests.model.form_texts import table
from tests.shots.stage import Stage
from tests.storage.pdf.drawn_pdf import Paper, draw, printed

PROMOTION = "上海研发公共服务平台宣传推广"
DOUBTFUL_ROWS = (
    "绩效指标\t产出指标\t数量指标\t培训场次\t≥12.00(场)\t",
    "\t\t质量指标\t合格率\t≥95.00(%)\t",
    "\t\t\t培训完成及时率\t=100.00(%)\t",
    "\t时效指标\t开课时间\t2026年6月底前\t\t",
)


def _dialog(action: str) -> Callable[[Stage], None]:
    def show(on: Stage) -> None:
        on.open(PROMOTION, 2026, Form.DECLARATION)
        on.trigger(action)

    return show


def _replace(on: Stage) -> None:
    """A text replaced over a year, seen before it is."""
    on.open(PROMOTION, 2026, Form.DECLARATION)
    on.trigger("replace")
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, ReplaceDialog)
    dialog.scope.setCurrentIndex(dialog.scope.count() - 1)
    dialog.sought.setText("2026")
    dialog.other.setText("2027")
    dialog.search()


def _copy_year_texts(on: Stage) -> None:
    """The years of texts that move on, seen before they do."""
    on.open(PROMOTION, 2026, Form.DECLARATION)
    document = on.window.document
    project = document.saved_project
    assert project is not None
    goal = "2026年完成媒体报道20篇，按《2026年宣传方案》于2026年12月底前举办开放日活动，转载量较2025年提高。"
    document.push("目标", edits.set_cell(project, Form.DECLARATION, project.id, "annual_goal", goal, document.settings))
    on.trigger("copy_year")
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, CopyYearDialog)
    dialog.accept_button.click()


def _link_years(on: Stage) -> None:
    """What goes on from 2022, what is asked, what is new."""
    on.open("研发平台网络运行保障", 2026, Form.DECLARATION)
    on.trigger("link_years")
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, LinkYearsDialog)
    dialog.source.setCurrentIndex(dialog.source.findData(2022))


def _library(on: Stage) -> None:
    on.open(PROMOTION, 2026, Form.DECLARATION)
    on.wait_for(lambda: on.window.document.library.is_counted)
    on.go("科技资源开放日活动", "name")
    on.trigger("library")
    on.type("hd")
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Space, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Space):
        on.press(key)


def _library_empty(on: Stage) -> None:
    on.open(PROMOTION, 2026, Form.DECLARATION)
    on.trigger("library")
    on.type("qqq")


def _settings(tab: int) -> Callable[[Stage], None]:
    def show(on: Stage) -> None:
        on.trigger("settings")
        dialog = QApplication.activeModalWidget()
        assert dialog is not None
        tabs = child(dialog, QTabWidget)
        tabs.setCurrentIndex(tab)

    return show


def _explanation(on: Stage) -> None:
    on.open("研发平台科技资源共享服务及人才平台体系建设", 2026, Form.DECLARATION)
    QTest.keyClick(on.window, Qt.Key.Key_F8)
    on.trigger("explain")


def _restore(on: Stage) -> None:
    on.window.document.push("改名", ())
    on.trigger("back_up")
    on.trigger("restore")


def _import_pdf(on: Stage) -> None:
    """A PDF of forms some of which the store has with other texts, at a line that differs."""
    store = file_of(on.window.document)
    projects = store.projects(year=2026)[:3]
    path = draw(on.folder / "去年的表.pdf", printed(projects))
    on.open(projects[0].project_name, 2026, Form.DECLARATION)
    line = projects[0].indicators(Form.DECLARATION)[1]
    on.write(line.name, "target_text", "≥3个")
    on.window.files.preview_import([path])
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, ImportDialog)
    on.wait_for(lambda: dialog.table.topLevelItemCount() > 0)
    cells = dialog.details.cells
    differing = (cells.topLevelItem(number) for number in range(cells.topLevelItemCount()))
    cells.setCurrentItem(next(item for item in differing if item is not None and "不同" in item.text(2)))
    on.wait_for(lambda: not dialog.details.pages.said)


def _import_inferred(on: Stage) -> None:
    """A pasted form in which levels stand that may be meant otherwise: what was inferred, and from which passage."""
    QApplication.clipboard().setText(table(*DOUBTFUL_ROWS))
    on.window.files.paste_forms()
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, ImportDialog)
    on.wait_for(lambda: dialog.table.topLevelItemCount() > 0)
    form = dialog.table.topLevelItem(0)
    assert form is not None
    dialog.table.setCurrentItem(form.child(0) or form)


def _import_reading(on: Stage) -> None:
    """Files that are still being read: the program is at something else before."""

    def work(monitor: Monitor) -> None:
        while not monitor.is_cancelled():
            time.sleep(0.01)

    on.window.tasks.run("核对备份", work, lambda _: None, lambda _: None)
    on.window.files.preview_import([on.folder / "各科室报来的表.json"])


def _import_refused(on: Stage) -> None:
    path = on.folder / "扫描的表.pdf"
    paper = Paper(path)
    paper.picture()
    paper.end()
    on.window.files.preview_import([path])
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, ImportDialog)
    on.wait_for(lambda: bool(dialog.message.text))


def _import(on: Stage) -> None:
    store = file_of(on.window.document)
    forms = on.folder / "各科室报来的表.json"
    projects = store.projects(year=2026)
    write_forms(forms, projects, store.settings())
    on.open(PROMOTION, 2026, Form.DECLARATION)
    on.write("服务站点维护", "target_text", "≥3个")
    on.window.document.push("删除项目", _removal(on, projects[0].id))
    on.window.files.preview_import([forms])
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, ImportDialog)
    on.wait_for(lambda: dialog.table.topLevelItemCount() > 0)


def _removal(on: Stage, project_id: str) -> tuple[RemoveProject, ...]:
    store = on.window.document.store
    assert store is not None
    return (RemoveProject(store.project(project_id)),)


def _manual(on: Stage) -> None:
    on.trigger("manual")


def _manual_search(on: Stage) -> None:
    on.trigger("manual")
    QTest.keyClick(focused(), Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    on.type("反向指标")


def _export_done(on: Stage) -> None:
    on.open(PROMOTION, 2026, Form.DECLARATION)
    on.trigger("export")
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, ExportDialog)
    dialog.path.setText(str(on.folder / "2026年度 申报表.xlsx"))
    dialog.accept_button.click()
    on.wait_for(lambda: QApplication.activeModalWidget() is None)
    on.window.activateWindow()  # as a desktop does when a dialog goes


def _first_start(on: Stage) -> None:
    on.window.preferences.settings.remove("recent")
    on.window.preferences.set_folder(on.folder)
    on.window.files.greet()
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, FirstStartDialog)
    dialog.path.setText(r"C:\Users\张三\Documents\绩效填报.jixiao")  # a picture shows no folder of one machine


DIALOG_STATES: dict[str, tuple[Callable[[Stage], None], bool]] = {
    "dialog-first-start": (_first_start, False),
    "dialog-new-project": (_dialog("new_project"), True),
    "dialog-copy-year": (_dialog("copy_year"), True),
    "dialog-copy-year-texts": (_copy_year_texts, True),
    "dialog-link-years": (_link_years, True),
    "dialog-replace": (_replace, True),
    "dialog-library": (_library, True),
    "dialog-library-empty": (_library_empty, True),
    "dialog-export": (_dialog("export"), True),
    "dialog-import": (_import, True),
    "dialog-import-pdf": (_import_pdf, True),
    "dialog-import-inferred": (_import_inferred, True),
    "dialog-import-reading": (_import_reading, True),
    "dialog-import-refused": (_import_refused, True),
    "dialog-settings": (_settings(0), True),
    "dialog-settings-profiles": (_settings(1), True),
    "dialog-settings-thresholds": (_settings(2), True),
    "dialog-settings-units": (_settings(3), True),
    "dialog-restore": (_restore, True),
    "dialog-explanation": (_explanation, True),
    "dialog-keyboard": (_dialog("keyboard"), True),
    "dialog-about": (_dialog("about"), True),
    "removed-project": (_dialog("remove_project"), True),
    "manual": (_manual, True),
    "manual-search": (_manual_search, True),
    "export-done": (_export_done, True),
}
