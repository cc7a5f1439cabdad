"""The item model of the table: levels from lines, marks and subtotals, and one signal for what one edit changed.

Every test keeps Qt's model tester alive while rows come, go and move.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPersistentModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from gui.document.document import Document
from gui.table.cells import CellView, LevelView
from gui.table.columns import columns_of
from gui.table.model import GridModel, Role
from gui.table.rows import RowKind, rows_of
from model.changes import InsertIndicator, MoveIndicator, Part
from model.edits import delete_lines, explain, insert_line, move_line, set_cell, set_setting_changes, start_form
from model.findings import Severity
from model.records import Declaration, EvaluatedIndicator, Form, Project
from model.rules import levels_asked_for
from model.settings import Settings
from model.values.taxonomy import LEVELS
from tests.gui.hands import QUALITY, QUANTITY, SOCIAL, declared, document_of, evaluated, evaluated_line, line

FATAL = QAbstractItemModelTester.FailureReportingMode.Fatal


@contextmanager
def model_of(path: Path, project: Project) -> Iterator[tuple[Document, GridModel]]:
    """A model under the eyes of Qt's tester."""
    form = Form.DECLARATION if project.of(Declaration) is not None else Form.EVALUATION
    with document_of(path / "模型.jixiao", project) as document:
        model = GridModel(document, form)
        tester = QAbstractItemModelTester(model, FATAL)
        yield document, model
        del tester


def tree(model: GridModel) -> list[str]:
    """The lines as text: their levels where they change, then their names, indented."""
    shown: list[str] = []
    runs = (-1, -1)
    for at, row in enumerate(model.rows):
        if row.kind is not RowKind.LINE:
            continue
        if row.runs[0] != runs[0]:
            shown.append(model.level(at, 0).label)
        if row.runs[1] != runs[1]:
            shown.append("  " + model.level(at, 1).label)
        runs = row.runs
        shown.append("    " + str(model.index(at, 2).data()))
    return shown


def vacant(model: GridModel) -> list[str]:
    """The 二级指标 that have a row without a line."""
    return [row.levels[1] for row in model.rows if row.kind is RowKind.VACANT]


def level_of(model: GridModel, label: str) -> LevelView:
    """What a level says."""
    at = next(at for at, row in enumerate(model.rows) if label in row.levels)
    return model.level(at, model.rows[at].levels.index(label))


def cell(model: GridModel, line_id: str, field: str) -> CellView:
    found = model.index_of(line_id, field).data(Role.CELL)
    assert isinstance(found, CellView)
    return found


def write(document: Document, line_id: str, field: str, text: str) -> None:
    assert document.saved_project is not None
    document.push("修改", set_cell(document.saved_project, Part.INDICATOR, line_id, field, text, document.settings))


def saved(document: Document) -> Project:
    assert document.saved_project is not None
    return document.saved_project


def test_that_lines_stand_under_their_levels_in_the_order_of_the_record(qtbot: QtBot, tmp_path: Path) -> None:
    project = declared(line("a"), line("b"), line("c", QUALITY), line("d", SOCIAL))
    with model_of(tmp_path, project) as (_, model):
        assert tree(model) == [
            "产出指标",
            "  数量指标",
            "    指标a",
            "    指标b",
            "  质量指标",
            "    指标c",
            "效益指标",
            "  社会效益指标",
            "    指标d",
        ]


def test_that_lines_out_of_order_show_as_a_second_run(qtbot: QtBot, tmp_path: Path) -> None:
    project = declared(line("a"), line("b", SOCIAL), line("c"))
    with model_of(tmp_path, project) as (_, model):
        assert tree(model).count("产出指标") == 2
        assert model.line_ids() == ("a", "b", "c")


def test_that_lines_of_unknown_levels_stand_under_their_own_text(qtbot: QtBot, tmp_path: Path) -> None:
    project = declared(line("a", ("管理指标", "投入指标")), line("b", ("", "")))
    with model_of(tmp_path, project) as (_, model):
        assert tree(model) == ["管理指标", "  投入指标", "    指标a", "（未填写）", "  （未填写）", "    指标b"]


def test_that_a_form_without_lines_has_a_row_for_each_level_the_rules_ask_for(qtbot: QtBot, tmp_path: Path) -> None:
    with model_of(tmp_path, declared()) as (document, model):
        assert tree(model) == []
        assert vacant(model) == [level2 for _, level2 in levels_asked_for(2026, document.settings.thresholds)]


def test_that_a_level_that_is_missing_keeps_its_row_until_it_has_a_line(qtbot: QtBot, tmp_path: Path) -> None:
    with model_of(tmp_path, declared(line("a"))) as (document, model):
        assert "质量指标" in vacant(model)
        document.push("添加", insert_line(saved(document), Form.DECLARATION, 1, line("b", QUALITY), document.settings))
        assert "质量指标" not in vacant(model)
        document.push("删除", delete_lines(saved(document), ("b",), document.settings))
        assert "质量指标" in vacant(model)


def test_that_a_missing_level_that_is_explained_asks_for_no_line(qtbot: QtBot, tmp_path: Path) -> None:
    with model_of(tmp_path, declared(line("a"))) as (document, model):
        document.tell_all()
        cost = next(finding for finding in document.findings if finding.place.level == "成本指标")
        assert "经济成本指标" in vacant(model)
        document.push("说明", explain(saved(document), cost.key, "不涉及", document.settings))
        assert "经济成本指标" not in vacant(model)


def test_that_all_levels_are_shown_on_request_and_with_another_project_too(qtbot: QtBot, tmp_path: Path) -> None:
    with model_of(tmp_path, declared(line("a"))) as (document, model):
        model.set_all_levels_shown(True)
        document.select_project(None)
        document.select_project("p")
        assert len(vacant(model)) == sum(map(len, LEVELS.values())) - 1
        model.set_all_levels_shown(False)
        assert len(vacant(model)) < 6


def test_that_missing_levels_come_at_their_place_in_the_official_order() -> None:
    everything = [(level1, level2) for level1, below in LEVELS.items() for level2 in below]
    rows = rows_of((line("a", SOCIAL), line("b", QUALITY)), everything, (), has_lines=True)
    labels = [row.levels[1] for row in rows]
    assert labels.index("经济效益指标") < labels.index("社会效益指标") < labels.index("生态效益指标")
    assert labels.index("数量指标") < labels.index("质量指标") < labels.index("时效指标")


def test_that_a_folded_level_is_one_row_and_hides_no_other(qtbot: QtBot, tmp_path: Path) -> None:
    with model_of(tmp_path, declared(line("a"), line("b", QUALITY), line("c", SOCIAL))) as (_, model):
        model.set_folded({"产出指标"})
        kinds = [row.kind for row in model.rows if row.levels[0] == "产出指标"]
        assert kinds == [RowKind.FOLDED]
        assert model.line_ids() == ("a", "b", "c")
        (folded,) = (at for at, row in enumerate(model.rows) if row.kind is RowKind.FOLDED)
        assert str(model.index(folded, 2).data()).startswith("2 条已收起 · 待填 2")
        assert tree(model) == ["效益指标", "  社会效益指标", "    指标c"]


def test_that_the_row_below_the_last_line_belongs_to_its_level(qtbot: QtBot, tmp_path: Path) -> None:
    with model_of(tmp_path, declared(line("a"), line("b", SOCIAL))) as (_, model):
        assert (model.rows[-1].kind, model.rows[-1].levels) == (RowKind.NEW, SOCIAL)


def test_that_a_form_that_was_not_started_has_no_rows_and_gets_them_when_it_is(qtbot: QtBot, tmp_path: Path) -> None:
    with model_of(tmp_path, declared(line("a"))) as (document, _):
        other = GridModel(document, Form.EVALUATION)
        tester = QAbstractItemModelTester(other, FATAL)
        assert other.rowCount() == 0
        document.push("开始自评", start_form(saved(document), Form.EVALUATION, iter(("n1", "n2")), document.settings))
        assert other.line_ids() == ("n1",)
        document.undo_stack.undo()
        assert other.rowCount() == 0
        del tester


def test_that_typing_a_cell_changes_that_cell_only(qtbot: QtBot, tmp_path: Path) -> None:
    project = declared(line("a", target_text="≥2.00(次)"), line("b", target_text="≥3.00(次)"))
    with model_of(tmp_path, project) as (document, model):
        changed: list[tuple[str, int, int]] = []
        model.dataChanged.connect(lambda one, two: changed.append((model.line_id(one), one.column(), two.column())))
        with qtbot.assertNotEmitted(model.modelReset), qtbot.assertNotEmitted(model.layoutChanged):
            write(document, "a", "target_text", "≥9.00(次)")
        assert changed == [("a", 3, 3)]


def test_that_a_draft_shows_in_its_cell_and_goes_again(qtbot: QtBot, tmp_path: Path) -> None:
    with model_of(tmp_path, declared(line("a"))) as (document, model):
        document.lay_draft(set_cell(saved(document), Part.INDICATOR, "a", "name", "正在输入", document.settings))
        assert model.index_of("a").data() == "正在输入"
        document.drop_draft()
        assert model.index_of("a").data() == "指标a"


def test_that_a_target_shows_as_it_prints_and_is_edited_as_it_was_typed(qtbot: QtBot, tmp_path: Path) -> None:
    with model_of(tmp_path, declared(line("a", target_text=">=90%"))) as (_, model):
        index = model.index_of("a", "target_text")
        assert index.data() == "≥90.00(%)"
        assert index.data(Qt.ItemDataRole.EditRole) == ">=90%"
        assert "输入的是：>=90%" in index.data(Qt.ItemDataRole.ToolTipRole)


def test_that_an_insertion_is_told_as_rows_and_keeps_other_indexes(qtbot: QtBot, tmp_path: Path) -> None:
    with model_of(tmp_path, declared(line("a"), line("b"))) as (document, model):
        kept = QPersistentModelIndex(model.index_of("b", "target_text"))
        with qtbot.waitSignal(model.rowsInserted), qtbot.assertNotEmitted(model.modelReset):
            document.push("添加", insert_line(saved(document), Form.DECLARATION, 1, line("n"), document.settings))
        assert (model.line_id(kept), model.line_ids()) == ("b", ("a", "n", "b"))


def test_that_a_deletion_is_told_as_rows_and_an_emptied_level_goes_too(qtbot: QtBot, tmp_path: Path) -> None:
    with model_of(tmp_path, declared(line("a"), line("b", QUALITY))) as (document, model):
        kept = QPersistentModelIndex(model.index_of("a"))
        document.push("删除", delete_lines(saved(document), ("b",), document.settings))
        assert tree(model) == ["产出指标", "  数量指标", "    指标a"]
        assert kept.isValid()


def test_that_a_move_is_told_as_a_move(qtbot: QtBot, tmp_path: Path) -> None:
    with model_of(tmp_path, declared(line("a"), line("b"), line("c"))) as (document, model):
        kept = QPersistentModelIndex(model.index_of("c"))
        with qtbot.waitSignal(model.rowsMoved), qtbot.assertNotEmitted(model.rowsRemoved):
            document.push("移动", move_line(saved(document), "c", -2, document.settings))
        assert model.line_ids() == ("c", "a", "b")
        assert model.line_id(kept) == "c"


def test_that_a_line_keeps_its_index_when_it_changes_its_level(qtbot: QtBot, tmp_path: Path) -> None:
    with model_of(tmp_path, declared(line("a"), line("b"), line("c", QUALITY))) as (document, model):
        kept = QPersistentModelIndex(model.index_of("b"))
        write(document, "b", "level2", "质量指标")
        assert model.line_id(kept) == "b"
        assert tree(model) == ["产出指标", "  数量指标", "    指标a", "  质量指标", "    指标b", "    指标c"]


def test_that_another_project_resets_the_model(qtbot: QtBot, tmp_path: Path) -> None:
    with model_of(tmp_path, declared(line("a"))) as (document, model):
        with qtbot.waitSignal(model.modelReset):
            document.select_project(None)
        assert model.rowCount() == 0


def test_that_an_index_of_a_row_that_is_gone_is_harmless(qtbot: QtBot, tmp_path: Path) -> None:
    with model_of(tmp_path, declared(line("a"), line("b"))) as (document, model):
        stale = model.index_of("b")
        document.push("删除", delete_lines(saved(document), ("b",), document.settings))
        assert model.line_id(stale) == ""


def test_that_the_worst_finding_marks_its_cell_and_an_explained_one_does_not(qtbot: QtBot, tmp_path: Path) -> None:
    project = declared(line("a", target_text=""), line("b", target_text="≥100.00(%)"))
    with model_of(tmp_path, project) as (document, model):
        assert cell(model, "a", "target_text").mark is Severity.ERROR
        assert cell(model, "a", "target_text").hint == "填写年度指标值"
        assert cell(model, "b", "target_text").mark is Severity.WARNING
        for finding in document.findings:
            if finding.place.indicator_id == "b" and finding.severity is Severity.WARNING:
                document.push("说明", explain(saved(document), finding.key, "按批复口径", document.settings))
        marked = cell(model, "b", "target_text")
        assert marked.mark is not Severity.WARNING
        assert marked.messages


def test_that_findings_about_a_level_are_shown_at_the_level(qtbot: QtBot, tmp_path: Path) -> None:
    with model_of(tmp_path, declared(line("a", ("产出指标", "没有这个指标")))) as (document, model):
        rules = {finding.place.field for finding in document.findings if finding.place.indicator_id == "a"}
        assert "level2" in rules
        assert cell(model, "a", "level2").mark is not None


def lines_to_score() -> tuple[EvaluatedIndicator, ...]:
    return (
        evaluated_line("a", target_text=">=10次", actual_text="9次", points="20", deviation_reason=""),
        evaluated_line("b", target_text=">=10次", actual_text="10次", points="20", score="18"),
        evaluated_line("c", QUALITY, target_text="完善", actual_text="制定了应急预案", points="20"),
        evaluated_line("d", QUALITY, target_text=">=10次", actual_text="", points="30"),
    )


def test_that_scores_are_computed_ones_or_those_a_person_gave(qtbot: QtBot, tmp_path: Path) -> None:
    with model_of(tmp_path, evaluated(*lines_to_score())) as (_, model):
        assert (cell(model, "a", "score").text, cell(model, "a", "score").is_manual) == ("18.00", False)
        given_one = cell(model, "b", "score")
        assert (given_one.text, given_one.tag, given_one.is_manual) == ("18.00", "20.00", True)
        assert cell(model, "c", "score").hint == "—"


def test_that_a_printed_score_that_equals_the_computed_one_is_not_marked_manual(qtbot: QtBot, tmp_path: Path) -> None:
    project = evaluated(evaluated_line("a", target_text=">=10次", actual_text="10次", points="5", score="5"))
    with model_of(tmp_path, project) as (_, model):
        shown = cell(model, "a", "score")
        assert (shown.text, shown.tag, shown.is_manual) == ("5.00", "", False)


def test_that_the_reason_asked_for_stands_in_the_blank_cell_without_the_name(qtbot: QtBot, tmp_path: Path) -> None:
    with model_of(tmp_path, evaluated(*lines_to_score())) as (_, model):
        shown = cell(model, "a", "deviation_reason")
        assert shown.mark is Severity.ERROR
        assert shown.hint.startswith("得分低于分值")
        assert shown.brief == "写明原因"


def test_that_a_line_to_be_judged_asks_for_its_level_until_one_is_chosen(qtbot: QtBot, tmp_path: Path) -> None:
    with model_of(tmp_path, evaluated(*lines_to_score())) as (document, model):
        assert (cell(model, "c", "actual_text").tag, cell(model, "c", "actual_text").tag_is_open) == (
            "请选择等级",
            True,
        )
        write(document, "c", "achievement", "partly")
        assert (cell(model, "c", "actual_text").tag, cell(model, "c", "actual_text").tag_is_open) == ("部分达成", False)
        assert cell(model, "c", "score").text == "14.00"


def test_that_levels_show_their_subtotals_and_a_dash_while_a_line_is_open(qtbot: QtBot, tmp_path: Path) -> None:
    with model_of(tmp_path, evaluated(*lines_to_score())) as (document, model):
        assert level_of(model, QUANTITY[1]).subtotal == "36.00 / 40"
        assert level_of(model, QUALITY[1]).score == "—"
        assert (model.total.points, model.total.score) == ("100", "46.00")
        assert "暂计" in model.total.label
        write(document, "d", "actual_text", "5次")
        parts = level_of(model, QUANTITY[1]), level_of(model, QUALITY[1])
        assert parts[1].told == f"暂计 {parts[1].subtotal}"
        assert document.score is not None
        assert document.score.execution.score is not None
        added = sum((Decimal(part.score) for part in parts), document.score.execution.score)
        assert (Decimal(model.total.score), document.score.so_far) == (added, added)
        write(document, "c", "achievement", "achieved")
        assert level_of(model, QUALITY[1]).told == level_of(model, QUALITY[1]).subtotal
        assert level_of(model, QUALITY[1]).score == "35.00"
        assert model.total.label == "总分"


def test_that_a_level_says_how_many_lines_it_has(qtbot: QtBot, tmp_path: Path) -> None:
    with model_of(tmp_path, declared(line("a"), line("b"))) as (_, model):
        assert level_of(model, QUANTITY[1]).line_count == 2
        assert model.total.label == "共 2 条指标"


def test_that_a_screen_reader_hears_text_and_trouble_and_a_row_by_its_levels(qtbot: QtBot, tmp_path: Path) -> None:
    with model_of(tmp_path, evaluated(*lines_to_score())) as (_, model):
        spoken = model.index_of("d", "actual_text").data(Qt.ItemDataRole.AccessibleTextRole)
        assert spoken.startswith("空白，错误：")
        row = model.index_of("d").row()
        assert model.headerData(row, Qt.Orientation.Vertical) == "产出指标 › 质量指标 › 指标d"
        spoken = model.index_of("b", "score").data(Qt.ItemDataRole.AccessibleTextRole)
        assert "手工评分" in spoken


def test_that_a_row_without_a_name_is_headed_by_the_place_of_its_line(qtbot: QtBot, tmp_path: Path) -> None:
    with model_of(tmp_path, declared(line("a"), line("b", name=" "))) as (_, model):
        assert model.headerData(model.index_of("b").row(), Qt.Orientation.Vertical) == "产出指标 › 数量指标 › 第2条指标"


def test_that_the_tool_tip_of_a_score_tells_how_it_came_about(qtbot: QtBot, tmp_path: Path) -> None:
    with model_of(tmp_path, evaluated(*lines_to_score())) as (document, model):
        assert document.score is not None
        explanation = document.score.lines[0].explanation
        assert explanation
        assert explanation in model.index_of("a", "score").data(Qt.ItemDataRole.ToolTipRole)


def test_that_a_new_unit_is_heard_of_by_every_line(qtbot: QtBot, tmp_path: Path) -> None:
    with model_of(tmp_path, declared(line("a", target_text=">=3驿站"))) as (document, model):
        assert cell(model, "a", "target_text").mark is Severity.WARNING
        document.push("修改设置", set_setting_changes(document.settings, Settings(own_units=("驿站",))))
        assert "VAL-004" not in "".join(cell(model, "a", "target_text").messages)
        assert cell(model, "a", "target_text").text == "≥3.00(驿站)"


def test_that_every_column_has_its_title_and_numbers_are_right_aligned(qtbot: QtBot, tmp_path: Path) -> None:
    with model_of(tmp_path, evaluated(evaluated_line("a"))) as (_, model):
        horizontal = Qt.Orientation.Horizontal
        titles = [model.headerData(column, horizontal) for column in range(model.columnCount())]
        assert titles == [column.title for column in columns_of(Form.EVALUATION)]
        alignment = model.headerData(6, horizontal, Qt.ItemDataRole.TextAlignmentRole)
        assert isinstance(alignment, Qt.AlignmentFlag)
        assert alignment & Qt.AlignmentFlag.AlignRight


LEVEL_PAIRS = st.sampled_from([QUANTITY, QUALITY, SOCIAL, ("", "")])


@settings(max_examples=15)
@given(
    steps=st.lists(st.tuples(st.sampled_from("idml"), st.integers(0, 9), st.integers(0, 9), LEVEL_PAIRS), max_size=8)
)
def test_that_any_sequence_of_edits_leaves_the_rows_a_fresh_model_would_have(
    qtbot: QtBot, tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, int, int, tuple[str, str]]]
) -> None:
    project = declared(line("a"), line("b"), line("c", QUALITY), line("d", SOCIAL))
    with model_of(tmp_path_factory.mktemp("reihe"), project) as (document, model):
        for number, (kind, one, two, levels) in enumerate(steps):
            do_step(document, number, kind, one, two, levels)
            fresh = GridModel(document, Form.DECLARATION)
            assert [row.key for row in model.rows] == [row.key for row in fresh.rows]
            assert tree(model) == tree(fresh)
        while document.undo_stack.index() > 1:
            document.undo_stack.undo()
        assert model.line_ids() == ("a", "b", "c", "d")


def do_step(document: Document, number: int, kind: str, one: int, two: int, levels: tuple[str, str]) -> None:
    lines = saved(document).indicators(Form.DECLARATION)
    form = Form.DECLARATION
    if kind == "i":
        new = line(f"n{number}", levels)
        document.push("添加", (InsertIndicator("p", form, one % (len(lines) + 1), new),))
    elif lines and kind == "d":
        document.push("删除", delete_lines(saved(document), (lines[one % len(lines)].id,), document.settings))
    elif lines and kind == "m":
        document.push("移动", (MoveIndicator("p", form, one % len(lines), two % len(lines)),))
    elif lines:
        write(document, lines[one % len(lines)].id, "level2", levels[1])
