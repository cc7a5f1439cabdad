"""The hits of the rules and their documentation are one."""

from __future__ import annotations

import re
from pathlib import Path

from model.checking import rules_in_order
from model.findings import Severity
from tests.model.rules.hit_table import hit_table

DOMAIN = Path(__file__).parent.parent.parent.parent / "docs" / "domain.md"
_ROW = re.compile(r"^\| ([A-Z]{3}-\d{3}) \| ([EWIA])(?:/[EWIA])? \|", re.MULTILINE)


def test_that_the_documented_hits_are_those_of_the_rules() -> None:
    assert hit_table() in DOMAIN.read_text(encoding="utf-8")


def test_that_every_rule_is_documented_once() -> None:
    rows = [match[1] for match in _ROW.finditer(DOMAIN.read_text(encoding="utf-8"))]
    assert [info.id for info in rules_in_order() if rows.count(info.id) != 1] == []


def test_that_an_error_is_documented_as_one() -> None:
    documented = dict(_ROW.findall(DOMAIN.read_text(encoding="utf-8")))
    assert [
        info.id for info in rules_in_order() if (info.severity is Severity.ERROR) != (documented[info.id] == "E")
    ] == []
