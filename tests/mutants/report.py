"""What the samples found, as a table and as a section of docs/mutation-report.md."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from tests.mutants.areas import AREAS, ROOT
from tests.mutants.operators import mutants_of
from tests.mutants.results import Result
from tests.mutants.trying import Verdict

_REPORT = ROOT / "docs" / "mutation-report.md"
_JUDGED = Path(__file__).with_name("judged.json")
_HEAD = (
    "| area | mutants | killed at first | killed now | survivors judged equivalent | left |\n|---|---|---|---|---|---|"
)


def judgement(result: Result) -> str:
    """Why a mutant that survives means the same as the program, "" when nobody has said so."""
    return _judgements().get((result.path, result.function, result.change), "")


def unjudged(results: Sequence[Result]) -> list[Result]:
    """The survivors nobody has judged."""
    return [one for one in results if one.verdict is Verdict.SURVIVED and not judgement(one)]


def outdated() -> Iterator[str]:
    """Judgements of changes that can no longer be made."""
    kept = _judgements()
    known = {(one.path, one.function, one.said()) for path in {path for path, *_ in kept} for one in mutants_of(path)}
    yield from (" ".join(one) for one in kept if one not in known)


def as_table(results: Sequence[Result]) -> str:
    """Areas and all of them together."""
    rows = [_row(area, [one for one in results if one.area == area]) for area in AREAS]
    return "\n".join([_HEAD, *(row for row in rows if row), _row("**all**", results)])


def write_report(results: Sequence[Result], seed: int, drawn: int) -> None:
    """Put the section of this seed into the report, in place of an earlier one; ``drawn`` are not all tried perhaps."""
    section = "\n".join(_section(results, seed, drawn))
    text = _REPORT.read_text(encoding="utf-8")
    heading = f"## Seed {seed}\n"
    earlier = re.compile(rf"^{heading}.*?(?=^## |\Z)", re.MULTILINE | re.DOTALL)
    if earlier.search(text):
        text = earlier.sub(lambda _: f"{heading}{section}\n", text)
    else:
        text = f"{text.rstrip()}\n\n{heading}{section}\n"
    _REPORT.write_text(text.rstrip() + "\n", encoding="utf-8")


def _section(results: Sequence[Result], seed: int, drawn: int) -> Iterator[str]:
    killed = sum(one.verdict is Verdict.KILLED for one in results)
    equivalent = sum(bool(judgement(one)) for one in results if one.verdict is Verdict.SURVIVED)
    today = datetime.now(UTC).date().isoformat()
    yield f"\n{today}, `python -m tests.mutants --sample {drawn} --seed {seed}`: {len(results)} of {drawn} tried.\n"
    yield as_table(results)
    first = _share(sum(one.killed_at_first for one in results), len(results))
    of_different = _share(killed, len(results) - equivalent)
    now = _share(killed, len(results))
    yield f"\nKilled at first {first}; now {now}, without the equivalent ones {of_different}.\n"
    survivors = [one for one in results if one.verdict is Verdict.SURVIVED]
    if survivors:
        yield "| survivor | change | judgement |\n|---|---|---|"
    for one in sorted(survivors, key=lambda one: (one.path, one.line)):
        where = f"`{one.path}` {one.function or 'the module itself'}"
        yield f"| {where} | {_code(one.change)} | {judgement(one) or '**left**'} |"


def _row(name: str, results: Sequence[Result]) -> str:
    if not results:
        return ""
    survivors = [one for one in results if one.verdict is Verdict.SURVIVED]
    left = unjudged(results)
    numbers = (
        len(results),
        sum(one.killed_at_first for one in results),
        len(results) - len(survivors),
        len(survivors) - len(left),
        len(left),
    )
    return f"| {name} | {' | '.join(map(str, numbers))} |"


def _share(part: int, whole: int) -> str:
    """Tenths are cut off."""
    tenths = part * 1000 // whole if whole else 0
    return f"{part} of {whole}, {tenths // 10}.{tenths % 10} %"


def _code(text: str) -> str:
    return "`` " + text.replace("|", "\\|") + " ``"


def _judgements() -> dict[tuple[str, str, str], str]:
    kept = json.loads(_JUDGED.read_text(encoding="utf-8"))
    return {(one["path"], one["function"], one["change"]): one["why"] for one in kept}
