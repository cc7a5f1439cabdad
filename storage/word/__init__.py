"""Word documents (.docx): the forms in their tables."""

from storage.word.reading import read_forms

__all__ = ["read_forms"]
