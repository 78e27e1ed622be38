"""Is the user there? None everywhere means: this system does not tell, so do not rely on it."""

import sys
import time


def suspended() -> float | None:
    """Return the seconds this computer has slept since it was started; compare two calls.

    Linux and macOS: the difference of a clock that counts sleep and one that does not.
    Windows: absent here; the window hears of it by WM_POWERBROADCAST.
    """
    asleep: float | None = None
    if sys.platform == "linux":
        asleep = time.clock_gettime(time.CLOCK_BOOTTIME) - time.clock_gettime(time.CLOCK_MONOTONIC)
    elif sys.platform == "darwin":
        asleep = time.clock_gettime(time.CLOCK_MONOTONIC_RAW) - time.clock_gettime(time.CLOCK_UPTIME_RAW)
    return asleep


def idle() -> float | None:
    """Return the seconds since the last key or movement in any program.

    Windows only. Linux and macOS: absent, it would need the desktop's own bus; the window counts
    the input it gets itself.
    """
    return _idle()


def screen_locked() -> bool | None:
    """Return whether the screen is locked. Absent on every system so far: always None."""
    return None


if sys.platform == "win32":
    import ctypes
    from ctypes import wintypes

    class _LastInput(ctypes.Structure):
        _fields_ = (("size", wintypes.UINT), ("at", wintypes.DWORD))

    def _idle() -> float | None:
        last = _LastInput(size=ctypes.sizeof(_LastInput))
        if not ctypes.windll.user32.GetLastInputInfo(ctypes.byref(last)):
            return None
        elapsed = int(ctypes.windll.kernel32.GetTickCount() - last.at) & 0xFFFFFFFF
        return elapsed / 1000

else:

    def _idle() -> float | None:
        return None
