"""A PDF of last year's forms becomes this year's drafts in the real window, by keys only, which are counted."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from gui.files.import_preview import ImportDialog
from gui.projects.copy_year import CopyYearDialog
from model.records import Declaration, Form, Project
from model.years import loose_name
from storage.store.sqlite import Store
from tests.e2e.clerk import CTRL, SHIFT, Clerk
from tests.gui.dialogs import focus
from tests.gui.found import file_of
from tests.gui.window import shown_window, type_text
from tests.model.projects import declaration_of
from tests.storage.pdf.drawn_pdf import draw, printed

LAST_YEAR = 2025
FORMS = 15
MOST_KEYS = 12 * FORMS


def names(project: Project) -> list[str]:
    """The names of the lines without white space, which a PDF does not tell from the end of a line."""
    return ["".join(line.name.split()) for line in project.indicators(Form.DECLARATION)]


@pytest.fixture
def last_year(given_forms: tuple[Project, ...]) -> tuple[Project, ...]:
    """Fifteen declarations of one year: what two units published."""
    declared = [one for one in given_forms if one.form(Form.DECLARATION) is not None]
    return tuple(replace(one, id=f"p{number}", year=LAST_YEAR) for number, one in enumerate(declared[:FORMS]))


def test_that_a_pdf_of_last_years_forms_becomes_this_years_drafts(
    qtbot: QtBot, tmp_path: Path, last_year: tuple[Project, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    paper = draw(tmp_path / "上年绩效目标.pdf", printed(last_year))
    Store.create(tmp_path / "本年.jixiao").close()
    window = shown_window(qtbot, tmp_path)
    assert window.files.open(tmp_path / "本年.jixiao")
    clerk = Clerk(qtbot)

    clerk.goes_to(window)
    clerk.press(Qt.Key.Key_I, CTRL)
    clerk.wait_for(QFileDialog)
    type_text(qtbot, focus(), str(paper))
    clerk.press(Qt.Key.Key_Return)
    preview = clerk.wait_for(ImportDialog)
    qtbot.waitUntil(lambda: focus() is preview.table, timeout=30_000)
    looked_at = {preview.table.currentIndex().row()}
    while len(looked_at) < FORMS:  # every form is looked at before it is taken in
        clerk.press(Qt.Key.Key_Down)
        item = preview.table.currentItem()
        assert item is not None
        looked_at.add(preview.table.indexOfTopLevelItem(item.parent() or item))
        assert clerk.count < MOST_KEYS
    clerk.press(Qt.Key.Key_Return)
    clerk.goes_to(window)
    clerk.press(Qt.Key.Key_C, CTRL | SHIFT)
    copying = clerk.wait_for(CopyYearDialog)
    clerk.press(Qt.Key.Key_Return)
    qtbot.waitUntil(copying.texts.isVisible)  # the goals that name their year
    clerk.press(Qt.Key.Key_Return)

    store = file_of(window.document)
    drafts = {one.project_name: one for one in store.projects(year=LAST_YEAR + 1)}
    assert drafts.keys() == {one.project_name for one in last_year}
    for one in last_year:
        draft = drafts[one.project_name]
        assert list(map(loose_name, names(draft))) == list(map(loose_name, names(one)))  # one names its year
        assert isinstance(draft.form(Form.DECLARATION), Declaration)
        assert declaration_of(draft).total_requested == ""
    with capsys.disabled():
        print(f"\n{FORMS} forms of a PDF looked at, brought in and moved on a year: {clerk.count} keys besides a path")
    assert clerk.count <= MOST_KEYS
