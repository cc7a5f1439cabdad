"""Stores and files the tests of storage begin with."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from storage.store.sqlite import Store
from storage.verbs import parse, run


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An empty open store."""
    with Store.create(tmp_path / "绩效.jixiao") as opened:
        yield opened


@pytest.fixture
def forms_file(tmp_path: Path) -> Callable[..., Path]:
    """Makes a jixiao-forms/1 file of these forms."""

    def make(*forms: Any, name: str = "forms.json", **head: Any) -> Path:
        path = tmp_path / name
        document = {"format": "jixiao-forms/1", "forms": list(forms), **head}
        path.write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")
        return path

    return make


@pytest.fixture
def verb(capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    """Runs one verb in this process: its exit code, what it wrote to stdout and to stderr."""

    def run_verb(name: str, *arguments: object) -> tuple[int, str, str]:
        capsys.readouterr()
        try:
            code = run(parse(name, [str(argument) for argument in arguments]))
        except SystemExit as left:
            code = int(left.code or 0)
        out, err = capsys.readouterr()
        return code, out, err

    return run_verb
