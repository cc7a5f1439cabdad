"""One way to edit: changes are made where intentions live, and no intention guesses the settings."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest

from model.changes import Change

ROOT = Path(__file__).parent.parent
SOURCES = sorted(path for floor in ("model", "storage", "gui") for path in (ROOT / floor).rglob("*.py"))

CHANGES = {kind.__name__ for kind in get_args(Change)}
MAY_MAKE_CHANGES = ("model/edits/", "model/changes.py", "storage/importing/plan.py", "storage/store/journal_codec.py")

SETTINGS = {"Settings", "ScoringProfile", "Thresholds"}
MAY_ASSUME_SETTINGS = {
    "model/settings.py": "says what the defaults are",
    "gui/document/document.py": "no store is open",
    "gui/document/on_screen.py": "no store is open",
    "storage/importing/plan.py": "the store is still to be made",
    "storage/verbs/read_verb.py": "a value is read without a store",
}


def changes_made(code: str) -> Iterator[str]:
    """Every call that makes a change, also under another name, by the kind of change and its line."""
    tree = ast.parse(code)
    names = {name: name for name in CHANGES}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module == "model.changes":
            names |= {alias.asname or alias.name: alias.name for alias in node.names if alias.name in CHANGES}
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if called in names:
                yield f"{names[called]} in line {node.lineno}"


def settings_by_default(code: str) -> Iterator[str]:
    """Every parameter that is a set of settings and has a default, with its line."""
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            arguments = node.args
            given = [*arguments.posonlyargs, *arguments.args]
            by_name = zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True)
            with_default = given[len(given) - len(arguments.defaults) :]
            with_default += [argument for argument, value in by_name if value is not None]
            for argument in with_default:
                words = ast.unparse(argument.annotation) if argument.annotation is not None else argument.arg.title()
                if SETTINGS & set(words.replace("|", " ").replace("[", " ").replace("]", " ").split()):
                    yield f"{argument.arg} in line {argument.lineno}"


def settings_assumed(code: str) -> Iterator[str]:
    """Every place that takes the default settings instead of those of a store."""
    for node in ast.walk(ast.parse(code)):
        match node:
            case ast.Call(func=ast.Name(id="Settings"), args=[], keywords=[]):
                yield f"line {node.lineno}"


def test_that_changes_are_made_by_intentions_and_importing_only() -> None:
    offenders = {}
    for path in SOURCES:
        place = path.relative_to(ROOT).as_posix()
        made = list(changes_made(path.read_text(encoding="utf-8")))
        if made and not place.startswith(MAY_MAKE_CHANGES):
            offenders[place] = made
    assert offenders == {}


def test_that_no_signature_takes_settings_by_default() -> None:
    found = {path: list(settings_by_default(path.read_text(encoding="utf-8"))) for path in SOURCES}
    assert {path.relative_to(ROOT).as_posix(): names for path, names in found.items() if names} == {}


def test_that_default_settings_are_assumed_only_where_there_is_no_store() -> None:
    found = {path.relative_to(ROOT).as_posix() for path in SOURCES if any(settings_assumed(path.read_text("utf-8")))}
    assert found == set(MAY_ASSUME_SETTINGS)


@pytest.mark.parametrize(
    ("code", "made"),
    [
        ("from model.changes import SetField\nSetField('p')", ["SetField in line 2"]),
        ("from model.changes import AddForm as Start\nStart('p')", ["AddForm in line 2"]),
        ("from model import changes\nchanges.RemoveProject(project)", ["RemoveProject in line 2"]),
        ("match change:\n    case SetField(part=part):\n        pass", ["none"]),
        ("isinstance(change, SetField)", ["none"]),
    ],
)
def test_that_the_contract_sees_a_change_under_any_name_and_no_pattern(code: str, made: list[str]) -> None:
    assert (list(changes_made(code)) or ["none"]) == made


@pytest.mark.parametrize(
    "code",
    [
        "def edit(project, settings: Settings = DEFAULT): ...",
        "def edit(project, *, settings: Settings | None = None): ...",
        "def edit(project, profile: ScoringProfile = ScoringProfile()): ...",
        "edit = lambda project, settings=DEFAULT: ()",
    ],
)
def test_that_the_contract_sees_settings_taken_by_default(code: str) -> None:
    assert len(list(settings_by_default(code))) == 1


@pytest.mark.parametrize(
    "code",
    ["def edit(project, settings: Settings): ...", "def edit(settings: Settings, *, year: int = 0): ..."],
)
def test_that_the_contract_lets_settings_pass_that_have_to_be_given(code: str) -> None:
    assert list(settings_by_default(code)) == []
