"""Asking a process of its own to read a foreign file or text; it is ended when it takes too much, or is cancelled.

Source: reliability.md §4.
"""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread
from time import monotonic
from typing import IO

from model.errors import CancelledError, UserError
from storage.guard import READING
from storage.guard.codec import Ending, Reply, loaded
from storage.guard.limits import MEGABYTE, MEMORY, PATIENCE, SECONDS, hold
from storage.guard.picture import Picture
from storage.interchange.imported import ImportedForm
from storage.interchange.source import NOTHING_DONE

LOG = logging.getLogger("jixiao")

_ROOT = Path(__file__).parent.parent.parent
_MOST_REPLY = 64 * MEGABYTE
_EACH = 1 / 20
"""How often it is asked whether the person still wants it, in seconds."""
_TOO_LATE = (-24, 1816)
"""What a process ends with whose processor time is up: SIGXCPU, and ERROR_NOT_ENOUGH_QUOTA of Windows."""
_ADVICE = "请确认它是绩效表的文件；可以用WPS或Office打开，只保留绩效表，另存为新文件后重试。"


def read_guarded(path: Path, is_cancelled: Callable[[], bool]) -> tuple[ImportedForm, ...]:
    """The forms of one file, read by a process of its own.

    Raises UserError when the file is refused, broken, or takes more than the limits; CancelledError within a
    fraction of a second after ``is_cancelled`` says so.
    """
    return _answered({"path": str(path.absolute())}, f"“{path}”", is_cancelled).forms


def pasted_guarded(text: str, what: str, is_cancelled: Callable[[], bool]) -> tuple[ImportedForm, ...]:
    """The forms of a pasted text, which sentences call ``what``; raises as :func:`read_guarded` does."""
    return _answered({"text": text}, what, is_cancelled).forms


def picture_guarded(path: Path, page: int, is_cancelled: Callable[[], bool]) -> Picture:
    """The picture of a page of a PDF, which counts from 1; raises as :func:`read_guarded` does."""
    picture = _answered({"path": str(path.absolute()), "page": page}, f"“{path}”", is_cancelled).picture
    assert picture is not None
    return picture


def _answered(question: Mapping[str, object], what: str, is_cancelled: Callable[[], bool]) -> Reply:
    """What was read, where it could be; ``what`` is what sentences call the source."""
    with TemporaryDirectory(prefix="jixiao-") as folder:
        data, code = _asked(question, Path(folder), is_cancelled)
    reply = loaded(data) if code == 0 else None
    if reply is None:
        raise UserError(_ended(what, code, len(data)))
    match reply.ending:
        case Ending.READ:
            return reply
        case Ending.REFUSED:
            raise UserError(reply.text)
        case Ending.MEMORY:
            raise UserError(_too_much(what))
        case Ending.BROKEN:
            LOG.error("a foreign file could not be read\n%s", reply.text)
            raise UserError(f"无法读取{what}：文件已损坏，或含有不能识别的内容。\n{_ADVICE}{NOTHING_DONE}")


def _asked(question: Mapping[str, object], folder: Path, is_cancelled: Callable[[], bool]) -> tuple[bytes, int | None]:
    """What the process wrote, and how it ended: None when it had to be stopped."""
    process = subprocess.Popen(  # noqa: S603 this program itself
        _command(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=folder,
        env=_surroundings(folder),
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )
    job = listener = None
    try:
        job = hold(int(getattr(process, "_handle", 0)))
        assert process.stdin is not None
        assert process.stdout is not None
        received: list[bytes] = []
        talk = (process.stdin, process.stdout, question, received)
        listener = Thread(target=_talk, args=talk, daemon=True)  # a process that starts slowly keeps it waiting, too
        listener.start()
        end = monotonic() + PATIENCE
        while listener.is_alive():
            listener.join(_EACH)
            if is_cancelled():
                raise CancelledError
            if monotonic() > end:
                return b"", None
        return b"".join(received), process.wait(PATIENCE)
    finally:
        process.kill()
        process.wait()
        if job is not None:
            job.close()
        if listener is not None:
            listener.join()  # its pipes have no other end any more
        for stream in (process.stdin, process.stdout):
            if stream is not None:
                _close(stream)


def _ask(stream: IO[bytes], question: Mapping[str, object]) -> None:
    try:
        stream.write(json.dumps(question).encode("ascii") + b"\n")
        stream.close()
    except OSError:  # it is gone already: how it ended says why
        LOG.info("the reading process did not take its question")


def _talk(
    to_process: IO[bytes], from_process: IO[bytes], question: Mapping[str, object], received: list[bytes]
) -> None:
    _ask(to_process, question)
    received.append(from_process.read(_MOST_REPLY + 1))


def _close(stream: IO[bytes]) -> None:
    try:
        stream.close()
    except OSError:
        LOG.warning("a pipe of the reading process could not be closed")


def _command() -> list[str]:
    if getattr(sys, "frozen", False):
        return [sys.executable, READING]
    return [sys.executable, str(_ROOT / "main.py"), READING]


def _surroundings(folder: Path) -> dict[str, str]:
    """The environment, with a folder of its own for whatever it leaves when it is killed."""
    return {**os.environ, **dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(folder)), "PYTHONIOENCODING": "utf-8"}


def _ended(what: str, code: int | None, length: int) -> str:
    """Why there is no reply, in words."""
    if code is None or code in _TOO_LATE:
        return f"读取{what}超过{SECONDS + 1}秒还没有读完，已经停止。\n{_ADVICE}{NOTHING_DONE}"
    if code == 0 and length > _MOST_REPLY:
        return _too_much(what)
    LOG.error("the process that read a foreign file ended with %s", code)
    return f"无法读取{what}：读它的程序中途停止了，文件多半已损坏，或含有异常的内容。\n{_ADVICE}{NOTHING_DONE}"


def _too_much(what: str) -> str:
    return f"读取{what}需要的内存超过{MEMORY // MEGABYTE}MB，已经停止。\n{_ADVICE}{NOTHING_DONE}"
