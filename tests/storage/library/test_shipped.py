"""The entries that come with the program: clean, readable, and nothing the rules would find fault with."""

from __future__ import annotations

import re

from model.checking import check
from model.library import Direction
from model.quantity import Kind, Style
from model.records import Declaration, Indicator, Project, forms_of
from model.rules import Context
from model.settings import Settings
from model.values.matching import matching_name
from model.values.taxonomy import LEVELS
from storage.library import shipped


def test_that_every_second_level_has_entries_and_no_name_stands_twice() -> None:
    entries = shipped()
    assert 300 <= len(entries) <= 400
    assert {entry.level2 for entry in entries} == {level2 for below in LEVELS.values() for level2 in below}
    assert len({matching_name(entry.name) for entry in entries}) == len(entries)


def test_that_every_value_is_a_quantity_with_a_known_unit_or_words_and_its_direction_fits() -> None:
    for entry in shipped():
        value = entry.value()
        assert entry.target
        if re.search("[≥>=<≤]", entry.target):
            assert value.kind is Kind.QUANT, entry
            assert value.has_comparator, entry
            assert value.unit is not None, entry
            assert value.unit.known, entry
            assert entry.direction is not Direction.JUDGED, entry
            assert value.comparator is not None
            assert not value.comparator.is_negative or entry.direction is Direction.LOWER, entry
        else:
            assert value.kind in {Kind.QUAL, Kind.DEADLINE}, entry
            assert entry.direction is Direction.JUDGED, entry


def test_that_every_character_of_a_name_is_spelt() -> None:
    for entry in shipped():
        assert len(entry.pinyin.split()) == len(entry.name), entry


def test_that_no_rule_finds_fault_with_an_entry_that_was_taken_as_it_is() -> None:
    lines = tuple(
        Indicator(f"{number}", entry.level1, entry.level2, entry.name, entry.target_in(Style.DECLARATION))
        for number, entry in enumerate(shipped())
    )
    project = Project("p", 2026, "项目", forms=forms_of(Declaration(indicators=lines)))
    found = [finding for finding in check(project, Context(Settings())) if finding.place.indicator_id]
    assert [(finding.rule, lines[int(finding.place.indicator_id)].name) for finding in found] == []
