"""The versions of the texts in the journal, and how a text of an earlier one is read as one of today's.

A text of version 1, the first, is the bare list of its changes; every later one says its version. When a name in the
texts has to change, or records gain a cell that is not blank in the stores there are, a :class:`Step` at the end of
``STEPS`` says so. The journal of a store need not be rewritten for it, and what it holds can be undone for ever.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from model.changes import Part
from model.forms import FORMS

Names = Mapping[str, Mapping[str, str]]


class NewerTextError(ValueError):
    """The text was written by a later version of the program, which may mean anything by it."""

    def __init__(self, version: int) -> None:
        super().__init__(f"a journal text of version {version}")
        self.version = version


@dataclass(frozen=True, slots=True)
class Step:
    """How a text of one version is read as one of the next.

    ``kinds`` maps a kind of change to its new name. ``fields`` does so for the fields of a record (``"project"``,
    ``"declaration"``, ``"evaluation"``, ``"indicator"``), by the record's name. ``added`` gives new fields of a record
    the text that records of the older version have in them, where that is not a blank one.
    """

    kinds: Mapping[str, str] = field(default_factory=dict)
    fields: Names = field(default_factory=dict)
    added: Names = field(default_factory=dict)


# The first says how texts of version 1 become texts of version 2: nothing but the version itself is new in those.
STEPS: tuple[Step, ...] = (Step(),)


def current_version() -> int:
    """The version of the texts this program writes, and the latest it can read."""
    return len(STEPS) + 1


def check(version: int) -> None:
    """Raises NewerTextError for a version that is yet to come, and ValueError for one that never was."""
    if version > current_version():
        raise NewerTextError(version)
    if version < 1:
        raise ValueError(f"no version {version}")


def raised(changes: list[Any], version: int) -> list[Any]:
    """The changes of a text of a version :func:`check` knows as today's texts have them, both as JSON gives them.

    Raises KeyError, TypeError or AttributeError for what is no list of changes.
    """
    for step in STEPS[version - 1 :]:
        changes = [_raised_change(change, step) for change in changes]
    return changes


def _raised_change(change: Mapping[str, Any], step: Step) -> dict[str, Any]:
    data = {**change, "type": step.kinds.get(change["type"], change["type"])}
    part = data.get("part")
    if part == Part.EXPLANATION:
        data["field"] = _raised_key(data["field"], step)
    elif part is not None:
        data["field"] = _renamed(part, data["field"], step)
    for name, record in (("indicator", Part.INDICATOR), ("content", data.get("form")), ("project", Part.PROJECT)):
        if name in data:
            data[name] = _raised_record(record, data[name], step)
    return data


def _raised_record(record: Any, data: Mapping[str, Any], step: Step) -> dict[str, Any]:
    new = {_renamed(record, name, step): value for name, value in data.items()} | dict(step.added.get(record, {}))
    if "indicators" in new:
        new["indicators"] = [_raised_record(Part.INDICATOR, line, step) for line in new["indicators"]]
    for form in FORMS:
        if form in new:
            new[form] = _raised_record(form, new[form], step)
    if "explanations" in new:
        new["explanations"] = {_raised_key(key, step): text for key, text in new["explanations"].items()}
    return new


def _raised_key(key: str, step: Step) -> str:
    """The key of a finding (:attr:`model.findings.Finding.key`): it ends in the name of a cell."""
    place, _, name = key.rpartition(":")
    form, _, line = place.rpartition("@")[2].partition(":")
    return f"{place}:{_renamed(Part.INDICATOR if line else form, name, step)}" if place else key


def _renamed(record: Any, name: str, step: Step) -> str:
    names = step.fields.get(record, {})
    return names.get(name, name)
