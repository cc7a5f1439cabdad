"""The static check of a Windows folder, on executables made for the purpose."""

from __future__ import annotations

import struct
import subprocess
import sys
from pathlib import Path

import pytest

from tests.packaging.script import PACKAGING, script

AMD64, I386 = 0x8664, 0x14C
pe_check = script("windows/pe_check.py")


def executable(*imported: str, machine: int = AMD64, mark: bytes = b"") -> bytes:
    """The smallest 64-bit executable pefile reads: one section that holds an import table."""
    base, start = 0x1000, 0x400
    names = b"".join(name.encode() + b"\0" for name in imported)
    descriptors, offset = b"", base + 20 * (len(imported) + 1)
    thunk = offset + len(names) + 16
    for name in imported:
        descriptors += struct.pack("<IIIII", thunk, 0, 0, offset, thunk)
        offset += len(name) + 1
    by_ordinal = struct.pack("<QQ", 1 << 63 | 1, 0)
    section = descriptors + b"\0" * 20 + names + b"\0" * 16 + by_ordinal
    section += b"\0" * (-len(section) % 0x200)
    directories = [(0, 0)] * 16
    if imported:
        directories[1] = (base, 20 * (len(imported) + 1))
    optional = struct.pack("<HBBIIIII", 0x20B, 14, 0, 0, len(section), 0, 0, base)
    optional += struct.pack("<QIIHHHHHH", 0x140000000, 0x1000, 0x200, 6, 0, 0, 0, 6, 0)
    optional += struct.pack("<IIIIHHQQQQII", 0, 0x3000, start, 0, 2, 0, *(0x1000,) * 4, 0, 16)
    optional += b"".join(struct.pack("<II", *directory) for directory in directories)
    header = struct.pack("<4sHHIIIHH", b"PE\0\0", machine, 1, 0, 0, 0, len(optional), 0x22)
    table = struct.pack("<8sIIIIIIHHI", b".idata", len(section), base, len(section), start, 0, 0, 0, 0, 0x40000040)
    dos = b"MZ" + mark.ljust(0x3A, b"\0") + struct.pack("<I", 0x80)
    return (dos.ljust(0x80, b"\0") + header + optional + table).ljust(start, b"\0") + section


def breaches(folder: Path, **files: bytes) -> list[str]:
    for name, content in files.items():
        (folder / name.replace("_", ".")).write_bytes(content)
    found, count = pe_check.breaches(folder)
    assert count == len(files)
    return list(found)


def test_that_system_libraries_forwarders_and_shipped_ones_are_resolved(tmp_path: Path) -> None:
    program = executable("KERNEL32.dll", "api-ms-win-crt-runtime-l1-1-0.dll", "Ours.dll")
    assert breaches(tmp_path, program_exe=program, ours_dll=executable()) == []


def test_that_an_import_found_nowhere_is_named_with_its_importer(tmp_path: Path) -> None:
    assert breaches(tmp_path, program_exe=executable("missing.dll")) == [
        "program.exe: imports missing.dll, which is neither shipped nor part of Windows 10"
    ]


def test_that_a_32_bit_file_is_refused(tmp_path: Path) -> None:
    assert breaches(tmp_path, old_pyd=executable(machine=I386)) == ["old.pyd: not amd64"]


@pytest.mark.parametrize("mark", [b"Wine builtin DLL", b"Wine placeholder DLL"])
def test_that_a_library_of_wine_is_refused(tmp_path: Path, mark: bytes) -> None:
    assert breaches(tmp_path, ucrtbase_dll=executable(mark=mark)) == ["ucrtbase.dll: a DLL of wine"]


def test_that_the_stand_in_made_for_the_test_machine_is_refused(tmp_path: Path) -> None:
    assert breaches(tmp_path, bcryptprimitives_dll=executable()) == ["bcryptprimitives.dll: the test-only stand-in"]


@pytest.mark.parametrize(
    ("files", "code", "said"),
    [
        ({"a.exe": executable("kernel32.dll")}, 0, "1 executables checked: all amd64, no wine DLL, every import"),
        ({"a.exe": executable("missing.dll")}, 1, "1 executables checked: REFUSED"),
        ({}, 1, "0 executables checked"),
    ],
)
def test_that_the_exit_code_says_whether_the_folder_may_ship(
    tmp_path: Path, files: dict[str, bytes], code: int, said: str
) -> None:
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    command = [sys.executable, str(PACKAGING / "windows" / "pe_check.py"), str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == code
    assert said in done.stdout
