"""Vaults: create, look at, open, recover, change the passphrase. The database itself is the store's."""

import math
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from zxcvbn_rs_py import zxcvbn

from kushen_desktop.domain import recovery_code, strength as meter
from kushen_desktop.domain.strength import Strength, generated_passphrase
from kushen_desktop.store import header_file, keys, tries
from kushen_desktop.store.engine import connect, open_engine, translated
from kushen_desktop.store.errors import (
    DatabaseMissingError,
    UnlockDelayError,
    WeakPassphraseError,
    WrongPassphraseError,
)
from kushen_desktop.store.header import LABEL_LIMIT, Header
from kushen_desktop.store.integrity import problems
from kushen_desktop.store.lock import locked
from kushen_desktop.store.new_folder import new_vault_folder
from kushen_desktop.store.slots import slot as ways
from kushen_desktop.store.slots.passphrase import PASSPHRASE
from kushen_desktop.store.slots.recovery import RECOVERY, from_kit_text, kit_text
from kushen_desktop.store.slots.slot import Cost
from kushen_desktop.store.unlocked import (
    Opened,
    SealState,
    peek,
    unlock,
    verify_seal,
)

__all__ = ["Check", "Cost", "Created", "Info", "Opened", "SealState", "Strength", "generated_passphrase"]

# "KSHN": tells tools what kind of database this is, and makes SQLCipher write the first page.
_APPLICATION_ID = 0x4B53484E
_PLAIN = b"SQLite format 3"

Clock = Callable[[], float]


@dataclass(frozen=True)
class Created:
    """A new vault, open, and the code to be written down; kit is the text of its QR code."""

    opened: Opened
    recovery_code: str
    kit: str


@dataclass(frozen=True)
class Info:
    """What can be told without a key. Sizes in bytes, created in seconds since 1970."""

    folder: Path
    vault_id: bytes
    label: str
    created: int
    ways: tuple[str, ...]
    header_size: int
    database_size: int | None
    closed_properly: bool
    header_damaged: bool


class Check(NamedTuple):
    """What a check found: problems of the database in technical words, and the state of the seal."""

    problems: tuple[str, ...]
    seal: SealState


def strength(passphrase: str, *context: str) -> Strength:
    """Return how hard the passphrase is to guess; context holds words the guesser knows: label, names."""

    def guesses(text: str) -> float:
        return float(zxcvbn(text, list(context)).guesses_log10)

    return meter.rated(passphrase, guesses, context)


def create(folder: Path, passphrase: str, label: str = "", *, cost: Cost | None = None) -> Created:
    """Make a vault in a new or empty folder and return it open, its database keyed and still without tables.

    The header is written last: until then the folder is no vault. Raises WeakPassphraseError,
    VaultExistsError, DiskFullError, ReadOnlyVaultError; then nothing is left behind.
    """
    _refuse_weak(passphrase, label)
    code = recovery_code.written(recovery_code.new())
    master, vault_id, now = keys.new_master(), secrets.token_bytes(16), int(time.time())
    with new_vault_folder(folder) as lock:
        record = ways.made(RECOVERY, code, master=master, vault_id=vault_id, now=now)
        first = ways.made(PASSPHRASE, passphrase, master=master, vault_id=vault_id, now=now, cost=cost)
        header = Header(vault_id, label[:LABEL_LIMIT], now, (first, record))
        opened = Opened(folder, header, master, lock, clean=True, in_use=True)
        _make_database(opened)
        header_file.save(folder, header, opened.mac_key)
    return Created(opened, code, kit_text(vault_id, record))


def info(folder: Path) -> Info:
    """Tell what can be told without a key; raises NoVaultError, DamagedHeaderError, NewerVaultError."""
    found = header_file.load(folder)
    header = found.framed.header
    database = folder / header.db_file
    return Info(
        folder=folder,
        vault_id=header.vault_id,
        label=header.label,
        created=header.created,
        ways=tuple(slot.kind for slot in header.slots),
        header_size=len(found.framed.signed),
        database_size=database.stat().st_size if database.exists() else None,
        closed_properly=header.seal is not None,
        header_damaged=found.from_twin,
    )


def open(  # noqa: A001  reads as vaults.open
    folder: Path, passphrase: str, *, read_only: bool = False, clock: Clock = time.time
) -> Opened:
    """Open the vault with its passphrase and return it locked for this process; its close() gives it back.

    read_only takes no lock and writes nothing. clock gives seconds since 1970. Raises UnlockDelayError,
    WrongPassphraseError, VaultInUseError, DamagedHeaderError, HeaderChangedError, NewerVaultError,
    DatabaseMissingError, KdfRefusedError, ReadOnlyVaultError, NoVaultError; nothing is written then but
    the count of wrong tries.
    """
    if read_only:
        return peek(folder, PASSPHRASE, passphrase)
    opened = _unlocked(folder, passphrase, clock)
    _unseal(opened)
    return opened


def open_with_code(folder: Path, code: str) -> Opened:
    """Open the vault with its recovery code; raises RecoveryCodeError if mistyped, else as open."""
    opened = unlock(folder, RECOVERY, code)
    _unseal(opened)
    return opened


def recover(folder: Path, code: str, new_passphrase: str, *, cost: Cost | None = None) -> None:
    """Set a new passphrase with the recovery code; the code stays valid.

    Raises RecoveryCodeError, WrongRecoveryCodeError, WeakPassphraseError and what open raises.
    """
    _refuse_weak(new_passphrase)
    opened = unlock(folder, RECOVERY, code)
    try:
        set_passphrase(opened, new_passphrase, cost=cost)
    finally:
        opened.close()
    tries.forget(folder)


def recover_from_kit(
    folder: Path, untrusted_kit: str, code: str, new_passphrase: str, *, cost: Cost | None = None
) -> None:
    """Write a new header for a folder that has lost both, from the printed kit's QR text and its code.

    Raises KitUnreadableError, RecoveryCodeError, WrongRecoveryCodeError, DatabaseMissingError,
    WrongKeyError when kit and database belong to different vaults; then nothing is written.
    """
    _refuse_weak(new_passphrase)
    vault_id, record = from_kit_text(untrusted_kit)
    master = ways.opened(RECOVERY, code, (record,), vault_id)
    now = int(time.time())
    opened = Opened(folder, Header(vault_id, "", now, (record,)), master, locked(folder))
    try:
        if not opened.database.exists():
            raise DatabaseMissingError(path=opened.database)
        connect(opened.database, opened.database_key).close()
        set_passphrase(opened, new_passphrase, cost=cost)
    finally:
        opened.close()


def change_passphrase(
    folder: Path, old: str, new: str, *, cost: Cost | None = None, clock: Clock = time.time
) -> None:
    """Change the passphrase of a vault that is not open; the database is not touched. Raises as open."""
    _refuse_weak(new)
    opened = _unlocked(folder, old, clock)
    try:
        set_passphrase(opened, new, cost=cost)
    finally:
        opened.close()


def change_passphrase_of(opened: Opened, old: str, new: str, *, cost: Cost | None = None) -> None:
    """Change the passphrase of a vault that is open here, asking for the present one.

    Raises WrongPassphraseError, WeakPassphraseError, DiskFullError; then the old one still holds.
    """
    _refuse_weak(new, opened.header.label)
    ways.opened(PASSPHRASE, old, opened.header.slots, opened.header.vault_id)
    set_passphrase(opened, new, cost=cost)


def new_recovery_code(opened: Opened, passphrase: str) -> tuple[str, str]:
    """Replace the recovery code by a fresh one; return it and the text of its QR code.

    The old code and kit are void, except for old backups. Raises WrongPassphraseError.
    """
    header = opened.header
    ways.opened(PASSPHRASE, passphrase, header.slots, header.vault_id)
    code = recovery_code.written(recovery_code.new())
    record = ways.made(RECOVERY, code, master=opened.master, vault_id=header.vault_id, now=int(time.time()))
    opened.set_slots([slot for slot in header.slots if slot.kind != RECOVERY.kind] + [record])
    return code, kit_text(header.vault_id, record)


def set_passphrase(opened: Opened, new: str, *, cost: Cost | None = None) -> None:
    """Replace the passphrase without asking for the present one: the caller has proven who is there."""
    _refuse_weak(new, opened.header.label)
    header = opened.header
    record = ways.made(
        PASSPHRASE, new, master=opened.master, vault_id=header.vault_id, now=int(time.time()), cost=cost
    )
    opened.set_slots([record] + [slot for slot in header.slots if slot.kind != PASSPHRASE.kind])


def check(opened: Opened) -> Check:
    """Read every page: HMACs, structure, foreign keys, and the seal of the last proper close."""
    seal = verify_seal(opened)
    return Check(problems(opened.database, opened.database_key), seal)


def _unlocked(folder: Path, passphrase: str, clock: Clock) -> Opened:
    now = clock()
    tries.put_back(folder, now)
    so_far = tries.read(folder)
    seconds = tries.wait(so_far, now)
    if seconds > 0:
        raise UnlockDelayError(seconds=math.ceil(seconds), failures=so_far.failures)
    try:
        opened = unlock(folder, PASSPHRASE, passphrase)
    except WrongPassphraseError:
        tries.failed(folder, clock())
        raise
    opened.failures = tries.forget(folder)
    return opened


def _unseal(opened: Opened) -> None:
    try:
        opened.unseal()
    except BaseException:
        opened.close()
        raise


def _make_database(opened: Opened) -> None:
    """Write the first page and prove that it is encrypted: without a key SQLCipher writes plain text."""
    path = opened.database
    engine = open_engine(path, opened.database_key, create=True)
    with translated(path), engine.connect() as connection:
        connection.exec_driver_sql(f"PRAGMA application_id = {_APPLICATION_ID}")
        connection.commit()
    engine.dispose()
    start = path.read_bytes()[: len(_PLAIN)]
    if len(start) < len(_PLAIN) or start == _PLAIN:
        raise RuntimeError("the new database is not encrypted")


def _refuse_weak(passphrase: str, *context: str) -> None:
    found = strength(passphrase, *context)
    if not found.accepted:
        raise WeakPassphraseError(reason=found.reason.shown())
