"""失分: what each line of a self-evaluation misses, and the total while lines are open."""

from __future__ import annotations

from decimal import Decimal

from model.records import EvaluatedIndicator, Evaluation
from model.scoring import Loss, losses, score_evaluation
from model.settings import Settings


def line(line_id: str, actual: str, points: str = "20") -> EvaluatedIndicator:
    return EvaluatedIndicator(
        line_id, "产出指标", "数量指标", name=line_id, target_text=">=10次", actual_text=actual, points=points
    )


LINES = (line("a", "9次"), line("b", "10次"), line("c", "5次"), line("d", ""))


def test_that_the_line_that_costs_most_comes_first_and_open_lines_cost_nothing() -> None:
    evaluation = Evaluation(indicators=LINES, adjusted_total="100", executed_total="90", execution_points="10")
    score = score_evaluation(evaluation, Settings(), 2026)
    assert losses(score) == (Loss("c", Decimal("10.00")), Loss("a", Decimal("2.00")), Loss("", Decimal("1.00")))
    assert score.total is None
    assert score.so_far == Decimal("57.00")


def test_that_a_total_so_far_is_none_until_something_is_scored() -> None:
    nothing = Evaluation(indicators=(line("d", ""),), execution_points="10")
    assert score_evaluation(nothing, Settings(), 2026).so_far is None
    assert score_evaluation(Evaluation(indicators=(line("c", "0次"),)), Settings(), 2026).so_far == Decimal("0.00")
    executed = Evaluation(adjusted_total="100", executed_total="90", execution_points="10", indicators=(line("d", ""),))
    assert score_evaluation(executed, Settings(), 2026).so_far == Decimal("9.00")


def test_that_a_line_without_points_costs_nothing() -> None:
    score = score_evaluation(Evaluation(indicators=(line("a", "5次", points=""),)), Settings(), 2026)
    assert losses(score) == ()
