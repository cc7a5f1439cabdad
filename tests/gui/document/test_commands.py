"""The undo command alone: what it asks of the door, and that the stack drops it when the door could not write."""

from __future__ import annotations

from PySide6.QtGui import QUndoStack
from pytestqt.qtbot import QtBot

from gui.document.commands import EditCommand
from model.changes import Change, SetSetting
from model.edits import Block

CHANGES: tuple[Change, ...] = (SetSetting("unit_name", "", '"甲"'),)


class Door:
    """A door that notes what it is asked for, and opens or not."""

    def __init__(self, *, opens: bool = True) -> None:
        self.opens = opens
        self.is_replaying = False
        self.asked: list[str] = []

    def commit(self, label: str, changes: tuple[Change, ...]) -> int | None:
        self.asked.append(f"commit {label}")
        return 7 if self.opens else None

    def take_back(self, sequence: int, changes: tuple[Change, ...], about: Block | None) -> bool:
        self.asked.append(f"take back {sequence}")
        return self.opens

    def repeat(self, sequence: int, changes: tuple[Change, ...], about: Block | None) -> bool:
        self.asked.append(f"repeat {sequence}")
        return self.opens


def test_that_pushing_writes_once_and_redo_repeats_the_same_gesture(qtbot: QtBot) -> None:
    door, stack = Door(), QUndoStack()
    stack.push(EditCommand(door, "修改", CHANGES))
    stack.undo()
    stack.redo()
    assert door.asked == ["commit 修改", "take back 7", "repeat 7"]


def test_that_a_command_that_could_not_be_written_is_not_on_the_stack(qtbot: QtBot) -> None:
    stack = QUndoStack()
    stack.push(EditCommand(Door(opens=False), "修改", CHANGES))
    assert stack.count() == 0


def test_that_a_command_whose_undo_failed_leaves_the_stack(qtbot: QtBot) -> None:
    door, stack = Door(), QUndoStack()
    stack.push(EditCommand(door, "修改", CHANGES))
    door.opens = False
    stack.undo()
    assert stack.count() == 0


def test_that_a_command_from_the_journal_writes_nothing_while_the_stack_is_filled(qtbot: QtBot) -> None:
    door, stack = Door(), QUndoStack()
    door.is_replaying = True
    stack.push(EditCommand(door, "修改", CHANGES, sequence=3))
    stack.setIndex(0)
    door.is_replaying = False
    assert door.asked == []
    stack.redo()
    assert door.asked == ["repeat 3"]
