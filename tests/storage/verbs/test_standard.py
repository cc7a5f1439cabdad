"""``-`` for the standard streams, and stores that may only be read."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from storage.store.sqlite import Store
from storage.verbs import standard_input
from tests.storage.builders import fingerprint, new_store, project

Verb = Callable[..., tuple[int, str, str]]
Feed = Callable[[bytes], None]


@pytest.fixture
def feed(monkeypatch: pytest.MonkeyPatch) -> Feed:
    """Puts bytes into the standard input."""

    def put(data: bytes) -> None:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data), encoding="utf-8"))

    return put


@pytest.fixture
def read_only(tmp_path: Path) -> Iterator[Path]:
    """A store in a folder nobody may write into."""
    folder = tmp_path / "光盘"
    folder.mkdir()
    new_store(folder / "绩效.jixiao", project()).close()
    (folder / "绩效.jixiao").chmod(0o444)
    folder.chmod(0o555)
    yield folder / "绩效.jixiao"
    folder.chmod(0o755)


def test_that_forms_are_imported_from_the_standard_input(verb: Verb, feed: Feed, given_store: Path) -> None:
    _, text, err = verb("export", "--store", given_store, "--out", "-", "--year", "2022")
    assert err == ""
    document = json.loads(text)
    assert len(document["forms"]) == 7
    feed(text.encode())
    code, out, err = verb("import", "--store", given_store.with_name("neu.jixiao"), "-")
    assert (code, err, len(out.splitlines())) == (0, "", 7)


@pytest.mark.parametrize("name", ["out.xlsx", "out.json"])
@pytest.mark.parametrize("what", ["check", "score"])
def test_that_a_file_of_forms_is_checked_and_scored_from_the_standard_input(
    verb: Verb, feed: Feed, given_store: Path, tmp_path: Path, name: str, what: str
) -> None:
    verb("export", "--store", given_store, "--out", tmp_path / name)
    feed((tmp_path / name).read_bytes())
    code, out, err = verb(what, "--store", "-", "--json")
    assert (code, err) == (0, "")
    stored = json.loads(verb(what, "--store", given_store, "--json")[1])
    key = "findings" if what == "check" else "evaluations"
    assert len(json.loads(out)[key]) == len(stored[key])


def test_that_a_store_is_read_from_the_standard_input(verb: Verb, feed: Feed, given_store: Path) -> None:
    expected = verb("check", "--store", given_store)[1]
    feed(given_store.read_bytes())
    code, out, err = verb("check", "--store", "-")
    assert (code, err) == (0, "")
    assert out == expected


def test_that_what_a_foreign_workbook_leaves_open_is_told_on_the_way(verb: Verb, feed: Feed) -> None:
    feed((Path(__file__).parent.parent.parent / "fixtures" / "cases" / "B11-dashes.xlsx").read_bytes())
    code, _, err = verb("score", "--store", "-")
    assert code == 0
    assert "D8“—”" in err


@pytest.mark.parametrize(
    ("arguments", "data", "said"),
    [
        (("import", "--store", "s.jixiao", "-", "-"), b"x", "只能写一次"),
        (("import", "--store", "s.jixiao", "-"), b"", "标准输入是空的"),
        (("import", "--store", "s.jixiao", "-"), b"no form", "文件“标准输入.json”：不是有效的 JSON"),
        (("check", "--store", "-"), b"PK\x03\x04", "标准输入.xlsx"),
        (("check", "--store", "-"), b"SQLite format 3\x00", "标准输入.jixiao"),
    ],
)
def test_that_a_wrong_standard_input_is_refused_in_a_sentence(
    verb: Verb, feed: Feed, tmp_path: Path, arguments: tuple[str, ...], data: bytes, said: str
) -> None:
    feed(data)
    arguments = tuple(str(tmp_path / one) if one == "s.jixiao" else one for one in arguments)
    code, out, err = verb(*arguments)
    assert (code, out) == (1, "")
    assert said in err
    assert list(tmp_path.iterdir()) == []


def test_that_an_import_needs_a_named_store(verb: Verb, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "x.json").write_text('{"format": "jixiao-forms/1", "forms": []}', encoding="utf-8")
    (tmp_path / "-").mkdir()
    code, _, err = verb("import", "--store", "-", "x.json")
    assert code == 1
    assert "请写明绩效文件" in err


def test_that_a_program_without_a_standard_input_says_so(verb: Verb, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    code, _, err = verb("check", "--store", "-")
    assert code == 1
    assert "没有标准输入可读" in err


def test_that_too_much_is_not_read(verb: Verb, feed: Feed, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(standard_input, "_LIMIT", 10)
    feed(b"x" * 11)
    code, _, err = verb("score", "--store", "-")
    assert code == 1
    assert "没有读取" in err


def test_that_a_list_without_forms_is_told(verb: Verb, tmp_path: Path) -> None:
    (tmp_path / "空.json").write_text('{"format": "jixiao-forms/1", "forms": []}', encoding="utf-8")
    code, out, err = verb("import", "--store", tmp_path / "s.jixiao", tmp_path / "空.json")
    assert (code, out) == (0, "")
    assert err == "文件“空.json”里没有表，没有可以导入的内容。\n"


def test_that_a_store_in_a_folder_that_may_only_be_read_is_checked_scored_and_exported(
    verb: Verb, read_only: Path, tmp_path: Path
) -> None:
    before = fingerprint(read_only.parent)
    for arguments in (
        ("check", "--store", read_only),
        ("score", "--store", read_only),
        ("export", "--store", read_only, "--out", tmp_path / "out.xlsx"),
        ("export", "--store", read_only, "--out", tmp_path / "out.json"),
    ):
        code, _, err = verb(*arguments)
        assert (code, err) == (0, "")
    assert fingerprint(read_only.parent) == before
    code, _, err = verb("import", "--store", read_only, tmp_path / "out.json")
    assert code == 1
    assert "只读" in err


def test_that_a_store_another_program_has_open_is_not_read_as_a_copy(verb: Verb, read_only: Path) -> None:
    read_only.parent.chmod(0o755)
    read_only.chmod(0o644)
    with Store.open(read_only):
        read_only.chmod(0o444)
        code, _, err = verb("check", "--store", read_only)
    assert code == 1
    assert "打开" in err
