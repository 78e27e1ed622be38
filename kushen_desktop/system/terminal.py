"""Asking at the terminal."""

import getpass
import os
import sys


def interactive() -> bool:
    """Return whether somebody can be asked here."""
    return sys.stdin.isatty()


def ask_unseen(prompt: str) -> str:
    """Return a line typed at the terminal without showing it.

    Works on all systems through getpass, which warns where it cannot hide the typing. Raises EOFError.
    """
    return getpass.getpass(prompt)


def shown() -> bool:
    """Return whether messages beside the output are read by a person."""
    return sys.stderr.isatty()


def drop_output() -> None:
    """Send what is still to be written nowhere: nobody reads it, and Python would complain when it ends."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)
