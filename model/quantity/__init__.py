"""Indicator values: their grammar, their meaning, their print (domain.md §5)."""

from model.quantity.figures import figures_in
from model.quantity.grammar import in_minutes, parse, parse_actual
from model.quantity.meaning import same_meaning, words_are_in
from model.quantity.normalisation import normalise
from model.quantity.recognition import printed, recognise
from model.quantity.rendering import canonical, constraint_text, portal_columns, render, suggestion
from model.quantity.value import Comparator, Constraint, Kind, Style, Value, base_of

__all__ = [
    "Comparator",
    "Constraint",
    "Kind",
    "Style",
    "Value",
    "base_of",
    "canonical",
    "constraint_text",
    "figures_in",
    "in_minutes",
    "normalise",
    "parse",
    "parse_actual",
    "portal_columns",
    "printed",
    "recognise",
    "render",
    "same_meaning",
    "suggestion",
    "words_are_in",
]
