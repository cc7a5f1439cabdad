"""The curated forms, laid out and drawn otherwise, and read again."""

from __future__ import annotations

from collections.abc import Callable

from model.recognition import Grid, RecognisedForm, recognise_forms, recognise_text
from tests.accuracy.compared import Right, Tally, compared, right_forms
from tests.accuracy.layouts import STYLES, Rows, laid_out


def read_back(
    style: str, draw: Callable[[Rows], Grid | str], is_wanted: Callable[[Right], bool] = lambda _: True
) -> tuple[Tally, list[str]]:
    """What is read of the forms of each file, drawn one below the other, and what differs."""
    total, differences = Tally(), list[str]()
    for forms in right_forms().values():
        rows, right = [], []
        for form in filter(is_wanted, forms):
            drawn, data = laid_out(form.data, STYLES[style])
            rows += [*drawn, []]
            right.append(Right(form.number, data))
        if right:
            tally, told = compared(_recognised(draw(rows)), right)
            total += tally
            differences += told
    return total, differences


def _recognised(drawn: Grid | str) -> tuple[RecognisedForm, ...]:
    return recognise_text(drawn).forms if isinstance(drawn, str) else recognise_forms(drawn)
