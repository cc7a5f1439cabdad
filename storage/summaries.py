"""One line a project for the navigator, counted when the project is written and read with one query."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, bindparam, func, select, update
from sqlalchemy.dialects.sqlite import insert

from model.findings import Severity
from model.money import parse_fen
from model.records import Form, Project
from model.rules import Context, ProjectKey, check, matching_name
from model.scoring import score_evaluation
from model.settings import Settings
from storage.mapping import read_projects
from storage.tables import PLACEMENT, PROJECT, SUMMARY

# How many projects that only look different because of others (a shared name, a new threshold) one gesture counts
# anew at once: about a second of work. Any more wait for Store.refresh_summaries or their own next edit.
AT_ONCE = 200


class State(StrEnum):
    """How far a project is, in the words of the navigator."""

    DRAFT = "草稿"
    HAS_ERRORS = "有错误"
    COMPLETE = "完整"
    EVALUATED = "已自评"


@dataclass(frozen=True, slots=True)
class ProjectSummary:
    """What the navigator shows of one project.

    ``errors`` and ``warnings`` count open findings of both forms (an explained warning is closed). ``requested_fen`` is
    年度资金申请总额 in 分, None when it is blank or not an amount. ``total_score`` is the 总分 as printed, empty while
    a line of the self-evaluation is open.
    """

    id: str
    year: int
    unit: str
    project_name: str
    department: str
    state: State
    errors: int
    warnings: int
    indicator_count: int
    requested_fen: int | None
    total_score: str
    has_declaration: bool
    has_evaluation: bool


_LIST = select(
    SUMMARY.c.project_id,
    SUMMARY.c.year,
    SUMMARY.c.unit,
    SUMMARY.c.project_name,
    SUMMARY.c.department,
    SUMMARY.c.state,
    SUMMARY.c.errors,
    SUMMARY.c.warnings,
    SUMMARY.c.indicator_count,
    SUMMARY.c.requested_fen,
    SUMMARY.c.total_score,
    SUMMARY.c.has_declaration,
    SUMMARY.c.has_evaluation,
).order_by(SUMMARY.c.year.desc(), SUMMARY.c.unit, SUMMARY.c.place)
_KEYS = select(PROJECT.c.id, PROJECT.c.year, PROJECT.c.unit, PROJECT.c.project_name).where(
    PROJECT.c.year == bindparam("of_year")
)
_PLACES = select(PLACEMENT.c.project_id, PLACEMENT.c.place).where(
    PLACEMENT.c.project_id.in_(bindparam("ids", expanding=True))
)
_STALE = select(SUMMARY.c.project_id).where(SUMMARY.c.stale == 1)
_INSERT = insert(SUMMARY)
_WRITE = _INSERT.on_conflict_do_update(
    index_elements=[SUMMARY.c.project_id],
    set_={column.name: _INSERT.excluded[column.name] for column in SUMMARY.columns if not column.primary_key},
)


def read_summaries(connection: Connection) -> tuple[ProjectSummary, ...]:
    """Every project of the store: newest year first, then by unit, then in the order in which they came in."""
    states = {state.value: state for state in State}
    rows = connection.execute(_LIST)
    return tuple(
        ProjectSummary(
            key, year, unit, name, office, states[state], errors, warnings, lines, fen, score, bool(plan), bool(actual)
        )
        for key, year, unit, name, office, state, errors, warnings, lines, fen, score, plan, actual in rows
    )


class Counts:
    """Counts projects anew in one transaction; what surrounds the projects of a year is read once.

    ``has_marked`` tells whether projects were marked stale since.
    """

    def __init__(self, connection: Connection, settings: Settings) -> None:
        self._connection = connection
        self._settings = settings
        self._contexts: dict[int, Context] = {}
        self.has_marked = False

    def context(self, year: int) -> Context:
        """What the rules know around a project of that year: the settings and the keys of its year."""
        if year not in self._contexts:
            keys = tuple(ProjectKey(*row) for row in self._connection.execute(_KEYS, {"of_year": year}))
            self._contexts[year] = Context(self._settings, keys)
        return self._contexts[year]

    def write(self, projects: Sequence[Project]) -> None:
        """Count these projects, which the store holds as they are here, and write their lines."""
        if projects:
            places = self._places([project.id for project in projects])
            self._connection.execute(_WRITE, [{"place": places[p.id], **self._row(p)} for p in projects])

    def refresh(self, limit: int) -> int:
        """Count up to ``limit`` stale projects anew; how many stay stale."""
        stale = [key for (key,) in self._connection.execute(_STALE.limit(limit))]
        self.write(read_projects(self._connection, stale))
        left: int = self._connection.execute(select(func.count()).select_from(_STALE.subquery())).scalar_one()
        return left

    def mark_neighbours(self, before: Mapping[str, Project], after: Mapping[str, Project | None]) -> None:
        """Mark the projects whose findings may change because these came, went or were renamed (DEC-002, DEC-005)."""
        old = {_key(project) for project in before.values()}
        new = {_key(project) for project in after.values() if project is not None}
        changed, came = old ^ new, new - old
        for year in {key.year for key in changed}:
            now = self.context(year).siblings
            then = [key for key in now if key not in came] + [key for key in old - new if key.year == year]
            names = {matching_name(key.project_name) for key in changed if key.year == year}
            everybody = _majority(now) != _majority(then)
            self._mark([key.id for key in now if everybody or matching_name(key.project_name) in names])

    def mark_by_settings(self, keys: Collection[str]) -> None:
        """Mark the projects whose findings or scores may change with these settings."""
        years = [key.removeprefix("profile/") for key in keys]
        statement = update(SUMMARY).values(stale=1)
        if all(year.isdecimal() for year in years):
            statement = statement.where(SUMMARY.c.year.in_([int(year) for year in years]))
        self._connection.execute(statement)
        self.has_marked = True

    def _places(self, ids: list[str]) -> dict[str, int]:
        return dict(self._connection.execute(_PLACES, {"ids": ids}).all())

    def _mark(self, ids: Sequence[str]) -> None:
        if ids:
            statement = update(SUMMARY).where(SUMMARY.c.project_id == bindparam("row_key")).values(stale=1)
            self._connection.execute(statement, [{"row_key": key} for key in ids])
            self.has_marked = True

    def _row(self, project: Project) -> dict[str, Any]:
        findings = check(project, self.context(project.year))
        score = ""
        if project.evaluation is not None:
            computed = score_evaluation(project.evaluation, self._settings, project.year)
            score = project.evaluation.total_score or (computed.total_text if computed.total is not None else "")
        errors = sum(finding.severity is Severity.ERROR for finding in findings)
        lines = sum(len(project.indicators(form)) for form in Form)
        return {
            "project_id": project.id,
            "year": project.year,
            "unit": project.unit,
            "project_name": project.project_name,
            "department": project.department,
            "state": _state(lines, errors, score).value,
            "errors": errors,
            "warnings": sum(finding.severity is Severity.WARNING and not finding.is_closed for finding in findings),
            "indicator_count": lines,
            "requested_fen": parse_fen(project.declaration.total_requested) if project.declaration else None,
            "total_score": score,
            "has_declaration": int(project.declaration is not None),
            "has_evaluation": int(project.evaluation is not None),
            "stale": 0,
        }


def _state(lines: int, errors: int, score: str) -> State:
    if not lines:
        return State.DRAFT
    if errors:
        return State.HAS_ERRORS
    return State.EVALUATED if score else State.COMPLETE


def _key(project: Project) -> ProjectKey:
    return ProjectKey(project.id, project.year, project.unit, project.project_name)


def _majority(keys: Collection[ProjectKey]) -> str | None:
    """The unit that more than half of these projects name."""
    units = Counter(key.unit.strip() for key in keys)
    most = units.most_common(1)
    return most[0][0] if most and most[0][1] * 2 > units.total() else None
