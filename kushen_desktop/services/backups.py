"""Backups: one encrypted, checked file each; old ones thin out; restored only to a new folder."""

import re
import time
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from kushen_desktop.store import backup as mechanics, container
from kushen_desktop.store.container import Contents
from kushen_desktop.store.engine import translated
from kushen_desktop.store.slots.passphrase import PASSPHRASE
from kushen_desktop.store.slots.recovery import RECOVERY
from kushen_desktop.store.unlocked import Opened
from kushen_desktop.store.vault import Vault
from kushen_desktop.system import folders

SUFFIX = ".kushen-backup"
_DAYS, _WEEKS, _MONTHS = 7, 4, 12
_STAMP = "%Y%m%d-%H%M%S"
_NAME = re.compile(r"([0-9a-f]{8})-(\d{8}-\d{6})\.kushen-backup")


@dataclass(frozen=True)
class BackupInfo:
    """What a backup says of itself, unproven until restored. size in bytes, created in seconds since 1970."""

    path: Path
    vault_id: bytes
    label: str
    created: int
    size: int
    rows: int


def backup(opened: Opened, folder: Path, *, now: float | None = None) -> BackupInfo:
    """Write a backup into a folder under a name with date and time, then thin out this vault's older ones.

    Kept are the last of each of the latest 7 days, 4 weeks and 12 months that have one. Raises as backup_to.
    """
    moment = time.time() if now is None else now
    with translated(folder):
        folders.make_private(folder)
    stamp = datetime.fromtimestamp(moment).astimezone().strftime(_STAMP)
    made = backup_to(opened, folder / f"{_prefix(opened)}-{stamp}{SUFFIX}", now=moment)
    thin_out(opened, folder)
    return made


def backup_to(opened: Opened, file: Path, *, now: float | None = None) -> BackupInfo:
    """Write a backup to this file, replacing it once the new one has been opened and checked.

    The vault may be in use. Raises DamagedVaultError, DiskFullError, ReadOnlyVaultError, BackupTooLargeError.
    """
    moment = int(time.time() if now is None else now)
    return _info(mechanics.make(opened, file, moment))


def thin_out(opened: Opened, folder: Path) -> tuple[Path, ...]:
    """Delete this vault's backups that the rotation no longer keeps, no other file; return them."""
    stamps: dict[datetime, Path] = {}
    for path in folder.iterdir():
        match = _NAME.fullmatch(path.name)
        if match and match[1] == _prefix(opened):
            stamps[datetime.strptime(match[2], _STAMP).astimezone()] = path
    kept = kept_of(list(stamps))
    removed = tuple(path for stamp, path in sorted(stamps.items()) if stamp not in kept)
    for path in removed:
        with translated(path):
            path.unlink(missing_ok=True)
    return removed


def kept_of(stamps: list[datetime]) -> set[datetime]:
    """Return which of these times the rotation keeps: the last of each of 7 days, 4 weeks, 12 months."""
    kept: set[datetime] = set()
    for period, count in (("%Y%m%d", _DAYS), ("%G%V", _WEEKS), ("%Y%m", _MONTHS)):
        latest: dict[str, datetime] = {}
        for stamp in sorted(stamps):
            latest[stamp.strftime(period)] = stamp
        kept |= {latest[name] for name in sorted(latest)[-count:]}
    return kept


def look(file: Path) -> BackupInfo:
    """Tell what a backup says of itself, without a key; raises NotABackupError, BackupDamagedError."""
    return _info(container.read(file))


def restore(file: Path, passphrase: str, folder: Path) -> None:
    """Make a vault of a backup in a new or empty folder, with a device id of its own.

    It opens with the passphrase it had when the backup was made. Raises NotABackupError, BackupDamagedError,
    WrongPassphraseError, NewerVaultError, VaultExistsError, DiskFullError; then nothing is left behind.
    """
    mechanics.restore(file, PASSPHRASE, passphrase, folder, _renew)


def restore_with_code(file: Path, code: str, folder: Path) -> None:
    """Make a vault of a backup with the recovery code; raises as restore, WrongRecoveryCodeError."""
    mechanics.restore(file, RECOVERY, code, folder, _renew)


def _renew(opened: Opened) -> None:
    vault = Vault(opened.database, opened.database_key)
    try:
        vault.renew_device()
    finally:
        vault.close()


def _prefix(opened: Opened) -> str:
    return opened.header.vault_id[:4].hex()


def _info(contents: Contents) -> BackupInfo:
    manifest = contents.manifest
    return BackupInfo(
        path=contents.path,
        vault_id=manifest.vault_id,
        label=manifest.label,
        created=manifest.created,
        size=contents.path.stat().st_size,
        rows=sum(manifest.rows.values()),
    )
