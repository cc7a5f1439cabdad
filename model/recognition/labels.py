"""The labels forms print, and the words other units and systems have for them.

Sources: domain.md §2.1 and §3.1 for our own forms; the national forms of 2020 and the provinces' own (四川, 湖北, 云南,
重庆, 安徽) for the rest. A label that means something else elsewhere is not listed: it is told to a person instead.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache

from model.values.taxonomy import LEVEL1, LEVELS, canonical_level1, canonical_level2

_LONGEST = 80
_NOISE = re.compile(r"[\s：:*★“”\"'\u200b-\u200f\u2060\ufeff]+")
_UNSEEN = re.compile(r"[\s\u200b-\u200f\u2060\ufeff]+")
_BRACKETS = re.compile(r"[(\[【〔].*?[)\]】〕]")
_ORDINAL = re.compile(r"^(?:[一二三四五六七八九十]+|\d{1,2})[、.．](?=\D)")


def _table(**words: str) -> dict[str, str]:
    """Every printed word with the field it stands for."""
    return {word: name for name, listed in words.items() for word in listed.split()}


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


HEADER = _table(
    project_name="项目名称 项目全称 预算项目名称",
    department="主管部门 主管单位 主管预算部门 项目主管部门 市级主管部门 省级主管部门 主管部门及代码 主管部门名称",
    unit="实施单位 项目实施单位 项目单位 实施单位名称 预算单位 填报单位 申报单位 单位名称 承担单位 项目承担单位",
)
YEAR_LABELS = _words("年度 预算年度 项目年度 评价年度 绩效年度 申报年度 填报年度 所属年度")
DECLARATION = _table(
    project_nature="项目性质",
    project_category="项目类别",
    start_date="计划开始日期 开始日期 项目开始日期 起始日期 项目起始日期 计划开始时间 开始时间 项目开始时间",
    end_date=(
        "计划完成日期 完成日期 结束日期 项目结束日期 终止日期 项目完成日期 项目终止日期 计划完成时间 结束时间 "
        "项目结束时间"
    ),
)
LIFE_AMOUNTS = _table(
    project_total="项目资金总额 实施期资金总额 项目总投资 总投资 中长期资金总额",
    project_fiscal="其中财政资金 财政资金 其中财政拨款 财政拨款",
    project_other="其他资金 其他",
)
YEAR_AMOUNTS = _table(
    total_requested="年度资金申请总额 年度资金总额 年度预算申请总额 本年度资金总额 当年资金总额 年度预算总额",
    fiscal_current=(
        "其中当年财政拨款 当年财政拨款 其中本年财政拨款 本年财政拨款 其中财政拨款 财政拨款 其中财政资金 财政资金 "
        "其中当年财政资金 其中年度财政拨款"
    ),
    carried_over="上年结转资金 上年结转 结转资金 上年结转结余 上年结转结余资金 其中上年结转资金",
    other="其他资金 其他 其中其他资金",
)
SOURCES = _table(
    total="年度资金总额 年度财政资金总额 资金总额 总额 合计 年度资金合计 年度总额 本年度资金总额",
    fiscal_current=(
        "其中当年财政拨款 当年财政拨款 其中本年财政拨款 本年财政拨款 其中财政拨款 财政拨款 其中财政资金 财政资金 "
        "其中当年财政资金 其中年度财政拨款"
    ),
    carried_over="上年结转资金 上年结转 结转资金 上年结转结余 上年结转结余资金 其中上年结转资金",
    other="其他资金 其他 其中其他资金",
)
MONEY_COLUMNS = _table(
    initial="年初预算数 年初预算 年初批复数 年初预算金额",
    adjusted=(
        "全年预算数 全年预算 调整后预算数 调整后预算 调整预算数 全年调整预算数 全年(调整)预算数 变动后预算数 预算数 "
        "全年预算金额"
    ),
    executed="全年执行数 全年执行 执行数 预算执行数 全年执行金额 全年支出数 全年实际支出 实际执行数 实际支出数",
    points="分值 权重 执行率权重 指标分值",
    rate="执行率 预算执行率 资金执行率 全年执行率",
    score="得分 自评得分 执行率得分 资金执行得分 预算执行率得分 预算执行得分",
)
DECLARED_GOALS = _table(
    overall_goal=(
        "项目总目标 总体目标 项目总体目标 项目总体绩效目标 项目绩效总目标 实施期目标 实施期总目标 中长期目标 长期目标"
    ),
    annual_goal="年度总体目标 年度目标 年度绩效目标 年度总目标 本年度目标 本年度绩效目标 项目年度目标 当年绩效目标",
)
EVALUATED_GOALS = _table(
    expected_goal=(
        "预期目标 年初设定目标 年初绩效目标 年初目标 年度预期目标 年度绩效目标 预期绩效目标 项目年度目标 年度目标 "
        "绩效年度绩效预期目标 年度总体绩效目标"
    ),
    actual_completion=(
        "实际完成情况 目标实际完成情况 全年目标实际完成情况 年度目标完成情况 目标完成情况 全年实际完成情况 "
        "全年完成情况 年度总体目标完成情况 实际完成目标情况 绩效年度目标完成情况 年度目标实际完成情况 完成情况"
    ),
)
LINES = _table(
    level1="一级指标 一级 一级绩效指标",
    level2="二级指标 二级 二级绩效指标",
    name="三级指标 三级 三级绩效指标 指标名称 具体指标",
    sign="指标性质 计算符号 比较符 比较符号 指标符号 运算符号 符号",
    target_text=(
        "年度指标值 年度(/项目)指标值 年度(项目)指标值 指标值 年度目标值 目标值 年初指标值 年初目标值 年初设定值 "
        "年初设定指标值 预期指标值 预期值 预期目标值 计划指标值 全年目标值 全年指标值 绩效指标值 指标目标值"
    ),
    unit="度量单位 计量单位 单位 指标单位",
    actual_text=(
        "实际完成值 全年实际值 全年完成值 实际值 完成值 全年实际完成值 实际完成指标值 实际完成数 实际完成情况 "
        "指标值完成情况 指标完成情况 全年实际完成情况 完成情况 实际完成"
    ),
    points="分值 权重 指标分值 指标权重 标准分 标准分值 分值权重 权重分值",
    score="得分 自评得分 指标得分 实际得分 自评分 评分 自评分值 单位自评得分",
    deviation_reason=(
        "偏差原因分析及改进措施 偏差原因分析 偏差原因 偏差原因及改进措施 原因分析 未完成原因 未完成原因分析 "
        "未完成原因分析及改进措施 未完成原因及改进措施 未完成原因和改进措施 未完成原因分析及拟采取的改进措施 "
        "偏差分析及整改措施 偏差原因分析与改进措施 偏差分析及改进措施 偏差原因分析及整改措施"
    ),
)
TOTALS = _words("总分 合计 总计 总分合计 自评总分 自评得分合计 总得分 得分合计")
SUMS = TOTALS | _words("小计 分计 本页合计 本页小计 小计分值")
"""Rows that sum others up, also in the middle of a table."""
FURNITURE = _words(
    "绩效指标 年度绩效指标 项目绩效指标 项目绩效目标 绩效目标 年度总体目标 总体目标 年度绩效目标 年度目标 项目资金 "
    "项目资金情况 资金情况 预算执行情况 年度预算执行情况 项目预算执行情况 年度绩效指标完成情况 绩效指标完成情况 "
    "项目支出 资金来源 其中 序号 项目基本情况 基本情况 基本信息 项目信息 项目年度总体目标 "
    "年度总体目标完成情况 附件 附表 续表"
)
"""Words that only divide a form, beside or over the cells that count."""

LEVEL_LABELS = frozenset(LEVEL1) | frozenset(name for names in LEVELS.values() for name in names)
ANY = (
    *(HEADER, DECLARATION, LIFE_AMOUNTS, YEAR_AMOUNTS, SOURCES, LINES, MONEY_COLUMNS, DECLARED_GOALS, EVALUATED_GOALS),
    *(YEAR_LABELS, TOTALS, FURNITURE),
)
"""Every table of labels."""
_ANY_WORD = frozenset(word for table in ANY for word in table)

_LIST_TITLE = re.compile(r"汇总表(?:[(（]草稿[)）])?$")
_POINTS_BESIDE = re.compile(r"^(?P<label>\D+?)[(]?(?P<points>\d+(?:\.\d+)?)(?:分|%)?[)]?$")


@lru_cache(maxsize=4096)
def folded(text: str) -> str:
    """A label without what does not make a difference: spaces, colons, asterisks, its number, width of letters."""
    plain = _NOISE.sub("", unicodedata.normalize("NFKC", text)) if len(text) <= _LONGEST else text
    return _ORDINAL.sub("", plain)


def looked_up(text: str, words: Mapping[str, str]) -> str | None:
    """The field a label stands for, with or without what it says in brackets."""
    if len(text) > _LONGEST:
        return None
    label = folded(text)
    return words.get(label) or words.get(_BRACKETS.sub("", label))


def is_one_of(text: str, words: frozenset[str]) -> bool:
    """Whether a label is one of these words, with or without brackets."""
    if len(text) > _LONGEST:
        return False
    label = folded(text)
    return label in words or _BRACKETS.sub("", label) in words


def is_label(text: str) -> bool:
    """Whether a text is a label of any kind, with or without brackets."""
    return is_one_of(text, _ANY_WORD)


def plain_title(text: str) -> str:
    """A text as a title may be compared, without white space and signs; empty for one that can be none."""
    return _NOISE.sub("", text) if "表" in text and len(text) <= _LONGEST + 20 else ""


def is_list_title(text: str) -> bool:
    """Whether a text is the title line of a list of forms, as ours over the first form of several."""
    return bool(_LIST_TITLE.search(_NOISE.sub("", text)[:_LONGEST]))


@lru_cache(maxsize=1024)
def read_level(text: str, level: int) -> tuple[str, str]:
    """A level label as the form holds it, and the points printed in it (产出指标（50分）), empty when there are none.

    Only line breaks and spaces within the label are put right; a word of another layout is kept as it stands.
    """
    known = LEVEL1 if level == 1 else tuple(name for names in LEVELS.values() for name in names)
    canonical = canonical_level1 if level == 1 else canonical_level2
    plain = _UNSEEN.sub("", text)
    if plain in known:
        return plain, ""
    beside = _POINTS_BESIDE.match(folded(text))  # before the taxonomy, which passes over points
    label = beside["label"].rstrip("(") if beside is not None else ""
    if beside is not None and (label in known or canonical(label) is not None):
        return label, beside["points"]
    return text.strip(), ""
