"""What another project of the year says already: rules DEC-024 and IND-025 (domain.md §9.7).

The goal is reported on the form a project began with. No fix: which of both texts was pasted into the wrong project
only a person knows.
"""

from __future__ import annotations

from collections.abc import Iterable

from model.findings import Severity
from model.records import Form
from model.rules.context import Context, FormView
from model.rules.neighbours import ProjectKey
from model.rules.registry import Hit, StoreRule, hit, store_rule

WARNING = Severity.WARNING


@store_rule("DEC-024", WARNING, "年度总体目标与项目“{p}”几乎相同，疑似误粘贴。")
def goal_is_another_projects(form: FormView, context: Context) -> Iterable[Hit]:
    """Four fifths of the goal stand in the goal of another project of the year, figures and punctuation aside."""
    if form.is_first:
        same = context.neighbours.likeness(ProjectKey.of(form.project)).same_goal
        if same:
            goal = "annual_goal" if form.form is Form.DECLARATION else "expected_goal"
            yield hit(goal, p=_called(same[0]))


@store_rule("IND-025", WARNING, "有{n}条指标与项目“{p}”相同，请核对。")
def lines_are_another_projects(form: FormView, context: Context) -> Iterable[Hit]:
    """Five lines and more of a declaration have name and target in common with one other of the year."""
    if form.form is Form.DECLARATION:
        same = context.neighbours.likeness(ProjectKey.of(form.project)).same_lines
        if same:
            other, count = max(same, key=lambda pair: pair[1])
            yield hit("", n=count, p=_called(other))


def _called(key: ProjectKey) -> str:
    return key.project_name.strip() or "未命名项目"


SHARED_RULES: tuple[StoreRule, ...] = (goal_is_another_projects, lines_are_another_projects)
