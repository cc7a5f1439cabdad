"""Forms as JSON: the format ``jixiao-forms/1`` (docs: interchange.md), read with suspicion and written exactly."""

from storage.interchange.imported import FORM_NAMES, FORMAT, ImportedForm
from storage.interchange.limits import form_problem
from storage.interchange.reading import read_forms
from storage.interchange.source import NOTHING_DONE, one_line
from storage.interchange.writing import form_document, to_json, unwritten, write_forms

__all__ = [
    "FORMAT",
    "FORM_NAMES",
    "NOTHING_DONE",
    "ImportedForm",
    "form_document",
    "form_problem",
    "one_line",
    "read_forms",
    "to_json",
    "unwritten",
    "write_forms",
]
