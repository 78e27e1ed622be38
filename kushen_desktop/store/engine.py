"""Connections to the encrypted database: keyed, checked and set up before anyone sees them.

The key goes to SQLCipher by the driver's own call: never into SQL text, a URL, a log, a cached statement.
"""

import errno
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from sqlcipher3 import dbapi2

from kushen_desktop.store.errors import (
    DamagedVaultError,
    DiskFullError,
    NoVaultError,
    ReadOnlyVaultError,
    VaultBusyError,
    VaultError,
    VaultUnreadableError,
    WrongKeyError,
)

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine
    from sqlalchemy.engine import ExceptionContext

KEY_BYTES = 32
READERS = 4

# 24 MiB of pages a connection. WAL with FULL lost no acknowledged row in any power cut, NORMAL did.
_PRAGMAS = (
    "foreign_keys=ON",
    "synchronous=FULL",
    "temp_store=MEMORY",
    "cache_size=-24000",
    "busy_timeout=5000",
    "trusted_schema=OFF",
    "recursive_triggers=OFF",
    "secure_delete=ON",
)
_BUSY_S = 5.0

# Primary result codes of SQLite (sqlite.org/rescode.html).
_ERRORS: dict[int, type[VaultError]] = {
    5: VaultBusyError,
    6: VaultBusyError,
    8: ReadOnlyVaultError,
    10: VaultUnreadableError,
    11: DamagedVaultError,
    13: DiskFullError,
    26: WrongKeyError,
}
_CANTOPEN = 14
# The driver does not always pass the result code on; the texts are SQLite's own and stable.
_TEXTS = {
    "database is locked": 5,
    "database table is locked": 6,
    "attempt to write a readonly database": 8,
    "disk I/O error": 10,
    "database disk image is malformed": 11,
    "database or disk is full": 13,
    "unable to open database file": _CANTOPEN,
    "file is not a database": 26,
}
_FULL = {errno.ENOSPC, errno.EDQUOT}
_DENIED = {errno.EACCES, errno.EPERM, errno.EROFS}


def open_engine(
    path: Path, key: bytes, *, writer: bool = True, read_only: bool = False, create: bool = False
) -> "Engine":
    """Return an engine whose connections are keyed with the raw 32-byte key and tried before use.

    A writer has one connection and begins with BEGIN IMMEDIATE; a reader (writer=False) has several,
    begins with BEGIN DEFERRED and cannot write. read_only opens a file on a medium that cannot be written
    (SQLite's immutable). Only create makes a file. Raises through translated(): WrongKeyError and others.
    """
    if len(key) != KEY_BYTES:
        raise ValueError("the database key has 32 bytes")  # SQLCipher would take it for a passphrase
    # SQLAlchemy loads for half a second: the command line loads it while the key is derived.
    from sqlalchemy import create_engine, event  # noqa: PLC0415
    from sqlalchemy.pool import QueuePool  # noqa: PLC0415

    writes = writer and not read_only
    uri = _uri(path, read_only=read_only, create=create and writes)
    engine = create_engine(
        "sqlite://",
        module=dbapi2,
        creator=_creator(path, uri, key, writes=writes, journal=not read_only),
        poolclass=QueuePool,
        pool_size=1 if writes else READERS,
        max_overflow=0,
        pool_use_lifo=True,  # the same reader again, whose pages are warm, and no memory for the others
        hide_parameters=True,
    )
    begin = "BEGIN IMMEDIATE" if writes else "BEGIN DEFERRED"

    @event.listens_for(engine, "begin")
    def start(connection: "Connection") -> None:
        connection.exec_driver_sql(begin)

    @event.listens_for(engine, "handle_error")
    def name(context: "ExceptionContext") -> None:
        named = _named(context.original_exception, path)
        if named:
            raise named from context.original_exception

    with translated(path), engine.connect():  # the first connection shows whether key and file fit
        return engine


def connect(path: Path, key: bytes, *, create: bool = False) -> dbapi2.Connection:
    """Return a bare keyed connection, for copying a whole database; the caller closes it.

    Raises as open_engine does.
    """
    if len(key) != KEY_BYTES:
        raise ValueError("the database key has 32 bytes")
    uri = _uri(path, read_only=False, create=create)
    return _creator(path, uri, key, writes=True, journal=False)()


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Turn what the driver and the operating system say into the named errors of store.errors.

    What comes through an engine has its name already.
    A broken constraint or a faulty statement is a fault of the program and passes through as it is.
    """
    try:
        yield
    except dbapi2.Error as error:
        named = _named(error, path)
        if named is None:
            raise
        raise named from error
    except OSError as error:
        named = _named_os(error, path)
        if named is None:
            raise
        raise named from error


def _named(error: BaseException | None, path: Path) -> VaultError | None:
    code = getattr(error, "sqlite_errorcode", None) or _TEXTS.get(str(error), 0)
    primary = code & 0xFF
    if primary == _CANTOPEN:
        return ReadOnlyVaultError(path=path) if path.exists() else NoVaultError(path=path.parent)
    kind = _ERRORS.get(primary)
    return kind(path=path) if kind else None


def _named_os(error: OSError, path: Path) -> VaultError | None:
    if error.errno in _FULL:
        return DiskFullError(path=path)
    if error.errno in _DENIED:
        return ReadOnlyVaultError(path=path)
    if error.errno == errno.EIO:
        return VaultUnreadableError(path=path)
    return None


def _uri(path: Path, *, read_only: bool, create: bool) -> str:
    absolute = quote(path.resolve().as_posix())
    if not absolute.startswith("/"):
        absolute = "/" + absolute  # a drive letter
    mode = "ro&immutable=1" if read_only else "rwc" if create else "rw"
    return f"file:{absolute}?mode={mode}"


def _creator(path: Path, uri: str, key: bytes, *, writes: bool, journal: bool) -> Callable[[], Any]:
    def create() -> dbapi2.Connection:
        with translated(path):
            made = dbapi2.connect(
                uri, uri=True, isolation_level=None, check_same_thread=False, timeout=_BUSY_S
            )
            try:
                _prepare(made, key, writes=writes, journal=journal)
            except BaseException:
                made.close()
                raise
            return made

    return create


def _prepare(connection: dbapi2.Connection, key: bytes, *, writes: bool, journal: bool) -> None:
    """Key, try, set up: in this order, because a wrong key shows only at the first read."""
    connection.execute("PRAGMA cipher_log_level=NONE").close()
    connection.set_key(f"x'{key.hex()}'")
    connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    for pragma in _PRAGMAS:
        connection.execute(f"PRAGMA {pragma}").close()
    if writes and journal:
        connection.execute("PRAGMA journal_mode=WAL").fetchone()
    if not writes:
        connection.execute("PRAGMA query_only=ON").close()
