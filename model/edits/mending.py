"""What quick fixes do: each is computed when it is pressed, against the project as it then is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from model.changes import Change
from model.edits.gesture import Gesture
from model.edits.lines import put_in_order, put_under
from model.edits.scores import infer_levels, set_setting_changes, share_points
from model.findings import Fix
from model.mends import AddUnit, InferLevels, PutUnder, Rewrite, SharePoints, SortLines
from model.records import Project
from model.settings import Settings


def mend(fixes: Iterable[Fix], project: Project, settings: Settings) -> tuple[Change, ...]:
    """Do one fix, or several as one gesture, with the totals and printed figures that follow.

    A fix that no longer fits (its line is gone, its cell holds another text) does nothing; () when none did anything.
    """
    gesture, wanted = Gesture(project), settings
    for fix in fixes:
        match fix.mend:
            case Rewrite() as mend:
                _rewrite(gesture, mend)
            case SortLines(form=form):
                put_in_order(gesture, form)
            case PutUnder(indicator_id=indicator_id, level1=level1, level2=level2):
                put_under(gesture, indicator_id, level1, level2)
            case SharePoints():
                share_points(gesture, settings)
            case InferLevels():
                infer_levels(gesture, settings)
            case AddUnit(name=name) if name not in wanted.own_units:
                wanted = replace(wanted, own_units=(*wanted.own_units, name))
    return (*gesture.finish(settings), *set_setting_changes(settings, wanted))


def _rewrite(gesture: Gesture, mend: Rewrite) -> None:
    if all(gesture.text(cell.part, cell.record_id, cell.field) == cell.read for cell in mend.cells):
        for cell in mend.cells:
            gesture.set(cell.part, cell.record_id, cell.field, cell.text)
