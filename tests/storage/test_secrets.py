"""A text planted in every cell is found nowhere on the disk but where it has to be (reliability.md §7)."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

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


@pytest.mark.skipif(sys.platform == "win32", reason="Windows writes no such image into the folder of the program")
def test_that_a_crash_leaves_no_image_of_what_was_open() -> None:
    look = "lambda _: print(resource.getrlimit(resource.RLIMIT_CORE)) or 0"
    code = f"import main, resource; main._run = {look}; main.main(['x'])"
    root = Path(__file__).parent.parent.parent
    done = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True)
    assert done.stdout == "(0, 0)\n"
