"""Every finding on the forms of other regions (A01 … D10), and how each was judged.

``python -m tests.model.rules.field_findings`` prints the table anew, with ``?`` where a finding has no judgement yet.
"""

from __future__ import annotations

import sys
from functools import cache, partial
from itertools import count
from pathlib import Path

from model.checking import check, json_path
from model.rules import Context
from model.settings import Settings
from storage.interchange import read_forms

CASES = Path(__file__).parent.parent.parent / "fixtures" / "cases"
JUDGED = CASES / "findings_judged.tsv"


@cache
def field_findings() -> tuple[tuple[str, str, str, str], ...]:
    """Case, rule, severity and place of every finding on these forms, each form by itself."""
    found = []
    for path in sorted(CASES.glob("[AD]*-form.json")):
        for form in read_forms(path):
            ids = (f"line-{number}" for number in count())
            project = form.with_ids(partial(next, ids)).as_project(path.stem)
            for finding in check(project, Context(Settings())):
                place = json_path(finding, project)
                found.append((path.stem.partition("-")[0], finding.rule, finding.severity.value, place))
    return tuple(found)


def judgements() -> dict[tuple[str, str, str, str], str]:
    """The judgement of each finding as it is kept."""
    rows = [line.split("\t") for line in JUDGED.read_text(encoding="utf-8").splitlines()[1:]]
    return {(case, rule, severity, place): judged for case, rule, severity, place, judged in rows}


def _print() -> None:
    known = judgements() if JUDGED.exists() else {}
    sys.stdout.write("case\trule\tseverity\tplace\tjudgement\n")
    for found in field_findings():
        sys.stdout.write("\t".join((*found, known.get(found, "?"))) + "\n")


if __name__ == "__main__":
    _print()
