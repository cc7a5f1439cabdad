"""The facts of every form, a file a form; what each of them can do is in :mod:`model.catalogue`.

Screen, printed sheet, findings, interchange and the tables take names, cells and columns from :data:`FORMS`.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from model.forms import declaration, evaluation
from model.forms.cells import HEADER_CELLS, LEVEL_CELLS, Cell, CellKind
from model.forms.spec import FormNames, FormSpec, Total
from model.records import Form

__all__ = [
    "FORMS",
    "HEADER_CELLS",
    "LEVEL_CELLS",
    "Cell",
    "CellKind",
    "FormNames",
    "FormSpec",
    "Total",
    "form_named",
    "ids_in_words",
    "register",
]

_specs: dict[Form, FormSpec] = {}

FORMS: Mapping[Form, FormSpec] = MappingProxyType(_specs)
"""The forms there are, in the order in which they are filled in and printed; it grows when one registers itself."""


def register(spec: FormSpec) -> None:
    """Make a form known. Raises ValueError when there is one of that id already."""
    if spec.form in _specs:
        raise ValueError(f"the form {spec.form} is known already")
    _specs[spec.form] = spec


def ids_in_words() -> str:
    """The ids of all forms with what they stand for, for a message: ``declaration（申报表）或 …``."""
    return "或 ".join(f"{form}（{spec.names.short}）" for form, spec in FORMS.items())


def form_named(text: str) -> Form:
    """The form of that id in a file. Raises ValueError when there is none."""
    form = Form(text)
    if form not in FORMS:
        raise ValueError(f"no form {text!r}")
    return form


for _spec in (declaration.SPEC, evaluation.SPEC):
    register(_spec)
