"""Which tests execute which line: one run of all of them, kept in the build folder until it is asked for again."""

from __future__ import annotations

import json
import time
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

import pytest
from coverage import Coverage

from tests.mutants.areas import AREAS, BUILD, ROOT, TESTED_BY, files_of
from tests.mutants.running import run_tests

_MAP = BUILD / "touched.json"


@dataclass(frozen=True, slots=True)
class Touched:
    """Tests by file and line, and the seconds of the processor each takes.

    What runs when a file is imported has no test of its own. ``texts`` are the files as they were: a map holds for a
    day of work on them.
    """

    lines: Mapping[str, Mapping[str, tuple[str, ...]]]
    seconds: Mapping[str, float]
    texts: Mapping[str, str]

    def by(self, path: str, lines: Iterable[int]) -> frozenset[str]:
        """The tests that execute one of these lines, or what stood where a line has been written since."""
        found = self.lines.get(path, {})
        then = {line for now in lines for line in self._then(path, now)}
        return frozenset(test for line in then for test in found.get(str(line), ()))

    def _then(self, path: str, line: int) -> Iterable[int]:
        old, new = self.texts.get(path, "").splitlines(), (ROOT / path).read_text(encoding="utf-8").splitlines()
        for kind, start, end, new_start, new_end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
            if new_start < line <= new_end:
                return (line - new_start + start,) if kind == "equal" else range(max(start - 1, 0), end + 2)
        return ()

    def by_file(self, path: str) -> frozenset[str]:
        """The tests that execute anything in a file."""
        return frozenset(test for tests in self.lines.get(path, {}).values() for test in tests)


class _Clock:
    """Tells coverage which test is on, and notes how long each takes."""

    def __init__(self, coverage: Coverage) -> None:
        self.seconds: dict[str, float] = {}
        self.failed: list[str] = []
        self._coverage = coverage

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Any:
        self._coverage.switch_context(item.nodeid)
        start = time.process_time()
        answer = yield
        self.seconds[item.nodeid] = round(time.process_time() - start, 4)
        self._coverage.switch_context("")
        return answer

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed:
            self.failed.append(report.nodeid)


def read_map() -> Touched:
    """The map that was made; made now where there is none. Raises SystemExit when a test fails: that says nothing."""
    if not _MAP.is_file():
        _make()
    kept = json.loads(_MAP.read_text(encoding="utf-8"))
    names = kept["tests"]
    lines = {
        path: {line: tuple(names[number] for number in numbers) for line, numbers in found.items()}
        for path, found in kept["lines"].items()
    }
    return Touched(lines, dict(zip(names, kept["seconds"], strict=True)), kept["texts"])


def forget_map() -> None:
    """Have the map made anew when it is asked for."""
    _MAP.unlink(missing_ok=True)


def _make() -> None:
    BUILD.mkdir(parents=True, exist_ok=True)
    files = [path for area in AREAS for path in files_of(area)]
    coverage = Coverage(data_file=None, include=[str(ROOT / path) for path in files], config_file=False)
    clock = _Clock(coverage)
    coverage.start()
    run_tests(TESTED_BY, clock)
    coverage.stop()
    if clock.failed or not clock.seconds:
        raise SystemExit(f"the tests have to pass before anything is changed: {clock.failed}")
    numbers = {test: number for number, test in enumerate(clock.seconds)}
    data = coverage.get_data()
    lines: dict[str, dict[str, list[int]]] = {}
    for path in files:
        found = data.contexts_by_lineno(str(ROOT / path))
        by_line: dict[str, list[int]] = defaultdict(list)
        for line, tests in found.items():
            by_line[str(line)] = sorted(numbers[test] for test in tests if test)
        lines[path] = by_line
    kept = {
        "tests": list(numbers),
        "seconds": list(clock.seconds.values()),
        "texts": {path: (ROOT / path).read_text(encoding="utf-8") for path in files},
        "lines": lines,
    }
    _MAP.write_text(json.dumps(kept), encoding="utf-8")
