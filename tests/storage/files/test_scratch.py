"""Temporary files of a run lie in a folder of its own, which goes with it, or at the next start after a kill."""

from __future__ import annotations

import os
import signal
import tempfile
from pathlib import Path

import pytest

from storage.files.scratch import clean, scratch
from tests.storage.builders import die, in_child, needs_fork


@pytest.fixture(autouse=True)
def usual(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where temporary files of this test lie."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def test_that_what_libraries_write_lies_in_it_for_the_owner_alone_and_goes(usual: Path) -> None:
    with scratch():
        file = Path(tempfile.mkstemp()[1])
        assert file.parent.parent == usual
        assert file.parent.stat().st_mode & 0o077 == 0 or os.name != "posix"
    assert list(usual.iterdir()) == []
    assert tempfile.gettempdir() == str(usual)


@needs_fork
def test_that_the_next_start_takes_away_what_a_killed_run_left_and_nothing_else(usual: Path) -> None:
    def begin() -> None:
        with scratch():
            tempfile.mkstemp()
            die()

    assert in_child(begin) == -signal.SIGKILL
    (usual / "anderes").mkdir()
    (left,) = usual.glob("jixiao-run-*")
    assert list(left.iterdir())
    with scratch():
        clean(usual)
        assert not left.exists()
        assert len(list(usual.glob("jixiao-run-*"))) == 1
    assert [path.name for path in usual.iterdir()] == ["anderes"]


def test_that_a_run_without_a_place_for_temporary_files_runs(usual: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(**_: object) -> str:
        raise OSError

    monkeypatch.setattr(tempfile, "mkdtemp", full)
    with scratch():
        assert tempfile.gettempdir() == str(usual)
