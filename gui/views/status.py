"""The status bar: 已保存 with the time, how it stands with a copy, the store's path, work under way, and counts."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QSizePolicy, QStatusBar, QWidget

from gui.desk.labels import ElidedLabel
from gui.desk.signs import Sign, SignedLabel
from gui.desk.style import set_style
from gui.desk.tasks import Job, TaskRunner
from gui.document.document import Document

SAVED = "已保存"
_IN = 3
"""Pixels by which its words begin where the fields of the list of projects do."""


class JobDisplay(QWidget):
    """What is under way in the background, how far it is, and the button that stops it."""

    def __init__(self, tasks: TaskRunner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._job: Job | None = None
        self.text = QLabel(self)
        self.bar = QProgressBar(self)
        self.bar.setTextVisible(False)
        self.bar.setFixedSize(140, 8)
        self.bar.setAccessibleName("进度")
        self.stop = QPushButton("取消", self)
        self.stop.setProperty("link", "true")
        self.stop.clicked.connect(self._cancel)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        for widget in (self.text, self.bar, self.stop):
            layout.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)
        tasks.started.connect(self._show)
        self.hide()

    def _show(self, job: Job) -> None:
        self._job = job
        self.text.setText(job.title)
        self.bar.setRange(0, 0)
        self.stop.setEnabled(True)
        job.progressed.connect(self._advance)
        job.ended.connect(self._end)
        job.stood_still.connect(self._end)
        self.show()

    def _advance(self, done: int, total: int, text: str) -> None:
        self.bar.setRange(0, total)
        self.bar.setValue(done)
        title = self._job.title if self._job is not None else ""
        self.text.setText(f"{title} {text}".strip())

    def _cancel(self) -> None:
        if self._job is not None:
            self.stop.setEnabled(False)
            self.text.setText("正在取消…")
            self._job.cancel()

    def _end(self) -> None:
        if self.sender() is self._job:
            self._job = None
            self.hide()


class StatusBar(QStatusBar):
    """Follows the document."""

    def __init__(self, document: Document, tasks: TaskRunner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self.setSizeGripEnabled(False)
        self.setContentsMargins(_IN, 0, 0, 0)
        self.saved = SignedLabel(self)
        self.copy = SignedLabel(self)
        self.path = ElidedLabel(self)
        self.path.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.step = ElidedLabel(self)
        self.sums = QLabel(self)
        self.counts = QLabel(self)
        self.job = JobDisplay(tasks)
        self.addWidget(self.saved)
        self.addWidget(self.copy)
        self.addWidget(self.path, 1)
        self.addPermanentWidget(self.step)
        self.addPermanentWidget(self.job)
        self.addPermanentWidget(self.sums)
        self.addPermanentWidget(self.counts)
        self._last_saved = ""
        document.saved.connect(self._tell_saved)
        document.store_changed.connect(self._tell_store)
        document.summaries_changed.connect(self._count)
        document.not_written.connect(self._tell_not_written)
        document.unwritten_changed.connect(self._tell_unwritten)
        document.typing_changed.connect(self._tell_unwritten)
        self._tell_store()

    def confirm_saved(self) -> str:
        """Ctrl+S: everything is saved as it is typed; say so, and since when."""
        words = self._last_saved if self._last_saved.startswith(SAVED) else f"{SAVED}，没有未保存的内容"
        if not self._document.unwritten:
            self.saved.setText(words)
        return self.saved.text()

    def tell_step(self, words: str) -> None:
        """What 撤销 or 重做 did, until the next gesture: it may lie in a project that is not on screen."""
        self.step.set_full_text(words)
        self.step.setVisible(bool(words))

    def _tell_saved(self, time: str) -> None:
        self._last_saved = f"{SAVED} {time}"
        self._tell_unwritten()

    def _tell_not_written(self) -> None:
        _say(self.saved, "未保存", Sign.ERROR)

    def _tell_unwritten(self) -> None:
        """What waits for being written counts more than what is being typed, and that more than what was written."""
        waiting = len(self._document.unwritten)
        words = "正在输入…" if self._document.typing else self._last_saved
        _say(self.saved, f"{waiting} 处未保存" if waiting else words, Sign.ERROR if waiting else None)

    def _tell_store(self) -> None:
        store = self._document.store
        self._last_saved = "" if store is None else "已打开"
        self.tell_step("")
        self._tell_unwritten()
        self.tell_copy("")
        self.path.set_full_text("" if self._document.path is None else str(self._document.path))
        self._count()

    def tell_copy(self, text: str, is_not_written: bool = False) -> None:
        """Say how it stands with the working copy of a file in a shared folder; "" for none."""
        _say(self.copy, text, Sign.WARNING if is_not_written else None)
        self.copy.setVisible(bool(text))

    def tell_written_back(self, time: str) -> None:
        """Say that everything is in the shared folder, too, at this time of day."""
        self._last_saved = f"{SAVED}，已写回 {time}"
        self._tell_unwritten()

    def _count(self) -> None:
        if self._document.store is None:
            self.counts.setText("")
            return
        projects = self._document.projects
        self.counts.setText(f"{len(projects)} 个项目 · {projects.indicator_count} 条指标")


def _say(label: SignedLabel, text: str, sign: Sign | None) -> None:
    """Another text of the bar, with its sign in its colour; a reader hears of one that is the same nothing again."""
    set_style(label, "mark", sign.value if sign is not None else "")
    label.set_sign(sign)
    if text != label.text():
        label.setText(text)
