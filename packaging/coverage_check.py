"""Prints the branch coverage of a run of the tests and fails where files that have to be covered whole are not.

coverage_check.py build/coverage.json     what pytest --cov --cov-report=json:… wrote (make covered, make coverage)
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path, PurePath
from typing import Any

FLOORS = ("model", "storage", "gui")

# Where a branch nobody tried may cost somebody's figures or file (CONTRIBUTING.md).
WHOLE = (
    "model/changes.py",
    "model/edits/*.py",
    "model/quantity/*.py",
    "model/scoring/*.py",
    "storage/files/atomic.py",
    "storage/store/backups.py",
    "storage/store/effects.py",
    "storage/store/journal*.py",
    "storage/store/mapping.py",
    "storage/store/marking.py",
    "storage/store/sqlite.py",
)

# Files of those that are not whole yet; one that is by now has to leave this list, so that it can only shrink.
NOT_YET: frozenset[str] = frozenset()

Files = dict[str, dict[str, Any]]


def report(data: Any) -> Iterator[str]:
    """A line for each floor that was measured and one for all."""
    files: Files = data["files"]
    for floor in FLOORS:
        summaries = [file["summary"] for name, file in files.items() if _posix(name).startswith(f"{floor}/")]
        if summaries:
            yield _shares(floor, summaries)
    yield _shares("all", [file["summary"] for file in files.values()])


def faults(data: Any, not_yet: frozenset[str] = NOT_YET) -> Iterator[str]:
    """What keeps the run from passing, a line each."""
    files = {_posix(name): file for name, file in data["files"].items()}
    for pattern in WHOLE:
        found = [name for name in files if PurePath(name).match(pattern)]
        if not found:
            yield f"{pattern}: no such file was measured"
        for name in sorted(found):
            gap = _gap(files[name])
            if gap and name not in not_yet:
                yield f"{name}: not covered: {gap}"
            elif not gap and name in not_yet:
                yield f"{name}: covered whole by now: take it out of NOT_YET"
    yield from (f"{name}: in NOT_YET but not measured" for name in sorted(not_yet - files.keys()))


def _posix(name: str) -> str:
    return PurePath(name.replace("\\", "/")).as_posix()


def _shares(name: str, summaries: list[dict[str, int]]) -> str:
    lines, branches = (
        (sum(each[f"covered_{kind}"] for each in summaries), sum(each[f"num_{total}"] for each in summaries))
        for kind, total in (("lines", "statements"), ("branches", "branches"))
    )
    return f"{name:8}lines {_percent(*lines)}  branches {_percent(*branches)}"


def _percent(covered: int, total: int) -> str:
    """Hundredths are cut off, never rounded up to a whole that is none."""
    share = covered * 10_000 // total if total else 10_000
    return f"{share // 100:3}.{share % 100:02} % ({covered} of {total})"


def _gap(file: dict[str, Any]) -> str:
    lines = [str(line) for line in file["missing_lines"]]
    branches = [
        f"{source}→{'exit' if target < 0 else target}"
        for source, target in file["missing_branches"]
        if source not in file["missing_lines"]
    ]
    return ", ".join(lines + branches)


def main(path: Path) -> int:
    """Print everything; 1 when the run does not pass."""
    data = json.loads(path.read_text(encoding="utf-8"))
    print("\n".join(report(data)))
    found = list(faults(data))
    for fault in found:
        print(fault)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
