"""Choosing files without stopping the event loop."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget

STORE_FILTER = "绩效填报数据文件 (*.jixiao)"
FORMS_FILTER = "申报表、自评表 (*.xlsx *.jixiao *.json)"


def choose_existing(
    parent: QWidget, title: str, folder: str, wanted: str, done: Callable[[Path], object]
) -> QFileDialog:
    """Ask for one file that exists."""
    dialog = _dialog(parent, title, folder, wanted)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.fileSelected.connect(lambda path: done(Path(path)))
    dialog.open()
    return dialog


def choose_several(
    parent: QWidget, title: str, folder: str, wanted: str, done: Callable[[list[Path]], object]
) -> QFileDialog:
    """Ask for one or more files that exist."""
    dialog = _dialog(parent, title, folder, wanted)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
    dialog.filesSelected.connect(lambda paths: done([Path(path) for path in paths]))
    dialog.open()
    return dialog


def choose_new(parent: QWidget, title: str, start: Path, wanted: str, done: Callable[[Path], object]) -> QFileDialog:
    """Ask for the name of a file to make; whether it exists already is for ``done`` to say."""
    dialog = _dialog(parent, title, str(start.parent), wanted)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setOption(QFileDialog.Option.DontConfirmOverwrite)
    dialog.setDefaultSuffix("jixiao")
    dialog.selectFile(start.name)
    dialog.fileSelected.connect(lambda path: done(Path(path)))
    dialog.open()
    return dialog


def _dialog(parent: QWidget, title: str, folder: str, wanted: str) -> QFileDialog:
    dialog = QFileDialog(parent, title, folder, wanted)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    return dialog
