from __future__ import annotations

import os

import pytest

from storage.files.running import is_running
from tests.storage.builders import needs_fork


def test_that_this_process_runs_and_none_has_no_number() -> None:
    assert is_running(os.getpid())
    assert not is_running(0)
    assert not is_running(-1)


@needs_fork
def test_that_one_that_ended_runs_no_more() -> None:
    child = os.fork()
    if child == 0:
        os._exit(0)
    os.waitpid(child, 0)
    assert not is_running(child)


def test_that_one_that_may_not_be_asked_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_pid: int, _signal: int) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "kill", refuse)
    assert is_running(1)
