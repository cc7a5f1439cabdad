"""Texts that were not finished or come from another form: rules DEC-023 and VAL-030 (domain.md §9.7)."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from functools import lru_cache

from model.findings import Severity
from model.forms import FORMS, HEADER_CELLS, CellKind
from model.quantity import Kind
from model.records import Form
from model.rules.context import DeclarationView, FormView, Line
from model.rules.declaration import plans_last_year
from model.rules.registry import Hit, LineRule, Rule, hit, line_part, rule
from model.values.markup import has_markup

WARNING = Severity.WARNING

_PLACEHOLDER = re.compile(
    r"(?<![A-Za-z0-9])[Xx]{2,}(?![A-Za-z0-9])|(?<![A-Za-z0-9])X(?=[年月日号]|[%万个家次场人项]\b)"
    r"|(?<![A-Za-z])(?:TBD|tbd)(?![A-Za-z])|待定(?![价义位向量额岗点级性])|×{2,}|×(?=[年月日号])|○{2,}|_{2,}|…{2,}|[*]+"
)
_WIDE = str.maketrans("ＸｘＴＢＤ＊＿", "XxTBD*_")
# 7*24, 单价*数量, a line that begins with a star and a space: no blanks to fill in.
_FACTOR_BEFORE = re.compile(r"[A-Za-z0-9)）价量数额费本率准元人天次个]\s{0,2}$")
_FACTOR_AFTER = re.compile(r"\s{0,2}(?:[A-Za-z0-9(（]|单价|数量|人数|天数|次数|标准)")
_BULLET = re.compile(r"(?:^|[\n。；;])\s{0,8}$")
_WORDS_OF_A_LINE = ("name", "target_text", "actual_text", "deviation_reason")


@rule("VAL-030", WARNING, "“{where}”中有占位符“{x}”，请补全。")
def text_holds_a_placeholder(form: FormView) -> Iterable[Hit]:
    """A text or a value still holds *, XX, ××, TBD, 待定 or ……; each cell is reported once."""
    header = HEADER_CELLS if form.is_first else ()
    content = form.project.form(form.form)
    for cells, record in ((header, form.project), (FORMS[form.form].cells[len(HEADER_CELLS) :], content)):
        for cell in cells:
            is_words = cell.kind in (CellKind.TEXT, CellKind.LONG_TEXT)
            found = _placeholder(str(getattr(record, cell.name))) if is_words else ""
            if found:
                yield hit(cell.name, where=cell.label, x=found)


@line_part(text_holds_a_placeholder)
def line_holds_a_placeholder(line: Line) -> Iterable[Hit]:
    """The cells of a line; its name says where."""
    for cell in FORMS[line.around.form].columns:
        found = _placeholder(str(getattr(line.indicator, cell.name))) if cell.name in _WORDS_OF_A_LINE else ""
        if found:
            yield hit(cell.name, where=line.name if cell.name == "name" else f"{line.name}：{cell.label}", x=found)


_YEAR = re.compile(r"(?<![0-9])(?P<year>(?:19|20)[0-9]{2})\s{0,2}年(?P<after>.{0,8})", re.DOTALL)
_COMPARED = re.compile(r"(?:较|比|同比|相比|相较于?|对比|自|从|截至|截止|[-—–~～至到])\s{0,2}(?:上一?年|去年)?[（(]?$")
# 2025年度报告, 2025版, 2024年以来, 2023年第3号: the name of something, or since when.
_NAMED = re.compile(
    r"\s{0,2}(?:度|度的)?(?:[-—–~～至到]|第|版|以来|起|后|前|年?报(?!送)|决算|年鉴|蓝皮书|白皮书|统计|审计|目录|[级届]|.{0,4}报告(?!编)|.{0,4}汇编)"
)
# 元/人*月: a product of units
_PER_THING = re.compile(r"[/／每][^\W\d_]{1,4}$")
_PERIOD = re.compile("[年月日天周次季时]|小时|学期")
_TITLES = re.compile(r"《[^》]{0,80}》|“[^”]{0,80}”")


@rule("DEC-023", WARNING, "“{where}”中出现{y}年，请核对是否沿用旧文本。")
def past_year_is_named(form: FormView) -> Iterable[Hit]:
    """Goal, name or value name a year before the form's and the project's: old text. A later year is a plan.

    A year something is compared with, or in the name of a report, does not count; nor does a deadline (VAL-020,
    VAL-021), nor what DEC-020 says of the goal.
    """
    goal, label = ("annual_goal", "年度总体目标") if form.form is Form.DECLARATION else ("expected_goal", "预期目标")
    content = form.project.form(form.form)
    text = str(getattr(content, goal))
    year = _past_year(text, form.project.year, form.start if isinstance(form, DeclarationView) else None)
    if year and not (form.form is Form.DECLARATION and plans_last_year(text, form.project.year)):
        yield hit(goal, where=label, y=year)


@line_part(past_year_is_named)
def line_names_a_past_year(line: Line) -> Iterable[Hit]:
    """Name and target value of a line."""
    for field, where in (("name", line.name), ("target_text", f"{line.name}：指标值")):
        is_deadline = field == "target_text" and line.target.kind is Kind.DEADLINE
        text = "" if is_deadline else str(getattr(line.indicator, field))
        year = _past_year(text, line.around.year, line.around.start)
        if year:
            yield hit(field, where=where, y=year)


def _past_year(text: str, budget_year: int, start: datetime.date | None) -> int | None:
    if "年" not in text:
        return None
    text = _TITLES.sub(lambda match: "，" * len(match[0]), text)
    first = min(budget_year, start.year) if start else budget_year
    for match in _YEAR.finditer(text):
        year = int(match["year"])
        before = text[max(0, match.start() - 8) : match.start()]
        if year < first and not _COMPARED.search(before) and not _NAMED.match(match["after"]):
            return year
    return None


@lru_cache(maxsize=256)
def _placeholder(text: str) -> str:
    if has_markup(text):
        return ""
    plain = text.translate(_WIDE)
    for match in _PLACEHOLDER.finditer(plain):
        if match[0][0] in "*×" and _is_no_blank(plain, match):
            continue
        return text[match.start() : match.end()]
    return ""


def _is_no_blank(text: str, match: re.Match[str]) -> bool:
    before, after = text[max(0, match.start() - 10) : match.start()], text[match.end() : match.end() + 6]
    is_product = bool(_FACTOR_BEFORE.search(before) and _FACTOR_AFTER.match(after))
    is_bullet = match[0] == "*" and after[:1] in (" ", "\u3000", "注") and bool(_BULLET.search(before))
    is_masked = before[-1:].isascii() and before[-1:].isalnum() and after[:1].isascii() and after[:1].isalnum()
    is_unit = bool(_PER_THING.search(before) and _PERIOD.match(after))
    return is_product or is_bullet or is_masked or is_unit


SHARED_RULES: tuple[Rule[FormView] | LineRule, ...] = (
    text_holds_a_placeholder,
    line_holds_a_placeholder,
    past_year_is_named,
    line_names_a_past_year,
)
