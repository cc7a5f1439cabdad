"""``-`` for a file: what another program writes into this one, kept in a file of its own while it is needed."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from model.errors import UserError
from storage.files.reasons import reason

STANDARD = Path("-")
"""The name that stands for the standard input or output."""

_LIMIT = 512 * 1024 * 1024
_KINDS = ((b"SQLite format 3\x00", ".jixiao"), (b"PK\x03\x04", ".xlsx"), (b"", ".json"))


@contextmanager
def received(path: Path) -> Iterator[Path]:
    """The file at a path; for ``-`` one with what the standard input brings, called by what it is.

    Raises UserError when there is no standard input, or nothing in it.
    """
    if path != STANDARD:
        yield path
        return
    data = _read()
    suffix = next(suffix for start, suffix in _KINDS if data.startswith(start))
    with TemporaryDirectory() as folder:
        file = Path(folder) / f"标准输入{suffix}"
        try:
            file.write_bytes(data)
        except OSError as error:
            raise UserError(f"无法暂存标准输入的内容：{reason(error)}。\n没有做任何改动。") from error
        yield file


def _read() -> bytes:
    if sys.stdin is None:
        raise UserError("没有标准输入可读。\n没有做任何改动。请写明文件名。")
    try:
        data = sys.stdin.buffer.read(_LIMIT + 1)
    except OSError as error:
        raise UserError(f"无法读取标准输入：{reason(error)}。\n没有做任何改动。") from error
    if not data:
        raise UserError("标准输入是空的。\n没有做任何改动。")
    if len(data) > _LIMIT:
        raise UserError(f"标准输入超过 {_LIMIT // 1024 // 1024} MB，没有读取。\n没有做任何改动。")
    return data
