"""What is kept of a project to tell that another says nearly the same: fingerprints of its goal and of its lines.

They stand in the summary row of a project (domain.md §9.7), so that ten thousand projects are compared without
reading one of them: a goal is a sketch of a few hundred bytes, a line is four.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass
from functools import lru_cache
from heapq import nsmallest
from sys import byteorder
from unicodedata import normalize
from zlib import crc32

from model.records import Declaration, Evaluation, Indicator, Project
from model.values.matching import matching_name

_NO_LETTER = re.compile(r"[\W\d_]")
_SHORTEST_GOAL = 20
_LONGEST_GOAL = 4_000
_PIECE, _PIECES_KEPT = 2, 128
_PASSAGE, _PASSAGES_KEPT = 6, 12
_BYTES_OF_A_CHARACTER = 2
_BYTES_OF_A_HASH = 4


@dataclass(frozen=True, slots=True)
class Prints:
    """The fingerprints of one project; equal texts have equal ones on every machine. Both are empty for no text.

    ``goal`` holds the number of its passages, up to twelve passages of six characters and up to 128 pieces of two,
    those with the smallest hashes; ``lines`` one hash for each different pair of name and target. All are of four
    bytes, the lowest first.
    """

    goal: bytes = b""
    lines: bytes = b""

    @property
    def passages(self) -> Sequence[int]:
        """The passages by which a goal that is nearly the same is found."""
        hashes = _hashes(self.goal)
        return hashes[1 : 1 + hashes[0]] if hashes else ()

    @property
    def line_hashes(self) -> Set[int]:
        """The hashes of the lines."""
        return _line_hashes(self.lines)

    def common_lines(self, other: Prints) -> int:
        """How many lines two projects have in common."""
        return len(self.line_hashes & other.line_hashes)

    def is_like(self, other: Prints) -> bool:
        """Whether two goals share four fifths of their pieces of two characters.

        Figures, spaces and punctuation don't count. Exact up to 128 different pieces, estimated beyond.
        """
        if self.goal == other.goal or not self.goal or not other.goal:
            return self.goal == other.goal != b""
        mine, theirs = _pieces(self.goal), _pieces(other.goal)
        every = nsmallest(_PIECES_KEPT, mine | theirs)
        common = sum(piece in mine and piece in theirs for piece in every)
        return 3 * common >= 2 * len(every)  # 2 of 3 of both together are 4 of 5 of each


NO_PRINTS = Prints()


def prints_of(project: Project) -> Prints:
    """The fingerprints of a project: of its declaration, or of the goal of its self-evaluation while it has none.

    Lines of self-evaluations are not compared: those of the services of one unit are often the same, and rightly.
    """
    declaration, evaluation = project.of(Declaration), project.of(Evaluation)
    if declaration is not None:
        return Prints(_goal_print(declaration.annual_goal), _line_prints(declaration.indicators))
    return Prints(_goal_print(evaluation.expected_goal)) if evaluation is not None else NO_PRINTS


def _line_prints(lines: Iterable[Indicator]) -> bytes:
    """The hashes of the lines that have a name and a target; how they are spelled does not count."""
    pairs = ((line.name, line.target_text) for line in lines)
    return _packed(sorted({_line_hash(*pair) for pair in pairs if all(text.strip() for text in pair)}))


@lru_cache(maxsize=4096)
def _line_hash(name: str, target: str) -> int:
    return crc32(f"{matching_name(name)}\n{matching_name(target)}".encode("utf-8", "surrogatepass"))


@lru_cache(maxsize=256)
def _goal_print(goal: str) -> bytes:
    letters = _NO_LETTER.sub("", normalize("NFKC", goal[:_LONGEST_GOAL]))
    if len(letters) < _SHORTEST_GOAL:
        return b""
    passages = _smallest(letters, _PASSAGE, _PASSAGES_KEPT)
    return _packed((len(passages), *passages, *_smallest(letters, _PIECE, _PIECES_KEPT)))


def _smallest(letters: str, length: int, count: int) -> list[int]:
    data = letters.encode("utf-16-le", "surrogatepass")
    size, ends = length * _BYTES_OF_A_CHARACTER, range(0, len(data), _BYTES_OF_A_CHARACTER)
    return nsmallest(count, {crc32(data[at : at + size]) for at in ends if at + size <= len(data)})


@lru_cache(maxsize=4096)
def _line_hashes(lines: bytes) -> frozenset[int]:
    return frozenset(_hashes(lines))


@lru_cache(maxsize=4096)
def _pieces(goal: bytes) -> frozenset[int]:
    hashes = _hashes(goal)
    return frozenset(hashes[1 + hashes[0] :])


def _packed(hashes: Iterable[int]) -> bytes:
    return _little(array("I", hashes)).tobytes()


def _hashes(packed: bytes) -> array[int]:
    whole = len(packed) - len(packed) % _BYTES_OF_A_HASH  # a file may hold anything
    return _little(array("I", packed[:whole]))


def _little(hashes: array[int]) -> array[int]:
    if byteorder == "big":
        hashes.byteswap()
    return hashes
