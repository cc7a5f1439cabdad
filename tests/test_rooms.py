"""The rooms: nothing goes in a circle, neither modules nor rooms, also not for the type checker alone."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
FLOORS = ("model", "storage", "gui")
Graph = Mapping[str, frozenset[str]]

# Rooms whose modules lead back to each other for the type checker; one that no longer does has to leave this list.
NOT_YET = {"gui.table"}


@cache
def modules() -> Graph:
    """Every module of the program with those it imports anywhere: at its head, in a function, for types only."""
    paths = {name_of(path): path for floor in FLOORS for path in sorted((ROOT / floor).rglob("*.py"))}
    return {name: frozenset(imported(path, paths)) - {name} for name, path in paths.items()}


def name_of(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def imported(path: Path, known: Mapping[str, Path]) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                full = f"{node.module}.{alias.name}"
                yield from (name for name in (full if full in known else node.module,) if name in known)
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in known)


def room_of(module: str) -> str:
    """A folder of a floor, or a module that lies beside the folders."""
    return ".".join(module.split(".")[:2])


def rooms() -> Graph:
    arrows: dict[str, set[str]] = {}
    for module, others in modules().items():
        arrows.setdefault(room_of(module), set()).update(room_of(other) for other in others)
    return {room: frozenset(others - {room, *FLOORS}) for room, others in arrows.items() if room not in FLOORS}


def circles(graph: Graph) -> list[list[str]]:
    """Every set of nodes that all lead to each other (Tarjan's strong components of more than one node)."""
    number: dict[str, int] = {}
    lowest: dict[str, int] = {}
    stack: list[str] = []
    found: list[list[str]] = []

    def visit(node: str) -> None:
        number[node] = lowest[node] = len(number)
        stack.append(node)
        for other in sorted(graph.get(node, ())):
            if other not in number:
                visit(other)
            if other in stack:
                lowest[node] = min(lowest[node], lowest[other])
        if lowest[node] == number[node]:
            place = stack.index(node)
            if len(stack) - place > 1:
                found.append(sorted(stack[place:]))
            del stack[place:]

    for node in sorted(graph):
        if node not in number:
            visit(node)
    return found


def of(*arrows: str) -> Graph:
    ends: Iterable[tuple[str, str]] = ((arrow[0], arrow[1]) for arrow in arrows)
    graph: dict[str, set[str]] = {}
    for start, end in ends:
        graph.setdefault(start, set()).add(end)
        graph.setdefault(end, set())
    return {node: frozenset(others) for node, others in graph.items()}


def test_that_no_module_leads_back_to_itself() -> None:
    found = circles(modules())
    assert [circle for circle in found if not {room_of(module) for module in circle} <= NOT_YET] == []
    assert {room_of(module) for circle in found for module in circle} == NOT_YET


def test_that_no_room_leads_back_to_itself() -> None:
    assert circles(rooms()) == []


@pytest.mark.parametrize(
    ("graph", "found"),
    [
        (of("ab", "bc", "ac"), []),
        (of("ab", "ba"), [["a", "b"]]),
        (of("ab", "bc", "ca", "cd"), [["a", "b", "c"]]),
        (of("ab", "ba", "bc", "cd", "dc"), [["c", "d"], ["a", "b"]]),
    ],
)
def test_that_circles_are_seen(graph: Graph, found: list[list[str]]) -> None:
    assert circles(graph) == found


def test_that_imports_for_types_and_in_functions_count() -> None:
    assert "storage.store.summaries" in modules()["gui.document.document"]
    assert "gui.settings.dialog" in modules()["gui.settings.verbs"]


def test_that_the_map_of_the_architecture_is_the_folders() -> None:
    document = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    for floor in FLOORS:
        section = document.partition(f"\n### `{floor}/`")[2].partition("\n#")[0]
        cells = re.findall(r"^\|(.+?)\|", section, re.MULTILINE)
        described = sorted(name for cell in cells for name in re.findall(r"`(\w+)/?`", cell))
        assert described == sorted(room.partition(".")[2] for room in rooms() if room.startswith(f"{floor}."))


def test_that_every_file_the_architecture_names_is_there() -> None:
    document = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    named = re.findall(r"`((?:model|storage|gui|tests|docs|resources|packaging)/[\w./-]*)`", document)
    assert named
    assert [name for name in named if not (ROOT / name).exists()] == []
