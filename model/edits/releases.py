"""Printed figures that followed a formula follow it further: they give way when the computed figure changes.

A score, rate or total that a published form printed, or a person typed, is kept as text. Where that text said the
same as the program computes it carries no decision of its own, so an edit that alters the computed figure releases
the text in the same gesture, and undo brings both back.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from model.changes import CellOwner, Part
from model.records import Evaluation, Form, Project
from model.scoring import EvaluationScore, ExecutionScore, format_rate, parse_points, score_evaluation
from model.settings import RateRounding, Settings

_PRINTED = ("execution_rate", "execution_score", "total_points", "total_score")


def stale_texts(before: Project, after: Project, settings: Settings) -> Iterator[tuple[CellOwner, str, str]]:
    """The cells (part, record id, field) that an edit from ``before`` to ``after`` releases."""
    old, new = before.of(Evaluation), after.of(Evaluation)
    if old is None or new is None or (old is new and before.year == after.year) or not _has_printed_figures(old):
        return
    old_score = score_evaluation(old, settings, before.year)
    new_score = score_evaluation(new, settings, after.year)
    lines = _stale_lines(old, new, old_score, new_score)
    yield from ((Part.INDICATOR, indicator_id, "score") for indicator_id in lines)
    execution = _stale_execution(old, new, old_score.execution, new_score.execution)
    yield from ((Form.EVALUATION, after.id, field) for field in execution)
    if lines or execution:
        new_score = score_evaluation(_without(new, lines, execution), settings, after.year)
    yield from ((Form.EVALUATION, after.id, field) for field in _stale_totals(old, new, old_score, new_score))


def _has_printed_figures(evaluation: Evaluation) -> bool:
    return any(getattr(evaluation, field) for field in _PRINTED) or any(line.score for line in evaluation.indicators)


def _stale_lines(old: Evaluation, new: Evaluation, old_score: EvaluationScore, new_score: EvaluationScore) -> list[str]:
    """Lines whose score text equalled the computed score, was left alone, and no longer equals it."""
    typed = {line.id: line.score for line in new.indicators}
    computed = {line.indicator_id: line.computed for line in new_score.lines}
    return [
        line.id
        for line, score in zip(old.indicators, old_score.lines, strict=True)
        if line.score
        and typed.get(line.id) == line.score
        and score.computed is not None
        and parse_points(line.score) == score.computed != computed[line.id]
    ]


def _stale_execution(
    old: Evaluation, new: Evaluation, old_score: ExecutionScore, new_score: ExecutionScore
) -> list[str]:
    stale: list[str] = []
    rate = old_score.rate
    if (
        old.execution_rate == new.execution_rate != ""
        and rate is not None
        and rate != new_score.rate
        and old.execution_rate.strip() in {format_rate(rate, rounding) for rounding in RateRounding}
    ):
        stale.append("execution_rate")
    printed = parse_points(old.execution_score)
    if (
        old.execution_score == new.execution_score
        and printed is not None
        and printed == old_score.computed != new_score.computed
    ):
        stale.append("execution_score")
    return stale


def _without(evaluation: Evaluation, lines: list[str], execution: list[str]) -> Evaluation:
    """The evaluation with those texts already released."""
    indicators = tuple(replace(line, score="") if line.id in lines else line for line in evaluation.indicators)
    execution_score = "" if "execution_score" in execution else evaluation.execution_score
    return replace(evaluation, indicators=indicators, execution_score=execution_score)


def _stale_totals(
    old: Evaluation, new: Evaluation, old_score: EvaluationScore, new_score: EvaluationScore
) -> list[str]:
    figures = (
        ("total_points", old_score.total_points, new_score.total_points),
        ("total_score", old_score.total, new_score.total),
    )
    return [
        field
        for field, before, after in figures
        if getattr(old, field) == getattr(new, field)
        and before is not None
        and parse_points(getattr(old, field)) == before != after
    ]
