"""What is decided of entries of the library, in the store."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from model.changes import SetLibraryRow
from model.library import Direction, Entry, LibraryRow
from storage.store.sqlite import Store

ENTRY = Entry("数量指标", "次数", "≥1次", Direction.HIGHER, "ci shu")
KEPT, GONE = LibraryRow(ENTRY), LibraryRow(ENTRY, is_removed=True)
OTHER = LibraryRow(Entry("质量指标", "合格率"))


def test_that_rows_are_kept_removed_renamed_and_taken_back(tmp_path: Path) -> None:
    path = tmp_path / "库.jixiao"
    with Store.create(path) as store:
        assert store.library_rows() == ()
        store.apply("存入", (SetLibraryRow(None, KEPT), SetLibraryRow(None, OTHER)))
        assert store.library_rows() == (KEPT, OTHER)
        store.apply("移出", (SetLibraryRow(KEPT, GONE),))
        renamed = store.apply("改名", (SetLibraryRow(OTHER, LibraryRow(Entry("质量指标", "合 格率"))),)).entry
        store.undo(renamed.seq)
    with Store.open(path) as store:
        assert store.library_rows() == (GONE, OTHER)
        store.apply("忘记", (SetLibraryRow(OTHER, None),))
        assert store.library_rows() == (GONE,)
        assert store.summaries() == ()


@pytest.mark.parametrize("change", [SetLibraryRow(KEPT, GONE), SetLibraryRow(None, GONE), SetLibraryRow(OTHER, None)])
def test_that_a_row_that_is_not_what_it_was_is_not_written(tmp_path: Path, change: SetLibraryRow) -> None:
    with Store.create(tmp_path / "库.jixiao") as store:
        store.apply("移出", (SetLibraryRow(None, GONE),))
        with pytest.raises(ValueError, match="library"):
            store.apply("改", (change,))
        assert store.library_rows() == (GONE,)


def test_that_a_row_nobody_could_have_written_is_a_kept_one(tmp_path: Path) -> None:
    path = tmp_path / "库.jixiao"
    Store.create(path).close()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("INSERT INTO library VALUES ('数量指标', '次数', '≥1次', 'sideways', '', 0, NULL)")
        connection.commit()
    with Store.open(path) as store:
        assert store.library_rows() == (LibraryRow(Entry("数量指标", "次数", "≥1次")),)


def test_that_many_rows_are_one_gesture_and_are_taken_back_in_one(tmp_path: Path) -> None:
    rows = tuple(LibraryRow(Entry("数量指标", f"次数{number}")) for number in range(900))
    with Store.create(tmp_path / "库.jixiao") as store:
        done = store.apply("导入", tuple(SetLibraryRow(None, row) for row in rows)).entry
        assert store.library_rows() == rows
        store.undo(done.seq)
        assert store.library_rows() == ()
        store.redo(done.seq)
        assert len(store.library_rows()) == 900
