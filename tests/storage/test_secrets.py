"""A text planted in every cell is found nowhere on the disk but where it has to be (reliability.md §7)."""

from __future__ import annotations

from pathlib import Path

from tests.storage.builders import needs_fork
from tests.torture import secrecy
from tests.torture.tally import Run

STEPS = 6


@needs_fork
def test_that_no_text_of_a_form_is_left_in_logs_reports_or_temporary_files(tmp_path: Path) -> None:
    found = secrecy.search_what_is_left(Run(STEPS, 0, tmp_path))
    assert (found.notes, found.faults) == ([], STEPS)


@needs_fork
def test_that_the_search_would_see_it_in_a_log(tmp_path: Path) -> None:
    assert secrecy.search_after_a_careless_one(Run(1, 0, tmp_path)).failures
