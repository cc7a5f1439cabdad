"""What the search box finds, the nearest first, and where that leads."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QListWidget
from pytestqt.qtbot import QtBot

from gui.delegates.two_lines import BOLD, TwoLineDelegate
from gui.desk.theme import Appearance
from gui.document.document import Document
from gui.search.hits import LIMIT, NEAR_AT_MOST, Found, find, find_projects
from model.findings import Place
from model.records import Declaration, Evaluation, Form, Project, forms_of
from tests.gui.hands import document_of, evaluated_line, line
from tests.gui.window import shown_window, type_text

FORM = Form.DECLARATION


def project(project_id: str, name: str, year: int, *names: str) -> Project:
    lines = tuple(line(f"{project_id}{number}", name=text) for number, text in enumerate(names))
    return Project(project_id, year, name, unit="信息中心", forms=forms_of(Declaration(indicators=lines)))


HERE = Project(
    "p",
    2025,
    "系统运维",
    forms=forms_of(
        Declaration(
            annual_goal="全年巡检到位，系统稳定运行。", indicators=(line("a", name="巡检次数", target_text="≥12次"),)
        ),
        Evaluation(
            indicators=(evaluated_line("b", name="系统可用率", actual_text="因机房搬迁，第三季度的巡检由代维公司完成"),)
        ),
    ),
)
OTHERS = (
    project("q", "巡检服务", 2024, "定期巡检"),
    project("r", "数据治理", 2026, "巡检报告"),
)


@pytest.fixture
def document(qtbot: QtBot, tmp_path: Path) -> Iterator[Document]:
    with document_of(tmp_path / "查找.jixiao", HERE, *OTHERS) as opened:
        opened.select_project("p")
        opened.set_form(FORM)
        yield opened


def found(document: Document, text: str) -> tuple[Found, ...]:
    assert document.store is not None
    read = {one.id: one for one in document.store.projects()}
    projects = [read[one.id] for one in document.summaries()]
    return find(text, document.project, document.form, projects, document.projects)


def test_that_this_form_comes_first_then_this_project_then_names_then_the_newest_year(document: Document) -> None:
    assert [(hit.project_id, hit.place) for hit in found(document, "巡检")] == [
        ("p", Place(FORM, "annual_goal")),
        ("p", Place(FORM, "name", "a")),
        ("p", Place(Form.EVALUATION, "actual_text", "b")),
        ("q", None),
        ("r", Place(FORM, "name", "r0")),
        ("q", Place(FORM, "name", "q0")),
    ]


def test_that_a_hit_says_its_cell_and_where_that_is(document: Document) -> None:
    details = [hit.detail for hit in found(document, "巡检")]
    assert details[1] == "三级指标 · 这张表"
    assert details[2] == "系统可用率：实际完成值 · 绩效自评"
    assert details[3] == "2024 年度 · 信息中心"
    assert details[4] == "三级指标 · 2026 申报 · 数据治理"


def test_that_a_hit_in_a_line_without_a_name_says_which_line_it_is(document: Document) -> None:
    lines = (line("a"), line("b", name=" ", target_text="≥12次"))
    here = Project("s", 2026, "甲", forms=forms_of(Declaration(indicators=lines)))
    assert find("12次", here, FORM, (), document.projects)[0].detail == "第2条指标：年度指标值 · 这张表"


def test_that_what_was_looked_for_is_told_and_stands_where_it_is_seen(document: Document) -> None:
    hits = found(document, "巡检")
    assert len(hits) > 4
    for hit in hits:
        assert [hit.text[start:end] for start, end in hit.bold] == ["巡检"]
        assert hit.bold[0][0] <= 20


def test_that_words_spread_over_a_line_lead_to_the_cell_of_the_first(document: Document) -> None:
    assert [hit.place for hit in found(document, "12次 巡检")] == [Place(FORM, "target_text", "a")]


def test_that_width_and_capitals_do_not_count(document: Document) -> None:
    assert [hit.place for hit in found(document, "１２次")] == [Place(FORM, "target_text", "a")]


@pytest.mark.parametrize("text", ["", "  ", "没有这个词"])
def test_that_nothing_is_found_for_nothing(document: Document, text: str) -> None:
    assert found(document, text) == ()


def test_that_many_hits_near_by_leave_room_for_the_others(document: Document) -> None:
    here = project("s", "很多", 2026, *(f"巡检{number}" for number in range(LIMIT)))
    hits = find("巡检", here, FORM, OTHERS, document.projects)
    assert sum(hit.project_id == "s" for hit in hits) == NEAR_AT_MOST
    assert {hit.project_id for hit in hits} == {"s", "q", "r"}
    many = find("巡检", None, FORM, (here,), document.projects)
    assert len(many) == LIMIT


def test_that_projects_are_found_by_every_word_of_name_unit_and_year(document: Document) -> None:
    assert [hit.text for hit in find_projects("巡检 2024 信息", document.projects)] == ["巡检服务"]
    assert list(find_projects("", document.projects)) == []


def test_that_enter_lands_on_the_matching_cell(qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "查找.jixiao"
    with document_of(path, HERE, *OTHERS):
        pass
    window = shown_window(qtbot, tmp_path, path)
    window.document.select_project("p")
    window.commands["find"].trigger()
    type_text(qtbot, window.search, "代维公司")
    qtbot.keyClick(window.search, Qt.Key.Key_Return)
    assert window.document.form is Form.EVALUATION
    table = window.page.table
    assert (table.current_id(), table.rows.field(table.currentIndex())) == ("b", "actual_text")
    assert table.hasFocus()


def test_that_what_was_looked_for_is_drawn_bold(qtbot: QtBot) -> None:
    appearance = Appearance()
    shown = QListWidget()
    qtbot.addWidget(shown)
    shown.setItemDelegate(TwoLineDelegate(appearance, shown))
    shown.addItem("定期巡检\n这张表")
    shown.resize(200, 80)
    plain = shown.grab(QRect(0, 0, 200, 25)).toImage()
    shown.item(0).setData(BOLD, ((2, 4),))
    assert shown.grab(QRect(0, 0, 200, 25)).toImage() != plain
