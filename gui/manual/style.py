"""How the manual looks: Qt's Markdown comes bare; here its headings, tables, quotes and code get the theme's look."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtGui import (
    QBrush,
    QFont,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextFrameFormat,
    QTextTable,
    QTextTableCell,
)

from gui.desk import system_look
from gui.desk.theme import Theme, body_font, scaled
from gui.manual.text import ANCHOR_END
from model.labels import SEVERITY_WORDS

BODY = 10.5
_HEADINGS = {1: (18.0, 26, 10), 2: (13.0, 22, 7), 3: (11.0, 16, 3)}
"""Points, and the space above and below, of each level of heading."""
_LINE = 140
_TABLE_LINE = 125
_PADDING = 4
_PADDING_ASIDE = 8
_INDENT = 22


def dress(document: QTextDocument, theme: Theme) -> None:
    """Give a document made from Markdown the look of a theme."""
    document.setDefaultFont(scaled(body_font(), BODY * system_look.text_scale()))
    document.setIndentWidth(_INDENT)
    document.setDocumentMargin(0)
    cursor = QTextCursor(document)
    cursor.beginEditBlock()
    in_tables = set()
    for table in _tables(document):
        in_tables |= set(_dress_table(table, theme))
    block = document.begin()
    while block.isValid():
        _dress_block(block, theme, in_table=block.blockNumber() in in_tables)
        block = block.next()
    cursor.endEditBlock()


def _dress_block(block: QTextBlock, theme: Theme, *, in_table: bool) -> None:
    cursor = QTextCursor(block)
    shape = block.blockFormat()
    level = shape.headingLevel()
    is_picture = block.text() == "\ufffc"
    line = _TABLE_LINE if in_table else 100 if is_picture else _LINE
    shape.setLineHeight(line, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
    if level in _HEADINGS:
        _dress_heading(block, theme, level)
        _, above, below = _HEADINGS[level]
        shape.setTopMargin(above if block.position() else 4)
        shape.setBottomMargin(below)
    elif shape.intProperty(QTextFormat.Property.BlockQuoteLevel):
        shape.setLeftMargin(0)
        shape.setRightMargin(0)
        shape.setTopMargin(2)
        shape.setBottomMargin(2)
        look = QTextCharFormat()
        look.setForeground(QBrush(theme.color("muted")))
        _stretch(block, 0, block.length() - 1).mergeCharFormat(look)
    elif block.textList() is not None:
        shape.setTopMargin(2)
        shape.setBottomMargin(2)
    elif not in_table:
        shape.setTopMargin(5)
        shape.setBottomMargin(14 if is_picture else 5)
    cursor.setBlockFormat(shape)
    for start, length in _code_in(block):
        _dress_code(block, start, length, theme)


def _dress_heading(block: QTextBlock, theme: Theme, level: int) -> None:
    """One size a level; the severity behind a rule's id in its own colour."""
    look = QTextCharFormat()
    look.setFontPointSize(_HEADINGS[level][0] * system_look.text_scale())
    look.setFontWeight(QFont.Weight.Bold)
    look.clearProperty(QTextFormat.Property.FontSizeAdjustment)
    _stretch(block, 0, block.length() - 1).setCharFormat(look)
    _, mark, behind = block.text().partition(ANCHOR_END)
    for severity, label in SEVERITY_WORDS.items():
        if mark and behind.endswith(label):
            look.setForeground(QBrush(theme.color(severity.value)))
            look.setFontPointSize(BODY * system_look.text_scale())
    if mark and level > 1:
        look.setFontWeight(QFont.Weight.Normal)
        if not look.hasProperty(QTextFormat.Property.ForegroundBrush):
            look.setForeground(QBrush(theme.color("muted")))
        _stretch(block, len(block.text()) - len(behind), len(behind)).setCharFormat(look)


def _dress_code(block: QTextBlock, start: int, length: int, theme: Theme) -> None:
    look = QTextCharFormat()
    look.setFontFamilies(body_font().families())
    look.setFontFixedPitch(False)
    look.setForeground(QBrush(theme.color("text")))
    look.setBackground(QBrush(theme.color("bar_background")))
    _stretch(block, start, length).setCharFormat(look)


def _dress_table(table: QTextTable, theme: Theme) -> Iterator[int]:
    """Lines between the rows, padding and a header row; yields the numbers of the blocks inside."""
    shape = table.format()
    shape.setBorder(0)
    shape.setBorderCollapse(True)
    shape.setCellPadding(_PADDING)
    shape.setCellSpacing(0)
    shape.setTopMargin(6)
    shape.setBottomMargin(10)
    table.setFormat(shape)
    for row in range(table.rows()):
        for column in range(table.columns()):
            cell = table.cellAt(row, column)
            _dress_cell(cell, theme, is_header=row == 0)
            yield cell.firstCursorPosition().blockNumber()


def _dress_cell(cell: QTextTableCell, theme: Theme, *, is_header: bool) -> None:
    line = QBrush(theme.color("field_border"))
    look = cell.format().toTableCellFormat()
    look.setBorder(1)
    look.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
    look.setBorderBrush(line)
    look.setLeftPadding(_PADDING_ASIDE)
    look.setRightPadding(_PADDING_ASIDE)
    if is_header:
        look.setBackground(QBrush(theme.color("header_background")))
        bold = QTextCharFormat()
        bold.setFontWeight(QFont.Weight.Bold)
        inside = cell.firstCursorPosition()
        inside.setPosition(cell.lastPosition(), QTextCursor.MoveMode.KeepAnchor)
        inside.mergeCharFormat(bold)
    cell.setFormat(look)


def _tables(document: QTextDocument) -> list[QTextTable]:
    return [frame for frame in document.rootFrame().childFrames() if isinstance(frame, QTextTable)]


def _code_in(block: QTextBlock) -> list[tuple[int, int]]:
    """Where the code of a block is: start in the block, and length."""
    found = []
    fragments = block.begin()
    while not fragments.atEnd():
        fragment = fragments.fragment()
        if fragment.charFormat().fontFixedPitch():
            found.append((fragment.position() - block.position(), fragment.length()))
        fragments += 1
    return found


def _stretch(block: QTextBlock, start: int, length: int) -> QTextCursor:
    cursor = QTextCursor(block)
    cursor.setPosition(block.position() + start)
    cursor.setPosition(block.position() + start + length, QTextCursor.MoveMode.KeepAnchor)
    return cursor
