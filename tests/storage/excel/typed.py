"""Projects typed with the words that forms print, and what of them comes back out of a workbook."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from hypothesis import strategies as st

from model.bundle import Contents, workbook_sheets
from model.recognition.labels import ANY, LEVEL_LABELS
from model.records import Content, EvaluatedIndicator, Evaluation, Indicator, Project, forms_of, text_cells
from model.settings import Settings
from storage.excel import export_workbook, read_forms
from storage.interchange import ImportedForm

OWN_WORDS = sorted(LEVEL_LABELS | {word for table in ANY for word in table})
TITLES = [
    "财政项目支出绩效目标申报表",
    "财政项目支出绩效自评表",
    "项目绩效目标汇总表",
    "附件2",
    "单位：万元",
    "（2025年度）",
]
FIGURES = ["0", "12", "-3.5", "95%", "1,234.50", "2026-03-01", "=1+1", "=100.00(%)", "-", "—", "/", "'x", "@SUM(A1)"]
ODD = ["项目名称：甲", "第一行\n第二行\n合计", "很长" * 300, "_x000D_", "产出指标（50分）", "一、产出 指标", " 合计 "]
words = st.sampled_from(OWN_WORDS) | st.sampled_from([*TITLES, *FIGURES, *ODD])
_NOT_PRINTED = {"achievement", "negative_rule", "execution_choice"}


@st.composite
def projects(draw: st.DrawFn, kinds: Sequence[type[Content]], texts: st.SearchStrategy[str] = words) -> Project:
    """A project with one form, cells of which hold some of these texts, and the others nothing."""
    kind = draw(st.sampled_from(kinds))
    lines = []
    for number in range(draw(st.integers(0, 3))):
        cells = _cells(draw, kind.line, texts)
        lines.append(kind.line(str(number), **(cells if any(cells.values()) else {"name": draw(texts)})))
    content = kind(**_cells(draw, kind, texts), indicators=tuple(lines))
    return Project("p", 2026, draw(texts), draw(st.just("") | texts), draw(st.just("") | texts), forms_of(content))


def _cells(draw: st.DrawFn, kind: type[Content] | type[Indicator], texts: st.SearchStrategy[str]) -> dict[str, str]:
    return {name: draw(st.just("") | texts) for name in text_cells(kind) if name not in _NOT_PRINTED}


def printed(project: Project) -> dict[tuple[int, int], str]:
    """What the one form of a project prints, by place."""
    (make,) = workbook_sheets([project], Settings(), Contents(tuple(project.forms), draft=True))
    return {(cell.row, cell.column): cell.text for cell in make().cells}


def exported(project: Project, folder: Path) -> Path:
    """The workbook of a project."""
    path = folder / "x.xlsx"
    export_workbook(path, [project], Settings(), draft=True)
    return path


def reread(project: Project, folder: Path) -> ImportedForm:
    """The one form of a project out of its workbook."""
    (form,) = read_forms(exported(project, folder))
    return form


def named_like_labels() -> Project:
    """A self-evaluation in which nearly everything that was typed is a word the form prints, too."""
    lines = (
        EvaluatedIndicator("1", "产出指标", "数量指标", "合计", "总分", "分值", "10", "5", deviation_reason="自评得分"),
        EvaluatedIndicator("2", "总分", "", "三级指标", "年度指标值", "实际完成值", "", "", deviation_reason="小计"),
        EvaluatedIndicator("3", "", "", "产出指标", "100%"),
    )
    content = Evaluation(
        indicators=lines, expected_goal="年度目标", actual_completion="实际完成情况", initial_total="分值"
    )
    return Project("p", 2026, "项目名称", "主管部门", "实施单位", forms_of(content))
