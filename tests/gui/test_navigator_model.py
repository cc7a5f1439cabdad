"""The navigator's model: year, unit and project with state and score, following every edit; and its filter."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from gui.document import Document
from gui.models.navigator import NO_NAME, NO_UNIT, Level, NavigatorFilter, NavigatorModel, NavigatorRole, Tone
from model.changes import AddProject, Part, RemoveProject
from model.edits import set_cell
from model.errors import UserError
from model.records import Project
from storage.store import Store
from storage.summaries import State
from tests.gui.hands import declared, document_of, evaluated, line

FATAL = QAbstractItemModelTester.FailureReportingMode.Fatal

Watched = tuple[Document, NavigatorModel]


@pytest.fixture
def watched(qtbot: QtBot, tmp_path: Path) -> Iterator[Watched]:
    """Three projects of two years under the eyes of Qt's tester."""
    scored = evaluated(
        line("e", target_text=">=10次", actual_text="10次", points="90"), project_id="e", name="热线运维"
    )
    projects = (declared(line("a")), declared(project_id="q", name="平台网络保障"), scored)
    with document_of(tmp_path / "导航.jixiao", *projects) as document:
        model = NavigatorModel(document)
        tester = QAbstractItemModelTester(model, FATAL)
        yield document, model
        del tester


def rows(model: NavigatorModel | NavigatorFilter, parent: QModelIndex | None = None, depth: int = 0) -> list[str]:
    found = []
    for row in range(model.rowCount(parent or QModelIndex())):
        index = model.index(row, 0, parent or QModelIndex())
        found.append("  " * depth + str(index.data()))
        found += rows(model, index, depth + 1)
    return found


def rename(document: Document, text: str, field: str = "project_name") -> None:
    project = document.saved_project
    assert project is not None
    document.push("修改", set_cell(project, Part.PROJECT, project.id, field, text, document.settings))


def test_that_projects_stand_under_unit_and_year_newest_first(watched: Watched) -> None:
    _, model = watched
    unit = "  上海科学技术交流中心"
    assert rows(model) == [
        "2026 年度",
        unit,
        "    信息化运维项目",
        "    平台网络保障",
        "2022 年度",
        unit,
        "    热线运维",
    ]


def test_that_a_row_knows_what_it_stands_for(watched: Watched) -> None:
    _, model = watched
    index = model.index_of("q")
    assert index.data(NavigatorRole.LEVEL) is Level.PROJECT
    assert index.parent().data(NavigatorRole.LEVEL) is Level.UNIT
    assert index.parent().parent().data(NavigatorRole.LEVEL) is Level.YEAR
    assert (model.project_id(index), model.project_id(index.parent())) == ("q", "")


def test_that_errors_are_counted_in_the_badge_and_said_in_words(watched: Watched) -> None:
    document, model = watched
    errors = next(summary.errors for summary in document.summaries() if summary.id == "p")
    index = model.index_of("p")
    assert errors > 0
    assert (index.data(NavigatorRole.BADGE), index.data(NavigatorRole.TONE)) == (f"✕{errors}", Tone.ERROR)
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == f"信息化运维项目，有错误，{errors} 个"


def test_that_a_project_without_lines_is_a_draft(watched: Watched) -> None:
    _, model = watched
    assert model.index_of("q").data(NavigatorRole.BADGE) == State.DRAFT.value


def test_that_an_evaluated_project_shows_its_score(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with document_of(tmp_path / "导航.jixiao", declared(line("a"))) as document:
        shown = replace(document.summaries()[0], state=State.EVALUATED, errors=0, total_score="97.37")
        monkeypatch.setattr(document, "summaries", lambda: (shown,))
        model = NavigatorModel(document)
        index = model.index_of("p")
        assert (index.data(NavigatorRole.BADGE), index.data(NavigatorRole.TONE)) == ("97.37", Tone.QUIET)
        assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "信息化运维项目，已自评，97.37 分"


def test_that_renaming_a_project_changes_its_row_in_place(qtbot: QtBot, watched: Watched) -> None:
    document, model = watched
    kept = QPersistentModelIndex(model.index_of("p"))
    with qtbot.waitSignal(model.dataChanged), qtbot.assertNotEmitted(model.modelReset):
        rename(document, "新的名称")
    assert kept.data() == "新的名称"


def test_that_another_year_moves_the_row(watched: Watched) -> None:
    document, model = watched
    kept = QPersistentModelIndex(model.index_of("p"))
    rename(document, "2027", "year")
    assert rows(model)[0] == "2027 年度"
    assert model.project_id(kept) == "p"


def test_that_a_removed_project_goes_with_its_emptied_levels_and_comes_back(watched: Watched) -> None:
    document, model = watched
    before = rows(model)
    document.select_project("e")
    assert document.saved_project is not None
    document.push("删除项目", (RemoveProject(document.saved_project),))
    assert "2022 年度" not in rows(model)
    document.undo_stack.undo()
    assert rows(model) == before


def test_that_blank_names_have_a_placeholder(watched: Watched) -> None:
    document, model = watched
    document.push("新建项目", (AddProject(Project("n", 2026)),))
    index = model.index_of("n")
    assert (index.data(), index.parent().data()) == (NO_NAME, NO_UNIT)


def test_that_another_store_resets_the_rows(qtbot: QtBot, watched: Watched, tmp_path: Path) -> None:
    document, model = watched
    with qtbot.waitSignal(model.modelReset):
        document.create_store(tmp_path / "空.jixiao")
    assert rows(model) == []


def test_that_summaries_that_cannot_be_read_are_told_and_stay_as_they_were(
    qtbot: QtBot, watched: Watched, monkeypatch: pytest.MonkeyPatch
) -> None:
    document, model = watched

    def refuse(_: Store) -> None:
        raise UserError("读不出来。")

    before = rows(model)
    monkeypatch.setattr(Store, "summaries", refuse)
    with qtbot.waitSignal(document.failed):
        rename(document, "新的名称")
    assert rows(model) == before


def test_that_the_filter_keeps_projects_that_hold_every_word_and_their_levels(watched: Watched) -> None:
    _, model = watched
    shown = NavigatorFilter(model)
    tester = QAbstractItemModelTester(shown, FATAL)
    shown.set_text("运维")
    unit = "  上海科学技术交流中心"
    assert rows(shown) == ["2026 年度", unit, "    信息化运维项目", "2022 年度", unit, "    热线运维"]
    shown.set_text("运维 2022")
    assert rows(shown) == ["2022 年度", unit, "    热线运维"]
    shown.set_text("没有这个")
    assert rows(shown) == []
    shown.set_text("  ")
    assert rows(shown) == rows(model)
    del tester


def test_that_the_filter_finds_the_row_of_a_project_and_the_project_of_a_row(watched: Watched) -> None:
    _, model = watched
    shown = NavigatorFilter(model)
    assert shown.project_id(shown.index_of("q")) == "q"
    assert shown.project_id(QModelIndex()) == ""
    shown.set_text("热线")
    assert not shown.index_of("q").isValid()


def test_that_a_project_that_is_renamed_to_fit_appears_in_the_filter(watched: Watched) -> None:
    document, model = watched
    shown = NavigatorFilter(model)
    shown.set_text("孵化")
    rename(document, "孵化基地")
    assert "    孵化基地" in rows(shown)
