"""键盘操作 (Shift+F1): everything the keyboard does, as one page, and to a screen reader as one list."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QScrollArea, QWidget

from gui.actions import key_map
from gui.desk.cut_edge import CoveredEdges
from gui.desk.dialog import Dialog, framed
from gui.desk.roles import tell_as_list
from gui.desk.wrapped_label import WrappedLabel
from gui.manual.key_caps import KeyCaps

COLUMN, WIDE_COLUMN = 24, 32
"""Characters of Chinese a column takes at least, and as many as it makes use of."""
SHORT, LONG = 8, 15
"""Characters of a meaning that never wraps, and of one that is given as much room as there is."""
MOST_COLUMNS = 4
LEAST_KEYS = 2
"""So many keys stand at least below a title at the end of a column."""
_BESIDE_KEYS = 10
AROUND = QSize(80, 120)
"""What the margins, the lead and the button of the dialog take."""

Group = tuple[str, tuple[tuple[str, str], ...]]


class KeyboardDialog(Dialog):
    """The keyboard map in as many columns as the screen has room for; where one page is too small, keys scroll it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("键盘操作", "全部功能都可以不用鼠标完成。", "", parent)
        body = QWidget(self)
        layout = QHBoxLayout(body)
        layout.setContentsMargins(8, 8, 8, 8)
        layout.setSpacing(18)
        screen = self.room()
        em = self.fontMetrics().horizontalAdvance("键")
        groups = parts(key_map(), max(1, min(MOST_COLUMNS, screen.width() // (COLUMN * em))))
        said: dict[QWidget, str] = {}
        columns = [QWidget(body) for _ in groups]
        for column, part in zip(columns, groups, strict=True):
            layout.addWidget(column, _fill(column, part, said))
        self.area = QScrollArea(self)
        self.area.setWidgetResizable(True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setWidget(body)
        for ground in (body, self.area.viewport()):  # a ground of their own would cover the corners of the frame
            ground.setAutoFillBackground(False)
        self.area.setMinimumWidth(body.minimumSizeHint().width() + self.area.verticalScrollBar().sizeHint().width())
        self.area.setAccessibleName("键盘操作一览")
        CoveredEdges(self.area, columns)
        framed(self.area)
        self.content.addWidget(self.area, 1)
        width = min(screen.width(), WIDE_COLUMN * em * len(groups))
        self.resize(width, layout.totalHeightForWidth(width - AROUND.width()) + AROUND.height())
        self.area.setFocus()
        tell_as_list(self.area, said)


def parts(groups: Sequence[Group], count: int) -> list[list[Group]]:
    """The groups in order, cut so that the longest of so many columns is as short as can be.

    A group that is cut goes on in the next column under its title.
    """
    most = LEAST_KEYS + 1
    while len(_columns_of(groups, most)) > count:
        most += 1
    return _columns_of(groups, most)


def _columns_of(groups: Sequence[Group], most: int) -> list[list[Group]]:
    """Columns of at most so many lines, the titles among them."""
    columns: list[list[Group]] = [[]]
    height = 0
    for title, keys in groups:
        left, shown = keys, title
        while left:
            room = min(len(left), most - height - 1)
            if room < min(LEAST_KEYS, len(left)):
                columns.append([])
                height = 0
                continue
            columns[-1].append((shown, left[:room]))
            height += room + 1
            left, shown = left[room:], f"{title}（续）"
    return columns


def _fill(parent: QWidget, groups: Sequence[Group], said: dict[QWidget, str]) -> int:
    """Fill a column; the pixels in which only long meanings wrap: long keys leave their meanings as much room.

    ``said`` takes its lines as they are read out.
    """
    grid = QGridLayout(parent)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(_BESIDE_KEYS)
    grid.setVerticalSpacing(2)
    row = widest = 0
    for title, keys in groups:
        heading = QLabel(title, parent)
        heading.setObjectName("sectionTitle")
        heading.setContentsMargins(0, 8 if row else 0, 0, 0)
        said[heading] = title
        grid.addWidget(heading, row, 0, 1, 2)
        row += 1
        for key, meaning in keys:
            what = WrappedLabel(meaning, parent, is_muted=True)
            caps = KeyCaps(key, parent)
            said[caps] = f"{meaning}：{key}"
            widest = max(widest, caps.sizeHint().width())
            grid.addWidget(caps, row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(what, row, 1)
            row += 1
    grid.setColumnMinimumWidth(1, _widest_meaning(parent, groups, SHORT))
    grid.setColumnStretch(1, 1)
    grid.setRowStretch(row, 1)
    return widest + _BESIDE_KEYS + _widest_meaning(parent, groups, LONG)


def _widest_meaning(parent: QWidget, groups: Sequence[Group], most: int) -> int:
    """Pixels of the widest meaning, as many characters as it may have."""
    width = parent.fontMetrics().horizontalAdvance
    return max(min(width(meaning), most * width("键")) for _, keys in groups for _, meaning in keys)
