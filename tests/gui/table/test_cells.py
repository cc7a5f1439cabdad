"""Cells: how tall they are, what is painted in them, how their editors type, compose, grow and are left."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QRect, Qt
from PySide6.QtGui import QColor, QImage, QKeyEvent, QPainter
from PySide6.QtWidgets import QApplication, QListView, QWidget
from pytestqt.qtbot import QtBot

from gui.desk.theme import Theme, body_font
from gui.table.cell_painting import BAR, CellPainter, tag_text
from gui.table.cells import CellView, LevelView
from gui.table.editors import Leave, NumberEditor, TextEditor, leave_by
from gui.table.suggestion_panel import ROW_HEIGHT, SuggestionPanel
from gui.table.suggestions import (
    Choice,
    Offer,
    in_same_shape,
    library_choices,
    matching_levels,
    matching_values,
    preview,
    suggestions,
)
from model.findings import Severity
from model.library import Known, Source, entry_of
from model.quantity import Style
from model.records import Indicator
from model.values.units import STANDARD
from tests.gui.found import child, children
from tests.gui.hands import compose, press_on

NONE = Qt.KeyboardModifier.NoModifier
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def painter(qapp: QApplication) -> CellPainter:
    return CellPainter(Theme.light(), body_font())


def painted(painter: CellPainter, cell: CellView, width: int = 140, *, is_number: bool = False) -> QImage:
    """The picture of one cell on the background of the table."""
    height = painter.anatomy(cell, width, is_number=is_number).height
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor(painter.theme.base))
    brush = QPainter(image)
    painter.paint_cell(brush, cell, QRect(0, 0, width, height), is_number=is_number)
    brush.end()
    return image


def has_color(image: QImage, color: str, area: QRect) -> bool:
    """Whether a pixel of an area has exactly this colour."""
    wanted = QColor(color)
    columns = range(area.left(), min(area.right() + 1, image.width()))
    rows = range(area.top(), min(area.bottom() + 1, image.height()))
    return any(image.pixelColor(x, y) == wanted for x in columns for y in rows)


# Heights


def test_that_a_cell_is_as_tall_as_its_wrapped_text(painter: CellPainter) -> None:
    one = painter.anatomy(CellView("两件", "两件"), 140, is_number=False)
    long_text = "两件跨部门工单顺延至次年一月办结，已建立督办台账。"
    three = painter.anatomy(CellView(long_text, long_text), 140, is_number=False)
    assert one.height == painter.row_height
    assert three.height > one.height
    assert three.text.height() >= 3 * one.text.height()


def test_that_a_wider_cell_is_less_tall(painter: CellPainter) -> None:
    cell = CellView("两件跨部门工单顺延至次年一月办结，已建立督办台账。", "")
    heights = [painter.anatomy(cell, width, is_number=False).height for width in (120, 240, 480)]
    assert heights[0] > heights[1] > heights[2]


def test_that_line_breaks_make_lines(painter: CellPainter) -> None:
    cell = CellView("一\n二\n三", "")
    assert (
        painter.anatomy(cell, 300, is_number=False).text.height()
        == 3 * painter.anatomy(CellView("一", ""), 300, is_number=False).text.height()
    )


def test_that_the_hint_of_an_empty_cell_takes_one_line_and_ends_with_a_sign_where_it_is_cut(
    painter: CellPainter,
) -> None:
    hint = CellView("", "", hint="得分低于分值，请填写偏差原因分析及改进措施。")
    parts = painter.anatomy(hint, 140, is_number=False)
    assert (parts.height, len(parts.lines)) == (painter.row_height, 1)
    assert parts.lines[0].endswith("…")


def test_that_a_mark_takes_its_room_from_the_text_and_not_from_a_neighbour(painter: CellPainter) -> None:
    marked = painter.anatomy(CellView("10次", "10次", mark=Severity.ERROR), 100, is_number=False)
    assert marked.text.right() < marked.glyph.left()
    assert marked.glyph.right() <= 100


@pytest.mark.parametrize("text", ["不适用", "会议改到2026年举办，参会单位临时取消", "4.5分，另有说明见附件"])
def test_that_a_mark_lies_on_no_text_that_stands_where_a_number_belongs(painter: CellPainter, text: str) -> None:
    parts = painter.anatomy(CellView(text, text, mark=Severity.ERROR, tag="0.00"), 92, is_number=True)
    assert parts.glyph.right() < parts.text.left()
    assert all(painter.width(line) <= parts.text.width() for line in parts.lines)
    assert parts.tag.width() >= painter.small_width("计算 0.00")


def test_that_the_pencil_of_a_given_score_stays_in_its_cell(painter: CellPainter) -> None:
    long = "会议改到2026年举办，参会单位临时取消"
    image = QImage(400, 60, QImage.Format.Format_RGB32)
    image.fill(QColor(painter.theme.base))
    brush = QPainter(image)
    painter.paint_cell(brush, CellView(long, long, tag="0.00", is_manual=True), QRect(300, 0, 92, 60), is_number=True)
    brush.end()
    assert not has_color(image, painter.theme.accent, QRect(0, 0, 300, 60))


def test_that_a_tag_stands_beside_a_short_text_and_below_a_long_one(painter: CellPainter) -> None:
    short = painter.anatomy(CellView("完善", "完善", tag="达成"), 150, is_number=False)
    long = painter.anatomy(CellView("制定了应急预案与管理规范", "", tag="部分达成"), 150, is_number=False)
    assert short.tag.top() == short.text.top()
    assert short.tag.left() > short.text.left()
    assert long.tag.top() > long.text.bottom()
    assert long.height > long.tag.bottom()


def test_that_a_manual_score_makes_room_for_the_computed_one_below(painter: CellPainter) -> None:
    given = painter.anatomy(CellView("18", "18", tag="20", is_manual=True), 70, is_number=True)
    assert given.tag.top() > given.text.bottom()
    assert given.height > painter.row_height


# Painting


@pytest.mark.parametrize(("mark", "color"), [(Severity.ERROR, "error"), (Severity.WARNING, "warning")])
def test_that_a_finding_is_told_by_a_bar_and_a_glyph(painter: CellPainter, mark: Severity, color: str) -> None:
    wanted = getattr(painter.theme, color)
    image = painted(painter, CellView("10次", "10次", mark=mark))
    glyph = painter.anatomy(CellView("10次", "10次", mark=mark), 140, is_number=False).glyph
    assert image.pixelColor(0, 5) == QColor(wanted)
    assert not has_color(image, wanted, QRect(BAR, 0, 20, image.height()))
    assert has_color(image, wanted, glyph)


def test_that_a_hint_marks_nothing(painter: CellPainter) -> None:
    image = painted(painter, CellView("10次", "10次", mark=Severity.INFO))
    assert image == painted(painter, CellView("10次", "10次"))


def test_that_a_hint_is_muted_and_text_is_not(painter: CellPainter) -> None:
    everything = QRect(0, 0, 140, 60)
    assert has_color(painted(painter, CellView("■■■", "■■■")), painter.theme.text, everything)
    hint = painted(painter, CellView("", "", hint="■■■"))
    assert has_color(hint, painter.theme.muted, everything)
    assert not has_color(hint, painter.theme.text, everything)


def test_that_a_manual_score_has_its_pencil_and_a_computed_one_has_not(painter: CellPainter) -> None:
    manual = painted(painter, CellView("5", "5", is_manual=True), 70, is_number=True)
    computed = painted(painter, CellView("5", "5"), 70, is_number=True)
    assert manual != computed


def test_that_a_tag_says_that_it_opens(painter: CellPainter) -> None:
    cell = CellView("完善", "完善", tag="请选择等级", tag_is_open=True)
    assert tag_text(cell) == "请选择等级 ▼"
    image = painted(painter, cell, 200)
    assert has_color(image, painter.theme.warning_soft, painter.anatomy(cell, 200, is_number=False).tag)


def test_that_a_level_is_painted_in_its_own_weight(painter: CellPainter) -> None:
    def level(is_level1: bool) -> QImage:
        image = QImage(200, 28, QImage.Format.Format_RGB32)
        image.fill(QColor(painter.theme.base))
        brush = QPainter(image)
        view = LevelView("产出指标", 3)
        painter.paint_level(brush, view, image.rect(), (0, 0), is_first=is_level1, aside=0)
        brush.end()
        return image

    assert level(is_level1=True) != level(is_level1=False)


# Editors


@pytest.fixture
def holder(qtbot: QtBot) -> QWidget:
    """What the editors and the suggestions stand in."""
    widget = QWidget()
    qtbot.addWidget(widget)
    widget.resize(400, 300)
    widget.show()
    qtbot.waitExposed(widget)
    return widget


@pytest.fixture
def text_editor(holder: QWidget) -> TextEditor:
    editor = TextEditor(holder, Theme.light())
    editor.setFont(body_font())
    editor.setGeometry(0, 0, 160, 28)
    editor.show()
    editor.setFocus()
    return editor


@pytest.fixture
def number_editor(holder: QWidget) -> NumberEditor:
    editor = NumberEditor(holder, Theme.light())
    editor.show()
    return editor


def key(code: Qt.Key, modifiers: Qt.KeyboardModifier = NONE) -> QKeyEvent:
    return QKeyEvent(QEvent.Type.KeyPress, code, modifiers)


@pytest.mark.parametrize(
    ("event", "how"),
    [
        (key(Qt.Key.Key_Return), Leave.DOWN),
        (key(Qt.Key.Key_Enter, Qt.KeyboardModifier.KeypadModifier), Leave.DOWN),
        (key(Qt.Key.Key_Return, SHIFT), Leave.UP),
        (key(Qt.Key.Key_Return, CTRL), Leave.NEW_LINE),
        (key(Qt.Key.Key_Return, ALT), None),
        (key(Qt.Key.Key_Tab), Leave.NEXT),
        (key(Qt.Key.Key_Backtab, SHIFT), Leave.PREVIOUS),
        (key(Qt.Key.Key_Escape), Leave.CANCEL),
        (key(Qt.Key.Key_Left), None),
        (key(Qt.Key.Key_A), None),
    ],
)
def test_that_a_key_leaves_an_editor_as_in_a_spreadsheet(event: QKeyEvent, how: Leave | None) -> None:
    assert leave_by(event) is how


def test_that_an_editor_grows_with_its_text(text_editor: TextEditor) -> None:
    low = text_editor.sizeHint().height()
    text_editor.set_text("两件跨部门工单顺延至次年一月办结，已建立督办台账。")
    assert text_editor.sizeHint().height() >= low + 2 * text_editor.fontMetrics().lineSpacing()


def test_that_a_composition_is_not_text_until_it_is_committed(qtbot: QtBot, text_editor: TextEditor) -> None:
    with qtbot.assertNotEmitted(text_editor.typed):
        compose(text_editor, "xun'jian")
    assert text_editor.text() == ""
    with qtbot.waitSignal(text_editor.typed):
        compose(text_editor, "", "巡检")
    assert text_editor.text() == "巡检"


def test_that_a_composition_replaces_what_is_selected_only_when_committed(text_editor: TextEditor) -> None:
    text_editor.set_text("旧的")
    compose(text_editor, "", "新的")
    assert text_editor.text() == "新的"


def test_that_a_composition_that_is_given_up_puts_back_what_it_stood_on(
    text_editor: TextEditor, number_editor: NumberEditor
) -> None:
    for editor in (text_editor, number_editor):
        editor.set_text("12")
        compose(editor, "shi")
        assert editor.text() == ""
        compose(editor, "")
        assert editor.text() == "12"


def test_that_enter_and_escape_belong_to_the_input_method_while_it_composes(text_editor: TextEditor) -> None:
    compose(text_editor, "ni")
    assert text_editor.leave(key(Qt.Key.Key_Return)) is None
    assert text_editor.leave(key(Qt.Key.Key_Escape)) is None
    compose(text_editor, "", "你")
    assert text_editor.leave(key(Qt.Key.Key_Return)) is Leave.DOWN


def test_that_alt_enter_breaks_the_line(text_editor: TextEditor) -> None:
    compose(text_editor, "", "一")
    press_on(text_editor, Qt.Key.Key_Return, ALT)
    compose(text_editor, "", "二")
    assert text_editor.text() == "一\n二"


def test_that_arrows_leave_a_cell_that_was_overwritten_and_move_in_one_that_is_edited(text_editor: TextEditor) -> None:
    assert text_editor.leave(key(Qt.Key.Key_Down)) is None
    text_editor.replaces = True
    assert text_editor.leave(key(Qt.Key.Key_Down)) is Leave.BELOW
    assert text_editor.leave(key(Qt.Key.Key_Up)) is Leave.ABOVE
    assert text_editor.leave(key(Qt.Key.Key_Left)) is None


def test_that_ctrl_z_takes_typing_back_and_then_the_edit(text_editor: TextEditor) -> None:
    text_editor.set_text("旧的")
    compose(text_editor, "", "新的")
    assert text_editor.leave(key(Qt.Key.Key_Z, CTRL)) is None
    press_on(text_editor, Qt.Key.Key_Z, CTRL)
    assert text_editor.text() == "旧的"
    assert text_editor.leave(key(Qt.Key.Key_Z, CTRL)) is Leave.CANCEL


def test_that_a_number_editor_takes_any_text_and_composes_too(number_editor: NumberEditor) -> None:
    compose(number_editor, "wu")
    assert (number_editor.text(), number_editor.composition.is_on) == ("", True)
    compose(number_editor, "", "五分")
    assert (number_editor.text(), number_editor.composition.is_on) == ("五分", False)


def test_that_a_number_editor_is_left_by_arrows_when_it_overwrote(number_editor: NumberEditor) -> None:
    assert number_editor.leave(key(Qt.Key.Key_Down)) is None
    number_editor.replaces = True
    assert number_editor.leave(key(Qt.Key.Key_Down)) is Leave.BELOW
    assert number_editor.leave(key(Qt.Key.Key_Z, CTRL)) is Leave.CANCEL


# Suggestions


def known(name: str, target: str = "", source: Source = Source.SHIPPED) -> Known:
    return Known(entry_of("数量指标", name, target), source, year=2025, count=1)


def test_that_an_entry_is_offered_with_its_value_as_the_form_prints_it_and_where_it_is_from() -> None:
    offer = Offer("name", "巡检", Indicator("a"), Style.DECLARATION, STANDARD)
    found = library_choices(offer, [known("巡检次数", ">=12次"), known("巡检", source=Source.USED)])
    assert found == [Choice("巡检次数", "≥12.00(次)", "通用")]


def test_that_the_name_that_stands_there_is_offered_for_its_value_alone() -> None:
    entries = [known("巡检", "≥12次", Source.USED)]
    line = Indicator("a", target_text=" ")
    assert library_choices(Offer("name", "巡检", line, Style.EVALUATION, STANDARD), entries) == [
        Choice("巡检", ">=12次", "2025 年用过")
    ]
    line = Indicator("a", target_text="≥1次")
    assert library_choices(Offer("name", "巡检", line, Style.EVALUATION, STANDARD), entries) == []


def test_that_a_unit_is_completed_and_brackets_are_closed() -> None:
    assert ">=90个工作日" in matching_values(">=90个工", STANDARD)
    assert "≥90(平方米)" in matching_values("≥90(平", STANDARD)
    assert matching_values("≥90", STANDARD) == []


def test_that_the_preview_of_a_value_in_words_is_its_official_form() -> None:
    assert preview("不少于3万个", Style.DECLARATION, STANDARD, timely=False) == "≥3.00(万个)"
    assert preview("小于2秒", Style.EVALUATION, STANDARD, timely=False) == "<2秒"


def test_that_the_preview_tells_how_a_value_prints_where_that_differs() -> None:
    assert preview(">=90%", Style.DECLARATION, STANDARD, timely=False) == "≥90.00(%)"
    assert preview("≥90.00(%)", Style.DECLARATION, STANDARD, timely=False) == ""
    assert preview("及时", Style.DECLARATION, STANDARD, timely=False) == ""


def test_that_reasons_and_points_have_no_suggestions() -> None:
    line = Indicator("a", "产出指标", "数量指标")
    about = {field: Offer(field, "巡检", line, Style.DECLARATION, STANDARD) for field in ("deviation_reason", "name")}
    assert suggestions(about["deviation_reason"], lambda _: [known("巡检次数")]).choices == []
    assert suggestions(about["name"], lambda _: [known("巡检次数")]).choices == [Choice("巡检次数", "", "通用")]
    assert suggestions(replace(about["name"], typed=" "), lambda _: [known("巡检次数")]).choices == []


@pytest.mark.parametrize(
    ("typed", "before", "style", "offered"),
    [
        ("30", "≥25.00(家)", Style.DECLARATION, "≥30.00(家)"),
        ("30.5", "≤25.00(%)", Style.DECLARATION, "≤30.50(%)"),
        ("３０", ">=25家", Style.EVALUATION, ">=30家"),
        ("30家", "≥25.00(家)", Style.DECLARATION, ""),
        ("=30", "≥25.00(家)", Style.DECLARATION, ""),
        ("30", "完善", Style.DECLARATION, ""),
        ("30", "", Style.DECLARATION, ""),
        ("30", "25", Style.DECLARATION, ""),
        ("三十家", "≥25.00(家)", Style.DECLARATION, ""),
    ],
)
def test_that_a_bare_number_is_offered_in_the_shape_of_the_value_it_replaces(
    typed: str, before: str, style: Style, offered: str
) -> None:
    assert in_same_shape(typed, before, style, STANDARD, timely=False) == offered


def test_that_every_level_is_offered_until_something_is_typed(painter: CellPainter) -> None:
    assert len(matching_levels("数量指标", "数量指标")) == 14
    assert matching_levels("社会", "数量指标") == ["社会成本指标", "社会效益指标"]
    line = Indicator("a", "产出指标", "数量指标")
    found = suggestions(Offer("level2", "时效", line, Style.DECLARATION, STANDARD), lambda _: ())
    assert found.choices == [Choice("时效指标")]


def test_that_a_level_with_little_room_gives_up_its_subtotal_and_then_its_last_word(painter: CellPainter) -> None:
    label = "服务对象满意度指标"
    assert painter.level_lines(label, 400, 1, is_first=False) == (label,)
    assert "".join(painter.level_lines(label, 60, 3, is_first=False)) == label
    narrow = painter.width("服务对象满意度") + 4
    assert painter.level_lines(label, narrow, 1, is_first=False) == ("服务对象满意度",)
    assert painter.level_lines(label, 60, 1, is_first=False)[0].endswith("…")


def test_that_a_row_of_many_lines_ends_with_a_sign_that_there_is_more(painter: CellPainter) -> None:
    text = "两件跨部门工单顺延至次年一月办结，已建立督办台账，并落实到人，逐月通报进度。"
    parts = painter.anatomy(CellView(text, text), 140, is_number=False, most_lines=2)
    assert (len(parts.lines), parts.is_cut) == (2, True)
    assert parts.lines[-1].endswith("…")


def test_that_what_is_asked_for_takes_the_lines_its_row_has_and_no_more(painter: CellPainter) -> None:
    hint, row = "得分低于分值，请填写偏差原因分析及改进措施。", painter.row_height
    assert painter.anatomy(CellView("", "", hint=hint), 140, is_number=False).height == row
    cell = CellView("", "", hint=hint)
    assert [len(painter.hint_lines(cell, 120, row + more * painter.line_height)) for more in (0, 1, 9)] == [1, 2, 3]
    assert painter.hint_lines(cell, 120, row + painter.line_height)[-1].endswith("…")
    assert "".join(painter.hint_lines(cell, 120, 400)) == hint


def test_that_a_text_that_is_cut_shows_no_number_in_part(painter: CellPainter) -> None:
    text, begin = "全年组织各类培训活动共12,345人次", "全年组织各类培训活动共"
    room = painter.width(f"{begin}12,3…") + 8
    for is_number in (False, True):
        shown = painter.anatomy(CellView(text, text), room, is_number=is_number, most_lines=1).lines
        assert shown == (f"{begin}…",)


def test_that_what_is_asked_for_is_said_in_few_words_where_the_whole_has_no_room(painter: CellPainter) -> None:
    cell = CellView("", "", hint="得分低于分值，请填写偏差原因分析及改进措施。", brief="写明原因")
    room, row = painter.width("写明原因") + 4, painter.row_height
    assert painter.hint_lines(cell, room, row) == ("写明原因",)
    assert "".join(painter.hint_lines(cell, room, 20 * row)) == cell.hint


@pytest.fixture
def panel(holder: QWidget) -> SuggestionPanel:
    return SuggestionPanel(holder, Theme.light())


def test_that_the_panel_opens_below_the_editor_and_above_it_at_the_lower_edge(panel: SuggestionPanel) -> None:
    panel.offer([Choice("巡检次数")], "", QRect(10, 20, 200, 28))
    assert panel.geometry().top() > 48
    panel.offer([Choice("巡检次数")], "", QRect(10, 265, 200, 28))
    assert panel.geometry().bottom() < 265


def test_that_a_list_of_long_names_begins_at_its_editor_and_gives_up_of_the_names(panel: SuggestionPanel) -> None:
    name = "长三角高新区及上海市、区重点产业发展交流对接活动和科技创新资源共享服务"
    space = panel.parentWidget()
    assert space is not None
    space.resize(900, 300)
    editor = QRect(space.width() * 2 // 5, 20, 100, 28)
    panel.offer([Choice(name, "≥8000.00(万元)", "2026 年用过")] * 3, "", editor)
    assert panel.geometry().left() == editor.left()
    assert panel.geometry().right() <= space.rect().right()
    at_the_end = QRect(space.width() - 100, 20, 100, 28)
    panel.offer([Choice(name)] * 2, "", at_the_end)
    assert panel.geometry().left() < at_the_end.left()
    assert panel.geometry().right() <= space.rect().right()


def test_that_a_preview_alone_covers_no_more_than_one_row(panel: SuggestionPanel, painter: CellPainter) -> None:
    panel.offer([], "≥3000.00", QRect(10, 120, 60, painter.row_height))
    assert panel.height() + 2 <= painter.row_height + 1


def test_that_a_list_that_scrolls_has_room_for_its_scroll_bar_beside_its_longest_row(panel: SuggestionPanel) -> None:
    panel.offer(
        [Choice(f"指标{number}", "≥1.00(次)", "2026 年用过") for number in range(14)], "", QRect(10, 20, 60, 28)
    )
    view = child(panel, QListView)
    QApplication.processEvents()
    assert view.verticalScrollBar().isVisibleTo(panel)
    assert view.viewport().width() >= panel.sizeHint().width() - 2 * panel.frameWidth()


@pytest.mark.parametrize("top", [5, 120, 150, 265])
def test_that_a_long_panel_scrolls_beside_its_editor_and_never_covers_it(
    qtbot: QtBot, holder: QWidget, panel: SuggestionPanel, top: int
) -> None:
    editor = QRect(10, top, 200, 28)
    panel.offer([Choice(f"指标{number}") for number in range(14)], "", editor)
    assert not panel.geometry().intersects(editor)
    assert holder.rect().contains(panel.geometry())
    view = child(panel, QListView)
    assert view.height() % ROW_HEIGHT == 0
    for _ in range(14):
        panel.step(1)
    qtbot.waitUntil(lambda: view.viewport().rect().contains(view.visualRect(view.currentIndex())))
    assert panel.selected == Choice("指标13")


def test_that_the_levels_below_the_own_first_level_are_offered_first(painter: CellPainter) -> None:
    line = Indicator("a", "效益指标", "经济效益指标")
    found = suggestions(Offer("level2", "经济效益指标", line, Style.DECLARATION, STANDARD), lambda _: ())
    names = [choice.text for choice in found.choices]
    assert names[:2] == ["社会效益指标", "生态效益指标"]
    assert len(names) == 14


def test_that_the_panel_never_takes_the_focus_and_is_no_window(panel: SuggestionPanel) -> None:
    panel.offer([Choice("巡检次数")], "≥90.00(%)", QRect(10, 20, 200, 28))
    assert panel.focusPolicy() is Qt.FocusPolicy.NoFocus
    assert not panel.isWindow()
    assert panel.preview_text == "打印为  ≥90.00(%)"


def test_that_stepping_goes_through_the_entries_and_back_to_none(panel: SuggestionPanel) -> None:
    assert not panel.step(1)
    panel.offer([Choice("一"), Choice("二", "≥1", "通用")], "", QRect(10, 20, 200, 28))
    chosen = []
    for _ in range(3):
        panel.step(1)
        chosen.append(panel.selected)
    assert chosen == [Choice("一"), Choice("二", "≥1", "通用"), None]
    panel.step(-1)
    assert panel.selected == Choice("二", "≥1", "通用")


def test_that_an_entry_is_read_out_with_its_value_and_drawn_in_columns(panel: SuggestionPanel) -> None:
    panel.offer([Choice("巡检次数", "≥12.00(次)", "通用"), Choice("巡" * 60)], "", QRect(10, 20, 200, 28))
    (view,) = children(panel, QListView)
    index = view.model().index(0, 0)
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "巡检次数，≥12.00(次)，通用"
    assert index.data(Qt.ItemDataRole.DecorationRole) is None
    panel.step(1)
    assert not panel.grab().isNull()


def test_that_the_panel_hides_when_there_is_nothing_to_say(panel: SuggestionPanel) -> None:
    panel.offer([Choice("一")], "", QRect(10, 20, 200, 28))
    panel.offer([], "", QRect(10, 20, 200, 28))
    assert panel.isHidden()


def test_that_a_long_name_is_drawn_whole_where_the_view_has_room_and_gives_way_to_the_rest_where_not(
    panel: SuggestionPanel, holder: QWidget
) -> None:
    name = "长三角高新区及上海市、区重点产业发展交流对接活动"
    holder.resize(900, 300)
    panel.offer([Choice(name, "≥12.00(次)", "2025 年用过")], "", QRect(10, 20, 120, 28))
    metrics = panel.fontMetrics()
    rest = metrics.horizontalAdvance("≥12.00(次)") + metrics.horizontalAdvance("2025 年用过")
    assert panel.width() >= metrics.horizontalAdvance(name) + rest
    holder.resize(320, 300)
    panel.offer([Choice(name, "≥12.00(次)", "2025 年用过")], "", QRect(10, 20, 120, 28))
    assert panel.width() <= holder.width()
