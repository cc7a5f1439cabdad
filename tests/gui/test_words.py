"""One word a thing: what the program says for adding, warning and removing is said with one word everywhere."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from gui.desk.theme import RESOURCES
from gui.files.rescue import RESTORE

ROOT = RESOURCES.parent
INSTEAD = {
    "新增": "添加",
    "增加": "添加",
    "告警": "警告",
    "警示": "警告",
    "提醒": "警告 or 提示",
    "移除": "删除",
    "撤消": "撤销",
    "还原": "恢复",
    "回退": "退回",
    "存盘": "保存",
    "储存": "保存",
    "搜索": "查找",
    "检索": "查找",
    "折叠": "收起",
    "点击": "单击",
    "设定": "设置",
    "目标值": "指标值",
    "项目单位": "实施单位",
    "填报单位": "实施单位",
    "文件夹目录": "文件夹",
}
OF_THE_FORMS = {"model/recognition", "model/rules/last_year.py", "model/rules/values.py", "model/bundle/beside.py"}
"""Where such a word is one of other people's forms, or tells how much an amount grew, and is none of the window's."""
TOLD = ("gui", "model", "storage")
CODE = re.compile(r"(?<![A-Za-z])(?:(?:DEC|FND|IND|VAL|EVL)-\d{3}|[NR]\d)(?![A-Za-z0-9])")
FOREIGN = {
    *("Ctrl", "Shift", "Alt", "Enter", "Esc", "Tab", "Del", "Home", "End", "Backspace", "E", "F"),
    *("Excel", "Word", "WPS", "PDF", "JSON", "OCR", "Windows", "Office", "Qt", "KB", "MB", "U", "B", "G"),
    *("jixiao", "xlsx", "xls", "docx", "pdf", "txt", "json", "png", "ini", "lock", "P", "Z", "S", "A", "C", "V", "L"),
}
"""Names of keys, of programs and of kinds of files."""


def texts(path: Path) -> Iterator[str]:
    """The texts of a module that are no documentation."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    documents = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documents:
            yield node.value


def modules(*rooms: str) -> Iterator[Path]:
    for room in rooms:
        yield from sorted((ROOT / room).rglob("*.py"))


def test_that_one_thing_has_one_word_in_everything_the_program_says() -> None:
    found = [
        f"{path.relative_to(ROOT)}: {text!r} says {word}, everywhere else it is {wanted}"
        for path in modules(*TOLD)
        if not any(path.relative_to(ROOT).as_posix().startswith(one) for one in OF_THE_FORMS)
        for text in texts(path)
        for word, wanted in INSTEAD.items()
        if word in text
    ]
    assert found == []


def test_that_no_code_of_a_rule_stands_in_a_text_of_the_window() -> None:
    found = [f"{path.relative_to(ROOT)}: {text!r}" for path in modules("gui") for text in texts(path) if _tells(text)]
    assert found == []


def _tells(text: str) -> bool:
    return _is_chinese(text) and CODE.search(text) is not None


def _is_chinese(text: str) -> bool:
    return re.search("[\u4e00-\u9fff]", text) is not None


def test_that_no_word_of_another_language_stands_in_a_text_of_the_window() -> None:
    found = [
        f"{path.relative_to(ROOT)}: {word} in {text!r}"
        for path in modules("gui")
        for text in texts(path)
        if _is_chinese(text) and "\\" not in text and "LGPL" not in text  # the licences of what the program is made of
        for word in re.findall(r"[A-Za-z]+", re.sub(r"\*?\.\w+|\(?&\w\)?", "", text))
        if word not in FOREIGN
    ]
    assert found == []


def test_that_the_way_to_the_backups_is_named_as_on_its_button() -> None:
    bare = re.compile(rf"恢复备份(?!…)(?=[”。，；])|{RESTORE}(?!”)(?!$)")
    found = [(path.name, text) for path in modules(*TOLD) for text in texts(path) if bare.search(text)]
    assert found == []
