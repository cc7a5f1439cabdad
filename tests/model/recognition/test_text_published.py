"""The text of the published PDFs against the curated forms; every third form was held back during building."""

from __future__ import annotations

import pytest

from model.recognition import recognise_text
from tests.accuracy.compared import FIXTURES, Tally, compared, right_forms
from tests.model.form_damage import unread

STEMS = tuple(right_forms())


@pytest.mark.parametrize("stem", STEMS)
def test_that_no_text_of_the_published_forms_is_lost(stem: str) -> None:
    text = (FIXTURES / "published" / f"{stem}.txt").read_text(encoding="utf-8")
    with_tabs = "\n".join(line for line in text.split("\n") if "\t" in line)
    fragments = {"经济效益", "指标", "项目 绩效 目标", "绩效 指标"}
    cut = {word for word in unread(with_tabs, recognise_text(text)) if word not in fragments}
    assert {word for word in cut if "<p>" not in word and "\n" not in word} == set()


def test_that_the_published_forms_are_read_as_a_person_read_them() -> None:
    total = Tally()
    for stem, right in right_forms().items():
        text = (FIXTURES / "published" / f"{stem}.txt").read_text(encoding="utf-8")
        reading = recognise_text(text)
        assert len(reading.forms) == len(right)
        assert reading.unplaced == ()
        total += compared(reading.forms, right)[0]
    assert (total.forms, total.header, total.money, total.dates) == (25, total.all_header, total.all_money, 36)
    assert total.goals == total.all_goals
    assert (total.rows, total.names, total.values, total.invented) == (344, 344, 344, 0)
    assert total.level2 >= 343
    assert total.told == total.rows - total.level2  # a level that differs is told beside its line
