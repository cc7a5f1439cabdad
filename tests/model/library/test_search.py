"""What the library knows and how it is found."""

from __future__ import annotations

from dataclasses import replace

import pytest

from model.library import Entry, Known, Library, LibraryRow, Source, entry_of, key_of
from model.library.spelt import Spelt
from model.records import Declaration, EvaluatedIndicator, Evaluation, Indicator, Project, forms_of
from tests.calls import counted

SHIPPED = (
    Entry("数量指标", "培训人次", "≥200人次", pinyin="pei xun ren ci"),
    Entry("数量指标", "举办培训场次", "≥4场", pinyin="ju ban pei xun chang ci"),
    Entry("质量指标", "培训合格率", "≥95%", pinyin="pei xun he ge lv"),
    Entry("质量指标", "验收合格率", "=100%", pinyin="yan shou he ge lv"),
)


def library() -> Library:
    return Library(SHIPPED, " ".join)


def project(*lines: tuple[str, str, str], project_id: str = "p", year: int = 2025) -> Project:
    made = tuple(Indicator(f"{project_id}{at}", "产出指标", *line) for at, line in enumerate(lines))
    return Project(project_id, year, "项目", forms=forms_of(Declaration(indicators=made)))


def names(found: tuple[Known, ...]) -> list[str]:
    return [known.entry.name for known in found]


def test_that_an_entry_is_found_by_a_part_of_its_name_those_of_the_level_first_and_beginnings_before_the_rest() -> None:
    assert names(library().search("培训", "数量指标")) == ["培训人次", "举办培训场次", "培训合格率"]
    assert names(library().search("培训", "质量")) == ["培训合格率", "培训人次", "举办培训场次"]
    assert names(library().search("合 格", "数量指标")) == ["培训合格率", "验收合格率"]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("px", ["培训人次", "培训合格率", "举办培训场次"]),
        ("PXHGL", ["培训合格率"]),
        ("peixunr", ["培训人次"]),
        ("xunren", []),
        ("hgl", ["培训合格率", "验收合格率"]),
        ("zz", []),
        ("培训z", []),
    ],
)
def test_that_an_entry_is_found_by_initials_anywhere_and_by_full_pinyin_from_its_beginning(
    typed: str, found: list[str]
) -> None:
    assert names(library().search(typed)) == found


def test_that_everything_is_found_while_nothing_is_typed_and_no_more_than_is_asked_for() -> None:
    assert len(library().search("")) == len(SHIPPED) == len(library())
    assert names(library().search("", "质量指标", limit=1)) == ["培训合格率"]


def test_that_entries_that_rank_alike_are_listed_in_the_order_of_the_lines_they_come_from() -> None:
    known, used = Library((), " ".join), [f"指标{number}" for number in range(20)]
    known.follow(project(*(("数量指标", name, "≥1个") for name in used)))
    assert names(known.search("指标")) == used
    known.follow(project(*(("数量指标", name, "≥1个") for name in [*reversed(used), "指标末"])))
    assert names(known.search("指标")) == [*used, "指标末"]
    known.forget("p")
    assert names(known.search("")) == []


def test_that_what_the_unit_used_comes_before_everything_else_with_its_latest_value() -> None:
    known = library()
    known.follow(
        project(("质量指标", "专项培训通过率", "≥80%"), ("数量指标", "培训人次", "≥300(人次)"), project_id="a")
    )
    known.follow(project(("数量指标", "培训 人次", ""), ("数量指标", " ", "1"), project_id="b", year=2026))
    known.follow(project(("质量", "验收合格率", "≥98%"), project_id="c", year=2024))
    found = known.search("培训", "数量指标")
    assert names(found) == ["培训人次", "专项培训通过率", "举办培训场次", "培训合格率"]
    assert (found[0].entry.target, found[0].count, found[0].year, found[0].only_in) == ("≥300(人次)", 2, 2026, "")
    assert found[0].origin == "2026 年等 2 个项目用过"
    assert (found[1].source, found[1].origin, found[1].only_in) == (Source.USED, "2025 年用过", "a")
    assert names(known.search("ysh")) == ["验收合格率"]
    assert found[2].origin == "通用"


def test_that_lines_of_all_forms_count_and_a_blank_value_takes_that_of_the_library() -> None:
    known = library()
    evaluation = Evaluation(indicators=(EvaluatedIndicator("x", "产出指标", "数量指标", "培训人次"),))
    known.follow(Project("p", 2025, forms=forms_of(evaluation)))
    found = known.known(key_of("数量指标", "培训人次"))
    assert found is not None
    assert (found.entry, found.source) == (SHIPPED[0], Source.USED)


def test_that_what_stands_in_the_project_at_hand_alone_is_not_offered_there() -> None:
    known = library()
    known.follow(project(("数量指标", "培训期数", "≥3期"), ("数量指标", "培训人次", "≥3人次"), project_id="a"))
    known.follow(project(("数量指标", "培训人次", "≥5人次"), project_id="b", year=2024))
    assert names(known.search("培训", "数量指标", here="a"))[:2] == ["培训人次", "举办培训场次"]
    assert names(known.search("培训期", here="b")) == ["培训期数"]


def test_that_a_project_that_changes_or_goes_takes_its_entries_along() -> None:
    known = library()
    known.follow(project(("数量指标", "培训期数", "≥3期"), project_id="a"))
    known.follow(project(("数量指标", "培训批次", "≥3批"), ("数量指标", "培训人次", "≥3人次"), project_id="a"))
    assert names(known.search("培训", "数量指标"))[:2] == ["培训人次", "培训批次"]
    known.forget("a")
    known.forget("nobody")
    assert names(known.search("培训")) == names(library().search("培训"))
    assert known.known(key_of("数量指标", "培训批次")) is None


def test_that_a_row_that_is_kept_counts_more_than_what_was_used_and_one_that_is_removed_is_offered_no_more() -> None:
    known = library()
    known.follow(project(("数量指标", "培训人次", "≥3人次")))
    kept = LibraryRow(entry_of("数量指标", "培训人次", "≥50人次"))
    known.take_row(None, kept)
    first = known.search("pxrc")[0]
    assert (first.entry.target, first.source, first.origin) == ("≥50人次", Source.KEPT, "自存，2025 年用过")
    gone = replace(kept, is_removed=True)
    known.take_row(kept, gone)
    assert known.rows == {kept.entry.key: gone}
    assert known.removed() == (kept.entry,)
    assert "培训人次" not in names(known.search("培训"))
    known.take_row(gone, None)
    assert known.search("培训人次")[0].source is Source.USED
    assert known.removed() == ()


def test_that_a_name_nobody_spelt_is_spelt_once_when_it_comes() -> None:
    asked: list[str] = []

    def spell(name: str) -> str:
        asked.append(name)
        return "da xing"

    known = Library(SHIPPED, spell)
    for _ in range(3):
        known.follow(project(("数量指标", "大型会议", "≥3场")))
    assert names(known.search("dx")) == ["大型会议"]
    assert asked == ["大型会议"]


@pytest.mark.parametrize("copies", [1, 20])
def test_that_a_key_looks_only_at_entries_that_hold_what_is_typed_and_at_no_level_it_does_not_need(copies: int) -> None:
    known = library()
    for number in range(copies):
        lines = (
            (level, f"{name}{number}", "≥1次")
            for level in ("数量指标", "质量指标")
            for name in ("巡检期数", "走访户数")
        )
        known.follow(project(*lines, project_id=f"p{number}"))
    found: list[Known] = []
    asked = counted(Spelt.quality.__code__, lambda: found.extend(known.search("巡检", "数量指标", limit=1)))
    assert (asked, len(found)) == (copies, 1)
    assert counted(Spelt.quality.__code__, lambda: known.search("没有", "数量指标")) == 0


def test_that_the_units_own_and_what_came_with_the_program_are_asked_for_alone() -> None:
    known = library()
    known.follow(project(("数量指标", "培训期数", "≥3期")))
    assert names(known.search("培训", is_shipped=False)) == ["培训期数"]
    assert "培训期数" not in names(known.search("培训", is_shipped=True))
