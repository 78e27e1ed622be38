"""The open vault: one writer, readers beside it, subscribers, closing without a trace."""

import threading
from pathlib import Path

import pytest
from sqlalchemy.exc import InterfaceError
from sqlcipher3 import dbapi2

from kushen_desktop.domain.changes import Topic
from kushen_desktop.store.errors import NoVaultError, ReadOnlyVaultError, WrongKeyError
from kushen_desktop.store.tables import ACCOUNT
from kushen_desktop.store.vault import Vault
from tests.store.made import DATABASE_KEY
from tests.store.opened import CASH, TITLE, opened, rows


def test_a_reader_sees_what_was_there_when_it_began(tmp_path: Path) -> None:
    name = "SELECT name FROM account WHERE rid=1"
    with opened(tmp_path) as vault:
        with vault.read() as connection:
            assert connection.exec_driver_sql(name).scalar() == "Cash"
            with vault.work(TITLE) as work:
                work.set(ACCOUNT, CASH, name="Purse")
                assert connection.exec_driver_sql(name).scalar() == "Cash"
            assert connection.exec_driver_sql(name).scalar() == "Cash"
        assert rows(vault, name) == [("Purse",)]


def test_readers_cannot_write(tmp_path: Path) -> None:
    with opened(tmp_path) as vault, vault.read() as connection:
        with pytest.raises(ReadOnlyVaultError):
            connection.exec_driver_sql("DELETE FROM account")
        assert connection.exec_driver_sql("SELECT count(*) FROM account").scalar() == 2


def test_subscribers_hear_of_commits_only_and_may_leave_meanwhile(tmp_path: Path) -> None:
    told: list[str] = []
    with opened(tmp_path) as vault:

        def first(topics: Topic) -> None:
            told.append(f"first {topics.name}")
            stop()

        stop = vault.subscribe(first)
        vault.subscribe(lambda topics: told.append(f"second {topics.name}"))
        with pytest.raises(InterfaceError), vault.work(TITLE) as work:
            work.set(ACCOUNT, CASH, name="a", note=object())  # type: ignore[arg-type]
        assert told == []
        for name in ("b", "b", "c"):
            with vault.work(TITLE) as work:
                work.set(ACCOUNT, CASH, name=name)
        assert told == ["first ACCOUNTS", "second ACCOUNTS", "second ACCOUNTS"]


def test_two_threads_write_one_after_the_other(tmp_path: Path) -> None:
    with opened(tmp_path) as vault:

        def write(text: str) -> None:
            for number in range(20):
                with vault.work(TITLE) as work:
                    work.set(ACCOUNT, CASH, note=f"{text} {number}")

        threads = [threading.Thread(target=write, args=(text,)) for text in ("a", "b")]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert rows(vault, "SELECT count(*), max(seq) FROM change") == [(41, 41)]


def test_a_closed_vault_is_one_encrypted_file(tmp_path: Path) -> None:
    with opened(tmp_path):
        pass
    assert [path.name for path in tmp_path.iterdir()] == ["vault.db"]
    content = (tmp_path / "vault.db").read_bytes()
    assert not content.startswith(b"SQLite format 3")
    assert b"Cash" not in content
    with pytest.raises(WrongKeyError):
        Vault(tmp_path / "vault.db", bytes(32))
    plain = dbapi2.connect(str(tmp_path / "vault.db"))
    with pytest.raises(dbapi2.DatabaseError):
        plain.execute("SELECT * FROM sqlite_schema")
    plain.close()


def test_a_missing_file_is_not_made_by_opening_it(tmp_path: Path) -> None:
    with pytest.raises(NoVaultError):
        Vault(tmp_path / "vault.db", DATABASE_KEY)
    assert list(tmp_path.iterdir()) == []


def test_a_copy_gets_a_device_id_of_its_own_and_goes_on_counting(tmp_path: Path) -> None:
    device = "SELECT value FROM meta WHERE name='device'"
    with opened(tmp_path) as vault:
        before = rows(vault, device)
        vault.renew_device()
        assert rows(vault, device) != before
        with vault.work(TITLE) as work:
            work.set(ACCOUNT, CASH, name="Purse")
        assert rows(vault, "SELECT count(DISTINCT device), max(ctr) FROM change") == [(2, 2)]
