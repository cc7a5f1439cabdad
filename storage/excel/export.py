"""The export of the official workbook: checked first, written beside, read back, then moved into place."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from types import MappingProxyType
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook
from openpyxl.writer.excel import ExcelWriter

from model.bundle import Contents, workbook_sheets
from model.checking import check
from model.errors import CancelledError, UserError
from model.findings import Finding
from model.forms import FORMS
from model.records import Form, Project
from model.rules import Context, Neighbours, ProjectKey
from model.settings import Settings
from model.sheets import Sheet
from model.values.characters import unprintable
from model.years import Earlier
from storage.excel.marks import TYPED
from storage.excel.styles import SharedStyles
from storage.excel.verify import verify
from storage.excel.writer import coordinate, write_sheet
from storage.files.atomic import replacing

_CREATOR = "Jixiao 绩效填报助手"
_NAMED_PROJECTS = 10
_NOTHING: Mapping[str, Earlier] = MappingProxyType({})

Progress = Callable[[int, int], None]
"""Called with the steps done and all steps."""


@dataclass(frozen=True, slots=True)
class ExportReport:
    """What was written and found right. ``notes`` tell of characters no workbook can hold, which were left out."""

    path: Path
    sheets: int
    cells: int
    message: str
    notes: tuple[str, ...] = ()


@dataclass(slots=True)
class _Steps:
    """Counts the steps of an export and asks after each whether to stop."""

    total: int
    progress: Progress | None
    cancelled: Callable[[], bool] | None
    done: int = field(default=0)

    def step(self) -> None:
        if self.cancelled is not None and self.cancelled():
            raise CancelledError
        self.done += 1
        if self.progress is not None:
            self.progress(self.done, self.total)


def export_workbook(  # noqa: PLR0913 - one export, many independent choices, all but three by name
    path: Path,
    projects: Sequence[Project],
    settings: Settings,
    *,
    forms: Sequence[Form] | None = None,
    year_summary: bool = False,
    draft: bool = False,
    errors_as_drafts: bool = False,
    siblings: tuple[ProjectKey, ...] = (),
    earlier: Mapping[str, Earlier] = _NOTHING,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> ExportReport:
    """Write the official workbook of some projects, read it back, compare, and only then replace ``path``.

    ``forms`` are the kinds that are written, None for all.
    ``draft`` marks every sheet 草稿; ``errors_as_drafts`` the forms with errors, and leaves the others as final.
    ``siblings`` are all projects of the store, for the rules that compare them; without, the exported ones count.
    ``earlier`` is what projects were, by their ids, for the sheet 与往年对照; none without.
    Raises UserError, the old file untouched, when a final export meets open errors, when there is nothing to export,
    when Excel cannot hold a text, or when the file cannot be written; CancelledError when ``cancelled`` says so.
    """
    chosen = tuple(FORMS if forms is None else forms)
    findings = _findings(projects, settings, chosen, siblings)
    if not draft and not errors_as_drafts:
        _refuse_errors(projects, findings)
    contents = Contents(chosen, year_summary, draft, findings, earlier)
    makers = workbook_sheets(projects, settings, contents)
    if not makers:
        raise UserError("没有可以导出的表：所选项目没有填写相应的表。\n请先选择项目和表的种类。")
    steps = _Steps(2 * len(makers) + 1, progress, cancelled)
    with replacing(path) as beside:
        sheets = _write(beside, makers, steps)
        cells = verify(beside, sheets, steps.step)
        steps.step()
    message = f"已导出并核对：{path.name}，共{len(sheets)}张工作表、{cells}处文字，逐字一致。"
    return ExportReport(path, len(sheets), cells, message, _notes(sheets))


def _findings(
    projects: Sequence[Project], settings: Settings, forms: tuple[Form, ...], siblings: tuple[ProjectKey, ...]
) -> dict[str, tuple[Finding, ...]]:
    keys = siblings or tuple(ProjectKey.of(project) for project in projects)
    context = Context(settings, Neighbours(keys))
    return {project.id: check(project, context, forms) for project in projects}


def _refuse_errors(projects: Sequence[Project], findings: Mapping[str, Sequence[Finding]]) -> None:
    counts = [
        (f"{project.year}年度“{project.project_name}”", errors)
        for project in projects
        if (errors := sum(finding.blocks_export for finding in findings[project.id]))
    ]
    if not counts:
        return
    lines = [f"{name}：{errors}个错误" for name, errors in counts[:_NAMED_PROJECTS]]
    if len(counts) > _NAMED_PROJECTS:
        lines.append(f"……共{len(counts)}个项目")
    raise UserError(
        f"还有{sum(errors for _, errors in counts)}个错误没有改正，不能正式导出：\n"
        + "\n".join(lines)
        + "\n请按“问题”列表改正后再导出，或者导出标有“草稿”的表。"
    )


def _write(beside: Path, makers: Sequence[Callable[[], Sheet]], steps: _Steps) -> list[Sheet]:
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    workbook.properties.creator, workbook.properties.keywords = _CREATOR, TYPED
    styles = SharedStyles(workbook)
    sheets: list[Sheet] = []
    for make in makers:
        sheet = make()
        write_sheet(workbook, styles, sheet)
        sheets.append(sheet)
        steps.step()
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as archive:  # Workbook.save() leaves its own open when a write fails
        ExcelWriter(workbook, archive).save()
    beside.write_bytes(packed.getbuffer())
    return sheets


def _notes(sheets: Sequence[Sheet]) -> tuple[str, ...]:
    return tuple(
        f"工作表“{sheet.name}”单元格{coordinate(cell.row, cell.column)}：去掉了无法写入的字符{'、'.join(codes)}"
        for sheet in sheets
        for cell in sheet.cells
        if (codes := unprintable(cell.text))
    )
