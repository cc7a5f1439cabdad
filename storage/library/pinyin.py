"""Pinyin by pypinyin, one character after the other: its dictionary of words is three quarters of it and not needed."""

from __future__ import annotations

import os
from functools import lru_cache

from model.library import OTHER_READING


def spell(name: str) -> str:
    """A syllable for each character of a name, with a space between; see :class:`model.library.Spelling`.

    A second reading is given where it begins with another letter. Letters and digits stand for themselves, signs are
    left out. The first call takes a tenth of a second.
    """
    return " ".join(syllable for char in name if (syllable := _syllable(char)))


@lru_cache(maxsize=8192)
def _syllable(char: str) -> str:
    if char.isascii():
        return char.lower() if char.isalnum() else ""
    os.environ["PYPINYIN_NO_PHRASES"] = "true"  # they do not ship
    from pypinyin import Style, pinyin  # noqa: PLC0415 loaded when the first name is spelt

    found = pinyin(char, style=Style.NORMAL, heteronym=True, errors="ignore")
    usual, *others = found[0] if found else [""]
    other = others[:1] if others and others[0][:1] != usual[:1] else []
    return OTHER_READING.join([usual, *other])
