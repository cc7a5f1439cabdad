"""What a unit may decide for itself: scoring profiles by year, thresholds of the rules, its own unit list.

Every default is the one documented in domain.md; every point of its §12 is a switch here. Settings are kept in the
store as JSON texts under keys (see :func:`Settings.to_texts`), so that they travel with the file and can be undone.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from types import MappingProxyType
from typing import Any, TypeVar


class NegativeRule(StrEnum):
    """How a missed negative indicator is scored (domain.md §6.3)."""

    N1 = "N1"
    N2 = "N2"
    N3 = "N3"


class ReductionRule(StrEnum):
    """How a reduction for over-achievement is suggested (domain.md §6.7)."""

    R1 = "R1"
    R2 = "R2"
    R3 = "R3"


class ExecutionRule(StrEnum):
    """How the execution line is scored (domain.md §6.8)."""

    PROPORTIONAL = "proportional"
    STEPPED = "stepped"


class RateRounding(StrEnum):
    """How the printed execution rate is rounded (domain.md §3.4)."""

    CEILING = "ceiling"
    HALF_UP = "half_up"


class GradeScheme(StrEnum):
    """Which grades a total is given (domain.md §6.9)."""

    MOF = "mof"
    SHANGHAI = "shanghai"
    PROVINCIAL = "provincial"


class WeightProfile(StrEnum):
    """Points per first level (domain.md §6.9). AUTO takes A, B, A′ or B′ by the levels a form has."""

    AUTO = "auto"
    A = "A"
    B = "B"
    A_PRIME = "A'"
    B_PRIME = "B'"
    CUSTOM = "custom"


@dataclass(frozen=True, slots=True)
class ScoringProfile:
    """The switches of domain.md §6 for one budget year. ``custom_weights`` counts for CUSTOM only and is in the
    order 成本, 产出, 效益, 满意度, 执行. ``band_achieved`` and ``band_partly`` are the lower limits, in percent, of
    达成 and 部分达成."""

    negative: NegativeRule = NegativeRule.N1
    reduction: ReductionRule = ReductionRule.R1
    execution: ExecutionRule = ExecutionRule.PROPORTIONAL
    rate_rounding: RateRounding = RateRounding.CEILING
    grades: GradeScheme = GradeScheme.MOF
    weights: WeightProfile = WeightProfile.AUTO
    custom_weights: tuple[Decimal, ...] = (Decimal(0), Decimal(50), Decimal(30), Decimal(10), Decimal(10))
    band_achieved: Decimal = Decimal(80)
    band_partly: Decimal = Decimal(60)


@dataclass(frozen=True, slots=True)
class Thresholds:
    """The limits marked † in domain.md §9, all of them settings."""

    goal_min_length: Decimal = Decimal(30)
    goal_max_length: Decimal = Decimal(800)
    amount_in_ten_thousands_below: Decimal = Decimal(1000)
    cost_required_from_year: Decimal = Decimal(2025)
    name_max_length: Decimal = Decimal(30)
    indicators_min: Decimal = Decimal(5)
    indicators_max: Decimal = Decimal(30)
    qualitative_share_percent: Decimal = Decimal(50)
    budget_change_percent: Decimal = Decimal(20)
    execution_rate_percent: Decimal = Decimal(90)
    over_achievement_percent: Decimal = Decimal(30)
    over_achievement_strong_percent: Decimal = Decimal(100)
    line_points_max: Decimal = Decimal(20)
    satisfaction_min_percent: Decimal = Decimal(85)
    satisfaction_max_percent: Decimal = Decimal(99)


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings of a store. ``profiles`` holds a profile for each year that departs from the default.

    ``unit_name`` and ``department`` are the unit the store belongs to (empty = the one most projects name);
    ``own_units`` are measuring units the clerk added to the table of §5.6.
    """

    unit_name: str = ""
    department: str = ""
    own_units: tuple[str, ...] = ()
    thresholds: Thresholds = Thresholds()
    default_profile: ScoringProfile = ScoringProfile()
    profiles: Mapping[int, ScoringProfile] = field(default_factory=lambda: MappingProxyType({}))

    def profile(self, year: int) -> ScoringProfile:
        """The scoring profile of a budget year."""
        return self.profiles.get(year, self.default_profile)

    def to_texts(self) -> dict[str, str]:
        """Every setting that is not at its default, as JSON texts under stable keys."""
        texts: dict[str, str] = {}
        for key in ("unit_name", "department", "own_units"):
            if getattr(self, key) != getattr(_DEFAULT, key):
                texts[key] = json.dumps(getattr(self, key), ensure_ascii=False)
        if self.thresholds != _DEFAULT.thresholds:
            texts["thresholds"] = _dump(self.thresholds)
        if self.default_profile != _DEFAULT.default_profile:
            texts["profile"] = _dump(self.default_profile)
        for year, profile in sorted(self.profiles.items()):
            texts[f"profile/{year}"] = _dump(profile)
        return texts

    @classmethod
    def from_texts(cls, texts: Mapping[str, str]) -> Settings:
        """Read what :meth:`to_texts` wrote. An entry this version cannot read counts as its default."""
        settings = cls()
        profiles: dict[int, ScoringProfile] = {}
        for key, text in texts.items():
            try:
                data = json.loads(text)
                if key == "unit_name":
                    settings = replace(settings, unit_name=_text(data))
                elif key == "department":
                    settings = replace(settings, department=_text(data))
                elif key == "own_units":
                    settings = replace(settings, own_units=tuple(_text(name) for name in _list(data)))
                elif key == "thresholds":
                    settings = replace(settings, thresholds=_load(Thresholds, data))
                elif key == "profile":
                    settings = replace(settings, default_profile=_load(ScoringProfile, data))
                elif key.startswith("profile/"):
                    profiles[int(key.removeprefix("profile/"))] = _load(ScoringProfile, data)
            except (ValueError, TypeError, InvalidOperation, AttributeError):
                continue
        return replace(settings, profiles=MappingProxyType(profiles))


_DEFAULT = Settings()

Loaded = TypeVar("Loaded", Thresholds, ScoringProfile)

_ENUMS: dict[str, type[StrEnum]] = {
    "negative": NegativeRule,
    "reduction": ReductionRule,
    "execution": ExecutionRule,
    "rate_rounding": RateRounding,
    "grades": GradeScheme,
    "weights": WeightProfile,
}


def _dump(record: Thresholds | ScoringProfile) -> str:
    return json.dumps(asdict(record), ensure_ascii=False, default=str)


def _load(cls: type[Loaded], data: Mapping[str, Any]) -> Loaded:
    values: dict[str, Any] = {}
    for spec in fields(cls):
        if spec.name not in data:
            continue
        value = data[spec.name]
        if spec.name in _ENUMS:
            values[spec.name] = _ENUMS[spec.name](value)
        elif spec.name == "custom_weights":
            values[spec.name] = tuple(_number(number) for number in _list(value, len(ScoringProfile().custom_weights)))
        else:
            values[spec.name] = _number(value)
    return cls(**values)


def _text(data: object) -> str:
    if not isinstance(data, str):
        raise TypeError(f"{data!r} is no text")
    return data


def _list(data: object, length: int | None = None) -> list[Any]:
    if not isinstance(data, list) or (length is not None and len(data) != length):
        raise TypeError(f"{data!r} is not the list it should be")
    return data


def _number(data: object) -> Decimal:
    number = Decimal(str(data))
    if not number.is_finite():
        raise ValueError(f"{data!r} is no limit")
    return number
