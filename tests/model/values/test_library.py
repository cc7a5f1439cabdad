"""The library of typical names fits the taxonomy and the rules."""

from __future__ import annotations

import pytest

from model.checking import check
from model.records import Declaration, Indicator, Project, forms_of
from model.rules import Context
from model.settings import Settings
from model.values.library import TYPICAL_NAMES
from model.values.taxonomy import LEVELS, level1_of

NAMES = [(level2, name) for level2, names in TYPICAL_NAMES.items() for name in names]


def test_that_every_second_level_has_typical_names_and_no_name_stands_twice() -> None:
    assert set(TYPICAL_NAMES) == {level2 for second in LEVELS.values() for level2 in second}
    assert len(NAMES) == len(set(NAMES))


@pytest.mark.parametrize(("level2", "name"), NAMES)
def test_that_no_rule_finds_a_typical_name_out_of_place(level2: str, name: str) -> None:
    line = Indicator("a", level1_of(level2) or "", level2, name, "≥90.00(%)")
    project = Project("p", 2026, "项目", forms=forms_of(Declaration(indicators=(line,))))
    rules = {finding.rule for finding in check(project, Context(Settings()))}
    assert not rules & {"IND-008", "IND-014", "IND-016", "IND-020", "IND-021"}
