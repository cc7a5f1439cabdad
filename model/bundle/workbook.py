"""Which sheets an exported workbook has, in which order and under which names."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

from model.bundle.beside import BESIDE_NAME, Compared, beside_sheet
from model.bundle.explanations import EXPLANATIONS_NAME, explanations_sheet
from model.catalogue import CATALOGUE
from model.findings import Finding
from model.forms import FORMS
from model.records import Form, Project
from model.settings import Settings
from model.sheets.layout import Sheet
from model.sheets.lists import heading_of
from model.sheets.names import sheet_names
from model.years import Earlier


@dataclass(frozen=True, slots=True)
class Contents:
    """What goes into a workbook. ``findings`` holds those of each project by its id, for 状态 and 出错说明.

    The forms come first, because there are programs that read the first sheet alone. With ``year_summary`` a list
    sheet for each bundle of several forms follows; without, the first form of such a bundle bears the unit's title
    line. With ``draft`` every sheet is marked 草稿; without, those with errors are. ``earlier`` holds what projects
    were by their ids: of these there is a sheet 与往年对照 at the end.
    """

    forms: Sequence[Form] = field(default_factory=lambda: tuple(FORMS))
    year_summary: bool = False
    draft: bool = False
    findings: Mapping[str, Sequence[Finding]] = field(default_factory=dict)
    earlier: Mapping[str, Earlier] = field(default_factory=dict)

    def is_draft(self, project: Project, form: Form) -> bool:
        """Whether a form is marked 草稿: because all are, or because it has errors."""
        return self.draft or any(
            finding.blocks_export and finding.place.form is form for finding in self.findings.get(project.id, ())
        )


@dataclass(frozen=True, slots=True)
class _Job:
    name: str
    ending: str
    build: Callable[[], Sheet]

    def sheet(self, name: str) -> Sheet:
        return self.build().named(name)


def workbook_sheets(
    projects: Sequence[Project], settings: Settings, contents: Contents
) -> tuple[Callable[[], Sheet], ...]:
    """A maker for each sheet of the workbook, so that long exports can be counted and stopped between sheets."""
    bundles = [
        _Bundle(year, form, tuple(members), settings, contents)
        for year, members_of_year in _by_year_and_unit(projects, settings)
        for form in FORMS
        if form in contents.forms and (members := [one for one in members_of_year if one.form(form) is not None])
    ]
    several_years = len({bundle.year for bundle in bundles}) > 1
    several_forms = len({bundle.form for bundle in bundles}) > 1
    jobs: list[_Job] = []
    lists: list[_Job] = []
    for bundle in bundles:
        year = str(bundle.year) if several_years else ""
        ending = year + (FORMS[bundle.form].names.short if several_forms else "")
        jobs.extend(bundle.form_jobs(f"-{ending}" if ending else ""))
        lists.extend(bundle.list_job(f"-{year}" if year else ""))
    jobs += lists
    explained = _explained(projects, contents)
    if explained:
        is_draft = any(bundle.is_draft() for bundle in bundles)
        jobs.append(_Job(EXPLANATIONS_NAME, "", partial(explanations_sheet, explained, draft=is_draft)))
    compared = _compared(projects, contents)
    if compared:
        is_draft = any(bundle.is_draft() for bundle in bundles)
        jobs.append(_Job(BESIDE_NAME, "", partial(beside_sheet, compared, settings, draft=is_draft)))
    names = sheet_names((job.name, job.ending) for job in jobs)
    return tuple(partial(job.sheet, name) for job, name in zip(jobs, names, strict=True))


def _by_year_and_unit(projects: Sequence[Project], settings: Settings) -> list[tuple[int, list[Project]]]:
    """The projects of each year and unit; a store that says which unit it belongs to has one bundle a year."""
    bundles: dict[tuple[int, str], list[Project]] = {}
    for project in projects:
        bundles.setdefault((project.year, settings.unit_name or project.unit), []).append(project)
    return [(year, members) for (year, _), members in bundles.items()]


@dataclass(frozen=True, slots=True)
class _Bundle:
    """The forms of one kind, year and unit, with their list sheet."""

    year: int
    form: Form
    members: tuple[Project, ...]
    settings: Settings
    contents: Contents

    def list_job(self, ending: str) -> list[_Job]:
        """The list of these forms, where forms of the kind are listed and there are several."""
        make = CATALOGUE[self.form].list_sheet
        if make is None or not self.contents.year_summary or len(self.members) == 1:
            return []
        sheet = partial(
            make, self.members, self.settings, self.year, findings=self.contents.findings, draft=self.is_draft()
        )
        return [_Job(FORMS[self.form].names.listing, ending, sheet)]

    def is_draft(self) -> bool:
        """Whether a list of these forms is a draft: when one of them is."""
        return any(self.contents.is_draft(one, self.form) for one in self.members)

    def form_jobs(self, ending: str) -> list[_Job]:
        make = CATALOGUE[self.form].sheet
        headings = [self._heading(), *[""] * (len(self.members) - 1)]
        drafts = [self.contents.is_draft(one, self.form) for one in self.members]
        return [
            _Job(one.project_name, ending, partial(make, one, self.settings, draft=draft, heading=heading))
            for one, draft, heading in zip(self.members, drafts, headings, strict=True)
        ]

    def _heading(self) -> str:
        """The unit's title line over the first form, when several forms come without a list sheet."""
        if self.contents.year_summary or len(self.members) == 1:
            return ""
        return heading_of(self.form, self.members, self.settings, self.year)


def _compared(projects: Sequence[Project], contents: Contents) -> list[Compared]:
    forms = {one.id: [form for form in FORMS if form in contents.forms and form in one.forms] for one in projects}
    return [
        Compared(one, forms[one.id], contents.earlier[one.id])
        for one in projects
        if forms[one.id] and one.id in contents.earlier
    ]


def _explained(projects: Sequence[Project], contents: Contents) -> list[tuple[Project, Finding]]:
    return [
        (project, finding)
        for project in projects
        for finding in contents.findings.get(project.id, ())
        if finding.is_closed and finding.place.form in contents.forms
    ]
