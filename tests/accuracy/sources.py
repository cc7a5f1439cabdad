"""Where the forms are read from: the published text, and texts made of the curated forms."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from model.recognition import RecognisedForm, recognise_text
from tests.accuracy.compared import FIXTURES


def published(stem: str) -> tuple[RecognisedForm, ...]:
    """The text as it came out of the published PDF."""
    return recognise_text((FIXTURES / "published" / f"{stem}.txt").read_text(encoding="utf-8")).forms


SOURCES: Mapping[str, Callable[[str], tuple[RecognisedForm, ...]]] = {"published text": published}
