"""Writing a file so that the target is always the whole old one or the whole new one (reliability.md §3.1)."""

from __future__ import annotations

import errno
import hashlib
import os
import platform
import re
import shutil
import stat
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path

from model.errors import UserError
from storage.files.exchange import exchanged, name_between, name_that_stays
from storage.files.hold import is_held_here
from storage.files.ids import new_id
from storage.files.in_use import in_use, is_abandoned
from storage.files.names import refuse_bad_name

_ATTEMPTS = 5
_PAUSE_MILLISECONDS = 400
_DAY_NANOSECONDS = 24 * 60 * 60 * 10**9
_MARK = 8
NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_NO_SUCH_CALL = {errno.EINVAL, errno.ENOTSUP, errno.ENOSYS}
_READ_ONLY = {errno.EACCES, errno.EPERM, errno.EROFS}
# Exactly the names given here: other programs leave files that begin with .~ too, and those are theirs to clean.
_OURS = re.compile(r"\.~[0-9a-f]{32}\.tmp.*")

IsKnown = Callable[[Path], bool]


class OtherFileError(UserError):
    """What lies in the place of a file is not what was to be replaced; it lies there still."""


@contextmanager
def replacing(target: Path, *, private: bool = False, only_over: IsKnown | None = None) -> Iterator[Path]:
    """Give a path beside ``target`` to write to; a body that ends well moves it over ``target``, any other drops it.

    ``private`` keeps the file to its owner's eyes for good; an export is so until it is whole, and then as open as the
    folder's other files. ``only_over`` says of a file whether it may be replaced. The body may read the file back and
    compare before it ends. Raises OtherFileError when what is there may not be replaced, also when it came in the last
    moment, and UserError when the folder cannot be written, the disk is full, ``target`` is a folder, a store that is
    open here, marked read-only or held open by another program; ``target`` is then untouched.
    """
    rights = _rights_of(target)
    clean_leftovers(target.parent)
    beside, usual = temporary_beside(target)
    try:
        with in_use(beside):
            yield beside
            if not private:
                beside.chmod(usual if rights is None else rights)
            replace_file(beside, target, only_over=only_over)
    except OSError as error:
        raise write_error(error, target) from error
    finally:
        with suppress(OSError):
            beside.unlink(missing_ok=True)


def temporary_beside(target: Path) -> tuple[Path, int]:
    """Make an empty file in the folder of ``target`` for its owner's eyes only, whatever it becomes. Raises UserError.

    Given besides are the rights a new file of this user has.
    """
    beside = _name_beside(target)
    try:
        descriptor = os.open(beside, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o666)
        try:
            usual = stat.S_IMODE(os.fstat(descriptor).st_mode)
        finally:
            os.close(descriptor)
        beside.chmod(0o600)
    except OSError as error:
        raise _folder_error(error, target) from error
    return beside, usual


@contextmanager
def folder_beside(target: Path) -> Iterator[Path]:
    """Make a folder beside ``target`` for its owner's eyes only; it goes again with all that is in it.

    Raises UserError when it cannot be made.
    """
    clean_leftovers(target.parent)
    beside = _name_beside(target)
    try:
        beside.mkdir(mode=0o700)
    except OSError as error:
        raise _folder_error(error, target) from error
    try:
        with in_use(beside):
            yield beside
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def is_there(path: Path) -> bool:
    """Whether something stands at ``path``. Raises UserError when the system does not say, or nothing ever can."""
    refuse_bad_name(path)
    try:
        return path.exists()
    except OSError as error:
        raise write_error(error, path) from error


def replace_file(
    source: Path, target: Path, pause: Callable[[], None] | None = None, only_over: IsKnown | None = None
) -> None:
    """Bring ``source`` safely to disk and move it over ``target``, patient with programs that hold one of them briefly.

    ``pause`` waits between attempts, ``only_over`` is that of :func:`replacing`. Raises UserError when ``target`` stays
    in use; it is then untouched.
    """
    try:
        flush(source)
        _move(source, target, pause or _pause, only_over)
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
    """Wait until the names in a folder are on the disk; Windows and some network drives have no such call."""
    if os.name == "nt":  # pragma: no cover – Windows alone gets here
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno not in _NO_SUCH_CALL:
            raise
    finally:
        os.close(handle)


def clean_leftovers(folder: Path) -> None:
    """Remove temporary files and folders of ours that a kill left in a folder.

    Those of this computer go as soon as their program is gone, others, and where that cannot be known, after a day.
    """
    oldest = time.time_ns() - _DAY_NANOSECONDS
    with suppress(OSError):
        for leftover in [path for path in folder.glob(".~*") if _OURS.fullmatch(path.name)]:
            with suppress(OSError):
                if leftover.stat().st_mtime_ns < oldest or _is_abandoned(leftover):
                    if leftover.is_dir():
                        shutil.rmtree(leftover, ignore_errors=True)
                    else:
                        leftover.unlink(missing_ok=True)


def write_error(error: OSError, target: Path) -> UserError:
    """What a failure while writing ``target`` means to the clerk."""
    if error.errno in NO_ROOM:
        return UserError(f"磁盘空间不足，没有写入“{target}”；原有文件完好无损。\n请清理磁盘空间，或换一个位置后重试。")
    if error.errno in _READ_ONLY:
        return UserError(
            f"没有写入“{target}”的权限；原有文件完好无损。\n请检查文件或文件夹是否只读，或换一个位置后重试。"
        )
    if error.errno == errno.ENAMETOOLONG:
        return UserError(f"文件名“{target.name}”过长，无法写入；原有文件完好无损。\n请换一个较短的文件名后重试。")
    return UserError(
        f"写入“{target}”时出错（系统错误 {error.errno}）；原有文件完好无损。\n请检查磁盘或U盘是否连接正常，然后重试。"
    )


def _move(source: Path, target: Path, pause: Callable[[], None], only_over: IsKnown | None) -> None:
    for _ in range(_ATTEMPTS - 1):
        try:
            _move_once(source, target, only_over)
            return
        except PermissionError:
            pause()
    _move_once(source, target, only_over)


def _move_once(source: Path, target: Path, only_over: IsKnown | None) -> None:
    if only_over is None:
        os.replace(source, target)
        return
    if not only_over(target):
        raise OtherFileError(f"“{target}”已被别的程序改动，没有替换。")
    kept = _changed_places(source, target)
    if kept is None:
        return
    if _is_known(kept, only_over):
        with suppress(OSError):  # it goes the next time the file is opened
            kept.unlink(missing_ok=True)
    else:
        _put_back(kept, target)
        raise OtherFileError(f"“{target}”刚刚被别的程序改动，没有替换。")


def _changed_places(source: Path, target: Path) -> Path | None:
    """Move ``source`` over ``target``; where what was there lies now, under a name that is not cleaned after a kill."""
    between = name_between(target)
    os.rename(source, between)
    try:
        kept = exchanged(between, target)
        if kept is None:
            os.replace(between, target)
    except OSError:
        with suppress(OSError):
            os.rename(between, source)
        raise
    return kept


def _is_known(kept: Path, only_over: IsKnown) -> bool:
    """What was replaced and cannot be read may be somebody else's."""
    try:
        return only_over(kept)
    except OSError:
        return False


def _put_back(theirs: Path, target: Path) -> None:
    """Give somebody else's file its place again; where that is refused, a name beside it that nobody cleans away."""
    try:
        ours = exchanged(theirs, target)
    except OSError:
        theirs.rename(name_that_stays(target))
        raise
    if ours is None:
        os.replace(theirs, target)
    else:
        ours.unlink(missing_ok=True)


def _name_beside(target: Path) -> Path:
    refuse_bad_name(target)
    return target.parent / f".~{_this_computer()}{new_id()[_MARK:]}.tmp"


def _is_abandoned(leftover: Path) -> bool:
    """Whether the program of this computer that made a temporary file, or the one it lies beside, is gone."""
    owner = leftover.with_name(f"{leftover.name.partition('.tmp')[0]}.tmp")
    is_own = leftover.name.startswith(f".~{_this_computer()}")
    return is_own and (not owner.exists() or is_abandoned(owner))


@cache
def _this_computer() -> str:
    """What the names of its temporary files begin with: locks do not reach every network drive."""
    return hashlib.blake2b(platform.node().encode("utf-8", "replace")).hexdigest()[:_MARK]


def _rights_of(target: Path) -> int | None:
    """The permission bits of a file about to be replaced, None when there is none yet. Raises UserError.

    A file marked read-only is meant to stay as it is, although replacing it asks no leave of the file itself.
    """
    refuse_bad_name(target)
    try:
        mode = target.stat().st_mode
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise write_error(error, target) from error
    if stat.S_ISDIR(mode):
        raise UserError(f"“{target}”是一个文件夹，不能写成文件。\n请换一个文件名后重试。")
    if not stat.S_ISREG(mode):
        raise UserError(f"“{target}”不是普通文件，没有写入。\n请换一个文件名后重试。")
    if is_held_here(target):
        raise UserError(
            f"“{target}”就是正在使用的绩效文件，不能用别的内容替换它；文件完好无损。\n请换一个文件名后重试。"
        )
    if not mode & 0o222:
        raise UserError(f"文件“{target}”是只读的，没有替换；原文件完好无损。\n请取消只读属性，或换一个文件名后重试。")
    return stat.S_IMODE(mode)


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
