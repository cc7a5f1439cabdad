"""The unit table as docs/domain.md §5.6 prints it; ``python -m tests.model.unit_tables`` prints it anew."""

from __future__ import annotations

import sys

from model.values.units.listed import ALIAS_GROUPS, COUNT_SPELLINGS, COUNTS, DIMENSIONS


def unit_tables() -> str:
    """Dimensions that convert, words for things counted, and words that compare one to one, as Markdown."""
    lines = ["| dimension | base | members: factor, further spellings, source |", "|---|---|---|"]
    for dimension in DIMENSIONS:
        members = []
        for unit in dimension.units:
            spellings = f" ({'、'.join(unit.spellings)})" if unit.spellings else ""
            members.append(f"{unit.name} {unit.factor}{spellings} {unit.source}")
        lines.append(f"| `{dimension.name}` | {dimension.base} | {'; '.join(members)} |")
    lines += ["", "Words for things counted, each a dimension of its own (`count:个`), by source:", ""]
    lines += [f"- {source} {' '.join(words)}" for source, words in COUNTS]
    lines += ["", "Further spellings of them: " + "; ".join(f"{w} = {'、'.join(s)}" for w, s in COUNT_SPELLINGS) + "."]
    groups = "; ".join(f"{{{'、'.join(sorted(words))}}} {source}" for source, words in ALIAS_GROUPS)
    lines += ["", f"Words that compare one to one with a remark (EVL-029): {groups}."]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.stdout.write(f"{unit_tables()}\n")
