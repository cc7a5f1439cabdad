"""A tree model that follows what should be there row by row: rows come, go and move, and nothing is ever reset.

Every row has a key. Rows that keep their key keep their selection, their expansion and the editor on them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from typing import Generic, TypeVar

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex

AnyIndex = QModelIndex | QPersistentModelIndex
Key = tuple[str, ...]

View = TypeVar("View")


class Node(Generic[View]):
    """One row that is there, with what it shows. ``number`` stands for it in model indexes and is never used twice."""

    __slots__ = ("children", "key", "number", "parent", "view")

    def __init__(self, number: int, key: Key, parent: Node[View] | None) -> None:
        self.number = number
        self.key = key
        self.parent = parent
        self.children: list[Node[View]] = []
        self.view: View | None = None

    @property
    def row(self) -> int:
        """The position among its siblings; 0 for the root."""
        return self.parent.children.index(self) if self.parent is not None else 0

    def walk(self) -> Iterator[Node[View]]:
        """Every node below this one, from top to bottom."""
        for child in self.children:
            yield child
            yield from child.walk()


@dataclass
class Wanted:
    """One row that should be there, with those below it."""

    key: Key
    children: list[Wanted] = field(default_factory=list)

    def walk(self) -> Iterator[Wanted]:
        """Every wanted row below this one."""
        for child in self.children:
            yield child
            yield from child.walk()


class KeyedTreeModel(QAbstractItemModel, Generic[View]):
    """The rows and how they change; what they say is the subclass's."""

    def __init__(self, columns: int, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._column_count = columns
        self._numbers = count(1)
        self._root: Node[View] = Node(0, (), None)
        self._nodes: dict[int, Node[View]] = {0: self._root}
        self._by_key: dict[Key, Node[View]] = {}

    # Qt's side

    def index(self, row: int, column: int, parent: AnyIndex = QModelIndex()) -> QModelIndex:  # noqa: B008 Qt's signature
        """The index of a cell, as Qt asks for it."""
        children = self._node(parent).children if parent.column() <= 0 else []
        if 0 <= row < len(children) and 0 <= column < self._column_count:
            return self.createIndex(row, column, children[row].number)
        return QModelIndex()

    def parent(self, index: AnyIndex) -> QModelIndex:  # type: ignore[override] # QObject.parent() is the other one
        """The row that holds a row."""
        node = self._node(index).parent
        return self._index(node) if node is not None else QModelIndex()

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008 Qt's signature
        """How many rows a row holds."""
        return len(self._node(parent).children) if parent.column() <= 0 else 0

    def columnCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008 Qt's signature
        """How many columns every row has."""
        return self._column_count

    # Rows

    def replace_rows(self, wanted: Wanted) -> None:
        """Forget every row and start with these. To be called between beginResetModel and endResetModel."""
        self._root.children.clear()
        self._nodes = {0: self._root}
        self._by_key = {}
        self._grow(self._root, wanted)

    def follow(self, wanted: Wanted) -> None:
        """Bring the rows there are to those that should be, telling the views every step."""
        keys = {row.key for row in wanted.walk()}
        self._remove_vanished(self._root, keys)
        self._arrange(self._root, wanted)
        self._remove_surplus(self._root, wanted)

    def _grow(self, parent: Node[View], wanted: Wanted) -> None:
        for child in wanted.children:
            node = self._new_node(child.key, parent)
            parent.children.append(node)
            self._grow(node, child)

    def _remove_vanished(self, parent: Node[View], keys: set[Key]) -> None:
        """Remove rows with all below them where none of it is wanted; others may still give up their children."""
        for row in reversed(range(len(parent.children))):
            child = parent.children[row]
            self._remove_vanished(child, keys)
            if not child.children and child.key not in keys:
                self._remove(parent, row)

    def _arrange(self, parent: Node[View], wanted: Wanted) -> None:
        """Bring the wanted children of one row to its front, in order; what is not wanted drifts to its end."""
        for row, child in enumerate(wanted.children):
            node = self._by_key.get(child.key)
            if node is None:
                self.beginInsertRows(self._index(parent), row, row)
                node = self._new_node(child.key, parent)
                parent.children.insert(row, node)
                self.endInsertRows()
            elif row >= len(parent.children) or parent.children[row] is not node:
                self._move(node, parent, row)
            self._arrange(node, child)

    def _move(self, node: Node[View], target: Node[View], row: int) -> None:
        source = node.parent
        assert source is not None
        old = node.row
        self.beginMoveRows(self._index(source), old, old, self._index(target), row)
        source.children.pop(old)
        target.children.insert(row, node)
        node.parent = target
        self.endMoveRows()

    def _remove_surplus(self, parent: Node[View], wanted: Wanted) -> None:
        for row in reversed(range(len(wanted.children), len(parent.children))):
            self._remove(parent, row)
        for child, below in zip(parent.children, wanted.children, strict=True):
            self._remove_surplus(child, below)

    def _remove(self, parent: Node[View], row: int) -> None:
        self.beginRemoveRows(self._index(parent), row, row)
        node = parent.children.pop(row)
        for gone in (node, *node.walk()):
            del self._nodes[gone.number]
            del self._by_key[gone.key]
        self.endRemoveRows()

    # Nodes

    def _new_node(self, key: Key, parent: Node[View]) -> Node[View]:
        node: Node[View] = Node(next(self._numbers), key, parent)
        self._nodes[node.number] = node
        self._by_key[key] = node
        return node

    def _node(self, index: AnyIndex) -> Node[View]:
        """The node of an index; the root for no row, also for an index of a row that is gone."""
        return self._nodes.get(index.internalId(), self._root) if index.isValid() else self._root

    def _index(self, node: Node[View], column: int = 0) -> QModelIndex:
        if node is self._root:
            return QModelIndex()
        return self.createIndex(node.row, column, node.number)
