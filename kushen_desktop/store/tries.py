"""Waiting after wrong passphrases, remembered beside the vault: honest about what it slows down."""

import json
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from kushen_desktop.system import folders

# Seconds to wait after so many failures; the last holds for all further ones. Data is never wiped.
DELAYS = (0, 0, 0, 0, 1, 2, 4, 8, 16, 32, 60)
_NAME = "vault.tries"
_SIZE_LIMIT = 200
_MOST = 1_000_000


class Tries(NamedTuple):
    """How many tries failed in a row, and when the last one did: seconds since 1970."""

    failures: int = 0
    at: float = 0


def read(folder: Path) -> Tries:
    """Return what is remembered; a missing or damaged file counts as no failure."""
    try:
        with (folder / _NAME).open("rb") as stream:
            untrusted = json.loads(stream.read(_SIZE_LIMIT))
        failures, at = int(untrusted["failures"]), float(untrusted["at"])
    except (OSError, ValueError, TypeError, KeyError, OverflowError):
        return Tries()
    return Tries(min(max(failures, 0), _MOST), at)


def wait(tries: Tries, now: float) -> float:
    """Return the seconds still to wait before the next try."""
    delay = DELAYS[min(tries.failures, len(DELAYS) - 1)]
    # A clock set back must not lock the owner out: a failure in the future counts as one now.
    return max(0.0, min(delay, tries.at + delay - now))


def failed(folder: Path, now: float) -> None:
    """Remember one more failure; where the folder cannot be written, nothing is remembered."""
    tries = Tries(read(folder).failures + 1, now)
    with suppress(OSError):
        folders.replace(folder / _NAME, json.dumps(tries._asdict()).encode())


def put_back(folder: Path, now: float) -> None:
    """Bring a failure that lies in the future to now, so that the wait ends."""
    tries = read(folder)
    if tries.at > now:
        with suppress(OSError):
            folders.replace(folder / _NAME, json.dumps(tries._replace(at=now)._asdict()).encode())


def forget(folder: Path) -> int:
    """Return how many tries failed before the one that succeeded, and start anew."""
    failures = read(folder).failures
    with suppress(OSError):
        (folder / _NAME).unlink(missing_ok=True)
    return failures
