"""What is being typed lies beside the store, private, whole or not at all, and nothing of it is ever dropped unseen."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from model.changes import InsertIndicator, SetField
from model.errors import UserError
from model.records import Form, Indicator
from storage.files import atomic
from storage.store import drafts
from storage.store.drafts import Draft, DraftError, drafts_path

TEXT = Draft("p", (SetField("p", Form.DECLARATION, "p", "annual_goal", "", "保障信息系统\n安全运行“稳定”"),))
LINE = Draft("p", (InsertIndicator("p", Form.DECLARATION, 0, Indicator("n", "产出指标", "数量指标", "巡检")),))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "绩效.jixiao"


def test_that_what_was_kept_is_read_again_as_it_was(path: Path) -> None:
    drafts.write(path, (TEXT, LINE))
    assert drafts.read(path) == (TEXT, LINE)


def test_that_nothing_to_keep_takes_the_file_away(path: Path) -> None:
    drafts.write(path, (TEXT,))
    drafts.write(path, ())
    assert drafts.read(path) == ()
    assert list(path.parent.iterdir()) == []


@pytest.mark.skipif(os.name == "nt", reason="Windows has no mode bits")
def test_that_only_its_owner_may_read_it(path: Path) -> None:
    drafts.write(path, (TEXT,))
    assert stat.S_IMODE(drafts_path(path).stat().st_mode) == 0o600


@pytest.mark.skipif(os.name == "nt", reason="links need a right of their own on Windows")
def test_that_it_lies_beside_the_store_a_link_points_to(path: Path, tmp_path: Path) -> None:
    path.touch()
    folder = tmp_path / "桌面"
    folder.mkdir()
    link = folder / "link.jixiao"
    link.symlink_to(path)
    drafts.write(link, (TEXT,))
    assert drafts.read(path) == (TEXT,)


def test_that_what_was_kept_stays_when_the_disk_takes_no_more(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    drafts.write(path, (TEXT,))

    def refuse(_: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(atomic, "flush", refuse)
    with pytest.raises(UserError, match="磁盘空间不足"):
        drafts.write(path, (LINE,))
    assert drafts.read(path) == (TEXT,)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe",
        b"[]",
        b"{}",
        b'{"format": "jixiao-drafts/2", "drafts": []}',
        b'{"format": "jixiao-drafts/1", "drafts": [1]}',
        b'{"format": "jixiao-drafts/1", "drafts": [{"project": "p", "gesture": "{}"}]}',
        b'{"format": "jixiao-drafts/1", "drafts": [{"project": "p", "gesture": "[]"}]}',
        b"[" * 100_000,
    ],
)
def test_that_a_file_that_is_none_of_drafts_is_told_and_kept_under_another_name(path: Path, content: bytes) -> None:
    drafts_path(path).write_bytes(content)
    with pytest.raises(DraftError) as caught:
        drafts.read(path)
    assert caught.value.kept is not None
    assert caught.value.kept.read_bytes() == content
    assert drafts.read(path) == ()


def test_that_a_second_file_that_cannot_be_read_does_not_replace_the_first_one_kept(path: Path) -> None:
    kept = []
    for content in (b"of a later version", b"of one later still"):
        drafts_path(path).write_bytes(content)
        with pytest.raises(DraftError) as caught:
            drafts.read(path)
        kept.append(caught.value.kept)
    assert [one.read_bytes() for one in kept if one is not None] == [b"of a later version", b"of one later still"]


def test_that_a_draft_of_another_project_than_it_says_is_none(path: Path) -> None:
    drafts.write(path, (Draft("q", TEXT.changes),))
    with pytest.raises(DraftError):
        drafts.read(path)


def test_that_a_pipe_in_its_place_is_not_read(path: Path) -> None:
    if hasattr(os, "mkfifo"):
        os.mkfifo(drafts_path(path))
        assert drafts.read(path) == ()


def test_that_a_file_that_cannot_be_renamed_is_told_where_it_is(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    drafts_path(path).write_bytes(b"x")

    def refuse(*_: object) -> Path:
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(DraftError) as caught:
        drafts.read(path)
    assert caught.value.kept is None
