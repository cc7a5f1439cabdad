"""The table of what the programmes found, and the report that is kept."""

from __future__ import annotations

import os
import platform
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from tests.torture.tally import Programme, Tally

_HEAD = (
    "| programme | faults | lost | corrupt | other | worst s | peak MB | control |\n|---|---|---|---|---|---|---|---|"
)


@dataclass(frozen=True, slots=True)
class Result:
    """What one programme found, what its control found, and how many seconds both took."""

    programme: Programme
    tally: Tally
    control: Tally
    seconds: float

    @property
    def is_good(self) -> bool:
        """Whether nothing failed that may not, and the control did."""
        return self.tally.failures == 0 and self.control.failures > 0

    def line(self) -> str:
        """The result as a row of the table, with what is needed to see failures again."""
        one, control = self.tally, self.control
        seen = f"fails, {control.failures} of {control.faults}" if control.failures else "**SAW NOTHING**"
        row = (self.programme.number + " " + self.programme.title, one.faults, one.lost, one.corrupt, one.other)
        cells = (*map(str, row), f"{one.worst:.1f}", str(one.peak), seen)
        notes = "".join(f"\n    {note}" for note in one.notes)
        return f"| {' | '.join(cells)} |{notes}"


def as_table(results: Sequence[Result]) -> str:
    """All results as a table, and the failures below it."""
    lines = [result.line().split("\n") for result in results]
    notes = [note for _, *notes in lines for note in notes]
    return "\n".join([_HEAD, *(row for row, *_ in lines), *notes])


def write_report(path: Path, results: Sequence[Result], seed: int) -> None:
    """Write the report with the date and a description of the machine that names nobody's."""
    facts = [
        f"- {result.programme.number}: {', '.join(f'{name} {number}' for name, number in result.tally.facts.items())}"
        for result in results
        if result.tally.facts
    ]
    promises = [f"- {result.programme.number}: {result.programme.promise}" for result in results]
    path.write_text(
        "\n".join(
            [
                "# What the torture programmes found",
                "",
                "Written by `make torture-long`; what the programmes are stands in reliability.md §8. `lost`: said to",
                "be saved and not there. `corrupt`: no longer opens, or says something else without a word. `other`: a",
                "bug, a hang, a file left behind. The control is the same programme against something wrong, and has",
                "to fail. Zero failures in N faults means “fewer than 3/N at 95 %”.",
                "",
                f"{datetime.now(UTC):%Y-%m-%d}, seed {seed}; {_machine()}.",
                "",
                as_table(results),
                "",
                "## What each tries to break",
                "",
                *promises,
                "",
                "## What else was counted",
                "",
                *facts,
                "",
            ]
        ),
        encoding="utf-8",
    )


def _machine() -> str:
    return (
        f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores shared with other work, "
        f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}"
    )
