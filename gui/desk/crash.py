"""When the program itself is wrong: log it, say so plainly, offer a report to copy, and keep the file safe."""

from __future__ import annotations

import logging
import sys
import threading
from types import TracebackType

import PySide6
from PySide6.QtCore import Qt, QThread
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog, QDialogButtonBox, QGridLayout, QLabel, QPlainTextEdit, QWidget

from gui.desk.notify import Tone, drawing
from gui.desk.style import AROUND, BETWEEN
from storage.files.traces import report

LOG = logging.getLogger("jixiao")


def report_text(error: BaseException) -> str:
    """The report a person can send: versions and the trace, no text of the forms."""
    return f"PySide6 {PySide6.__version__} · {report(error)}"


class CrashDialog(QDialog):
    """Says that something inside the program failed and that everything saved so far is safe."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("程序出错")
        self.resize(640, 420)
        self._report = text
        what = QLabel("程序内部出现错误，刚才的操作可能没有完成。", self)
        what.setObjectName("dialogTitle")
        safe = QLabel(
            "此前的每一步修改都已保存在文件中，不会丢失。\n"
            "可以继续使用；如果反复出现，请复制下面的报告（不含表格内容）发给技术支持。",
            self,
        )
        safe.setWordWrap(True)
        self.setAccessibleDescription(f"{what.text()}{safe.text()}")
        shown = QPlainTextEdit(text, self)
        shown.setReadOnly(True)
        shown.setObjectName("report")
        shown.setAccessibleName("错误报告")
        buttons = QDialogButtonBox(self)
        self.copy_button = buttons.addButton("复制报告", QDialogButtonBox.ButtonRole.ActionRole)
        close = buttons.addButton("继续使用", QDialogButtonBox.ButtonRole.AcceptRole)
        close.setDefault(True)
        self.copy_button.clicked.connect(self._copy)
        buttons.accepted.connect(self.accept)
        sign = QLabel(self)
        sign.setPixmap(drawing(self, Tone.FAILED))
        layout = QGridLayout(self)
        layout.setContentsMargins(*AROUND)
        layout.setHorizontalSpacing(AROUND[0])
        layout.setVerticalSpacing(BETWEEN)
        layout.setColumnStretch(1, 1)
        layout.setRowStretch(2, 1)
        layout.addWidget(sign, 0, 0, 2, 1, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(what, 0, 1)
        layout.addWidget(safe, 1, 1)
        layout.addWidget(shown, 2, 0, 1, 2)
        layout.addWidget(buttons, 3, 0, 1, 2)

    def _copy(self) -> None:
        self.copy_button.setFixedWidth(self.copy_button.width())  # the other button stays where it is
        QGuiApplication.clipboard().setText(self._report)
        self.copy_button.setText("已复制")


class CrashHandler:
    """Takes over ``sys.excepthook``: logs every bug and shows one dialog at a time."""

    def __init__(self) -> None:
        self._dialog: CrashDialog | None = None

    @property
    def dialog(self) -> CrashDialog | None:
        """The dialog on screen, if any."""
        return self._dialog

    def install(self) -> None:
        """From now on every exception nobody caught comes here, whichever way Python would have printed it."""
        sys.excepthook = self.handle
        threading.excepthook = lambda bug: self.handle(bug.exc_type, bug.exc_value or bug.exc_type(), bug.exc_traceback)
        sys.unraisablehook = lambda bug: self.log(bug.exc_value or bug.exc_type())

    def handle(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """Log one uncaught exception and, on the GUI thread, show it."""
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        text = self.log(error)
        application = QApplication.instance()
        on_gui_thread = application is not None and QThread.currentThread() is application.thread()
        if not on_gui_thread or self._dialog is not None:
            return
        self._dialog = CrashDialog(text, QApplication.activeWindow())
        self._dialog.finished.connect(self._forget)
        self._dialog.open()

    def log(self, error: BaseException) -> str:
        """Log one exception; the report that was logged."""
        text = report_text(error)
        LOG.critical("uncaught exception\n%s", text)
        return text

    def _forget(self) -> None:
        if self._dialog is not None:
            self._dialog.deleteLater()
        self._dialog = None
