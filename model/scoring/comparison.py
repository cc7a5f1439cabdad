"""Bringing the target and the actual value of a quantitative line to one unit (domain.md §6.4, §5.7).

Where a value can be read in two ways and both readings agree on the verdict, the verdict stands; where they do not, a
person is asked which is meant.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from model.quantity import Comparator, Value, in_minutes
from model.scoring.figures import plain_number
from model.scoring.notices import notice
from model.scoring.periods import per_period
from model.scoring.results import Notice
from model.values.units import Unit, UnitTable


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
    """Why target and actual cannot be compared, in words and as notices.

    ``question`` is what a person has to answer, "" when the two can never be compared; ``may_be_judged`` says that a
    level of achievement answers it, too.
    """

    reason: str
    notices: tuple[Notice, ...]
    question: str = ""
    may_be_judged: bool = False


def compare(target: Value, actual: Value, units: UnitTable) -> Comparison | Incomparable:
    """Bring two quantitative values to the target's unit, or say why that cannot be done (EVL-026 … EVL-030)."""
    if actual.unit is None and actual.magnitude == 1 and not (target.unit is None and target.magnitude == 1):
        return _with_the_targets_unit(target, actual)
    if target.unit is None or actual.unit is None:
        return _with_a_unit_missing(target, actual)
    if {target.dimension, actual.dimension} == {"mark", "time"}:
        target, actual = _with_minutes(target, units), _with_minutes(actual, units)
    return _with_both_units(target, actual, units)


def unit_text(value: Value) -> str:
    """Magnitude and canonical unit of a value as one word: ``万个``, ``秒``, ``%``; empty when it has neither."""
    return value.magnitude_text + (value.unit.name if value.unit else "")


def _with_both_units(target: Value, actual: Value, units: UnitTable) -> Comparison | Incomparable:
    assert target.unit is not None, "both sides have a unit"
    assert actual.unit is not None, "both sides have a unit"
    magnitudes = Fraction(actual.magnitude) / Fraction(target.magnitude)
    if target.dimension == actual.dimension:
        factor = magnitudes * Fraction(actual.unit.factor) / Fraction(target.unit.factor)
        same_unit = target.unit.name == actual.unit.name or factor != 1
    elif _one_leaves_out_what_is_counted(target.unit, actual.unit):
        factor = magnitudes * Fraction(actual.unit.factor) / Fraction(target.unit.factor)
        left_out = target if target.unit.name.startswith("/") else actual
        assumed = notice(
            "EVL-028 target" if left_out is target else "EVL-028", u=unit_text(actual if left_out is target else target)
        )
        return _counted(target, actual, factor, (assumed,))
    elif units.aliased(target.unit, actual.unit) or _is_nothing_counted(target.unit, actual):
        factor = magnitudes
        same_unit = False
    else:
        return _of_a_period(target, actual, units) or _different(target, actual)
    notices = _conversion(target, actual, factor)
    if not same_unit:
        notices = (*notices, notice("EVL-029", u1=target.unit.name, u2=actual.unit.name))
    return _counted(target, actual, factor, notices)


def _is_nothing_counted(unit: Unit, actual: Value) -> bool:
    """No case and no piece are the same: 0 of something counted compares with any count."""
    return _number(actual) == 0 and unit.dimension.startswith("count:") and actual.dimension.startswith("count:")


def _one_leaves_out_what_is_counted(target: Unit, actual: Unit) -> bool:
    """28.40/株 and 28.40元/株."""
    is_bare = target.name.startswith("/") != actual.name.startswith("/")
    return is_bare and target.base_name.partition("/")[2] == actual.base_name.partition("/")[2]


def _different(target: Value, actual: Value) -> Incomparable:
    assert target.unit is not None, "both sides have a unit"
    assert actual.unit is not None, "both sides have a unit"
    question = ""
    if not (target.unit.known and actual.unit.known) or "mark" in (target.dimension, actual.dimension):
        question = f"请核对单位：指标值是“{unit_text(target)}”，实际完成值是“{unit_text(actual)}”，应改成同一个单位"
    return Incomparable(
        _why_not_convertible(target.unit, actual.unit),
        (notice("EVL-026", u1=unit_text(target), u2=unit_text(actual)),),
        question,
    )


def _of_a_period(target: Value, actual: Value, units: UnitTable) -> Comparison | Incomparable | None:
    """A rate of a period against a plain amount: 1期/月 against 12期 (domain.md §5.7)."""
    found = per_period(target, actual, units)
    if found is None:
        return None
    notices = (notice("EVL-027 period", text=found.text),)
    if not found.is_sure:
        question = "请核对：项目如果只做了一部分月份，请选择达成等级；否则请把实际完成值写成与指标值相同的单位"
        return Incomparable(found.text, notices, question, may_be_judged=True)
    return Comparison(
        target=found.target,
        actual=found.actual,
        target_text=found.target_text,
        actual_text=_as_typed(actual),
        is_ordinal=False,
        notices=notices,
    )


def _with_the_targets_unit(target: Value, actual: Value) -> Comparison | Incomparable:
    """A bare number takes unit and magnitude of the target, unless it looks as if something was left out."""
    number = _number(actual)
    magnitude = Fraction(target.magnitude) * _money_factor(target.unit)
    if magnitude > 1 and abs(number) >= magnitude:
        missing = target.magnitude_text or unit_text(target)
        reason = f"疑似漏写量级“{missing}”，请补充单位"
        return Incomparable(reason, (notice("EVL-028 magnitude", m=missing),), reason)
    if target.unit is not None and target.unit.periods_a_year:
        return _different_periods_bare(target, actual)
    assumed = notice("EVL-028", u=unit_text(target))
    if target.unit is not None and target.unit.name == "%" and 0 < number <= 1 < _number(target):
        return _as_a_fraction(number, (assumed,))
    return _counted(target, actual, Fraction(1), () if not number else (assumed,))


def _different_periods_bare(target: Value, actual: Value) -> Comparison | Incomparable:
    """A bare number for a rate: in a form of one year 2 is 2次/年; of a month it may be the year's sum as well."""
    assert target.unit is not None, "a rate has a unit"
    assumed = notice("EVL-028", u=unit_text(target))
    once, all_year = _number(target), _number(target) * target.unit.periods_a_year
    if once == all_year or _agree(target.comparator, _number(actual), (once, all_year)):
        return _counted(target, actual, Fraction(1), (assumed,))
    reason = f"“{plain_number(_number(actual))}”没有写单位，可能是每期的数，也可能是全年的数"
    return Incomparable(reason, (assumed,), f"请补充单位：每期的数写“{unit_text(target)}”", may_be_judged=True)


def _as_a_fraction(number: Fraction, notices: tuple[Notice, ...] = ()) -> Incomparable:
    shown, hundredfold = plain_number(number), plain_number(number * 100)
    reason = f"“{shown}”疑似按小数填写百分比，请写成{shown}%或{hundredfold}%"
    return Incomparable(reason, (*notices, notice("EVL-030", v=shown, v100=hundredfold)), reason)


def _with_a_unit_missing(target: Value, actual: Value) -> Comparison | Incomparable:
    """Numbers and magnitudes only. ``40万`` for a target in 万元 counts in 元, else the unit is the target's."""
    factor = Fraction(actual.magnitude) / Fraction(target.magnitude)
    if target.unit is not None:
        money_factor = _money_factor(target.unit)
        assumed = target.unit.name if money_factor == 1 else target.unit.base_name
        return _counted(target, actual, factor / money_factor, (notice("EVL-028", u=assumed),))
    if actual.unit is not None:
        return _with_the_actuals_unit(target, actual, factor)
    return _bare(target, actual, factor)


def _with_the_actuals_unit(target: Value, actual: Value, factor: Fraction) -> Comparison | Incomparable:
    """A target without a unit: 500万 is money beside 520万元, and 0.95 beside 96% is 0.95 % or 95 %."""
    assert actual.unit is not None, "the actual has a unit"
    assumed = (notice("EVL-028 target", u=actual.unit.name),)
    number = _number(target)
    if actual.unit.name == "%" and target.magnitude == 1 and 0 < number <= 1:
        if _agree(target.comparator, _number(actual) * factor, (number, number * 100)):
            return _counted(target, actual, factor / 100, assumed)
        shown, hundredfold = plain_number(number), plain_number(number * 100)
        reason = f"指标值“{shown}”没有写单位，可能是{shown}%，也可能是{hundredfold}%"
        return Incomparable(
            reason,
            (notice("EVL-030 target", v=shown, v100=hundredfold),),
            f"请把指标值写成{shown}%或{hundredfold}%",
        )
    whole = factor * _money_factor(actual.unit)
    if whole == 1 or target.magnitude != 1:
        return _counted(target, actual, whole, assumed)
    if number >= whole > 1:
        return _counted(target, actual, whole, assumed)  # 50000 beside 6万次 is no 50000万次
    # 500 beside 520万元: in the same unit, or in 元? Where the verdicts differ, a person has to say.
    if _agree(target.comparator, _number(actual), (number, number / whole)):
        return _counted(target, actual, Fraction(1), assumed)
    unit = unit_text(actual)
    return Incomparable(
        f"指标值“{plain_number(number)}”没有写单位，可能是{plain_number(number)}{unit}，也可能漏写了量级",
        assumed,
        f"请给指标值补上单位，例如“{plain_number(number)}{unit}”",
    )


def _bare(target: Value, actual: Value, factor: Fraction) -> Comparison | Incomparable:
    """Two numbers without units: one of them a share in decimals, the other in per cent?"""
    wanted, done = _number(target), _number(actual)
    if target.magnitude == actual.magnitude == 1:
        is_fraction_done = 0 < done < 1 and _LEAST_PERCENT <= wanted <= _WHOLE
        is_fraction_wanted = 0 < wanted < 1 and _LEAST_PERCENT <= done <= _WHOLE
        hundredfold = done * 100 if is_fraction_done else done / 100
        if (is_fraction_done or is_fraction_wanted) and not _same_verdict(
            target.comparator, wanted, (done, hundredfold)
        ):
            if is_fraction_done:
                return _as_a_fraction(done)
            shown, other = plain_number(wanted), plain_number(wanted * 100)
            reason = f"指标值“{shown}”与实际完成值“{plain_number(done)}”可能一个是小数、一个是百分数"
            return Incomparable(
                reason, (notice("EVL-030 target", v=shown, v100=other),), f"请把指标值写成{shown}%或{other}%"
            )
    return _counted(target, actual, factor, _conversion(target, actual, factor))


_LEAST_PERCENT, _WHOLE = 10, 100


def _agree(comparator: Comparator | None, actual: Fraction, targets: tuple[Fraction, Fraction]) -> bool:
    """Whether a number meets both readings of a target. Both missed would give two different scores."""
    return all(_meets(comparator, actual, target) for target in targets)


def _same_verdict(comparator: Comparator | None, target: Fraction, actuals: tuple[Fraction, Fraction]) -> bool:
    return all(_meets(comparator, actual, target) for actual in actuals)


def _meets(comparator: Comparator | None, actual: Fraction, target: Fraction) -> bool:
    if comparator is not None and comparator.is_negative:
        return actual <= target
    return actual >= target


def _with_minutes(value: Value, units: UnitTable) -> Value:
    return in_minutes(value, units) if value.dimension == "mark" else value


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
