"""Forms as running text, the way programs give them to the clipboard, and the damage that is done to them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from model.records import Declaration, Evaluation, Form, Indicator, Project
from model.settings import Settings
from model.sheets import Sheet, declaration_sheet, evaluation_sheet

HEADER = """财政项目支出绩效目标申报表
（2026年度）
项目名称\t甲项目\t项目性质\t其他一次性项目\t项目类别\t特定目标类
主管部门\t某委员会\t实施单位\t某中心\t\t
计划开始日期\t2026-01-01\t计划完成日期\t2026-12-31\t\t
项目资金（元）\t项目资金总额：\t\t年度资金申请总额：\t1,000.00\t
\t其中：财政资金\t\t其中：当年财政拨款\t1,000.00\t
\t\t\t上年结转资金\t0.00\t
\t其他资金\t\t其他资金\t0.00\t
项目绩效目标\t项目总目标\t\t年度总体目标\t\t
\t\t\t办好甲项目，服务不少于三百人次。\t\t
\t一级指标\t二级指标\t三级指标\t年度(/项目)指标值\t
"""
"""A declaration down to the headings of its indicators, as the published text has it."""

EVALUATION_HEADER = """财政项目支出绩效自评表
(2025 年度)

项目名称
乙项目（运维）

主管部门 某委员会 实施单位
某某公共服

务中心

项目资金
（元）

\u00a0\u00a0 年初预算数 全年预算数 全年执行数 \u00a0分值\u00a0 执行率 得分

年度资金总额 2000.00 1000.00 1,000 10 100.00% 10

\u00a0\u00a0其中：当年财政拨款 2000 1000 1000 — \u00a0

\u00a0\u00a0\u00a0上年结转资金 0 0 — \u00a0

\u00a0\u00a0\u00a0其他资金 0 0 —

年度
总体
目标

预期目标 实际完成情况

全年需保障乙系统的安全和稳定运行，支持两百用户并发访问，
用户满意度不低于90%。

全年保障了乙系统的安全和稳
定运行，支持200用户并发访
问，用户满意度99%。

绩

一级指标 二级指标 三级指标
年度

指标值
实际

完成值
分值 得分

偏差原因分析及
改进措施
"""
"""A self-evaluation down to the headings of its indicators, as the published text has it."""


EVALUATION_TABS = """财政项目支出绩效自评表\t\t\t\t\t\t\t\t
（2025年度）\t\t\t\t\t\t\t\t
项目名称\t乙项目\t\t\t\t\t\t\t
主管部门\t某委员会\t\t\t实施单位\t某中心\t\t\t
项目资金（元）\t\t\t年初预算数\t全年预算数\t全年执行数\t分值\t执行率\t得分
\t年度资金总额\t\t2000\t1000\t1000\t10\t100.00%\t10
年度总体目标\t预期目标\t\t\t\t实际完成情况\t\t\t
\t保障系统稳定。\t\t\t\t保障了系统稳定。\t\t\t
绩效指标\t一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\t偏差原因分析及改进措施
"""
"""A self-evaluation with tabs, down to the headings of its indicators."""


def as_tabs(sheet: Sheet) -> str:
    """A printed sheet as Excel puts it on the clipboard: merged cells blank after their first place."""
    rows = [[""] * len(sheet.columns) for _ in sheet.rows]
    for cell in sheet.cells:
        rows[cell.row][cell.column] = _quoted(cell.text)
    return "\n".join("\t".join(row) for row in rows) + "\n"


def as_words(sheet: Sheet) -> str:
    """A printed sheet as viewers of PDF copy it: the cells of a row with a space between, no sign of blank ones."""
    return "\n".join(" ".join("".join(text.split()) for text in row) for row in _rows(sheet)) + "\n"


def as_lines(sheet: Sheet) -> str:
    """A printed sheet with each cell on a line of its own."""
    return "\n".join("".join(text.split()) for row in _rows(sheet) for text in row) + "\n"


def sheets(project: Project) -> Iterator[tuple[Form, Sheet]]:
    """The printed sheets of a project."""
    if project.of(Declaration) is not None:
        yield Form.DECLARATION, declaration_sheet(project, Settings())
    if project.of(Evaluation) is not None:
        yield Form.EVALUATION, evaluation_sheet(project, Settings())


def _rows(sheet: Sheet) -> list[list[str]]:
    rows: list[list[str]] = [[] for _ in sheet.rows]
    for cell in sorted(sheet.cells, key=lambda cell: (cell.row, cell.column)):
        if cell.text.strip():
            rows[cell.row].append(cell.text)
    return [row for row in rows if row]


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"' if any(sign in text for sign in '\n\t"') else text


def table(*rows: str) -> str:
    """A declaration with these lines of its table."""
    return HEADER + "".join(f"{row}\n" for row in rows)


def evaluation(*lines: str) -> str:
    """A self-evaluation with these lines of its table and the row of totals."""
    return EVALUATION_HEADER + "".join(f"{line}\n" for line in lines) + "\n总分 100 100.00 \u00a0\n"


def cells(indicators: Sequence[Indicator]) -> list[tuple[str, str, str, str]]:
    """Levels, name and target of some lines."""
    return [(line.level1, line.level2, line.name, line.target_text) for line in indicators]
