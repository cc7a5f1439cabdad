"""Which mutants are tried: by a seed, the same number of each area, whatever else stands in the files."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from hashlib import sha256

from tests.mutants.areas import files_of
from tests.mutants.mutant import Mutant
from tests.mutants.operators import mutants_of


def sample(areas: Sequence[str], size: int, seed: int) -> Iterator[tuple[str, Mutant]]:
    """So many mutants with the names of their areas.

    Each has a rank that the seed and the change alone say: a line added elsewhere takes no other one out of the sample.
    """
    for place, area in enumerate(areas):
        share = size // len(areas) + (place < size % len(areas))
        known = [mutant for path in files_of(area) for mutant in mutants_of(path)]
        yield from ((area, mutant) for mutant in sorted(known, key=lambda one: _rank(one, seed))[:share])


def _rank(mutant: Mutant, seed: int) -> str:
    return sha256(f"{seed} {mutant.key}".encode()).hexdigest()
