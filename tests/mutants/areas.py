"""What is mutated: the code where a fault may cost somebody's figures or file, and the tests that lie beside it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType

ROOT = Path(__file__).parent.parent.parent
BUILD = ROOT / "build" / "mutants"

AREAS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "changes": ("model/changes.py",),
        "edits": ("model/edits/*.py",),
        "journal": ("storage/store/journal*.py",),
        "mapping": ("storage/store/mapping.py", "storage/store/tables.py"),
        "scoring": ("model/scoring/*.py",),
        "quantity": ("model/quantity/*.py",),
    }
)
"""Name of an area → its files."""

TESTED_BY = ("tests/model", *(f"tests/storage/{room}" for room in ("store", "interchange", "importing", "verbs")))
"""The tests that may kill a mutant; those of the window and of printed files are slow judges of a figure."""


def files_of(area: str) -> Iterator[str]:
    """The files of an area as paths from the root, in the order of their names."""
    for pattern in AREAS[area]:
        yield from (path.relative_to(ROOT).as_posix() for path in sorted(ROOT.glob(pattern)))


def module_named(path: str) -> str:
    """The name under which a file is imported."""
    return path.removesuffix(".py").replace("/", ".").removesuffix(".__init__")


def lies_beside(test: str, path: str) -> bool:
    """Whether a test stands where a stranger would look for one of this file."""
    folder, _, name = path.removesuffix(".py").rpartition("/")
    where = test.partition("::")[0]
    return where.startswith(f"tests/{folder}/") and (folder.count("/") > 0 or where.endswith(f"test_{name}.py"))


def is_named(test: str, path: str) -> bool:
    """Whether a test stands in a file that has the name of this one in its own."""
    return path.removesuffix(".py").rpartition("/")[2] in test.partition("::")[0].rpartition("/")[2]
