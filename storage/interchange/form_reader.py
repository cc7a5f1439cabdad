"""Reading one form of ``jixiao-forms/1``: the cells of :mod:`model.forms`, each checked by its kind."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from itertools import islice
from typing import Any

from model.errors import UserError
from model.forms import FORMS, Cell
from model.records import LINES_LIMIT, Content, Form, Indicator, Omission
from model.scoring import EXECUTION_CHOICES
from model.values.characters import about_unprintable, printable
from model.values.dates import BUDGET_YEARS
from model.values.taxonomy import canonical_level1, canonical_level2, is_old_cost
from storage.interchange.cell_problems import FIGURES, cell_problem
from storage.interchange.imported import AS_TYPED, EXECUTION_CHOICE, NO_KEYS, NOT_APPLICABLE, ImportedForm
from storage.interchange.limits import text_problem
from storage.interchange.source import JsonNumber, JsonObject, shorten, shown

_TOLD = 20
_HEADER = {"year", "project_name", "department", "unit"}

Tree = Mapping[str, "Cell | Tree"]


@cache
def _tree(cells: tuple[Cell, ...]) -> Tree:
    """The cells of a form by the keys that lead to them."""
    tree: dict[str, Any] = {}
    for cell in cells:
        *folders, last = cell.path.split(".")
        branch = tree
        for folder in folders:
            branch = branch.setdefault(folder, {})
        branch[last] = cell
    return tree


_OUTSIDE_CELLS = {"kind", "indicators", "note", AS_TYPED}
_BESIDE = {"funding": {"note", EXECUTION_CHOICE}}
_BREAKS = re.compile(r"[\x0b\x0c]")


@dataclass
class FormReader:
    """Reads one form. ``number`` is its place in the file, counted from 1; ``value`` is what stands there."""

    source: str
    number: int
    value: object
    _name: str = field(default="", init=False)
    _unknown: Counter[str] = field(default_factory=Counter, init=False)
    _remarks: list[str] = field(default_factory=list, init=False)
    _as_typed: frozenset[str] = field(default=frozenset(), init=False)

    def read(self, notices: tuple[str, ...] = ()) -> ImportedForm:
        """The form, with ``notices`` before its own. Raises UserError when it is not wholly acceptable."""
        if not isinstance(self.value, JsonObject):
            raise self._wrong("", "应为对象（{…}）", self.value)
        root = self.value
        name = root.values.get("project_name")
        self._name = name if isinstance(name, str) else ""
        kind = self._kind(root)
        self._as_typed = self._typed_paths(root.values.get(AS_TYPED))
        year = self._year(root)
        header: dict[str, Any] = {}
        cells: dict[str, Any] = {}
        for cell, text in self._cells(root, _tree(FORMS[kind].cells), "", _OUTSIDE_CELLS):
            (header if cell.name in _HEADER else cells)[cell.name] = text
        cells["indicators"] = self._lines(root.values.get("indicators"), kind)
        choice = self._execution_choice(root) if kind is Form.EVALUATION else ""
        if choice:
            cells[EXECUTION_CHOICE] = choice
        record: Any = FORMS[kind].record
        content: Content = record(**cells)
        remarks = (*notices, *self._ignored(), *self._remarks)
        unsaid = NO_KEYS if choice else NO_KEYS | {EXECUTION_CHOICE}
        return ImportedForm(
            self.source, self.number, kind, year, **header, content=content, notices=remarks, unsaid=unsaid
        )

    def _kind(self, root: JsonObject) -> Form:
        value = root.values.get("kind")
        if isinstance(value, str) and value in FORMS:
            return Form(value)
        expected = "或".join(f"“{form}”（{spec.names.short}）" for form, spec in FORMS.items())
        raise self._wrong("kind（表的种类）", f"应为{expected}", value)

    def _year(self, root: JsonObject) -> int:
        value = root.values.get("year")
        expected = f"应为 {BUDGET_YEARS[0]} 至 {BUDGET_YEARS[-1]} 的整数（不加引号）"
        if not isinstance(value, JsonNumber) or not re.fullmatch(r"\d{4}", value.text, re.ASCII):
            raise self._wrong("year（预算年度）", expected, value)
        if int(value.text) not in BUDGET_YEARS:
            raise self._wrong("year（预算年度）", expected, value)
        return int(value.text)

    def _typed_paths(self, value: object) -> frozenset[str]:
        """The cells whose texts were typed as they are, though they are not what the format expects there."""
        if value is None:
            return frozenset()
        if not isinstance(value, list):
            raise self._wrong(f"{AS_TYPED}（按原文的栏目）", "应为列表（[…]）", value)
        return frozenset(path for path in value if isinstance(path, str))

    def _execution_choice(self, root: JsonObject) -> str:
        funding = root.values.get("funding")
        value = funding.values.get(EXECUTION_CHOICE) if isinstance(funding, JsonObject) else None
        return self._one_of(f"funding.{EXECUTION_CHOICE}（预算执行率得分的处理）", value, EXECUTION_CHOICES)

    def _one_of(self, where: str, value: object, known: tuple[str, ...]) -> str:
        """The text of a key that may be left out and knows a few values only."""
        if value is None:
            return ""
        if not isinstance(value, str) or value not in known:
            raise self._wrong(where, f"应为 {'、'.join(known)} 之一，或不写", value)
        return value

    def _lines(self, value: object, kind: Form) -> tuple[Indicator, ...]:
        if value is None:
            return ()
        if not isinstance(value, list):
            raise self._wrong("indicators（绩效指标）", "应为列表（[…]）", value)
        if len(value) > LINES_LIMIT:
            raise self._wrong("indicators（绩效指标）", f"最多 {LINES_LIMIT} 条", value)
        return tuple(self._line(line, kind, position) for position, line in enumerate(value))

    def _line(self, value: object, kind: Form, position: int) -> Indicator:
        where = f"indicators[{position}]"
        if not isinstance(value, JsonObject):
            raise self._wrong(f"{where}（第 {position + 1} 条指标）", "应为对象（{…}）", value)
        if is_old_cost(*(str(value.values.get(level)) for level in ("level1", "level2"))):
            self._as_typed |= {f"{where}.level2"}
        tree = _tree(FORMS[kind].columns)
        others = {"note", NOT_APPLICABLE} if kind is Form.EVALUATION else {"note"}
        cells = {cell.name: text for cell, text in self._cells(value, tree, f"{where}.", others)}
        if kind is Form.EVALUATION:
            omission = self._omission(value, f"{where}.{NOT_APPLICABLE}（第 {position + 1} 条指标的不适用）", cells)
            cells["achievement"] = omission or cells["achievement"]
        return FORMS[kind].line(id="", **cells)

    def _omission(self, line: JsonObject, where: str, cells: Mapping[str, str]) -> str:
        """What becomes of the points of a line that does not apply, "" where the file does not say so."""
        omission = self._one_of(where, line.values.get(NOT_APPLICABLE), tuple(Omission))
        if omission and cells["achievement"]:
            raise self._wrong(where, "与 achievement（达成等级）只能写一个")
        return omission

    def _cells(self, root: JsonObject, tree: Tree, prefix: str, others: set[str]) -> list[tuple[Cell, str]]:
        """Every cell below ``tree`` with its text, blank where the file says nothing; unknown keys are counted."""
        if root.repeated:
            raise self._wrong(f"{prefix}{shorten(root.repeated[0])}", "只能出现一次，实际重复出现")
        for key in root.values:
            if key not in tree and key not in others:
                self._unknown[re.sub(r"\[\d+\]", "[]", prefix) + shorten(key)] += 1
        found: list[tuple[Cell, str]] = []
        for key, branch in tree.items():
            value = root.values.get(key)
            if isinstance(branch, Cell):
                if branch.name != "year":
                    found.append((branch, self._cell(branch, prefix + key, value)))
            elif value is None:
                found += self._cells(JsonObject({}, ()), branch, f"{prefix}{key}.", set())
            elif isinstance(value, JsonObject):
                found += self._cells(value, branch, f"{prefix}{key}.", _BESIDE.get(key, {"note"}))
            else:
                raise self._wrong(prefix + key, "应为对象（{…}）", value)
        return found

    def _cell(self, cell: Cell, path: str, value: object) -> str:
        where = f"{path}（{_label(cell, path)}）"
        if value is None:
            return ""
        if isinstance(value, JsonNumber) and cell.kind in FIGURES:
            raise self._wrong(where, f'应为加引号的文字（如 "{shorten(value.text)}"），以免数值失真', value)
        if not isinstance(value, str):
            raise self._wrong(where, "应为文字", value)
        text = self._characters(where, value)
        problem = cell_problem(cell, text)
        if path in self._as_typed and cell.name != "achievement":
            if problem:
                self._remarks.append(f"{self._place()}：{where}“{shorten(text)}”{problem}，按原文导入。")
            return text
        if problem:
            raise self._wrong(where, problem, text)
        label = _LABELS.get(cell.name, str)(text)
        if label != text and text.strip():
            self._remarks.append(f"{self._place()}：{where}“{shorten(text)}”已改写为“{label}”。")
        return label

    def _characters(self, where: str, text: str) -> str:
        if _BREAKS.search(text):
            self._remarks.append(f"{self._place()}：{where}中{about_unprintable(''.join(_BREAKS.findall(text)))}。")
            text = _BREAKS.sub("\n", text)
        problem = text_problem(text)
        if problem:
            raise self._wrong(where, problem)
        if "\r" in text:
            self._remarks.append(f"{self._place()}：{where}中的回车符已统一为换行。")
        return printable(text)

    def _place(self) -> str:
        name = f"“{shorten(self._name)}”" if self._name else ""
        return f"文件“{self.source}”第 {self.number} 张表{name}"

    def _ignored(self) -> Iterator[str]:
        """A sentence for each unknown key, for the first few of very many."""
        for key, times in islice(self._unknown.items(), _TOLD):
            yield f"{self._place()}：不认识的键 {key}{f'（{times} 处）' if times > 1 else ''}，已忽略。"
        if len(self._unknown) > _TOLD:
            yield f"{self._place()}：还有 {len(self._unknown) - _TOLD} 种不认识的键，已忽略。"

    def _wrong(self, where: str, expected: str, *found: object) -> UserError:
        actual = f"，实际是{shown(found[0])}" if found else ""
        return UserError(f"{self._place()}：{where}{expected}{actual}。\n没有导入任何内容。请改正后重试。")


def _label(cell: Cell, path: str) -> str:
    line = re.match(r"indicators\[(\d+)\]", path)
    return f"第 {int(line[1]) + 1} 条指标的{cell.label}" if line else cell.label


_LABELS: Mapping[str, Callable[[str], str]] = {
    "level1": lambda text: canonical_level1(text) or text,
    "level2": lambda text: canonical_level2(text) or text,
}
