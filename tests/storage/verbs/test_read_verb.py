"""interchange.md §3: ``main.py read``, a window into the grammar."""

from __future__ import annotations

import io
import json
import sys
from types import SimpleNamespace
from typing import Any

import pytest

from storage.verbs import parse, run
from tests.model.field_cases import cases

Answers = list[dict[str, Any]]


@pytest.fixture
def ask(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Any:
    """Give lines to the verb and return its answers."""

    def answers(*lines: str | dict[str, Any] | bytes) -> Answers:
        texts = [line if isinstance(line, (str, bytes)) else json.dumps(line, ensure_ascii=False) for line in lines]
        data = b"\n".join(text if isinstance(text, bytes) else text.encode() for text in texts)
        monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(data), isatty=lambda: False))
        assert run(parse("read", ["--json"])) == 0
        return [json.loads(line) for line in capsys.readouterr().out.splitlines()]

    return answers


NOTHING = dict.fromkeys(("comparator", "number", "unit", "base", "low", "high", "ratio", "due"))


def test_that_a_value_is_answered_in_every_field(ask: Any) -> None:
    (answer,) = ask({"target": "不少于5万株"})
    assert answer == {
        **NOTHING,
        "kind": "quantity",
        "comparator": "≥",
        "number": "5",
        "unit": "万株",
        "base": "50000",
        "printed": "≥5.00(万株)",
        "fixes": [],
        "findings": [],
        "status": None,
        "score": None,
        "explanation": None,
    }


def test_that_a_value_of_a_declaration_is_looked_at_by_the_rules_of_a_declaration_whatever_came_of_it(ask: Any) -> None:
    known = {"target": "≥90 %", "actual": "85%", "points": "10"}
    declared, evaluated = ask({**known, "form": "declaration"}, {**known, "form": "evaluation"})
    assert (declared["findings"], declared["fixes"]) == (
        ["VAL-007"],
        [{"rule": "VAL-007", "text": "≥90.00(%)", "cell": "target"}],
    )
    assert "EVL-036" in evaluated["findings"]
    assert declared["status"] == evaluated["status"] == "unmet"


def test_that_a_pair_is_scored_and_explained_in_the_style_of_the_evaluation(ask: Any) -> None:
    (answer,) = ask({"target": "≥90%", "actual": "85.5%", "points": "10"})
    assert (answer["printed"], answer["status"], answer["score"]) == (">=90%", "unmet", "9.50")
    assert answer["explanation"] == "85.5% < 90%，未达标；得分 = 10 × 85.5 ÷ 90 = 9.50"
    assert answer["findings"] == ["EVL-036"]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ({"target": "10-15天"}, {"kind": "range", "low": "10", "high": "15", "unit": "天"}),
        ({"target": "≤1：15"}, {"kind": "ratio", "comparator": "≤", "ratio": "1:15"}),
        ({"target": "12月底前", "year": 2024}, {"kind": "deadline", "due": "2024-12-31"}),
        ({"target": "12月底前", "year": "2024"}, {"kind": "deadline", "due": "2024-12-31"}),
        ({"target": "20231231", "level2": "时效指标"}, {"kind": "deadline", "due": "2023-12-31"}),
        ({"target": "前10%"}, {"kind": "rank", "number": "10", "unit": "%"}),
        ({"target": "良好"}, {"kind": "words"}),
        ({"target": "约100人"}, {"kind": "words_with_number", "number": "100", "unit": "人", "comparator": None}),
        ({"target": "—"}, {"kind": "blank"}),
        ({"target": "9O%"}, {"kind": "malformed", "findings": ["VAL-002"]}),
        ({"target": "=100％"}, {"fixes": [{"rule": "VAL-007", "text": "=100.00(%)", "cell": "target"}]}),
        ({"target": ">=90%", "form": "evaluation"}, {"printed": ">=90%", "status": None}),
        ({"target": ">=90%", "actual": "", "points": "5"}, {"status": "asks", "score": None}),
        ({"target": "完善", "actual": "建立了制度", "points": "5"}, {"status": "judge", "score": None}),
        ({"target": "<2秒", "actual": "3次", "points": "5"}, {"status": "error", "score": None}),
        ({"target": "10-15天", "actual": "8天", "points": 5}, {"status": "asks", "score": None}),
        (
            {"target": "10-15天", "actual": "8天", "points": 5, "achievement": "achieved"},
            {"status": "met", "score": "5.00"},
        ),
    ],
)
def test_that_each_kind_is_answered(ask: Any, line: dict[str, Any], expected: dict[str, Any]) -> None:
    (answer,) = ask(line)
    assert expected.items() <= answer.items()


def test_that_every_pair_from_the_field_is_answered_as_it_should_be(ask: Any) -> None:
    pairs = cases("scored_pairs")
    asked = [
        {key: pair[key] for key in ("target", "actual", "points", "level2", "year") if key in pair} for pair in pairs
    ]
    for pair, answer in zip(pairs, ask(*asked), strict=True):
        found = "asks" if answer["score"] is None else answer["score"]
        assert found in pair["expected"], answer
        assert (answer["score"] is None) == (answer["status"] not in ("met", "unmet"))


@pytest.mark.parametrize(
    "line",
    [
        *("不是JSON", "", "[]", "1", "{}", '{"target": 5}', "[" * 3000, b"\xff\xfe"),
        *('{"target": "1", "year": "x"}', '{"target": "1", "year": true}', '{"target": "1", "year": 99999}'),
        *('{"target": "1", "form": "x"}', '{"target": "1", "actual": 5}', '{"target": "1", "achievement": "x"}'),
    ],
)
def test_that_a_wrong_line_is_answered_and_the_rest_goes_on(ask: Any, line: str | bytes) -> None:
    wrong, right = ask(line, {"target": "≥1次"})
    assert list(wrong) == ["error"]
    assert wrong["error"].endswith("。")
    assert right["number"] == "1"


def test_that_a_mark_of_the_byte_order_is_no_part_of_the_first_line(ask: Any) -> None:
    assert [answer["number"] for answer in ask("\ufeff" + '{"target": "≥1次"}')] == ["1"]


def test_that_a_person_reads_sentences(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    typed = "》=90%\n10-15天\t12天\t5\n1:3\n12月底\n=100％\n好"
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(typed.encode()), isatty=lambda: True))
    assert run(parse("read", [])) == 0
    shown = capsys.readouterr()
    lines = shown.out.splitlines()
    assert "每行一个指标值" in shown.err
    assert lines[0] == "读作数值 ≥90%；打印为 ≥90.00(%)。"
    assert lines[1] == "读作区间 10–15天；打印为 10-15天；达标：12天，在10–15天以内，达标；得分 = 分值 5 → 5.00。"
    assert lines[2] == "读作比例 1:3；打印为 1:3。"
    assert lines[3].startswith("读作时限 ")
    assert lines[4].endswith("问题：VAL-007；可改为 =100.00(%)。")
    assert lines[5].startswith("读作文字；打印为 好")
