"""取消 of a reading, whenever it is pressed: python -m tests.bench.cancel.

Milliseconds from Esc until the preview is gone, and the longest the window was busy with something else meanwhile.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest

from gui.app import make_application
from gui.desk.tasks import TaskRunner
from gui.document.document import Document
from gui.files.import_preview import ImportDialog
from storage.store.sqlite import Store
from tests.storage.guard.hostile_files import HEAVY

MOMENTS_MS = (0, 20, 100, 300, 600, 1200, 2500)
LIMIT_MS = 200
Source = list[Path] | str


def sources(folder: Path) -> dict[str, Source]:
    """What takes its time to read."""
    made: dict[str, Source] = {}
    for name in ("a PDF page with 3 million lines", "a Word document of 12 million empty runs", "1.9 million cells"):
        (folder / name).mkdir()
        made[name] = [HEAVY[name](folder / name)]
    many = folder / "many"
    for number in range(200):
        (many / f"{number}").mkdir(parents=True)
        (many / f"{number}" / f"{number}.docx").write_bytes(b"PK")
    made["a folder of 200 files"] = [many]
    made["a pasted text of 290,000 characters"] = "项目支出绩效目标申报表\n项目名称：" + "绩效指标产出指标数量" * 29_000
    return made


def measure(tell: Callable[[str, float, float], None]) -> None:
    """Cancel the reading of each source at each moment; the worst of each is told."""
    make_application(["bench"])
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        Store.create(folder / "空.jixiao").close()
        document = Document()
        document.open_store(folder / "空.jixiao")
        for what, source in sources(folder).items():
            taken = [cancelled(document, source, moment) for moment in MOMENTS_MS]
            tell(what, max(to_end for to_end, _ in taken), max(busy for _, busy in taken))
        document.close_store()


def cancelled(document: Document, source: Source, moment_ms: int) -> tuple[float, float]:
    """Milliseconds from Esc to the end, and the longest between two beats of the window's loop."""
    tasks = TaskRunner()
    dialog = ImportDialog(document, tasks, source)
    dialog.open()
    beats = [time.perf_counter()]
    heart = QTimer(dialog)
    heart.timeout.connect(lambda: beats.append(time.perf_counter()))
    heart.start(0)
    QTest.qWait(moment_ms)
    started = time.perf_counter()
    while dialog.isVisible():  # once more where it was read already, and closing it is all there is to do
        QTest.keyClick(dialog, Qt.Key.Key_Escape)
        QTest.qWait(1)
    to_end = time.perf_counter() - started
    heart.stop()
    tasks.shut_down()
    dialog.deleteLater()
    pairs = zip(beats[2:], beats[1:], strict=False)
    return to_end * 1000, max((later - earlier for later, earlier in pairs), default=0.0) * 1000


def _print(what: str, to_end: float, busy: float) -> None:
    verdict = "inside" if to_end <= LIMIT_MS else "NOT inside"
    print(f"{what:<45} {to_end:6.0f} ms to the end, {verdict} {LIMIT_MS} ms; window busy {busy:5.0f} ms at most")


if __name__ == "__main__":
    measure(_print)
