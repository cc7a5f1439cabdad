"""The status bar: 已保存 with the time, the store's path, work under way, and counts."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QSizePolicy, QStatusBar, QWidget

from gui.desk.labels import ElidedLabel
from gui.desk.signs import Sign, SignedLabel
from gui.desk.style import set_style
from gui.desk.tasks import Job, TaskRunner
from gui.document.document import Document

SAVED = "已保存"


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
        self._job = None
        self.hide()


class StatusBar(QStatusBar):
    """Follows the document."""

    def __init__(self, document: Document, tasks: TaskRunner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self.setSizeGripEnabled(False)
        self.saved = SignedLabel(self)
        self.path = ElidedLabel(self)
        self.path.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.sums = QLabel(self)
        self.counts = QLabel(self)
        self.job = JobDisplay(tasks)
        self.addWidget(self.saved)
        self.addWidget(self.path, 1)
        self.addPermanentWidget(self.job)
        self.addPermanentWidget(self.sums)
        self.addPermanentWidget(self.counts)
        self._last_saved = ""
        self._copy = ""
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

    def _tell_saved(self, time: str) -> None:
        self._last_saved = f"{SAVED} {time}"
        self._tell_unwritten()

    def _tell_not_written(self) -> None:
        self._say_saved("未保存", Sign.ERROR)

    def _tell_unwritten(self) -> None:
        """What waits for being written counts more than what is being typed, and that more than what was written."""
        waiting = len(self._document.unwritten)
        words = "正在输入…" if self._document.typing else self._last_saved
        self._say_saved(f"{waiting} 处未保存" if waiting else words, Sign.ERROR if waiting else None)

    def _say_saved(self, text: str, sign: Sign | None) -> None:
        set_style(self.saved, "mark", sign.value if sign is not None else "")
        self.saved.set_sign(sign)
        if text != self.saved.text():
            self.saved.setText(text)

    def _tell_store(self) -> None:
        store = self._document.store
        self._last_saved = "" if store is None else "已打开"
        self._tell_unwritten()
        self._copy = ""
        self._show_path()
        self._count()

    def tell_copy(self, text: str) -> None:
        """Say how it stands with the working copy of a file in a shared folder; "" for none."""
        self._copy = text
        self._show_path()

    def tell_written_back(self, time: str) -> None:
        """Say that everything is in the shared folder, too, at this time of day."""
        if not self._document.unwritten and not self._document.typing:
            self._last_saved = f"{SAVED}，已写回 {time}"
            self._tell_unwritten()

    def _show_path(self) -> None:
        path = self._document.path
        self.path.set_full_text("　".join(filter(None, (self._copy, "" if path is None else str(path)))))

    def _count(self) -> None:
        if self._document.store is None:
            self.counts.setText("")
            return
        projects = self._document.projects
        self.counts.setText(f"{len(projects)} 个项目 · {projects.indicator_count} 条指标")
