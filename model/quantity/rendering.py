"""Values as the two forms and the portal print them (domain.md §2.5, §3.5, §5.5)."""

from __future__ import annotations

import re
from decimal import Context, Decimal

from model.quantity.measures import Measured
from model.quantity.normalisation import clean, percent_signs
from model.quantity.value import Comparator, Constraint, Kind, Style, Value

_CONTEXT = Context(prec=80)
_PLACES = Decimal("0.01")
_REMARK = re.compile(r"[（(][^（）()]*[）)]")
_PORTAL_CODES = {Comparator.GE: "1", Comparator.GT: "2", Comparator.EQ: "3", Comparator.LT: "4", Comparator.LE: "5"}
_PORTAL_QUALITATIVE = "6"


def render(value: Value, style: Style) -> str:
    """How a value prints in a form of the given style.

    A value that is written in that style already, any value that is no quantity, and every value in style TYPED
    print as they were typed, to the character. An unedited text thus always comes back exactly. So does a number
    without a comparator and with a word that is no known unit (10樽): it may be meant as words. Words set aside round a
    quantity keep it as typed; a remark in brackets behind it is printed behind it.
    """
    if value.kind is not Kind.QUANT or style in (Style.TYPED, value.style) or _may_be_words(value):
        return value.raw
    assert value.number is not None
    official = _quantity_text(value.comparator, value.number, percent_signs(value.unit_raw), style)
    return official + _remarks(value)


def canonical(value: Value, style: Style) -> str:
    """The regular text of a quantity: forced decimals, no spaces, the unit's canonical spelling (VAL-006, VAL-007).

    Values of the other kinds keep their text, and so does a quantity with words round it.
    """
    if value.kind is not Kind.QUANT or value.number is None or _has_words(value):
        return value.raw
    unit = value.unit.name if value.unit is not None else ""
    return _quantity_text(value.comparator, value.number, value.magnitude_text + unit, style) + _remarks(value)


def suggestion(value: Value, style: Style) -> str | None:
    """The quantity offered instead of a text that holds exactly one comparison (VAL-017), or None."""
    if value.kind is not Kind.QUAL_NUM or len(value.constraints) != 1:
        return None
    constraint = value.constraints[0]
    return constraint_text(constraint, constraint.comparator, style)


def constraint_text(constraint: Constraint, comparator: Comparator | None, style: Style) -> str:
    """A figure found in a text, written as a quantity with a comparator of its own or one that is meant."""
    return _quantity_text(comparator, constraint.number, constraint.unit_raw, style)


def portal_columns(value: Value) -> tuple[str, str, str]:
    """Comparator code, number and unit as the portal of the finance bureau takes them (domain.md §5.5).

    A quantity without a comparator counts as ``=``; everything else goes in as 定性 with its text.
    """
    if value.kind is not Kind.QUANT or value.number is None:
        return _PORTAL_QUALITATIVE, value.text, ""
    return _PORTAL_CODES[value.comparator or Comparator.EQ], f"{value.number:f}", value.unit_raw


def written_style(raw: str, sign: Comparator | None, number: Decimal, measured: Measured) -> Style:
    """The style a quantity was written in: its raw text tells."""
    digits = f"{number:f}"
    unit, after = measured.unit_raw, measured.after
    if raw == f"{sign.ascii if sign else ''}{digits}{unit}{after}":
        return Style.EVALUATION
    # The published forms print the declaration style with and without decimals and, rarely, with inner spaces.
    regular = f"{sign.symbol if sign else ''}{digits}" + (f"({unit})" if unit else "") + after
    if raw.replace(" ", "") == regular and (unit or len(digits.partition(".")[2]) >= 2):
        return Style.DECLARATION
    return Style.TYPED


def _may_be_words(value: Value) -> bool:
    return _has_words(value) or (not value.has_comparator and value.unit is not None and not value.unit.known)


def _has_words(value: Value) -> bool:
    """Whether words that are no remark in brackets stand round a quantity."""
    return bool(value.before or _REMARK.sub("", value.after))


def _remarks(value: Value) -> str:
    """The remarks behind a quantity, in the brackets they were typed in."""
    if not value.after:
        return ""
    typed = "".join(_REMARK.findall(value.raw)[-value.after.count("(") :])
    return typed if clean(typed).replace(" ", "") == value.after else value.after


def _quantity_text(comparator: Comparator | None, number: Decimal, unit: str, style: Style) -> str:
    if not number:
        number = abs(number)  # there is no -0.00
    if style is Style.DECLARATION:
        # As many decimals as typed, at least two: a print never rounds a value, least of all across a bound.
        places = _PLACES if number.as_tuple().exponent in (0, -1) or number == number.to_integral_value() else None
        printed = number.quantize(_PLACES, context=_CONTEXT) if places else number
        return f"{comparator.symbol if comparator else ''}{printed:f}" + (f"({unit})" if unit else "")
    text = f"{number:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return f"{comparator.ascii if comparator else ''}{text}{unit}"
