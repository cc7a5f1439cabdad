"""The guard round the reading of foreign files: a process of its own, its limits, what is told when it passes them."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from model.errors import CancelledError, UserError
from storage.guard import process
from storage.guard.codec import Ending, Reply, dumped, loaded
from storage.guard.job_object import Job
from storage.guard.process import picture_guarded, read_guarded
from storage.importing import worker
from storage.importing.plan import read_files
from storage.importing.readers import read_file
from storage.interchange import ImportedForm, read_forms
from tests.storage.builders import project
from tests.storage.pdf.drawn_pdf import draw, printed

pytestmark = pytest.mark.guarded


def never() -> bool:
    return False


@pytest.fixture
def instead(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Has another program stand for the reading process."""

    def use(code: str) -> None:
        monkeypatch.setattr(process, "_command", lambda: [sys.executable, "-c", code])

    return use


def test_that_forms_come_through_the_process_as_they_are_read_here(
    given_files: tuple[Path, ...], given_store: Path
) -> None:
    for path in (given_files[0], given_store):
        assert read_files([path]) == read_file(path)


def test_that_what_a_reader_refuses_is_told_in_its_own_words(tmp_path: Path) -> None:
    (tmp_path / "坏.json").write_bytes(b"[1")
    with pytest.raises(UserError) as here:
        read_file(tmp_path / "坏.json")
    with pytest.raises(UserError) as there:
        read_guarded(tmp_path / "坏.json", never)
    assert str(there.value) == str(here.value)


def test_that_every_file_is_told_before_it_is_read(given_files: tuple[Path, ...]) -> None:
    told: list[tuple[int, int, str]] = []
    read_files(given_files[:2], lambda *step: told.append(step))
    assert told == [(number, 2, f"“{path.name}”") for number, path in enumerate(given_files[:2])]


def test_that_a_reading_that_is_cancelled_is_stopped(instead: Callable[[str], None], tmp_path: Path) -> None:
    instead("import time; time.sleep(600)")
    asked: list[bool] = []

    def second_time() -> bool:
        asked.append(True)
        return len(asked) > 1

    with pytest.raises(CancelledError):
        read_guarded(tmp_path / "慢.pdf", second_time)
    assert len(asked) == 2


def test_that_a_reading_that_stands_about_is_stopped_and_told(
    instead: Callable[[str], None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    instead("import time; time.sleep(600)")
    monkeypatch.setattr(process, "PATIENCE", 0)
    with pytest.raises(UserError, match="超过10秒还没有读完"):
        read_guarded(tmp_path / "慢.pdf", never)


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("import os, signal; os.kill(os.getpid(), signal.SIGXCPU)", "超过10秒还没有读完"),
        ("import os; os.abort()", "读它的程序中途停止了"),
        ("import sys; sys.exit(3)", "读它的程序中途停止了"),
        ("print('no reply')", "读它的程序中途停止了"),
        ("", "读它的程序中途停止了"),
        ("print('[' * 1_000_000)", "读它的程序中途停止了"),
        ("""print('{"ending": "read", "forms": [{"year": "x"}]}')""", "读它的程序中途停止了"),
        ("""print('{"ending": "memory"}')""", "需要的内存超过300MB"),
        ("""print('{"ending": "broken", "text": "trace"}')""", "文件已损坏，或含有不能识别的内容"),
    ],
)
def test_that_whatever_becomes_of_the_process_is_told(
    instead: Callable[[str], None], tmp_path: Path, code: str, said: str
) -> None:
    instead(code)
    with pytest.raises(UserError) as refusal:
        read_guarded(tmp_path / "怪.pdf", never)
    assert said in str(refusal.value)
    assert "没有导入任何内容" in str(refusal.value)


def test_that_more_than_a_reply_can_be_is_too_much(
    instead: Callable[[str], None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    instead("print('x' * 100, end='')")
    monkeypatch.setattr(process, "_MOST_REPLY", 50)
    with pytest.raises(UserError, match="需要的内存"):
        read_guarded(tmp_path / "怪.pdf", never)


def test_that_what_the_process_leaves_is_removed(
    instead: Callable[[str], None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    instead("import os, tempfile; open(tempfile.mkstemp()[1], 'w').write('秘密'); os.abort()")
    with pytest.raises(UserError):
        read_guarded(tmp_path / "怪.pdf", never)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(sys.platform != "linux", reason="the limits of Linux")
@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("bytearray(400_000_000)", b"MemoryError"),
        ("while True: pass", b""),
        ("import tempfile; tempfile.TemporaryFile().truncate(2**30 + 1)", b"File too large"),
    ],
)
def test_that_the_process_puts_the_limits_on_itself(code: str, said: bytes) -> None:
    patch = "import storage.guard.limits as l; l.SECONDS = 1; l.limit_this_process(); "
    done = subprocess.run(
        [sys.executable, "-c", f"{patch}\n{code}"], cwd=process._ROOT, capture_output=True, timeout=60, check=False
    )
    assert done.returncode in (1, -24)
    assert said in done.stderr


class PanicException(BaseException):
    """Is no Exception."""


def test_that_a_parser_that_panics_is_told_as_a_broken_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def panic(_: Path) -> None:
        raise PanicException("index out of bounds")

    monkeypatch.setattr(worker, "read_file", panic)
    assert worker._reply({"path": str(tmp_path / "怪.xls")}).ending is Ending.BROKEN


def test_that_a_reply_survives_json_and_nothing_else_passes_for_one(given_files: tuple[Path, ...]) -> None:
    reply = Reply(Ending.READ, read_forms(given_files[0]))
    assert loaded(dumped(reply)) == reply
    for data in (b"", b"{}", b"[]", b"\xff", dumped(reply)[:-2], dumped(reply).replace(b'"number": 1,', b"")):
        assert loaded(data) is None


def test_that_half_of_a_surrogate_pair_does_not_stop_a_reply() -> None:
    found = loaded(dumped(Reply(Ending.REFUSED, text="坏\ud800字")))
    assert found is not None
    assert found.text == "坏?字"


class Kernel:
    """Stands for the functions of Windows."""

    def __init__(self, *, is_willing: bool) -> None:
        self.calls: list[tuple[str, tuple[Any, ...]]] = []
        self._is_willing = is_willing

    def __getattr__(self, name: str) -> Callable[..., int]:
        def call(*arguments: Any) -> int:
            self.calls.append((name, arguments))
            return 7 if name == "CreateJobObjectW" or self._is_willing else 0

        return call


def test_that_a_job_of_windows_is_given_its_limits_and_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    kernel = Kernel(is_willing=True)
    monkeypatch.setattr("storage.guard.job_object._kernel", lambda: kernel)
    job = Job(42, memory=300, seconds=9)
    job.close()
    job.close()
    assert [name for name, _ in kernel.calls] == [
        "CreateJobObjectW",
        "SetInformationJobObject",
        "AssignProcessToJobObject",
        "CloseHandle",
    ]
    assert kernel.calls[2][1] == (7, 42)


def test_that_a_job_windows_refuses_is_closed_and_told(monkeypatch: pytest.MonkeyPatch) -> None:
    kernel = Kernel(is_willing=False)
    monkeypatch.setattr("storage.guard.job_object._kernel", lambda: kernel)
    with pytest.raises(OSError, match="no job"):
        Job(42, memory=300, seconds=9)
    assert kernel.calls[-1][0] == "CloseHandle"


def test_that_the_frozen_program_reads_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert process._command() == [sys.executable, "--read-foreign"]


def test_that_forms_are_of_the_same_type_on_both_sides(given_files: tuple[Path, ...]) -> None:
    assert all(type(form) is ImportedForm for form in read_files(given_files[:1]))


def test_that_the_picture_of_a_page_comes_through_the_process(tmp_path: Path, qapp: object) -> None:
    path = draw(tmp_path / "表.pdf", printed([project()]))
    picture = picture_guarded(path, 1, never)
    assert (picture.width, picture.height) == (1190, 1684)
    dots = picture.dots()
    assert len(dots) == 1190 * 1684 * 4
    assert 0 < dots.count(b"\0\0\0") < len(dots) // 100


def test_that_a_form_of_a_pdf_says_where_it_and_its_lines_stand(tmp_path: Path, qapp: object) -> None:
    path = draw(tmp_path / "表.pdf", printed([project()]))
    (form,) = read_file(path)
    assert form.places is not None
    assert form.places.path == str(path)
    assert [region.page for region in form.places.form] == [1]
    assert len(form.places.lines) == len(form.content.indicators)
    tops = [region.top for region in form.places.lines]
    assert tops == sorted(tops)
    assert form.source_text is not None
    lines = [form.source_text.text[span.start : span.end] for span in form.source_text.lines]
    assert all(line.name in text for line, text in zip(form.content.indicators, lines, strict=True))


def test_that_a_form_of_another_store_that_no_form_can_hold_is_refused(given_store: Path) -> None:
    with closing(sqlite3.connect(given_store)) as store:
        store.execute("UPDATE project SET year = 9999")
        store.commit()
    with pytest.raises(UserError, match="预算年度应为 2000 至 2100，实际是 9999"):
        read_files([given_store])
