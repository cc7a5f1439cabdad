"""The projects of the year before, read beside those that are checked: true after every write, the same until then."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest

from model import edits
from model.changes import AddProject, RemoveProject
from model.errors import UserError
from model.records import Declaration, Form, Project, forms_of
from model.settings import Settings
from storage.store.beside import Beside
from storage.store.port import Applied
from storage.store.sqlite import Store


def declared(year: int, total: str) -> Project:
    content = Declaration(total_requested=total, fiscal_current=total)
    return Project(f"y{year}", year, "政策培训", "局", "中心", forms_of(content))


def hints(applied: Applied, project_id: str) -> list[str]:
    checked = applied.projects[project_id]
    assert checked is not None
    return [finding.message for finding in checked.findings if finding.rule == "FND-011"]


def test_that_a_project_is_checked_beside_that_of_the_year_before_as_it_stands(tmp_path: Path) -> None:
    with Store.create(tmp_path / "a.jixiao") as store:
        both = tuple(AddProject(declared(year, total)) for year, total in ((2025, "100"), (2026, "200")))
        added = store.apply("两个", both)
        assert hints(added, "y2026") == ["年度资金申请总额较上年（100.00元）增加100%，请准备说明。"]
        past = store.project("y2025")
        cut = edits.set_cell(past, Form.DECLARATION, past.id, "fiscal_current", "50", Settings())
        changed = store.apply("减", cut)
        now = store.project("y2026")
        moved = store.apply("名", edits.set_cell(now, Form.DECLARATION, now.id, "annual_goal", "目标", Settings()))
        assert hints(moved, "y2026") == ["年度资金申请总额较上年（50.00元）增加300%，请准备说明。"]
        earlier = store.context().earlier(store.project("y2026"))
        assert earlier is not None
        assert earlier.projects == (store.project("y2025"),)
        store.undo(changed.entry.seq)
        store.apply("删", (RemoveProject(store.project("y2025")),))
        assert store.context().earlier(store.project("y2026")) is None


def test_that_a_link_by_hand_counts_at_once_and_marks_no_other_line(tmp_path: Path) -> None:
    with Store.create(tmp_path / "a.jixiao") as store:
        other = replace(declared(2025, "100"), project_name="另一项目")
        store.apply("两个", (AddProject(other), AddProject(declared(2026, "200"))))
        assert store.context().earlier(store.project("y2026")) is None
        settings = replace(store.settings(), links={"y2026": ("y2025",)})
        linked = store.apply("对应", edits.set_setting_changes(store.settings(), settings))
        assert linked.stale_lines == 0
        assert store.settings().links == {"y2026": ("y2025",)}
        earlier = store.context().earlier(store.project("y2026"))
        assert earlier is not None
        assert earlier.name == "另一项目"


def test_that_what_was_read_is_kept_until_it_is_touched_and_a_hint_never_stops_anything() -> None:
    read: list[str] = []

    def reading(ids: Iterable[str]) -> list[Project]:
        wanted = list(ids)
        if "kaputt" in wanted:
            raise UserError("kaputt")
        read.extend(wanted)
        return [Project(one, 2025) for one in wanted if one != "weg"]

    beside = Beside(reading)
    assert beside(("a", "weg", "b"))[1].id == "b"
    assert beside(("a",))[0] is beside(("a",))[0]
    assert read == ["a", "weg", "b"]
    beside.forget(("a", "nie"))
    assert [one.id for one in beside(("b", "a"))] == ["b", "a"]
    assert read == ["a", "weg", "b", "a"]
    beside.forget()
    assert [one.id for one in beside(str(number) for number in range(1_500))] == [str(n) for n in range(1_500)]
    assert [one.id for one in beside(("a",))] == ["a"]
    assert beside(("kaputt",)) == ()


def test_that_a_gesture_that_was_not_written_leaves_nothing_behind(tmp_path: Path) -> None:
    with Store.create(tmp_path / "a.jixiao") as store:
        store.apply("两个", (AddProject(declared(2025, "100")), AddProject(declared(2026, "200"))))
        with pytest.raises(ValueError, match="already"):
            store.apply("noch einmal", (AddProject(declared(2025, "1")),))
        earlier = store.context().earlier(store.project("y2026"))
        assert earlier is not None
        assert earlier.requested == 100_00
