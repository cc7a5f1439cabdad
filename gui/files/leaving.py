"""The question about texts that could not be written, before somebody leaves them behind."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QMessageBox, QWidget

from gui.desk.notify import Tone, message_box
from gui.document.document import Document
from gui.files.rescue import SAVE_COPY
from model.values.excerpts import shortened

_NAMED = 5


def ask_about_unwritten(
    parent: QWidget, document: Document, then: Callable[[], object], save_copy: Callable[[], object]
) -> QMessageBox:
    """Open a box with what waits for being written; ``then`` follows once it is written or given up.

    ``save_copy`` takes everything, these texts too, to another file: a disk may stay full.
    """
    waiting = document.unwritten
    shown = "\n".join(f"　· {text.label}：{_short(text.text)}" for text in waiting[:_NAMED])
    more = f"\n　…… 共 {len(waiting)} 处" if len(waiting) > _NAMED else ""
    text = (
        f"有 {len(waiting)} 处内容还没有写进文件：\n{shown}{more}\n\n"
        "可以先排除原因（如清理磁盘）再重试，或连同这些内容另存到别的磁盘；放弃后这些内容不再保留。"
    )
    box = message_box(parent, "有内容没有保存", text, Tone.FAILED)
    retry = box.addButton("重试保存", QMessageBox.ButtonRole.AcceptRole)
    elsewhere = box.addButton(SAVE_COPY, QMessageBox.ButtonRole.ActionRole)
    give_up = box.addButton("放弃这些内容", QMessageBox.ButtonRole.DestructiveRole)
    stay = box.addButton("留在这里", QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(retry)
    box.setEscapeButton(stay)

    def write() -> None:
        if document.write_unwritten():
            then()

    def forget() -> None:
        document.give_up_unwritten()
        then()

    retry.clicked.connect(write)
    elsewhere.clicked.connect(save_copy)
    give_up.clicked.connect(forget)
    box.open()
    return box


def _short(text: str) -> str:
    line = " ".join(text.split())
    return f"“{shortened(line, 30)}”"
