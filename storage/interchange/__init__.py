"""Forms as JSON: the format ``jixiao-forms/1`` (interchange.md §1), read with suspicion and written exactly."""

from storage.interchange.imported import EXPLANATIONS, FORMAT, NO_CELLS, UNSAID_LABELS, ImportedForm, about, decision
from storage.interchange.limits import form_problem, text_problem
from storage.interchange.reading import read_forms
from storage.interchange.source import NOTHING_DONE, one_line
from storage.interchange.writing import form_document, json_text, to_json, unwritten, write_forms

__all__ = [
    "EXPLANATIONS",
    "FORMAT",
    "NOTHING_DONE",
    "NO_CELLS",
    "UNSAID_LABELS",
    "ImportedForm",
    "about",
    "decision",
    "form_document",
    "form_problem",
    "json_text",
    "one_line",
    "read_forms",
    "text_problem",
    "to_json",
    "unwritten",
    "write_forms",
]
