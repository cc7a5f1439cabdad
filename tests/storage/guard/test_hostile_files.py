"""Hostile and broken files: each is told in a sentence, and what the guard allows is never passed."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import pytest

from model.errors import UserError
from storage.guard.process import read_guarded
from storage.verbs import parse
from storage.verbs.import_verb import import_files
from tests.storage.guard.hostile_files import HEAVY, QUICK


def is_sentence(text: str) -> bool:
    """Whether a text ends, and says what became of the import."""
    return (
        text.endswith(("。", "）"))
        and "没有导入任何内容" in text
        and any("\u4e00" <= sign <= "\u9fff" for sign in text)
    )


@pytest.mark.parametrize("name", QUICK)
def test_that_a_broken_file_is_refused_in_a_sentence_and_changes_nothing(
    name: str, tmp_path: Path, given_store: Path
) -> None:
    before = sha256(given_store.read_bytes()).digest()
    (tmp_path / "收到的").mkdir()
    path = QUICK[name](tmp_path / "收到的")
    with pytest.raises(UserError) as refusal:
        import_files(parse("import", ["--store", str(given_store), "--", str(path)]), print, print)
    assert is_sentence(str(refusal.value)), str(refusal.value)
    assert sha256(given_store.read_bytes()).digest() == before
    assert [one.name for one in tmp_path.glob("given*")] == [given_store.name]


@pytest.mark.torture
@pytest.mark.parametrize("name", HEAVY)
def test_that_a_bomb_is_refused_within_the_limits(name: str, tmp_path: Path) -> None:
    with pytest.raises(UserError) as refusal:
        read_guarded(HEAVY[name](tmp_path), lambda: False)
    assert is_sentence(str(refusal.value))


@pytest.mark.guarded
@pytest.mark.parametrize("name", ["4 million merged ranges", "a Word document of 12 million empty runs"])
def test_that_a_bomb_of_each_kind_is_stopped_by_the_guard(name: str, tmp_path: Path) -> None:
    with pytest.raises(UserError) as refusal:
        read_guarded(HEAVY[name](tmp_path), lambda: False)
    assert is_sentence(str(refusal.value)), str(refusal.value)
