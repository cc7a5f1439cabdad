"""From parsed arguments to an exit code: 0 is done, 1 is refused with a message on stderr and nothing changed."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable
from typing import TextIO

from model.errors import UserError

Say = Callable[[str], None]
"""Writes one line for the person or the program that reads along."""

Verb = Callable[[argparse.Namespace, Say, Say], None]
"""Does the work: the arguments, what goes to stdout, what goes to stderr. Raises UserError when it refuses."""


def run(arguments: argparse.Namespace) -> int:
    """Carry out one verb (:func:`storage.batch.arguments.parse`) and return the exit code."""
    try:
        _verb(arguments.verb)(arguments, _to(sys.stdout), _to(sys.stderr))
        sys.stdout.flush()
    except UserError as error:
        _to(sys.stderr)(str(error))
        return 1
    except BrokenPipeError:
        # whoever read along has gone (a pipe into head); without this Python complains again as it flushes at exit
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    return 0


def _verb(name: str) -> Verb:
    """Only what the verb needs is imported: the engine and the workbook take longer than --help takes to read."""
    match name:
        case "import":
            from storage.batch.import_verb import import_files  # noqa: PLC0415 see above

            return import_files
        case "export":
            from storage.batch.export_verb import export_store  # noqa: PLC0415 see above

            return export_store
        case "check":
            from storage.batch.check_verb import check_store  # noqa: PLC0415 see above

            return check_store
        case _:
            from storage.batch.score_verb import score_store  # noqa: PLC0415 see above

            return score_store


def _to(stream: TextIO) -> Say:
    def say(line: str) -> None:
        stream.write(f"{line}\n")

    return say
