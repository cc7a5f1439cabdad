"""Every rule against a form that breaks it: severity, wording, place, fixes, and what a fix leaves behind."""

from __future__ import annotations

import pytest

from model.checking import check, json_path, rules_in_order
from model.edits import mend
from model.findings import Finding, Fix
from tests.model.rules import cases
from tests.model.rules.builders import declared, evaluated, fixed, rules_of
from tests.model.rules.cases import Case
from tests.model.rules.field_cases import FIELD_CASES

CASES = (*cases.CASES, *FIELD_CASES)

_CONSEQUENCES = {
    "EVL-028": {"EVL-027", "EVL-035"},
    "EVL-030": {"EVL-036"},
    "EVL-034": {"EVL-036", "EVL-041"},
    "EVL-035": {"EVL-036", "EVL-041"},
    "EVL-037": {"EVL-036"},
    "EVL-049": {"EVL-053"},
}
"""What a fix may bring in: a lower score wants its reason, a readable value is judged."""


def _found(case: Case) -> list[Finding]:
    return [finding for finding in check(case.project, case.context) if finding.rule == case.rule]


def test_that_the_clean_forms_break_no_rule() -> None:
    assert rules_of(declared()) == []
    assert rules_of(evaluated()) == []


def test_that_every_rule_has_a_case() -> None:
    assert sorted({case.rule for case in CASES}) == sorted(info.id for info in rules_in_order())


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.label)
def test_that_a_broken_form_earns_the_message_of_its_rule_once_and_at_its_place(case: Case) -> None:
    (finding,) = _found(case)
    assert finding.message == case.message
    assert finding.severity is case.severity
    assert json_path(finding, case.project) == case.where
    assert tuple(fix.label for fix in finding.fixes) == case.fixes


def _fixes() -> list[tuple[Case, Fix]]:
    return [(case, fix) for case in CASES for finding in _found(case) for fix in finding.fixes]


@pytest.mark.parametrize(("case", "fix"), _fixes(), ids=lambda value: getattr(value, "label", None))
def test_that_a_fix_removes_its_finding_and_brings_in_no_new_one_but_the_reason_it_asks_for(
    case: Case, fix: Fix
) -> None:
    before = {finding.rule for finding in check(case.project, case.context)}
    after = {finding.rule for finding in check(*fixed(case.project, case.context, fix))}
    assert case.rule not in after
    assert after - before <= _CONSEQUENCES.get(case.rule, set())


@pytest.mark.parametrize("case", [case for case in CASES if case.fixes], ids=lambda case: case.label)
def test_that_a_fix_names_the_text_it_writes(case: Case) -> None:
    for finding in _found(case):
        for fix in finding.fixes:
            changes = mend((fix,), case.project, case.context.settings)
            assert changes
            written = [getattr(change, "after", None) for change in changes]
            assert not fix.label.startswith("改为") or fix.text in written
