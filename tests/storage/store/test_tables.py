from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import fields

import pytest
from sqlalchemy import Integer, LargeBinary, Table

from model.forms import FORMS
from model.records import Declaration, EvaluatedIndicator, Evaluation, Form, Project, text_cells
from storage.store import migrations, tables

KINDS = ((Integer, "INTEGER"), (LargeBinary, "BLOB"))
FORM_TABLES = [tables.form_table(form) for form in FORMS]
LINES = tables.lines_table("indicator")
TABLES = [*(value for value in vars(tables).values() if isinstance(value, Table)), *FORM_TABLES, LINES]


@pytest.mark.parametrize(
    ("table", "record", "others"),
    [
        (tables.PROJECT, Project, {"id", "year", "digest"}),
        (tables.form_table(Form.DECLARATION), Declaration, {"project_id"}),
        (tables.form_table(Form.EVALUATION), Evaluation, {"project_id"}),
        (LINES, EvaluatedIndicator, {"id", "project_id", "form", "position"}),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_that_every_cell_of_a_record_has_a_column_and_no_other_column_exists(
    table: Table, record: type, others: set[str]
) -> None:
    parts = {"indicators", "forms", "explanations"}
    cells = {spec.name for spec in fields(record)} - parts - {"id", "year"}
    assert set(text_cells(record)) == cells
    assert {column.name for column in table.columns} == cells | others


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_that_the_migrations_make_exactly_the_tables_the_program_works_with(table: Table) -> None:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        migrations.migrate(connection)
        made = {
            name: (kind, bool(required), bool(key))
            for _, name, kind, required, _, key in connection.execute(f"PRAGMA table_info({table.name})")
        }
        references = {
            (row[2], row[3], row[4], row[6]) for row in connection.execute(f"PRAGMA foreign_key_list({table.name})")
        }
    assert made == {
        column.name: (
            next((name for kind, name in KINDS if isinstance(column.type, kind)), "TEXT"),
            not column.nullable,
            column.primary_key,
        )
        for column in table.columns
    }
    assert references == {
        (key.column.table.name, key.parent.name, key.column.name, key.ondelete) for key in table.foreign_keys
    }


def test_that_the_file_holds_no_table_the_program_does_not_know() -> None:
    made = {name for kind, name, _ in migrations.expected_schema() if kind == "table"}
    assert made == {table.name for table in TABLES} | {"sqlite_sequence"}  # AUTOINCREMENT keeps its count there


def test_that_no_column_could_hold_a_floating_point_number() -> None:
    for _, name, sql in migrations.expected_schema():
        assert "REAL" not in sql.upper()
        assert "NUMERIC" not in sql.upper()
        if sql.startswith("CREATE TABLE") and not name.startswith("sqlite_"):
            assert sql.endswith("STRICT")
