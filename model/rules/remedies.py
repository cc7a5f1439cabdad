"""What to do about the findings of each rule, a few words a rule: what the list of problems says first.

An imperative without the name of the line and without numbers, so that it heads several findings of the rule as well as
one; what is wrong in a place is said by the message of its finding. A rule of several wordings has a remedy for each.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

_REMEDIES = """\
DEC-001 填写项目名称
DEC-002 改掉重复的项目名称
DEC-003 填写主管部门
DEC-004 填写实施单位
DEC-005 统一实施单位的写法
DEC-006 选择项目性质
DEC-007 选择项目类别
DEC-008 核对项目性质和类别
DEC-009 填写起止日期｜改正起止日期
DEC-010 改正起止日期
DEC-011 核对预算年度和起止日期
DEC-012 核对项目性质和起止日期
DEC-013 填写项目总目标和总额
DEC-014 填写年度总体目标
DEC-015 把总体目标写具体
DEC-016 精简总体目标
DEC-017 补全总体目标的末尾
DEC-018 补全括号或引号
DEC-019 清理网页或公式标记
DEC-020 改掉上年的年份
DEC-021 核对目标和指标里的数｜〃
DEC-022 改正预算年度
DEC-023 核对年份
DEC-024 核对是否贴错了目标
FND-001 核对资金合计
FND-002 改正负数金额
FND-003 填写申请的资金
FND-004 改正金额的小数
FND-005 核对项目资金总额
FND-006 核对全周期的总额
FND-007 核对金额的单位
FND-008 核对成本上限
FND-009 核对目标里的金额
FND-010 核对上年结转资金
FND-011 说明申请额的变化｜〃
FND-012 改正金额的写法
FND-013 核对成本和资金的单位
IND-001 添加产出指标
IND-002 添加效益指标
IND-003 添加满意度指标
IND-004 添加成本指标
IND-005 添加数量指标
IND-006 添加质量指标
IND-007 添加时效指标
IND-008 改正一级或二级指标
IND-009 按标准顺序排列指标
IND-010 填写三级指标名称
IND-011 改掉重复的指标名称
IND-012 核对重复的指标
IND-013 删掉重复粘贴的名称
IND-014 把数移到指标值一栏
IND-015 改正指标名称或指标值
IND-016 精简指标名称
IND-017 补充指标
IND-018 精简指标
IND-019 把定性指标量化
IND-020 核对满意度指标
IND-021 核对所在的二级指标
IND-022 数量改用绝对数
IND-024 指标值改用百分比
IND-025 核对相同的指标
IND-026 核对指标名称
VAL-001 填写年度指标值
VAL-002 改写指标值
VAL-003 补写计量单位
VAL-004 核对计量单位
VAL-005 补写比较符
VAL-006 清理公式标记
VAL-007 改写为规范的指标值
VAL-008 核对超过100%的值
VAL-009 改为“=100%”
VAL-010 核对成本的比较符
VAL-011 写明成本金额上限
VAL-012 满意度改用百分比
VAL-013 核对满意度目标
VAL-014 写明时限
VAL-015 写明可衡量的结果
VAL-016 把数量写成数值｜写准确的数值
VAL-017 改成定量的指标值｜〃
VAL-018 核对小数
VAL-019 核对是否贴错
VAL-020 核对时限和完成日期
VAL-021 核对时限的年份
VAL-022 核对比较符的方向
VAL-023 用“=0”表示
VAL-024 核对小数位数
VAL-025 拆成几条指标
VAL-026 核对指标值
VAL-027 去掉完成值的比较符
VAL-028 改正负数
VAL-029 核对比较符的方向
VAL-030 补全占位符
VAL-031 核对低于上年完成值的指标
VAL-032 核对较上年变化大的指标｜〃
EVL-001 填写必填的格
EVL-003 填写预期目标
EVL-004 填写实际完成情况
EVL-005 把分值凑成100
EVL-006 核对各级指标的分值
EVL-007 改正预算执行率分值
EVL-008 改正分值
EVL-009 核对过重的分值
EVL-010 核对资金合计｜补填资金来源
EVL-011 改正执行率和得分
EVL-012 核对执行数和预算数
EVL-013 核对全年预算数
EVL-014 选择执行率怎么计分
EVL-015 说明预算调整的依据
EVL-016 说明执行率偏低的原因
EVL-017 改正金额的写法｜〃
EVL-018 核对资金来源的执行数
EVL-023 填写年度指标值
EVL-024 填写实际完成值
EVL-025 改正实际完成值｜补填数值或选择等级｜填写准确的数值｜写明是0还是没有开展
EVL-026 统一计量单位
EVL-027 核对换算结果｜〃｜〃
EVL-028 补写计量单位｜〃｜〃
EVL-029 统一单位的写法
EVL-030 改正百分数｜〃
EVL-031 核对四舍五入的满分
EVL-032 核对等于界值的值
EVL-033 说明超出的原因
EVL-034 说明超额的原因
EVL-035 说明超额或调减得分
EVL-036 写明偏差原因
EVL-037 选择达成等级
EVL-038 补充完成情况的佐证
EVL-039 改正得分或等级
EVL-040 改正得分
EVL-041 说明手工得分
EVL-042 核对合计｜〃
EVL-043 再次核对满分
EVL-045 核对目标和指标里的数
EVL-046 核对达成等级
EVL-049 核对未达标的满分
EVL-050 核对小数点
EVL-051 核对完成值是否实际数
EVL-052 核对和申报表的差异｜〃｜〃
EVL-053 把偏差原因写具体
EVL-054 核对偏差原因
EVL-055 选择不适用怎么计分｜核对选了不适用的项｜选择不适用怎么计分｜清除不计入总分的得分｜写明不适用的原因
EVL-056 说明超额的原因
"""


def _told_apart(remedies: str) -> tuple[str, ...]:
    """One remedy a wording of the rule, 〃 for that of the wording before."""
    told: list[str] = []
    for remedy in remedies.split("｜"):
        told.append(told[-1] if remedy == "〃" else remedy)
    return tuple(told)


REMEDIES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {rule: _told_apart(remedies) for rule, _, remedies in (line.partition(" ") for line in _REMEDIES.splitlines())}
)
"""The remedies of every rule by its number, one for each of its wordings; a rule without one cannot be made."""
