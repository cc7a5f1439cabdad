"""The process that reads one foreign file: asked on its standard input, it answers on its standard output and ends."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

from model.errors import UserError
from storage.files.traces import report
from storage.guard.codec import Ending, Reply, dumped
from storage.guard.limits import limit_this_process
from storage.importing.readers import read_file


def serve() -> int:
    """Read the file that is asked for and write the reply. Nothing else ever gets onto the standard output."""
    answer = os.dup(1)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (1, 2):
        os.dup2(nowhere, stream)
    limit_this_process()
    asked = json.loads(sys.stdin.buffer.readline())
    with os.fdopen(answer, "wb") as out:
        out.write(dumped(_reply(Path(asked["path"]), asked["page"])))
    return 0


def _reply(path: Path, page: int = 0) -> Reply:
    """The forms of a file, or with a ``page``, which counts from 1, its picture."""
    try:
        if page:
            from storage.pdf.picture import page_picture  # noqa: PLC0415 brings pdfium: only for such files

            return Reply(Ending.READ, picture=page_picture(path, page))
        return Reply(Ending.READ, read_file(path))
    except UserError as error:
        return Reply(Ending.REFUSED, text=str(error))
    except MemoryError:
        return Reply(Ending.MEMORY)
    except Exception as error:  # noqa: BLE001 the one boundary: what parsers raise for broken files has no end
        return Reply(Ending.BROKEN, text=report(error))
