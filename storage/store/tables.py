"""The tables of a store. Their text columns are derived from the records of the model, so neither can drift.

Rows never leave storage/: :mod:`storage.store.mapping` turns them into frozen records. ``table=True`` classes do not
validate, which is wanted: whatever a person typed is kept, and judging it is the work of the rules.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from types import new_class
from typing import Any, cast

from sqlalchemy import Table
from sqlalchemy.orm import registry
from sqlmodel import Field, SQLModel

from model.forms import FORMS
from model.records import Form, Project, text_cells


class _Base(SQLModel, registry=registry()):
    """All tables of a store share one catalogue that belongs to this module."""


def _with_cells(name: str, base: type[SQLModel], cells: Iterable[str]) -> type[SQLModel]:
    body: dict[str, Any] = {
        "__module__": __name__,
        "__doc__": base.__doc__,
        "__tablename__": name,
        "__annotations__": dict.fromkeys(cells, str),
        **dict.fromkeys(cells, ""),
    }
    row = "".join(word.capitalize() for word in name.split("_")) + "Row"
    return new_class(row, (base,), {"table": True}, lambda namespace: namespace.update(body))


class _ProjectKeys(_Base):
    """A project; its place in the printed order is in :class:`PlacementRow`."""

    id: str = Field(primary_key=True)
    year: int
    digest: bytes | None = None


class _FormKeys(_Base):
    """One form of a project."""

    project_id: str = Field(primary_key=True, foreign_key="project.id", ondelete="CASCADE")


class _LineKeys(_Base):
    """One indicator line of one form; positions count from 0 without gaps."""

    id: str = Field(primary_key=True)
    project_id: str = Field(foreign_key="project.id", ondelete="CASCADE")
    form: str
    position: int


ProjectRow = _with_cells("project", _ProjectKeys, text_cells(Project))


@cache
def form_table(form: Form) -> Table:
    """The table with the cells of a form, one row a project, of the name of its id."""
    return table_of(_with_cells(form, _FormKeys, text_cells(FORMS[form].record)))


@cache
def lines_table(name: str) -> Table:
    """A table of indicator lines, with the cells of every form that keeps its lines there."""
    records = [spec.line for spec in FORMS.values() if spec.lines_table == name]
    cells = dict.fromkeys(cell for record in records for cell in text_cells(record))
    return table_of(_with_cells(name, _LineKeys, tuple(cells)))


class PlacementRow(_Base, table=True):
    """The order in which projects came in. A row outlives its project, for a removal that is taken back."""

    __tablename__ = "placement"

    place: int | None = Field(default=None, primary_key=True)
    project_id: str = Field(unique=True)


class ExplanationRow(_Base, table=True):
    """The 出错说明 a person wrote for one finding."""

    __tablename__ = "explanation"

    project_id: str = Field(primary_key=True, foreign_key="project.id", ondelete="CASCADE")
    key: str = Field(primary_key=True)
    text: str


class SettingRow(_Base, table=True):
    """One setting that departs from its default, as JSON text."""

    __tablename__ = "setting"

    key: str = Field(primary_key=True)
    text: str
    digest: bytes | None = None


class LibraryEntryRow(_Base, table=True):
    """What a person decided of an entry of the indicator library: to keep it, or not to be offered it."""

    __tablename__ = "library"

    level2: str = Field(primary_key=True)
    name: str = Field(primary_key=True)
    target: str
    direction: str
    pinyin: str
    is_removed: int
    digest: bytes | None = None


class JournalRow(_Base, table=True):
    """One gesture, never changed afterwards."""

    __tablename__ = "journal"

    seq: int | None = Field(default=None, primary_key=True)
    at: str
    kind: str
    label: str
    changes: str
    refers_to: int | None = None
    digest: bytes | None = None


class SummaryRow(_Base, table=True):
    """What the navigator shows of a project, written with every change of it. ``stale`` asks for a new count."""

    __tablename__ = "summary"

    project_id: str = Field(primary_key=True, foreign_key="project.id", ondelete="CASCADE")
    place: int
    year: int
    unit: str
    project_name: str
    department: str
    state: str
    errors: int
    warnings: int
    indicator_count: int
    requested_fen: int | None = None
    total_score: str
    forms: str
    stale: int
    goal_print: bytes | None = None
    line_prints: bytes | None = None
    digest: bytes | None = None
    budget_fen: int | None = None
    spent_fen: int | None = None
    grade: str | None = None
    awaited: int | None = None
    filled: int | None = None


class CounterRow(_Base, table=True):
    """Numbers that only grow: the sequence of backups, and the journal entry the last backup holds."""

    __tablename__ = "counter"

    name: str = Field(primary_key=True)
    value: int


def table_of(row: type[SQLModel]) -> Table:
    """The SQLAlchemy table behind a row class."""
    return cast("Table", cast("Any", row).__table__)


PROJECT = table_of(ProjectRow)
PLACEMENT = table_of(PlacementRow)
EXPLANATION = table_of(ExplanationRow)
SETTING = table_of(SettingRow)
LIBRARY = table_of(LibraryEntryRow)
JOURNAL = table_of(JournalRow)
SUMMARY = table_of(SummaryRow)
COUNTER = table_of(CounterRow)
