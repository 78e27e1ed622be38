"""Is the database whole? Both checks always: either alone misses damage that the other finds."""

from pathlib import Path

from sqlcipher3 import dbapi2

from kushen_desktop.store.engine import connect, translated
from kushen_desktop.store.errors import DamagedVaultError

_MOST = 100


def problems(path: Path, key: bytes) -> tuple[str, ...]:
    """Return what SQLCipher and SQLite find wrong, at most 100 lines, technical; empty when all is well.

    Every page's HMAC, every index, every foreign key. Raises WrongKeyError when the first page does not open.
    """
    found: list[str] = []
    try:
        connection = connect(path, key)
    except DamagedVaultError:
        return ("malformed",)
    try:
        for pragma in ("cipher_integrity_check", f"integrity_check({_MOST})", "foreign_key_check"):
            try:
                with translated(path):
                    rows = connection.execute(f"PRAGMA {pragma}").fetchmany(_MOST)
            except DamagedVaultError:
                found.append(f"{pragma}: malformed")
                break
            found += [" ".join(map(str, row)) for row in rows if row != ("ok",)]
    finally:
        connection.close()
    return tuple(found[:_MOST])


def counted(connection: dbapi2.Connection) -> dict[str, int]:
    """Return the number of rows of every table, by name."""
    names = connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY name"
    )
    # Names come from our own schema; quotes are doubled all the same.
    return {
        name: connection.execute(f'SELECT count(*) FROM "{quoted}"').fetchone()[0]
        for (name,) in names.fetchall()
        for quoted in (name.replace('"', '""'),)
    }
