"""The switches of a scoring profile as the settings offer them: field, label, and what may be chosen."""

from __future__ import annotations

from enum import StrEnum

from model.settings import ExecutionRule, GradeScheme, NegativeRule, RateRounding, ReductionRule, WeightProfile

CHOICES: tuple[tuple[str, str, tuple[tuple[StrEnum, str], ...]], ...] = (
    (
        "negative",
        "反向指标未达标",
        (
            (NegativeRule.N1, "N1 按 指标值÷实际值 计分（默认）"),
            (NegativeRule.N2, "N2 线性扣减，达到两倍得0分"),
            (NegativeRule.N3, "N3 未达标即得0分"),
        ),
    ),
    (
        "reduction",
        "超额完成的建议调减",
        (
            (ReductionRule.R1, "R1 分档 −5%／−10%／−15%／−20%（默认）"),
            (ReductionRule.R2, "R2 线性，最多 −20%"),
            (ReductionRule.R3, "R3 按倍数，最低六成"),
        ),
    ),
    (
        "execution",
        "预算执行率计分",
        (
            (ExecutionRule.PROPORTIONAL, "按执行率比例（默认）"),
            (ExecutionRule.STEPPED, "分档 100%／80%／60%"),
        ),
    ),
    (
        "rate_rounding",
        "执行率显示",
        (
            (RateRounding.CEILING, "两位小数，进位（上海，默认）"),
            (RateRounding.HALF_UP, "两位小数，四舍五入"),
        ),
    ),
    (
        "grades",
        "等次",
        (
            (GradeScheme.MOF, "优90 良80 中60 差（默认）"),
            (GradeScheme.SHANGHAI, "优90 良75 合格60 不合格（上海）"),
            (GradeScheme.PROVINCIAL, "优80 良70 中60 差（旧省级）"),
        ),
    ),
    (
        "weights",
        "权重方案",
        (
            (WeightProfile.AUTO, "按所设一级指标自动选择（默认）"),
            (WeightProfile.A, "A 产出50 效益30 满意度10 执行10"),
            (WeightProfile.B, "B 成本20 产出40 效益20 满意度10 执行10"),
            (WeightProfile.A_PRIME, "A′ 产出50 效益40 执行10"),
            (WeightProfile.B_PRIME, "B′ 成本20 产出40 效益30 执行10"),
            (WeightProfile.CUSTOM, "自定义"),
        ),
    ),
)
WEIGHTS = ("成本", "产出", "效益", "满意度", "执行")
