"""How each form is told from the others and read: its titles, its labels, its amounts. A form registers its own."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from model.recognition import labels
from model.recognition.funding import declared_amounts, evaluated_amounts
from model.recognition.grid import Area
from model.recognition.labels import plain_title
from model.records import Declaration, Evaluation, Form

Words = Mapping[str, str]


def _none() -> Words:
    return MappingProxyType({})


def _no_amounts(_area: Area, _end: int) -> Words:
    return _none()


@dataclass(frozen=True, slots=True)
class Reading:
    """What the reader asks of one form.

    ``title`` is a pattern of the words every title of it ends with, ``but_not`` of those that make it another form's.
    ``header``, ``goals`` and ``columns`` are printed labels with the cells they stand for; ``columns`` are those of a
    line besides :data:`model.recognition.labels.LINES`. ``amounts`` reads those above a row of a grid; in a text they
    stand in columns where ``has_money_columns``. ``needed`` are the cells of a line without whose columns a form would
    be half read, with their labels. ``only`` are labels that no other form has: they tell a form without a title.
    """

    title: str
    but_not: str = "(?!)"
    header: Words = field(default_factory=lambda: labels.HEADER)
    goals: Words = field(default_factory=_none)
    columns: Words = field(default_factory=_none)
    amounts: Callable[[Area, int], Words] = _no_amounts
    has_money_columns: bool = False
    needed: Words = field(default_factory=lambda: {"target_text": "年度指标值"})
    only: frozenset[str] = frozenset()

    def is_title(self, text: str) -> bool:
        """Whether a text without white space is a title of this form."""
        found = re.match(rf"^.{{0,80}}?(?:{self.title})(?:[(（].{{0,40}}[)）])*$", text)
        return found is not None and not re.search(self.but_not, text)


_OF_ANOTHER = "整体(?:支出|绩效)|监控|监测|调整表|汇总|审核|评审表|评分表"

DECLARATION = Reading(
    title="绩效目标(?:申报|申请|批复)?表",
    but_not=_OF_ANOTHER,
    header=labels.HEADER | labels.DECLARATION,
    goals=labels.DECLARED_GOALS,
    amounts=declared_amounts,
    only=frozenset(labels.DECLARATION) | {"项目资金总额", "年度资金申请总额", "项目总目标"},
)
EVALUATION = Reading(
    title="自我?评(?:价|分|结果|情况)*表",
    but_not=_OF_ANOTHER,
    goals=labels.EVALUATED_GOALS,
    amounts=evaluated_amounts,
    has_money_columns=True,
    needed={"target_text": "年度指标值", "actual_text": "实际完成值"},
    only=frozenset(["年初预算数", "全年预算数", "全年执行数", "执行率", "实际完成值", "实际完成情况"]),
)

_readings: dict[Form, Reading] = {Declaration.form: DECLARATION, Evaluation.form: EVALUATION}

READINGS: Mapping[Form, Reading] = MappingProxyType(_readings)
"""How each form is read; a form that registers itself in the catalogue comes to it."""


def register(form: Form, reading: Reading) -> None:
    """Make known how a form is read."""
    _readings[form] = reading


def title_kind(text: str) -> Form | None:
    """The form whose title a text is, else None."""
    plain = plain_title(text)
    return next((form for form, reading in READINGS.items() if reading.is_title(plain)), None) if plain else None


def other_title(text: str) -> str:
    """The title of a form that is none of ours (部门整体支出, 运行监控), empty for anything else."""
    plain = plain_title(text)
    is_title = plain.endswith(("表", "表）", "表)")) and "绩效" in plain
    return plain if is_title and title_kind(text) is None and not labels.is_list_title(text) else ""
