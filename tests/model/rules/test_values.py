"""Target values: where the VAL rules stop and what their fixes write."""

from __future__ import annotations

import pytest

from model.findings import Severity
from model.records import Evaluation
from model.rules import Context
from model.settings import Settings
from tests.model.projects import evaluation_of
from tests.model.rules.builders import (
    NO_CONTEXT,
    declared_line,
    evaluated,
    evaluated_line,
    finding,
    findings,
    fixed,
    rules_of,
    target_of,
)


@pytest.mark.parametrize(
    "text",
    [
        "≥200.00(家)",
        "≥200(家)",
        ">=200家",
        "≥2.00(万家)",
        "≥1,200.00(家)",
        "=0.00(家)",
        ">100家",
        "≥3.00(个省市)",
        "<2S",
    ],
)
def test_that_an_ordinary_quantity_passes_however_it_was_typed(text: str) -> None:
    assert rules_of(declared_line("b", target_text=text)) == []


@pytest.mark.parametrize(
    "text", ["完成年度任务", "形成协同联动", "平台运营正常", "通过三级等保测评", "全国前3", "2026年12月底前完成"]
)
def test_that_a_describing_text_a_rank_or_a_deadline_passes_as_a_benefit(text: str) -> None:
    assert rules_of(declared_line("b", target_text=text)) == []


@pytest.mark.parametrize("text", ["", " ", "—", "/", "无数据"])
def test_that_signs_for_nothing_count_as_blank(text: str) -> None:
    assert rules_of(declared_line("n", target_text=text)) == ["VAL-001"]


def test_that_the_word_none_is_a_value() -> None:
    assert rules_of(declared_line("b", target_text="无")) == []


def test_that_a_malformed_quantity_is_not_also_called_words() -> None:
    assert rules_of(declared_line("n", target_text="≥若干")) == ["VAL-002"]
    assert rules_of(declared_line("c", target_text="≤预算数")) == ["VAL-002"]


@pytest.mark.parametrize("text", ["≥90%", ">=90%", "≥90.00(%)", "≥90(%)"])
def test_that_a_plainly_typed_percentage_needs_no_correction(text: str) -> None:
    assert rules_of(declared_line("s", target_text=text)) == []


@pytest.mark.parametrize(
    ("text", "regular"),
    [
        ("≥90(百分比)", "≥90.00(%)"),
        ("=100.00 (%)", "=100.00(%)"),
        ("≥ 55.00 (亿元)", "≥55.00(亿元)"),
        ("≥５（家）", "≥5.00(家)"),
        ("≧5.00(家)", "≥5.00(家)"),
        ("≥1.90(亿 条)", "≥1.90(亿条)"),
    ],
)
def test_that_a_variant_spelling_is_offered_in_the_regular_one(text: str, regular: str) -> None:
    project = declared_line("b", target_text=text)
    found = finding(project, "VAL-007")
    assert found.fixes[0].text == regular
    assert target_of(fixed(project, NO_CONTEXT, found.fixes[0])[0], "b") == regular


def test_that_a_formula_is_reported_once_and_not_as_a_variant_too() -> None:
    assert rules_of(declared_line("q", target_text=r"$\geq 50.00$ (%)")) == ["VAL-006"]
    assert finding(declared_line("q", target_text="<p>规范</p>"), "VAL-006").fixes[0].text == "规范"


def test_that_a_formula_in_an_actual_value_is_cleaned() -> None:
    found = finding(evaluated_line("b", actual_text=r"$210$家"), "VAL-006")
    assert (found.place.field, found.fixes[0].text) == ("actual_text", "210家")


@pytest.mark.parametrize("name", ["安全生产事故下降率", "平均响应时间缩短比例", "投诉减少数量", "故障处置率"])
def test_that_less_trouble_is_something_to_do_more_of(name: str) -> None:
    assert "VAL-022" not in rules_of(declared_line("b", name=name, target_text="≥5.00(%)"))
    assert "VAL-022" in rules_of(declared_line("b", name="安全生产事故", target_text="≥5.00(次)"))


@pytest.mark.parametrize("name", ["营业收入增长率", "同比提升度", "产值增速"])
def test_that_growth_may_exceed_the_whole(name: str) -> None:
    assert rules_of(declared_line("b", name=name, target_text=">100%")) == []
    assert rules_of(declared_line("b", name=name, target_text="≥150%")) == []


def test_that_more_than_all_of_something_cannot_be_met() -> None:
    assert rules_of(declared_line("q", target_text=">100%")) == ["VAL-009", "VAL-026"]
    # ≥ and = may come to the same here, but a fix changes no comparator (domain.md §5.8, law 1).
    assert finding(declared_line("q", target_text="≥100.00(百分比)"), "VAL-009").fixes == ()


@pytest.mark.parametrize("text", ["≤1220000.00(元)", "<14.70(元/家)", "=30.00(元/人次)"])
def test_that_a_cost_with_an_upper_bound_passes(text: str) -> None:
    assert [rule for rule in rules_of(declared_line("c", target_text=text)) if rule.startswith("VAL")] == []


@pytest.mark.parametrize("text", ["≥85%", "≥99%", "≥90.5%"])
def test_that_a_usual_satisfaction_passes(text: str) -> None:
    assert rules_of(declared_line("s", target_text=text)) == []


def test_that_a_satisfaction_in_pieces_is_no_percentage_and_one_without_unit_only_lacks_it() -> None:
    assert rules_of(declared_line("s", target_text="≥90.00(家)")) == ["VAL-012"]
    assert rules_of(declared_line("s", target_text="≥90")) == ["VAL-003"]


@pytest.mark.parametrize("text", ["=100%", "≤10.00(个工作日)", "2026年10月全部改造完成", "每月不少于1次"])
def test_that_timeliness_with_a_limit_passes(text: str) -> None:
    rules = rules_of(declared_line("t", name="培训安排", target_text=text))
    assert "VAL-014" not in rules


@pytest.mark.parametrize(
    "text",
    ["提高", "有效实现", "持续提高。", "不断提升", "进一步增强", "安全、稳定、高效", "良好", "比上年度有所提升", "高"],
)
def test_that_a_vague_word_is_found(text: str) -> None:
    assert rules_of(declared_line("b", target_text=text)) == ["VAL-015"]


@pytest.mark.parametrize(
    "text", ["合规", "无差错", "达标", "公开发布", "正常运行", "高于全国平均数", "提高上海科技影响力"]
)
def test_that_a_word_that_can_be_checked_is_not_vague(text: str) -> None:
    assert rules_of(declared_line("b", target_text=text)) == []


@pytest.mark.parametrize(
    ("text", "name", "quantity"),
    [
        ("不少于10家紧密合作基地", "紧密合作基地数量", "≥10.00(家)"),
        ("增长5%以上", "产值增长率", "≥5.00(%)"),
        ("增长5%", "产值增长率", "≥5.00(%)"),
        ("较上年增长5%", "产值较上年增长率", "≥5.00(%)"),
        ("系统并发量大于50", "系统并发量", ">50.00"),
        ("推动 5 项科技创新合作", "推动科技创新合作", "≥5.00(项)"),
        ("达到98%的合格率", "培训合格率", "≥98.00(%)"),
    ],
)
def test_that_the_one_figure_of_a_text_is_offered_where_the_name_says_the_rest(
    text: str, name: str, quantity: str
) -> None:
    project = declared_line("b", name=name, target_text=text)
    found = finding(project, "VAL-017")
    assert found.fixes[0].text == quantity
    assert quantity in found.message


@pytest.mark.parametrize(
    "text",
    [
        "不少于10家紧密合作基地",
        "较上年增长5%",
        "系统保持7*24不间断运行，总故障时间小于运行时间0.01%。",
        "控制在人均不到3万元",
        "约100人",
    ],
)
def test_that_a_figure_is_not_offered_where_words_that_limit_it_would_be_lost(text: str) -> None:
    found = finding(declared_line("b", target_text=text), "VAL-017")
    assert found.fixes == ()
    assert "其余的意思写进三级指标名称" in found.message


def test_that_a_rough_number_of_a_quantity_line_is_a_warning() -> None:
    found = finding(declared_line("n", target_text="100余人"), "VAL-016")
    assert (found.severity, found.message) == (Severity.WARNING, "“100余人”是约数，数量指标建议写准确的数值。")


@pytest.mark.parametrize("text", ["支持500个用户在线，页面打开2秒", "项目≥60项，对接≥2场", "不少于3家，合计10项"])
def test_that_a_text_of_several_figures_is_to_be_split(text: str) -> None:
    assert rules_of(declared_line("b", target_text=text)) == ["VAL-025"]


@pytest.mark.parametrize(
    "text",
    ["7*24小时不间断", "2026年建成", "1. 完成建设 2、投入使用", "组织项目参展1-2场", "建成A4级园区", "跻身前3强"],
)
def test_that_figures_that_measure_nothing_are_passed_over(text: str) -> None:
    assert {"VAL-017", "VAL-025"}.isdisjoint(rules_of(declared_line("b", target_text=text)))


@pytest.mark.parametrize("text", ["≥1.90(亿条)", "≥14.70(元/家)", "≥2.00(家)", "≥1.5(小时)", "≥95.5%"])
def test_that_a_fraction_is_fine_where_things_can_be_divided(text: str) -> None:
    assert "VAL-018" not in rules_of(declared_line("b", target_text=text))


def test_that_the_end_of_the_project_is_no_late_deadline() -> None:
    assert rules_of(declared_line("t", target_text="2026年12月31日前完成")) == []
    assert rules_of(declared_line("t", target_text="2027年底前完成")) == ["VAL-020"]


@pytest.mark.parametrize(
    ("name", "target"),
    [
        ("运维故障处置率", "≥95%"),
        ("投诉处理数量", "≥10.00(件)"),
        ("漏洞扫描次数", "≥12.00(次)"),
        ("事故应急演练", "≥1.00(次)"),
        ("核心设备故障次数", "<10.00(次)"),
        ("网站中断次数", "=0.00(次)"),
    ],
)
def test_that_fewer_faults_or_more_handling_of_them_pass(name: str, target: str) -> None:
    assert rules_of(declared_line("b", name=name, target_text=target)) == []


@pytest.mark.parametrize(("name", "text"), [("服务投诉率", "无"), ("高危漏洞", "未发生"), ("安全事故", "无安全事故")])
def test_that_no_trouble_is_offered_as_zero_in_no_unit_that_was_not_written(name: str, text: str) -> None:
    project = declared_line("b", name=name, target_text=text)
    found = finding(project, "VAL-023")
    assert [fix.text for fix in found.fixes] == ["=0.00"]
    assert rules_of(fixed(project, NO_CONTEXT, found.fixes[0])[0]) == []


def test_that_zero_in_a_self_evaluation_scores_with_the_actual_value_as_it_stands() -> None:
    project = evaluated_line("b", name="服务投诉率", target_text="无", actual_text="无")
    after, _ = fixed(project, NO_CONTEXT, finding(project, "VAL-023").fixes[0])
    changed = evaluation_of(after).indicators[3] if after.of(Evaluation) else None
    assert changed is not None
    assert (changed.target_text, changed.actual_text) == ("=0", "无")
    assert rules_of(after) == ["EVL-027"]


def test_that_a_growth_rate_may_be_negative() -> None:
    assert rules_of(declared_line("b", name="能耗增长率", target_text="≥-5%")) == []


def test_that_the_added_unit_is_kept_beside_those_added_before() -> None:
    project, context = declared_line("b", target_text="≥3.00(园区)"), Context(Settings(own_units=("批次数",)))
    found = finding(project, "VAL-004", context)
    assert fixed(project, context, found.fixes[0])[1].settings.own_units == ("批次数", "园区")


def test_that_targets_of_a_self_evaluation_are_not_judged_for_their_wording() -> None:
    words = {"target_text": "提高", "actual_text": "提高", "deviation_reason": "见总结"}
    assert rules_of(evaluated_line("b", **words)) == []
    assert rules_of(evaluated_line("t", **words)) == []


def test_that_each_malformed_target_of_a_self_evaluation_is_reported() -> None:
    assert len(findings(evaluated_line("b", target_text=">=家"), "VAL-002")) == 1
    assert findings(evaluated(), "VAL-002") == []
