"""Steps from any earlier schema to this one: all or nothing, with a copy before the first."""

from pathlib import Path

import pytest
from sqlalchemy import Connection

from kushen_desktop.store import migrations, schema, tables
from kushen_desktop.store.engine import open_engine
from kushen_desktop.store.errors import NewerVaultError, WrongKeyError
from kushen_desktop.store.vault import Vault
from tests.store.made import DATABASE_KEY
from tests.store.opened import opened, rows

VERSION = "PRAGMA user_version"


def _colour(connection: Connection) -> None:
    """A step that a later program might have."""
    connection.exec_driver_sql("ALTER TABLE account ADD COLUMN colour TEXT NOT NULL DEFAULT 'red'")


def _broken(connection: Connection) -> None:
    _colour(connection)
    connection.exec_driver_sql("DROP TABLE segment")
    connection.exec_driver_sql("SELECT nothing FROM nowhere")


def test_a_new_vault_is_of_this_schema_and_needs_no_copy(tmp_path: Path) -> None:
    with opened(tmp_path) as vault:
        assert vault.migrated_copy is None
        assert rows(vault, VERSION) == [(len(migrations.STEPS),)]
        assert rows(vault, "PRAGMA integrity_check") == [("ok",)]


def test_the_tables_are_those_that_the_code_knows(tmp_path: Path) -> None:
    with opened(tmp_path) as vault:
        for spec in tables.SYNCED:
            there = [row[1] for row in rows(vault, f"PRAGMA table_info({spec.name})")]
            assert there == [column.name for column in spec.table.columns]
        names = {row[0] for row in rows(vault, "SELECT name FROM sqlite_schema WHERE type='trigger'")}
        assert names == {*schema.INSERT_TRIGGERS, *schema.OTHER_TRIGGERS}


def test_a_step_keeps_everything_and_an_encrypted_copy_of_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with opened(tmp_path):
        pass
    path, version = tmp_path / "vault.db", len(migrations.STEPS)
    monkeypatch.setattr(migrations, "STEPS", (*migrations.STEPS, _colour))
    vault = Vault(path, DATABASE_KEY)
    copy = vault.migrated_copy
    assert rows(vault, "SELECT name, colour FROM account") == [("Cash", "red"), ("Card", "red")]
    assert rows(vault, VERSION) == [(version + 1,)]
    vault.close()
    assert copy == tmp_path / f"vault.schema-{version}.db"
    assert b"Cash" not in copy.read_bytes()
    with pytest.raises(WrongKeyError):
        open_engine(copy, bytes(32))
    monkeypatch.undo()
    before = Vault(copy, DATABASE_KEY)
    assert rows(before, "SELECT name FROM account") == [("Cash",), ("Card",)]
    before.close()


def test_a_step_that_fails_leaves_the_vault_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with opened(tmp_path):
        pass
    monkeypatch.setattr(migrations, "STEPS", (*migrations.STEPS, _broken))
    with pytest.raises(Exception, match="nowhere"):
        Vault(tmp_path / "vault.db", DATABASE_KEY)
    monkeypatch.undo()
    vault = Vault(tmp_path / "vault.db", DATABASE_KEY)
    assert rows(vault, VERSION) == [(len(migrations.STEPS),)]
    assert rows(vault, "SELECT count(*) FROM segment") != []
    assert "colour" not in {row[1] for row in rows(vault, "PRAGMA table_info(account)")}
    vault.close()


def test_a_vault_of_a_later_program_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "vault.db"
    with opened(tmp_path) as vault:
        raw = vault.writer.raw_connection()
        raw.cursor().execute(f"PRAGMA user_version={len(migrations.STEPS) + 1}")
        raw.close()
    before = path.read_bytes()
    with pytest.raises(NewerVaultError):
        Vault(path, DATABASE_KEY)
    assert path.read_bytes() == before
