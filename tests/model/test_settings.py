"""Settings travel as JSON texts and come back the same; what cannot be read counts as its default."""

from __future__ import annotations

import json
from dataclasses import fields, replace
from decimal import Decimal
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.edits import set_setting_changes
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
    reason_from_percent=limits,
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
        ("earlier/p", '"q"'),
        ("unit_name", "null"),
        ("from-a-later-version", '"?"'),
    ],
)
def test_that_an_entry_that_cannot_be_read_counts_as_its_default(key: str, text: str) -> None:
    assert Settings.from_texts({key: text, "department": '"主管部门"'}) == Settings(department="主管部门")


def test_that_a_profile_of_an_earlier_version_keeps_what_it_says_and_defaults_the_rest() -> None:
    settings = Settings.from_texts({"profile/2026": '{"band_partly": "50", "unheard_of": 1}'})
    assert settings.profile(2026) == ScoringProfile(band_partly=Decimal(50))


UNREADABLE = {
    "profile": '{"negative": "N9"}',
    "profile/2026": '{"negative":"N9"}',
    "thresholds": '{"goal_min_length": "dreißig"}',
    "own_units": "7",
    "earlier/p": "[1]",
    "from-a-later-version": '"?"',
}


def changed(before: dict[str, str], settings: Settings) -> dict[str, str]:
    """The texts of a store after the settings were changed: every change fits what stands there."""
    texts = dict(before)
    for change in set_setting_changes(Settings.from_texts(before), settings):
        assert texts.get(change.key, "") == change.before
        texts[change.key] = change.after
    return {key: text for key, text in texts.items() if text}


def test_that_what_cannot_be_read_stays_as_it_is_when_something_else_is_changed() -> None:
    settings = Settings.from_texts(UNREADABLE)
    assert settings.unreadable == tuple(UNREADABLE)
    assert settings.to_texts() == UNREADABLE
    after = changed(UNREADABLE, replace(settings, unit_name="某中心"))
    assert after == {**UNREADABLE, "unit_name": '"某中心"'}


STRICT = ScoringProfile(negative=NegativeRule.N3)


@pytest.mark.parametrize(
    ("key", "wanted"),
    [
        ("profile", {"default_profile": STRICT}),
        ("profile/2026", {"profiles": MappingProxyType({2026: STRICT})}),
        ("profile/2026", {"profiles": MappingProxyType({2026: ScoringProfile()})}),
        ("thresholds", {"thresholds": Thresholds(goal_min_length=Decimal(5))}),
        ("own_units", {"own_units": ("园区",)}),
        ("earlier/p", {"links": MappingProxyType({"p": ("q",)})}),
    ],
)
def test_that_a_setting_that_cannot_be_read_can_be_changed_again(key: str, wanted: dict[str, object]) -> None:
    settings = replace(Settings.from_texts(UNREADABLE), **wanted)  # type: ignore[arg-type]
    after = changed(UNREADABLE, settings)
    assert Settings.from_texts(after).unreadable == tuple(other for other in UNREADABLE if other != key)
    assert Settings.from_texts(after) == settings
    others = {other: text for other, text in UNREADABLE.items() if other != key}
    assert {other: text for other, text in after.items() if other != key} == others


def test_that_everything_that_cannot_be_read_can_be_given_up_at_once() -> None:
    texts = {**UNREADABLE, "unit_name": '"某中心"', "department": '"\\u5c40"'}
    settings = Settings.from_texts(texts).without_unreadable()
    assert settings == Settings(unit_name="某中心", department="局")
    assert changed(texts, settings) == {"unit_name": '"某中心"', "department": '"\\u5c40"'}


OLDER = {
    "profile/2026": '{"band_partly": "50"}',
    "thresholds": '{"goal_min_length": "31.0", "later": 1}',
    "unit_name": '""',
    "department": '"\\u5c40"',
}


def test_that_what_another_version_wrote_differently_counts_stays_and_can_be_changed() -> None:
    settings = Settings.from_texts(OLDER)
    assert settings.unreadable == ()
    assert settings.notice == ""
    assert settings.to_texts() == OLDER
    assert changed(OLDER, replace(settings, own_units=("园区",))) == {**OLDER, "own_units": '["园区"]'}
    wanted = replace(
        settings, thresholds=Thresholds(), profiles=MappingProxyType({}), unit_name="中心", department="委"
    )
    assert changed(OLDER, wanted) == {"unit_name": '"中心"', "department": '"委"'}


def test_that_of_a_flood_of_settings_nobody_knows_a_few_are_named_and_all_are_counted() -> None:
    notice = Settings.from_texts({f"第{number}项\n{'长' * 10_000}": "1" for number in range(500)}).notice
    assert len(notice) < 1_000
    assert "\n" not in notice
    assert "等500项" in notice


def test_that_the_clerk_is_told_which_settings_do_not_count() -> None:
    notice = Settings.from_texts(UNREADABLE).notice
    for label in ("默认计分方案", "2026 年度的计分方案", "检查阈值", "自有计量单位", "“from-a-later-version”"):
        assert label in notice
    assert "原样保留" in notice
    assert Settings().notice == ""


@given(settings_texts, st.dictionaries(st.sampled_from(sorted(UNREADABLE)), st.text(), max_size=3), settings_texts)
def test_that_settings_can_always_be_changed_whatever_a_store_holds(
    before: Settings, odd: dict[str, str], wanted: Settings
) -> None:
    texts = {key: text for key, text in {**before.to_texts(), **odd}.items() if text}
    read = Settings.from_texts(texts)
    assert read.to_texts() == texts
    after = changed(texts, replace(wanted, stored=read.stored))
    assert Settings.from_texts(after) == wanted


def test_that_every_field_has_a_name_in_the_texts_that_a_renaming_does_not_touch() -> None:
    everything = Settings(
        thresholds=Thresholds(**{spec.name: Decimal(7) for spec in fields(Thresholds)}),
        default_profile=ScoringProfile(
            negative=NegativeRule.N2,
            reduction=ReductionRule.R2,
            execution=ExecutionRule.STEPPED,
            rate_rounding=RateRounding.HALF_UP,
            grades=GradeScheme.SHANGHAI,
            weights=WeightProfile.B,
            custom_weights=(Decimal(1),) * 5,
            band_achieved=Decimal(7),
            band_partly=Decimal(6),
            reason_from_percent=Decimal(130),
        ),
    )
    texts = everything.to_texts()
    assert list(json.loads(texts["thresholds"])) == [
        *("goal_min_length", "goal_max_length", "amount_in_ten_thousands_below", "cost_required_from_year"),
        *("name_max_length", "indicators_min", "indicators_max", "qualitative_share_percent"),
        *("budget_change_percent", "execution_rate_percent", "over_achievement_percent"),
        *("over_achievement_strong_percent", "line_points_max", "satisfaction_min_percent"),
        *("satisfaction_max_percent", "request_change_percent", "target_change_percent"),
    ]
    assert list(json.loads(texts["profile"])) == [
        *("negative", "reduction", "execution", "rate_rounding", "grades", "weights", "custom_weights"),
        *("band_achieved", "band_partly", "reason_from_percent"),
    ]
    assert Settings.from_texts(texts) == everything
