"""Loads a script of packaging/, which is no Python package (it would shadow the one PyInstaller imports)."""

from __future__ import annotations

from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).parents[2]
PACKAGING = ROOT / "packaging"


def script(path: str) -> ModuleType:
    """The module in a file below packaging/."""
    found = spec_from_file_location(Path(path).stem, PACKAGING / path)
    assert found is not None
    assert found.loader is not None
    module = module_from_spec(found)
    found.loader.exec_module(module)
    return module


def text_of(path: str) -> str:
    """A file of the project as text."""
    return (ROOT / path).read_text(encoding="utf-8")
