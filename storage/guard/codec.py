"""What the reading process hands over, as JSON: forms, or why there are none. Everything is checked as it comes in."""

from __future__ import annotations

import json
from dataclasses import dataclass, fields, replace
from enum import StrEnum
from functools import cache
from typing import Annotated, Any

from pydantic import PlainSerializer, PlainValidator, TypeAdapter, ValidationError

from model.forms import FORMS, form_named
from model.records import Form
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


@dataclass(frozen=True, slots=True)
class _Carried(ImportedForm):
    """A form on its way: its kind goes as its id, and has to be one of those there are; its content as plain values."""

    kind: Annotated[Form, PlainValidator(form_named), PlainSerializer(str)]
    content: Any


@dataclass(frozen=True, slots=True)
class _CarriedReply(Reply):
    forms: tuple[_Carried, ...] = ()


@cache
def _adapter() -> TypeAdapter[_CarriedReply]:
    return TypeAdapter(_CarriedReply)


def dumped(reply: Reply) -> bytes:
    """A reply in UTF-8; half of a surrogate pair, which UTF-8 has no place for, becomes a question mark."""
    forms = tuple(_carried(form) for form in reply.forms)
    carried = _CarriedReply(**(_values(reply, Reply) | {"forms": forms}))
    plain: Any = _adapter().dump_python(carried, mode="json")
    return json.dumps(plain, ensure_ascii=False).encode("utf-8", "replace")


def loaded(data: bytes) -> Reply | None:
    """The reply in these bytes, None when they are none."""
    try:
        carried = _adapter().validate_python(json.loads(data))
        forms = tuple(_arrived(form) for form in carried.forms)
    except (ValueError, ValidationError, RecursionError):
        return None
    return Reply(**(_values(carried, Reply) | {"forms": forms}))


def _carried(form: ImportedForm) -> _Carried:
    values = _values(replace(form, explanations=dict(form.explanations)), ImportedForm)
    return _Carried(**(values | {"content": _content_adapter(form.kind).dump_python(form.content, mode="json")}))


def _arrived(form: _Carried) -> ImportedForm:
    """The form with the content its kind has. Raises ValidationError when it is none."""
    content = _content_adapter(form.kind).validate_python(form.content)
    return ImportedForm(**(_values(form, ImportedForm) | {"content": content}))


@cache
def _content_adapter(kind: Form) -> TypeAdapter[Any]:
    return TypeAdapter(FORMS[kind].record)


def _values(one: Reply | ImportedForm, kind: type[Reply | ImportedForm]) -> dict[str, Any]:
    """What a record holds, by the names of its kind."""
    return {item.name: getattr(one, item.name) for item in fields(kind)}
