"""What the actions of 文件 do: stores come and go, forms come in and go out."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from itertools import chain, count
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl
from PySide6.QtGui import QAction, QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QMenu

from gui.desk.desk import Desk, Verbs
from gui.desk.file_choice import FORMS_FILTER, STORE_FILTER, asked, choose_existing, choose_new, choose_several
from gui.desk.notify import Tone, show_dialog, tell_undoable
from gui.desk.patience import Patience
from gui.desk.theme import RESOURCES
from gui.files.rescue import Rescue
from model import edits
from model.errors import UserError
from storage.working_copy.waiting import GaveUpError

if TYPE_CHECKING:
    from gui.files.export import ExportDialog

_FORM_WORDS = re.compile("绩\\s*效[\\s\\S]*?指\\s*标|项\\s*目\\s*名\\s*称")
_CUT_OFF = (
    "上次没有正常关闭这个文件（例如断电或程序被强行结束）。已检查文件：保存过的每一步都在，没有做完的一步已撤回。"
)
EXAMPLE = RESOURCES / "example.jixiao"


class FileVerbs:
    """Opens and closes the store of a window. ``home`` can be written: the copy of the example goes there."""

    def __init__(self, desk: Desk, home: Path) -> None:
        self._desk = desk
        self._document = desk.document
        self._preferences = desk.preferences
        self._works_on_copy = desk.preferences.works_on_copy()  # asked in another thread
        self._document.wants_copy = self._wants_copy
        self._document.waiting = Patience(desk.parent)
        self.example_path = home / "绩效填报示例.jixiao"
        self.rescue = Rescue(desk, self.open, self._remember)

    def by_name(self) -> Verbs:
        """What is done, by the names of the actions."""
        return {
            "new_store": self.new_store,
            "open_store": self.ask_store,
            "open_example": self.open_example,
            "import": self.import_forms,
            "export": self.export,
            "print": self.print_forms,
            "back_up": self.rescue.back_up,
            "restore": self.rescue.restore,
            "close_store": self.close_store,
        }

    def _wants_copy(self, path: Path) -> bool:
        from storage.working_copy.choice import Way, wants_copy  # noqa: PLC0415 brings sqlalchemy

        return wants_copy(path, Way.BY_FOLDER if self._works_on_copy else Way.IN_PLACE)

    def work_on_copy(self, wanted: bool) -> None:
        """Edit files of shared folders in a copy from the next opening on, or where they lie."""
        self._works_on_copy = wanted
        self._preferences.set_works_on_copy(wanted)
        text = "先在本机副本上编辑，再写回原处" if wanted else "直接在原处编辑；网络中断时，正在写的一步可能写不成"
        self._desk.tell(Tone.INFO, f"下次打开网络盘、同步文件夹里的文件时，{text}。")

    def new_store(self) -> None:
        """Ask for a name and make a store there."""
        choose_new(self._desk.parent, "新建数据文件", self._free_name(), STORE_FILTER, self.create)

    def _free_name(self) -> Path:
        """A name for a new file that none has, least of all the one that is open."""
        folder = Path(self._preferences.folder())
        names = (folder / f"{name}.jixiao" for name in chain(["绩效填报"], (f"绩效填报（{n}）" for n in count(2))))
        try:
            return self._document.waiting(lambda: next(path for path in names if not asked(Path.exists, path)))
        except GaveUpError:
            return Path.home() / "绩效填报.jixiao"

    def create(self, path: Path) -> None:
        """Make a store and open it; the unit given at the first start is written into it."""
        self.rescue.leave(lambda: self._create(path))

    def _create(self, path: Path) -> None:
        if self._switch(path, self._document.create_store):
            self._write_unit()
            self._tell_set_aside()

    def greet(self) -> None:
        """At the very first start ask whose forms they are and where to keep them; never again."""
        if not self._preferences.is_first_start():
            return
        from gui.files.first_start import FirstStartDialog  # noqa: PLC0415 loaded when first asked for

        dialog = FirstStartDialog(Path(self._preferences.folder()), self._begin, self._desk.parent)
        dialog.unit_given.connect(self._preferences.set_unit)
        dialog.example_wanted.connect(self.open_example)
        dialog.finished.connect(self._preferences.set_greeted)
        show_dialog(dialog)

    def ask_store(self) -> None:
        """Ask which store to open."""
        choose_existing(self._desk.parent, "打开数据文件", self._preferences.folder(), STORE_FILTER, self.open)

    def open(self, path: Path) -> bool:
        """Open a store; whether that was done. What only the open one holds is asked about first."""
        done: list[bool] = []
        self.rescue.leave(lambda: done.append(self._switch(path, self._document.open_store)))
        return done == [True]

    def open_example(self) -> None:
        """Open the example, copied to a place where it can be written; a copy already there is kept."""
        from storage.store.copies import copy_file  # noqa: PLC0415 brings sqlmodel: not before the first paint

        target = self.example_path
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            if not target.exists():
                copy_file(EXAMPLE, target)
        except (OSError, UserError) as error:
            why = f"不能写入“{target.parent}”（{error.strerror}）" if isinstance(error, OSError) else str(error)
            self._desk.tell(Tone.FAILED, f"没有打开示例：{why}。请检查磁盘空间和权限。")
            return
        self.open(target)

    def fill_recent(self, menu: QMenu) -> None:
        """List the stores opened before."""
        menu.clear()
        for path in self._preferences.recent():
            entry = QAction(path, menu)
            entry.triggered.connect(lambda _checked=False, chosen=path: self.open(Path(chosen)))
            menu.addAction(entry)
        menu.setEnabled(not menu.isEmpty())

    def forget_recent(self, path: str) -> None:
        """Take a store out of those opened before, and say that it is still there."""
        self._preferences.forget(path)
        text = f"“{Path(path).stem}”不再列在“最近打开”里。文件本身没有动，按“打开”还可以打开它。"
        self._desk.tell(Tone.DONE, text)

    def import_forms(self) -> None:
        """Ask for files, then preview what they bring."""
        folder = self._preferences.folder()
        choose_several(self._desk.parent, "导入申报表、自评表", folder, FORMS_FILTER, self.preview_import)

    def preview_import(self, paths: list[Path]) -> None:
        """Show what files bring before anything is written."""
        if paths:
            self._preferences.set_folder(paths[0].parent)
            self._preview(paths)

    def paste_forms(self) -> None:
        """Show what the text on the clipboard brings; without an open file a new one is asked for first."""
        text = QGuiApplication.clipboard().text()
        if not _FORM_WORDS.search(text):
            self._desk.tell(
                Tone.INFO, "剪贴板里没有申报表或自评表的文字。请在PDF、Word或网页里选中整张表，复制后再按 Ctrl+V。"
            )
        else:
            self._preview_in_some_store(text, "新建数据文件，放粘贴的表")

    def take_dropped(self, paths: list[Path]) -> None:
        """Preview what files and folders bring that were dropped on the window; a store alone is opened on none."""
        from storage.files.kinds import STORE_SUFFIX  # noqa: PLC0415 loaded when first asked for

        if self._document.store is None and [path.suffix.lower() for path in paths] == [STORE_SUFFIX]:
            self.open(paths[0])
            return
        self._preferences.set_folder(paths[0].parent)
        self._preview_in_some_store(paths, "新建数据文件，放导入的表")

    def _preview_in_some_store(self, source: list[Path] | str, title: str) -> None:
        """Preview what a source brings into the open store, or into a new one that is asked for first."""
        if self._document.store is not None:
            self._preview(source)
            return
        choose_new(
            self._desk.parent, title, self._free_name(), STORE_FILTER, lambda path: self._create_for(path, source)
        )

    def _create_for(self, path: Path, source: list[Path] | str) -> None:
        self.create(path)
        if self._document.store is not None:
            self._preview(source)

    def _preview(self, source: list[Path] | str) -> None:
        from gui.files.import_preview import ImportDialog  # noqa: PLC0415 loaded when first asked for

        dialog = ImportDialog(self._document, self._desk.tasks, source, self._desk.parent)
        dialog.imported.connect(lambda text: tell_undoable(self._desk.tell, text, self._document.undo_stack))
        show_dialog(dialog)

    def export(self) -> None:
        """Ask what to export, and say where it is."""
        self._export(to_print=False)

    def print_forms(self) -> None:
        """Ask what to print: the workbook is laid out for that, and opened in the program that prints it."""
        self._export(to_print=True)

    def _export(self, *, to_print: bool) -> None:
        from gui.files.export import ExportDialog  # noqa: PLC0415 loaded when first asked for

        self._document.tell_all(one.id for one in self._document.chosen)
        dialog = ExportDialog(
            self._document,
            self._desk.tasks,
            self._desk.parent,
            folder=Path(self._preferences.export_folder()),
            wishes=self._preferences.export_wishes(),
            to_print=to_print,
        )
        dialog.exported.connect(lambda path: self._tell_exported(dialog, Path(path)))
        if to_print:
            dialog.exported.connect(lambda path: self.open_outside(Path(path), "文件夹" if dialog.is_apart else "文件"))
        show_dialog(dialog)

    def close_store(self) -> None:
        """Close the store; the start page is next."""
        self.rescue.leave(self._close_store)

    def _close_store(self) -> None:
        self._document.close_store()
        self._preferences.set_last_store(None)

    def _begin(self, path: Path) -> None:
        """Make the first store, or open it when it is there already. Raises UserError."""
        if self._document.waiting(path.exists):
            self._take(path, self._document.open_store)
            return
        try:
            self._document.waiting(lambda: path.parent.mkdir(parents=True, exist_ok=True))
        except OSError as error:
            raise UserError(f"不能新建文件夹“{path.parent}”（{error.strerror}）。请换一个位置。") from error
        self._take(path, self._document.create_store)
        self._write_unit()

    def _write_unit(self) -> None:
        unit, department = self._preferences.unit()
        old = self._document.settings
        new = replace(old, unit_name=unit, department=department)
        self._document.fill_in("填写本单位", edits.set_setting_changes(old, new))

    def _switch(self, path: Path, switch: Callable[[Path], None]) -> bool:
        try:
            self._take(path, switch)
        except UserError as error:
            self.rescue.tell_refusal(path, error)
            return False
        store = self._document.store
        told = (_CUT_OFF if store is not None and store.was_cut_off else "", self._document.settings.notice)
        if any(told):
            self._desk.tell(Tone.INFO, "\n".join(filter(None, told)))
        return True

    def _take(self, path: Path, switch: Callable[[Path], None]) -> None:
        switch(path)
        self._remember(path)

    def _remember(self, path: Path) -> None:
        copy = self._document.working_copy
        real = copy.target if copy is not None else path.resolve()
        self._preferences.add_recent(real)
        self._preferences.set_last_store(real)
        if real != self.example_path.resolve():  # nobody chose the folder of the example, nor would find it
            self._preferences.set_folder(real.parent)

    def _tell_set_aside(self) -> None:
        """Say what an older file of the new one's name had left beside, so that nobody misses it."""
        store = self._document.store
        if store is not None and store.set_aside:
            names = "、".join(f"“{journal.name}”" for journal in store.set_aside)
            self._desk.tell(Tone.INFO, f"旁边有以前的同名文件中断时留下的日志，与新文件无关，已改名为{names}保留。")

    def _tell_exported(self, dialog: ExportDialog, path: Path) -> None:
        self._preferences.set_export_wishes(dialog.wishes)
        folder = path if dialog.is_apart else path.parent
        self._preferences.set_export_folder(folder)
        show_folder = ("打开所在文件夹", lambda: self.open_outside(folder, "文件夹"))
        if dialog.is_apart:
            self._desk.tell(Tone.DONE, f"已导出并核对 {dialog.files} 个文件：{path}", *show_folder)
        else:
            open_file = ("打开文件", lambda: self.open_outside(path, "文件"))
            self._desk.tell(Tone.DONE, f"已导出并核对：{path}", *open_file, also=show_folder)

    def open_outside(self, path: Path, kind: str) -> None:
        """Open a file or a folder in the program the system has for it; where it has none, that is told."""
        try:
            is_there = self._document.waiting(lambda: asked(Path.exists, path))
        except GaveUpError as error:
            self._desk.tell(Tone.FAILED, str(error))
            return
        if not is_there:
            self._desk.tell(Tone.FAILED, f"没有打开：{kind}已不在原处，可能已被移动、改名或删除：{path}")
        elif not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
            self._desk.tell(Tone.FAILED, f"没有打开：系统没有能打开这个{kind}的程序。它已经存好，在：{path}")
