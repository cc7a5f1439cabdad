"""Whether a program of this computer still runs, by the number of its process."""

from __future__ import annotations

import os
import sys

_QUERY, _STILL_ACTIVE, _NO_SUCH = 0x1000, 259, 87  # PROCESS_QUERY_LIMITED_INFORMATION, STILL_ACTIVE, a wrong parameter


def is_running(pid: int) -> bool:
    """Whether a process has this number; one that may not be asked runs."""
    if pid <= 0:
        return False
    if sys.platform == "win32":
        return _runs_on_windows(pid)
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return True


if sys.platform == "win32":
    import ctypes

    def _runs_on_windows(pid: int) -> bool:
        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        handle = kernel.OpenProcess(_QUERY, 0, pid)
        if not handle:
            return ctypes.get_last_error() != _NO_SUCH
        try:
            code = ctypes.c_ulong()
            return not kernel.GetExitCodeProcess(handle, ctypes.byref(code)) or code.value == _STILL_ACTIVE
        finally:
            kernel.CloseHandle(handle)
