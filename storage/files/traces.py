"""What may be told of a bug: kinds, places and the program's own words, but no text of any form (reliability.md §7).

The message of an exception can hold anything: ``int("…")`` quotes what was typed, a KeyError is its key, a database
error lists the row. So only those words of a message are kept that stand in the program itself.
"""

from __future__ import annotations

import logging
import platform
import traceback
from collections.abc import Iterator
from types import TracebackType
from typing import Any

from model import __version__

_SHORTEST_WORD = 4
_STRUCK_OUT = "…"
_BETWEEN = {
    True: "\nThe above exception was the direct cause of the following exception:\n",
    False: "\nDuring handling of the above exception, another exception occurred:\n",
}


def report(error: BaseException) -> str:
    """Versions and trace of a bug, with everything it came from; safe to be logged and sent."""
    about = f"jixiao {__version__} · {platform.platform()} · Python {platform.python_version()}"
    return f"{about}\n\n{trace(error)}"


def trace(error: BaseException) -> str:
    """The trace of an exception and of those it came from, oldest first, without a text of any form."""
    parts: list[str] = []
    seen: set[int] = set()
    link: BaseException | None = error
    while link is not None and id(link) not in seen:
        seen.add(id(link))
        frames = "".join(traceback.format_tb(link.__traceback__))
        parts.insert(0, f"Traceback (most recent call last):\n{frames}{_last_line(link)}")
        before = link.__cause__ or (None if link.__suppress_context__ else link.__context__)
        if before is not None and id(before) not in seen:
            parts.insert(0, _BETWEEN[link.__cause__ is not None])
        link = before
    return "\n".join(parts)


class SafeFormatter(logging.Formatter):
    """Formats what a log keeps; the traces in it are those of :func:`trace`."""

    def formatException(self, ei: Any) -> str:  # noqa: N802 the name logging calls
        """The trace of ``sys.exc_info()`` without a text of any form."""
        return trace(ei[1])


def _last_line(error: BaseException) -> str:
    kind = type(error)
    name = (
        kind.__qualname__ if kind.__module__ in {"builtins", "__main__"} else f"{kind.__module__}.{kind.__qualname__}"
    )
    codes = [f"[{code}]" for code in (_code(error, "sqlite_errorname"), _code(error, "errno")) if code]
    return " ".join((f"{name}:", *codes, _own_words(error))).rstrip(": ")


def _code(error: BaseException, name: str) -> str:
    value = getattr(error, name, None)
    return f"{name} {value}" if isinstance(value, int) else str(value or "")


def _own_words(error: BaseException) -> str:
    """The message with everything struck out that no line of the program along the trace could have written."""
    try:
        message = str(error)
    except Exception:  # noqa: BLE001 a message that cannot be made is no reason to lose the report
        return ""
    is_own = bytearray(len(message))
    for word in _words_along(error.__traceback__):
        start = message.find(word)
        while start >= 0:
            is_own[start : start + len(word)] = b"\x01" * len(word)
            start = message.find(word, start + len(word))
    kept = ""
    for character, own in zip(message, is_own, strict=True):
        if own:
            kept += character
        elif not kept.endswith(_STRUCK_OUT):
            kept += _STRUCK_OUT
    return kept


def _words_along(place: TracebackType | None) -> Iterator[str]:
    for frame, _ in traceback.walk_tb(place):
        code = frame.f_code
        for word in (*code.co_consts, *code.co_names):
            if isinstance(word, str) and len(word) >= _SHORTEST_WORD:
                yield word
