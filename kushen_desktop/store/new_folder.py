"""A folder that is to become a vault: all of it, or nothing left behind."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kushen_desktop.store.engine import translated
from kushen_desktop.store.errors import VaultExistsError
from kushen_desktop.store.lock import NAME as LOCK_NAME, locked
from kushen_desktop.system import folders
from kushen_desktop.system.locks import FileLock


@contextmanager
def new_vault_folder(folder: Path) -> Iterator[FileLock]:
    """Make or take an empty folder, lock it, and undo all of it if the body raises.

    Raises VaultExistsError when there is anything in it, VaultInUseError when somebody else is just making
    one, ReadOnlyVaultError, DiskFullError.
    """
    existed = folder.is_dir()
    _refuse_content(folder)
    with translated(folder):
        folders.make_private(folder)
    lock = locked(folder)
    try:
        _refuse_content(folder)  # somebody may have been faster between the first look and the lock
    except VaultExistsError:
        lock.release()
        raise
    try:
        yield lock
    except BaseException:
        lock.release()
        for path in folder.iterdir():
            path.unlink()
        if not existed:
            folder.rmdir()
        raise


def _refuse_content(folder: Path) -> None:
    try:
        with translated(folder):
            names = {path.name for path in folder.iterdir()}
    except FileNotFoundError:
        return
    except NotADirectoryError as error:
        raise VaultExistsError(path=folder) from error
    if names - {LOCK_NAME}:
        raise VaultExistsError(path=folder)
