"""Reading forms out of running text: copied from a PDF viewer, Word, WPS or a web page, or kept as .txt.

What the text lost (columns, labels, line ends) is put together again into the grid of the form, which the reader of
grids then reads. Every decision that takes is an :class:`model.recognition.Inference`, every text without a place a
:class:`model.recognition.Doubt` whose places are lines and characters, counted from 0. domain.md §2.7 B, §3.6, §4.4.
"""

from model.recognition.text.reading import TextReading, recognise_text

__all__ = ["TextReading", "recognise_text"]
