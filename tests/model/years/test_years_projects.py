"""Which project continues which: told for certain, said by hand, or asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from hypothesis import given
from hypothesis import strategies as st

from model.records import Project
from model.years import Answer, Match, Matching, YearNames, certain, match_projects

ASKED, SAME, NEW = Answer.ASKED, Answer.SAME, Match(Answer.NONE)


def year(prefix: str, *names: str, unit: str = "中心") -> list[Project]:
    return [Project(f"{prefix}{at}", 2026, name, "", unit) for at, name in enumerate(names)]


def matched(now: Sequence[str], earlier: Sequence[str], links: Mapping[str, tuple[str, ...]] | None = None) -> Matching:
    return match_projects(year("n", *now), year("e", *earlier), links or {})


def test_that_the_one_project_of_a_name_goes_on_however_it_is_spelled() -> None:
    found = matched(
        ["创•在上海", "2027年科技活动周", "信息化运维经费", "绿色银行"],
        ["信息化运维", "科技活动周（2026）", "创·在上海", "国际合作"],
    )
    assert found.matches == {
        "n0": Match(SAME, ("e2",)),
        "n1": Match(SAME, ("e1",)),
        "n2": Match(SAME, ("e0",)),
        "n3": NEW,
    }
    assert found.left == ("e3",)


def test_that_the_exact_name_wins_over_one_that_is_spelled_more_loosely() -> None:
    found = matched(["信息化建设", "信息化项目"], ["信息化项目", "信息化建设"])
    assert found.matches == {"n0": Match(SAME, ("e1",)), "n1": Match(SAME, ("e0",))}


def test_that_two_of_one_name_in_either_year_are_asked() -> None:
    assert matched(["培训", "培训"], ["培训"]).matches == {key: Match(ASKED, ("e0",)) for key in ("n0", "n1")}
    assert matched(["培训"], ["培训", "培训"]).matches == {"n0": Match(ASKED, ("e0", "e1"))}
    assert matched(["信息化建设", "信息化经费"], ["信息化项目"]).matches["n0"].answer is ASKED


def test_that_a_project_split_in_two_and_two_that_were_joined_are_asked() -> None:
    split = matched(["大型仪器共享", "试验基地年报"], ["大型仪器共享和试验基地年报"])
    assert [match.answer for match in split.matches.values()] == [ASKED, ASKED]
    joined = matched(["大型仪器共享和试验基地年报"], ["大型仪器共享", "试验基地年报"])
    assert joined.matches["n0"].answer is ASKED
    assert set(joined.matches["n0"].earlier) == {"e0", "e1"}


def test_that_another_phase_and_another_kind_of_work_are_never_the_same() -> None:
    assert matched(["平台建设（二期）"], ["平台建设（一期）"]).matches["n0"].answer is ASKED
    assert matched(["平台运维"], ["平台建设"]).matches["n0"].answer is not SAME


def test_that_what_a_person_said_counts_before_all_names() -> None:
    links = {"n0": ("e0", "e1"), "n1": ()}
    found = matched(["甲", "乙", "丙"], ["甲", "丙丙", "乙", "丙"], links)
    assert found.matches == {
        "n0": Match(Answer.BY_HAND, ("e0", "e1")),
        "n1": Match(Answer.BY_HAND),
        "n2": Match(SAME, ("e3",)),
    }
    assert found.left == ("e2",)


def test_that_one_earlier_project_can_be_continued_by_two_by_hand() -> None:
    found = matched(["甲", "乙"], ["甲乙"], {"n0": ("e0",), "n1": ("e0",)})
    assert {match.earlier for match in found.matches.values()} == {("e0",)}
    assert found.left == ()


def test_that_a_link_to_a_project_that_is_gone_counts_as_not_said() -> None:
    assert matched(["甲"], ["甲"], {"n0": ("weg",), "auch weg": ()}).matches == {"n0": Match(SAME, ("e0",))}


def test_that_another_unit_is_asked_by_the_very_name_only() -> None:
    ours = year("n", "信息化运维")
    theirs = year("e", "信息化运维项目", "信息化运维系统", unit="另一中心")
    assert match_projects(ours, theirs, {}).matches == {"n0": Match(ASKED, ("e0",))}


def test_that_a_project_without_a_name_goes_on_from_nothing() -> None:
    assert matched(["", ""], [""]).matches == {"n0": NEW, "n1": NEW}


def test_that_years_are_followed_project_by_project() -> None:
    now, earlier = year("n", "甲地项目", "乙地"), year("e", "甲地", "乙地")
    names, earlier_names = YearNames(now), YearNames(earlier)
    assert certain(now[0], names, earlier_names, {}, ()) == "e0"
    earlier_names.discard(earlier[0])
    assert certain(now[0], names, earlier_names, {}, ()) is None
    assert certain(now[1], names, earlier_names, {}, ("e1",)) is None
    assert certain(now[1], names, earlier_names, {"n0"}, ("e0",)) == "e1"


def test_that_one_of_a_crowd_of_one_name_is_never_certain() -> None:
    names = ["甲"] + ["经费（2026）"] * 60
    assert matched(["甲"], names).matches["n0"] == Match(SAME, ("e0",))
    assert matched(names, names).matches["n1"].answer is not SAME


@given(
    st.lists(st.sampled_from(["甲地", "甲地项目", "甲地（2026）", "甲地建设项目", "乙地", "乙地费"]), max_size=5),
    st.lists(st.sampled_from(["甲地", "甲地项目", "甲地（2025）", "甲地经费", "乙地", "丙地"]), max_size=5),
)
def test_that_nobody_is_continued_twice_and_matching_is_the_same_both_ways(now: list[str], earlier: list[str]) -> None:
    found = matched(now, earlier)
    pairs = {(key, match.earlier[0]) for key, match in found.matches.items() if match.answer is SAME}
    assert len({one for _, one in pairs}) == len(pairs)
    back = match_projects(year("e", *earlier), year("n", *now), {})
    assert {(match.earlier[0], key) for key, match in back.matches.items() if match.answer is SAME} == pairs
