"""问题, the bottom panel: every finding of the project by rule, what to do first, and how to be rid of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from gui.desk.focus import in_reading_order
from gui.desk.labels import EDGE, LINK_AROUND, RIGHT_EDGE, call, rule_line
from gui.desk.menu_place import place_in_hand, pop_up
from gui.desk.signs import Sign, SignedLabel
from gui.desk.style import set_style
from gui.desk.theme import Appearance
from gui.document.document import Document
from gui.findings.chips import Chips
from gui.findings.detail import FindingDetail
from gui.findings.here import GAP, HereLine
from gui.findings.menus import add_members, menu_of
from gui.findings.model import FindingsModel
from gui.findings.painting import FindingDelegate
from gui.findings.rows import AWAITED, CLOSED, Kind, Row, RowAction, actions_of, line_to_judge, words_of
from gui.findings.table import FindingsTable
from gui.findings.wording import why_nowhere
from model import edits, labels
from model.findings import Finding, Fix, Place, Severity
from model.forms import FORMS
from model.labels import SEVERITY_WORDS

QWIDGETSIZE_MAX = 16_777_215
"""Qt's own word for a widget of any height."""

OUTDATED = "这里的内容已经改变，没有执行这个修复。现在的问题见“问题”列表。"
NO_FIX = "这一格没有可以自动修复的问题。按 F8 到下一个问题。"
NOT_BEGUN = "这张表还没有开始填写"
NO_WARNING = "这一格没有可以说明的警告。"


class FindingsPanel(QWidget):
    """Chips that filter, the list, and the walk from finding to finding with F8; or one line about the current cell.

    ``is_here`` says whether the cursor is in the cell of a place; the window sets it.

    Signals:
        explanation_wanted(Finding): the person wants to write why a warning may stand.
        rule_wanted(str): the person wants to read about a rule.
        reached(str): somebody goes to a finding; what it says.
        folded(bool): somebody folded the list to a line, or opened it.
        levels_wanted(str): the person wants to choose the 达成等级 of a line.
        told(str): why something that was asked for was not done; a text for the person.
    """

    explanation_wanted = Signal(object)
    rule_wanted = Signal(str)
    levels_wanted = Signal(str)
    told = Signal(str)
    reached = Signal(str)
    folded = Signal(bool)

    def __init__(self, document: Document, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("findingsPanel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName("问题")
        self._document = document
        self.is_here: Callable[[Place], bool] = lambda _place: False
        self.model = FindingsModel(self)
        delegate = FindingDelegate(appearance, self)
        self.table = FindingsTable(self.model, delegate, self)
        self.chips = Chips(appearance, self)
        self.here = HereLine(self)
        self.detail = FindingDetail(self)
        self._clear = SignedLabel(self)
        self._clear.setObjectName("muted")
        self._clear.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self.table)
        self._stack.addWidget(self._clear)
        self._key = self._walked = ""
        self._is_walking = False
        self._at, self._at_place, self._at_form = "", -1, document.form
        self.moves = 0
        """How often the cursor went to another cell: what was said of a cell is said of the one it was in then."""
        self._project_id = ""
        self._is_folded = False
        self._lay_out()
        delegate.acted.connect(self.act)
        self.here.acted.connect(self.act)
        self.chips.changed.connect(self._filter)
        self.detail.rule_wanted.connect(self.rule_wanted)
        self.table.gone_to.connect(lambda row: self.go_on(row.finding))
        self.table.menu_wanted.connect(self._open_menu)
        self.table.let_go.connect(self._remember)
        self.table.selectionModel().selectionChanged.connect(self._remember)
        appearance.changed.connect(self._dress)
        document.project_changed.connect(self.refresh)
        document.told_changed.connect(self.refresh)
        document.form_changed.connect(self.refresh)
        self.refresh()

    # What is shown

    def refresh(self) -> None:
        """Show the findings of the document as they are."""
        project, findings = self._document.project, self._document.findings
        is_other = project is not None and project.id != self._project_id
        if project is not None and is_other:
            self._project_id, self._at, self._at_place, self._key = project.id, "", -1, ""
        key, before = self._key, self.model.listed()
        top = self.table.top_of(key)
        awaited = frozenset(one.key for one in findings if self._document.awaits(one))
        if not self.model.set_findings(findings, project, self._document.form, awaited) and not is_other:
            self._show_here()
            return
        self.chips.show_counts(self.model.counts)
        self._stand(key, before)
        self._fit()
        if is_other:
            self.table.scrollToTop()  # what is worst in it comes first
        else:
            self.table.hold_still(before, *top)
        self._say_clear()
        self._show_here()

    def follow_cursor(self) -> None:
        """The cursor went to another cell."""
        self.moves += 1
        self._show_here()
        if not self._is_walking:
            self._walked = ""
            if not self.table.hasFocus():
                self._mark()

    def set_folded(self, *, is_folded: bool) -> None:
        """Show one line about the current cell, or the list."""
        self._is_folded = is_folded
        for widget in (self._stack, self._rule):
            widget.setVisible(not is_folded)
        self.here.setVisible(is_folded)
        self._spring.setVisible(not is_folded)
        if is_folded:
            self.chips.set_brief(is_brief=True)
        self._show_here()
        self._show_detail()
        self._hold_height()
        self.fold.setText("展开" if is_folded else "收起")
        call(self.fold, f"{self.fold.text()}问题列表")
        self._make_room()
        self.setFocusProxy(self.fold if is_folded else self.table)
        self._fit()

    def event(self, event: QEvent) -> bool:
        """Folded it is as high as what stands in the line, also when that grows with its letters."""
        done = super().event(event)
        if event.type() is QEvent.Type.LayoutRequest and self._is_folded:
            self._hold_height()
        return done

    def _hold_height(self) -> None:
        line = self.sizeHint().height()
        self.setMinimumHeight(line if self._is_folded else 0)
        self.setMaximumHeight(line if self._is_folded else QWIDGETSIZE_MAX)

    @property
    def is_folded(self) -> bool:
        """Whether one line about the current cell is all it shows."""
        return self._is_folded

    def turn(self) -> None:
        """Fold the list to a line, or open it with the keyboard in it."""
        had_focus = self.isAncestorOf(QApplication.focusWidget() or self)
        self.set_folded(is_folded=not self._is_folded)
        if had_focus or not self._is_folded:
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.folded.emit(self._is_folded)

    def current(self) -> Finding | None:
        """The finding the list stands on."""
        return self.model.finding(self.table.selected_row())

    # Going there

    def go_to(self, finding: Finding) -> None:
        """Ask the window to go to the cell of one finding."""
        place = finding.place
        form = "" if place.form is self._document.form else f"{FORMS[place.form].names.short}："
        word = labels.AWAITED if self._document.awaits(finding) else SEVERITY_WORDS[finding.severity]
        self.reached.emit(f"{form}{word}：{words_of(finding, self._document.project)}")
        walk = [one.key for one in self.model.open_findings()]
        self._at = finding.key
        if finding.key in walk:
            self._at_place = walk.index(finding.key)
        elif finding.is_closed:
            self._at_place = len(walk)  # what is explained comes after all that is not
        self._walked, self._is_walking = finding.key, True
        self._document.request_place(place)
        self._at_form, self._is_walking = self._document.form, False
        self._mark()

    def go_on(self, finding: Finding) -> None:
        """Go to the cell of a finding; of several lines to the one after that gone to before."""
        keys = [member.key for member in finding.members]
        if not keys:
            self.go_to(finding)
            return
        self.go_to(finding.members[(keys.index(self._at) + 1) % len(keys) if self._at in keys else 0])

    def step(self, delta: int) -> None:
        """F8 and Shift+F8: go to the next or previous finding that is not explained, round and round.

        When the one it stood on has been mended, the one that took its place is the next. On a form one went to by
        oneself it begins with what is to be done there.
        """
        walk = self.model.open_findings()
        if not walk:
            self.told.emit(why_nowhere(self.model.counts, self.chips.named_hidden(but=(CLOSED,))))
            return
        keys = [finding.key for finding in walk]
        here = [place for place, finding in enumerate(walk) if finding.place.form is self._document.form]
        if here and self._at and self._at_form is not self._document.form:
            target = here[0 if delta > 0 else -1]
        elif self._at in keys:
            target = keys.index(self._at) + delta
        else:
            target = self._at_place if delta > 0 and self._at else self._at_place + delta
        self.go_to(walk[target % len(walk)])

    # Being rid of it

    def act(self, row: Row, action: RowAction) -> None:
        """Do one of the things a row offers."""
        match action.kind:
            case Kind.GO:
                self.go_on(row.finding)
            case Kind.UNFOLD:
                self.model.set_open(self.model.number_of(row), is_open=not row.is_open)
                self._fit()
            case Kind.EXPLAIN:
                self.table.selectRow(self.model.number_of(row))
                self.explanation_wanted.emit(row.finding)
            case Kind.FIX:
                self.mend(action.label, action.fixes)
            case Kind.CHOOSE:
                levels = tuple(RowAction(Kind.FIX, fix.label, (fix,)) for fix in action.fixes)
                self._choose(row, levels or actions_of(row))

    def mend(self, label: str, fixes: Sequence[Fix]) -> None:
        """Press quick fixes as one gesture: what they mean to do is computed now, against what is saved."""
        project = self._document.saved_project
        changes = edits.mend(fixes, project, self._document.settings) if project is not None else ()
        if changes:
            self._document.push(label, changes)
        else:
            self.told.emit(OUTDATED)

    def fix_current(self) -> None:
        """Mend the problem of the cell under the cursor, in the list that of its row; ask which if there are more."""
        row = self._row_at_hand(lambda finding: bool(finding.fixes or finding.members))
        fixes = [action for action in actions_of(row) if action.kind is Kind.FIX] if row is not None else []
        if row is None or not fixes:
            self.told.emit(NO_FIX)
        elif len(fixes) == 1:
            self.act(row, fixes[0])
        else:
            self._choose(row, fixes)

    def _choose(self, row: Row, actions: Sequence[RowAction]) -> None:
        """Ask which of some things to do; of the levels of a line its own list does."""
        if row.finding.place.form is self._document.form and (line_id := line_to_judge(actions)):
            self.levels_wanted.emit(line_id)
        else:
            pop_up(menu_of(row, actions, self.act, self), place_in_hand(QApplication.focusWidget() or self))

    def explain_current(self) -> None:
        """Ask why the warning of the cell under the cursor may stand, in the list that of its row."""
        row = self._row_at_hand(lambda finding: finding.severity is Severity.WARNING)
        if row is None or row.finding.severity is not Severity.WARNING:
            self.told.emit(NO_WARNING)
        else:
            self.explanation_wanted.emit(row.finding)

    def rule_at_hand(self) -> str:
        """The rule of the problem under the cursor, or of the row the list stands on; "" for none."""
        row = self._row_at_hand(lambda _finding: True)
        return row.finding.rule if row is not None else ""

    def _row_at_hand(self, is_wanted: Callable[[Finding], bool]) -> Row | None:
        """The row the list stands on while it has the keyboard; else what F8 just went to, or what the cell has."""
        if self.table.hasFocus():
            return self.model.row(self.table.selected_row())
        walked = [one for one in self.model.single_findings() if one.key == self._walked]
        return next((Row(one, "", "") for one in (*walked, *self._findings_here()) if is_wanted(one)), None)

    def _findings_here(self) -> list[Finding]:
        """The open findings of the cell under the cursor, worst first, those told quietly last."""
        here = [one for one in self._document.findings if not one.is_closed and self.is_here(one.place)]
        return sorted(here, key=self._document.awaits)

    def _show_here(self) -> None:
        here = self._findings_here()
        is_quiet = bool(here) and self._document.awaits(here[0])
        self.here.show_findings(here, self._document.project, self._of_no_problem(), is_awaited=is_quiet)
        self._make_room()
        tone = here[0].severity.value if here and self._is_folded and not is_quiet else ""
        set_style(self, "tone", tone)

    def _of_no_problem(self) -> str:
        """What is said of a cell that has none."""
        if self._document.project is None:
            return ""
        count = sum(self.model.counts[severity.value] for severity in Severity)
        awaited = self.model.counts[AWAITED]
        others = f"，另有 {awaited} 处{labels.AWAITED}" if awaited else ""
        if not self._is_begun:
            return f"{NOT_BEGUN}，本项目共 {count} 个问题{others}" if count else NOT_BEGUN
        clean = "没有待处理的问题" if self.model.counts[CLOSED] else "没有发现问题"
        nothing = f"还有 {awaited} 处{labels.AWAITED}" if awaited else clean
        return f"这一格没有问题，本项目共 {count} 个{others}" if count else nothing

    def _of_no_row(self) -> str:
        """What is said below the list while it marks no row: that the cell has no problem, or that it is hidden."""
        is_hidden = bool(self._findings_here())
        return f"这一格的问题隐藏了，按{self.chips.named_hidden()}显示。" if is_hidden else f"{self._of_no_problem()}。"

    @property
    def _is_begun(self) -> bool:
        project = self._document.project
        return project is not None and project.form(self._document.form) is not None

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In the line there is room for other things."""
        super().resizeEvent(event)
        self._make_room()

    def minimumSizeHint(self) -> QSize:
        """As narrow as what to do, or the widest chip: everything else in the line gives way."""
        hint = super().minimumSizeHint()
        line = self.here.least(is_brief=True, most=0) if self._is_folded else self.chips.minimumSizeHint().width()
        hint.setWidth(max(line + self._around(), 0 if self._is_folded else self._stack.minimumSizeHint().width()))
        return hint

    def _around(self) -> int:
        """What the line takes beside what it says of the cell."""
        return EDGE + RIGHT_EDGE - LINK_AROUND + sum(one.sizeHint().width() + GAP for one in (self._title, self.fold))

    def _make_room(self) -> None:
        """Folded, what to do is whole: the hint gives way to what is wrong, and to what to do the chips do, too."""
        can_walk = bool(self.model.open_findings())
        room = self.width() - self._around()
        chips = self.chips.sizeHint().width() + GAP
        hint = self._hint.sizeHint().width() + GAP
        if not self._is_folded:
            self.chips.fit(room)
            self.chips.show()
            chips = self.chips.sizeHint().width() + GAP
            self._hint.setVisible(can_walk and chips + hint <= room)
            return
        has_chips = self.here.least(is_brief=False) + chips <= room
        left = room - (chips if has_chips else 0)
        self.chips.setVisible(has_chips)
        self._hint.setVisible(can_walk and self.here.wanted() + hint <= left)
        self.here.fit(left)

    # Putting it together

    def _lay_out(self) -> None:
        self._title = QLabel("问题", self)
        self._title.setObjectName("sectionTitle")
        self._hint = QLabel("F8 下一个", self)
        self._hint.setObjectName("muted")
        self._spring = QWidget(self)
        self.fold = QPushButton(self)
        self.fold.setProperty("link", "true")
        self.fold.clicked.connect(self.turn)
        self._rule = rule_line(self)
        head = QHBoxLayout()
        head.setContentsMargins(EDGE, 3, RIGHT_EDGE - LINK_AROUND, 3)
        head.setSpacing(GAP)
        head.addWidget(self._title)
        head.addWidget(self.here, 1)
        head.addWidget(self.chips)
        head.addWidget(self._spring, 1)
        head.addWidget(self._hint)
        head.addWidget(self.fold)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(head)
        layout.addWidget(self._rule)
        layout.addWidget(self._stack, 1)
        layout.addWidget(self.detail)
        in_reading_order((self.here, self.chips, self.fold, self.table, self.detail))
        self.set_folded(is_folded=False)

    def _filter(self) -> None:
        key, before = self._key, self.model.listed()
        self.model.set_hidden(self.chips.hidden_groups())
        self._stand(key, before)
        self._fit()
        self._say_clear()
        self._make_room()

    def _say_clear(self) -> None:
        if self._document.project is None:
            text = "选择一个项目后，这里列出它的全部问题。"
        elif any(self.model.counts.values()):
            text = f"按{self.chips.named_hidden()}显示隐藏的问题。"
        else:
            text = "没有发现问题，可以导出 Excel（Ctrl+E）。" if self._is_begun else f"{NOT_BEGUN}。"
        self._clear.setText(text)
        is_clean = self._is_begun and not any(self.model.counts.values())
        self._clear.set_sign(Sign.DONE if is_clean else None)
        self._stack.setCurrentIndex(0 if self.model.rowCount() else 1)

    def _dress(self) -> None:
        self.table.viewport().update()
        self._fit()

    def _fit(self) -> None:
        if not self._is_folded:
            self.table.fit()

    def _remember(self) -> None:
        row = self.model.row(self.table.selected_row())
        self._key = row.key if row is not None else ""
        if not self.table.is_pressed:
            self._show_detail()

    def _show_detail(self) -> None:
        """Below the list is what its row says; of a row of several the line that was gone to, or that of the cursor."""
        self.detail.setVisible(not self._is_folded and self.model.rowCount() > 0)
        row = self.model.row(self.table.selected_row())
        if row is None:
            self.detail.say(self._of_no_row())
            return
        if row.finding.members:
            near = (self._walked, *(one.key for one in self._findings_here()))
            members = {member.key: member for member in row.finding.members}
            member = next((members[key] for key in near if key in members), None)
            row = row if member is None else Row(member, row.remedy, "", is_awaited=row.is_awaited)
        self.detail.show_row(row, self._document.project)

    def _stand(self, key: str, before: Sequence[Row]) -> None:
        """The keyboard in the panel stays with its row; while it is elsewhere the mark is that of the cursor."""
        if self.isAncestorOf(self.window().focusWidget() or self):
            self._restore(key, before)
        else:
            self._mark()

    def _mark(self) -> None:
        """Mark the row of what F8 went to, or else of the cell under the cursor; none where there is none."""
        keys = [one.key for one in self._findings_here()]
        numbers = (self.model.row_of(key) for key in (self._walked, *keys))
        self.table.mark(next((number for number in numbers if number >= 0), -1))
        self._remember()

    def _restore(self, key: str, before: Sequence[Row]) -> None:
        """Stay on the row the list stood on; when it is gone, on the one that followed it, else the one before it."""
        keys = [row.key for row in before]
        at = keys.index(key) if key in keys else -1
        near = (before[at], *before[at + 1 :], *before[:at][::-1]) if at >= 0 else ()
        number = next((found for row in near if (found := self.model.number_now(row)) >= 0), -1)
        if number < 0:
            self.table.stand_nowhere()
        else:
            self.table.mark(number)
        self._remember()

    def _open_menu(self, row: Row, at: QRect) -> None:
        menu = menu_of(row, actions_of(row), self.act, self)
        about = QAction("查看这条规则", menu)
        about.triggered.connect(lambda: self.rule_wanted.emit(row.finding.rule))
        copy = QAction("复制\tCtrl+C", menu)
        copy.triggered.connect(self.table.copy)
        menu.addActions([copy, about])
        if row.finding.members:
            add_members(menu, row.finding, self._document.project, self.act)
        pop_up(menu, at)
