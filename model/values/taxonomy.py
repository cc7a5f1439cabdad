"""The three-level taxonomy of indicators: names, printed order, historic spellings, keyword suggestions (domain.md §4).

Level 1 and level 2 are fixed; level 3, the indicator's own name, is free text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

COST = "成本指标"
OUTPUT = "产出指标"
BENEFIT = "效益指标"
SATISFACTION = "满意度指标"

ECONOMIC_COST = "经济成本指标"
SOCIAL_COST = "社会成本指标"
ECOLOGICAL_COST = "生态环境成本指标"
QUANTITY = "数量指标"
QUALITY = "质量指标"
TIMELINESS = "时效指标"
ECONOMIC_BENEFIT = "经济效益指标"
SOCIAL_BENEFIT = "社会效益指标"
ECOLOGICAL_BENEFIT = "生态效益指标"
SUSTAINABLE_IMPACT = "可持续影响指标"
SERVED_SATISFACTION = "服务对象满意度指标"

LEVELS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        COST: (ECONOMIC_COST, SOCIAL_COST, ECOLOGICAL_COST),
        OUTPUT: (QUANTITY, QUALITY, TIMELINESS),
        BENEFIT: (ECONOMIC_BENEFIT, SOCIAL_BENEFIT, ECOLOGICAL_BENEFIT, SUSTAINABLE_IMPACT),
        SATISFACTION: (SERVED_SATISFACTION,),
    }
)
"""Level 1 to its level 2 names, both in the printed order of domain.md §4.1."""

LEVEL1: tuple[str, ...] = tuple(LEVELS)
"""The four first levels in printed order."""

_PARENTS = {level2: level1 for level1, names in LEVELS.items() for level2 in names}
_ORDER = {level2: names.index(level2) for names in LEVELS.values() for level2 in names}

# A label without its 指标 is accepted everywhere; these are the spellings that are more than that.
_HISTORIC_LEVEL2 = {
    "成本指标": ECONOMIC_COST,  # the cost line stood under 产出 before the templates of 2021
    "成本": ECONOMIC_COST,
    "满意度指标": SERVED_SATISFACTION,
    "满意度": SERVED_SATISFACTION,
    "服务对象满意度指标等": SERVED_SATISFACTION,  # the national form of 2020
    "可持续影响效益指标": SUSTAINABLE_IMPACT,
    "可持续发展指标": SUSTAINABLE_IMPACT,
}

_HISTORIC_LEVEL1 = {"效果指标": BENEFIT, "效果": BENEFIT}  # as provinces print it

_SUFFIX = "指标"
_POINTS = re.compile(r"\([0-9]{1,3}(?:\.[0-9]{1,2})?分?\)$")  # 产出指标(50分)

_TIMELINESS_WORDS = ("及时", "按时", "周期", "响应时间", "时效")
_COST_WORDS = ("成本控制额", "总成本", "单项成本")
_COUNT_ENDINGS = ("数量", "次数", "场次", "篇数", "份数", "人数", "家数")
_QUALITY_WORDS = ("占比", "使用率", "稳定性")
_SAVINGS = re.compile("节约|节省|降低|减少|下降|压减|压缩|压降|减轻|控制")
_COUNT = re.compile("(?<![指系分倍参基等级])数$|数量$")
_FAULTS = re.compile("故障|漏洞|投诉|差错|错误|缺陷|宕机|事故|中断|超标|违规|违纪|不合格|返工|退回")


def level2_of(level1: str) -> tuple[str, ...]:
    """The second levels of a first level in printed order; empty for a name that is no first level."""
    return LEVELS.get(level1, ())


def level1_of(level2: str) -> str | None:
    """The first level a second level belongs to, or None when the name is no second level."""
    return _PARENTS.get(level2)


def canonical_level1(text: str) -> str | None:
    """The official first level for a label as printed or typed (``效益`` → ``效益指标``), or None."""
    label = _folded(text)
    return _HISTORIC_LEVEL1.get(label) or _with_suffix(label, LEVELS)


def canonical_level2(text: str) -> str | None:
    """The official second level for a label, historic names of domain.md §4.1 included, or None."""
    label = _folded(text)
    return _HISTORIC_LEVEL2.get(label) or _with_suffix(label, _PARENTS)


def is_timely(level2: str) -> bool:
    """Whether a label is 时效指标: on its lines digits may be a date, and 分 is a minute."""
    return canonical_level2(level2) == TIMELINESS


def is_old_cost(level1: str, level2: str) -> bool:
    """Whether a line stands where the national form of 2020 has costs: 成本指标 as a second level of 产出指标."""
    return canonical_level1(level1) == OUTPUT and _folded(level2) in (COST, COST.removesuffix(_SUFFIX))


def order_key(level1: str, level2: str) -> tuple[int, int]:
    """The place of a line in the printed order: sort by it, stably, to keep the order of entry.

    Unknown labels sort after the known ones.
    """
    names = tuple(LEVELS)
    first = names.index(level1) if level1 in LEVELS else len(names)
    return first, _ORDER.get(level2, max(len(group) for group in LEVELS.values()))


def guess_level2(name: str, current_level2: str) -> str | None:
    """The second level an indicator's name suggests instead of the one it stands under, or None.

    The keyword rule of domain.md §2.7 B. It is a suggestion only: a line is never moved without a person. Counts are
    suggested for 数量 only when the line stands under 时效, 满意度 or 成本, because counting a benefit is legitimate,
    or under 质量 and counts no faults.
    """
    guess = _guess(_folded(name), current_level2)
    return None if guess == current_level2 else guess


def _guess(name: str, current: str) -> str | None:
    if "满意" in name:
        return SERVED_SATISFACTION
    if any(word in name for word in _TIMELINESS_WORDS):
        return TIMELINESS
    is_saving = level1_of(current) == BENEFIT and _SAVINGS.search(name) is not None
    if not is_saving and (any(word in name for word in _COST_WORDS) or name.endswith("成本")):
        return current if level1_of(current) == COST else ECONOMIC_COST
    if name.endswith(_COUNT_ENDINGS) and (current == TIMELINESS or level1_of(current) in (SATISFACTION, COST)):
        return QUANTITY
    if current == QUALITY and _COUNT.search(name) and not _FAULTS.search(name):
        return QUANTITY
    if current == TIMELINESS and any(word in name for word in _QUALITY_WORDS):
        return QUALITY
    return None


def _with_suffix(text: str, names: Mapping[str, object]) -> str | None:
    label = _folded(text)
    if label in names:
        return label
    return label + _SUFFIX if label + _SUFFIX in names else None


@lru_cache(maxsize=4096)
def _folded(text: str) -> str:
    return _POINTS.sub("", "".join(unicodedata.normalize("NFKC", text).split()))
