"""The verbs as a person or a script calls them: a process of its own, no display, bytes on its streams."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from model import __version__

ROOT = Path(__file__).parent.parent.parent
FORMS = sorted((ROOT / "tests" / "fixtures" / "forms").glob("*.json"))


class Done(NamedTuple):
    code: int
    out: str
    err: str


@pytest.fixture
def jixiao(tmp_path: Path) -> Callable[..., Done]:
    """Runs ``python main.py …`` in a folder of the test's own, in a plain C locale and without any display."""
    kept = {"PATH", "HOME", "SYSTEMROOT", "XDG_STATE_HOME", "LOCALAPPDATA"}
    environment = {name: value for name, value in os.environ.items() if name in kept}
    environment |= {"LC_ALL": "C", "PYTHONDONTWRITEBYTECODE": "1"}

    def run(*arguments: object) -> Done:
        command = [sys.executable, "-W", "error", str(ROOT / "main.py"), *map(str, arguments)]
        done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, timeout=120, check=False)
        return Done(done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8"))

    return run


def test_that_the_whole_way_from_import_to_export_works_without_a_window(
    jixiao: Callable[..., Done], tmp_path: Path
) -> None:
    imported = jixiao("import", "--store", "绩效.jixiao", *FORMS)
    assert (imported.code, imported.err) == (0, "")
    assert len(imported.out.splitlines()) == 25

    checked = jixiao("check", "--store", "绩效.jixiao", "--json")
    assert (checked.code, checked.err) == (0, "")
    assert sum(found["severity"] == "error" for found in json.loads(checked.out)["findings"]) == 7

    scored = jixiao("score", "--store", "绩效.jixiao", "--json")
    assert (scored.code, scored.err) == (0, "")
    assert [found["total"] for found in json.loads(scored.out)["evaluations"]] == ["100.00"] * 7

    for name in ("全部.xlsx", "全部.json"):
        exported = jixiao("export", "--store", "绩效.jixiao", "--out", name)
        assert (exported.code, exported.err) == (0, "")
        assert (tmp_path / name).stat().st_size > 10_000

    again = jixiao("import", "--store", "第二份.jixiao", "全部.json")
    assert again.code == 0
    assert jixiao("export", "--store", "第二份.jixiao", "--out", "再次.json").code == 0
    assert (tmp_path / "再次.json").read_bytes() == (tmp_path / "全部.json").read_bytes()
    leftovers = {path.name for path in tmp_path.iterdir() if not path.name.endswith(".备份")}
    assert leftovers == {"绩效.jixiao", "第二份.jixiao", "全部.xlsx", "全部.json", "再次.json"}


BAD_FILES = {
    "truncated": (b'{"format": "jixiao-forms/1", "forms": [{"kind"', "内容不完整"),
    "another format": (b'{"type": "FeatureCollection"}', "format 应为"),
    "another version": (b'{"format": "jixiao-forms/9", "forms": []}', "jixiao-forms/9"),
    "a list for a text": (
        b'{"format": "jixiao-forms/1", "forms": [{"kind": "declaration", "year": 2026, "annual_goal": []}]}',
        "第 1 张表：annual_goal（年度总体目标）应为文字",
    ),
    "an amount that is no number": (
        '{"format": "jixiao-forms/1", "forms": [{"kind": "declaration", "year": 2026, "project_name": "甲",'
        ' "funding": {"fiscal_current": "abc"}}]}'.encode(),
        "第 1 张表“甲”：funding.fiscal_current（当年财政拨款）应为金额",
    ),
    "an unknown label": (
        '{"format": "jixiao-forms/1", "forms": [{"kind": "evaluation", "year": 2022, "project_name": "乙",'
        ' "indicators": [{"level1": "产出指标", "level2": "效果指标"}]}]}'.encode(),
        "第 1 张表“乙”：indicators[0].level2（第 1 条指标的二级指标）应为",
    ),
    "a bomb": (b"[" * 1_000_000, "嵌套层数过多"),
    "not UTF-8": ('{"format": "绩效"}'.encode("gbk"), "UTF-8"),
}


@pytest.mark.parametrize("kind", BAD_FILES)
def test_that_a_bad_file_is_refused_in_chinese_and_the_store_stays_as_it_was(
    jixiao: Callable[..., Done], given_store: Path, tmp_path: Path, kind: str
) -> None:
    data, complaint = BAD_FILES[kind]
    (tmp_path / "坏.json").write_bytes(data)
    before = given_store.read_bytes()
    done = jixiao("import", "--store", given_store.name, FORMS[0], "坏.json")
    assert (done.code, done.out) == (1, "")
    assert "文件“坏.json”" in done.err
    assert complaint in done.err
    assert "Traceback" not in done.err
    assert given_store.read_bytes() == before


def test_that_a_file_of_100_megabytes_is_refused(jixiao: Callable[..., Done], tmp_path: Path) -> None:
    with (tmp_path / "大.json").open("wb") as file:
        file.truncate(100 * 1024 * 1024)
    done = jixiao("import", "--store", "s.jixiao", "大.json")
    assert (done.code, done.out) == (1, "")
    assert "有100MB，太大，最多读取50MB" in done.err
    assert not (tmp_path / "s.jixiao").exists()


def test_that_a_missing_store_is_named_and_not_made(jixiao: Callable[..., Done], tmp_path: Path) -> None:
    done = jixiao("check", "--store", "missing.jixiao")
    assert (done.code, done.out) == (1, "")
    assert "找不到文件“missing.jixiao”" in done.err
    assert list(tmp_path.iterdir()) == []


def test_that_the_version_is_the_one_of_the_program(jixiao: Callable[..., Done]) -> None:
    assert jixiao("--version") == Done(0, f"jixiao {__version__}\n", "")


def test_that_an_unknown_option_is_refused_in_chinese(jixiao: Callable[..., Done]) -> None:
    done = jixiao("--colour")
    assert (done.code, done.out) == (1, "")
    assert done.err.startswith("不认识的参数：--colour")


def test_that_a_verb_needs_neither_qt_nor_before_its_turn_the_engine(tmp_path: Path) -> None:
    code = (
        "import sys, runpy\n"
        "sys.argv = ['main.py', '--version']\n"
        "try: runpy.run_path('main.py', run_name='__main__')\n"
        "except SystemExit: pass\n"
        "print(sorted(name for name in ('PySide6', 'sqlmodel', 'sqlalchemy', 'openpyxl') if name in sys.modules))\n"
        "sys.argv = ['main.py', 'check', '--store', 'missing.jixiao']\n"
        "try: runpy.run_path('main.py', run_name='__main__')\n"
        "except SystemExit: pass\n"
        "print('PySide6' in sys.modules)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, timeout=60, check=True)
    assert done.stdout.decode().splitlines()[1:] == ["[]", "False"]


def test_that_a_reader_who_leaves_early_causes_no_trace(given_store: Path) -> None:
    command = f"'{sys.executable}' '{ROOT / 'main.py'}' check --store '{given_store}' | head -n 1"
    done = subprocess.run(["sh", "-c", command], capture_output=True, timeout=60, check=True)
    assert done.stderr == b""
    assert len(done.stdout.decode().splitlines()) == 1


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there is always a desktop")
def test_that_the_editor_says_plainly_that_there_is_no_screen() -> None:
    screens = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    environment = {name: value for name, value in os.environ.items() if name not in screens}
    done = subprocess.run(
        [sys.executable, "main.py"], cwd=ROOT, env=environment, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 1
    assert "没有图形界面" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a disk that is always full")
@pytest.mark.parametrize("redirection", [">/dev/full", ">/dev/full 2>/dev/full", "| true", ">&-"])
@pytest.mark.parametrize("arguments", ["--help", "--version", "check --help", "check --store given.jixiao"])
def test_that_output_nobody_takes_leaves_no_trace(given_store: Path, arguments: str, redirection: str) -> None:
    command = f"'{sys.executable}' '{ROOT / 'main.py'}' {arguments} {redirection}"
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
    done = subprocess.run(
        ["sh", "-c", command], cwd=given_store.parent, env=environment, capture_output=True, timeout=60, check=False
    )
    assert done.returncode in (0, 1)
    assert "Traceback" not in done.stderr.decode()
    assert "Exception ignored" not in done.stderr.decode()


@pytest.mark.parametrize("word", ["chek", "导入", "read-all"])
def test_that_a_verb_there_is_none_of_is_told_as_such(jixiao: Callable[..., Done], word: str) -> None:
    done = jixiao(word, "--store", "绩效.jixiao")
    assert (done.code, done.out) == (1, "")
    assert done.err.startswith(f"“{word}”不是命令，也没有这个文件。")
    assert "check" in done.err
