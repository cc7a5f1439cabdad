from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.changes import apply_all
from model.edits import new_project, set_cell
from model.records import Declaration, Form, Project, forms_of
from model.settings import Settings
from model.values.characters import about_unprintable, printable, unprintable, with_points


@pytest.mark.parametrize(
    ("text", "clean", "said"),
    [
        ("一\x0b二", "一\n二", "特殊的换行符U+000B已改为换行"),
        ("一\x0c二\x0b", "一\n二\n", "特殊的换行符U+000C、U+000B已改为换行"),
        ("一\x00二\ud83d三\ufffe", "一二三", "无法显示的字符U+0000、U+D83D、U+FFFE已去掉"),
        ("\x01\x0b\x01", "\n", "特殊的换行符U+000B已改为换行，无法显示的字符U+0001已去掉"),
        ("一\r\n二\r三", "一\n二\n三", ""),
        ("表\t格\u2028行\u3000😀", "表\t格\u2028行\u3000😀", ""),
    ],
)
def test_that_what_cannot_be_printed_is_changed_and_told(text: str, clean: str, said: str) -> None:
    assert printable(text) == clean
    assert about_unprintable(text) == said


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("9。5", "9.5"),
        ("1。2。3。", "1.2.3。"),
        ("巡检12次。2026年完成", "巡检12次。2026年完成"),
        ("。5", "。5"),
        ("9.5", "9.5"),
    ],
)
def test_that_the_point_of_an_input_method_is_one_between_two_digits_only(text: str, plain: str) -> None:
    assert with_points(text) == plain


@given(st.text(st.characters(exclude_categories=())))
def test_that_a_printable_text_stays_and_can_be_written(text: str) -> None:
    clean = printable(text)
    assert printable(clean) == clean
    assert unprintable(clean) == ()
    clean.encode("utf-8")


def test_that_a_text_pasted_from_word_is_typed_without_what_no_form_can_hold() -> None:
    project = Project("p", 2026, "甲", forms=forms_of(Declaration()))
    changes = set_cell(project, Form.DECLARATION, "p", "annual_goal", "一\x0b二\ud800", Settings())
    declaration = apply_all(project, changes).of(Declaration)
    assert declaration is not None
    assert declaration.annual_goal == "一\n二"


def test_that_a_new_project_is_named_without_what_no_form_can_hold() -> None:
    (added,) = new_project(
        Project("p", 2026, "甲\x01\ud83d乙", "部\x00门", "单\x0b位"), (Form.DECLARATION,), iter(()), Settings()
    )
    assert (added.project.project_name, added.project.department, added.project.unit) == ("甲乙", "部门", "单\n位")
