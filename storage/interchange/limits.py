"""What a form may hold at most, whichever kind of file brings it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from model.forms import FORMS
from model.records import LINES_LIMIT
from model.values.dates import BUDGET_YEARS
from storage.interchange.imported import ImportedForm

TEXT_LIMIT = 32_767  # what one Excel cell can hold
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def text_problem(text: str) -> str:
    """Why a cell cannot hold a text, as the end of a sentence; empty when it can."""
    if len(text) > TEXT_LIMIT:
        return f"最多 {TEXT_LIMIT} 个字，实际 {len(text)} 个字"
    found = _UNPRINTABLE.search(text)
    if found:
        return f"含有无法显示和打印的字符 U+{ord(found[0]):04X}（第 {found.start() + 1} 个字）"
    return ""


def form_problem(form: ImportedForm) -> str:
    """The first reason why a form cannot be taken in, naming its cell; empty when there is none."""
    if form.year not in BUDGET_YEARS:
        return f"预算年度应为 {BUDGET_YEARS[0]} 至 {BUDGET_YEARS[-1]}，实际是 {form.year}"
    if len(form.content.indicators) > LINES_LIMIT:
        return f"绩效指标最多 {LINES_LIMIT} 条，实际 {len(form.content.indicators)} 条"
    return next((f"{label}{problem}" for label, text in _texts(form) if (problem := text_problem(text))), "")


def _texts(form: ImportedForm) -> Iterator[tuple[str, str]]:
    """Every text of a form with the label of its cell."""
    for cell in FORMS[form.kind].cells:
        if cell.name != "year":
            yield cell.label, getattr(form if hasattr(form, cell.name) else form.content, cell.name)
    for number, line in enumerate(form.content.indicators, start=1):
        for cell in FORMS[form.kind].columns:
            yield f"第 {number} 条指标的{cell.label}", getattr(line, cell.name)
