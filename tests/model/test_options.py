"""Every setting is said once: its key, its words and its limits stand beside its field."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

import pytest

from model.options import options_of
from model.settings import ScoringProfile, Settings, Thresholds

RECORDS: tuple[Any, ...] = (ScoringProfile, Thresholds)


@pytest.mark.parametrize("record", RECORDS)
def test_that_every_field_of_a_record_of_settings_is_an_option(record: Any) -> None:
    assert list(options_of(record)) == [spec.name for spec in fields(record)]


def test_that_of_the_settings_only_years_links_and_foreign_texts_are_no_options() -> None:
    assert {spec.name for spec in fields(Settings)} - set(options_of(Settings)) == {"profiles", "links", "stored"}


@pytest.mark.parametrize("record", [*RECORDS, Settings])
def test_that_keys_and_words_are_there_and_each_stands_for_one_thing(record: Any) -> None:
    options = list(options_of(record).values())
    assert all(option.key and option.label for option in options)
    assert len({option.key for option in options}) == len(options)
    assert len({option.label for option in options}) == len(options)


def test_that_a_choice_offers_every_value_of_its_kind() -> None:
    for name, option in options_of(ScoringProfile).items():
        kind: Any = type(getattr(ScoringProfile(), name))
        if option.choices:
            assert set(option.choices) == set(kind)


@pytest.mark.parametrize("record", RECORDS)
def test_that_a_limit_of_another_names_a_field_and_the_defaults_keep_to_it(record: Any) -> None:
    defaults = record()
    for name, option in options_of(record).items():
        if option.at_most:
            assert getattr(defaults, name) <= getattr(defaults, option.at_most)


def test_that_the_keys_of_the_store_are_those_of_the_first_version() -> None:
    changed = Settings(
        unit_name="甲",
        department="乙",
        own_units=("丙",),
        thresholds=replace(Thresholds(), name_max_length=Thresholds().goal_max_length),
        default_profile=replace(ScoringProfile(), band_partly=Thresholds().indicators_min),
    )
    assert set(changed.to_texts()) == {"unit_name", "department", "own_units", "thresholds", "profile"}
