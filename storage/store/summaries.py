"""One line a project for the navigator, counted when the project is written and read with one query."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, bindparam, func, select, update
from sqlalchemy.dialects.sqlite import insert

from model.awaited import begun_blanks, filled_of
from model.checking import Checked, examine
from model.findings import Severity
from model.forms import FORMS
from model.records import Declaration, Evaluation, Form
from model.rules import Context, Neighbours, ProjectKey
from model.rules.likeness import NO_PRINTS, Prints, prints_of
from model.settings import Settings
from model.values.money import parse_fen
from storage.store import digests
from storage.store.mapping import read_projects
from storage.store.tables import PLACEMENT, PROJECT, SUMMARY

# How many projects of which something else holds because of others (a shared name, a new threshold) are counted anew
# in one go: a tenth of a second of work. Any more wait for Store.refresh_summaries.
AT_ONCE = 20


class State(StrEnum):
    """How far a project is, in the words of the navigator."""

    DRAFT = "草稿"
    HAS_ERRORS = "有错误"
    COMPLETE = "完整"
    EVALUATED = "已自评"


@dataclass(frozen=True, slots=True)
class ProjectSummary:
    """What the navigator shows of one project.

    ``errors`` and ``warnings`` count open findings of all forms (an explained warning is closed), each for itself as
    the chips of the list of problems do; ``awaited`` of the errors only say what is not there yet in a form that has
    only been begun. ``filled`` is how many places that have to be filled in are, None in a store of an earlier version
    until its line is counted anew. ``requested_fen`` is
    年度资金申请总额 in 分, None when it is blank or not an amount. ``total_score`` is the 总分 as printed, empty while
    a line of the self-evaluation is open. ``budget_fen`` and ``spent_fen`` are 全年预算数 and 全年执行数 of its
    年度资金总额 in 分, None as above, ``grade`` the 等次 of the total, with what it is out of where that is less than
    all points. ``forms`` are those that have been started,
    ``place`` is the project's number in the order in which they came in.
    ``prints`` is what others are compared by, blank in a store of an earlier version until its line is counted anew.
    """

    id: str
    place: int
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
    forms: frozenset[Form]
    prints: Prints = NO_PRINTS
    budget_fen: int | None = None
    spent_fen: int | None = None
    grade: str = ""
    awaited: int = 0
    filled: int | None = None

    @property
    def key(self) -> ProjectKey:
        """What the rules need to know of the project when they look at another."""
        return ProjectKey(self.id, self.year, self.unit, self.project_name, self.prints)


_LIST = select(
    SUMMARY.c.project_id,
    SUMMARY.c.place,
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
    SUMMARY.c.forms,
    SUMMARY.c.budget_fen,
    SUMMARY.c.spent_fen,
    SUMMARY.c.grade,
    SUMMARY.c.awaited,
    SUMMARY.c.filled,
    SUMMARY.c.goal_print,
    SUMMARY.c.line_prints,
).order_by(SUMMARY.c.year.desc(), SUMMARY.c.unit, SUMMARY.c.place)
_KEYS = select(
    PROJECT.c.id,
    PROJECT.c.year,
    PROJECT.c.unit,
    PROJECT.c.project_name,
    SUMMARY.c.goal_print,
    SUMMARY.c.line_prints,
).join(SUMMARY, SUMMARY.c.project_id == PROJECT.c.id, isouter=True)
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
            key,
            at,
            year,
            unit,
            name,
            office,
            states.get(state, State.DRAFT),
            errors,
            warnings,
            lines,
            fen,
            score,
            frozenset(map(Form, forms.split())),
            Prints(*(one or b"" for one in prints)),
            budget,
            spent,
            grade or "",
            awaited or 0,
            filled,
        )
        for (
            key,
            at,
            year,
            unit,
            name,
            office,
            state,
            errors,
            warnings,
            lines,
            fen,
            score,
            forms,
            budget,
            spent,
            grade,
            awaited,
            filled,
            *prints,
        ) in rows
    )


def read_neighbours(connection: Connection) -> Neighbours:
    """What the rules ask of the other projects of the store.

    Fingerprints that are missing, in a store of an earlier version whose lines are not all counted anew yet, are taken.
    """
    rows = connection.execute(_KEYS).all()
    missing = read_projects(connection, [row.id for row in rows if row.goal_print is None or row.line_prints is None])
    taken = {project.id: prints_of(project) for project in missing}
    return Neighbours(
        ProjectKey(key, year, unit, name, taken[key] if key in taken else Prints(goal, lines))
        for key, year, unit, name, goal, lines in rows
    )


@dataclass(frozen=True, slots=True)
class Refreshed:
    """Lines that were counted anew because others changed, and how many still are out of date."""

    summaries: tuple[ProjectSummary, ...]
    left: int


def write_summaries(
    connection: Connection, projects: Sequence[Checked], settings: Settings
) -> tuple[ProjectSummary, ...]:
    """Write the lines of these projects, which the store holds as they are here; the lines are returned."""
    if not projects:
        return ()
    places = dict(connection.execute(_PLACES, {"ids": [checked.project.id for checked in projects]}).all())
    summaries = tuple(_summary(checked, places[checked.project.id], settings) for checked in projects)
    connection.execute(_WRITE, [_row(summary) for summary in summaries])
    return summaries


def refresh(connection: Connection, context: Context, limit: int) -> Refreshed:
    """Count up to ``limit`` projects anew that are marked."""
    stale = [key for (key,) in connection.execute(_STALE.limit(limit))]
    counted = [examine(project, context) for project in read_projects(connection, stale)]
    summaries = write_summaries(connection, counted, context.settings)
    left = connection.execute(select(func.count()).select_from(_STALE.subquery())).scalar_one()
    return Refreshed(summaries, left)


def mark(connection: Connection, ids: Collection[str]) -> None:
    """Mark projects whose findings may have changed because of others."""
    if ids:
        statement = update(SUMMARY).where(SUMMARY.c.project_id == bindparam("row_key")).values(stale=1)
        connection.execute(statement, [{"row_key": key} for key in ids])


def mark_unknown(connection: Connection) -> None:
    """Mark projects whose state is a word this version does not know; until they are counted they read as 草稿."""
    connection.execute(update(SUMMARY).where(SUMMARY.c.state.not_in([state.value for state in State])).values(stale=1))


def mark_years(connection: Connection, years: Collection[int] | None) -> None:
    """Mark every project of these years, or of the whole store."""
    statement = update(SUMMARY).values(stale=1)
    connection.execute(statement if years is None else statement.where(SUMMARY.c.year.in_(list(years))))


def _summary(checked: Checked, place: int, settings: Settings) -> ProjectSummary:
    project, findings = checked.project, checked.findings
    score, evaluation, declaration = checked.total_score, project.of(Evaluation), project.of(Declaration)
    errors = sum(finding.severity is Severity.ERROR for finding in findings)
    lines = sum(len(project.indicators(form)) for form in FORMS)
    return ProjectSummary(
        id=project.id,
        place=place,
        year=project.year,
        unit=project.unit,
        project_name=project.project_name,
        department=project.department,
        state=_state(lines, errors, score),
        errors=errors,
        warnings=sum(finding.severity is Severity.WARNING and not finding.is_closed for finding in findings),
        indicator_count=lines,
        requested_fen=parse_fen(declaration.total_requested) if declaration else None,
        total_score=score,
        forms=frozenset(project.forms),
        prints=prints_of(project),
        budget_fen=parse_fen(evaluation.adjusted_total) if evaluation else None,
        spent_fen=parse_fen(evaluation.executed_total) if evaluation else None,
        grade=checked.score.graded if checked.score is not None else "",
        awaited=sum(one.severity is Severity.ERROR for one in begun_blanks(project, findings)),
        filled=filled_of(project, findings),
    )


def _row(summary: ProjectSummary) -> dict[str, Any]:
    row = {spec.name: getattr(summary, spec.name) for spec in fields(summary)}
    prints = row.pop("prints")
    line = {
        "project_id": row.pop("id"),
        **row,
        "state": summary.state.value,
        "forms": " ".join(sorted(summary.forms)),
        "stale": 0,
        "goal_print": prints.goal,
        "line_prints": prints.lines,
    }
    return {**line, "digest": digests.of_summary(line)}


def _state(lines: int, errors: int, score: str) -> State:
    if not lines:
        return State.DRAFT
    if errors:
        return State.HAS_ERRORS
    return State.EVALUATED if score else State.COMPLETE
