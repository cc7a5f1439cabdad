"""What is printed on every page of a text and belongs to no form: the numbers of pages, running heads and feet."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from model.recognition.labels import is_label, is_list_title
from model.recognition.readings import title_kind
from model.recognition.text.pieces import Line

_NUMBER = re.compile(
    r"[—–－―-]{1,3} ?\d{1,4} ?[—–－―-]{1,3}|第 ?\d{1,4} ?页(?:[,，/／ ]{0,2}共 ?\d{1,4} ?页)?"
    r"|\d{1,4} ?[/／] ?\d{1,4}|Page \d{1,4}"
)
_LONGEST = 60


def without_pages(lines: Sequence[Line]) -> tuple[list[Line], list[Line]]:
    """The lines without those of the pages, a gap in the place of each page's end; and what was taken out."""
    numbers = {place for place, line in enumerate(lines) if _is_number(line)}
    if not numbers:
        return list(lines), []
    heads = _repeated(lines, [place + 1 for place in numbers] + [0], numbers)
    feet = _repeated(lines, [place - 1 for place in numbers], numbers)
    gone = numbers | heads | feet
    kept: list[Line] = []
    is_page_end = False
    for place, line in enumerate(lines):
        if place in gone:
            is_page_end = is_page_end or bool(kept)
            continue
        kept.append(replace(line, is_after_gap=line.is_after_gap or is_page_end))
        is_page_end = False
    return kept, [lines[place] for place in sorted(gone)]


def _is_number(line: Line) -> bool:
    """Whether a line is the number of a page; a number alone may be anything."""
    cells = line.cells()
    return len(cells) == 1 and _NUMBER.fullmatch(" ".join(cells[0].text.split())) is not None


def _repeated(lines: Sequence[Line], places: Sequence[int], numbers: set[int]) -> set[int]:
    """Those of the places whose line stands on half of the pages, and twice at least."""
    texts = {place: lines[place].text for place in places if 0 <= place < len(lines) and _may_run(lines[place])}
    counts = Counter(texts.values())
    least = max(2, len(numbers) // 2)
    return {place for place, text in texts.items() if counts[text] >= least and place not in numbers}


def _may_run(line: Line) -> bool:
    """Whether a line may be printed on every page; the title of a form and its labels are on every page of forms."""
    cells = line.cells()
    if len(cells) != 1 or len(line.text) > _LONGEST:
        return False
    words = (cells[0].text, *(piece.text for piece in line.pieces))
    return not any(title_kind(word) or is_list_title(word) or is_label(word) for word in words)
