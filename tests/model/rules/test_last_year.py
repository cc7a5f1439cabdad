"""A declaration beside the year before: what is asked for and aimed at changed too much, or less than was reached."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from decimal import Decimal
from types import MappingProxyType

import pytest

from model.checking import check
from model.findings import Finding
from model.records import Declaration, Evaluation, Form, Indicator, Project, forms_of
from model.rules import Context, Neighbours, ProjectKey, grouped
from model.settings import Settings, Thresholds
from tests.model.rules.builders import done, line

RULES = {"FND-011", "VAL-031", "VAL-032"}


def declared(year: int, total: str, *lines: Indicator, **cells: str) -> Project:
    content = Declaration(total_requested=total, fiscal_current=total, indicators=lines)
    return Project(f"y{year}", year, cells.get("name", "政策培训"), "局", "中心", forms_of(content))


def beside(now: Project, *others: Project, settings: Settings | None = None) -> list[Finding]:
    """What these rules say of a project among others."""
    by_id = {project.id: project for project in others}

    def read(ids: Collection[str]) -> Sequence[Project]:
        return [by_id[one] for one in ids]

    neighbours = Neighbours(map(ProjectKey.of, (now, *others)))
    found = check(now, Context(settings or Settings(), neighbours, read))
    return [finding for finding in found if finding.rule in RULES]


def messages(now: Project, *others: Project, settings: Settings | None = None) -> list[str]:
    return [finding.message for finding in beside(now, *others, settings=settings)]


@pytest.mark.parametrize(
    ("now", "before", "said"),
    [
        ("131", "100", ["年度资金申请总额较上年（100.00元）增加31%，请准备说明。"]),
        ("66.6", "100", ["年度资金申请总额较上年（100.00元）减少33.4%，请准备说明。"]),
        ("130", "100", []),
        ("130", "0", []),
        ("", "100", []),
        ("130", "百", []),
    ],
)
def test_that_a_request_that_changed_beyond_the_threshold_is_noted(now: str, before: str, said: list[str]) -> None:
    assert messages(declared(2026, now), declared(2025, before)) == said


def test_that_the_thresholds_are_settings() -> None:
    strict = Settings(thresholds=Thresholds(request_change_percent=Decimal(5), target_change_percent=Decimal(5)))
    now, before = (
        declared(2026, "110", line("a", "数量指标", "培训", "≥11.00(场)")),
        declared(2025, "100", line("b", "数量指标", "培训", "≥10.00(场)")),
    )
    assert messages(now, before) == []
    assert [found.rule for found in beside(now, before, settings=strict)] == ["FND-011", "VAL-032"]
    assert Settings.from_texts(strict.to_texts()) == strict


def reached(target: str, actual: str) -> Project:
    project = declared(2025, "100", line("b", "数量指标", "培训", target))
    evaluated = Evaluation(indicators=(done("c", "数量指标", "培训", target, actual_text=actual),))
    return project.with_form(Form.EVALUATION, evaluated)


@pytest.mark.parametrize(
    ("target", "actual", "said"),
    [
        ("≥10.00(场)", "12场", ["“培训”的指标值低于上年完成值12场，请核对。"]),
        ("≥1.00(万场)", "12000场", ["“培训”的指标值低于上年完成值12000场，请核对。"]),
        ("≥12.00(场)", "12场", []),
        ("≤10.00(场)", "12场", []),
        ("≥10.00(场)", "12家", []),
        ("≥10.00(场)", "完成", []),
        ("≥10.00(场)", "", []),
        ("完善", "12场", []),
    ],
)
def test_that_a_target_below_what_was_reached_is_noted(target: str, actual: str, said: list[str]) -> None:
    now = declared(2026, "100", line("a", "数量指标", "培训", target))
    assert messages(now, reached(target, actual)) == said


@pytest.mark.parametrize(
    ("now", "before", "said"),
    [
        ("≥16.00(场)", "≥10.00(场)", ["“培训”的指标值较上年（≥10.00(场)）提高60%，请核对或准备说明。"]),
        ("≤4.00(小时)", "≤600.00(分钟)", ["“培训”的指标值较上年（≤600.00(分钟)）降低60%，请核对或准备说明。"]),
        ("≥15.00(场)", "≥10.00(场)", []),
        ("≥15.00(场)", "=0.00(场)", []),
        ("≥15.00(场)", "完成", []),
    ],
)
def test_that_a_cut_or_a_jump_of_a_target_is_noted(now: str, before: str, said: list[str]) -> None:
    assert (
        messages(
            declared(2026, "100", line("a", "数量指标", "培训", now)),
            declared(2025, "100", line("b", "数量指标", "培训", before)),
        )
        == said
    )


def test_that_hints_on_several_lines_are_told_as_one() -> None:
    lines = [line(f"a{n}", "数量指标", f"培训{n}", "≥30.00(场)") for n in range(2)]
    before = [line(f"b{n}", "数量指标", f"培训{n}", "≥10.00(场)") for n in range(2)]
    now = declared(2026, "100", *lines)
    (found,) = grouped(beside(now, declared(2025, "100", *before)), now)
    assert found.message == "2条指标的指标值较上年变化较大，请核对或准备说明：“培训0”“培训1”。"


def test_that_nothing_is_said_across_a_gap_of_another_name_or_without_knowing() -> None:
    now = declared(2026, "900")
    assert messages(now, declared(2024, "100")) == []
    assert messages(now, declared(2025, "100", name="另一项目")) == []
    assert messages(now, declared(2025, "100"), replace(declared(2025, "100"), id="twin")) == []
    evaluated = Project("e", 2026, "政策培训", "局", "中心", forms_of(Evaluation()))
    assert messages(evaluated, declared(2025, "100")) == []


def test_that_what_a_person_said_counts_also_for_several_that_were_joined() -> None:
    parts = [replace(declared(2025, "100", name=name), id=name) for name in ("甲", "乙")]
    links = {"y2026": ("甲", "乙")}
    joined = Settings(links=MappingProxyType(links))
    assert messages(declared(2026, "300"), *parts, settings=joined) == [
        "年度资金申请总额较上年（200.00元）增加50%，请准备说明。"
    ]
    new = Settings(links=MappingProxyType({"y2026": ()}))
    assert messages(declared(2026, "900"), declared(2025, "100"), settings=new) == []
    gone = Settings(links=MappingProxyType({"y2026": ("weg",)}))
    assert len(messages(declared(2026, "900"), declared(2025, "100"), settings=gone)) == 1


def test_that_the_request_of_a_self_evaluation_alone_is_its_budget() -> None:
    before = Project("e", 2025, "政策培训", "局", "中心", forms_of(Evaluation(initial_total="100")))
    assert len(messages(declared(2026, "300"), before)) == 1


def test_that_the_year_before_is_followed_as_projects_come_and_go() -> None:
    now, before = declared(2026, "900"), declared(2025, "100")
    neighbours = Neighbours([ProjectKey.of(now)])
    context = Context(Settings(), neighbours, lambda ids: [before] if ids else [])
    assert context.earlier(now) is None
    neighbours.replace((), [ProjectKey.of(before)])
    earlier = context.earlier(now)
    assert earlier is not None
    assert (earlier.year, earlier.name, earlier.requested) == (2025, "政策培训", 100_00)
    assert context.earlier(now) is earlier
    neighbours.replace([ProjectKey.of(before)], ())
    assert context.earlier(now) is None
