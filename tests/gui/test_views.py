"""The small parts: labels that give way, the message strip, start page, what is remembered."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import QByteArray, QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QLineEdit,
    QMenu,
    QMessageBox,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from gui.desk.file_choice import STORE_FILTER, choose_existing, choose_new, choose_several
from gui.desk.labels import EDGE, BarRow, ElidedLabel, Figure, elided
from gui.desk.notify import MessageStrip, Tone, ask, message_box
from gui.desk.preferences import RECENT_KEPT, Preferences
from gui.desk.signs import Sign
from gui.desk.tasks import Monitor, TaskRunner
from gui.desk.theme import Appearance
from gui.desk.wrapped_label import GivingLabel
from gui.document.document import Document
from gui.files.start_page import StartPage
from gui.views.cell_field import pretty_date, pretty_money
from gui.views.status import JobDisplay
from gui.views.summary_strip import CLOSE, SummaryStrip
from model import edits
from model.changes import AddProject
from model.findings import Severity
from model.records import Form
from model.values.excerpts import end_of
from storage.store.sqlite import Store
from tests.gui.found import child, children, visible
from tests.gui.hands import declared, evaluated, evaluated_line, line
from tests.gui.window import open_form, shown_window

CONVERTED = "换算后 21ms = 0.021秒，请看一下"


@pytest.fixture
def appearance(qapp: QApplication) -> Appearance:
    return Appearance()


@pytest.fixture
def document(qtbot: QtBot, given_store: Path) -> Iterator[Document]:
    opened = Document()
    opened.open_store(given_store)
    yield opened
    opened.close_store()


# Labels


def test_that_a_long_name_is_shortened_and_whole_in_its_tool_tip(qtbot: QtBot) -> None:
    label = ElidedLabel()
    qtbot.addWidget(label)
    label.resize(80, 20)
    label.set_full_text("上海市科技行政服务热线系统（运维）")
    assert label.text().endswith("…")
    assert label.toolTip() == label.full_text() == label.accessibleName()
    label.resize(600, 20)
    label.show()
    assert label.text() == label.full_text()
    assert label.toolTip() == ""


def test_that_a_text_is_cut_before_a_number_and_never_within(qtbot: QtBot) -> None:
    metrics = QLabel().fontMetrics()
    for width in range(metrics.horizontalAdvance("换算后"), metrics.horizontalAdvance(CONVERTED)):
        shown = elided(CONVERTED, metrics, width)
        assert shown.endswith("…")
        assert metrics.horizontalAdvance(shown) <= width
        assert not re.search(r"[\d.]…", shown)
        assert re.findall(r"\d[\d.]*", shown) in (["21", "0.021"], ["21"], [])


def test_that_a_text_is_whole_where_its_rounded_width_fits(qtbot: QtBot) -> None:
    metrics = QLabel().fontMetrics()
    texts = [CONVERTED, *(f">=20{count}家次" for count in range(40)), *(f"{count}.5%" for count in range(40))]
    assert [text for text in texts if elided(text, metrics, metrics.horizontalAdvance(text)) != text] == []


def test_that_a_figure_with_a_finding_has_a_glyph_and_not_only_a_colour(qtbot: QtBot) -> None:
    figure = Figure("年初预算数")
    qtbot.addWidget(figure)
    figure.show_value("100.00", Severity.ERROR)
    assert (figure.text, figure.sign) == ("100.00", Sign.ERROR)
    figure.show_value("100.00")
    assert (figure.text, figure.sign) == ("100.00", None)
    figure.show_value("")
    assert figure.text == "—"
    assert "空" in figure.accessibleName()


@pytest.mark.parametrize(("share", "filled"), [("0", 0), ("0.5", 50), ("1", 100), ("1.7", 100), ("-1", 0)])
def test_that_a_bar_is_filled_by_its_share_and_never_beyond(
    qtbot: QtBot, appearance: Appearance, share: str, filled: int
) -> None:
    row = BarRow("产出指标", appearance)
    qtbot.addWidget(row)
    row.resize(200, row.sizeHint().height())
    row.show_share("5.00 / 10", Decimal(share))
    image = row.grab().toImage()
    y = image.height() - 5
    accent = appearance.theme.color("accent").rgb()
    painted = sum(image.pixel(x, y) == accent for x in range(image.width()))
    assert abs(painted * 100 / image.width() - filled) <= 4
    assert row.accessibleName() == "产出指标 5.00 / 10"


def test_that_figures_give_way_from_the_right_in_a_narrow_strip(
    qtbot: QtBot, document: Document, appearance: Appearance
) -> None:
    open_form(document, Form.EVALUATION)
    page = QWidget()
    qtbot.addWidget(page)
    strip = SummaryStrip(document, Form.EVALUATION, appearance, page)
    strip.resize(900, 50)
    strip.refresh()
    page.show()
    assert all(figure.isVisible() for figure in strip.figures.values())
    assert strip.figures["executed_total"].text == "296,272.00"
    for width in range(900, 380, -7):
        strip.resize(width, 50)
        QApplication.processEvents()
        ends = [one.geometry().right() for one in (*strip.figures.values(), strip.more) if one.isVisible()]
        assert ends == sorted(ends)
        assert not ends or ends[-1] < strip.button.geometry().left()
    shown = [figure.isVisible() for figure in strip.figures.values()]
    assert shown == sorted(shown, reverse=True)
    assert not all(shown)
    assert strip.button.isVisible()
    left = [figure.accessibleName() for figure in strip.figures.values() if not figure.isVisible()]
    assert strip.more.isVisible()
    assert set(left) <= set(strip.more.toolTip().split("\n"))
    assert strip.more.text() == f"另有 {len(strip.more.toolTip().splitlines())} 项"


@pytest.mark.parametrize("is_low", [False, True])
def test_that_the_strip_leaves_no_figure_out_that_has_room_closer_to_the_others(
    qtbot: QtBot, document: Document, appearance: Appearance, is_low: bool
) -> None:
    open_form(document, Form.DECLARATION)
    page = QWidget()
    qtbot.addWidget(page)
    strip = SummaryStrip(document, Form.DECLARATION, appearance, page)
    strip.refresh()
    strip.set_low(is_low=is_low)
    page.show()
    held = [figure for figure in strip.figures.values() if figure.text != "0.00"]
    assert 0 < len(held) < len(strip.figures)
    needed = 2 * EDGE + sum(figure.sizeHint().width() + CLOSE for figure in held) + strip.button.sizeHint().width()
    for width in range(needed, needed + 60, 4):
        strip.resize(width, 40)
        QApplication.processEvents()
        assert strip.more.isHidden(), width
        shown = [one.geometry() for one in strip.figures.values() if one.isVisible()]
        gaps = [after.left() - before.right() - 1 for before, after in pairwise([*shown, strip.button.geometry()])]
        assert min(gaps) >= CLOSE, width
    strip.resize(needed - 1, 40)
    assert not strip.more.isHidden()


def test_that_the_strip_names_every_amount_that_it_does_not_show_and_none_that_is_nought(
    qtbot: QtBot, document: Document, appearance: Appearance
) -> None:
    open_form(document, Form.DECLARATION)
    project = document.saved_project
    assert project is not None
    for name, text in (("carried_over", "120.5"), ("other", "0"), ("project_other", "若干")):
        document.push("填写", edits.set_cell(project, Form.DECLARATION, project.id, name, text, document.settings))
        project = document.saved_project
        assert project is not None
    strip = SummaryStrip(document, Form.DECLARATION, appearance)
    qtbot.addWidget(strip)
    strip.refresh()
    strip.show()
    for width in (300, 420, 520, 640, 716, 900, 1200):
        strip.resize(width, 40)
        said = [figure.accessibleName() for figure in strip.figures.values() if figure.isVisible()]
        more = strip.more.toolTip().splitlines() if strip.more.isVisible() else []
        assert "上年结转资金 120.50" in [*said, *more], width
        assert any(text.endswith("若干") for text in more)
        assert "其他资金 0.00" not in more
        qtbot.waitUntil(lambda: strip.button.geometry().right() < strip.width())


@pytest.mark.parametrize(
    ("typed", "shown"), [("3857934", "3,857,934.00"), ("三百万", "三百万"), ("", ""), ("1，000.5", "1,000.50")]
)
def test_that_only_amounts_are_made_pretty(typed: str, shown: str) -> None:
    assert pretty_money(typed) == shown


@pytest.mark.parametrize(("typed", "shown"), [("2026年1月2日", "2026-01-02"), ("年底", "年底"), ("", "")])
def test_that_only_dates_are_made_pretty(typed: str, shown: str) -> None:
    assert pretty_date(typed) == shown


# Messages


def test_that_a_failure_stays_and_a_success_goes_by_itself(
    qtbot: QtBot, appearance: Appearance, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(MessageStrip, "LASTING_MS", 20)
    page = QWidget()
    layout = QVBoxLayout(page)
    field, strip = QLineEdit(page), MessageStrip(appearance, page)
    for widget in (field, strip):  # the keyboard is in the field: a strip that has it stays
        layout.addWidget(widget)
    qtbot.addWidget(page)
    page.show()
    qtbot.waitUntil(field.hasFocus)
    strip.tell(Tone.DONE, "已导出并核对")
    assert strip.isVisible()
    qtbot.waitUntil(lambda: not strip.isVisible())
    strip.tell(Tone.FAILED, "磁盘已满")
    qtbot.wait(60)
    assert strip.isVisible()


def test_that_the_strip_is_closed_by_its_button_and_says_its_text_to_a_screen_reader(
    qtbot: QtBot, appearance: Appearance
) -> None:
    strip = MessageStrip(appearance)
    qtbot.addWidget(strip)
    strip.tell(Tone.INFO, "请核对")
    assert strip.accessibleName() == "请核对"
    close = child(strip, QToolButton)
    close.click()
    assert not strip.isVisible()


def test_that_a_message_without_room_for_all_of_it_ends_in_an_ellipsis_and_no_part_of_a_number(
    qtbot: QtBot, appearance: Appearance
) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    strip = MessageStrip(appearance, page)
    text = "没有写入文件，磁盘空间只剩1,234,567字节（约123万），内容从2026年12月31日起在窗口里。" * 5
    strip.tell(Tone.FAILED, text, "重试", lambda: None)
    page.resize(700, 400)
    page.show()
    words = child(strip, GivingLabel)
    seen = set()
    for height in range(30, 300, 3):
        strip.setGeometry(0, 0, 600, height)
        QApplication.processEvents()
        shown = words.shown()
        seen.add(shown)
        assert (shown == text) == (words.toolTip() == "")
        if shown != text:
            assert words.toolTip() == text
            assert text.startswith(shown.removesuffix("…"))
            kept = len(shown.removesuffix("…").rstrip())
            assert end_of(text, kept, 0) == kept
    assert text in seen
    assert len(seen) > 3
    assert strip.text == text


TYPED = "<b>甲</b>"


@pytest.mark.parametrize("form", [Form.DECLARATION, Form.EVALUATION])
def test_that_what_was_typed_is_no_markup_wherever_it_is_quoted(qtbot: QtBot, tmp_path: Path, form: Form) -> None:
    texts = (("a", "20件"), ("b", TYPED))
    if form is Form.DECLARATION:
        project = declared(*(line(key, name=TYPED, target_text=text) for key, text in texts), name=TYPED)
    else:
        lines = (
            evaluated_line(key, name=TYPED, target_text=text, actual_text=TYPED, points="30") for key, text in texts
        )
        project = evaluated(*lines, name=TYPED)
    path = tmp_path / "网页.jixiao"
    with Store.create(path) as store:
        store.apply("导入", (AddProject(project),))
    window = shown_window(qtbot, tmp_path, path)
    open_form(window.document, form)
    quoted = set()
    for is_folded in (True, False):
        window.findings_panel.set_folded(is_folded=is_folded)
        for _ in window.findings_panel.model.single_findings():
            window.commands["next_finding"].trigger()
            QApplication.processEvents()
            labels = [label for label in children(window, QLabel) if TYPED in label.text()]
            assert [one.text() for one in labels if one.textFormat() is not Qt.TextFormat.PlainText] == []
            quoted |= {label.text() for label in labels}
    assert TYPED in quoted
    assert len(quoted) > 2


def test_that_a_box_has_its_own_drawing_and_its_first_sentence_apart(qtbot: QtBot) -> None:
    parent = QPushButton()
    qtbot.addWidget(parent)
    box = message_box(parent, "没有写回", "文件夹里的文件已被改动。\n要另存一份吗？", Tone.FAILED)
    assert (box.text(), box.informativeText()) == ("文件夹里的文件已被改动。", "要另存一份吗？")
    assert not box.iconPixmap().isNull()
    assert message_box(parent, "标题", "没有句号", Tone.INFO).text() == "没有句号"


def test_that_a_line_of_a_box_stands_on_one_line_where_it_has_room(
    qtbot: QtBot, message_boxes: list[tuple[QMessageBox, str]]
) -> None:
    parent = QPushButton()
    qtbot.addWidget(parent)
    for head, rest in (("内容" * 10, "说明"), ("内容", "说明" * 12)):
        box = ask(parent, "标题", f"{head}。\n{rest}。", "好", lambda: None)
        for words in (f"{head}。", f"{rest}。"):
            label = next(one for one in children(box, QLabel) if one.text() == words)
            assert label.fontMetrics().horizontalAdvance(words) <= label.contentsRect().width()
        box.close()


def test_that_asking_acts_only_on_the_verb(qtbot: QtBot, message_boxes: list[tuple[QMessageBox, str]]) -> None:
    parent = QPushButton()
    qtbot.addWidget(parent)
    done: list[bool] = []
    qtbot.keyClick(ask(parent, "删除", "要删除吗？", "删除", lambda: done.append(True)), Qt.Key.Key_Escape)
    assert done == []
    qtbot.keyClick(ask(parent, "删除", "要删除吗？", "删除", lambda: done.append(True)), Qt.Key.Key_Return)
    assert done == [True]


def test_that_a_job_shows_its_progress_and_can_be_stopped(qtbot: QtBot) -> None:
    runner = TaskRunner()
    display = JobDisplay(runner)
    qtbot.addWidget(display)

    def work(monitor: Monitor) -> None:
        monitor.progress(2, 5, "第2张")
        while True:
            monitor.progress(3, 5, "第3张")

    job = runner.run("正在导出", work, lambda _result: None, lambda error: pytest.fail(str(error)))
    assert display.isVisible()
    qtbot.waitUntil(lambda: display.bar.value() >= 2)
    assert display.bar.maximum() == 5
    assert display.text.text().startswith("正在导出 第")
    with qtbot.waitSignal(job.cancelled):
        display.stop.click()
    assert not display.isVisible()


# Start page


def test_that_the_start_page_offers_the_three_ways_in_by_key(qtbot: QtBot, appearance: Appearance) -> None:
    page = StartPage(appearance)
    qtbot.addWidget(page)
    page.show()
    for button, signal in (
        (page.new, page.new_wanted),
        (page.open, page.open_wanted),
        (page.example, page.example_wanted),
    ):
        button.setFocus()
        with qtbot.waitSignal(signal):
            qtbot.keyClick(button, Qt.Key.Key_Space)


def test_that_a_click_on_a_recent_store_opens_it(qtbot: QtBot, appearance: Appearance, tmp_path: Path) -> None:
    page = StartPage(appearance)
    qtbot.addWidget(page)
    page.show_recent([str(tmp_path / "甲.jixiao"), str(tmp_path / "乙.jixiao")])
    page.resize(900, 600)
    page.show()
    place = page.recent.visualItemRect(page.recent.item(1)).center()
    with qtbot.waitSignal(page.recent_chosen) as chosen:
        qtbot.mouseClick(page.recent.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert chosen.args == [str(tmp_path / "乙.jixiao")]


@pytest.mark.parametrize("height", [330, 350, 380, 720])
def test_that_recent_stores_are_seen_whole_and_stay_where_they_are_when_a_message_comes(
    qtbot: QtBot, appearance: Appearance, tmp_path: Path, height: int
) -> None:
    page = StartPage(appearance)
    qtbot.addWidget(page)
    page.resize(900, height)
    page.show()
    page.show_recent([str(tmp_path / f"{n}.jixiao") for n in range(6)])
    QApplication.processEvents()
    recent = page.recent
    entry = recent.height_of(1) - recent.height_of(0)
    assert recent.viewport().height() % entry == 0
    assert recent.geometry().bottom() < page.new.geometry().top()
    assert page.restore.geometry().bottom() < height
    before = (recent.geometry(), page.new.geometry())
    page.message.tell(Tone.DONE, "已备份并核对。")
    QApplication.processEvents()
    assert page.height() == height
    assert recent.viewport().height() % entry == 0
    if height > 500:
        assert (recent.geometry(), page.new.geometry()) == before
        assert page.message.geometry().top() > page.restore.geometry().bottom()


def test_that_every_recent_store_is_seen_where_the_parts_can_stand_closer(
    qtbot: QtBot, appearance: Appearance, tmp_path: Path
) -> None:
    page = StartPage(appearance)
    qtbot.addWidget(page)
    page.show()
    page.show_recent([str(tmp_path / f"{n}.jixiao") for n in range(3)])
    between = []
    for height in range(500, 100, -1):
        page.resize(900, height)
        QApplication.processEvents()
        if page.recent.verticalScrollBar().maximum() > 0:
            break
        between.append(page.restore.y() - page.new.geometry().bottom())
    assert between[-1] < between[0]
    assert between == sorted(between, reverse=True)


def test_that_a_recent_store_is_taken_out_of_the_list_by_del_or_from_its_menu(
    qtbot: QtBot, appearance: Appearance, tmp_path: Path
) -> None:
    page = StartPage(appearance)
    qtbot.addWidget(page)
    paths = [str(tmp_path / f"{name}.jixiao") for name in "甲乙丙"]

    def forget(path: str) -> None:
        paths.remove(path)
        page.show_recent(paths)

    page.recent_forgotten.connect(forget)
    page.resize(900, 600)
    page.show_recent(paths)
    page.show()
    page.activateWindow()
    page.recent.setFocus()
    qtbot.waitUntil(page.recent.hasFocus)
    qtbot.keyClick(page.recent, Qt.Key.Key_Down)
    qtbot.keyClick(page.recent, Qt.Key.Key_Delete)
    assert [Path(path).stem for path in paths] == ["甲", "丙"]
    assert page.recent.currentRow() == 1
    page.recent.contextMenuEvent(QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(), QPoint()))
    menu = next(visible(page, QMenu))
    assert [entry.text().split("\t")[0] for entry in menu.actions()] == ["打开", "移出列表"]
    menu.actions()[1].trigger()
    menu.close()
    qtbot.keyClick(page.recent, Qt.Key.Key_Delete)
    assert paths == []
    assert not page.recent.isVisible()
    assert page.new.hasFocus()


def test_that_a_recent_store_that_is_gone_says_so(qtbot: QtBot, appearance: Appearance, tmp_path: Path) -> None:
    page = StartPage(appearance)
    qtbot.addWidget(page)
    page.show_recent([str(tmp_path / "甲.jixiao")], gone=[str(tmp_path / "乙.jixiao")])
    assert [page.recent.item(row).text() for row in range(2)] == [
        f"甲\n{tmp_path}",
        f"乙\n文件不在这里了：{tmp_path}",
    ]


# What is remembered


def test_that_a_store_that_is_not_where_it_was_is_known_and_can_be_forgotten(tmp_path: Path) -> None:
    preferences, there, away = Preferences(tmp_path / "p.ini"), tmp_path / "甲.jixiao", tmp_path / "乙.jixiao"
    there.touch()
    for path in (there, away):
        preferences.add_recent(path)
    assert (preferences.recent(), preferences.gone()) == ([str(there)], [str(away)])
    preferences.forget(str(away))
    assert (preferences.recent(), preferences.gone()) == ([str(there)], [])


def test_that_recent_stores_are_newest_first_without_doubles_and_limited(tmp_path: Path) -> None:
    preferences = Preferences(tmp_path / "p.ini")
    paths = [tmp_path / f"{number}.jixiao" for number in range(RECENT_KEPT + 2)]
    for path in paths:
        path.touch()
        preferences.add_recent(path)
    preferences.add_recent(paths[5])
    recent = Preferences(tmp_path / "p.ini").recent()
    assert recent[0] == str(paths[5])
    assert len(recent) == len(set(recent)) == RECENT_KEPT


def test_that_a_store_that_is_gone_is_neither_listed_nor_opened_again(tmp_path: Path) -> None:
    preferences = Preferences(tmp_path / "p.ini")
    path = tmp_path / "a.jixiao"
    path.touch()
    preferences.add_recent(path)
    preferences.set_last_store(path)
    assert preferences.recent() == [str(path)]
    assert preferences.last_store() == path
    path.unlink()
    assert preferences.recent() == []
    assert preferences.last_store() is None


def test_that_nothing_is_remembered_at_first(tmp_path: Path) -> None:
    preferences = Preferences(tmp_path / "p.ini")
    assert preferences.recent() == []
    assert preferences.last_store() is None
    assert preferences.last_project() == ""
    assert preferences.layout("state").isEmpty()


def test_that_a_layout_comes_back_byte_for_byte(tmp_path: Path) -> None:
    Preferences(tmp_path / "p.ini").set_layout("state", QByteArray(b"\x00\xffabc"))
    assert Preferences(tmp_path / "p.ini").layout("state") == QByteArray(b"\x00\xffabc")


# Files


def test_that_file_choices_are_open_dialogs_that_do_not_block(qtbot: QtBot, tmp_path: Path) -> None:
    parent = QPushButton()
    qtbot.addWidget(parent)
    chosen: list[object] = []
    dialog = choose_existing(parent, "打开", str(tmp_path), STORE_FILTER, chosen.append)
    assert dialog.isVisible()
    dialog.fileSelected.emit(str(tmp_path / "a.jixiao"))
    dialog.close()
    dialog = choose_several(parent, "导入", str(tmp_path), STORE_FILTER, chosen.append)
    dialog.filesSelected.emit([str(tmp_path / "b.json")])
    dialog.close()
    dialog = choose_new(parent, "新建", tmp_path / "c.jixiao", STORE_FILTER, chosen.append)
    assert dialog.defaultSuffix() == "jixiao"
    dialog.fileSelected.emit(str(tmp_path / "c.jixiao"))
    dialog.close()
    assert chosen == [tmp_path / "a.jixiao", [tmp_path / "b.json"], tmp_path / "c.jixiao"]


def test_that_files_opened_before_come_first_and_enter_opens_the_newest(
    qtbot: QtBot, appearance: Appearance, tmp_path: Path
) -> None:
    page = StartPage(appearance)
    qtbot.addWidget(page)
    page.show_recent([str(tmp_path / "甲.jixiao"), str(tmp_path / "乙.jixiao")])
    page.resize(900, 600)
    page.show()
    qtbot.waitExposed(page)
    assert page.recent.mapTo(page, page.recent.rect().bottomLeft()).y() < page.new.y()
    page.activateWindow()
    page.setFocus(Qt.FocusReason.OtherFocusReason)
    qtbot.waitUntil(page.recent.hasFocus)
    with qtbot.waitSignal(page.recent_chosen) as chosen:
        qtbot.keyClick(page.recent, Qt.Key.Key_Return)
    assert chosen.args == [str(tmp_path / "甲.jixiao")]
