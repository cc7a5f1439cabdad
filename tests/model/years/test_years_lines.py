"""Which line continues which: by 二级指标 and name, of several of one name by the target; never by likeness alone."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from model.records import Indicator
from model.years import match_lines


def form(prefix: str, *lines: tuple[str, ...]) -> list[Indicator]:
    return [Indicator(f"{prefix}{at}", "", *cells) for at, cells in enumerate(lines)]


def matched(now: Sequence[tuple[str, ...]], earlier: Sequence[tuple[str, ...]]) -> list[str | tuple[str, ...]]:
    """For each line the id it continues, or the ids that may be meant."""
    found = match_lines(form("n", *now), form("e", *earlier))
    return [match.same.id if match.same is not None else tuple(one.id for one in match.may_be) for match in found]


def test_that_lines_go_on_by_level_and_name_in_whatever_order_they_stand() -> None:
    assert matched(
        [("数量", "巡检次数"), ("质量指标", "2027年验收率"), ("数量指标", "培训")],
        [("质量指标", "验收率（2026年）"), ("数量指标", "培训经费"), ("数量指标", "巡检次数")],
    ) == ["e2", "e0", "e1"]


def test_that_the_same_name_under_another_level_and_one_nearly_the_same_may_be_meant() -> None:
    assert matched([("数量指标", "服务站点维护")], [("质量指标", "服务站点维护")]) == [("e0",)]
    assert matched([("质量指标", "电话人工接听率")], [("质量指标", "电话接听率"), ("数量指标", "电话接听数")]) == [
        ("e0",)
    ]
    assert matched([("数量指标", "巡检")], [("数量指标", "培训")]) == [()]


def test_that_of_several_of_one_name_those_with_the_same_target_go_together() -> None:
    now = [("数量指标", "培训", "≥2场"), ("数量指标", "培训", "≥50人"), ("数量指标", "培训", "≥9天")]
    earlier = [
        ("数量指标", "培训", "≥50人"),
        ("数量指标", "培训", "≥2场"),
        ("数量指标", "培训", "1个"),
        ("数量指标", "培训", ""),
    ]
    assert matched(now, earlier) == ["e1", "e0", ("e2", "e3")]


def test_that_a_line_split_in_two_and_two_joined_to_one_may_be_meant() -> None:
    assert matched([("数量指标", "培训场次"), ("数量指标", "培训人次")], [("数量指标", "培训场次人次")]) == [
        ("e0",),
        ("e0",),
    ]
    assert matched([("数量指标", "培训场次人次")], [("数量指标", "培训场次"), ("数量指标", "培训人次")]) == [
        ("e0", "e1")
    ]


def test_that_a_line_without_a_name_goes_on_from_nothing() -> None:
    assert matched([("数量指标", "", "≥1次")], [("数量指标", "", "≥1次")]) == [()]


_LINES = st.lists(
    st.tuples(
        st.sampled_from(["数量指标", "质量指标", ""]),
        st.sampled_from(["甲地", "甲地（2026）", "甲地项目", "乙地", ""]),
        st.sampled_from(["1次", "2次", ""]),
    ),
    max_size=5,
)


@given(_LINES, _LINES, st.randoms(use_true_random=False))
def test_that_no_line_goes_on_twice_and_the_order_of_lines_changes_nothing(
    now: list[tuple[str, ...]], earlier: list[tuple[str, ...]], chance: Random
) -> None:
    lines = form("e", *earlier)
    found = match_lines(form("n", *now), lines)
    same = [match.same.id for match in found if match.same is not None]
    assert len(same) == len(set(same))
    shuffled = list(lines)
    chance.shuffle(shuffled)
    assert [match.same for match in match_lines(form("n", *now), shuffled)] == [match.same for match in found]
