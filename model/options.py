"""What may be set, each said once beside its field: its name in the file, what it is called, what may be chosen.

:mod:`model.settings` makes its records of these, the store's texts are read and written by their keys, and the window
shows a field for each of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from enum import StrEnum
from types import MappingProxyType
from typing import Any, TypeVar

_OPTION = "option"
_NONE: Mapping[StrEnum, str] = MappingProxyType({})

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Option:
    """One thing that may be set.

    ``key`` is its name in the texts of a store and never changes, whatever its field comes to be called. ``label`` is
    what the clerk reads beside it, ``unit`` what a number is counted in, ``rules`` the ids of what looks at it.
    ``choices`` are the values of a choice in the order offered, each in words. A number may not be larger than that of
    the field ``at_most``.
    """

    key: str
    label: str
    rules: tuple[str, ...] = ()
    choices: Mapping[StrEnum, str] = field(default_factory=lambda: _NONE)
    at_most: str = ""
    unit: str = ""


def option(
    default: T,
    key: str,
    label: str,
    *rules: str,
    choices: Mapping[StrEnum, str] = _NONE,
    at_most: str = "",
    unit: str = "",
) -> T:
    """A field of a record of settings, with its default and all there is to say of it."""
    said = Option(key, label, rules, MappingProxyType(dict(choices)), at_most, unit)
    return field(default=default, metadata={_OPTION: said})


def options_of(record: type[Any]) -> Mapping[str, Option]:
    """The options of a record by the names of their fields, in order."""
    return MappingProxyType({spec.name: spec.metadata[_OPTION] for spec in fields(record) if _OPTION in spec.metadata})
