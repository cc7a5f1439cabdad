"""What is pasted into the grid: a block known by its content, one text in many cells; and why nothing is pasted."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication

from gui.desk.notify import ask_which
from gui.document.document import Document
from gui.document.waiting import waiting
from gui.table.clipboard import copied_files, copied_rows
from gui.table.columns import LEVEL_FIELDS, NAME, PAST_FIELDS
from gui.table.model import GridModel
from gui.table.refusals import SAME
from gui.table.rows import Levels
from model import edits
from model.edits import Block, Target
from model.records import Project
from model.values.characters import with_word
from model.values.taxonomy import canonical_level1, canonical_level2, level1_of, level2_of

if TYPE_CHECKING:
    from gui.table.gestures import Gestures
    from gui.table.grid import Grid

NAMES_SHOWN = 3


class Pasting:
    """Pastes into one grid."""

    def __init__(self, grid: Grid, model: GridModel, document: Document, gestures: Gestures) -> None:
        self._grid = grid
        self._model = model
        self._document = document
        self._gestures = gestures

    def paste(self, *, as_new: bool = False, is_meant: bool = False) -> None:
        """Ctrl+V, Ctrl+Shift+V ``as_new``: a block from Excel, WPS, a web page or here; one undo step.

        Names of lines that would be overwritten are shown first, unless that ``is_meant``.
        """
        project, block, settings = self._gestures.kept_project(), self._gestures.own_block(), self._document.settings
        data = QGuiApplication.clipboard().mimeData()
        files, rows = copied_files(data), copied_rows(data)
        if project is None or (self._gestures.block.ids and not block.ids):
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
            self._paste_everywhere(project, block, text)
            return
        target = self._target(block)
        if len(rows) == len(rows[0]) == 1 and target.line_id and target.field in LEVEL_FIELDS:
            self._gestures.type_level(target.line_id, text.strip(), overwritten=False)
            return
        with waiting(len(rows)):
            pasted = edits.paste_block(
                project, self._model.form, target, rows, self._new_ids(), settings, as_new=as_new
            )
        if pasted.overwritten and not is_meant:
            self._ask_to_overwrite(pasted.overwritten)
        else:
            self._take(pasted, "".join(chain.from_iterable(rows)))

    def _paste_everywhere(self, project: Project, block: Block, text: str) -> None:
        """One text into every selected cell; a level takes every selected line there."""
        if not set(block.fields) <= set(LEVEL_FIELDS):
            self._gestures.fill_with(text, "粘贴")
            return
        line = edits.line_of(project, block.ids[0])
        levels = levels_named(text.strip(), (line.level1, line.level2)) if line is not None else None
        if levels is None:
            self._grid.said.emit(f"“{text.strip()}”不是级别的名称，没有粘贴。要改级别，请按 F4 选择。")
        else:
            self._gestures.move_under(project, block.ids, levels)

    def _target(self, block: Block) -> Target:
        index = self._grid.currentIndex()
        columns = (self._model.columns[column] for column in self._grid.headings.shown)
        shown = tuple(column.field for column in columns if not column.is_past)
        if block.ids:
            lines = self._model.line_ids()
            at, start = lines.index(block.ids[0]), shown.index(block.fields[0])
            is_whole = lines[at:][: len(block.ids)] == block.ids and shown[start:][: len(block.fields)] == block.fields
            selected = (len(block.ids), len(block.fields)) if is_whole and not block.holes else (1, 1)
            return Target(block.ids[0], block.fields[0], self._gestures.levels_at_hand(), shown, selected)
        field = self._model.field(index) if index.isValid() else NAME
        return Target("", NAME if field in PAST_FIELDS else field, self._gestures.levels_at_hand(), shown)

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
        if count > 1 or left_out or not pasted.changes:
            done = (f"已粘贴 {count} 行", "，Ctrl+Z 退回") if pasted.changes else (SAME, "")
            self._gestures.say((f"；{left_out}" if left_out else "").join(done))

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

    def _new_ids(self) -> Iterator[str]:
        while True:
            yield self._document.new_id()


def levels_named(text: str, here: Levels) -> Levels | None:
    """The levels a text names, in today's names; a 一级指标 that is not the line's own brings its first 二级指标."""
    level2 = canonical_level2(text)
    if level2 is not None and (canonical_level1(text) is None or level1_of(level2) == here[0]):
        return level1_of(level2) or here[0], level2
    level1 = canonical_level1(text)
    if level1 is None:
        return None
    return (level1, here[1]) if here[1] in level2_of(level1) else (level1, level2_of(level1)[0])
