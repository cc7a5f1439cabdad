"""How pytest is run here: in this process, in a fixed order, with the same random cases each time."""

from __future__ import annotations

import os
from collections.abc import Sequence

import pytest
from hypothesis import HealthCheck, Phase, settings

from tests.mutants.areas import ROOT

_CASES = 40  # as in the tests of every day, but always the same ones

_OPTIONS = (
    *("-q", "-p", "no:randomly", "-p", "no:cacheprovider", "-p", "no:xdist", "--tb=no", "--no-header"),
    *("-W", "ignore::pytest.PytestAssertRewriteWarning", "--hypothesis-profile=mutants"),
)


def run_tests(paths: Sequence[str], plugin: object) -> int:
    """Run these files with the plugin that chooses among their tests; pytest's exit code."""
    os.chdir(ROOT)
    patience = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
    no_search_for_a_small_case = (Phase.explicit, Phase.generate)
    settings.register_profile(
        "mutants",
        derandomize=True,
        database=None,
        deadline=None,
        max_examples=_CASES,
        phases=no_search_for_a_small_case,
        suppress_health_check=patience,
    )
    return int(pytest.main([*_OPTIONS, *paths], plugins=[plugin]))
