"""Memory: how much is free, and how much a process may take."""

import os
import sys
from pathlib import Path

_UNKNOWN = 1 << 30


def free() -> int:
    """Return the bytes of memory that can be had without swapping; 1 GiB where the system does not tell."""
    return _available()


def limit(size: int) -> bool:
    """Let this process have at most so many bytes of address space; return whether the system can.

    Windows and macOS: no equal that a process can set for itself and keep; returns False.
    """
    return _limit(size)


if sys.platform == "win32":
    import ctypes
    from ctypes import wintypes

    class _Status(ctypes.Structure):
        _fields_ = (
            ("length", wintypes.DWORD),
            ("load", wintypes.DWORD),
            ("total", ctypes.c_ulonglong),
            ("available", ctypes.c_ulonglong),
            ("rest", ctypes.c_ulonglong * 5),
        )

    def _available() -> int:
        status = _Status(length=ctypes.sizeof(_Status))
        if not ctypes.windll.kernel32.GlobalMemoryStatusEx(ctypes.byref(status)):
            return _UNKNOWN
        return int(status.available)

    def _limit(size: int) -> bool:
        del size
        return False

elif sys.platform == "linux":
    import resource

    def _available() -> int:
        try:
            lines = Path("/proc/meminfo").read_text(encoding="ascii").splitlines()
        except OSError:
            return _UNKNOWN
        found = (int(line.split()[1]) * 1024 for line in lines if line.startswith("MemAvailable:"))
        return next(found, _UNKNOWN)

    def _limit(size: int) -> bool:
        resource.setrlimit(resource.RLIMIT_AS, (size, size))
        return True

else:

    def _available() -> int:
        # No available figure in sysconf here: a quarter of all is a careful guess.
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 4

    def _limit(size: int) -> bool:
        del size
        return False
