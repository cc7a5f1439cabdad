"""Writing a file so that the target is always the whole old one or the whole new one (reliability.md 4a, 4e)."""

from __future__ import annotations

import errno
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from model.errors import UserError
from storage.ids import new_id

_ATTEMPTS = 5
_PAUSE_MILLISECONDS = 400
_DAY_NANOSECONDS = 24 * 60 * 60 * 10**9
_NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_READ_ONLY = {errno.EACCES, errno.EPERM, errno.EROFS}


@contextmanager
def replacing(target: Path, *, private: bool = False) -> Iterator[Path]:
    """Give a path beside ``target`` to write to; a body that ends well moves it over ``target``, any other drops it.

    ``private`` keeps the file to its owner's eyes; an export is as open as the folder's other files. The body may read
    the file back and compare before it ends. Raises UserError when the folder cannot be written, the disk is full or
    ``target`` is held open by another program; ``target`` is then untouched.
    """
    clean_leftovers(target.parent)
    beside = temporary_beside(target, private=private)
    try:
        yield beside
        replace_file(beside, target)
    except OSError as error:
        raise write_error(error, target) from error
    finally:
        with suppress(OSError):
            beside.unlink(missing_ok=True)


def temporary_beside(target: Path, *, private: bool) -> Path:
    """Make an empty file in the folder of ``target``, for its owner's eyes only if ``private``. Raises UserError."""
    beside = target.parent / f".~{new_id()}.tmp"
    try:
        os.close(os.open(beside, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600 if private else 0o666))
    except OSError as error:
        raise _folder_error(error, target) from error
    return beside


def replace_file(source: Path, target: Path, pause: Callable[[], None] | None = None) -> None:
    """Bring ``source`` safely to disk and move it over ``target``, patient with programs that hold one of them briefly.

    ``pause`` waits between attempts. Raises UserError when ``target`` stays in use; it is then untouched.
    """
    try:
        flush(source)
        for attempt in range(_ATTEMPTS):
            try:
                os.replace(source, target)
                break
            except PermissionError:
                if attempt == _ATTEMPTS - 1:
                    raise
                (pause or _pause)()
        flush_folder(target.parent)
    except PermissionError as error:
        raise UserError(
            f"文件“{target}”正被 Excel 或其他程序打开，无法替换；原文件完好无损。\n"
            f"请关闭后重试，或另存为“{target.stem}(1){target.suffix}”。"
        ) from error
    except OSError as error:
        raise write_error(error, target) from error


def flush(path: Path) -> None:
    """Wait until a written file is on the disk. Raises OSError."""
    with path.open("r+b") as file:
        os.fsync(file.fileno())


def flush_folder(folder: Path) -> None:
    """Wait until the names in a folder are on the disk; Windows has no such call."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def clean_leftovers(folder: Path) -> None:
    """Remove temporary files of ours that a kill left in a folder more than a day ago."""
    oldest = time.time_ns() - _DAY_NANOSECONDS
    with suppress(OSError):
        for leftover in folder.glob(".~*.tmp*"):
            if leftover.stat().st_mtime_ns < oldest:
                leftover.unlink(missing_ok=True)


def write_error(error: OSError, target: Path) -> UserError:
    """What a failure while writing ``target`` means to the clerk."""
    if error.errno in _NO_ROOM:
        return UserError(f"磁盘空间不足，没有写入“{target}”；原有文件完好无损。\n请清理磁盘空间，或换一个位置后重试。")
    if error.errno in _READ_ONLY:
        return UserError(
            f"没有写入“{target}”的权限；原有文件完好无损。\n请检查文件或文件夹是否只读，或换一个位置后重试。"
        )
    return UserError(
        f"写入“{target}”时出错（系统错误 {error.errno}）；原有文件完好无损。\n请检查磁盘或U盘是否连接正常，然后重试。"
    )


def _folder_error(error: OSError, target: Path) -> UserError:
    if error.errno in _READ_ONLY:
        return UserError(
            f"文件夹“{target.parent}”是只读的，无法写入“{target.name}”。\n请换一个文件夹，或取消只读后重试。"
        )
    if error.errno in (errno.ENOENT, errno.ENOTDIR):
        return UserError(f"文件夹“{target.parent}”不存在，无法写入“{target.name}”。\n请换一个文件夹后重试。")
    return write_error(error, target)


def _pause() -> None:
    time.sleep(_PAUSE_MILLISECONDS / 1000)
