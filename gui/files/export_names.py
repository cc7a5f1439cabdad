"""What files of an export are called: proposed for one workbook, and told apart in a folder of many."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING

from storage.files.names import safe_file_name

if TYPE_CHECKING:  # it brings sqlalchemy, which the first paint does not wait for
    from storage.store.summaries import ProjectSummary

SUFFIX = ".xlsx"
_OTHERWISE = "项目绩效"
_DRAFT = "（草稿）"


def file_name(words: str, *, is_draft: bool) -> str:
    """The name of a workbook; a draft is never taken for the final file."""
    return safe_file_name(words, _OTHERWISE) + (_DRAFT if is_draft else "") + SUFFIX


def names_apart(summaries: Iterable[ProjectSummary], drafts: Collection[str]) -> dict[str, str]:
    """A name for the file of each project by its id, no two alike for a system that does not know capital letters.

    ``drafts`` are the ids of those that are marked 草稿.
    """
    names: dict[str, str] = {}
    taken: set[str] = set()
    for one in summaries:
        words, number = f"{one.year}年度 {one.project_name}", 1
        name = file_name(words, is_draft=one.id in drafts)
        while name.casefold() in taken:
            number += 1
            mark = _DRAFT if one.id in drafts else ""
            name = f"{safe_file_name(words, _OTHERWISE)}（{number}）{mark}{SUFFIX}"
        taken.add(name.casefold())
        names[one.id] = name
    return names
