"""What is said, when a store is opened, of settings and entries of the library that are not as they were written."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection

from model.settings import labels_in_words
from storage.store import digests

_NAMED = 5
_SHOWN = 40


def about_settings(connection: Connection, path: Path) -> str:
    """The settings that are not as written, and what to do; "" where all are."""
    wrong = digests.spoilt_settings(connection)
    if not wrong:
        return ""
    return (
        f"“{path}”中的设置与保存时不一致（文件受过损坏或被其他程序改动过）：{labels_in_words(wrong)}。\n"
        "请到“设置”里核对，改回应有的值；要回到以前的样子，请用“恢复备份…”。"
    )


def about_library(connection: Connection, path: Path) -> str:
    """The entries of the library that are not as written, and what to do; "" where all are."""
    wrong = digests.spoilt_library(connection)
    if not wrong:
        return ""
    named = "、".join(f"“{' '.join(name.split())[:_SHOWN]}”" for name in wrong[:_NAMED])
    more = f"等{len(wrong)}条" if len(wrong) > _NAMED else ""
    return (
        f"“{path}”的指标库中有存入的指标与保存时不一致（文件受过损坏或被其他程序改动过）：{named}{more}。\n"
        "请到“指标库”里核对，改正或移出后重新存入；要回到以前的样子，请用“恢复备份…”。"
    )
