from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from model.changes import AddProject, Change, Part, SetField, SetSetting
from model.records import Declaration, EvaluatedIndicator, Evaluation, Form, Indicator, Project, forms_of
from storage.store.sqlite import Store
from tests.model.projects import evaluation_of

Verb = Callable[..., tuple[int, str, str]]


def findings_of(verb: Verb, store: Path) -> list[dict[str, Any]]:
    code, out, err = verb("check", "--store", store, "--json")
    assert (code, err) == (0, "")
    findings: list[dict[str, Any]] = json.loads(out)["findings"]
    return findings


def evaluations_of(verb: Verb, store: Path) -> list[dict[str, Any]]:
    code, out, err = verb("score", "--store", store, "--json")
    assert (code, err) == (0, "")
    evaluations: list[dict[str, Any]] = json.loads(out)["evaluations"]
    return evaluations


def test_that_a_setting_that_does_not_count_is_told_by_every_verb_that_counts(
    verb: Verb, given_store: Path, tmp_path: Path
) -> None:
    with Store.open(given_store) as store:
        store.apply("设置", (SetSetting("profile/2022", "", '{"negative": "N9"}'),))
    for name, more in (("check", ()), ("score", ()), ("export", ("--out", tmp_path / "all.json"))):
        code, _, err = verb(name, "--store", given_store, *more)
        assert code == 0
        assert "本版本不能识别文件里的设置：2022 年度的计分方案" in err


# check


def test_that_the_errors_of_the_given_forms_are_the_ones_domain_md_names(verb: Verb, given_store: Path) -> None:
    errors = Counter(
        (found["year"], found["project_name"], found["rule"])
        for found in findings_of(verb, given_store)
        if found["severity"] == "error"
    )
    assert errors == {
        (2025, "信息化运维项目", "IND-011"): 1,
        (2025, "技术转移协同创新发展建设", "VAL-001"): 1,
        (2026, "上海研发公共服务平台宣传推广", "VAL-001"): 1,
        (2022, "上海市试验基地信息公开、年报与评估系统（运维）", "EVL-003"): 1,
        (2022, "研发平台网络运行保障", "EVL-037"): 1,
        (2022, "上海市试验基地信息公开、年报与评估系统（运维）", "EVL-037"): 1,
        (2022, "上海市大型仪器共享管理系统（运维）", "EVL-037"): 1,
    }


def test_that_a_finding_has_exactly_the_keys_of_the_contract(verb: Verb, given_store: Path) -> None:
    findings = findings_of(verb, given_store)
    always = ["project_name", "year", "kind", "rule", "severity", "where", "message"]
    keys = {tuple(key for key in found if key != "lines") for found in findings}
    assert keys == {tuple(always), (*always, "fix")}
    assert {found["severity"] for found in findings} <= {"error", "warning", "info"}
    assert {found["kind"] for found in findings} == {"declaration", "evaluation"}
    assert all(isinstance(found["year"], int) and found["message"] for found in findings)


def test_that_one_kind_on_many_lines_is_one_finding_with_the_places_of_its_lines(verb: Verb, given_store: Path) -> None:
    several = [found for found in findings_of(verb, given_store) if "lines" in found]
    assert {found["rule"] for found in several} == {"EVL-035", "EVL-038"}
    for found in several:
        assert found["lines"][0] == found["where"]
        assert len(found["lines"]) > 1


def test_that_full_points_everywhere_are_said_once_for_a_unit_and_year(verb: Verb, given_store: Path) -> None:
    (found,) = [found for found in findings_of(verb, given_store) if found["rule"] == "EVL-043"]
    assert "2022年度有7张自评表全部指标满分" in found["message"]


def test_that_where_leads_to_the_cell_in_the_exported_document(verb: Verb, given_store: Path, tmp_path: Path) -> None:
    verb("export", "--store", given_store, "--out", tmp_path / "all.json")
    forms = {
        (form["kind"], form["year"], form["project_name"]): form
        for form in json.loads((tmp_path / "all.json").read_text(encoding="utf-8"))["forms"]
    }
    in_lines = 0
    for found in findings_of(verb, given_store):
        place: Any = forms[found["kind"], found["year"], found["project_name"]]
        for key in found["where"].replace("[", ".[").split("."):
            if key == "achievement":  # left out of the document while no level is chosen
                assert found["rule"] == "EVL-037"
                break
            place = place[int(key[1:-1])] if key.startswith("[") else place[key]
        in_lines += found["where"].startswith("indicators[")
    assert in_lines > 50


def test_that_the_missing_value_is_found_at_its_line_counted_from_0(
    verb: Verb, given_store: Path, given_files: tuple[Path, ...]
) -> None:
    name = "技术转移协同创新发展建设"
    forms = json.loads(given_files[0].read_text(encoding="utf-8"))["forms"]
    lines = next(form["indicators"] for form in forms if form["project_name"] == name)
    blank = next(number for number, line in enumerate(lines) if line["value_text"] == "")
    (found,) = [
        found for found in findings_of(verb, given_store) if found["rule"] == "VAL-001" and found["year"] == 2025
    ]
    assert found["where"] == f"indicators[{blank}].value_text"
    assert found["message"] == "请填写“成果转化实践活动次数”的年度指标值。"


def test_that_the_offered_text_is_the_fix(verb: Verb, tmp_path: Path) -> None:
    line = Indicator("i", "产出指标", "质量指标", "办结率", "=100％")
    with Store.create(tmp_path / "s.jixiao") as store:
        store.apply("新建", (AddProject(Project("p", 2026, "甲", forms=forms_of(Declaration(indicators=(line,))))),))
    findings = findings_of(verb, tmp_path / "s.jixiao")
    assert [found["fix"] for found in findings if found["rule"] == "VAL-007"] == ["=100.00(%)"]
    assert "fix" not in next(found for found in findings if found["rule"] == "DEC-014")


def test_that_check_in_words_names_project_rule_cell_and_counts(verb: Verb, given_store: Path) -> None:
    code, out, err = verb("check", "--store", given_store)
    assert (code, err) == (0, "")
    lines = out.splitlines()
    heading = lines.index("2025 信息化运维项目 目标申报表")
    assert lines[heading + 1].startswith("  错误 IND-011 indicators[")
    assert lines[-1].startswith("错误 7 条，警告 ")


def test_that_both_forms_of_a_project_have_a_heading_each_and_only_one(verb: Verb, tmp_path: Path) -> None:
    with Store.create(tmp_path / "s.jixiao") as store:
        project = Project("p", 2026, "甲", forms=forms_of(Declaration(), Evaluation()))
        store.apply("新建", (AddProject(project),))
    _, out, _ = verb("check", "--store", tmp_path / "s.jixiao")
    headings = [line for line in out.splitlines() if line.startswith("2026")]
    assert headings == ["2026 甲 目标申报表", "2026 甲 绩效自评表"]


def test_that_an_explained_warning_shows_its_explanation(verb: Verb, given_store: Path) -> None:
    with Store.open(given_store) as store:
        project = next(p for p in store.projects(2022) if p.project_name.startswith("上海市科技行政服务热线"))
        key = "EVL-043@evaluation::total_score"
        store.apply("说明", (SetField(project.id, Part.EXPLANATION, project.id, key, "", "逐条核对过"),))
    _, out, _ = verb("check", "--store", given_store)
    assert "请再次核对指标值与完成值。（已说明：逐条核对过）" in out


@pytest.mark.parametrize("name", ["check", "score"])
def test_that_a_missing_store_is_refused_and_not_made(verb: Verb, tmp_path: Path, name: str) -> None:
    for more in ([], ["--json"]):
        code, out, err = verb(name, "--store", tmp_path / "missing.jixiao", *more)
        assert (code, out) == (1, "")
        assert "找不到文件" in err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("name", "key"), [("check", "findings"), ("score", "evaluations")])
def test_that_an_empty_store_has_an_empty_report(verb: Verb, tmp_path: Path, name: str, key: str) -> None:
    Store.create(tmp_path / "s.jixiao").close()
    code, out, _ = verb(name, "--store", tmp_path / "s.jixiao", "--json")
    assert code == 0
    assert json.loads(out) == {key: []}


# score


def test_that_an_evaluation_has_exactly_the_keys_of_the_contract_and_every_figure_is_text(
    verb: Verb, given_store: Path
) -> None:
    evaluations = evaluations_of(verb, given_store)
    assert len(evaluations) == 7
    for evaluation in evaluations:
        assert list(evaluation) == [
            *("project_name", "year", "indicators", "execution_rate", "execution_score", "total", "grade"),
            *("full_points", "note"),
        ]
        assert all(isinstance(evaluation[key], str) for key in ("execution_rate", "execution_score", "total", "grade"))
        for line in evaluation["indicators"]:
            assert list(line) == ["name", "points", "published", "computed", "status", "explanation"]
            assert all(isinstance(value, str) for key, value in line.items() if key != "computed")
            assert isinstance(line["computed"], str | None)
            assert line["explanation"]


def test_that_95_published_scores_are_computed_but_for_the_lines_a_person_has_to_judge(
    verb: Verb, given_store: Path
) -> None:
    lines = [line for evaluation in evaluations_of(verb, given_store) for line in evaluation["indicators"]]
    assert len(lines) == 95
    judged = [line for line in lines if line["computed"] is None]
    assert {line["name"] for line in judged} == {"长效管理制度建设"}
    assert [line["status"] for line in judged] == ["judge"] * 3
    assert all(line["computed"] == line["published"] for line in lines if line["computed"] is not None)


def test_that_rates_execution_scores_and_totals_are_the_published_ones(
    verb: Verb, given_store: Path, given_files: tuple[Path, ...]
) -> None:
    published = {
        form["project_name"]: (form["funding"]["execution_rate"], form["funding"]["score"], form["total_score"])
        for form in json.loads(given_files[2].read_text(encoding="utf-8"))["forms"]
    }
    computed = {
        found["project_name"]: (found["execution_rate"], found["execution_score"], found["total"])
        for found in evaluations_of(verb, _without_published_figures(given_store, achievement="achieved"))
    }
    assert computed == {name: (rate, score, f"{float(total):.2f}") for name, (rate, score, total) in published.items()}


def test_that_what_waits_for_a_person_is_null(verb: Verb, given_store: Path) -> None:
    evaluations = evaluations_of(verb, _without_published_figures(given_store, achievement=""))
    waiting = {found["project_name"]: found for found in evaluations if found["total"] is None}
    assert len(waiting) == 3
    assert all(found["grade"] is None for found in waiting.values())
    assert all(found["execution_score"] == "10" for found in waiting.values())
    assert sum(line["published"] is not None for found in evaluations for line in found["indicators"]) == 0


def _without_published_figures(path: Path, achievement: str) -> Path:
    """The store with no printed score, rate or total left, and this level chosen for what has to be judged."""
    with Store.open(path) as store:
        changes: list[Change] = []
        for project in store.projects(2022):
            assert project.of(Evaluation) is not None
            for field in ("execution_rate", "execution_score", "total_points", "total_score"):
                before = getattr(project.of(Evaluation), field)
                changes.append(SetField(project.id, Form.EVALUATION, project.id, field, before, ""))
            for line in evaluation_of(project).indicators:
                changes.append(SetField(project.id, Part.INDICATOR, line.id, "score", line.score, ""))
                if line.target_text == "完善" and achievement:
                    changes.append(SetField(project.id, Part.INDICATOR, line.id, "achievement", "", achievement))
        store.apply("清除", tuple(changes))
    return path


def test_that_a_manual_score_is_published_beside_the_computed_one(verb: Verb, tmp_path: Path) -> None:
    line = EvaluatedIndicator("i", "产出指标", "数量指标", "场次", "=10场", "9场", "50", "40")
    project = Project("p", 2022, "甲", forms=forms_of(Evaluation(indicators=(line, replace(line, id="j", score="")))))
    with Store.create(tmp_path / "s.jixiao") as store:
        store.apply("新建", (AddProject(project),))
    (found,) = evaluations_of(verb, tmp_path / "s.jixiao")
    assert [(each["published"], each["computed"]) for each in found["indicators"]] == [("40", "45"), (None, "45")]
    assert (found["execution_rate"], found["execution_score"], found["total"]) == (None, None, None)


def test_that_score_in_words_shows_lines_rate_total_and_grade(verb: Verb, given_store: Path) -> None:
    code, out, err = verb("score", "--store", given_store)
    assert (code, err) == (0, "")
    lines = out.splitlines()
    assert lines[0] == "2022 上海市科技行政服务热线系统（运维）"
    assert "10. 系统响应时间：分值 5，计算得分 5，表上得分 5，达标。21ms = 0.021秒 < 2秒" in lines[10]
    assert lines[16].startswith("  预算执行率 100.00%，得分 10。")
    assert lines[17] == "  总分 100.00，等次 优"
    assert "计算得分 —，表上得分 5，待评定等级。" in out


@pytest.mark.parametrize("name", ["check", "score"])
def test_that_a_text_with_line_ends_or_escapes_stays_on_its_line(verb: Verb, tmp_path: Path, name: str) -> None:
    hostile = "甲\n2026 乙\x9b31m"
    line = EvaluatedIndicator("l", "产出指标", "数量指标", hostile, ">=2次", hostile, "5")
    project = Project("p", 2022, hostile, hostile, "中心", forms=forms_of(Evaluation(indicators=(line,))))
    path = tmp_path / "s.jixiao"
    with Store.create(path) as store:
        store.apply("新建", (AddProject(project),))
    code, out, err = verb(name, "--store", path)
    assert (code, err) == (0, "")
    assert "2026 乙\\x9b31m" in out
    assert not any(said.startswith("2026 乙") for said in out.splitlines())
    assert "\x9b" not in out
