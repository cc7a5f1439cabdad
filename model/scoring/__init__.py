"""Scoring of a self-evaluation as switchable profiles of a budget year (domain.md §6). Exact arithmetic throughout."""

from model.scoring.execution import NO_RATE, format_rate, score_execution
from model.scoring.figures import format_points, format_total, parse_points, plain_number, q2, valid_points
from model.scoring.levels import level_named
from model.scoring.line import score_line
from model.scoring.notices import EVL_MESSAGES
from model.scoring.qualitative import ACHIEVEMENT_LABELS, ACHIEVEMENT_TITLES, Band, band_range, same_words
from model.scoring.quantitative import suggests_all_or_nothing
from model.scoring.reduction import suggested_reduction
from model.scoring.results import EvaluationScore, ExecutionScore, LevelScore, LineScore, Notice, Status
from model.scoring.totals import grade, score_evaluation

__all__ = [
    "ACHIEVEMENT_LABELS",
    "ACHIEVEMENT_TITLES",
    "EVL_MESSAGES",
    "NO_RATE",
    "Band",
    "EvaluationScore",
    "ExecutionScore",
    "LevelScore",
    "LineScore",
    "Notice",
    "Status",
    "band_range",
    "format_points",
    "format_rate",
    "format_total",
    "grade",
    "level_named",
    "parse_points",
    "plain_number",
    "q2",
    "same_words",
    "score_evaluation",
    "score_execution",
    "score_line",
    "suggested_reduction",
    "suggests_all_or_nothing",
    "valid_points",
]
