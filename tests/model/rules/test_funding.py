"""Amounts of the declaration: where the FND rules stop and what their fixes write."""

from __future__ import annotations

from typing import Any

import pytest

from model.records import Declaration
from model.rules import Context
from model.settings import Settings, Thresholds
from tests.model.rules.builders import GOAL, declared, declared_line, finding, findings, fixed, rules_of


@pytest.mark.parametrize("total", ["300000", "300,000.00", "３０００００", "¥300,000", "300000元", "300000.000"])
def test_that_the_total_may_be_spelled_in_any_way_as_long_as_it_is_the_sum(total: str) -> None:
    assert rules_of(declared(total_requested=total)) == []


def test_that_a_total_is_exact_to_the_fen_beyond_what_floating_point_can_hold() -> None:
    cells: dict[str, Any] = {"fiscal_current": "9007199254740993.01", "other": "0.02", "project_total": ""}
    assert rules_of(declared(total_requested="9007199254740993.03", **cells)) == ["FND-007"]
    assert rules_of(declared(total_requested="9007199254740993.02", **cells)) == ["FND-001", "FND-007"]


def test_that_a_blank_total_over_filled_parts_is_filled_by_the_fix() -> None:
    project = declared(total_requested="")
    found = finding(project, "FND-001")
    assert rules_of(project) == ["FND-001"]
    declaration = fixed(project, Context(Settings()), found.fixes[0])[0].of(Declaration)
    assert declaration is not None
    assert declaration.total_requested == "300000.00"


@pytest.mark.parametrize("part", ["", "0", "0.00"])
def test_that_a_total_without_any_part_is_reported_but_not_overwritten_with_nothing(part: str) -> None:
    assert finding(declared(fiscal_current=part, carried_over=part), "FND-001").fixes == ()
    assert finding(declared(project_total="300000", project_fiscal=part, project_other=part), "FND-005").fixes == ()


def test_that_the_sum_is_not_judged_while_a_part_cannot_be_read() -> None:
    assert rules_of(declared(fiscal_current="三十万")) == ["FND-012"]
    assert rules_of(declared(total_requested="30万多")) == ["FND-012"]


def test_that_a_negative_part_still_counts_in_the_sum() -> None:
    assert rules_of(declared(fiscal_current="400000", other="-100000")) == ["FND-002"]


def test_that_the_whole_amount_may_be_blank_or_equal_the_years() -> None:
    assert rules_of(declared(project_total="300000", project_fiscal="300000")) == []
    assert rules_of(declared(project_total="", project_fiscal="300000")) == ["FND-005"]


def test_that_a_small_part_is_multiplied_and_its_total_follows() -> None:
    project = declared(total_requested="500.30", fiscal_current="500", other="0.30")
    first, second = findings(project, "FND-007")
    assert (first.place.field, first.fixes[0].text) == ("fiscal_current", "5000000.00")
    assert (second.place.field, second.fixes) == ("other", ())  # a whole project of 3,500 would still be small
    mended = fixed(project, Context(Settings()), first.fixes[0])[0]
    assert [fix.text for fix in finding(mended, "FND-007").fixes] == ["3000.00"]
    declaration = mended.of(Declaration)
    assert declaration is not None
    assert declaration.total_requested == "5000000.30"


def test_that_an_amount_still_small_ten_thousandfold_has_no_fix() -> None:
    (found,) = findings(declared(total_requested="300000.02", other="0.02"), "FND-007")
    assert found.fixes == ()


def test_that_the_limit_for_small_amounts_is_a_setting() -> None:
    project = declared(total_requested="900", fiscal_current="900")
    assert "FND-007" in rules_of(project)
    lenient = Context(Settings(thresholds=Thresholds(amount_in_ten_thousands_below=Thresholds().indicators_min)))
    assert "FND-007" not in rules_of(project, lenient)


@pytest.mark.parametrize(
    "target", ["≤30.00(万元)", "≤300000.00(元)", "≤31.00(万元/人)", "≥31.00(万元)", "≤310000.00(个)"]
)
def test_that_a_cap_within_the_request_or_not_of_money_passes(target: str) -> None:
    assert "FND-008" not in rules_of(declared_line("c", target_text=target))


def test_that_a_benefit_of_more_money_than_the_request_passes() -> None:
    assert rules_of(declared_line("b", target_text="≤1.00(亿元)")) == []


@pytest.mark.parametrize(
    "sentence",
    [
        "培训经费30万元。",
        "培训经费300,000元。",
        "人均成本不超过30万元/年。",
        "撬动投入8000万元。",
        "经费28.4万元。",
    ],
)
def test_that_amounts_equal_to_the_request_or_far_from_it_pass(sentence: str) -> None:
    assert "FND-009" not in rules_of(declared(annual_goal=GOAL + sentence))


@pytest.mark.parametrize("sentence", ["经费28.5万元。", "经费 299,999.99 元。", "经费0.00315亿元。"])
def test_that_an_amount_within_five_percent_is_pointed_out(sentence: str) -> None:
    assert rules_of(declared(annual_goal=GOAL + sentence)) == ["FND-009"]
