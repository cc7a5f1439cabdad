"""The self-evaluation against the declaration of the same project: rule EVL-052 (domain.md §9.7; EVL-020 of §9.5)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from model.findings import Severity
from model.quantity import Comparator, Kind, Value
from model.rules.context import DeclarationView, EvaluationView
from model.rules.registry import Hit, Rule, hit, rule
from model.values.matching import matching_name
from model.years import same_lines

WARNING = Severity.WARNING
_SHOWN = 12
_NAMED = 5


_GOAL_OR_TARGET, _MISSING, _ADDED = range(3)


@rule(
    "EVL-052",
    WARNING,
    "与申报表不一致：{a} → {b}。",
    "申报表有{n}条指标在自评表中没有：{names}。",
    "“{name}”不在申报表中，请核对。",
)
def declaration_says_otherwise(form: EvaluationView) -> Iterable[Hit]:
    """The project's declaration says another goal or another target of a line, has more lines or fewer.

    How a value or a name is spelled doesn't count (domain.md §8.4), nor a cell that is blank on one side. No fix: which
    of both was approved only a person knows.
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
    yield from _lines_beside(form, form.declared)


def _lines_beside(form: EvaluationView, declared: DeclarationView) -> Iterator[Hit]:
    named = [line for line in form.lines if line.indicator.name.strip()]
    same = same_lines((line.indicator for line in named), (line.indicator for line in declared.lines))
    declared_by_id = {line.id: line for line in declared.lines}
    if not named or not any(line.indicator.name.strip() for line in declared.lines):
        return  # one of both is still to be filled in
    for line in named:
        if line.id not in same:
            yield hit("name", line=line.id, variant=_ADDED, name=line.name)
            continue
        target = declared_by_id[same[line.id].id].target
        if _differ(target, line.target):
            yield hit("target_text", line=line.id, a=target.raw.strip(), b=line.target.raw.strip())
    known = {line.id for line in same.values()}
    missing = [line.name for line in declared.lines if line.indicator.name.strip() and line.id not in known]
    if missing:
        names = "".join(f"“{name}”" for name in missing[:_NAMED]) + ("等" if len(missing) > _NAMED else "")
        yield hit("", variant=_MISSING, n=len(missing), names=names)


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
