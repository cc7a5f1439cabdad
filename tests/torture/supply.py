"""Where the program's packages come from: locked with hashes, installed as locked, none with a known hole or a GPL.

Nothing is asked of a network: the holes are those known when this was written; ``pip-audit --strict`` on a computer
that reaches an index knows the newer ones.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from tests.torture.tally import Run, Tally

_ROOT = Path(__file__).parent.parent.parent
_LOCKS = ("requirements", "requirements-dev", "requirements-windows")
_FLOORS = ("gui", "model", "storage", "main.py")
_DANGEROUS = "S102,S104,S301,S302,S307,S310,S312,S313,S314,S317,S318,S319,S323,S501,S506,S602,S604,S605"
_ENTRY = re.compile(
    r"^([A-Za-z0-9._-]+)==([^\s;\\]+)(?:\s*;([^\\\n]*))?((?:\s*\\\n\s+--hash=sha256:[0-9a-f]{64})*)", re.M
)
_NAMED = re.compile(r"^[A-Za-z0-9][A-Za-z0-9._-]*")
_GPL = re.compile(r"\bA?GPL|(?<!Lesser )General Public License|Affero", re.I)

# the first version without the hole, and what it is called
HOLES = {
    "cryptography": ("42.0.4", "CVE-2024-26130"),
    "lxml": ("4.9.1", "CVE-2022-2309"),
    "openpyxl": ("2.4.2", "CVE-2017-5992"),
    "pdfminer-six": ("20251107", "CVE-2025-64512"),
    "pillow": ("10.3.0", "CVE-2024-28219"),
    "pydantic": ("2.4.0", "CVE-2024-3772"),
    "pygments": ("2.15.0", "CVE-2022-40896"),
    "pyinstaller": ("5.13.1", "CVE-2023-49797"),
    "python-docx": ("0.8.6", "CVE-2016-5851"),
    "setuptools": ("78.1.1", "CVE-2025-47273"),
    "sqlalchemy": ("1.3.0", "CVE-2019-7164"),
}


@dataclass(frozen=True, slots=True)
class Locked:
    """One package of a lock: its version, on which systems, and how many files of it are known by hash."""

    version: str
    marker: str
    hashes: int


def look_at_what_is_locked(run: Run) -> Tally:
    """Every package of every lock, and the source for what may not be called in it."""
    del run
    tally = Tally()
    locks = {name: _read(name, "lock") for name in _LOCKS}
    program = locked(locks[_LOCKS[0]])
    for name, text in locks.items():
        packages = locked(text)
        with tally.fault():
            for problem in (*lock_problems(text, _wanted(name)), *_differences(program, packages)):
                tally.note("other", f"{name}: {problem}")
        tally.faults += len(packages) - 1
        for problem in _installed_otherwise(packages) if name == _LOCKS[1] else ():
            tally.note("other", f"{name}: {problem}")
    for package in program:
        with tally.fault():
            if problem := licence_problem(package, _licences(package)):
                tally.note("other", problem)
    with tally.fault():
        for problem in called(*(_ROOT / floor for floor in _FLOORS)):
            tally.note("other", problem)
    tally.count("packages", len({package for text in locks.values() for package in locked(text)}))
    return tally


def look_at_what_was_planted(run: Run) -> Tally:
    """The control: an old version, a package without a hash, one of another version, a GPL, and a call of ``eval``."""
    tally = Tally()
    text, wanted = _read(_LOCKS[0], "lock"), _wanted(_LOCKS[0])
    bad = run.folder / "bad.py"
    bad.write_text("import pickle\n\n\ndef f(x):\n    return pickle.loads(eval(x))\n", "utf-8")
    hashes = f" \\\n    --hash=sha256:{'0' * 64}"
    for problems in (
        lock_problems(f"pillow==9.0.0{hashes}\n{text}", wanted),
        lock_problems(f"{text}nothing==1.0\n", wanted),
        lock_problems(text, f"{wanted}missing==1.0\n"),
        filter(None, [licence_problem("readline", ["GPL-3.0-or-later"])]),
        called(bad),
    ):
        with tally.fault():
            for problem in list(problems)[:1]:
                tally.note("other", problem)
    return tally


def locked(text: str) -> Mapping[str, Locked]:
    """The packages of a lock by their names."""
    return {
        name.lower().replace("_", "-").replace(".", "-"): Locked(version, marker.strip(), hashes.count("--hash="))
        for name, version, marker, hashes in _ENTRY.findall(text)
    }


def lock_problems(text: str, wanted: str) -> Iterator[str]:
    """What is wrong with a lock: a package without a hash, an old one, or one that is wanted and not there."""
    packages = locked(text)
    for name, one in packages.items():
        if not one.hashes:
            yield f"{name} {one.version} has no hash"
        first, hole = HOLES.get(name, ("0", ""))
        if _figures(one.version) < _figures(first):
            yield f"{name} {one.version} has {hole}, mended in {first}"
    for line in wanted.splitlines():
        match = _NAMED.match(line)
        if match is None:
            continue
        name, _, version = line.strip().lower().partition("==")
        found = packages.get(name.replace("_", "-").replace(".", "-"))
        if found is None or (version and found.version != version):
            yield f"{line.strip()} is wanted, {found.version if found else 'nothing'} is locked"


def licence_problem(name: str, licences: list[str]) -> str:
    """Why a package may not be shipped, "" when it may: one of the licences it can be had under is no GPL."""
    offered = [one.strip(" ()") for licence in licences for one in re.split(r"\bOR\b|\||\n", licence) if one.strip()]
    if not offered:
        return f"{name} does not say under which licence it is"
    return "" if any(not _GPL.search(one) for one in offered) else f"{name} is under {', '.join(offered)}"


def called(*places: Path) -> Iterator[str]:
    """Calls that read or run what came from outside as a program, also where the source says that this is meant."""
    command = [sys.executable, "-m", "ruff", "check", "--isolated", "--ignore-noqa", "--no-cache", "--output-format"]
    done = subprocess.run(
        [*command, "concise", "--select", _DANGEROUS, *map(str, places)], capture_output=True, text=True, check=False
    )
    if done.returncode not in (0, 1) or done.stderr.strip():
        yield f"ruff ended with {done.returncode}: {done.stderr.strip()[:200]}"
    yield from (line for line in done.stdout.splitlines() if re.search(r": S\d{3} ", line))


def _differences(program: Mapping[str, Locked], other: Mapping[str, Locked]) -> Iterator[str]:
    """Packages of the program that another lock has in another version."""
    for name, one in program.items():
        if name in other and other[name].version != one.version:
            yield f"{name} is {other[name].version}, and {one.version} in the program"


def _installed_otherwise(packages: Mapping[str, Locked]) -> Iterator[str]:
    """Packages that are installed here in another version than the locked one."""
    for name, one in packages.items():
        try:
            found = metadata.version(name)
        except metadata.PackageNotFoundError:
            if not one.marker:
                yield f"{name} is locked and not installed"
            continue
        if _figures(found) != _figures(one.version):
            yield f"{name} is installed as {found}, locked as {one.version}"


def _licences(package: str) -> list[str]:
    about = metadata.metadata(package)
    said = [one for name in ("License-Expression", "License") for one in about.get_all(name) or []]
    return [
        *(one.splitlines()[0] for one in said if one),
        *(one for one in about.get_all("Classifier") or [] if one.startswith("License ::")),
    ]


def _figures(version: str) -> tuple[int, ...]:
    figures = [int(part) for part in re.findall(r"\d+", version)]
    while figures and figures[-1] == 0:
        figures.pop()
    return tuple(figures)


def _wanted(name: str) -> str:
    """What a lock was made of, with what that takes in."""
    text = _read(name, "in")
    return "".join((text, *map(_wanted, re.findall(r"^-r (.*)\.in$", text, re.M))))


def _read(name: str, kind: str) -> str:
    return (_ROOT / "packaging" / f"{name}.{kind}").read_text("utf-8")
