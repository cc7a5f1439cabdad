"""A project and its forms as immutable records.

Everything a clerk types is kept as the text that was typed: a cell is never blanked or reshaped because it does
not parse. Amounts, dates, points and target values get their meaning from :mod:`model.values.money`,
:mod:`model.values.dates` and :mod:`model.quantity` when they are checked, scored or printed. An empty string is a
blank cell.

Field names are those of the interchange format (interchange.md §1), which the glossary of domain.md §1 explains.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field, fields, replace
from enum import StrEnum
from functools import cache
from types import MappingProxyType
from typing import Any, ClassVar, TypeVar, cast

LINES_LIMIT = 2_000
"""The most indicator lines a form takes: far more than any printed form has, far less than would hold a window up."""


class Form(str):
    """The id of a printed form, as files and the journal have it.

    Open, unlike an enumeration: a form is added by registering its facts (:mod:`model.forms`), which also says which
    ids are of forms that there are. Equal ids are one object.
    """

    __slots__ = ()

    DECLARATION: ClassVar[Form]
    EVALUATION: ClassVar[Form]

    _ids: ClassVar[dict[str, Form]] = {}

    def __new__(cls, text: str) -> Form:
        """The one id of that text."""
        return cls._ids.setdefault(text, super().__new__(cls, text))


Form.DECLARATION = Form("declaration")
Form.EVALUATION = Form("evaluation")


class Achievement(StrEnum):
    """The three bands of a qualitative indicator (domain.md §6.5)."""

    ACHIEVED = "achieved"
    PARTLY = "partly"
    NOT_ACHIEVED = "not_achieved"


class Omission(StrEnum):
    """What becomes of the points of a line, or of the execution line, that does not apply (domain.md §6.9).

    LEFT_OUT: the total is out of so many points less. RESCALED: the scores of the rest are scaled up to make them good.
    """

    LEFT_OUT = "left_out"
    RESCALED = "rescaled"


@dataclass(frozen=True, slots=True)
class Indicator:
    """One three-level indicator line, with the cells every form has on it (domain.md §1.3).

    ``target_text`` is 年度指标值 (``value_text`` in a declaration's JSON).
    """

    id: str
    level1: str = ""
    level2: str = ""
    name: str = ""
    target_text: str = ""


@dataclass(frozen=True, slots=True)
class EvaluatedIndicator(Indicator):
    """An indicator line of a self-evaluation, with what came of the target and what it earned (domain.md §1.3).

    ``score`` holds a score a person gave or a published form printed; empty means the computed score counts.
    ``achievement`` is a value of :class:`Achievement`, of :class:`Omission` for a line that does not apply, or empty.
    ``negative_rule`` is empty or ``"N3"``, the all-or-nothing override of §6.3.
    """

    actual_text: str = ""
    points: str = ""
    score: str = ""
    achievement: str = ""
    deviation_reason: str = ""
    negative_rule: str = ""


LineT = TypeVar("LineT", bound=Indicator)
"""Lines of one form."""


@dataclass(frozen=True, slots=True)
class Content:
    """What one form of a project holds: cells as typed, and indicator lines in printed order.

    ``form`` is its id, and ``line`` the record of its lines. Raises ValueError for a line of any other record: it would
    bring cells the form does not print, or lack some that it scores.
    """

    form: ClassVar[Form]
    line: ClassVar[type[Indicator]] = Indicator

    indicators: tuple[Indicator, ...] = ()

    def __post_init__(self) -> None:
        strangers = {type(line) for line in self.indicators} - {self.line}
        if strangers:
            raise ValueError(f"the {self.form} has no lines like {sorted(kind.__name__ for kind in strangers)}")


@dataclass(frozen=True, slots=True)
class Declaration(Content):
    """财政项目支出绩效目标申报表, domain.md §2. Amounts are in 元 as typed."""

    form: ClassVar[Form] = Form.DECLARATION

    project_nature: str = ""
    project_category: str = ""
    start_date: str = ""
    end_date: str = ""
    total_requested: str = ""
    fiscal_current: str = ""
    carried_over: str = ""
    other: str = ""
    project_total: str = ""
    project_fiscal: str = ""
    project_other: str = ""
    overall_goal: str = ""
    annual_goal: str = ""


@dataclass(frozen=True, slots=True)
class Evaluation(Content):
    """财政项目支出绩效自评表, domain.md §3. Amounts are in 元 as typed.

    ``execution_rate``, ``execution_score``, ``total_points`` and ``total_score`` are what a published form printed;
    empty means the computed figure counts. ``execution_choice`` is the decision EVL-014 asks for when there was no
    budget: ``"zero"`` (得0分), a value of :class:`Omission` (不适用), or empty. ``"not_applicable"`` is 不适用 of
    versions before :class:`Omission`: nothing is scored, and the total is graded as one of 100 points.
    """

    form: ClassVar[Form] = Form.EVALUATION
    line: ClassVar[type[Indicator]] = EvaluatedIndicator

    indicators: tuple[EvaluatedIndicator, ...] = ()
    initial_total: str = ""
    initial_fiscal_current: str = ""
    initial_carried_over: str = ""
    initial_other: str = ""
    adjusted_total: str = ""
    adjusted_fiscal_current: str = ""
    adjusted_carried_over: str = ""
    adjusted_other: str = ""
    executed_total: str = ""
    executed_fiscal_current: str = ""
    executed_carried_over: str = ""
    executed_other: str = ""
    execution_points: str = "10"
    execution_rate: str = ""
    execution_score: str = ""
    execution_choice: str = ""
    expected_goal: str = ""
    actual_completion: str = ""
    total_points: str = ""
    total_score: str = ""


def no_forms() -> Mapping[Form, Content]:
    """The forms of a project of which none has been started."""
    return MappingProxyType({})


def forms_of(*contents: Content | None) -> Mapping[Form, Content]:
    """Contents by the form they are of, those that there are."""
    return MappingProxyType({content.form: content for content in contents if content is not None})


def text_cells(record: type[Project] | type[Content] | type[Indicator]) -> tuple[str, ...]:
    """The cells of a record that are text as typed, in the order of the record."""
    return _text_cells(cast("Hashable", record))


@cache
def _text_cells(record: Any) -> tuple[str, ...]:
    return tuple(spec.name for spec in fields(record) if spec.name not in _NOT_TEXTS)


_NOT_TEXTS = {"id", "year", "indicators", "forms", "explanations"}


@dataclass(frozen=True, slots=True)
class Project:
    """One project of one unit in one budget year, with whichever of its forms have been started.

    ``explanations`` maps a finding's key (:attr:`model.findings.Finding.key`) to the 出错说明 a person wrote for it.
    """

    id: str
    year: int
    project_name: str = ""
    department: str = ""
    unit: str = ""
    forms: Mapping[Form, Content] = field(default_factory=no_forms)
    explanations: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    def form(self, form: Form) -> Content | None:
        """The content of one form, or None when it has not been started."""
        return self.forms.get(form)

    def of(self, kind: type[ContentT]) -> ContentT | None:
        """The content of the form that is kept in records of a kind, or None when it has not been started."""
        content = self.forms.get(kind.form)
        assert content is None or isinstance(content, kind)
        return content

    def with_form(self, form: Form, content: Content | None) -> Project:
        """The project with another content of a form, or without it. Raises ValueError for content of another form."""
        if content is not None and content.form is not form:
            raise ValueError(f"a {content.form} is no {form}")
        others = {one: held for one, held in self.forms.items() if one is not form}
        return replace(self, forms=forms_of(*others.values(), content))

    def indicators(self, form: Form) -> tuple[Indicator, ...]:
        """The indicator lines of one form in printed order; empty when the form has not been started."""
        content = self.forms.get(form)
        return content.indicators if content is not None else ()

    def find_indicator(self, indicator_id: str) -> tuple[Form, int] | None:
        """The form and position of an indicator line, or None when this project has no such line."""
        for form, content in self.forms.items():
            for position, indicator in enumerate(content.indicators):
                if indicator.id == indicator_id:
                    return form, position
        return None


ContentT = TypeVar("ContentT", bound=Content)
