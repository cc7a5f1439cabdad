"""How many errors stand in the way of a final export of many projects, by the forms that are chosen."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from gui.document.document import Document
from model.checking import check
from model.errors import UserError
from model.forms import FORMS
from model.records import Form
from model.rules import Context, Neighbours, ProjectKey

if TYPE_CHECKING:
    from storage.store.summaries import ProjectSummary


class ErrorCount:
    """Counts from the summaries where they say enough, and looks once into every other project."""

    def __init__(self, document: Document, siblings: tuple[ProjectKey, ...]) -> None:
        self._document = document
        self._context = Context(document.settings, Neighbours(siblings))
        self._by_form: dict[tuple[str, Form], int] = {}

    def of(self, summaries: Collection[ProjectSummary], forms: Collection[Form]) -> int:
        """The errors of these projects in these forms.

        A summary counts all forms, so a project that has errors and also a form that is left out is read. When that
        cannot be done, all its errors count: the export then is a draft, and says itself what is wrong with the file.
        """
        within = [summary for summary in summaries if not summary.forms.isdisjoint(forms)]
        mixed = {summary.id for summary in within if summary.errors and not summary.forms <= set(forms)}
        try:
            self._look_into(mixed)
        except UserError:
            return sum(summary.errors for summary in within)
        counted = sum(self._by_form[project_id, form] for project_id in mixed for form in forms)
        return counted + sum(summary.errors for summary in within if summary.id not in mixed)

    def _look_into(self, ids: set[str]) -> None:
        ids = ids - {project_id for project_id, _ in self._by_form}
        store = self._document.store
        for project in store.projects(ids=ids) if store is not None and ids else ():
            for form in FORMS:
                found = check(project, self._context, (form,))
                self._by_form[project.id, form] = sum(finding.blocks_export for finding in found)
