"""The forms of other regions: not a finding on them that was not looked at."""

from __future__ import annotations

from tests.model.rules.field_findings import field_findings, judgements


def test_that_every_finding_on_the_forms_of_other_regions_is_judged_and_every_judgement_still_speaks_of_one() -> None:
    assert set(field_findings()) == set(judgements())
    assert all(judged.startswith(("true", "by design", "debatable")) for judged in judgements().values())
