"""Which commands are possible at the moment, and what undo and redo are called."""

from __future__ import annotations

from PySide6.QtCore import QObject
from shiboken6 import isValid

from gui.actions import Actions
from gui.document.document import Document


class PossibleCommands(QObject):
    """Follows what is chosen and the history by itself; what is on screen is told it with :meth:`show`."""

    def __init__(self, commands: Actions, document: Document, parent: QObject) -> None:
        super().__init__(parent)
        self._commands = commands
        self._document = document
        document.chosen_changed.connect(self._show_chosen)
        stack = document.undo_stack
        for signal in (
            stack.canUndoChanged,
            stack.canRedoChanged,
            stack.undoTextChanged,
            stack.redoTextChanged,
        ):
            signal.connect(self._show_history)

    def show(self, *, has_panels: bool, is_scored: bool) -> None:
        """Switch every command on or off by what is open.

        ``has_panels`` is whether 得分预览 and 问题 have a place, ``is_scored`` whether the form on screen has a score.
        """
        document = self._document
        project, has_store = document.project, document.store is not None
        form = project.form(document.form) if project is not None else None
        self._commands.enable(
            {
                "export": has_store and bool(document.projects),
                "start_form": project is not None and form is None,
                "show_score": has_panels,
                "show_findings": has_panels,
                **self._history(),
                **self._on_chosen(),
            },
            has_store=has_store,
            has_project=project is not None,
            has_form=form is not None,
            has_evaluation=is_scored and form is not None,
        )
        self._show_history()

    def _on_chosen(self) -> dict[str, bool]:
        """What can be done with whole projects: it is asked of those that are chosen."""
        chosen = len(self._document.chosen)
        return {
            "check_projects": chosen > 0,
            "remove_project": chosen > 0,
            "rename_project": chosen > 0 or self._document.project is not None,  # of several it says that it takes one
            "copy_year": bool(self._document.projects),
        }

    def _show_chosen(self) -> None:
        for name, is_possible in self._on_chosen().items():
            self._commands[name].setEnabled(is_possible)
        count = len(self._document.chosen)
        self._commands["remove_project"].setText(f"删除 {count} 个项目" if count > 1 else "删除项目")

    def _history(self) -> dict[str, bool]:
        """Which way one can go through the history."""
        stack = self._document.undo_stack
        return {"undo": stack.canUndo() or self._document.has_draft, "redo": stack.canRedo()}

    def _show_history(self) -> None:
        stack = self._document.undo_stack
        if not isValid(stack):  # the last thing a history says, when it goes with its window
            return
        can = self._history()
        for name, verb, text in (("undo", "撤销", stack.undoText()), ("redo", "重做", stack.redoText())):
            action = self._commands[name]
            action.setEnabled(can[name])
            words = f"{verb}：{text}" if text else verb
            action.setText(words)
            action.setToolTip(f"{words}（{action.shortcut().toString()}）")
            action.setIconText(verb)
