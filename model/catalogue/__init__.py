"""What each form can do, a file a form: how it is looked at and checked, how it is printed, and how it is read.

High up, because it knows rules and sheets: for checking, exporting and importing. The facts of a form, which everybody
may know, are in :mod:`model.forms`.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from model.catalogue import declaration, evaluation
from model.catalogue.abilities import Abilities
from model.forms import FORMS
from model.recognition import readings
from model.records import Declaration, Evaluation, Form

__all__ = ["CATALOGUE", "Abilities", "register"]

_abilities: dict[Form, Abilities] = {}

CATALOGUE: Mapping[Form, Abilities] = MappingProxyType(_abilities)
"""What can be done with each form there is; it grows when one registers itself."""


def register(form: Form, abilities: Abilities) -> None:
    """Make known what a form can do. Raises ValueError when its facts are not known, or its abilities already are."""
    if form not in FORMS or form in _abilities:
        raise ValueError(f"the form {form} cannot be registered")
    _abilities[form] = abilities
    if abilities.reading is not None:
        readings.register(form, abilities.reading)


register(Declaration.form, declaration.ABILITIES)
register(Evaluation.form, evaluation.ABILITIES)
