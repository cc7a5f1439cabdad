"""What the tests of 导出 Excel do again and again."""

from __future__ import annotations

from collections.abc import Callable

from pytestqt.qtbot import QtBot

from gui.files.export import ExportDialog
from tests.gui.dialogs import enter, wait_for_job

NAME = "2026年度 研发平台数据采购及保障.xlsx"
Opener = Callable[[], ExportDialog]


def export(dialog: ExportDialog, qtbot: QtBot) -> None:
    """Enter, and wait until it is over."""
    enter(qtbot)
    wait_for_job(qtbot, dialog)
