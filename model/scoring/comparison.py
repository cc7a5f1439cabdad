"""Bringing the target and the actual value of a quantitative line to one unit (domain.md §6.4)."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from model.quantity import Value
from model.scoring.figures import plain_number
from model.scoring.notices import notice
from model.scoring.results import Notice
from model.units import Unit, UnitTable


@dataclass(frozen=True, slots=True)
class Comparison:
    """Target and actual as exact numbers counted in the target's own unit and magnitude.

    The texts are what an explanation shows: ``2秒`` and ``21ms = 0.021秒``. ``is_ordinal`` marks a scale (级) on
    which only equality means something.
    """

    target: Fraction
    actual: Fraction
    target_text: str
    actual_text: str
    is_ordinal: bool
    notices: tuple[Notice, ...]


@dataclass(frozen=True, slots=True)
class Incomparable:
    """Why target and actual cannot be compared, in words and as notices."""

    reason: str
    notices: tuple[Notice, ...]


def compare(target: Value, actual: Value, units: UnitTable) -> Comparison | Incomparable:
    """Bring two quantitative values to the target's unit, or say why that cannot be done (EVL-026 … EVL-030)."""
    if actual.unit is None and actual.magnitude == 1 and not (target.unit is None and target.magnitude == 1):
        return _with_the_targets_unit(target, actual)
    if target.unit is None or actual.unit is None:
        return _with_a_unit_missing(target, actual)
    magnitudes = Fraction(actual.magnitude) / Fraction(target.magnitude)
    if target.unit.dimension == actual.unit.dimension:
        factor = magnitudes * Fraction(actual.unit.factor) / Fraction(target.unit.factor)
        same_unit = target.unit.name == actual.unit.name or factor != 1
    elif units.aliased(target.unit, actual.unit):
        factor = magnitudes
        same_unit = False
    else:
        return Incomparable(
            _why_not_convertible(target.unit, actual.unit),
            (notice("EVL-026", u1=unit_text(target), u2=unit_text(actual)),),
        )
    notices = _conversion(target, actual, factor)
    if not same_unit:
        notices = (*notices, notice("EVL-029", u1=target.unit.name, u2=actual.unit.name))
    return _counted(target, actual, factor, notices)


def unit_text(value: Value) -> str:
    """Magnitude and canonical unit of a value as one word: ``万个``, ``秒``, ``%``; empty when it has neither."""
    return value.magnitude_text + (value.unit.name if value.unit else "")


def _with_the_targets_unit(target: Value, actual: Value) -> Comparison | Incomparable:
    """A bare number takes unit and magnitude of the target, unless it looks as if something was left out."""
    number = _number(actual)
    magnitude = Fraction(target.magnitude) * _money_factor(target.unit)
    if magnitude > 1 and abs(number) >= magnitude:
        missing = target.magnitude_text or unit_text(target)
        return Incomparable(f"疑似漏写量级“{missing}”，请补充单位", (notice("EVL-028 magnitude", m=missing),))
    assumed = notice("EVL-028", u=unit_text(target))
    if target.unit is not None and target.unit.name == "%" and 0 < number <= 1 < _number(target):
        shown, hundredfold = plain_number(number), plain_number(number * 100)
        return Incomparable(
            f"“{shown}”疑似按小数填写百分比，请写成{shown}%或{hundredfold}%",
            (assumed, notice("EVL-030", v=shown, v100=hundredfold)),
        )
    return _counted(target, actual, Fraction(1), (assumed,))


def _with_a_unit_missing(target: Value, actual: Value) -> Comparison:
    """Numbers and magnitudes only. ``40万`` for a target in 万元 counts in 元, else the unit is the target's."""
    factor = Fraction(actual.magnitude) / Fraction(target.magnitude)
    if target.unit is not None:
        money_factor = _money_factor(target.unit)
        assumed = target.unit.name if money_factor == 1 else target.unit.base_name
        return _counted(target, actual, factor / money_factor, (notice("EVL-028", u=assumed),))
    if actual.unit is not None:
        return _counted(target, actual, factor, (notice("EVL-028 target", u=actual.unit.name),))
    return _counted(target, actual, factor, _conversion(target, actual, factor))


def _counted(target: Value, actual: Value, factor: Fraction, notices: tuple[Notice, ...]) -> Comparison:
    """Count the actual in the target's unit; ``factor`` is what one unit of the actual is worth in it."""
    actual_text = _as_typed(actual) if unit_text(actual) else plain_number(_number(actual)) + unit_text(target)
    if factor != 1:
        actual_text = f"{_as_typed(actual)} = {_in_target_units(target, actual, factor)}"
    return Comparison(
        target=_number(target),
        actual=_number(actual) * factor,
        target_text=plain_number(_number(target)) + unit_text(target),
        actual_text=actual_text,
        is_ordinal=target.unit is not None and target.unit.dimension.startswith("ordinal"),
        notices=notices,
    )


def _conversion(target: Value, actual: Value, factor: Fraction) -> tuple[Notice, ...]:
    if factor == 1:
        return ()
    return (notice("EVL-027", raw=_as_typed(actual), conv=_in_target_units(target, actual, factor)),)


def _in_target_units(target: Value, actual: Value, factor: Fraction) -> str:
    return plain_number(_number(actual) * factor) + unit_text(target)


def _as_typed(value: Value) -> str:
    return plain_number(_number(value)) + (value.unit_raw or unit_text(value))


def _number(value: Value) -> Fraction:
    assert value.number is not None, "only quantitative values are compared"
    return Fraction(value.number)


def _money_factor(unit: Unit | None) -> Fraction:
    """What the 万 of 万元 is worth: such units carry their magnitude inside."""
    is_money = unit is not None and unit.dimension.startswith("money")
    return Fraction(unit.factor) if unit is not None and is_money else Fraction(1)


def _why_not_convertible(target: Unit, actual: Unit) -> str:
    if {target.dimension, actual.dimension} == {"worktime", "time"}:
        return "工作日与自然日不可换算"
    return f"单位“{target.name}”与“{actual.name}”无法比较"
