"""Files nobody should send: fuzzed ones of every kind, and hostile ones, through the guard of the importer."""

from __future__ import annotations

import io
import json
import os
import sqlite3
import sys
import tempfile
import zipfile
from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path
from random import Random

import xlwt
from docx import Document
from PySide6.QtGui import QGuiApplication

from model.errors import UserError
from model.settings import Settings
from storage.excel import export_workbook
from storage.guard.codec import Ending, Reply, loaded
from storage.guard.limits import SECONDS
from storage.guard.process import read_guarded
from storage.importing import worker
from storage.importing.plan import plan_import
from storage.interchange.writing import write_forms
from storage.store.sqlite import Store
from tests.storage.pdf.drawn_pdf import draw, printed
from tests.storage.word.test_word import add_sheet
from tests.torture.stores import NAME, answered, contradictions, forked, new_store, some_projects
from tests.torture.tally import Run, Tally

_PUBLISHED = Path(__file__).parent.parent / "fixtures" / "published" / "declarations-2025-exchange-centre.txt"
_PACKAGES = {".xlsx", ".docx"}
_PASTED = ".pasted"
"""Stands for a text that is pasted: no file is read then."""

_MEGABYTE = 2**20

Answer = tuple[Reply | None, int, float]
"""What the reading process answered, None when there is nothing, how it ended, and the processor seconds it took."""


def read_broken_files(run: Run) -> Tally:
    """Hostile files through the whole guard, then fuzzed ones through the very function the reading process runs.

    What is read nevertheless has to go into a store, which has to be whole afterwards.
    """
    tally = Tally()
    for path in _hostile(run.folder) if run.piece == 0 else ():
        with tally.fault():
            try:
                read_guarded(path, lambda: False)
                tally.note("other", f"{path.name} was read")
            except UserError:
                tally.count("hostile files refused")
    return _fuzz(run, tally, lambda path: _asked(path, worker.serve))


def read_them_naively(run: Run) -> Tally:
    """The control: a reader of JSON that takes what comes."""
    return _fuzz(run, Tally(), lambda path: _asked(path, _naive), kinds={".json"})


def _naive() -> int:
    asked = json.loads(sys.stdin.buffer.readline())
    json.loads(Path(asked["path"]).read_bytes())["forms"][0]["project"]["name"].strip()
    os._exit(3)


def _fuzz(run: Run, tally: Tally, ask: Callable[[Path], Answer], kinds: set[str] | None = None) -> Tally:
    chance = Random(run.seed)
    answered(lambda: _make_seeds(run.folder / "seeds"))
    seeds = [path for path in sorted((run.folder / "seeds").iterdir()) if kinds is None or path.suffix in kinds]
    store = new_store(run.folder / "store")
    for number in range(run.count):
        seed = seeds[number % len(seeds)]
        path = run.folder / f"fuzzed{seed.suffix}"
        content = _mutated(seed, chance)
        path.write_bytes(content)
        where = f"{seed.suffix} {number} of seed {run.seed}"
        with tally.fault():
            reply, code, seconds = ask(path)
            _judge(tally, reply, code, seconds, where)
            if path.read_bytes() != content:
                tally.note("corrupt", f"{where}: the file itself was changed")
            if reply is not None and reply.ending is Ending.READ:
                problems = answered(partial(_brought, store, reply))
                for problem in ("bringing it in gave no answer",) if problems is None else problems:
                    tally.note("other", f"{where}: {problem}")
    return tally


def _judge(tally: Tally, reply: Reply | None, code: int, seconds: float, where: str) -> None:
    if seconds > SECONDS + 2:
        tally.note("other", f"{where}: {seconds:.1f} s of processor time")
    if reply is None and code >= 0:
        tally.note("other", f"{where}: an error nobody put into words, code {code}")
    elif reply is None:
        tally.count("ended by its limits or a signal, which is told")
    else:
        tally.count(reply.ending.value)


def _brought(path: Path, reply: Reply) -> tuple[str, ...]:
    """What is wrong after the forms of a reply went into a store, and were taken back."""
    with Store.open(path, backing_up=False) as store:
        plan = plan_import(store, reply.forms)
        if not plan.changes:
            return ()
        entry = store.apply(plan.label, plan.changes).entry
        problems = list(contradictions(store))
        write_forms(path.with_name("again.json"), store.projects(), Settings())
        store.undo(entry.seq)
        return tuple(problems)


def _asked(path: Path, serve: Callable[[], int]) -> Answer:
    """Ask what would be asked of the reading process, of a fork of this one."""
    question, asking = os.pipe()
    reading, answer = os.pipe()

    def work() -> None:
        for descriptor in (asking, reading):
            os.close(descriptor)
        os.dup2(question, 0)
        os.dup2(answer, 1)
        os.close(answer)
        sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115 it ends with the process
        tempfile.tempdir = str(path.parent)
        serve()

    child = forked(work)
    for descriptor in (question, answer):
        os.close(descriptor)
    pasted = {"text": path.read_bytes().decode("utf-8", "surrogateescape")} if path.suffix == _PASTED else None
    with os.fdopen(asking, "wb") as out:
        out.write(json.dumps(pasted or {"path": str(path)}).encode() + b"\n")
    with os.fdopen(reading, "rb") as source:
        received = source.read()
    _, status, used = os.wait4(child, 0)
    code = os.waitstatus_to_exitcode(status)
    return loaded(received) if code == 0 else None, code, used.ru_utime + used.ru_stime


def _make_seeds(folder: Path) -> bool:
    """A sound file of each kind."""
    folder.mkdir()
    projects = some_projects()[:1]
    export_workbook(folder / "seed.xlsx", projects, Settings(), draft=True)
    write_forms(folder / "seed.json", projects, Settings())
    for suffix in (".txt", _PASTED):
        (folder / f"seed{suffix}").write_text(_PUBLISHED.read_text("utf-8")[:6000], "utf-8")
    new_store(folder / "made").rename(folder / "seed.jixiao")
    (folder / "made").rmdir()
    document = Document()
    book = xlwt.Workbook()
    for number, sheet in enumerate(printed(projects)):
        add_sheet(document, sheet)
        page = book.add_sheet(f"表{number}")
        for cell in sheet.cells:
            last = cell.row + cell.row_span - 1, cell.column + cell.column_span - 1
            page.write_merge(cell.row, last[0], cell.column, last[1], cell.text)
    document.save(str(folder / "seed.docx"))
    book.save(str(folder / "seed.xls"))
    application = QGuiApplication(["seeds", "-platform", "offscreen"])
    draw(folder / "seed.pdf", printed(projects))
    application.quit()
    return True


def _mutated(seed: Path, chance: Random) -> bytes:
    content = seed.read_bytes()
    if seed.suffix in _PACKAGES and chance.random() < 0.75:
        return _with_another_part(content, chance)
    return _scrambled(content, chance)


def _with_another_part(content: bytes, chance: Random) -> bytes:
    """A package with the text of one part scrambled, left out, or doubled."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        names = old.namelist()
        chosen, kind = chance.choice(names), chance.random()
        for name in names:
            part = old.read(name)
            if name == chosen and kind < 0.1:
                continue
            new.writestr(name, _scrambled(part, chance) if name == chosen and kind >= 0.2 else part)
    return made.getvalue()


def _scrambled(content: bytes, chance: Random) -> bytes:
    """Some bytes changed, moved, doubled, blown up or cut off."""
    scrambled = bytearray(content)
    for _ in range(chance.choice((1, 1, 3, 20))):
        place = chance.randrange(len(scrambled) or 1)
        length = chance.choice((1, 4, 60))
        match chance.randrange(6):
            case 0:
                scrambled[place : place + 1] = bytes((chance.randrange(256),))
            case 1:
                del scrambled[place : place + length]
            case 2:
                scrambled[place:place] = scrambled[place : place + length] * chance.choice((1, 2, 500))
            case 3:
                scrambled[place:place] = chance.choice(
                    (b"9" * 400, b"<", b"\x00", b"[" * 3000, "\ud7ff\u0000".encode())
                )
            case 4:
                other = chance.randrange(len(scrambled) or 1)
                scrambled[place : place + length] = scrambled[other : other + length]
            case _:
                scrambled = scrambled[:place] if chance.random() < 0.1 else scrambled
    return bytes(scrambled)


def _hostile(folder: Path) -> list[Path]:
    """Files made to harm whoever reads them."""
    place = folder / "hostile"
    place.mkdir()
    sheet = "xl/worksheets/sheet1.xml"
    for name, part in {
        "unpacks without end.xlsx": [b" " * _MEGABYTE] * 300,
        "merged all over.xlsx": [
            b"<mergeCells>",
            *[b'<mergeCell ref="A1:XFD1048576"/>' * 1000] * 400,
            b"</mergeCells>",
        ],
        "entities.xlsx": [b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><worksheet>&b;</worksheet>'],
    }.items():
        with zipfile.ZipFile(place / name, "w", zipfile.ZIP_DEFLATED) as package:
            package.writestr("[Content_Types].xml", "<Types/>")
            with package.open(sheet, "w") as out:
                for piece in part:
                    out.write(piece)
    (place / "nested.json").write_bytes(b'{"format":"jixiao-forms/1","forms":' + b"[" * 2_000_000)
    (place / "endless.pdf").write_bytes(
        b"%PDF-1.7\n1 0 obj<</Type/Pages/Kids[1 0 R]/Count 99999999>>endobj\ntrailer<</Root 1 0 R>>"
    )
    path = new_store(place / "made")
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("DROP TABLE summary")
        connection.execute(
            "CREATE VIEW summary AS WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT x FROM n"
        )
    path.rename(place / "endless view.jixiao")
    return [one for one in sorted(place.iterdir()) if one.is_file() and one.name != NAME]
