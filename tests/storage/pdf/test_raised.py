"""Digits a PDF raises above their line are read as such: 10⁴ is not 104."""

from __future__ import annotations

import pytest

from storage.pdf.characters import Box, Character
from storage.pdf.lines import lines_of

CHINESE, LATIN, SMALL = (0, 1099), (152, 1162), (63, 651)
"""Top and bottom of characters of three fonts in one line, as LibreOffice prints it; the last is raised."""
FOOTNOTE = (374, 1109)


def row(*stretches: tuple[str, tuple[int, int]]) -> list[Character]:
    """Stretches of text one behind the other, each of its own height."""
    found: list[Character] = []
    left = 0
    for text, (top, bottom) in stretches:
        for sign in text:
            width = (bottom - top) // (2 if sign.isascii() else 1)
            found.append(Character(sign, Box(left, top, left + width, bottom), 1))
            left += width
    return found


@pytest.mark.parametrize(
    ("drawn", "text"),
    [
        (row(("≥10", LATIN), ("4", SMALL), ("亩", CHINESE)), "≥10⁴亩"),
        (row(("面积", CHINESE), ("3.5×10", LATIN), ("-6", SMALL), ("万", CHINESE)), "面积3.5×10⁻⁶万"),
        (row(("第", CHINESE), ("12", FOOTNOTE), ("级", CHINESE)), "第12级"),
        (row(("10", LATIN), ("4", SMALL), ("m", LATIN), ("2", SMALL)), "10⁴m²"),
        ([*row(("10", LATIN)), Character("4", Box(9000, 63, 9290, 651), 1)], "10 4"),
    ],
)
def test_that_raised_digits_of_a_pdf_are_no_digits_of_the_number_they_stand_behind(
    drawn: list[Character], text: str
) -> None:
    assert [line.text for line in lines_of(drawn)] == [text]
