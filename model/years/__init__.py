"""One year beside another: which project and which line go on, and what changed since (domain.md §8.4).

What is told as the same is told for certain, or by hand; where names are only alike a person is asked.
"""

from model.years.beside import NOTHING_BESIDE, Beside, beside, match_with, percent_between
from model.years.earlier import Earlier, change_percent, compared_quantities
from model.years.lines import LineMatch, match_lines, same_lines
from model.years.names import Alike, bare_name, likeness, loose_name
from model.years.projects import Answer, Dated, Match, Matching, Named, YearNames, certain, match_projects

__all__ = [
    "NOTHING_BESIDE",
    "Alike",
    "Answer",
    "Beside",
    "Dated",
    "Earlier",
    "LineMatch",
    "Match",
    "Matching",
    "Named",
    "YearNames",
    "bare_name",
    "beside",
    "certain",
    "change_percent",
    "compared_quantities",
    "likeness",
    "loose_name",
    "match_lines",
    "match_projects",
    "match_with",
    "percent_between",
    "same_lines",
]
