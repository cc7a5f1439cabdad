"""Header and goals: rules DEC-001 … DEC-022 (domain.md §9.1). Those of SHARED_RULES also look at a self-evaluation.

DEC-021 is in :mod:`model.rules.goal_figures`, DEC-023 in :mod:`model.rules.leftovers`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher

from model.findings import Fix, Severity
from model.forms import FORMS, HEADER_CELLS, Cell, CellKind
from model.forms.declaration import PROJECT_CATEGORIES, PROJECT_NATURES
from model.mends import NewText, Rewrite
from model.rules.context import Context, DeclarationView, FormView, Line, rewrite
from model.rules.registry import Hit, LineRule, Rule, StoreRule, hit, line_part, rule, store_rule
from model.values.dates import BUDGET_YEARS
from model.values.excerpts import start_of
from model.values.markup import has_markup, without_markup

ERROR, WARNING = Severity.ERROR, Severity.WARNING


@rule("DEC-001", ERROR, "请填写项目名称。")
def project_name_is_missing(form: DeclarationView) -> Iterable[Hit]:
    """The project has no name."""
    if not form.project.project_name.strip():
        yield hit("project_name")


@store_rule("DEC-002", ERROR, "本单位本年度已存在同名项目“{name}”。")
def project_name_is_taken(form: FormView, context: Context) -> Iterable[Hit]:
    """Another project of the same unit and year bears the name, spelled alike (domain.md §8.3)."""
    name = form.project.project_name.strip()
    if form.is_first and name and context.namesakes(form.project):
        yield hit("project_name", name=name)


@rule("DEC-003", ERROR, "请填写主管部门。")
def department_is_missing(form: DeclarationView) -> Iterable[Hit]:
    """The supervising department is not filled in."""
    if not form.project.department.strip():
        yield hit("department")


@rule("DEC-004", ERROR, "请填写实施单位。")
def unit_is_missing(form: DeclarationView) -> Iterable[Hit]:
    """The implementing unit is not filled in."""
    if not form.project.unit.strip():
        yield hit("unit")


@store_rule("DEC-005", WARNING, "实施单位“{unit}”与本套表单位“{profile}”不一致，请核对。")
def unit_is_not_the_packages(form: FormView, context: Context) -> Iterable[Hit]:
    """The implementing unit is not the unit the forms of this year belong to.

    Only the unit of the settings is offered as a fix: which of two spellings is wrong the majority doesn't know.
    """
    unit = form.project.unit.strip()
    profile = _package_unit(form, context) if form.is_first and unit else ""
    if profile and unit != profile:
        is_set = bool(context.settings.unit_name.strip())
        fixes = (rewrite(form.in_header("unit", profile)),) if is_set else ()
        yield hit("unit", fixes=fixes, unit=unit, profile=profile)


@rule("DEC-006", ERROR, "请选择项目性质。")
def nature_is_not_chosen(form: DeclarationView) -> Iterable[Hit]:
    """The nature is blank, or (a warning) none of the list."""
    yield from _choice(form, "project_nature", PROJECT_NATURES)


@rule("DEC-007", ERROR, "请选择项目类别。")
def category_is_not_chosen(form: DeclarationView) -> Iterable[Hit]:
    """The category is blank, or (a warning) none of the list."""
    yield from _choice(form, "project_category", PROJECT_CATEGORIES)


_SPANS = ("一次性", "阶段性", "经常性")
_USUAL = {("一次性", "特定目标类"), ("阶段性", "特定目标类"), ("经常性", "其他运转类")}


@rule("DEC-008", WARNING, "项目性质“{n}”与项目类别“{c}”的组合不常见，请核对。")
def nature_and_category_seldom_go_together(form: DeclarationView) -> Iterable[Hit]:
    """Nature and category are both of the list, but not one of the three usual pairs."""
    nature, category = form.content.project_nature.strip(), form.content.project_category.strip()
    span = next((span for span in _SPANS if span in nature), "")
    if nature in PROJECT_NATURES and category in PROJECT_CATEGORIES and (span, category) not in _USUAL:
        yield hit("project_category", n=nature, c=category)


@rule("DEC-009", ERROR, "请填写{which}（如 {day}）。", "{which}“{d}”不是日期，请改成 {day} 这样的日期。")
def date_is_missing_or_invalid(form: DeclarationView) -> Iterable[Hit]:
    """A planned date is blank or no date; 2026.12.31 and the like are dates (domain.md §10.4)."""
    dates = ("start_date", "计划开始日期", form.start, "01-01"), ("end_date", "计划完成日期", form.end, "12-31")
    for field, which, found, usual in dates:
        typed = str(getattr(form.content, field)).strip()
        if found is None:
            yield hit(field, variant=int(bool(typed)), which=which, d=typed, day=f"{form.project.year}-{usual}")


@rule("DEC-010", ERROR, "计划完成日期不得早于计划开始日期。")
def project_ends_before_it_starts(form: DeclarationView) -> Iterable[Hit]:
    """The planned end lies before the planned start."""
    if form.start and form.end and form.end < form.start:
        yield hit("end_date")


@rule("DEC-011", ERROR, "预算年度{year}不在项目起止日期范围内。")
def year_lies_outside_the_project(form: DeclarationView) -> Iterable[Hit]:
    """The budget year is none of the years of the planned dates."""
    year = form.project.year
    if form.start and form.end and form.start <= form.end and not form.start.year <= year <= form.end.year:
        yield hit("year", year=year)


@rule("DEC-012", WARNING, "非阶段性项目的起止日期跨年度，请确认项目性质。")
def short_project_crosses_the_year_end(form: DeclarationView) -> Iterable[Hit]:
    """A project that is not 阶段性 starts and ends in different years."""
    if _spans_years(form) and "阶段性" not in form.content.project_nature:
        yield hit("project_nature")


@rule("DEC-013", WARNING, "跨年度项目应填写项目总目标和项目资金总额。")
def long_project_lacks_its_overall_cells(form: DeclarationView) -> Iterable[Hit]:
    """A 阶段性 project, or one over several years, has no overall goal or no overall amount."""
    declaration = form.content
    if _spans_years(form) or "阶段性" in declaration.project_nature:
        if not declaration.overall_goal.strip():
            yield hit("overall_goal")
        elif not declaration.project_total.strip():
            yield hit("project_total")


@rule("DEC-014", ERROR, "请填写年度总体目标。")
def annual_goal_is_missing(form: DeclarationView) -> Iterable[Hit]:
    """The goal of the year is blank."""
    if not form.content.annual_goal.strip():
        yield hit("annual_goal")


@rule("DEC-015", WARNING, "年度总体目标仅{n}字，未能说明做什么、做多少、达到什么效果。")
def annual_goal_is_short(form: DeclarationView) -> Iterable[Hit]:
    """The goal has fewer characters than the limit."""
    length = _length(form.content.annual_goal)
    if 0 < length < form.thresholds.goal_min_length:
        yield hit("annual_goal", n=length)


@rule("DEC-016", WARNING, "年度总体目标共{n}字，建议精简。")
def annual_goal_is_long(form: DeclarationView) -> Iterable[Hit]:
    """The goal has more characters than the limit."""
    length = _length(form.content.annual_goal)
    if length > form.thresholds.goal_max_length:
        yield hit("annual_goal", n=length)


_CUT_OFF = re.compile(r"(?:[、，；：,;:]|等)$")
_TAIL_LENGTH = 8


@rule("DEC-017", WARNING, "年度总体目标末尾疑似不完整：“…{tail}”。")
def annual_goal_breaks_off(form: DeclarationView) -> Iterable[Hit]:
    """The goal ends in the middle of a sentence."""
    goal = form.content.annual_goal.strip()
    if _CUT_OFF.search(goal):
        start = start_of(goal, max(0, len(goal) - _TAIL_LENGTH), len(goal) - 2)
        yield hit("annual_goal", tail=goal[start:])


@rule("DEC-018", WARNING, "年度总体目标中括号或引号不成对。")
def annual_goal_has_an_odd_bracket(form: DeclarationView) -> Iterable[Hit]:
    """A bracket or quotation mark of the goal has no partner; ``1)`` before a clause is an enumeration."""
    if not _is_balanced(form.content.annual_goal.translate(_HALF_WIDTH)):
        yield hit("annual_goal")


@rule("DEC-019", WARNING, "文本含网页或公式标记，是否自动清理？")
def text_holds_markup(form: FormView) -> Iterable[Hit]:
    """A text cell still holds tags or TeX. Of target values VAL-006 speaks."""
    if form.is_first:
        for cell in _texts(HEADER_CELLS, form.project):
            yield _markup(cell, form.in_header(cell.name, without_markup(str(getattr(form.project, cell.name)))))
    content = form.project.form(form.form)
    for cell in _texts(FORMS[form.form].cells[len(HEADER_CELLS) :], content):
        yield _markup(cell, form.in_form(cell.name, without_markup(str(getattr(content, cell.name)))))


@line_part(text_holds_markup)
def line_holds_markup(line: Line) -> Iterable[Hit]:
    """The text cells of a line."""
    for cell in _texts(FORMS[line.around.form].columns, line.indicator):
        yield _markup(cell, line.cell(cell.name, without_markup(str(getattr(line.indicator, cell.name)))))


@rule("DEC-020", WARNING, "目标中出现“{y}年”，疑似沿用上年文本。")
def annual_goal_names_last_year(form: DeclarationView) -> Iterable[Hit]:
    """The goal plans something for the year before the budget year."""
    if plans_last_year(form.content.annual_goal, form.project.year):
        yield hit("annual_goal", y=form.project.year - 1)


def plans_last_year(goal: str, year: int) -> bool:
    """Whether a goal plans something for the year before ``year``."""
    last = str(year - 1)
    return last in goal and bool(
        re.search(rf"{last}\s*年度?(工作)?的?(计划|将|目标)|(计划|目标)[在于]?{last}\s*年", goal)
    )


@rule("DEC-022", ERROR, "预算年度{year}无效，请填写2000至2100之间的年份。")
def year_is_no_budget_year(form: FormView) -> Iterable[Hit]:
    """The budget year is outside the range of domain.md §2.2 no. 1 (this rule has no number in §9.1)."""
    if form.is_first and form.project.year not in BUDGET_YEARS:
        yield hit("year", year=form.project.year)


_LIKENESS = 3  # of 4 characters in common make a slip of the pen, fewer another unit


def _package_unit(form: FormView, context: Context) -> str:
    """The unit the forms of this year belong to; empty when that is not plain.

    Without a setting it is the unit most projects of the year name, if this project's unit looks like a misspelling
    of it: a store may hold the projects of several units, and their names are not wrong.
    """
    if context.settings.unit_name.strip():
        return context.settings.unit_name.strip()
    own = form.project.unit.strip()
    names = context.units_named(form.project)
    most, count = names.most_common(1)[0]
    if count * 2 <= names.total() or not most:
        return ""
    common = sum(block.size for block in SequenceMatcher(None, most, own).get_matching_blocks())
    return most if common * 4 >= _LIKENESS * max(len(most), len(own)) else ""


def _choice(form: DeclarationView, field: str, choices: tuple[str, ...]) -> Iterator[Hit]:
    text = str(getattr(form.content, field)).strip()
    if not text:
        yield hit(field)
    elif text not in choices:
        yield hit(field, severity=WARNING)


def _spans_years(form: DeclarationView) -> bool:
    return form.start is not None and form.end is not None and form.start.year < form.end.year


def _length(text: str) -> int:
    return len("".join(text.split()))


def _texts(cells: Iterable[Cell], record: object) -> Iterator[Cell]:
    """The text cells of a record that hold markup."""
    for cell in cells:
        if cell.kind in (CellKind.TEXT, CellKind.LONG_TEXT) and has_markup(str(getattr(record, cell.name))):
            yield cell


def _markup(cell: Cell, clean: NewText) -> Hit:
    return hit(cell.name, fixes=(Fix("清理标记", clean.text, Rewrite((clean,))),))


_HALF_WIDTH = str.maketrans("（）", "()")
_PAIRS = {")": "(", "》": "《", "】": "【", "]": "[", "」": "「", "”": "“"}
_ENUMERATOR = re.compile(r"(?:^|[\s。；;：:，,])[0-9a-zA-Z一二三四五六七八九十]{1,3}$")


def _is_balanced(text: str) -> bool:
    open_marks: list[str] = []
    for position, char in enumerate(text):
        if char in _PAIRS.values():
            open_marks.append(char)
        elif char in _PAIRS:
            if open_marks and open_marks[-1] == _PAIRS[char]:
                open_marks.pop()
            elif not (char == ")" and _ENUMERATOR.search(text[max(0, position - 4) : position])):
                return False
    return not open_marks and text.count('"') % 2 == 0


SHARED_RULES: tuple[Rule[FormView] | StoreRule | LineRule, ...] = (
    project_name_is_taken,
    unit_is_not_the_packages,
    text_holds_markup,
    line_holds_markup,
    year_is_no_budget_year,
)
RULES: tuple[Rule[DeclarationView], ...] = (
    project_name_is_missing,
    department_is_missing,
    unit_is_missing,
    nature_is_not_chosen,
    category_is_not_chosen,
    nature_and_category_seldom_go_together,
    date_is_missing_or_invalid,
    project_ends_before_it_starts,
    year_lies_outside_the_project,
    short_project_crosses_the_year_end,
    long_project_lacks_its_overall_cells,
    annual_goal_is_missing,
    annual_goal_is_short,
    annual_goal_is_long,
    annual_goal_breaks_off,
    annual_goal_has_an_odd_bracket,
    annual_goal_names_last_year,
)
