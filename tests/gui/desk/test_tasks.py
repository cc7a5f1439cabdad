"""Background work: results, progress, cancelling, and the two ways to fail."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from gui.desk.tasks import Monitor, TaskRunner
from gui.views.status import JobDisplay
from model.errors import UserError


@pytest.fixture
def tasks(qapp: object) -> Iterator[TaskRunner]:
    runner = TaskRunner()
    yield runner
    runner.shut_down()


def _not_told(error: UserError) -> None:
    pytest.fail(str(error))


def test_that_a_result_is_delivered_on_the_gui_thread(qtbot: QtBot, tasks: TaskRunner) -> None:
    results: list[tuple[int, bool]] = []
    gui_thread = threading.get_ident()
    work_threads: list[int] = []

    def work(_monitor: Monitor) -> int:
        work_threads.append(threading.get_ident())
        return 42

    job = tasks.run("计算", work, lambda n: results.append((n, threading.get_ident() == gui_thread)), _not_told)
    with qtbot.waitSignal(job.ended):
        pass
    assert results == [(42, True)]
    assert work_threads[0] != gui_thread


def test_that_progress_arrives_in_order_with_its_text(qtbot: QtBot, tasks: TaskRunner) -> None:
    seen: list[tuple[int, int, str]] = []

    def work(monitor: Monitor) -> None:
        for step in range(3):
            monitor.progress(step, 3, f"第{step}张")

    job = tasks.run("导出", work, lambda _result: None, _not_told)
    job.progressed.connect(lambda *step: seen.append(step))
    with qtbot.waitSignal(job.ended):
        pass
    assert seen == [(0, 3, "第0张"), (1, 3, "第1张"), (2, 3, "第2张")]


def test_that_a_cancelled_job_stops_at_its_next_step_and_delivers_nothing(qtbot: QtBot, tasks: TaskRunner) -> None:
    may_go_on = threading.Event()
    results: list[object] = []

    def work(monitor: Monitor) -> str:
        may_go_on.wait(5)
        monitor.progress(1, 2)
        return "done"

    job = tasks.run("导出", work, results.append, _not_told)
    with qtbot.waitSignals([job.cancelled, job.ended]):
        job.cancel()
        may_go_on.set()
    assert results == []


def test_that_work_that_never_reports_is_still_cancelled(qtbot: QtBot, tasks: TaskRunner) -> None:
    may_go_on = threading.Event()
    results: list[object] = []

    def work(monitor: Monitor) -> str:
        may_go_on.wait(5)
        return "stopped" if monitor.is_cancelled() else "done"

    job = tasks.run("导出", work, results.append, _not_told)
    with qtbot.waitSignal(job.cancelled):
        job.cancel()
        may_go_on.set()
    assert results == []


def test_that_an_error_of_the_environment_is_told_and_not_raised(qtbot: QtBot, tasks: TaskRunner) -> None:
    errors: list[UserError] = []

    def work(_monitor: Monitor) -> None:
        raise UserError("磁盘已满。")

    job = tasks.run("导出", work, lambda _result: pytest.fail("no result"), errors.append)
    with qtbot.waitSignal(job.ended):
        pass
    assert [str(error) for error in errors] == ["磁盘已满。"]


def test_that_a_bug_in_the_work_reaches_the_excepthook(qtbot: QtBot, tasks: TaskRunner) -> None:
    def work(_monitor: Monitor) -> None:
        raise ZeroDivisionError("a bug")

    with qtbot.capture_exceptions() as raised:
        job = tasks.run("导出", work, lambda _result: None, lambda _error: pytest.fail("not an environment error"))
        with qtbot.waitSignal(job.ended):
            pass
        qtbot.waitUntil(lambda: bool(raised))
    assert raised[0][0] is ZeroDivisionError


def test_that_the_runner_is_busy_only_while_a_job_is_under_way(qtbot: QtBot, tasks: TaskRunner) -> None:
    assert not tasks.is_busy
    job = tasks.run("导出", lambda _monitor: None, lambda _result: None, _not_told)
    assert tasks.is_busy
    with qtbot.waitSignal(job.ended):
        pass
    qtbot.waitUntil(lambda: not tasks.is_busy)


def test_that_jobs_run_one_after_another(qtbot: QtBot, tasks: TaskRunner) -> None:
    order: list[str] = []
    tasks.run("一", lambda _monitor: order.append("first"), lambda _result: None, _not_told)
    job = tasks.run("二", lambda _monitor: order.append("second"), lambda _result: None, _not_told)
    with qtbot.waitSignal(job.ended):
        pass
    assert order == ["first", "second"]


def test_that_shutting_down_waits_for_the_job_under_way(qapp: object) -> None:
    ended: list[bool] = []

    def work(monitor: Monitor) -> None:
        while not monitor.is_cancelled():
            pass
        ended.append(True)

    runner = TaskRunner()
    runner.run("导出", work, lambda _result: None, _not_told)
    runner.shut_down()
    assert ended == [True]


def test_that_work_that_waits_is_cancelled_at_once_and_what_is_under_way_goes_on(
    qtbot: QtBot, tasks: TaskRunner
) -> None:
    may_go_on = threading.Event()
    told: list[str] = []
    tasks.run("先", lambda _monitor: may_go_on.wait(), lambda _result: told.append("先"), _not_told)
    second = tasks.run("中", lambda _monitor: told.append("begun"), lambda _result: told.append("中"), _not_told)
    third = tasks.run("后", lambda _monitor: None, lambda _result: told.append("后"), _not_told)
    with qtbot.waitSignal(second.cancelled):
        second.cancel()
    assert told == []
    with qtbot.waitSignal(third.ended):
        may_go_on.set()
    assert told == ["先", "后"]
    assert not tasks.is_busy


def test_that_the_next_work_may_be_cancelled_too_before_it_begins(qtbot: QtBot, tasks: TaskRunner) -> None:
    may_go_on = threading.Event()
    told: list[str] = []
    tasks.run("先", lambda _monitor: may_go_on.wait(), lambda _result: told.append("先"), _not_told)
    second = tasks.run("中", lambda _monitor: told.append("begun"), lambda _result: told.append("中"), _not_told)
    third = tasks.run("后", lambda _monitor: None, lambda _result: told.append("后"), _not_told)
    may_go_on.set()
    second.cancel()
    with qtbot.waitSignal(third.ended):
        second.cancel()
    assert told == ["先", "后"]


def test_that_work_that_does_not_stop_when_it_is_cancelled_keeps_nothing_from_beginning(
    qtbot: QtBot, tasks: TaskRunner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gui.desk.tasks.STILL_MS", 1)
    answers, done = threading.Event(), list[object]()
    silent = tasks.run("读取文件", lambda _monitor: answers.wait(20), done.append, _not_told)
    display = JobDisplay(tasks)
    qtbot.addWidget(display)
    tasks.started.emit(silent)
    silent.cancel()
    qtbot.waitUntil(display.isHidden)
    job = tasks.run("导出", lambda _monitor: "导出了", done.append, _not_told)
    with qtbot.waitSignal(job.ended):
        pass
    assert done == ["导出了"]
    assert not tasks.is_busy
    with qtbot.waitSignal(silent.ended):
        answers.set()
    assert done == ["导出了"]
