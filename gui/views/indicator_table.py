"""The indicator tree table: 一级 → 二级 → 三级 lines of one form, with the hands of a spreadsheet."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from itertools import chain

from PySide6.QtCore import QModelIndex, QPoint, QRect
from PySide6.QtGui import QContextMenuEvent, QGuiApplication, QMouseEvent
from PySide6.QtWidgets import QWidget

from gui.desk.theme import Theme
from gui.document.document import Document
from gui.models.cells import CellView, LevelView
from gui.models.columns import ACTUAL, COLUMNS, NAME, TARGET, column_of
from gui.models.indicators import Role
from gui.views.clipboard import from_tsv, to_tsv
from gui.views.grid_tree import GridTree
from gui.views.table_keys import Gesture
from gui.views.table_menu import achievement_menu, context_menu
from model import edits
from model.changes import ProjectChange
from model.edits import Block
from model.records import Achievement, Form, Indicator, Project
from model.scoring import Status, band_range, format_points, omission_of
from model.values.characters import with_word
from model.values.taxonomy import OUTPUT, QUANTITY

Changes = tuple[ProjectChange, ...]


class IndicatorTable(GridTree):
    """The indicators of one form of the project on screen, and every gesture on them.

    Each gesture is one command of the document and so one step of undo. What is being typed is kept first.
    """

    def __init__(self, document: Document, form: Form, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(document, form, theme, parent)
        self.setObjectName("indicatorTable")
        self.setAccessibleName("绩效指标表")
        self.setAccessibleDescription(
            "一级、二级、三级指标；F2 修改，Ctrl+Enter 添加，Alt+↑↓ 移动，Shift+F1 查看全部按键"
        )

    @property
    def block(self) -> Block:
        """The selected cells of lines."""
        indexes = [index for index in self.selectedIndexes() if self._model.line_id(index)]
        chosen = {self._model.line_id(index) for index in indexes}
        columns = sorted({index.column() for index in indexes})
        ids = tuple(line_id for line_id in self._model.line_ids() if line_id in chosen)
        return Block(ids, tuple(COLUMNS[self._form][column].field for column in columns))

    @property
    def all_levels_shown(self) -> bool:
        """Whether 二级指标 without a line are shown too."""
        return self._model.all_levels_shown

    def set_all_levels_shown(self, shown: bool) -> None:
        """Show the 二级指标 that have no line yet, too."""
        self._model.set_all_levels_shown(shown)

    def run(self, gesture: Gesture) -> None:
        """Make a gesture, whichever key or menu entry asked for it."""
        actions: dict[Gesture, Callable[[], None]] = {
            Gesture.ADD_LINE: self.add_line,
            Gesture.DELETE_LINES: self.delete_lines,
            Gesture.MOVE_UP: lambda: self.move_line(-1),
            Gesture.MOVE_DOWN: lambda: self.move_line(1),
            Gesture.FILL_DOWN: self.fill_down,
            Gesture.CLEAR_CELLS: self.clear_cells,
            Gesture.COPY: self.copy,
            Gesture.CUT: self.cut,
            Gesture.PASTE: self.paste,
            Gesture.SELECT_ALL: self._cursor.select_all,
            Gesture.CHOOSE_ACHIEVEMENT: self.choose_achievement,
        }
        actions[gesture]()

    # Lines

    def add_line(self) -> None:
        """Ctrl+Enter: a line after the current one, or at the end of the current level; its name is edited."""
        self.finish_editing()
        after = self._model.last_line_id(self.currentIndex())
        if after:
            self._add(lambda project, new_id: edits.add_after(project, after, new_id, self._document.settings))
        else:
            self.add_line_under(*self._level_at_hand())

    def add_line_under(self, level1: str, level2: str) -> None:
        """A new line at the end of a 二级指标; its name is edited."""

        def edit(project: Project, new_id: str) -> Changes:
            line = Indicator(new_id, level1, level2)
            return edits.add_under(project, self._form, line, self._document.settings)

        self._add(edit)

    def delete_lines(self) -> None:
        """Ctrl+-: delete the selected lines; the cursor goes to the line that follows."""
        project, ids = self.kept_project(), self._ids_at_hand()
        if project is None or not ids:
            return
        column = self._model.field(self.currentIndex())
        left = self._left_after(ids)
        changes = edits.delete_lines(project, ids, self._document.settings)
        if self._document.push(f"删除 {len(ids)} 条指标", changes) and left:
            self._cursor.go(self._model.index_of(left, column))

    def move_line(self, delta: int) -> None:
        """Alt+↑/↓: move the selected lines up (-1) or down (+1) within their 二级指标."""
        project, ids = self.kept_project(), self._ids_at_hand()
        if project is not None and ids:
            self._document.push("移动指标", edits.move_within_level(project, ids, delta, self._document.settings))
            self.scrollTo(self.currentIndex())

    def move_to_level(self, level1: str, level2: str) -> None:
        """Put the selected lines under another 二级指标."""
        project, ids = self.kept_project(), self._ids_at_hand()
        if project is not None and ids:
            changes = edits.move_under(project, ids, level1, level2, self._document.settings)
            self._document.push(f"移到{level2}", changes)
            self.scrollTo(self.currentIndex())

    def choose_achievement(self) -> None:
        """F4 in a self-evaluation: choose the 达成等级 of a line that a person judges, or 不适用, in a menu."""
        index = self._model.index_of(self.current_id(), ACTUAL)
        cell = index.data(Role.CELL)
        if self._form is Form.EVALUATION and isinstance(cell, CellView):
            self._open_achievements(self.current_id(), self.visualRect(index))

    def set_achievement(self, line_id: str, achievement: str) -> None:
        """Choose the 达成等级 of a line, or what becomes of one that does not apply; empty takes the choice back."""
        project = self.kept_project()
        if project is not None:
            label = "选择不适用" if omission_of(achievement) is not None else "选择达成等级"
            self._document.push(label, self.typing(project, line_id, "achievement", achievement))

    # Cells

    def fill_down(self) -> None:
        """Ctrl+D: the topmost selected cell of each column goes into those below."""
        project, block = self.kept_project(), self.block
        if project is not None and block.ids:
            self._document.push("向下填充", edits.fill_block(project, block, self._document.settings))

    def clear_cells(self) -> None:
        """Del: blank the selected cells."""
        self._clear("清除内容")

    def copy(self) -> None:
        """Ctrl+C: the selected block as tab-separated text, as it is shown; a level gives its label."""
        block = self.block
        rows = [[self._shown_text(line_id, field) for field in block.fields] for line_id in block.ids]
        if not rows and self.currentIndex().isValid():
            rows = [[str(self.currentIndex().siblingAtColumn(0).data())]]
        if rows:
            QGuiApplication.clipboard().setText(to_tsv(rows))

    def cut(self) -> None:
        """Ctrl+X: copy, then blank."""
        self.copy()
        self._clear("剪切")

    def paste(self) -> None:
        """Ctrl+V: a block from Excel, WPS or here; one undo step. On a level its rows become new lines."""
        project, block, form = self.kept_project(), self.block, self._form
        rows = from_tsv(QGuiApplication.clipboard().text())
        if project is None or not rows:
            return
        new_ids, settings = self._new_ids(), self._document.settings
        if block.ids:
            changes = edits.paste_over(project, form, block, rows, new_ids, settings)
        else:
            changes = edits.paste_under(project, form, self._level_at_hand(), rows, new_ids, settings)
        label = f"粘贴 {len(rows)} 行" if len(rows) > 1 else "粘贴"
        self._document.push(with_word(label, "".join(chain.from_iterable(rows))), changes)

    # Menus and mouse

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The menu of the lines at hand, at the mouse or, from the keyboard, below the cursor."""
        if self.kept_project() is None:
            return
        menu = context_menu(self, self.run, self.move_to_level, self.add_line_under, self._form)
        menu.aboutToHide.connect(menu.deleteLater)
        is_keyboard = event.reason() is QContextMenuEvent.Reason.Keyboard
        below = self.viewport().mapToGlobal(self.visualRect(self.currentIndex()).bottomLeft())
        menu.popup(below if is_keyboard else event.globalPos())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click on the tag of an actual value opens the choice of 达成等级, one on ＋ adds a level's first line."""
        super().mouseReleaseEvent(event)
        place = event.position().toPoint()
        index = self.indexAt(place)
        tag = self._tag_rect(index)
        level = index.data(Role.LEVEL)
        if tag.contains(place):
            self._open_achievements(self.current_id(), tag)
        elif isinstance(level, LevelView) and level.asks_for_lines and self._model.field(index) == TARGET:
            self.add_line()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """A double click on a level without lines adds the first."""
        place = event.position().toPoint()
        index = self.indexAt(place)
        if index.isValid() and not self._model.last_line_id(index):
            self._cursor.go(index.siblingAtColumn(0))
            self.add_line()
        elif not self._tag_rect(index).contains(place):
            super().mouseDoubleClickEvent(event)

    # Inside

    def _add(self, edit: Callable[[Project, str], Changes]) -> None:
        project, new_id = self.kept_project(), self._document.new_id()
        if project is not None and self._document.push("添加指标", edit(project, new_id)):
            self.edit_cell(new_id, NAME)

    def _clear(self, label: str) -> None:
        project, block = self.kept_project(), self.block
        if project is not None and block.ids:
            self._document.push(label, edits.clear_block(project, block, self._document.settings))

    def _ids_at_hand(self) -> tuple[str, ...]:
        """The selected lines, or the one the cursor is on."""
        return self.block.ids or ((self.current_id(),) if self.current_id() else ())

    def _level_at_hand(self) -> tuple[str, str]:
        """The 二级指标 the cursor is on or in; without a cursor the one every form needs."""
        return self._model.level_to_fill(self.currentIndex()) or (OUTPUT, QUANTITY)

    def _left_after(self, ids: tuple[str, ...]) -> str:
        """The line the cursor goes to when these are gone."""
        lines = self._model.line_ids()
        last = lines.index(ids[-1])
        following = (line_id for line_id in lines[last + 1 :])
        preceding = (line_id for line_id in reversed(lines[:last]) if line_id not in ids)
        return next(following, next(preceding, ""))

    def _shown_text(self, line_id: str, field: str) -> str:
        return str(self._model.index_of(line_id, field).data() or "")

    def _new_ids(self) -> Iterator[str]:
        while True:
            yield self._document.new_id()

    def _tag_rect(self, index: QModelIndex) -> QRect:
        cell = index.data(Role.CELL)
        if self._form is not Form.EVALUATION or index.column() != column_of(self._form, ACTUAL):
            return QRect()
        rect = self.visualRect(index)
        if not isinstance(cell, CellView) or not cell.tag:
            return QRect()
        parts = self._delegate.painter.anatomy(cell, rect.width(), is_number=False)
        return parts.tag.translated(rect.topLeft())

    def _open_achievements(self, line_id: str, below: QRect) -> None:
        self.finish_editing()
        project, score = self._document.project, self._document.score
        line = score.line(line_id) if score is not None else None
        if project is None or line is None:
            return
        ranges = self._ranges(line.points) if line.points is not None else {}
        found = project.find_indicator(line_id)
        chosen = project.indicators(found[0])[found[1]].achievement if found is not None else ""
        is_judged = line.status is Status.JUDGE or chosen in set(Achievement) or line.suggested_achievement is not None
        menu = achievement_menu(
            self, chosen, ranges, lambda value: self.set_achievement(line_id, value), is_judged=is_judged
        )
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.viewport().mapToGlobal(QPoint(below.left(), below.bottom())))

    def _ranges(self, points: Decimal) -> dict[Achievement, str]:
        """The scores each level of achievement allows on a line of these points."""
        project = self._document.project
        profile = self._document.settings.profile(project.year if project is not None else 0)
        bands = {level: band_range(points, level, profile) for level in Achievement}
        return {level: f"{format_points(band.low)}～{format_points(band.high)} 分" for level, band in bands.items()}
