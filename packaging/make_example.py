"""Makes resources/example.jixiao from the published forms; the same forms give the same records, ids and times."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from hashlib import sha256
from itertools import count
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from storage.importing.plan import plan_import, read_files  # noqa: E402 the path comes first
from storage.store.journal import JournalKind  # noqa: E402
from storage.store.sqlite import Store  # noqa: E402

FORMS = ROOT / "tests" / "fixtures" / "forms"
EXAMPLE = ROOT / "resources" / "example.jixiao"
_MADE_AT = datetime(2026, 11, 21, tzinfo=UTC)


def make_example(path: Path) -> int:
    """Write the example store to ``path``, over the one that stands there; the number of forms in it."""
    numbers = count(1)
    forms = read_files(sorted(FORMS.glob("*.json")))
    plan = plan_import(None, forms, next_id=lambda: sha256(f"example {next(numbers)}".encode()).hexdigest()[:32])
    path.unlink(missing_ok=True)
    with Store.create(path, now=lambda: _MADE_AT) as store:
        # a remark, not a gesture: nobody wants Ctrl+Z to empty the example
        store.apply(plan.label, plan.changes, JournalKind.NOTE)
    path.chmod(0o644)  # a store is for its owner's eyes; this one is for everybody's
    return len(plan.lines)


if __name__ == "__main__":
    sys.stdout.write(f"{EXAMPLE.relative_to(ROOT)}: {make_example(EXAMPLE)} forms\n")
