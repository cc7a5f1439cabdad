"""Why a store is not opened, in words for the clerk; a device that fails is never called damage (reliability.md §2)."""

from __future__ import annotations

import errno
import os
import sqlite3
from pathlib import Path

from sqlalchemy.exc import DBAPIError

from model.errors import UserError
from storage.files import names
from storage.files.atomic import NO_ROOM
from storage.files.reasons import reason
from storage.store import lock

_READ_ONLY = {errno.EACCES, errno.EPERM, errno.EROFS}
_LOCKED_CODES = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
_READ_ONLY_CODES = {sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM, sqlite3.SQLITE_CANTOPEN}
_DEVICE_CODES = {sqlite3.SQLITE_IOERR, sqlite3.SQLITE_PROTOCOL, sqlite3.SQLITE_NOLFS}
_PIECE = 2**20

# SQLite takes names of at most 512 bytes, that of the journal included; those of Windows are longer than its own
_LONGEST_PATH = 512 - len("-journal") - 1


class UnreadableError(UserError):
    """The file is not a sound store: foreign, or damaged. A backup may replace it."""


def of_database(error: DBAPIError | sqlite3.Error | UnicodeDecodeError, path: Path) -> UserError:
    """What an error of SQLite means while a store is being opened, when nobody holds the file by SQLite any more."""
    cause = error.orig if isinstance(error, DBAPIError) else error
    code = getattr(cause, "sqlite_errorcode", 0) & 0xFF
    if code in _LOCKED_CODES:
        return lock.held_here(path)
    if code in _READ_ONLY_CODES:
        return read_only(path)
    if code == sqlite3.SQLITE_FULL:
        return no_room(path)
    return device(path) if code in _DEVICE_CODES else damaged(path)


def of_system(error: OSError, path: Path) -> UserError:
    """What an error of the system means while a store is being opened."""
    if error.errno in _READ_ONLY:
        return read_only(path)
    return no_room(path) if error.errno in NO_ROOM else device(path, reason(error))


def damaged(path: Path) -> UserError:
    """The content is none of a sound store – or the device gives back no more of it than that."""
    problem = _reading_problem(path)
    if problem is not None:
        return device(path, reason(problem))
    return UnreadableError(
        f"“{path}”已损坏，无法打开。\n文件未作任何改动。请从最近的备份恢复（在“{path.name}.备份”文件夹中）。"
    )


def device(path: Path, why: str = "磁盘没有响应") -> UserError:
    """The disk fails: whether the file is sound nobody knows."""
    return UserError(
        f"读取“{path}”时磁盘出错（{why}），没有打开。\n"
        "文件未作任何改动，不一定损坏。请检查磁盘、U盘或网络是否连接正常，然后重试；"
        "仍读不出时，把备份文件夹复制到另一个磁盘，从备份恢复。"
    )


def read_only(path: Path) -> UserError:
    """The file, or the folder its journal has to be written to, may not be written."""
    return UserError(
        f"“{path}”或它所在的文件夹是只读的，无法编辑。\n"
        "文件未作任何改动。请取消只读属性，或把文件复制到可以写入的文件夹（如“文档”）后再打开。"
    )


def no_room(path: Path) -> UserError:
    """The disk takes nothing more, not even what opening has to write."""
    return UserError(f"磁盘空间不足，无法打开“{path}”。\n文件未作任何改动。请清理磁盘空间后再打开。")


def refuse_long_path(path: Path) -> None:
    """Raise UserError when SQLite could not open a file of this name, folders and all, or nothing fits beside it."""
    names.refuse_bad_name(path)
    _refuse_long_name(Path(os.path.realpath(path)) if os.path.islink(path) else path)
    length = len(os.fsencode(path.absolute()))
    if os.name == "posix" and length > _LONGEST_PATH:
        raise UserError(
            f"“{path}”连同文件夹的名称过长（{length} 字节，最多 {_LONGEST_PATH} 字节），无法打开或新建。\n"
            "没有改动任何文件。请换一个层次较少、名称较短的文件夹。"
        )


def _refuse_long_name(path: Path) -> None:
    is_posix = os.name == "posix"
    taken, room = (len(os.fsencode(one)) if is_posix else names.units(one) for one in (path.name, names.LONGEST_BESIDE))
    most = names.LONGEST_NAME - room
    if taken > most:
        unit = "字节，一个汉字占三个" if is_posix else "个字符"
        raise UserError(
            f"文件名“{path.name}”过长（{taken} {unit}，最多 {most}），旁边放不下它的备份，无法打开或新建。\n"
            "没有改动任何文件。请换一个较短的文件名。"
        )


def refuse_lock_folder(path: Path) -> None:
    """Raise UserError when a folder stands where the name of the holder has to be written."""
    place = lock.lock_path(path)
    if place.is_dir():
        raise UserError(
            f"旁边有一个名为“{place.name}”的文件夹，占了程序要用的位置，无法打开“{path}”。\n"
            "文件未作任何改动。请把这个文件夹改名或移走后再打开。"
        )


def _reading_problem(path: Path) -> OSError | None:
    """What keeps the device from giving back every byte; None when it does. SQLite calls a failing device damage."""
    try:
        with path.open("rb") as file:
            while file.read(_PIECE):
                pass
    except OSError as error:
        return error
    return None
