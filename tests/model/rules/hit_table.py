"""How often each rule hits the given forms, as docs/domain.md §9.8 prints it.

``python -m tests.model.rules.hit_table`` prints it anew.
"""

from __future__ import annotations

import sys

from model.checking import rules_in_order
from model.rules import grouped
from tests.model.rules.given import given_findings, given_projects, hits


def hit_table() -> str:
    """The rules that hit a given form, with their findings, the rows these are listed in, and the forms."""
    lines = ["| rule | findings | listed | forms |", "|---|---:|---:|---|"]
    for info in rules_in_order():
        found = hits(info.id)
        if not found:
            continue
        forms = ", ".join(f"{label} {times}" if times > 1 else label for label, times in found.items())
        lines.append(f"| {info.id} | {sum(found.values())} | {_listed(info.id)} | {forms} |")
    return "\n".join(lines)


def _listed(rule: str) -> int:
    projects = given_projects()
    listed = (grouped(found, projects[label]) for label, found in given_findings().items())
    return sum(finding.rule == rule for findings in listed for finding in findings)


if __name__ == "__main__":
    sys.stdout.write(f"{hit_table()}\n")
