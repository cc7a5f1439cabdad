"""One form that is to be imported, in full: its cells over the source it was read from, a text or a page."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSplitter, QStackedWidget, QWidget

from gui.desk.dialog import framed
from gui.files.import_cells import CellsPane
from gui.files.import_pages import PagePane
from gui.files.import_source import SourcePane
from model.recognition import Inference

if TYPE_CHECKING:
    from storage.guard.picture import Picture
    from storage.importing.differences import Brought
    from storage.interchange import ImportedForm
    from storage.interchange.imported import Region


class Details(QSplitter):
    """The cells of a form above, its source below; the line the cursor is on is marked in the source.

    Signals:
        page_wanted(str, int): the picture of a page of a file is to be given to :meth:`show_page`.
    """

    page_wanted = Signal(str, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self.setChildrenCollapsible(False)
        self.cells = CellsPane(self)
        self.source = SourcePane()
        self.pages = PagePane()
        self._sources = QStackedWidget(self)
        for pane in (self.source, self.pages):
            framed(pane)
            self._sources.addWidget(pane)
        for widget, stretch in ((self.cells, 2), (self._sources, 1)):
            self.addWidget(widget)
            self.setStretchFactor(self.indexOf(widget), stretch)
        self._form: ImportedForm | None = None
        self._page: tuple[str, int] | None = None
        self._region: Region | None = None
        self.cells.pointed_at.connect(self._point_at)

    def show_form(
        self,
        form: ImportedForm,
        brought: Brought,
        left_out: Iterable[int],
        inference: Inference | None,
        *,
        comes_in: bool,
    ) -> None:
        """Show a form and, where the cursor stands on a decision of its reader, the passage that took it."""
        is_other = self._form is None or self._form.number != form.number or self._form.source != form.source
        self._form = form
        if is_other:
            self.cells.forget()
        self.cells.show_form(form, brought, left_out, comes_in=comes_in)
        text, places = form.source_text, form.places
        self._sources.setVisible(text is not None or places is not None)
        if places is not None and places.form:
            self._sources.setCurrentWidget(self.pages)
            if is_other:
                self._want(places.form[0], is_marked=False)
            if inference is not None and inference.line is not None:
                self._point_at(inference.line)
        elif text is not None:
            self._sources.setCurrentWidget(self.source)
            self.source.show_form(text, [one.span for one in form.inferences if one.span])
            if inference is not None and inference.span:
                self.source.show_passage(inference.span)

    def show_nothing(self) -> None:
        """The cursor is on no form."""
        self._form = None
        self.cells.clear()
        self._sources.hide()

    def show_page(self, page: tuple[str, int], picture: Picture) -> None:
        """The picture that was wanted; one that came too late is passed over."""
        if page == self._page:
            self.pages.show_picture(picture)
            self.pages.point_at(self._region)

    def say_no_page(self, why: str) -> None:
        """There is no picture, and why."""
        self.pages.say(why)

    def _point_at(self, line: int | None) -> None:
        form = self._form
        if form is None or line is None:
            return
        if form.places is not None and line < len(form.places.lines):
            self._want(form.places.lines[line], is_marked=True)
        elif form.source_text is not None and line < len(form.source_text.lines):
            self.source.show_passage(form.source_text.lines[line])

    def _want(self, region: Region, *, is_marked: bool) -> None:
        """Go to a region; a page that is not on show is asked for first."""
        assert self._form is not None
        assert self._form.places is not None
        page = (self._form.places.path, region.page)
        self._region = region if is_marked else None
        if page == self._page:
            self.pages.point_at(self._region)
            return
        self._page = page
        self.pages.say("正在显示原文件的这一页…")
        self.page_wanted.emit(*page)
