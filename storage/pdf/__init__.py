"""PDF files with a text layer: the forms in their ruled tables."""

from storage.pdf.reading import read_forms

__all__ = ["read_forms"]
