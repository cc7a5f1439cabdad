"""The 25 published forms the whole way: file, store, JSON and official workbook, compared with the published texts."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from decimal import Decimal
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

import pytest

from storage.excel import SheetTexts, read_workbook_cells
from storage.store.sqlite import Store
from storage.verbs import parse, run

ROOT = Path(__file__).parent.parent.parent

Place = tuple[int, int]


def verb(name: str, *arguments: object) -> None:
    assert run(parse(name, [str(argument) for argument in arguments])) == 0


def published(path: Path) -> list[dict[str, Any]]:
    """The forms of a given file without the curator's notes."""
    forms: list[dict[str, Any]] = _without_notes(json.loads(path.read_text(encoding="utf-8"))["forms"])
    return forms


def _without_notes(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_notes(item) for key, item in value.items() if key != "note"}
    return [_without_notes(item) for item in value] if isinstance(value, list) else value


@pytest.fixture(scope="module")
def given_out(tmp_path_factory: pytest.TempPathFactory, given_files: tuple[Path, ...]) -> Path:
    """A folder with all given forms exported by the verbs, as ``all.json`` and ``all.xlsx``."""
    folder = tmp_path_factory.mktemp("out")
    verb("import", "--store", folder / "s.jixiao", *given_files)
    for name in ("all.json", "all.xlsx"):
        verb("export", "--store", folder / "s.jixiao", "--out", folder / name)
    return folder


def test_that_import_and_export_give_every_form_back_in_every_field_character_and_key_order(
    given_files: tuple[Path, ...], given_out: Path
) -> None:
    exported = json.loads((given_out / "all.json").read_text(encoding="utf-8"))
    given_forms = [form for path in given_files for form in published(path)]
    assert len(given_forms) == 25
    assert json.dumps(exported, ensure_ascii=False) == json.dumps(
        {"format": "jixiao-forms/1", "forms": given_forms}, ensure_ascii=False
    )


def test_that_the_exported_workbook_imports_as_the_same_forms(given_out: Path, tmp_path: Path) -> None:
    verb("import", "--store", tmp_path / "s.jixiao", given_out / "all.xlsx")
    verb("export", "--store", tmp_path / "s.jixiao", "--out", tmp_path / "again.json")
    assert (tmp_path / "again.json").read_bytes() == (given_out / "all.json").read_bytes()


def test_that_the_workbook_has_a_sheet_for_each_form(given_files: tuple[Path, ...], given_out: Path) -> None:
    sheets = _form_sheets(given_out / "all.xlsx")
    assert len(sheets) == 25
    assert {(form["kind"], form["year"], form["project_name"]) for path in given_files for form in published(path)} == {
        *sheets
    }


@pytest.mark.parametrize("number", [0, 1, 2])
def test_that_every_printed_text_stands_exactly_once_in_its_place(
    given_files: tuple[Path, ...], given_out: Path, number: int
) -> None:
    sheets = _form_sheets(given_out / "all.xlsx")
    for form in published(given_files[number]):
        sheet = sheets[form["kind"], form["year"], form["project_name"]]
        top, table = _row_of(sheet, "项目名称"), _row_of(sheet, "三级指标")
        expected = _PLACES[form["kind"]](form, top, table)
        printed = {place: text for place, text in sheet.texts.items() if _is_entry(place, top, table, form["kind"])}
        again = {place for place, text in printed.items() if place not in expected and _goes_on(printed, place, text)}
        assert len(again) <= 2
        printed = {place: text for place, text in printed.items() if place not in again}
        assert printed == {place: text for place, text in expected.items() if text}
        assert sheet.odd == frozenset()


def _goes_on(printed: dict[Place, str], place: Place, text: str) -> bool:
    """Whether a level says again, at the top of a page, what it says over the line above."""
    row, column = place
    above = [where for where in printed if where[1] == column and where[0] < row]
    return column in (1, 2) and printed[max(above)] == text


def _form_sheets(path: Path) -> dict[tuple[str, int, str], SheetTexts]:
    """The sheets that are forms, by kind, year and project name as printed on them."""
    forms: dict[tuple[str, int, str], SheetTexts] = {}
    for sheet in read_workbook_cells(path):
        kinds = {"财政项目支出绩效目标申报表": "declaration", "财政项目支出绩效自评表": "evaluation"}
        titles = [text for (_, column), text in sheet.texts.items() if column == 0]
        kind = next((kinds[text.split("（")[0]] for text in titles if text.split("（")[0] in kinds), None)
        if kind is not None:
            year = next(int(text[1:5]) for text in titles if text.endswith("年度）"))
            forms[kind, year, sheet.texts[_row_of(sheet, "项目名称"), 1]] = sheet
    return forms


def _row_of(sheet: SheetTexts, label: str) -> int:
    (row,) = {row for (row, _), text in sheet.texts.items() if text == label}
    return row


_LABELS = {
    "declaration": {
        *((0, 0), (0, 3), (0, 5), (1, 0), (1, 3), (2, 0), (2, 3), (3, 0), (3, 1), (3, 3), (4, 1), (4, 3), (5, 3)),
        *((6, 1), (6, 3), (7, 0), (7, 1), (7, 3)),
    },
    "evaluation": {
        *((0, 0), (1, 0), (1, 4), *((2, column) for column in range(9)), (3, 1), (4, 1), (5, 1), (6, 1)),
        *((row, 6) for row in (4, 5, 6)),
        *((7, 0), (7, 1), (7, 4)),
    },
}
"""Where each form prints its labels, counted from the row of 项目名称 (domain.md §2.1 and §3.1)."""


def _is_entry(place: Place, top: int, table: int, kind: str) -> bool:
    row, column = place
    if row < top or row == table or (row > table and column == 0):
        return False
    return (row - top, column) not in _LABELS[kind] if row < table else True


def _declaration_places(form: dict[str, Any], top: int, table: int) -> dict[Place, str]:
    money = form["funding"]
    places = {
        (top, 1): form["project_name"],
        (top, 4): form["project_nature"],
        (top, 6): form["project_category"],
        (top + 1, 1): form["department"],
        (top + 1, 4): form["unit"],
        (top + 2, 1): form["start_date"],
        (top + 2, 4): form["end_date"],
        (top + 8, 1): form["overall_goal"],
        (top + 8, 3): form["annual_goal"],
    }
    for row, source in enumerate(("total_requested", "fiscal_current", "carried_over", "other"), top + 3):
        places[row, 5] = f"{Decimal(money[source]):,.2f}"
    return places | _line_places(form, table, {3: "name", 5: "value_text"})


def _evaluation_places(form: dict[str, Any], top: int, table: int) -> dict[Place, str]:
    money = form["funding"]
    places = {
        (top, 1): form["project_name"],
        (top + 1, 1): form["department"],
        (top + 1, 5): form["unit"],
        (top + 3, 6): money["points"],
        (top + 3, 7): money["execution_rate"],
        (top + 3, 8): money["score"],
        (top + 8, 1): form["expected_goal"],
        (top + 8, 4): form["actual_completion"],
    }
    for column, name in enumerate(("initial_budget", "adjusted_budget", "executed"), 3):
        for row, source in enumerate(("total", "fiscal_current", "carried_over", "other"), top + 3):
            places[row, column] = _amount(money[name][source], name, source)
    last = table + 1 + len(form["indicators"])
    cells = {3: "name", 4: "target_text", 5: "actual_text", 6: "points", 7: "score", 8: "deviation_reason"}
    totals = {(last, 6): form["total_points"], (last, 7): f"{Decimal(form['total_score']):.2f}"}
    return places | _line_places(form, table, cells) | totals


def _amount(text: str | None, column: str, source: str) -> str:
    """An amount of the self-evaluation in the format of its cell (domain.md §3.5)."""
    if text is None:
        return ""
    amount = Decimal(text.replace(",", ""))
    short = f"{amount:f}".rstrip("0").rstrip(".") if "." in f"{amount:f}" else f"{amount:f}"
    if source != "total":
        return short
    if column != "executed":
        return f"{amount:.2f}"
    whole, _, cents = short.partition(".")
    return f"{int(whole):,}" + (f".{cents}" if cents else "")


def _line_places(form: dict[str, Any], table: int, cells: dict[int, str]) -> dict[Place, str]:
    """The indicator table: labels of levels once over all their lines, every other cell in its line."""
    places: dict[Place, str] = {}
    before: tuple[str, str] = ("", "")
    for row, line in enumerate(form["indicators"], table + 1):
        levels = line["level1"], line["level2"]
        if levels[0] != before[0]:
            places[row, 1] = levels[0]
        if levels != before:
            places[row, 2] = levels[1]
        before = levels
        places |= {(row, column): line[name] for column, name in cells.items()}
    return places


_PLACES: dict[str, Callable[[dict[str, Any], int, int], dict[Place, str]]] = {
    "declaration": _declaration_places,
    "evaluation": _evaluation_places,
}


def _version(store: Path) -> int:
    """The version of a store's schema, by its header: opening it would bring it to today's."""
    return int.from_bytes(store.read_bytes()[60:64], "big")


def test_that_the_example_store_is_the_given_forms_as_its_script_makes_them(tmp_path: Path) -> None:
    made = tmp_path / "made.jixiao"
    specification = spec_from_file_location("make_example", ROOT / "packaging" / "make_example.py")
    assert specification is not None
    assert specification.loader is not None
    script = module_from_spec(specification)
    specification.loader.exec_module(script)
    assert script.make_example(made) == 25
    shipped = Path(shutil.copy(ROOT / "resources" / "example.jixiao", tmp_path / "shipped.jixiao"))
    assert _version(shipped) == _version(made), "run make example"
    with Store.open(shipped) as example, Store.open(made) as anew:
        assert example.projects() == anew.projects(), "run make example"
        assert example.journal() == anew.journal()
        assert example.summaries() == anew.summaries()
