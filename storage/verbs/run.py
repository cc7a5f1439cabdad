"""From parsed arguments to an exit code.

0 is done, 1 is refused with a message on stderr and nothing changed, 70 (EX_SOFTWARE) a mistake of the program's own.
"""

from __future__ import annotations

import argparse
import logging
import sys
import traceback
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TextIO

from model.errors import UserError
from storage.files.log_file import log_path
from storage.files.traces import report
from storage.verbs.standard_input import STANDARD
from storage.verbs.streams import Say

LOG = logging.getLogger("jixiao")

Verb = Callable[[argparse.Namespace, Say, Say], None]
"""Does the work: the arguments, what goes to stdout, what goes to stderr. Raises UserError when it refuses."""

INTERRUPTED = 130
BUG = 70
_SPEAKS_WHEN_DONE = ("import", "export", "library")


class OutputError(Exception):
    """What is said reaches nobody: the disk behind a stream is full, or whoever read along has gone."""


def run(arguments: argparse.Namespace) -> int:
    """Carry out one verb (:func:`storage.verbs.arguments.parse`) and return the exit code."""
    try:
        _verb(arguments.verb)(arguments, _to(sys.stdout), _to(sys.stderr))
        _flush(sys.stdout)
    except UserError as error:
        _complain(str(error))
        return 1
    except OutputError as error:
        if not isinstance(error.__cause__, BrokenPipeError):  # a pipe into head is meant to close early
            _complain("结果没有写完：输出的位置写不进去（例如磁盘已满）。")
        is_done = arguments.verb in _SPEAKS_WHEN_DONE and getattr(arguments, "out", None) != STANDARD
        return 0 if is_done else 1
    except KeyboardInterrupt:
        _complain("已中断。")
        return INTERRUPTED
    except Exception as error:  # noqa: BLE001 the last boundary: a clerk is told in a sentence, not in a trace
        LOG.critical("a bug in the verb %s\n%s", arguments.verb, report(error))
        _complain(_mistake(error))
        if arguments.traceback:
            _complain(report(error))
        return BUG
    return 0


def _verb(name: str) -> Verb:
    """Only what the verb needs is imported: the engine and the workbook take longer than --help takes to read."""
    match name:
        case "import":
            from storage.verbs.import_verb import import_files  # noqa: PLC0415 see above

            return import_files
        case "export":
            from storage.verbs.export_verb import export_store  # noqa: PLC0415 see above

            return export_store
        case "check":
            from storage.verbs.check_verb import check_store  # noqa: PLC0415 see above

            return check_store
        case "library":
            from storage.verbs.library_verb import exchange_library  # noqa: PLC0415 see above

            return exchange_library
        case "read":
            from storage.verbs.read_verb import read_values  # noqa: PLC0415 see above

            return read_values
        case _:
            from storage.verbs.score_verb import score_store  # noqa: PLC0415 see above

            return score_store


def _to(stream: TextIO) -> Say:
    def say(line: str) -> None:
        try:
            stream.write(f"{line}\n")
        except OSError as error:
            raise OutputError from error

    return say


def _flush(stream: TextIO) -> None:
    try:
        stream.flush()
    except OSError as error:
        raise OutputError from error


def _complain(sentence: str) -> None:
    with suppress(OutputError):
        _to(sys.stderr)(sentence)


def _mistake(error: Exception) -> str:
    """A mistake of the program's own, with the place in it for the maintainers and no text of any form."""
    place = traceback.extract_tb(error.__traceback__)[-1]
    where = f"{type(error).__name__}，{Path(place.filename).name} 第 {place.lineno} 行"
    safe = "绩效文件中已保存的内容完好无损"
    return f"程序内部出错，没有完成（{where}）；{safe}。请把本提示和日志“{log_path()}”交给维护人员。"
