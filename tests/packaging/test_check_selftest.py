"""Judging the report of a frozen program's self-test."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.packaging.script import PACKAGING

GOOD: dict[str, Any] = {
    "ok": True,
    "frozen": True,
    "version": "1.2.3",
    "platform": "offscreen",
    "steps": ["新建项目", "导出并核对"],
    "pictures": ["自评.png"],
    "sqlite": "3.40.1",
    "is_defused": True,
    "pragmas": {
        "journal_mode": "truncate",
        "synchronous": 2,
        "locking_mode": "exclusive",
        "foreign_keys": 1,
        "trusted_schema": 0,
        "cell_size_check": 1,
    },
}


def judge(folder: Path, report: dict[str, Any] | None, picture: str = "自评.png") -> tuple[int, str]:
    """Exit code and words of the script on a folder with this report."""
    if report is not None:
        (folder / "selftest.json").write_text(json.dumps(report), encoding="utf-8")
        (folder / picture).write_bytes(b"png")
    command = [sys.executable, str(PACKAGING / "check_selftest.py"), str(folder), "1.2.3"]
    done = subprocess.run(command, capture_output=True, timeout=60, check=False, env={"PYTHONUTF8": "1"})
    return done.returncode, done.stdout.decode("utf-8")


def test_that_a_good_report_passes_with_its_figures(tmp_path: Path) -> None:
    code, said = judge(tmp_path, GOOD)
    assert code == 0
    assert said == "  2 steps passed; platform offscreen, sqlite 3.40.1\n"


@pytest.mark.parametrize(
    ("difference", "complaint"),
    [
        ({"ok": False, "error": "WrongError: 甲", "trace": "Traceback 乙"}, "the self-test failed: WrongError: 甲"),
        ({"ok": False}, "the self-test failed: no Chinese texts of Qt"),
        ({"frozen": False}, "this is not the frozen program"),
        ({"version": "1.2.2"}, "this is version 1.2.2, not 1.2.3"),
        ({"pictures": ["申报.png"]}, "申报.png is missing"),
        ({"pragmas": GOOD["pragmas"] | {"synchronous": 1}}, "the pragma synchronous is 1, not 2"),
        ({"pragmas": {}}, "the pragma journal_mode is None, not 'truncate'"),
        ({"sqlite": "3.36.0"}, "SQLite is 3.36.0, which is too old"),
        ({"is_defused": False}, "workbooks are not read by defusedxml"),
    ],
)
def test_that_a_report_that_is_not_good_is_refused_and_says_why(
    tmp_path: Path, difference: dict[str, Any], complaint: str
) -> None:
    code, said = judge(tmp_path, GOOD | difference)
    assert code == 1
    assert f"FAILED: {complaint}\n" in said
    assert str(difference.get("trace", "")) in said


def test_that_a_missing_report_is_refused(tmp_path: Path) -> None:
    code, said = judge(tmp_path, None)
    assert code == 1
    assert said.startswith("FAILED: the self-test left no report")
