"""Reads the report of a frozen program's self-test and says whether it may ship.

    python check_selftest.py FOLDER VERSION

Exit code 1 when the report is missing, not of a frozen program of this version, or not good.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

SHOWN = ("platform", "qt", "python", "sqlite", "window_ms", "total_score")


# what reliability.md §1 decides (D1, D2, D4), and the first SQLite that knows STRICT tables
PRAGMAS = {
    "journal_mode": "truncate",
    "synchronous": 2,
    "locking_mode": "exclusive",
    "foreign_keys": 1,
    "trusted_schema": 0,
    "cell_size_check": 1,
}
OLDEST_SQLITE = (3, 37, 0)


def guard_complaints(report: dict[str, Any]) -> list[str]:
    """What is not as decided of how a program keeps its file, and reads those of others."""
    pragmas = report.get("pragmas", {})
    found = [
        f"the pragma {name} is {pragmas.get(name)!r}, not {wanted!r}"
        for name, wanted in PRAGMAS.items()
        if pragmas.get(name) != wanted
    ]
    if tuple(map(int, report.get("sqlite", "0").split("."))) < OLDEST_SQLITE:
        found.append(f"SQLite is {report.get('sqlite')}, which is too old")
    if not report.get("is_defused"):
        found.append("workbooks are not read by defusedxml")
    return found


def complaints(report: dict[str, Any], version: str) -> list[str]:
    """What keeps a frozen program with this report from shipping."""
    found = []
    if not report.get("ok"):
        found.append(f"the self-test failed: {report.get('error', 'no Chinese texts of Qt')}")
    if not report.get("frozen"):
        found.append("this is not the frozen program")
    if report.get("version") != version:
        found.append(f"this is version {report.get('version')}, not {version}")
    return found + guard_complaints(report)


def main() -> int:
    """Check the folder given on the command line."""
    folder, version = Path(sys.argv[1]), sys.argv[2]
    try:
        report = json.loads((folder / "selftest.json").read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        print(f"FAILED: the self-test left no report: {error}")
        return 1
    found = complaints(report, version)
    found += [f"{name} is missing" for name in report.get("pictures", []) if not (folder / name).is_file()]
    for line in found:
        print(f"FAILED: {line}")
    if report.get("trace"):
        print(report["trace"])
    figures = ", ".join(f"{name} {report[name]}" for name in SHOWN if name in report)
    print(f"  {len(report.get('steps', []))} steps passed; {figures}")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
