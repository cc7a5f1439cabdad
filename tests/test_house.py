"""The house itself: what must and must not lie where."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
LOCKS = sorted((ROOT / "packaging").glob("*.lock"))


def test_that_packaging_is_no_python_package_because_it_would_shadow_the_one_pyinstaller_imports() -> None:
    assert not (ROOT / "packaging" / "__init__.py").exists()


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_that_a_lock_file_pins_every_package_with_a_hash_and_names_no_index(lock: Path) -> None:
    text = lock.read_text(encoding="utf-8")
    pinned = re.findall(r"^\S+==\S+ .*\\$", text, re.MULTILINE)
    requirements = [line for line in text.splitlines() if re.match(r"[A-Za-z]", line)]
    assert pinned
    assert len(pinned) == len(requirements)
    assert "--hash=sha256:" in text
    assert not re.search(r"https?://|file:|--(extra-)?index-url|--find-links", text)


def test_that_the_lock_holds_the_versions_the_project_names() -> None:
    lock = (ROOT / "packaging" / "requirements.lock").read_text(encoding="utf-8").lower()
    named = re.findall(r'"([A-Za-z0-9-]+==[\d.]+)"', (ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert named
    for requirement in named:
        assert requirement.lower() in lock


@pytest.mark.parametrize("folder", ["model", "storage", "gui"])
def test_that_no_file_is_a_place_for_odds_and_ends(folder: str) -> None:
    assert not {path.stem for path in (ROOT / folder).rglob("*.py")} & {"utils", "helpers", "manager", "common", "misc"}


def test_that_neither_model_nor_storage_calculates_in_floating_point() -> None:
    for path in [*(ROOT / "model").rglob("*.py"), *(ROOT / "storage").rglob("*.py")]:
        code = path.read_text(encoding="utf-8")
        assert not re.search(
            r"\bfloat\(|: float\b|-> float\b|(?<![\w.'\"])\d+\.\d+(?![\w.'\"])", _without_strings(code)
        ), path


def _without_strings(code: str) -> str:
    code = re.sub(r'"""[\s\S]*?"""', "", code)
    code = re.sub(r"#.*", "", code)
    return re.sub(r"\"[^\"\n]*\"|'[^'\n]*'", '""', code)


def test_that_the_words_for_a_form_and_a_severity_stand_in_one_table() -> None:
    for path in (path for folder in ("model", "storage", "gui") for path in sorted((ROOT / folder).rglob("*.py"))):
        if path == ROOT / "model" / "labels.py":
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Dict):
                owners = {ast.unparse(key).split(".")[0] for key in node.keys if isinstance(key, ast.Attribute)}
                says_words = all(isinstance(value, ast.Constant) for value in node.values)
                assert not (says_words and owners & {"Form", "Severity"}), f"{path}:{node.lineno}"
