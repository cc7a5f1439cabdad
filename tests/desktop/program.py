"""The program under the ears of the scenes: a text on the clipboard, and on demand a fault that has to be heard.

``python -m tests.desktop.program STORE [FAULT]``. A fault takes one thing away that makes the window audible; a scene
that does not fail with it proves nothing (``sh tests/desktop/desktop.sh --faults`` plays them all).
"""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from types import ModuleType

from PySide6.QtCore import QAbstractNativeEventFilter, QModelIndex, QPersistentModelIndex, Qt, QTimer
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QMainWindow, QTextBrowser

from gui.app import make_application, run
from gui.desk import announcer, dialog, message, notify
from gui.desk.announcer import Announcer
from gui.desk.crash import CrashDialog
from gui.desk.notify import MessageStrip
from gui.findings.model import FindingsModel
from gui.manual.page import ManualPage
from gui.score.ledger import Ledger
from gui.score.pane import ScorePanel
from gui.search import replace
from gui.search.box import SearchBox
from gui.settings import dialog as settings_dialog
from gui.table.editors import NumberEditor, TextEditor
from gui.table.suggestion_panel import SuggestionPanel
from gui.views import project_header
from tests.desktop.screen import BEAT, BUG
from tests.gui.found import children

KEY_PRESS, SENT_MASK = 2, 0x7F
"""The number of this event in the protocol of X11; the upper bit says that another program sent it."""
IDLE_MS = 30
"""What a key leads to in the turns of the event loop that follow it is told by then."""
PASTED = "\n".join(
    (
        "项目支出绩效目标申报表",
        "（2026年度）",
        "项目名称\t会议系统运维",
        "实施单位\t上海科学技术交流中心",
        "一级指标\t二级指标\t三级指标\t指标值",
        "产出指标\t数量指标\t巡检次数\t≥12次",
        "产出指标\t质量指标\t验收合格率\t≥95%",
        "满意度指标\t服务对象满意度\t用户满意度\t≥90%",
    )
)


def _nothing(*_: object, **__: object) -> None:
    """What a part does that is struck dumb."""


def _empty(*_: object) -> str:
    return ""


def _mute(*places: tuple[type | ModuleType, str], instead: object = _nothing) -> Callable[[], None]:
    """Each of these does nothing any more, or something else."""

    def plant() -> None:
        for owner, name in places:
            setattr(owner, name, instead)

    return plant


def _halve_findings() -> None:
    """Read what stands in each column, as Qt would without being told."""
    data = FindingsModel.data

    def half(
        model: FindingsModel, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        is_spoken = role in {Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.AccessibleDescriptionRole}
        return None if is_spoken else data(model, index, role)

    _mute((FindingsModel, "data"), instead=half)()


def _name_anew() -> None:
    """Give every label of the score its name at each step, whether it is another one or not."""
    set_line = ScorePanel.set_line

    def again(panel: ScorePanel, line_id: str) -> None:
        set_line(panel, line_id)
        for label in children(panel, QLabel):
            label.setAccessibleName(label.text())

    _mute((ScorePanel, "set_line"), instead=again)()


FAULTS: Mapping[str, Callable[[], None]] = {
    "views_as_a_whole": _mute((announcer, "tell_place")),
    "nothing_announced": _mute((announcer, "announce")),
    "nameless_editors": _mute((TextEditor, "setAccessibleName"), (NumberEditor, "setAccessibleName")),
    "focus_after_caret": _mute((TextEditor, "setFocus")),  # Qt gives it later by itself
    "named_anew": _name_anew,
    "no_word_of_undo": _mute((Announcer, "_what_was_done"), instead=_empty),
    "findings_by_halves": _halve_findings,
    "no_reason": _mute((Ledger, "setFocusPolicy")),
    "no_strip": _mute((MessageStrip, "tell")),
    "dumb_dialogs": _mute((message, "announce")),
    "no_results": _mute((SearchBox, "_tell")),
    "no_suggestions": _mute((SuggestionPanel, "step")),
    "no_links": _mute((ManualPage, "focusNextPrevChild"), instead=QTextBrowser.focusNextPrevChild),
    "silent_jobs": _mute((dialog, "announce")),
    "strip_last": _mute((MessageStrip, "is_awaiting"), instead=property(lambda _strip: False)),
    "strip_stays": _mute((MessageStrip, "look_again")),
    "uncounted": _mute((replace, "announce")),
    "pages_unsaid": _mute((settings_dialog, "announce")),
    "roleless": _mute((notify, "tell_as_message"), (project_header, "tell_as_tab")),
    "nameless_fields": _mute((QLineEdit, "setAccessibleName")),
    "bare_bug": _mute((CrashDialog, "setAccessibleDescription")),
}


class Pulse(QAbstractNativeEventFilter):
    """Tells the listener how many keys were pressed, behind everything that follows from them: no scene has to guess.

    The keys are counted as X11 brings them: an input method, a shortcut or a dialog that opens keeps none from it.
    """

    def __init__(self) -> None:
        super().__init__()
        self._count = 0
        self._beat = QTimer()
        self._beat.setSingleShot(True)
        self._beat.setInterval(IDLE_MS)
        self._beat.timeout.connect(self._tell)

    def nativeEventFilter(self, _kind: object, message: int) -> tuple[bool, int]:
        """Count what the person presses: the letting go of a key that closes its window comes nowhere."""
        if ctypes.c_uint8.from_address(int(message)).value & SENT_MASK == KEY_PRESS:
            self._count += 1
            self._beat.start()
        return False, 0

    def _tell(self) -> None:
        window = QApplication.activeWindow() or next(iter(QApplication.topLevelWidgets()))
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(window, f"{BEAT}{self._count}"))


def _fail() -> None:
    raise RuntimeError("a key of the scenes asks for it")


def _give_bug() -> None:
    """A key at which the program fails, in its window once that is there."""
    window = next(one for one in QApplication.topLevelWidgets() if isinstance(one, QMainWindow))
    QShortcut(QKeySequence(BUG), window).activated.connect(_fail)


def main(arguments: list[str]) -> int:
    """Start the program as main.py does."""
    application = make_application(arguments[:1])
    pulse = Pulse()
    application.installNativeEventFilter(pulse)
    QGuiApplication.clipboard().setText(PASTED)
    for fault in arguments[2:]:
        FAULTS[fault]()
    QTimer.singleShot(0, _give_bug)
    return run(Path(arguments[1]))


if __name__ == "__main__":
    sys.exit(main(sys.argv))
