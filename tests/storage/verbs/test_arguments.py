from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from model.records import Form
from storage.verbs import VERBS, parse

Verb = Callable[..., tuple[int, str, str]]


def test_that_everything_a_verb_takes_is_parsed() -> None:
    choice = ["--year", "2026", "--project", "甲", "--kind", "evaluation", "--final"]
    wanted = parse("export", ["--store", "S", "--out", "F.xlsx", *choice])
    assert (wanted.store, wanted.out, wanted.year) == (Path("S"), Path("F.xlsx"), 2026)
    assert (wanted.project, wanted.kind, wanted.final, wanted.draft) == ("甲", Form.EVALUATION, True, False)
    assert parse("import", ["--store", "S", "a.json", "b.json", "--replace"]).files == [Path("a.json"), Path("b.json")]
    assert parse("check", ["--store", "S", "--json"]).json
    assert not parse("score", ["--store", "S"]).json


@pytest.mark.parametrize(
    ("verb_name", "arguments", "complaint"),
    [
        ("import", ["--store", "S"], "缺少参数：FILE"),
        ("import", ["a.json"], "缺少参数：--store"),
        ("check", ["--store"], "参数 --store 后面应有一个值"),
        ("check", ["--store", "S", "--verbose"], "不认识的参数：--verbose"),
        ("check", ["--store", "S", "--json=yes"], "参数 --json 后面不应有值"),
        ("export", ["--store", "S", "--out", "F", "--year", "26"], "参数 --year：年度应为四位数字，实际是“26”"),
        ("export", ["--store", "S", "--out", "F", "--kind", "goal"], "实际是“goal”"),
        ("check", ["--store", "\udce5.jixiao"], "不是系统编码的文字"),
        ("export", ["--store", "S", "--out", "F", "--final", "--draft"], "不能与 --final 同时使用"),
    ],
)
def test_that_wrong_arguments_are_refused_in_chinese_with_exit_code_1(
    verb: Verb, verb_name: str, arguments: list[str], complaint: str
) -> None:
    code, out, err = verb(verb_name, *arguments)
    assert code == 1
    assert out == ""
    assert complaint in err
    assert f"用法：main.py {verb_name}" in err


@pytest.mark.parametrize("name", VERBS)
def test_that_every_verb_explains_itself_in_chinese(verb: Verb, name: str) -> None:
    code, out, err = verb(name, "--help")
    assert (code, err) == (0, "")
    of_a_store = () if name == "read" else ("--store S", "绩效文件（.jixiao）")
    for words in (f"用法：main.py {name}", "选项", *of_a_store, "显示本说明"):
        assert words in out
    for english in ("usage", "show this help", "options", "positional"):
        assert english not in out
