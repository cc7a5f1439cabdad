"""The computed totals of every form: 年度资金申请总额, 项目资金总额 and the 年度资金总额 row (domain.md §2.3, §3.1)."""

from __future__ import annotations

from collections.abc import Iterator

from model.forms import FORMS
from model.records import Content
from model.values.money import parse_fen


def computed_totals(before: Content, after: Content) -> Iterator[tuple[str, str]]:
    """The totals whose parts changed, with their new text: blank while one of them is no amount.

    What a total came to before would be read as the sum of what stands beside it.
    """
    for name, total in FORMS[after.form].totals.items():
        if getattr(before, name) != getattr(after, name):
            continue
        if all(getattr(before, part) == getattr(after, part) for part in total.parts):
            continue
        text = total.sum_in(after) or ""
        if not text or parse_fen(getattr(after, name)) != parse_fen(text):
            yield name, text
