"""Which findings only say that something is not there yet, and which forms have only been begun."""

from __future__ import annotations

from dataclasses import replace

import pytest

from model.awaited import blanks_of, filled_of, has_begun, is_only_begun
from model.checking import check
from model.findings import Finding, Place, Severity
from model.forms import FORMS
from model.records import Declaration, EvaluatedIndicator, Evaluation, Form, Indicator, Project, forms_of
from model.rules import Context
from model.settings import Settings

LINE = Indicator("a", "产出指标", "数量指标", "巡检次数", "≥12次")
DECLARED = Project("p", 2026, "热线", forms=forms_of(Declaration(annual_goal="目标", indicators=(LINE,))))

ALONE = Context(Settings())


def errors_of_blanks(project: Project, form: Form) -> list[Finding]:
    return [one for one in blanks_of(check(project, ALONE), project, form) if one.severity is Severity.ERROR]


def found(place: Place) -> Finding:
    return Finding("TST-001", Severity.ERROR, "填", place)


@pytest.mark.parametrize(
    ("place", "is_there"),
    [
        (Place(Form.DECLARATION, "annual_goal"), True),
        (Place(Form.DECLARATION, "project_nature"), False),
        (Place(Form.DECLARATION, "project_name"), True),
        (Place(Form.DECLARATION, "unit"), False),
        (Place(Form.DECLARATION, "target_text", "a"), True),
        (Place(Form.DECLARATION, "target_text", "gone"), True),
        (Place(Form.DECLARATION, level="数量指标"), True),
        (Place(Form.DECLARATION, level="质量指标"), False),
        (Place(Form.DECLARATION), True),
        (Place(Form.DECLARATION, "no_such_cell"), True),
        (Place(Form.EVALUATION, "expected_goal"), True),
    ],
)
def test_that_a_finding_is_of_a_blank_where_nothing_stands_at_its_place(place: Place, is_there: bool) -> None:
    assert bool(blanks_of([found(place)], DECLARED, place.form)) is not is_there


def test_that_a_cell_of_a_line_that_holds_blanks_only_is_blank() -> None:
    project = DECLARED.with_form(Form.DECLARATION, Declaration(indicators=(replace(LINE, target_text=" 　"),)))
    assert blanks_of([found(Place(Form.DECLARATION, "target_text", "a"))], project, Form.DECLARATION)


def test_that_a_sum_of_points_is_there_when_every_line_has_some() -> None:
    lines = tuple(EvaluatedIndicator(key, "产出指标", "数量指标", "巡检次数", "≥12次", points="46") for key in "ab")
    wrong = [found(Place(Form.EVALUATION, "total_points"))]
    for points, is_there in (("46", True), ("", False)):
        content = Evaluation(indicators=(lines[0], replace(lines[1], points=points)))
        project = Project("p", 2026, forms=forms_of(content))
        assert bool(blanks_of(wrong, project, Form.EVALUATION)) is not is_there
    assert blanks_of(wrong, project.with_form(Form.EVALUATION, Evaluation()), Form.EVALUATION)


def test_that_a_form_without_lines_is_only_begun_whatever_its_fields_hold() -> None:
    assert is_only_begun(Declaration(annual_goal="目标"), ())


def test_that_a_form_is_only_begun_while_a_column_that_is_asked_for_is_blank_in_every_line() -> None:
    lines = tuple(EvaluatedIndicator(key, "产出指标", "数量指标", "巡检次数", "≥12次") for key in "ab")
    project = Project("p", 2026, forms=forms_of(Evaluation(indicators=lines)))
    findings = [found(Place(Form.EVALUATION, "actual_text", key)) for key in "ab"]
    content = project.forms[Form.EVALUATION]
    assert is_only_begun(content, blanks_of(findings, project, Form.EVALUATION))
    filled = Evaluation(indicators=(replace(lines[0], actual_text="12次"), lines[1]))
    assert not is_only_begun(filled, blanks_of(findings, project.with_form(Form.EVALUATION, filled), Form.EVALUATION))
    assert (has_begun(filled, "actual_text"), has_begun(filled, "points")) == (True, False)


def test_that_a_form_in_which_only_a_field_is_blank_has_been_filled_in() -> None:
    blank = found(Place(Form.DECLARATION, "project_nature"))
    assert not is_only_begun(DECLARED.forms[Form.DECLARATION], blanks_of([blank], DECLARED, Form.DECLARATION))


def test_that_a_form_is_only_begun_while_amounts_are_asked_for_and_there_is_none() -> None:
    asked = [found(Place(Form.DECLARATION, name)) for name in ("total_requested", "annual_goal")]
    content = DECLARED.forms[Form.DECLARATION]
    assert is_only_begun(content, blanks_of(asked, DECLARED, Form.DECLARATION))
    assert not is_only_begun(content, ())
    assert isinstance(content, Declaration)
    given = replace(content, project_total="10000.00")
    assert not is_only_begun(given, blanks_of(asked, DECLARED.with_form(Form.DECLARATION, given), Form.DECLARATION))


def test_that_what_the_rules_ask_of_a_blank_form_are_the_cells_that_are_needed(
    given_forms: tuple[Project, ...],
) -> None:
    for given in given_forms:
        (form,) = given.forms
        content, (first, *_) = given.forms[form], given.indicators(form)
        blank = replace(type(first)(first.id), level1=first.level1, level2=first.level2)
        empty = replace(given, project_name="", department="", unit="")
        empty = empty.with_form(form, replace(type(content)(), indicators=(blank,)))
        asked = {one.place.field for one in errors_of_blanks(empty, form) if not one.place.level}
        needed = {cell.name for cell in (*FORMS[form].cells, *FORMS[form].columns) if cell.is_needed}
        assert asked == needed


def test_that_a_place_that_is_emptied_goes_from_what_is_filled_to_what_is_not(given_forms: tuple[Project, ...]) -> None:
    for given in given_forms:
        (form,) = given.forms
        column = "target_text" if form is Form.DECLARATION else "actual_text"
        lines = tuple(replace(line, **{column: ""}) for line in given.indicators(form))
        begun = given.with_form(form, replace(given.forms[form], indicators=lines))
        was, now = (
            (filled_of(one, check(one, ALONE)), sum(two.place.field == column for two in errors_of_blanks(one, form)))
            for one in (given, begun)
        )
        assert now[1] == len(lines)
        assert sum(was) == sum(now)
