"""Pasting blocks into the indicator table, and undoing any sequence of edits of it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from model import edits
from model.changes import Part, ProjectChange, apply_all
from model.fields import INDICATOR_CELLS
from model.records import Form, Indicator, Project
from model.settings import Settings

from .projects import after, declared, evaluated, fresh_ids, line, names, texts, undo

SETTINGS = Settings()


def paste(
    project: Project, start: str | None, field: str, rows: list[list[str]], form: Form = Form.EVALUATION
) -> Project:
    return after(project, edits.paste_block(project, form, start, field, rows, fresh_ids(), SETTINGS))


def cells(project: Project, *fields: str, form: Form = Form.EVALUATION) -> list[tuple[str, ...]]:
    return [tuple(getattr(indicator, field) for field in fields) for indicator in project.indicators(form)]


def test_that_a_block_fills_the_cells_to_the_right_and_down_as_typed() -> None:
    project = evaluated(line("a", "≥1次"), line("b", "≥2次"), line("c", "≥3次", "旧", "7"))
    changed = paste(project, "b", "actual_text", [["２次 ", "5"], ["不适用", "五分"]])
    assert cells(changed, "actual_text", "points") == [("", ""), ("２次 ", "5"), ("不适用", "五分")]


def test_that_rows_beyond_the_last_line_become_lines_of_its_levels() -> None:
    project = declared(line("a", "≥1次"), line("b", "≥2次", level2="质量指标"))
    rows = [["合格率", ">=90%"], ["通过率", "≥95.00(%)"], ["", ""], ["达标率", "=100%"]]
    changed = paste(project, "b", "name", rows, Form.DECLARATION)
    assert cells(changed, "id", "level1", "level2", "name", "target_text", form=Form.DECLARATION)[1:] == [
        ("b", "产出指标", "质量指标", "合格率", ">=90%"),
        ("new-1", "产出指标", "质量指标", "通过率", "≥95.00(%)"),
        ("new-2", "产出指标", "质量指标", "达标率", "=100%"),
    ]


def test_that_a_block_pasted_on_an_empty_line_goes_over_nothing_that_was_typed() -> None:
    blank = {"name": ""}
    project = declared(line("a", **blank), line("b", **blank), line("c", "≥1次"), line("d", level2="质量指标", **blank))
    rows = [["报告", "≥1份"], ["论文", "≥2篇"], ["活动", "≥3场"], ["培训", "≥4次"]]
    changed = paste(project, "a", "name", rows, Form.DECLARATION)
    assert cells(changed, "id", "name", "level2", form=Form.DECLARATION) == [
        ("a", "报告", "数量指标"),
        ("b", "论文", "数量指标"),
        ("new-1", "活动", "数量指标"),
        ("new-2", "培训", "数量指标"),
        ("c", "指标c", "数量指标"),
        ("d", "", "质量指标"),
    ]


def test_that_a_block_without_a_start_is_added_at_the_end() -> None:
    rows = [["产出指标", "数量指标", "报告", "≥1份"], ["", "", "论文", "≥2篇"], ["", "质量指标", "合格率", "≥90%"]]
    changed = paste(declared(), None, "level1", rows, Form.DECLARATION)
    assert cells(changed, "level1", "level2", "name", form=Form.DECLARATION) == [
        ("产出指标", "数量指标", "报告"),
        ("产出指标", "数量指标", "论文"),
        ("产出指标", "质量指标", "合格率"),
    ]


def test_that_the_rest_of_a_merged_label_repeats_the_label_over_existing_lines_too() -> None:
    project = declared(line("a"), line("b", level1="效益指标", level2="社会效益指标"))
    changed = paste(project, "a", "level1", [["", "", "甲"], ["", "", "乙"]], Form.DECLARATION)
    assert cells(changed, "level1", "name", form=Form.DECLARATION) == [("产出指标", "甲"), ("效益指标", "乙")]
    changed = paste(project, "a", "level1", [["产出指标", "质量指标", "甲"], ["", "", "乙"]], Form.DECLARATION)
    assert cells(changed, "level1", "level2", form=Form.DECLARATION) == [("产出指标", "质量指标")] * 2


def test_that_a_level_of_achievement_is_understood_in_words() -> None:
    project = evaluated(line("a"), line("b"), line("c"))
    changed = paste(project, "a", "achievement", [["达成"], ["部分达成并具有一定效果"], ["一般"]])
    assert cells(changed, "achievement") == [("achieved",), ("partly",), ("一般",)]


def test_that_what_lies_right_of_the_last_column_is_dropped() -> None:
    changed = paste(evaluated(line("a")), "a", "deviation_reason", [["说明", "多余"]])
    assert cells(changed, "deviation_reason", "level1") == [("说明", "产出指标")]


def test_that_a_block_for_an_unknown_column_or_form_changes_nothing() -> None:
    project = declared(line("a"))
    for form, field in ((Form.DECLARATION, "points"), (Form.EVALUATION, "name")):
        assert edits.paste_block(project, form, "a", field, [["x"]], fresh_ids(), SETTINGS) == ()


@given(st.data())
def test_that_pasting_inserting_moving_and_deleting_can_all_be_undone(data: st.DataObject) -> None:
    start = project = evaluated(line("a", ">=1次", "1次", "5", score="5"), line("b", "完善"), total_score="5.00")
    ids = fresh_ids()
    gestures: list[tuple[ProjectChange, ...]] = []
    columns = [cell.name for cell in INDICATOR_CELLS[Form.EVALUATION]]
    blocks = st.lists(st.lists(texts, min_size=1, max_size=4), max_size=4)
    for _step in range(data.draw(st.integers(1, 6))):
        line_id = st.sampled_from([*names(project), "gone"])
        what = data.draw(st.sampled_from(["paste", "insert", "move", "delete", "sort", "type"]))
        changes: tuple[ProjectChange, ...] = ()
        match what:
            case "paste":
                where = data.draw(st.none() | line_id), data.draw(st.sampled_from(columns))
                changes = edits.paste_block(project, Form.EVALUATION, *where, data.draw(blocks), ids, SETTINGS)
            case "insert":
                position = data.draw(st.integers(-1, 9))
                changes = edits.insert_line(project, Form.EVALUATION, position, Indicator(next(ids)), SETTINGS)
            case "move":
                changes = edits.move_line(project, data.draw(line_id), data.draw(st.integers(-3, 3)), SETTINGS)
            case "delete":
                changes = edits.delete_lines(project, data.draw(st.lists(line_id, max_size=2)), SETTINGS)
            case "sort":
                changes = edits.sort_indicators(project, Form.EVALUATION, SETTINGS)
            case "type" if names(project):
                chosen = data.draw(st.sampled_from(names(project)))
                cell = data.draw(st.sampled_from(columns))
                changes = edits.set_cell(project, Part.INDICATOR, chosen, cell, data.draw(texts), SETTINGS)
        project = after(project, changes)
        gestures.append(changes)
    for changes in reversed(gestures):
        project = apply_all(project, undo(changes))
    assert project == start
