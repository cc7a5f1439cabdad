"""The navigator's model: year, unit and project with state and score, following every edit; and its filter."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from gui.document.document import Document
from gui.document.project_list import NO_NAME, NO_UNIT, ProjectList
from gui.navigator.marks import Kind, Mark
from gui.navigator.model import SHOWN_AT_ONCE, NavigatorModel, NavigatorRole
from gui.navigator.rows import Level
from model.changes import AddProject, Part, RemoveProject
from model.edits import set_cell
from model.records import Form, Project
from storage.store.sqlite import Store
from storage.store.summaries import State
from tests.gui.hands import declared, document_of, evaluated, evaluated_line, line

FATAL = QAbstractItemModelTester.FailureReportingMode.Fatal

Watched = tuple[Document, NavigatorModel]


@pytest.fixture
def watched(qtbot: QtBot, tmp_path: Path) -> Iterator[Watched]:
    """Three projects of two years under the eyes of Qt's tester."""
    scored = evaluated(
        evaluated_line("e", target_text=">=10次", actual_text="10次", points="90"), project_id="e", name="热线运维"
    )
    projects = (declared(line("a")), declared(project_id="q", name="平台网络保障"), scored)
    with document_of(tmp_path / "导航.jixiao", *projects) as document:
        document.tell_all()  # its one line is to be filled in
        model = NavigatorModel(document)
        tester = QAbstractItemModelTester(model, FATAL)
        yield document, model
        del tester


def rows(model: NavigatorModel, parent: QModelIndex | None = None, depth: int = 0) -> list[str]:
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
    assert (index.data(NavigatorRole.BADGE), index.data(NavigatorRole.MARK)) == (str(errors), Mark.ERROR)
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == f"信息化运维项目，有错误，{errors} 个"


def test_that_a_project_that_is_being_filled_in_is_half_until_it_is_checked(qtbot: QtBot, tmp_path: Path) -> None:
    with document_of(tmp_path / "a.jixiao", declared(line("a"))) as document:
        model = NavigatorModel(document)
        index = model.index_of("p")
        assert (index.data(NavigatorRole.BADGE), index.data(NavigatorRole.MARK)) == ("4/12", Mark.UNDER_WAY)
        told = "还没有填完，已填 4 处，共 12 处必填，8 处待填"
        assert index.data(Qt.ItemDataRole.AccessibleTextRole) == f"信息化运维项目，{told}"
        assert index.data(Qt.ItemDataRole.ToolTipRole) == f"信息化运维项目\n{told}"
        with qtbot.waitSignal(model.dataChanged):  # what is typed counts at once
            document.lay_text(Form.DECLARATION, "p", "annual_goal", "保障运行")
        assert index.data(NavigatorRole.BADGE) == "5/12"
        document.drop_draft()
        assert index.data(NavigatorRole.BADGE) == "4/12"
        summary = document.summaries()[0]
        document.summaries_changed.emit(document.projects.take([replace(summary, filled=None)], []))
        assert index.data(NavigatorRole.BADGE) == ""  # of an earlier version, until it is counted anew
        assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "信息化运维项目，还没有填完，8 处待填"
        model.set_kind(Kind.UNFINISHED)
        assert model.index_of("p").isValid()
        model.set_kind(Kind.WITH_ERRORS)
        assert not model.index_of("p").isValid()
        model.set_kind(Kind.ALL)
        with qtbot.waitSignal(model.dataChanged):
            document.tell_all()
        assert model.index_of("p").data(NavigatorRole.MARK) is Mark.ERROR


def test_that_a_project_without_lines_is_not_started(watched: Watched) -> None:
    _, model = watched
    index = model.index_of("q")
    assert (index.data(NavigatorRole.MARK), index.data(NavigatorRole.BADGE)) == (Mark.NOT_STARTED, "")
    assert index.data(Qt.ItemDataRole.ToolTipRole) == "平台网络保障\n还没有填指标，8 处待填"


@pytest.mark.parametrize(
    ("errors", "warnings", "score", "mark"),
    [
        (1, 0, "90.00", Mark.ERROR),
        (0, 0, "", Mark.UNDER_WAY),
        (0, 2, "90.00", Mark.WARNING),
        (0, 0, "90.00", Mark.READY),
    ],
)
def test_that_errors_go_before_an_open_evaluation_and_that_before_warnings(
    watched: Watched, errors: int, warnings: int, score: str, mark: Mark
) -> None:
    document, model = watched
    shown = next(summary for summary in document.summaries() if summary.id == "e")
    changed = replace(shown, errors=errors, warnings=warnings, total_score=score)
    document.summaries_changed.emit(document.projects.take([changed], []))
    assert model.index_of("e").data(NavigatorRole.MARK) is mark


def test_that_the_number_beside_a_project_is_of_what_its_mark_says_and_its_score_where_nothing_is_left(
    watched: Watched,
) -> None:
    document, model = watched
    shown = next(summary for summary in document.summaries() if summary.id == "e")

    def badge(errors: int, warnings: int, score: str) -> tuple[str, Mark | None]:
        changed = replace(shown, errors=errors, warnings=warnings, total_score=score)
        document.summaries_changed.emit(document.projects.take([changed], []))
        return model.badge(model.index_of("e")), model.index_of("e").data(NavigatorRole.MARK)

    assert badge(2, 3, "97.37") == ("2", Mark.ERROR)
    assert badge(0, 3, "97.37") == ("3", Mark.WARNING)
    assert "，有警告，3 个，自评 97.37 分" in str(model.index_of("e").data(Qt.ItemDataRole.AccessibleTextRole))
    assert badge(0, 0, "97.37") == ("97.37", Mark.READY)
    assert badge(0, 3, "") == ("", Mark.UNDER_WAY)
    declaration = replace(shown, errors=0, warnings=19, total_score="", forms=frozenset({Form.DECLARATION}))
    document.summaries_changed.emit(document.projects.take([declaration], []))
    assert model.badge(model.index_of("e")) == "19"


def test_that_chips_list_what_has_errors_and_what_is_unfinished_and_follow_an_edit(watched: Watched) -> None:
    document, model = watched
    model.set_kind(Kind.WITH_ERRORS)
    listed = [one.id for one in document.summaries() if model.index_of(one.id).isValid()]
    assert listed == [one.id for one in document.summaries() if one.errors > document.awaited_errors(one.id)]
    assert "p" in listed
    mended = replace(next(one for one in document.summaries() if one.id == "p"), errors=0, warnings=0)
    document.summaries_changed.emit(document.projects.take([mended], []))
    assert not model.index_of("p").isValid()
    model.set_kind(Kind.UNFINISHED)
    assert model.index_of("q").isValid()
    model.set_kind(Kind.ALL)
    assert all(model.index_of(one.id).isValid() for one in document.summaries())


def test_that_a_wrong_text_in_a_form_without_lines_is_an_error_like_any_other(watched: Watched) -> None:
    document, model = watched
    summary = next(one for one in document.summaries() if one.id == "q")
    document.summaries_changed.emit(document.projects.take([replace(summary, errors=summary.awaited + 1)], []))
    index = model.index_of("q")
    assert (index.data(NavigatorRole.MARK), index.data(NavigatorRole.BADGE)) == (Mark.ERROR, "1")


def test_that_a_project_that_was_checked_is_marked_with_its_errors_at_once(watched: Watched) -> None:
    document, model = watched
    document.choose(["q"])
    document.tell_all(["q"])
    assert model.index_of("q").data(NavigatorRole.MARK) is Mark.ERROR
    model.set_kind(Kind.WITH_ERRORS)
    assert model.index_of("q").isValid()


def test_that_an_evaluated_project_shows_its_score(qtbot: QtBot, tmp_path: Path) -> None:
    with document_of(tmp_path / "导航.jixiao", declared(line("a"))) as document:
        document.tell_all()
        shown = replace(document.summaries()[0], state=State.EVALUATED, errors=0, warnings=0, total_score="97.37")
        document.projects = ProjectList([shown])
        model = NavigatorModel(document)
        index = model.index_of("p")
        assert index.data(NavigatorRole.BADGE) == "97.37"
        assert str(index.data(Qt.ItemDataRole.AccessibleTextRole)).endswith("，自评 97.37 分")


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


def test_that_an_edit_reads_no_summary_again(watched: Watched, monkeypatch: pytest.MonkeyPatch) -> None:
    document, model = watched
    monkeypatch.setattr(Store, "summaries", None)
    rename(document, "新的名称")
    assert model.index_of("p").data() == "新的名称"


def test_that_the_filter_keeps_projects_that_hold_every_word_and_their_levels(watched: Watched) -> None:
    _, model = watched
    everything = rows(model)
    model.set_text("运维")
    unit = "  上海科学技术交流中心"
    assert rows(model) == ["2026 年度", unit, "    信息化运维项目", "2022 年度", unit, "    热线运维"]
    model.set_text("运维 2022")
    assert rows(model) == ["2022 年度", unit, "    热线运维"]
    model.set_text("没有这个")
    assert rows(model) == []
    model.set_text("  ")
    assert rows(model) == everything


def test_that_the_filter_finds_the_row_of_a_project_and_the_project_of_a_row(watched: Watched) -> None:
    _, model = watched
    assert model.project_id(model.index_of("q")) == "q"
    assert model.project_id(QModelIndex()) == ""
    model.set_text("热线")
    assert not model.index_of("q").isValid()


def test_that_a_project_that_is_renamed_to_fit_appears_in_the_filter_and_one_that_no_longer_fits_goes(
    watched: Watched,
) -> None:
    document, model = watched
    model.set_text("孵化")
    rename(document, "孵化基地")
    assert "    孵化基地" in rows(model)
    rename(document, "另一个")
    assert rows(model) == []
    model.set_text("")
    assert model.index_of("p").data() == "另一个"


def test_that_of_many_hits_the_first_are_listed_and_more_when_they_are_asked_for(qtbot: QtBot, tmp_path: Path) -> None:
    many = [declared(project_id=f"p{n}", name=f"项目{n}") for n in range(SHOWN_AT_ONCE + 5)]
    with document_of(tmp_path / "导航.jixiao", *many) as document:
        model = NavigatorModel(document)
        with qtbot.waitSignal(model.hits_changed) as told:
            model.set_text("项目")
        assert told.args == [SHOWN_AT_ONCE + 5, SHOWN_AT_ONCE - 2]
        assert len(rows(model)) == SHOWN_AT_ONCE
        model.show_more()
        assert len(rows(model)) == 2 + SHOWN_AT_ONCE + 5
        with qtbot.assertNotEmitted(model.modelReset):
            model.show_more()


def test_that_how_many_fit_follows_what_is_deleted_and_renamed(qtbot: QtBot, tmp_path: Path) -> None:
    many = [declared(project_id=f"p{n}", name=f"项目{n}") for n in range(SHOWN_AT_ONCE + 5)]
    with document_of(tmp_path / "导航.jixiao", *many) as document:
        model = NavigatorModel(document)
        model.set_text("项目")
        with qtbot.waitSignal(model.hits_changed) as told:
            document.push("删除项目", (RemoveProject(many[3]),))
        assert told.args == [SHOWN_AT_ONCE + 4, SHOWN_AT_ONCE - 3]
        document.select_project("p0")
        with qtbot.assertNotEmitted(model.hits_changed):
            rename(document, "项目00")
        with qtbot.waitSignal(model.hits_changed) as told:
            rename(document, "别的")
        assert told.args == [SHOWN_AT_ONCE + 3, SHOWN_AT_ONCE - 4]


WORDS = ("甲", "乙", "丙")


@given(
    st.lists(st.tuples(st.sampled_from("pqr"), st.sampled_from(["project_name", "unit", "year"]), st.integers(0, 2)))
)
@settings(max_examples=15)
def test_that_the_rows_are_those_a_new_model_would_have_whatever_was_edited(
    qtbot: QtBot, tmp_path_factory: pytest.TempPathFactory, edits: list[tuple[str, str, int]]
) -> None:
    many = [declared(project_id=key, name=f"项目{key}") for key in "pqr"]
    with document_of(tmp_path_factory.mktemp("导航") / "导航.jixiao", *many) as document:
        document.tell_all()  # its one line is to be filled in
        model = NavigatorModel(document)
        tester = QAbstractItemModelTester(model, FATAL)
        for key, field, choice in edits:
            document.select_project(key)
            rename(document, str(2025 + choice) if field == "year" else WORDS[choice], field)
            assert rows(model) == rows(NavigatorModel(document))
            assert document.store is not None
            assert document.summaries() == document.store.summaries()
        del tester
