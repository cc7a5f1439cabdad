"""How often something is called: what a test holds to instead of a time."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import CodeType, FrameType


def counted(code: CodeType, work: Callable[[], object]) -> int:
    """How often a function is called while something is done."""
    calls = 0

    def count(frame: FrameType, event: str, _: object) -> None:
        nonlocal calls
        calls += event == "call" and frame.f_code is code

    sys.setprofile(count)
    try:
        work()
    finally:
        sys.setprofile(None)
    return calls
