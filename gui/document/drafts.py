"""What is being typed, kept on the disk while it is typed, and offered back after a kill (storage/store/drafts.py)."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from gui.document.document import Document
from model import edits
from model.changes import InsertIndicator, Part, SetField, apply_all
from model.errors import UserError
from model.forms import FORMS
from model.records import Form, Project
from storage.store import drafts
from storage.store.drafts import Draft, DraftError

log = logging.getLogger(__name__)

WRITE_AFTER_MS = 250
"""So that text is never more than a second behind on the disk, a slow one included."""

RESTORED = "恢复没有写完的内容"


class DraftKeeper(QObject):
    """Follows a document: writes what is typed beside the open store, and takes it away when the store has it.

    Signals:
        offer_changed(): more or fewer drafts of an earlier run wait for a word of the person.
    """

    offer_changed = Signal()

    def __init__(self, document: Document) -> None:
        super().__init__(document)
        self._document = document
        self._store: Path | None = None
        self._offered: tuple[Draft, ...] = ()
        self._on_disk: tuple[Draft, ...] = ()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(WRITE_AFTER_MS)
        self._timer.timeout.connect(self._write)
        document.typing_changed.connect(self._follow)
        document.unwritten_changed.connect(self._follow)
        document.store_changed.connect(self._take_store)

    @property
    def offered(self) -> tuple[Draft, ...]:
        """Drafts an earlier run left, which nobody has taken up or given up yet."""
        return self._offered

    def restore(self) -> int:
        """Write every offered draft that still fits, a gesture each, and show the last; how many do not fit.

        Those, and any that could not be written, are still offered. A cell that says something else by now than what
        the draft was typed over is left alone: somebody came back to it.
        """
        unfit, waiting = [], []
        brought: set[SetField] = set()  # over them a later draft of the same cell fits
        for draft in self._offered:
            cells = cells_of(draft)
            fits = self._fits(draft, brought)
            if not fits:
                unfit.append(draft)
            elif self._restore(draft):
                brought.update(cells)
            else:
                waiting.append(draft)
        self._offer((*waiting, *unfit))
        return len(unfit)

    def give_up(self) -> None:
        """Forget the offered drafts."""
        self._offer(())

    # Following the document

    def _take_store(self) -> None:
        self._timer.stop()
        store = self._document.store
        self._store = store.path if store is not None else None
        self._offered = self._on_disk = ()
        try:
            if self._store is not None:
                self._on_disk = drafts.read(self._store)
                self._offered = tuple(draft for draft in self._on_disk if not self._is_written(draft))
        except DraftError as error:
            log.warning("the drafts beside a store cannot be read")
            if error.kept is None:
                self._store = None  # what lies there would be overwritten
            where = f"，文件改名为“{error.kept.name}”保留" if error.kept is not None else ""
            text = f"上次没有写完的文字无法读出{where}。\n数据文件本身完好。"
            # when the page it is told on is there
            QTimer.singleShot(0, self, lambda: self._document.not_read.emit(text))
        self._write()
        self.offer_changed.emit()

    def _follow(self) -> None:
        """Write soon; at once when nothing is typed any more: what is in the store must not be offered again."""
        if not self._document.has_draft:
            self._timer.stop()
            self._write()
        elif not self._timer.isActive():
            self._timer.start()

    def _write(self) -> None:
        project = self._document.saved_project
        typed = self._document.unfinished if project is not None else ()
        wanted = (*self._offered, *(Draft(changes[0].project_id, changes) for changes in typed))
        if self._store is None or wanted == self._on_disk:
            return
        try:
            drafts.write(self._store, wanted)
            self._on_disk = wanted
        except UserError:  # the text itself is in its editor; a disk that takes nothing is told when it is finished
            log.exception("what is being typed could not be kept on the disk")

    def _offer(self, kept: tuple[Draft, ...]) -> None:
        self._offered = kept
        self._write()
        self.offer_changed.emit()

    # Drafts of an earlier run

    def _project_of(self, draft: Draft) -> Project | None:
        here = self._document.saved_project
        if here is not None and here.id == draft.project_id:
            return here
        try:
            return self._document.store.project(draft.project_id) if self._document.store is not None else None
        except (KeyError, UserError):
            return None

    def _is_written(self, draft: Draft) -> bool:
        project = self._project_of(draft)
        if project is None:
            return False
        cells = cells_of(draft)
        if cells:
            return all(text_in(project, typed) == str(typed.after) for typed in cells)
        lines = [change.indicator.id for change in draft.changes if isinstance(change, InsertIndicator)]
        return bool(lines) and all(project.find_indicator(line_id) is not None for line_id in lines)

    def _fits(self, draft: Draft, brought: Iterable[SetField]) -> bool:
        project = self._project_of(draft)
        if project is None:
            return False
        cells = cells_of(draft)
        if cells:
            ours = {(typed.part, typed.record_id, typed.field, str(typed.after)) for typed in brought}
            found = [(typed, text_in(project, typed)) for typed in cells]
            return all(
                text in ("", str(typed.before)) or (typed.part, typed.record_id, typed.field, text) in ours
                for typed, text in found
            )
        try:
            apply_all(project, draft.changes)
        except ValueError:
            return False
        return True

    def _restore(self, draft: Draft) -> bool:
        document = self._document
        document.select_project(draft.project_id)
        project = document.saved_project
        if project is None or project.id != draft.project_id:
            return False
        typed = cell_of(draft)
        if typed is not None and typed.part is Part.EXPLANATION:
            keys = [cell.field for cell in cells_of(draft)]
            return document.push(RESTORED, edits.explain_all(project, keys, str(typed.after), document.settings))
        if typed is not None:
            # one that cannot be written is kept by the document from here on
            document.write_text(RESTORED, typed.part, typed.record_id, typed.field, str(typed.after))
        elif not document.push(RESTORED, draft.changes):
            return False
        document.show_changes(draft.changes)
        return True


def cells_of(draft: Draft) -> tuple[SetField, ...]:
    """The cells a draft is a text of, more than one where one text was typed for all; none where it brings a line."""
    cells = tuple(change for change in draft.changes if isinstance(change, SetField))
    return cells if len(cells) == len(draft.changes) else ()


def cell_of(draft: Draft) -> SetField | None:
    """The first cell a draft is of; None for one that brings a new line."""
    return next(iter(cells_of(draft)), None)


def text_in(project: Project, typed: SetField) -> str | None:
    """What the cell of a draft holds now; None when it is not there any more."""
    record: object = None
    match typed.part:
        case Part.PROJECT:
            record = project
        case Form() as form:
            record = project.form(form)
        case Part.INDICATOR:
            place = project.find_indicator(typed.record_id)
            record = project.indicators(place[0])[place[1]] if place is not None else None
        case Part.EXPLANATION:
            return project.explanations.get(typed.field, "")
    found = getattr(record, typed.field, None)
    return None if found is None else str(found)


def text_of(draft: Draft) -> str:
    """What was typed, as a person would copy it: the cell's text, or the filled cells of a new line."""
    typed = cell_of(draft)
    if typed is not None:
        return str(typed.after)
    lines = [change.indicator for change in draft.changes if isinstance(change, InsertIndicator)]
    shown = [[getattr(line, name, "") for name in ("name", "target_text", "actual_text")] for line in lines]
    return "\n".join("\t".join(filter(None, texts)) for texts in shown)


def place_in_words(draft: Draft) -> str:
    """Which cell a draft is of, as the form calls it."""
    typed = cell_of(draft)
    if typed is None:
        return "添加指标"
    cells = (cell for spec in FORMS.values() for cell in (*spec.cells, *spec.columns))
    return next((cell.label for cell in cells if cell.name == typed.field), "出错说明")
