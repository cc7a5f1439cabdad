"""Settings travel as JSON texts and come back the same; what cannot be read counts as its default."""

from __future__ import annotations

from decimal import Decimal
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.settings import (
    ExecutionRule,
    GradeScheme,
    NegativeRule,
    RateRounding,
    ReductionRule,
    ScoringProfile,
    Settings,
    Thresholds,
    WeightProfile,
)

limits = st.decimals(0, 100, places=2)
profiles = st.builds(
    ScoringProfile,
    negative=st.sampled_from(NegativeRule),
    reduction=st.sampled_from(ReductionRule),
    execution=st.sampled_from(ExecutionRule),
    rate_rounding=st.sampled_from(RateRounding),
    grades=st.sampled_from(GradeScheme),
    weights=st.sampled_from(WeightProfile),
    custom_weights=st.tuples(limits, limits, limits, limits, limits),
    band_achieved=limits,
    band_partly=limits,
)
settings_texts = st.builds(
    Settings,
    unit_name=st.text(),
    department=st.text(),
    own_units=st.lists(st.text()).map(tuple),
    thresholds=st.builds(Thresholds, goal_min_length=limits, execution_rate_percent=limits),
    default_profile=profiles,
    profiles=st.dictionaries(st.integers(2000, 2100), profiles, max_size=3).map(MappingProxyType),
)


@given(settings_texts)
def test_that_settings_come_back_from_their_texts_unchanged(settings: Settings) -> None:
    assert Settings.from_texts(settings.to_texts()) == settings


def test_that_settings_at_their_defaults_need_no_text() -> None:
    assert Settings().to_texts() == {}
    assert Settings.from_texts({}) == Settings()


def test_that_a_year_without_a_profile_of_its_own_takes_the_default_one() -> None:
    stepped = ScoringProfile(execution=ExecutionRule.STEPPED)
    settings = Settings(profiles=MappingProxyType({2026: stepped}))
    assert settings.profile(2026) is stepped
    assert settings.profile(2025) == ScoringProfile()


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("thresholds", "no json"),
        ("thresholds", '{"goal_min_length": "dreißig"}'),
        ("thresholds", '{"goal_min_length": "NaN"}'),
        ("thresholds", '{"goal_min_length": "Infinity"}'),
        ("profile", '{"negative": "N9"}'),
        ("profile", "[]"),
        ("profile", '{"custom_weights": ["50", "50"]}'),
        ("profile/kein-jahr", "{}"),
        ("own_units", "7"),
        ("own_units", '"万件"'),
        ("unit_name", "null"),
        ("from-a-later-version", '"?"'),
    ],
)
def test_that_an_entry_that_cannot_be_read_counts_as_its_default(key: str, text: str) -> None:
    assert Settings.from_texts({key: text, "department": '"主管部门"'}) == Settings(department="主管部门")


def test_that_a_profile_of_an_earlier_version_keeps_what_it_says_and_defaults_the_rest() -> None:
    settings = Settings.from_texts({"profile/2026": '{"band_partly": "50", "unheard_of": 1}'})
    assert settings.profile(2026) == ScoringProfile(band_partly=Decimal(50))
