"""What every test may use, and what no test may do: reach the network, or leave a message box nobody expected."""

from __future__ import annotations

import os
import shutil
import socket
import sys
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["OPENPYXL_LXML"] = "False"  # as storage says it, for tests that import openpyxl first

FORMS = Path(__file__).parent / "fixtures" / "forms"
_MEMORY, _ROOM = Path("/dev/shm"), 2 << 30  # a store asks the device for certainty a dozen times a gesture
_LONGEST_WAIT_MS = 60_000  # for what comes sooner or later: a busy machine is no failure
_BLOCKING = {
    "QDialog": ("exec",),
    "QMessageBox": ("exec", "question", "warning", "critical", "information", "about"),
    "QFileDialog": ("getOpenFileName", "getOpenFileNames", "getSaveFileName", "getExistingDirectory"),
    "QInputDialog": ("getText", "getMultiLineText", "getInt", "getDouble", "getItem"),
}


_PATIENCE = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
settings.register_profile("jixiao", deadline=None, max_examples=40, suppress_health_check=_PATIENCE)
settings.register_profile("thorough", parent=settings.get_profile("jixiao"), max_examples=1_000)
settings.load_profile("jixiao")  # a slow or busy machine is no failure; `make thorough` tries more


def pytest_configure(config: pytest.Config) -> None:
    """Where tests write, and what the offscreen platform says of every window; any other Qt warning fails the test."""
    if _MEMORY.is_dir() and os.access(_MEMORY, os.W_OK) and shutil.disk_usage(_MEMORY).free > _ROOM:
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(_MEMORY))
    if config.pluginmanager.hasplugin("pytest-qt"):
        from pytestqt.qtbot import QtBot  # noqa: PLC0415 it imports Qt

        for wait in (QtBot.waitUntil, QtBot.waitSignal, QtBot.waitSignals, QtBot.waitExposed, QtBot.waitActive):
            wait.__kwdefaults__ = {**(wait.__kwdefaults__ or {}), "timeout": _LONGEST_WAIT_MS}
        config.addinivalue_line("qt_log_ignore", r"^This plugin does not support (propagateSizeHints|raise|grabbing)")


@pytest.fixture(scope="session", autouse=True)
def _nothing_in_the_home_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Settings and logs of the program go to a folder of this run."""
    home = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        for name in ("XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME", "LOCALAPPDATA", "APPDATA"):
            patch.setenv(name, str(home))
        yield


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Looking up or connecting to any machine fails; sockets within this machine's own files are let through."""

    def refuse(*arguments: Any, **_: Any) -> None:
        raise AssertionError(f"a test reached for the network: {arguments[1:]}")

    def only_local(name: str) -> Callable[..., Any]:
        real = getattr(socket.socket, name)

        def connect(self: socket.socket, address: Any) -> Any:
            if self.family != getattr(socket, "AF_UNIX", None):
                refuse(self, address)
            return real(self, address)

        return connect

    for name in ("connect", "connect_ex"):
        monkeypatch.setattr(socket.socket, name, only_local(name))
    for name in ("getaddrinfo", "gethostbyname", "gethostbyname_ex"):
        monkeypatch.setattr(socket, name, refuse)


@pytest.fixture(autouse=True)
def _opened_boxes(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Any]]:
    """Notes every message box that opens and fails a test that did not ask for ``message_boxes``."""
    boxes: list[Any] = []
    widgets = sys.modules.get("PySide6.QtWidgets")
    if widgets is not None:
        _refuse_blocking(widgets, monkeypatch)
        _note_openings(widgets.QMessageBox, boxes, monkeypatch)
    yield boxes
    if "message_boxes" not in request.fixturenames:
        assert [text for _, text in boxes] == [], "a message box opened that the test did not expect"


def _refuse_blocking(widgets: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    for class_name, methods in _BLOCKING.items():
        for method in methods:

            def refuse(*arguments: Any, name: str = f"{class_name}.{method}", **_: Any) -> None:
                raise AssertionError(f"{name} would block the test: {arguments}")

            monkeypatch.setattr(getattr(widgets, class_name), method, refuse)


def _note_openings(message_box: Any, boxes: list[Any], monkeypatch: pytest.MonkeyPatch) -> None:
    for method in ("open", "show"):
        real = getattr(message_box, method)

        def opening(self: Any, *arguments: Any, real: Callable[..., Any] = real) -> Any:
            boxes.append((self, self.text() + self.informativeText()))
            return real(self, *arguments)

        monkeypatch.setattr(message_box, method, opening)


@pytest.fixture(autouse=True)
def _foreign_files_are_read_here(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Read files in this process, which takes a tenth of the time, where a test is not about the guard itself."""
    if request.node.get_closest_marker("guarded") or "storage.importing.plan" not in sys.modules:
        return
    from storage.foreign.plain_text import forms_of_pasted  # noqa: PLC0415 tests of the model do without
    from storage.importing.readers import read_file  # noqa: PLC0415 as above

    monkeypatch.setattr("storage.importing.plan.read_guarded", lambda path, _is_cancelled: read_file(path))
    monkeypatch.setattr("storage.importing.plan.pasted_guarded", lambda text, *_: forms_of_pasted(text))


@pytest.fixture
def message_boxes(_opened_boxes: list[Any]) -> list[Any]:
    """Every message box the test opens, as (box, text), for a test that means them to open."""
    return _opened_boxes


@pytest.fixture(scope="session")
def given_files() -> tuple[Path, ...]:
    """The three files with the published forms."""
    return tuple(sorted(FORMS.glob("*.json")))


@pytest.fixture(scope="session")
def given_forms(given_files: tuple[Path, ...]) -> tuple[Any, ...]:
    """The 25 published forms as projects, each with one form: 8 + 10 declarations, 7 self-evaluations."""
    from storage.interchange import read_forms  # noqa: PLC0415 tests of the model do without

    numbers = count(1)

    def next_id() -> str:
        return f"given-{next(numbers)}"

    forms = [(next_id(), form.with_ids(next_id)) for path in given_files for form in read_forms(path)]
    return tuple(form.as_project(project_id) for project_id, form in forms)


@pytest.fixture(scope="session")
def _full_store(tmp_path_factory: pytest.TempPathFactory, given_forms: tuple[Any, ...]) -> Path:
    from model.changes import AddProject  # noqa: PLC0415 as above
    from storage.store.sqlite import Store  # noqa: PLC0415 as above

    path = tmp_path_factory.mktemp("given") / "given.jixiao"
    with Store.create(path) as store:
        store.apply("导入", tuple(AddProject(project) for project in given_forms))
    return path


@pytest.fixture
def given_store(_full_store: Path, tmp_path: Path) -> Path:
    """The path of a store of the test's own with the 25 published forms."""
    return Path(shutil.copy(_full_store, tmp_path / "given.jixiao"))
