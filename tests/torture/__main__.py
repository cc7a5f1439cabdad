"""Runs the programmes and their controls, prints a table, and merges it into docs/reliability-report.md if asked to.

python -m tests.torture [--long] [--only T1,T5] [--but T11] [--seed N] [--share N] [--lanes N] [--write]
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from random import SystemRandom

from tests.torture.programmes import PROGRAMMES
from tests.torture.report import Result, as_table, write_report
from tests.torture.running import Size, ran

_REPORT = Path(__file__).parent.parent.parent / "docs" / "reliability-report.md"


def main() -> int:
    """Run what is asked for; 1 when anything failed that may not, or a control did not fail."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--long", action="store_true", help="the long size")
    parser.add_argument("--only", default="", help="numbers of programmes, with commas")
    parser.add_argument("--but", default="", help="numbers of programmes to leave out, with commas")
    parser.add_argument("--seed", type=int, default=SystemRandom().randrange(10**9), help="where all chance comes from")
    parser.add_argument("--share", type=int, default=1, help="run one of so many faults of the chosen size")
    parser.add_argument("--lanes", type=int, default=2, help="how much is done at a time")
    parser.add_argument("--write", action="store_true", help="merge into docs/reliability-report.md as it goes")
    asked = parser.parse_args()
    numbers = asked.only.split(",") if asked.only else [programme.number for programme in PROGRAMMES]
    left_out = asked.but.split(",") if asked.but else []
    wanted = [one for one in PROGRAMMES if one.number in numbers and one.number not in left_out]
    if not {*numbers, *left_out} <= {one.number for one in PROGRAMMES}:
        parser.error(f"programmes are {', '.join(programme.number for programme in PROGRAMMES)}")
    sys.stdout.write(f"seed {asked.seed}\n")
    results: list[Result] = []
    for result in ran(wanted, asked.seed, Size(asked.long, asked.share, asked.lanes)):
        results.append(result)
        sys.stdout.write(f"{as_table([result])}\n    {result.tally.facts}\n")
        sys.stdout.flush()
        if asked.write:
            write_report(_REPORT, [result], PROGRAMMES)
    sys.stdout.write(f"\n{as_table(sorted(results, key=lambda one: wanted.index(one.programme)))}\n")
    return int(not all(result.is_good for result in results))


if __name__ == "__main__":
    sys.exit(main())
