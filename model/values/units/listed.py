"""The units as data: dimension, canonical name, factor, further spellings, and where each was met (domain.md §5.6).

Sources: [S] the published forms of domain.md; [F] published forms of other units and regions (domain.md §5.7 and its
cases); [GB] the legal units of measurement of China (国务院, 1984-02-27) and GB 3100; [D] a decision of this table.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

SEEN, FIELD, LEGAL, DECIDED = "[S]", "[F]", "[GB]", "[D]"


@dataclass(frozen=True, slots=True)
class Listed:
    """One unit of a dimension that converts: ``factor`` of them make the base unit, the one whose factor is 1."""

    name: str
    factor: str
    source: str
    spellings: tuple[str, ...] = ()

    @property
    def exact(self) -> Fraction:
        """The factor as an exact number."""
        return Fraction(self.factor)


@dataclass(frozen=True, slots=True)
class Dimension:
    """What is measured, the base unit amounts are compared in, and its units."""

    name: str
    base: str
    units: tuple[Listed, ...]


DIMENSIONS = (
    Dimension(
        "ratio",
        "1",
        (
            Listed("%", "1/100", SEEN, ("百分比",)),
            Listed("‰", "1/1000", LEGAL, ("千分比",)),
            Listed("倍", "1", SEEN),
            Listed("个百分点", "1/100", SEEN, ("百分点",)),
        ),
    ),
    Dimension("mark", "分", (Listed("分", "1", FIELD),)),
    Dimension(
        "time",
        "秒",
        (
            Listed("毫秒", "1/1000", SEEN, ("ms",)),
            Listed("秒", "1", SEEN, ("s", "sec", "秒钟")),
            Listed("分钟", "60", SEEN, ("min",)),
            Listed("小时", "3600", SEEN, ("h", "个小时", "钟头")),
            Listed("天", "86400", SEEN, ("日", "自然日", "个自然日", "日历天")),
            Listed("周", "604800", FIELD, ("星期", "个星期", "礼拜")),
        ),
    ),
    Dimension("worktime", "个工作日", (Listed("个工作日", "1", SEEN, ("工作日",)),)),
    Dimension(
        "month",
        "月",
        (
            Listed("个月", "1", SEEN, ("月",)),
            Listed("季度", "3", SEEN, ("个季度", "季")),
            Listed("半年", "6", FIELD, ("个半年",)),
            Listed("年", "12", SEEN, ("周年", "个年度", "年度")),
        ),
    ),
    Dimension(
        "money",
        "元",
        (
            Listed("元", "1", SEEN, ("人民币元", "元人民币", "RMB", "圆")),
            Listed("千元", "1000", DECIDED),
            Listed("万元", "10000", SEEN, ("万元人民币",)),
            Listed("亿元", "100000000", SEEN),
        ),
    ),
    Dimension(
        "area",
        "平方米",
        (
            Listed("平方米", "1", SEEN, ("m2", "㎡", "m²", "平米", "平方", "m^2")),
            Listed("平方厘米", "1/10000", LEGAL, ("cm2", "cm²")),
            Listed("平方公里", "1000000", FIELD, ("km2", "km²", "平方千米")),
            Listed("亩", "2000/3", DECIDED),
            Listed("公顷", "10000", FIELD, ("hm2", "hm²", "ha")),
        ),
    ),
    Dimension(
        "length",
        "米",
        (
            Listed("米", "1", SEEN, ("m", "延米", "延长米")),
            Listed("公里", "1000", FIELD, ("千米", "km")),
            Listed("厘米", "1/100", LEGAL, ("cm", "公分")),
            Listed("毫米", "1/1000", LEGAL, ("mm",)),
        ),
    ),
    Dimension(
        "volume",
        "立方米",
        (
            Listed("立方米", "1", FIELD, ("m3", "m³", "㎥", "立方", "m^3")),
            Listed("升", "1/1000", LEGAL, ("L", "公升")),
            Listed("毫升", "1/1000000", LEGAL, ("ml",)),
        ),
    ),
    Dimension(
        "mass",
        "公斤",
        (
            Listed("吨", "1000", FIELD, ("t",)),
            Listed("公斤", "1", FIELD, ("千克", "kg")),
            Listed("斤", "1/2", DECIDED, ("市斤",)),
            Listed("克", "1/1000", LEGAL, ("g",)),
            Listed("毫克", "1/1000000", LEGAL, ("mg",)),
        ),
    ),
    Dimension(
        "data",
        "GB",
        (
            Listed("KB", "1/1048576", DECIDED),
            Listed("MB", "1/1024", SEEN),
            Listed("GB", "1", FIELD),
            Listed("TB", "1024", FIELD),
            Listed("PB", "1048576", DECIDED),
        ),
    ),
    Dimension("bandwidth", "Mbps", (Listed("Mbps", "1", DECIDED, ("兆",)), Listed("Gbps", "1000", DECIDED))),
    Dimension("temperature", "℃", (Listed("℃", "1", FIELD, ("°C", "摄氏度")),)),
    Dimension("sound", "dB", (Listed("dB", "1", FIELD, ("分贝", "dB(A)")),)),
    Dimension("energy", "kWh", (Listed("kWh", "1", FIELD, ("千瓦时", "千瓦·时", "kW·h", "度电")),)),
    Dimension("power", "千瓦", (Listed("千瓦", "1", LEGAL, ("kW",)), Listed("兆瓦", "1000", LEGAL, ("MW",)))),
    Dimension("ordinal:级", "级", (Listed("级", "1", SEEN),)),
    # Work done by people: a day of a person is no 24 hours, so it converts into none.
    Dimension("product:人·天", "人·天", (Listed("人天", "1", FIELD, ("人日", "工日")),)),
    Dimension("product:人·月", "人·月", (Listed("人月", "1", DECIDED),)),
    Dimension("product:人·小时", "人·小时", (Listed("工时", "1", DECIDED, ("人工时",)),)),
)
"""The dimensions whose units convert into each other (domain.md §5.6, §5.7)."""

COUNTS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        SEEN,
        (
            *("个", "个省市", "人", "人次", "件", "份", "台套", "名", "场", "场次", "家", "家次", "期", "本", "条"),
            *("根", "次", "篇", "组", "课时", "部", "门", "项"),
        ),
    ),
    (
        FIELD,
        (
            *("台", "套", "辆", "户", "户次", "所", "座", "处", "株", "册", "批次", "批", "种", "类", "轮", "届"),
            *("张", "起", "例", "例次", "学时", "标箱", "班次", "种次", "头", "只", "幅", "粒", "位", "棵", "台次"),
            *("项次", "件次", "份次", "人份", "车次", "航次", "架次", "标段", "学分"),
        ),
    ),
    (
        DECIDED,
        (
            *("栋", "幢", "间", "层", "艘", "架", "匹", "羽", "尾", "盏", "块", "片", "支", "枚", "颗", "页", "字"),
            *("首", "集", "卷", "副", "双", "封", "宗", "桩", "笔", "票", "趟", "节", "堂", "讲", "班", "队", "村"),
            *("镇", "街道", "点位", "小区", "剂", "剂次", "针次", "盒", "瓶", "袋", "吨次", "工位", "席", "床", "床位"),
            *("板块", "期次", "课次", "款", "岁", "周岁"),
        ),
    ),
)
"""Words for things counted, each a dimension of its own, by where they were met."""

COUNT_SPELLINGS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("台套", ("台(套)", "台/套", "台、套", "台件", "台(件)")),
    ("人次", ("人·次", "人(次)", "人/次")),
    ("标箱", ("TEU", "标准箱")),
    ("批次", ("个批次",)),
    ("标段", ("个标段",)),
)
"""Further spellings of words for things counted."""

ALIAS_GROUPS: tuple[tuple[str, frozenset[str]], ...] = (
    (SEEN, frozenset({"场", "场次"})),
    (SEEN, frozenset({"人", "人次", "名"})),
    (DECIDED, frozenset({"人", "名", "位"})),
    (SEEN, frozenset({"家", "家次"})),
    (SEEN, frozenset({"次", "场次"})),
    (SEEN, frozenset({"个", "项"})),
    (DECIDED, frozenset({"株", "棵"})),
    (DECIDED, frozenset({"课时", "学时"})),
    (DECIDED, frozenset({"批", "批次"})),
    (DECIDED, frozenset({"户", "户次"})),
    (DECIDED, frozenset({"例", "例次"})),
)
"""Different words that mean the same thing in practice and compare one to one (EVL-029)."""

OFFICIAL_QUOTIENTS = ("元/人", "元/人次", "元/家", "元/家次", "元/本", "元/份", "元/平方米", "次/月", "次/年")
"""Quotients offered while a value is typed; any other quotient or product of units is understood as well."""

CASE_MATTERS = frozenset("MGT")
"""Letters that alone are no sure unit (M is 米, 兆 or MB): only the small ones are read."""
