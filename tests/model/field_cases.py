"""The cases from the field (domain.md §5.7): inputs of other units and regions with their right values."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from model.quantity import Kind, Value, figures_in
from model.values.units import STANDARD, UnitExpression

CASES = Path(__file__).parent.parent / "fixtures" / "cases"


def cases(name: str) -> list[dict[str, Any]]:
    """The rows of one file of cases."""
    rows: list[dict[str, Any]] = json.loads((CASES / f"{name}.json").read_text(encoding="utf-8"))
    return rows


def as_a_case(value: Value) -> dict[str, Any]:
    """What a value was read as, in the words of notations.json."""
    match value.kind:
        case Kind.QUANT:
            return _figure("quantity", value.comparator, value.number, value)
        case Kind.RANGE:
            return {"kind": "range", "low": str(value.low), "high": str(value.high), "unit": unit_text(value)}
        case Kind.RATIO:
            ratio = ":".join(f"{number:f}" for number in value.ratio)
            return {"kind": "ratio", "comparator": str(value.comparator or ""), "ratio": ratio}
        case Kind.DEADLINE:
            return {"kind": "deadline", "due": str(value.due_date)}
        case Kind.RANK:
            return {"kind": "rank", "number": str(value.rank_limit), "unit": "%" if value.rank_percent else ""}
        case Kind.MISSING:
            return {"kind": "blank"}
    figures = figures_in(value, STANDARD)
    if value.malformed:
        return {"kind": "malformed"}
    if not figures:
        return {"kind": "words", "comparator": "", "number": None, "unit": ""}
    return _figure("words_with_number", figures[0].comparator, figures[0].number, figures[0])


def unit_text(value: Any) -> str:
    """The canonical unit with the written magnitude before it: 万株, 元/人·月."""
    expression = UnitExpression(value.magnitude, value.magnitude_text, value.unit)
    return expression.magnitude_text + (expression.unit.name if expression.unit else "")


def _figure(kind: str, comparator: Any, number: Any, of: Any) -> dict[str, Any]:
    return {"kind": kind, "comparator": str(comparator or ""), "number": str(number), "unit": unit_text(of)}
