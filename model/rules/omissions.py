"""Lines that are said not to apply: rule EVL-055 (domain.md §6.9, §5.7)."""

from __future__ import annotations

from collections.abc import Iterable

from model.findings import Fix
from model.mends import Rewrite
from model.rules.context import EvaluationView, Line, rewrite
from model.rules.registry import Hit, LineRule, Rule, line_part, noticed_hit, rule
from model.scoring import OMISSION_LABELS, OMISSION_PRINTED, OMISSION_RULE, notice, parse_points, wordings_of

_WORDINGS = wordings_of(OMISSION_RULE)
_EXECUTION_NAME = "预算执行率"


@rule(OMISSION_RULE, _WORDINGS[0][0], *(text for _, text in _WORDINGS))
def form_does_not_apply(form: EvaluationView) -> Iterable[Hit]:
    """Nothing is left to be scored, or the execution line has a score besides the choice that it does not apply."""
    if form.score.total is None and not form.score.open_lines:
        yield _noted("", f"{OMISSION_RULE} all")
    printed = form.content.execution_score.strip()
    if form.score.execution.omission is not None and parse_points(printed) is not None:
        fix = rewrite(form.in_form("execution_score", ""))
        yield _noted("execution_score", f"{OMISSION_RULE} score", fix, name=_EXECUTION_NAME, s=printed)


@line_part(form_does_not_apply)
def line_does_not_apply(line: Line) -> Iterable[Hit]:
    """A line that says 不适用 needs the choice of what becomes of its points, and then a reason and no score."""
    found = next((one for one in line.score.notices if one.rule == OMISSION_RULE), None) if line.score else None
    if found is not None:
        field, fixes = _place(line)
        yield noticed_hit(field, found, fixes)


def _noted(field: str, key: str, *fixes: Fix, **values: str) -> Hit:
    """A hit of the form itself, in the words of one of the notices."""
    return noticed_hit(field, notice(key, **values), fixes)


def _place(line: Line) -> tuple[str, tuple[Fix, ...]]:
    """The cell it is about, and what mends it."""
    assert line.score is not None
    typed = line.evaluated.score.strip()
    if line.score.omission is None:
        return ("score" if typed and parse_points(typed) is None else "actual_text"), tuple(_choices(line))
    if typed:
        return "score", (rewrite(line.cell("score", "")),)
    return "deviation_reason", ()


def _choices(line: Line) -> Iterable[Fix]:
    """Both choices; 不适用 written as 得分 is said by the choice from then on."""
    for omission, label in OMISSION_LABELS.items():
        cells = [line.cell("achievement", omission.value)]
        if line.evaluated.score.strip():
            cells.append(line.cell("score", ""))
        yield Fix(label, OMISSION_PRINTED[omission], Rewrite(tuple(cells)))


RULES: tuple[Rule[EvaluationView] | LineRule, ...] = (form_does_not_apply, line_does_not_apply)
