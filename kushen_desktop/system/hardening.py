"""Keeping the memory of this process from other programs of the same user."""

import ctypes
import sys

_PR_SET_DUMPABLE = 4
_PT_DENY_ATTACH = 31


def shield() -> bool:
    """Write no core files and let no other program of this user read the memory; return whether it worked.

    Windows: no core files by default; programs of the same user can still read the memory.
    """
    return _shield()


if sys.platform == "win32":

    def _shield() -> bool:
        return False

else:
    import resource

    def _shield() -> bool:
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        libc = ctypes.CDLL(None, use_errno=True)
        if sys.platform == "linux":
            refused = libc.prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
        else:
            refused = libc.ptrace(_PT_DENY_ATTACH, 0, 0, 0)
        return bool(refused == 0)
