"""The words of the manual: complete, and every number and name in them the program's own."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from itertools import chain
from pathlib import Path
from shutil import copyfile

import pytest

from gui.actions import MENUS, key_map
from gui.desk.theme import RESOURCES
from gui.manual.text import ANCHOR_END, MANUAL, chapters, rules_text
from gui.navigator.marks import MARK_WORDS
from model.checking import rules_in_order
from model.findings import Severity
from model.labels import SEVERITY_WORDS
from model.quantity import Kind, Style, parse, printed
from model.records import Achievement, EvaluatedIndicator, Evaluation, Form
from model.rules import RuleInfo
from model.scoring import (
    ACHIEVEMENT_LABELS,
    ACHIEVEMENT_TITLES,
    LineScore,
    band_range,
    format_points,
    format_total,
    grade,
    score_execution,
    score_line,
    suggested_reduction,
)
from model.settings import (
    ExecutionRule,
    GradeScheme,
    NegativeRule,
    ReductionRule,
    ScoringProfile,
    Thresholds,
    WeightProfile,
)
from model.values.dates import format_date, parse_date
from model.values.units import STANDARD
from model.weights import EXECUTION, distribute, expected_weights
from storage.importing.plan import Action
from storage.store.sqlite import Store

TEXT = "\n".join(chapter.text for chapter in chapters())
HEADINGS = re.findall(r"^#+ (.+)$", TEXT, re.MULTILINE)
ANCHORS = {heading.partition(ANCHOR_END)[0] for heading in HEADINGS} | {chapter.id for chapter in chapters()}
Row = dict[str, str]


def tables(title: str) -> list[list[Row]]:
    """The tables of the section with this heading, rows as {column: cell} without the marks of code."""
    section = re.search(rf"^#+ {re.escape(title)}\n(.*?)(?=^#|\Z)", TEXT, re.MULTILINE | re.DOTALL)
    assert section is not None, title
    found = []
    for table in re.findall(r"(?:^\|.*\n?)+", section[1], re.MULTILINE):
        lines = [[cell.strip().strip("`") for cell in line.strip("|\n ").split("|")] for line in table.splitlines()]
        found.append([dict(zip(lines[0], cells, strict=True)) for cells in lines[2:]])
    return found


def rows(*titles: str) -> list[Row]:
    """The rows of the only table of each section."""
    return [row for title in titles for row in only(tables(title))]


def only(found: list[list[Row]]) -> list[Row]:
    assert len(found) == 1
    return found[0]


# The words


def test_that_every_chapter_begins_with_its_title_and_has_no_other() -> None:
    for chapter in chapters():
        assert re.findall(r"^# (.+)$", chapter.text, re.MULTILINE) == [chapter.title]
    ids = [chapter.id for chapter in chapters()]
    assert ids == [
        "start",
        "screens",
        "values",
        "rules",
        "scores",
        "keys",
        "access",
        "exchange",
        "backup",
        "install",
        "promises",
        "questions",
    ]


def test_that_every_rule_has_its_section_with_severity_words_and_advice() -> None:
    for rule in rules_in_order():
        section = re.search(rf"^### {rule.id}\u3000(.*)\n\n((?:> .*\n\n)+)(.+)$", TEXT, re.MULTILINE)
        assert section is not None, rule.id
        assert section[1].endswith(SEVERITY_WORDS[rule.severity])
        assert section[2].count("> ") == len(rule.messages)
        assert section[3].endswith("。")
        assert f"\n\n{section[3]}\n\n为什么有这一条：{rule.why}依据：{rule.source}。" in TEXT
    assert "{" not in rules_text()


def test_that_a_new_rule_is_in_the_manual_before_anybody_wrote_about_it() -> None:
    new = RuleInfo("NEW-001", Severity.ERROR, ("“{name}”不对。",), "申报表如此。", ("改正名称",))
    assert "### NEW-001\u3000错误\n\n> “……”不对。" in rules_text((new,), {})


def test_that_there_is_advice_on_no_rule_that_is_not_checked() -> None:
    lines = (MANUAL / "rules-advice.txt").read_text(encoding="utf-8").splitlines()
    written = [line.partition(" ")[0] for line in lines]
    groups = {rule.id[:3] for rule in rules_in_order()}
    assert sorted(written) == sorted({rule.id for rule in rules_in_order()} | groups)


def test_that_every_rule_the_text_mentions_is_checked() -> None:
    mentioned = set(re.findall(r"[A-Z]{3}-\d{3}", TEXT))
    assert mentioned == {rule.id for rule in rules_in_order()}


def test_that_every_key_of_the_program_is_in_the_keyboard_chapter() -> None:
    menus = {title.split("(")[0] for title, _ in MENUS}
    for title, keys in key_map():
        section = f"{title}菜单" if title in menus else f"{title}里"
        assert [(row["按键"], row["作用"]) for row in rows(section)] == list(keys)


def test_that_the_text_names_only_menu_entries_there_are() -> None:
    entries = {(title.split("(")[0], spec.text) for title, specs in MENUS for spec in specs if spec is not None}
    mentioned = re.findall(r"“(\w+) → ([^”]+)”", TEXT)
    assert mentioned
    assert {*mentioned} <= entries


def test_that_the_text_names_only_keys_there_are() -> None:
    known = {part for _, keys in key_map() for key, _ in keys for part in key.split(" / ")}
    known |= {row["按键"] for title in ("格子里面", "本手册") for row in rows(title)}
    known = set(chain.from_iterable(key.replace("`", "").split("、") for key in known))
    mentioned = set(re.findall(r"`((?:Ctrl|Alt|Shift|F\d|Tab|Enter|Esc|Del)[^`]*)`", TEXT))
    letters = {f"Alt+{title.split('&')[1][0]}" for title, _ in MENUS} | {"Alt"}
    assert set(chain.from_iterable(re.split(r"、| / ", key) for key in mentioned)) <= known | letters


LABELS = (
    *("打开示例", "资金明细与总体目标", "开始绩效自评", "更多", "目标申报", "绩效自评", "申报概览", "已保存", "未保存"),
    *("采用建议得分", "恢复计算得分", "计分办法", "移到", "复制报告", "程序出错", "恢复所选备份", "出错说明"),
    *("用导入的内容替换已有的表", "本单位", "计分方案", "检查阈值", "计量单位", "得0分", "不适用", "草稿"),
)


def test_that_the_buttons_and_tabs_the_text_names_are_on_screen() -> None:
    sources = "".join(path.read_text(encoding="utf-8") for path in (RESOURCES.parent / "gui").rglob("*.py"))
    for label in LABELS:
        assert label in TEXT, label
        assert re.search(rf'["“（ ]{label}', sources), label


def test_that_every_link_leads_to_a_section() -> None:
    links = re.findall(r"\]\(#([^)]+)\)", TEXT)
    assert links
    assert set(links) <= ANCHORS
    assert re.findall(r"\]\((?!#|pictures/)[^)]*\)", TEXT) == []


def test_that_the_example_holds_what_the_tour_says(tmp_path: Path) -> None:
    with Store.open(copyfile(RESOURCES / "example.jixiao", tmp_path / "示例.jixiao")) as store:
        summaries = store.summaries()
    declared = [summary for summary in summaries if Form.DECLARATION in summary.forms]
    evaluated = [summary for summary in summaries if Form.EVALUATION in summary.forms]
    assert f"{len(declared)}张申报表和{len(evaluated)}张自评表" in TEXT
    assert {summary.year for summary in declared} == {2025, 2026}
    assert {summary.year for summary in evaluated} == {2022}


def test_that_the_states_and_results_are_the_programs_own_words() -> None:
    meanings = [row["意思"] for row in rows("项目列表")]
    assert len(meanings) == len(MARK_WORDS)
    assert all(word in meaning for word, meaning in zip(MARK_WORDS.values(), meanings, strict=True))
    results = {row["结果"] for row in rows("导入")}
    assert results == {action.value for action in Action if action is not Action.REPLACED}


# The numbers


def test_that_every_typed_value_prints_as_the_manual_says() -> None:
    for row in rows("输入什么，印成什么", "用文字写的比较"):
        assert printed(row["输入"], Style.DECLARATION) == row["申报表印成"]
        assert printed(row["输入"], Style.EVALUATION) == row["自评表印成"]
    assert printed("≥90.125%", Style.DECLARATION) == "≥90.125(%)"


def test_that_a_sentence_with_one_comparison_stays_as_it_is() -> None:
    assert "“形成优秀案例≥10项”" in TEXT
    assert parse("形成优秀案例≥10项").kind is Kind.QUAL_NUM
    assert printed("形成优秀案例≥10项", Style.DECLARATION) == "形成优秀案例≥10项"


def test_that_the_kinds_of_value_are_read_as_the_manual_says() -> None:
    kinds = {
        "定量": Kind.QUANT,
        "区间": Kind.RANGE,
        "比例": Kind.RATIO,
        "名次": Kind.RANK,
        "时限": Kind.DEADLINE,
        "定性": Kind.QUAL,
        "空白": Kind.MISSING,
    }
    found = rows("七种指标值")
    assert [row["种类"] for row in found] == list(kinds)
    for row in found:
        for example in re.findall(r"[^、`，。 ]+", row["例子"].replace("不填", "").replace("或写", "")):
            assert parse(example).kind is kinds[row["种类"]], example
    assert parse("无").kind is Kind.QUAL


def test_that_every_conversion_is_the_programs() -> None:
    for row in rows("单位换算"):
        for equation in row["换算"].split("，"):
            left, right = (parse(side.strip()) for side in equation.split("="))
            assert left.base == right.base, equation
            assert left.dimension == right.dimension, equation
    for text, unit in (("s", "秒"), ("S", "秒"), ("ms", "毫秒"), ("h", "小时"), ("㎡", "平方米"), ("台（套）", "台套")):
        found = STANDARD.find(text)
        assert found is not None
        assert found.name == unit
    for group in (("场", "场次"), ("人", "人次", "名"), ("家", "家次"), ("次", "场次"), ("个", "项")):
        units = [found for name in group if (found := STANDARD.find(name))]
        assert all(STANDARD.aliased(units[0], other) for other in units[1:])


def test_that_every_date_the_manual_allows_is_read() -> None:
    dates = re.search(r"日期写成 (.+) 都行，印出来是 ([\d-]+)", TEXT)
    assert dates is not None
    for text in re.findall(r"`([^`]+)`", dates[1]):
        day = parse_date(text)
        assert day is not None
        assert format_date(day) == dates[2]


def scored(row: Row, **profile: NegativeRule) -> LineScore:
    chosen = {label: level.value for level, label in ACHIEVEMENT_LABELS.items()}.get(row.get("达成等级", ""), "")
    line = EvaluatedIndicator(
        "1",
        target_text=row["年度指标值"],
        actual_text=row["实际完成值"],
        points=row["分值"],
        achievement=chosen,
        deviation_reason="说明",
    )
    return score_line(line, replace(ScoringProfile(), **profile), Thresholds(), STANDARD)  # type: ignore[arg-type]


def shown(score: Decimal | None) -> str:
    return "—" if score is None else format_total(score)


@pytest.mark.parametrize(
    "title",
    ["正向指标", "等值指标", "定量指标", "等级指标", "区间指标", "比例指标", "名次指标", "时限指标", "定性指标"],
)
def test_that_every_worked_example_is_what_the_program_computes(title: str) -> None:
    found = tables(title)[-1]
    assert found
    for row in found:
        line = scored(row)
        assert (shown(line.score), line.explanation) == (row["得分"], row["说明"]), row


def test_that_every_negative_example_is_what_the_program_computes_under_all_three_rules() -> None:
    for row in rows("反向指标"):
        for rule, column in zip(NegativeRule, ("按比例", "线性扣减", "未达标即得0分"), strict=True):
            assert shown(scored(row, negative=rule).score) == row[column], row


@pytest.mark.parametrize(
    ("target", "actual"),
    [
        (">=90%", "1%"),
        ("=3场", "1场"),
        ("<8次", "9次"),
        ("=2级", "3级"),
        ("完善", "好"),
        ("全国前3", "第4"),
        ("2026年底前", "2027-01-02"),
        (">=3场", "好"),
        (">=3场", ""),
        ("", "3场"),
        ("≥≥", "1"),
        ("10-15天", "8天"),
        ("1:3", "1:2"),
        ("完善", "部分达成"),
        (">=3场", "达成预期指标"),
    ],
)
def test_that_the_rule_in_words_names_the_section_that_explains_it(target: str, actual: str) -> None:
    line = scored({"年度指标值": target, "实际完成值": actual, "分值": "5"})
    words, mark, _ = line.rule_text.partition("：")
    assert (words in ANCHORS) is bool(mark)


def test_that_the_bands_are_the_programs() -> None:
    bands = tables("定性指标")[0]
    for row, level in zip(bands, Achievement, strict=True):
        band = band_range(Decimal(7), level, ScoringProfile())
        assert row["达成等级"] == ACHIEVEMENT_TITLES[level]
        assert row["范围"] == f"{format_points(band.low)}–{format_points(band.high)}"
        given = scored({"年度指标值": "完善", "实际完成值": "好", "分值": "7", "达成等级": ACHIEVEMENT_LABELS[level]})
        assert shown(given.score) == row["先给"]


def test_that_the_suggested_reductions_are_the_programs() -> None:
    for row in rows("超额完成"):
        target, actual = Fraction(row["指标值"]), Fraction(row["实际值"])
        over = (actual - target) / target
        assert f"{format_points(Decimal(over.numerator) * 100 / over.denominator)}%" == row["超额"]
        for rule, column in zip(ReductionRule, ("分档", "线性", "按倍数"), strict=True):
            assert shown(suggested_reduction(Decimal(5), over, rule, Thresholds())) == row[column]


def test_that_the_execution_examples_are_the_programs() -> None:
    for row in rows("预算执行率"):
        evaluation = Evaluation(adjusted_total=row["全年预算数"], executed_total=row["全年执行数"])
        for rule, column in ((ExecutionRule.PROPORTIONAL, "得分"), (ExecutionRule.STEPPED, "分档得分")):
            execution = score_execution(evaluation, ScoringProfile(execution=rule), Thresholds())
            assert (execution.rate_text, shown(execution.score)) == (row["执行率"], row[column])


def test_that_weights_and_their_sharing_out_are_the_programs() -> None:
    weights, shares = tables("分值与权重")
    columns = {"成本指标": "成本", "产出指标": "产出", "效益指标": "效益", "满意度指标": "满意度", EXECUTION: "执行率"}
    for row in weights:
        present = {f"{level}指标" for has, level in re.findall(r"(没?有)(\w+?)指标", row["什么时候用"]) if has == "有"}
        for asked in (ScoringProfile(), ScoringProfile(weights=WeightProfile(row["方案"].replace("′", "'")))):
            expected = expected_weights(asked, present or {"产出指标"})
            assert {columns[level]: f"{points:f}" for level, points in expected.items()} == {
                name: row[name] for name in columns.values()
            }
    for row in shares:
        parts = distribute(Decimal(row["一级指标分值"]), int(row["条数"]))
        assert "、".join(map(format_points, parts)) == row["各条分值"]


def test_that_the_grades_are_the_programs() -> None:
    schemes = {"默认": GradeScheme.MOF, "上海": GradeScheme.SHANGHAI, "旧省级": GradeScheme.PROVINCIAL}
    for row in rows("总分与等次"):
        for cell in list(row.values())[1:]:
            limit, side, name = re.fullmatch(r"(\d+)分(及以上|以下) (\w+)", cell).groups()  # type: ignore[union-attr]
            total = Decimal(limit) if side == "及以上" else Decimal(limit) - Decimal("0.01")
            assert grade(total, schemes[row["等次方案"]]) == name
    assert [grade(Decimal(text), GradeScheme.MOF) for text in ("89.99", "75")] == ["良", "中"]
    assert grade(Decimal(75), GradeScheme.SHANGHAI) == "良"
