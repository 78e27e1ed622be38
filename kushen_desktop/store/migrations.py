"""Numbered steps from any earlier schema to this one, with a copy of the file before the first."""

from collections.abc import Callable
from pathlib import Path

from sqlalchemy import Connection, Engine

from kushen_desktop.domain.ids import new_id
from kushen_desktop.store import schema
from kushen_desktop.store.engine import translated
from kushen_desktop.store.errors import NewerVaultError


def _first(connection: Connection) -> None:
    for statement in (*schema.TABLES, *schema.INDICES, *schema.TRIGGERS):
        connection.exec_driver_sql(statement)
    connection.exec_driver_sql("INSERT INTO meta VALUES('device', ?)", (new_id().hex(),))


STEPS: tuple[Callable[[Connection], None], ...] = (_first,)


def migrate(engine: Engine, path: Path) -> Path | None:
    """Bring a vault to this schema in one transaction; return the copy made before, if one was needed.

    Raises NewerVaultError when a later program has written it.
    """
    with translated(path):
        with engine.connect() as connection:
            version = int(connection.exec_driver_sql("PRAGMA user_version").scalar_one())
        if version > len(STEPS):
            raise NewerVaultError(version=version)
        if version == len(STEPS):
            return None
        copy = _copied(engine, path, version) if version else None
        with engine.begin() as connection:
            for step in STEPS[version:]:
                step(connection)
            connection.exec_driver_sql(f"PRAGMA user_version={len(STEPS)}")
        return copy


def _copied(engine: Engine, path: Path, version: int) -> Path:
    """Write an encrypted copy of the vault beside it; the key stays the same."""
    copy = path.with_name(f"{path.stem}.schema-{version}{path.suffix}")
    copy.unlink(missing_ok=True)
    raw = engine.raw_connection()
    try:
        raw.cursor().execute("VACUUM INTO ?", (str(copy),))
    finally:
        raw.close()
    return copy
