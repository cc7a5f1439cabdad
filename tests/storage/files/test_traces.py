from __future__ import annotations

import logging
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import fields, replace
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest
from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError

from model.changes import RemoveProject, SetField
from model.errors import UserError
from model.records import Declaration, EvaluatedIndicator, Evaluation, Form, Indicator, Project, forms_of
from storage.files.log_file import log_path, log_to_file
from storage.files.traces import report, trace
from storage.store.sqlite import Store
from storage.store.tables import PROJECT
from tests.storage.builders import new_store

SECRET = "机密文字甲乙丙"


def full_of_secrets(kind: type[Any], **given: Any) -> Any:
    """A record with the secret in every cell that is a text."""
    texts = {field.name: SECRET for field in fields(kind) if field.type == "str" and field.name not in given}
    return kind(**{**texts, **given})


def secret_project() -> Project:
    project = full_of_secrets(
        Project,
        id="p",
        year=2026,
        forms=forms_of(
            full_of_secrets(Declaration, indicators=(full_of_secrets(Indicator, id="l"),)),
            full_of_secrets(Evaluation, indicators=(full_of_secrets(EvaluatedIndicator, id="m"),)),
        ),
        explanations=MappingProxyType({"DEC-020@declaration:annual_goal:": SECRET}),
    )
    assert isinstance(project, Project)
    return project


@contextmanager
def log_to(folder: Path) -> Iterator[None]:
    """The program's own log, in a folder, for the time of a test."""
    root = logging.getLogger()
    handlers, level, raising = root.handlers[:], root.level, logging.raiseExceptions
    root.handlers.clear()
    try:
        log_to_file()
        assert log_path().is_relative_to(folder)
        yield
    finally:
        for handler in root.handlers:
            handler.close()
        root.handlers[:] = handlers
        root.setLevel(level)
        logging.raiseExceptions = raising


def break_constraint(connection: Connection, _before: Project | None, after: Project | None) -> None:
    assert after is not None
    row = {"id": after.id, "year": after.year, "project_name": SECRET, "department": SECRET, "unit": SECRET}
    connection.execute(PROJECT.insert(), row)


def break_value(_connection: Connection, _before: Project | None, after: Project | None) -> None:
    assert after is not None
    int(after.project_name)


def break_key(_connection: Connection, _before: Project | None, after: Project | None) -> None:
    assert after is not None
    try:
        dict[str, str]()[after.project_name]
    except KeyError as error:
        raise LookupError(f"no such project: {after.project_name}") from error


def break_repr(_connection: Connection, _before: Project | None, after: Project | None) -> None:
    raise AssertionError(f"a project that is wrong: {after!r}")


BREAKAGES: dict[str, Callable[[Connection, Project | None, Project | None], None]] = {
    "constraint": break_constraint,
    "value": break_value,
    "key": break_key,
    "repr": break_repr,
}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with new_store(tmp_path / "a.jixiao", secret_project()) as store:
        yield store


def raised(act: Callable[[], object]) -> BaseException:
    try:
        act()
    except BaseException as error:  # noqa: BLE001 whatever it is, it is told
        return error
    raise AssertionError("nothing was raised")


def change(before: str = SECRET) -> SetField:
    return SetField("p", Form.DECLARATION, "p", "annual_goal", before, SECRET * 2)


@pytest.mark.parametrize("how", BREAKAGES)
def test_that_no_error_on_the_way_into_the_file_tells_a_text_of_a_form(
    store: Store, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    monkeypatch.setattr("storage.store.sqlite.write_difference", BREAKAGES[how])
    error = raised(lambda: store.apply(SECRET, (change(),)))
    text = report(error)
    assert SECRET not in text
    assert type(error).__name__ in text
    assert f"in break_{how}" in text


def test_that_the_parameters_of_a_statement_are_in_no_message_at_all(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.store.sqlite.write_difference", break_constraint)
    with pytest.raises(ValueError, match="brings already") as failure:
        store.apply(SECRET, (change(),))
    cause = failure.value.__cause__
    assert isinstance(cause, IntegrityError)
    assert SECRET not in str(cause)
    assert "sqlite_errorname" not in str(cause)
    assert "SQLITE_CONSTRAINT_PRIMARYKEY" in report(cause)
    assert SECRET not in report(failure.value)


@pytest.mark.parametrize(
    "act",
    [
        lambda: int(SECRET),
        lambda: dict[str, str]()[SECRET],
        lambda: Decimal(SECRET),
        lambda: list[str]().remove(SECRET),
        lambda: SECRET.encode("ascii"),
        lambda: getattr(SECRET, SECRET),
        lambda: Path(SECRET).read_text(),
        lambda: sys.exit(SECRET),
        lambda: (_ for _ in ()).throw(UserError(f"文件“{SECRET}.xlsx”无法读取")),
        lambda: (_ for _ in ()).throw(ValueError(secret_project())),
    ],
    ids=range(10),
)
def test_that_no_message_of_any_kind_tells_what_it_is_about(act: Callable[[], object]) -> None:
    error = raised(act)
    text = trace(error)
    assert SECRET not in text
    assert SECRET[:4] not in text
    assert type(error).__name__ in text
    assert Path(__file__).name in text


@pytest.mark.parametrize("before", ["另一个文字", SECRET * 3])
def test_that_a_gesture_that_does_not_fit_is_told_in_the_words_of_the_program(store: Store, before: str) -> None:
    error = raised(lambda: store.apply(SECRET, (change(before),)))
    assert isinstance(error, ValueError)
    assert SECRET not in trace(error)
    assert "is not what it was" in trace(error)
    wrong = replace(secret_project(), project_name="别的")
    other = trace(raised(lambda: store.apply("删", (RemoveProject(wrong),))))
    assert "is not the one to remove" in other
    assert SECRET not in other


def test_that_all_an_error_came_from_is_told_oldest_first_and_once() -> None:
    def fail() -> None:
        try:
            try:
                int(SECRET)
            except ValueError as first:
                raise KeyError(SECRET) from first
        except KeyError:
            raise RuntimeError(SECRET) from None

    error = raised(fail)
    assert "KeyError" not in trace(error)
    assert error.__context__ is not None
    text = trace(error.__context__)
    assert text.index("ValueError") < text.index("direct cause") < text.index("KeyError")
    circle = ValueError("a")
    circle.__context__ = KeyError("b")
    circle.__context__.__context__ = circle
    assert trace(circle).count("ValueError") == 1


def test_that_a_message_that_cannot_be_made_does_not_lose_the_report() -> None:
    class BrokenError(Exception):
        def __str__(self) -> str:
            raise RuntimeError(SECRET)

    assert "BrokenError" in trace(BrokenError())


def test_that_the_number_of_a_system_error_is_told() -> None:
    assert "errno 2" in trace(raised(lambda: Path(f"/{SECRET}").read_text()))


@pytest.fixture
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("XDG_STATE_HOME", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(tmp_path / "state"))
    return tmp_path / "state"


def test_that_the_log_keeps_traces_without_a_text_of_a_form(state: Path) -> None:
    with log_to(state):
        try:
            int(SECRET)
        except ValueError:
            logging.getLogger("jixiao").exception("a gesture did not fit the store")
    log = log_path().read_text(encoding="utf-8")
    assert "ERROR jixiao a gesture did not fit the store\nTraceback" in log
    assert "ValueError" in log
    assert SECRET not in log


@pytest.mark.skipif(sys.platform == "win32", reason="there the profile of the user is closed to others")
def test_that_the_log_is_for_its_owner_only_also_one_an_older_version_began(state: Path) -> None:
    folder = state / "jixiao"
    folder.mkdir(parents=True, mode=0o755)
    for name in ("jixiao.log", "jixiao.log.1"):
        (folder / name).write_text("old\n")
        (folder / name).chmod(0o644)
    with log_to(state):
        logging.getLogger("jixiao").info("new")
        for handler in logging.getLogger().handlers:
            handler.doRollover()  # type: ignore[attr-defined]
        logging.getLogger("jixiao").info("newer")
    assert sorted(path.name for path in folder.iterdir()) == ["jixiao.log", "jixiao.log.1"]
    for path in (folder, *folder.iterdir()):
        assert path.stat().st_mode & 0o077 == 0
    assert "newer" in log_path().read_text(encoding="utf-8")


def test_that_without_a_place_to_write_there_is_no_log_and_nothing_is_printed(
    state: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    state.write_text("in the way")
    with log_to(state):
        logging.getLogger("jixiao").critical(SECRET)
    assert capsys.readouterr() == ("", "")
