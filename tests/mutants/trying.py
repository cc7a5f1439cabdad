"""One mutant against its tests, in a child of this process: pytest and the packages are imported once and for all.

The parent never imports the program, so that the child meets the changed module wherever it is imported.
"""

from __future__ import annotations

import contextlib
import importlib
import os
import resource
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, SourceFileLoader
from importlib.util import spec_from_file_location
from pathlib import Path
from types import CodeType
from typing import Any

import pytest

from tests.mutants.areas import ROOT, TESTED_BY, is_named, lies_beside, module_named
from tests.mutants.mutant import Mutant
from tests.mutants.running import run_tests
from tests.mutants.touched import Touched

_PACKAGES = (
    "hypothesis",
    "sqlmodel",
    "openpyxl",
    "docx",
    "pypdfium2",
    "xlrd",
    "pypinyin",
    "jsonschema",
    "pytestqt.plugin",
    "PySide6.QtWidgets",
)
_MEMORY_LIMIT = 3 << 30  # a change may ask for all there is
_LONGEST_SECONDS = 8.0  # of all tests of one mutant as they take without it; more of them are left out, which is told
_CONTROL_SECONDS = 2.0
_TIMES_SLOWER, _LEAST_SECONDS = 10, 5.0  # a test that takes more of the processor is taken for one without end
_LONGEST_WAIT = 300  # seconds of the clock, for a test that only waits
_PASSED, _NOTHING_RUN = 0, 5
_TOO_LONG = 77


class Verdict(StrEnum):
    """What became of a mutant."""

    KILLED = "killed"
    SURVIVED = "survived"


@dataclass(frozen=True, slots=True)
class Trial:
    """``by`` is the test that failed, "" where none did or nothing could be collected any more."""

    verdict: Verdict
    by: str
    tests: int
    left_out: int
    seconds: float


def prepare() -> None:
    """Import what every child needs."""
    for name in _PACKAGES:
        importlib.import_module(name)
    assert not {"model", "storage", "gui"} & sys.modules.keys(), "a child has to meet the changed module"


def try_out(mutant: Mutant | None, path: str, touched: Touched) -> Trial:
    """Run the tests of a mutant, those beside it first, the quick ones first; None: some of the file as it stands."""
    started = time.perf_counter()
    chosen, left_out = _chosen(mutant, path, touched, _LONGEST_SECONDS if mutant else _CONTROL_SECONDS)
    if not chosen:
        return Trial(Verdict.SURVIVED, "", 0, left_out, 0)
    for stage in _stages(chosen, path):
        new = _new_files(path, touched) if lies_beside(stage[0], path) else set()
        code, by = _in_a_child(mutant, stage, new, touched)
        if code not in {_PASSED, _NOTHING_RUN}:
            return Trial(Verdict.KILLED, by, len(stage), left_out, time.perf_counter() - started)
    return Trial(Verdict.SURVIVED, "", len(chosen), left_out, time.perf_counter() - started)


def _chosen(mutant: Mutant | None, path: str, touched: Touched, longest: float) -> tuple[list[str], int]:
    """The tests that execute the statement, and those beside it: what runs once, behind a cache, tells of one test."""
    in_file = touched.by_file(path)
    found = set(touched.by(path, range(mutant.lines[0], mutant.lines[1] + 1))) if mutant else set(in_file)
    found |= {test for test in (in_file or touched.seconds) if lies_beside(test, path)} if found else in_file
    if not found:
        found = {test for test in touched.seconds if lies_beside(test, path)}
    ordered = sorted(
        found, key=lambda test: (not lies_beside(test, path), not is_named(test, path), touched.seconds[test])
    )
    chosen: list[str] = []
    total = 0.0
    for test in ordered:
        total += touched.seconds[test]
        if total > longest and chosen:
            break
        chosen.append(test)
    return chosen, len(ordered) - len(chosen)


def _stages(chosen: Sequence[str], path: str) -> Iterator[list[str]]:
    """First the tests beside: most mutants go no further, and the other files need not be collected."""
    beside = [test for test in chosen if lies_beside(test, path)]
    yield from (stage for stage in (beside, [test for test in chosen if test not in set(beside)]) if stage)


def _new_files(path: str, touched: Touched) -> set[str]:
    """Test files beside that were written since the map was made; of those all tests are run."""
    known = {test.partition("::")[0] for test in touched.seconds}
    files = (file.relative_to(ROOT).as_posix() for folder in TESTED_BY for file in (ROOT / folder).rglob("test_*.py"))
    return {file for file in files if file not in known and lies_beside(file, path)}


def _in_a_child(mutant: Mutant | None, tests: Sequence[str], new: set[str], touched: Touched) -> tuple[int, str]:
    reader, writer = os.pipe()
    folder = tempfile.mkdtemp(dir="/dev/shm" if Path("/dev/shm").is_dir() else None)
    child = os.fork()
    if child == 0:
        os.close(reader)
        _be_the_child(mutant, tests, new, touched, writer, folder)
    os.close(writer)
    _, status = os.waitpid(child, 0)
    with contextlib.suppress(ProcessLookupError):
        os.killpg(child, signal.SIGKILL)  # what a test may have left running
    with os.fdopen(reader, encoding="utf-8") as said:
        by = said.read()
    shutil.rmtree(folder, ignore_errors=True)
    code = os.waitstatus_to_exitcode(status)
    return code, by or (f"ended by signal {-code}" if code < 0 else "")


def _be_the_child(
    mutant: Mutant | None, tests: Sequence[str], new: set[str], touched: Touched, writer: int, folder: str
) -> None:
    code = 1
    try:
        os.setsid()
        null = os.open(os.devnull, os.O_RDWR)
        for stream in (0, 1, 2):
            os.dup2(null, stream)
        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY_LIMIT, _MEMORY_LIMIT))
        os.environ["PYTEST_DEBUG_TEMPROOT"] = folder
        signal.alarm(_LONGEST_WAIT)  # the change may be without end before any test begins
        if mutant is not None:
            sys.meta_path.insert(0, _Changed(mutant))
        code = run_tests(sorted(new | {test.partition("::")[0] for test in tests}), _Judge(tests, touched, writer))
    finally:
        os._exit(code)


class _Changed(MetaPathFinder):
    """Gives the changed text for the one module."""

    def __init__(self, mutant: Mutant) -> None:
        self._name = module_named(mutant.path)
        self._mutant = mutant

    def find_spec(self, fullname: str, path: Any, target: Any = None) -> ModuleSpec | None:
        if fullname != self._name:
            return None
        file = str(ROOT / self._mutant.path)
        return spec_from_file_location(fullname, file, loader=_Loader(fullname, file, self._mutant))


class _Loader(SourceFileLoader):
    def __init__(self, fullname: str, path: str, mutant: Mutant) -> None:
        super().__init__(fullname, path)
        self._mutant = mutant

    def get_code(self, fullname: str) -> CodeType:
        return compile(self._mutant.source(), self.path, "exec", dont_inherit=True)


class _Judge:
    """Runs the chosen tests in the order given, and says which one failed or does not end."""

    def __init__(self, tests: Sequence[str], touched: Touched, writer: int) -> None:
        self._places = {test: place for place, test in enumerate(tests)}
        self._seconds = touched.seconds
        self._writer = writer

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Keep the chosen ones; one with a name of its own now is one whose cases come out of the changed code."""
        last = len(self._places)
        kept = [item for item in items if item.nodeid in self._places or item.nodeid not in self._seconds]
        items[:] = sorted(kept, key=lambda item: self._places.get(item.nodeid, last))

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Any:
        def give_up(*_: object) -> None:
            self._say(item.nodeid)
            os._exit(_TOO_LONG)

        signal.signal(signal.SIGPROF, give_up)
        signal.signal(signal.SIGALRM, give_up)
        signal.setitimer(signal.ITIMER_PROF, max(_LEAST_SECONDS, self._seconds.get(item.nodeid, 0) * _TIMES_SLOWER))
        signal.alarm(_LONGEST_WAIT)
        answer = yield
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.alarm(0)
        return answer

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed:
            self._say(report.nodeid)
            os._exit(1)

    def _say(self, test: str) -> None:
        os.write(self._writer, test.encode())
