"""An entry of the library: its key, its direction, and its value as the forms print it."""

from __future__ import annotations

import pytest

from model.library import Direction, entry_of, key_of
from model.quantity import Style


@pytest.mark.parametrize(
    ("target", "parts", "direction", "declared", "evaluated"),
    [
        ("≥90%", ("≥", "90", "%"), Direction.HIGHER, "≥90.00(%)", ">=90%"),
        ("<=2.5小时", ("≤", "2.5", "小时"), Direction.LOWER, "≤2.50(小时)", "<=2.5小时"),
        ("≥25.00(家)", ("≥", "25.00", "家"), Direction.HIGHER, "≥25.00(家)", ">=25家"),
        ("≥4万人次", ("≥", "4", "万人次"), Direction.HIGHER, "≥4.00(万人次)", ">=4万人次"),
        ("30", ("", "30", ""), Direction.HIGHER, "30.00", "30"),
        ("按时完成", ("", "按时完成", ""), Direction.JUDGED, "按时完成", "按时完成"),
        ("已完成12次", ("", "已完成12次", ""), Direction.HIGHER, "已完成12次", "已完成12次"),
        ("", ("", "", ""), Direction.JUDGED, "", ""),
    ],
)
def test_that_a_value_is_taken_apart_and_printed_in_the_style_of_each_form(
    target: str, parts: tuple[str, str, str], direction: Direction, declared: str, evaluated: str
) -> None:
    entry = entry_of("数量指标", "服务家数", target)
    assert entry.parts() == parts
    assert entry.direction is direction
    assert entry.target_in(Style.DECLARATION) == declared
    assert entry.target_in(Style.EVALUATION) == evaluated


def test_that_digits_of_a_timely_indicator_may_be_a_date_and_stay_as_typed() -> None:
    assert entry_of("时效指标", "完成时间", "12.3").target_in(Style.DECLARATION) == "12.3"


def test_that_entries_are_the_same_whatever_the_width_the_spaces_and_the_age_of_their_level() -> None:
    assert key_of("满意度指标", " 用户（企业）满意度") == key_of("服务对象满意度指标", "用户(企业) 满意度 ")
    entry = entry_of("质量", "合格率", "=100%")
    assert (entry.level1, entry.level2) == ("产出指标", "质量指标")
    assert entry_of("其他", "合格率", "").level1 == ""
