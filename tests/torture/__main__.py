"""Runs the programmes and their controls, prints a table, and writes it into docs/reliability-report.md if asked to.

python -m tests.torture [--long] [--only T1,T3] [--seed N] [--share N] [--write]
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from random import SystemRandom

from tests.torture.programmes import PROGRAMMES
from tests.torture.report import Result, as_table, write_report
from tests.torture.running import ran


def main() -> int:
    """Run what is asked for; 1 when anything failed that may not, or a control did not fail."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--long", action="store_true", help="the long size")
    parser.add_argument("--only", default="", help="numbers of programmes, with commas")
    parser.add_argument("--seed", type=int, default=SystemRandom().randrange(10**9), help="where all chance comes from")
    parser.add_argument("--share", type=int, default=1, help="run one of so many faults of the chosen size")
    parser.add_argument("--write", action="store_true", help="write docs/reliability-report.md")
    asked = parser.parse_args()
    wanted = [one for one in PROGRAMMES if not asked.only or one.number in asked.only.split(",")]
    sys.stdout.write(f"seed {asked.seed}\n")
    results: list[Result] = []
    for programme in wanted:
        result = ran(programme, asked.seed, is_long=asked.long, share=asked.share)
        results.append(result)
        sys.stdout.write(f"{result.line()}\n    {result.tally.facts}\n")
        sys.stdout.flush()
    sys.stdout.write(f"\n{as_table(results)}\n")
    if asked.write:
        write_report(Path(__file__).parent.parent.parent / "docs" / "reliability-report.md", results, asked.seed)
    return int(not all(result.is_good for result in results))


if __name__ == "__main__":
    sys.exit(main())
