"""The tables of a store. Their text columns are derived from the records of the model, so neither can drift.

Rows never leave storage/: :mod:`storage.store.mapping` turns them into frozen records. ``table=True`` classes do not
validate, which is wanted: whatever a person typed is kept, and judging it is the work of the rules.
"""

from __future__ import annotations

from dataclasses import fields
from types import new_class
from typing import Any, cast

from sqlalchemy import Table
from sqlalchemy.orm import registry
from sqlmodel import Field, SQLModel

from model.records import Declaration, Evaluation, Indicator, Project

_NOT_COLUMNS = {"id", "year", "indicators", "declaration", "evaluation", "explanations"}


def text_fields(record: type[Project] | type[Declaration] | type[Evaluation] | type[Indicator]) -> tuple[str, ...]:
    """The cells of a record that are text as typed, in the order of the record."""
    return tuple(spec.name for spec in fields(record) if spec.name not in _NOT_COLUMNS)


class _Base(SQLModel, registry=registry()):
    """All tables of a store share one catalogue that belongs to this module."""


def _with_cells(
    name: str, base: type[SQLModel], record: type[Project] | type[Declaration] | type[Evaluation] | type[Indicator]
) -> type[SQLModel]:
    cells = text_fields(record)
    body: dict[str, Any] = {
        "__module__": __name__,
        "__doc__": base.__doc__,
        "__tablename__": name,
        "__annotations__": dict.fromkeys(cells, str),
        **dict.fromkeys(cells, ""),
    }
    return new_class(f"{record.__name__}Row", (base,), {"table": True}, lambda namespace: namespace.update(body))


class _ProjectKeys(_Base):
    """A project; its place in the printed order is in :class:`PlacementRow`."""

    id: str = Field(primary_key=True)
    year: int


class _FormKeys(_Base):
    """One of the two forms of a project."""

    project_id: str = Field(primary_key=True, foreign_key="project.id", ondelete="CASCADE")


class _IndicatorKeys(_Base):
    """One indicator line of one form; positions count from 0 without gaps."""

    id: str = Field(primary_key=True)
    project_id: str = Field(foreign_key="project.id", ondelete="CASCADE")
    form: str
    position: int


ProjectRow = _with_cells("project", _ProjectKeys, Project)
DeclarationRow = _with_cells("declaration", _FormKeys, Declaration)
EvaluationRow = _with_cells("evaluation", _FormKeys, Evaluation)
IndicatorRow = _with_cells("indicator", _IndicatorKeys, Indicator)


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


class JournalRow(_Base, table=True):
    """One gesture, never changed afterwards."""

    __tablename__ = "journal"

    seq: int | None = Field(default=None, primary_key=True)
    at: str
    kind: str
    label: str
    changes: str
    refers_to: int | None = None


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
    has_declaration: int
    has_evaluation: int
    stale: int
    goal_print: bytes | None = None
    line_prints: bytes | None = None


class CounterRow(_Base, table=True):
    """Numbers that only grow: the sequence of backups, and the journal entry the last backup holds."""

    __tablename__ = "counter"

    name: str = Field(primary_key=True)
    value: int


def table_of(row: type[SQLModel]) -> Table:
    """The SQLAlchemy table behind a row class."""
    return cast("Table", cast("Any", row).__table__)


PROJECT = table_of(ProjectRow)
DECLARATION = table_of(DeclarationRow)
EVALUATION = table_of(EvaluationRow)
INDICATOR = table_of(IndicatorRow)
PLACEMENT = table_of(PlacementRow)
EXPLANATION = table_of(ExplanationRow)
SETTING = table_of(SettingRow)
JOURNAL = table_of(JournalRow)
SUMMARY = table_of(SummaryRow)
COUNTER = table_of(CounterRow)
