"""What the reading process hands over, as JSON: forms, or why there are none. Everything is checked as it comes in."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from typing import Any

from pydantic import TypeAdapter, ValidationError

from storage.guard.picture import Picture
from storage.interchange.imported import ImportedForm


class Ending(StrEnum):
    """How the reading of a file ended, as far as the process could say so itself."""

    READ = "read"
    REFUSED = "refused"
    MEMORY = "memory"
    BROKEN = "broken"


@dataclass(frozen=True, slots=True)
class Reply:
    """The forms of a file that was ``READ``, or the picture of its page that was asked for.

    Else ``text`` is the refusal, or the trace of what broke.
    """

    ending: Ending
    forms: tuple[ImportedForm, ...] = ()
    text: str = ""
    picture: Picture | None = None


@cache
def _adapter() -> TypeAdapter[Reply]:
    return TypeAdapter(Reply)


def dumped(reply: Reply) -> bytes:
    """A reply in UTF-8; half of a surrogate pair, which UTF-8 has no place for, becomes a question mark."""
    forms = tuple(replace(form, explanations=dict(form.explanations)) for form in reply.forms)
    plain: Any = _adapter().dump_python(replace(reply, forms=forms), mode="json")
    return json.dumps(plain, ensure_ascii=False).encode("utf-8", "replace")


def loaded(data: bytes) -> Reply | None:
    """The reply in these bytes, None when they are none."""
    try:
        return _adapter().validate_python(json.loads(data))
    except (ValueError, ValidationError, RecursionError):
        return None
