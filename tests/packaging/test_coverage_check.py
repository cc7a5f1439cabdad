"""Judging what a run of the tests covered."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.packaging.script import PACKAGING, ROOT, script

check = script("coverage_check.py")
WHOLE = {
    "summary": {"covered_lines": 3, "num_statements": 3, "covered_branches": 2, "num_branches": 2},
    "missing_lines": [],
    "missing_branches": [],
}


def gap(lines: list[int], branches: list[list[int]]) -> dict[str, Any]:
    summary = {"covered_lines": 2999, "num_statements": 3000, "covered_branches": 1, "num_branches": 2}
    return {"summary": summary, "missing_lines": lines, "missing_branches": branches}


def measured(**others: dict[str, Any]) -> dict[str, Any]:
    """A run in which every file of the list is covered whole, but for these."""
    files = {pattern.replace("*", "one"): WHOLE for pattern in check.WHOLE}
    return {"files": {**files, **{f"{name.replace('__', '/')}.py": file for name, file in others.items()}}}


def test_that_a_whole_run_has_no_faults_and_a_line_for_each_floor() -> None:
    data = measured(gui__app=gap([7], []))
    assert list(check.faults(data, frozenset())) == []
    assert [line.split()[0] for line in check.report(data)] == ["model", "storage", "gui", "all"]
    assert [line.split()[0] for line in check.report(measured())] == ["model", "storage", "all"]


def test_that_lines_and_branches_nobody_tried_are_listed_with_their_file() -> None:
    data = measured(storage__store__sqlite=gap([63, 80], [[80, 81], [90, 95], [99, -90]]), gui__app=gap([7], []))
    assert list(check.faults(data, frozenset())) == ["storage/store/sqlite.py: not covered: 63, 80, 90→95, 99→exit"]


def test_that_a_file_of_the_waiting_list_may_have_gaps_until_it_has_none() -> None:
    waiting = frozenset({"storage/store/sqlite.py"})
    assert list(check.faults(measured(storage__store__sqlite=gap([63], [])), waiting)) == []
    (fault,) = check.faults(measured(), waiting)
    assert fault == "storage/store/sqlite.py: covered whole by now: take it out of NOT_YET"


@pytest.mark.parametrize("gone", ["storage/store/sqlite.py", "model/edits/one.py"])
def test_that_a_file_that_moved_does_not_leave_the_list_in_silence(gone: str) -> None:
    data = measured()
    del data["files"][gone]
    (fault,) = check.faults(data, frozenset())
    assert fault.endswith(": no such file was measured")
    assert list(check.faults(measured(), frozenset({"model/old.py"}))) == ["model/old.py: in NOT_YET but not measured"]


def test_that_names_with_the_separators_of_windows_are_known_too() -> None:
    data = {"files": {name.replace("/", "\\"): file for name, file in measured()["files"].items()}}
    assert list(check.faults(data, frozenset())) == []


def test_that_no_share_is_rounded_up_to_a_whole() -> None:
    (line,) = (line for line in check.report(measured(gui__app=gap([7], [[7, 8]]))) if line.startswith("gui"))
    assert line == "gui     lines  99.96 % (2999 of 3000)  branches  50.00 % (1 of 2)"


def test_that_the_script_says_it_all_and_fails(tmp_path: Path) -> None:
    (tmp_path / "c.json").write_text(json.dumps(measured(storage__store__journal=gap([1], []))), encoding="utf-8")
    command = [sys.executable, str(PACKAGING / "coverage_check.py"), str(tmp_path / "c.json")]
    done = subprocess.run(command, capture_output=True, timeout=60, check=False, env={"PYTHONUTF8": "1"})
    said = done.stdout.decode("utf-8").splitlines()
    assert done.returncode == 1
    assert "storage/store/journal.py: not covered: 1" in said


def test_that_the_list_names_files_there_are() -> None:
    for pattern in check.WHOLE:
        assert list(ROOT.glob(pattern)), pattern
