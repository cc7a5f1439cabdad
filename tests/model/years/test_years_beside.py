"""A line beside the line of an earlier year: what was aimed at, what was reached, by how much it changed."""

from __future__ import annotations

from decimal import Decimal

import pytest

from model.records import Declaration, EvaluatedIndicator, Evaluation, Form, Indicator, Project, forms_of
from model.values.units import STANDARD
from model.years import NOTHING_BESIDE, Beside, Earlier, beside, match_with
from model.years.beside import in_words

LEVELS = ("产出指标", "数量指标")


def declared(line_id: str, target: str, name: str = "培训场次") -> Indicator:
    return Indicator(line_id, *LEVELS, name, target)


def evaluated(line_id: str, target: str, actual: str, name: str = "培训场次") -> EvaluatedIndicator:
    return EvaluatedIndicator(line_id, *LEVELS, name, target, actual)


def past(*declared_lines: Indicator, evaluated_lines: tuple[EvaluatedIndicator, ...] = ()) -> Earlier:
    forms = forms_of(Declaration(indicators=declared_lines), Evaluation(indicators=evaluated_lines))
    return Earlier(2025, (Project("p", 2025, "甲", forms=forms),))


def one(line: Indicator, earlier: Earlier | None) -> Beside:
    (match,) = match_with(earlier, [line])
    return beside(line, match, (2026, 2025), STANDARD)


@pytest.mark.parametrize(
    ("now", "before", "change"),
    [
        ("≥15场", "≥10场", "+50%"),
        ("≥9场", "≥10场", "-10%"),
        ("≥10场", "≥10场", "0%"),
        ("≥1.00(万场)", "≥9000场", "+11.1%"),
        ("≥9999场", "≥10000场", "0%"),
        ("≥10场", "≥10家", ""),
        ("≥10场", "=0场", ""),
        ("=2级", "=3级", ""),
        ("完善", "≥10场", ""),
        ("", "≥10场", ""),
    ],
)
def test_that_a_target_is_set_beside_the_target_it_had(now: str, before: str, change: str) -> None:
    assert one(declared("n", now), past(declared("e", before))) == Beside(before, "", change)


def test_that_an_actual_value_is_set_beside_what_was_reached_and_the_target_before_there_is_one() -> None:
    earlier = past(declared("d", "≥10场"), evaluated_lines=(evaluated("e", ">=10场", "20场"),))
    assert one(evaluated("n", ">=12场", "30场"), earlier) == Beside(">=10场", "20场", "+50%")
    assert one(evaluated("n", ">=12场", ""), earlier) == Beside(">=10场", "20场", "+20%")


def test_that_lines_of_the_declaration_alone_are_there_too_and_each_only_once() -> None:
    earlier = past(
        declared("d", "≥10场"), declared("f", "≥3家", "企业"), evaluated_lines=(evaluated("e", "1场", "2场"),)
    )
    assert [line.id for line in earlier.lines] == ["e", "f"]
    alone = Earlier(2025, (Project("p", 2025, forms=forms_of(Declaration(indicators=(declared("d", "1场"),)))),))
    assert [line.id for line in alone.lines] == ["d"]
    assert Earlier(2025, (Project("p", 2025),)).lines == ()


def test_that_a_new_line_has_nothing_beside_it_and_one_that_is_alike_only_a_name() -> None:
    assert one(declared("n", "≥1场"), None) == NOTHING_BESIDE
    assert one(declared("n", "≥1场", "完全不同"), past(declared("e", "≥1场"))) == NOTHING_BESIDE
    assert one(declared("n", "≥1场", "线上培训场次"), past(declared("e", "≥1场"))) == Beside(may_be=("培训场次",))


def test_that_amounts_count_only_when_all_of_them_can_be_read() -> None:
    def project(total: str) -> Project:
        return Project("p", 2025, "甲", forms=forms_of(Declaration(total_requested=total)))

    assert Earlier(2025, (project("1"), project("2"))).requested == 300
    assert Earlier(2025, (project("1"), project("二"))).requested is None
    assert Earlier(2025, (Project("p", 2025),)).requested is None
    assert Earlier(2025, (project("1"), Project("q", 2025))).name == "甲、未命名项目"
    assert project("1").with_form(Form.DECLARATION, None).forms == {}


def test_that_a_change_is_said_with_its_sign() -> None:
    assert [in_words(Decimal(text)) for text in ("12.50", "-3.0", "0.0", "-0.0")] == ["+12.5%", "-3%", "0%", "0%"]
    assert in_words(None) == ""
