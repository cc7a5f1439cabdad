"""What spells the names of the library that comes with the program."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from storage.library import SHIPPED, read_library
from tests.packaging.script import script

make = script("make_library.py")


def test_that_the_library_that_comes_with_the_program_is_spelt_and_in_order_already(tmp_path: Path) -> None:
    path = tmp_path / "library.json"
    shutil.copyfile(SHIPPED, path)
    assert make.make_library(path) == len(read_library(SHIPPED))
    assert path.read_bytes() == SHIPPED.read_bytes()


def test_that_an_entry_that_was_added_is_spelt_and_put_in_its_place(tmp_path: Path) -> None:
    path = tmp_path / "library.json"
    entries = [
        {"level2": "质量指标", "name": "合格率", "value": "好", "pinyin": "he ge lv"},
        {"level2": "数量指标", "name": "培训人次", "value": "多"},
    ]
    path.write_text(json.dumps({"format": "jixiao-library/1", "entries": entries}), encoding="utf-8")
    make.make_library(path)
    assert [(entry.name, entry.pinyin) for entry in read_library(path)] == [
        ("培训人次", "pei xun ren ci"),
        ("合格率", "he ge lv"),
    ]


def test_that_the_manual_says_how_many_entries_there_are() -> None:
    manual = "".join(path.read_text(encoding="utf-8") for path in (SHIPPED.parent / "manual").glob("*.md"))
    assert f"{len(read_library(SHIPPED))} 条通用指标" in manual
