"""Typical names of third-level indicators, offered while a name is typed (domain.md §4.3, from the published forms)."""

from __future__ import annotations

from types import MappingProxyType

from model.values.taxonomy import (
    ECOLOGICAL_BENEFIT,
    ECOLOGICAL_COST,
    ECONOMIC_BENEFIT,
    ECONOMIC_COST,
    QUALITY,
    QUANTITY,
    SERVED_SATISFACTION,
    SOCIAL_BENEFIT,
    SOCIAL_COST,
    SUSTAINABLE_IMPACT,
    TIMELINESS,
)

TYPICAL_NAMES = MappingProxyType(
    {
        ECONOMIC_COST: ("项目总成本", "项目成本控制额", "单位成本", "人均成本", "单项成本", "运维成本控制额"),
        SOCIAL_COST: ("社会成本控制情况",),
        ECOLOGICAL_COST: ("文明施工情况", "环境影响控制情况"),
        QUANTITY: (
            "举办活动场次",
            "举办培训场次",
            "培训人次",
            "参与活动人数",
            "服务企业家数",
            "完成报告份数",
            "宣传报道篇数",
            "并发用户数",
            "应急演练次数",
            "运维系统数量",
            "采购设备数量",
            "项目完成率",
        ),
        QUALITY: (
            "验收合格率",
            "达标率",
            "完成率",
            "合格率",
            "通过率",
            "覆盖率",
            "工作规范性",
            "系统故障次数",
            "核心设备故障次数",
            "高危漏洞数",
            "安全等级保护",
            "运维故障处置率",
            "工单办结率",
        ),
        TIMELINESS: (
            "完成及时率",
            "工作开展及时率",
            "按时完成率",
            "项目完成时间",
            "系统响应时间",
            "故障处置响应时间",
            "服务可用时间",
        ),
        ECONOMIC_BENEFIT: ("促成合作签约", "带动投资额", "科技金融产品年贷款额"),
        SOCIAL_BENEFIT: (
            "受益企业数量",
            "受益人数",
            "政策知晓率",
            "网站访问量",
            "媒体报道转载量",
            "公众号关注人数增长率",
            "成果转化数量",
        ),
        ECOLOGICAL_BENEFIT: ("节能减排效果", "资源节约率"),
        SUSTAINABLE_IMPACT: ("长效管理制度建设", "长效机制建设", "共享机制建设", "可持续发展能力", "创新氛围营造"),
        SERVED_SATISFACTION: ("服务对象满意度", "用户满意度", "参加活动人员满意度", "培训学员满意度", "企业满意度"),
    }
)
"""Second level → names; every level of the taxonomy has some."""
