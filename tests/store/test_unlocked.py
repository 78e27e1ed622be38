from pathlib import Path

import pytest

from kushen_desktop.services import vaults
from kushen_desktop.store.engine import open_engine
from kushen_desktop.store.unlocked import SealState, verify_seal
from tests.store.made import FIRST, filled, made

PAGE = 4096


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "vault"
    made(folder, rows=40)
    return folder


def state(folder: Path) -> tuple[bool, SealState]:
    opened = vaults.open(folder, FIRST)
    found = opened.clean, verify_seal(opened)
    opened.close()
    return found


def test_a_vault_that_was_closed_is_clean(folder: Path) -> None:
    assert state(folder) == (True, SealState.INTACT)
    assert state(folder) == (True, SealState.INTACT)
    assert vaults.info(folder).closed_properly


def test_a_vault_that_was_killed_is_not(folder: Path) -> None:
    opened = vaults.open(folder, FIRST)
    assert opened.lock
    opened.lock.release()  # what the system does for a killed process
    assert not vaults.info(folder).closed_properly
    assert state(folder) == (False, SealState.NOT_SEALED)
    assert state(folder) == (True, SealState.INTACT)


def test_an_old_page_put_back_shows_in_the_seal_only(folder: Path) -> None:
    """Every check of SQLCipher passes here: the page is genuine, only out of date."""
    path = folder / "vault.db"
    before = path.read_bytes()
    opened = vaults.open(folder, FIRST)
    engine = open_engine(opened.database, opened.database_key)
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE note SET text = replace(text, '0', '1') WHERE id = 20")
    engine.dispose()
    opened.close()
    after = path.read_bytes()
    assert len(after) == len(before)
    changed = [at for at in range(PAGE, len(after), PAGE) if after[at : at + PAGE] != before[at : at + PAGE]]
    path.write_bytes(
        after[: changed[0]] + before[changed[0] : changed[0] + PAGE] + after[changed[0] + PAGE :]
    )
    opened = vaults.open(folder, FIRST)
    assert vaults.check(opened) == ((), SealState.CHANGED)
    opened.close()


def test_a_cut_file_is_not_clean(folder: Path) -> None:
    path = folder / "vault.db"
    with path.open("r+b") as stream:
        stream.truncate(path.stat().st_size - PAGE)
    assert state(folder) == (False, SealState.CHANGED)


def test_a_whole_older_database_shows(folder: Path) -> None:
    path = folder / "vault.db"
    before = path.read_bytes()
    opened = vaults.open(folder, FIRST)
    filled(opened.database, opened.database_key, 40)
    opened.close()
    path.write_bytes(before)
    assert state(folder) == (False, SealState.CHANGED)


def test_a_file_written_to_since_gives_no_false_alarm(folder: Path) -> None:
    opened = vaults.open(folder, FIRST)
    filled(opened.database, opened.database_key, 10)
    assert verify_seal(opened) is SealState.UNKNOWN
    opened.close()


def test_no_seal_while_a_wal_is_left(folder: Path) -> None:
    opened = vaults.open(folder, FIRST)
    engine = open_engine(opened.database, opened.database_key)
    with engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM note WHERE id = 1")
    opened.close()
    assert not vaults.info(folder).closed_properly
    engine.dispose()


def test_keys_are_gone_after_closing(folder: Path) -> None:
    opened = vaults.open(folder, FIRST)
    assert len(opened.master) == 32
    opened.close()
    assert opened.master == b""
    opened.close()
