"""Whether a file lies where SQLite must not work in place: on a network drive, or in a folder that is synchronised.

Locks and flushes of a network drive promise little, and a program that synchronises replaces files while they are open
(reliability.md §5.4). Nothing is opened to find it out, and no network is asked for.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePath

from storage.files.private import private_folder

_REMOTE_DRIVE = 4  # DRIVE_REMOTE of GetDriveTypeW
_NETWORK = re.compile(
    r"nfs\d?|cifs|smb\d?|smbfs|ncpfs|afs|9p|davfs|ceph|glusterfs|lustre|beegfs|coda|vmhgfs|vboxsf|prl_fs|drvfs|virtiofs"
    r"|fuse\.(sshfs|davfs2?|rclone|gvfsd-fuse|glusterfs|s3fs|smbnetfs|curlftpfs|google-drive-ocamlfuse|onedriver|vmhgfs-fuse)"
)
_ESCAPED = re.compile(r"\\([0-7]{3})")

# what programs that synchronise call their folders, whatever is added behind (“OneDrive - 某单位”)
_SYNCHRONISED = (
    "onedrive",
    "dropbox",
    "nutstore",
    "我的坚果云",
    "坚果云",
    "baidusyncdisk",
    "baidunetdiskworkspace",
    "百度网盘同步空间",
    "百度云同步盘",
    "wpsdrive",
    "wps云盘",
    "wps 云盘",
    "icloud drive",
    "iclouddrive",
    "com~apple~clouddocs",
    "google drive",
    "googledrive",
    "google 云端硬盘",
    "my drive",
    "我的云端硬盘",
    "weiyun",
    "微云同步",
    "腾讯微云",
    "阿里云盘同步",
    "seafile",
    "nextcloud",
    "owncloud",
    "syncthing",
)
_SYNCHRONISED_BY_NAME = re.compile(r"onedrive(commercial|consumer)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class System:
    """What is asked of the system: the kind of a Windows drive, the mounts of a Linux, the environment."""

    drive_type: Callable[[str], int]
    mounts: Callable[[], str]
    environment: Mapping[str, str]


def _drive_type(root: str) -> int:
    if sys.platform == "win32":
        import ctypes  # noqa: PLC0415 there alone

        return int(ctypes.windll.kernel32.GetDriveTypeW(root))
    return 0


def _mounts() -> str:
    try:
        return Path("/proc/self/mountinfo").read_text(encoding="utf-8", errors="surrogateescape")
    except OSError:
        return ""


THIS_SYSTEM = System(_drive_type, _mounts, os.environ)


def is_remote(path: PurePath, system: System = THIS_SYSTEM) -> bool:
    """Whether an absolute path leads to a network drive or into a folder that is synchronised."""
    return _is_synchronised(path, system.environment) or is_on_network(path, system)


def _is_synchronised(path: PurePath, environment: Mapping[str, str]) -> bool:
    if any(part.casefold().startswith(_SYNCHRONISED) for part in path.parts[:-1]):
        return True
    named = (value for name, value in environment.items() if _SYNCHRONISED_BY_NAME.fullmatch(name) and value)
    return any(path.is_relative_to(type(path)(folder)) for folder in named)


def is_on_network(path: PurePath, system: System = THIS_SYSTEM) -> bool:
    """Whether an absolute path leads to a network drive: a question about a file there may take minutes."""
    drive = path.drive
    if drive:
        device = drive.startswith(("\\\\?\\", "\\\\.\\")) and not drive.upper().startswith("\\\\?\\UNC")
        return (drive.startswith("\\\\") and not device) or system.drive_type(f"{drive[-2:]}\\") == _REMOTE_DRIVE
    here = _mount_of(path, system.mounts())
    # a copy on the same network drive, where the home folders are, would be no better
    return (
        here is not None and bool(_NETWORK.fullmatch(here[1])) and here != _mount_of(private_folder(), system.mounts())
    )


def _mount_of(path: PurePath, mounts: str) -> tuple[PurePath, str] | None:
    """Where the file system of a path is mounted, and of what kind it is."""
    found = None
    for line in mounts.splitlines():
        before, bar, after = line.partition(" - ")
        fields = before.split()
        if not bar or len(fields) < 5 or not after:
            continue
        point = type(path)(_ESCAPED.sub(lambda code: chr(int(code[1], 8)), fields[4]))
        if path.is_relative_to(point) and (found is None or len(point.parts) >= len(found[0].parts)):
            found = point, after.split()[0]
    return found
