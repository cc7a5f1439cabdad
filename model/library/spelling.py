"""A name as it is typed in pinyin: by the first letter of each character, or in full (docs/library.md §2)."""

from __future__ import annotations

from dataclasses import dataclass

OTHER_READING = "/"
"""Between the readings of one character, the usual one first: ``zhang/chang``."""
SPELT_AT_MOST = 80
"""Characters of a name that are spelt: a longer one is found by its beginning."""


@dataclass(frozen=True, slots=True)
class Spelling:
    """The ways a name may be typed: ``initials`` (``cxjz``) and ``full`` (``changxiaojizhi``), the usual one first.

    A character of several readings is spelt in another one while all the others keep their usual: that finds what a
    person types without knowing words, and stays short.
    """

    initials: tuple[str, ...]
    full: tuple[str, ...]

    @classmethod
    def of(cls, pinyin: str) -> Spelling:
        """The spelling of a pinyin text: one syllable a character, with a space between."""
        readings = [syllable.split(OTHER_READING) for syllable in pinyin.split()[:SPELT_AT_MOST]]
        usual = [one[0] for one in readings]
        spelt = [usual]
        for at, others in enumerate(readings):
            spelt.extend([*usual[:at], other, *usual[at + 1 :]] for other in others[1:])
        initials = ("".join(syllable[:1] for syllable in one) for one in spelt)
        return cls(tuple(dict.fromkeys(initials)), tuple(dict.fromkeys("".join(one) for one in spelt)))


def typed_letters(typed: str) -> str:
    """What was typed as letters of pinyin, without spaces and apostrophes; empty when it is none."""
    letters = "".join(char for char in typed.casefold() if not char.isspace() and char not in "'’")
    return letters.replace("ü", "v") if letters.isascii() or "ü" in letters else ""
