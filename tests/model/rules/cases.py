"""For every rule one form that is broken in one place: the message it earns, where, and the fixes offered."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from model.findings import Severity
from model.records import Declaration, Evaluation, Form, Project
from model.rules import Context, Neighbours, ProjectKey
from model.settings import Settings
from tests.model.rules.builders import (
    DECLARED_LINES,
    EVALUATED_LINES,
    GOAL,
    NO_CONTEXT,
    UNIT,
    declared,
    declared_line,
    done,
    evaluated,
    evaluated_line,
    line,
)

E, W, N = Severity.ERROR, Severity.WARNING, Severity.INFO


@dataclass(frozen=True)
class Case:
    """One broken form. ``where`` is the finding's place in the JSON document, ``fixes`` the labels of its fixes."""

    rule: str
    severity: Severity
    project: Project
    message: str
    where: str
    fixes: tuple[str, ...] = ()
    context: Context = NO_CONTEXT

    @property
    def label(self) -> str:
        """What a test calls the case."""
        return f"{self.rule} {self.where}"


def _without(*ids: str) -> Project:
    return declared(lines=tuple(indicator for indicator in DECLARED_LINES if indicator.id not in ids))


def _also(level2: str, name: str, target: str) -> Project:
    return declared(lines=(*DECLARED_LINES, line("x", level2, name, target)))


def _judged(**cells: str) -> Project:
    return evaluated_line("q", target_text="完善", actual_text="制定了管理手册", **cells)


_TAKEN = Context(Settings(), Neighbours([ProjectKey("other", 2026, UNIT, "科技 政策培训")]))
_PACKAGE = Context(Settings(unit_name="上海市科技创新中心"))
_YEAR_BEFORE = replace(
    declared(total_requested="200000", fiscal_current="200000"),
    id="before",
    year=2025,
).with_form(
    Form.EVALUATION,
    Evaluation(indicators=(done("n", "数量指标", "政策培训场次", "≥7.00(场)", actual_text="15场"),)),
)
_AFTER_A_YEAR = Context(Settings(), Neighbours([ProjectKey.of(_YEAR_BEFORE)]), lambda ids: [_YEAR_BEFORE for _ in ids])
_SORTED = tuple(DECLARED_LINES[i] for i in (1, 0, 2, 3, 4, 5))

DECLARATION_CASES = (
    Case("DEC-001", E, replace(declared(), project_name=" "), "请填写项目名称。", "project_name"),
    Case("DEC-002", E, declared(), "本单位本年度已存在同名项目“科技政策培训”。", "project_name", (), _TAKEN),
    Case("DEC-003", E, replace(declared(), department=""), "请填写主管部门。", "department"),
    Case("DEC-004", E, replace(declared(), unit=""), "请填写实施单位。", "unit"),
    Case(
        "DEC-005",
        W,
        declared(),
        "实施单位“上海市科技创业中心”与本套表单位“上海市科技创新中心”不一致，请核对。",
        "unit",
        ("改为 上海市科技创新中心",),
        _PACKAGE,
    ),
    Case("DEC-006", E, declared(project_nature=""), "请选择项目性质。", "project_nature"),
    Case("DEC-006", W, declared(project_nature="延续性项目"), "请选择项目性质。", "project_nature"),
    Case("DEC-007", E, declared(project_category=""), "请选择项目类别。", "project_category"),
    Case(
        "DEC-008",
        W,
        declared(project_category="其他运转类"),
        "项目性质“其他一次性项目”与项目类别“其他运转类”的组合不常见，请核对。",
        "project_category",
    ),
    Case("DEC-009", E, declared(start_date=""), "请填写计划开始日期（如 2026-01-01）。", "start_date"),
    Case(
        "DEC-009",
        E,
        declared(end_date="年底"),
        "计划完成日期“年底”不是日期，请改成 2026-12-31 这样的日期。",
        "end_date",
    ),
    Case(
        "DEC-009",
        E,
        declared(2027, start_date="年初"),
        "计划开始日期“年初”不是日期，请改成 2027-01-01 这样的日期。",
        "start_date",
    ),
    Case(
        "DEC-010",
        E,
        declared(start_date="2026-12-31", end_date="2026-01-01"),
        "计划完成日期不得早于计划开始日期。",
        "end_date",
    ),
    Case("DEC-011", E, declared(2025), "预算年度2025不在项目起止日期范围内。", "year"),
    Case(
        "DEC-012",
        W,
        declared(end_date="2027-06-30"),
        "非阶段性项目的起止日期跨年度，请确认项目性质。",
        "project_nature",
    ),
    Case(
        "DEC-013",
        W,
        declared(project_nature="阶段性项目"),
        "跨年度项目应填写项目总目标和项目资金总额。",
        "overall_goal",
    ),
    Case(
        "DEC-013",
        W,
        declared(project_nature="阶段性项目", overall_goal="建成"),
        "跨年度项目应填写项目总目标和项目资金总额。",
        "funding.project_total",
    ),
    Case("DEC-014", E, declared(annual_goal="\n"), "请填写年度总体目标。", "annual_goal"),
    Case(
        "DEC-015",
        W,
        declared(annual_goal="确保孵化基地安全稳定运营。"),
        "年度总体目标仅13字，未能说明做什么、做多少、达到什么效果。",
        "annual_goal",
    ),
    Case("DEC-016", W, declared(annual_goal="做" * 800 + "。"), "年度总体目标共801字，建议精简。", "annual_goal"),
    Case(
        "DEC-017",
        W,
        declared(annual_goal=GOAL + "服务企业、"),
        "年度总体目标末尾疑似不完整：“…满意。服务企业、”。",
        "annual_goal",
    ),
    Case("DEC-018", W, declared(annual_goal=GOAL + "（含线上。"), "年度总体目标中括号或引号不成对。", "annual_goal"),
    Case(
        "DEC-019",
        W,
        declared(annual_goal=f"<p>{GOAL}</p>"),
        "文本含网页或公式标记，是否自动清理？",
        "annual_goal",
        ("清理标记",),
    ),
    Case(
        "DEC-020",
        W,
        declared(annual_goal=GOAL + "2025年计划继续举办。"),
        "目标中出现“2025年”，疑似沿用上年文本。",
        "annual_goal",
    ),
    Case("DEC-022", E, evaluated(1999), "预算年度1999无效，请填写2000至2100之间的年份。", "year"),
)

FUNDING_CASES = (
    Case(
        "FND-001",
        E,
        declared(total_requested="310000"),
        "年度资金申请总额310,000.00≠当年财政拨款300,000.00＋上年结转0.00＋其他资金0.00，差额10,000.00元。",
        "funding.total_requested",
        ("改为 300000.00",),
    ),
    Case("FND-002", E, declared(project_other="-1"), "金额不得为负数。", "funding.project_other"),
    Case(
        "FND-003",
        E,
        declared(total_requested="", fiscal_current=""),
        "请填写当年财政拨款（或上年结转、其他资金），年度资金申请总额不能为0。",
        "funding.total_requested",
    ),
    Case("FND-004", E, declared(other="0.125"), "金额最多保留两位小数（单位：元）。", "funding.other"),
    Case(
        "FND-005",
        E,
        declared(project_total="900000", project_fiscal="800000"),
        "项目资金总额应等于财政资金与其他资金之和。",
        "funding.project_total",
        ("改为 800000.00",),
    ),
    Case(
        "FND-006",
        E,
        declared(project_total="200000", project_fiscal="200000"),
        "项目资金总额（全周期）不应小于年度资金申请总额。",
        "funding.project_total",
    ),
    Case(
        "FND-007",
        W,
        declared(total_requested="385.79", fiscal_current="385.79"),
        "金额仅385.79元，疑似以“万元”填写，本表单位为元。",
        "funding.fiscal_current",
        ("改为 3857900.00",),
    ),
    Case(
        "FND-007",
        W,
        declared(total_requested="30", fiscal_current=""),
        "金额仅30.00元，疑似以“万元”填写，本表单位为元。",
        "funding.total_requested",
        ("改为 300000.00",),
    ),
    Case(
        "FND-008",
        W,
        declared_line("c", target_text="≤31.00(万元)"),
        "成本指标“人均培训成本”的上限310,000.00元大于年度资金申请总额300,000.00元。",
        "indicators[0].value_text",
    ),
    Case(
        "FND-009",
        N,
        declared(annual_goal=GOAL + "培训经费不高于 29.98 万元。"),
        "目标中的金额“29.98万元”与年度资金申请总额300,000.00元略有出入。",
        "annual_goal",
    ),
    Case(
        "FND-010",
        N,
        declared(fiscal_current="200000", carried_over="100000"),
        "上年结转资金100,000.00元，请确认与决算结转数一致。",
        "funding.carried_over",
    ),
    Case(
        "FND-011",
        N,
        declared(),
        "年度资金申请总额较上年（200,000.00元）增加50%，请准备说明。",
        "funding.total_requested",
        context=_AFTER_A_YEAR,
    ),
    Case(
        "VAL-031",
        N,
        declared(),
        "“政策培训场次”的指标值低于上年完成值15场，请核对。",
        "indicators[1].value_text",
        context=_AFTER_A_YEAR,
    ),
    Case(
        "VAL-032",
        N,
        declared(),
        "“政策培训场次”的指标值较上年（≥7.00(场)）提高71.4%，请核对或准备说明。",
        "indicators[1].value_text",
        context=_AFTER_A_YEAR,
    ),
    Case("FND-012", E, declared(other="三万"), "金额“三万”无法识别，请填写数字（单位：元）。", "funding.other"),
)

STRUCTURE_CASES = (
    Case("IND-001", E, _without("n", "q", "t"), "缺少产出指标。", "indicators"),
    Case("IND-002", E, _without("b"), "缺少效益指标。", "indicators"),
    Case("IND-003", W, _without("s"), "未设置满意度指标，请补充或说明不适用原因。", "indicators"),
    Case("IND-004", W, _without("c"), "未设置成本指标，请补充或说明不适用原因。", "indicators"),
    Case("IND-005", E, _without("n"), "产出指标中缺少数量指标。", "indicators"),
    Case("IND-006", W, _without("q"), "产出指标中缺少质量指标。", "indicators"),
    Case("IND-007", W, _without("t"), "产出指标中缺少时效指标。", "indicators"),
    Case(
        "IND-008",
        E,
        declared_line("n", level1="效益指标"),
        "二级指标“数量指标”不属于一级指标“效益指标”。",
        "indicators[1].level2",
        ("一级指标改为 产出指标",),
    ),
    Case(
        "IND-008",
        E,
        evaluated_line("s", level2="服务态度"),
        "二级指标“服务态度”不属于一级指标“满意度指标”。",
        "indicators[5].level2",
        ("二级指标改为 服务对象满意度指标",),
    ),
    Case(
        "IND-009",
        W,
        declared(lines=_SORTED),
        "指标顺序与标准格式不一致，是否自动排序？",
        "indicators[1].level2",
        ("按标准格式排序",),
    ),
    Case("IND-010", E, declared_line("q", name=" "), "请填写三级指标名称。", "indicators[2].name"),
    Case(
        "IND-011",
        E,
        _also("服务对象满意度指标", "服务企业满意度 ", "≥92.00(%)"),
        "二级指标“服务对象满意度指标”下三级指标“服务企业满意度”重复。",
        "indicators[6].name",
    ),
    Case(
        "IND-012",
        W,
        declared_line("b", name="政策培训场次"),
        "指标“政策培训场次”同时出现在“数量指标”和“社会效益指标”下。",
        "indicators[4].name",
    ),
    Case(
        "IND-013",
        W,
        declared_line("b", name="服务企业数量服务企业数量"),
        "指标名称疑似重复粘贴：“服务企业数量服务企业数量”。",
        "indicators[4].name",
        ("改为 服务企业数量",),
    ),
    Case(
        "IND-014",
        W,
        declared_line("s", name="综合满意度达到90%以上"),
        "指标名称中含指标值，请将数值移到“指标值”栏。",
        "indicators[5].name",
    ),
    Case(
        "IND-015",
        W,
        declared_line("b", name="促进企业发展", target_text="促进企业发展"),
        "指标名称与指标值相同。",
        "indicators[4].name",
    ),
    Case(
        "IND-016",
        W,
        declared_line("b", name="服务长三角地区科技型中小企业和高校院所以及各类科研机构的单位数量"),
        "指标名称32字，建议不超过30字。",
        "indicators[4].name",
    ),
    Case("IND-017", W, _without("c", "s"), "仅4条指标，难以反映项目全貌。", "indicators"),
    Case(
        "IND-018",
        W,
        declared(
            lines=(*DECLARED_LINES[:5], *(line(f"{n}", "可持续影响指标", f"影响{n}", "≥1.00(项)") for n in range(26)))
        ),
        "共31条指标，建议保留核心指标。",
        "indicators",
    ),
    Case(
        "IND-019",
        W,
        declared(
            lines=tuple(replace(one, target_text="按计划开展") if one.id != "n" else one for one in DECLARED_LINES)
        ),
        "83%的指标为定性，建议尽量细化量化。",
        "indicators",
    ),
    Case(
        "IND-020",
        W,
        declared_line("s", name="期刊影响力因子"),
        "“期刊影响力因子”不像满意度指标，请核对所在二级指标。",
        "indicators[5].level2",
    ),
    Case(
        "IND-021",
        W,
        _also("社会效益指标", "问题处理及时率", "≥95.00(%)"),
        "“问题处理及时率”更像“时效指标”，请核对所在二级指标。",
        "indicators[6].level2",
        ("移到时效指标",),
    ),
    Case(
        "IND-021",
        W,
        declared(lines=(DECLARED_LINES[0], line("x", "经济成本指标", "公众满意度", "≥90.00(%)"), *DECLARED_LINES[1:])),
        "“公众满意度”更像“服务对象满意度指标”，请核对所在二级指标。",
        "indicators[1].level2",
        ("移到服务对象满意度指标",),
    ),
    Case(
        "IND-022",
        N,
        declared_line("n", name="培训计划完成率", target_text="=100.00(%)"),
        "数量指标“培训计划完成率”以百分比计，建议改用绝对数。",
        "indicators[1].value_text",
    ),
    Case(
        "IND-024",
        W,
        declared_line("b", name="页面点击率", target_text="≥5000000.00(次)"),
        "“页面点击率”为比率指标，指标值应为百分比。",
        "indicators[4].value_text",
    ),
)

VALUE_CASES = (
    Case(
        "VAL-001",
        E,
        declared_line("b", target_text="—"),
        "请填写“服务企业数量”的年度指标值。",
        "indicators[4].value_text",
    ),
    Case(
        "VAL-002",
        E,
        declared_line("b", target_text="≥≥二百(家)"),
        "无法识别指标值“≥≥二百(家)”，请按“比较符+数值+单位”填写。",
        "indicators[4].value_text",
    ),
    Case(
        "VAL-003", W, declared_line("b", target_text="≥200"), "“服务企业数量”缺少计量单位。", "indicators[4].value_text"
    ),
    Case(
        "VAL-004",
        W,
        declared_line("b", target_text="≥3.00(园区)"),
        "计量单位“园区”不在单位表中，请确认或加入单位表。",
        "indicators[4].value_text",
        ("将“园区”加入单位表",),
    ),
    Case(
        "VAL-005",
        W,
        declared_line("b", target_text="985米"),
        "指标值“985米”缺少比较符，将按“=”处理。",
        "indicators[4].value_text",
        ("改为 =985.00(米)",),
    ),
    Case(
        "VAL-005",
        W,
        evaluated_line("b", target_text="210家"),
        "指标值“210家”缺少比较符，将按“=”处理。",
        "indicators[3].target_text",
        ("改为 =210家",),
    ),
    Case(
        "VAL-006",
        W,
        declared_line("q", target_text=r"$\geq 90.00\%$"),
        "指标值含公式标记，建议改为“≥90.00(%)”。",
        "indicators[2].value_text",
        ("改为 ≥90.00(%)",),
    ),
    Case(
        "VAL-007",
        W,
        declared_line("q", target_text="≥ 90.00 (百分比)"),
        "建议规范为“≥90.00(%)”。",
        "indicators[2].value_text",
        ("改为 ≥90.00(%)",),
    ),
    Case(
        "VAL-008",
        W,
        declared_line("q", target_text="=120(%)"),
        "“培训合格率”为120%，超过100%。",
        "indicators[2].value_text",
    ),
    Case(
        "VAL-009",
        W,
        declared_line("q", target_text="≥100%"),
        "“≥100%”等同于100%，建议改为“=100%”。",
        "indicators[2].value_text",
    ),
    Case(
        "VAL-010",
        W,
        declared_line("c", target_text="≥500.00(元/人次)"),
        "成本指标一般应为“≤”，请核对方向。",
        "indicators[0].value_text",
    ),
    Case(
        "VAL-011",
        W,
        declared_line("c", target_text="总成本控制在批复预算内"),
        "成本指标建议填写金额上限（元）。",
        "indicators[0].value_text",
    ),
    Case(
        "VAL-012",
        W,
        declared_line("s", target_text="规范有序"),
        "满意度指标值应为百分比（如≥90%）。",
        "indicators[5].value_text",
    ),
    Case(
        "VAL-013", W, declared_line("s", target_text="≥80%"), "满意度目标80%偏低，请确认。", "indicators[5].value_text"
    ),
    Case(
        "VAL-013",
        W,
        declared_line("s", target_text="=100%"),
        "满意度目标100%偏高，请确认。",
        "indicators[5].value_text",
    ),
    Case(
        "VAL-014",
        W,
        declared_line("t", name="培训安排", target_text="及时"),
        "“培训安排”未写明时限，建议填写完成日期、天数或及时率。",
        "indicators[3].value_text",
    ),
    Case(
        "VAL-015",
        W,
        declared_line("b", target_text="有所提升"),
        "“有所提升”难以考核，建议写明可衡量的结果。",
        "indicators[4].value_text",
    ),
    Case(
        "VAL-016", E, declared_line("n", target_text="按计划开展"), "数量指标必须为数值。", "indicators[1].value_text"
    ),
    Case(
        "VAL-016",
        E,
        declared_line("n", name="举办培训", target_text="举办不少于12场"),
        "数量指标必须为数值。",
        "indicators[1].value_text",
        ("改为 ≥12.00(场)",),
    ),
    Case(
        "VAL-017",
        W,
        declared_line("b", name="优秀案例数量", target_text="形成优秀案例≥10项"),
        "文字中含“≥10项”，是否转换为定量值“≥10.00(项)”？",
        "indicators[4].value_text",
        ("改为 ≥10.00(项)",),
    ),
    Case(
        "VAL-018",
        W,
        declared_line("b", target_text="≥2.50(家)"),
        "“≥2.50(家)”的计量单位为“家”，不应为小数。",
        "indicators[4].value_text",
    ),
    Case(
        "VAL-019",
        W,
        declared(
            lines=(
                *DECLARED_LINES,
                line("x", "服务对象满意度指标", "来访者满意度", "≥90.00(%)"),
                line("y", "可持续影响指标", "交流氛围", "符合外事交流工作规定"),
                line("z", "可持续影响指标", "交流机制", "符合外事交流工作规定"),
            )
        ),
        "指标值与“交流氛围”完全相同，疑似误粘贴。",
        "indicators[8].value_text",
    ),
    Case(
        "VAL-020",
        E,
        declared_line("t", target_text="2027年1月底前完成"),
        "指标时限2027-01-31晚于计划完成日期2026-12-31。",
        "indicators[3].value_text",
    ),
    Case(
        "VAL-021",
        W,
        declared_line("t", target_text="2025年底前完成"),
        "指标时限年份与预算年度不一致。",
        "indicators[3].value_text",
    ),
    Case(
        "VAL-022",
        W,
        declared_line("b", name="有效投诉数", target_text="≥3.00(次)"),
        "“有效投诉数”是越小越好的指标，比较符“≥”方向疑似错误。",
        "indicators[4].value_text",
    ),
    Case(
        "VAL-023",
        N,
        declared_line("b", name="重大事故", target_text="无"),
        "建议以“=0”表示，便于计分。",
        "indicators[4].value_text",
        ("改为 =0.00",),
    ),
    Case(
        "VAL-024",
        N,
        declared_line("c", target_text="≤14.705(元/家)"),
        "指标值超过两位小数，打印时照样印全，请确认。",
        "indicators[0].value_text",
    ),
    Case(
        "VAL-025",
        W,
        declared_line("b", target_text="推广项目≥60项，技术对接≥2场"),
        "一个指标含多个数值，建议拆分为多个三级指标。",
        "indicators[4].value_text",
    ),
    Case(
        "VAL-026",
        W,
        declared_line("b", target_text="≥0.00(家)"),
        "指标值“≥0.00(家)”恒成立/无法达成，请核对。",
        "indicators[4].value_text",
    ),
    Case(
        "VAL-027",
        W,
        evaluated_line("b", actual_text="≥210家"),
        "实际完成值不应带比较符。",
        "indicators[3].actual_text",
    ),
    Case(
        "VAL-028",
        E,
        declared_line("b", target_text="≤-3.00(家)"),
        "“≤-3.00(家)”不能为负数。",
        "indicators[4].value_text",
    ),
    Case(
        "VAL-028",
        E,
        evaluated_line("b", actual_text="-3家", deviation_reason="统计口径调整"),
        "“-3家”不能为负数。",
        "indicators[3].actual_text",
    ),
)

_BARE_MONEY: dict[str, Any] = {"executed_total": "", "executed_fiscal_current": ""}
_NO_BUDGET: dict[str, Any] = {
    "initial_total": "",
    "initial_fiscal_current": "",
    "adjusted_total": "0",
    "adjusted_fiscal_current": "",
    "executed_total": "0",
    "executed_fiscal_current": "",
}

EVALUATION_CASES = (
    Case("EVL-001", E, replace(evaluated(), unit=""), "请填写实施单位。", "unit"),
    Case("EVL-001", E, evaluated(**_BARE_MONEY), "请填写全年执行数。", "funding.executed.total"),
    Case("EVL-003", E, evaluated(expected_goal=""), "请填写预期目标（可从申报表带入）。", "expected_goal"),
    Case(
        "EVL-003",
        E,
        evaluated(expected_goal=" ").with_form(
            Form.DECLARATION, declared(2022, start_date="2022-01-01").of(Declaration)
        ),
        "请填写预期目标（可从申报表带入）。",
        "expected_goal",
        ("从申报表带入",),
    ),
    Case("EVL-004", E, evaluated(actual_completion=""), "请填写年度总体目标的实际完成情况。", "actual_completion"),
    Case(
        "EVL-005",
        E,
        evaluated_line("n", points="15"),
        "分值合计为95，应为100（差5分）。",
        "total_points",
        ("按权重方案平均分配分值", "将“政策培训场次”分值改为 20"),
    ),
    Case(
        "EVL-006",
        W,
        evaluated_line("n", points="19"),
        "产出指标分值合计49，与权重方案（50）不一致。",
        "indicators[0].points",
    ),
    Case(
        "EVL-007",
        W,
        evaluated(execution_points="20"),
        "预算执行率分值应为10分。",
        "funding.points",
        ("改为 10",),
    ),
    Case(
        "EVL-008",
        E,
        evaluated_line("b", points="十五"),
        "“服务企业数量”分值应大于0且不超过两位小数。",
        "indicators[3].points",
    ),
    Case("EVL-008", E, evaluated(execution_points="x"), "“预算执行率”分值应大于0且不超过两位小数。", "funding.points"),
    Case(
        "EVL-009",
        N,
        evaluated_line("n", points="21"),
        "“政策培训场次”单项分值21，权重过于集中。",
        "indicators[0].points",
    ),
    Case(
        "EVL-010",
        E,
        evaluated(adjusted_total="100001"),
        "全年预算数：年度资金总额100,001.00≠分项之和100,000.00。",
        "funding.adjusted_budget.total",
        ("改为 100000.00",),
    ),
    Case(
        "EVL-011",
        E,
        evaluated(execution_rate="99%"),
        "执行率应为98.00%，得分应为9.8。",
        "funding.execution_rate",
        ("采用计算结果 98.00%，9.8分",),
    ),
    Case(
        "EVL-011",
        E,
        evaluated(execution_rate="98.00%", execution_score="10", total_score="99.98"),
        "执行率应为98.00%，得分应为9.8。",
        "funding.score",
        ("采用计算结果 98.00%，9.8分",),
    ),
    Case(
        "EVL-012",
        W,
        evaluated(executed_total="118906.30", executed_fiscal_current="118906.30"),
        "全年执行数超过全年预算数（118.91%），请核对资金来源与预算调整。",
        "funding.executed.total",
    ),
    Case(
        "EVL-013",
        E,
        evaluated(**{**_NO_BUDGET, "executed_total": "5", "executed_fiscal_current": "5"}),
        "全年预算数为0但有执行数。",
        "funding.executed.total",
    ),
    Case(
        "EVL-014",
        E,
        evaluated(**_NO_BUDGET),
        "全年预算数为0，执行率无法计算，请选择“得0分”或“不适用”并说明。",
        "funding.adjusted_budget.total",
        ("得0分", "不适用，分值不计入总分", "不适用，其余得分按比例折算"),
    ),
    Case(
        "EVL-015",
        W,
        evaluated(initial_total="190800", initial_fiscal_current="190800"),
        "全年预算较年初变化-47.6%，请说明调整依据。",
        "funding.adjusted_budget.total",
    ),
    Case(
        "EVL-016",
        W,
        evaluated(executed_total="89999", executed_fiscal_current="89999"),
        "预算执行率90.00%，请说明原因及改进措施。",
        "funding.execution_rate",
    ),
    Case("EVL-017", E, evaluated(initial_other="-1"), "金额不得为负且最多两位小数。", "funding.initial_budget.other"),
    Case(
        "EVL-017",
        E,
        evaluated(executed_other="无"),
        "金额“无”无法识别，请填写数字（单位：元）。",
        "funding.executed.other",
    ),
    Case(
        "EVL-018",
        W,
        evaluated(executed_fiscal_current="97000", executed_other="1000"),
        "其他资金执行数大于预算数。",
        "funding.executed.other",
    ),
    Case(
        "EVL-042",
        E,
        evaluated(total_score="100"),
        "总分100与各项得分之和99.58不一致。",
        "total_score",
        ("采用计算结果 99.58",),
    ),
    Case(
        "EVL-042",
        E,
        evaluated(total_points="九十"),
        "分值合计九十与各项分值之和100不一致。",
        "total_points",
        ("采用计算结果 100",),
    ),
    Case(
        "EVL-043",
        W,
        evaluated(
            lines=tuple(replace(one, actual_text=one.actual_text.replace("88", "90")) for one in EVALUATED_LINES),
            executed_total="100000",
            executed_fiscal_current="100000",
        ),
        "全部指标满分，请再次核对指标值与完成值。",
        "total_score",
    ),
)

EVALUATED_LINE_CASES = (
    Case(
        "EVL-023",
        E,
        evaluated_line("b", target_text=""),
        "“服务企业数量”没有年度指标值，无法计分。",
        "indicators[3].target_text",
    ),
    Case(
        "EVL-024",
        E,
        evaluated_line("b", actual_text=" "),
        "请填写“服务企业数量”的实际完成值。",
        "indicators[3].actual_text",
    ),
    Case(
        "EVL-025",
        E,
        evaluated_line("b", actual_text="基本完成"),
        "“服务企业数量”为定量指标，实际完成值应为数值。",
        "indicators[3].actual_text",
    ),
    Case(
        "EVL-026",
        E,
        evaluated_line("b", actual_text="210次"),
        "单位不一致：指标值“家”，实际值“次”，无法比较。",
        "indicators[3].actual_text",
    ),
    Case(
        "EVL-027",
        N,
        evaluated_line("b", target_text="<2秒", actual_text="21ms"),
        "已换算：21ms = 0.021秒。",
        "indicators[3].actual_text",
    ),
    Case(
        "EVL-028",
        W,
        evaluated_line("b", actual_text="210"),
        "实际完成值缺少单位，按“家”处理，请确认。",
        "indicators[3].actual_text",
        ("改为 210家",),
    ),
    Case(
        "EVL-028",
        E,
        evaluated_line("b", target_text=">=4万个", actual_text="47818"),
        "实际完成值缺少单位，疑似漏写量级“万”，请补充单位。",
        "indicators[3].actual_text",
        ("改为 47818万个", "改为 47818个"),
    ),
    Case(
        "EVL-028",
        E,
        evaluated_line("b", target_text=">=4万元", actual_text="47818"),
        "实际完成值缺少单位，疑似漏写量级“万元”，请补充单位。",
        "indicators[3].actual_text",
        ("改为 47818万元", "改为 47818元"),
    ),
    Case(
        "EVL-029",
        N,
        evaluated_line("n", target_text=">=12场次"),
        "单位写法不同（场次/场），建议统一。",
        "indicators[0].actual_text",
    ),
    Case(
        "EVL-030",
        E,
        evaluated_line("q", actual_text="0.96"),
        "“0.96”疑似按小数填写百分比，请确认是0.96%还是96%。",
        "indicators[1].actual_text",
        ("改为 96%", "改为 0.96%"),
    ),
    Case(
        "EVL-031",
        W,
        evaluated_line("t", actual_text="99.98%"),
        "“培训完成及时率”未达指标值，四舍五入后为满分。",
        "indicators[2].actual_text",
    ),
    Case(
        "EVL-032",
        W,
        evaluated_line("b", target_text=">210家"),
        "实际值等于界值，“>”未满足，请核对。",
        "indicators[3].actual_text",
    ),
    Case(
        "EVL-033",
        W,
        evaluated_line("n", target_text="=10场"),
        "“政策培训场次”目标为“=”，实际超出20%。",
        "indicators[0].actual_text",
    ),
    Case(
        "EVL-034",
        W,
        evaluated_line("b", actual_text="300家"),
        "超额50%，指标值可能偏低，请说明。",
        "indicators[3].actual_text",
        ("采用建议得分 14.25",),
    ),
    Case(
        "EVL-035",
        W,
        evaluated_line("b", actual_text="500家", score="15"),
        "超额150%，偏离过大，请说明原因，可参考建议调减分值。",
        "indicators[3].actual_text",
        ("采用建议得分 13.5",),
    ),
    Case(
        "EVL-036",
        E,
        evaluated_line("s", deviation_reason=""),
        "“服务企业满意度”得分低于分值，请填写偏差原因分析及改进措施。",
        "indicators[5].deviation_reason",
    ),
    Case(
        "EVL-037",
        E,
        _judged(score="15"),
        "请为“培训合格率”选择达成等级。",
        "indicators[1].achievement",
        ("全部按得分推定", "达成", "部分达成", "未达成"),
    ),
    Case(
        "EVL-037",
        E,
        evaluated_line("q", target_text="全国前3", actual_text="第4"),
        "请为“培训合格率”选择达成等级。",
        "indicators[1].achievement",
        ("达成", "部分达成", "未达成"),
    ),
    Case(
        "EVL-038",
        W,
        evaluated_line("q", target_text="完善", actual_text="完善"),
        "“培训合格率”实际完成值与指标值相同，请补充佐证说明。",
        "indicators[1].actual_text",
    ),
    Case(
        "EVL-039",
        E,
        _judged(achievement="partly", score="12", deviation_reason="尚未修订"),
        "得分12不在“部分达成”区间（9–12）。",
        "indicators[1].score",
        ("采用计算得分 10.5",),
    ),
    Case(
        "EVL-040",
        E,
        evaluated_line("b", score="16"),
        "得分应在0至15之间。",
        "indicators[3].score",
        ("采用计算得分 15",),
    ),
    Case(
        "EVL-040",
        E,
        evaluated_line("b", target_text="=2级", actual_text="3级"),
        "得分应在0至15之间。",
        "indicators[3].score",
    ),
    Case(
        "EVL-041",
        W,
        evaluated_line("b", score="14"),
        "手工得分14与计算得分15不同，请说明。",
        "indicators[3].score",
        ("采用计算得分 15",),
    ),
    Case(
        "EVL-046",
        W,
        evaluated_line("t", target_text="2022年11月底前完成", actual_text="2022年12月5日", achievement="achieved"),
        "完成日期晚于时限，请核对等级。",
        "indicators[2].achievement",
    ),
)

CASES = (
    *DECLARATION_CASES,
    *FUNDING_CASES,
    *STRUCTURE_CASES,
    *VALUE_CASES,
    *EVALUATION_CASES,
    *EVALUATED_LINE_CASES,
)
