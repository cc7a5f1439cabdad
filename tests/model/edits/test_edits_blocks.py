"""Blocks of cells: clearing, filling down, pasting, and undoing any sequence of edits of the indicator table."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model import edits
from model.changes import Part, ProjectChange, apply_all
from model.edits import Block
from model.forms import FORMS
from model.records import Form, Indicator, Project
from model.scoring import parse_points, score_evaluation
from model.settings import Settings
from tests.model.projects import after, declared, evaluated, fresh_ids, line, names, texts, undo

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


def test_that_a_blank_row_in_a_block_shifts_no_cell_of_the_rows_below_it() -> None:
    project = evaluated(line("a", ">=1次"), line("b", ">=2次", deviation_reason="原有"))
    rows = [["甲", ">=1次", "1次", "5", "5", "因甲"], [""], ["丙", ">=3次", "2次", "5", "3.33", "因丙"]]
    changed = paste(project, "b", "name", rows)
    assert cells(changed, "id", "name", "deviation_reason") == [
        ("a", "指标a", ""),
        ("b", "甲", "因甲"),
        ("new-1", "丙", "因丙"),
    ]


def test_that_a_blank_row_in_a_block_pasted_on_an_empty_line_leaves_the_line_below_alone() -> None:
    project = evaluated(line("a", name=""), line("b", ">=2次", deviation_reason="原有"))
    rows = [["甲", ">=1次", "1次", "5", "5", "因甲"], ["", ""], ["丙", ">=3次", "2次", "5", "3.33", "因丙"]]
    changed = paste(project, "a", "name", rows)
    assert cells(changed, "id", "name", "deviation_reason") == [
        ("a", "甲", "因甲"),
        ("new-1", "丙", "因丙"),
        ("b", "指标b", "原有"),
    ]


_PRINTED = ["name", "target_text", "actual_text", "points", "score", "deviation_reason"]


@pytest.mark.parametrize("field", _PRINTED)
def test_that_a_row_of_a_block_lands_in_one_line_whatever_rows_around_it_are_blank_or_short(field: str) -> None:
    columns = _PRINTED[_PRINTED.index(field) :]
    rows = [[f"{number}-{column}" for column in columns] for number in range(4)]
    rows[1], rows[2] = [""] * len(columns), rows[2][:1]
    changed = paste(evaluated(line("a", name="")), "a", field, rows)
    assert cells(changed, *columns) == [
        tuple(rows[0]),
        (rows[2][0], *[""] * (len(columns) - 1)),
        tuple(rows[3]),
    ]


def test_that_a_block_can_be_pasted_under_a_level_as_its_new_lines() -> None:
    project = evaluated(line("a"), line("b", level1="效益指标", level2="社会效益指标"))
    rows = [["甲", ">=1次", "", "", "", "因甲"], ["", ""], ["乙", ">=2次", "", "", "", "因乙"]]
    levels = ("产出指标", "质量指标")
    changed = after(project, edits.paste_under(project, Form.EVALUATION, levels, rows, fresh_ids(), SETTINGS))
    assert cells(changed, "id", "level2", "name", "deviation_reason") == [
        ("a", "数量指标", "指标a", ""),
        ("new-1", "质量指标", "甲", "因甲"),
        ("new-2", "质量指标", "乙", "因乙"),
        ("b", "社会效益指标", "指标b", ""),
    ]
    assert edits.paste_under(project, Form.DECLARATION, levels, rows, fresh_ids(), SETTINGS) == ()


def test_that_one_text_goes_into_every_cell_of_a_selection_and_a_block_from_its_corner_on() -> None:
    project = evaluated(line("a"), line("b"), line("c"))
    block = Block(("a", "b"), ("actual_text", "points"))
    one = after(project, edits.paste_over(project, Form.EVALUATION, block, [["5"]], fresh_ids(), SETTINGS))
    assert cells(one, "actual_text", "points") == [("5", "5"), ("5", "5"), ("", "")]
    two = after(
        project, edits.paste_over(project, Form.EVALUATION, block, [["5"], ["6"], ["7"]], fresh_ids(), SETTINGS)
    )
    assert cells(two, "actual_text", "points") == [("5", ""), ("6", ""), ("7", "")]


def test_that_filling_down_copies_the_first_cell_of_each_column() -> None:
    project = evaluated(line("a", "≥1次", points="5"), line("b", points="3"), line("c"), line("d", points="1"))
    changed = after(project, edits.fill_block(project, Block(("a", "b", "c"), ("target_text", "points")), SETTINGS))
    assert cells(changed, "target_text", "points") == [("≥1次", "5")] * 3 + [("", "1")]
    assert edits.fill_block(project, Block((), ("points",)), SETTINGS) == ()
    assert edits.fill_block(project, Block(("gone", "a"), ("points",)), SETTINGS) == ()


def test_that_filling_one_line_down_takes_the_line_above_and_the_first_line_nothing() -> None:
    project = evaluated(line("a", points="5"), line("b", points="3"))
    changed = after(project, edits.fill_block(project, Block(("b",), ("points",)), SETTINGS))
    assert cells(changed, "points") == [("5",), ("5",)]
    assert edits.fill_block(project, Block(("a",), ("points",)), SETTINGS) == ()


def test_that_clearing_empties_cells_and_keeps_the_lines() -> None:
    project = evaluated(line("a", ">=1次", "1次", "5"), line("b", "", "2次", "5"))
    changes = edits.clear_block(project, Block(("a", "b"), ("target_text", "actual_text")), SETTINGS)
    assert len(changes) == 3
    changed = after(project, changes)
    assert cells(changed, "id", "target_text", "actual_text", "points") == [("a", "", "", "5"), ("b", "", "", "5")]


def test_that_lines_move_within_their_level_only_and_all_or_none() -> None:
    project = evaluated(line("a"), line("b"), line("c"), line("d", level2="质量指标"))
    up = edits.move_within_level(project, ["b", "c"], -1, SETTINGS)
    assert names(after(project, up)) == ["b", "c", "a", "d"]
    down = edits.move_within_level(project, ["b", "a"], 1, SETTINGS)
    assert names(after(project, down)) == ["c", "a", "b", "d"]
    for ids, delta in ((["a"], -1), (["b", "c"], 1), (["d"], 1), (["gone"], 1)):
        assert edits.move_within_level(project, ids, delta, SETTINGS) == ()


def test_that_a_line_added_after_another_has_its_levels() -> None:
    project = evaluated(line("a", level2="质量指标"), line("b"))
    changed = after(project, edits.add_beside(project, "a", Indicator("x"), SETTINGS, above=False))
    assert cells(changed, "id", "level2", "name") == [
        ("a", "质量指标", "指标a"),
        ("x", "质量指标", ""),
        ("b", "数量指标", "指标b"),
    ]
    above = after(project, edits.add_beside(project, "b", Indicator("x"), SETTINGS, above=True))
    assert cells(above, "id", "level2")[1] == ("x", "数量指标")
    assert edits.add_beside(project, "gone", Indicator("x"), SETTINGS, above=True) == ()


def _figures(project: Project) -> dict[str, tuple[str, object]]:
    """Every printed figure of a self-evaluation with the one that is computed for it."""
    assert project.evaluation is not None
    score = score_evaluation(project.evaluation, SETTINGS, project.year)
    figures: dict[str, tuple[str, object]] = {
        line.indicator_id: (one.score, line.computed)
        for one, line in zip(project.evaluation.indicators, score.lines, strict=True)
    }
    return figures | {"total": (project.evaluation.total_score, score.total)}


@given(st.data())
def test_that_no_block_leaves_a_stale_printed_figure_and_undo_restores_every_cell(data: st.DataObject) -> None:
    lines = (line("a", ">=1次", "1次", "5", score="5"), line("b", ">=2次", "1次", "5", score="2.5"), line("c", name=""))
    project = evaluated(*lines[: data.draw(st.integers(1, 3))], execution_points="", total_score="7.50")
    value = st.sampled_from(["", "1次", ">=3次", "5", "x"])
    columns = ["name", "target_text", "actual_text", "points"]
    rows = data.draw(st.lists(st.lists(value, min_size=1, max_size=3), min_size=1, max_size=4))
    ids = tuple(data.draw(st.lists(st.sampled_from(names(project)), min_size=1, unique=True)))
    at = data.draw(st.integers(0, len(columns) - 1))
    block = Block(ids, tuple(columns[at : at + 2]))
    match data.draw(st.sampled_from(["over", "under", "fill", "clear"])):
        case "over":
            changes = edits.paste_over(project, Form.EVALUATION, block, rows, fresh_ids(), SETTINGS)
        case "under":
            levels = ("产出指标", "质量指标")
            changes = edits.paste_under(project, Form.EVALUATION, levels, rows, fresh_ids(), SETTINGS)
        case "fill":
            changes = edits.fill_block(project, block, SETTINGS)
        case _:
            changes = edits.clear_block(project, block, SETTINGS)
    old, new = _figures(project), _figures(after(project, changes))
    for key, (printed, computed) in new.items():
        was = old.get(key)
        if was is not None and was[0] == printed != "" and parse_points(printed) == was[1]:
            assert computed == was[1]


@given(st.data())
def test_that_pasting_inserting_moving_and_deleting_can_all_be_undone(data: st.DataObject) -> None:
    start = project = evaluated(line("a", ">=1次", "1次", "5", score="5"), line("b", "完善"), total_score="5.00")
    ids = fresh_ids()
    gestures: list[tuple[ProjectChange, ...]] = []
    columns = [cell.name for cell in FORMS[Form.EVALUATION].columns]
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
