"""Why the system would not give us a file, in words for the clerk."""

from __future__ import annotations

import errno
import stat
from pathlib import Path

from model.errors import UserError
from storage.files.names import name_problem

_REASONS = {
    errno.EACCES: "没有读取它的权限",
    errno.EPERM: "没有读取它的权限",
    errno.ENAMETOOLONG: "文件名过长",
    errno.ELOOP: "它是指向自己的链接",
    errno.EISDIR: "它是一个文件夹",
}


_REMEDIES = {  # a file another program keeps for itself is EACCES on Windows, too
    errno.EACCES: "请先关闭正在使用它的程序再重试；仍不能读取的，请向文件的所有者或管理员要来读取权限。",
    errno.EPERM: "请向文件的所有者或管理员要来读取权限后重试。",
    errno.ENAMETOOLONG: "请换一个较短的文件名后重试。",
    errno.ELOOP: "请选择它本来要指向的文件。",
    errno.EISDIR: "请选择文件。",
}


def reason(error: OSError) -> str:
    """What a failure while reading a file means, half a sentence; unknown ones by the number of the system."""
    return _REASONS.get(error.errno or 0, f"系统错误 {error.errno}")


def remedy(error: OSError) -> str:
    """What to do about that, a sentence: another file helps against none of it but a link that leads nowhere."""
    return _REMEDIES.get(error.errno or 0, "请检查磁盘、U盘或网络是否连接正常，然后重试。")


def refuse_unless_file(path: Path, nothing_done: str, advice: str) -> None:
    """Raise UserError when ``path`` is missing, out of reach, or anything that can be read without end.

    ``nothing_done`` and ``advice`` are sentences of the message: what stayed as it was, and what to choose in the place
    of what is no file.
    """
    try:
        mode = path.stat().st_mode
    except (OSError, ValueError) as error:
        raise _unreachable(path, error, nothing_done, advice) from error
    if not stat.S_ISREG(mode):
        what = "它是一个文件夹，不是文件" if stat.S_ISDIR(mode) else "它不是普通文件"
        raise UserError(f"无法读取“{path}”：{what}。\n{nothing_done}{advice}")


def _unreachable(path: Path, error: OSError | ValueError, nothing_done: str, advice: str) -> UserError:
    problem = name_problem(path.name)
    if not problem and isinstance(error, FileNotFoundError | NotADirectoryError):
        return UserError(f"找不到文件“{path}”。\n{nothing_done}它可能已被移动、改名或删除，请重新选择。")
    if problem or not isinstance(error, OSError):
        return UserError(f"无法读取“{path}”：文件名{problem or '无效'}。\n{nothing_done}{advice}")
    return UserError(f"无法读取“{path}”：{reason(error)}。\n{nothing_done}{remedy(error)}")
