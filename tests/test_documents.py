"""What code and documents cite is there: every file, every § and every heading; and docs/store.md is the schema."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from storage.store.migrations import expected_schema

ROOT = Path(__file__).parent.parent
NAMED_ELSEWHERE = {"10-one", "wp4h_perf_phase_amount_20260926"}  # a page a test makes, a source in another repository
CITATION = re.compile(r"(?P<file>[\w-]+(?:\.[\w-]+)*)\.md|§ ?(?P<number>\d+(?:\.\d+)*)|\.md, \"(?P<heading>[^\"]+)\"")
NUMBERED = re.compile(r"^#+ (\d+(?:\.\d+)*)[. ]", re.MULTILINE)
HEADING = re.compile(r"^#+ (?:[\d.]+ )?(.+)$", re.MULTILINE)


FOLDERS = ("model", "storage", "gui", "tests", "packaging")
CODE = [ROOT / "main.py", *(path for folder in FOLDERS for path in sorted((ROOT / folder).rglob("*.py")))]
DOCUMENTS = {path.stem.lower(): path for path in (*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md"))}
HEADINGS = {name: NUMBERED.findall(path.read_text(encoding="utf-8")) for name, path in DOCUMENTS.items()}


def wrong_citations(text: str, default: str = "domain") -> Iterator[str]:
    """What leads nowhere. A § without a file is one of the file named last before it in the same paragraph."""
    for paragraph in re.split(r"\n\s*\n|\"\"\"", text):
        name = default
        for found in CITATION.finditer(paragraph):
            if found["file"]:
                name = found["file"].lower()
                if name not in DOCUMENTS and name not in NAMED_ELSEWHERE:
                    yield f"{found[0]} is not in the repository"
            elif found["number"] and found["number"] not in HEADINGS.get(name, ()):
                yield f"{name}.md has no §{found['number']}"
        for cited, heading in re.findall(r"([\w-]+)\.md, \"([^\"]+)\"", paragraph):
            document = DOCUMENTS.get(cited.lower())
            if document and heading not in HEADING.findall(document.read_text(encoding="utf-8")):
                yield f"{cited}.md has no heading “{heading}”"


def test_that_every_document_and_paragraph_that_is_cited_is_there() -> None:
    """What is cited belongs into docs/: a newcomer has nothing else."""
    citing = {*CODE, *DOCUMENTS.values()} - {Path(__file__)}
    found = {path: list(wrong_citations(path.read_text("utf-8"), _default(path))) for path in citing}
    assert {path.relative_to(ROOT).as_posix(): wrong for path, wrong in found.items() if wrong} == {}


def test_that_every_test_a_document_names_is_there() -> None:
    tests = "\n".join(path.read_text("utf-8") for path in CODE if path.name.startswith("test_"))
    known = set(re.findall(r"^def (test_\w+)", tests, re.MULTILINE))
    named = {path: re.findall(r"`(test_that_\w+)`", path.read_text("utf-8")) for path in DOCUMENTS.values()}
    assert any(named.values())
    assert {path.name: set(names) - known for path, names in named.items() if set(names) - known} == {}


def _default(path: Path) -> str:
    """What a § without a file is one of: a document's own, or the domain."""
    return path.stem.lower() if path.parent.name == "docs" else "domain"


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("as in domain.md §5.8 and §2", 0),
        ("of §6.3", 0),
        ("reliability.md §6.2", 0),
        ("reliability.md §9.9", 1),
        ("§99", 1),
        ("see elsewhere" + ".md", 1),
        ('ARCHITECTURE.md, "No such' + ' heading"', 1),
    ],
)
def test_that_a_citation_that_leads_nowhere_is_seen(text: str, wrong: int) -> None:
    assert len(list(wrong_citations(text))) == wrong


def test_that_the_tables_of_the_store_are_described_column_by_column() -> None:
    document = (ROOT / "docs" / "store.md").read_text(encoding="utf-8")
    described = {
        name: re.findall(r"`(\w+)`", "".join(re.findall(r"^\|(.+?)\|", section, re.MULTILINE)))
        for name, section in re.findall(r"^#+ [\d.]+ `(\w+)`\n(.*?)(?=^#|\Z)", document, re.MULTILINE | re.DOTALL)
    }
    tables = {name: sql for kind, name, sql in expected_schema() if kind == "table" and not name.startswith("sqlite_")}
    columns = {
        name: re.findall(r"(?:\(|, )\s*\"?(\w+)\"? (?:TEXT|INTEGER|BLOB)", sql.partition(" STRICT")[0])
        for name, sql in tables.items()
    }
    assert described == columns
