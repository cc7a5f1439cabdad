"""What a clerk means to do, turned into changes. Pure: ids are passed in, nothing is written, () means no change."""

from model.edits.blocks import (
    Block,
    Pasted,
    Target,
    clear_block,
    fill_block,
    fill_right,
    paste_block,
    write_everywhere,
)
from model.edits.cells import explain, explain_all, set_cell
from model.edits.copying_to_year import Moved, Targets, add_copies, copy_to_year, moved_texts
from model.edits.forms import (
    bring_form,
    new_project,
    remove_form,
    remove_project,
    start_form,
)
from model.edits.gesture import line_of
from model.edits.library import forget_decisions, insert_entries, keep_entries, named_after, remove_entries, take_entry
from model.edits.lines import (
    add_beside,
    add_under,
    delete_lines,
    insert_line,
    move_line,
    move_under,
    move_within_level,
    sort_indicators,
)
from model.edits.mending import mend
from model.edits.pasting import UNPRINTED
from model.edits.replacing import Hit, Search, Stretch, folded, hits, replace_hits, searching
from model.edits.scores import (
    adopt_computed_scores,
    adopt_reduction,
    distribute_points,
    infer_achievements,
    set_setting_changes,
)

__all__ = [
    "UNPRINTED",
    "Block",
    "Hit",
    "Moved",
    "Pasted",
    "Search",
    "Stretch",
    "Target",
    "Targets",
    "add_beside",
    "add_copies",
    "add_under",
    "adopt_computed_scores",
    "adopt_reduction",
    "bring_form",
    "clear_block",
    "copy_to_year",
    "delete_lines",
    "distribute_points",
    "explain",
    "explain_all",
    "fill_block",
    "fill_right",
    "folded",
    "forget_decisions",
    "hits",
    "infer_achievements",
    "insert_entries",
    "insert_line",
    "keep_entries",
    "line_of",
    "mend",
    "move_line",
    "move_under",
    "move_within_level",
    "moved_texts",
    "named_after",
    "new_project",
    "paste_block",
    "remove_entries",
    "remove_form",
    "remove_project",
    "replace_hits",
    "searching",
    "set_cell",
    "set_setting_changes",
    "sort_indicators",
    "start_form",
    "take_entry",
    "write_everywhere",
]
