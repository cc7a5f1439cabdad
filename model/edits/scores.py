"""Edits of points and scores: 平均分配, taking over computed scores, accepting a suggested reduction; and settings."""

from __future__ import annotations

from model.changes import ProjectChange, SetSetting
from model.edits.gesture import Gesture, line_of
from model.records import EvaluatedIndicator, Evaluation, Form, Project
from model.scoring import format_points, level_of_score, parse_points, score_evaluation, score_line
from model.settings import Settings
from model.values.taxonomy import canonical_level1
from model.values.units import STANDARD
from model.weights import EXECUTION, distribute_evaluation, expected_weights

_PRINTED_EXECUTION = ("execution_rate", "execution_score")
_PRINTED_TOTALS = ("total_points", "total_score")


def adopt_computed_scores(project: Project, settings: Settings) -> tuple[ProjectChange, ...]:
    """Let the computed figure count wherever there is one, instead of a typed or printed score, rate or total."""
    evaluation = project.of(Evaluation)
    if evaluation is None:
        return ()
    gesture = Gesture(project)
    score = score_evaluation(evaluation, settings, project.year)
    for line in score.lines:
        if line.computed is not None:
            gesture.set_line(line.indicator_id, "score", "")
    stale = list(_PRINTED_TOTALS)
    if score.execution.computed is not None:
        stale.extend(_PRINTED_EXECUTION)
    for field in stale:
        gesture.set(Form.EVALUATION, project.id, field, "")
    return gesture.finish(settings)


def infer_achievements(project: Project, settings: Settings) -> tuple[ProjectChange, ...]:
    """全部按得分推定: every line that waits for a level of achievement takes the one its printed score says.

    The scores stay as they are printed; a line whose actual value names another level stays open.
    """
    gesture = Gesture(project)
    infer_levels(gesture, settings)
    return gesture.finish(settings)


def infer_levels(gesture: Gesture, settings: Settings) -> None:
    """全部按得分推定 as part of a gesture."""
    project = gesture.project
    evaluation = project.of(Evaluation)
    if evaluation is None:
        return
    score = score_evaluation(evaluation, settings, project.year)
    for indicator, line in zip(evaluation.indicators, score.lines, strict=True):
        level = level_of_score(indicator, line, settings.profile(project.year))
        if level is not None:
            gesture.set_line(indicator.id, "achievement", level.value)


def distribute_points(project: Project, settings: Settings) -> tuple[ProjectChange, ...]:
    """平均分配: the points of every line and of the execution line by the weight profile of the year."""
    gesture = Gesture(project)
    share_points(gesture, settings)
    return gesture.finish(settings)


def share_points(gesture: Gesture, settings: Settings) -> None:
    """平均分配 as part of a gesture."""
    project = gesture.project
    evaluation = project.of(Evaluation)
    if evaluation is None:
        return
    profile = settings.profile(project.year)
    level1_present = {canonical_level1(line.level1) or "" for line in evaluation.indicators}
    weights = expected_weights(profile, level1_present)
    for indicator_id, points in distribute_evaluation(evaluation, profile).items():
        line = line_of(project, indicator_id)
        if isinstance(line, EvaluatedIndicator) and parse_points(line.points) != points:
            gesture.set_line(indicator_id, "points", format_points(points))
    if parse_points(evaluation.execution_points) != weights[EXECUTION]:
        gesture.set(Form.EVALUATION, project.id, "execution_points", format_points(weights[EXECUTION]))


def adopt_reduction(project: Project, indicator_id: str, settings: Settings) -> tuple[ProjectChange, ...]:
    """Take the score suggested for an over-achieved line (domain.md §6.7); nothing when none is suggested."""
    line = line_of(project, indicator_id)
    if not isinstance(line, EvaluatedIndicator):
        return ()
    units = STANDARD.with_own(settings.own_units)
    profile = settings.profile(project.year)
    reduction = score_line(line, profile, settings.thresholds, units, project.year).reduction
    if reduction is None:
        return ()
    gesture = Gesture(project)
    gesture.set_line(indicator_id, "score", format_points(reduction))
    return gesture.finish(settings)


def set_setting_changes(old: Settings, new: Settings) -> tuple[SetSetting, ...]:
    """The changes that turn one set of settings into another."""
    before, after = old.to_texts(), new.to_texts()
    keys = [*before, *(key for key in after if key not in before)]
    return tuple(
        SetSetting(key, before.get(key, ""), after.get(key, ""))
        for key in keys
        if before.get(key, "") != after.get(key, "")
    )
