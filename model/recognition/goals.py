"""The goal texts of both forms: right of their labels, or below where several labels stand side by side."""

from __future__ import annotations

from collections.abc import Mapping

from model.recognition import labels
from model.recognition.grid import Area
from model.recognition.labels import FURNITURE, is_one_of, looked_up

_LONGEST_LABEL = 40


def goals(area: Area, words: Mapping[str, str], end: int) -> dict[str, str]:
    """The goal texts above row ``end``; the rows of one goal are joined by line ends."""
    numbers = [row for row, _ in area.rows if row < end]
    values: dict[str, str] = {}
    for position, row in enumerate(numbers):
        cells = area.cells(row)
        found = {column: name for column, cell in cells.items() if (name := looked_up(cell.label, words))}
        beside = {column: _beside(area, words, row, column) for column in found}
        if found and not any(beside.values()):
            beside = _below(area, words, numbers[position + 1 :], found)
        for column, name in found.items():
            area.take(row, column)
            if beside.get(column):  # a label that stands again after a page break goes on with its text
                values[name] = "\n".join(([values[name]] if name in values else []) + beside[column])
    return values


def _beside(area: Area, words: Mapping[str, str], row: int, column: int) -> list[str]:
    """The text right of a label, and what goes on under it as far down as the label is merged."""
    following = next((place for place in area.cells(row) if place > column), None)
    if following is None or _is_label(area.cells(row)[following].label, words):
        return []
    rows = area.grid.spans.get((row, column), (1, 1))[0]
    return [text for number in range(row, row + rows) if (text := area.take(number, following))]


def _below(area: Area, words: Mapping[str, str], rows: list[int], found: Mapping[int, str]) -> dict[int, list[str]]:
    """The texts in the rows below each label, up to the next label of anything."""
    texts: dict[int, list[str]] = {}
    for row in rows:
        cells = area.cells(row)
        if any(_is_label(cell.label, words) or area.is_taken(row, column) for column, cell in cells.items()):
            break
        for column, cell in cells.items():
            owner = max((one for one in found if one <= column), default=None)
            if owner is not None:
                area.take(row, column)
                texts.setdefault(owner, []).append(cell.text)
    return texts


def _is_label(text: str, words: Mapping[str, str]) -> bool:
    known = (words, labels.LINES, labels.HEADER, labels.SOURCES, labels.YEAR_AMOUNTS, labels.MONEY_COLUMNS)
    return len(text) <= _LONGEST_LABEL and (
        any(looked_up(text, one) is not None for one in known) or is_one_of(text, FURNITURE)
    )
