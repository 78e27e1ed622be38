"""One holder at a time for a file, released by the system itself when the holder dies."""

import os
import sys
from pathlib import Path

# Windows locks bytes, not files: one far behind the text, so that others can still read who holds it.
_LOCKED_BYTE = 1 << 20
_HOLDER_BYTES = 20


class HeldError(OSError):
    """Another process, or another lock in this one, holds the file; holder is its process id or 0."""

    def __init__(self, path: Path, holder: int) -> None:
        super().__init__(f"held by process {holder}: {path}")
        self.holder = holder


class FileLock:
    """A lock on a file that holds the process id of its holder.

    A file left behind by a killed process is no lock: the system has released it, and it is taken over.
    """

    def __init__(self, path: Path) -> None:
        """Take the lock, making the file if need be; raises HeldError, or OSError where it cannot be made."""
        self._handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            _take(self._handle)
        except OSError as error:
            holder = _holder(self._handle)
            os.close(self._handle)
            raise HeldError(path, holder) from error
        try:
            os.ftruncate(self._handle, 0)
            os.write(self._handle, str(os.getpid()).encode())
        except OSError:
            os.close(self._handle)
            raise

    def release(self) -> None:
        """Let others have it; once is enough, twice does no harm."""
        if self._handle >= 0:
            os.ftruncate(self._handle, 0)
            os.close(self._handle)
            self._handle = -1


def _holder(handle: int) -> int:
    os.lseek(handle, 0, os.SEEK_SET)
    text = os.read(handle, _HOLDER_BYTES)
    return int(text) if text.isdigit() else 0


if sys.platform == "win32":
    import msvcrt

    def _take(handle: int) -> None:
        os.lseek(handle, _LOCKED_BYTE, os.SEEK_SET)
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        os.lseek(handle, 0, os.SEEK_SET)

else:
    import fcntl

    def _take(handle: int) -> None:
        # flock, not lockf: it belongs to this opening of the file, so a second vault object
        # in the same process is refused as well.
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
