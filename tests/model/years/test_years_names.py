"""Names of one thing in two years: what counts of them, and what does not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.years import Alike, bare_name, likeness, loose_name


@pytest.mark.parametrize(
    "name",
    [
        "科技活动周2026",
        "2026科技活动周",
        "2026年度科技活动周",
        "科技活动周（2026年）",
        "科技活动周(2025-2026学年)",
        "２０２６年 科技活动周",
        "二〇二六年科技活动周",
        "“科技·活动周”26年度",
        "本年度科技活动周",
        "科技活动周2025—26年度",
    ],
)
def test_that_years_brackets_quotes_and_dots_do_not_count(name: str) -> None:
    assert loose_name(name) == "科技活动周"


@pytest.mark.parametrize(
    "name", ["科技活动周项目", "科技活动周专项经费", "科技活动周建设项目", "科技活动周工作经费（2026）"]
)
def test_that_the_words_that_end_so_many_names_do_not_count(name: str) -> None:
    assert bare_name(name) == "科技活动周"


@pytest.mark.parametrize(
    ("name", "loose", "bare"),
    [
        ("服务2000家企业", "服务2000家企业", "服务2000家企业"),
        ("2026家企业走访", "2026家企业走访", "2026家企业走访"),
        ("平台建设（二期）", "平台建设二期", "平台建设二期"),
        ("2026年", "2026年", "2026年"),
        ("项目经费", "项目经费", "项目"),
        ("（）", "()", "()"),
        ("", "", ""),
    ],
)
def test_that_numbers_that_are_no_years_stay_and_a_name_never_vanishes(name: str, loose: str, bare: str) -> None:
    assert (loose_name(name), bare_name(name)) == (loose, bare)


def test_that_names_without_anything_in_common_are_not_alike_and_the_same_ones_are() -> None:
    assert likeness("信息化运维项目", "信息化运维经费") == 100
    assert 50 < likeness("大型仪器共享", "大型科学仪器共享服务") < 100
    assert likeness("信息化运维", "绿色技术") == 0
    assert likeness("", "") == 0


def test_that_the_likeliest_come_first_and_what_everybody_has_finds_nobody() -> None:
    alike = Alike([("仪器共享", 1), ("仪器共享服务", 2), ("绿色技术", 3), ("", 4)])
    assert alike.likeliest("仪器共享服务平台", 50, 5) == [2, 1]
    assert alike.likeliest("仪器共享服务平台", 50, 1) == [2]
    assert alike.likeliest("", 50, 5) == []
    crowd = Alike([("某单位", at) for at in range(500)])
    assert crowd.likeliest("某单位", 50, 5) == []


@given(st.text(alphabet="20269年度项目经费建设（）·信息ＡＢ ", max_size=12))
def test_that_a_name_is_spelled_once_for_all(name: str) -> None:
    assert loose_name(loose_name(name)) == loose_name(name) or "20" in name
    assert bool(bare_name(name)) == bool(name.split())
