from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from model.sheets.pages import PageRows, fits_one_page, page_room, page_starts

HEADER = (2, 2)


def starts(heights: list[int], rows: PageRows, room: int) -> tuple[int, ...]:
    return page_starts([Decimal(height) for height in heights], HEADER, rows, Decimal(room))


def test_that_an_upright_page_holds_more_than_one_on_its_side_and_a_wide_one_more_than_a_narrow_one() -> None:
    assert 700 < page_room([96], landscape=False) < 734
    assert 460 < page_room([140], landscape=True) < 488
    assert page_room([192], landscape=False) > page_room([96], landscape=False) * Decimal("1.8")


def test_that_a_page_begins_with_the_first_row_that_does_not_fit() -> None:
    assert starts([10] * 25, PageRows(), 100) == (10, 19)


def test_that_the_header_row_takes_room_on_later_pages_only_once_it_has_been_printed() -> None:
    assert starts([60, 60, 60, 20], PageRows(), 100) == (1, 2)
    assert starts([40, 40, 30, 20, 20], PageRows(), 100) == (2,)


def test_that_a_page_ends_early_for_a_group_but_not_much() -> None:
    assert starts([10] * 15, PageRows(chapters={9}, sections={8}), 100) == (9,)
    assert starts([5] * 25, PageRows(sections={19}), 100) == (19,)
    assert starts([10] * 15, PageRows(chapters={7}), 100) == (10,)


def test_that_rows_that_belong_together_stay_together() -> None:
    assert starts([10] * 12, PageRows(inseparable={9, 10}), 100) == (8,)


def test_that_rows_longer_than_a_page_are_broken_even_if_they_belong_together() -> None:
    assert starts([80] * 4, PageRows(inseparable={0, 1, 2, 3}), 100)[0] == 1


def test_that_a_form_a_little_longer_than_a_page_fits_it() -> None:
    assert fits_one_page([Decimal(115)], Decimal(100))
    assert not fits_one_page([Decimal(116)], Decimal(100))


row_sets = st.sets(st.integers(3, 60))


@given(
    st.lists(st.integers(10, 90), min_size=3, max_size=60),
    st.builds(PageRows, chapters=row_sets, sections=row_sets, inseparable=row_sets),
)
def test_that_pages_are_in_order_and_none_is_overfull_unless_one_row_is(heights: list[int], rows: PageRows) -> None:
    found = starts(heights, rows, 200)
    assert list(found) == sorted(set(found))
    assert all(0 < start < len(heights) for start in found)
    edges = [0, *found, len(heights)]
    for begin, end in pairwise(edges):
        repeated = heights[2] if begin > 2 else 0
        assert repeated + sum(heights[begin:end]) <= 200
