"""``score``: every self-evaluation line by line with its explanation, as text or as JSON."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from model.records import EvaluatedIndicator, Evaluation, Form, Project
from model.scoring import EvaluationScore, LineScore, Status, format_points, score_evaluation
from storage.interchange import one_line
from storage.store.sqlite import Store
from storage.verbs.opened import opened_to_read
from storage.verbs.streams import Say

_AT_ONCE = 200
_OPEN = "—"
_STATUSES = {
    Status.MET: "达标",
    Status.OVER: "超出目标",
    Status.BORDER: "等于界值",
    Status.UNMET: "未达标",
    Status.OMITTED: "不适用",
    Status.MANUAL: "待打分",
    Status.JUDGE: "待评定等级",
    Status.PENDING: "待填实际完成值",
    Status.ERROR: "无法比较",
}


def score_store(arguments: argparse.Namespace, say: Say, warn: Say) -> None:
    """Say how every self-evaluation of ``store`` is scored. Raises UserError when it cannot be opened."""
    with opened_to_read(arguments.store, warn) as store:
        scored = _scores(store)
        if arguments.json:
            evaluations = [_document(project, evaluation, score) for project, evaluation, score in scored]
            say(json.dumps({"evaluations": evaluations}, ensure_ascii=False, indent=1))
            return
        for project, evaluation, score in scored:
            for line in _lines(project, evaluation, score):
                say(one_line(line))


def _scores(store: Store) -> Iterator[tuple[Project, Evaluation, EvaluationScore]]:
    """Every self-evaluation with its score, a few projects in memory at a time."""
    settings = store.settings()
    ids = [summary.id for summary in store.summaries() if Form.EVALUATION in summary.forms]
    for start in range(0, len(ids), _AT_ONCE):
        for project in store.projects(ids=ids[start : start + _AT_ONCE]):
            evaluation = project.of(Evaluation)
            if evaluation is not None:
                yield project, evaluation, score_evaluation(evaluation, settings, project.year)


def _document(project: Project, evaluation: Evaluation, score: EvaluationScore) -> dict[str, Any]:
    return {
        "project_name": project.project_name,
        "year": project.year,
        "indicators": [
            _line_document(indicator, line) for indicator, line in zip(evaluation.indicators, score.lines, strict=True)
        ],
        "execution_rate": score.execution.rate_text if score.execution.rate is not None else None,
        "execution_score": _figure(score.execution.score),
        "total": score.total_text if score.total is not None else None,
        "grade": score.grade,
        "full_points": format_points(score.full_points),
        "note": score.note or None,
    }


def _line_document(indicator: EvaluatedIndicator, line: LineScore) -> dict[str, Any]:
    return {
        "name": indicator.name,
        "points": _figure(line.points),
        "published": indicator.score or None,
        "computed": _figure(line.computed),
        "status": line.status.value,
        "explanation": line.explanation,
    }


def _figure(value: Decimal | None) -> str | None:
    return None if value is None else format_points(value)


def _lines(project: Project, evaluation: Evaluation, score: EvaluationScore) -> Iterator[str]:
    yield f"{project.year} {project.project_name}"
    for number, (indicator, line) in enumerate(zip(evaluation.indicators, score.lines, strict=True), start=1):
        published = f"，表上得分 {indicator.score}" if indicator.score else ""
        yield (
            f"  {number}. {indicator.name}：分值 {_figure(line.points) or _OPEN}，"
            f"计算得分 {_figure(line.computed) or _OPEN}{published}，{_STATUSES[line.status]}。{line.explanation}"
        )
    yield (
        f"  预算执行率 {score.execution.rate_text}，得分 {_figure(score.execution.score) or _OPEN}。"
        f"{score.execution.explanation}"
    )
    note = f"（{score.note}）" if score.note else ""
    yield f"  总分 {score.total_text}，等次 {score.grade or _OPEN}{note}"
