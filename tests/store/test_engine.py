import errno
import logging
import traceback
from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError
from sqlcipher3 import dbapi2

from kushen_desktop.store.engine import connect, open_engine, translated
from kushen_desktop.store.errors import (
    DamagedVaultError,
    DiskFullError,
    NoVaultError,
    ReadOnlyVaultError,
    VaultBusyError,
    VaultUnreadableError,
    WrongKeyError,
)
from kushen_desktop.store.keys import Secret
from tests.store.made import DATABASE_KEY, filled

KEY = Secret(DATABASE_KEY)
PAGE = 4096


@pytest.fixture
def database(tmp_path: Path) -> Path:
    path = tmp_path / "账 本%#?.db"
    filled(path, KEY, 60)
    return path


def test_a_new_file_is_encrypted(database: Path) -> None:
    content = database.read_bytes()
    assert not content.startswith(b"SQLite format 3")
    assert b"0007" not in content


def test_connections_are_set_up(database: Path) -> None:
    engine = open_engine(database, KEY)
    wanted = {
        "foreign_keys": 1,
        "journal_mode": "wal",
        "synchronous": 2,
        "temp_store": 2,
        "cache_size": -24000,
        "busy_timeout": 5000,
        "trusted_schema": 0,
        "recursive_triggers": 0,
        "secure_delete": 1,
        "query_only": 0,
    }
    with engine.begin() as connection:
        found = {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in wanted}
    engine.dispose()
    assert found == wanted


def test_a_writer_begins_at_once_and_a_reader_goes_on_reading(database: Path) -> None:
    writer, reader = open_engine(database, KEY), open_engine(database, KEY, writer=False)
    with writer.begin() as writing:
        writing.exec_driver_sql("DELETE FROM note")
        with reader.begin() as reading:
            assert reading.exec_driver_sql("SELECT count(*) FROM note").scalar() == 60
    with reader.begin() as reading:
        assert reading.exec_driver_sql("SELECT count(*) FROM note").scalar() == 0
    writer.dispose()
    reader.dispose()


def test_a_reader_cannot_write(database: Path) -> None:
    reader = open_engine(database, KEY, writer=False)
    with pytest.raises(ReadOnlyVaultError), translated(database), reader.begin() as connection:
        connection.exec_driver_sql("DELETE FROM note")
    reader.dispose()


def test_a_second_writer_is_told_that_the_vault_is_busy(database: Path) -> None:
    first, second = open_engine(database, KEY), open_engine(database, KEY)
    raw = second.raw_connection()
    raw.cursor().execute("PRAGMA busy_timeout=1")
    raw.close()
    with first.begin(), pytest.raises(VaultBusyError), second.begin():
        pass
    with second.begin() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM note").scalar() == 60
    first.dispose()
    second.dispose()


def test_another_key_is_refused_and_a_short_one_never_sent(database: Path) -> None:
    with pytest.raises(WrongKeyError):
        open_engine(database, Secret(bytes(32)))
    with pytest.raises(ValueError, match="32 bytes"):
        open_engine(database, KEY[:31])
    with pytest.raises(ValueError, match="32 bytes"):
        connect(database, KEY[:31])


def test_a_missing_file_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(NoVaultError):
        open_engine(tmp_path / "none.db", KEY)
    assert not list(tmp_path.iterdir())


def test_a_damaged_page_has_its_own_error(database: Path) -> None:
    content = bytearray(database.read_bytes())
    content[5 * PAGE + 100] ^= 1
    database.write_bytes(content)
    engine = open_engine(database, KEY)
    with pytest.raises(DamagedVaultError), translated(database), engine.begin() as connection:
        connection.exec_driver_sql("SELECT sum(length(text)) FROM note").scalar()
    engine.dispose()


def test_no_room_left_changes_nothing(database: Path) -> None:
    engine = open_engine(database, KEY)
    with engine.begin() as connection:
        connection.exec_driver_sql(f"PRAGMA max_page_count={database.stat().st_size // PAGE}")
    with pytest.raises(DiskFullError), translated(database), engine.begin() as connection:
        connection.exec_driver_sql("UPDATE note SET text = text || text || text")
    with engine.begin() as connection:
        assert connection.exec_driver_sql("SELECT max(length(text)) FROM note").scalar() == 1000
    engine.dispose()


def test_a_read_only_medium_can_be_read(database: Path) -> None:
    engine = open_engine(database, KEY, read_only=True)
    with engine.begin() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM note").scalar() == 60
    with pytest.raises(ReadOnlyVaultError), translated(database), engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM note")
    engine.dispose()
    assert [path.name for path in database.parent.iterdir()] == [database.name]


def test_the_key_is_in_no_log_and_no_traceback(database: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG, "sqlalchemy")
    engine = open_engine(database, KEY)
    with engine.begin() as connection:
        connection.exec_driver_sql("SELECT ?", ("private",))
    engine.dispose()
    try:
        open_engine(database, Secret(bytes(range(1, 33))))
    except WrongKeyError as error:
        shown = "".join(traceback.TracebackException.from_exception(error, capture_locals=True).format())
    everything = caplog.text + shown + repr(engine) + str(engine.url)
    assert "SELECT ?" in caplog.text
    assert "private" not in everything
    assert "0102030405" not in everything.replace(r"\x", "")


def test_a_broken_constraint_passes_through_without_its_values(database: Path) -> None:
    engine = open_engine(database, KEY)
    with pytest.raises(IntegrityError) as caught, translated(database), engine.begin() as connection:
        connection.exec_driver_sql("INSERT INTO note(id, text) VALUES(1, ?)", ("private",))
    engine.dispose()
    assert "private" not in str(caught.value)


@pytest.mark.parametrize(
    ("raised", "named"),
    [
        (OSError(errno.ENOSPC, ""), DiskFullError),
        (OSError(errno.EDQUOT, ""), DiskFullError),
        (OSError(errno.EROFS, ""), ReadOnlyVaultError),
        (OSError(errno.EACCES, ""), ReadOnlyVaultError),
        (OSError(errno.EIO, ""), VaultUnreadableError),
        (dbapi2.OperationalError("disk I/O error"), VaultUnreadableError),
        (dbapi2.OperationalError("database is locked"), VaultBusyError),
    ],
)
def test_what_the_system_says_gets_a_name(tmp_path: Path, raised: Exception, named: type[Exception]) -> None:
    with pytest.raises(named) as caught, translated(tmp_path / "vault.db"):
        raise raised
    assert "vault.db" in str(caught.value) or named is VaultBusyError


def test_other_errors_stay_what_they_are(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError), translated(tmp_path):
        raise FileNotFoundError
    with pytest.raises(dbapi2.ProgrammingError), translated(tmp_path):
        raise dbapi2.ProgrammingError("a fault of the program")
