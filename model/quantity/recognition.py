"""What the smart target cell shows and offers for a typed text (ux.md §3)."""

from __future__ import annotations

from model.quantity.grammar import parse
from model.quantity.rendering import render
from model.quantity.value import Kind, Style
from model.values.units import STANDARD, UnitTable


def printed(text: str, style: Style, units: UnitTable = STANDARD, *, timely: bool = False) -> str:
    """How a typed text prints in a form: ``>=90%`` in a declaration prints ``≥90.00(%)``.

    ``timely`` as in :func:`parse`: 12.3 is the third of December there and prints as typed. Words, and quantities
    written in the form's own style already, print to the character as typed.
    """
    return render(parse(text, units, timely=timely), style)


def recognise(text: str, style: Style, units: UnitTable = STANDARD, *, timely: bool = False) -> str | None:
    """The official text to show beside a typed one, or None when there is nothing to show.

    A quantity, also one spelt out (不少于3万个), is shown when it prints differently from how it was typed.
    ``timely`` as in :func:`printed`.
    """
    value = parse(text, units, timely=timely)
    official = render(value, style) if value.kind is Kind.QUANT else text
    return official if official != text else None
