"""Folders: private to the user, and their entries safe on the disk."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO


def make_private(folder: Path) -> None:
    """Make a folder, and those above it, that only this user can enter.

    Windows: the folder inherits the rights of the user's profile, which amounts to the same.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)


def sync(folder: Path) -> None:
    """Return when the names in this folder have reached the disk, so that a rename survives a power cut.

    Windows: no such call; NTFS journals renames itself.
    """
    if sys.platform != "win32":
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def replace(path: Path, content: bytes) -> None:
    """Give a file new content that survives a power cut whole: old or new, never a mixture.

    The file is readable by this user only. Raises OSError; then the old content is untouched.
    """
    draft = path.with_name(path.name + ".new")
    try:
        handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        draft.replace(path)
    except OSError:
        draft.unlink(missing_ok=True)
        raise
    sync(path.parent)


@contextmanager
def draft(path: Path) -> Iterator[BinaryIO]:
    """Give a stream whose content becomes this file when the body ends, and is gone when the body raises.

    For content that is too long to be held; the file is readable by this user only. Raises OSError.
    """
    unfinished = path.with_name(path.name + ".new")
    handle = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0), 0o600)
    try:
        with os.fdopen(handle, "wb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        unfinished.replace(path)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise
    sync(path.parent)
