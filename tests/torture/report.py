"""The table of what the programmes found, and the report that is kept.

A run of some programmes takes the rows of these only; those of the others stay with the date they were run on.
"""

from __future__ import annotations

import os
import platform
import re
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from tests.torture.tally import Programme, Tally

_HEAD = (
    "| programme | faults | lost | corrupt | other | worst s | peak MB | control | run |\n"
    "|---|---|---|---|---|---|---|---|---|"
)
_INTRODUCTION = """\
# What the torture programmes found

Written by `python -m tests.torture --write`; what the programmes are stands in reliability.md §8. `lost`: said to
be saved and not there. `corrupt`: no longer opens, or says something else without a word. `other`: a
bug, a hang, a file left behind. The control is the same programme against something wrong, and has
to fail. Zero failures in N faults means “fewer than 3/N at 95 %”. `run` is the day, the seed, and the
minutes all its pieces took one after the other; each row is of the last run of that programme.

"""
_PROMISES = "## What each tries to break"
_FACTS = "## What else was counted"
_BY_HAND = "## What these runs found, and what was done about it"
_ROW = re.compile(r"\| ([TR][0-9]+) .*\|")
_LINE = re.compile(r"- ([TR][0-9]+): .*")


@dataclass(slots=True)
class Result:
    """What one programme found, what its control found, and how many seconds all pieces of both took together."""

    programme: Programme
    tally: Tally
    control: Tally
    seed: int
    seconds: float = 0.0

    @property
    def is_good(self) -> bool:
        """Whether nothing failed that may not, and the control did."""
        return self.tally.failures == 0 and self.control.failures > 0

    def row(self) -> str:
        """The result as a row of the table."""
        one, control = self.tally, self.control
        seen = f"fails, {control.failures} of {control.faults}" if control.failures else "**SAW NOTHING**"
        named = f"{self.programme.number} {self.programme.title}"
        when = f"{datetime.now(UTC):%Y-%m-%d}, {self.seed}, {self.seconds / 60:.1f}"
        counts = map(str, (one.faults, one.lost, one.corrupt, one.other))
        return f"| {' | '.join((named, *counts, f'{one.worst:.1f}', str(one.peak), seen, when))} |"

    def facts(self) -> str:
        """What else was counted, as one line."""
        return f"- {self.programme.number}: {', '.join(f'{name} {n}' for name, n in self.tally.facts.items())}"


def as_table(results: Sequence[Result]) -> str:
    """All results as a table, and the failures below it."""
    notes = [f"    {result.programme.number} {note}" for result in results for note in result.tally.notes]
    return "\n".join([_HEAD, *(result.row() for result in results), *notes])


def write_report(path: Path, results: Sequence[Result], programmes: Sequence[Programme]) -> None:
    """Write the report with a description of the machine that names nobody's; what was written by hand stays."""
    old = path.read_text("utf-8") if path.exists() else ""
    kept, _, by_hand = old.partition(_BY_HAND)
    order = [programme.number for programme in programmes]
    rows = _merged(order, _ROW, kept.splitlines(), {one.programme.number: one.row() for one in results})
    new_facts = {one.programme.number: one.facts() if one.tally.facts else "" for one in results}
    facts = _merged(order, _LINE, kept.partition(_FACTS)[2].splitlines(), new_facts)
    promises = [f"- {programme.number}: {programme.promise}" for programme in programmes]
    sections = (
        f"{_INTRODUCTION}{_machine()}.",
        "\n".join((_HEAD, *rows)),
        f"{_PROMISES}\n\n" + "\n".join(promises),
        f"{_FACTS}\n\n" + "\n".join(facts),
        f"{_BY_HAND}{by_hand.rstrip()}",
    )
    path.write_text("\n\n".join(sections) + "\n", encoding="utf-8")


def _merged(order: Sequence[str], shape: re.Pattern[str], old: Iterable[str], new: dict[str, str]) -> list[str]:
    """The lines of this shape, one a programme: the new one where there is one, else the old one."""
    found = {match[1]: match[0] for match in map(shape.fullmatch, old) if match is not None}
    return [line for number in order if (line := (found | new).get(number))]


def _machine() -> str:
    return (
        f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores shared with other work, "
        f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}"
    )
