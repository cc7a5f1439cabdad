"""The unit table and its documentation are one."""

from __future__ import annotations

from pathlib import Path

from tests.model.unit_tables import unit_tables

DOMAIN = Path(__file__).parent.parent.parent.parent / "docs" / "domain.md"


def test_that_the_documented_units_are_those_of_the_table() -> None:
    assert unit_tables() in DOMAIN.read_text(encoding="utf-8")
