"""A computer of its own, and a file in a shared folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.storage.builders import new_store, project


@pytest.fixture(autouse=True)
def _own_computer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "computer"))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "computer"))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    folder = tmp_path / "共享"
    folder.mkdir()
    new_store(folder / "绩效.jixiao", project()).close()
    return folder / "绩效.jixiao"
