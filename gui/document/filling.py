"""Which forms are being filled in since they were begun, and what of them is only not there yet (docs/ux.md §5.1).

The rules say the same of such a form as of any other. The window tells what was not filled in yet quietly, as 待填,
until its cell was left or the form was checked.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from model.awaited import blanks_of, has_begun, is_only_begun
from model.checking import Checked
from model.findings import Finding, Place, Severity
from model.forms import FORMS
from model.records import Form, Project

if TYPE_CHECKING:
    from gui.document.project_list import ListChange

Key = tuple[str, Form]

MOST_KEPT = 500
"""So many forms are remembered between two starts."""


class Filling:
    """Kept by project and form, also between two starts (gui/views/filling_memory.py); what was never on screen goes by
    what stands in it.

    A line that is typed into any form awaits what is not in it yet, until it is left.
    """

    def __init__(self) -> None:
        self._told: dict[Key, set[str]] = {}
        self._known: set[Key] = set()
        self._fresh: set[str] = set()
        self._quiet: frozenset[str] = frozenset()
        self._errors: dict[str, int] = {}
        self._counted: Checked | None = None

    def awaits(self, finding: Finding) -> bool:
        """Whether a finding of the project looked at last is an error that is to be told quietly."""
        return finding.severity is Severity.ERROR and finding.key in self._quiet

    def holds_back(self, finding: Finding) -> bool:
        """Whether a finding of the project looked at last is not told yet: a warning, say, of what was not begun."""
        return not (finding.is_closed or finding.severity is Severity.ERROR) and finding.key in self._quiet

    def errors(self, project_id: str) -> int | None:
        """How many errors of a project only say what is not filled in yet; None for one that was not looked at."""
        return self._errors.get(project_id)

    def look(self, shown: Checked | None, saved: Checked | None) -> None:
        """Another project is on screen, or the same as it stands now, with what is typed and as it is in the file."""
        self._fresh |= _ids(shown) - _ids(saved)
        found = self._found(shown)
        self._quiet = frozenset(one.key for one in found)
        if saved is not None and saved is not self._counted:
            of_saved = found if saved is shown else self._found(saved)
            self._errors[saved.project.id] = sum(one.severity is Severity.ERROR for one in of_saved)
        self._counted = saved

    def follow(self, touched: Mapping[str, Checked | None], change: ListChange) -> None:
        """A gesture changed projects, those that are not on screen too: a form begun there is new, all count anew."""
        begun = {after.id: after.forms - before.forms for before, after in change.lines if before and after}
        for project_id, checked in touched.items():
            if checked is None or checked is self._counted:
                continue
            for form in begun.get(project_id, ()):
                self._told.pop((project_id, form), None)
                self._known.discard((project_id, form))
            if project_id in self._errors:
                found = self._found(checked)
                self._errors[project_id] = sum(one.severity is Severity.ERROR for one in found)

    def leave(self, shown: Checked, left: Place, now: Place) -> tuple[Finding, ...]:
        """The keyboard left a cell for another one; what was awaited there and is told from now on.

        Of a line it is left in, what is blank in a column in which anything stands: a column that is filled in after
        the others was not forgotten yet.
        """
        quiet = tuple(one for one in shown.findings if one.key in self._quiet)
        told = tuple(one for one in quiet if _is_left(shown.project, one, left, now))
        key = (shown.project.id, left.form)
        if left.indicator_id in self._fresh and now.indicator_id != left.indicator_id:
            self._fresh.discard(left.indicator_id)
            if key not in self._told:
                told = tuple(one for one in quiet if one.place.indicator_id == left.indicator_id)
        if told:
            self._counted = None
            if key in self._told:
                self._told[key].update(one.key for one in told)
        return told

    def check(self, project_ids: Iterable[str]) -> None:
        """Projects are checked: all of it is told from now on."""
        self._counted = None
        self._fresh.clear()
        for project_id in project_ids:
            for form in FORMS:
                self._told.pop((project_id, form), None)
                self._known.add((project_id, form))
            self._errors[project_id] = 0

    def state(self) -> dict[str, object]:
        """What is kept of it between two starts, of so many forms."""
        known = [[*key, sorted(self._told[key]) if key in self._told else None] for key in self._known]
        return {"forms": known[-MOST_KEPT:], "errors": dict(list(self._errors.items())[-MOST_KEPT:])}

    def restore(self, state: Mapping[str, object]) -> None:
        """Go on from what was kept. Raises ValueError, TypeError or KeyError for what this class did not write."""
        forms, errors = state.get("forms", []), state.get("errors", {})
        if not isinstance(forms, list) or not isinstance(errors, dict):
            raise TypeError
        for project_id, form, told in forms:
            key = (str(project_id), Form(form))
            if key not in self._known:
                self._known.add(key)
                if told is not None:
                    self._told[key] = {str(one) for one in told}
        for project_id, count in errors.items():
            self._errors.setdefault(str(project_id), int(count))

    def _found(self, checked: Checked | None) -> list[Finding]:
        if checked is None:
            return []
        project, findings = checked.project, checked.findings
        found = [one for form in FORMS for one in self._awaited_of(project, form, findings)]
        if self._fresh & _ids(checked):
            blanks = (one for form in FORMS for one in blanks_of(findings, project, form))
            found += _waiting(one for one in blanks if one.place.indicator_id in self._fresh and one not in found)
        return found

    def _awaited_of(self, project: Project, form: Form, findings: Iterable[Finding]) -> list[Finding]:
        key, content = (project.id, form), project.form(form)
        if content is None:  # begun once more it is a new form
            self._told.pop(key, None)
            self._known.discard(key)
            return []
        if key in self._known and key not in self._told:
            return []
        blanks = blanks_of(findings, project, form)
        if key not in self._known:
            self._known.add(key)
            if not is_only_begun(content, blanks):
                return []
            self._told[key] = set()
        return _waiting(one for one in blanks if one.key not in self._told[key])


def _waiting(blanks: Iterable[Finding]) -> list[Finding]:
    """What is blank, as long as an error is among it: what is no error waits for nothing else."""
    found = list(blanks)
    return found if any(one.severity is Severity.ERROR for one in found) else []


def _ids(checked: Checked | None) -> set[str]:
    project = checked.project if checked is not None else None
    return {line.id for form in FORMS for line in project.indicators(form)} if project is not None else set()


def _is_left(project: Project, finding: Finding, left: Place, now: Place) -> bool:
    place = finding.place
    if place.form is not left.form:
        return False
    if place.indicator_id:
        content = project.form(place.form)
        is_line_left = place.indicator_id == left.indicator_id != now.indicator_id
        return is_line_left and content is not None and has_begun(content, place.field)
    if not left.field or left.indicator_id:
        return False
    total = FORMS[place.form].totals.get(place.field)
    cells = {place.field, *(total.parts if total is not None else ())}
    return left.field in cells and (now.form is not left.form or now.field not in cells)
