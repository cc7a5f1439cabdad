"""Starting: the frame is on screen before the slow libraries are read, and Qt speaks Chinese."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QDialogButtonBox
from pytestqt.qtbot import QtBot

from gui.app import install_chinese, make_application, make_window
from gui.desk.theme import TypeSize
from gui.main_window import MainWindow

ROOT = Path(__file__).parents[2]

STARTING = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
import gui.app as app
from gui.main_window import MainWindow

SLOW = ("sqlmodel", "sqlalchemy", "openpyxl", "pydantic")
notes = []
opening = MainWindow.open_at_start

def open_at_start(window, path):
    notes.append("painted " + str(window._was_painted))
    notes.append("slow " + ",".join(name for name in SLOW if name in sys.modules))
    opening(window, path)
    notes.append("open " + str(window.document.store is not None))
    QTimer.singleShot(0, window.close)

MainWindow.open_at_start = open_at_start
code = app.run(Path(sys.argv[1]), config=Path(sys.argv[2]))
print(";".join(notes), code)
"""


def run_program(source: str, *arguments: str) -> str:
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", source, *arguments],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_that_the_window_is_painted_before_the_slow_libraries_are_imported(given_store: Path, tmp_path: Path) -> None:
    said = run_program(STARTING, str(given_store), str(tmp_path / "config" / "jixiao.ini"))
    assert said == "painted True;slow ;open True 0"


def test_that_importing_the_window_brings_none_of_the_slow_libraries() -> None:
    source = (
        "import sys, gui.app\n"
        "print([name for name in ('sqlmodel', 'sqlalchemy', 'openpyxl', 'pydantic', 'sqlite3') if name in sys.modules])"
    )
    assert run_program(source) == "[]"


def test_that_standard_buttons_are_chinese(qtbot: QtBot, qapp: QApplication) -> None:
    install_chinese(qapp)
    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
    qtbot.addWidget(box)
    texts = [button.text().split("(")[0] for button in box.buttons()]
    assert sorted(texts) == sorted(["确定", "取消"])


def test_that_the_translation_is_installed_once(qapp: QApplication) -> None:
    install_chinese(qapp)
    install_chinese(qapp)
    found = [child for child in qapp.children() if child.objectName() == "qtbase_zh_CN"]
    assert len(found) == 1


def test_that_the_application_has_its_font_icon_and_name(qapp: QApplication) -> None:
    application = make_application([])
    assert application is qapp
    assert application.font().pointSizeF() == TypeSize.TEXT.value
    assert not application.windowIcon().isNull()
    assert application.applicationName() == "Jixiao"
    assert application.applicationVersion()


@pytest.mark.parametrize(("chosen", "used"), [(None, "1"), ("0", "0")])
def test_that_keys_of_ibus_come_in_order_unless_a_person_chose_otherwise(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch, chosen: str | None, used: str
) -> None:
    monkeypatch.setenv("IBUS_ENABLE_SYNC_MODE", chosen or "")
    if chosen is None:
        monkeypatch.delenv("IBUS_ENABLE_SYNC_MODE")
    make_application([])
    assert os.environ["IBUS_ENABLE_SYNC_MODE"] == used


def test_that_a_window_keeps_its_preferences_where_it_is_told(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> None:
    config = tmp_path / "somewhere" / "jixiao.ini"
    window: MainWindow = make_window(config)
    qtbot.addWidget(window)
    window.preferences.set_last_project("p")
    window.preferences.settings.sync()
    assert config.is_file()
    assert window.appearance.parent() is window
