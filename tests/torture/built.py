"""What SQLite says of how it is set, and which parsers read foreign files: as decided, or it may not ship.

The self-test of a frozen program reports the same, and ``packaging/check_selftest.py`` judges both.
"""

from __future__ import annotations

import runpy
from pathlib import Path

from storage.excel.reader import IS_DEFUSED
from storage.store import engine
from storage.store.sqlite import Store
from tests.torture.stores import new_store
from tests.torture.tally import Run, Tally

_JUDGE = Path(__file__).parent.parent.parent / "packaging" / "check_selftest.py"


def read_back(run: Run) -> Tally:
    """Open a store, write to it, and judge what it says."""
    tally = Tally()
    judge = runpy.run_path(str(_JUDGE))["guard_complaints"]
    with tally.fault(), Store.open(new_store(run.folder / "store")) as store:
        pragmas = store.pragmas()
        for complaint in judge({"sqlite": engine.SQLITE_VERSION, "is_defused": IS_DEFUSED, "pragmas": pragmas}):
            tally.note("other", complaint)
    tally.count("pragmas", len(pragmas))
    return tally


def read_back_what_is_wrong(run: Run) -> Tally:
    """The control: a store whose commits are not flushed."""
    engine.PRAGMAS = tuple(
        (name, "OFF", 0) if name == "synchronous" else (name, value, read) for name, value, read in engine.PRAGMAS
    )
    return read_back(run)
