"""What a test finds inside a widget, typed: Qt's own findChildren gives its kind away."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import TypeVar, cast

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QMenu, QWidget

from gui.document.document import Document
from gui.plain_window import is_stop
from storage.store.sqlite import Store

Child = TypeVar("Child", bound=QObject)
Shown = TypeVar("Shown", bound=QWidget)


def children(parent: QObject, kind: type[Child]) -> list[Child]:
    """Everything of a kind inside, as it was made."""
    return cast("list[Child]", list(parent.findChildren(kind)))


def visible(parent: QObject, kind: type[Shown]) -> Iterator[Shown]:
    """Of those what can be seen now."""
    return (child for child in children(parent, kind) if child.isVisible())


def letters_twice(parent: QWidget) -> list[str]:
    """The letters after Alt that two things on screen share."""
    texts = [one.text() for one in visible(parent, QAbstractButton)]
    texts += [one.text() for one in visible(parent, QLabel) if one.buddy() is not None]
    letters = Counter(letter for text in texts for letter in re.findall(r"(?<!&)&(\w)", text))
    return [letter for letter, count in letters.items() if count > 1]


def names_heard_twice(parent: QWidget) -> list[str]:
    """The names that two things on screen share which both take the keyboard: nobody hears which one it is."""
    stops = (one for one in visible(parent, QWidget) if is_stop(one) and one.isEnabled() and one.window() is parent)
    names = Counter(
        one.accessibleName() or (one.text().replace("&", "") if isinstance(one, QAbstractButton) else "")
        for one in stops
        if not isinstance(one, QMenu)
    )
    return [name for name, count in names.items() if count > 1]


def child(parent: QObject, kind: type[Child]) -> Child:
    """The first of a kind inside, which has to be there."""
    return children(parent, kind)[0]


def file_of(document: Document) -> Store:
    """The open file with everything it can do, which the window is not shown."""
    assert isinstance(document.store, Store)
    return document.store


def focused() -> QWidget:
    """The widget that has the focus, which has to be somewhere."""
    widget = QApplication.focusWidget()
    assert widget is not None, "nothing has the focus"
    return widget
