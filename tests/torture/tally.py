"""What a programme counts, and what a programme is."""

from __future__ import annotations

import resource
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic

_SHOWN = 5
_KILOBYTES = 1024


@dataclass(slots=True)
class Tally:
    """Faults done, and what came of them.

    ``lost``: something that was said to be saved is not there. ``corrupt``: a file that was good can no longer be
    opened, or says something else without a word. ``other``: anything else that may not be. ``notes`` are the first
    cases with what is needed to see them again, ``facts`` what else was counted.
    """

    faults: int = 0
    lost: int = 0
    corrupt: int = 0
    other: int = 0
    worst: float = 0.0
    peak: int = 0
    notes: list[str] = field(default_factory=list)
    facts: dict[str, int] = field(default_factory=dict)

    @property
    def failures(self) -> int:
        """All that may not be."""
        return self.lost + self.corrupt + self.other

    def note(self, kind: str, text: str) -> None:
        """Count a failure of a kind (the name of a field) and keep how to see it again."""
        setattr(self, kind, getattr(self, kind) + 1)
        if len(self.notes) < _SHOWN:
            self.notes.append(f"{kind}: {text}")

    def count(self, fact: str, number: int = 1) -> None:
        """Count something that is no failure."""
        self.facts[fact] = self.facts.get(fact, 0) + number

    def add(self, other: Tally) -> None:
        """Count what another piece of the same programme counted, too."""
        for name in ("faults", "lost", "corrupt", "other"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.worst, self.peak = max(self.worst, other.worst), max(self.peak, other.peak)
        self.notes += other.notes
        for fact, number in other.facts.items():
            self.count(fact, number)

    @contextmanager
    def fault(self) -> Iterator[None]:
        """Do one fault and all that follows from it; how long the longest took is kept."""
        start = monotonic()
        self.faults += 1
        yield
        self.worst = max(self.worst, monotonic() - start)

    def measure(self) -> None:
        """Keep the most memory this process or one it waited for ever had, in megabytes."""
        used = (resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
        self.peak = max(self.peak, *(kilobytes // _KILOBYTES for kilobytes in used))


@dataclass(frozen=True, slots=True)
class Run:
    """What a programme is given: how many faults, the seed all chance comes from, and an empty folder of its own.

    A programme may be run in ``pieces`` side by side; ``piece`` counts from 0. Each has a seed of its own.
    """

    count: int
    seed: int
    folder: Path
    piece: int = 0
    pieces: int = 1


@dataclass(frozen=True, slots=True)
class Programme:
    """One programme. ``short`` and ``long`` are its faults in the two sizes, ``promise`` is what it tries to break.

    ``control`` is the same against something wrong; it has to find at least one failure in ``control_count`` faults.
    """

    number: str
    title: str
    promise: str
    run: Callable[[Run], Tally]
    control: Callable[[Run], Tally]
    short: int
    long: int
    control_count: int
