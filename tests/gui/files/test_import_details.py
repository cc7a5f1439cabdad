"""The preview in full: the cells of a form beside the store's, lines left out, texts mended, the page of a PDF."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QAbstractSlider,
    QApplication,
    QFileDialog,
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeWidgetItem,
)
from pytestqt.qtbot import QtBot

from gui.desk.tasks import TaskRunner
from gui.document.document import Document
from gui.files.import_preview import ImportDialog
from gui.main_window import MainWindow
from gui.views.cell_field import pretty_money
from model.forms import FORMS
from model.records import Declaration, Form, Project
from storage.importing.plan import read_files
from tests.gui.dialogs import enter, escape, gestures, opened, shown, wait_for_job
from tests.gui.found import children
from tests.gui.window import shown_window
from tests.model.projects import declaration_of
from tests.storage.builders import project
from tests.storage.pdf.drawn_pdf import draw, printed


@pytest.fixture
def tasks() -> Iterator[TaskRunner]:
    tasks = TaskRunner()
    yield tasks
    tasks.shut_down()


@pytest.fixture
def document(given_store: Path, qtbot: QtBot) -> Iterator[Document]:
    with opened(given_store) as document:
        yield document


@pytest.fixture
def changed(given_files: tuple[Path, ...], tmp_path: Path) -> Path:
    """The first given form with another goal, another value, and a line under another name."""
    content = json.loads(given_files[0].read_text(encoding="utf-8"))
    form = content["forms"][0]
    form["annual_goal"] = "改过的目标"
    form["indicators"][1]["value_text"] = "=3.00(次)"
    form["indicators"][2]["name"] = "新的指标名称"
    path = tmp_path / "改过的.json"
    path.write_text(json.dumps(content | {"forms": [form]}, ensure_ascii=False), encoding="utf-8")
    return path


def preview(qtbot: QtBot, document: Document, tasks: TaskRunner, *paths: Path) -> ImportDialog:
    dialog = shown(qtbot, ImportDialog(document, tasks, paths))
    wait_for_job(qtbot, dialog)
    return dialog


def items(dialog: ImportDialog) -> list[QTreeWidgetItem]:
    cells = dialog.details.cells
    tops = [cells.topLevelItem(number) for number in range(cells.topLevelItemCount())]
    return [item for item in tops if item is not None]


def item_of(dialog: ImportDialog, label: str) -> QTreeWidgetItem:
    return next(item for item in items(dialog) if item.text(0) == label)


def first_of(document: Document) -> Project:
    assert document.store is not None
    found = [one for one in document.store.projects(year=2025) if one.project_name == "绿色技术银行综合管理与运行"]
    return found[0]


def test_that_every_difference_stands_beside_its_cell(
    qtbot: QtBot, document: Document, tasks: TaskRunner, changed: Path
) -> None:
    dialog = preview(qtbot, document, tasks, changed)
    goal = item_of(dialog, "年度总体目标")
    assert goal.text(1) == "改过的目标"
    assert goal.text(2).startswith("现有：加快推进绿色技术银行建设")
    line = item_of(dialog, "指标 2")
    assert "不同 1 处" in line.text(2)
    assert line.isExpanded()
    assert [line.child(n).text(2) for n in range(line.childCount()) if line.child(n).text(2)] == ["现有：=2.00(次)"]
    assert "新的指标" in item_of(dialog, "指标 3").text(2)
    assert [item.text(1) for item in items(dialog) if item.text(2) == "文件里没有这条现有的指标"] == [
        "绿色技术专题对接活动"
    ]


def test_that_no_line_of_a_form_that_does_not_come_in_has_a_mark_but_the_ones_that_keep_it_out(
    qtbot: QtBot, document: Document, tasks: TaskRunner, changed: Path
) -> None:
    dialog = preview(qtbot, document, tasks, changed)

    def marks() -> list[object]:
        QApplication.processEvents()
        found = [item_of(dialog, f"指标 {number}").data(0, Qt.ItemDataRole.CheckStateRole) for number in (2, 3)]
        return [None if state is None else Qt.CheckState(state) for state in found]

    assert marks() == [None, None]
    dialog.replace.click()
    assert marks() == [Qt.CheckState.Checked] * 2
    item_of(dialog, "指标 3").setCheckState(0, Qt.CheckState.Unchecked)
    dialog.replace.click()
    assert marks() == [Qt.CheckState.Checked, Qt.CheckState.Unchecked]


def test_that_the_first_differing_cell_is_in_sight_of_a_form_that_is_shown_until_a_person_goes_elsewhere(
    qtbot: QtBot, document: Document, tasks: TaskRunner, given_files: tuple[Path, ...], tmp_path: Path
) -> None:
    content = json.loads(given_files[0].read_text(encoding="utf-8"))
    content["forms"][0]["indicators"][12]["value_text"] = "=3.00(次)"
    path = tmp_path / "改过的.json"
    path.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    dialog = preview(qtbot, document, tasks, path)
    cells, line = dialog.details.cells, item_of(dialog, "指标 13")
    cell = next(child for n in range(line.childCount()) if (child := line.child(n)).text(2).startswith("现有："))

    def is_seen(item: QTreeWidgetItem) -> bool:
        place = cells.visualItemRect(item)
        return not place.isEmpty() and cells.viewport().rect().contains(place)

    assert is_seen(cell)
    dialog.resize(dialog.width(), 380)
    QApplication.processEvents()
    assert is_seen(cell)
    cells.verticalScrollBar().triggerAction(QAbstractSlider.SliderAction.SliderToMinimum)
    dialog.resize(dialog.width(), 400)
    QApplication.processEvents()
    assert is_seen(items(dialog)[0])
    for number in (1, 0):
        dialog.table.setCurrentItem(dialog.table.topLevelItem(number))
    assert cells.verticalScrollBar().value() > 0


def test_that_a_line_without_its_mark_is_left_out_and_comes_back(
    qtbot: QtBot, document: Document, tasks: TaskRunner, changed: Path
) -> None:
    dialog = preview(qtbot, document, tasks, changed)
    item_of(dialog, "指标 1").setCheckState(0, Qt.CheckState.Unchecked)
    top = dialog.table.topLevelItem(0)
    assert top is not None
    qtbot.waitUntil(lambda: dialog.table.topLevelItem(0).text(1) == "15 条")
    assert item_of(dialog, "指标 1").checkState(0) is Qt.CheckState.Unchecked
    dialog.replace.setChecked(True)
    enter(qtbot)
    after = first_of(document)
    assert len(after.indicators(Form.DECLARATION)) == 15


def test_that_a_text_is_mended_in_place_and_comes_in_as_one_step(
    qtbot: QtBot, document: Document, tasks: TaskRunner, changed: Path
) -> None:
    dialog = preview(qtbot, document, tasks, changed)
    dialog.replace.setChecked(True)
    cells = dialog.details.cells
    cells.setFocus()
    cells.setCurrentItem(item_of(dialog, "年度总体目标"), 1)
    qtbot.keyClick(cells, Qt.Key.Key_F2)
    editor = next(one for one in children(cells, QLineEdit) if one.isVisible())
    editor.selectAll()
    qtbot.keyClicks(editor, "mended")
    before = gestures(document)
    qtbot.keyClick(editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert len(gestures(document)) == len(before) + 1
    after = first_of(document)
    assert after.of(Declaration) is not None
    assert declaration_of(after).annual_goal == "mended"


@pytest.mark.guarded
def test_that_the_page_of_a_pdf_is_shown_with_the_line_the_cursor_is_on(
    qtbot: QtBot, document: Document, tasks: TaskRunner, tmp_path: Path
) -> None:
    dialog = preview(qtbot, document, tasks, draw(tmp_path / "表.pdf", printed([project()])))
    pages = dialog.details.pages
    assert pages.isVisible()
    assert pages.said == "正在显示原文件的这一页…"
    qtbot.waitUntil(lambda: pages.said == "", timeout=30_000)
    assert pages.marked.isNull()
    dialog.details.cells.setCurrentItem(item_of(dialog, "指标 1"))
    assert pages.marked.height() > 10
    escape(qtbot)


def test_that_a_page_that_cannot_be_shown_is_told_in_its_place(
    qtbot: QtBot, document: Document, tasks: TaskRunner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = draw(tmp_path / "表.pdf", printed([project()]))
    really = read_files

    def and_gone(*arguments: object, **options: object) -> object:
        found = really(*arguments, **options)  # type: ignore[arg-type]
        path.unlink()
        return found

    monkeypatch.setattr("storage.importing.plan.read_files", and_gone)
    dialog = preview(qtbot, document, tasks, path)
    qtbot.waitUntil(lambda: "无法读取" in dialog.details.pages.said, timeout=30_000)
    assert dialog.accept_button.isEnabled()


def test_that_of_several_files_one_that_cannot_be_read_is_told_and_the_others_come(
    qtbot: QtBot, document: Document, tasks: TaskRunner, changed: Path, tmp_path: Path
) -> None:
    (tmp_path / "扫描.png").write_bytes(b"x")
    dialog = preview(qtbot, document, tasks, tmp_path / "扫描.png", changed)
    assert dialog.accept_button.text() == "导入"  # of one form with other texts nothing comes in unasked
    assert "有的文件没有读" in dialog.message.text
    assert "扫描.png" in dialog.message.text


def test_that_of_each_file_that_was_not_read_the_list_says_why_and_what_to_do(
    qtbot: QtBot, document: Document, tasks: TaskRunner, changed: Path, tmp_path: Path
) -> None:
    names = [f"{number}.{kind}" for number, kind in enumerate(("png", "doc", "et", "csv", "zip"))]
    for name in names:
        (tmp_path / name).write_bytes(b"x")
    for read in ([], [changed]):
        dialog = preview(qtbot, document, tasks, *(tmp_path / name for name in names), *read)
        table = dialog.table
        rows = [table.topLevelItem(number) for number in range(table.topLevelItemCount())]
        refused = [row for row in rows if row is not None and row.text(2) == "没有读"]
        assert [name for name, row in zip(names, refused, strict=True) if name in row.text(0)] == names
        assert all("请" in row.child(0).text(0) for row in refused)
        assert "共 5 个文件" in dialog.message.text
        assert names[0] in dialog.message.text
        assert ("要替换请勾选" in dialog.message.text) is bool(read)
        assert dialog.accept_button.isEnabled() is False
        assert table.isEnabled()
        assert len(items(dialog)) == 0 or read
        table.setCurrentItem(refused[-1])
        assert items(dialog) == []
        table.setCurrentItem(rows[0])
        assert bool(items(dialog)) is bool(read)
        dialog.reject()


def drop(window: MainWindow, *paths: Path) -> None:
    """What Qt calls when files come over the window and are let go."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    how = (Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    entering = QDragEnterEvent(QPoint(5, 5), *how)
    entering.ignore()
    window.dragEnterEvent(entering)
    assert entering.isAccepted()
    window.dropEvent(QDropEvent(QPointF(5, 5), *how))


def test_that_a_folder_dropped_on_the_window_leads_to_the_preview(
    qtbot: QtBot, tmp_path: Path, given_store: Path, changed: Path
) -> None:
    folder = tmp_path / "收到的表"
    folder.mkdir()
    changed.rename(folder / "一.json")
    (folder / "~$一.docx").write_bytes(b"x")
    (folder / "说明.png").write_bytes(b"x")
    window = shown_window(qtbot, tmp_path, given_store)
    drop(window, folder)
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), ImportDialog))
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, ImportDialog)
    wait_for_job(qtbot, dialog)
    assert dialog.table.topLevelItemCount() == 2
    assert "“说明.png”是图片" in dialog.message.text
    escape(qtbot)


def test_that_a_folder_without_such_files_is_told(qtbot: QtBot, tmp_path: Path, given_store: Path) -> None:
    (tmp_path / "空的").mkdir()
    window = shown_window(qtbot, tmp_path, given_store)
    drop(window, tmp_path / "空的")
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), ImportDialog))
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, ImportDialog)
    wait_for_job(qtbot, dialog)
    assert "文件夹“空的”里没有可以导入的文件" in dialog.message.text
    escape(qtbot)


def test_that_without_an_open_file_a_store_is_opened_and_forms_ask_for_a_new_one(
    qtbot: QtBot, tmp_path: Path, given_store: Path, changed: Path
) -> None:
    window = shown_window(qtbot, tmp_path)
    drop(window, changed)
    qtbot.waitUntil(lambda: bool(children(window, QFileDialog)))
    asking = children(window, QFileDialog)[0]
    assert "放导入的表" in asking.windowTitle()
    asking.reject()
    drop(window, given_store)
    qtbot.waitUntil(lambda: window.document.store is not None)


def test_that_what_is_to_be_checked_has_the_width_it_needs_and_half_at_most(
    qtbot: QtBot, document: Document, tasks: TaskRunner, changed: Path, given_files: tuple[Path, ...]
) -> None:
    def widths(*paths: Path) -> tuple[int, int]:
        dialog = preview(qtbot, document, tasks, *paths)
        dialog.resize(1400, 640)
        QApplication.processEvents()
        header = dialog.details.cells.header()
        dialog.reject()
        return header.sectionSize(1), header.sectionSize(2)

    read, said = widths(*(path for path in given_files if "2026" in path.name))
    assert read > 2 * said
    read, said = widths(changed)
    assert abs(read - said) <= 1


def test_that_an_amount_and_a_date_are_shown_as_the_form_will_and_typed_over_as_they_came(
    qtbot: QtBot, document: Document, tasks: TaskRunner, given_files: tuple[Path, ...]
) -> None:
    dialog = preview(qtbot, document, tasks, given_files[0])
    cells = dialog.details.cells
    labels = {cell.name: cell.label for cell in FORMS[Form.DECLARATION].cells}
    names = ("fiscal_current", "end_date", "total_requested")
    for name, text in (("fiscal_current", "385.7934万元"), ("end_date", "20251231")):
        item_of(dialog, labels[name]).setText(1, text)
        QApplication.processEvents()
        assert "原文" in item_of(dialog, labels[name]).text(2)
    amount, day, total = (item_of(dialog, labels[name]) for name in names)

    def shown_text(item: QTreeWidgetItem) -> str:
        option = QStyleOptionViewItem()
        delegate = cells.itemDelegate()
        assert isinstance(delegate, QStyledItemDelegate)
        delegate.initStyleOption(option, cells.indexFromItem(item, 1))
        heard = item.data(1, Qt.ItemDataRole.AccessibleTextRole)
        assert heard == option.text  # type: ignore[attr-defined]
        return str(heard)

    assert shown_text(amount) == "3,857,934.00"
    assert "原文：385.7934万元" in amount.text(2).split("\n")
    assert amount.toolTip(1) == "385.7934万元"
    assert shown_text(day) == "2025-12-31"
    assert "原文：20251231" in day.text(2).split("\n")
    assert shown_text(total) == pretty_money(total.text(1)) != total.text(1)
    assert "原文" not in total.text(2)
    assert not any("现有：" in line and "," not in line for line in amount.text(2).split("\n"))
    cells.setCurrentItem(amount, 1)
    cells.editItem(amount, 1)
    editor = cells.viewport().findChild(QLineEdit)
    assert isinstance(editor, QLineEdit)
    assert editor.text() == "385.7934万元"


def test_that_an_amount_that_is_only_written_otherwise_is_told_as_it_is_written_on_both_sides(
    qtbot: QtBot, document: Document, tasks: TaskRunner, given_files: tuple[Path, ...], tmp_path: Path
) -> None:
    content = json.loads(given_files[0].read_text(encoding="utf-8"))
    amounts = content["forms"][0]["funding"]
    standing = amounts["fiscal_current"]
    amounts["fiscal_current"] = pretty_money(standing)
    path = tmp_path / "写法不同.json"
    path.write_text(json.dumps(content | {"forms": content["forms"][:1]}, ensure_ascii=False), encoding="utf-8")
    dialog = preview(qtbot, document, tasks, path)
    label = next(cell.label for cell in FORMS[Form.DECLARATION].cells if cell.name == "fiscal_current")
    said = item_of(dialog, label).text(2).split("\n")
    assert said[:2] == [f"原文：{pretty_money(standing)}", f"现有：{standing}"]
