"""What became of each mutant that was tried, a line each, in a file of the build folder."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass

from tests.mutants.areas import BUILD
from tests.mutants.mutant import Mutant
from tests.mutants.trying import Trial, Verdict

_FILE = BUILD / "results.jsonl"


@dataclass(frozen=True, slots=True)
class Result:
    """A mutant, the area it was drawn for, and how it ended."""

    key: str
    area: str
    path: str
    function: str
    line: int
    kind: str
    change: str
    verdict: Verdict
    by: str
    tests: int
    left_out: int
    seconds: float
    killed_at_first: bool

    def told(self) -> str:
        """All of it for a person."""
        where = f"{self.path}:{self.line} {self.function}"
        end = f"by {self.by}" if self.by else f"{self.tests} tests, {self.left_out} left out"
        return f"{self.verdict:8} {self.seconds:5.1f} s  {where}  [{self.kind}] {self.change}  ({end})"


class Results:
    """The results there are; a later one of the same mutant replaces an earlier one."""

    def __init__(self) -> None:
        self._by_key: dict[str, Result] = {}
        if _FILE.is_file():
            for row in _FILE.read_text(encoding="utf-8").splitlines():
                said = json.loads(row)
                self._by_key[said["key"]] = Result(**{**said, "verdict": Verdict(said["verdict"])})

    def get(self, mutant: Mutant) -> Result | None:
        """What became of a mutant, None when it was not tried."""
        return self._by_key.get(mutant.key)

    def keep(self, area: str, mutant: Mutant, trial: Trial) -> Result:
        """Add a result to the file."""
        earlier = self.get(mutant)
        result = Result(
            mutant.key,
            area,
            mutant.path,
            mutant.function,
            mutant.line,
            mutant.kind,
            mutant.said(),
            trial.verdict,
            trial.by,
            trial.tests,
            trial.left_out,
            round(trial.seconds, 2),
            earlier.killed_at_first if earlier else trial.verdict is Verdict.KILLED,
        )
        self._by_key[mutant.key] = result
        with _FILE.open("a", encoding="utf-8") as file:
            file.write(json.dumps(asdict(result), ensure_ascii=False) + "\n")
        return result
