"""What was read against what is right, cell by cell, white space aside."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from model.forms import FORMS, HEADER_CELLS, CellKind
from model.recognition import RecognisedForm
from model.records import Form
from model.values.money import parse_fen

FIXTURES = Path(__file__).parent.parent / "fixtures"


@dataclass(slots=True)
class Tally:
    """Right and all cells of each kind; ``told`` are the wrong levels beside which an inference stands."""

    forms: int = 0
    all_forms: int = 0
    header: int = 0
    all_header: int = 0
    money: int = 0
    all_money: int = 0
    dates: int = 0
    all_dates: int = 0
    goals: int = 0
    all_goals: int = 0
    rows: int = 0
    all_rows: int = 0
    names: int = 0
    values: int = 0
    level2: int = 0
    told: int = 0
    inferences: int = 0
    invented: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(*(getattr(self, one.name) + getattr(other, one.name) for one in fields(Tally)))


@dataclass(frozen=True, slots=True)
class Right:
    """A form as it should be read: its curated JSON, and its place among all (every third one is held back)."""

    number: int
    data: dict[str, Any]

    @property
    def is_held_back(self) -> bool:
        """Whether it was not looked at while the reader was built."""
        return self.number % 3 == 2

    @property
    def kind(self) -> Form:
        """Which of the two forms it is."""
        return Form(self.data["kind"])

    def at(self, path: str) -> str:
        """The text at a JSON path."""
        return _at(self.data, path)


def right_forms() -> dict[str, list[Right]]:
    """The curated forms by the stem of their file, in the order of the files' names."""
    found: dict[str, list[Right]] = {}
    number = 0
    for path in sorted((FIXTURES / "forms").glob("*.json")):
        for data in json.loads(path.read_text(encoding="utf-8"))["forms"]:
            found.setdefault(path.stem, []).append(Right(number, data))
            number += 1
    return found


def compared(read: Sequence[RecognisedForm], right: Iterable[Right]) -> tuple[Tally, list[str]]:
    """The tally of some forms, each against the one read with its name and year, and what differs."""
    rest = list(read)
    total = Tally()
    differences: list[str] = []
    for one in right:
        form = next((form for form in rest if _is_of(form, one)), None) or next(
            (
                form
                for form in rest
                if form.kind is one.kind and _lines_shared(form, one) > len(one.data["indicators"]) / 2
            ),
            None,
        )
        total.all_forms += 1
        if form is None:
            differences.append(f"{one.data['project_name']}: not found")
            total.all_rows += len(one.data["indicators"])
            continue
        rest.remove(form)
        total.forms += 1
        total.inferences += len(form.inferences)
        _cells(total, form, one, differences)
        _lines(total, form, one, differences)
    return total, differences


def squeezed(text: object) -> str:
    """A text without white space."""
    return "".join(str(text).split())


def _is_of(form: RecognisedForm, right: Right) -> bool:
    return form.kind is right.kind and squeezed(form.project_name) == squeezed(right.data["project_name"])


def _lines_shared(form: RecognisedForm, right: Right) -> int:
    names = {squeezed(line.name) for line in form.content.indicators}
    return sum(squeezed(line["name"]) in names for line in right.data["indicators"])


def _cells(total: Tally, form: RecognisedForm, right: Right, differences: list[str]) -> None:
    for cell in FORMS[right.kind].cells:
        holder = form if cell in HEADER_CELLS else form.content
        group = _group(cell.kind)
        is_right = _said(getattr(holder, cell.name), group) == _said(right.at(cell.path), group)
        setattr(total, group, getattr(total, group) + is_right)
        setattr(total, f"all_{group}", getattr(total, f"all_{group}") + 1)
        if not is_right:
            got = getattr(holder, cell.name)
            differences.append(f"{right.data['project_name']}: {cell.name}: {right.at(cell.path)!r} read {got!r}")


def _said(text: str, group: str) -> object:
    """What a cell says: an amount is as much with decimals as without."""
    fen = parse_fen(text.replace(",", "")) if group == "money" else None
    return squeezed(text) if fen is None else fen


def _group(kind: CellKind) -> str:
    match kind:
        case CellKind.MONEY:
            return "money"
        case CellKind.DATE:
            return "dates"
        case CellKind.LONG_TEXT:
            return "goals"
        case _:
            return "header"


def _lines(total: Tally, form: RecognisedForm, right: Right, differences: list[str]) -> None:
    wanted = right.data["indicators"]
    lines = form.content.indicators
    total.all_rows += len(wanted)
    cells = [cell for cell in FORMS[right.kind].columns[3:] if cell.name != "achievement"]
    keys = [
        tuple(squeezed(_at(line, cell.path)) for cell in (FORMS[right.kind].columns[2], cells[0])) for line in wanted
    ]
    read = [(squeezed(line.name), squeezed(line.target_text)) for line in lines]
    matched: dict[int, int] = {}
    for block in SequenceMatcher(None, keys, read, autojunk=False).get_matching_blocks():
        matched |= {block.a + step: block.b + step for step in range(block.size)}
    free = [place for place in range(len(read)) if place not in matched.values()]
    for place in (place for place in range(len(keys)) if place not in matched):
        near = next((one for one in free if read[one][0] == keys[place][0] or read[one][1] == keys[place][1]), None)
        if near is not None:
            matched[place] = near
            free.remove(near)
    total.invented += len(free)
    differences += [f"{right.data['project_name']}: invented {read[place]}" for place in free]
    for place, line in enumerate(wanted):
        if place not in matched:
            differences.append(f"{right.data['project_name']}: row {keys[place]} not read")
            continue
        got = lines[matched[place]]
        total.rows += 1
        total.names += squeezed(got.name) == keys[place][0]
        is_value = all(squeezed(getattr(got, cell.name)) == squeezed(_at(line, cell.path)) for cell in cells)
        total.values += is_value
        is_level = got.level2 == line["level2"] and got.level1 == line["level1"]
        total.level2 += is_level
        is_told = any(
            one.line == matched[place] and one.field in ("level1", "level2") and one.what for one in form.inferences
        )
        total.told += not is_level and is_told
        if not is_level or not is_value or squeezed(got.name) != keys[place][0]:
            differences.append(f"{right.data['project_name']}: {line} read {got}{' (told)' if is_told else ''}")


def _at(data: dict[str, Any], path: str) -> str:
    value: Any = data
    for key in path.split("."):
        value = value.get(key) if value else None
    return value or ""
