"""失分: what the lines of a self-evaluation miss of their points."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from model.scoring.results import EvaluationScore, ExecutionScore, LineScore


@dataclass(frozen=True, slots=True)
class Loss:
    """What one line misses; ``indicator_id`` is "" for the execution of the budget."""

    indicator_id: str
    points: Decimal


def losses(score: EvaluationScore) -> tuple[Loss, ...]:
    """Every line that was scored and misses points, the one that costs most first; lines still open cost nothing."""
    parts: list[tuple[str, LineScore | ExecutionScore]] = [("", score.execution)]
    parts += [(line.indicator_id, line) for line in score.lines]
    found = [Loss(key, missed) for key, part in parts if (missed := _missed(part))]
    return tuple(sorted(found, key=lambda loss: -loss.points))


def _missed(part: LineScore | ExecutionScore) -> Decimal:
    if part.points is None or part.score is None:
        return Decimal(0)
    return max(Decimal(0), part.points - part.score)
