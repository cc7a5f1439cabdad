"""Reading a form out of a grid of texts, wherever the grid comes from: a workbook, and later Word, text or PDF.

Cells are found by their labels, not by their places, so a form that was edited, widened or made by another unit is
still read. Every text of the grid is either taken for something or told of (:class:`Doubt`); none is dropped in
silence. What a form does not print (达成等级, for one) cannot come back.
"""

from model.recognition.forms import RecognisedForm, recognise_forms, why_no_form
from model.recognition.grid import Doubt, Grid, Place
from model.recognition.inferences import Inference, SourceText, Span
from model.recognition.text import TextReading, recognise_text

__all__ = [
    "Doubt",
    "Grid",
    "Inference",
    "Place",
    "RecognisedForm",
    "SourceText",
    "Span",
    "TextReading",
    "recognise_forms",
    "recognise_text",
    "why_no_form",
]
