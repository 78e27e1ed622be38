"""An unlocked vault: its keys and its lock, from the secret that opened it until close()."""

import hashlib
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from enum import Enum
from pathlib import Path

from kushen_desktop.domain.sentences import Sentence
from kushen_desktop.i18n import N_
from kushen_desktop.store import header_file, keys
from kushen_desktop.store.engine import translated
from kushen_desktop.store.errors import DatabaseMissingError, HeaderChangedError
from kushen_desktop.store.header import Header, Seal, SlotRecord
from kushen_desktop.store.keys import Secret
from kushen_desktop.store.lock import locked
from kushen_desktop.store.slots import slot as ways
from kushen_desktop.store.slots.slot import Slot
from kushen_desktop.system.locks import FileLock

_TWIN_USED = N_(
    "The header of the vault was damaged; it was put back from its copy. "
    "Check the disk, and make a backup soon."
)


class SealState(Enum):
    """What became of the database file since it was last closed."""

    INTACT = "intact"
    CHANGED = "changed"
    NOT_SEALED = "not sealed"  # a crash, or still open: the integrity checks must tell
    UNKNOWN = "unknown"  # written to while it was being read


@dataclass
class Opened:
    """Keys and lock of one vault.

    clean: no WAL, and the database is as large as at the last proper close. found: modification time (ns)
    and size of the database when it was opened. failures: wrong passphrases since the last right one.
    in_use: its database may have been written to.
    """

    folder: Path
    header: Header
    master: Secret
    lock: FileLock | None
    clean: bool = False
    last_seal: Seal | None = None
    found: tuple[int, int] = (0, 0)
    failures: int = 0
    notices: Sequence[Sentence] = field(default_factory=tuple)
    in_use: bool = False

    @property
    def database(self) -> Path:
        """The database file."""
        return self.folder / self.header.db_file

    @property
    def database_key(self) -> Secret:
        """The raw key of the database, 32 bytes."""
        return keys.subkey(self.master, self.header.vault_id, "db")

    @property
    def backup_key(self) -> Secret:
        """The key under which manifests of backups are signed, 32 bytes."""
        return keys.subkey(self.master, self.header.vault_id, "backup")

    @property
    def mac_key(self) -> Secret:
        """The key under which the header is signed, 32 bytes."""
        return header_mac_key(self.master, self.header.vault_id)

    def unseal(self) -> None:
        """Note in the header that the database is open, so that a crash shows at the next opening."""
        self.last_seal, self.found = self.header.seal, _stamp(self.database)
        self.clean = _looks_sealed(self.database, self.header.seal)
        if self.header.seal is not None:
            self._save(replace(self.header, seal=None))
        self.in_use = True

    def set_slots(self, slots: Sequence[SlotRecord]) -> None:
        """Replace the ways to unlock, at once and as a whole; raises DiskFullError, ReadOnlyVaultError."""
        self._save(replace(self.header, slots=tuple(slots)))

    def close(self) -> None:
        """Give up keys and lock, after all connections are closed; records what the database is now.

        Nothing is recorded when a WAL is left. Raises DiskFullError and others; the lock is released anyway.
        """
        with ExitStack() as always:
            if self.lock:
                always.callback(self.lock.release)
            if self.in_use and self.lock and not _wal_left(self.database):
                self._save(replace(self.header, seal=self._seal()))
        self.master = Secret()
        self.lock, self.in_use = None, False

    def _seal(self) -> Seal:
        """Return what the database is now: where nothing was written, as it was, for hashing takes long."""
        if self.clean and self.last_seal and _stamp(self.database) == self.found:
            return replace(self.last_seal, gen=self.header.gen + 1)
        size, digest = hashed(self.database)
        return Seal(size, digest, self.header.gen + 1)

    def abandon(self) -> None:
        """Give up keys and lock, recording nothing: after a failure, so that the next opening looks."""
        self.in_use = False
        self.close()

    def _save(self, changed: Header) -> None:
        numbered = replace(changed, gen=self.header.gen + 1)
        header_file.save(self.folder, numbered, self.mac_key)
        self.header = numbered


def unlock(folder: Path, slot: Slot, secret: str) -> Opened:
    """Lock the folder for this process and return its keys; the database is not touched.

    Raises NoVaultError, VaultInUseError, slot.wrong, DamagedHeaderError, HeaderChangedError, NewerVaultError,
    DatabaseMissingError and the errors of the slot; then nothing was written and the lock is free.
    """
    header_file.load(folder)  # a folder that is no vault gets no lock file
    with ExitStack() as on_error:
        lock = locked(folder)
        on_error.callback(lock.release)
        opened = _keyed(folder, slot, secret, lock)
        on_error.pop_all()
    return opened


def peek(folder: Path, slot: Slot, secret: str) -> Opened:
    """Return the keys without lock and without a write, for a read-only medium; raises as unlock does."""
    return _keyed(folder, slot, secret, None)


def _keyed(folder: Path, slot: Slot, secret: str, lock: FileLock | None) -> Opened:
    found = header_file.load(folder)
    header = found.framed.header
    master = ways.opened(slot, secret, header.slots, header.vault_id)
    mac_key = header_mac_key(master, header.vault_id)
    if not found.framed.genuine(mac_key):
        name = header_file.TWIN if found.from_twin else header_file.NAME
        raise HeaderChangedError(path=folder / name)
    if not (folder / header.db_file).exists():
        raise DatabaseMissingError(path=folder / header.db_file)
    if found.from_twin and lock:
        header_file.repair(folder, found.framed, mac_key)
    notices = (Sentence.of(_TWIN_USED),) if found.from_twin else ()
    return Opened(folder, header, master, lock, notices=notices)


def verify_seal(opened: Opened) -> SealState:
    """Compare the database file with the seal of the last proper close; reads the whole file.

    A file that this program has written to since it was opened gives UNKNOWN: call soon after opening.
    """
    seal, path = opened.last_seal, opened.database
    if seal is None:
        return SealState.NOT_SEALED
    if hashed(path) == (seal.size, seal.sha256):
        return SealState.INTACT
    return SealState.CHANGED if _stamp(path) == opened.found else SealState.UNKNOWN


def hashed(path: Path) -> tuple[int, bytes]:
    """Return size and SHA-256 of a file; raises as translated() does."""
    with translated(path), path.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").digest()
        return stream.tell(), digest


def header_mac_key(master: Secret, vault_id: bytes) -> Secret:
    """Return the key under which a header is signed."""
    return keys.subkey(master, vault_id, "header-mac")


def _looks_sealed(path: Path, seal: Seal | None) -> bool:
    return seal is not None and not _wal_left(path) and path.stat().st_size == seal.size


def _stamp(path: Path) -> tuple[int, int]:
    with translated(path):
        status = path.stat()
    return status.st_mtime_ns, status.st_size


def _wal_left(path: Path) -> bool:
    wal = path.with_name(path.name + "-wal")
    return wal.exists() and wal.stat().st_size > 0
