"""A power cut: what is written, flushed and renamed is recorded, cut anywhere; what was not flushed is lost or torn.

Two models of a file system: one whose names are as safe as a flush of their folder makes them, and one, as Windows has
it, whose names are safe with the flush of any file.
"""

from __future__ import annotations

import os
import shutil
import struct
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from random import Random

from model.errors import UserError
from storage.store import backups, engine
from storage.store.sqlite import Store
from tests.torture.stores import NAME, Clerk, contradictions, last_entry, new_store
from tests.torture.tally import Run, Tally

ACKS = "acknowledged"
_SECTOR = 512
_HEAD = struct.Struct("<cHQI")
_ACK = struct.Struct("<qq")
_EDITS = 60
_BACKUP_EACH = 20


@dataclass(frozen=True, slots=True)
class Call:
    """One call: ``C`` made, ``W`` written, ``T`` cut or grown, ``S`` flushed, ``D`` a folder flushed, ``U`` removed,
    ``R`` renamed, ``M`` a folder made.
    """

    kind: str
    name: str
    offset: int
    data: bytes


def cut_the_power(run: Run) -> Tally:
    """Cut while gestures and backups are written by the store as it ships."""
    return _cut(run, safe=True)


def cut_without_flushing(run: Run) -> Tally:
    """The control: the same with ``synchronous=OFF``."""
    return _cut(run, safe=False)


def worker(folder: Path, *, safe: bool) -> None:
    """Edit a store in a folder that is recorded; what is acknowledged is written beside it."""
    if not safe:
        engine.PRAGMAS = tuple(
            (name, "OFF", 0) if name == "synchronous" else (name, value, read) for name, value, read in engine.PRAGMAS
        )
    told = os.open(folder / ACKS, os.O_CREAT | os.O_WRONLY, 0o600)
    sequence = 0
    with Store.open(folder / NAME, backing_up=False) as store:
        clerk = Clerk(store, Random(7))
        for number in range(1, _EDITS + 1):
            entry = clerk.act()
            if number % _BACKUP_EACH == 0:
                sequence = store.back_up(backups.BY_HAND).sequence
            os.pwrite(told, _ACK.pack(entry, sequence), 0)


def _cut(run: Run, *, safe: bool) -> Tally:
    recorded = run.folder / "recorded"
    path = new_store(recorded)
    start = {NAME: path.read_bytes()}
    calls = _recorded(recorded, run.folder / "calls", safe=safe)
    tally, chance = Tally(), Random(run.seed)
    tally.count("recorded calls", len(calls))
    for number, is_windows in enumerate((False, True)):
        points = sorted(chance.randrange(1, len(calls) + 1) for _ in range((run.count + 1 - number) // 2))
        disk, done, acked, sequence = Disk(start, is_windows=is_windows), 0, 0, 0
        for point in points:
            for call in calls[done:point]:
                if call.name != ACKS:
                    disk.do(call)
                elif call.kind == "W":
                    acked, sequence = _ACK.unpack(call.data)
            done = point
            with tally.fault():
                left = run.folder / "left"
                disk.after_cut(chance, left)
                _look(tally, left / NAME, acked, sequence, f"cut at call {point} of seed {run.seed}")
    return tally


def _look(tally: Tally, path: Path, acked: int, sequence: int, where: str) -> None:
    try:
        with Store.open(path, backing_up=False) as store:
            if last_entry(store) < acked:
                tally.note("lost", f"{where}: entry {acked} was acknowledged, {last_entry(store)} is the last")
            for problem in contradictions(store):
                tally.note("corrupt", f"{where}: {problem}")
    except UserError as error:
        tally.note("corrupt", f"{where}: {error}")
    listed = backups.list_backups(path)
    if any(not backups._is_as_written(one) for one in listed):
        tally.note("corrupt", f"{where}: a backup is listed that is not what was written")
    if sequence > max((one.sequence for one in listed), default=0):
        tally.note("lost", f"{where}: backup {sequence} was acknowledged and is not there")


def _recorded(folder: Path, log: Path, *, safe: bool) -> list[Call]:
    surroundings = {**os.environ, "LD_PRELOAD": str(library(log.parent)), "TORTURE_FOLDER": str(folder)}
    command = [sys.executable, "-m", "tests.torture.worker", "power", str(folder), "safe" if safe else "unsafe"]
    subprocess.run(command, env=surroundings | {"TORTURE_LOG": str(log)}, check=True)
    return list(_calls(log.read_bytes(), folder))


def library(folder: Path) -> Path:
    """The recording and failing device, compiled for this computer. Raises OSError or CalledProcessError."""
    made, source = folder / "device.so", Path(__file__).with_name("device.c")
    if not made.exists():
        command = ["cc", "-O1", "-shared", "-fPIC", "-o", str(made), str(source), "-ldl"]
        subprocess.run(command, check=True)
    return made


def _calls(log: bytes, folder: Path) -> Iterator[Call]:
    at = 0
    while at < len(log):
        kind, length, offset, size = _HEAD.unpack_from(log, at)
        at += _HEAD.size
        names = log[at : at + length].decode().split("|")
        at += length
        data = log[at : at + size] if kind == b"W" else b""
        at += len(data)
        yield Call(kind.decode(), "|".join(os.path.relpath(name, folder) for name in names), offset, data)


@dataclass(slots=True)
class _File:
    """What is safe of a file, and what was done to it since the last flush."""

    safe: bytearray = field(default_factory=bytearray)
    since: list[Call] = field(default_factory=list)


class Disk:
    """What a disk holds for certain, and what is only on its way there."""

    def __init__(self, files: dict[str, bytes], *, is_windows: bool) -> None:
        self._is_windows = is_windows
        self._names = {name: _File(bytearray(content)) for name, content in files.items()}
        self._safe_names = dict(self._names)
        self._pending: list[tuple[Call, _File | None]] = []
        self._folders = {"."}

    def do(self, call: Call) -> None:
        """Take one call."""
        match call.kind:
            case "M":
                self._folders.add(call.name)
            case "C":
                self._names[call.name] = _File()
                self._pending.append((call, self._names[call.name]))
            case "U":
                self._names.pop(call.name, None)
                self._pending.append((call, None))
            case "R":
                before, after = call.name.split("|")
                if before in self._names:
                    self._names[after] = self._names.pop(before)
                    self._pending.append((call, self._names[after]))
            case "W" | "T":
                if call.name in self._names:
                    self._names[call.name].since.append(call)
            case "S":
                self._flush(call.name)
            case _:
                if not self._is_windows:
                    self._keep(lambda name: str(PurePosixPath(name).parent) == call.name)

    def after_cut(self, chance: Random, folder: Path) -> None:
        """Write what may be left after a cut now: some of the names, and any of the sectors that were not flushed."""
        shutil.rmtree(folder, ignore_errors=True)
        for name in self._folders:
            (folder / name).mkdir(parents=True, exist_ok=True)
        names = dict(self._safe_names)
        for call, file in self._pending[: chance.randrange(len(self._pending) + 1)]:
            _rename(names, call, file)
        survives = chance.choice((0.0, 0.1, 0.5, 0.9, 1.0))
        for name, file in names.items():
            content = bytearray(file.safe)
            for call in file.since:
                for part in _sectors(call):
                    if chance.random() < survives:
                        _write(content, part)
            (folder / name).write_bytes(content)
            (folder / name).chmod(0o600)

    def _flush(self, name: str) -> None:
        file = self._names.get(name)
        if file is None:
            return
        for call in file.since:
            _write(file.safe, call)
        file.since.clear()
        self._keep((lambda _: True) if self._is_windows else (lambda other: other == name))

    def _keep(self, is_safe: Callable[[str], bool]) -> None:
        """Make the pending names safe that a flush brings with it."""
        for call, file in list(self._pending):
            if any(is_safe(name) for name in call.name.split("|")):
                _rename(self._safe_names, call, file)
                self._pending.remove((call, file))


def _rename(names: dict[str, _File], call: Call, file: _File | None) -> None:
    before, *after = call.name.split("|")
    if file is None or after:
        names.pop(before, None)
    if file is not None:
        names[after[0] if after else before] = file


def _sectors(call: Call) -> Iterator[Call]:
    if call.kind == "T":
        yield call
        return
    at = 0
    while at < len(call.data):
        end = min(len(call.data), ((call.offset + at) // _SECTOR + 1) * _SECTOR - call.offset)
        yield Call("W", call.name, call.offset + at, call.data[at:end])
        at = end


def _write(content: bytearray, call: Call) -> None:
    if len(content) < call.offset:
        content.extend(bytes(call.offset - len(content)))
    if call.kind == "T":
        del content[call.offset :]
    else:
        content[call.offset : call.offset + len(call.data)] = call.data
