"""Which findings only say that something is not there yet, how much is, and which forms have only been begun."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from model.findings import Finding, Place, Severity
from model.forms import FORMS, HEADER_CELLS, CellKind
from model.records import Content, Form, Indicator, Project

_HEADER = {cell.name for cell in HEADER_CELLS}
_SUMMED = {"total_points": "points"}
"""Cells that nobody fills in: sums of a column, which are there when each line has its part."""


def blanks_of(findings: Iterable[Finding], project: Project, form: Form) -> tuple[Finding, ...]:
    """The findings of a form at whose place nothing stands: a cell is blank, or a 二级指标 has no line."""
    content = project.form(form)
    if content is None:
        return ()
    lines = {line.id: line for line in content.indicators}
    levels = {level.strip() for line in content.indicators for level in (line.level1, line.level2)}

    def is_there(place: Place) -> bool:
        if place.indicator_id:
            return not _is_blank(lines.get(place.indicator_id), place.field)
        if place.level:
            return place.level in levels
        if place.field in _SUMMED and lines:
            return not any(_is_blank(line, _SUMMED[place.field]) for line in lines.values())
        return not _is_blank(project if place.field in _HEADER else content, place.field)

    return tuple(one for one in findings if one.place.form is form and not is_there(one.place))


def is_only_begun(content: Content, blanks: Iterable[Finding]) -> bool:
    """Whether a form has only been begun: it has no line, a column that is asked for in each is blank in each, or
    amounts are asked for and there is none, as in a copy of last year's.

    ``blanks`` are what :func:`blanks_of` tells of it.
    """
    asked: dict[str, set[str]] = {}
    for place in (finding.place for finding in blanks):
        asked.setdefault(place.field, set()).add(place.indicator_id)
    is_column_blank = any(len(ids - {""}) == len(content.indicators) for ids in asked.values())
    return not content.indicators or is_column_blank or _has_no_amount(content, asked)


def begun_blanks(project: Project, findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """What only says that something is not there yet, in those forms of a project that have only been begun."""
    found: list[Finding] = []
    for form in FORMS:
        content, blanks = project.form(form), blanks_of(findings, project, form)
        if content is not None and is_only_begun(content, blanks):
            found += blanks
    return tuple(found)


def filled_of(project: Project, findings: Iterable[Finding]) -> int:
    """How many places that have to be filled in are, in the forms of a project.

    Those are the cells that are needed, of its lines those in which anything stands. With the places ``findings`` say
    nothing stands at they are all that has to be filled in. A total whose parts are given is, whatever stands in it.
    """
    told, filled = tuple(findings), 0
    for form, content in project.forms.items():
        blank = {one.place for one in blanks_of(told, project, form) if one.severity is Severity.ERROR}
        needed = (Place(form, cell.name) for cell in FORMS[form].cells if cell.is_needed)
        columns = [cell.name for cell in FORMS[form].columns if cell.is_needed]
        filled += sum(place not in blank for place in needed)
        filled += sum(not _is_blank(line, name) for line in content.indicators for name in columns)
    return filled


def has_begun(content: Content, field: str) -> bool:
    """Whether anything stands in a column of a form."""
    return any(not _is_blank(line, field) for line in content.indicators)


def _has_no_amount(content: Content, asked: Iterable[str]) -> bool:
    amounts = {cell.name for cell in FORMS[content.form].cells if cell.kind is CellKind.MONEY}
    return not amounts.isdisjoint(asked) and all(_is_blank(content, name) for name in amounts)


def _is_blank(record: Project | Content | Indicator | None, field: str) -> bool:
    text = getattr(record, field, None)
    return isinstance(text, str) and not text.strip()
