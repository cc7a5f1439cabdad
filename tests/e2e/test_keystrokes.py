"""How many keys the main work takes besides the text that is typed; printed, and never more than promised."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui.document.document import Document
from gui.table.grid import Grid
from model.records import Form
from tests.gui.hands import (
    declared,
    document_of,
    evaluated,
    evaluated_line,
    evaluated_lines_of,
    hand,
    press,
    press_on,
    put_on_clipboard,
    shown_table,
    type_text,
)


class Keys:
    """Presses keys on a grid and counts them; text is typed for nothing."""

    def __init__(self, grid: Grid) -> None:
        self.grid = grid
        self.count = 0

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        self.count += 1
        popup = QApplication.activePopupWidget()
        if popup is None:
            press(self.grid, key, modifiers)
        else:
            press_on(popup, key, modifiers)

    def type(self, text: str) -> None:
        type_text(self.grid, text)


CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def empty(qtbot: QtBot, tmp_path: Path) -> Iterator[tuple[Document, Grid]]:
    with document_of(tmp_path / "空.jixiao", declared()) as document:
        yield document, shown_table(qtbot, document, Form.DECLARATION, (900, 900))


def test_that_thirty_indicators_take_two_keys_each_and_a_few(
    empty: tuple[Document, Grid], capsys: pytest.CaptureFixture[str]
) -> None:
    document, grid = empty
    keys = Keys(grid)
    levels = grid.rows.rowCount()
    per_level = 30 // levels
    for level in range(levels):
        for number in range(per_level):
            keys.type(f"指标{level}{number}")
            keys.press(Qt.Key.Key_Tab)
            keys.type(">=3次")
            if number < per_level - 1:
                keys.press(Qt.Key.Key_Return, CTRL)
            else:
                keys.press(Qt.Key.Key_Return)
    project = document.saved_project
    assert project is not None
    assert len(project.indicators(Form.DECLARATION)) == 30
    assert len({one.level2 for one in project.indicators(Form.DECLARATION)}) == levels
    with capsys.disabled():
        print(f"\n30 indicators over {levels} levels: {keys.count} keys besides the text")
    assert keys.count <= 65


def test_that_a_row_of_the_library_with_name_comparator_and_unit_takes_four_keys(
    empty: tuple[Document, Grid], capsys: pytest.CaptureFixture[str]
) -> None:
    document, grid = empty
    keys = Keys(grid)
    row = next(at for at, row in enumerate(grid.rows.rows) if row.levels[1] == "数量指标")
    grid.cursor_moves.go(grid.rows.index(row, grid.currentIndex().column()))
    for letter in "px":
        keys.type(letter)
        keys.count += 1
    keys.press(Qt.Key.Key_Down)
    keys.press(Qt.Key.Key_Return)
    project = document.saved_project
    assert project is not None
    (line,) = project.indicators(Form.DECLARATION)
    assert (line.level2, line.name, line.target_text) == ("数量指标", "培训人次", "≥200.00(人次)")
    with capsys.disabled():
        print(f"\na row of the library, {line.name} {line.target_text}: {keys.count} keys")
    assert keys.count <= 4


def test_that_a_block_of_twenty_four_lines_takes_one_key(
    empty: tuple[Document, Grid], capsys: pytest.CaptureFixture[str]
) -> None:
    document, grid = empty
    rows = ["一级指标\t二级指标\t三级指标\t年度指标值"]
    for level1, level2 in (("产出指标", "数量指标"), ("", "质量指标"), ("效益指标", "社会效益指标")):
        rows += [
            f"{level1 if not n else ''}\t{level2 if not n else ''}\t{level2}{n}\t≥{n + 1}.00(次)" for n in range(8)
        ]
    put_on_clipboard("\r\n".join(rows) + "\r\n")
    keys = Keys(grid)
    keys.press(Qt.Key.Key_V, CTRL)
    project = document.saved_project
    assert project is not None
    found = project.indicators(Form.DECLARATION)
    assert [one.level2 for one in found] == ["数量指标"] * 8 + ["质量指标"] * 8 + ["社会效益指标"] * 8
    with capsys.disabled():
        print(f"\n24 lines in four columns from Excel: {keys.count} key")
    assert keys.count == 1


def test_that_a_self_evaluation_of_thirty_lines_takes_at_most_sixty_keys(
    qtbot: QtBot, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = tuple(
        evaluated_line(
            f"n{number:02}",
            name=f"指标{number}",
            target_text="完善" if number >= 25 else ">=10次",
            points="3",
        )
        for number in range(30)
    )
    with document_of(tmp_path / "自评.jixiao", evaluated(*lines)) as document:
        document.set_form(Form.EVALUATION)
        grid = shown_table(qtbot, document, Form.EVALUATION, (1000, 900))
        keys = Keys(grid)  # on 实际完成值 of the first line, where typing goes on
        for number in range(30):
            keys.type("制定了制度" if number >= 25 else "9次" if number < 6 else "10次")
            if number >= 25:
                keys.press(Qt.Key.Key_F4)
                menu = QApplication.activePopupWidget()
                assert menu is not None
                qtbot.keyClick(menu, Qt.Key.Key_1)
                keys.count += 1
            keys.press(Qt.Key.Key_Return)
        keys.press(Qt.Key.Key_Home, CTRL)
        keys.press(Qt.Key.Key_End)
        for _ in range(6):
            keys.type("场地维修，已补办")
            keys.press(Qt.Key.Key_Return)
        assert hand(grid) is grid
        score = document.score
        assert score is not None
        assert sum(one.score is not None for one in score.lines) == 30
        assert sum(bool(one.deviation_reason) for one in evaluated_lines_of(document).values()) == 6
    with capsys.disabled():
        print(f"\n30 lines judged, 6 reasons, 5 grades: {keys.count} keys besides the text")
    assert keys.count <= 60
