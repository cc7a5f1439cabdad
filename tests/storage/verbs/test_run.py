"""What a verb does when nobody can read it, when it is interrupted, and when the program itself is wrong."""

from __future__ import annotations

import errno
import io
from collections.abc import Callable
from pathlib import Path

import pytest

from storage.store.backups import backup_folder
from storage.store.sqlite import Store
from storage.verbs import check_verb, parse, run
from storage.verbs.run import BUG, INTERRUPTED

NAME = "甲项目的名称"

Verb = Callable[..., tuple[int, str, str]]


class FullDisk(io.StringIO):
    """A stream that takes nothing."""

    def __init__(self, code: int = errno.ENOSPC) -> None:
        super().__init__()
        self._error = OSError(code, "no")

    def write(self, _: str) -> int:
        raise self._error


def test_that_a_report_nobody_takes_is_a_failure_told_in_words(
    given_store: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdout", FullDisk())
    assert run(parse("check", ["--store", str(given_store)])) == 1
    assert capsys.readouterr().err.startswith("结果没有写完")


def test_that_a_reader_who_has_enough_is_no_failure_to_speak_of(
    given_store: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdout", FullDisk(errno.EPIPE))
    run(parse("score", ["--store", str(given_store)]))
    assert capsys.readouterr().err == ""


def test_that_an_import_is_done_even_if_its_lines_reach_nobody(
    given_files: tuple[Path, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("sys.stdout", "sys.stderr"):
        monkeypatch.setattr(name, FullDisk())
    path = tmp_path / "s.jixiao"
    assert run(parse("import", ["--store", str(path), str(given_files[0])])) == 0
    with Store.open(path) as store:
        assert len(store.summaries()) == 8


@pytest.mark.parametrize(
    ("error", "code", "sentence"),
    [
        (KeyboardInterrupt(), INTERRUPTED, "已中断。\n"),
        (KeyError("甲项目"), BUG, "程序内部出错，没有完成（KeyError，test_run.py 第 "),
        (MemoryError(), BUG, "程序内部出错，没有完成（MemoryError"),
    ],
)
def test_that_no_trace_is_ever_shown(
    verb: Verb,
    given_store: Path,
    monkeypatch: pytest.MonkeyPatch,
    error: BaseException,
    code: int,
    sentence: str,
) -> None:
    def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr(check_verb, "check", fail)
    found, _, err = verb("check", "--store", given_store)
    assert found == code
    assert err.startswith(sentence)
    assert "甲项目" not in err
    assert err.count("\n") == 1
    Store.open(given_store).close()


def test_that_a_bug_is_logged_with_its_place_and_shown_to_who_asks(
    verb: Verb, given_store: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: object) -> None:
        raise KeyError(NAME)

    monkeypatch.setattr(check_verb, "check", fail)
    code, _, err = verb("check", "--store", given_store, "--traceback")
    assert code == BUG == 70
    for told in (err, caplog.text):
        assert "Traceback (most recent call last)" in told
        assert "in fail" in told
        assert "KeyError" in told
        assert NAME not in told


@pytest.mark.parametrize("name", ["check", "score", "export", "import"])
def test_that_a_backup_that_could_not_be_made_is_told(
    verb: Verb, given_files: tuple[Path, ...], given_store: Path, tmp_path: Path, name: str
) -> None:
    backup_folder(given_store).write_text("in the way", encoding="utf-8")
    more = {"export": ["--out", tmp_path / "o.json"], "import": given_files}
    code, _, err = verb(name, "--store", given_store, *more.get(name, ()))
    assert code == 0
    assert err.startswith("没有完成备份")
