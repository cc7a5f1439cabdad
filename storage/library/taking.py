"""What taking the entries of a file into a library changes, and how that is told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from model import edits
from model.changes import SetLibraryRow
from model.library import Entry, Library
from storage.library.pinyin import spell


@dataclass(frozen=True, slots=True)
class Taking:
    """One gesture: its label, its changes (none when everything is there already), and a sentence for the clerk."""

    label: str
    changes: tuple[SetLibraryRow, ...]
    text: str


def taking(library: Library, entries: Sequence[Entry]) -> Taking:
    """Keep those entries that the library does not offer as they are."""
    new = [spelt(entry) for entry in entries if not library.has(entry)]
    rows = [row for entry in new if (row := library.rows.get(entry.key)) is not None and not row.is_removed]
    if not new:
        return Taking("", (), f"没有新的指标：文件里的 {len(entries)} 条指标库里都已有。")
    over = f"，其中 {len(rows)} 条改写了自存的指标值" if rows else ""
    rest = f"，{len(entries) - len(new)} 条已有" if len(new) < len(entries) else ""
    text = f"已导入 {len(new)} 条指标{over}{rest}。"
    return Taking(f"导入指标库 {len(new)} 条", edits.keep_entries(library.rows, new), text)


def spelt(entry: Entry) -> Entry:
    """The entry with the pinyin of its name, to be kept."""
    return replace(entry, pinyin=entry.pinyin or spell(entry.name))
