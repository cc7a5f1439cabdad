"""What no indicators are, on the clipboard: what fits goes in as one step, what does not is named, and no more."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QGuiApplication, QImage
from pytestqt.qtbot import QtBot

from gui.document.document import Document
from gui.table.grid import Grid
from model.records import Form, Indicator
from tests.gui.hands import at, ctrl, declared, document_of, line, lines_of, shown_table

MANY, LIMIT = 1_000, 60
LONG = 100_000
EXCEL = (
    '<html xmlns:x="urn:schemas-microsoft-com:office:excel"><style>td {color: red}</style><table>'
    "<tr><td rowspan=2>产出指标</td><td>数量指标</td><td>培训场次</td><td>≥2场</td></tr>"
    "<tr><td>质量指标</td><td>合格率</td><td>≥95%</td></tr></table></html>"
)


class Desk:
    """A declaration of two lines, and what was said last."""

    def __init__(self, document: Document, table: Grid) -> None:
        self.document, self.table, self.said = document, table, ""
        table.said.connect(self._hear)

    def _hear(self, text: str) -> None:
        self.said = text

    def paste(self, line_id: str = "a", /, **parts: Any) -> tuple[dict[str, Indicator], int]:
        """Paste on a line; the lines there are now, and how many steps it took."""
        data = QMimeData()
        for name, part in parts.items():
            {"text": data.setText, "html": data.setHtml, "image": data.setImageData, "urls": data.setUrls}[name](part)
        QGuiApplication.clipboard().setMimeData(data)
        at(self.table, line_id)
        before = self.document.undo_stack.count()
        ctrl(self.table, Qt.Key.Key_V)
        return lines_of(self.document), self.document.undo_stack.count() - before


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    with document_of(tmp_path / "坏.jixiao", declared(line("a"), line("b"))) as document:
        yield Desk(document, shown_table(qtbot, document, Form.DECLARATION))


def picture() -> QImage:
    return QImage(8, 8, QImage.Format.Format_RGB32)


@pytest.mark.parametrize(
    ("parts", "word"),
    [
        ({}, "没有文字"),
        ({"text": " \t\r\n\t "}, "没有文字"),
        ({"image": picture()}, "没有文字"),
        ({"image": picture(), "html": '<img src="x.png">'}, "没有文字"),
        ({"html": "<p>一段<b>文字</b></p><script>alert(1)</script>"}, "没有文字"),
        ({"urls": [QUrl.fromLocalFile("/某处/自评表.xlsx")]}, "“自评表.xlsx”"),
        ({"urls": [QUrl.fromLocalFile(f"/某处/{n}.xlsx") for n in "一二"], "text": "/某处/一.xlsx"}, "2 个文件"),
    ],
)
def test_that_what_holds_no_cells_changes_nothing_and_says_why(desk: Desk, parts: dict[str, Any], word: str) -> None:
    before = lines_of(desk.document)
    assert desk.paste(**parts) == (before, 0)
    assert word in desk.said


def test_that_more_rows_than_a_form_takes_fill_it_in_one_step_and_the_rest_is_counted(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("model.edits.blocks.LINES_LIMIT", LIMIT)
    rows = "\r\n".join(f"产出指标\t数量指标\t名称{n}\t≥{n + 1}次" for n in range(MANY))
    lines, steps = desk.paste(text=rows)
    room = LIMIT - 2
    assert (len(lines), steps) == (LIMIT, 1)
    assert f"{MANY - room} 行没有粘贴" in desk.said
    assert len(desk.table.block.ids) == room


def test_that_columns_of_something_else_are_counted_and_left_out(desk: Desk) -> None:
    lines, steps = desk.paste("b", text="张三\t001\t财务\t123\r\n李四\t002\t人事\t456\r\n")
    assert steps == 1
    assert [(one.name, one.target_text) for one in lines.values()][2:] == [("张三", "001"), ("李四", "002")]
    assert "右边多出的 2 栏没有粘贴" in desk.said


def test_that_control_characters_are_left_out_and_the_step_says_so(desk: Desk) -> None:
    lines, steps = desk.paste(text="名\x00称\x07一\x1b\t≥5\x0b次")
    assert (lines["a"].name, lines["a"].target_text, steps) == ("名称一", "≥5\n次", 1)
    assert "U+0007" in desk.document.undo_stack.undoText()


def test_that_marks_of_direction_are_kept_and_the_value_is_read_without_them(desk: Desk) -> None:
    lines, _ = desk.paste(text="\u202a巡检次数\u202c\t\u200f≥9\u200e次\u2069")
    assert lines["a"].target_text == "\u200f≥9\u200e次\u2069"
    assert desk.table.rows.index_of("a", "target_text").data() == "≥9.00(次)"


@pytest.mark.parametrize("with_text", [False, True])
def test_that_a_block_of_excel_is_pasted_from_its_text_or_else_from_its_page(desk: Desk, with_text: bool) -> None:
    text = {"text": "产出指标\t数量指标\t培训场次\t≥2场\r\n\t质量指标\t合格率\t≥95%\r\n"} if with_text else {}
    lines, steps = desk.paste(html=EXCEL, **text)
    found = {(one.level2, one.name, one.target_text) for one in lines.values() if one.id not in {"a", "b"}}
    assert (found, steps) == ({("数量指标", "培训场次", "≥2场"), ("质量指标", "合格率", "≥95%")}, 1)


def test_that_line_breaks_stay_within_their_cells(desk: Desk) -> None:
    lines, steps = desk.paste("b", text='"第一行\n第二行"\t"≥5\n次"\r\n"a ""b"" c\nd"\t≥6次\r\n')
    found = [(one.name, one.target_text) for one in lines.values()][2:]
    assert (found, steps) == ([("第一行\n第二行", "≥5\n次"), ('a "b" c\nd', "≥6次")], 1)


def test_that_a_book_in_a_cell_is_kept_whole_and_shown_in_part(desk: Desk) -> None:
    lines, steps = desk.paste(text="长" * LONG)
    assert (len(lines["a"].name), steps) == (LONG, 1)
    assert desk.table.rowHeight(desk.table.rows.index_of("a").row()) <= desk.table.height() // 2 + 24
    assert not desk.table.grab().isNull()
