"""A real vault at the least legal cost of Argon2id, for tests that are not about its cost."""

from pathlib import Path

from kushen_desktop.services import vaults
from kushen_desktop.store.engine import open_engine
from kushen_desktop.store.slots.slot import Cost

CHEAP = Cost(19 * 1024, 1, 1)
FIRST = "lanse de chuanghu he sanjiao jita"
SECOND = "seven quiet lighthouses under 石榴 snow"
DATABASE_KEY = bytes(range(32))


def made(folder: Path, rows: int = 0) -> vaults.Created:
    """Make a vault, closed and sealed, whose database has one table with so many rows."""
    created = vaults.create(folder, FIRST, "家用", cost=CHEAP)
    filled(created.opened.database, created.opened.database_key, rows)
    created.opened.close()
    return created


def filled(path: Path, key: bytes, rows: int) -> None:
    """Add rows of 1,000 characters, about four to a page."""
    engine = open_engine(path, key, create=True)
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE IF NOT EXISTS note(id INTEGER PRIMARY KEY, text TEXT)")
        for number in range(rows):
            connection.exec_driver_sql("INSERT INTO note(text) VALUES(?)", (f"{number:04} " * 200,))
    engine.dispose()
