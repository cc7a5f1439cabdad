"""One cell of a form on screen: its printed label, its field, and what the rules say of it right underneath."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QSizePolicy, QVBoxLayout, QWidget

from gui.desk.labels import invite
from gui.desk.signs import SignedLabel, sign_of
from gui.desk.style import set_style
from gui.document.document import Document
from gui.views.choice_editor import ChoiceEditor
from gui.views.editors import Editor
from gui.views.line_editor import LineEditor
from gui.views.long_editor import LongEditor
from model.changes import CellOwner, Part
from model.findings import Finding, Severity
from model.forms import FORMS, HEADER_CELLS, Cell, CellKind
from model.labels import AWAITED
from model.records import Content, Form
from model.values.characters import about_unprintable
from model.values.dates import parse_date, parse_year
from model.values.money import MoneyStyle, format_fen, parse_fen

_HEADER_NAMES = {cell.name for cell in HEADER_CELLS}


WIDEST_AMOUNT = "999,999,999,999.99"
"""The widest amount there may be: a field of one is never narrower, so that no number is shown in part."""
COMPUTED = "自动计算"
NO_TOTAL = "无法计算"
"""What stands for a total one of whose parts is no amount."""
LONGEST_GOAL = 60
"""Lines a long text grows to before it scrolls by itself: more than anybody writes."""


def pretty_money(text: str) -> str:
    """An amount grouped for reading; anything else as it was typed."""
    fen = parse_fen(text)
    return text if fen is None else format_fen(fen, MoneyStyle.GROUPED)


def pretty_date(text: str) -> str:
    """A date as the form prints it; anything else as it was typed."""
    day = parse_date(text)
    return text if day is None else day.isoformat()


def why_no_total(content: object, form: Form, name: str) -> str:
    """Why a total is blank: which of its parts is no amount; "" for one that is not, and for any other cell."""
    total = FORMS[form].totals.get(name)
    if total is None or not isinstance(content, Content) or str(getattr(content, name)).strip():
        return ""
    wrong = total.unreadable_in(content)
    labels = {cell.name: cell.label for cell in FORMS[form].cells}
    said = "、".join(f"{labels[part]}“{getattr(content, part)}”" for part in wrong)
    return f"{NO_TOTAL}：{said}不是金额" if said else ""


def part_of(form: Form, cell: Cell) -> CellOwner:
    """The record a cell of a form is written to."""
    if cell.name in _HEADER_NAMES:
        return Part.PROJECT
    return form


def findings_of(document: Document, form: Form, field: str) -> tuple[Finding | None, Finding | None]:
    """The most serious open finding of one cell above the table, and that of those that are told quietly."""
    here = [
        finding
        for finding in document.findings
        if finding.place.form is form
        and finding.place.field == field
        and not finding.place.indicator_id
        and not finding.is_closed
    ]
    here.sort(key=lambda finding: finding.severity.rank)
    told = (finding for finding in here if not document.awaits(finding))
    return next(told, None), next(filter(document.awaits, here), None)


class CellField(QWidget):
    """A field bound to one cell: it drafts every keystroke and pushes one gesture when it is finished."""

    def __init__(
        self, document: Document, form: Form, cell: Cell, name: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._document = document
        self.form = form
        self.cell = cell
        self._part = part_of(form, cell)
        self.label = QLabel(name or cell.label, self)
        self.label.setObjectName("fieldLabel")
        self.message = SignedLabel(self)
        self.message.setObjectName("fieldMessage")
        self.message.setWordWrap(True)
        self.message.hide()
        self.editor: Editor
        self.widget = self._make_editor()
        self.widget.setAccessibleName(cell.label)
        self.label.setBuddy(self.widget)
        self.setFocusProxy(self.widget)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(1)
        layout.addWidget(self.widget)
        layout.addWidget(self.message)

    @property
    def is_empty(self) -> bool:
        """Whether it waits for a person: nothing is in it, and nothing fills it in by itself."""
        is_computed = isinstance(self.widget, LineEditor) and self.widget.isReadOnly()
        return not is_computed and not self._text().strip()

    def refresh(self) -> None:
        """Show the record and its findings as the document has them now."""
        self.editor.show_text(self._text())
        if self.cell.kind is CellKind.MONEY:
            self._keep_amount_whole()
            self._show_earlier()
        told, awaited = findings_of(self._document, self.form, self.cell.name)
        self._say(told.severity if told is not None else None, told.message if told is not None else "")
        self._await(awaited)
        if self.cell.name in FORMS[self.form].totals:
            self._show_why_none()

    def set_computed(self) -> None:
        """Nobody types this figure: it follows from others."""
        assert isinstance(self.widget, LineEditor)
        self.widget.setReadOnly(True)
        self.widget.setToolTip(COMPUTED)
        self.widget.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # to be copied from; Tab passes by, typing would be lost

    def _make_editor(self) -> QWidget:
        match self.cell.kind:
            case CellKind.LONG_TEXT:
                return self._wire(LongEditor(self, most=LONGEST_GOAL))
            case CellKind.CHOICE:
                return self._wire(ChoiceEditor(self.cell.choices, self))
            case CellKind.MONEY:
                line = LineEditor(self, pretty_money)
                line.setAlignment(Qt.AlignmentFlag.AlignRight)
                line.keep_room_for(WIDEST_AMOUNT)
                return self._wire(line)
            case CellKind.DATE:
                return self._wire(LineEditor(self, pretty_date))
            case CellKind.NUMBER if self.cell.name != "year":
                line = LineEditor(self)
                line.setAlignment(Qt.AlignmentFlag.AlignRight)
                return self._wire(line)
            case _:
                return self._wire(LineEditor(self))

    def _wire(self, editor: LineEditor | LongEditor | ChoiceEditor) -> QWidget:
        editor.drafted.connect(self._lay)
        editor.finished.connect(self._push)
        editor.abandoned.connect(self._abandon)
        self.editor = editor
        return editor

    def _text(self) -> str:
        project = self._document.project
        if project is None:
            return ""
        record: object = project if self._part is Part.PROJECT else project.form(self.form)
        return str(getattr(record, self.cell.name, ""))

    def _keep_amount_whole(self) -> None:
        """A sum may be wider than the widest amount there may be, and so may a number nobody meant."""
        assert isinstance(self.widget, LineEditor)
        shown = pretty_money(self._text())
        is_wider = len(shown) > len(WIDEST_AMOUNT) and parse_fen(shown) is not None
        self.widget.keep_room_for(shown if is_wider else WIDEST_AMOUNT)

    def _show_earlier(self) -> None:
        """Beside an amount that is still blank what it was in the earlier year; in its tool tip always."""
        assert isinstance(self.widget, LineEditor)
        earlier = self._document.earlier
        past = earlier.projects[0].form(self.form) if earlier is not None and len(earlier.projects) == 1 else None
        amount = pretty_money(str(getattr(past, self.cell.name, "")))
        said = f"{earlier.year}年 {amount}" if earlier is not None and amount else ""
        if not self.widget.isReadOnly():  # in a sum that cannot be typed it would read as the sum
            invite(self.widget, said)
            self.widget.setToolTip(said)

    def _show_why_none(self) -> None:
        """In place of a total that cannot be computed stands that it cannot, not what it was in another year."""
        project = self._document.project
        why = why_no_total(project.form(self.form) if project is not None else None, self.form, self.cell.name)
        self.widget.setToolTip(why or COMPUTED)
        if why:
            self.editor.setPlaceholderText(NO_TOTAL)
            self.widget.setAccessibleDescription(why)
        elif self.widget.accessibleDescription().startswith(NO_TOTAL):
            self.widget.setAccessibleDescription("")

    def _lay(self, text: str) -> None:
        project = self._document.saved_project
        if project is not None:
            self._document.lay_text(self._part, project.id, self.cell.name, text)

    def _abandon(self) -> None:
        project = self._document.saved_project
        if project is not None:
            self._document.give_up_text(self._part, project.id, self.cell.name)

    def _push(self, text: str) -> None:
        project = self._document.saved_project
        if project is None:
            return
        is_written = self._document.write_text(f"修改{self.cell.label}", self._part, project.id, self.cell.name, text)
        self.refresh()
        if is_written and (told := about_unprintable(text)):
            self._say(Severity.INFO, f"{told}。")
        if is_written and self.cell.name == "year" and parse_year(text) is None:
            self._say(Severity.ERROR, f"“{text}”不是年度，应为四位数字（如 2026）；仍是 {self._text()}。")

    def _await(self, finding: Finding | None) -> None:
        """In a field that is only not filled in yet stands what is to be done with it, in grey."""
        if finding is not None:
            self.widget.setAccessibleDescription(f"{AWAITED}：{finding.message}")
        is_earlier = self.cell.kind is CellKind.MONEY and bool(self.editor.placeholderText())
        if not is_earlier:
            invite(self.editor, self._to_do if finding is not None else "")

    @property
    def _to_do(self) -> str:
        return "待选择" if self.cell.kind is CellKind.CHOICE else AWAITED

    def _say(self, severity: Severity | None, message: str) -> None:
        mark = severity.value if severity is not None else ""
        text = message if severity is not None else ""
        if self.message.text() == text and self.message.property("mark") == mark:
            return
        self.message.set_sign(sign_of(severity) if severity is not None else None)
        for widget in (self.widget, self.message):
            set_style(widget, "mark", mark)
        self.message.setText(text)
        self.message.setVisible(bool(text))
        self.widget.setAccessibleDescription(message)
