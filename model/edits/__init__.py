"""What a clerk means to do, turned into changes. Pure: ids are passed in, nothing is written, () means no change."""

from model.edits.amounts import TOTAL_PARTS, sum_text
from model.edits.blocks import Block, clear_block, fill_block, paste_block, paste_over, paste_under
from model.edits.cells import explain, set_cell
from model.edits.forms import copy_to_year, start_declaration, start_evaluation
from model.edits.lines import (
    add_after,
    add_under,
    delete_lines,
    insert_line,
    move_line,
    move_under,
    move_within_level,
    sort_indicators,
)
from model.edits.mending import mend
from model.edits.scores import adopt_computed_scores, adopt_reduction, distribute_points, set_setting_changes

__all__ = [
    "TOTAL_PARTS",
    "Block",
    "add_after",
    "add_under",
    "adopt_computed_scores",
    "adopt_reduction",
    "clear_block",
    "copy_to_year",
    "delete_lines",
    "distribute_points",
    "explain",
    "fill_block",
    "insert_line",
    "mend",
    "move_line",
    "move_under",
    "move_within_level",
    "paste_block",
    "paste_over",
    "paste_under",
    "set_cell",
    "set_setting_changes",
    "sort_indicators",
    "start_declaration",
    "start_evaluation",
    "sum_text",
]
