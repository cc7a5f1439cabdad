"""Library files: written and read again as they were, and refused with a sentence when anything in them is wrong."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.errors import UserError
from model.library import Direction, Entry, entry_of
from storage.library import FORMAT, SHIPPED, read_library, write_library

ONE = {"level2": "质量指标", "name": "合格率", "comparator": "≥", "value": "95", "unit": "%", "direction": "higher"}


def written(path: Path, document: object) -> Path:
    path.write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")
    return path


def library(path: Path, *entries: Any, format_name: str = FORMAT) -> Path:
    return written(path, {"format": format_name, "entries": list(entries)})


def test_that_the_file_that_comes_with_the_program_is_written_as_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "again.json"
    assert write_library(path, read_library(SHIPPED)) == len(read_library(SHIPPED))
    assert path.read_bytes() == SHIPPED.read_bytes()


targets = st.sampled_from(
    ["≥90%", ">=4万个", "≤2.50(小时)", "30", "按时完成", "", "≥10家（含线上）", "约100人", "12月底前"]
)


@given(
    st.lists(st.tuples(st.sampled_from("甲乙丙丁"), targets), min_size=1, max_size=4, unique_by=lambda pair: pair[0])
)
def test_that_entries_come_back_with_name_level_direction_and_meaning(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, str]]
) -> None:
    entries = [entry_of("数量指标", name, target) for name, target in rows]
    path = tmp_path_factory.mktemp("library") / "a.json"
    write_library(path, entries)
    read = read_library(path)
    assert [(one.key, one.direction, one.parts()) for one in read] == [
        (one.key, one.direction, one.parts()) for one in entries
    ]


def test_that_a_level_may_be_written_short_and_a_comparator_in_two_signs(tmp_path: Path) -> None:
    path = library(tmp_path / "a.json", {"level2": "质量", "name": " 合格率 ", "comparator": ">=", "value": "95"})
    assert read_library(path) == (Entry("质量指标", "合格率", "≥95", Direction.JUDGED),)


@pytest.mark.parametrize(
    ("document", "said"),
    [
        ([], "不是指标库文件"),
        ({"format": "jixiao-forms/1", "forms": []}, "不是指标库文件"),
        ({"format": 1}, "不是指标库文件"),
        ({"format": "jixiao-library/2", "entries": []}, "本程序只支持“jixiao-library/1”"),
        ({"format": FORMAT}, "entries 应为列表"),
        ({"format": FORMAT, "entries": []}, "里面没有指标"),
        ({"format": FORMAT, "entries": [{}] * 20_001}, "一次最多导入 20000 条"),
        ({"format": FORMAT, "entries": ["合格率"]}, "第 1 条指标应为对象"),
        ({"format": FORMAT, "entries": [ONE, {**ONE, "name": "合 格率"}]}, "第 2 条“合 格率”与第 1 条重复"),
        ({"format": FORMAT, "entries": [{**ONE, "level2": "别的指标"}]}, "二级指标“别的指标”不是"),
        ({"format": FORMAT, "entries": [{**ONE, "level2": " "}]}, "没有二级指标"),
        ({"format": FORMAT, "entries": [{**ONE, "name": ""}]}, "没有指标名称"),
        ({"format": FORMAT, "entries": [{**ONE, "name": 7}]}, "name 应为文字，实际是数字 7"),
        ({"format": FORMAT, "entries": [{**ONE, "name": "好\x07"}]}, "name 含有无法显示和打印的字符"),
        ({"format": FORMAT, "entries": [{**ONE, "comparator": "约"}]}, "comparator 应为"),
        ({"format": FORMAT, "entries": [{**ONE, "direction": "up"}]}, "direction 应为"),
        ({"format": FORMAT, "entries": [{**ONE, "pinyin": "Hé"}]}, "pinyin 只能有"),
        ({"format": FORMAT, "entries": [{**ONE, "value": "很多"}]}, "指标值“≥很多%”不能读作"),
        ({"format": FORMAT, "entries": [{**ONE, "级别": "1"}]}, "不认识或重复的键“级别”"),
    ],
)
def test_that_a_file_of_another_kind_or_with_nonsense_is_refused_with_its_place(
    tmp_path: Path, document: object, said: str
) -> None:
    with pytest.raises(UserError) as told:
        read_library(written(tmp_path / "库.json", document))
    assert said in str(told.value)
    assert "库.json" in str(told.value)
    assert "没有导入任何内容" in str(told.value)


def test_that_a_key_that_stands_twice_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text(f'{{"format": "{FORMAT}", "entries": [], "entries": []}}', encoding="utf-8")
    with pytest.raises(UserError, match="只出现一次"):
        read_library(path)
    path.write_text(f'{{"format": "{FORMAT}", "entries": [{{"name": "a", "name": "b"}}]}}', encoding="utf-8")
    with pytest.raises(UserError, match="重复的键“name”"):
        read_library(path)


def test_that_a_file_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    with pytest.raises(UserError):
        write_library(tmp_path / "no folder" / "a.json", [])
