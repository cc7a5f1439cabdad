"""Whether two texts say the same, which every quick fix has to (domain.md §5.8, law 1)."""

from __future__ import annotations

import re

from model.quantity.normalisation import normalise
from model.quantity.value import Comparator, Constraint, Kind, Value

_NO_WORD = re.compile(r"[\W_]+")
# Words of doing that an indicator's name leaves out; a word that compares, limits or counts again is none of them.
_DOING = re.compile("已|共|完成|实现|形成|达到|达|的")


def same_meaning(one: Value, other: Value) -> bool:
    """Whether two values have the same comparator, number, unit and remaining words.

    No comparator is ``=`` (VAL-005), and words that say none are 0.
    """
    if Kind.QUANT in (one.kind, other.kind):
        return _facts(one) == _facts(other)
    return one.kind is other.kind and normalise(one.raw) == normalise(other.raw)


def words_are_in(value: Value, figure: Constraint, name: str) -> bool:
    """Whether everything a text says besides one figure is in the name of its line, so that the figure may stand alone:
    形成优秀案例≥10项 of a line 优秀案例数. Another number has to be in the name, too."""
    rest = normalise(value.raw).replace(figure.text, " ", 1)
    return all(word in name for word in _NO_WORD.split(_DOING.sub(" ", rest)) if word)


def _facts(value: Value) -> tuple[object, ...]:
    """What is compared; a value that is no quantity has no base, every quantity has one."""
    if value.is_nothing:
        return Comparator.EQ, 0, "", ""
    return value.comparator or Comparator.EQ, value.base, value.dimension, value.before + value.after
