"""A store whose bytes were changed: it is refused, or says the same as before, or says that it does not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

from model.errors import UserError
from storage.store import digests
from storage.store.sqlite import Store
from tests.torture.stores import NAME, Clerk, answered, new_store
from tests.torture.tally import Run, Tally

_PAGE = 4096
_HEADER = 100
_GESTURES = 60


@dataclass(frozen=True, slots=True)
class Said:
    """What a store said when it was opened and read: refused, warned, its content by parts, or what broke."""

    content: dict[str, str]
    is_told: bool
    bug: str = ""


def damage_a_store(run: Run) -> Tally:
    """Flip bits, change figures, empty, swap and cut pages, and read all that can be read."""
    return _damage(run)


def damage_without_digests(run: Run) -> Tally:
    """The control: the same with the digests unread; only figures and letters are changed."""
    digests.differs = lambda kept, found: False
    return _damage(run, only_figures=True)


def _damage(run: Run, *, only_figures: bool = False) -> Tally:
    tally, chance = Tally(), Random(run.seed)
    path = new_store(run.folder / "store")
    with Store.open(path, backing_up=False) as store:
        clerk = Clerk(store, Random(5))
        for _ in range(_GESTURES):
            clerk.act()
    good = path.read_bytes()
    whole = answered(lambda: _said(path))
    assert whole is not None
    assert not whole.is_told
    for number in range(run.count):
        what, content = _figure(good, chance) if only_figures else _mutated(good, chance)
        path.write_bytes(content)
        path.with_name(f"{NAME}-journal").unlink(missing_ok=True)
        where = f"mutation {number} ({what}) of seed {run.seed}"
        with tally.fault():
            said = answered(lambda: _said(path), patience=30.0)
            _judge(tally, whole, said, where)
            if said is not None and not said.content and path.read_bytes() != content:
                tally.note("other", f"{where}: a refused file was changed")
        tally.count(what)
    return tally


def _judge(tally: Tally, whole: Said, said: Said | None, where: str) -> None:
    if said is None:
        tally.note("other", f"{where}: no answer within 30 seconds, or ended by a signal")
    elif said.bug:
        tally.note("other", f"{where}: {said.bug}")
    elif said.is_told:
        tally.count("refused or told")
    elif said.content == whole.content:
        tally.count("says the same")
    else:
        wrong = sorted(part for part in whole.content if whole.content[part] != said.content[part])
        tally.note("corrupt", f"{where}: {', '.join(wrong)} wrong without a word")


def _said(path: Path) -> Said:
    try:
        with Store.open(path, backing_up=False) as store:
            told = bool(store.taken_in) or any(_spoilt(store))
            while store.refresh_summaries().left:
                pass
            content = {"projects": repr(store.projects()), "settings": repr(store.settings())}
            content["list"] = repr(store.summaries())
            content["journal"] = repr(store.journal(10**6))
            return Said(content, told)
    except UserError:
        return Said({}, is_told=True)
    except Exception as error:  # noqa: BLE001 this is what is looked for
        return Said({}, is_told=False, bug=f"{type(error).__name__}: {error}")


def _spoilt(store: Store) -> Iterator[bool]:
    """Whether projects are not as they were written; lines of the list are marked to be counted anew meanwhile."""
    looked = store.look_at()
    yield bool(looked.spoilt)
    while looked.last is not None:
        looked = store.look_at(looked.last)
        yield bool(looked.spoilt)


def _mutated(good: bytes, chance: Random) -> tuple[str, bytes]:
    """What was done, and the bytes it left."""
    kind, pages = chance.random(), len(good) // _PAGE
    content = bytearray(good)
    page = chance.randrange(pages) * _PAGE
    if kind < 0.55:
        place = page + chance.randrange(_PAGE) if kind < 0.5 else chance.randrange(_HEADER)
        content[place] ^= 1 << chance.randrange(8)
        return "bit", bytes(content)
    if kind < 0.75:
        return _figure(good, chance)
    if kind < 0.81:
        content[page : page + _PAGE] = bytes(_PAGE)
        return "page emptied", bytes(content)
    if kind < 0.87:
        other = chance.randrange(pages) * _PAGE
        content[page : page + _PAGE], content[other : other + _PAGE] = (
            good[other : other + _PAGE],
            good[page : page + _PAGE],
        )
        return "pages swapped", bytes(content)
    if kind < 0.93:
        return "cut", good[: chance.randrange(len(good))]
    if kind < 0.97:
        place = chance.randrange(len(good) - 512)
        content[place : place + 512] = bytes(512)
        return "sector emptied", bytes(content)
    return "appended", good + chance.randbytes(chance.randrange(1, 2 * _PAGE))


def _figure(good: bytes, chance: Random) -> tuple[str, bytes]:
    """A figure or a letter of some text is another one."""
    content = bytearray(good)
    places = [found.start() for found in re.finditer(rb"[0-9]{2}|[\xe4-\xe9][\x80-\xbf]{2}", good)]
    place = chance.choice(places)
    if good[place] < 0x80:
        content[place] = 48 + (good[place] - 47) % 10
    else:
        content[place + 2] = 0x80 + (good[place + 2] - 0x7F) % 0x40
    return "figure or letter", bytes(content)
