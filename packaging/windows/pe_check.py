"""Static checks of a frozen Windows folder: only amd64, no wine DLL, every import in the folder or part of Windows 10.

    python pe_check.py FOLDER

Prints what it checked; exit code 1 and a line for each breach otherwise.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pefile

AMD64 = 0x8664
WINE_MARKS = (b"Wine builtin DLL", b"Wine placeholder DLL")
# Libraries every Windows 10 has; api-ms-win-* are its forwarders.
SYSTEM_NAMES = """
advapi32 authz bcrypt bcryptprimitives cfgmgr32 combase comctl32 comdlg32 crypt32 d2d1 d3d11 d3d12 d3d9 dcomp
dnsapi dwmapi dwrite dxgi gdi32 imm32 iphlpapi kernel32 mpr msimg32 msvcrt ncrypt netapi32 normaliz ntdll
ole32 oleaut32 powrprof propsys psapi rpcrt4 secur32 setupapi shcore shell32 shlwapi ucrtbase user32 userenv
uxtheme version winhttp winmm winspool wintrust wldap32 ws2_32 wtsapi32 uiautomationcore
"""
SYSTEM = {f"{name}.dll" for name in SYSTEM_NAMES.split()} | {"winspool.drv"}


def breaches(folder: Path) -> tuple[list[str], int]:
    """What is wrong with the executables below a folder, and how many there are."""
    files = [path for path in folder.rglob("*") if path.suffix.lower() in {".dll", ".exe", ".pyd"}]
    shipped = {path.name.lower() for path in files}
    found = []
    for path in files:
        if any(mark in path.read_bytes()[:0x400] for mark in WINE_MARKS):
            found.append(f"{path.name}: a DLL of wine")
        if path.name.lower() == "bcryptprimitives.dll":
            found.append(f"{path.name}: the test-only stand-in")
        pe = pefile.PE(str(path), fast_load=True)
        if pe.FILE_HEADER.Machine != AMD64:
            found.append(f"{path.name}: not amd64")
        pe.parse_data_directories(
            directories=[
                pefile.DIRECTORY_ENTRY["IMAGE_DIRECTORY_ENTRY_IMPORT"],
                pefile.DIRECTORY_ENTRY["IMAGE_DIRECTORY_ENTRY_DELAY_IMPORT"],
            ]
        )
        for kind in ("DIRECTORY_ENTRY_IMPORT", "DIRECTORY_ENTRY_DELAY_IMPORT"):
            for entry in getattr(pe, kind, []):
                library = entry.dll.decode().lower()
                if library not in shipped and library not in SYSTEM and not library.startswith("api-ms-win-"):
                    found.append(f"{path.name}: imports {library}, which is neither shipped nor part of Windows 10")
    return found, len(files)


def main() -> int:
    """Check the folder given on the command line."""
    found, count = breaches(Path(sys.argv[1]))
    for line in sorted(set(found)):
        print(line)
    print(
        f"{count} executables checked: " + ("all amd64, no wine DLL, every import resolved" if not found else "REFUSED")
    )
    return 1 if found or not count else 0


if __name__ == "__main__":
    sys.exit(main())
