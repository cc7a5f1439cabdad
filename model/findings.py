"""What a rule says of a form: where, how serious, in words, and how to mend it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from model.mends import Mend
from model.records import Form


class Severity(StrEnum):
    """How serious a finding is (domain.md §2.2). A rule with an automatic fix (A) is a WARNING that carries a fix."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def rank(self) -> int:
        """Sort order: errors first."""
        return _RANKS[self]


_RANKS = {severity: rank for rank, severity in enumerate(Severity)}


@dataclass(frozen=True, slots=True)
class Place:
    """The cell a finding points at.

    ``field`` is a record field name (``"annual_goal"``, ``"level2"``) or empty for the form as a whole;
    ``indicator_id`` names the line when the cell is in the indicator table. ``level`` is the 一级 or 二级指标 without
    a line when that is what is wrong.
    """

    form: Form
    field: str = ""
    indicator_id: str = ""
    level: str = ""


@dataclass(frozen=True, slots=True)
class Fix:
    """A quick fix: what the button says, the text it would write (if it is one text), and what it means to do.

    What that changes is computed when the button is pressed: :func:`model.edits.mend`.
    """

    label: str
    text: str
    mend: Mend


@dataclass(frozen=True, slots=True)
class Finding:
    """One hit of one rule. ``explanation`` is the 出错说明 a person wrote for it, which closes a warning.

    ``remedy`` says in a few words what to do about it. One that stands for several of its kind
    (:func:`model.rules.grouped`) has them as ``members``.
    """

    rule: str
    severity: Severity
    message: str
    place: Place
    fixes: tuple[Fix, ...] = ()
    explanation: str = ""
    members: tuple[Finding, ...] = ()
    remedy: str = ""

    @property
    def key(self) -> str:
        """What an explanation is kept under: stable while the line and the cell exist."""
        return _key(self.rule, self.place.form, self.place.indicator_id, self.place.field)

    @property
    def blocks_export(self) -> bool:
        """Whether a final (not draft) export has to wait for it."""
        return self.severity is Severity.ERROR

    @property
    def is_closed(self) -> bool:
        """Whether it is a warning that has been explained."""
        return self.severity is Severity.WARNING and bool(self.explanation)


def in_order(findings: list[Finding]) -> tuple[Finding, ...]:
    """Errors before warnings before hints, otherwise in the order the rules found them; explained ones last."""
    return tuple(sorted(findings, key=lambda finding: (finding.is_closed, finding.severity.rank)))


class KeyParts(NamedTuple):
    """What the key of an explanation is made of; ``indicator_id`` is empty where it speaks of no line."""

    rule: str
    form: str
    indicator_id: str
    field: str


def key_parts(key: str) -> KeyParts:
    """Take the key of an explanation apart."""
    rule, _, place = key.partition("@")
    form, _, cell = place.partition(":")
    indicator_id, _, field = cell.partition(":")
    return KeyParts(rule, form, indicator_id, field)


def keys_about(explanations: Mapping[str, str], form: Form) -> tuple[str, ...]:
    """The keys of all explanations of one form, those of lines it no longer has included."""
    return tuple(key for key in explanations if key_parts(key).form == form)


def keys_of_form(explanations: Mapping[str, str], form: Form, ids: Mapping[str, str]) -> dict[str, str]:
    """The explanations of one form, their keys for lines that go by other ids: ``ids`` is old id → new id."""
    found: dict[str, str] = {}
    for key, text in explanations.items():
        rule, of, indicator_id, field = key_parts(key)
        if of == form and (not indicator_id or indicator_id in ids):
            found[_key(rule, form, ids.get(indicator_id, ""), field)] = text
    return found


def _key(rule: str, form: Form, indicator_id: str, field: str) -> str:
    return f"{rule}@{form}:{indicator_id}:{field}"
