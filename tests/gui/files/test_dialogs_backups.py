"""恢复备份, by keyboard, on real stores with real backups."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

import storage.store.backups
from gui.document.document import Document
from gui.files.backups import RestoreDialog
from model.errors import UserError
from storage.store.backups import backup_folder, list_backups
from storage.store.sqlite import Store
from tests.gui.dialogs import (
    enter,
    escape,
    focus,
    is_open,
    names,
    opened,
    press,
    rename,
    saved,
    shown,
    was_accepted,
)


@pytest.fixture
def changed(document: Document) -> Document:
    """Backed up twice as it was given, and then changed."""
    assert document.store is not None
    document.store.back_up("打开文件")
    document.store.back_up("手动备份")
    rename(document, "改过的名称")
    return document


def path_of(document: Document) -> Path:
    assert document.store is not None
    return document.store.path


def texts(dialog: RestoreDialog, row: int) -> list[str]:
    items = (dialog.table.item(row, column) for column in range(dialog.table.columnCount()))
    return [item.text() for item in items if item is not None]


def spoil_newest(document: Document) -> None:
    newest = list_backups(path_of(document))[0]
    newest.path.write_bytes(newest.path.read_bytes()[:-1] + b"?")


def test_that_a_store_without_backups_says_so_and_enter_closes(tmp_path: Path, qtbot: QtBot) -> None:
    Store.create(tmp_path / "新.jixiao").close()
    with opened(tmp_path / "新.jixiao") as document:
        dialog = shown(qtbot, RestoreDialog(document))
        assert dialog.message.text.startswith("还没有备份")
        assert not dialog.accept_button.isEnabled()
        assert focus() is dialog.close_button
        enter(qtbot)
        assert not is_open(dialog)


def test_that_the_backups_are_listed_newest_first_with_what_they_hold(changed: Document, qtbot: QtBot) -> None:
    dialog = shown(qtbot, RestoreDialog(changed))
    assert focus() is dialog.table
    assert dialog.table.rowCount() == 2
    assert texts(dialog, 0)[1:3] == ["25 个", "1 步"]
    assert texts(dialog, 0)[4] == "手动备份（第 2 份）"
    assert texts(dialog, 1)[4] == "打开文件（第 1 份）"
    assert dialog.table.currentRow() == 0


def test_that_enter_brings_the_chosen_backup_back_and_says_so(changed: Document, qtbot: QtBot) -> None:
    on_screen = saved(changed).id
    dialog = shown(qtbot, RestoreDialog(changed))
    with qtbot.waitSignal(dialog.restored) as told:
        enter(qtbot)
    assert was_accepted(dialog)
    assert "改过的名称" not in names(changed, 2026)
    assert len(names(changed, 2026)) == 10
    assert saved(changed).id == on_screen
    assert told.args == ["已恢复第 2 份备份：现有 25 个项目（恢复前 25 个，在第 3 份备份里）。"]


def test_that_the_state_before_is_kept_and_can_be_brought_back(changed: Document, qtbot: QtBot) -> None:
    enter_on(shown(qtbot, RestoreDialog(changed)), qtbot)
    dialog = shown(qtbot, RestoreDialog(changed))
    row = next(row for row in range(dialog.table.rowCount()) if "恢复备份之前" in texts(dialog, row)[4])
    press(qtbot, Qt.Key.Key_Down, times=row)
    enter(qtbot)
    assert was_accepted(dialog)
    assert "改过的名称" in names(changed, 2026)


def enter_on(dialog: RestoreDialog, qtbot: QtBot) -> None:
    enter(qtbot)
    assert was_accepted(dialog)


def test_that_an_older_backup_is_chosen_with_the_arrow_keys(changed: Document, qtbot: QtBot) -> None:
    dialog = shown(qtbot, RestoreDialog(changed))
    press(qtbot, Qt.Key.Key_Down)
    with qtbot.waitSignal(dialog.restored) as told:
        enter(qtbot)
    assert told.args is not None
    assert told.args[0].startswith("已恢复第 1 份备份")


def test_that_editing_and_undo_go_on_after_a_restore(changed: Document, qtbot: QtBot) -> None:
    enter_on(shown(qtbot, RestoreDialog(changed)), qtbot)
    rename(changed, "恢复之后")
    assert "恢复之后" in names(changed, 2026)
    changed.undo_stack.undo()
    assert "恢复之后" not in names(changed, 2026)


def test_that_escape_restores_nothing(changed: Document, qtbot: QtBot) -> None:
    dialog = shown(qtbot, RestoreDialog(changed))
    escape(qtbot)
    assert not is_open(dialog)
    assert "改过的名称" in names(changed, 2026)
    assert len(list_backups(path_of(changed))) == 2


def test_that_a_spoilt_backup_is_refused_in_the_dialog_and_the_store_is_open_as_it_was(
    changed: Document, qtbot: QtBot
) -> None:
    on_screen = saved(changed).id
    spoil_newest(changed)
    dialog = shown(qtbot, RestoreDialog(changed))
    enter(qtbot)
    assert is_open(dialog)
    assert "与写入时不一致" in dialog.message.text
    assert "改过的名称" in names(changed, 2026)
    assert saved(changed).id == on_screen
    rename(changed, "继续编辑")
    assert "继续编辑" in names(changed, 2026)


def test_that_another_backup_can_be_chosen_after_one_was_refused(changed: Document, qtbot: QtBot) -> None:
    spoil_newest(changed)
    dialog = shown(qtbot, RestoreDialog(changed))
    enter(qtbot)
    row = next(row for row in range(dialog.table.rowCount()) if "第 1 份" in texts(dialog, row)[4])
    dialog.table.selectRow(0)
    press(qtbot, Qt.Key.Key_Down, times=row)
    enter(qtbot)
    assert was_accepted(dialog)
    assert "改过的名称" not in names(changed, 2026)


def test_that_a_backup_that_is_gone_is_refused_and_no_longer_listed(changed: Document, qtbot: QtBot) -> None:
    dialog = shown(qtbot, RestoreDialog(changed))
    list_backups(path_of(changed))[0].path.unlink()
    enter(qtbot)
    assert is_open(dialog)
    assert dialog.message.isVisible()
    assert "手动备份" not in "".join(texts(dialog, 0))
    assert changed.store is not None


def test_that_the_store_is_open_again_even_after_a_bug(
    changed: Document, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def crash(*_: object) -> None:
        raise RuntimeError("a bug")

    monkeypatch.setattr(storage.store.backups, "restore", crash)
    dialog = shown(qtbot, RestoreDialog(changed))
    with qtbot.capture_exceptions() as bugs:
        enter(qtbot)
    assert [kind for kind, _, _ in bugs] == [RuntimeError]
    assert is_open(dialog)
    assert "改过的名称" in names(changed, 2026)


def test_that_a_store_that_cannot_be_opened_again_is_told_beside_the_first_problem(
    changed: Document, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise UserError("文件正被另一台电脑使用。")

    spoil_newest(changed)
    dialog = shown(qtbot, RestoreDialog(changed))
    monkeypatch.setattr(Store, "open", refuse)
    enter(qtbot)
    assert is_open(dialog)
    assert "与写入时不一致" in dialog.message.text
    assert "文件正被另一台电脑使用。" in dialog.message.text
    assert changed.store is None
    monkeypatch.undo()
    press(qtbot, Qt.Key.Key_Down)
    enter(qtbot)  # an older one can be restored all the same
    assert was_accepted(dialog)
    assert "改过的名称" not in names(changed, 2026)


def test_that_a_backup_folder_that_is_no_folder_is_an_empty_list(document: Document, qtbot: QtBot) -> None:
    backup_folder(path_of(document)).write_text("")
    dialog = shown(qtbot, RestoreDialog(document))
    assert dialog.table.rowCount() == 0
    assert dialog.message.isVisible()
