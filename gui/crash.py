"""When the program itself is wrong: log it, say so plainly, offer a report to copy, and keep the file safe."""

from __future__ import annotations

import logging
import platform
import sys
import traceback
from types import TracebackType

import PySide6
from PySide6.QtCore import QCoreApplication, QThread
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog, QDialogButtonBox, QLabel, QPlainTextEdit, QVBoxLayout, QWidget

LOG = logging.getLogger("jixiao")


def report_text(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> str:
    """The report a person can send: versions and the trace, no cell text of the forms."""
    lines = [
        f"{QCoreApplication.applicationName()} {QCoreApplication.applicationVersion()}",
        f"{platform.platform()} · Python {platform.python_version()} · PySide6 {PySide6.__version__}",
        "",
        *traceback.format_exception(kind, error, trace),
    ]
    return "\n".join(line.rstrip("\n") for line in lines)


class CrashDialog(QDialog):
    """Says that something inside the program failed and that everything saved so far is safe."""

    def __init__(self, report: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("程序出错")
        self.resize(640, 420)
        self._report = report
        what = QLabel("程序内部出现错误，刚才的操作可能没有完成。", self)
        what.setObjectName("dialogTitle")
        safe = QLabel(
            "此前的每一步修改都已保存在文件中，不会丢失。\n"
            "可以继续使用；如果反复出现，请复制下面的报告（不含表格内容）发给技术支持。",
            self,
        )
        safe.setWordWrap(True)
        text = QPlainTextEdit(report, self)
        text.setReadOnly(True)
        text.setObjectName("report")
        text.setAccessibleName("错误报告")
        buttons = QDialogButtonBox(self)
        self.copy_button = buttons.addButton("复制报告", QDialogButtonBox.ButtonRole.ActionRole)
        close = buttons.addButton("继续使用", QDialogButtonBox.ButtonRole.AcceptRole)
        close.setDefault(True)
        self.copy_button.clicked.connect(self._copy)
        buttons.accepted.connect(self.accept)
        layout = QVBoxLayout(self)
        for widget in (what, safe, text, buttons):
            layout.addWidget(widget)

    def _copy(self) -> None:
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
        """From now on every exception nobody caught comes here."""
        sys.excepthook = self.handle

    def handle(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """Log one uncaught exception and, on the GUI thread, show it."""
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        report = report_text(kind, error, trace)
        LOG.critical("uncaught exception\n%s", report)
        application = QApplication.instance()
        on_gui_thread = application is not None and QThread.currentThread() is application.thread()
        if not on_gui_thread or self._dialog is not None:
            return
        self._dialog = CrashDialog(report, QApplication.activeWindow())
        self._dialog.finished.connect(self._forget)
        self._dialog.open()

    def _forget(self) -> None:
        if self._dialog is not None:
            self._dialog.deleteLater()
        self._dialog = None
