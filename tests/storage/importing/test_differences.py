"""A form to be imported beside what the store has: the cells that differ, the lines that are new or gone."""

from __future__ import annotations

from dataclasses import replace

from model.records import Declaration, Form, Indicator, Project, forms_of
from model.rules.context import Context
from model.rules.neighbours import Neighbours, ProjectKey
from model.settings import Settings
from storage.importing.differences import beside, with_text, without_lines
from storage.interchange import ImportedForm
from storage.interchange.imported import NO_CELLS

CONTEXT = Context(Settings())
LINES = (
    Indicator("a", "产出指标", "数量指标", "培训次数", "=2(次)"),
    Indicator("b", "产出指标", "质量指标", "合格率", "≥90%"),
)
STANDING = Project(
    "p", 2026, "甲", "科委", "中心", forms=forms_of(Declaration(annual_goal="目标 一", other="5", indicators=LINES))
)


def brought(**changes: object) -> ImportedForm:
    content = Declaration(annual_goal="目标一", other="5", indicators=LINES)
    content = replace(content, **changes)  # type: ignore[arg-type]
    return ImportedForm("表.pdf", 1, Form.DECLARATION, 2026, "甲", "科委", "中心", content, unsaid=NO_CELLS)


def test_that_nothing_differs_where_only_white_space_does() -> None:
    found = beside(brought(), STANDING, CONTEXT)
    assert [cell for cell in found.cells if cell.before is not None] == []
    assert (found.new_lines, found.gone) == (frozenset(), ())


def test_that_a_cell_with_another_text_has_the_one_of_the_store_beside_it() -> None:
    lines = (replace(LINES[0], target_text="=3(次)"), LINES[1])
    found = beside(brought(other="", indicators=lines), STANDING, CONTEXT)
    assert [(cell.field, cell.line, cell.text, cell.before) for cell in found.cells if cell.before is not None] == [
        ("other", None, "", "5"),
        ("target_text", 0, "=3(次)", "=2(次)"),
    ]


def test_that_lines_are_matched_by_level_and_name_and_the_rest_is_new_or_gone() -> None:
    lines = (replace(LINES[0], name="展览次数"), LINES[1])
    found = beside(brought(indicators=lines), STANDING, CONTEXT)
    assert found.new_lines == {0}
    assert found.gone == (LINES[0],)


def test_that_a_new_form_has_nothing_beside_it_but_its_findings() -> None:
    found = beside(brought(indicators=(replace(LINES[0], target_text=""),)), None, CONTEXT)
    assert all(cell.before is None for cell in found.cells)
    assert found.new_lines == frozenset()
    assert [cell.field for cell in found.of_line(0) if cell.findings] == ["target_text"]


def test_that_a_form_of_a_project_there_is_is_not_called_another_project_of_the_same_name() -> None:
    context = Context(Settings(), neighbours=Neighbours([ProjectKey.of(STANDING)]))
    same, other = beside(brought(), STANDING, context), beside(brought(), None, context)
    told = [[finding.rule for cell in one.cells for finding in cell.findings] for one in (same, other)]
    assert "DEC-002" not in told[0]
    assert "DEC-002" in told[1]


def test_that_a_cell_is_mended_and_a_line_left_out() -> None:
    form = with_text(brought(), "target_text", 1, "≥95%")
    assert form.content.indicators[1].target_text == "≥95%"
    assert with_text(form, "unit", None, "新中心").unit == "新中心"
    retold = with_text(form, "annual_goal", None, "新").content
    assert isinstance(retold, Declaration)
    assert retold.annual_goal == "新"
    assert with_text(form, "year", None, "x") == form
    assert [line.name for line in without_lines(form, frozenset({0})).content.indicators] == ["合格率"]
