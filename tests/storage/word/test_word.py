"""Word documents: forms in their tables, with whatever stands round and within them."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from model.errors import UserError
from model.records import Project
from model.sheets import Sheet
from storage.word import read_forms
from storage.word.grid import grid_of
from tests.storage.builders import project
from tests.storage.pdf.drawn_pdf import printed
from tests.storage.pdf.test_pdf import assert_same


def add_sheet(document: Any, sheet: Sheet) -> Any:
    """A printed sheet as it is published: title lines, then one table with merged cells."""
    heads = [cell for cell in sheet.cells if cell.style in ("title", "year_line", "heading")]
    for cell in heads:
        document.add_paragraph(cell.text)
    rest = [cell for cell in sheet.cells if cell not in heads]
    top = min(cell.row for cell in rest)
    rows = max(cell.row + cell.row_span for cell in rest) - top
    table = document.add_table(rows, max(cell.column + cell.column_span for cell in rest))
    places = [row.cells for row in table.rows]  # all of them before any is merged: each look counts the whole table
    for cell in rest:
        place = places[cell.row - top][cell.column]
        if (cell.row_span, cell.column_span) != (1, 1):
            place = place.merge(places[cell.row - top + cell.row_span - 1][cell.column + cell.column_span - 1])
        place.text = cell.text
    return table


def saved(path: Path, fill: Callable[[Any], object]) -> Path:
    document = Document()
    fill(document)
    document.save(str(path))
    return path


def test_that_every_given_form_comes_back_from_a_word_document_in_every_cell(
    given_forms: tuple[Project, ...], tmp_path: Path
) -> None:
    def fill(document: Any) -> None:
        for sheet in printed(given_forms):
            add_sheet(document, sheet)

    found = read_forms(saved(tmp_path / "全部.docx", fill))
    assert_same(found, given_forms)
    assert [notice for form in found for notice in form.notices] == []


def test_that_text_round_a_table_is_told_with_its_place(tmp_path: Path) -> None:
    def fill(document: Any) -> None:
        add_sheet(document, printed([project()])[0])
        document.add_paragraph("填表人：张三")

    (form,) = read_forms(saved(tmp_path / "表.docx", fill))
    assert any("“填表人：张三”：没有对应的栏目，没有导入。" in notice for notice in form.notices)


def test_that_a_form_within_the_cell_of_another_table_is_read(tmp_path: Path) -> None:
    def fill(document: Any) -> None:
        outer = document.add_table(1, 1).cell(0, 0)
        add_sheet(outer, printed([project()])[0])

    (form,) = read_forms(saved(tmp_path / "套.docx", fill))
    assert form.project_name == project().project_name


def body(inner: str) -> Any:
    return parse_xml(f"<w:body {nsdecls('w')}>{inner}</w:body>")


def cell(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>"


def test_that_merged_cells_have_their_spans_and_their_text_once() -> None:
    restart, goes_on, wide = '<w:vMerge w:val="restart"/>', "<w:vMerge/>", '<w:gridSpan w:val="2"/>'
    found = grid_of(
        body(
            f"<w:tbl><w:tr>{cell('甲', restart)}{cell('乙', wide)}</w:tr>"
            f"<w:tr>{cell('', goes_on)}{cell('丙')}{cell('丁')}</w:tr></w:tbl>"
        )
    )
    assert found.texts == {(0, 0): "甲", (0, 1): "乙", (1, 1): "丙", (1, 2): "丁"}
    assert found.spans == {(0, 0): (2, 1), (0, 1): (1, 2)}
    assert found.where((1, 2)) == "第1个表格第2行第3列"


def test_that_a_raised_digit_is_no_digit_of_the_number_before_it() -> None:
    run = '<w:r><w:rPr><w:vertAlign w:val="{}"/></w:rPr><w:t>{}</w:t></w:r>'
    usual, raised, lowered = run.format("baseline", "10"), run.format("superscript", "4"), run.format("subscript", "2")
    words = "<w:r><w:t>亩CO</w:t></w:r>"
    found = grid_of(body(f"<w:p>{usual}{raised}{words}{lowered}{run.format('superscript', '注')}</w:p>"))
    assert found.texts == {(0, 0): "10⁴亩CO₂注"}


def test_that_insertions_controls_and_breaks_are_read_and_deletions_are_not() -> None:
    run = "<w:r><w:t>{}</w:t></w:r>"
    found = grid_of(
        body(
            "<w:p>"
            + run.format("一")
            + "<w:ins>" + run.format("二") + "</w:ins>"
            + "<w:del><w:r><w:delText>没有</w:delText></w:r></w:del>"
            + "<w:sdt><w:sdtContent>" + run.format("三") + "</w:sdtContent></w:sdt>"
            + "<w:r><w:br/><w:t>四</w:t><w:noBreakHyphen/><w:t>五</w:t></w:r></w:p>"
        )
    )  # fmt: skip
    assert found.texts == {(0, 0): "一二三\n四-五"}


def test_that_numbers_word_counts_itself_are_told_missing() -> None:
    numbered = "<w:p><w:pPr><w:numPr/></w:pPr><w:r><w:t>完成测试</w:t></w:r></w:p>"
    found = grid_of(body(f"<w:tbl><w:tr><w:tc>{numbered}</w:tc></w:tr></w:tbl>"))
    assert found.texts == {(0, 0): "完成测试"}
    assert "自动编号" in found.notes[0, 0]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "是空文件"),
        (b"hello", "不是Word文档"),
        (b"\xd0\xcf\x11\xe0", "旧版Word（.doc）、WPS文字（.wps）或加密的文件"),
        (b"PK\x03\x04 cut", "已损坏"),
    ],
)
def test_that_a_file_that_is_no_word_document_is_told(tmp_path: Path, content: bytes, said: str) -> None:
    path = tmp_path / "坏.docx"
    path.write_bytes(content)
    with pytest.raises(UserError) as refusal:
        read_forms(path)
    assert said in str(refusal.value)
    assert "没有导入任何内容" in str(refusal.value)


def changed(tmp_path: Path, name: str, change: Callable[[bytes], bytes | None]) -> Path:
    """A sound document with one part changed, or left out."""
    good = saved(tmp_path / "好.docx", lambda document: add_sheet(document, printed([project()])[0]))
    with zipfile.ZipFile(good) as old, zipfile.ZipFile(tmp_path / "坏.docx", "w") as new:
        for part in old.namelist():
            data = change(old.read(part)) if part == name else old.read(part)
            if data is not None:
                new.writestr(part, data)
    return tmp_path / "坏.docx"


@pytest.mark.parametrize(
    ("name", "change", "said"),
    [
        ("word/document.xml", lambda _: None, "已损坏"),
        ("word/document.xml", lambda data: data[: len(data) // 2], "已损坏"),
        ("word/document.xml", lambda data: b'<!DOCTYPE a [<!ENTITY b "c">]>' + data, "文档类型声明"),
        ("[Content_Types].xml", lambda _: None, "不是Word文档"),
        ("_rels/.rels", lambda _: b"<x/>", "已损坏"),
    ],
)
def test_that_a_damaged_document_is_told(
    tmp_path: Path, name: str, change: Callable[[bytes], bytes | None], said: str
) -> None:
    with pytest.raises(UserError, match=said):
        read_forms(changed(tmp_path, name, change))
