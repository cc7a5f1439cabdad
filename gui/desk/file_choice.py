"""Choosing files without stopping the event loop."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import cache
from pathlib import Path

from PySide6.QtCore import QFileInfo, QMimeData, Qt
from PySide6.QtGui import QDropEvent, QIcon
from PySide6.QtWidgets import QFileDialog, QFileIconProvider, QWidget

from gui.desk.patience import Patience
from storage.working_copy.waiting import GaveUpError

STORE_FILTER = "绩效填报数据文件 (*.jixiao)"
FORMS_FILTER = "申报表、自评表 (*.xlsx *.xls *.docx *.pdf *.txt *.jixiao *.json)"


class _IconsByName(QFileIconProvider):
    """Icons and kinds of files by what a folder says of them.

    Qt's own looks into every file listed, also into the store that is open: closing it again would end SQLite's locks.
    """

    def icon(self, what: QFileIconProvider.IconType | QFileInfo) -> QIcon:
        """A folder or a file, no more."""
        if isinstance(what, QFileInfo):
            is_folder = what.isDir()
            what = QFileIconProvider.IconType.Folder if is_folder else QFileIconProvider.IconType.File
        return super().icon(what)

    def type(self, info: QFileInfo) -> str:
        """What the column 类型 says."""
        return "文件夹" if info.isDir() else f"{info.suffix()} 文件".strip()


@cache
def _icons() -> _IconsByName:
    return _IconsByName()  # kept here: Qt takes no care of it


def file_dialog(parent: QWidget, title: str, folder: str, wanted: str) -> QFileDialog:
    """A file dialog that opens none of the files it lists; it begins in ``folder`` where that answers."""
    dialog = QFileDialog(parent, title, _that_answers(parent, folder), wanted)
    dialog.setIconProvider(_icons())
    return dialog


def _that_answers(parent: QWidget, folder: str) -> str:
    """A folder, or that of the person when nobody waits for it any more: Qt's own looking would hold the window."""
    try:
        Patience(parent)(lambda: asked(Path.is_dir, Path(folder)))
    except GaveUpError:
        return str(Path.home())
    return folder


def typed_path(text: str, folder: Path, proposed: str) -> Path:
    """The file meant by a path somebody types: a folder gets the proposed name, a name without folder the folder.

    A name without the suffix of ``proposed`` gets it.
    """
    typed = "".join(filter(str.isprintable, text)).strip().strip('"“”')
    path = folder / typed
    if typed.endswith(("/", "\\")) or not path.name or asked(Path.is_dir, path):
        path = path / proposed
    suffix = Path(proposed).suffix
    return path if path.suffix.lower() == suffix else path.with_name(path.name + suffix)


def asked(question: Callable[[Path], bool], path: Path) -> bool:
    """Ask about a path that is still being typed, and may be none at all."""
    with suppress(OSError):
        return question(path)
    return False


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
    dialog.setDefaultSuffix(start.suffix.removeprefix("."))
    dialog.selectFile(start.name)
    dialog.fileSelected.connect(lambda path: done(Path(path)))
    dialog.open()
    return dialog


def choose_folder(parent: QWidget, title: str, start: str, done: Callable[[Path], object]) -> QFileDialog:
    """Ask for a folder that exists."""
    dialog = _dialog(parent, title, start, "")
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    dialog.fileSelected.connect(lambda path: done(Path(path)))
    dialog.open()
    return dialog


def _dialog(parent: QWidget, title: str, folder: str, wanted: str) -> QFileDialog:
    dialog = file_dialog(parent, title, folder, wanted)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    return dialog


def dropped_files(data: QMimeData) -> list[Path]:
    """The files and folders of this machine that are dragged, none where anything else is among them."""
    urls = data.urls()
    return [Path(url.toLocalFile()) for url in urls] if urls and all(url.isLocalFile() for url in urls) else []


def take_as_copy(event: QDropEvent) -> None:
    """Take what is dragged as a copy, or not at all: a program that hears it was moved deletes its files."""
    if event.possibleActions() & Qt.DropAction.CopyAction:
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
