"""A form that is filled in for the first time: what is not there yet is told quietly, what is wrong at once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from gui.document.document import Document
from model import edits
from model.changes import AddProject, Part, SetField
from model.findings import Place, Severity
from model.records import Declaration, Form, Indicator, Project, forms_of
from tests.gui.hands import (
    at,
    ctrl,
    declared,
    document_of,
    evaluated,
    evaluated_line,
    line,
    press,
    shown_table,
    type_text,
)

NEW = Project("p", 2026, "社区科普活动", "科委", "中心", forms=forms_of(Declaration()))
NOWHERE = Place(Form.DECLARATION)


@pytest.fixture
def document(qapp: object, tmp_path: Path) -> Iterator[Document]:
    with document_of(tmp_path / "a.jixiao", NEW) as document:
        yield document


def told(document: Document) -> set[str]:
    """The rules whose errors are told."""
    errors = (one for one in document.findings if one.severity is Severity.ERROR)
    return {one.rule for one in errors if not document.awaits(one)}


def awaited(document: Document) -> set[str]:
    return {one.rule for one in document.findings if document.awaits(one)}


def write(document: Document, field: str, text: str, part: Form | Part = Form.DECLARATION, key: str = "p") -> None:
    assert document.write_text("填", part, key, field, text)


def test_that_a_new_form_awaits_and_reports_no_error(document: Document) -> None:
    assert told(document) == set()
    assert awaited(document) >= {"DEC-006", "DEC-014", "FND-003", "IND-001"}
    assert document.awaited_errors("p") == sum(one.severity is Severity.ERROR for one in document.findings)


def test_that_what_is_wrong_is_told_at_once(document: Document) -> None:
    write(document, "start_date", "明年")
    assert told(document) == {"DEC-009"}
    write(document, "start_date", "")
    assert told(document) == set()


def test_that_a_field_left_blank_is_told_and_no_other(document: Document) -> None:
    document.leave_cell(Place(Form.DECLARATION, "project_nature"), Place(Form.DECLARATION, "project_category"))
    assert told(document) == {"DEC-006"}
    assert "DEC-007" in awaited(document)


def test_that_a_total_is_told_when_the_last_of_its_parts_is_left(document: Document) -> None:
    document.leave_cell(Place(Form.DECLARATION, "fiscal_current"), Place(Form.DECLARATION, "carried_over"))
    assert told(document) == set()
    document.leave_cell(Place(Form.DECLARATION, "other"), Place(Form.DECLARATION, "annual_goal"))
    assert told(document) == {"FND-003"}


def test_that_of_a_line_that_is_left_only_columns_are_told_that_were_begun(document: Document) -> None:
    content = Declaration(indicators=(line("a", name="巡检"), line("b", name="培训")))
    document.push("填", edits.bring_form(NEW, content, {}))
    document.leave_cell(Place(Form.DECLARATION, "", "a"), Place(Form.DECLARATION, "", "b"))
    assert "VAL-001" in awaited(document)
    write(document, "target_text", "≥3次", Part.INDICATOR, "b")
    document.leave_cell(Place(Form.DECLARATION, "", "a"), Place(Form.DECLARATION, "", "a"))
    assert "VAL-001" not in told(document)
    document.leave_cell(Place(Form.DECLARATION, "", "a"), Place(Form.DECLARATION, "", "b"))
    assert "VAL-001" in told(document)


def test_that_a_check_tells_all_of_it(document: Document) -> None:
    document.tell_all()
    assert awaited(document) == set()
    assert "DEC-006" in told(document)
    assert document.awaited_errors("p") == 0
    document.tell_all(["another"])
    assert awaited(document) == set()


def test_that_a_form_begun_once_more_is_new_again(document: Document) -> None:
    document.tell_all()
    document.push("删除", edits.remove_form(NEW, Form.DECLARATION))
    document.push(
        "开始", edits.start_form(NEW.with_form(Form.DECLARATION, None), Form.DECLARATION, iter("x"), document.settings)
    )
    assert told(document) == set()
    assert "DEC-014" in awaited(document)


def test_that_a_form_begun_in_a_project_that_is_not_on_screen_is_new_there(document: Document) -> None:
    other = replace(NEW, id="q", project_name="科技周")
    assert document.push("新建", (AddProject(other),))
    document.tell_all(["p", "q"])
    assert document.awaited_errors("q") == 0
    begun = [edits.start_form(one, Form.EVALUATION, iter("xyz"), document.settings) for one in (NEW, other)]
    assert document.push("全年开始", tuple(change for changes in begun for change in changes))
    assert document.awaited_errors("p") == document.awaited_errors("q") > 0
    counted = document.awaited_errors("q")
    document.select_project("q")
    assert document.awaited_errors("q") == counted
    assert not any(rule.startswith("EVL") for rule in told(document))
    written = (SetField("p", Form.EVALUATION, "p", "actual_completion", "", "完成"),)
    before = document.awaited_errors("p")
    assert document.push("填", written)
    assert document.awaited_errors("p") == before - 1


def test_that_a_form_that_was_filled_in_before_reports_what_is_missing(qapp: object, tmp_path: Path) -> None:
    lines: tuple[Indicator, ...] = (line("a", target_text="≥1次"), line("b", target_text=""))
    with document_of(tmp_path / "b.jixiao", declared(*lines)) as document:
        assert "VAL-001" in told(document)
        assert awaited(document) == set()
        write(document, "target_text", "", Part.INDICATOR, "a")
        assert awaited(document) == set()  # it was there: somebody took it away


def test_that_a_copy_of_last_years_form_awaits_its_amounts_until_they_were_left(qapp: object, tmp_path: Path) -> None:
    with document_of(tmp_path / "e.jixiao", declared(line("a", target_text="≥1次"))) as document:
        given = document.saved_project
        assert given is not None
        kept, ids = edits.Targets.KEPT, iter(("b", "c"))
        copy = edits.copy_to_year(given, 2027, "next", ids, kept, document.settings)
        document.push("复制", edits.add_copies([copy], [], document.settings))
        (listed,) = (one for one in document.summaries() if one.id == "next")
        assert 0 < listed.errors == listed.awaited == document.awaited_errors("next")
        document.select_project("next")
        assert told(document) == set()
        assert "FND-003" in awaited(document)
        document.leave_cell(Place(Form.DECLARATION, "other"), Place(Form.DECLARATION, "annual_goal"))
        assert "FND-003" in told(document)


def test_that_a_self_evaluation_without_a_result_has_only_been_begun(qapp: object, tmp_path: Path) -> None:
    lines = tuple(evaluated_line(key, target_text="≥1次", points="45") for key in "ab")
    with document_of(tmp_path / "c.jixiao", evaluated(*lines)) as document:
        assert {"EVL-024"} <= awaited(document)
        assert "EVL-024" not in told(document)


def test_that_a_line_typed_into_a_form_filled_in_before_awaits_until_it_is_left(qtbot: QtBot, tmp_path: Path) -> None:
    with document_of(tmp_path / "d.jixiao", declared(line("a", target_text="≥1次"))) as document:
        table = shown_table(qtbot, document, Form.DECLARATION)
        at(table, "a")
        before = told(document)
        ctrl(table, Qt.Key.Key_Return)
        assert told(document) == before
        type_text(table, "abc")
        press(table, Qt.Key.Key_Tab)
        assert told(document) == before
        assert "VAL-001" in awaited(document)
        new = table.current_id()
        document.leave_cell(Place(Form.DECLARATION, "", new), Place(Form.DECLARATION, "", "a"))
        assert "VAL-001" in told(document)
