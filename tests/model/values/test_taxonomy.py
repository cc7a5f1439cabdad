"""domain.md §4: the taxonomy."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest

from model.values import taxonomy

FORMS = Path(__file__).parent.parent.parent / "fixtures" / "forms"


def test_that_the_first_levels_stand_in_the_printed_order_with_cost_first() -> None:
    assert taxonomy.LEVEL1 == ("成本指标", "产出指标", "效益指标", "满意度指标")


def test_that_every_second_level_belongs_to_the_first_level_that_lists_it() -> None:
    for level1 in taxonomy.LEVEL1:
        for level2 in taxonomy.level2_of(level1):
            assert taxonomy.level1_of(level2) == level1


def test_that_there_are_eleven_second_levels() -> None:
    assert sum(len(names) for names in taxonomy.LEVELS.values()) == 11


def test_that_a_label_outside_the_taxonomy_has_neither_parent_nor_children() -> None:
    assert taxonomy.level1_of("过程指标") is None
    assert taxonomy.level2_of("过程指标") == ()
    assert taxonomy.canonical_level1("过程指标") is None
    assert taxonomy.canonical_level2("过程指标") is None


@pytest.mark.parametrize(
    ("label", "official"),
    [
        ("可持续影响", "可持续影响指标"),
        ("服务对象满意度", "服务对象满意度指标"),
        ("社会效益", "社会效益指标"),
        ("满意度指标", "服务对象满意度指标"),
        ("生态环境成本", "生态环境成本指标"),
        ("成本指标", "经济成本指标"),
        ("服务对象\n满意度指标", "服务对象满意度指标"),
        (" 时效 ", "时效指标"),
    ],
)
def test_that_historic_and_split_labels_name_the_official_second_level(label: str, official: str) -> None:
    assert taxonomy.canonical_level2(label) == official


def test_that_an_official_label_names_itself() -> None:
    for level1, names in taxonomy.LEVELS.items():
        assert taxonomy.canonical_level1(level1) == level1
        assert [taxonomy.canonical_level2(name) for name in names] == list(names)


def test_that_a_first_level_is_known_without_its_suffix() -> None:
    assert taxonomy.canonical_level1("满意度") == "满意度指标"


def test_that_sorting_by_the_order_key_restores_the_printed_order_and_keeps_strangers_last() -> None:
    printed = [(level1, level2) for level1, names in taxonomy.LEVELS.items() for level2 in names]
    lines = [*printed, ("产出指标", "没有的"), ("没有的", "数量指标")]
    random.Random(4).shuffle(lines)
    ordered = sorted(lines, key=lambda line: taxonomy.order_key(*line))
    assert [line for line in ordered if "没有的" not in line] == printed
    assert ordered[-1] == ("没有的", "数量指标")
    assert ordered.index(("产出指标", "没有的")) == ordered.index(("产出指标", "时效指标")) + 1


@pytest.mark.parametrize(
    ("name", "current", "guess"),
    [
        ("系统故障修复及时性", "社会效益指标", "时效指标"),
        ("投稿及时率", "社会效益指标", "时效指标"),
        ("录用稿件数量", "时效指标", "数量指标"),
        ("知识产权数量", "时效指标", "数量指标"),
        ("系统稳定性", "时效指标", "质量指标"),
        ("使用者满意度", "社会效益指标", "服务对象满意度指标"),
        ("项目总成本", "数量指标", "经济成本指标"),
        ("参加人数", "服务对象满意度指标", "数量指标"),
    ],
)
def test_that_keywords_of_a_name_suggest_another_second_level(name: str, current: str, guess: str) -> None:
    assert taxonomy.guess_level2(name, current) == guess


@pytest.mark.parametrize(
    ("name", "current"),
    [
        ("服务企业数量", "社会效益指标"),
        ("故障次数", "质量指标"),
        ("工作及时率", "时效指标"),
        ("单位成本", "社会成本指标"),
        ("系统稳定性", "质量指标"),
        ("成果报告验收率", "质量指标"),
    ],
)
def test_that_a_name_that_may_well_stand_where_it_stands_suggests_nothing(name: str, current: str) -> None:
    assert taxonomy.guess_level2(name, current) is None


@pytest.mark.parametrize("path", sorted(FORMS.glob("*.json")), ids=lambda path: path.stem)
def test_that_every_label_of_the_given_forms_is_official(path: Path) -> None:
    for form in json.loads(path.read_text(encoding="utf-8"))["forms"]:
        for line in form["indicators"]:
            assert line["level2"] in taxonomy.level2_of(line["level1"])
