"""Names for new records, given before they are written and never used twice."""

from __future__ import annotations

from uuid import uuid4


def new_id() -> str:
    """A new id for a project or an indicator line: 32 hexadecimal digits."""
    return uuid4().hex
