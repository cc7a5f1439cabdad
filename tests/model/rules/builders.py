"""A declaration and a self-evaluation without any finding, to be broken in one place by a test."""

from __future__ import annotations

from dataclasses import replace

from model.changes import SetSetting, apply
from model.checking import check
from model.edits import mend
from model.findings import Finding, Fix
from model.records import Declaration, EvaluatedIndicator, Evaluation, Form, Indicator, LineT, Project, forms_of
from model.rules import Context
from model.settings import Settings
from model.values.taxonomy import level1_of

UNIT = "上海市科技创业中心"
GOAL = "围绕年度重点工作，面向科技企业举办政策培训，使培训内容贴近企业需要，服务企业满意。"
"""Without a figure: every change of a line would contradict it (DEC-021)."""
COUNTED_GOAL = "举办政策培训不少于12场，培训合格率达到95%以上，服务企业满意度不低于90%，按期完成各项工作。"
COMPLETION = "全年举办科技政策培训12场，培训合格率96%，服务企业210家，按期完成年度重点工作。"
NO_CONTEXT = Context(Settings())


def line(indicator_id: str, level2: str, name: str, target: str, **cells: str) -> Indicator:
    """A line of a declaration, under the first level its second level belongs to."""
    return Indicator(indicator_id, level1_of(level2) or "", level2, name, target, **cells)


def done(indicator_id: str, level2: str, name: str, target: str, **cells: str) -> EvaluatedIndicator:
    """A line of a self-evaluation, under the first level its second level belongs to."""
    return EvaluatedIndicator(indicator_id, level1_of(level2) or "", level2, name, target, **cells)


DECLARED_LINES = (
    line("c", "经济成本指标", "人均培训成本", "≤500.00(元/人次)"),
    line("n", "数量指标", "政策培训场次", "≥12.00(场)"),
    line("q", "质量指标", "培训合格率", "≥95.00(%)"),
    line("t", "时效指标", "培训完成及时率", "=100.00(%)"),
    line("b", "社会效益指标", "服务企业数量", "≥200.00(家)"),
    line("s", "服务对象满意度指标", "服务企业满意度", "≥90.00(%)"),
)

DECLARATION = Declaration(
    project_nature="其他一次性项目",
    project_category="特定目标类",
    start_date="2026-01-01",
    end_date="2026.12.31",
    total_requested="300,000.00",
    fiscal_current="300000",
    carried_over="0.00",
    annual_goal=GOAL,
    indicators=DECLARED_LINES,
)

# 50 + 30 + 10 + 10 points; the one line that is not reached carries its reason.
EVALUATED_LINES = (
    done("n", "数量指标", "政策培训场次", ">=12场", actual_text="12场", points="20"),
    done("q", "质量指标", "培训合格率", ">=95%", actual_text="96%", points="15"),
    done("t", "时效指标", "培训完成及时率", "=100%", actual_text="100%", points="15"),
    done("b", "社会效益指标", "服务企业数量", ">=200家", actual_text="210家", points="15"),
    done("r", "社会效益指标", "媒体报道数量", ">=50篇", actual_text="52篇", points="15"),
    done(
        "s",
        "服务对象满意度指标",
        "服务企业满意度",
        ">=90%",
        actual_text="88%",
        points="10",
        deviation_reason="样本偏少",
    ),
)

EVALUATION = Evaluation(
    initial_total="100000.00",
    initial_fiscal_current="100000",
    adjusted_total="100000.00",
    adjusted_fiscal_current="100000",
    executed_total="98,000",
    executed_fiscal_current="98000",
    expected_goal=GOAL,
    actual_completion=COMPLETION,
    indicators=EVALUATED_LINES,
)


def declared(year: int = 2026, *, lines: tuple[Indicator, ...] = DECLARED_LINES, **cells: str) -> Project:
    """The clean declaration with some of its own cells changed."""
    declaration = replace(DECLARATION, indicators=lines, **cells)
    return Project("p", year, "科技政策培训", "上海市科学技术委员会", UNIT, forms=forms_of(declaration))


def declared_line(indicator_id: str, **cells: str) -> Project:
    """The clean declaration with one line changed."""
    return declared(lines=_changed(DECLARED_LINES, indicator_id, cells))


def evaluated(year: int = 2022, *, lines: tuple[EvaluatedIndicator, ...] = EVALUATED_LINES, **cells: str) -> Project:
    """The clean self-evaluation with some of its own cells changed."""
    evaluation = replace(EVALUATION, indicators=lines, **cells)
    return Project("p", year, "科技政策培训", "上海市科学技术委员会", UNIT, forms=forms_of(evaluation))


def evaluated_line(indicator_id: str, **cells: str) -> Project:
    """The clean self-evaluation with one line changed."""
    return evaluated(lines=_changed(EVALUATED_LINES, indicator_id, cells))


def rules_of(project: Project, context: Context = NO_CONTEXT) -> list[str]:
    """The numbers of the rules a project breaks, as often as it breaks them."""
    return sorted(finding.rule for finding in check(project, context))


def findings(project: Project, rule: str, context: Context = NO_CONTEXT) -> list[Finding]:
    """The findings of a rule."""
    return [found for found in check(project, context) if found.rule == rule]


def finding(project: Project, rule: str, context: Context = NO_CONTEXT) -> Finding:
    """The one finding of a rule."""
    (found,) = findings(project, rule, context)
    return found


def fixed(project: Project, context: Context, fix: Fix) -> tuple[Project, Context]:
    """Project and settings after a quick fix."""
    texts = context.settings.to_texts()
    for change in mend((fix,), project, context.settings):
        if isinstance(change, SetSetting):
            assert texts.get(change.key, "") == change.before
            texts[change.key] = change.after
        else:
            project = apply(project, change)  # type: ignore[arg-type]
    return project, Context(Settings.from_texts(texts), context.neighbours)


def target_of(project: Project, indicator_id: str) -> str:
    """The target text of a line, in whichever form it stands."""
    place = project.find_indicator(indicator_id)
    assert place is not None
    return project.indicators(place[0])[place[1]].target_text


def lines_of(project: Project, form: Form) -> list[str]:
    """The ids of the lines in their order."""
    return [indicator.id for indicator in project.indicators(form)]


def _changed(lines: tuple[LineT, ...], indicator_id: str, cells: dict[str, str]) -> tuple[LineT, ...]:
    assert any(indicator.id == indicator_id for indicator in lines)
    return tuple(replace(indicator, **cells) if indicator.id == indicator_id else indicator for indicator in lines)
