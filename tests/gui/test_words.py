"""One word a thing: what the window says for adding, warning and removing is said with one word everywhere."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from gui.desk.theme import RESOURCES

GUI = RESOURCES.parent / "gui"
INSTEAD = {
    "新增": "添加",
    "增加": "添加",
    "告警": "警告",
    "警示": "警告",
    "提醒": "警告 or 提示",
    "移除": "删除",
}


def texts(path: Path) -> Iterator[str]:
    """The texts of a module that are no documentation."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    documents = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documents:
            yield node.value


def test_that_one_thing_has_one_word_in_the_window() -> None:
    found = [
        f"{path.relative_to(GUI)}: {text!r} says {word}, everywhere else it is {wanted}"
        for path in sorted(GUI.rglob("*.py"))
        for text in texts(path)
        for word, wanted in INSTEAD.items()
        if word in text
    ]
    assert found == []
