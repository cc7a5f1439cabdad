"""What a test finds inside a widget, typed: Qt's own findChildren gives its kind away."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeVar, cast

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QWidget

from gui.document.document import Document
from storage.store.sqlite import Store

Child = TypeVar("Child", bound=QObject)
Shown = TypeVar("Shown", bound=QWidget)


def children(parent: QObject, kind: type[Child]) -> list[Child]:
    """Everything of a kind inside, as it was made."""
    return cast("list[Child]", list(parent.findChildren(kind)))


def visible(parent: QObject, kind: type[Shown]) -> Iterator[Shown]:
    """Of those what can be seen now."""
    return (child for child in children(parent, kind) if child.isVisible())


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
