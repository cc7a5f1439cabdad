"""Scoring of a self-evaluation as switchable profiles of a budget year (domain.md §6). Exact arithmetic throughout."""

from model.scoring.execution import BEFORE_OMISSIONS, EXECUTION_CHOICES, NO_RATE, format_rate, score_execution
from model.scoring.figures import format_points, format_total, parse_points, plain_number, q2, valid_points
from model.scoring.levels import level_named, level_of_score
from model.scoring.line import score_line
from model.scoring.losses import Loss, losses
from model.scoring.notices import EVL_MESSAGES, notice, wordings_of
from model.scoring.omissions import (
    NOT_APPLICABLE,
    OMISSION_LABELS,
    OMISSION_PRINTED,
    OMISSION_RULE,
    is_total_note,
    omission_of,
    omission_printed,
)
from model.scoring.qualitative import ACHIEVEMENT_LABELS, ACHIEVEMENT_TITLES, Band, band_range, same_words
from model.scoring.quantitative import suggests_all_or_nothing
from model.scoring.reduction import suggested_reduction
from model.scoring.results import EvaluationScore, ExecutionScore, LevelScore, LineScore, Notice, Status
from model.scoring.totals import grade, score_evaluation

__all__ = [
    "ACHIEVEMENT_LABELS",
    "ACHIEVEMENT_TITLES",
    "BEFORE_OMISSIONS",
    "EVL_MESSAGES",
    "EXECUTION_CHOICES",
    "NOT_APPLICABLE",
    "NO_RATE",
    "OMISSION_LABELS",
    "OMISSION_PRINTED",
    "OMISSION_RULE",
    "Band",
    "EvaluationScore",
    "ExecutionScore",
    "LevelScore",
    "LineScore",
    "Loss",
    "Notice",
    "Status",
    "band_range",
    "format_points",
    "format_rate",
    "format_total",
    "grade",
    "is_total_note",
    "level_named",
    "level_of_score",
    "losses",
    "notice",
    "omission_of",
    "omission_printed",
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
    "wordings_of",
]
