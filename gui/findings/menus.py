"""The menus of the 问题 list: what can be done about a row, and about each line of a row of several."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from gui.findings.rows import Row, RowAction, actions_of, words_of
from model.findings import Finding
from model.records import Project

Act = Callable[[Row, RowAction], None]
"""Does one of the things a row offers."""


def menu_of(row: Row, actions: Sequence[RowAction], act: Act, parent: QWidget) -> QMenu:
    """One entry for each of the things to do; the menu goes when it was closed, one within another one with that."""
    menu = QMenu(parent)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, not isinstance(parent, QMenu))
    for action in actions:
        entry = QAction(action.label, menu)
        entry.triggered.connect(lambda _checked=False, chosen=action: act(row, chosen))
        menu.addAction(entry)
    return menu


def add_members(menu: QMenu, finding: Finding, project: Project | None, act: Act) -> None:
    """One line after the other: go there, mend it, or explain it alone."""
    each = QMenu(f"逐条处理（{len(finding.members)}）", menu)
    menu.addMenu(each)
    for member in finding.members:
        row = Row(member, "", "", is_member=True)
        of_line = menu_of(row, actions_of(row), act, each)
        of_line.setTitle(words_of(member, project))
        each.addMenu(of_line)
