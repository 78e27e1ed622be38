"""Starting over in a fresh process: the one sure way to forget what was in memory."""

import os
import subprocess
import sys
from typing import NoReturn


def restart(arguments: list[str]) -> NoReturn:
    """Replace this process by a new one of this program with these arguments; does not return.

    Windows has no exec that keeps the terminal: a new process is started and this one ends at once.
    """
    command = [sys.executable, *_program(), *arguments]
    sys.stdout.flush()
    sys.stderr.flush()
    if sys.platform == "win32":
        subprocess.Popen(command, close_fds=True)  # noqa: S603  our own program
        os._exit(0)
    os.execv(sys.executable, command)  # noqa: S606  our own program


def _program() -> list[str]:
    """Return what runs this package: nothing in a frozen program, which is its own interpreter."""
    return [] if getattr(sys, "frozen", False) else ["-m", "kushen_desktop"]
