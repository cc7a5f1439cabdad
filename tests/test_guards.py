"""What conftest.py promises: no test reaches the network, and no message box opens or blocks unseen."""

from __future__ import annotations

import ast
import socket
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QDialog, QFileDialog, QMessageBox

ROOT = Path(__file__).parent.parent

pytest_plugins = ["pytester"]


def test_that_no_test_reaches_the_network() -> None:
    with pytest.raises(AssertionError, match="reached for the network"):
        socket.create_connection(("192.0.2.1", 80), timeout=1)
    with pytest.raises(AssertionError, match="reached for the network"):
        socket.getaddrinfo("example.org", 80)


@pytest.mark.parametrize(("widget", "method"), [(QFileDialog, "getOpenFileName"), (QMessageBox, "question")])
def test_that_a_blocking_dialog_fails_instead_of_hanging(widget: Any, method: str) -> None:
    with pytest.raises(AssertionError, match=rf"{method} would block the test"):
        getattr(widget, method)(None, "", "")


def test_that_a_dialog_that_runs_its_own_loop_fails_instead_of_hanging(qtbot: Any) -> None:
    dialog = QDialog()
    qtbot.addWidget(dialog)
    with pytest.raises(AssertionError, match=r"QDialog\.exec would block"):
        dialog.exec()


def test_that_an_expected_message_box_is_handed_to_the_test(qtbot: Any, message_boxes: list[Any]) -> None:
    box = QMessageBox(QMessageBox.Icon.Warning, "标题", "磁盘已满")
    qtbot.addWidget(box)
    box.open()
    assert message_boxes == [(box, "磁盘已满")]


def test_that_an_unexpected_message_box_fails_its_test(pytester: pytest.Pytester) -> None:
    pytester.makeconftest((Path(__file__).parent / "conftest.py").read_text(encoding="utf-8"))
    pytester.makepyfile(
        """
        from PySide6.QtWidgets import QMessageBox

        def test_box(qtbot):
            box = QMessageBox(QMessageBox.Icon.Warning, "t", "disk full")
            qtbot.addWidget(box)
            box.open()
        """
    )
    result = pytester.runpytest_subprocess("-p", "no:randomly")
    result.assert_outcomes(passed=1, errors=1)
    result.stdout.fnmatch_lines(["*a message box opened that the test did not expect*"])


# The rooms of the grammar itself, and functions that read what belongs to no line.
_READS_VALUES = {"parse", "parse_actual", "printed", "recognise"}


def test_that_a_value_is_read_with_the_units_of_the_store_and_as_its_line_means_it() -> None:
    """Their defaults are for tests and for texts that belong to no store: in the program they would lose 自有单位."""
    short = []
    for room in ("model", "storage", "gui"):
        for path in sorted((ROOT / room).rglob("*.py")):
            if path.parent.name == "quantity":
                continue
            tree = ast.parse(path.read_text("utf-8"))
            names = {
                alias.asname or alias.name
                for node in ast.walk(tree)
                if isinstance(node, ast.ImportFrom) and node.module == "model.quantity"
                for alias in node.names
            }
            for node in ast.walk(tree):
                if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name)):
                    continue
                if node.func.id in names & _READS_VALUES:
                    needed = 3 if node.func.id in {"printed", "recognise"} else 2
                    if len(node.args) < needed or "timely" not in {keyword.arg for keyword in node.keywords}:
                        short.append(f"{path.relative_to(ROOT)}:{node.lineno}")
    assert short == []
