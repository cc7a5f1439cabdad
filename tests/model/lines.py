"""One line scored, for the tests of scoring."""

from __future__ import annotations

from model.records import EvaluatedIndicator
from model.scoring import LineScore, score_line
from model.settings import ScoringProfile, Thresholds
from model.values.units import STANDARD

DEFAULT = ScoringProfile()


def scored(
    target: str,
    actual: str,
    points: str = "5",
    profile: ScoringProfile = DEFAULT,
    thresholds: Thresholds = Thresholds(),  # noqa: B008
    **cells: str,
) -> LineScore:
    cells = {"name": "巡检次数", **cells}
    line = EvaluatedIndicator("a", target_text=target, actual_text=actual, points=points, **cells)
    return score_line(line, profile, thresholds, STANDARD)


def rules(line: LineScore) -> list[str]:
    return [notice.rule for notice in line.notices]


def messages(line: LineScore) -> dict[str, str]:
    return {notice.rule: notice.message for notice in line.notices}
