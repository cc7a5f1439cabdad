"""What a unit may decide for itself: scoring profiles by year, thresholds of the rules, its own unit list.

Every default is the one documented in domain.md; every point of its §12 is a switch here. Settings are kept in the
store as JSON texts under keys (see :func:`Settings.to_texts`), so that they travel with the file and can be undone.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from types import MappingProxyType
from typing import Any, TypeVar

from model.options import option, options_of


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
    达成 and 部分达成. From ``reason_from_percent`` of a target on, in percent and ``=`` included, an exceeded line has
    to give its reason (EVL-056); 0 asks for none."""

    negative: NegativeRule = option(
        NegativeRule.N1,
        "negative",
        "反向指标未达标",
        choices={
            NegativeRule.N1: "按 指标值÷实际值 计分（默认）",
            NegativeRule.N2: "线性扣减，达到两倍得0分",
            NegativeRule.N3: "未达标即得0分",
        },
    )
    reduction: ReductionRule = option(
        ReductionRule.R1,
        "reduction",
        "超额完成的建议调减",
        choices={
            ReductionRule.R1: "分档 −5%／−10%／−15%／−20%（默认）",
            ReductionRule.R2: "线性，最多 −20%",
            ReductionRule.R3: "按倍数，最低六成",
        },
    )
    execution: ExecutionRule = option(
        ExecutionRule.PROPORTIONAL,
        "execution",
        "预算执行率计分",
        choices={
            ExecutionRule.PROPORTIONAL: "按执行率比例（默认）",
            ExecutionRule.STEPPED: "分档 100%／80%／60%",
        },
    )
    rate_rounding: RateRounding = option(
        RateRounding.CEILING,
        "rate_rounding",
        "执行率显示",
        choices={
            RateRounding.CEILING: "两位小数，进位（上海，默认）",
            RateRounding.HALF_UP: "两位小数，四舍五入",
        },
    )
    grades: GradeScheme = option(
        GradeScheme.MOF,
        "grades",
        "等次",
        choices={
            GradeScheme.MOF: "优90 良80 中60 差（默认）",
            GradeScheme.SHANGHAI: "优90 良75 合格60 不合格（上海）",
            GradeScheme.PROVINCIAL: "优80 良70 中60 差（旧省级）",
        },
    )
    weights: WeightProfile = option(
        WeightProfile.AUTO,
        "weights",
        "权重方案",
        choices={
            WeightProfile.AUTO: "按所设一级指标自动选择（默认）",
            WeightProfile.A: "A 产出50 效益30 满意度10 执行10",
            WeightProfile.B: "B 成本20 产出40 效益20 满意度10 执行10",
            WeightProfile.A_PRIME: "A′ 产出50 效益40 执行10",
            WeightProfile.B_PRIME: "B′ 成本20 产出40 效益30 执行10",
            WeightProfile.CUSTOM: "自定义",
        },
    )
    custom_weights: tuple[Decimal, ...] = option(
        (Decimal(0), Decimal(50), Decimal(30), Decimal(10), Decimal(10)), "custom_weights", "自定义权重"
    )
    band_achieved: Decimal = option(Decimal(80), "band_achieved", "达成下限 %")
    band_partly: Decimal = option(Decimal(60), "band_partly", "部分达成下限 %", at_most="band_achieved")
    reason_from_percent: Decimal = option(
        Decimal(0), "reason_from_percent", "完成值达到指标值的百分之几起须填原因", "EVL-056"
    )


@dataclass(frozen=True, slots=True)
class Thresholds:
    """The limits marked † in domain.md §9, all of them settings."""

    goal_min_length: Decimal = option(
        Decimal(30), "goal_min_length", "年度总体目标最少字数", "DEC-015", at_most="goal_max_length", unit="字"
    )
    goal_max_length: Decimal = option(Decimal(800), "goal_max_length", "年度总体目标最多字数", "DEC-016", unit="字")
    amount_in_ten_thousands_below: Decimal = option(
        Decimal(1000), "amount_in_ten_thousands_below", "金额低于多少疑为万元", "FND-007", unit="元"
    )
    cost_required_from_year: Decimal = option(
        Decimal(2025), "cost_required_from_year", "从哪一年起应设成本指标（上海市级2025）", "IND-004", unit="年"
    )
    name_max_length: Decimal = option(Decimal(30), "name_max_length", "三级指标名称最多字数", "IND-016", unit="字")
    indicators_min: Decimal = option(
        Decimal(5), "indicators_min", "指标最少条数", "IND-017", at_most="indicators_max", unit="条"
    )
    indicators_max: Decimal = option(Decimal(30), "indicators_max", "指标最多条数", "IND-018", unit="条")
    qualitative_share_percent: Decimal = option(
        Decimal(50), "qualitative_share_percent", "定性指标占比上限", "IND-019", unit="%"
    )
    budget_change_percent: Decimal = option(
        Decimal(20), "budget_change_percent", "全年预算较年初变化", "EVL-015", unit="%"
    )
    execution_rate_percent: Decimal = option(
        Decimal(90), "execution_rate_percent", "预算执行率下限", "EVL-016", unit="%"
    )
    over_achievement_percent: Decimal = option(
        Decimal(30),
        "over_achievement_percent",
        "超额多少时提示",
        "EVL-034",
        at_most="over_achievement_strong_percent",
        unit="%",
    )
    over_achievement_strong_percent: Decimal = option(
        Decimal(100), "over_achievement_strong_percent", "超额多少时要求说明", "EVL-035", unit="%"
    )
    line_points_max: Decimal = option(Decimal(20), "line_points_max", "单项分值上限", "EVL-009", unit="分")
    satisfaction_min_percent: Decimal = option(
        Decimal(85),
        "satisfaction_min_percent",
        "满意度目标下限",
        "VAL-013",
        at_most="satisfaction_max_percent",
        unit="%",
    )
    satisfaction_max_percent: Decimal = option(
        Decimal(99), "satisfaction_max_percent", "满意度目标上限", "VAL-013", unit="%"
    )
    request_change_percent: Decimal = option(
        Decimal(30), "request_change_percent", "年度资金申请总额较上年变化", "FND-011", unit="%"
    )
    target_change_percent: Decimal = option(
        Decimal(50), "target_change_percent", "指标值较上年变化", "VAL-032", unit="%"
    )


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings of a store. ``profiles`` holds a profile for each year that departs from the default.

    ``unit_name`` and ``department`` are the unit the store belongs to (empty = the one most projects name);
    ``own_units`` are measuring units the clerk added to the table of §5.6. ``links`` are the projects of earlier years
    that a person said a project continues, by its id; none for one that is new (domain.md §8.4). ``stored`` are the
    texts of the store that this version would not have written: those of other versions, and those it cannot read
    (:attr:`unreadable`). They stay as they are until what they are about is changed.
    """

    unit_name: str = option("", "unit_name", "实施单位")
    department: str = option("", "department", "主管部门")
    own_units: tuple[str, ...] = option((), "own_units", "自有计量单位")
    thresholds: Thresholds = option(Thresholds(), "thresholds", "检查阈值")
    default_profile: ScoringProfile = option(ScoringProfile(), "profile", "默认计分方案")
    profiles: Mapping[int, ScoringProfile] = field(default_factory=lambda: MappingProxyType({}))
    links: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    stored: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}), compare=False)

    def profile(self, year: int) -> ScoringProfile:
        """The scoring profile of a budget year."""
        return self.profiles.get(year, self.default_profile)

    @property
    def unreadable(self) -> tuple[str, ...]:
        """The keys of what the store holds and this version cannot read; meanwhile their defaults count."""
        return tuple(key for key, text in self.stored.items() if _read(key, text) is None)

    def without_unreadable(self) -> Settings:
        """These settings with everything given up that this version cannot read."""
        given_up = self.unreadable
        left = {key: text for key, text in self.stored.items() if key not in given_up}
        return replace(self, stored=MappingProxyType(left))

    @property
    def notice(self) -> str:
        """What the clerk has to know of :attr:`unreadable`; empty when everything could be read."""
        if not self.unreadable:
            return ""
        return (
            f"本版本不能识别文件里的设置：{labels_in_words(self.unreadable)}。它们原样保留在文件里，目前按默认值检查和计分；"
            "要改用新的值，请在“设置”中修改。"
        )

    def to_texts(self) -> dict[str, str]:
        """Every setting that is not at its default, as JSON texts under stable keys."""
        values = self._values()
        texts = {key: _dump(value) for key, value in values.items() if value != _DEFAULTS.get(key)}
        for key, text in self.stored.items():
            counted = _read(key, text)
            if values.get(key) == (_DEFAULTS.get(key) if counted is None else counted):
                texts[key] = text
        return texts

    @classmethod
    def from_texts(cls, texts: Mapping[str, str]) -> Settings:
        """Read the texts of a store. One this version cannot read counts as its default, and is kept."""
        read = {key: value for key, text in texts.items() if (value := _read(key, text)) is not None}
        years = {int(key.removeprefix(_YEARS)): value for key, value in read.items() if key.startswith(_YEARS)}
        single = {name: read[key] for key, name in _NAMES.items() if key in read}
        links = {key.removeprefix(LINKS): value for key, value in read.items() if key.startswith(LINKS)}
        settings = cls(**single, profiles=MappingProxyType(years), links=MappingProxyType(links))
        own = settings.to_texts()
        stored = {key: text for key, text in texts.items() if own.get(key) != text}
        return replace(settings, stored=MappingProxyType(stored))

    def _values(self) -> dict[str, Any]:
        values = {key: getattr(self, name) for key, name in _NAMES.items()}
        values |= {f"{_YEARS}{year}": profile for year, profile in sorted(self.profiles.items())}
        return values | {f"{LINKS}{project}": earlier for project, earlier in sorted(self.links.items())}


# key in the store → field that holds it
_NAMES = {said.key: name for name, said in options_of(Settings).items()}
_LABELS = {said.key: said.label for said in options_of(Settings).values()}
_YEARS = "profile/"
LINKS = "earlier/"
"""What the key of a link begins with; the id of the project follows."""


_NAMED = 10
_SHOWN = 40


def label_of(key: str) -> str:
    """What the clerk calls a setting."""
    if key.startswith(_YEARS):
        return f"{key.removeprefix(_YEARS)} 年度的计分方案"
    return (
        "项目与往年项目的对应" if key.startswith(LINKS) else _LABELS.get(key) or f"“{' '.join(key.split())[:_SHOWN]}”"
    )


def labels_in_words(keys: Iterable[str]) -> str:
    """What the clerk calls some settings; of a file somebody else made there may be any number."""
    labels = list(dict.fromkeys(map(label_of, keys)))
    return "、".join(labels[:_NAMED]) + (f"等{len(labels)}项" if len(labels) > _NAMED else "")


# name in the texts → field that holds it
_FIELDS: dict[type[Thresholds] | type[ScoringProfile], dict[str, str]] = {
    record: {said.key: name for name, said in options_of(record).items()} for record in (Thresholds, ScoringProfile)
}

Loaded = TypeVar("Loaded", Thresholds, ScoringProfile)

_ENUMS: dict[str, type[StrEnum]] = {
    name: type(next(iter(said.choices))) for name, said in options_of(ScoringProfile).items() if said.choices
}


def _read(key: str, text: str) -> Any:
    """The value a text of the store stands for, None when this version cannot read it."""
    try:
        data = json.loads(text)
        match key:
            case "unit_name" | "department":
                return _text(data)
            case "own_units":
                return tuple(_text(name) for name in _list(data))
            case "thresholds":
                return _load(Thresholds, data)
            case "profile":
                return _load(ScoringProfile, data)
            case _ if key.startswith(LINKS):
                return tuple(_text(project) for project in _list(data))
            case _ if key.startswith(_YEARS) and key == f"{_YEARS}{int(key.removeprefix(_YEARS))}":
                return _load(ScoringProfile, data)
    except (ValueError, TypeError, InvalidOperation, AttributeError, RecursionError):
        return None
    return None


def _dump(value: object) -> str:
    data = value
    if isinstance(value, Thresholds | ScoringProfile):
        data = {name: getattr(value, attribute) for name, attribute in _FIELDS[type(value)].items()}
        data = {name: field for name, field in data.items() if name not in _LATER or field != _LATER[name]}
    return json.dumps(data, ensure_ascii=False, default=str)


def _load(cls: type[Loaded], data: object) -> Loaded:
    if not isinstance(data, dict):
        raise TypeError(f"{data!r} names no settings")
    values: dict[str, Any] = {}
    for name, attribute in _FIELDS[cls].items():
        if name not in data:
            continue
        value = data[name]
        if attribute in _ENUMS:
            values[attribute] = _ENUMS[attribute](value)
        elif attribute == "custom_weights":
            values[attribute] = tuple(_number(number) for number in _list(value, len(ScoringProfile().custom_weights)))
        else:
            values[attribute] = _number(value)
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


# Names that came after the first version, with their defaults: at these they are left out, as older texts leave them.
_LATER: dict[str, object] = {
    "reason_from_percent": ScoringProfile().reason_from_percent,
    "request_change_percent": Thresholds().request_change_percent,
    "target_change_percent": Thresholds().target_change_percent,
}
_DEFAULTS = Settings()._values()
