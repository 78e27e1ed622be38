"""One program at a time in a vault."""

from pathlib import Path

from kushen_desktop.store.engine import translated
from kushen_desktop.store.errors import VaultInUseError
from kushen_desktop.system.locks import FileLock, HeldError

NAME = "vault.lock"


def locked(folder: Path) -> FileLock:
    """Take the vault for this process until release(); raises VaultInUseError, ReadOnlyVaultError."""
    path = folder / NAME
    try:
        with translated(path):
            return FileLock(path)
    except HeldError as error:
        raise VaultInUseError(path=folder, process=error.holder or "?") from error
