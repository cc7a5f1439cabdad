"""What is to be known of a form stands in model/forms and model/catalogue; elsewhere nobody keeps a table of forms."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
WORDS_OF_SEVERITIES = "model/labels.py"
KEYED = {"Form", "Severity"}
RECORDS = {"Declaration", "Evaluation"}
# It can only shrink: a form that is asked for by name outside its own files is one more place a third would touch.
BRANCHING_MODULES = 21


def trees() -> Iterator[tuple[str, ast.Module]]:
    for floor in ("model", "storage", "gui"):
        for path in sorted((ROOT / floor).rglob("*.py")):
            yield path.relative_to(ROOT).as_posix(), ast.parse(path.read_text(encoding="utf-8"))


def is_keyed(node: ast.AST) -> bool:
    return isinstance(node, ast.Dict) and any(
        isinstance(key, ast.Attribute) and isinstance(key.value, ast.Name) and key.value.id in KEYED
        for key in node.keys
    )


def test_that_nobody_keeps_a_second_table_by_form_or_severity() -> None:
    tables = [name for name, tree in trees() for node in ast.walk(tree) if is_keyed(node)]
    assert set(tables) == {WORDS_OF_SEVERITIES}


def compared(node: ast.AST) -> list[ast.expr]:
    """What a comparison or an isinstance asks for."""
    match node:
        case ast.Compare(left=left, comparators=others):
            return [left, *others]
        case ast.Call(func=ast.Name(id="isinstance"), args=[_, kinds]):
            return [one for one in ast.walk(kinds) if isinstance(one, ast.expr)]
        case _:
            return []


def asks_for_a_form(node: ast.AST) -> bool:
    return any(
        (isinstance(one, ast.Attribute) and isinstance(one.value, ast.Name) and one.value.id == "Form")
        or (isinstance(one, ast.Name) and one.id in RECORDS)
        for one in compared(node)
    )


def test_that_no_more_modules_branch_on_the_form_than_did() -> None:
    branching = {name for name, tree in trees() if any(asks_for_a_form(node) for node in ast.walk(tree))}
    assert len(branching) <= BRANCHING_MODULES, sorted(branching)
