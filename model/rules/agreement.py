"""The self-evaluation against the declaration of the same project: rule EVL-052 (domain.md §9.7; EVL-020 of §9.5)."""

from __future__ import annotations

from collections.abc import Iterable

from model.findings import Severity
from model.quantity import Comparator, Kind, Value
from model.rules.context import EvaluationView
from model.rules.registry import Hit, Rule, hit, rule
from model.values.matching import matching_name

WARNING = Severity.WARNING
_SHOWN = 12


@rule("EVL-052", WARNING, "与申报表不一致：{a} → {b}。")
def declaration_says_otherwise(form: EvaluationView) -> Iterable[Hit]:
    """The project's declaration says another goal, or another target under the same 二级指标 and name.

    How a value is spelled doesn't count, nor a cell that is blank on one side. No fix: which of both was approved only
    a person knows.
    """
    if form.declared is None:
        return
    declared, expected = (
        matching_name(form.declared.content.annual_goal),
        matching_name(form.content.expected_goal),
    )
    if declared and expected and declared != expected:
        a, b = _where_they_part(declared, expected)
        yield hit("expected_goal", a=a, b=b)
    targets = {(line.level2, matching_name(line.indicator.name)): line.target for line in form.declared.lines}
    for line in form.lines:
        target = targets.get((line.level2, matching_name(line.indicator.name)))
        if target is not None and line.indicator.name.strip() and _differ(target, line.target):
            yield hit("target_text", line=line.id, a=target.raw.strip(), b=line.target.raw.strip())


def _differ(one: Value, other: Value) -> bool:
    if Kind.MISSING in (one.kind, other.kind):
        return False
    if one.kind is other.kind is Kind.QUANT:
        compared = (one.comparator or Comparator.EQ) != (other.comparator or Comparator.EQ)
        return compared or (one.base, one.dimension, one.unit is None) != (
            other.base,
            other.dimension,
            other.unit is None,
        )
    return matching_name(one.raw) != matching_name(other.raw)


def _where_they_part(one: str, other: str) -> tuple[str, str]:
    """A few characters of both goals from where they begin to differ."""
    pairs = enumerate(zip(one, other, strict=False))
    start = next((at for at, (a, b) in pairs if a != b), min(len(one), len(other)))
    start = max(0, start - _SHOWN // 3)
    shown = (text[start : start + _SHOWN] or "（无）" for text in (one, other))
    a, b = (f"“…{text}…”" for text in shown)
    return a, b


RULES: tuple[Rule[EvaluationView], ...] = (declaration_says_otherwise,)
