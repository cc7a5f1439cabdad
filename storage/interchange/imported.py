"""A form as it came out of a file, before it belongs to any store."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Self

from model.findings import keys_of_form
from model.forms import FORMS
from model.recognition import Inference, SourceText
from model.records import Content, Form, Project, forms_of
from model.values.excerpts import end_of, start_of
from model.values.taxonomy import level1_of
from storage.interchange.source import one_line

FORMAT = "jixiao-forms/1"

EXPLANATIONS = "explanations"

AS_TYPED = "as_typed"
"""The key that lists the cells whose typed text is not what the format expects there."""

UNSAID_LABELS = {
    "achievement": "达成等级",
    "negative_rule": "反向指标的计分方式",
    "execution_choice": "预算为0时执行率的处理选择",
    EXPLANATIONS: "出错说明",
}
"""What some kinds of file have no cell for at all, by its name in the records."""

NO_KEYS = frozenset({"negative_rule", EXPLANATIONS})
"""What ``jixiao-forms/1`` has no key for."""

NOT_APPLICABLE = "not_applicable"
"""The key of a line of a self-evaluation that does not apply: what becomes of its points."""

EXECUTION_CHOICE = "execution_choice"
"""The key of ``funding`` for what was chosen where there was no budget; absent it says nothing."""

NO_CELLS = NO_KEYS | {"achievement", EXECUTION_CHOICE}
"""What the official form does not print."""


_KIND = "表的种类"
_LEFT = 24


@dataclass(frozen=True, slots=True)
class Region:
    """A rectangle of a page, which counts from 1: in hundredths of a point from its upper left corner."""

    page: int
    left: int
    top: int
    right: int
    bottom: int


@dataclass(frozen=True, slots=True)
class PagePlaces:
    """Where a form stands in a file with pages, and each of its indicator lines. ``path`` is the file's."""

    path: str
    form: tuple[Region, ...]
    lines: tuple[Region, ...]


@dataclass(frozen=True, slots=True)
class ImportedForm:
    """One form of a file. Its indicator lines have no ids of the store yet; :meth:`with_ids` gives them theirs.

    ``source`` is the name of the file, ``number`` the form's place in it, counted from 1. ``notices`` are Chinese
    sentences for the clerk about what was ignored or written in today's words; the form is complete all the same.
    ``explanations`` are those of this form, as in :class:`model.records.Project`. ``unsaid`` names what its kind of
    file, or this one, has no place for: blank here, it says nothing. ``inferences`` are what its reader decided, and
    ``source_text`` the text it was read from, None for JSON and stores. ``places`` says where it stands on the pages
    of a PDF.
    """

    source: str
    number: int
    kind: Form
    year: int
    project_name: str
    department: str
    unit: str
    content: Content
    notices: tuple[str, ...] = ()
    explanations: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    unsaid: frozenset[str] = frozenset()
    inferences: tuple[Inference, ...] = ()
    source_text: SourceText | None = None
    places: PagePlaces | None = None

    @classmethod
    def of(cls, project: Project, kind: Form, source: str, number: int) -> Self:
        """A form that a project has, with everything about it."""
        content = project.form(kind)
        assert content is not None
        ids = {line.id: line.id for line in content.indicators}
        explanations = MappingProxyType(keys_of_form(project.explanations, kind, ids))
        owner = (project.year, project.project_name, project.department, project.unit)
        return cls(source, number, kind, *owner, content, (), explanations)

    @property
    def title(self) -> str:
        """What lines and messages call the form: year, project and kind."""
        return f"{self.year} {one_line(self.project_name) or '（未命名项目）'} {FORMS[self.kind].names.title}"

    @property
    def owner(self) -> tuple[int, str, str, str]:
        """The four texts that tell which project the form belongs to: year, name, department, unit."""
        return self.year, self.project_name, self.department, self.unit

    def with_ids(self, new_id: Callable[[], str]) -> Self:
        """The form with another id for every indicator line, also where an explanation names it."""
        lines = tuple(replace(line, id=new_id()) for line in self.content.indicators)
        ids = {old.id: new.id for old, new in zip(self.content.indicators, lines, strict=True)}
        explanations = MappingProxyType(keys_of_form(self.explanations, self.kind, ids))
        return replace(self, content=replace(self.content, indicators=lines), explanations=explanations)

    def read_otherwise(self, inferences: Collection[Inference]) -> Self:
        """The form with the other second level for the lines of some decisions of its reader (:attr:`inferences`)."""
        lines = list(self.content.indicators)
        for one in inferences:
            assert one.line is not None
            assert one.alternative is not None
            line = lines[one.line]
            lines[one.line] = replace(line, level2=one.alternative, level1=level1_of(one.alternative) or line.level1)
        return replace(self, content=replace(self.content, indicators=tuple(lines)))

    def as_project(self, project_id: str) -> Project:
        """A project that has this form alone."""
        forms = forms_of(self.content)
        return Project(project_id, self.year, self.project_name, self.department, self.unit, forms, self.explanations)


def about(form: ImportedForm, inference: Inference) -> str:
    """A decision of a form's reader as a sentence that names the form, too."""
    return f"{form.source}第 {form.number} 张表，{decision(form, inference)}。"


def decision(form: ImportedForm, inference: Inference) -> str:
    """A decision of a form's reader: its cell, what was decided, and how else the cell may be read."""
    other = "" if inference.alternative is None else f"；另一种读法是“{_short(inference.alternative) or '空白'}”"
    return f"{_cell_label(form, inference)}：{inference.what}{other}"


def _cell_label(form: ImportedForm, inference: Inference) -> str:
    """What the clerk calls the cell of a decision: 第 3 条“甲”的二级指标."""
    cells = FORMS[form.kind].cells if inference.line is None else FORMS[form.kind].columns
    label = next((cell.label for cell in cells if cell.name == inference.field), _KIND)
    if inference.line is None:
        return label
    name = form.content.indicators[inference.line].name
    return f"第 {inference.line + 1} 条“{_short(name)}”的{label}"


def _short(text: str) -> str:
    line = one_line(text)
    if len(line) <= _LEFT:
        return line
    end, start = end_of(line, _LEFT // 2, 0), start_of(line, len(line) - _LEFT // 2, len(line))
    return f"{line[:end]}…{line[start:]}"
