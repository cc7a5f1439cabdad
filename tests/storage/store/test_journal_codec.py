from __future__ import annotations

import json
from dataclasses import replace
from types import MappingProxyType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.changes import (
    AddForm,
    AddProject,
    Change,
    DeleteIndicator,
    InsertIndicator,
    MoveIndicator,
    Part,
    RemoveForm,
    RemoveProject,
    SetField,
    SetLibraryRow,
    SetSetting,
    invert_all,
)
from model.forms import FORMS
from model.library import Direction, Entry, LibraryRow
from model.records import Declaration, EvaluatedIndicator, Evaluation, Form, Indicator, Project, forms_of, text_cells
from storage.store import journal_versions
from storage.store.journal_codec import from_json, to_json
from storage.store.journal_versions import NewerTextError, Step
from tests.storage.strategies import declarations, evaluations, gestures, projects, texts

rows = st.builds(LibraryRow, st.builds(Entry, texts, texts, texts, st.sampled_from(Direction), texts), st.booleans())
whole_changes = st.one_of(
    st.builds(AddProject, projects()),
    st.builds(RemoveProject, projects()),
    st.builds(AddForm, texts, st.just(Form.DECLARATION), declarations),
    st.builds(RemoveForm, texts, st.just(Form.EVALUATION), evaluations),
    st.builds(SetSetting, texts, texts, texts),
    st.builds(SetLibraryRow, st.none() | rows, rows),
)


@given(changes=st.lists(whole_changes, max_size=3).map(tuple))
def test_that_whole_records_come_back_from_the_journal_as_they_went_in(changes: tuple[Change, ...]) -> None:
    assert from_json(to_json(changes)) == changes


@given(data=st.data())
def test_that_every_kind_of_edit_and_its_inverse_come_back_from_the_journal(data: st.DataObject) -> None:
    changes, _ = data.draw(gestures(data.draw(projects()), "new"))
    assert from_json(to_json(changes)) == changes
    assert from_json(to_json(invert_all(changes))) == invert_all(changes)


def test_that_a_cell_blanked_against_its_default_stays_blank() -> None:
    changes = (AddProject(Project("p", 2026, forms=forms_of(Evaluation(execution_points="")))),)
    assert from_json(to_json(changes)) == changes


def test_that_the_journal_says_its_version_reads_as_plain_chinese_and_leaves_blanks_out() -> None:
    item = Project("p", 2026, "运维", explanations=MappingProxyType({"键": "说明"}))
    assert json.loads(to_json((AddProject(item),))) == {
        "version": 2,
        "changes": [
            {
                "type": "AddProject",
                "project": {"id": "p", "year": 2026, "project_name": "运维", "explanations": {"键": "说明"}},
            }
        ],
    }
    assert "运维" in to_json((AddProject(item),))


ENTRY = Entry("数量指标", "次数", "≥1次", Direction.HIGHER, "ci shu")
WRITTEN_ROW = {
    "level2": "数量指标",
    "name": "次数",
    "target": "≥1次",
    "direction": "higher",
    "pinyin": "ci shu",
    "is_removed": 0,
}
LINE = EvaluatedIndicator("l", "产出指标", name="次数", negative_rule="N3")
WRITTEN_LINE = {"id": "l", "level1": "产出指标", "name": "次数", "negative_rule": "N3"}
FORMS_OF_IT = forms_of(Declaration(annual_goal="目标"), Evaluation(indicators=(LINE,)))
PROJECT = Project("p", 2026, "名", "主管", "单位", FORMS_OF_IT)
WRITTEN_PROJECT = {
    "id": "p",
    "year": 2026,
    "project_name": "名",
    "department": "主管",
    "unit": "单位",
    "explanations": {},
    "declaration": {"annual_goal": "目标", "indicators": []},
    "evaluation": {"execution_points": "10", "indicators": [WRITTEN_LINE]},
}
KEY = "DEC-015@declaration::annual_goal"
# What stands on people's disks: a name that changes here needs a Step in storage/store/journal_versions.py.
WRITTEN: list[tuple[Change, dict[str, Any]]] = [
    (
        SetField("p", Part.PROJECT, "p", "year", 2025, 2026),
        {"type": "SetField", "project_id": "p", "part": "project", "record_id": "p", "field": "year"}
        | {"before": 2025, "after": 2026},
    ),
    (
        SetField("p", Part.EXPLANATION, "p", KEY, "", "原因"),
        {"type": "SetField", "project_id": "p", "part": "explanation", "record_id": "p", "field": KEY}
        | {"before": "", "after": "原因"},
    ),
    (
        SetField("p", Part.INDICATOR, "l", "target_text", "", "≥1"),
        {"type": "SetField", "project_id": "p", "part": "indicator", "record_id": "l", "field": "target_text"}
        | {"before": "", "after": "≥1"},
    ),
    (
        InsertIndicator("p", Form.EVALUATION, 1, LINE),
        {"type": "InsertIndicator", "project_id": "p", "form": "evaluation", "position": 1, "indicator": WRITTEN_LINE},
    ),
    (
        DeleteIndicator("p", Form.EVALUATION, 0, LINE),
        {"type": "DeleteIndicator", "project_id": "p", "form": "evaluation", "position": 0, "indicator": WRITTEN_LINE},
    ),
    (
        MoveIndicator("p", Form.DECLARATION, 0, 2),
        {"type": "MoveIndicator", "project_id": "p", "form": "declaration", "source": 0, "target": 2},
    ),
    (
        AddForm("p", Form.EVALUATION, Evaluation(execution_points="", total_score="90")),
        {
            "type": "AddForm",
            "project_id": "p",
            "form": "evaluation",
            "content": {"total_score": "90", "indicators": []},
        },
    ),
    (
        RemoveForm("p", Form.DECLARATION, Declaration(other="1")),
        {"type": "RemoveForm", "project_id": "p", "form": "declaration", "content": {"other": "1", "indicators": []}},
    ),
    (AddProject(PROJECT), {"type": "AddProject", "project": WRITTEN_PROJECT}),
    (RemoveProject(PROJECT), {"type": "RemoveProject", "project": WRITTEN_PROJECT}),
    (
        SetSetting("unit_name", "", '"单位"'),
        {"type": "SetSetting", "key": "unit_name", "before": "", "after": '"单位"'},
    ),
    (SetLibraryRow(None, LibraryRow(ENTRY)), {"type": "SetLibraryRow", "after": WRITTEN_ROW}),
    (
        SetLibraryRow(LibraryRow(ENTRY, is_removed=True), None),
        {"type": "SetLibraryRow", "before": {**WRITTEN_ROW, "is_removed": 1}},
    ),
    (
        AddProject(replace(PROJECT, explanations=MappingProxyType({KEY: "原因"}))),
        {"type": "AddProject", "project": {**WRITTEN_PROJECT, "explanations": {KEY: "原因"}}},
    ),
]


@pytest.mark.parametrize(("change", "written"), WRITTEN, ids=[written["type"] for _, written in WRITTEN])
def test_that_kinds_and_fields_keep_the_names_they_have_in_the_files_there_are(
    change: Change, written: dict[str, Any]
) -> None:
    assert json.loads(to_json((change,)))["changes"] == [written]
    assert from_json(json.dumps([written])) == (change,), "version 1 has them without a version"


NO_GESTURES: dict[str, Any] = {
    "a text": "SetField",
    "nothing": None,
    "a change that is none": [1],
    "a version that is no number": {"version": "2", "changes": []},
    "a version that is true": {"version": True, "changes": []},
    "a version before the first": {"version": 0, "changes": []},
    "no version": {"changes": []},
    "something beside the changes": {"version": 2, "changes": [], "more": 1},
    "changes that are no list": {"version": 2, "changes": {}},
    "a kind nobody knows": [{"type": "Overwrite"}],
    "something beside a change": [{**WRITTEN[5][1], "more": 1}],
    "a change without one of its values": [{"type": "SetSetting", "key": "unit_name", "before": ""}],
    "a cell nobody knows": [{**WRITTEN[2][1], "field": "colour"}],
    "a part nobody knows": [{**WRITTEN[2][1], "part": "page"}],
    "a form nobody knows": [{**WRITTEN[5][1], "form": "monitoring"}],
    "a number that is a fraction": [{**WRITTEN[0][1], "after": 2026.5}],
    "a place that is a text": [{**WRITTEN[5][1], "source": "0"}],
    "a line with a cell nobody knows": [{**WRITTEN[3][1], "indicator": {"id": "l", "colour": "red"}}],
    "a line with a number": [{**WRITTEN[3][1], "indicator": {"id": "l", "points": 5}}],
    "a line without an id": [{**WRITTEN[3][1], "indicator": {"name": "l"}}],
    "a form with a cell nobody knows": [{**WRITTEN[6][1], "content": {"colour": "red"}}],
    "a project with a cell nobody knows": [{"type": "AddProject", "project": {**WRITTEN_PROJECT, "colour": "red"}}],
    "an entry of the library with something beside": [
        {"type": "SetLibraryRow", "after": {**WRITTEN_ROW, "colour": "red"}}
    ],
    "an entry of the library without a name": [{"type": "SetLibraryRow", "after": {"level2": "数量指标"}}],
    "a project that is a list": [{"type": "AddProject", "project": []}],
    "explanations that are none": [{"type": "AddProject", "project": {**WRITTEN_PROJECT, "explanations": {"k": 1}}}],
}


@pytest.mark.parametrize("case", NO_GESTURES)
def test_that_a_text_that_is_no_gesture_is_refused_whole(case: str) -> None:
    with pytest.raises((ValueError, KeyError, TypeError, AttributeError)):
        from_json(json.dumps(NO_GESTURES[case]))


def test_that_a_declared_line_of_an_earlier_version_is_read_without_the_cells_of_a_self_evaluation() -> None:
    (change,) = from_json(json.dumps([{**WRITTEN[3][1], "form": "declaration"}]))
    assert change == InsertIndicator("p", Form.DECLARATION, 1, Indicator("l", "产出指标", name="次数"))
    assert from_json(to_json((change,))) == (change,)


def test_that_a_text_of_a_later_version_is_told_apart_from_damage() -> None:
    with pytest.raises(NewerTextError) as told:
        from_json('{"version": 3, "changes": []}')
    assert told.value.version == 3


def test_that_a_field_a_later_version_adds_is_blank_in_older_texts_or_what_the_step_says(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """As if negative_rule, execution_points and unit were new, and 预算执行率分值 had been 10 before."""
    older = json.loads(to_json((AddProject(PROJECT), InsertIndicator("p", Form.EVALUATION, 0, LINE))))["changes"]
    del older[0]["project"]["unit"]
    del older[0]["project"]["evaluation"]["execution_points"]
    del older[0]["project"]["evaluation"]["indicators"][0]["negative_rule"]
    del older[1]["indicator"]["negative_rule"]
    line = replace(LINE, negative_rule="")
    assert from_json(json.dumps(older))[1] == InsertIndicator("p", Form.EVALUATION, 0, line)
    monkeypatch.setattr(journal_versions, "STEPS", (Step(added={"evaluation": {"execution_points": "10"}}),))
    project = replace(PROJECT.with_form(Form.EVALUATION, Evaluation(indicators=(line,))), unit="")
    assert from_json(json.dumps(older))[0] == AddProject(project)


def test_that_steps_are_taken_one_after_the_other_from_the_version_of_the_text(monkeypatch: pytest.MonkeyPatch) -> None:
    steps = (
        Step(kinds={"Write": "Put"}, fields={"indicator": {"one": "two"}}),
        Step(kinds={"Put": "SetField"}, fields={"indicator": {"two": "level1"}, "declaration": {"two": "other"}}),
    )
    monkeypatch.setattr(journal_versions, "STEPS", steps)
    line, goal = WRITTEN[2][1], WRITTEN[1][1]
    wanted = (SetField("p", Part.INDICATOR, "l", "level1", "", "≥1"),)
    assert from_json(json.dumps([{**line, "type": "Write", "field": "one"}])) == wanted
    assert from_json(json.dumps({"version": 2, "changes": [{**line, "type": "Put", "field": "two"}]})) == wanted
    assert from_json(json.dumps({"version": 3, "changes": [{**line, "field": "level1"}]})) == wanted
    assert json.loads(to_json(wanted))["version"] == 3
    for key, raised in {
        "DEC-001@declaration:l:two": "DEC-001@declaration:l:level1",
        "DEC-001@declaration::two": "DEC-001@declaration::other",
        "DEC-001@evaluation::two": "DEC-001@evaluation::two",
        "no key of ours": "no key of ours",
    }.items():
        (change,) = from_json(json.dumps({"version": 2, "changes": [{**goal, "type": "Put", "field": key}]}))
        assert change == SetField("p", Part.EXPLANATION, "p", raised, "", "原因")


OLD_NAMES: dict[str, dict[str, str]] = {
    "project": {f"old_{name}": name for name in text_cells(Project)},
    "indicator": {f"old_{name}": name for spec in FORMS.values() for name in text_cells(spec.line)},
    **{form: {f"old_{name}": name for name in text_cells(spec.record)} for form, spec in FORMS.items()},
}
CELLS = {name for names in OLD_NAMES.values() for name in names.values()}


def with_old_names(data: Any) -> Any:
    """A text of a time at which every cell had another name."""
    if isinstance(data, list):
        return [with_old_names(one) for one in data]
    if not isinstance(data, dict):
        return data
    older = {old_name(name): with_old_names(value) for name, value in data.items()}
    return older | ({"field": old_name(data["field"])} if "field" in data else {})


def old_name(name: str) -> str:
    """Of a cell, and of the key of a finding, which ends in one."""
    before, colon, cell = name.rpartition(":")
    return f"{before}{colon}old_{cell}" if cell in CELLS else name


@pytest.mark.parametrize(
    ("change", "written"),
    [(change, written) for change, written in WRITTEN if not isinstance(change, SetLibraryRow)],
)
def test_that_a_cell_with_a_new_name_is_read_under_its_old_one_wherever_it_stands(
    change: Change, written: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(journal_versions, "STEPS", (Step(fields=OLD_NAMES),))
    assert from_json(json.dumps([with_old_names(written)])) == (change,)


@pytest.mark.parametrize("version", [1, 2])
def test_that_a_text_of_every_version_there_was_is_read(version: int) -> None:
    change, written = WRITTEN[0]
    assert from_json(json.dumps({"version": version, "changes": [written]})) == (change,)
