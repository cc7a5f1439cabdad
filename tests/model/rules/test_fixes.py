"""domain.md §5.8, law 1: a quick fix never changes the meaning, over every notation there is."""

from __future__ import annotations

import pytest

from model.checking import check
from model.findings import Finding, Fix
from model.mends import Rewrite
from model.quantity import Comparator, Kind, Value, figures_in, normalise, parse, parse_actual
from model.records import Form, Project
from model.values.units import STANDARD
from tests.model.field_cases import cases
from tests.model.quantity.test_quantity_field import ROWS
from tests.model.rules.builders import NO_CONTEXT, declared_line, evaluated_line

TEXTS = tuple(
    dict.fromkeys(
        [
            *(case["text"] for case in cases("notations")),
            *(row[0] for row in ROWS),
            *(case[side] for case in cases("scored_pairs") for side in ("target", "actual")),
            *(
                "不少于12种",
                "相对去年提升5%",
                "超13万元/年",
                "达到98%的合格率",
                "新引进企业25家",
                "≥100%",
                ">100%",
                "=98%（抽样）",
            ),
        ]
    )
)
LINES = ("c", "n", "q", "t", "b", "s")
NAMES = ("投诉和事故", "增长率")
# These complete or decide what the rule asks of a person, who chooses between what is offered.
ANSWERS = {"EVL-028", "EVL-030"}


def _projects(text: str) -> list[tuple[Project, Form, str]]:
    found = [
        *(_declared(indicator_id, text) for indicator_id in LINES),
        *(_declared("b", text, name=name) for name in NAMES),
    ]
    found.append((evaluated_line("b", target_text=text, actual_text="90%"), Form.EVALUATION, "target_text"))
    done = [evaluated_line("b", target_text=target, actual_text=text) for target in (">=90%", "=12场次", "=0次")]
    return [*found, *((project, Form.EVALUATION, "actual_text") for project in done)]


def _declared(indicator_id: str, text: str, **cells: str) -> tuple[Project, Form, str]:
    return declared_line(indicator_id, target_text=text, **cells), Form.DECLARATION, "target_text"


def _rewritten(found: Finding, field: str) -> list[tuple[Fix, str]]:
    """The fixes of a finding that write another text into the cell in question, each with the text."""
    return [
        (fix, cell.text)
        for fix in found.fixes
        if isinstance(fix.mend, Rewrite)
        for cell in fix.mend.cells
        if cell.field == field
    ]


def _means(value: Value) -> tuple[object, ...]:
    """Comparator, number in its base unit, what is measured, and the words that remain."""
    if value.is_nothing:
        return Comparator.EQ, 0, "", ""
    if value.kind is Kind.QUANT:
        return value.comparator or Comparator.EQ, value.base, value.dimension, value.before + value.after
    return (value.kind, normalise(value.raw))


def _is_faithful(text: str, fixed: str, field: str, rule: str, name: str) -> bool:
    read = parse if field == "target_text" else parse_actual
    before, after = read(text, STANDARD, 2026), read(fixed, STANDARD, 2026)
    if _means(parse(text, STANDARD, 2026)) == _means(parse(fixed, STANDARD, 2026)):
        return True
    # Words become a quantity only where everything else they say is in the name of the line.
    figures = figures_in(before, STANDARD)
    if rule not in ("VAL-016", "VAL-017") or len(figures) != 1 or after.before or after.after:
        return False
    figure = figures[0]
    rest = normalise(before.raw).replace(figure.text, "", 1)
    is_kept = all(word in "完成实现形成达到共的，。 " or word in name for word in rest)
    comparators = (figure.comparator,) if figure.comparator else (Comparator.EQ, Comparator.GE)
    return is_kept and after.comparator in comparators and after.base == figure.base and not figure.is_rough


@pytest.mark.parametrize("text", TEXTS)
def test_that_no_fix_changes_what_a_notation_means(text: str) -> None:
    for project, form, field in _projects(text):
        for found in check(project, NO_CONTEXT):
            if found.rule in ANSWERS or found.place.form is not form:
                continue
            for fix, fixed in _rewritten(found, field):
                typed = [line for line in project.indicators(form) if line.id == found.place.indicator_id]
                if getattr(typed[0], field) == text:
                    assert _is_faithful(text, fixed, field, found.rule, typed[0].name), (found.rule, text, fix.label)
