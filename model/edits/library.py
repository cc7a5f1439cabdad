"""Indicators taken from the library into a form, and what is decided of its entries (docs/library.md §3)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from model.changes import ProjectChange, SetLibraryRow
from model.edits.gesture import Gesture, line_of
from model.edits.lines import place_under
from model.library import Entry, Key, LibraryRow
from model.records import Form, Indicator, Project
from model.settings import Settings
from model.values.taxonomy import canonical_level2


def named_after(line: Indicator, name: str, target: str) -> Indicator:
    """The line with the name of an entry, and with its 年度指标值 where the line has none: what was typed stays."""
    return replace(line, name=name, target_text=line.target_text if line.target_text.strip() else target)


def take_entry(
    project: Project, indicator_id: str, name: str, target: str, settings: Settings
) -> tuple[ProjectChange, ...]:
    """Give a line the name of an entry, and its 年度指标值, as its form writes it, where the line has none."""
    line = line_of(project, indicator_id)
    if line is None:
        return ()
    gesture = Gesture(project)
    after = named_after(line, name, target)
    gesture.set_line(indicator_id, "name", after.name)
    gesture.set_line(indicator_id, "target_text", after.target_text)
    return gesture.finish(settings)


def insert_entries(
    project: Project, form: Form, beside: str, lines: Iterable[Indicator], settings: Settings
) -> tuple[ProjectChange, ...]:
    """Add lines made of entries, each under the 二级指标 it names, in their order.

    Those of the 二级指标 of the line ``beside`` stand right below it, all others behind the lines of theirs.
    """
    if project.form(form) is None:
        return ()
    gesture = Gesture(project)
    last = beside
    for line in lines:
        there = gesture.project.indicators(form)
        at = next((at for at, one in enumerate(there) if one.id == last), None)
        if at is not None and canonical_level2(there[at].level2) == line.level2:
            last = line.id
            gesture.insert(form, at + 1, replace(line, level1=there[at].level1, level2=there[at].level2))
        else:
            gesture.insert(form, place_under(there, line.level1, line.level2), line)
    return gesture.finish(settings)


def keep_entries(rows: Mapping[Key, LibraryRow], entries: Iterable[Entry]) -> tuple[SetLibraryRow, ...]:
    """Keep entries in the library; ``rows`` is what was decided so far. One that is kept as it is makes no change."""
    return _decide(rows, (LibraryRow(entry) for entry in entries))


def remove_entries(rows: Mapping[Key, LibraryRow], entries: Iterable[Entry]) -> tuple[SetLibraryRow, ...]:
    """Offer entries no more; ``rows`` is what was decided so far."""
    return _decide(rows, (LibraryRow(entry, is_removed=True) for entry in entries))


def _decide(rows: Mapping[Key, LibraryRow], wanted: Iterable[LibraryRow]) -> tuple[SetLibraryRow, ...]:
    latest = {row.entry.key: row for row in wanted}
    return tuple(SetLibraryRow(rows.get(key), row) for key, row in latest.items() if rows.get(key) != row)


def forget_decisions(rows: Mapping[Key, LibraryRow], entries: Iterable[Entry]) -> tuple[SetLibraryRow, ...]:
    """Decide nothing of entries: those of projects and of the program are offered again, those kept alone are gone."""
    decided = dict.fromkeys(entry.key for entry in entries)
    return tuple(SetLibraryRow(row, None) for key in decided if (row := rows.get(key)) is not None)
