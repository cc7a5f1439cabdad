"""The menus of the grid: what can be done with the lines at hand, and the choices of level and 达成等级."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from gui.table.keys import Gesture
from gui.table.rows import Levels
from model.records import Achievement, Form
from model.scoring import ACHIEVEMENT_TITLES, OMISSION_LABELS
from model.values.taxonomy import LEVELS

_LABELS: dict[Gesture, tuple[str, str]] = {
    Gesture.CUT: ("剪切(&T)", "Ctrl+X"),
    Gesture.COPY: ("复制(&C)", "Ctrl+C"),
    Gesture.PASTE: ("粘贴(&P)", "Ctrl+V"),
    Gesture.INSERT_ABOVE: ("在上方插入(&I)", "Ctrl+Shift+Enter"),
    Gesture.ADD_LINE: ("添加指标(&A)", "Ctrl+Enter"),
    Gesture.DELETE_LINES: ("删除指标(&D)", "Ctrl+-"),
    Gesture.FILL_DOWN: ("向下填充(&F)", "Ctrl+D"),
    Gesture.FILL_RIGHT: ("向右填充(&Y)", "Ctrl+R"),
    Gesture.CLEAR_CELLS: ("清除内容(&N)", "Del"),
    Gesture.CHOOSE: ("达成等级或不适用(&G)…", "F4"),
    Gesture.PASTE_AS_NEW: ("粘贴为新行(&V)", "Ctrl+Shift+V"),
    Gesture.CUT_LINES: ("剪切整行(&X)", "Ctrl+Shift+X"),
    Gesture.MOVE_UP: ("上移(&U)", "Alt+Shift+↑"),
    Gesture.MOVE_DOWN: ("下移(&W)", "Alt+Shift+↓"),
    Gesture.SELECT_ROW: ("选中整行(&R)", "Shift+空格"),
    Gesture.SELECT_COLUMN: ("选中整列(&L)", "Ctrl+空格"),
    Gesture.FOLD: ("收起这个一级指标(&H)", "Alt+Shift+←"),
    Gesture.UNFOLD: ("展开(&E)", "Alt+Shift+→"),
}
_CLIPBOARD = (Gesture.CUT, Gesture.COPY, Gesture.PASTE)
_LINES = (Gesture.INSERT_ABOVE, Gesture.ADD_LINE, Gesture.DELETE_LINES)
_CELLS = (Gesture.FILL_DOWN, Gesture.CLEAR_CELLS)
_LEVELS = (Gesture.FOLD, Gesture.UNFOLD)
_BLOCKS = (Gesture.FILL_RIGHT, Gesture.PASTE_AS_NEW, Gesture.CUT_LINES)
_MOVES = (Gesture.MOVE_UP, Gesture.MOVE_DOWN)
_SELECTION = (Gesture.SELECT_ROW, Gesture.SELECT_COLUMN)

Groups = tuple[tuple[Gesture | QMenu, ...], ...]
"""Entries of a menu, between separators."""


@dataclass(frozen=True, slots=True)
class Acts:
    """What the entries of the context menu do: a gesture, the lines at hand put under a level, a new line there."""

    run: Callable[[Gesture], None]
    move_to_level: Callable[[str, str], None]
    add_under: Callable[[str, str], None]


def context_menu(
    parent: QWidget, acts: Acts, form: Form, columns: Callable[[QMenu], QMenu], here: Levels, *, on_level: bool
) -> QMenu:
    """What can be done with the selected lines, grouped as a spreadsheet does; what is rare lies under 更多.

    The lines stand ``here``. On a level (``on_level``) what is done with levels comes first instead. ``columns`` makes
    the menu of the column.
    """
    menu, more = QMenu(parent), QMenu("更多(&O)", parent)
    moving = levels_menu(menu, "移到(&M)", acts.move_to_level, here)
    adding = levels_menu(menu, "添加到(&B)", acts.add_under)
    judging = (Gesture.CHOOSE,) if form is Form.EVALUATION else ()
    groups: Groups
    rest: Groups
    if on_level:
        groups = (_CLIPBOARD, _LINES[1:], (moving, adding, *_LEVELS))
        rest = (_LINES[:1], _CELLS, judging, _BLOCKS, _MOVES, _SELECTION)
    else:
        groups = (_CLIPBOARD, _LINES, (moving,), _CELLS)
        rest = (judging, _BLOCKS, (adding, *_MOVES), _SELECTION, _LEVELS)
    _fill(menu, (*groups, (more,)), acts.run)
    _fill(more, (*rest, (columns(more),)), acts.run)
    return menu


def _fill(menu: QMenu, groups: Groups, run: Callable[[Gesture], None]) -> None:
    for group in groups:
        if menu.actions():
            menu.addSeparator()
        for entry in group:
            if isinstance(entry, QMenu):
                menu.addMenu(entry)
                continue
            text, key = _LABELS[entry]
            menu.addAction(f"{text}\t{key}").triggered.connect(lambda _checked=False, gesture=entry: run(gesture))


def levels_menu(parent: QWidget, title: str, choose: Callable[[str, str], None], here: Levels | None = None) -> QMenu:
    """Every 二级指标 below the name of its 一级指标; the one the line stands ``here`` under is ticked."""
    menu = QMenu(title, parent)
    menu.setProperty("headed", "true")  # what cannot be chosen are headings, to be read
    for level1, second in LEVELS.items():
        if menu.actions():
            menu.addSeparator()
        heading = menu.addAction(level1)
        heading.setEnabled(False)
        font = menu.font()
        font.setBold(True)
        heading.setFont(font)
        for level2 in second:
            action = menu.addAction(level2)
            action.setCheckable(here is not None)
            action.setChecked((level1, level2) == here)
            action.triggered.connect(lambda _checked=False, level1=level1, level2=level2: choose(level1, level2))
    return menu


def achievement_menu(
    parent: QWidget, chosen: str, ranges: dict[Achievement, str], choose: Callable[[str], None], *, is_judged: bool
) -> QMenu:
    """The three levels of achievement with the scores each allows, where a person judges the line, and 不适用.

    1, 2, 3 choose a level, 4 and 5 what becomes of the points of a line that does not apply, 0 takes the choice back.
    """
    menu = QMenu(parent)
    menu.setAccessibleName("达成等级")
    levels = tuple(Achievement) if is_judged else ()
    for number, level in enumerate(levels, start=1):
        score = f"（{ranges[level]}）" if level in ranges else ""
        _add_choice(menu, f"&{number}  {ACHIEVEMENT_TITLES[level]}{score}", level.value, chosen, choose)
    if levels:
        menu.addSeparator()
    for number, (omission, label) in enumerate(OMISSION_LABELS.items(), start=len(Achievement) + 1):
        _add_choice(menu, f"&{number}  {label}", omission.value, chosen, choose)
    menu.addSeparator()
    _add_choice(menu, "&0  不选择", "", chosen, choose)
    return menu


def _add_choice(menu: QMenu, text: str, value: str, chosen: str, choose: Callable[[str], None]) -> QAction:
    action = menu.addAction(text)
    action.setCheckable(True)
    action.setChecked(value == chosen)
    action.triggered.connect(lambda: choose(value))
    return action
