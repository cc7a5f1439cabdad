"""Spells the names of resources/indicator-library.json in pinyin and puts its entries in the printed order.

    python packaging/make_library.py

An entry is added there by hand, without ``pinyin``; its name is of Chinese characters. A reading that is wrong is
corrected there by hand, and kept.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from pypinyin import lazy_pinyin  # noqa: E402 the path comes first

from model.library import Entry  # noqa: E402
from model.values.taxonomy import order_key  # noqa: E402
from storage.library import SHIPPED, read_library, write_library  # noqa: E402


def spelt(entry: Entry) -> Entry:
    """The entry with the pinyin of its name, by pypinyin's dictionary of words."""
    syllables = lazy_pinyin(entry.name, errors="ignore")
    return entry if entry.pinyin else replace(entry, pinyin=" ".join(syllables))


def make_library(path: Path) -> int:
    """Spell and sort the entries of a file; how many there are."""
    entries = [spelt(entry) for entry in read_library(path)]
    return write_library(path, sorted(entries, key=lambda entry: order_key(entry.level1, entry.level2)))


if __name__ == "__main__":
    sys.stdout.write(f"{SHIPPED.relative_to(ROOT)}: {make_library(SHIPPED)} entries\n")
