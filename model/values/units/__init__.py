"""Measuring units: spellings, dimensions, exact conversion factors, alias groups (domain.md §5.6)."""

from model.values.units.table import STANDARD, UnitExpression, UnitTable
from model.values.units.unit import MAGNITUDES, ONE, Unit, exact_factor, exact_product, unknown_unit

__all__ = [
    "MAGNITUDES",
    "ONE",
    "STANDARD",
    "Unit",
    "UnitExpression",
    "UnitTable",
    "exact_factor",
    "exact_product",
    "unknown_unit",
]
