"""One cell of a form on screen: its printed label, its field, and what the rules say of it right underneath.

What a blank field asks for stands within it, with a sign: a line below would come when the field is left, and push
everything there away from under the mouse that is about to press on it.
"""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QLabel, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from gui.desk.invitation import fit_invitation, invite
from gui.desk.signs import SIGN_ROOM, SignedLabel, sign_of
from gui.desk.style import set_style
from gui.document.document import Document
from gui.findings.wording import worded
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
_INSIDE = 10
"""Pixels from the edge of a field to its text."""
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


def pretty(kind: CellKind, text: str) -> str:
    """A text as a cell of this kind shows it while nobody is typing in it."""
    match kind:
        case CellKind.MONEY:
            return pretty_money(text)
        case CellKind.DATE:
            return pretty_date(text)
        case _:
            return text


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
        self._tip = ""
        self.editor: Editor
        self.widget = self._make_editor()
        self.widget.setAccessibleName(cell.label)
        self.glyph = SignedLabel(self)
        self.glyph.setObjectName("fieldMessage")
        self.glyph.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.glyph.hide()
        self.label.setBuddy(self.widget)
        self.setFocusProxy(self.widget)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(1)
        layout.addWidget(self.widget)
        layout.addWidget(self.message)  # unless the section puts it below the whole row (messages_below.py)

    @property
    def is_empty(self) -> bool:
        """Whether it waits for a person: nothing is in it, and nothing fills it in by itself."""
        return not self._is_computed and not self._text().strip()

    @property
    def _is_computed(self) -> bool:
        return isinstance(self.widget, LineEditor) and self.widget.isReadOnly()

    def refresh(self) -> None:
        """Show the record and its findings as the document has them now."""
        told, awaited = self._found()
        text, why, earlier = self._text(), self._why_none(), self._earlier()
        is_blank = not text  # what stands in grey is not seen beside a space
        message = told.message if told is not None else ""
        is_to_type = awaited is not None and not self._is_computed  # nobody types a total: its first part asks
        request = worded(told)[0].partition("（")[0] if told is not None else self._to_do if is_to_type else ""
        both = f"{request}，{earlier}" if request and earlier else ""
        asked = (NO_TOTAL,) if why else (*filter(None, (both, earlier)), request, request and self._to_do)
        invite(self.editor, *asked, "")  # nothing rather than a number in part
        computed = COMPUTED if self._is_computed and not why else ""
        self._set_tip("\n".join(filter(None, (why, earlier, message if is_blank else "", computed))))
        self.editor.show_text(text)
        if self.cell.kind is CellKind.MONEY:
            self._keep_amount_whole()
        self._say(told.severity if told is not None else None, message, is_within=is_blank)
        waits = f"{AWAITED}：{awaited.message}" if awaited is not None else ""
        self._describe("；".join(filter(None, (message or waits, why))))

    def _found(self) -> tuple[Finding | None, Finding | None]:
        """What is told of it, and quietly: the first part of a total also what that waits for."""
        told, awaited = findings_of(self._document, self.form, self.cell.name)
        total = next((name for name, one in FORMS[self.form].totals.items() if one.parts[0] == self.cell.name), None)
        if told is awaited is None and total is not None and not self._text():
            awaited = findings_of(self._document, self.form, total)[1]
        return told, awaited

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The sign in the field goes with its edge."""
        super().resizeEvent(event)
        self._place_glyph()

    def showEvent(self, event: QShowEvent) -> None:
        """What is in the field has its place only now."""
        super().showEvent(event)
        self._place_glyph()

    def set_computed(self) -> None:
        """Nobody types this figure: it follows from others."""
        assert isinstance(self.widget, LineEditor)
        self.widget.setReadOnly(True)
        self._set_tip(COMPUTED)
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

    def _earlier(self) -> str:
        """What a blank amount was in the earlier year; in a sum that cannot be typed it would read as the sum."""
        earlier = self._document.earlier
        if self.cell.kind is not CellKind.MONEY or self._is_computed or earlier is None or len(earlier.projects) != 1:
            return ""
        amount = pretty_money(str(getattr(earlier.projects[0].form(self.form), self.cell.name, "")))
        return f"{earlier.year}年 {amount}" if amount else ""

    def _why_none(self) -> str:
        """Why a total is none; "" for one that is, and for any other cell."""
        project = self._document.project
        return why_no_total(project.form(self.form) if project is not None else None, self.form, self.cell.name)

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
            self._tell(Severity.INFO, f"{told}。")
        if is_written and self.cell.name == "year" and parse_year(text) is None:
            self._tell(Severity.ERROR, f"“{text}”不是年度，应为四位数字（如 2026）；仍是 {self._text()}。")

    @property
    def _to_do(self) -> str:
        return "待选择" if self.cell.kind is CellKind.CHOICE else AWAITED

    def _tell(self, severity: Severity, message: str) -> None:
        self._say(severity, message)
        self._describe(message)

    def _say(self, severity: Severity | None, message: str, *, is_within: bool = False) -> None:
        """Mark the field, and say below it why; ``is_within`` with a sign in the field instead."""
        mark, below = severity.value if severity is not None else "", "" if is_within else message
        has_glyph = is_within and bool(mark)
        if (self.message.text(), self.message.property("mark"), not self.glyph.isHidden()) == (below, mark, has_glyph):
            return
        for label in (self.message, self.glyph):
            label.set_sign(sign_of(severity) if severity is not None else None)
        for widget in (self.widget, self.message, self.glyph):
            set_style(widget, "mark", mark)
        self.message.setText(below)
        self.message.setVisible(bool(below))
        self.glyph.setVisible(has_glyph)
        self._place_glyph()

    def _place_glyph(self) -> None:
        """Within the field, where its text does not begin, which leaves room for it."""
        combo, room = self.widget, SIGN_ROOM if not self.glyph.isHidden() else 0
        line = combo.lineEdit() if isinstance(combo, ChoiceEditor) else combo
        inset = 0 if line is not combo else _INSIDE
        assert line is not None  # editable
        place = QRect(line.mapTo(self, QPoint()), line.size()).adjusted(inset, 0, -inset, 0)
        is_left = isinstance(line, QLineEdit) and bool(line.alignment() & Qt.AlignmentFlag.AlignRight)
        if isinstance(line, QLineEdit):
            line.setTextMargins(room if is_left else 0, 0, 0 if is_left else room, 0)
            fit_invitation(line)
        high = min(place.height(), self.fontMetrics().height() + _INSIDE)
        self.glyph.setGeometry(place.left() if is_left else place.right() - room, place.top(), room, high)

    def _set_tip(self, tip: str) -> None:
        """A tip of the field's own, before which a text that is cut is whole in its tip."""
        if tip != self._tip:
            self._tip = tip
            self.widget.setToolTip(tip)

    def _describe(self, text: str) -> None:
        if self.widget.accessibleDescription() != text:
            self.widget.setAccessibleDescription(text)
