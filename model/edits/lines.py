"""Edits of whole indicator lines: adding, deleting, moving, putting under a level and sorting."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from model.changes import DeleteIndicator, MoveIndicator, ProjectChange
from model.edits.gesture import Gesture
from model.records import Form, Indicator, Project
from model.settings import Settings
from model.values.taxonomy import canonical_level1, canonical_level2, level1_of, order_key


def insert_line(
    project: Project, form: Form, position: int, indicator: Indicator, settings: Settings
) -> tuple[ProjectChange, ...]:
    """Add a line at a position (0 = first; out of range counts as the nearest end) of a form that was started."""
    if project.form(form) is None:
        return ()
    gesture = Gesture(project)
    position = max(0, min(position, len(project.indicators(form))))
    gesture.insert(form, position, indicator)
    return gesture.finish(settings)


def add_under(project: Project, form: Form, indicator: Indicator, settings: Settings) -> tuple[ProjectChange, ...]:
    """Add a line under the 二级指标 it names, behind the lines that stand there (:func:`place_under`)."""
    position = place_under(project.indicators(form), indicator.level1, indicator.level2)
    return insert_line(project, form, position, indicator, settings)


def move_under(
    project: Project, ids: Iterable[str], level1: str, level2: str, settings: Settings
) -> tuple[ProjectChange, ...]:
    """Put lines under a 二级指标 one after the other, behind the lines that stand there (:func:`place_under`)."""
    gesture = Gesture(project)
    for indicator_id in ids:
        put_under(gesture, indicator_id, level1, level2)
    return gesture.finish(settings)


def delete_lines(project: Project, ids: Iterable[str], settings: Settings) -> tuple[ProjectChange, ...]:
    """Take lines out of whichever form holds them; ids the project does not have are passed over."""
    gesture = Gesture(project)
    for indicator_id in dict.fromkeys(ids):
        place = gesture.project.find_indicator(indicator_id)
        if place is not None:
            form, position = place
            gesture.add(DeleteIndicator(project.id, form, position, gesture.project.indicators(form)[position]))
    return gesture.finish(settings)


def add_beside(
    project: Project, indicator_id: str, line: Indicator, settings: Settings, *, above: bool
) -> tuple[ProjectChange, ...]:
    """Add a line above or below another one, under the levels of that one."""
    place = project.find_indicator(indicator_id)
    if place is None:
        return ()
    form, position = place
    beside = project.indicators(form)[position]
    line = replace(line, level1=beside.level1, level2=beside.level2)
    return insert_line(project, form, position if above else position + 1, line, settings)


def move_line(project: Project, indicator_id: str, delta: int, settings: Settings) -> tuple[ProjectChange, ...]:
    """Move a line up (negative) or down, as far as its form goes."""
    place = project.find_indicator(indicator_id)
    if place is None:
        return ()
    gesture = Gesture(project)
    _move(gesture, indicator_id, max(0, min(place[1] + delta, len(project.indicators(place[0])) - 1)))
    return gesture.finish(settings)


def move_within_level(
    project: Project, ids: Iterable[str], delta: int, settings: Settings
) -> tuple[ProjectChange, ...]:
    """Move lines of one form one up (-1) or down (+1) within their 二级指标; nothing when one is at its edge."""
    gesture = Gesture(project)
    places = {place: line_id for line_id in ids if (place := project.find_indicator(line_id)) is not None}
    for (form, position), line_id in sorted(places.items(), reverse=delta > 0):
        lines, target = gesture.project.indicators(form), position + delta
        if not 0 <= target < len(lines) or _levels(lines[target]) != _levels(lines[position]):
            return ()
        _move(gesture, line_id, target)
    return gesture.finish(settings)


def sort_indicators(project: Project, form: Form, settings: Settings) -> tuple[ProjectChange, ...]:
    """Put the lines in taxonomy order (domain.md §4.1); lines of one second level keep their order."""
    gesture = Gesture(project)
    put_in_order(gesture, form)
    return gesture.finish(settings)


def put_in_order(gesture: Gesture, form: Form) -> None:
    """Sort the lines of a form as part of a gesture."""
    wanted = sorted(gesture.project.indicators(form), key=lambda line: order_key(line.level1, line.level2))
    for target, line in enumerate(wanted):
        _move(gesture, line.id, target)


def put_under(gesture: Gesture, indicator_id: str, level1: str, level2: str) -> None:
    """Put a line under a 二级指标, at :func:`place_under`. A line that stands under it stays where it is."""
    place = gesture.project.find_indicator(indicator_id)
    if place is None:
        return
    form, source = place
    lines = gesture.project.indicators(form)
    if _levels(lines[source]) != (level1, level2):
        _move(gesture, indicator_id, place_under((*lines[:source], *lines[source + 1 :]), level1, level2))
        gesture.set_line(indicator_id, "level1", level1)
        gesture.set_line(indicator_id, "level2", level2)


def place_under(lines: Sequence[Indicator], level1: str, level2: str) -> int:
    """Where a line comes to stand that is put under a 二级指标: behind the last line of it.

    Lines spelled alike count before those that mean the same (效益 and 效益指标). Where there is none yet, it is behind
    the last line the official order prints before it (domain.md §4.1); under labels that are not official, at the end.
    """
    wanted = _official(level1, level2)
    spelled = [at for at, line in enumerate(lines) if _levels(line) == (level1, level2)]
    same = [at for at, line in enumerate(lines) if wanted is not None and _official(line.level1, line.level2) == wanted]
    if spelled or same:
        return (spelled or same)[-1] + 1
    if wanted is None:
        return len(lines)
    order = order_key(*wanted)
    official = ((at, _official(line.level1, line.level2)) for at, line in enumerate(lines))
    return max((at + 1 for at, levels in official if levels is not None and order_key(*levels) < order), default=0)


def _levels(line: Indicator) -> tuple[str, str]:
    return line.level1, line.level2


def _official(level1: str, level2: str) -> tuple[str, str] | None:
    """Both levels in today's names, None when they are not official or do not belong together."""
    name1, name2 = canonical_level1(level1), canonical_level2(level2)
    return (name1, name2) if name1 and name2 and level1_of(name2) == name1 else None


def _move(gesture: Gesture, indicator_id: str, target: int) -> None:
    place = gesture.project.find_indicator(indicator_id)
    if place is not None and place[1] != target:
        gesture.add(MoveIndicator(gesture.project.id, place[0], place[1], target))
