"""The window of :mod:`tests.torture.window`, in a process of its own, with somebody who types without end."""

from __future__ import annotations

import os
import time
from pathlib import Path
from random import Random

from PySide6.QtWidgets import QApplication, QPlainTextEdit

from gui.app import make_application, make_window
from gui.document import drafts
from gui.selftest.typist import Typist
from model.findings import Place
from model.records import Form
from tests.torture.window import event

_GOAL = "annual_goal"
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_NEVER_MS = 10**8


def type_for_ever(path: Path, config: Path, chance: Random, told: int, *, keeps_drafts: bool) -> None:
    """Open the window on a store and type into the goal; tell what is typed and what is saved."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    if not keeps_drafts:
        drafts.WRITE_AFTER_MS = _NEVER_MS
    make_application(["torture"])
    window = make_window(config / "jixiao.ini")
    window.resize(1366, 768)
    window.show()
    window.activateWindow()
    window.open_at_start(path)
    typist = Typist(window)
    typist.wait("a store", lambda: window.document.store is not None)
    window.document.select_project(chance.choice(window.document.summaries()).id)
    window.document.set_form(Form.DECLARATION)
    typist.wait("a project", lambda: window.document.project is not None)
    window.go_to(Place(Form.DECLARATION, _GOAL))
    typist.settle()
    goal = QApplication.focusWidget()
    assert isinstance(goal, QPlainTextEdit)
    store = window.document.store
    assert store is not None
    window.document.saved.connect(lambda _: os.write(told, event(b"S", store.undo_history(1)[0][-1].seq)))
    goal.setFocus()
    goal.selectAll()
    os.write(told, event(b"R", store.undo_history(1)[0][-1].seq))
    while True:
        typist.type(chance.choice(_LETTERS))
        os.write(told, event(b"T", len(goal.toPlainText())))
        time.sleep(chance.uniform(0, 0.05))
        if keeps_drafts and chance.random() < 0.03:
            window.finish_editing()
            goal.setFocus()
            goal.selectAll()
