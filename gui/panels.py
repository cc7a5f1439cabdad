"""The three panels around the project: where they stand, which are wanted, which give way in a small window."""

from __future__ import annotations

import json

from PySide6.QtCore import QByteArray, QEvent, QObject, QSize, Qt, QTimer
from PySide6.QtWidgets import QApplication, QDockWidget, QMainWindow, QWidget

from gui.actions import Actions
from gui.desk import system_look
from gui.findings.pane import FindingsPanel
from gui.score.pane import ScorePanel

NARROW_BELOW = 1100
LOW_BELOW = 720
LAYOUT_VERSION = 1
LEAST_SIZE = 40
STEP = 24
"""Pixels by which a key makes a panel larger or smaller; for usual text."""
_FIRST_SIZES = {
    "wide": {"show_navigator": 222, "show_score": 262, "show_findings": 190},
    "narrow": {"show_navigator": 194, "show_score": 262, "show_findings": 190},
}
"""Pixels a panel is wide, and the list of problems is high, until somebody wants it otherwise; for usual text."""

_MOST_AT_FIRST = 340
"""The same for the largest text: the form in the middle needs its room too."""

NO_PANEL = "表占满两边的栏留下的地方。要调栏的宽度，先按 F6 到项目列表、得分预览或问题。"

_LEFT = Qt.DockWidgetArea.LeftDockWidgetArea
_RIGHT = Qt.DockWidgetArea.RightDockWidgetArea
_BOTTOM = Qt.DockWidgetArea.BottomDockWidgetArea


class Panels(QObject):
    """项目 on the left, 得分预览 on the right, 问题 below; each is one checkable action, named like its dock here."""

    def __init__(self, window: QMainWindow, navigator: QWidget, score: ScorePanel, findings: FindingsPanel) -> None:
        super().__init__(window)
        self._window = window
        self._findings = findings
        self._score = score
        self._is_narrow = False
        self._is_low = False
        self._is_list_high = True
        self._has_store = False
        self._has_list = False
        self._scale = system_look.text_scale()
        self._sizes = _first_sizes(self._scale)
        self._folds: dict[str, bool] = {}
        findings.folded.connect(self._keep_fold)
        for corner, area in (
            (Qt.Corner.BottomLeftCorner, _LEFT),
            (Qt.Corner.TopLeftCorner, _LEFT),
            (Qt.Corner.BottomRightCorner, _RIGHT),
            (Qt.Corner.TopRightCorner, _RIGHT),
        ):
            window.setCorner(corner, area)
        self.docks = {
            "show_navigator": self._dock("项目", navigator, _LEFT),
            "show_score": self._dock("得分预览", score, _RIGHT),
            "show_findings": self._dock("问题", findings, _BOTTOM),
        }
        for dock in self.docks.values():
            dock.installEventFilter(self)
        self._fitted = QSize()
        self._wanted = dict.fromkeys(self.docks, True)
        self._wants_overview = False
        self._has_score = True
        self._resize()

    def connect_actions(self, actions: Actions) -> None:
        """One checkable action a panel."""
        for name, dock in self.docks.items():
            action = actions[name]
            action.triggered.connect(lambda shown, n=name: self._want(n, shown=shown))
            dock.visibilityChanged.connect(lambda _seen, a=action, d=dock: a.setChecked(not d.isHidden()))

    def show_for(self, *, has_store: bool, has_list: bool = False) -> None:
        """Without a store there is nothing to show around the start page, beside a list only the navigator."""
        if (has_store, has_list) != (self._has_store, self._has_list):
            self._has_store, self._has_list = has_store, has_list
            self._show()

    def show_score(self, *, has_score: bool) -> None:
        """A form without a score gives the room on the right to the grid, until somebody asks for its overview."""
        if has_score != self._has_score:
            self._has_score = has_score
            self._show()

    def fit(self, width: int, height: int) -> None:
        """The score gives way in a narrow window, and the findings fold to a line in a low one; so for large text."""
        is_narrow = width < NARROW_BELOW * self._scale
        if is_narrow != self._is_narrow:
            self._is_narrow = is_narrow
            self._show()
            self._resize()
        self._fitted = self._window.size()
        self._make_room()
        is_low = height < LOW_BELOW * self._scale
        if is_low != self._is_low:
            self._is_low = is_low
            self._fold()

    def follow_text_size(self) -> None:
        """Text is larger or smaller now: the panels are as they are at first with such text."""
        scale = system_look.text_scale()
        if scale != self._scale:
            self._scale = scale
            self.fit(self._window.width(), self._window.height())
            QTimer.singleShot(0, self, self._start_over)  # once everything knows how much room its letters need

    def _start_over(self) -> None:
        self._sizes = _first_sizes(self._scale)
        self._resize()

    def enlarge(self, steps: int) -> tuple[bool, str]:
        """Make the panel with the keyboard wider or narrower, 问题 higher or lower; whether, and in words."""
        name = self._with_keyboard()
        if not name:
            return False, NO_PANEL
        if name == "show_findings" and self._findings.is_folded:
            return False, "“问题”收成了一行，按 Shift+F3 展开后再调高度。"
        dock, is_high = self.docks[name], name == "show_findings"
        side, measure = (Qt.Orientation.Vertical, "高") if is_high else (Qt.Orientation.Horizontal, "宽")
        before = dock.height() if is_high else dock.width()
        self._window.resizeDocks([dock], [max(LEAST_SIZE, before + round(steps * STEP * self._scale))], side)
        layout = self._window.layout()
        assert layout is not None
        layout.activate()
        after = dock.height() if is_high else dock.width()
        title = dock.windowTitle()
        if after == before:
            return False, f"“{title}”已经不能再{'大' if steps > 0 else '小'}了，{measure} {after} 像素。"
        return True, f"“{title}”{measure} {after} 像素。"

    def _with_keyboard(self) -> str:
        focus = QApplication.focusWidget()
        return next((name for name, dock in self.docks.items() if focus is not None and dock.isAncestorOf(focus)), "")

    def own(self) -> str:
        """Sizes and folds to remember, small windows and large apart, which problems are not listed, and 申报概览."""
        hidden = sorted(self._findings.chips.hidden_groups())
        is_folded = self._score.reason.is_folded
        kept = {"sizes": self._sizes, "folds": self._folds, "hidden": hidden, "reason_folded": is_folded}
        return json.dumps(kept | {"overview": self._wants_overview})

    def take(self, own: str) -> None:
        """Take sizes, folds and what is not listed as they were."""
        try:
            state = json.loads(own or "{}")
            sizes = {kind: dict(state.get("sizes", {}).get(kind, {})) for kind in _FIRST_SIZES}
            taken = {
                kind: {name: int(found[name]) for name in self.docks if name in found} for kind, found in sizes.items()
            }
            folds = {kind: bool(is_folded) for kind, is_folded in dict(state.get("folds", {})).items()}
            hidden = [str(group) for group in state.get("hidden", [])]
            is_reason_folded = bool(state.get("reason_folded", False))
            wants_overview = state.get("overview") is True
        except (ValueError, TypeError, AttributeError):
            return  # a file somebody edited by hand: the panels look as at first
        for kind, found in taken.items():
            self._sizes[kind] |= {name: size for name, size in found.items() if size > LEAST_SIZE}
        self._folds = folds
        self._findings.chips.hide_groups(hidden)
        self._score.reason.set_folded(is_folded=is_reason_folded)
        self._wants_overview = wants_overview
        self._show()
        self._resize()
        self._fold()

    def state(self) -> QByteArray:
        """The arrangement to remember, asked for when the window closes; empty when a small window made it.

        A panel that only gave way to the form on screen is remembered as shown.
        """
        if self._is_narrow or not self._has_store:
            return QByteArray()
        for name, dock in self.docks.items():
            dock.setVisible(self._wanted[name])
        return self._window.saveState(LAYOUT_VERSION)

    def restore(self, state: QByteArray) -> None:
        """Arrange the panels as they were."""
        if not state.isEmpty() and self._window.restoreState(state, LAYOUT_VERSION):
            self._wanted = {name: not dock.isHidden() for name, dock in self.docks.items()}
        self._show()

    def _keep_fold(self, is_folded: bool) -> None:
        self._folds["low" if self._is_low else "high"] = is_folded
        if not is_folded:
            self._want("show_findings", shown=True)
            # only when the layout knows that the list may be high again does it take the height it had
            QTimer.singleShot(0, self, self._make_high)
        else:
            self._is_list_high = False

    def _make_high(self) -> None:
        """Give the opened list the height it had; what the layout made of it until then is not remembered."""
        layout = self._window.layout()
        assert layout is not None
        layout.activate()
        self._is_list_high = not self._findings.is_folded
        self._resize()

    def _fold(self) -> None:
        self._is_list_high = False
        QTimer.singleShot(0, self, self._make_high)
        self._findings.set_folded(is_folded=self._folds.get("low" if self._is_low else "high", self._is_low))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep the size of a panel, unless it only gives way to another size of the window."""
        is_resized = event.type() is QEvent.Type.Resize and self._window.isVisible()
        if is_resized and isinstance(watched, QDockWidget) and self._window.size() == self._fitted:
            name = next(name for name, dock in self.docks.items() if dock is watched)
            sizes = self._sizes["narrow" if self._is_narrow else "wide"]
            if name != "show_findings":
                sizes[name] = watched.width()
            elif self._is_list_high:
                sizes[name] = watched.height()
        return super().eventFilter(watched, event)

    def _resize(self) -> None:
        sizes = self._sizes["narrow" if self._is_narrow else "wide"]
        sides = ["show_navigator", "show_score"]
        self._window.resizeDocks(
            [self.docks[name] for name in sides], [sizes[name] for name in sides], Qt.Orientation.Horizontal
        )
        if not self._findings.is_folded:
            self._window.resizeDocks([self.docks["show_findings"]], [sizes["show_findings"]], Qt.Orientation.Vertical)

    def _want(self, name: str, *, shown: bool) -> None:
        if name == "show_score" and not self._has_score:
            self._wants_overview = shown
        else:
            self._wanted[name] = shown
        if not (shown and self._has_store):
            self.docks[name].hide()
            self._make_room()
        else:
            self._make_room(asked=name)
            self.docks[name].show()

    def _make_room(self, asked: str = "") -> None:
        """Where large text leaves no room for the list, the form and the score beside each other, one gives way.

        The list does, until the score is put away again; the score does where somebody asks for the list. It goes
        before the other one comes: none is squeezed, and keeps that size.
        """
        navigator, score = self.docks["show_navigator"], self.docks["show_score"]
        beside = navigator, self._window.centralWidget(), score
        has_score = asked == "show_score" or not score.isHidden()
        is_crowded = has_score and sum(one.minimumSizeHint().width() for one in beside) > self._window.width()
        if is_crowded and asked == "show_navigator":
            score.hide()
        else:
            navigator.setVisible(self._has_store and self._wanted["show_navigator"] and not is_crowded)

    def _show(self) -> None:
        for name, dock in self.docks.items():
            is_score = name == "show_score"
            wanted = self._wants_overview if is_score and not self._has_score else self._wanted[name]
            gives_way = (is_score and self._is_narrow) or (self._has_list and name != "show_navigator")
            dock.setVisible(self._has_store and wanted and not gives_way)

    def _dock(self, title: str, widget: QWidget, area: Qt.DockWidgetArea) -> QDockWidget:
        dock = QDockWidget(title, self._window)
        dock.setObjectName(f"dock_{title}")
        dock.setFeatures(QDockWidget.DockWidgetFeature.NoDockWidgetFeatures)
        bar = QWidget(dock)
        bar.setFixedHeight(0)
        dock.setTitleBarWidget(bar)
        dock.setWidget(widget)
        self._window.addDockWidget(area, dock)
        dock.hide()
        return dock


def _first_sizes(scale: float) -> dict[str, dict[str, int]]:
    """How large the panels are at first, with text ``scale`` times as large as usual."""
    return {
        kind: {name: min(round(size * scale), _MOST_AT_FIRST) for name, size in sizes.items()}
        for kind, sizes in _FIRST_SIZES.items()
    }
