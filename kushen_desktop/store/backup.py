"""Making a backup that has been opened and checked before it counts, and making a vault of one."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from kushen_desktop import __version__
from kushen_desktop.store import container, header, header_file
from kushen_desktop.store.container import Contents, Manifest
from kushen_desktop.store.engine import connect, translated
from kushen_desktop.store.errors import BackupDamagedError, DamagedVaultError
from kushen_desktop.store.header import Seal
from kushen_desktop.store.integrity import counted, problems
from kushen_desktop.store.new_folder import new_vault_folder
from kushen_desktop.store.slots import slot as ways
from kushen_desktop.store.slots.slot import Slot
from kushen_desktop.store.unlocked import Opened, hashed
from kushen_desktop.system import folders


def make(opened: Opened, target: Path, now: int) -> Contents:
    """Write a backup of an open vault, which may be in use; an old file stays until the new one is proven.

    now in seconds since 1970. Raises DamagedVaultError when the vault itself is damaged, DiskFullError,
    ReadOnlyVaultError, BackupTooLargeError; then the target is as it was.
    """
    copy = target.with_name(target.name + ".database")
    draft = target.with_name(target.name + ".new")
    try:
        rows = _copied(opened, copy)
        size, digest = hashed(copy)
        sealed = replace(opened.header, db_file="vault.db", seal=Seal(size, digest, opened.header.gen))
        content = header.written(sealed, opened.mac_key)
        manifest = Manifest(
            vault_id=opened.header.vault_id,
            label=opened.header.label,
            created=now,
            app=__version__,
            gen=opened.header.gen,
            header_sha256=header.checksum(content),
            database_size=size,
            database_sha256=digest,
            rows=rows,
        )
        container.write(draft, manifest, content, copy, opened.backup_key)
        contents = container.read(draft)
        if not contents.genuine(opened.backup_key):
            raise BackupDamagedError(path=target)
        container.check_inside(contents)
        with translated(target):
            draft.replace(target)
            folders.sync(target.parent)
    finally:
        copy.unlink(missing_ok=True)
        draft.unlink(missing_ok=True)
    return replace(contents, path=target)


def restore(
    untrusted_file: Path, slot: Slot, secret: str, folder: Path, finish: Callable[[Opened], None]
) -> None:
    """Make a vault of a backup in a new or empty folder; finish is called with it before it is sealed.

    Raises NotABackupError, BackupDamagedError, slot.wrong, NewerVaultError, VaultExistsError, DiskFullError;
    then nothing is left behind.
    """
    contents = container.read(untrusted_file)
    found = contents.header.header
    master = ways.opened(slot, secret, found.slots, found.vault_id)
    restored = replace(found, gen=found.gen + 1, seal=None)
    with new_vault_folder(folder) as lock:
        opened = Opened(folder, restored, master, lock)
        if not contents.header.genuine(opened.mac_key) or not contents.genuine(opened.backup_key):
            raise BackupDamagedError(path=untrusted_file)
        container.unpack_database(contents, opened.database)
        _prove(opened, contents)
        finish(opened)
        header_file.save(folder, restored, opened.mac_key)
        opened.in_use = True
        opened.close()


def _copied(opened: Opened, copy: Path) -> dict[str, int]:
    """Copy the database as of one moment, check the copy against it, and return its rows."""
    copy.unlink(missing_ok=True)
    source = connect(opened.database, opened.database_key)
    try:
        target = connect(copy, opened.database_key, create=True)
        try:
            with translated(copy):
                # The copying takes part in this view of the vault; writers go on beside it.
                source.execute("BEGIN").close()
                rows = counted(source)
                source.backup(target)
        finally:
            target.close()
    finally:
        source.close()
    if _checked_rows(copy, opened.database_key) != rows:
        raise DamagedVaultError(path=opened.database)
    return rows


def _checked_rows(database: Path, key: bytes) -> dict[str, int]:
    if problems(database, key):
        raise DamagedVaultError(path=database)
    connection = connect(database, key)
    try:
        with translated(database):
            return counted(connection)
    finally:
        connection.close()


def _prove(opened: Opened, contents: Contents) -> None:
    if _checked_rows(opened.database, opened.database_key) != dict(contents.manifest.rows):
        raise BackupDamagedError(path=contents.path)
