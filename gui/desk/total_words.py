"""What is said of the total of a self-evaluation: what it is, or what it comes to so far and what has no score yet."""

from __future__ import annotations

from model.scoring import EvaluationScore, format_total


def total_words(score: EvaluationScore) -> str:
    """The total, or what it comes to so far; a dash where there is nothing to add up yet."""
    if score.total is None and score.so_far is not None:
        return format_total(score.so_far)
    return "—" if score.open_lines else score.total_text


def unscored_words(score: EvaluationScore) -> str:
    """How many lines have no score yet, in a word of its own beside 待填; "" where all have one."""
    return f"{score.open_lines} 项待计分" if score.open_lines else ""


def total_said(score: EvaluationScore) -> str:
    """The total with its name, which is 暂计 while lines are open."""
    is_provisional = score.total is None and score.so_far is not None
    return f"{'暂计' if is_provisional else '总分'} {total_words(score)}"
