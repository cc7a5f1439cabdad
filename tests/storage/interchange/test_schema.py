"""The shipped JSON Schema: every export of ours keeps to it, and it knows the cells of the forms and no others."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from jsonschema import Draft202012Validator

from model.errors import UserError
from model.forms import FORMS
from model.records import Achievement, Content, Declaration, Evaluation, Form, Omission, Project, text_cells
from model.settings import Settings
from storage.interchange import read_forms, to_json
from tests.storage import strategies

ROOT = Path(__file__).parent.parent.parent.parent
SCHEMA: dict[str, Any] = json.loads((ROOT / "resources" / "jixiao-forms-1.schema.json").read_text(encoding="utf-8"))
VALIDATOR = Draft202012Validator(SCHEMA)
DEFAULTS = Settings()
BESIDE_CELLS = {"funding.execution_choice", "not_applicable"}  # choices, which no form prints

Vary = Callable[[Project], Project]


def faults(document: Any) -> list[str]:
    """Where a document departs from the schema, and how."""
    return [f"{error.json_path}: {error.message}" for error in VALIDATOR.iter_errors(document)]


def on_lines(**cells: str) -> Vary:
    """Cells of every line that has them; of the others nothing."""

    def varied(content: Content) -> Content:
        if not cells.keys() <= set(text_cells(content.line)):
            return content
        return replace(content, indicators=tuple(replace(line, **cells) for line in content.indicators))

    return lambda project: _with_content(project, varied)


def on_form(form: Form, **cells: Any) -> Vary:
    """Cells of one form; of the other one nothing."""

    def vary(project: Project) -> Project:
        kind = Declaration if form is Form.DECLARATION else Evaluation
        return _with_content(
            project, lambda content: replace(content, **cells) if isinstance(content, kind) else content
        )

    return vary


def _with_content(project: Project, change: Callable[[Any], Any]) -> Project:
    for form in FORMS:
        if (content := project.form(form)) is not None:
            project = project.with_form(form, change(content))
    return project


def both_forms(project: Project) -> Project:
    return project.with_form(Form.DECLARATION, project.of(Declaration) or Declaration()).with_form(
        Form.EVALUATION, project.of(Evaluation) or Evaluation()
    )


VARIANTS: dict[str, Vary] = {
    "without a unit": lambda project: replace(project, unit=""),
    "without a name": lambda project: replace(project, project_name=""),
    "the first year": lambda project: replace(project, year=2000),
    "the last year": lambda project: replace(project, year=2100),
    "both forms": both_forms,
    "blank forms": lambda project: _with_content(project, lambda content: type(content)()),
    "no lines": lambda project: _with_content(project, lambda content: replace(content, indicators=())),
    "blank lines": lambda project: _with_content(
        project, lambda content: replace(content, indicators=(content.line("a"), content.line("b")))
    ),
    "whole-life amounts": on_form(Form.DECLARATION, project_total="9,000,000.00", project_fiscal="9000000"),
    "amounts in words": on_form(Form.DECLARATION, other="另行申请", carried_over="约3万"),
    "amounts in 万元": on_form(Form.DECLARATION, other="1020万", carried_over="408.75万元"),
    "amounts of an evaluation in words": on_form(Form.EVALUATION, executed_total="未执行", initial_other="—"),
    "dates as typed": on_form(Form.DECLARATION, start_date="2026.1.1", end_date="年底"),
    "figures nobody typed": on_form(
        Form.EVALUATION, execution_rate="", execution_score="", total_points="", total_score=""
    ),
    "a rate in words": on_form(Form.EVALUATION, execution_rate="接近全部"),
    "an execution line without a budget": on_form(Form.EVALUATION, execution_choice="zero"),
    "lines that do not apply": on_lines(achievement=Omission.LEFT_OUT.value),
    "long goals of many lines": on_form(Form.DECLARATION, annual_goal="一、完成任务。\n" * 400),
    "levels of achievement": on_lines(achievement=Achievement.PARTLY.value),
    "points in words": on_lines(points="十分", score="满分"),
    "other words for the levels": on_lines(level1="产出指标（50分）", level2="数量"),
    "signs and characters no form can hold": on_lines(target_text="》=90\x0b%\ufffe", name="\U0001f600"),
}


def test_that_the_schema_is_a_schema() -> None:
    Draft202012Validator.check_schema(SCHEMA)


def test_that_the_given_files_keep_to_it(given_files: tuple[Path, ...]) -> None:
    assert [fault for path in given_files for fault in faults(json.loads(path.read_text(encoding="utf-8")))] == []


def test_that_every_given_form_is_exported_as_the_schema_says(given_forms: tuple[Project, ...]) -> None:
    document = to_json(given_forms, DEFAULTS)
    assert len(document["forms"]) == 25
    assert faults(document) == []


@pytest.mark.parametrize("vary", VARIANTS.values(), ids=VARIANTS.keys())
def test_that_every_variant_of_the_given_forms_is_exported_as_the_schema_says(
    vary: Vary, given_forms: tuple[Project, ...]
) -> None:
    assert faults(to_json([vary(project) for project in given_forms[::6]], DEFAULTS)) == []


def _as_chosen(project: Project) -> Project:
    """Levels of achievement and what becomes of an execution line are chosen, never typed."""
    lines = on_lines(achievement=Achievement.ACHIEVED.value)(project)
    return on_form(Form.EVALUATION, execution_choice=Omission.RESCALED.value)(lines)


@settings(phases=[Phase.generate])
@given(strategies.projects().map(_as_chosen))
def test_that_whatever_was_typed_is_exported_as_the_schema_says(project: Project) -> None:
    assert faults(to_json([project], DEFAULTS)) == []


def paths_of(schema: dict[str, Any], prefix: str = "") -> Iterator[str]:
    """The dotted paths of the values an object of the schema has."""
    for key, below in schema["properties"].items():
        if "properties" in below:
            yield from paths_of(below, f"{prefix}{key}.")
        elif key not in {"note", "kind", "as_typed", "indicators"}:
            yield f"{prefix}{key}"


@pytest.mark.parametrize("form", tuple(FORMS))
def test_that_the_schema_knows_the_cells_of_a_form_and_no_others(form: Form) -> None:
    described = SCHEMA["$defs"][str(form)]
    lines = described["properties"]["indicators"]["items"]
    assert set(paths_of(described)) - BESIDE_CELLS == {cell.path for cell in FORMS[form].cells}
    assert set(paths_of(lines)) - BESIDE_CELLS == {cell.path for cell in FORMS[form].columns}


LINE = {"level1": "产出指标"}


@pytest.mark.parametrize(
    "document",
    [
        {"forms": []},
        {"format": "jixiao-forms/2", "forms": []},
        {"format": "jixiao-forms/1"},
        {"format": "jixiao-forms/1", "forms": [{"year": 2026}]},
        {"format": "jixiao-forms/1", "forms": [{"kind": "declaration"}]},
        {"format": "jixiao-forms/1", "forms": [{"kind": "declaration", "year": "2026"}]},
        {"format": "jixiao-forms/1", "forms": [{"kind": "declaration", "year": 1999}]},
        {"format": "jixiao-forms/1", "forms": [{"kind": "other", "year": 2026}]},
        {"format": "jixiao-forms/1", "forms": [{"kind": "declaration", "year": 2026, "funding": {"other": 5}}]},
        {"format": "jixiao-forms/1", "forms": [{"kind": "declaration", "year": 2026, "indicators": {}}]},
        {"format": "jixiao-forms/1", "forms": [{"kind": "declaration", "year": 2026, "indicators": [LINE] * 2001}]},
        {"format": "jixiao-forms/1", "forms": [{"kind": "evaluation", "year": 2026, "expected_goal": "长" * 32_768}]},
        {
            "format": "jixiao-forms/1",
            "forms": [{"kind": "evaluation", "year": 2026, "indicators": [{"achievement": "very much"}]}],
        },
    ],
)
def test_that_what_the_schema_refuses_here_the_import_refuses_too(document: dict[str, Any], tmp_path: Path) -> None:
    path = tmp_path / "forms.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    assert faults(document) != []
    with pytest.raises(UserError):
        read_forms(path)
