"""Which paths lead to network drives and synchronised folders; the system is asked through a seam."""

from __future__ import annotations

from pathlib import Path, PurePosixPath, PureWindowsPath

import pytest

from storage.files.private import private_folder
from storage.files.remote import THIS_SYSTEM, System, is_remote

_MOUNTS = r"""22 27 0:21 / / rw,relatime - ext4 /dev/sda1 rw
31 22 0:30 / /mnt/share rw shared:7 - cifs //server/share rw
32 31 0:31 / /mnt/share/local rw - ext4 /dev/sdb1 rw
33 22 0:32 / /mnt/my\040files rw - fuse.sshfs host: rw
34 22 0:33 / /home/li rw - nfs4 server:/home rw
35 22 0:34 / /mnt/plain rw - fuseblk /dev/sdc1 rw
36 22 0:35 / /mnt/cloud rw - fuse.rclone remote: rw
a line that says nothing
"""
LINUX = System(lambda _: 0, lambda: _MOUNTS, {})
WINDOWS = System(lambda root: 4 if root.upper() == "Z:\\" else 3, str, {"OneDriveCommercial": r"D:\Work\Docs"})


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/mnt/share/绩效/a.jixiao", True),
        ("/mnt/share/local/a.jixiao", False),
        ("/mnt/shared/a.jixiao", False),
        ("/mnt/my files/a.jixiao", True),
        ("/mnt/plain/a.jixiao", False),
        ("/mnt/cloud/a.jixiao", True),
        ("/home/li/a.jixiao", True),
        ("/srv/a.jixiao", False),
        ("/srv/OneDrive - 某单位/a.jixiao", True),
        ("/srv/我的坚果云/2026/a.jixiao", True),
        ("/srv/Dropbox/a.jixiao", True),
        ("/srv/dropbox.jixiao", False),
    ],
)
def test_that_the_longest_mount_and_the_names_of_folders_say_it(path: str, *, expected: bool) -> None:
    assert is_remote(PurePosixPath(path), LINUX) is expected


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        (r"\\server\share\a.jixiao", True),
        (r"\\?\UNC\server\share\a.jixiao", True),
        (r"\\?\C:\a.jixiao", False),
        (r"\\?\Z:\a.jixiao", True),
        (r"Z:\绩效\a.jixiao", True),
        (r"C:\Users\li\Documents\a.jixiao", False),
        (r"C:\Users\li\OneDrive - 单位\a.jixiao", True),
        (r"D:\work\docs\2026\a.jixiao", True),
        (r"D:\work\a.jixiao", False),
        (r"D:\BaiduSyncdisk\a.jixiao", True),
        (r"D:\WPS云盘\a.jixiao", True),
    ],
)
def test_that_windows_is_asked_for_the_kind_of_a_drive(path: str, *, expected: bool) -> None:
    assert is_remote(PureWindowsPath(path), WINDOWS) is expected


def test_that_a_network_drive_with_the_home_folders_gains_nothing_by_a_copy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOCALAPPDATA", "")
    monkeypatch.setenv("XDG_STATE_HOME", "/home/li/.local/state")
    assert private_folder() == Path("/home/li/.local/state/jixiao")
    assert not is_remote(PurePosixPath("/home/li/a.jixiao"), LINUX)
    assert is_remote(PurePosixPath("/mnt/share/a.jixiao"), LINUX)


def test_that_the_folder_of_a_test_is_not_remote(tmp_path: Path) -> None:
    assert not is_remote(tmp_path / "a.jixiao")
    assert THIS_SYSTEM.drive_type("C:\\") in {0, 3}
