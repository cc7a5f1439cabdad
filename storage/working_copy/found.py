"""What a kill left in a shared folder between two names is found again: somebody else's is never cleaned away."""

from __future__ import annotations

import logging
from collections.abc import Collection
from pathlib import Path

from storage.files.exchange import left_between, name_that_stays
from storage.working_copy.place import generation_of

log = logging.getLogger(__name__)


def found_again(target: Path, known: Collection[str]) -> tuple[Path, ...]:
    """Give what was left beside ``target`` a name to be seen, each unless its content is known; those names.

    ``known`` are the digests of what the copy took or wrote; what lies in the place of ``target`` is there anyway. To
    be asked only while this program is named beside the file. What cannot be read or renamed is left for the next time,
    and so is everything while ``target`` itself is missing.
    """
    found: list[Path] = []
    for left in left_between(target):
        try:
            there = generation_of(target).digest
            if generation_of(left).digest in {there, *known}:
                left.unlink()
                continue
            kept = name_that_stays(target)
            left.rename(kept)
            found.append(kept)
        except OSError:
            log.exception("a file that was left between two names stays there")
    return tuple(found)


def about(target: Path, found: Collection[Path]) -> str:
    """What is said of them; "" for none."""
    if not found:
        return ""
    names = "、".join(f"“{path.name}”" for path in found)
    return (
        f"上次写回“{target.name}”时程序被中断，当时别处存来的内容没有丢失，已在同一文件夹里另存为{names}，"
        "请打开核对，需要的内容可以再导入过来。"
    )
