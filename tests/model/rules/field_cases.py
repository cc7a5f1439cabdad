"""Cases of the rules of domain.md §9.7, as in :mod:`tests.model.rules.cases`."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from model.records import Declaration, Form
from model.rules import Context, Neighbours, ProjectKey
from model.settings import ScoringProfile, Settings
from tests.model.rules.builders import (
    COUNTED_GOAL,
    DECLARED_LINES,
    EVALUATED_LINES,
    GOAL,
    declared,
    declared_line,
    evaluated,
    evaluated_line,
)
from tests.model.rules.cases import Case, E, N, W

_COPIED = {"n": "12场", "q": "95%", "t": "100%", "b": "200家", "r": "50篇", "s": "90%"}
_FEWER = (DECLARED_LINES[0], replace(DECLARED_LINES[1], target_text="≥10.00(场)"), *DECLARED_LINES[2:])
_LOW = (*EVALUATED_LINES[:5], replace(EVALUATED_LINES[5], target_text=">=80%", deviation_reason=""))

_BESIDE = Context(
    Settings(),
    Neighbours([ProjectKey.of(replace(declared(), id="other", project_name="另一个项目", unit="另一个单位"))]),
)

FIELD_CASES = (
    Case(
        "DEC-024",
        W,
        declared(lines=DECLARED_LINES[:5]),
        "年度总体目标与项目“另一个项目”几乎相同，疑似误粘贴。",
        "annual_goal",
        (),
        _BESIDE,
    ),
    Case("IND-025", W, declared(), "有6条指标与项目“另一个项目”相同，请核对。", "indicators", (), _BESIDE),
    Case(
        "DEC-023",
        W,
        declared(annual_goal="完成2025年度数据采购工作。" + GOAL),
        "“年度总体目标”中出现2025年，请核对是否沿用旧文本。",
        "annual_goal",
    ),
    Case(
        "DEC-023",
        W,
        declared_line("n", name="2024年政策培训场次"),
        "“2024年政策培训场次”中出现2024年，请核对是否沿用旧文本。",
        "indicators[1].name",
    ),
    Case(
        "DEC-021",
        W,
        declared(annual_goal=COUNTED_GOAL, lines=_FEWER),
        "目标写“不少于12场”，指标“政策培训场次”为≥10.00(场)，请核对。",
        "indicators[1].value_text",
    ),
    Case(
        "DEC-021",
        N,
        declared(annual_goal=GOAL + "走访园区不少于7个。"),
        "目标中的1个数没有对应指标：不少于7个。",
        "annual_goal",
    ),
    Case(
        "FND-013",
        W,
        declared_line("c", name="项目总成本", target_text="≤30.00(元)"),
        "成本控制额30.00元与年度资金申请总额300,000.00元相差过大，请核对单位。",
        "indicators[0].value_text",
    ),
    Case("IND-026", W, declared_line("n", name="12.5"), "“12.5”不像指标名称，请核对。", "indicators[1].name"),
    Case(
        "VAL-029",
        W,
        declared_line("q", target_text="≤95.00(%)"),
        "“培训合格率”越大越好，比较符“≤”方向疑似错误。",
        "indicators[2].value_text",
    ),
    Case(
        "VAL-029",
        N,
        declared_line("n", target_text="<12.00(场)"),
        "“政策培训场次”越大越好，比较符“<”方向疑似错误。",
        "indicators[1].value_text",
    ),
    Case(
        "VAL-030",
        W,
        declared(annual_goal=GOAL + "服务XX家企业。"),
        "“年度总体目标”中有占位符“XX”，请补全。",
        "annual_goal",
    ),
    Case(
        "EVL-010",
        W,
        evaluated(adjusted_fiscal_current="0.00", executed_fiscal_current="98000.00"),
        "全年预算数：只填了年度资金总额100,000.00，没有分项，请补填资金来源。",
        "funding.adjusted_budget.total",
    ),
    Case(
        "EVL-045",
        W,
        evaluated(expected_goal=COUNTED_GOAL, lines=_LOW),
        "预期目标写“不低于90%”，指标“服务企业满意度”为>=80%，请核对。",
        "indicators[5].target_text",
    ),
    Case(
        "EVL-049",
        E,
        evaluated_line("b", actual_text="150家", score="15", deviation_reason="无"),
        "“服务企业数量”实际150家未达到>=200家，却得满分，请核对或说明。",
        "indicators[3].score",
        ("采用计算得分 11.25",),
    ),
    Case(
        "EVL-049",
        W,
        evaluated_line("b", actual_text="150家", score="15", deviation_reason="下半年三场活动改为线上举办"),
        "“服务企业数量”实际150家未达到>=200家，却得满分，请核对或说明。",
        "indicators[3].score",
        ("采用计算得分 11.25",),
    ),
    Case(
        "EVL-050",
        W,
        evaluated_line("s", actual_text="999.1%", deviation_reason=""),
        "“999.1%”超过100%，请核对小数点。",
        "indicators[5].actual_text",
    ),
    Case(
        "EVL-051",
        W,
        evaluated(lines=tuple(replace(one, actual_text=_COPIED[one.id]) for one in EVALUATED_LINES)),
        "全部完成值与指标值相同，请核对是否为实际数。",
        "indicators",
    ),
    Case(
        "EVL-052",
        W,
        evaluated(expected_goal="按计划" + GOAL).with_form(
            Form.DECLARATION, declared(2022, lines=(), start_date="2022-01-01").of(Declaration)
        ),
        "与申报表不一致：“…围绕年度重点工作,面向科…” → “…按计划围绕年度重点工作,…”。",
        "expected_goal",
    ),
    Case(
        "EVL-053",
        W,
        evaluated_line("s", deviation_reason="疫情"),
        "“服务企业满意度”的偏差原因过于简单，请说明原因和改进措施。",
        "indicators[5].deviation_reason",
    ),
    Case(
        "EVL-054",
        N,
        evaluated_line("b", deviation_reason="因人员变动未完成"),
        "“服务企业数量”已达标，偏差原因却写未完成，请核对。",
        "indicators[3].deviation_reason",
    ),
    Case(
        "EVL-055",
        E,
        evaluated_line("b", actual_text="不适用", deviation_reason="本年度没有开展"),
        "“服务企业数量”写的是“不适用”，请选择分值不计入总分，还是按比例折算。",
        "indicators[3].actual_text",
        ("不适用，分值不计入总分", "不适用，其余得分按比例折算"),
    ),
    Case(
        "EVL-056",
        E,
        evaluated_line("b", actual_text="260家"),
        "“服务企业数量”完成值为指标值的130%，本年度达到130%就要填写原因。",
        "indicators[3].deviation_reason",
        context=Context(Settings(default_profile=ScoringProfile(reason_from_percent=Decimal(130)))),
    ),
)
