"""The writing of an export off the GUI thread: what was asked for, and the workbooks written so far."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from gui.desk.tasks import Monitor
from model.records import Form, Project
from model.rules import ProjectKey
from model.settings import Settings
from model.years import Earlier

if TYPE_CHECKING:  # it brings openpyxl, which the first paint does not wait for
    from storage.excel import ExportReport


@dataclass(frozen=True, slots=True)
class ExportJob:
    """All the thread knows of the dialog. ``files`` are the workbooks to write, each with its projects.

    The other fields mean what they mean in :func:`storage.excel.export_workbook`. ``written`` grows as files are
    written and read back, so that a stop or an error in the middle can say how many there are.
    """

    files: Sequence[tuple[Path, Sequence[Project]]]
    settings: Settings
    forms: Sequence[Form]
    year_summary: bool
    draft: bool
    errors_as_drafts: bool
    siblings: tuple[ProjectKey, ...]
    earlier: Mapping[str, Earlier]
    written: list[ExportReport] = field(default_factory=list)

    def work(self, monitor: Monitor) -> Sequence[ExportReport]:
        """Write one file after the other. Raises UserError and CancelledError; what is in its place then stays."""
        from storage.excel import export_workbook  # noqa: PLC0415 brings openpyxl: not before the first paint

        is_one = len(self.files) == 1
        for number, (path, inside) in enumerate(self.files, 1):
            report = export_workbook(
                path,
                inside,
                self.settings,
                forms=self.forms,
                year_summary=self.year_summary,
                draft=self.draft,
                errors_as_drafts=self.errors_as_drafts,
                siblings=self.siblings,
                earlier={one.id: self.earlier[one.id] for one in inside if one.id in self.earlier},
                progress=monitor.progress if is_one else None,
                cancelled=monitor.is_cancelled,
            )
            self.written.append(report)
            if not is_one:
                monitor.progress(number, len(self.files))
        return self.written
