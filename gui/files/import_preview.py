"""导入: what files or a pasted text hold and what would happen with each form, before anything is changed."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSignalBlocker, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QHeaderView,
    QSplitter,
    QStyle,
    QStyleOptionViewItem,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from gui.desk.dialog import Dialog, framed, snug
from gui.desk.list_rows import ListRows, text_width
from gui.desk.signs import Sign, sign_icon
from gui.desk.tasks import Job, Monitor, TaskRunner
from gui.desk.theme import theme_of
from gui.desk.whole_tree import WholeRowsTree
from gui.document.document import Document
from gui.files.import_cells import AROUND
from gui.files.import_details import Details
from model.errors import UserError
from model.findings import Severity
from model.labels import SEVERITY_WORDS
from model.recognition import Inference

if TYPE_CHECKING:
    from storage.guard.picture import Picture
    from storage.importing.plan import ImportPlan, PlanLine
    from storage.interchange import ImportedForm


AnyIndex = QModelIndex | QPersistentModelIndex

_MARGIN = 8
_MARK = 24
_TOLD = 3
_ROOM = QSize(1160, 640)

_TITLE, _LINES, _RESULT = range(3)
_LEAST_WIDE = 320  # a title in a few lines
_SHARE = 3  # of so many parts of the list's width a result takes one at most; a longer one wraps

FORM_ROLE = Qt.ItemDataRole.UserRole
INFERENCE_ROLE = Qt.ItemDataRole.UserRole + 1


class _Notes(ListRows):
    """Gives a form's title, and what is said of it below, as many lines as they need."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """A box that cannot be ticked looks so; the text beside it does not."""
        super().initStyleOption(option, index)
        is_boxed = index.data(Qt.ItemDataRole.CheckStateRole) is not None
        if is_boxed and not index.flags() & Qt.ItemFlag.ItemIsUserCheckable:
            # the stubs miss the members of style options
            option.state &= ~QStyle.StateFlag.State_Enabled  # type: ignore[attr-defined]
            colors = option.palette  # type: ignore[attr-defined]
            for role in (QPalette.ColorRole.Text, QPalette.ColorRole.HighlightedText):
                colors.setColor(QPalette.ColorGroup.Disabled, role, colors.color(QPalette.ColorGroup.Active, role))
            option.palette = colors  # type: ignore[attr-defined]

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        """As high as the text: a title or a result wrapped in its column, a note in the width of the whole table."""
        size = super().sizeHint(option, index)
        table = self.parent()
        if index.column() == _LINES or not isinstance(table, QTreeWidget):
            return size
        drawn = QStyleOptionViewItem(option)
        self.initStyleOption(drawn, index)
        of_table = table.viewport().width() - 2 * table.indentation() - _MARGIN
        of_column = text_width(drawn, table.style(), table.columnWidth(index.column()))
        room = of_table if index.parent().isValid() else max(of_column, _MARK)
        needed = self.height_of(str(index.data()), drawn.font, room, index)  # type: ignore[attr-defined] # missing in the stubs
        width = size.width()
        if index.column() == _RESULT:  # what is measured to the pixel wraps
            whole = option.fontMetrics.horizontalAdvance(str(index.data())) + AROUND + 1  # type: ignore[attr-defined]
            width = min(whole, table.viewport().width() // _SHARE)
        return QSize(width, needed + _MARGIN)


class ImportDialog(Dialog):
    """Preview of an import; accepting carries it out as one gesture that Ctrl+Z takes back.

    Beside the list stand the cells of the form the cursor is on, with what the store has instead, and under them the
    text or the page it was read from. A form or a line without its mark is left out, a text can be mended, and the
    mark of a doubtful level takes the other one.

    Signals:
        imported(str): what was brought in, for the window to show.
    """

    imported = Signal(str)
    losing = "改过的文字还没有导入"

    def __init__(
        self, document: Document, tasks: TaskRunner, source: Sequence[Path] | str, parent: QWidget | None = None
    ) -> None:
        """``source`` is the files and folders to read, or a text that was pasted."""
        super().__init__("导入", "核对下表后再导入。导入是一步操作，可以整体撤销。", "导入", parent)
        self._document = document
        self._forms: list[ImportedForm] = []
        self._left_out: set[int] = set()
        self._otherwise: dict[int, list[Inference]] = {}
        self._plan: ImportPlan | None = None
        self._lines_left_out: dict[int, set[int]] = {}
        self._planned: dict[int, PlanLine] = {}
        self._tasks = tasks
        self._drawing: Job | None = None
        self._refused: list[UserError] = []
        self._is_stale = False
        self._mended = 0
        self.table = WholeRowsTree(self)
        self.details = Details(self)
        self.source = self.details.source
        self.details.hide()
        self._make_table()
        self.replace = QCheckBox("用导入的内容替换已有的表(&R)", self)
        self.replace.hide()
        snug(self.replace)
        sides = QSplitter(Qt.Orientation.Horizontal, self)
        sides.setChildrenCollapsible(False)
        for widget in (self.table, self.details):
            sides.addWidget(widget)
            sides.setStretchFactor(sides.indexOf(widget), 1)
        self.content.addWidget(sides, 1)
        self.content.addWidget(self.replace)
        self.resize(760, 430)
        self.allow(is_allowed=False)
        self.replace.toggled.connect(self._show_plan)
        self.table.itemChanged.connect(self._take_mark)
        self.table.currentItemChanged.connect(lambda item, _before: self._show_details(item))
        self.details.cells.mended.connect(self._mend)
        self.details.cells.left_out.connect(self._leave_out_line)
        self.details.page_wanted.connect(self._draw_page)

        def work(monitor: Monitor) -> Sequence[ImportedForm]:
            from storage.files.kinds import forms_within  # noqa: PLC0415 as below
            from storage.importing.plan import (  # noqa: PLC0415 brings sqlmodel: not before the first paint
                read_files,
                read_pasted,
            )

            if isinstance(source, str):
                return read_pasted(source, monitor.is_cancelled)
            files = forms_within(source, self._refused, monitor.is_cancelled)
            refused = self._refused if len(files) > 1 or self._refused else None
            forms = read_files(files, monitor.progress, monitor.is_cancelled, refused)
            if len(self._refused) == 1 and not forms:
                raise self._refused[0]
            return forms

        self.follow(tasks.run("读取文件", work, self._take, self._refuse))

    def finish(self) -> bool:
        """Apply the plan and show the first project it brought."""
        self.accept_button.setFocus()  # a text that is being mended is taken
        if self._is_stale:
            self._show_plan()
        plan = self._plan
        if plan is None or not plan.changes or not self.push(self._document, plan.label, plan.changes):
            return False
        first = plan.changes[0].project_id
        self._document.select_project(first)
        self._document.set_form(next(line.form.kind for line in plan.lines if line.project_id == first))
        self.imported.emit(f"已{plan.label}。")
        return True

    def unsaved(self) -> int | None:
        """How often a text was mended."""
        return self._mended or None

    def reject(self) -> None:
        """Go at once; a reading under way is ended by itself."""
        self.abandon()
        super().reject()

    def ready(self) -> None:
        """To the choice that has to be made, else to the list (Enter imports), else out again."""
        if not self._forms:
            self.table.setEnabled(bool(self.table.topLevelItemCount()))  # Tab comes to no list with nothing in it
            self.close_button.setText("关闭")
            self.close_button.setFocus()
        else:
            (self.replace if self.replace.isVisible() else self.table).setFocus()

    def _make_table(self) -> None:
        table = self.table
        table.setAccessibleName("将要导入的表")
        table.setHeaderLabels(["表", "指标", "结果"])
        table.setRootIsDecorated(False)
        table.setItemsExpandable(False)
        table.setIndentation(16)
        table.setMinimumSize(_LEAST_WIDE, 96)
        table.setWordWrap(True)  # what is said of a form is read whole
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        header = table.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(_TITLE, QHeaderView.ResizeMode.Stretch)  # the title has what the others leave
        for column in (_LINES, _RESULT):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        table.setItemDelegate(_Notes(table))
        header.sectionResized.connect(table.doItemsLayout)
        framed(table)

    def _take(self, forms: Sequence[ImportedForm]) -> None:
        self._forms = list(forms)
        if forms:
            self.details.show()
            self.grow(_ROOM)
        self._show_plan()

    def _refuse(self, error: UserError) -> None:
        self.tell(str(error))

    def _show_plan(self) -> None:
        from storage.importing.differences import without_lines  # noqa: PLC0415 as below
        from storage.importing.plan import plan_import  # noqa: PLC0415 brings sqlmodel: not before the first paint

        self._is_stale = False
        document, is_replacing = self._document, self.replace.isChecked()
        wanted = [
            without_lines(self._read_form(number), frozenset(self._lines_left_out.get(number, ())))
            for number in range(len(self._forms))
            if number not in self._left_out
        ]
        try:
            plan = plan_import(document.store, wanted, replacing=is_replacing, next_id=document.new_id)
        except UserError as error:
            self.tell(str(error))
            return
        self._plan = plan
        current = self._place_of(self.table.currentItem())
        kept = (number for number in range(len(self._forms)) if number not in self._left_out)
        self._planned = dict(zip(kept, plan.lines, strict=True))
        with QSignalBlocker(self.table):
            self.table.clear()
            for number, form in enumerate(self._forms):
                self._add(number, form, self._planned.get(number))
            for refusal in self._refused:
                self._add_refused(refusal)
            self.table.expandAll()
            self._go_to(current)
        self._show_details(self.table.currentItem())
        self.replace.setVisible(is_replacing or bool(plan.conflicts))
        self._sum_up(plan)

    def _add(self, number: int, form: ImportedForm, line: PlanLine | None) -> None:
        count = len(form.content.indicators) - len(self._lines_left_out.get(number, ()))
        item = QTreeWidgetItem(self.table, [form.title, f"{count} 条", str(line.action) if line else "不导入"])
        item.setToolTip(0, form.title)
        item.setData(0, FORM_ROLE, number)
        if len(self._forms) > 1:
            comes_in = line is not None and line.comes_in
            item.setCheckState(0, Qt.CheckState.Checked if comes_in else Qt.CheckState.Unchecked)
            if line is not None and not comes_in:  # no tick of its own would bring it in
                item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
        for note in (*((line.remark, line.warning) if line else ()), *form.notices):
            if note:
                self._add_note(item, note)
        for inference in form.inferences:
            self._add_inference(item, number, form, inference)

    def _add_refused(self, error: UserError) -> None:
        """A file that was not read, and below it what to do: others may come in."""
        from storage.interchange import NOTHING_DONE  # noqa: PLC0415 as above

        why, _, remedy = str(error).replace(NOTHING_DONE, "").partition("\n")
        item = QTreeWidgetItem(self.table, [why, "", "没有读"])
        item.setToolTip(0, why)
        if remedy.strip():
            self._add_note(item, remedy.strip())

    def _add_note(self, item: QTreeWidgetItem, note: str) -> None:
        child = QTreeWidgetItem(item, [note])
        child.setIcon(0, sign_icon(Sign.WARNING, theme_of(self.palette())))
        child.setData(0, Qt.ItemDataRole.AccessibleTextRole, f"{SEVERITY_WORDS[Severity.WARNING]}：{note}")
        child.setFirstColumnSpanned(True)
        child.setToolTip(0, note)

    def _add_inference(self, item: QTreeWidgetItem, number: int, form: ImportedForm, inference: Inference) -> None:
        from storage.interchange import decision  # noqa: PLC0415 as above

        text = decision(form, inference)
        child = QTreeWidgetItem(item, [f"? {text}"])
        child.setFirstColumnSpanned(True)
        child.setToolTip(0, text)
        child.setData(0, FORM_ROLE, number)
        child.setData(0, INFERENCE_ROLE, inference)
        if inference.field == "level2" and inference.alternative:
            is_taken = inference in self._otherwise.get(number, ())
            child.setText(0, f"? {text}（勾选则归到“{inference.alternative}”）")
            child.setCheckState(0, Qt.CheckState.Checked if is_taken else Qt.CheckState.Unchecked)

    def _take_mark(self, item: QTreeWidgetItem) -> None:
        """A form is left out or taken again, or the other level of a line is."""
        number, inference = item.data(0, FORM_ROLE), item.data(0, INFERENCE_ROLE)
        is_marked = item.checkState(0) is Qt.CheckState.Checked
        if inference is None:
            (self._left_out.discard if is_marked else self._left_out.add)(number)
        else:
            others = [one for one in self._otherwise.get(number, []) if one != inference]
            self._otherwise[number] = [*others, inference] if is_marked else others
        self._plan_anew()

    def _plan_anew(self) -> None:
        """Plan and show what a person changed, not while the table or the cells still handle it."""
        self._is_stale = True
        QTimer.singleShot(0, self, self._show_if_stale)

    def _show_if_stale(self) -> None:
        if self._is_stale:
            self._show_plan()

    def _show_details(self, item: QTreeWidgetItem | None) -> None:
        """The cells of the form beside those of the store, and its source where the cursor stands."""
        from storage.importing.differences import beside  # noqa: PLC0415 as above

        store = self._document.store
        if item is None or not self._forms or store is None:
            return
        number = self._place_of(item)[0]
        if number >= len(self._forms):
            self.details.show_nothing()
            return
        form, line = self._read_form(number), self._planned.get(number)
        standing = store.projects(ids=[line.project_id]) if line is not None else ()  # none of a new one
        brought = beside(form, standing[0] if standing else None, store.context())
        left_out = self._lines_left_out.get(number, ()) if line is not None else ()
        comes_in = line is not None and line.comes_in
        self.details.show_form(form, brought, left_out, item.data(0, INFERENCE_ROLE), comes_in=comes_in)

    def _read_form(self, number: int) -> ImportedForm:
        """A form with the other readings that were chosen."""
        return self._forms[number].read_otherwise(self._otherwise.get(number, ()))

    def _mend(self, field: str, line: int | None, text: str) -> None:
        """Another text for a cell of the form on show."""
        from storage.importing.differences import with_text  # noqa: PLC0415 as above

        self._mended += 1
        number = self._place_of(self.table.currentItem())[0]
        self._forms[number] = with_text(self._forms[number], field, line, text)
        chosen = self._otherwise.get(number, [])
        self._otherwise[number] = [one for one in chosen if (one.field, one.line) != (field, line)]
        self._plan_anew()

    def _leave_out_line(self, line: int, is_out: bool) -> None:
        """A line of the form on show is left out, or taken again."""
        number = self._place_of(self.table.currentItem())[0]
        skipped = self._lines_left_out.setdefault(number, set())
        (skipped.add if is_out else skipped.discard)(line)
        self._plan_anew()

    def _draw_page(self, path: str, page: int) -> None:
        """Have the picture of a page made; one still in the making is not needed any more."""
        self._stop_drawing()

        def work(monitor: Monitor) -> Picture:
            from storage.guard.process import picture_guarded  # noqa: PLC0415 as above

            return picture_guarded(Path(path), page, monitor.is_cancelled)

        def show(picture: Picture) -> None:
            self.details.show_page((path, page), picture)

        def refuse(error: UserError) -> None:
            self.details.say_no_page(str(error))

        self._drawing = self._tasks.run("显示原文件", work, show, refuse)
        self._drawing.ended.connect(self._drawn)

    def _drawn(self) -> None:
        if self.sender() is self._drawing:
            self._drawing = None

    def _stop_drawing(self) -> None:
        if self._drawing is not None:
            self._drawing.cancel()
            self._drawing = None

    def done(self, result: int) -> None:
        """Nothing is drawn for a dialog that is gone."""
        self._stop_drawing()
        super().done(result)

    def _place_of(self, item: QTreeWidgetItem | None) -> tuple[int, int]:
        """Where an item stands: the number of its form, and its own below it or -1."""
        if item is None:
            return 0, -1
        index = self.table.indexFromItem(item)
        above = index.parent()
        return (above.row(), index.row()) if above.isValid() else (index.row(), -1)

    def _go_to(self, place: tuple[int, int]) -> None:
        top = self.table.topLevelItem(place[0])
        if top is not None:
            self.table.setCurrentItem(top.child(place[1]) or top)

    def _sum_up(self, plan: ImportPlan) -> None:
        text, severity = self._about(plan)
        if self._refused:
            told = [text] if text and self._forms else []
            told.append("有的文件没有读，不会导入（怎么办，见上表的末尾）：")
            told += [str(error).partition("\n")[0] for error in self._refused[:_TOLD]]
            told += [f"……共 {len(self._refused)} 个文件"] if len(self._refused) > _TOLD else []
            text, severity = "\n".join(told), Severity.WARNING
        self.remark(text, severity)
        self.allow(is_allowed=bool(plan.changes))
        self.accept_button.setText(plan.label if plan.changes else "导入")

    def _about(self, plan: ImportPlan) -> tuple[str, Severity]:
        """What is to be said of the forms that were read."""
        conflicts = len(plan.conflicts)
        doubts = sum(len(line.form.inferences) for line in plan.lines)
        if not self._forms:
            return "文件中没有表。", Severity.INFO
        if conflicts and self.replace.isChecked():
            return f"有 {conflicts} 张表在本次导入中重复，只导入先读到的一张。", Severity.WARNING
        if conflicts:
            return f"{conflicts} 张表已存在而内容不同，不会导入；要替换请勾选上面的选项。", Severity.WARNING
        if not plan.changes:
            said = "这些表都已存在且内容相同，没有需要导入的。" if plan.lines else "没有勾选任何一张表。"
            return said, Severity.INFO
        if doubts:
            return f"有 {doubts} 处是推断的（?），请对照右边的原文核对。", Severity.WARNING
        return "", Severity.INFO
