"""A form as it came out of a file, before it belongs to any store."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from model.records import Declaration, Evaluation, Form, Project
from storage.interchange.source import one_line

FORMAT = "jixiao-forms/1"

FORM_NAMES = {Form.DECLARATION: "目标申报表", Form.EVALUATION: "绩效自评表"}


@dataclass(frozen=True, slots=True)
class ImportedForm:
    """One form of a file. Its indicator lines have no ids yet; :meth:`content_with_ids` gives them theirs.

    ``source`` is the name of the file, ``number`` the form's place in it, counted from 1. ``notices`` are Chinese
    sentences for the clerk about what was ignored or written in today's words; the form is complete all the same.
    """

    source: str
    number: int
    kind: Form
    year: int
    project_name: str
    department: str
    unit: str
    content: Declaration | Evaluation
    notices: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """What lines and messages call the form: year, project and kind."""
        return f"{self.year} {one_line(self.project_name) or '（未命名项目）'} {FORM_NAMES[self.kind]}"

    @property
    def owner(self) -> tuple[int, str, str, str]:
        """The four texts that tell which project the form belongs to: year, name, department, unit."""
        return self.year, self.project_name, self.department, self.unit

    def content_with_ids(self, new_id: Callable[[], str]) -> Declaration | Evaluation:
        """The form with an id for every indicator line."""
        lines = tuple(replace(line, id=new_id()) for line in self.content.indicators)
        return replace(self.content, indicators=lines)

    def as_project(self, project_id: str, content: Declaration | Evaluation) -> Project:
        """A project that has this form alone."""
        project = Project(project_id, self.year, self.project_name, self.department, self.unit)
        if isinstance(content, Declaration):
            return replace(project, declaration=content)
        return replace(project, evaluation=content)
