"""Of the 50 typical mistakes on the given forms, how many a rule names, and which one."""

from __future__ import annotations

import pytest

from tests.model.rules.injected import mistakes, new_findings

# Which rule's sentence names the fault, by the number of the mistake.
_NAMED_BY = dict(
    enumerate(
        [
            "DEC-012",
            "DEC-010",
            "DEC-012",
            "DEC-009",
            "DEC-010",
            "DEC-023",
            "DEC-023",
            "DEC-023",
            "FND-001",
            "FND-007",
            "FND-002",
            "FND-007",
            "FND-008",
            "FND-013",
            "VAL-029",
            "VAL-029",
            "VAL-022",
            "VAL-022",
            "VAL-029",
            "IND-021",
            "IND-021",
            "IND-021",
            "IND-011",
            "IND-011",
            "IND-011",
            "DEC-021",
            "DEC-021",
            "VAL-013",
            "VAL-012",
            "VAL-018",
            "IND-003",
            "IND-002",
            "VAL-001",
            "DEC-014",
            "DEC-024",
            "IND-025",
            "DEC-021",
            "DEC-021",
            "EVL-049",
            "EVL-026",
            "EVL-005",
            "EVL-042",
            "EVL-010",
            "EVL-010",
            "EVL-011",
            "EVL-050",
            "EVL-049",
            "EVL-026",
            "EVL-051",
            "DEC-024",
        ]
    )
)


def test_that_every_mistake_is_listed() -> None:
    assert len(_NAMED_BY) == len(mistakes()) == 50


@pytest.mark.parametrize(("number", "rule"), _NAMED_BY.items())
def test_that_a_typical_mistake_is_named_by_its_rule(number: int, rule: str) -> None:
    assert rule in {finding.rule for finding in new_findings(mistakes()[number])}


def test_that_full_points_for_what_cannot_be_compared_are_named() -> None:
    (finding,) = new_findings(mistakes()[39])
    assert finding.message == "单位不一致：指标值“人”，实际值“家”，无法比较，却得满分，请核对。"
