"""查找和替换: a text in a form, a project or a year, every place seen before it changes; one step of undo."""

from __future__ import annotations

from enum import StrEnum
from itertools import islice

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QCheckBox, QDialog, QDialogButtonBox, QLineEdit, QWidget

from gui.desk.announcer import announce
from gui.desk.changed_texts import ChangedTexts
from gui.desk.choices import Choice
from gui.desk.dialog import Dialog, field_rows
from gui.desk.one_line import keep_to_one_line
from gui.document.document import Document
from gui.document.project_list import NO_NAME
from model import edits
from model.changes import ProjectChange
from model.edits import Hit, Moved
from model.errors import UserError
from model.forms import FORMS
from model.records import Form, Project
from model.values.characters import with_word

SEARCH_AFTER_MS = 150
SHOWN_AT_MOST = 2000
"""More places than these are not listed at once: nobody looks at them, and the list would be slow."""
_LEAD = "在文字、指标值和日期里查找；金额、分值、得分和指标级别不改。"


class Scope(StrEnum):
    """Where to look."""

    FORM = "form"
    PROJECT = "project"
    YEAR = "year"


class ReplaceDialog(Dialog):
    """Type what to find and what to put there; look at the places, leave some out; replace.

    ``report`` says what was done, ``wanted`` is the place somebody asked to see instead.
    """

    losing = "还没有替换"

    def __init__(self, document: Document, parent: QWidget | None = None, sought: str = "") -> None:
        super().__init__("查找和替换", _LEAD, "替换", parent)
        self.report = ""
        self.wanted: Hit | None = None
        self._document = document
        self._projects: tuple[Project, ...] = ()
        self.sought = QLineEdit(sought, self)
        self.other = QLineEdit(self)
        keep_to_one_line(self.sought, self.other)
        self.scope = Choice(self)
        self.exactly = QCheckBox("区分大小写和全角半角(&M)", self)
        self.texts = ChangedTexts(self)
        self.show_place = self.buttons.addButton("转到(&G)", QDialogButtonBox.ButtonRole.ActionRole)
        self.show_place.setAutoDefault(False)
        self.content.addLayout(
            field_rows(
                ("查找(&N)", self.sought), ("替换为(&P)", self.other), ("范围(&S)", self.scope), ("", self.exactly)
            )
        )
        self.content.addWidget(self.texts, 1)
        self.resize(640, 560)
        self._waiting = QTimer(self)
        self._waiting.setSingleShot(True)
        self._waiting.setInterval(SEARCH_AFTER_MS)
        self._waiting.timeout.connect(self.search)
        self._list_scopes()
        self._read()
        self.scope.currentIndexChanged.connect(self._read)
        for field in (self.sought, self.other):
            field.textEdited.connect(self._wait)
        self.exactly.toggled.connect(self.search)
        self.texts.chosen.connect(self._count)
        self.texts.list.itemDoubleClicked.connect(self._go)
        self.show_place.clicked.connect(self._go)
        self.sought.setFocus()
        self.sought.selectAll()

    def search(self) -> None:
        """List what is found now."""
        self._waiting.stop()
        wanted, form = self.sought.text(), self._document.form
        search = edits.searching(wanted, self.other.text(), exactly=self.exactly.isChecked())
        forms = (form,) if self._chosen() is Scope.FORM else None
        found = list(islice(edits.hits(self._projects, search, forms), SHOWN_AT_MOST + 1))
        self.texts.show_texts([Moved(hit, is_sure=True) for hit in found[:SHOWN_AT_MOST]], self._called)
        if not wanted:
            self.remark("")
        elif not found:
            self.remark(f"{self.scope.currentText()}里没有“{wanted}”。")
        elif len(found) > SHOWN_AT_MOST:
            self.remark(f"有“{wanted}”的格子多于 {SHOWN_AT_MOST} 个：这里列出前 {SHOWN_AT_MOST} 个，替换之后可以再找。")
        elif all(hit.after == hit.before for hit in found):
            self.remark("替换后与原来一样。")
        else:
            self.remark("")
        self._count()
        if found and not self.message.text:
            places = sum(len(hit.stretches) for hit in found)
            announce(self.texts, f"找到 {places} 处，在 {len(found)} 格里")

    def finish(self) -> bool:
        """Replace what is checked, in all projects as one gesture."""
        if self._waiting.isActive():  # Enter came before the list: what is replaced has to be seen first
            self.search()
            return False
        hits = self.texts.hits()
        by_project: dict[str, list[Hit]] = {}
        for hit in hits:
            by_project.setdefault(hit.project_id, []).append(hit)
        settings = self._document.settings
        changes: list[ProjectChange] = []
        for project in self._projects:
            changes += edits.replace_hits(project, by_project.get(project.id, ()), settings)
        if not changes or not self.push(self._document, with_word("替换", self.sought.text()), tuple(changes)):
            return False
        places = sum(len(hit.stretches) for hit in hits)
        among = f"（{len(by_project)} 个项目）" if len(by_project) > 1 else ""
        self.report = f"已把 {places} 处“{self.sought.text()}”替换为“{self.other.text()}”{among}。"
        return True

    def unsaved(self) -> object:
        """What is to be put there; what was looked for is soon typed again."""
        return (self.sought.text(), self.other.text()) if self.other.text() else None

    def _wait(self) -> None:
        """Something is typed: what is listed is no longer what would be replaced."""
        self._waiting.start()
        self.accept_button.setText("查找")
        self.allow(is_allowed=bool(self.sought.text()))

    def _list_scopes(self) -> None:
        here = self._document.saved_project
        if here is None:
            return
        form = self._document.form
        if here.form(form) is not None:
            self.scope.addItem(f"这张表（{FORMS[form].names.tab}）", Scope.FORM)
        self.scope.addItem(f"这个项目（{here.project_name or NO_NAME}）", Scope.PROJECT)
        count = sum(summary.year == here.year for summary in self._document.summaries())
        self.scope.addItem(f"{here.year} 年度的 {count} 个项目", Scope.YEAR)

    def _chosen(self) -> Scope:
        return Scope(self.scope.currentData() or Scope.PROJECT)

    def _read(self) -> None:
        """Take the projects to look in as they are in the file."""
        here, store = self._document.saved_project, self._document.store
        self.tell("")
        self._projects = (here,) if here is not None else ()
        if here is not None and store is not None and self._chosen() is Scope.YEAR:
            try:
                self._projects = store.projects(here.year)
            except UserError as error:
                self._projects = ()
                self.texts.show_texts((), self._called)
                self._count()
                self.tell(str(error))
                return
        self.search()

    def _called(self, hit: Hit) -> str:
        """What the project and the form of a hit are called, where there are several to look in."""
        name = next(project.project_name or NO_NAME for project in self._projects if project.id == hit.project_id)
        tab = FORMS[Form(hit.form)].names.tab
        return {Scope.FORM: "", Scope.PROJECT: tab}.get(self._chosen(), f"{name} · {tab}")

    def _count(self) -> None:
        count = sum(len(hit.stretches) for hit in self.texts.hits() if hit.after != hit.before)
        self.allow(is_allowed=count > 0)
        self.accept_button.setText(f"替换 {count} 处" if count else "替换")
        self.show_place.setEnabled(self.texts.current() is not None)

    def _go(self) -> None:
        """See a place on screen instead of replacing anything."""
        self.wanted = self.texts.current()
        if self.wanted is not None:
            self.done(QDialog.DialogCode.Rejected)  # nobody wants to give up anything
