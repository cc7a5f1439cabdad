"""What the hands do in the grid, beyond moving and typing: lines added, moved, deleted, blocks copied and pasted.

Each gesture is one command of the document and so one step of undo. What is being typed is kept first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QPersistentModelIndex, Qt
from PySide6.QtGui import QGuiApplication

from gui.document.document import Document
from gui.table.clipboard import copied
from gui.table.columns import LEVEL_FIELDS, NAME, PAST_FIELDS, SCORE, column_of
from gui.table.keys import Gesture
from gui.table.model import GridModel
from gui.table.pasting import Pasting, levels_named
from gui.table.refusals import (
    BEING_TYPED,
    COMPUTED,
    LEVELS_STAY,
    NO_LINE_ABOVE,
    NOTHING_LEFT,
    READ_ONLY,
    SAME,
    SAME_ABOVE,
    SAME_LEFT,
    left_alone,
    scattered,
    why_no_line,
)
from gui.table.rows import Levels, RowKind
from gui.table.session import Placing
from model import edits
from model.changes import Part
from model.edits import Block
from model.forms import FORMS
from model.records import Indicator, Project
from model.scoring import omission_of
from model.values.characters import with_word
from model.values.taxonomy import canonical_level2

if TYPE_CHECKING:
    from gui.table.grid import Grid


class Gestures:
    """The gestures of one grid."""

    def __init__(self, grid: Grid, model: GridModel, document: Document) -> None:
        self._grid = grid
        self._model = model
        self._document = document
        self._form = model.form
        self._new_id = ""
        self._done: tuple[str, QPersistentModelIndex] | None = None
        self.pasting = Pasting(grid, model, document, self)
        self._acts: dict[Gesture, Callable[[], None]] = {
            Gesture.ADD_LINE: self.add_line,
            Gesture.INSERT_ABOVE: self.insert_above,
            Gesture.DELETE_LINES: self.delete_lines,
            Gesture.MOVE_UP: lambda: self.move_lines(-1),
            Gesture.MOVE_DOWN: lambda: self.move_lines(1),
            Gesture.FILL_DOWN: self.fill_down,
            Gesture.FILL_RIGHT: self.fill_right,
            Gesture.CLEAR_CELLS: lambda: self._clear("清除内容"),
            Gesture.EDIT_EMPTIED: self._edit_emptied,
            Gesture.COPY: self.copy,
            Gesture.CUT: self.cut,
            Gesture.CUT_LINES: self.cut_lines,
            Gesture.PASTE: self.pasting.paste,
            Gesture.PASTE_AS_NEW: lambda: self.pasting.paste(as_new=True),
            Gesture.SELECT_ALL: grid.cursor_moves.select_all,
            Gesture.SELECT_ROW: grid.cursor_moves.select_row,
            Gesture.SELECT_COLUMN: grid.cursor_moves.select_column,
            Gesture.CHOOSE: grid.choices.choose_here,
            Gesture.LIST: grid.choices.list_here,
            Gesture.FOLD: lambda: grid.folding.fold_here(folded=True),
            Gesture.UNFOLD: lambda: grid.folding.fold_here(folded=False),
        }

    def run(self, gesture: Gesture) -> None:
        """Make a gesture, whichever key or menu entry asked for it."""
        self._acts[gesture]()

    @property
    def block(self) -> Block:
        """The selected cells of lines."""
        indexes = self._grid.selectedIndexes()
        rows = sorted({index.row() for index in indexes})
        chosen = {index.column() for index in indexes}
        columns = [column for column in self._grid.headings.shown if column in chosen]
        ids = tuple(self._model.rows[row].line_id for row in rows if self._model.rows[row].line_id)
        fields = tuple(self._model.columns[column].field for column in columns) if ids else ()
        if len(ids) * len(fields) == sum(bool(self._model.rows[index.row()].line_id) for index in indexes):
            return Block(ids, fields)
        selected = {(self._model.line_id(index), self._model.field(index)) for index in indexes}
        return Block(ids, fields, frozenset(Block(ids, fields).cells) - selected)

    def own_block(self) -> Block:
        """The selected cells of lines that can be written; when there are none of them that is said."""
        block = self.block
        own = tuple(field for field in block.fields if field not in PAST_FIELDS)
        if block.ids and not own:
            self._grid.said.emit(READ_ONLY)
        return replace(block, ids=block.ids if own else (), fields=own)

    def _is_refused(self) -> bool:
        """Whether no line is at hand, which is said: none stands there yet, or its level is folded away."""
        row = self._model.row(self._grid.currentIndex())
        is_refused = row is not None and row.kind is not RowKind.LINE and not self.block.ids
        if row is not None and is_refused:
            self._grid.said.emit(why_no_line(row))
        return is_refused

    def _is_scattered(self, verb: str) -> bool:
        """Whether the selected cells are no block, which is said."""
        if self.block.holes:
            self._grid.said.emit(scattered(verb))
        return bool(self.block.holes)

    def _folded(self) -> tuple[str, ...]:
        """The 一级指标 among the selected rows whose lines are folded away, which nothing happens to."""
        rows = (self._model.rows[row] for row in sorted({index.row() for index in self._grid.selectedIndexes()}))
        return tuple(row.levels[0] for row in rows if row.kind is RowKind.FOLDED)

    def _left(self, verb: str, fields: Iterable[str] = ()) -> str:
        """What is said of the selected cells that nothing happens to: those of some fields, and what is folded away."""
        return left_alone(fields, self._folded(), verb)

    def say(self, words: str) -> None:
        """Say what became of a gesture, where there is something to say."""
        if words:
            self._grid.said.emit(words if words.endswith("。") else f"{words}。")

    def kept_project(self) -> Project | None:
        """What is saved now, after the open editor has been kept; None when the form is not started."""
        self._grid.finish_editing()
        project = self._document.saved_project
        return project if project is not None and project.form(self._form) is not None else None

    def ids_at_hand(self) -> tuple[str, ...]:
        """The selected lines, or the one the cursor is on."""
        here = self._grid.current_id()
        return self.block.ids or ((here,) if here else ())

    def _cells_at_hand(self) -> Block:
        """The selected cells, or the one the cursor is on."""
        return (
            self.block if self.block.ids else Block(self.ids_at_hand(), (self._model.field(self._grid.currentIndex()),))
        )

    # Lines

    def add_line(self) -> None:
        """Ctrl+Enter: a line after the current one, or at the end of the current level; its name is typed.

        Right after a new line was finished with Enter it is one more below that, wherever Enter led.
        """
        if self.kept_project() is None:
            return
        here = self._done_id or self._grid.current_id()
        if here:
            self._type_beside(here, above=False)
        else:
            self.add_under(*self.levels_at_hand())

    def begin(self, line_id: str) -> None:
        """A line is new, and its first cell is about to be typed."""
        self._new_id, self._done = line_id, None

    def entered(self, line_id: str) -> None:
        """Enter led from a line to the cell under the cursor."""
        here = self._grid.currentIndex()
        is_done = bool(line_id) and line_id == self._new_id != self._model.line_id(here)
        self._done = (line_id, QPersistentModelIndex(here)) if is_done else None

    @property
    def _done_id(self) -> str:
        """The new line that was finished with Enter, while the cursor is where that led; "" otherwise."""
        if self._done is None or self.has_block or self._done[1] != QPersistentModelIndex(self._grid.currentIndex()):
            return ""
        return self._done[0] if self._model.index_of(self._done[0]).isValid() else ""

    def insert_above(self) -> None:
        """Ctrl+Shift+Enter: a line above the current one; its name is typed."""
        if self.kept_project() is None:
            return
        here = self._grid.current_id()
        if here:
            self._type_beside(here, above=True)
        else:
            self.add_under(*self.levels_at_hand())

    def add_under(self, level1: str, level2: str, field: str = NAME) -> None:
        """A new line at the end of a 二级指标; the cell of a field is typed first, as a rule the name."""
        if self.kept_project() is None:
            return
        line = FORMS[self._form].line(self._document.new_id(), level1, level2)
        settings = self._document.settings
        self._grid.type_new(line, lambda project, one: edits.add_under(project, self._form, one, settings), field)

    def new_line_here(self) -> tuple[Indicator, Placing]:
        """A blank line of the levels of the row the cursor is on, and how it is put behind those that stand there."""
        settings, form = self._document.settings, self._form
        line = FORMS[self._form].line(self._document.new_id(), *self.levels_at_hand())
        return line, lambda project, one: edits.add_under(project, form, one, settings)

    def _type_beside(self, line_id: str, *, above: bool) -> None:
        line = FORMS[self._form].line(self._document.new_id())
        settings = self._document.settings
        self._grid.type_new(
            line, lambda project, one: edits.add_beside(project, line_id, one, settings, above=above), NAME
        )

    def delete_lines(self) -> None:
        """Ctrl+-: delete the selected lines; the cursor goes to the line that follows. An empty 二级指标 goes too."""
        row = self._model.row(self._grid.currentIndex())
        if row is not None and row.kind is RowKind.VACANT and not self.block.ids:
            self._model.drop_level(row.levels[1])
        elif not self._is_refused():
            self._take_out(f"删除 {len(self.ids_at_hand())} 条指标")

    def _take_out(self, label: str) -> None:
        project, ids = self.kept_project(), self.ids_at_hand()
        if project is None or not ids:
            return
        field = self._model.field(self._grid.currentIndex())
        following, left = self._left_after(ids), self._left("删除")
        changes = edits.delete_lines(project, ids, self._document.settings)
        if self._document.push(label, changes, self._cells_at_hand()):
            self._keep_emptied(project)
            if following:
                self._grid.cursor_moves.go(self._model.index_of(following, field))
            self.say(left)

    def move_lines(self, delta: int) -> None:
        """Alt+Shift+↑/↓: move the selected lines up (-1) or down (+1) within their 二级指标."""
        project, ids = self.kept_project(), self.ids_at_hand()
        if project is not None and not self._is_refused() and ids:
            changes = edits.move_within_level(project, ids, delta, self._document.settings)
            if not changes:
                self._grid.said.emit(f"已是本组{'第一行' if delta < 0 else '最后一行'}，没有移动。到别的组用“移到”。")
                return
            self._document.push("移动指标", changes, self._cells_at_hand())
            self._grid.scrollTo(self._grid.currentIndex())

    def move_to_level(self, level1: str, level2: str) -> None:
        """Put the selected lines under another 二级指标; the cursor goes with them."""
        project, ids = self.kept_project(), self.ids_at_hand()
        if project is not None and ids:
            self.move_under(project, ids, (level1, level2))

    def move_under(self, project: Project, ids: tuple[str, ...], levels: Levels) -> None:
        """Put lines under a 二级指标; the cursor goes with them."""
        field = self._model.field(self._grid.currentIndex())
        changes = edits.move_under(project, ids, *levels, self._document.settings)
        if self._document.push(f"移到{levels[1]}", changes, Block(ids, (field,))):
            self._keep_emptied(project)
        self._grid.folding.show_lines(ids)
        self._grid.cursor_moves.select(ids, (field,))

    def _keep_emptied(self, before: Project) -> None:
        """A 二级指标 whose last line was taken out or moved away stays, for another one to be typed."""
        project = self._document.saved_project
        left = {line.level2 for line in project.indicators(self._form)} if project is not None else set()
        for level2 in dict.fromkeys(line.level2 for line in before.indicators(self._form)):
            if level2 not in left:
                self._model.show_level(canonical_level2(level2) or level2)

    def type_level(self, line_id: str, text: str, overwritten: bool) -> None:
        """What was typed on a level: one that is known moves the line there, any other text begins a line there.

        An empty one changes nothing: a line always stands somewhere.
        A label that was edited, not overwritten, is meant as the line's own.
        """
        project = self._document.saved_project
        place = project.find_indicator(line_id) if project is not None else None
        if project is None or place is None or not text:
            self._document.drop_draft()
            return
        line = project.indicators(place[0])[place[1]]
        levels = levels_named(text, (line.level1, line.level2))
        if levels is not None:
            self.move_under(project, (line_id,), levels)
            return
        settings = self._document.settings
        if not overwritten:
            field = self._model.field(self._grid.currentIndex())
            changes = edits.set_cell(project, Part.INDICATOR, line_id, field, text, settings)
            self._document.push("修改指标级别", changes, Block((line_id,), (field,)))
            return
        new = FORMS[self._form].line(self._document.new_id(), line.level1, line.level2, name=text)
        if self._document.push("添加指标", edits.add_under(project, self._form, new, settings)):
            self._grid.cursor_moves.go(self._model.index_of(new.id))

    def set_achievement(self, line_id: str, achievement: str) -> None:
        """Choose the 达成等级 of a line, or what becomes of one that does not apply; empty takes the choice back."""
        project = self.kept_project()
        if project is not None and project.find_indicator(line_id) is not None:
            settings = self._document.settings
            changes = edits.set_cell(project, Part.INDICATOR, line_id, "achievement", achievement, settings)
            label = "选择不适用" if omission_of(achievement) is not None else "选择达成等级"
            self._document.push(label, changes, Block((line_id,), ("achievement",)))

    # Cells

    def fill_down(self) -> None:
        """Ctrl+D: the topmost selected cell of each column goes into those below."""
        project, block = self._block_to_fill()
        if project is None:
            return
        left = self._left("填充", set(self.block.fields) & set(PAST_FIELDS))
        changes = edits.fill_block(project, block, self._document.settings)
        if not changes:
            left = NO_LINE_ABOVE if block.ids == self._model.line_ids()[:1] else SAME_ABOVE
        self._document.push("向下填充", changes, block)
        self.say(left)

    def fill_right(self) -> None:
        """Ctrl+R: the first selected cell of each line goes into those right of it; one alone takes that left of it."""
        project, block = self._block_to_fill()
        if project is None:
            return
        fields = tuple(field for field in block.fields if field not in LEVEL_FIELDS)
        left = self._left("填充", set(self.block.fields) - set(fields))
        if len(fields) == 1:
            shown = [self._model.columns[column] for column in self._grid.headings.shown]
            own = [one.field for one in shown if not one.is_level and not one.is_past]
            fields = tuple(own[max(0, own.index(fields[0]) - 1) :][:2])
            fields = fields if fields[-1] in block.fields else ()
        if len(fields) < 2:
            self._grid.said.emit(NOTHING_LEFT)
            return
        changes = edits.fill_right(project, Block(block.ids, fields), self._document.settings)
        self._document.push("向右填充", changes, block)
        self.say(left if changes else SAME_LEFT)

    def _block_to_fill(self) -> tuple[Project | None, Block]:
        """What is saved and the selected cells that can be filled; no project where it is said why there are none."""
        if self._grid.is_editing and not self.has_block:
            self._grid.said.emit(BEING_TYPED)
            return None, Block((), ())
        project, block = self.kept_project(), self.own_block()
        is_off = project is None or self._is_refused() or self._is_scattered("填充") or not block.ids
        return (None if is_off else project), block

    @property
    def has_block(self) -> bool:
        """Whether several cells of lines are selected."""
        return len(self.block.cells) > 1

    def fill_with(self, text: str, verb: str = "填入") -> bool:
        """Ctrl+Enter in a block: one text in every cell of it that takes one; whether it could be written."""
        project, block = self.kept_project(), self.block
        fields = tuple(field for field in block.fields if field not in (*PAST_FIELDS, *LEVEL_FIELDS))
        if project is None or not fields:
            self._grid.said.emit(f"选中的是级别或往年的列，不能一起{verb}，没有改变。")
            return project is not None
        left = self._left(verb, set(block.fields) - set(fields))
        own = replace(block, fields=fields)
        changes = edits.write_everywhere(project, own, text, self._document.settings)
        if changes and not self._document.push(with_word(verb, text), changes, block):
            return False
        done = (f"已{verb} {len(own.cells)} 格", "，Ctrl+Z 退回") if changes else (SAME, "")
        self.say((f"；{left}" if left else "").join(done))
        return True

    def _clear(self, label: str) -> None:
        project, block = self.kept_project(), self.own_block()
        if project is None or self._is_refused() or not block.ids:
            return
        left = self._left(label[:2], set(self.block.fields) & {*PAST_FIELDS, *LEVEL_FIELDS})
        changes = edits.clear_block(project, block, self._document.settings)
        if set(block.fields) <= set(LEVEL_FIELDS):
            left = LEVELS_STAY
        elif not changes and any(self._model.index_of(one, SCORE).data() for one in block.ids if SCORE in block.fields):
            left = COMPUTED
        self._document.push(label, changes, block)
        self.say(left)

    def _edit_emptied(self) -> None:
        """Backspace: type the cell under the cursor anew; Esc brings its text back."""
        index = self._grid.currentIndex()
        if index.isValid() and self._model.field(index) in PAST_FIELDS:
            self._grid.said.emit(READ_ONLY)
        elif not self._is_refused():
            self._grid.edit_emptied()

    def copy(self) -> None:
        """Ctrl+C: the selected block as tab-separated text, as it is shown; every row has its own levels.

        A block with levels is one of the form: its columns are in the form's order, with those that are hidden, so
        that they are known again where it is pasted, and without those of the earlier year, which is said.
        """
        block = self.block
        fields, left = list(block.fields), set[str]()
        if self._is_scattered("复制"):
            return
        if set(fields) & set(LEVEL_FIELDS):
            left = set(fields) & set(PAST_FIELDS)
            columns = sorted(column_of(self._form, field) for field in fields)
            whole = self._model.columns[columns[0] : columns[-1] + 1]
            fields = [column.field for column in whole if not column.is_past]
        if block.ids:
            self._put(block.ids, fields)
            self._grid.outlines.mark(block)
            self.say(self._left("复制", left))
        elif (index := self._grid.currentIndex()).isValid():
            # where no line stands, what is said in the place of a name is the program's, and no text of the form
            text = "" if self._model.field(index) == NAME else str(index.data() or "")
            QGuiApplication.clipboard().setMimeData(copied([[text]]))

    def _put(self, ids: tuple[str, ...], fields: list[str]) -> None:
        """Cells of lines on the clipboard: as they are shown for other programs, as they were typed for this one.

        This one takes nothing of the earlier year that stands among cells to type in: each finds its column again.
        """
        own = [field for field in fields if field not in PAST_FIELDS] or fields
        shown, typed = (
            [[str(self._model.index_of(line_id, field).data(role) or "") for field in some] for line_id in ids]
            for role, some in ((Qt.ItemDataRole.DisplayRole, fields), (Qt.ItemDataRole.EditRole, own))
        )
        if {*LEVEL_FIELDS, NAME} <= set(fields):
            project = self._document.saved_project
            lines = [edits.line_of(project, line_id) for line_id in ids] if project is not None else []
            rest = [[str(getattr(line, field, "")) for field in edits.UNPRINTED] for line in lines]
            titles = [self._model.columns[column_of(self._form, field)].title for field in fields]
            typed = [[*titles, *edits.UNPRINTED], *([*row, *more] for row, more in zip(typed, rest, strict=True))]
        QGuiApplication.clipboard().setMimeData(copied(shown, typed))

    def cut(self) -> None:
        """Ctrl+X: copy, then blank."""
        if self._is_refused() or self._is_scattered("剪切"):
            return
        block = self.block
        self.copy()
        self._clear("剪切")
        self._grid.outlines.mark(block)

    def cut_lines(self) -> None:
        """Ctrl+Shift+X: copy whole lines, levels and all, then take them out."""
        self.kept_project()
        ids = self.ids_at_hand()
        fields = [column.field for column in self._model.columns if not column.is_past]
        if ids:
            self._put(ids, fields)
            self._take_out(f"剪切 {len(ids)} 条指标")

    # Inside

    def levels_at_hand(self) -> Levels:
        """The levels of the row the cursor is on; without a cursor those of the first row."""
        row = self._model.row(self._grid.currentIndex()) or self._model.rows[0]
        if row.kind is RowKind.FOLDED:
            project = self._document.saved_project
            last = edits.line_of(project, row.line_ids[-1]) if project is not None and row.line_ids else None
            return (last.level1, last.level2) if last is not None else row.levels
        return row.levels

    def _left_after(self, ids: tuple[str, ...]) -> str:
        """The line the cursor goes to when these are gone."""
        lines = self._model.line_ids()
        last = lines.index(ids[-1])
        following = (line_id for line_id in lines[last + 1 :])
        preceding = (line_id for line_id in reversed(lines[:last]) if line_id not in ids)
        return next(following, next(preceding, ""))
