"""Where a problem is, in as much room as there is: what tells its indicator from the others is seen, and its cell."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QPoint
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui.desk.alike import Alike
from gui.desk.theme import Appearance
from gui.findings.model import Column
from gui.findings.painting import FindingDelegate
from gui.findings.pane import FindingsPanel
from gui.findings.places import name_in, shown_place
from tests.gui.hands import declared, document_of, line

REGIONS = "（新疆、云南、西藏、青海、海南、重庆、内蒙古、大连、贵州、宁夏等地）"


def test_that_names_that_begin_alike_are_told_apart_however_little_room_there_is(qapp: QApplication) -> None:
    names = [f"国内科技合作交流{REGIONS}{end}" for end in ("合作需求数量", "参与单位数量", "第12批", "第13批", "")]
    places = [f"{name} · 三级指标" for name in names]
    alike, metrics = Alike(map(name_in, places)), QFontMetrics(qapp.font())
    for letters in (14, 18, 26):
        room = letters * metrics.horizontalAdvance("字")
        shown = [shown_place(place, alike, metrics, room) for place in places]
        assert len(set(shown)) == len(places)
        assert all(metrics.horizontalAdvance(text) <= room for text in shown)
        assert all(text.startswith("国内科技") and text.endswith(" · 三级指标") for text in shown)
    assert [text.partition("第")[2].partition("批")[0] for text in shown[2:4]] == ["12", "13"]


def test_that_a_name_like_no_other_is_cut_at_its_end_and_never_within_a_number(qapp: QApplication) -> None:
    metrics = QFontMetrics(qapp.font())
    place, other = "购置大型科学仪器设备123456台（套）及配套耗材 · 年度指标值", "举办培训班 · 年度指标值"
    alike = Alike(map(name_in, (place, other)))
    for letters in range(8, 30):
        shown = shown_place(place, alike, metrics, letters * metrics.horizontalAdvance("字"))
        cut = shown.partition(" · ")[0]
        assert shown == place or (
            cut.endswith("…") and place.startswith(cut[:-1]) and ("123456" in cut) == ("1" in cut)
        )


def test_that_a_place_has_the_room_up_to_the_links_of_its_own_row(qtbot: QtBot, tmp_path: Path) -> None:
    lines = [line(f"l{n}", name=f"{n}号{REGIONS}合作需求数量", target_text="20件") for n in range(2)]
    with document_of(tmp_path / "一.jixiao", declared(*lines)) as document:
        panel = FindingsPanel(document, Appearance())
        qtbot.addWidget(panel)
        panel.resize(880, 260)
        panel.show()
        head = next(n for n, row in enumerate(panel.model.listed()) if row.finding.rule == "IND-016")
        panel.model.set_open(head, is_open=True)
        panel.table.fit()
        table, delegate, index = panel.table, panel.table.itemDelegate(), panel.model.index(head + 1, Column.WHERE)
        assert isinstance(delegate, FindingDelegate)
        row, metrics = panel.model.row(head + 1), table.fontMetrics()
        assert row is not None
        cells = table.visualRect(index).united(table.visualRect(index.siblingAtColumn(Column.ACTIONS)))
        shown = metrics.horizontalAdvance(delegate.place_words(cells, row, index, metrics))
        assert shown > table.columnWidth(Column.WHERE)
        over = (QPoint(x, cells.center().y()) for x in range(cells.left(), cells.left() + shown))
        assert not any(delegate.action_at(cells, row, metrics, point) for point in over)
        assert table.rowHeight(head + 1) == table.rowHeight(0)  # nor does it leave what is wrong too little of a line
