"""Texts that would change in many places: one row a place, before and after, to be left out or taken."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from gui.desk.dialog import framed, snug
from gui.desk.list_rows import shut
from gui.desk.marked_lines import MARKED, MarkedLines
from model.edits import Hit, Moved
from model.values.excerpts import end_of, start_of

_AROUND = 8
"""Characters of a text that stand before and after what changes in it."""
_GAP = 12
"""So many and fewer are not left out: an ellipsis is no shorter by much, and has to be thought about."""
_ON_ONE_LINE = 32
"""Characters of both texts together that stand beside each other."""
_TO_LOOK_AT = "以下拿不准（文件名、起始年份、相邻年份），勾选的才改："


class ChangedTexts(QWidget):
    """A list with a box before every place; those that are sure are checked, the others stand below them.

    Signals:
        chosen(): something else is checked.
    """

    chosen = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.all = QCheckBox("全部改(&A)", self)
        self.list = QListWidget(self)
        self.list.setAccessibleName("要改的文字")
        self.list.setMinimumHeight(60)
        self.list.setSpacing(2)
        framed(self.list)
        self.list.setItemDelegate(MarkedLines(self.list))
        snug(self.all)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.all)
        layout.addWidget(self.list, 1)
        self._moved: Sequence[Moved] = ()
        self.list.itemChanged.connect(self._follow)
        self.all.clicked.connect(self._choose_all)

    def show_texts(self, moved: Sequence[Moved], called: Callable[[Hit], str]) -> None:
        """List these texts; ``called`` says whose a text is, "" where that is clear."""
        self._moved = moved
        with QSignalBlocker(self.list):
            self.list.clear()
            for number, one in enumerate(moved):
                if not one.is_sure and (number == 0 or moved[number - 1].is_sure):
                    heading = QListWidgetItem(_TO_LOOK_AT, self.list)
                    shut(heading)
                place = " · ".join(part for part in (called(one.hit), one.hit.where) if part)
                changed, marked = _changed(one.hit)
                item = QListWidgetItem(f"{place}\n{changed}", self.list)
                item.setData(MARKED, [(start + len(place) + 1, end + len(place) + 1) for start, end in marked])
                item.setToolTip(one.hit.after)
                item.setData(Qt.ItemDataRole.UserRole, number)
                item.setCheckState(Qt.CheckState.Checked if one.is_sure else Qt.CheckState.Unchecked)
        self.all.setVisible(bool(moved))
        self.list.setEnabled(bool(moved))  # Tab comes to no list with nothing in it
        self.list.setCurrentRow(0 if moved and moved[0].is_sure else 1)
        self._follow()

    def hits(self) -> list[Hit]:
        """What is checked."""
        return [
            self._moved[item.data(Qt.ItemDataRole.UserRole)].hit
            for item in self._boxes()
            if item.checkState() is Qt.CheckState.Checked
        ]

    def current(self) -> Hit | None:
        """The text the list stands on."""
        item = self.list.currentItem()
        number = item.data(Qt.ItemDataRole.UserRole) if item is not None else None
        return self._moved[number].hit if number is not None else None

    def _boxes(self) -> list[QListWidgetItem]:
        items = (self.list.item(row) for row in range(self.list.count()))
        return [item for item in items if item.flags() & Qt.ItemFlag.ItemIsEnabled]

    def _choose_all(self) -> None:
        is_whole = len(self.hits()) == len(self._moved)
        with QSignalBlocker(self.list):
            for item in self._boxes():
                item.setCheckState(Qt.CheckState.Unchecked if is_whole else Qt.CheckState.Checked)
        self._follow()

    def _follow(self) -> None:
        count = len(self.hits())
        some = Qt.CheckState.PartiallyChecked if count else Qt.CheckState.Unchecked
        self.all.setCheckState(Qt.CheckState.Checked if count == len(self._moved) else some)
        self.chosen.emit()


def _changed(hit: Hit) -> tuple[str, list[tuple[int, int]]]:
    """What is around the stretches that change, before and after; where the stretches are.

    Short texts stand beside each other, long ones below each other behind words of one width.
    """
    before, after = _excerpts(hit)
    if len(before.text) + len(after.text) > _ON_ONE_LINE:
        before, after = before.behind("原文 "), after.behind("\n改为 ")
    else:
        after = after.behind(" → ")
    joined = after.behind(before.text)
    return joined.text, [*before.marked, *joined.marked]


def _excerpts(hit: Hit) -> tuple[_Line, _Line]:
    """The text before and the text after, of both what is around the stretches that change."""
    before, after, shown = _Line(), _Line(), 0
    text, stretches = hit.before, hit.stretches
    for number, stretch in enumerate(stretches):
        start = max(shown, start_of(text, max(shown, stretch.start - _AROUND), stretch.start))
        start = shown if start - shown <= _GAP else start
        following = stretches[number + 1].start if number + 1 < len(stretches) else len(text)
        end = min(following, end_of(text, stretch.end + _AROUND, stretch.end))  # of one number two parts may change
        end = len(text) if number + 1 == len(stretches) and len(text) - end <= _GAP else end
        for line, changed in ((before, text[stretch.start : stretch.end]), (after, stretch.text)):
            line.add(("…" if start > shown else "") + text[start : stretch.start])
            line.add(changed, is_marked=True)
            line.add(text[stretch.end : end])
        shown = end
    for line in (before, after):
        line.add("…" if shown < len(text) else "")
    return before, after


class _Line:
    """One line that is put together of parts, some of them marked; what breaks lines in them is a space."""

    def __init__(self) -> None:
        self.text = ""
        self.marked: list[tuple[int, int]] = []

    def add(self, text: str, *, is_marked: bool = False) -> None:
        start = len(self.text)
        self.text += "".join(" " if one.isspace() else one for one in text)
        if is_marked and text:
            self.marked.append((start, len(self.text)))

    def behind(self, words: str) -> _Line:
        """This line with words before it."""
        line = _Line()
        line.text, line.marked = words + self.text, [(a + len(words), b + len(words)) for a, b in self.marked]
        return line
