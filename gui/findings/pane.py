"""问题, the bottom panel: every finding of the project, what it says, where it is, and how to be rid of it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QMenu,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from gui.desk.labels import rule_line
from gui.desk.theme import Appearance
from gui.document.document import Document
from gui.findings.model import (
    CLOSED,
    Column,
    FindingsModel,
    Kind,
    RowAction,
    actions_of,
    words_of,
)
from gui.findings.painting import FindingDelegate
from gui.findings.table import FindingsTable
from model import edits
from model.findings import Finding, Fix, Place, Severity
from model.labels import SEVERITY_GLYPHS, SEVERITY_WORDS

QWIDGETSIZE_MAX = 16_777_215
"""Qt's own word for a widget of any height."""


class FindingsPanel(QWidget):
    """Chips that filter, the list, and the walk from finding to finding with F8.

    Signals:
        explanation_wanted(Finding): the person wants to write why a warning may stand.
        rule_wanted(str): the person wants to read about a rule.
        reached(str): somebody goes to a finding; what it says.
        outdated(str): a quick fix no longer fitted and nothing was done; a text for the person.
    """

    explanation_wanted = Signal(object)
    rule_wanted = Signal(str)
    outdated = Signal(str)
    reached = Signal(str)

    def __init__(self, document: Document, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("findingsPanel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName("问题")
        self._document = document
        self.model = FindingsModel(self)
        self.table = FindingsTable(self)
        self.table.setModel(self.model)
        delegate = FindingDelegate(appearance, self)
        self.table.setItemDelegate(delegate)
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(Column.MESSAGE, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(Column.RULE, QHeaderView.ResizeMode.Fixed)
        header.setSectionResizeMode(Column.ACTIONS, QHeaderView.ResizeMode.Fixed)
        self.chips = {severity.value: self._chip(severity.value) for severity in Severity}
        self.chips[CLOSED] = self._chip(CLOSED)
        self._clear = QLabel(self)
        self._clear.setObjectName("muted")
        self._clear.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self.table)
        self._stack.addWidget(self._clear)
        self._lay_out()
        delegate.acted.connect(self.act)
        self.table.gone_to.connect(self.go_to)
        self.table.menu_wanted.connect(self._open_menu)
        appearance.changed.connect(lambda _theme: self.table.viewport().update())
        document.project_changed.connect(self.refresh)
        self._key = ""
        self._row = -1
        self._gone_to: Place | None = None
        self._project_id = ""
        self.table.selectionModel().currentRowChanged.connect(self._remember)
        self.model.modelReset.connect(self._restore)
        self.refresh()

    def refresh(self) -> None:
        """Show the findings of the document as they are now."""
        project = self._document.project
        if project is not None and project.id != self._project_id:
            self._project_id, self._row = project.id, -1
        self.model.set_findings(self._document.findings, project)
        counts = self.model.counts
        for severity in Severity:
            text = f"{SEVERITY_GLYPHS[severity]} {SEVERITY_WORDS[severity]} {counts[severity.value]}"
            self._say(self.chips[severity.value], text, f"{SEVERITY_WORDS[severity]} {counts[severity.value]} 个")
            self._tint(self.chips[severity.value], severity.value if counts[severity.value] else "none")
        self._say(self.chips[CLOSED], f"✓ 已说明 {counts[CLOSED]}", f"已说明的警告 {counts[CLOSED]} 个")
        self.chips[CLOSED].setVisible(counts[CLOSED] > 0)
        self._fit_columns()
        self._say_clear(any(counts.values()))

    def go_to(self, finding: Finding) -> None:
        """Ask the window to go to the cell of a finding; of several lines to the one after that gone to before."""
        self.reached.emit(f"{SEVERITY_WORDS[finding.severity]}：{finding.message}")
        self._select(self.model.row_of(finding.key))
        place = finding.place
        if finding.members:
            places = [member.place for member in finding.members]
            place = places[(places.index(self._gone_to) + 1) % len(places) if self._gone_to in places else 0]
        self._gone_to = place
        self._document.request_place(place)

    def step(self, delta: int) -> None:
        """F8 and Shift+F8: go to the next or previous finding, round and round.

        When the one the walk stood on has been mended, the one that took its row is the next.
        """
        rows = self.model.rowCount()
        if rows == 0:
            return
        here = self.current()
        places = [member.place for member in here.members] if here is not None else []
        if here is not None and delta > 0 and self._gone_to in places[:-1]:
            self.go_to(here)
            return
        self._gone_to = None
        current = self._selected_row()
        if current < 0:
            current = max(self._row, 0) - (delta > 0)
        finding = self.model.finding((current + delta) % rows)
        if finding is not None:
            self.go_to(finding)

    def current(self) -> Finding | None:
        """The finding the list stands on."""
        return self.model.finding(self._selected_row())

    def act(self, finding: Finding, action: RowAction) -> None:
        """Do one of the things a row offers."""
        match action.kind:
            case Kind.GO:
                self.go_to(finding)
            case Kind.EXPLAIN:
                self._select(self.model.row_of(finding.key))
                self.explanation_wanted.emit(finding)
            case Kind.FIX:
                assert action.fix is not None
                self.mend(action.fix)

    def mend(self, fix: Fix) -> None:
        """Press a quick fix: what it means to do is computed now, against what is saved."""
        project = self._document.saved_project
        changes = edits.mend((fix,), project, self._document.settings) if project is not None else ()
        if changes:
            self._document.push(fix.label, changes)
        else:
            self.outdated.emit("这里的内容已经改变，没有执行这个修复。现在的问题见“问题”列表。")

    def fix_current(self) -> bool:
        """Apply the quick fix of the current row, or ask which if there are several; whether it has one."""
        finding = self.current()
        fixes = (
            tuple(action for action in actions_of(finding) if action.kind is Kind.FIX) if finding is not None else ()
        )
        if finding is not None and len(fixes) == 1:
            self.act(finding, fixes[0])
        elif finding is not None and fixes:
            row = self.table.visualRect(self.model.index(self._selected_row(), Column.MESSAGE))
            menu = self._menu(finding, fixes)
            menu.popup(self.table.viewport().mapToGlobal(row.bottomLeft()))
        return bool(fixes)

    def explain_current(self) -> bool:
        """Ask for the explanation of the current row; whether it is a warning."""
        finding = self.current()
        if finding is None or finding.severity is not Severity.WARNING:
            return False
        self.explanation_wanted.emit(finding)
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Chips are a row: arrow keys move between them."""
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            chips = [chip for chip in self.chips.values() if not chip.isHidden()]
            delta = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()), 0)
            if delta and watched in chips:
                chips[(chips.index(watched) + delta) % len(chips)].setFocus()
                return True
        return super().eventFilter(watched, event)

    def _chip(self, group: str) -> QPushButton:
        chip = QPushButton(self)
        chip.setObjectName("chip")
        chip.setProperty("severity", group)
        chip.setCheckable(True)
        chip.setChecked(True)
        chip.setToolTip("点击显示或隐藏这一类问题")
        chip.toggled.connect(self._filter)
        chip.installEventFilter(self)
        return chip

    def _say(self, chip: QPushButton, text: str, name: str) -> None:
        if chip.text() != text:
            chip.setText(text)
            chip.setAccessibleName(name)

    def _tint(self, chip: QPushButton, group: str) -> None:
        """A chip that counts nothing does not glow."""
        if chip.property("severity") != group:
            chip.setProperty("severity", group)
            chip.style().unpolish(chip)
            chip.style().polish(chip)

    def _say_clear(self, has_findings: bool) -> None:
        if self._document.project is None:
            text = "选择一个项目后，这里列出它的全部问题。"
        elif has_findings:
            text = "按上面的标签显示被隐藏的问题。"
        else:
            text = "✓ 没有发现问题。"
        self._clear.setText(text)
        self._stack.setCurrentIndex(0 if self.model.rowCount() else 1)

    def _lay_out(self) -> None:
        title = QLabel("问题", self)
        title.setObjectName("sectionTitle")
        hint = QLabel("F8 下一个", self)
        hint.setObjectName("muted")
        self.fold = QPushButton(self)
        self.fold.setProperty("link", "true")
        self.fold.clicked.connect(lambda: self.set_folded(is_folded=not self._is_folded))
        head = QHBoxLayout()
        head.setContentsMargins(12, 5, 12, 5)
        head.setSpacing(8)
        head.addWidget(title)
        head.addSpacing(6)
        for chip in self.chips.values():
            head.addWidget(chip)
        head.addStretch(1)
        head.addWidget(hint)
        head.addWidget(self.fold)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(head)
        layout.addWidget(rule_line(self))
        layout.addWidget(self._stack, 1)
        self.set_folded(is_folded=False)

    def set_folded(self, *, is_folded: bool) -> None:
        """Show the line of counts alone, or the list below it too."""
        self._is_folded = is_folded
        self._stack.setVisible(not is_folded)
        self.setMaximumHeight(self.minimumSizeHint().height() if is_folded else QWIDGETSIZE_MAX)
        self.fold.setText("展开" if is_folded else "收起")
        self.fold.setAccessibleName(f"{self.fold.text()}问题列表")

    def _filter(self) -> None:
        self.model.set_hidden(frozenset(group for group, chip in self.chips.items() if not chip.isChecked()))
        self._fit_columns()
        self._say_clear(any(self.model.counts.values()))

    def _fit_columns(self) -> None:
        header = self.table.horizontalHeader()
        header.resizeSection(Column.RULE, self.fontMetrics().horizontalAdvance("EVL-000") + 16)
        wanted = self.table.sizeHintForColumn(Column.ACTIONS) if self.model.rowCount() else 0
        header.resizeSection(Column.ACTIONS, max(60, min(wanted, self.width() // 2)))

    def _selected_row(self) -> int:
        selected = self.table.selectionModel().selectedRows()
        return selected[0].row() if selected else -1

    def _select(self, row: int) -> None:
        if row >= 0:
            self.table.setCurrentIndex(self.model.index(row, 0))

    def _remember(self, current: QModelIndex) -> None:
        finding = self.model.finding(current.row())
        if finding is not None:
            self._key = finding.key
            self._row = current.row()

    def _restore(self) -> None:
        self._select(self.model.row_of(self._key))

    def _open_menu(self, finding: Finding, point: QPoint) -> None:
        menu = self._menu(finding, actions_of(finding))
        about = QAction(f"查看规则 {finding.rule}", menu)
        about.triggered.connect(lambda: self.rule_wanted.emit(finding.rule))
        menu.addAction(about)
        if finding.members:
            self._add_members(menu, finding)
        menu.popup(point)

    def _add_members(self, menu: QMenu, finding: Finding) -> None:
        """One line after the other: go there, mend it, or explain it alone."""
        each = QMenu(f"逐条处理（{len(finding.members)}）", menu)
        menu.addMenu(each)
        for member in finding.members:
            of_line = self._menu(member, actions_of(member), each)
            of_line.setTitle(words_of(member, self._document.project))
            each.addMenu(of_line)

    def _menu(self, finding: Finding, actions: tuple[RowAction, ...], parent: QWidget | None = None) -> QMenu:
        menu = QMenu(parent or self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for action in actions:
            entry = QAction(action.label, menu)
            entry.triggered.connect(lambda _checked=False, chosen=action: self.act(finding, chosen))
            menu.addAction(entry)
        return menu
