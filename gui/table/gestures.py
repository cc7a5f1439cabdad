"""What the hands do in the grid, beyond moving and typing: lines added, moved, deleted, blocks copied and pasted.

Each gesture is one command of the document and so one step of undo. What is being typed is kept first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import chain
from typing import TYPE_CHECKING

from PySide6.QtCore import QPersistentModelIndex, Qt
from PySide6.QtGui import QGuiApplication

from gui.desk.notify import ask_which
from gui.document.document import Document
from gui.document.waiting import waiting
from gui.table.clipboard import copied, copied_files, copied_rows
from gui.table.columns import LEVEL_FIELDS, NAME, PAST_FIELDS, column_of
from gui.table.keys import Gesture
from gui.table.model import GridModel
from gui.table.rows import Levels, RowKind
from gui.table.session import Placing
from model import edits
from model.changes import Part
from model.edits import Block, Target
from model.forms import FORMS
from model.records import Indicator, Project
from model.scoring import omission_of
from model.values.characters import with_word
from model.values.taxonomy import canonical_level1, canonical_level2, level1_of, level2_of

if TYPE_CHECKING:
    from gui.table.grid import Grid

NAMES_SHOWN = 3
NOT_FILLED = "选中的是级别或往年的列，不能一起填入，没有改变。"
READ_ONLY = "往年的列只供对照，不能修改。"


class Gestures:
    """The gestures of one grid."""

    def __init__(self, grid: Grid, model: GridModel, document: Document) -> None:
        self._grid = grid
        self._model = model
        self._document = document
        self._form = model.form
        self._new_id = ""
        self._done: tuple[str, QPersistentModelIndex] | None = None
        self._acts: dict[Gesture, Callable[[], None]] = {
            Gesture.ADD_LINE: self.add_line,
            Gesture.INSERT_ABOVE: self.insert_above,
            Gesture.DELETE_LINES: self.delete_lines,
            Gesture.MOVE_UP: lambda: self.move_lines(-1),
            Gesture.MOVE_DOWN: lambda: self.move_lines(1),
            Gesture.FILL_DOWN: self.fill_down,
            Gesture.CLEAR_CELLS: lambda: self._clear("清除内容"),
            Gesture.EDIT_EMPTIED: self._edit_emptied,
            Gesture.COPY: self.copy,
            Gesture.CUT: self.cut,
            Gesture.CUT_LINES: self.cut_lines,
            Gesture.PASTE: self.paste,
            Gesture.PASTE_AS_NEW: lambda: self.paste(as_new=True),
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
        return Block(ids, tuple(self._model.columns[column].field for column in columns) if ids else ())

    def _own_block(self) -> Block:
        """The selected cells of lines that can be written; when there are none of them that is said."""
        block = self.block
        own = tuple(field for field in block.fields if field not in PAST_FIELDS)
        if block.ids and not own:
            self._grid.said.emit(READ_ONLY)
        return Block(block.ids if own else (), own)

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
            return
        self._take_out(f"删除 {len(self.ids_at_hand())} 条指标")

    def _take_out(self, label: str) -> None:
        project, ids = self.kept_project(), self.ids_at_hand()
        if project is None or not ids:
            return
        field = self._model.field(self._grid.currentIndex())
        left = self._left_after(ids)
        changes = edits.delete_lines(project, ids, self._document.settings)
        if self._document.push(label, changes, self._cells_at_hand()):
            self._keep_emptied(project)
            if left:
                self._grid.cursor_moves.go(self._model.index_of(left, field))

    def move_lines(self, delta: int) -> None:
        """Alt+Shift+↑/↓: move the selected lines up (-1) or down (+1) within their 二级指标."""
        project, ids = self.kept_project(), self.ids_at_hand()
        if project is not None and ids:
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
            self._move_under(project, ids, (level1, level2))

    def _move_under(self, project: Project, ids: tuple[str, ...], levels: Levels) -> None:
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
        levels = _levels_named(text, (line.level1, line.level2))
        if levels is not None:
            self._move_under(project, (line_id,), levels)
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
        project, block = self.kept_project(), self._own_block()
        if project is not None and block.ids:
            self._document.push("向下填充", edits.fill_block(project, block, self._document.settings), block)

    @property
    def has_block(self) -> bool:
        """Whether several cells of lines are selected."""
        return len(self.block.cells) > 1

    def fill_with(self, text: str) -> bool:
        """Ctrl+Enter in a block: one text in every cell of it that takes one; whether it could be written."""
        project, block = self.kept_project(), self.block
        fields = tuple(field for field in block.fields if field not in (*PAST_FIELDS, *LEVEL_FIELDS))
        if project is None or not fields:
            self._grid.said.emit(NOT_FILLED)
            return project is not None
        changes = edits.write_everywhere(project, Block(block.ids, fields), text, self._document.settings)
        if changes and not self._document.push(with_word("填入", text), changes, block):
            return False
        left_out = "；级别和往年的列没有填" if len(fields) < len(block.fields) else ""
        self._grid.said.emit(f"已填入 {len(block.ids) * len(fields)} 格{left_out}，Ctrl+Z 退回。")
        return True

    def _clear(self, label: str) -> None:
        project, block = self.kept_project(), self._own_block()
        if project is not None and block.ids:
            self._document.push(label, edits.clear_block(project, block, self._document.settings), block)

    def _edit_emptied(self) -> None:
        """Backspace: type the cell under the cursor anew; Esc brings its text back."""
        index = self._grid.currentIndex()
        if index.isValid() and self._model.field(index) in PAST_FIELDS:
            self._grid.said.emit(READ_ONLY)
        elif self._model.line_id(index):
            self._grid.edit_emptied()

    def copy(self) -> None:
        """Ctrl+C: the selected block as tab-separated text, as it is shown; every row has its own levels.

        A block with levels is one of the form: its columns are in the form's order, with those that are hidden, so
        that they are known again where it is pasted.
        """
        block = self.block
        fields = list(block.fields)
        if set(fields) & set(LEVEL_FIELDS):
            columns = sorted(column_of(self._form, field) for field in fields)
            whole = self._model.columns[columns[0] : columns[-1] + 1]
            fields = [column.field for column in whole if not column.is_past]
        if block.ids:
            self._put(block.ids, fields)
            self._grid.outlines.mark(block)
        elif (index := self._grid.currentIndex()).isValid():
            # where no line stands, what is said in the place of a name is the program's, and no text of the form
            text = "" if self._model.field(index) == NAME else str(index.data() or "")
            QGuiApplication.clipboard().setMimeData(copied([[text]]))

    def _put(self, ids: tuple[str, ...], fields: list[str]) -> None:
        """Cells of lines on the clipboard: as they are shown for other programs, as they were typed for this one."""
        shown, typed = (
            [[str(self._model.index_of(line_id, field).data(role) or "") for field in fields] for line_id in ids]
            for role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole)
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
        block = self.block
        self.copy()
        self._clear("剪切")
        self._grid.outlines.mark(block)

    def paste(self, *, as_new: bool = False, is_meant: bool = False) -> None:
        """Ctrl+V, Ctrl+Shift+V ``as_new``: a block from Excel, WPS, a web page or here; one undo step.

        Names of lines that would be overwritten are shown first, unless that ``is_meant``.
        """
        project, block, settings = self.kept_project(), self._own_block(), self._document.settings
        data = QGuiApplication.clipboard().mimeData()
        files, rows = copied_files(data), copied_rows(data)
        if project is None or (self.block.ids and not block.ids):
            return
        if files:
            what = f"“{files[0]}”{f'等 {len(files)} 个文件' if len(files) > 1 else ''}"
            self._grid.said.emit(
                f"复制的是文件{what}，不是文字，没有粘贴。要导入它，请用“文件 → 导入…”，或拖到窗口里。"
            )
            return
        if not rows:
            self._grid.said.emit("剪贴板里没有文字，没有粘贴。图片请在需要它的地方粘贴。")
            return
        text = rows[0][0]
        if len(rows) == len(rows[0]) == 1 and not as_new and len(block.cells) > 1:
            self._document.push(with_word("粘贴", text), edits.write_everywhere(project, block, text, settings), block)
            return
        target = self._target(block)
        if len(rows) == len(rows[0]) == 1 and target.line_id and target.field in LEVEL_FIELDS:
            self.type_level(target.line_id, text.strip(), overwritten=False)
            return
        with waiting(len(rows)):
            pasted = edits.paste_block(project, self._form, target, rows, self._new_ids(), settings, as_new=as_new)
        if pasted.overwritten and not is_meant:
            self._ask_to_overwrite(pasted.overwritten)
        else:
            self._take(pasted, "".join(chain.from_iterable(rows)))

    def _target(self, block: Block) -> Target:
        index = self._grid.currentIndex()
        columns = (self._model.columns[column] for column in self._grid.headings.shown)
        shown = tuple(column.field for column in columns if not column.is_past)
        if block.ids:
            return Target(block.ids[0], block.fields[0], self.levels_at_hand(), shown)
        field = self._model.field(index) if index.isValid() else NAME
        return Target("", NAME if field in PAST_FIELDS else field, self.levels_at_hand(), shown)

    def _take(self, pasted: edits.Pasted, text: str) -> None:
        """Write what was pasted, mark it, and say what became of it."""
        left_out = "；".join(pasted.left_out)
        count = len(pasted.ids)
        if not count:
            self._grid.said.emit(f"没有粘贴：{left_out or '这一块里没有指标'}。")
            return
        label = with_word(f"粘贴 {count} 行" if count > 1 else "粘贴", text)
        run_column = self._grid.cursor_moves.run_column
        block = Block(pasted.ids, tuple(field for field in pasted.fields if field not in LEVEL_FIELDS))
        if not self._document.push(label, pasted.changes, block):
            return
        self._grid.select_block(block)
        if count == len(block.fields) == 1:  # as if it had been typed
            self._grid.cursor_moves.run_column = run_column
        if count > 1 or left_out:
            rest = f"；{left_out}" if left_out else ""
            self._grid.said.emit(f"已粘贴 {count} 行{rest}，Ctrl+Z 退回。")

    def _ask_to_overwrite(self, names: tuple[str, ...]) -> None:
        shown = "、".join(f"“{name}”" for name in names[:NAMES_SHOWN])
        more = f"等 {len(names)} 条" if len(names) > NAMES_SHOWN else ""
        ask_which(
            self._grid,
            "粘贴",
            f"粘贴会改写已有指标的名称：{shown}{more}。\n要覆盖它们，还是把这一块粘贴为新行？",
            (
                ("粘贴为新行", lambda: self.paste(as_new=True)),
                ("覆盖", lambda: self.paste(is_meant=True)),
            ),
        )

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

    def _new_ids(self) -> Iterator[str]:
        while True:
            yield self._document.new_id()


def _levels_named(text: str, here: Levels) -> Levels | None:
    """The levels a text names, in today's names; a 一级指标 that is not the line's own brings its first 二级指标."""
    level2 = canonical_level2(text)
    if level2 is not None and (canonical_level1(text) is None or level1_of(level2) == here[0]):
        return level1_of(level2) or here[0], level2
    level1 = canonical_level1(text)
    if level1 is None:
        return None
    return (level1, here[1]) if here[1] in level2_of(level1) else (level1, level2_of(level1)[0])
