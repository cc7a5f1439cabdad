"""PDF files with a text layer: ruled tables become forms again, and what is no such file is called what it is."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pdfplumber
import pypdfium2
import pytest

from model.errors import UserError
from model.forms import FORMS
from model.recognition.radicals import without_radicals
from model.records import Form, Project, text_cells
from model.settings import Settings
from storage.excel import export_workbook
from storage.interchange import ImportedForm
from storage.pdf import read_forms
from storage.pdf.reading import read_grid
from tests.storage.builders import project
from tests.storage.pdf.drawn_pdf import Paper, draw, printed
from tests.storage.printed_pages import needs_libreoffice, to_pdf

pytestmark = pytest.mark.usefixtures("qapp")


def squeezed(form: ImportedForm | Project, kind: Form) -> list[str]:
    """Every text of a form without white space; what is not printed is left out."""
    content = form.content if isinstance(form, ImportedForm) else form.form(kind)
    assert content is not None
    texts = [str(form.year), form.project_name, form.department, form.unit]
    texts += [getattr(content, name) for name in text_cells(type(content)) if name != "execution_choice"]
    for line in content.indicators:
        texts += [
            getattr(line, name) for name in text_cells(content.line) if name not in ("achievement", "negative_rule")
        ]
    return ["".join(text.split()) for text in texts]


def assert_same(found: tuple[ImportedForm, ...], projects: tuple[Project, ...]) -> None:
    expected = [(kind, one) for one in projects for kind in FORMS if one.form(kind) is not None]
    assert len(found) == len(expected)
    for form, (kind, one) in zip(found, expected, strict=True):
        assert form.kind is kind
        assert squeezed(form, kind) == squeezed(one, kind), one.project_name


def test_that_every_given_form_comes_back_from_a_pdf_in_every_cell(
    given_forms: tuple[Project, ...], tmp_path: Path
) -> None:
    found = read_forms(draw(tmp_path / "全部.pdf", printed(given_forms)))
    assert_same(found, given_forms)
    assert [notice for form in found for notice in form.notices] == []


def test_that_merged_cells_cut_by_the_end_of_a_page_are_one_again(
    given_forms: tuple[Project, ...], tmp_path: Path
) -> None:
    chosen = (given_forms[0], given_forms[-1])
    found = read_forms(draw(tmp_path / "短页.pdf", printed(chosen), room=190))
    assert_same(found, chosen)


@needs_libreoffice
def test_that_the_given_forms_come_back_as_libreoffice_prints_them(
    given_forms: tuple[Project, ...], tmp_path: Path
) -> None:
    export_workbook(tmp_path / "全部.xlsx", given_forms, Settings(), draft=True)
    found = read_forms(to_pdf(tmp_path / "全部.xlsx"))
    kinds = {(form.year, form.project_name, form.kind): form for form in found}
    ordered = tuple(
        kinds[one.year, one.project_name, kind] for one in given_forms for kind in FORMS if one.form(kind) is not None
    )
    assert_same(ordered, given_forms)


def test_that_the_cells_are_those_pdfplumber_finds(given_forms: tuple[Project, ...], tmp_path: Path) -> None:
    path = draw(tmp_path / "表.pdf", printed(given_forms[:1]))
    with pdfplumber.open(path) as file:
        expected = [
            without_radicals("".join(text.split()))
            for page in file.pages
            for table in page.extract_tables()
            for row in table
            for text in row
            if text
        ]
    grid = read_grid(path)
    found = ["".join(text.split()) for text in grid.grid.texts.values()]
    assert Counter(expected) <= Counter(found)


def page(path: Path, *texts: tuple[str, int, int, int, int]) -> Path:
    """One page with a boxed text each."""
    paper = Paper(path)
    for text, left, top, width, height in texts:
        paper.box(left, top, width, height)
        paper.text(text, left, top, width, height)
    paper.end()
    return path


def test_that_a_text_written_over_the_side_of_its_cell_stays_whole(tmp_path: Path) -> None:
    paper = Paper(tmp_path / "表.pdf")
    for left in (50, 100, 300):
        paper.box(left, 100, {50: 50, 100: 200, 300: 50}[left], 20)
    paper.box(50, 120, 300, 20)
    paper.text("写得比格子宽的文字", 52, 100, 200, 20)
    paper.end()
    assert "写得比格子宽的文字" in read_grid(tmp_path / "表.pdf").grid.texts.values()


def test_that_lines_a_cell_broke_flow_together_and_those_its_writer_ended_stay(tmp_path: Path) -> None:
    text = "第一段很长很长，长得一行放不下，所以在格子里自动换行。\n第二段。\nThe second line"
    found = read_grid(page(tmp_path / "表.pdf", (text, 50, 100, 200, 120), ("甲", 250, 100, 60, 120)))
    assert text in found.grid.texts.values()


def test_that_a_page_number_is_no_content_and_any_other_line_is(tmp_path: Path) -> None:
    paper = Paper(tmp_path / "表.pdf")
    paper.text("第 3 页 共 5 页", 250, 815, 150, 15)
    paper.text("填表人：张三", 50, 300, 150, 15)
    paper.end()
    assert list(read_grid(tmp_path / "表.pdf").grid.texts.values()) == ["填表人：张三"]


def test_that_a_page_that_is_shown_turned_is_read_as_it_is_shown(tmp_path: Path) -> None:
    path = page(
        tmp_path / "表.pdf", ("左上", 50, 100, 100, 30), ("右上", 150, 100, 100, 30), ("左下", 50, 130, 100, 30)
    )
    upright = {text: place for place, text in read_grid(path).grid.texts.items()}
    with pypdfium2.PdfDocument(path) as document:
        document[0].set_rotation(180)
        document.save(tmp_path / "倒.pdf")
    turned = {text: place for place, text in read_grid(tmp_path / "倒.pdf").grid.texts.items()}
    assert upright["左上"] < upright["右上"] < upright["左下"]
    assert turned["下左"] < turned["上右"] < turned["上左"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "不是PDF文件，或者已损坏"),
        (b"hello", "不是PDF文件，或者已损坏"),
        (b"%PDF-1.7\n%%EOF", "已损坏"),
    ],
)
def test_that_a_file_that_is_no_pdf_is_told(tmp_path: Path, content: bytes, said: str) -> None:
    path = tmp_path / "坏.pdf"
    path.write_bytes(content)
    with pytest.raises(UserError, match=said) as refusal:
        read_forms(path)
    assert "没有导入任何内容" in str(refusal.value)


def test_that_a_scan_is_refused_with_what_would_help(tmp_path: Path) -> None:
    paper = Paper(tmp_path / "扫描.pdf")
    paper.picture()
    paper.end()
    with pytest.raises(UserError, match="扫描件") as refusal:
        read_forms(tmp_path / "扫描.pdf")
    assert "文字识别" in str(refusal.value)


def test_that_too_many_pages_are_refused_by_their_number(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("storage.pdf.reading.MAX_PAGES", 1)
    with pytest.raises(UserError, match="有2页，最多读取1页"):
        read_forms(draw(tmp_path / "多.pdf", printed([project(), project()])))


def test_that_a_pdf_without_any_form_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="没有找到绩效目标申报表或绩效自评表"):
        read_forms(page(tmp_path / "别的.pdf", ("姓名", 50, 100, 100, 30), ("科室", 150, 100, 100, 30)))


def test_that_a_pdf_without_lines_is_read_as_text(tmp_path: Path) -> None:
    (form,) = read_forms(draw(tmp_path / "无线.pdf", printed([project()]), ruled=False))
    assert form.project_name == project().project_name
    assert [line.name for line in form.content.indicators] == [line.name for line in project().indicators(form.kind)]
    assert form.source_text is not None


def two_pages(path: Path, ending: tuple[str, str], opening: tuple[str, str]) -> dict[tuple[int, int], str]:
    """A table over two pages, with the last row of the one and the first of the other; another row round each."""
    paper = Paper(path)
    for number, rows in enumerate(((("前", "≥1"), ending), (opening, ("后", "≥9")))):
        if number:
            paper.page()
        for row, texts in enumerate(rows):
            for text, left, width in zip(texts, (50, 110), (60, 100), strict=True):
                paper.box(left, 700 + 30 * row - 660 * number, width, 30)
                paper.text(text, left, 700 + 30 * row - 660 * number, width, 30)
    paper.end()
    return dict(read_grid(path).grid.texts)


@pytest.mark.parametrize(
    ("ending", "opening", "joined"),
    [
        (("一个很长的名", "完成"), ("称", ""), ("一个很长的名称", "完成")),
        (("一个很长的名", "完成全部工作并且提供"), ("称", "资料"), ("一个很长的名称", "完成全部工作并且提供资料")),
    ],
)
def test_that_a_row_the_page_cut_within_its_lines_is_one_again(
    tmp_path: Path, ending: tuple[str, str], opening: tuple[str, str], joined: tuple[str, str]
) -> None:
    rows = two_pages(tmp_path / "断.pdf", ending, opening)
    assert list(rows.values()) == ["前", "≥1", *joined, "后", "≥9"]


@pytest.mark.parametrize(
    ("ending", "opening"),
    [
        (("短名称", "≥2"), ("另一条", "≥3")),
        (("一个很长的名", "≥2"), ("另一条", "≥3")),
        (("产出指标", "完成"), ("效益指标", "")),
    ],
)
def test_that_rows_one_after_the_other_stay_two(
    tmp_path: Path, ending: tuple[str, str], opening: tuple[str, str]
) -> None:
    rows = two_pages(tmp_path / "全.pdf", ending, opening)
    texts = [text for text in (*ending, *opening) if text]
    assert [text for text in rows.values() if text not in ("前", "≥1", "后", "≥9")] == texts


def test_that_a_row_of_headings_at_the_end_of_a_page_takes_no_line_of_the_next(tmp_path: Path) -> None:
    paper = Paper(tmp_path / "表头.pdf")
    headings = ("三级指标", "年度指标值", "实际完成值", "分值", "偏差原因")
    line = ("并发用户数", "≥200人次", "共计200人次", "5", "")
    for number, texts in enumerate((headings, line)):
        if number:
            paper.page()
        for column, text in enumerate(texts):
            paper.box(50 + 45 * column, 700 - 650 * number, 45, 30)  # so narrow that every text fills its cell
            paper.text(text, 50 + 45 * column, 700 - 650 * number, 45, 30)
    paper.end()
    read = [text for text in dict(read_grid(tmp_path / "表头.pdf").grid.texts).values() if text]
    assert read == [*headings, *line[:4]]
