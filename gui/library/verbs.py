"""What the actions of 指标库 do."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from gui.desk.desk import Desk, Verbs
from gui.desk.file_choice import choose_existing, choose_new
from gui.desk.notify import Tone, ask, show_dialog, tell_undoable
from gui.desk.tasks import Monitor
from gui.views.project_page import ProjectPage
from model import edits
from model.errors import UserError
from model.findings import Place
from model.library import Entry, entry_of
from model.values.taxonomy import canonical_level2
from storage.working_copy.waiting import GaveUpError

LIBRARY_FILTER = "指标库文件 (*.json)"
SAMPLE = 3


class LibraryVerbs:
    """Bound to the page of the project: entries go to the cursor of its table, and lines come from it."""

    def __init__(self, desk: Desk, page: ProjectPage) -> None:
        self._desk = desk
        self._document = desk.document
        self._page = page

    def by_name(self) -> Verbs:
        """What is done, by the names of the actions."""
        return {
            "library": self.show,
            "keep_lines": self.keep_lines,
            "import_library": self.ask_import,
            "export_library": self.ask_export,
        }

    def show(self) -> None:
        """Search the library, and insert from it at the cursor."""
        from gui.library.dialog import LibraryDialog  # noqa: PLC0415 loaded when first asked for

        has_form = self._page_has_form()
        level2 = self._page.table.gestures.levels_at_hand()[1] if has_form else ""
        beside = self._page.table.current_id() if has_form else ""
        dialog = LibraryDialog(self._document, beside, level2, self._desk.parent)
        dialog.inserted.connect(self._go_to)
        show_dialog(dialog)

    def keep_lines(self) -> None:
        """Keep the lines at hand in the library, with their values."""
        project = self._page.table.gestures.kept_project()
        ids = self._page.table.gestures.ids_at_hand()
        lines = [line for one in ids if project is not None and (line := edits.line_of(project, one)) is not None]
        entries = [entry_of(one.level2, one.name, one.target_text, self._document.units) for one in lines]
        fit = [entry for entry in entries if entry.name and canonical_level2(entry.level2) is not None]
        if not fit:
            why = (
                "所在的二级指标不是标准名称"
                if any(entry.name for entry in entries)
                else "请先把光标放到一条有名称的指标上"
            )
            self._desk.tell(Tone.INFO, f"没有存入指标库：{why}。")
            return
        library = self._document.library
        changes = edits.keep_entries(library.rows, (library.spelt(entry) for entry in fit))
        if self._document.push("存入指标库", changes):
            names = "、".join(f"“{entry.name} {entry.target}”".replace(" ”", "”") for entry in fit[:SAMPLE])
            more = f"等 {len(fit)} 条" if len(fit) > SAMPLE else ""
            self._desk.tell(
                Tone.DONE, f"已存入指标库：{names}{more}。" if changes else f"指标库里已有：{names}{more}。"
            )

    def ask_import(self) -> None:
        """Ask for a library file, and take its entries in."""
        folder = self._desk.preferences.folder()
        choose_existing(self._desk.parent, "导入指标库", folder, LIBRARY_FILTER, self.import_from)

    def import_from(self, path: Path) -> None:
        """Keep the entries of a file, in one gesture; what is wrong with it is told, and nothing changed."""
        from storage.library import read_library, spelt  # noqa: PLC0415 loaded when first asked for

        self._desk.preferences.set_folder(path.parent)

        def work(_: Monitor) -> tuple[Entry, ...]:
            return tuple(spelt(entry) for entry in read_library(path))

        self._desk.tasks.run("导入指标库", work, self._take, self._refuse)

    def ask_export(self) -> None:
        """Ask where to write the unit's own library."""
        if not self._document.library.is_counted:
            self._desk.tell(Tone.INFO, "正在统计本单位用过的指标，请过一会儿再导出。")
            return
        if not self._document.library.own():
            self._desk.tell(Tone.INFO, "还没有本单位用过或自存的指标，没有可导出的。")
            return
        start = Path(self._desk.preferences.folder()) / "指标库.json"
        choose_new(self._desk.parent, "导出指标库", start, LIBRARY_FILTER, self.export_to)

    def export_to(self, path: Path) -> None:
        """Write the entries that are kept or used to a file; one that is there is replaced when that is meant."""
        try:
            is_there = self._document.waiting(path.exists)
        except GaveUpError as error:
            self._refuse(error)
            return
        if is_there:
            text = f"“{path.name}”已经存在。要替换它吗？"
            ask(self._desk.parent, "导出指标库", text, "替换", lambda: self.write(path))
        else:
            self.write(path)

    def write(self, path: Path) -> None:
        """Write the entries that are kept or used to a file, in place of one that is there."""
        from storage.library import write_library  # noqa: PLC0415 loaded when first asked for

        library = self._document.library
        entries = [library.spelt(entry) for entry in library.own()]
        try:
            count = self._document.waiting(lambda: write_library(path, entries))
        except UserError as error:
            self._refuse(error)
            return
        self._desk.preferences.set_folder(path.parent)
        self._desk.tell(Tone.DONE, f"已导出 {count} 条指标：{path}")

    def _take(self, entries: Any) -> None:
        taking = self._document.library.taking(entries)
        if self._document.push(taking.label, taking.changes):
            self._desk.tell(Tone.DONE if taking.changes else Tone.INFO, taking.text)

    def _refuse(self, error: UserError) -> None:
        self._desk.tell(Tone.FAILED, str(error))

    def _go_to(self, ids: tuple[str, ...]) -> None:
        self._document.request_place(Place(self._document.form, "name", ids[0]))
        if len(ids) > 1:
            tell_undoable(self._desk.tell, f"已插入 {len(ids)} 条指标。", self._document.undo_stack)

    def _page_has_form(self) -> bool:
        project = self._document.saved_project
        return project is not None and project.form(self._document.form) is not None
