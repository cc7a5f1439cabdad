"""The papers the frozen programs are verified with: a PDF and a Word file that print the same two forms."""

from __future__ import annotations

from itertools import count
from pathlib import Path

import pytest

from storage.importing.readers import read_file
from storage.interchange import ImportedForm, read_forms

PAPERS = Path(__file__).parents[2] / "fixtures" / "papers"


def told(form: ImportedForm) -> tuple[object, ...]:
    """What a form says, its lines known by where they stand."""
    numbers = count()
    form = form.with_ids(lambda: str(next(numbers)))
    return form.kind, form.owner, form.content


@pytest.mark.parametrize("kind", ["pdf", "docx"])
def test_that_a_paper_reads_as_the_json_beside_it(kind: str) -> None:
    found = read_file(PAPERS / f"two-forms.{kind}")
    assert [told(form) for form in found] == [told(form) for form in read_forms(PAPERS / "two-forms.json")]
    assert [form.inferences for form in found] == [(), ()]
