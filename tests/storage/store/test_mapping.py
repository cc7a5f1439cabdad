from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from types import MappingProxyType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from sqlalchemy import Connection, create_engine, event

from model.records import Declaration, Indicator, Project, forms_of
from storage.store import migrations
from storage.store.mapping import read_projects, write_difference
from tests.storage.strategies import projects


@pytest.fixture(scope="module")
def tables() -> Iterator[Connection]:
    """The tables of a store in memory; what a test writes is taken back by the test."""
    engine = create_engine("sqlite://")

    @event.listens_for(engine, "connect")
    def _make(connection: Any, _: object) -> None:
        connection.isolation_level = None
        connection.execute("PRAGMA foreign_keys = ON")
        migrations.migrate(connection)

    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN"))
    with engine.connect() as connection:
        yield connection
    engine.dispose()


def read(tables: Connection, *ids: str) -> tuple[Project, ...]:
    return read_projects(tables, ids)


@hypothesis_settings(max_examples=25)
@given(before=projects("a"), after=projects("a"), other=projects("b"))
def test_that_tables_say_what_was_written_last_and_of_others_what_they_said(
    tables: Connection, before: Project, after: Project, other: Project
) -> None:
    with tables.begin() as writing:
        write_difference(tables, None, before)
        write_difference(tables, None, other)
        assert read(tables, "b", "gone", "a") == (before, other)
        write_difference(tables, before, after)
        assert read(tables, "b", "a") == (after, other)
        write_difference(tables, after, None)
        assert read(tables, "b", "a") == (other,)
        write_difference(tables, None, before)
        assert read(tables, "b", "a") == (before, other), "it comes back to its place"
        writing.rollback()


def test_that_an_explanation_comes_changes_and_goes_with_its_project_alone(tables: Connection) -> None:
    def explained(project_id: str, **texts: str) -> Project:
        return Project(project_id, 2026, explanations=MappingProxyType(texts))

    steps = [explained("a"), explained("a", x="一", y="二"), explained("a", x="三", y="二"), explained("a", y="二")]
    other = explained("b", x="一", y="二")
    with tables.begin() as writing:
        write_difference(tables, None, other)
        write_difference(tables, None, steps[0])
        for before, after in pairwise(steps):
            write_difference(tables, before, after)
            assert read(tables, "a", "b") == (other, after)
        writing.rollback()


def test_that_two_lines_with_one_id_are_refused(tables: Connection) -> None:
    lines = (Indicator("x", name="一"), Indicator("x", name="二"))
    with tables.begin() as writing:
        with pytest.raises(ValueError, match="two lines of project a have one id"):
            write_difference(tables, None, Project("a", 2026, forms=forms_of(Declaration(indicators=lines))))
        writing.rollback()


def test_that_a_project_that_never_was_is_removed_without_a_word(tables: Connection) -> None:
    with tables.begin() as writing:
        write_difference(tables, None, None)
        assert read(tables, "a") == ()
        writing.rollback()


def test_that_more_projects_than_are_read_at_once_come_each_once_and_in_their_order(
    tables: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.store.mapping._SLICE", 2)
    wanted = tuple(Project(f"p{number}", 2026) for number in range(5))
    with tables.begin() as writing:
        for project in wanted:
            write_difference(tables, None, project)
        assert read(tables, *(project.id for project in wanted)) == wanted
        writing.rollback()
