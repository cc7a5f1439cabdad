"""The text of the manual on screen: one document from Markdown, with sections to go to and words to look for."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import ceil
from pathlib import Path

from PySide6.QtCore import QPoint, QPointF, QSize, Qt, QUrl, Signal
from PySide6.QtGui import (
    QBrush,
    QImage,
    QPainter,
    QResizeEvent,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
)
from PySide6.QtWidgets import QFrame, QTextBrowser, QTextEdit, QWidget

from gui.desk.cut_edge import Span, edges_of
from gui.desk.focus import FRAME
from gui.desk.theme import Theme
from gui.manual.style import dress
from gui.manual.text import ANCHOR_END, MANUAL, Chapter

COLUMN = 760
"""How wide the text gets at most: longer lines are hard to read."""

_EDGE = 24
_ABOVE = 4
"""Pixels above the line that is scrolled to."""
_PROBE = 40
"""Pixels between two places of an edge at which lines are looked for: cells of a table are wider."""
HIGHEST = 48
"""Pixels of the highest line of text; what is higher is a picture, and may be seen in part."""
_ROUNDS = 4
_FLAGS = QTextDocument.MarkdownFeature.MarkdownDialectGitHub | QTextDocument.MarkdownFeature.MarkdownNoHTML


@dataclass(frozen=True, slots=True)
class Heading:
    """One heading: what it is reached by, and where it begins in the document."""

    anchor: str
    title: str
    level: int
    position: int


class ManualPage(QTextBrowser):
    """Shows all chapters as one text.

    Signals:
        section_changed(str): the anchor of the section at the top of the page.
        section_wanted(str): a link to another section was followed.
        link_reached(str): Tab went to a link; its words.
    """

    section_changed = Signal(str)
    section_wanted = Signal(str)
    link_reached = Signal(str)

    def __init__(self, parent: QWidget | None = None, folder: Path = MANUAL) -> None:
        super().__init__(parent)
        self.headings: tuple[Heading, ...] = ()
        self.hits: tuple[int, ...] = ()
        self._folder = folder.resolve()
        self._anchors: dict[str, Heading] = {}
        self._pictures: dict[str, QImage] = {}
        self._theme = Theme.light()
        self._found = ""
        self._current = -1
        self._opened: Heading | None = None
        self._upper, self._lower = edges_of(self.viewport())
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName("手册正文")
        self.setOpenLinks(False)
        self.setUndoRedoEnabled(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)  # else pictures fit a page without it
        self.anchorClicked.connect(self._follow)
        self.verticalScrollBar().valueChanged.connect(self.tell_section)

    @property
    def current_hit(self) -> int:
        """Which of the hits is shown, counted from 1; 0 for none."""
        return self._current + 1

    def show_chapters(self, chapters: Sequence[Chapter], theme: Theme) -> None:
        """Show these chapters in a theme; the page stays where it is when it shows them already."""
        top = self.cursorForPosition(QPoint(0, 0)).position()
        self._theme = theme
        self._pictures.clear()
        self.setStyleSheet(
            f"QTextBrowser {{ background: {theme.base}; {frame(theme.base)} padding: 0; }}"
            f"QTextBrowser:focus {{ {frame(theme.focus)} padding: 0; }}"
        )
        self.document().setMarkdown("\n\n".join(chapter.text for chapter in chapters), _FLAGS)
        dress(self.document(), theme)
        self._collect_headings([chapter.id for chapter in chapters])
        self.look_for(self._found)
        self._put_cursor(top)
        self._scroll_to(top)
        self._cover_edges()

    def section(self, anchor: str) -> Heading | None:
        """The heading an anchor names: a chapter's id, a rule's id, or the words of a heading."""
        return self._anchors.get(anchor)

    def open_section(self, anchor: str) -> bool:
        """Bring a section to the top of the page and mark its heading; whether there is one."""
        heading = self.section(anchor)
        if heading is None:
            return False
        self._opened = heading
        self._mark()
        self._put_cursor(heading.position)
        self._scroll_to(heading.position)
        self.section_changed.emit(heading.anchor)
        return True

    def look_for(self, text: str) -> int:
        """Mark every place where a text stands, none of them shown yet; how many there are."""
        self._found = text
        self._current = -1
        found = []
        cursor = QTextCursor(self.document())
        while text:
            cursor = self.document().find(text, cursor)
            if cursor.isNull():
                break
            found.append(cursor.selectionStart())
        self.hits = tuple(found)
        self._mark()
        return len(found)

    def step(self, delta: int) -> None:
        """Show the next (1) or previous (-1) hit, round and round; the first one is the next below what was read."""
        if not self.hits:
            return
        if self._current < 0:
            below = bisect_right(self.hits, self.textCursor().position() - 1) % len(self.hits)
            self._current = below if delta > 0 else (below - 1) % len(self.hits)
        else:
            self._current = (self._current + delta) % len(self.hits)
        self._put_cursor(self.hits[self._current])
        self._mark()
        self._bring(self.hits[self._current])

    def loadResource(self, kind: int, name: QUrl | str) -> object:
        """A picture of the manual, as wide as the text has room; nothing else, and nothing from anywhere else."""
        url = QUrl(name)
        path = (self._folder / url.path()).resolve()
        if not url.isRelative() or not path.is_relative_to(self._folder):
            return None
        if kind != QTextDocument.ResourceType.ImageResource.value:
            return None
        picture = QImage(str(path))
        if picture.isNull():
            return None
        self._pictures[url.toString()] = picture
        return self._fitted(url.toString())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The column stays narrow enough to read; pictures follow it, and the line at the top stays there."""
        top = self.cursorForPosition(QPoint(0, 8)).position()
        room = self.width() - 2 * FRAME - self.verticalScrollBar().sizeHint().width()
        column = min(COLUMN, room - 2 * _EDGE)
        left = min((room - column) // 2, 3 * _EDGE)
        self.setViewportMargins(left, 0, room - column - left, 0)
        for name in self._pictures:
            self.document().addResource(QTextDocument.ResourceType.ImageResource.value, QUrl(name), self._fitted(name))
        if self._pictures:
            self.document().markContentsDirty(0, self.document().characterCount())
        super().resizeEvent(event)
        self._scroll_to(top)
        self._cover_edges()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """What lies over the edges was scrolled too."""
        super().scrollContentsBy(dx, dy)
        self._cover_edges()

    def focusNextPrevChild(self, next_: bool) -> bool:
        """Tab goes from link to link, and then on: Qt tells a screen reader nothing of the links."""
        is_inside = super().focusNextPrevChild(next_)
        cursor = self.textCursor()
        if is_inside and self.hasFocus() and cursor.hasSelection() and cursor.charFormat().isAnchor():
            self.link_reached.emit(cursor.selectedText())
        return is_inside

    def sizeHint(self) -> QSize:
        """The column with its margins."""
        return QSize(COLUMN + 4 * _EDGE, 640)

    def _follow(self, url: QUrl) -> None:
        if url.isRelative() and not url.path():
            self.section_wanted.emit(url.fragment(QUrl.ComponentFormattingOption.FullyDecoded))

    def _collect_headings(self, ids: Sequence[str]) -> None:
        found: list[Heading] = []
        chapters = iter(ids)
        self._anchors = {}
        block = self.document().begin()
        while block.isValid():
            level = block.blockFormat().headingLevel()
            if level:
                heading = Heading(block.text().partition(ANCHOR_END)[0], block.text(), level, block.position())
                found.append(heading)
                self._anchors.setdefault(heading.anchor, heading)
                if level == 1:
                    self._anchors[next(chapters)] = heading
            block = block.next()
        self.headings = tuple(found)

    def _put_cursor(self, position: int) -> None:
        cursor = self.textCursor()
        cursor.setPosition(position)
        self.setTextCursor(cursor)

    def _bring(self, position: int) -> None:
        """Bring a hit below the heading of its section, or where both have no room, to the upper part of the page.

        No line is cut at the top either way.
        """
        high = self._top_of(position)
        heading = self.headings[self._section_at(position)].position
        if high - self._top_of(heading) < self.viewport().height() * 2 // 3:
            self._scroll_to(heading)
            return
        top = QPointF(0, high - self.viewport().height() // 3)
        self._scroll_to(self.document().documentLayout().hitTest(top, Qt.HitTestAccuracy.FuzzyHit))

    def _scroll_to(self, position: int) -> None:
        self.verticalScrollBar().setValue(self._top_of(position) - _ABOVE)

    def _top_of(self, position: int) -> int:
        """How far below the beginning of the document the line of a place begins."""
        self.document().pageCount()  # lays the whole document out, so that the scroll bar reaches its end
        block = self.document().findBlock(position)
        top = self.document().documentLayout().blockBoundingRect(block).top()
        line = block.layout().lineForTextPosition(position - block.position())
        return round(top + line.y()) if line.isValid() else round(top)

    def _cover_edges(self) -> None:
        """No line is seen in part; a picture may be."""
        height = self.viewport().height()
        self._upper.cover(0, self._whole_from(0, lambda line: line[1]))
        self._lower.cover(self._whole_from(height, lambda line: line[0]), height)

    def _whole_from(self, edge: int, side: Callable[[Span], int]) -> int:
        """Where an edge has to be moved to, one way, to cut through no line; where it would be far, it stays."""
        moved = edge
        for _ in range(_ROUNDS):
            cut = [side(line) for line in self._lines_at(moved)]
            if not cut:
                break
            moved = max(cut, key=lambda y: abs(y - edge))
        return moved if abs(moved - edge) <= HIGHEST else edge

    def _lines_at(self, height: int) -> list[Span]:
        """The lines an edge at a height of the view would cut through, also those of cells beside each other."""
        scrolled, layout, found = self.verticalScrollBar().value(), self.document().documentLayout(), []
        for x in range(_PROBE // 2, self.viewport().width(), _PROBE):
            position = layout.hitTest(QPointF(x, scrolled + height), Qt.HitTestAccuracy.FuzzyHit)
            block = self.document().findBlock(position)
            line = block.layout().lineForTextPosition(position - block.position())
            top = self._top_of(position) - scrolled
            if line.isValid() and top < height < top + ceil(line.height()) and line.height() <= HIGHEST:
                found.append((top, top + ceil(line.height())))
        return found

    def _section_at(self, position: int) -> int:
        """The number of the section a place is in; -1 before the first."""
        return bisect_right([heading.position for heading in self.headings], position) - 1

    def tell_section(self) -> None:
        """Say which section is at the top of the page."""
        place = self._section_at(self.cursorForPosition(QPoint(0, 8)).position())
        if place >= 0:
            self.section_changed.emit(self.headings[place].anchor)

    def _mark(self) -> None:
        marks = []
        if self._opened is not None:
            look = _soft_look(self._theme, "accent_soft")
            look.setProperty(QTextFormat.Property.FullWidthSelection, 1)
            marks.append(self._selection(self._opened.position, 0, look))
        others = _soft_look(self._theme, "warning_soft")
        current = _look(self._theme, "accent")
        current.setForeground(QBrush(self._theme.color("on_accent")))
        for number, position in enumerate(self.hits):
            marks.append(self._selection(position, len(self._found), current if number == self._current else others))
        self.setExtraSelections(marks)

    def _selection(self, position: int, length: int, look: QTextCharFormat) -> QTextEdit.ExtraSelection:
        selection = QTextEdit.ExtraSelection()
        cursor = QTextCursor(self.document())
        cursor.setPosition(position)
        cursor.setPosition(position + length, QTextCursor.MoveMode.KeepAnchor)
        selection.cursor = cursor  # type: ignore[attr-defined] # the stubs miss the members of a selection
        selection.format = look  # type: ignore[attr-defined]
        return selection

    def _fitted(self, name: str) -> QImage:
        """A picture scaled to the column and to the pixels of the screen, with a thin frame that sets it off."""
        picture, ratio = self._pictures[name], self.devicePixelRatioF()
        width = min(picture.width(), max(100, min(COLUMN, self.viewport().width())))
        picture = picture.scaledToWidth(int(width * ratio), Qt.TransformationMode.SmoothTransformation)
        picture.setDevicePixelRatio(ratio)
        # a picture with a palette, as the small files of the manual have, cannot be drawn on
        picture = picture.convertToFormat(QImage.Format.Format_RGB32)
        painter = QPainter(picture)
        painter.setPen(self._theme.color("field_border"))
        size = picture.deviceIndependentSize()
        painter.drawRect(0, 0, round(size.width()) - 1, round(size.height()) - 1)
        painter.end()
        return picture


def frame(color: str) -> str:
    """The frame around what has the keyboard, for a style sheet; there in the colour behind it where it has not."""
    return f"border: {FRAME}px solid {color}; border-radius: 0;"


def _soft_look(theme: Theme, background: str) -> QTextCharFormat:
    """A contrast theme has no soft colours: there they are what is behind everything."""
    return _look(theme, "selection" if theme.is_contrast else background)


def _look(theme: Theme, background: str) -> QTextCharFormat:
    look = QTextCharFormat()
    look.setBackground(QBrush(theme.color(background)))
    return look
