"""The rules of domain.md §9: what is wrong or doubtful in a form, where, and how to mend it.

One function a rule, a file or two a chapter: :mod:`declaration` (DEC), :mod:`funding` (FND), :mod:`structure` and
:mod:`names` (IND), :mod:`values` and :mod:`shared_values` (VAL), :mod:`evaluation`, :mod:`evaluation_funding`,
:mod:`evaluation_lines`, :mod:`evaluation_doubts` and :mod:`omissions` (EVL); :mod:`leftovers` (DEC, VAL),
:mod:`shares` (VAL), :mod:`goal_figures` (DEC, EVL), :mod:`agreement` (EVL), :mod:`repeats` (DEC, IND),
:mod:`last_year` (FND, VAL).
"""

from __future__ import annotations

from model.rules import (
    agreement,
    declaration,
    evaluation,
    evaluation_doubts,
    evaluation_funding,
    evaluation_lines,
    funding,
    goal_figures,
    last_year,
    leftovers,
    names,
    omissions,
    repeats,
    shared_values,
    shares,
    structure,
    values,
)
from model.rules.context import Context, DeclarationView, EvaluationView, FormView
from model.rules.groups import full_evaluations, grouped, is_once_a_year
from model.rules.neighbours import Neighbours, ProjectKey
from model.rules.registry import LineRule, Rule, RuleInfo, StoreRule
from model.rules.structure import levels_asked_for
from model.values.matching import matching_name

__all__ = [
    "DECLARATION_RULES",
    "EVALUATION_RULES",
    "SHARED_RULES",
    "Context",
    "Neighbours",
    "ProjectKey",
    "RuleInfo",
    "full_evaluations",
    "grouped",
    "is_once_a_year",
    "levels_asked_for",
    "matching_name",
]

SHARED_RULES: tuple[Rule[FormView] | StoreRule | LineRule, ...] = (
    *declaration.SHARED_RULES,
    *structure.SHARED_RULES,
    *names.SHARED_RULES,
    *shared_values.SHARED_RULES,
    *leftovers.SHARED_RULES,
    *repeats.SHARED_RULES,
)
DECLARATION_RULES: tuple[Rule[DeclarationView] | StoreRule | LineRule, ...] = (
    *SHARED_RULES,
    *declaration.RULES,
    *funding.RULES,
    *structure.RULES,
    *names.RULES,
    *values.RULES,
    *shares.RULES,
    *goal_figures.RULES,
    *last_year.RULES,
)
EVALUATION_RULES: tuple[Rule[EvaluationView] | StoreRule | LineRule, ...] = (
    *SHARED_RULES,
    *evaluation.RULES,
    *evaluation_funding.RULES,
    *evaluation_lines.RULES,
    *evaluation_doubts.RULES,
    *omissions.RULES,
    *goal_figures.EVALUATION_RULES,
    *agreement.RULES,
)
