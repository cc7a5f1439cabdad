"""Changes the program in small ways and looks whether the tests notice.

python -m tests.mutants [--sample N] [--seed N] [--only AREA,AREA] [--again] [--new-map] [--write]

What was tried is kept under build/mutants, so that the same sample goes on where it was left.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator
from random import SystemRandom

from tests.mutants.areas import AREAS
from tests.mutants.mutant import Mutant
from tests.mutants.report import as_table, outdated, unjudged, write_report
from tests.mutants.results import Result, Results
from tests.mutants.sample import sample
from tests.mutants.touched import forget_map, read_map
from tests.mutants.trying import Verdict, prepare, try_out

_NICE = 10


def main() -> int:
    """Try a sample; 1 when a mutant survived that nobody has judged."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sample", type=int, default=60, help="how many mutants, the same number of each area")
    parser.add_argument("--seed", type=int, default=SystemRandom().randrange(10**6), help="which ones")
    parser.add_argument("--only", default=",".join(AREAS), help="areas, with commas")
    parser.add_argument("--again", action="store_true", help="try those again that survived and are not judged")
    parser.add_argument("--new-map", action="store_true", help="see anew which test executes what")
    parser.add_argument("--write", action="store_true", help="write docs/mutation-report.md")
    asked = parser.parse_args()
    os.nice(_NICE)
    sys.stdout.write(f"seed {asked.seed}\n")
    if asked.new_map:
        forget_map()
    chosen = list(sample(asked.only.split(","), asked.sample, asked.seed))
    results = Results()
    for tried in _tried(chosen, results, again=asked.again):
        sys.stdout.write(f"{tried.told()}\n")
        sys.stdout.flush()
    found = [result for _, mutant in chosen if (result := results.get(mutant)) is not None]
    sys.stdout.write(f"\n{as_table(found)}\n")
    for gone in outdated():
        sys.stdout.write(f"judged, and no longer a change that can be made: {gone}\n")
    if asked.write:
        write_report(found, asked.seed, len(chosen))
    return int(bool(unjudged(found)))


def _tried(chosen: list[tuple[str, Mutant]], results: Results, *, again: bool) -> Iterator[Result]:
    waiting = [
        (area, mutant)
        for area, mutant in chosen
        if (known := results.get(mutant)) is None or (again and unjudged([known]))
    ]
    touched = read_map()
    prepare()
    for path in {area: mutant.path for area, mutant in waiting}.values():
        trial = try_out(None, path, touched)
        if trial.verdict is Verdict.KILLED:
            raise SystemExit(f"control: {path} as it stands does not pass here: {trial.by}")
    for area, mutant in waiting:
        yield results.keep(area, mutant, try_out(mutant, mutant.path, touched))


if __name__ == "__main__":
    sys.exit(main())
