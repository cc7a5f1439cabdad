"""What a store says is not what was written into it: it is noticed, told, and nothing is lost by it."""

from __future__ import annotations

import random
import sqlite3
from contextlib import closing
from dataclasses import dataclass, fields, replace
from pathlib import Path

import pytest
from sqlalchemy import Engine, event

from model.changes import SetLibraryRow, SetSetting
from model.errors import UserError
from model.library import Entry, LibraryRow
from model.records import Project
from storage.importing.other_store import read_store
from storage.store import digests
from storage.store.journal import JournalKind
from storage.store.sqlite import Store
from tests.storage.builders import new_store, project, set_goal

SEED, MUTATIONS = 20261128, 60


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "绩效.jixiao"
    with new_store(path, project("p1"), project("p2", "平台网络保障")) as store:
        store.apply("设置", (SetSetting("unit_name", "", '"上海科学技术交流中心"'),))
    return path


def run(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for statement in statements:
            connection.execute(statement)


def spoilt(store: Store) -> list[str]:
    """The ids of all projects that are found not to be as they were written."""
    looked = store.look_at()
    found = list(looked.spoilt)
    while looked.last is not None:
        looked = store.look_at(looked.last)
        found += looked.spoilt
    return [one.id for one in found]


# what a version before 7 does not have in its list
SINCE_7 = tuple(
    f"ALTER TABLE summary DROP COLUMN {name}" for name in ("budget_fen", "spent_fen", "grade", "awaited", "filled")
)

DAMAGE = {
    "a digit of an amount": "UPDATE declaration SET total_requested = '311,968.00' WHERE project_id = 'p1'",
    "a letter of the goal": "UPDATE declaration SET annual_goal = '保障系统安金运行。' WHERE project_id = 'p1'",
    "a value of a line": "UPDATE indicator SET target_text = '≥9.00(次)' WHERE id = 'p1-1'",
    "a cell gone blank": "UPDATE indicator SET level2 = '' WHERE id = 'p1-1'",
    "a line gone": "DELETE FROM indicator WHERE id = 'p1-2'",
    "two lines changed about": "UPDATE indicator SET position = 2 - position WHERE project_id = 'p1'",
    "the year": "UPDATE project SET year = 2025 WHERE id = 'p1'",
    "an explanation of nobody": "INSERT INTO explanation VALUES ('p1', 'DEC-015@declaration::annual_goal', '有')",
    "the digest itself": "UPDATE project SET digest = zeroblob(16) WHERE id = 'p1'",
}


@pytest.mark.parametrize("case", DAMAGE)
def test_that_damage_of_a_project_is_found_and_of_that_one_alone(path: Path, case: str) -> None:
    run(path, DAMAGE[case])
    with Store.open(path) as store:
        assert store.taken_in == ""
        assert not store.is_as_written(store.project("p1"))
        assert store.is_as_written(store.project("p2"))
        assert spoilt(store) == ["p1"]


def test_that_what_an_edit_or_its_undo_wrote_is_as_it_was_written(path: Path) -> None:
    with Store.open(path) as store:
        seq = store.apply("改目标", (set_goal(store.project("p1"), "新的目标"),)).entry.seq
        assert store.is_as_written(store.project("p1"))
        store.undo(seq)
        assert spoilt(store) == []


def test_that_a_spoilt_project_stays_known_as_one_until_somebody_has_looked_it_over(path: Path) -> None:
    run(path, DAMAGE["a digit of an amount"])
    with Store.open(path) as store:
        store.apply("改目标", (set_goal(store.project("p1"), "新的目标"),))
    with Store.open(path) as store:
        assert spoilt(store) == ["p1"]
        store.accept(store.project("p1"))
        assert spoilt(store) == []
        noted = store.journal(1)[0]
        assert (noted.kind, noted.label) == (JournalKind.NOTE, "核对“信息化运维项目”，按现在的内容继续")
        assert [one.label for one in store.undo_history()[0]][-1] == "改目标"
    with Store.open(path) as store:
        assert spoilt(store) == []


def test_that_only_what_is_in_the_file_can_be_accepted(path: Path) -> None:
    run(path, DAMAGE["a digit of an amount"])
    with Store.open(path) as store:
        with pytest.raises(ValueError, match="not the one"):
            store.accept(project("p1"))
        assert spoilt(store) == ["p1"]


def test_that_all_of_a_long_list_is_looked_at(tmp_path: Path) -> None:
    path = tmp_path / "a.jixiao"
    new_store(path, *(project(f"p{n:02}", f"项目{n}", lines=0) for n in range(25))).close()
    run(path, "UPDATE declaration SET annual_goal = '别的' WHERE project_id IN ('p00', 'p19', 'p20', 'p24')")
    with Store.open(path) as store:
        assert spoilt(store) == ["p00", "p19", "p20", "p24"]


def test_that_a_line_of_the_list_that_is_not_as_written_is_counted_anew(path: Path) -> None:
    with Store.open(path) as store:
        right = store.summaries()
    run(path, "UPDATE summary SET errors = 99, total_score = '88.00', year = 1999 WHERE project_id = 'p1'")
    with Store.open(path) as store:
        assert store.look_at().is_stale
        assert {one.id for one in store.refresh_summaries().summaries} == {"p1"}
        assert store.summaries() == right
        assert not store.look_at().is_stale


def test_that_a_setting_that_is_not_as_written_is_named_until_it_is_set_again(path: Path) -> None:
    run(path, "UPDATE setting SET text = '\"上海科学技术交流中必\"'")
    for _ in range(2):
        with Store.open(path) as store:
            assert "设置与保存时不一致" in store.taken_in
            assert "实施单位" in store.taken_in
    with Store.open(path) as store:
        store.apply("设置", (SetSetting("unit_name", '"上海科学技术交流中必"', '"上海科学技术交流中心"'),))
    with Store.open(path) as store:
        assert store.taken_in == ""


def test_that_an_entry_of_the_library_that_is_not_as_written_is_named_until_it_is_written_anew(path: Path) -> None:
    times, share = LibraryRow(Entry("数量指标", "巡检次数", "≥12次")), LibraryRow(Entry("质量指标", "合格率", "≥95%"))
    with Store.open(path) as store:
        store.apply("存入", (SetLibraryRow(None, times), SetLibraryRow(None, share)))
    run(path, "UPDATE library SET target = '≥92次' WHERE name = '巡检次数'")
    for _ in range(2):
        with Store.open(path) as store:
            assert "指标库中有存入的指标与保存时不一致" in store.taken_in
            assert "巡检次数" in store.taken_in
            assert "合格率" not in store.taken_in
    with Store.open(path) as store:
        found = next(row for row in store.library_rows() if row.entry.name == "巡检次数")
        store.apply("改正", (SetLibraryRow(found, times),))
    with Store.open(path) as store:
        assert store.taken_in == ""


def test_that_entries_of_the_library_a_version_without_digests_wrote_are_kept_as_they_stand(path: Path) -> None:
    row = LibraryRow(Entry("数量指标", "巡检次数", "≥12次"))
    with Store.open(path) as store:
        store.apply("存入", (SetLibraryRow(None, row),))
    run(path, *SINCE_7, "ALTER TABLE library DROP COLUMN digest", "PRAGMA user_version = 5")
    with Store.open(path) as store:
        assert store.taken_in == ""
        assert store.library_rows() == (row,)
    run(path, "UPDATE library SET is_removed = 1")
    with Store.open(path) as store:
        assert "巡检次数" in store.taken_in


def test_that_a_journal_entry_with_another_text_than_was_written_is_not_undone(path: Path) -> None:
    with Store.open(path) as store:
        seq = store.apply("改目标", (set_goal(store.project("p1"), "新的目标"),)).entry.seq
    run(path, f"UPDATE journal SET changes = replace(changes, '保障信息系统', '保障信息糸统') WHERE seq = {seq}")
    with Store.open(path) as store, pytest.raises(UserError, match="修改记录已损坏"):
        store.undo(seq)


def test_that_what_an_earlier_version_wrote_is_kept_as_it_stands(path: Path) -> None:
    empty = [f"UPDATE {table} SET digest = NULL" for table in ("project", "setting", "summary", "journal")]
    drop = [f"ALTER TABLE {table} DROP COLUMN digest" for table in ("project", "setting", "summary", "journal")]
    run(path, *empty, *drop, *SINCE_7, "DROP TABLE library", "PRAGMA user_version = 3")
    with Store.open(path) as store:
        assert store.projects() == (project("p1"), project("p2", "平台网络保障"))
        assert spoilt(store) == []
        assert store.undo_history()[0]
    run(path, DAMAGE["a digit of an amount"], "UPDATE setting SET text = '\"x\"'")
    with Store.open(path) as store:
        assert spoilt(store) == ["p1"]
        assert "实施单位" in store.taken_in


def test_that_a_kill_right_after_a_store_was_brought_up_to_date_leaves_no_damage_unseen(path: Path) -> None:
    run(path, "UPDATE project SET digest = NULL", "UPDATE setting SET digest = NULL")  # all the steps leave
    with Store.open(path) as store:
        assert spoilt(store) == []
    run(path, DAMAGE["a digit of an amount"], "UPDATE setting SET text = '\"x\"'")
    with Store.open(path) as store:
        assert spoilt(store) == ["p1"]
        assert "实施单位" in store.taken_in


@dataclass(frozen=True, slots=True)
class LaterProject(Project):
    """A project with a cell that a later version added."""

    later: str = ""


def test_that_many_rows_without_a_digest_are_filled_in_with_few_statements(path: Path) -> None:
    some = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 300) INSERT INTO"
    run(
        path,
        f"{some} setting (key, text) SELECT 'k' || i, '1' FROM n",
        f"{some} library SELECT '数量指标', '指标' || i, '', '', '', 0, NULL FROM n",
    )
    seen: list[str] = []

    def see(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        seen.append(statement)

    event.listen(Engine, "before_cursor_execute", see)
    try:
        Store.open(path).close()
    finally:
        event.remove(Engine, "before_cursor_execute", see)
    assert len(seen) < 200
    with closing(sqlite3.connect(path)) as connection:
        for table in ("setting", "library"):
            left = connection.execute(f"SELECT count(*) FROM {table} WHERE digest IS NULL").fetchone()
            assert left == (0,), table


def test_that_a_blank_cell_of_a_later_version_changes_no_digest() -> None:
    today = project()
    same = LaterProject(*(getattr(today, one.name) for one in fields(Project)))
    assert digests.of_project(same) == digests.of_project(today)
    assert digests.of_project(replace(same, later="有")) != digests.of_project(today)


def test_that_what_an_import_brings_of_a_spoilt_project_says_so(path: Path) -> None:
    run(path, DAMAGE["a digit of an amount"])
    told = {form.project_name: form.notices for form in read_store(path)}
    assert told["平台网络保障"] == ()
    assert "保存时不一致" in told["信息化运维项目"][0]


def test_that_one_letter_changed_anywhere_in_the_content_is_found() -> None:
    chance, written = random.Random(SEED), project(lines=6)
    kept = digests.of_project(written)
    for _ in range(MUTATIONS):
        assert digests.of_project(_mutated(written, chance)) != kept


def _mutated(one: Project, chance: random.Random) -> Project:
    form, content = chance.choice(list(one.forms.items()))
    lines = list(content.indicators)
    at = chance.randrange(len(lines))
    field = chance.choice(("name", "target_text", "level1", "level2"))
    text = getattr(lines[at], field)
    place = chance.randrange(len(text))
    other = chr(ord(text[place]) ^ 1 << chance.randrange(7))
    lines[at] = replace(lines[at], **{field: text[:place] + other + text[place + 1 :]})
    return replace(one, forms={**one.forms, form: replace(content, indicators=tuple(lines))})
