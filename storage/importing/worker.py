"""The process that reads one foreign file or text: asked on its standard input, it answers on the output and ends."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from model.errors import UserError
from storage.files.traces import report
from storage.foreign.plain_text import forms_of_pasted
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
        out.write(dumped(_reply(asked)))
    return 0


def _reply(asked: Mapping[str, Any]) -> Reply:
    """The forms of the file at a ``path`` or of a ``text``; with a ``page``, which counts from 1, its picture."""
    try:
        if "text" in asked:
            return Reply(Ending.READ, forms_of_pasted(asked["text"]))
        path, page = Path(asked["path"]), asked.get("page")
        if page:
            from storage.pdf.picture import page_picture  # noqa: PLC0415 brings pdfium: only for such files

            return Reply(Ending.READ, picture=page_picture(path, page))
        return Reply(Ending.READ, read_file(path))
    except UserError as error:
        return Reply(Ending.REFUSED, text=str(error))
    except MemoryError:
        return Reply(Ending.MEMORY)
    except BaseException as error:  # noqa: BLE001 the one boundary: what parsers raise has no end; one in Rust panics
        return Reply(Ending.BROKEN, text=report(error))
